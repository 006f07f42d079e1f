"""The kinds of a candidate's rows: the facts that their formulas depend on, whatever is marked.

Rows of one kind have the same formulas but for their places, so that a writer asks for them once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sheetgen.model import AbsenceRule, CriterionState
from sheetgen.rules.counted_criterion import CriterionKind
from sheetgen.rules.judged_assessment import AssessmentKind
from sheetgen.rules.judged_block import BlockKind, Scored
from sheetgen.rules.judged_competency import CompetencyKind

if TYPE_CHECKING:
    from sheetgen.model import BlockCode, Competency, Criterion, MethodCode, Referential
    from sheetgen.rules.judging import CandidateJudgement


_PLAIN_COMPETENCY, _MIXED_COMPETENCY = CompetencyKind(), CompetencyKind(mixed=True)


def mixes_scales(referential: Referential, competency: Competency) -> bool:
    """Return whether a competency's criteria are not all on the default scale."""
    criteria = referential.criteria_of[competency.code]
    return any(referential.scale_of[item.code] is not referential.scale for item in criteria)


def criterion_kind(
    judgement: CandidateJudgement, criterion: Criterion, *, mixed: bool
) -> CriterionKind:
    """Return what a criterion's formulas depend on; `mixed` as `mixes_scales` has it."""
    scope, referential = judgement.scope, judgement.book.referential
    settled = scope.settled(criterion)
    if not referential.uses_assessments:
        return _plain_kind(settled, mixed)
    code = referential.assessment_of[criterion.code]
    if code is None or not scope.is_assessed(criterion):
        return _plain_kind(settled, mixed)
    gated = settled in (None, CriterionState.ABSENT) and bool(_conditions(judgement, code))
    return CriterionKind(settled, mixed, assessed=settled is None, gated=gated)


@cache  # most rows of a sheet are of one or two kinds
def _plain_kind(settled: CriterionState | None, mixed: bool) -> CriterionKind:  # noqa: FBT001 - as its record says it
    """Return the kind of a criterion that counts in no épreuve."""
    return CriterionKind(settled, mixed)


def competency_kind(
    judgement: CandidateJudgement, competency: Competency, *, mixed: bool
) -> CompetencyKind:
    """Return what a competency's formulas depend on."""
    scope = judgement.scope
    if competency.by_evidence or competency.code in scope.kept_competencies:
        return CompetencyKind(settled=True)
    criteria = judgement.book.referential.criteria_of[competency.code]
    if all(scope.state(item) is CriterionState.NOT_APPLICABLE for item in criteria):
        return CompetencyKind(settled=True)
    return _MIXED_COMPETENCY if mixed else _PLAIN_COMPETENCY


def assessment_kind(judgement: CandidateJudgement, code: MethodCode) -> AssessmentKind:
    """Return what an épreuve's formulas depend on."""
    scope = judgement.scope
    if code in scope.kept_assessments:
        return AssessmentKind(kept=True)
    return AssessmentKind(conditions=_conditions(judgement, code), absent=code in scope.absences)


def block_kind(judgement: CandidateJudgement, code: BlockCode) -> BlockKind:
    """Return what a presented bloc's formulas depend on."""
    if _is_plain(judgement, code):
        return BlockKind()
    judged = judgement.block(code)
    parts, referential = judged.parts, judgement.book.referential
    if not parts.competencies:
        return BlockKind(settled=True)
    scored = [item.has_score for item in judged.competencies]
    share = Scored.ALL if all(scored) else Scored.SOME if any(scored) else Scored.NONE
    kinds = {x.method.code: assessment_kind(judgement, x.method.code) for x in parts.assessments}
    absent = [item for item, kind in kinds.items() if kind.absent] if _sits_again(judgement) else []
    named = referential.rule_of(code).names_assessments
    return BlockKind(
        lost=any(not kinds[item].gated for item in absent) or _misses_part(judgement, code),
        by_competencies=not judgement.book.condition_of_block(code).has_parts(parts),
        scored=share,
        assessments=tuple(item.method.code for item in parts.assessments) if named else (),
        to_sit_again=tuple(item for item in absent if kinds[item].gated),
    )


def _is_plain(judgement: CandidateJudgement, block: BlockCode) -> bool:
    """Return whether marks alone, and criteria alone, decide on all of a bloc."""
    scope, referential = judgement.scope, judgement.book.referential
    return not (
        referential.uses_assessments
        or scope.absences
        or scope.kept_competencies
        or any(item.routes for item in referential.methods)
        or any(item.by_evidence for item in referential.competencies_of[block])
    )


def _sits_again(judgement: CandidateJudgement) -> bool:
    rules = judgement.book.referential.rules
    return bool(judgement.scope.absences) and rules.absence is AbsenceRule.TO_SIT_AGAIN


def _misses_part(judgement: CandidateJudgement, block: BlockCode) -> bool:
    """Return whether a criterion of the bloc without épreuve is to be sat again."""
    scope, referential = judgement.scope, judgement.book.referential
    return _sits_again(judgement) and any(
        referential.assessment_of[item.code] is None
        and scope.state(item) is None
        and scope.is_absent(item)
        for item in referential.criteria_of_block[block]
    )


def _conditions(judgement: CandidateJudgement, code: MethodCode) -> tuple[MethodCode, ...]:
    scope = judgement.scope
    if code in scope.kept_assessments:
        return ()
    return scope.conditions(judgement.book.referential.method[code])
