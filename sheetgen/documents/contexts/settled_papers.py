"""The fields of the signed documents: the jury's decisions, and nothing of how jurors mark.

The minutes concern everybody; the others one candidate alone. None of them can tell which criterion
was exempted, nor that any was: their fields go no further than the competency.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from sheetgen.documents.contexts.sitting import sitting_of
from sheetgen.model import CERTIFICATION, BlockOutcome, CertificationOutcome, Status
from sheetgen.text import percent_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.documents.settled import Settled
    from sheetgen.model import (
        AnyOutcome,
        Block,
        BlockCode,
        BlockDecision,
        Candidate,
        CandidateDecision,
        Referential,
        Session,
    )

_LEFT_UNSAID = frozenset({"nothing_left"})
"""Reasons of the rules that would tell of an arrangement."""


def minutes_context(settled: Settled) -> Context:
    """Return the fields of the session's minutes."""
    session = settled.decisions.session
    results = [
        _CandidateResult(settled=settled, decision=decision)
        for decision in settled.decisions.candidates
    ]
    return {
        **_opening(
            settled,
            f"Procès-verbal – session {session.code}",
            session.code,
            settled.notice("proces-verbal"),
        ),
        "cloture": closing_context(settled.deliberation.closing),
        "effectifs": _counts(session, results),
        "voies_acces": listed(
            dict.fromkeys(item.access_route for item in session.candidates if item.access_route)
        ),
        "candidats": [{**result.person, "blocs": result.blocks} for result in results],
        "ecarts": [item for result in results for item in result.departures()],
    }


def notification_context(settled: Settled, decision: CandidateDecision) -> Context:
    """Return the fields of a candidate's own result."""
    result = _CandidateResult(settled=settled, decision=decision)
    session = settled.decisions.session
    person = result.candidate
    title = f"Notification de résultat – {person.full_name} – session {session.code}"
    return {
        **_opening(
            settled,
            title,
            f"{session.code} / {person.id}",
            settled.notice("notification", person.id),
        ),
        "candidat": result.person,
        "blocs": result.blocks,
    }


def block_certificate_context(
    settled: Settled, decision: CandidateDecision, block: BlockCode
) -> Context:
    """Return the fields of the attestation of one bloc.

    Raises:
        ValueError: the jury did not validate this bloc.
    """
    result = _CandidateResult(settled=settled, decision=decision)
    if block not in result.codes(BlockOutcome.VALIDATED):
        message = f"{decision.candidate} has not validated {block}"
        raise ValueError(message)
    session, referential = settled.decisions.session, settled.decisions.referential
    person = result.candidate
    title = f"Attestation du bloc {block} – {person.full_name} – session {session.code}"
    return {
        **_opening(
            settled,
            title,
            f"{session.code} / {person.id} / {block}",
            settled.notice("attestation", person.id, block),
        ),
        "candidat": person_context(person),
        "bloc": _named_block(referential, referential.block[block]),
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
        **_opening(
            settled, title, f"{session.code} / {person.id}", settled.notice("parchemin", person.id)
        ),
        "candidat": person_context(person),
        "blocs": [_named_block(referential, block) for block in referential.blocks],
    }


def _opening(settled: Settled, title: str, reference: str, notice: str) -> Context:
    session = settled.decisions.session
    sitting = settled.sitting or sitting_of(settled.decisions)
    return {
        "document": {
            "titre": title,
            "reference": reference,
            "refait": bool(notice),
            "remplace": notice or NOTHING,
        },
        "certification": certification_context(settled.decisions.referential),
        "session": session_context(session),
        "cloture": closing_time_context(settled.deliberation.closing),
        "jury": sitting_context(session, sitting),
    }


def _counts(session: Session, results: list[_CandidateResult]) -> Context:
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


