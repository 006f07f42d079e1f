"""The decisions of the jury: a ruling on each proposal, and the closing of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import BlockCode, BlockOutcome, CertificationOutcome, Term

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sheetgen.model.decisions import CandidateDecision
    from sheetgen.model.terms import CandidateId

CERTIFICATION = "Certification"
"""What a ruling on the certification is about; one on a bloc is about the bloc's code."""

MENTION = "Mention"
"""What a ruling on the mention is about, where the certification has some."""

NO_MENTION = "Aucune"
"""What stands for no mention."""


@dataclass(frozen=True, slots=True)
class MentionOutcome:
    """The mention of an award, by its label; None for none."""

    label: str | None = None

    @property
    def value(self) -> str:
        """Return the label, or the word for no mention."""
        return self.label or NO_MENTION


Outcome = TypeVar("Outcome", BlockOutcome, CertificationOutcome, MentionOutcome)

AnyOutcome: TypeAlias = BlockOutcome | CertificationOutcome


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
        return self.outcome != self.proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRulings:
    """The rulings on one candidate: every bloc of the référentiel, and the certification.

    A bloc held or not presented, and the certification of a candidate who did not come, are as
    proposed. The certification's proposal rests on the blocs as decided, the mention's on both.

    Attributes:
        mention: None where the certification has none, or the candidate did not come.
    """

    candidate: CandidateId
    certification: Ruling[CertificationOutcome]
    blocks: Mapping[BlockCode, Ruling[BlockOutcome]]
    mention: Ruling[MentionOutcome] | None = None

    @classmethod
    def adopting(cls, decision: CandidateDecision) -> CandidateRulings:
        """Return the rulings by which everything proposed for a candidate is adopted."""
        return cls(
            candidate=decision.candidate,
            certification=Ruling(proposed=decision.outcome, outcome=decision.outcome),
            blocks={
                block.code: Ruling(proposed=block.outcome, outcome=block.outcome)
                for block in decision.blocks
            },
        )

    @property
    def mention_label(self) -> str | None:
        """Return the mention that the jury gave; None for none."""
        return None if self.mention is None else self.mention.outcome.label

    def on(self, item: str) -> Ruling[BlockOutcome] | Ruling[CertificationOutcome]:
        """Return the ruling on a bloc, by its code, or on the `CERTIFICATION`."""
        return self.certification if item == CERTIFICATION else self.blocks[BlockCode(item)]


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

    def proposed(self, candidate: CandidateId, item: str) -> AnyOutcome:
        """Return what was proposed to the jury of a bloc or of the certification."""
        return self.rulings[candidate].on(item).proposed

    def reason(self, candidate: CandidateId, item: str) -> str | None:
        """Return the jury's own reason for what it decided of them, where it gave one."""
        return (self.rulings[candidate].on(item).reason or "").strip() or None


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
