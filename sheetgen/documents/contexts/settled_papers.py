"""The fields of the signed documents: the jury's decisions, and nothing of how jurors mark.

The minutes concern everybody; the others one candidate alone. None of them can tell which criterion
was exempted, nor that any was: their fields go no further than the competency.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sheetgen.documents.contexts.candidate_result import CandidateResult, named_block_context
from sheetgen.documents.contexts.identities import (
    NOTHING,
    Context,
    certification_context,
    closing_context,
    closing_time_context,
    listed,
    person_context,
    session_context,
    sitting_context,
)
from sheetgen.documents.contexts.outcome_fields import (
    standing_context,
)
from sheetgen.documents.contexts.sitting import sitting_of
from sheetgen.model import (
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    Status,
)
from sheetgen.text import natural_parts

if TYPE_CHECKING:
    from sheetgen.documents.settled import Settled
    from sheetgen.model import (
        BlockCode,
        CandidateDecision,
        JurorCode,
        Session,
    )


def minutes_context(settled: Settled) -> Context:
    """Return the fields of the session's minutes."""
    session = settled.decisions.session
    results = [
        CandidateResult(settled=settled, decision=decision)
        for decision in settled.decisions.candidates
    ]
    return {
        **opening_context(
            settled,
            f"Procès-verbal – session {session.code}",
            session.code,
            settled.notice("proces-verbal"),
        ),
        "cloture": closing_context(settled.deliberation.closing),
        "effectifs": _counts(session, results),
        "epreuves_utilisees": settled.decisions.referential.uses_assessments,
        "mentions_utilisees": bool(settled.decisions.referential.mentions),
        "voies_acces": listed(
            dict.fromkeys(item.access_route for item in session.candidates if item.access_route)
        ),
        "candidats": [
            {**result.person, "blocs": result.blocks, "epreuves": result.assessments()}
            for result in results
        ],
        "saisies_papier": _typed_from_paper(settled),
        "ecarts": [item for result in results for item in result.departures()],
    }


def _typed_from_paper(settled: Settled) -> list[Context]:
    """Return whose grids on paper were typed, for whom and by whom, in the session's order."""
    session = settled.decisions.session
    found: dict[tuple[JurorCode, str], list[str]] = {}
    for item in settled.decisions.returns:
        if item.counts and item.typed_by and item.juror and item.candidate:
            found.setdefault((item.juror, item.typed_by), []).append(item.candidate)
    order = [juror.code for juror in session.jurors]
    return [
        {
            "jure": session.juror[juror].full_name,
            "candidats": ", ".join(sorted(people, key=natural_parts)),
            "par": typed_by,
        }
        for (juror, typed_by), people in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]


def notification_context(settled: Settled, decision: CandidateDecision) -> Context:
    """Return the fields of a candidate's own result."""
    result = CandidateResult(settled=settled, decision=decision)
    session = settled.decisions.session
    person = result.candidate
    title = f"Notification de résultat – {person.full_name} – session {session.code}"
    return {
        **opening_context(
            settled,
            title,
            f"{session.code} / {person.id}",
            settled.notice("notification", person.id),
        ),
        "candidat": result.person,
        "blocs": result.blocks,
        "epreuves": result.assessments(),
    }


def block_certificate_context(
    settled: Settled, decision: CandidateDecision, block: BlockCode
) -> Context:
    """Return the fields of the attestation of one bloc.

    Raises:
        ValueError: the jury did not validate this bloc.
    """
    result = CandidateResult(settled=settled, decision=decision)
    if block not in result.codes(BlockOutcome.VALIDATED):
        message = f"{decision.candidate} has not validated {block}"
        raise ValueError(message)
    session, referential = settled.decisions.session, settled.decisions.referential
    person = result.candidate
    # The bloc is validated: what the rules left to the jury is not left to it any more.
    undecided = AssessmentOutcome.TO_DELIBERATE.value
    assessments = [
        item
        for item in result.assessments(block)
        if not str(item["resultat"]).startswith(str(undecided))
    ]
    title = f"Attestation du bloc {block} – {person.full_name} – session {session.code}"
    return {
        **opening_context(
            settled,
            title,
            f"{session.code} / {person.id} / {block}",
            settled.notice("attestation", person.id, block),
            settled.number("attestation", person.id, block),
        ),
        "candidat": person_context(person),
        "bloc": {
            **named_block_context(referential, referential.block[block]),
            "option": referential.block[block].is_optional,
            "epreuves": assessments,
        },
    }


def diploma_context(settled: Settled, decision: CandidateDecision) -> Context:
    """Return the fields of the parchment.

    Raises:
        ValueError: the jury did not award the certification.
    """
    if decision.outcome is not CertificationOutcome.AWARDED:
        message = f"{decision.candidate} was not awarded the certification"
        raise ValueError(message)
    session, referential = settled.decisions.session, settled.decisions.referential
    person = session.candidate[decision.candidate]
    title = f"Parchemin – {person.full_name} – session {session.code}"
    return {
        **opening_context(
            settled,
            title,
            f"{session.code} / {person.id}",
            settled.notice("parchemin", person.id),
            settled.number("parchemin", person.id),
        ),
        "candidat": {**person_context(person), **standing_context(decision, referential)},
        "blocs": [named_block_context(referential, block) for block in referential.blocks],
    }


def opening_context(
    settled: Settled, title: str, reference: str, notice: str, number: str = ""
) -> Context:
    """Return what every paper made after the closing begins with."""
    session = settled.decisions.session
    sitting = settled.sitting or sitting_of(settled.decisions)
    return {
        "document": {
            "titre": title,
            "reference": reference,
            "refait": bool(notice),
            "remplace": notice or NOTHING,
            "numerote": bool(number),
            "numero": number or NOTHING,
        },
        "certification": certification_context(settled.decisions.referential),
        "session": session_context(session),
        "cloture": closing_time_context(settled.deliberation.closing),
        "jury": sitting_context(session, sitting),
    }


def _counts(session: Session, results: list[CandidateResult]) -> Context:
    outcomes = Counter(result.decision.outcome for result in results)
    present = sum(person.status is Status.PRESENT for person in session.candidates)
    return {
        "inscrits": str(len(session.candidates)),
        "presents": str(present),
        "non_presents": str(len(session.candidates) - present),
        "delivrees": str(outcomes[CertificationOutcome.AWARDED]),
        "partielles": str(outcomes[CertificationOutcome.PARTIAL]),
        "non_delivrees": str(outcomes[CertificationOutcome.NOT_AWARDED]),
    }
