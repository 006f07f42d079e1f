"""The place of a grid's workings in its very hidden sheet, right of the stamp.

At the head what a mark may be, and what the chart shows of each bloc of the grid; below, side by
side in each bloc's band (`working_rows`), a row per criterion, per competency and for the bloc.
Columns that only some référentiels need are right of the others, as are the lists of further scales
and the épreuves, which stand at the head since they may reach over blocs. Addresses name their
sheet, so that they hold from any other.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from sheetgen.grid import working_rows
from sheetgen.grid.contract import STAMP_SHEET
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AbsenceRule, BlockOutcome, Scale, ScaleKind
from sheetgen.rules import (
    AssessedCells,
    AssessmentCells,
    BlockCells,
    CompetencyCells,
    CriterionCells,
    Readings,
    ScaleRanges,
    place,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import MethodCode, Referential

FIRST_ROW = working_rows.FIRST_ROW + 1
"""The first row of the lists, from 1."""

CHOICES, LEVEL_POINTS = "D", "E"
CRITERION_CODE, SLOT, OWED = "G", "H", "I"
_CRITERION: CriterionCells[str] = CriterionCells(
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
_COMPETENCY: CompetencyCells[str] = CompetencyCells(
    outcome="V",
    score="W",
    acquired=Readings("X", "Y"),
    attained=Readings("Z", "AA"),
    weight="AB",
    mandatory="AC",
    scored="",
)
CHART_CODE, CHART_SCORE = "AE", "AF"
CHART_BARS: Mapping[BlockOutcome, str] = {
    BlockOutcome.VALIDATED: "AK",
    BlockOutcome.NOT_VALIDATED: "AM",
    BlockOutcome.TO_DELIBERATE: "AS",
    BlockOutcome.INCOMPLETE: "AZ",
}
"""The columns of the bars of each result, in what is free between the others."""

_BLOCK: BlockCells[str] = BlockCells(outcome="AG", score="AH", validated=Readings("AI", "AJ"))
YES_NO = "AL"

_SHARE, _UNSURE, _WAITS, _SCORED = Readings("AN", "AO"), "AP", "AQ", "AR"
"""The columns of what only some référentiels need."""

_ASSESSED: AssessedCells[str] = AssessedCells(
    assessment="AT", points="AU", state="AV", counted="AW", share=Readings("AX", "AY")
)
ASSESSMENT_CODE = "BA"
_ASSESSMENT: AssessmentCells[str] = AssessmentCells(
    outcome="BB",
    score="BC",
    waits="BD",
    opened=Readings("BE", "BF"),
    passed=Readings("BG", "BH"),
    attained=Readings("BI", "BJ"),
)
_FURTHER_SCALES = 64
"""The column of the second scale's list, counted from 0; its points, then the third's, follow."""


@dataclass(frozen=True, kw_only=True)
class Workings:
    """The workings of the grids of one référentiel; no slots, so that places are kept.

    Attributes:
        leaves_out: whether competencies may be left out of a grid, kept, or shown by evidence.
    """

    referential: Referential
    leaves_out: bool

    @classmethod
    def of(cls, plan: GridPlan) -> Workings:
        """Return the workings of a grid."""
        known = plan.referential
        evidence = any(item.by_evidence for item in known.competencies)
        particular = any(item.variant.particulars for item in plan.blocks)
        return cls(referential=known, leaves_out=evidence or particular)

    @cached_property
    def criterion(self) -> CriterionCells[str]:
        """Return the columns of a criterion."""
        known = self.referential
        gated = any(item.condition for item in known.assessments)
        unsure = gated or known.rules.absence is AbsenceRule.TO_SIT_AGAIN
        mixed = any(scale is not known.scale for scale in known.scale_of.values())
        return replace(
            _CRITERION,
            share=_SHARE if mixed else Readings("", ""),
            unsure=_UNSURE if unsure else "",
            waits=_WAITS if unsure else "",
        )

    @cached_property
    def competency(self) -> CompetencyCells[str]:
        """Return the columns of a competency."""
        return replace(_COMPETENCY, scored=_SCORED if self.leaves_out else "")

    @property
    def last_column(self) -> int:
        """Return the last column that rows of criteria and competencies may fill, from 0."""
        added = [*self.criterion.share, self.criterion.unsure, self.competency.scored]
        return _FURTHER_SCALES if any(added) or self.assessments else 0

    @cached_property
    def assessments(self) -> Mapping[MethodCode, AssessmentCells[str]]:
        """Return the cells of each épreuve; none where rules look at none."""
        if not self.referential.uses_assessments:
            return {}
        codes = [item.code for item in self.referential.assessments]
        return {code: place(_ASSESSMENT, row) for row, code in enumerate(codes, FIRST_ROW)}

    @cached_property
    def assessed(self) -> AssessedCells[str]:
        """Return the rows of all criteria, as they count in épreuves."""
        first, last = working_rows.all_rows(self.referential)
        return place(_ASSESSED, first + 1, last + 1)

    def assessed_at(self, plan: CriterionRows) -> AssessedCells[str]:
        """Return the cells of a criterion as it counts in its épreuve."""
        return place(_ASSESSED, plan.calculation_row + 1)

    @cached_property
    def lists(self) -> Mapping[Scale, tuple[str, str]]:
        """Return the columns of each scale's list and of its points."""
        first, *others = self.referential.scales_in_use
        columns = range(_FURTHER_SCALES, _FURTHER_SCALES + 2 * len(others), 2)
        return {
            first: (CHOICES, LEVEL_POINTS),
            **{
                scale: (xl_col_to_name(column), xl_col_to_name(column + 1))
                for scale, column in zip(others, columns, strict=True)
            },
        }

    def choices_at(self, scale: Scale) -> str:
        """Return the address of the list of marks; empty where notes are typed."""
        count = len(working_rows.typed_marks(scale))
        column, _ = self.lists[scale]
        return _range(column, FIRST_ROW, FIRST_ROW + count - 1) if count else ""

    def levels_at(self, scale: Scale) -> ScaleRanges:
        """Return the labels and points of the levels, within the sheet of the workings."""
        if scale.kind is not ScaleKind.LEVELS:
            return ScaleRanges(unobserved=scale.unobserved or "")
        labels, points = self.lists[scale]
        last = FIRST_ROW + len(scale.levels) - 1
        shortcuts = self.shortcuts.get(scale, "")
        return ScaleRanges(
            labels=f"${labels}${FIRST_ROW}:${labels}${last}",
            points=f"${points}${FIRST_ROW}:${points}${last}",
            shortcuts=shortcuts and f"${shortcuts}${FIRST_ROW}:${shortcuts}${last}",
            unobserved=scale.unobserved or "",
        )

    @cached_property
    def shortcuts(self) -> Mapping[Scale, str]:
        """Return the column of the shortcuts of each scale whose levels have any."""
        used = self.referential.scales_in_use
        first = _FURTHER_SCALES + 2 * (len(used) - 1)
        having = [scale for scale in used if any(item.shortcut for item in scale.levels)]
        return {scale: xl_col_to_name(first + place) for place, scale in enumerate(having)}


