"""From the jury's workbook to the session's last word: read, compared, rendered, frozen."""

from __future__ import annotations

from sheetgen.deliberation.carrying import NotCarriedError, read_carried
from sheetgen.deliberation.closings import Closings
from sheetgen.deliberation.decided_files import write_decided
from sheetgen.deliberation.documents import settle_documents
from sheetgen.deliberation.extract import Holdings, extract_candidate, find_candidate
from sheetgen.deliberation.final import render_final
from sheetgen.deliberation.freezing import check_frozen
from sheetgen.deliberation.opening import open_consolidation
from sheetgen.deliberation.origin import check_origin
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
from sheetgen.deliberation.sealing import seal_names

__all__ = [
    "CandidateRulings",
    "Closing",
    "Closings",
    "DecidedBy",
    "Deliberation",
    "FinalDecisions",
    "Holdings",
    "NotCarriedError",
    "Reopening",
    "Ruling",
    "check_frozen",
    "check_origin",
    "extract_candidate",
    "find_candidate",
    "open_consolidation",
    "read_carried",
    "read_deliberation",
    "render_final",
    "seal_names",
    "settle_documents",
    "write_decided",
]
