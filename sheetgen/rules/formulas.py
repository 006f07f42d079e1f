"""The rules as formulas, for whoever writes a sheet: each cell comes with its true value.

A sheet holds, for each candidate, a row per criterion, per competency and per bloc (`cells`), and
for each criterion one cell of points per juror. The writer chooses where; here is what to write.
The juror's grid is the case of one juror. Formulas depend on the row's rules and places alone,
values on its marks: a sheet whose rows are alike asks for the formulas once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import (
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    CriterionState,
)
from sheetgen.rules.cells import BlockCells, CompetencyCells, CriterionCells, joined
from sheetgen.rules.excel import Cell, Value, constant
from sheetgen.rules.mark_formulas import ScaleRanges, points_formula, points_value
from sheetgen.rules.readings import Readings
from sheetgen.rules.rule_book import RuleBook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    from sheetgen.rules.votes import Seat, Slot

_SETTLED_COMPETENCY: Mapping[CompetencyOutcome, Readings[Value]] = {
    CompetencyOutcome.ACQUIRED: Readings(1, 1),
    CompetencyOutcome.NOT_ACQUIRED: Readings(0, 0),
}
_SETTLED_BLOCK: Mapping[BlockOutcome, Readings[Value]] = {
    BlockOutcome.VALIDATED: Readings(1, 1),
    BlockOutcome.NOT_VALIDATED: Readings(0, 0),
}
"""Outcomes on which both readings agree: what the decision says is all that they amount to."""


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
        return Cell(self.slot_points_formula(mark_cell, listed), points_value(mark))

    def slot_points_formula(self, mark_cell: str, listed: ScaleRanges) -> str:
        """Return the formula of that cell; `points_value` says what it amounts to."""
        return points_formula(self._book.referential.scale, mark_cell, listed)

    def supports(self, slots: Sequence[Slot], marks: Sequence[Mark | None]) -> tuple[Cell, ...]:
        """Return what to write in each slot's `support`, empty when the merge needs no such cells.

        Args:
            slots: those of the jurors assigned to the row's criterion.
            marks: what their mark cells hold.
        """
        formulas = self.support_formulas(slots)
        values = self.support_values([slot.seat for slot in slots], marks)
        return tuple(map(Cell, formulas, values))

    def support_formulas(self, slots: Sequence[Slot]) -> tuple[str, ...]:
        """Return the formulas of those cells."""
        return self._book.criterion.support_formulas(slots)

    def support_values(
        self, seats: Sequence[Seat], marks: Sequence[Mark | None]
    ) -> tuple[Value, ...]:
        """Return what they amount to."""
        return self._book.criterion.support_values(seats, marks)

    def criterion(
        self,
        criterion: Criterion,
        decision: CriterionDecision,
        slots: Sequence[Slot],
        at: CriterionCells[str],
    ) -> CriterionCells[Cell]:
        """Return a criterion's row; `slots` are those of the jurors assigned, one in a grid."""
        present = () if decision.state is CriterionState.EXEMPT else slots
        return joined(
            self.criterion_formulas(criterion, present, at),
            self.criterion_values(criterion, decision, [slot.seat for slot in slots]),
        )

    def criterion_formulas(
        self, criterion: Criterion, slots: Sequence[Slot], at: CriterionCells[str]
    ) -> CriterionCells[str]:
        """Return the formulas of a criterion's row; no slots where it is exempt."""
        return self._book.criterion.formulas(criterion, slots, at)

    def criterion_values(
        self, criterion: Criterion, decision: CriterionDecision, seats: Sequence[Seat]
    ) -> CriterionCells[Value]:
        """Return what they amount to; `seats` are the jurors assigned."""
        return self._book.criterion.values(criterion, decision, seats)

    def competency(
        self,
        competency: Competency,
        decision: CompetencyDecision,
        criteria: CriterionCells[str],
        at: CompetencyCells[str],
    ) -> CompetencyCells[Cell]:
        """Return a competency's row, over the rows of its criteria."""
        formulas = self.competency_formulas(criteria, at)
        return joined(formulas, self.competency_values(competency, decision))

    def competency_formulas(
        self, criteria: CriterionCells[str], at: CompetencyCells[str]
    ) -> CompetencyCells[str]:
        """Return the formulas of a competency's row."""
        return self._book.competency.formulas(criteria, at)

    def competency_values(
        self, competency: Competency, decision: CompetencyDecision
    ) -> CompetencyCells[Value]:
        """Return what they amount to."""
        settled = _SETTLED_COMPETENCY.get(decision.outcome)
        if settled is None or decision.score is None:
            result = self._book.judge_competency(competency, decision.criteria)
            return self._book.competency.values(result)
        score = float(decision.score)
        return CompetencyCells(
            outcome=decision.outcome.value,
            score=score,
            acquired=settled,
            attained=Readings(score, score),
            weight=float(competency.weight),
            mandatory=int(competency.mandatory),
        )

    def block(
        self,
        decision: BlockDecision,
        criteria: CriterionCells[str],
        competencies: CompetencyCells[str],
        at: BlockCells[str],
    ) -> BlockCells[Cell]:
        """Return a presented bloc's row, over the rows of its criteria and of its competencies."""
        formulas = self.block_formulas(criteria, competencies, at)
        return joined(formulas, self.block_values(decision))

    def block_formulas(
        self,
        criteria: CriterionCells[str],
        competencies: CompetencyCells[str],
        at: BlockCells[str],
    ) -> BlockCells[str]:
        """Return the formulas of a presented bloc's row."""
        return self._book.block.formulas(criteria, competencies, at)

    def block_values(self, decision: BlockDecision) -> BlockCells[Value]:
        """Return what they amount to."""
        settled = _SETTLED_BLOCK.get(decision.outcome)
        if settled is None:
            result = self._book.judge_block(decision.code, decision.competencies)
            return self._book.block.values(result)
        return BlockCells(
            outcome=decision.outcome.value,
            score="" if decision.score is None else float(decision.score),
            validated=settled,
        )

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
        absent = decision.outcome is CertificationOutcome.ABSENT
        formula = "" if absent else self.certification_formula(blocks)
        return Cell(formula, decision.outcome.value)

    def certification_formula(self, blocks: BlockCells[str]) -> str:
        """Return the formula of the outcome of a candidate who came."""
        return self._book.certification.formula(blocks)
