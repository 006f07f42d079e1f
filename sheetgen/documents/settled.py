"""The inputs of a session's last documents: what the jury decided, and what they replace."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sheetgen.documents.contexts import Sitting
    from sheetgen.model import Deliberation, SessionDecisions
    from sheetgen.seals import Sealed


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
        deliberation: the jury's rulings, and its closing.
        sitting: who sat; None where it is to be worked out of the decisions.
        sittings: who sat in each jury, where several are named.
        draft: the papers are drafts, marked so on each page.
        reissue: what papers say of those that they annul; None for a first closing.
        numbers: the register's, by kind of paper, candidate and bloc; empty without a register.
        seals: likewise, what is signed of each; empty for a school without a page of verification.
    """

    decisions: SessionDecisions
    deliberation: Deliberation
    sitting: Sitting | None = None
    sittings: Mapping[str, Sitting] = field(default_factory=dict)
    draft: bool = False
    reissue: Reissue | None = None
    numbers: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    seals: Mapping[tuple[str, str, str], Sealed] = field(default_factory=dict)

    def sitting_before(self, jury: str | None) -> Sitting | None:
        """Return who sat in a jury; None where that is to be worked out of the decisions."""
        return self.sitting if jury is None else self.sittings.get(jury)

    def notice(self, kind: str, candidate: str = "", block: str = "") -> str:
        """Return what a paper says of the one that it annuls and replaces; empty for none."""
        return self.reissue.notice(kind, candidate, block) if self.reissue else ""

    def number(self, kind: str, candidate: str, block: str = "") -> str:
        """Return the register's number of a paper; empty for none."""
        return self.numbers.get((kind, candidate, block), "")

    def seal(self, kind: str, candidate: str, block: str = "") -> Sealed | None:
        """Return what is signed of a paper; None where it is not."""
        return self.seals.get((kind, candidate, block))
