"""The subject of one report and, once there are any, the decisions on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.documents.word_logo import Logo
    from sheetgen.model import (
        AnyOutcome,
        Assignment,
        BlockCode,
        BlockDecision,
        Candidate,
        CandidateDecision,
        Deliberation,
        JurorCode,
        Referential,
        Return,
        Session,
        SessionDecisions,
    )

Value: TypeAlias = "str | bool | Context | list[Context] | Logo | None"
Context: TypeAlias = "dict[str, Value]"
"""Field names with their values; `None` is a text that is absent."""

NOTHING = "—"
"""What stands where there is rightly nothing to print, such as the score of an unmarked bloc."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One candidate of a session; without decisions, the subject of a blank report.

    With a deliberation, the outcomes are those that the jury decided.
    """

    referential: Referential
    session: Session
    candidate: Candidate
    decisions: SessionDecisions | None = None
    decision: CandidateDecision | None = None
    deliberation: Deliberation | None = None

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Return the assignments of the candidate, in the jurors' order."""
        return self.session.assignments_of[self.candidate.id]

    def assigned_to(self, block: BlockCode) -> tuple[JurorCode, ...]:
        """Return the jurors who mark this bloc."""
        return tuple(item.juror for item in self.assignments if block in item.blocks)

    def block_decision(self, code: BlockCode) -> BlockDecision | None:
        """Return the decision proposed for this bloc."""
        blocks = self.decision.blocks if self.decision else ()
        return next((item for item in blocks if item.code == code), None)

    def counted_return(self, juror: JurorCode) -> Return | None:
        """Return the juror's grid that counts for the candidate."""
        counted = self.decisions.counted if self.decisions else {}
        return counted.get((self.candidate.id, juror))

    def proposed(self, item: str, outcome: AnyOutcome) -> AnyOutcome:
        """Return what the rules proposed for a bloc or the certification that has this outcome."""
        if self.deliberation is None:
            return outcome
        return self.deliberation.proposed(self.candidate.id, item)

    def jury_reason(self, item: str) -> str | None:
        """Return the jury's reason on a bloc or the certification."""
        given = self.deliberation
        return given.reason(self.candidate.id, item) if given else None


def listed(items: Iterable[str]) -> str:
    """Return the items with commas between them, or a dash when there are none."""
    return ", ".join(items) or NOTHING
