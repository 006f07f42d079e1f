"""The fields of scores, épreuves and evidence, which several papers say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import NOTHING, listed
from sheetgen.documents.contexts.outcome_words import PLAIN_WORDS, assessment_word, threshold_text
from sheetgen.model import AbsenceRule, Acceptance, AssessmentOutcome, BlockOutcome, Status
from sheetgen.rules import resit_after, score_text
from sheetgen.text import date_text, exact_share

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from fractions import Fraction

    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import (
        AssessmentDecision,
        AssessmentMethod,
        BlockCode,
        Candidate,
        CandidateDecision,
        CandidateId,
        Competency,
        Evidence,
        Referential,
        Session,
        SessionDecisions,
    )


def score_field(score: Fraction | None, referential: Referential) -> str:
    """Return a score in [0, 1] as people of this référentiel read it; a dash where it is unknown.

    A note on a scale of notes, a percentage on one of levels.
    """
    return NOTHING if score is None else score_text(score, referential.scale)


def set_aside_context(decisions: SessionDecisions | None, candidate: Candidate) -> Context:
    """Return whether grids came back of a candidate who is not present, and do not count."""
    came_back = decisions is not None and candidate.id in decisions.returned_of
    return {"grilles_ecartees": came_back and candidate.status is not Status.PRESENT}


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
    *,
    settled: bool,
) -> list[Context]:
    """Return a candidate's épreuves; none where no rule uses them, nor without a decision.

    Args:
        referential: says what they are.
        session: says who was absent, and what is kept.
        decision: the candidate's.
        block: the bloc whose épreuves alone are wanted.
        settled: whether the jury has decided on the blocs.
    """
    if not referential.uses_assessments or decision is None:
        return []
    blocks = _blocks_of_assessments(referential)
    presented = session.candidate[decision.candidate].presented
    return [
        {
            **method_context(referential, referential.method[item.code]),
            **_outcome_context(referential, decision, item, blocks[item.code], settled=settled),
            "blocs": listed(code for code in blocks[item.code] if code in presented),
            "absence": _absence(
                referential,
                session,
                decision,
                item,
                jury_on(decision, blocks[item.code]) if settled else None,
            ),
            **kept_context(session, decision.candidate, item.code),
        }
        for item in decision.assessments
        if block is None or block in blocks[item.code]
    ]


def _outcome_context(
    referential: Referential,
    decision: CandidateDecision,
    decided: AssessmentDecision,
    blocks: Collection[BlockCode],
    *,
    settled: bool,
) -> Context:
    """Return how an épreuve came out, in words and as a score."""
    word = assessment_word(referential, decided, jury_on(decision, blocks) if settled else None)
    scale, score = referential.scale_of_assessment[decided.code], decided.score
    return {
        "resultat": word,
        "decide": word not in PLAIN_WORDS,
        "reussie": decided.outcome is AssessmentOutcome.PASSED,
        "score": NOTHING if score is None else score_text(score, scale),
    }


def _blocks_of_assessments(referential: Referential) -> dict[str, list[BlockCode]]:
    return {
        code: list(
            dict.fromkeys(referential.block_of[criterion.competency] for criterion in criteria)
        )
        for code, criteria in referential.criteria_of_assessment.items()
    }


def jury_on(
    decision: CandidateDecision, blocks: Collection[BlockCode]
) -> dict[BlockCode, BlockOutcome]:
    """Return what the jury decided on those of some blocs that the candidate presented."""
    return {
        item.code: item.outcome
        for item in decision.blocks
        if item.code in blocks
        and item.outcome in (BlockOutcome.VALIDATED, BlockOutcome.NOT_VALIDATED)
    }


def method_context(referential: Referential, method: AssessmentMethod) -> Context:
    """Return what the référentiel says of an épreuve, or of any way to assess."""
    return {
        "code": method.code,
        "intitule": method.name,
        "type": method.kind_beside or method.name,
        "seuil": threshold_text(referential, method) or NOTHING,
        "condition": listed(method.condition),
        "collective": method.collective is True,
    }


def _absence(
    referential: Referential,
    session: Session,
    decision: CandidateDecision,
    decided: AssessmentDecision,
    settled: Mapping[BlockCode, BlockOutcome] | None,
) -> str:
    """Return whether an absence is justified, where the session says so, and what follows it.

    An épreuve is to be sat again where the rules say so, unless the jury validated the blocs that
    it counts in, or the candidate may not come back.
    """
    if decided.outcome is not AssessmentOutcome.ABSENT:
        return NOTHING
    told = {
        item.justified
        for item in session.absences
        if (item.candidate, item.method) == (decision.candidate, decided.code)
    }
    said = []
    if told & {True, False}:
        said.append("absence justifiée" if True in told else "absence non justifiée")
    again = referential.rules.absence is AbsenceRule.TO_SIT_AGAIN
    if again and (settled is None or BlockOutcome.NOT_VALIDATED in settled.values()):
        right = resit_after(referential, session, decision)
        said += [] if right is not None and right.refusal else ["à représenter"]
    return ", ".join(said).capitalize() or NOTHING


def missed_text(
    referential: Referential, session: Session, candidate: CandidateId, block: BlockCode
) -> Iterator[str]:
    """Yield a sentence for each modalité of a bloc that the candidate did not sit.

    Nothing where rules look at épreuves: papers then have a table of these, which says it.
    """
    if referential.uses_assessments:
        return
    used = {code for item in referential.competencies_of[block] for code in item.methods}
    for item in session.absences:
        if item.candidate == candidate and item.method in used:
            said = {None: "", True: ", absence justifiée", False: ", absence non justifiée"}
            name = referential.method[item.method].name
            yield f"Absent à {item.method} ({name}){said[item.justified]}."


def kept_context(session: Session, candidate: CandidateId, item: str) -> Context:
    """Return where a result of another session comes from: one that is kept, or was given up."""
    kept, renounced = NOTHING, NOTHING
    for result in session.kept_results:
        if (result.candidate, result.item) != (candidate, item):
            continue
        day = date_text(result.date) if result.date else ""
        origin = f"session {result.origin}" if result.origin else ""
        said = ", ".join(part for part in (origin, day) if part)
        if result.renounced:
            score = "" if result.score is None else exact_share(result.score)
            renounced = ", ".join(part for part in (score, said) if part) or "oui"
        elif result.is_valid_on(session.date):
            kept = said or NOTHING
    return {"origine": kept, "renonce": renounced}


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
