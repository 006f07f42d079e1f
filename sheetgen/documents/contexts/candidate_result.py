"""The decisions of the jury on one candidate, as the fields of what is signed.

They go no further than the competency, so that none can tell which criterion was exempted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import NOTHING, Context, listed, person_context
from sheetgen.documents.contexts.outcome_fields import (
    assessments_context,
    evidence_context,
    jury_on,
    kept_context,
    missed_text,
    score_field,
    set_aside_context,
    standing_context,
)
from sheetgen.documents.contexts.outcome_words import competency_word
from sheetgen.documents.contexts.resit_fields import resit_context
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
)
from sheetgen.rules import ReasonCode, resit_after, score_text

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
    )

_TO_SIT_AGAIN = ReasonCode.ASSESSMENT_TO_SIT_AGAIN.key
_LEFT_UNSAID = frozenset({"nothing_left"})
"""Reasons of the rules that would tell of an arrangement."""


def named_block_context(referential: Referential, block: Block) -> Context:
    """Return a bloc by its code, title and rank."""
    return {
        "code": block.code,
        "intitule": block.title,
        "activite": block.activity,
        "rang": str(referential.blocks.index(block) + 1),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateResult:
    """The decisions of the jury on one candidate, as fields."""

    settled: Settled
    decision: CandidateDecision

    @property
    def candidate(self) -> Candidate:
        """Return whose result it is."""
        return self.settled.decisions.session.candidate[self.decision.candidate]

    def codes(self, *outcomes: BlockOutcome) -> list[BlockCode]:
        """Return the blocs decided so."""
        return [item.code for item in self.decision.blocks if item.outcome in outcomes]

    @property
    def person(self) -> Context:
        """Return the candidate, with what the jury decided."""
        return {
            **person_context(self.candidate),
            "resultat": self.candidate.outcome_text(self.decision.outcome),
            "delivree": self.decision.outcome is CertificationOutcome.AWARDED,
            "motif": self._certification_reason() or NOTHING,
            "blocs_valides": listed(self.codes(BlockOutcome.VALIDATED)),
            "blocs_acquis": listed(self.codes(BlockOutcome.ALREADY_HELD)),
            "blocs_non_valides": listed(self.codes(BlockOutcome.NOT_VALIDATED)),
            "blocs_restants": self._left(),
            **resit_context(self.settled.decisions, self.decision),
            "reste_a_acquerir": bool(self._lacking),
            "en_commun": self._is_marked(in_common=True),
            "aussi_seul": self._is_marked(in_common=False),
            **set_aside_context(self.settled.decisions, self.candidate),
            **standing_context(self.decision, self.settled.decisions.referential),
        }

    def assessments(self, block: BlockCode | None = None) -> list[Context]:
        """Return the épreuves, or those of one bloc."""
        decisions = self.settled.decisions
        return assessments_context(
            decisions.referential, decisions.session, self.decision, block, settled=True
        )

    def _is_marked(self, *, in_common: bool) -> bool:
        """Return whether a grid of the candidate that counts was filled in together, or alone."""
        decisions = self.settled.decisions
        return any(
            bool(decisions.session.juror[juror].members) is in_common
            for juror in decisions.markers.get(self.candidate.id, ())
        )

    @property
    def _lacking(self) -> list[str]:
        """Return the obligatory blocs not acquired, and the options that a group still asks."""
        referential = self.settled.decisions.referential
        lost = self.codes(BlockOutcome.NOT_VALIDATED, BlockOutcome.NOT_PRESENTED)
        obligatory = [code for code in lost if not referential.block[code].is_optional]
        return [*obligatory, *self._lacking_options(lost)]

    def _lacking_options(self, lost: list[BlockCode]) -> Iterator[str]:
        blocks = self.settled.decisions.referential.blocks
        for group in self.settled.decisions.referential.option_groups:
            options = [item.code for item in blocks if item.group == group.name]
            left = [code for code in options if code in lost]
            number = group.required - (len(options) - len(left))
            if number > 0:
                yield f"{number} option{'s' if number > 1 else ''} parmi {' et '.join(left)}"

    def _left(self) -> str:
        """Return the blocs still to be acquired, or in words that none is."""
        lacking = self._lacking
        if not lacking and self.decision.outcome is not CertificationOutcome.AWARDED:
            return "aucun, tous les blocs sont acquis"
        return listed(lacking)

    def _certification_reason(self) -> str | None:
        """Return the jury's reason; that of the rules where they refuse it despite every bloc."""
        reason = self._reason(CERTIFICATION)
        refused = self.decision.outcome in (
            CertificationOutcome.PARTIAL,
            CertificationOutcome.NOT_AWARDED,
        )
        if reason or not refused or self._lacking:
            return reason
        known = self.settled.decisions.referential
        if known.rules.general_mean is None:
            return None
        mean = score_text(known.rules.general_mean, known.scale)
        return (
            "Tous les blocs sont acquis, mais la moyenne générale minimale que demande le "
            f"règlement ({mean}) n’est pas atteinte."
        )

    @property
    def blocks(self) -> list[Context]:
        """Return every bloc of the certification, as decided."""
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
        mention = self.settled.deliberation.rulings[self.decision.candidate].mention
        if mention is not None and mention.overridden:
            yield {
                "numero": self.candidate.id,
                "identite": self.candidate.full_name,
                "objet": MENTION,
                "proposition": mention.proposed.value,
                "decision": mention.outcome.value,
                "motif": (mention.reason or "").strip() or None,
            }

    def _block(self, decision: BlockDecision) -> Context:
        referential = self.settled.decisions.referential
        session = self.settled.decisions.session
        known = {item.code: item for item in referential.competencies_of[decision.code]}
        presented = decision.code in self.candidate.presented
        held = decision.outcome is BlockOutcome.ALREADY_HELD
        situation = BlockOutcome.ALREADY_HELD if held else BlockOutcome.NOT_PRESENTED
        return {
            **named_block_context(referential, referential.block[decision.code]),
            "situation": "Présenté" if presented else situation.value,
            "presente": presented,
            "acquis": held,
            "valide": decision.outcome is BlockOutcome.VALIDATED,
            "resultat": decision.outcome.value,
            "motif": self._block_reason(decision),
            "score": score_field(decision.score, referential),
            "option": referential.block[decision.code].is_optional,
            "epreuves": self.assessments(decision.code) if presented else [],
            "competences": [
                {
                    "code": item.code,
                    "intitule": known[item.code].title,
                    "resultat": competency_word(item, jury_on(self.decision, (decision.code,))),
                    "score": score_field(item.score, referential),
                    "sans_objet": item.outcome is CompetencyOutcome.NOT_APPLICABLE,
                    "par_piece": known[item.code].by_evidence,
                    "pieces": evidence_context(session, self.candidate.id, known[item.code]),
                    **kept_context(session, self.candidate.id, item.code),
                }
                for item in decision.competencies
            ],
        }

    def _block_reason(self, decision: BlockDecision) -> str | None:
        """Return the jury's reason, with what was missed, and which épreuves are to be sat again.

        The reasons of the rules where they alone speak against the candidate.
        """
        reason = self._reason(decision.code)
        if decision.outcome is not BlockOutcome.NOT_VALIDATED:
            return reason or NOTHING
        decisions, said = self.settled.decisions, decision.reasons
        missed = missed_text(
            decisions.referential, decisions.session, self.candidate.id, decision.code
        )
        if reason:
            again = [item.message for item in said if item.code == _TO_SIT_AGAIN]
            return " ".join([reason, *missed, *(again if self._may_come_back else ())])
        told = [item.message for item in said if item.code not in _LEFT_UNSAID]
        return " ".join([*told, *missed]) or None

    @property
    def _may_come_back(self) -> bool:
        decisions = self.settled.decisions
        right = resit_after(decisions.referential, decisions.session, self.decision)
        return right is None or not right.refusal

    def _reason(self, item: str) -> str | None:
        return self.settled.deliberation.reason(self.decision.candidate, item)
