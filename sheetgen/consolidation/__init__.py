"""Decisions to files: `decisions.json`, `decisions.csv` and the jury's `consolidation.xlsx`."""

from __future__ import annotations

from sheetgen.consolidation.decisions_csv import write_decisions_csv
from sheetgen.consolidation.decisions_json import (
    decisions_members,
    render_decisions,
    write_decisions_json,
)
from sheetgen.consolidation.workbook import write_consolidation

__all__ = [
    "decisions_members",
    "render_decisions",
    "write_consolidation",
    "write_decisions_csv",
    "write_decisions_json",
]
