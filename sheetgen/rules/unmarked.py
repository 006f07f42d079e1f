"""Competencies on which no mark counts: kept from another session, shown by evidence, not asked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import Acceptance, Competency, CompetencyOutcome
from sheetgen.rules.candidate_scope import CandidateScope
from sheetgen.rules.judged_competency import CompetencyResult
from sheetgen.rules.readings import Readings
from sheetgen.rules.reasons import ReasonCode
from sheetgen.rules.telling import shown_score, step
from sheetgen.text import date_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sheetgen.model import (
        BlockCode,
        CandidateId,
        CompetencyCode,
        Evidence,
        Referential,
        Scale,
        Session,
    )
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.telling import Step


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


def evidence_awaited(
    referential: Referential, session: Session
) -> Iterator[tuple[CandidateId, CompetencyCode]]:
    """Yield the candidates and the competencies for which a document is still awaited."""
    for candidate in session.candidates:
        scope = CandidateScope.of(referential, session, candidate)
        evidence = session.evidence_of[candidate.id]
        for competency in (
            item for code in scope.blocks for item in by_evidence(referential, code)
        ):
            if competency.code in scope.kept_competencies:
                continue
            judged = judge_evidence(competency, evidence, session.date)
            if judged.outcome is CompetencyOutcome.INCOMPLETE:
                yield candidate.id, competency.code


def by_evidence(referential: Referential, block: BlockCode) -> Iterator[Competency]:
    """Yield the competencies of a bloc that documents show."""
    return (item for item in referential.competencies_of[block] if item.by_evidence)


def explain_kept(result: CompetencyResult, scale: Scale) -> Iterator[Step]:
    """Yield that a competency is kept from another session, with its score if it has one."""
    yield step("Compétence conservée d'une autre session : elle est acquise.")
    if result.score is not None:
        yield step("Son score est de {score}.", score=shown_score(result.score, scale))


def explain_left_out() -> Iterator[Step]:
    """Yield that nothing of a competency is asked of the candidate."""
    yield step("Rien ne s'en évalue pour la voie d'accès du candidat : elle n'est pas comptée.")


def explain_evidence(
    result: CompetencyResult, evidence: Sequence[Evidence], day: dt.date | None
) -> Iterator[Step]:
    """Yield each document shown for a competency, and what it is worth on the session's day."""
    own = [item for item in evidence if item.competency == result.competency.code]
    for item in own:
        last = item.valid_until
        until = "" if last is None else f", valable jusqu'au {date_text(last)}"
        yield step(
            "Pièce « {title} »{until} : acceptée, {accepted}{expired}.",
            title=item.title or "sans intitulé",
            until=until,
            accepted=str(item.acceptance.value).lower(),
            expired="" if item.is_valid_on(day) else " ; périmée le jour de la session",
        )
    if not own:
        yield step("Aucune pièce n'a encore été montrée.")
    yield step("Une pièce acceptée et valable le jour de la session suffit.")


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
