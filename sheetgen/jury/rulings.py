"""The jury's decisions, beside what was proposed to it; no input or output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetgen.model import (
    BlockOutcome,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    KeptDecisions,
    SessionDecisions,
    Term,
)
from sheetgen.rules.certification import CertificationCondition

if TYPE_CHECKING:
    import datetime as dt

    from sheetgen.model import BlockCode

Outcome = TypeVar("Outcome", BlockOutcome, CertificationOutcome)


class DecidedBy(Term):
    """The source of an outcome: the proposal as adopted, or a decision that the jury wrote."""

    PROPOSAL = "Proposition adoptée"
    JURY = "Décision du jury"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Generic[Outcome]):
    """The jury's decision on one proposal; `reason` is the jury's, where it wrote one."""

    proposed: Outcome
    outcome: Outcome
    decided_by: DecidedBy = DecidedBy.PROPOSAL
    reason: str | None = None

    @property
    def overridden(self) -> bool:
        """Return whether the jury decided otherwise than was proposed."""
        return self.outcome is not self.proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRulings:
    """The rulings on one candidate: every bloc of the référentiel, and the certification.

    A bloc held or not presented, and the certification of a candidate who did not come, are as
    proposed. The certification's proposal rests on the blocs as decided.
    """

    candidate: CandidateId
    certification: Ruling[CertificationOutcome]
    blocks: Mapping[BlockCode, Ruling[BlockOutcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The end of the deliberation, and what the jury had to say of it."""

    date: dt.date
    time: dt.time
    incidents: str | None = None
    observations: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """Everything the jury wrote, complete and in agreement with itself."""

    closing: Closing
    rulings: Mapping[CandidateId, CandidateRulings]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """A closed session that somebody reopened.

    Attributes:
        by: the name of the user at the computer.
        at: when, in UTC.
        version: the number under `final/versions/` where the decisions before it are kept.
        completed: False for one that was cut short, and followed by another.
    """

    by: str
    at: dt.datetime
    reason: str
    version: int
    completed: bool = True


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
            certification=CertificationCondition(self.proposals.referential.rules),
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
        )

    def __iter__(self) -> Iterator[CandidateId]:
        return iter(self.proposed)

    def __len__(self) -> int:
        return len(self.proposed)
