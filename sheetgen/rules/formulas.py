"""The rules as formulas, for whoever writes a sheet, and the values that these give.

A sheet holds, for each candidate, a row per criterion, per épreuve, per competency and per bloc
(`cells`), and for each criterion one cell of points per juror. The writer chooses where; here is
what to write. The juror's grid is the case of one juror. Formulas depend on the row's kind and
places alone, values on its marks: a sheet whose rows are alike asks for the formulas once; one that
is written row by row takes both joined (`row_cells`).
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AbsenceRule, BlockOutcome, CompetencyOutcome
from sheetgen.rules import row_kinds
from sheetgen.rules.cells import (
    AssessedCells,
    BlockCells,
    CompetencyCells,
    without_formulas,
)
from sheetgen.rules.decide import judge_again
from sheetgen.rules.judged_block import BlockSources
from sheetgen.rules.mark_formulas import ScaleRanges, points_formula
from sheetgen.rules.readings import Readings
from sheetgen.rules.rule_book import RuleBook

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from sheetgen.model import (
        Block,
        BlockCode,
        BlockDecision,
        Candidate,
        CandidateDecision,
        Competency,
        CompetencyDecision,
        Criterion,
        Mark,
        MethodCode,
        Referential,
        Session,
    )
    from sheetgen.rules.cells import AssessmentCells, CriterionCells
    from sheetgen.rules.certification import CertificationKind
    from sheetgen.rules.counted_criterion import CriterionKind, CriterionPlaces
    from sheetgen.rules.excel import Value
    from sheetgen.rules.judged_assessment import AssessmentKind
    from sheetgen.rules.judged_block import BlockKind
    from sheetgen.rules.judged_competency import CompetencyKind
    from sheetgen.rules.judging import CandidateJudgement
    from sheetgen.rules.votes import Seat, Slot

_SETTLED_COMPETENCY: Mapping[CompetencyOutcome, Readings[Value]] = {
    CompetencyOutcome.ACQUIRED: Readings(1, 1),
    CompetencyOutcome.NOT_ACQUIRED: Readings(0, 0),
}
_SETTLED_BLOCK: Mapping[BlockOutcome, Readings[Value]] = {
    BlockOutcome.VALIDATED: Readings(1, 1),
    BlockOutcome.NOT_VALIDATED: Readings(0, 0),
}
"""Outcomes on which both readings agree, so that the decision alone gives the row's values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlaces:
    """The rows that a bloc's row is computed from.

    Attributes:
        criteria: ranges of its criteria; None where it has none.
        competencies: ranges of its competencies.
        assessments: the rows of the candidate's épreuves; none where rules look at none.
    """

    criteria: CriterionCells[str] | None
    competencies: CompetencyCells[str]
    assessments: Mapping[MethodCode, AssessmentCells[str]] = field(default_factory=dict)


class _Identities:
    """Numbers objects by identity: two that are equal but apart have two numbers."""

    def __init__(self) -> None:
        self._known: list[object] = []

    def of(self, thing: object) -> int:
        """Return the number of an object; a new one for an object never seen before."""
        for number, known in enumerate(self._known):
            if known is thing:
                return number
        self._known.append(thing)
        return len(self._known) - 1


