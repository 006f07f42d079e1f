"""Problems as lines for a reader: alike ones in one line, the errors last, wrapped to a width.

The command line prints them, the desk shows them: the same sentences on both.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from sheetgen import problems as catalogue
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.records import Location, Severity
from sheetgen.text import SPACE, visible

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from sheetgen.problems.records import Problem

_LABELS = {
    Severity.INFO: "· Note",
    Severity.WARNING: "▲ Attention",
    Severity.ERROR: "✘ Erreur",
}
"""The beginning of a line, in the order of the screen: the last ones are seen best."""

_ALIKE = 3
"""From so many on, problems that say the same are one line."""
_LISTED = 40
"""Places named at most in one line."""
_MANY = 20
"""Beyond so many of one kind in one file, each with words of its own, only the first are said."""
_SAID = 10
"""How many those are; the others are counted, and their places named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the screen.

    Attributes:
        label: the sign and the word of its severity.
        text: all that follows the label.
        cure: the end of the text that says what to do; blank where it says more than that.
        code: the kind's.
        file: where it is, for a line of one file; blank where it names several.
    """

    severity: Severity
    text: str
    cure: str = ""
    code: str = ""
    file: str = ""

    @property
    def label(self) -> str:
        """Return the sign and the word of the severity, as in « ✘ Erreur »."""
        return _LABELS[self.severity]

    def wrapped(self, width: int | None) -> str:
        """Return label and text, cut at spaces into lines of this width; None: in one line.

        The cure then begins a line of its own: eyes that look for what to do find it.
        """
        whole = f"{self.label} {self.text}"
        if width is None:
            return whole
        if not self.cure:
            return wrapped(whole, width)
        told = whole.removesuffix(self.cure).rstrip()
        return f"{wrapped(told, width)}\n{wrapped(f'  → {self.cure}', width, indent=4)}"


def wrapped(text: str, width: int, *, indent: int = 2) -> str:
    """Return a French text cut at spaces into lines of this width, indented from the second on."""
    lines = textwrap.wrap(
        bound(text),
        width,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def bound(text: str) -> str:
    """Return a French text whose signs stay on the line of their word, numbers on their « n° »."""
    return re.sub(r" (?=[:;?!»%])|(?<=«) |(?<=n°) ", SPACE, text)


def problem_lines(problems: Iterable[Problem], *, notes: bool = True) -> list[Line]:
    """Return the lines that say the problems: notes, warnings, then errors.

    Args:
        problems: in any order; that of each severity is kept.
        notes: whether notes are said.
    """
    given = list(dict.fromkeys(problems))
    return [
        line
        for severity in _LABELS
        if notes or severity is not Severity.INFO
        for line in _lines([item for item in given if item.severity is severity])
    ]


def counts_line(problems: Sequence[Problem], *, notes: bool = True) -> str:
    """Return how many there are of each severity, in French; blank where there is none to say."""
    counts = Counter(problem.severity for problem in problems)
    said = [
        f"{counts[Severity.ERROR]} erreur(s)",
        f"{counts[Severity.WARNING]} avertissement(s)",
    ]
    if notes:
        said.append(f"{counts[Severity.INFO]} note(s)")
    elif not counts[Severity.ERROR] + counts[Severity.WARNING]:
        return ""
    return f"{', '.join(said)}." if counts else ""


def _lines(problems: Sequence[Problem]) -> list[Line]:
    """Return a line for each group of problems, where its first one stands."""
    groups: dict[Hashable, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_group(problem), []).append(problem)
    apart: dict[tuple[str, str], list[Problem]] = {}
    for group in groups.values():
        if not _stands_together(group):
            for problem in group:
                apart.setdefault((problem.code, problem.location.file), []).append(problem)
    lines: list[Line] = []
    for group in groups.values():
        if _stands_together(group):
            lines.append(_line(group, _together(group)))
            continue
        for problem in group:
            alike = apart[problem.code, problem.location.file]
            if len(alike) <= _MANY or problem in alike[:_SAID]:
                lines.append(_line([problem], str(problem), problem.hint))
            elif problem is alike[_SAID]:
                lines.append(_line(alike[_SAID:], _others(alike[_SAID:])))
    return lines


def _line(told: Sequence[Problem], text: str, cure: str = "") -> Line:
    files = {problem.location.file for problem in told}
    return Line(
        severity=told[0].severity,
        text=visible(text),
        cure=visible(cure),
        code=told[0].code,
        file=files.pop() if len(files) == 1 else "",
    )


def _others(problems: Sequence[Problem]) -> str:
    """Return one text for the last ones of too many problems of one kind in one file."""
    cells: dict[str, list[str]] = {}
    for problem in problems:
        if problem.location.cell:
            cells.setdefault(problem.location.sheet, []).append(problem.location.cell)
    places = [f"feuille {sheet}, cellules {_listed(named)}" for sheet, named in cells.items()]
    where = f" : {' ; '.join(places)}" if places else ""
    return f"{problems[0].location.file} : {len(problems)} autres de même{where}."


def _group(problem: Problem) -> Hashable:
    """Return what the problems of one line have in common."""
    kind = catalogue.CATALOGUE.get(problem.code)
    if kind is not None and kind.together is not None:
        if kind.together.across:
            return problem.code
        return (problem.code, problem.location.file, problem.location.sheet)
    return (problem.code, problem.message, problem.hint)


def _stands_together(group: Sequence[Problem]) -> bool:
    """Return whether problems alike are one line."""
    kind = catalogue.CATALOGUE.get(group[0].code)
    together = None if kind is None else kind.together
    return len(group) >= (together.least if together else _ALIKE)


def _together(group: Sequence[Problem]) -> str:
    """Return one text for several problems."""
    first = group[0]
    kind = catalogue.CATALOGUE.get(first.code)
    if kind is not None and kind.together is not None:
        items = _listed(list(dict.fromkeys(problem.item for problem in group)))
        said = kind.together.sentence.format(
            count=len(group), sheet=first.location.sheet, items=items
        )
        return said if kind.together.across else f"{first.location.file} : {said}"
    said = f"{first.message} {first.hint}".strip()
    places = [problem.location for problem in group]
    if len({(place.file, place.sheet) for place in places}) == 1:
        sheet = Location(file=first.location.file, sheet=first.location.sheet)
        return f"{sheet}, cellules {_listed([place.cell for place in places])} : {said}"
    what = "endroits" if any(place.sheet for place in places) else "fichiers"
    stop = "" if said.endswith((".", "!", "?")) else "."
    return f"{len(group)} {what} : {said}{stop} Ce sont : {_listed(list(map(str, places)))}."


def _listed(items: Sequence[str]) -> str:
    """Return the items as a French list, cut with the count of the others where it is long."""
    separator = " ; " if any("," in item for item in items) else ", "
    if len(items) > _LISTED + 1:
        return f"{separator.join(items[:_LISTED])} et {len(items) - _LISTED} autres"
    if len(items) < 2:
        return "".join(items)
    return f"{separator.join(items[:-1])} et {items[-1]}"
