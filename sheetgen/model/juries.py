"""The juries of a session: who sits in which, who presides over it, who stands in for whom."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import JurorRole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model.people import Candidate, Juror
    from sheetgen.model.terms import JurorCode


@dataclass(frozen=True, kw_only=True)
class Juries:
    """The juries that a session's people make; no slots, so that look-ups are kept.

    A jury is known by its name, None where there is one for all candidates.
    """

    candidates: tuple[Candidate, ...]
    jurors: tuple[Juror, ...]

    @cached_property
    def names(self) -> tuple[str | None, ...]:
        """Return the juries in the candidates' order; one without a name where none is named."""
        found = dict.fromkeys(item.jury for item in self.candidates if item.jury is not None)
        return tuple(found) or (None,)

    @cached_property
    def stand_in(self) -> Mapping[JurorCode, Juror]:
        """Return who stands in, by the code of the juror whom they replace."""
        return {item.replaces: item for item in self.jurors if item.replaces is not None}

    @cached_property
    def _by_code(self) -> Mapping[JurorCode, Juror]:
        return {item.code: item for item in self.jurors}

    def name_of(self, juror: Juror) -> str | None:
        """Return the jury in which a juror sits, None for all; a stand-in sits for the replaced."""
        while juror.jury is None and juror.replaces is not None:
            juror = self._by_code[juror.replaces]
        return juror.jury

    def is_of(self, juror: Juror, jury: str | None) -> bool:
        """Return whether a juror is of a jury, évaluateurs and replaced jurors included."""
        return jury is None or self.name_of(juror) in (None, jury)

    def sitting(self, jury: str | None) -> tuple[Juror, ...]:
        """Return who sits in a jury, in the session's order; who is replaced does not."""
        return tuple(
            item
            for item in self.jurors
            if item.sits and self.is_of(item, jury) and item.code not in self.stand_in
        )

    def president(self, jury: str | None) -> Juror | None:
        """Return who presides over a jury."""
        presiding = (x for x in self.sitting(jury) if x.role is JurorRole.PRESIDENT)
        return next(presiding, None)

    def presides(self, juror: Juror, jury: str | None) -> bool:
        """Return whether a juror's mark is the president's: theirs, or who presided before them.

        A group that marks in common gives it where one of its members does.
        """
        if juror.members:
            return any(self.presides(item, jury) for item in juror.members)
        if juror.role is not JurorRole.PRESIDENT or not self.is_of(juror, jury):
            return False
        while juror.code in self.stand_in:
            juror = self.stand_in[juror.code]
        return juror == self.president(jury)
