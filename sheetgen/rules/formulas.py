"""The rules as formulas, for whoever writes a sheet: each cell comes with its true value.

A sheet holds, for each candidate, a row per criterion, per competency and per bloc (`cells`), and
for each criterion one cell of points per juror. The writer chooses where; here is what to write.
The juror's grid is the case of one juror.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.rules.cells import BlockCells, CompetencyCells, CriterionCells
from sheetgen.rules.decide import RuleBook
from sheetgen.rules.excel import Cell, constant
from sheetgen.rules.mark_formulas import ScaleRanges, points_cell
from sheetgen.rules.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.model import (
        BlockDecision,
        CandidateDecision,
        Competency,
        CompetencyDecision,
        Criterion,
        CriterionDecision,
        Mark,
        Referential,
    )
    from sheetgen.rules.merge import Slot


class Formulas:
    """The formulas of the rules a school chose.

    Every `at` gives the addresses of the row's own cells, every plural the ranges of rows below
    it, as A1 references that hold from where the formula stands (`place` makes them).
    """

    def __init__(self, referential: Referential) -> None:
        self._book = RuleBook(referential)

    def slot_points(self, mark_cell: str, listed: ScaleRanges, mark: Mark | None) -> Cell:
        """Return the points of one juror's mark: a number, `UNSEEN`, or empty while it is missing.

        Args:
            mark_cell: address of the mark, a label, a number or `NOT_OBSERVED`.
            listed: where the sheet lists the scale's levels.
            mark: what the mark cell holds; None for nothing valid.
        """
        return points_cell(self._book.referential.scale, mark_cell, listed, mark)

    def supports(self, slots: Sequence[Slot], marks: Sequence[Mark | None]) -> tuple[Cell, ...]:
        """Return what to write in each slot's `support`, empty when the merge needs no such cells.

        Args:
            slots: those of the jurors assigned to the row's criterion.
            marks: what their mark cells hold.
        """
        return self._book.criterion.supports(slots, marks)

    def criterion(
        self,
        criterion: Criterion,
        decision: CriterionDecision,
        slots: Sequence[Slot],
        at: CriterionCells[str],
    ) -> CriterionCells[Cell]:
        """Return a criterion's row; `slots` are those of the jurors assigned, one in a grid."""
        return self._book.criterion.cells(criterion, decision, slots, at)

    def competency(
        self,
        competency: Competency,
        decision: CompetencyDecision,
        criteria: CriterionCells[str],
        at: CompetencyCells[str],
    ) -> CompetencyCells[Cell]:
        """Return a competency's row, over the rows of its criteria."""
        result = self._book.judge_competency(competency, decision.criteria)
        return self._book.competency.cells(result, criteria, at)

    def block(
        self,
        decision: BlockDecision,
        criteria: CriterionCells[str],
        competencies: CompetencyCells[str],
        at: BlockCells[str],
    ) -> BlockCells[Cell]:
        """Return a presented bloc's row, over the rows of its criteria and of its competencies."""
        result = self._book.judge_block(decision.code, decision.competencies)
        return self._book.block.cells(result, criteria, competencies, at)

    @staticmethod
    def block_as_decided(decision: BlockDecision) -> BlockCells[Cell]:
        """Return a bloc's row without any formula.

        As it is held, not presented, or judged elsewhere.
        """
        empty = constant("")
        score = empty if decision.score is None else constant(float(decision.score))
        return BlockCells(
            outcome=constant(decision.outcome.value), score=score, validated=Readings(empty, empty)
        )

    def certification(self, decision: CandidateDecision, blocks: BlockCells[str]) -> Cell:
        """Return a candidate's outcome, over the rows of all blocs of the référentiel."""
        return self._book.certification.cell(decision.outcome, blocks)
