"""The words of a jury in a former workbook, taken over into the one that is made again."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import CandidateId

Answer: TypeAlias = str | dt.date | dt.time
"""What the jury wrote in one of its own fields; a text where it could not be read otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedLine:
    """The content that one line takes over.

    Attributes:
        decision: a choice of the line's list.
        reason: as the jury wrote it.
        review: what had been decided, where the jury has to look at the line again: left blank, it
            is then undecided, whatever the jury adopts as a whole.
    """

    decision: str | None = None
    reason: str | None = None
    review: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """The content that a whole workbook takes over.

    Attributes:
        lines: by candidate and subject, a bloc's code or « Certification »; those alone that take
            over something.
        answers: by label, those alone that were filled.
    """

    lines: Mapping[tuple[CandidateId, str], CarriedLine] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.answers)

    def line(self, candidate: CandidateId, subject: str) -> CarriedLine:
        """Return what a line takes over, which may be nothing."""
        return self.lines.get((candidate, subject), _NOTHING)

    @property
    def to_review(self) -> list[tuple[CandidateId, str]]:
        """Return the lines that the jury has to look at again."""
        return [place for place, line in self.lines.items() if line.review]


_NOTHING = CarriedLine()
