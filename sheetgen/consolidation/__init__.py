"""Decisions to files: `decisions.json`, `decisions.csv` and the jury's `consolidation.xlsx`."""

from __future__ import annotations

from sheetgen.consolidation.carried import Carried, CarriedLine
from sheetgen.consolidation.decisions_csv import write_decisions_csv
from sheetgen.consolidation.decisions_json import (
    decisions_members,
    render_decisions,
    write_decisions_json,
)
from sheetgen.consolidation.division import VOLUMES, plan_consolidation
from sheetgen.consolidation.plan import WorkbookPlan
from sheetgen.consolidation.workbook import write_consolidation

__all__ = [
    "VOLUMES",
    "Carried",
    "CarriedLine",
    "WorkbookPlan",
    "decisions_members",
    "plan_consolidation",
    "render_decisions",
    "write_consolidation",
    "write_decisions_csv",
    "write_decisions_json",
]
