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
    CandidateId,
    CertificationOutcome,
    Status,
)
from sheetgen.text import natural_parts

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sheetgen.documents.settled import Settled
    from sheetgen.model import (
        BlockCode,
        Candidate,
        CandidateDecision,
        JurorCode,
    )


def minutes_context(settled: Settled, jury: str | None = None) -> Context:
    """Return the fields of the minutes of the session, or of one of its juries."""
    session = settled.decisions.session
    people = [item for item in session.candidates if jury is None or item.jury == jury]
    numbers = {item.id for item in people}
    outcomes = Counter[CertificationOutcome]()
    candidates: list[Context] = []
    departures: list[Context] = []
    for decision in settled.decisions.candidates:  # no more than one is held
        if decision.candidate in numbers:
            result = CandidateResult(settled=settled, decision=decision)
            outcomes[decision.outcome] += 1
            candidates.append(
                {**result.person, "blocs": result.blocks, "epreuves": result.assessments()}
            )
            departures.extend(result.departures())
    named = "" if jury is None else f" du jury {jury}"
    return {
        **opening_context(
            settled,
            f"Procès-verbal{named} – session {session.code}",
            session.code if jury is None else f"{session.code} / {jury}",
            ("proces-verbal", "", jury or ""),
        ),
        "cloture": closing_context(settled.deliberation.closing),
        "effectifs": _counts(people, outcomes),
        "epreuves_utilisees": settled.decisions.referential.uses_assessments,
        "mentions_utilisees": bool(settled.decisions.referential.mentions),
        "voies_acces": listed(
            dict.fromkeys(item.access_route for item in people if item.access_route)
        ),
        "candidats": candidates,
        "saisies_papier": _typed_from_paper(settled, numbers),
        "ecarts": departures,
    }


def _typed_from_paper(settled: Settled, numbers: Container[CandidateId]) -> list[Context]:
    """Return whose grids on paper were typed, for whom and by whom, in the session's order."""
    session = settled.decisions.session
    found: dict[tuple[JurorCode, str], list[str]] = {}
    for item in settled.decisions.returns:
        if item.counts and item.typed_by and item.juror and item.candidate in numbers:
            found.setdefault((item.juror, item.typed_by), []).append(item.candidate or "")
    order = [marker.code for marker in session.markers]
    return [
        {
            "jure": session.juror[juror].full_name,
            "candidats": ", ".join(sorted(people, key=natural_parts)),
            "plusieurs": len(people) > 1,
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
            ("notification", person.id, ""),
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
            ("attestation", person.id, block),
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
            ("parchemin", person.id, ""),
        ),
        "candidat": {**person_context(person), **standing_context(decision, referential)},
        "blocs": [named_block_context(referential, block) for block in referential.blocks],
    }


def opening_context(
    settled: Settled, title: str, reference: str, paper: tuple[str, str, str]
) -> Context:
    """Return what every paper made after the closing begins with.

    Args:
        settled: the session.
        title: of the document.
        reference: likewise.
        paper: its kind, candidate and bloc; of minutes, the jury stands in place of the bloc.
    """
    session, (_, candidate, block) = settled.decisions.session, paper
    jury = session.candidate[CandidateId(candidate)].jury if candidate else block or None
    notice, number, sealed = settled.notice(*paper), settled.number(*paper), settled.seal(*paper)
    certification = settled.decisions.referential.certification
    sitting = settled.sitting_before(jury) or sitting_of(settled.decisions, jury)
    return {
        "document": {
            "titre": title,
            "reference": reference,
            "refait": bool(notice),
            "remplace": notice or NOTHING,
            "numerote": bool(number),
            "numero": number or NOTHING,
            "verifiable": sealed is not None,
            "qr": None,  # the engine's, which puts the picture into the document
            "page_verification": certification.verification_page if sealed else NOTHING,
            "code_verification": sealed.code() if sealed else NOTHING,
        },
        "certification": certification_context(settled.decisions.referential),
        "session": session_context(session, jury),
        "cloture": closing_time_context(settled.deliberation.closing),
        "jury": sitting_context(session, sitting),
    }


def _counts(people: Sequence[Candidate], outcomes: Mapping[CertificationOutcome, int]) -> Context:
    present = sum(person.status is Status.PRESENT for person in people)
    return {
        "inscrits": str(len(people)),
        "presents": str(present),
        "non_presents": str(len(people) - present),
        "delivrees": str(outcomes[CertificationOutcome.AWARDED]),
        "partielles": str(outcomes[CertificationOutcome.PARTIAL]),
        "non_delivrees": str(outcomes[CertificationOutcome.NOT_AWARDED]),
    }
