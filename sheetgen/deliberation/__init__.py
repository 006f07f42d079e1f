"""From the jury's workbook to the session's last word: read, compared, rendered, frozen."""

from __future__ import annotations

from sheetgen.deliberation.opening import open_consolidation
from sheetgen.deliberation.read import read_deliberation
from sheetgen.deliberation.records import (
    CandidateRulings,
    Closing,
    DecidedBy,
    Deliberation,
    FinalDecisions,
    Reopening,
    Ruling,
)

__all__ = [
    "CandidateRulings",
    "Closing",
    "DecidedBy",
    "Deliberation",
    "FinalDecisions",
    "Reopening",
    "Ruling",
    "open_consolidation",
    "read_deliberation",
]
