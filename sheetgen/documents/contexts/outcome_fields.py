"""The fields of scores, épreuves and evidence, which several papers say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import NOTHING, listed
from sheetgen.model import Acceptance, AssessmentOutcome
from sheetgen.rules import score_text
from sheetgen.text import date_text

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import (
        AssessmentDecision,
        AssessmentMethod,
        BlockCode,
        CandidateDecision,
        CandidateId,
        Competency,
        Evidence,
        Referential,
        Session,
    )


def score_field(score: Fraction | None, referential: Referential) -> str:
    """Return a score in [0, 1] as people of this référentiel read it; a dash where it is unknown.

    A note on a scale of notes, a percentage on one of levels.
    """
    return NOTHING if score is None else score_text(score, referential.scale)


def standing_context(decision: CandidateDecision | None, referential: Referential) -> Context:
    """Return a candidate's general mean and mention."""
    mention = decision.mention if decision else None
    return {
        "moyenne": score_field(decision.mean if decision else None, referential),
        "mention": mention or NOTHING,
        "avec_mention": mention is not None,
    }


def assessments_context(
    referential: Referential,
    session: Session,
    decision: CandidateDecision | None,
    block: BlockCode | None = None,
) -> list[Context]:
    """Return a candidate's épreuves, or those of one bloc; none where no rule uses them.

    Without a decision they are those of the référentiel that the candidate's route uses.
    """
    if not referential.uses_assessments or decision is None:
        return []
    blocks = _blocks_of_assessments(referential)
    return [
        _assessment(referential, session, decision.candidate, item, blocks[item.code])
        for item in decision.assessments
        if block is None or block in blocks[item.code]
    ]


def _blocks_of_assessments(referential: Referential) -> dict[str, list[BlockCode]]:
    return {
        code: list(
            dict.fromkeys(referential.block_of[criterion.competency] for criterion in criteria)
        )
        for code, criteria in referential.criteria_of_assessment.items()
    }


def _assessment(
    referential: Referential,
    session: Session,
    candidate: CandidateId,
    decided: AssessmentDecision,
    blocks: list[BlockCode],
) -> Context:
    method = referential.method[decided.code]
    return {
        **method_context(referential, method),
        "blocs": listed(blocks),
        "resultat": decided.outcome.value,
        "reussie": decided.outcome is AssessmentOutcome.PASSED,
        "score": score_field(decided.score, referential),
        "absence": _absence(session, candidate, decided),
        "origine": _origin(session, candidate, decided),
    }


def method_context(referential: Referential, method: AssessmentMethod) -> Context:
    """Return what the référentiel says of an épreuve, or of any way to assess."""
    own, common = method.threshold, referential.rules.assessment_threshold
    is_assessment = method.code in referential.criteria_of_assessment
    used = is_assessment and referential.uses_assessments
    return {
        "code": method.code,
        "intitule": method.name,
        "type": method.kind,
        "seuil": score_field((common if own is None else own) if used else None, referential),
        "condition": listed(method.condition),
        "collective": method.collective is True,
    }


def _absence(session: Session, candidate: CandidateId, decided: AssessmentDecision) -> str:
    """Return whether an absence is justified, where the session says so."""
    if decided.outcome is not AssessmentOutcome.ABSENT:
        return NOTHING
    said = {
        item.justified
        for item in session.absences
        if (item.candidate, item.method) == (candidate, decided.code)
    }
    if True in said:
        return "Absence justifiée"
    return "Absence non justifiée" if False in said else NOTHING


def _origin(session: Session, candidate: CandidateId, decided: AssessmentDecision) -> str:
    """Return where a result that is kept comes from."""
    if decided.outcome is not AssessmentOutcome.KEPT:
        return NOTHING
    for item in session.kept_of[candidate]:
        if item.method == decided.code:
            day = date_text(item.date) if item.date else ""
            origin = f"session {item.origin}" if item.origin else ""
            return ", ".join(part for part in (origin, day) if part) or NOTHING
    return NOTHING


def evidence_context(
    session: Session, candidate: CandidateId, competency: Competency
) -> list[Context]:
    """Return what the candidate showed for a competency that takes evidence."""
    if not competency.by_evidence:
        return []
    return [
        _evidence(session, item)
        for item in session.evidence_of[candidate]
        if item.competency == competency.code
    ]


def _evidence(session: Session, item: Evidence) -> Context:
    expired = not item.is_valid_on(session.date)
    said = {
        Acceptance.YES: "acceptée",
        Acceptance.NO: "refusée",
        Acceptance.PENDING: "en attente",
    }[item.acceptance]
    return {
        "intitule": item.title or "Pièce",
        "date": date_text(item.obtained) if item.obtained else NOTHING,
        "valable": date_text(item.valid_until) if item.valid_until else NOTHING,
        "etat": "périmée" if expired else said,
        "acceptee": item.acceptance is Acceptance.YES and not expired,
    }
