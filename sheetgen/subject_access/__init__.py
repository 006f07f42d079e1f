"""Gather everything held on one person, for that person: the right of access of the GDPR.

`extract_candidate` gathers, `render_identity` writes the table of what the session's workbook
says.
"""

from __future__ import annotations

from sheetgen.subject_access.extract import (
    Holdings,
    extract_candidate,
    find_candidate,
    names_of_returns,
    proposed_record,
)
from sheetgen.subject_access.extract_tables import render_identity

__all__ = [
    "Holdings",
    "extract_candidate",
    "find_candidate",
    "names_of_returns",
    "proposed_record",
    "render_identity",
]
