"""The inputs of a session's last documents: the decisions, and the closing of the jury."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.model import BlockOutcome, CertificationOutcome

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from sheetgen.documents.contexts.sitting import Sitting
    from sheetgen.model import CandidateId, SessionDecisions

CERTIFICATION = "Certification"
"""What a ruling on the certification is about; one on a bloc is about the bloc's code."""

Outcome: TypeAlias = BlockOutcome | CertificationOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRuling:
    """The jury's words on one bloc, or on a certification, beside its decision.

    Attributes:
        proposed: what the rules proposed; the decision itself stands in the decisions.
        reason: as the jury wrote it.
    """

    proposed: Outcome
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledClosing:
    """The closing of a session by its jury; blank incidents or observations are none.

    Attributes:
        rulings: by candidate and item, a bloc's code or `CERTIFICATION`; what has none follows the
            proposal without a word.
        sitting: who sat; None where it is to be worked out of the decisions.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    incidents: str | None = None
    observations: str | None = None
    rulings: Mapping[tuple[CandidateId, str], SettledRuling] = field(default_factory=dict)
    sitting: Sitting | None = None

    def reason(self, candidate: CandidateId, item: str) -> str | None:
        """Return the jury's own reason for a decision, where it gave one."""
        ruling = self.rulings.get((candidate, item))
        return (ruling.reason or "").strip() or None if ruling else None

    def proposed(self, candidate: CandidateId, item: str, decided: Outcome) -> Outcome:
        """Return the rules' proposal where the jury decided this."""
        ruling = self.rulings.get((candidate, item))
        return ruling.proposed if ruling else decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissue:
    """Papers made again after a reopening: which they annul, in the words that they print.

    Attributes:
        notices: by kind of paper, candidate and bloc.
    """

    notices: Mapping[tuple[str, str, str], str]

    def notice(self, kind: str, candidate: str, block: str) -> str:
        """Return the notice on this paper; empty where it replaces none."""
        return self.notices.get((kind, candidate, block), "")

    def of(self, candidates: Collection[str]) -> Reissue:
        """Return what the papers on these candidates say, and those on the session."""
        kept = {"", *candidates}
        return Reissue(notices={key: said for key, said in self.notices.items() if key[1] in kept})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A session as the jury settled it.

    Attributes:
        decisions: every outcome of a bloc and of a certification is the one decided.
        draft: the papers are drafts, marked so on each page.
        reissue: what papers say of those that they annul; None for a first closing.
    """

    decisions: SessionDecisions
    closing: SettledClosing
    draft: bool = False
    reissue: Reissue | None = None

    def notice(self, kind: str, candidate: str = "", block: str = "") -> str:
        """Return what a paper says of the one that it annuls and replaces; empty for none."""
        return self.reissue.notice(kind, candidate, block) if self.reissue else ""
