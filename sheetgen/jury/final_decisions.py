"""A session's last word: the proposals, with what the jury ruled on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CandidateDecision, CandidateId, CandidateRulings, KeptDecisions
from sheetgen.rules import CertificationCondition

if TYPE_CHECKING:
    from sheetgen.model import Deliberation, Reopening, SessionDecisions


@dataclass(frozen=True, kw_only=True)
class FinalDecisions:
    """The session's last word. No slots, so that the decided outcomes are worked out once.

    Attributes:
        proposals: what the marks and the rules gave.
        deliberation: what the jury made of it.
        reopened: oldest first.
    """

    proposals: SessionDecisions
    deliberation: Deliberation
    reopened: tuple[Reopening, ...] = ()

    @cached_property
    def decisions(self) -> SessionDecisions:
        """Return the proposals with the outcomes decided in place of those proposed."""
        decided = _Decided(
            proposed=self.proposals.decided,
            rulings=self.deliberation.rulings,
            certification=CertificationCondition(
                self.proposals.referential.rules, self.proposals.referential
            ),
        )
        return replace(self.proposals, candidates=KeptDecisions(decided))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided(Mapping[CandidateId, CandidateDecision]):
    """Each candidate's decision with the outcomes ruled, made as it is asked for."""

    proposed: Mapping[CandidateId, CandidateDecision]
    rulings: Mapping[CandidateId, CandidateRulings]
    certification: CertificationCondition

    def __getitem__(self, candidate: CandidateId) -> CandidateDecision:
        decision, rulings = self.proposed[candidate], self.rulings[candidate]
        blocks = tuple(
            replace(block, outcome=rulings.blocks[block.code].outcome) for block in decision.blocks
        )
        return replace(
            decision,
            outcome=rulings.certification.outcome,
            blocks=blocks,
            reasons=self.certification.reasons(blocks),
            mean=self.certification.mean(blocks),
            mention=rulings.mention_label,
        )

    def __iter__(self) -> Iterator[CandidateId]:
        return iter(self.proposed)

    def __len__(self) -> int:
        return len(self.proposed)