class Formulas:
    """The formulas of the rules a school chose.

    Every `at` gives the addresses of the row's own cells, every plural the ranges of rows below
    it, as A1 references that hold from where the formula stands (`place` makes them).
    """

    def __init__(self, referential: Referential) -> None:
        self._book = RuleBook(referential)
        self._mixed = {
            item.code: row_kinds.mixes_scales(referential, item)
            for item in referential.competencies
        }
        identities = _Identities()
        self._forms: dict[str, Hashable] = {
            item.code: (
                str(item.weight),
                item.eliminatory,
                identities.of(self._book.rule_of(item)),
            )
            for item in referential.criteria
        }
        for competency in referential.competencies:
            self._forms[competency.code] = identities.of(self._book.condition_of(competency))
        for block in referential.blocks:
            self._forms[block.code] = identities.of(self._book.condition_of_block(block.code))

    def form(self, item: Criterion | Competency | Block) -> Hashable:
        """Return what its row's formulas depend on in its record and its rules."""
        return self._forms[item.code]

    def assessment_of(self, criterion: Criterion) -> MethodCode | None:
        """Return the épreuve that a criterion belongs to, if any."""
        return self._book.referential.assessment_of[criterion.code]

    @property
    def has_shares(self) -> bool:
        """Return whether some criteria are counted by their share of their own scale."""
        return any(self._mixed.values())

    @property
    def has_assessments(self) -> bool:
        """Return whether rules look at épreuves, so that these have rows."""
        return self._book.referential.uses_assessments

    @property
    def has_doubts(self) -> bool:
        """Return whether a score may be unknown although the points below it are known."""
        sat_again = self._book.referential.rules.absence is AbsenceRule.TO_SIT_AGAIN
        return sat_again or self.has_assessments

    def judge(
        self, session: Session, candidate: Candidate, decision: CandidateDecision
    ) -> CandidateJudgement:
        """Return a candidate judged as they were decided."""
        return judge_again(self._book, session, candidate, decision)

    def slot_points_formula(self, criterion: Criterion, mark_cell: str, listed: ScaleRanges) -> str:
        """Return the formula of one juror's points; `points_value` gives its value."""
        scale = self._book.referential.scale_of[criterion.code]
        return points_formula(scale, mark_cell, listed)

    def support_formulas(self, criterion: Criterion, slots: Sequence[Slot]) -> tuple[str, ...]:
        """Return the formulas of each slot's `support`; none where the merge needs none."""
        return self._book.rule_of(criterion).marks.merging.support_formulas(slots)

    def support_values(
        self, criterion: Criterion, seats: Sequence[Seat], marks: Sequence[Mark | None]
    ) -> tuple[Value, ...]:
        """Return the values of each seat's `support`, by what its mark cell holds."""
        return self._book.rule_of(criterion).marks.merging.support_values(seats, marks)

    def criterion_kind(self, judgement: CandidateJudgement, criterion: Criterion) -> CriterionKind:
        """Return what a criterion's formulas depend on, beside its `form` and its jurors."""
        mixed = self._mixed[criterion.competency]
        return row_kinds.criterion_kind(judgement, criterion, mixed=mixed)

    def criterion_formulas(
        self,
        criterion: Criterion,
        slots: Sequence[Slot],
        kind: CriterionKind,
        places: CriterionPlaces,
    ) -> CriterionCells[str]:
        """Return the formulas of a criterion's row; no slots where marks do not decide."""
        return self._book.rule_of(criterion).formulas(criterion, slots, kind, places)

    def criterion_values(
        self, judgement: CandidateJudgement, criterion: Criterion, seats: Sequence[Seat]
    ) -> CriterionCells[Value]:
        """Return the values of a criterion's row; `seats` are the jurors who mark it."""
        kind = self.criterion_kind(judgement, criterion)
        assessment = judgement.assessment_of(criterion)
        return self._book.rule_of(criterion).values(
            judgement.count(criterion),
            judgement.criterion(criterion),
            seats,
            kind,
            waits=kind.gated and assessment is not None and assessment.waits,
        )

    def assessed_formulas(
        self,
        criterion: Criterion,
        slots: Sequence[Slot],
        kind: CriterionKind,
        places: CriterionPlaces,
    ) -> AssessedCells[str]:
        """Return the formulas of what a criterion counts for in its épreuve."""
        if not kind.assessed or places.assessed is None:
            return _NOT_ASSESSED
        rule = self._book.rule_of(criterion)
        return rule.assessed_formulas(criterion, slots, places.assessed, places.at.top)

    def assessed_values(
        self, judgement: CandidateJudgement, criterion: Criterion
    ) -> AssessedCells[Value]:
        """Return the values of what a criterion counts for in its épreuve."""
        kind = self.criterion_kind(judgement, criterion)
        code = self._book.referential.assessment_of[criterion.code]
        if not kind.assessed or code is None:
            return AssessedCells(
                assessment="", points="", state="", counted="", share=Readings("", "")
            )
        rule = self._book.rule_of(criterion)
        return rule.assessed_values(criterion, judgement.as_marked(criterion), code)

    def assessment_kind(self, judgement: CandidateJudgement, code: MethodCode) -> AssessmentKind:
        """Return what the formulas of an épreuve's row depend on, beside its code."""
        return row_kinds.assessment_kind(judgement, code)

    def assessment_formulas(
        self,
        code: MethodCode,
        kind: AssessmentKind,
        criteria: AssessedCells[str],
        rows: Mapping[MethodCode, AssessmentCells[str]],
    ) -> AssessmentCells[str]:
        """Return the formulas of an épreuve's row."""
        conditions = [rows[item] for item in kind.conditions]
        return self._book.assessment(code).formulas(kind, criteria, conditions, rows[code])

    def assessment_values(
        self, judgement: CandidateJudgement, code: MethodCode
    ) -> AssessmentCells[Value]:
        """Return the values of an épreuve's row."""
        return self._book.assessment(code).values(judgement.assessments[code])

    def competency_of(self, decision: CompetencyDecision) -> Competency:
        """Return the competency that a decision is on."""
        return self._book.referential.competency[decision.code]

    def competency_kind(
        self, judgement: CandidateJudgement, competency: Competency
    ) -> CompetencyKind:
        """Return what the formulas of a competency's row depend on, beside its rule."""
        mixed = self._mixed[competency.code]
        return row_kinds.competency_kind(judgement, competency, mixed=mixed)

    def competency_formulas(
        self,
        competency: Competency,
        kind: CompetencyKind,
        criteria: CriterionCells[str] | None,
        at: CompetencyCells[str],
    ) -> CompetencyCells[str]:
        """Return the formulas of a competency's row."""
        if kind.settled or criteria is None:
            return without_formulas(at)
        return self._book.condition_of(competency).formulas(kind, criteria, at)

    @staticmethod
    def settles(decision: CompetencyDecision) -> bool:
        """Return whether a competency's record alone says what its row amounts to."""
        return decision.outcome in _SETTLED_COMPETENCY and decision.score is not None

    def competency_values(
        self, judgement: CandidateJudgement, decision: CompetencyDecision
    ) -> CompetencyCells[Value]:
        """Return the values of a competency's row."""
        competency = self._book.referential.competency[decision.code]
        if decision.score is None or not self.settles(decision):
            block = self._book.referential.block_of[competency.code]
            judged = judgement.block(block).competencies
            result = next(item for item in judged if item.competency is competency)
            return self._book.competency.values(result)
        score = float(decision.score)
        return CompetencyCells(
            outcome=decision.outcome.value,
            score=score,
            acquired=_SETTLED_COMPETENCY[decision.outcome],
            attained=Readings(score, score),
            weight=float(competency.weight),
            mandatory=int(competency.mandatory),
            scored=float(competency.weight),
        )

    def block_kind(self, judgement: CandidateJudgement, code: BlockCode) -> BlockKind:
        """Return what the formulas of a presented bloc's row depend on, beside its code."""
        return row_kinds.block_kind(judgement, code)

    def block_formulas(
        self, code: BlockCode, kind: BlockKind, below: BlockPlaces, at: BlockCells[str]
    ) -> BlockCells[str]:
        """Return the formulas of a presented bloc's row."""
        sources = BlockSources(
            criteria=below.criteria,
            competencies=below.competencies,
            scored=kind.scored,
            assessments=[
                (self._book.assessment(item), below.assessments[item]) for item in kind.assessments
            ],
            to_sit_again=[below.assessments[item] for item in kind.to_sit_again],
        )
        return self._book.condition_of_block(code).formulas(kind, sources, at)

    def block_values(
        self, judgement: CandidateJudgement, decision: BlockDecision
    ) -> BlockCells[Value]:
        """Return the values of a presented bloc's row."""
        settled = _SETTLED_BLOCK.get(decision.outcome)
        if settled is None:
            return self._book.block.values(judgement.block(decision.code).result)
        return BlockCells(
            outcome=decision.outcome.value,
            score="" if decision.score is None else float(decision.score),
            validated=settled,
        )

    def certification_kind(self, blocks: Sequence[BlockDecision]) -> CertificationKind:
        """Return what the formulas of a certification depend on."""
        return self._book.certification.kind(blocks)

    def certification_formula(self, blocks: BlockCells[str], kind: CertificationKind) -> str:
        """Return the formula of the outcome of a candidate who came."""
        return self._book.certification.formula(blocks, kind)

    def mean_formula(self, blocks: BlockCells[str], kind: CertificationKind) -> str:
        """Return the formula of the general mean, in [0, 1] or an empty text; empty for none."""
        return self._book.certification.mean_formula(blocks, kind)

    def lost_formula(self, outcomes: str) -> str:
        """Return the formula, without its sign, that is 0 where an award has all that it needs.

        Args:
            outcomes: range of the outcomes of all blocs.
        """
        return self._book.certification.lost_formula(outcomes)

    def mention_formula(self, outcome: str, mean: str, none: str = "") -> str:
        """Return the formula of the mention, its label or `none`; empty where none exists.

        Args:
            outcome: address of the certification's outcome.
            mean: that of the general mean.
            none: what stands for no mention.
        """
        return self._book.certification.mention_formula(outcome, mean, none)


_NOT_ASSESSED: AssessedCells[str] = AssessedCells(
    assessment="", points="", state="", counted="", share=Readings("", "")
)
"""The formulas of a criterion that counts in no épreuve."""
