"""Like problems of one file, said once where there are many: judging has limits as reading has.

A column filled down by mistake gives tens of thousands of the same remark. Beyond fifty, one
problem tells how many there are and where the first ten stand. What refuses a mark that the juror
was asked for is always said by itself, and is not collected here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sheetgen.problems import Kind, Location, Problem

    Values = Callable[[], Mapping[str, object]]

MOST_ALIKE = 50
"""Problems of one kind that a file's are each said of."""

PLACES = 10
"""Places that a message still names."""


@dataclass(slots=True)
class AlikeProblems:
    """The problems of one file by kind; past fifty of a kind, no more than counted."""

    _kept: dict[str, list[Problem]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(
        self, kind: Kind, location: Location, values: Callable[[], Mapping[str, object]]
    ) -> None:
        """Add a problem; `values` of its message are asked for only where it will be said."""
        self._counts[kind.code] = self._counts.get(kind.code, 0) + 1
        if self._counts[kind.code] <= MOST_ALIKE:
            self._kept.setdefault(kind.code, []).append(kind.at(location, **values()))

    def problems(self) -> list[Problem]:
        """Return the problems, or one for many of a kind."""
        said: list[Problem] = []
        for code, kept in self._kept.items():
            count = self._counts[code]
            said += kept if count <= MOST_ALIKE else [_summary(kept, count)]
        return said


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of one file, those of a kind beyond fifty as one at the first's place."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    return [
        problem
        for alike in by_code.values()
        for problem in (alike if len(alike) <= MOST_ALIKE else [_summary(alike, len(alike))])
    ]


def _summary(first: list[Problem], count: int) -> Problem:
    """Return the first problem, saying how many there are and where the first ten stand."""
    places = listed([place(item.location) for item in first[:PLACES]])
    more = f" Ce constat se répète {count} fois dans ce fichier ({places}, …)."
    return replace(first[0], message=f"{first[0].message}{more}")


def place(location: Location) -> str:
    """Return a sheet and a cell in few words, as « BC01 C7 »."""
    return " ".join(filter(None, (location.sheet, location.cell))) or "le fichier"


def listed(items: Iterable[str]) -> str:
    """Return the first ten of many, each once, in the order given."""
    return ", ".join(list(dict.fromkeys(items))[:PLACES])
