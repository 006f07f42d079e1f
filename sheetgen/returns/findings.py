"""The findings of one returned grid: each criterion asked is in one of five states.

The words for what a grid says on a criterion stand here too, to compare two returns and tell it.

Like problems of one file are said once where there are many: judging has limits as reading has. A
column filled down by mistake gives tens of thousands of the same remark. Beyond fifty, one problem
tells how many there are and where the first ten stand. What refuses a mark that the juror was asked
for is always said by itself, and is not collected here.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.grid.read import text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.text import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sheetgen.model import CriterionCode, Mark
    from sheetgen.problems import Kind, Location, Problem


class FindingState(Enum):
    """The states of a criterion in a grid, never taken for one another.

    *Non observé* is a mark, hence `VALID`. `NOT_SAT`: the candidate was absent; `CLOSED`: a blank
    whose épreuve does not open, which other grids may decide.
    """

    VALID = "évalué"
    BLANK = "à évaluer"
    ABSENT = "ligne absente"
    REFUSED = "refusé"
    EXEMPT = "exempté"
    NOT_SAT = "candidat absent"
    CLOSED = "épreuve non ouverte"

    @property
    def is_owed(self) -> bool:
        """Return whether the juror still owes a mark there."""
        return self in (FindingState.BLANK, FindingState.ABSENT, FindingState.REFUSED)

    @property
    def is_locked(self) -> bool:
        """Return whether no mark counts there, whatever the cell holds."""
        return self in (FindingState.EXEMPT, FindingState.NOT_SAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The state of one criterion that the juror was to mark, in one grid.

    Attributes:
        mark: only when valid.
        written: what stands in the cell, as a message quotes it.
        refusal: only when refused.
        location: the mark's cell; without a cell when the row is absent.
        changed: whether the criterion's text in the grid is not the référentiel's.
    """

    criterion: CriterionCode
    state: FindingState
    location: Location
    mark: Mark | None = None
    written: str = ""
    comment: str = ""
    refusal: Problem | None = None
    changed: bool = False

    @property
    def reason(self) -> str:
        """Return why the juror is to look at it again, in a sentence."""
        if self.refusal is not None:
            return visible(f"{self.refusal.message} {self.refusal.hint}".strip())
        if self.changed and self.mark is not None:
            return (
                "Le texte de ce critère a été corrigé depuis votre évaluation "
                f"(« {self.written} ») : l'évaluer de nouveau."
            )
        if self.state is FindingState.ABSENT:
            return "La ligne de ce critère manquait dans votre fichier : à évaluer."
        return "À évaluer."


@dataclass(kw_only=True)
class ReadMarks:
    """The findings on every criterion asked in one grid, in the référentiel's order.

    Attributes:
        corrects: SHA-256 of the returns that this one corrects, the latest first; none for a grid
            that was first sent.
        cut: texts that were refused for their length, by label, cut so that a grid can hold them.
    """

    file: str
    findings: dict[CriterionCode, Finding] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    corrects: tuple[str, ...] = ()
    cut: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> dict[CriterionCode, Mark]:
        """Return the valid ones."""
        return {code: item.mark for code, item in self.findings.items() if item.mark is not None}

    @property
    def complete(self) -> bool:
        """Return whether every criterion that is to be marked has a valid mark."""
        return not any(item.mark is None and item.state.is_owed for item in self.findings.values())


_LONGEST = 80
"""Characters of a text that a message quotes."""


def content_of(finding: Finding) -> tuple[str, str]:
    """Return a criterion's mark in words and its comment: what two returns are compared by."""
    return said_of(finding), finding.comment


def said_of(finding: Finding) -> str:
    """Return a criterion's mark in words, or why there is none."""
    if finding.mark is not None:
        return quoted_text(text_of_mark(finding))
    if finding.state is FindingState.REFUSED:
        return f"{quoted_text(finding.written)} (refusé)"
    return str(finding.state.value)


def text_of_mark(finding: Finding) -> str:
    """Return a valid mark as its grid shows it, in the référentiel's spelling."""
    value = "" if finding.mark is None else finding.mark.value
    return value if isinstance(value, str) else text_of(float(value))


def quoted_text(text: str | None) -> str:
    """Return a text in quotation marks, on one line and cut; « rien » where there is none."""
    plain = " ".join((text or "").split())
    return f"« {shortened(plain, _LONGEST)} »" if plain else "rien"


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
