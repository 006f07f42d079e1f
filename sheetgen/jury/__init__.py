"""From the jury's workbook to the session's last word: read, compared, rendered, frozen."""

from __future__ import annotations

from sheetgen.jury.carrying import NotCarriedError, read_carried
from sheetgen.jury.closings import Closings
from sheetgen.jury.consolidation_file import open_consolidation
from sheetgen.jury.decided_files import write_decided
from sheetgen.jury.final_decisions import FinalDecisions
from sheetgen.jury.final_files import render_final
from sheetgen.jury.freeze import check_frozen
from sheetgen.jury.origin import check_origin
from sheetgen.jury.read import read_deliberation
from sheetgen.jury.sealing import seal_names
from sheetgen.jury.settled_documents import settle_documents

__all__ = [
    "Closings",
    "FinalDecisions",
    "NotCarriedError",
    "check_frozen",
    "check_origin",
    "open_consolidation",
    "read_carried",
    "read_deliberation",
    "render_final",
    "seal_names",
    "settle_documents",
    "write_decided",
]
