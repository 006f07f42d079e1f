"""Competencies on which no mark counts: kept from another session, shown by evidence, not asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import Acceptance, Competency, CompetencyOutcome
from sheetgen.rules.competency import CompetencyResult
from sheetgen.rules.readings import Readings
from sheetgen.rules.reasons import ReasonCode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sheetgen.model import Evidence
    from sheetgen.rules.criterion import CountedCriterion


def keep_competency(
    competency: Competency, counted_criteria: Sequence[CountedCriterion], score: Fraction | None
) -> CompetencyResult:
    """Return a competency acquired in another session, with its score if it has one."""
    return _result(
        competency, CompetencyOutcome.ACQUIRED, counted_criteria=counted_criteria, score=score
    )


def leave_out(
    competency: Competency, counted_criteria: Sequence[CountedCriterion]
) -> CompetencyResult:
    """Return a competency of which nothing is asked of the candidate."""
    return _result(competency, CompetencyOutcome.NOT_APPLICABLE, counted_criteria=counted_criteria)


def judge_evidence(
    competency: Competency, evidence: Sequence[Evidence], day: dt.date | None
) -> CompetencyResult:
    """Return what was shown for a competency, as it is worth on the session's day."""
    shown = [
        item.acceptance
        for item in evidence
        if item.competency == competency.code and item.is_valid_on(day)
    ]
    told = any(item.competency == competency.code for item in evidence)
    if Acceptance.YES in shown:
        return _result(competency, CompetencyOutcome.ACQUIRED)
    if Acceptance.PENDING in shown or not told:
        return _result(competency, CompetencyOutcome.INCOMPLETE)
    return _result(competency, CompetencyOutcome.NOT_ACQUIRED)


def _result(
    competency: Competency,
    outcome: CompetencyOutcome,
    *,
    counted_criteria: Sequence[CountedCriterion] = (),
    score: Fraction | None = None,
) -> CompetencyResult:
    acquired = outcome is CompetencyOutcome.ACQUIRED
    attained = Fraction(0) if score is None else score
    refused = outcome is CompetencyOutcome.NOT_ACQUIRED
    awaited = outcome is CompetencyOutcome.INCOMPLETE
    code = ReasonCode.EVIDENCE_REFUSED if refused else ReasonCode.EVIDENCE_AWAITED
    return CompetencyResult(
        competency=competency,
        counted_criteria=tuple(counted_criteria),
        acquired=Readings(acquired, acquired),
        attained=Readings(attained, attained),
        score=score,
        outcome=outcome,
        reasons=(code.because(competency.code),) if refused or awaited else (),
        has_score=score is not None,
    )
