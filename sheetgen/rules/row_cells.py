"""Rows of cells, each its formula with its true value, for whoever writes one row at a time.

The juror's grid does; a sheet whose rows are alike takes formulas and values from `Formulas`, each
by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.rules.cells import joined
from sheetgen.rules.excel import Cell
from sheetgen.rules.mark_formulas import points_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.model import BlockDecision, CompetencyDecision, Criterion, Mark, MethodCode
    from sheetgen.rules.cells import (
        AssessedCells,
        AssessmentCells,
        BlockCells,
        CompetencyCells,
        CriterionCells,
    )
    from sheetgen.rules.counted_criterion import CriterionPlaces
    from sheetgen.rules.formulas import BlockPlaces, Formulas
    from sheetgen.rules.judging import CandidateJudgement
    from sheetgen.rules.mark_formulas import ScaleRanges
    from sheetgen.rules.votes import Slot


class RowCells:
    """The cells of rows, by the formulas of a school's rules and a candidate's judgement."""

    def __init__(self, formulas: Formulas) -> None:
        self._formulas = formulas

    def slot_points(
        self, criterion: Criterion, mark_cell: str, listed: ScaleRanges, mark: Mark | None
    ) -> Cell:
        """Return the points of one juror's mark: a number, `UNSEEN`, or empty while it is missing.

        Args:
            criterion: what is marked.
            mark_cell: address of the mark, a label, a number or `NOT_OBSERVED`.
            listed: where the sheet lists the levels of the criterion's scale.
            mark: what the mark cell holds; None for nothing valid.
        """
        formula = self._formulas.slot_points_formula(criterion, mark_cell, listed)
        return Cell(formula, points_value(mark))

    def criterion(
        self,
        judgement: CandidateJudgement,
        criterion: Criterion,
        slots: Sequence[Slot],
        places: CriterionPlaces,
    ) -> CriterionCells[Cell]:
        """Return a criterion's row; `slots` are those of the jurors who mark it, one in a grid."""
        kind = self._formulas.criterion_kind(judgement, criterion)
        present = slots if kind.settled is None else ()
        return joined(
            self._formulas.criterion_formulas(criterion, present, kind, places),
            self._formulas.criterion_values(judgement, criterion, [slot.seat for slot in slots]),
        )

    def assessed(
        self,
        judgement: CandidateJudgement,
        criterion: Criterion,
        slots: Sequence[Slot],
        places: CriterionPlaces,
    ) -> AssessedCells[Cell]:
        """Return what a criterion counts for in its épreuve; all empty where it counts in none."""
        kind = self._formulas.criterion_kind(judgement, criterion)
        return joined(
            self._formulas.assessed_formulas(criterion, slots, kind, places),
            self._formulas.assessed_values(judgement, criterion),
        )

    def assessment(
        self,
        judgement: CandidateJudgement,
        code: MethodCode,
        criteria: AssessedCells[str],
        rows: Mapping[MethodCode, AssessmentCells[str]],
    ) -> AssessmentCells[Cell]:
        """Return an épreuve's row.

        Args:
            judgement: of the candidate.
            code: the épreuve.
            criteria: ranges of the rows of all the candidate's criteria.
            rows: the addresses of all the candidate's épreuves, its own among them.
        """
        kind = self._formulas.assessment_kind(judgement, code)
        formulas = self._formulas.assessment_formulas(code, kind, criteria, rows)
        return joined(formulas, self._formulas.assessment_values(judgement, code))

    def competency(
        self,
        judgement: CandidateJudgement,
        decision: CompetencyDecision,
        criteria: CriterionCells[str] | None,
        at: CompetencyCells[str],
    ) -> CompetencyCells[Cell]:
        """Return a competency's row, over the rows of its criteria; None where it has none."""
        competency = self._formulas.competency_of(decision)
        kind = self._formulas.competency_kind(judgement, competency)
        formulas = self._formulas.competency_formulas(competency, kind, criteria, at)
        return joined(formulas, self._formulas.competency_values(judgement, decision))

    def block(
        self,
        judgement: CandidateJudgement,
        decision: BlockDecision,
        below: BlockPlaces,
        at: BlockCells[str],
    ) -> BlockCells[Cell]:
        """Return a presented bloc's row, over the rows below it."""
        kind = self._formulas.block_kind(judgement, decision.code)
        formulas = self._formulas.block_formulas(decision.code, kind, below, at)
        return joined(formulas, self._formulas.block_values(judgement, decision))
