"""Importing: a school's own document to a draft of its référentiel, rosters to its session.

`import_documents` reads each file in a process that may die (`recognise`, then the reader of its
format), follows its tables row by row (`tree`) and gives a `DraftReferential`, which `write_draft`
writes as a workbook. Nothing is reworded or lost: every text is in a row of the draft, or among the
lines left out, with its place and the reason.
"""

from __future__ import annotations

from sheetgen.sources.importing.draft_referential import DraftLine, DraftReferential, DraftState
from sheetgen.sources.importing.draft_workbook import write_draft
from sheetgen.sources.importing.gather import Gathered, import_documents
from sheetgen.sources.importing.headings import ColumnRole, parse_columns
from sheetgen.sources.importing.rncp_check import check_rncp
from sheetgen.sources.importing.rncp_export import parse_rncp_code
from sheetgen.sources.importing.roster_values import DateOrder
from sheetgen.sources.importing.session_lists import AddedPeople, import_rosters

__all__ = [
    "AddedPeople",
    "ColumnRole",
    "DateOrder",
    "DraftLine",
    "DraftReferential",
    "DraftState",
    "Gathered",
    "check_rncp",
    "import_documents",
    "import_rosters",
    "parse_columns",
    "parse_rncp_code",
    "write_draft",
]