def criterion_at(plan: CriterionRows) -> CriterionCells[str]:
    """Return the cells of a criterion's workings, but for what only some référentiels need."""
    return place(_CRITERION, plan.calculation_row + 1, sheet=STAMP_SHEET)


def competency_at(plan: CompetencyPart) -> CompetencyCells[str]:
    """Return the cells of a competency's workings, but for what only some référentiels need."""
    return place(_COMPETENCY, plan.calculation_row + 1, sheet=STAMP_SHEET)


def block_at(plan: BlockSheetPlan, sheet: str = STAMP_SHEET) -> BlockCells[str]:
    """Return the cells of a bloc's workings."""
    return place(_BLOCK, plan.calculation_row + 1, sheet=sheet)


def assessment_at(known: Referential, code: MethodCode) -> AssessmentCells[str]:
    """Return the cells of an épreuve's workings."""
    codes = [item.code for item in known.assessments]
    return place(_ASSESSMENT, FIRST_ROW + codes.index(code), sheet=STAMP_SHEET)


def slot_at(plan: CriterionRows) -> str:
    """Return the points of a criterion's mark: a number, a text, or empty while it is missing."""
    return f"{STAMP_SHEET}!${SLOT}${plan.calculation_row + 1}"


def codes_at(criteria: Sequence[CriterionRows]) -> str:
    """Return the codes of a grid's criteria, from the first of these to the last.

    Rows between them that are no criterion's are blank, here and in the other columns.
    """
    return _range(CRITERION_CODE, *rows_of(criteria))


def slots_at(criteria: Sequence[CriterionRows]) -> str:
    """Return the slots of a grid's criteria, from the first of these to the last."""
    return _range(SLOT, *rows_of(criteria))


def states_at(criteria: Sequence[CriterionRows]) -> str:
    """Return the states of a grid's criteria, from the first of these to the last."""
    return _range(_CRITERION.state, *rows_of(criteria))


def owed_at(criteria: Sequence[CriterionRows]) -> str:
    """Return 1 for each of these criteria that lacks a required comment, else 0."""
    return _range(OWED, *rows_of(criteria))


def yes_no_at() -> str:
    """Return the address of the list for the declaration."""
    return _range(YES_NO, FIRST_ROW, FIRST_ROW + 1)


def chart_ranges(plan: GridPlan) -> tuple[str, Mapping[BlockOutcome, str]]:
    """Return the blocs' codes and, by result, the scores of those that have it, 0 for others."""
    last = FIRST_ROW + len(plan.blocks) - 1
    bars = {outcome: _range(column, FIRST_ROW, last) for outcome, column in CHART_BARS.items()}
    return _range(CHART_CODE, FIRST_ROW, last), bars


def rows_of(criteria: Sequence[CriterionRows]) -> tuple[int, int]:
    """Return the first and last rows, from 1, of these criteria."""
    rows = [item.calculation_row + 1 for item in criteria]
    return min(rows), max(rows)


def _range(column: str, first: int, last: int) -> str:
    return f"{STAMP_SHEET}!${column}${first}:${column}${last}"
