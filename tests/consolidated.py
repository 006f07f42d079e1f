"""Writing and reading `consolidation.xlsx` in tests, its tables found by their headers."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import builders

from sheetgen.consolidation import plan_consolidation, write_consolidation
from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet
    from strategies import Scenario

    from sheetgen.model import SessionDecisions

TABS = (
    "Synthèse",
    "Décisions",
    "Compétences",
    "Critères",
    "Écarts",
    "Anomalies",
    "Délibération",
)
"""The sheets that people see."""


def decide(scenario: Scenario) -> SessionDecisions:
    """The scenario decided by Python."""
    return builders.session_decisions(
        scenario.referential,
        scenario.session,
        decide_session(scenario.referential, scenario.session, scenario.marks),
    )


def write(path: Path, decisions: SessionDecisions) -> Path:
    """The workbook's path, once written: all of a session that fits in one."""
    (plan,) = plan_consolidation(decisions)
    write_consolidation(path, plan)
    return path


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The visible columns of the rows under the header, up to the first row without a value."""
    rows = list(sheet.iter_rows())
    start = next(place for place, row in enumerate(rows) if row[0].value in {"Candidat", "Nature"})
    shown = [not hidden(sheet, place) for place in range(1, len(rows[start]) + 1)]
    found: list[dict[str, object]] = []
    for row in rows[start + 1 :]:
        if row[0].value is None:
            break
        found.append(
            {
                str(head.value): cell.value
                for head, cell, visible in zip(rows[start], row, shown, strict=True)
                if head.value and visible
            }
        )
    return found


def hidden(sheet: Worksheet, column: int) -> bool:
    """Return whether a column is hidden; openpyxl keeps a run of columns under its first."""
    return any(
        item.hidden and (item.min or 0) <= column <= (item.max or 0)
        for item in sheet.column_dimensions.values()
    )


def content(path: Path) -> str:
    """Everything in the file, as text."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def edges(line: HeaderFooterItem | None) -> list[str | None]:
    """The left, middle and right text of a page's head or foot."""
    if line is None:
        return [None, None, None]
    parts = (line.left, line.center, line.right)
    return [part.text if part else None for part in parts]
