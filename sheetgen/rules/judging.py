"""One candidate judged: criteria, then épreuves, then competencies, then blocs.

Épreuves come before competencies, since one that does not open, or was not sat, decides what its
criteria count for. The results keep what each judgement looked at; `decision` gives the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AbsenceRule,
    AssessmentOutcome,
    BlockCode,
    BlockDecision,
    Competency,
    CompetencyDecision,
    Criterion,
    CriterionCode,
    CriterionDecision,
    CriterionState,
    MethodCode,
)
from sheetgen.rules.judged_block import PartResults
from sheetgen.rules.unmarked import judge_evidence, keep_competency, leave_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sheetgen.model import Evidence
    from sheetgen.rules.candidate_scope import CandidateScope
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.judged_assessment import AssessmentResult
    from sheetgen.rules.judged_block import BlockResult
    from sheetgen.rules.judged_competency import CompetencyResult
    from sheetgen.rules.rule_book import RuleBook

Merging = Callable[[Criterion], CriterionDecision]
"""What the marks on a criterion amount to, whatever its épreuve is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBlock:
    """A presented bloc: its result, those of its competencies, and the record of both."""

    result: BlockResult
    parts: PartResults
    competencies: tuple[CompetencyResult, ...]
    decision: BlockDecision


class CandidateJudgement:
    """A candidate's criteria, épreuves, competencies and blocs, judged once, when asked for."""

    def __init__(
        self,
        book: RuleBook,
        scope: CandidateScope,
        merged: Merging,
        *,
        evidence: Sequence[Evidence] | None = (),
        day: dt.date | None = None,
    ) -> None:
        """Take what is to be judged; each member is judged when it is asked for.

        Args:
            book: the rules.
            scope: the candidate's criteria.
            merged: what the marks on a criterion amount to.
            evidence: what the candidate showed; None where it is not looked at, as in a grid.
            day: the session's.
        """
        self.book = book
        self.scope = scope
        self.evidence = evidence
        self.day = day
        self._merge = merged
        self._merged: dict[CriterionCode, CriterionDecision] = {}
        self._decided: dict[CriterionCode, CriterionDecision] = {}
        self._blocks: dict[BlockCode, JudgedBlock] = {}

    @cached_property
    def assessments(self) -> Mapping[MethodCode, AssessmentResult]:
        """Return the results of the candidate's épreuves, in the référentiel's order.

        None where nothing that is decided rests on them.
        """
        scope = self.scope
        if not (self.book.referential.uses_assessments or scope.absences or scope.kept_assessments):
            return {}
        found: dict[MethodCode, AssessmentResult] = {}

        def judge(code: MethodCode) -> AssessmentResult:
            if code not in found:
                rule = self.book.assessment(code)
                kept = self.scope.kept_assessments.get(code)
                if kept is not None:
                    found[code] = rule.keep(kept)
                else:
                    conditions = [judge(item) for item in self.scope.conditions(rule.method)]
                    found[code] = rule.judge(
                        [
                            self.book.rule_of(item).count(item, self.as_marked(item))
                            for item in self.scope.criteria_of_assessment[code]
                        ],
                        conditions,
                        absent=code in self.scope.absences,
                    )
            return found[code]

        return {item.code: judge(item.code) for item in self.scope.assessments}

    def as_marked(self, criterion: Criterion) -> CriterionDecision:
        """Return a criterion as its marks alone decide it, whether its épreuve is open or not."""
        known = self._merged.get(criterion.code)
        if known is None:
            state = self.scope.state(criterion)
            known = self._merged[criterion.code] = (
                self._merge(criterion)
                if state is None
                else CriterionDecision(code=criterion.code, state=state)
            )
        return known

    def assessment_of(self, criterion: Criterion) -> AssessmentResult | None:
        """Return the épreuve that a criterion counts in; None for one in none, or kept."""
        code = self.book.referential.assessment_of[criterion.code]
        if code is None or not self.assessments or not self.scope.is_assessed(criterion):
            return None
        return self.assessments.get(code)

    def criterion(self, criterion: Criterion) -> CriterionDecision:
        """Return a criterion as decided: not open, or absent, whatever was marked there."""
        known = self._decided.get(criterion.code)
        if known is None:
            known = self._decided[criterion.code] = self._decide(criterion)
        return known

    def _decide(self, criterion: Criterion) -> CriterionDecision:
        decision = self.as_marked(criterion)
        if self.scope.state(criterion) is not None:
            return decision
        assessment = self.assessment_of(criterion)
        if assessment is not None and assessment.outcome is AssessmentOutcome.NOT_OPEN:
            return replace(
                decision,
                state=CriterionState.NOT_OPEN,
                points=None,
                acquired=None,
                divergent=False,
            )
        if self.scope.is_absent(criterion):
            return CriterionDecision(code=criterion.code, state=CriterionState.ABSENT)
        return decision

    def count(self, criterion: Criterion) -> CountedCriterion:
        """Return what a criterion counts for in its competency, its épreuve being judged."""
        rule, decision = self.book.rule_of(criterion), self.criterion(criterion)
        assessment = self.assessment_of(criterion)
        if assessment is not None and decision.state is CriterionState.KEPT:
            return rule.keep(criterion, decision, assessment)
        counted = rule.count(criterion, decision)
        marked = decision.state not in (CriterionState.NOT_OPEN, CriterionState.ABSENT)
        gated = assessment is not None and not assessment.opened.agree
        if assessment is not None and gated and marked and counted.counted:
            return rule.close(counted, assessment.opened)
        return counted

    def competency(self, competency: Competency) -> CompetencyResult:
        """Return a competency, be it marked, kept, shown by evidence or without object."""
        if competency.by_evidence:
            if competency.code in self.scope.kept_competencies:
                kept = self.scope.kept_competencies[competency.code]
                return keep_competency(competency, (), kept)
            if self.evidence is None:
                return leave_out(competency, ())
            return judge_evidence(competency, self.evidence, self.day)
        criteria = self.book.referential.criteria_of[competency.code]
        counted_criteria = [self.count(item) for item in criteria]
        without_object = CriterionState.NOT_APPLICABLE
        if counted_criteria and all(item.state is without_object for item in counted_criteria):
            return leave_out(competency, counted_criteria)
        if competency.code in self.scope.kept_competencies:
            score = self.scope.kept_competencies[competency.code]
            return keep_competency(competency, counted_criteria, score)
        waits = bool(self.assessments) and any(
            item.waits
            for criterion in criteria
            if self.scope.state(criterion) is None
            and (item := self.assessment_of(criterion)) is not None
        )
        return self.book.condition_of(competency).judge(competency, counted_criteria, waits=waits)

    def block(self, block: BlockCode) -> JudgedBlock:
        """Return a presented bloc, with its competencies and their criteria."""
        if block not in self._blocks:
            self._blocks[block] = self._judge_block(block)
        return self._blocks[block]

    def _judge_block(self, block: BlockCode) -> JudgedBlock:
        referential = self.book.referential
        competencies = tuple(map(self.competency, referential.competencies_of[block]))
        parts = PartResults(
            competencies=tuple(item for item in competencies if item.applies),
            assessments=self.assessments_of(block),
            to_sit_again=self.to_sit_again(block),
        )
        result = self.book.condition_of_block(block).judge(block, parts)
        decision = BlockDecision(
            code=block,
            outcome=result.outcome,
            score=result.score,
            reasons=result.reasons,
            competencies=tuple(map(self._decision, competencies)),
        )
        return JudgedBlock(result=result, parts=parts, competencies=competencies, decision=decision)

    def assessments_of(self, block: BlockCode) -> tuple[AssessmentResult, ...]:
        """Return the épreuves that have a criterion of the bloc."""
        if not self.assessments:
            return ()
        codes = {item.code for item in self.book.referential.criteria_of_block[block]}
        return tuple(
            result
            for code, result in self.assessments.items()
            if any(item.code in codes for item in self.scope.criteria_of_assessment[code])
        )

    def to_sit_again(self, block: BlockCode) -> tuple[MethodCode, ...]:
        """Return the modalités of a bloc that the candidate did not sit and is to sit again."""
        rules = self.book.referential.rules
        if not self.scope.absences or rules.absence is not AbsenceRule.TO_SIT_AGAIN:
            return ()
        found = {item.method.code for item in self.assessments_of(block) if item.to_sit_again}
        for criterion in self.book.referential.criteria_of_block[block]:
            if self.book.referential.assessment_of[criterion.code] is None and (
                self.criterion(criterion).state is CriterionState.ABSENT
            ):
                methods = self.book.referential.competency[criterion.competency].methods
                found.update(code for code in methods if code in self.scope.absences)
        return tuple(code for code in self.book.referential.method if code in found)

    def _decision(self, result: CompetencyResult) -> CompetencyDecision:
        criteria = self.book.referential.criteria_of[result.competency.code]
        return CompetencyDecision(
            code=result.competency.code,
            outcome=result.outcome,
            score=result.score,
            criteria=tuple(map(self.criterion, criteria)),
        )
