"""The place of a grid's workings in its very hidden sheet, right of the stamp.

At the head what a mark may be, and what the chart shows of each bloc of the grid; below, side by
side in each bloc's band (`working_rows`), a row per criterion, per competency and for the bloc.
Addresses name their sheet, so that they hold from any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import listed_marks
from sheetgen.grid import working_rows
from sheetgen.grid.contract import STAMP_SHEET
from sheetgen.model import Scale, ScaleKind
from sheetgen.rules import (
    BlockCells,
    CompetencyCells,
    CriterionCells,
    Readings,
    ScaleRanges,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.grid.plan import BlockSheetPlan, CompetencyPart, CriterionRows, GridPlan

FIRST_ROW = working_rows.FIRST_ROW + 1
"""The first row of the lists, from 1."""

CHOICES, LEVEL_POINTS = "D", "E"
CRITERION_CODE, SLOT, OWED = "G", "H", "I"
CRITERION: CriterionCells[str] = CriterionCells(
    points="J",
    state="K",
    divergence="",
    top="",
    counted="L",
    value=Readings("M", "N"),
    acquired=Readings("O", "P"),
    eliminates=Readings("Q", "R"),
    mandatory="S",
    share=Readings("", ""),
    unsure="",
    waits="",
)
COMPETENCY_CODE = "U"
COMPETENCY: CompetencyCells[str] = CompetencyCells(
    outcome="V",
    score="W",
    acquired=Readings("X", "Y"),
    attained=Readings("Z", "AA"),
    weight="AB",
    mandatory="AC",
    scored="",
)
CHART_CODE, CHART_SCORE = "AE", "AF"
BLOCK: BlockCells[str] = BlockCells(outcome="AG", score="AH", validated=Readings("AI", "AJ"))
YES_NO = "AL"


def criterion_at(plan: CriterionRows) -> CriterionCells[str]:
    """Return a criterion's workings."""
    return place(CRITERION, plan.calculation_row + 1, sheet=STAMP_SHEET)


def competency_at(plan: CompetencyPart) -> CompetencyCells[str]:
    """Return a competency's workings."""
    return place(COMPETENCY, plan.calculation_row + 1, sheet=STAMP_SHEET)


def block_at(plan: BlockSheetPlan) -> BlockCells[str]:
    """Return a bloc's workings."""
    return place(BLOCK, plan.calculation_row + 1, sheet=STAMP_SHEET)


def slot_at(plan: CriterionRows) -> str:
    """Return the points of a criterion's mark: a number, a text, or empty while it is missing."""
    return f"{STAMP_SHEET}!${SLOT}${plan.calculation_row + 1}"


def codes_at(criteria: Sequence[CriterionRows]) -> str:
    """Return the codes of a grid's criteria, from the first of these to the last.

    Rows between them that are no criterion's are blank, here and in the other columns.
    """
    return _range(CRITERION_CODE, *rows_of(criteria))


def slots_at(criteria: Sequence[CriterionRows]) -> str:
    """Return the slots of these criteria, likewise."""
    return _range(SLOT, *rows_of(criteria))


def owed_at(criteria: Sequence[CriterionRows]) -> str:
    """Return 1 for each of these criteria that lacks a required comment, else 0."""
    return _range(OWED, *rows_of(criteria))


def choices_at(scale: Scale) -> str:
    """Return the address of the list of marks; empty where notes are typed."""
    count = len(listed_marks(scale))
    return _range(CHOICES, FIRST_ROW, FIRST_ROW + count - 1) if count else ""


def yes_no_at() -> str:
    """Return the address of the list for the declaration."""
    return _range(YES_NO, FIRST_ROW, FIRST_ROW + 1)


def levels_at(scale: Scale) -> ScaleRanges:
    """Return the labels and points of the levels, as addresses within the sheet of the workings."""
    if scale.kind is not ScaleKind.LEVELS:
        return ScaleRanges()
    last = FIRST_ROW + len(scale.levels) - 1
    return ScaleRanges(
        labels=f"${CHOICES}${FIRST_ROW}:${CHOICES}${last}",
        points=f"${LEVEL_POINTS}${FIRST_ROW}:${LEVEL_POINTS}${last}",
    )


def chart_ranges(plan: GridPlan) -> tuple[str, str]:
    """Return the blocs' codes, and their scores with 0 for none."""
    last = FIRST_ROW + len(plan.blocks) - 1
    return _range(CHART_CODE, FIRST_ROW, last), _range(CHART_SCORE, FIRST_ROW, last)


def rows_of(criteria: Sequence[CriterionRows]) -> tuple[int, int]:
    """Return the first and last rows, from 1, of these criteria."""
    rows = [item.calculation_row + 1 for item in criteria]
    return min(rows), max(rows)


def _range(column: str, first: int, last: int) -> str:
    return f"{STAMP_SHEET}!${column}${first}:${column}${last}"