def _named_block(referential: Referential, block: Block) -> Context:
    return {
        "code": block.code,
        "intitule": block.title,
        "activite": block.activity,
        "rang": str(referential.blocks.index(block) + 1),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _CandidateResult:
    """The decisions of the jury on one candidate, as fields."""

    settled: Settled
    decision: CandidateDecision

    @property
    def candidate(self) -> Candidate:
        return self.settled.decisions.session.candidate[self.decision.candidate]

    def codes(self, *outcomes: BlockOutcome) -> list[BlockCode]:
        """Return the blocs decided so."""
        return [item.code for item in self.decision.blocks if item.outcome in outcomes]

    @property
    def person(self) -> Context:
        return {
            **person_context(self.candidate),
            "resultat": self.candidate.outcome_text(self.decision.outcome),
            "delivree": self.decision.outcome is CertificationOutcome.AWARDED,
            "motif": self._certification_reason() or NOTHING,
            "blocs_valides": listed(self.codes(BlockOutcome.VALIDATED)),
            "blocs_acquis": listed(self.codes(BlockOutcome.ALREADY_HELD)),
            "blocs_non_valides": listed(self.codes(BlockOutcome.NOT_VALIDATED)),
            "blocs_restants": self._left(),
            "reste_a_acquerir": bool(self._lacking),
        }

    @property
    def _lacking(self) -> list[BlockCode]:
        return self.codes(BlockOutcome.NOT_VALIDATED, BlockOutcome.NOT_PRESENTED)

    def _left(self) -> str:
        """Return the blocs still to be acquired, or in words that none is."""
        if not self._lacking and self.decision.outcome is not CertificationOutcome.AWARDED:
            return "aucun, tous les blocs sont acquis"
        return listed(self._lacking)

    def _certification_reason(self) -> str | None:
        """Return the jury's reason; that of the rules where they refuse it despite every bloc."""
        reason = self._reason(CERTIFICATION)
        refused = self.decision.outcome in (
            CertificationOutcome.PARTIAL,
            CertificationOutcome.NOT_AWARDED,
        )
        if reason or not refused or self._lacking:
            return reason
        mean = self.settled.decisions.referential.rules.general_mean
        if mean is None:
            return None
        return (
            "Tous les blocs sont acquis, mais la moyenne générale minimale que demande le "
            f"règlement ({percent_text(mean)}) n’est pas atteinte."
        )

    @property
    def blocks(self) -> list[Context]:
        return [self._block(item) for item in self.decision.blocks]

    def departures(self) -> Iterator[Context]:
        """Yield the decisions that are not what was proposed."""
        decided: list[tuple[str, AnyOutcome]] = [
            *((item.code, item.outcome) for item in self.decision.blocks),
            (CERTIFICATION, self.decision.outcome),
        ]
        for item, outcome in decided:
            proposed = self.settled.deliberation.proposed(self.decision.candidate, item)
            if proposed is not outcome:
                yield {
                    "numero": self.candidate.id,
                    "identite": self.candidate.full_name,
                    "objet": item,
                    "proposition": proposed.value,
                    "decision": outcome.value,
                    "motif": self._reason(item),
                }

    def _block(self, decision: BlockDecision) -> Context:
        referential = self.settled.decisions.referential
        titles = {item.code: item.title for item in referential.competencies_of[decision.code]}
        presented = decision.code in self.candidate.presented
        held = decision.outcome is BlockOutcome.ALREADY_HELD
        situation = BlockOutcome.ALREADY_HELD if held else BlockOutcome.NOT_PRESENTED
        return {
            **_named_block(referential, referential.block[decision.code]),
            "situation": "Présenté" if presented else situation.value,
            "presente": presented,
            "acquis": held,
            "valide": decision.outcome is BlockOutcome.VALIDATED,
            "resultat": decision.outcome.value,
            "motif": self._block_reason(decision),
            "competences": [
                {
                    "code": item.code,
                    "intitule": titles[item.code],
                    "resultat": item.outcome.value,
                }
                for item in decision.competencies
            ],
        }

    def _block_reason(self, decision: BlockDecision) -> str | None:
        """Return the jury's reason.

        That of the rules where they alone speak against the candidate.
        """
        reason = self._reason(decision.code)
        if reason or decision.outcome is not BlockOutcome.NOT_VALIDATED:
            return reason or NOTHING
        said = [item.message for item in decision.reasons if item.code not in _LEFT_UNSAID]
        return " ".join(said) or None

    def _reason(self, item: str) -> str | None:
        return self.settled.deliberation.reason(self.decision.candidate, item)
