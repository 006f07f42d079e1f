"""Decisions to files: `decisions.json`, `decisions.csv` and the jury's `consolidation.xlsx`.

`plan_consolidation` says which row is whose, `write_consolidation` writes it, with what is
`Carried` over of a former one. `layout`, open as a whole, names the sheets and columns for the
jury's reader. Importing this loads XlsxWriter.
"""

from __future__ import annotations

from sheetgen.consolidation import layout
from sheetgen.consolidation.carried import Answer, Carried, CarriedLine
from sheetgen.consolidation.decisions_csv import write_decisions_csv
from sheetgen.consolidation.decisions_json import (
    decisions_members,
    render_decisions,
    write_decisions_json,
)
from sheetgen.consolidation.deliberation_check import owes_reason
from sheetgen.consolidation.division import VOLUMES, plan_consolidation
from sheetgen.consolidation.plan import Coverage, WorkbookPlan
from sheetgen.consolidation.workbook import write_consolidation

__all__ = [
    "VOLUMES",
    "Answer",
    "Carried",
    "CarriedLine",
    "Coverage",
    "WorkbookPlan",
    "decisions_members",
    "layout",
    "owes_reason",
    "plan_consolidation",
    "render_decisions",
    "write_consolidation",
    "write_decisions_csv",
    "write_decisions_json",
]
