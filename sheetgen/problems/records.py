"""A problem: bad data as a value, with its place and its remedy."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(Enum):
    """The weight of a problem; the values are those of `decisions.json`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Location:
    """The place of a problem: a file as the user knows it, and as far into it as can be said."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the place in French, as in « session.xlsx, feuille Jurés, cellule B4 »."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"feuille {self.sheet}")
        if self.cell:
            parts.append(f"cellule {self.cell}")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong, said so that its reader can mend it.

    Attributes:
        code: the kind's stable name, in `docs/` with its cause and cure.
        message: what is wrong, with the value found and what is allowed.
        hint: what to do.
        item: the problem in a word or two, for a list of several of its kind; blank where its kind
            has no sentence for several.
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str
    item: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Place, message and hint on one line."""
        return f"{self.location} : {self.message} {self.hint}".strip()

    def as_record(self) -> dict[str, str | None]:
        """Return the problem as JSON files and reports write it.

        None for a place that cannot be said.
        """
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.location.file or None,
            "sheet": self.location.sheet or None,
            "cell": self.location.cell or None,
            "message": self.message,
            "hint": self.hint,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """The line by which the screen sums up several problems of a kind.

    Attributes:
        sentence: a French format string of `count`, `sheet` and `items`, the list of all items.
        item: one of the problems in that list: a format string of the kind's values, `file`
            and `cell`.
        across: whether those of several files are said together; else those of one sheet are.
        least: from how many on.
    """

    sentence: str
    item: str
    across: bool = False
    least: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of problem. `message` and `hint` are format strings in French.

    Attributes:
        code: kebab-case English, never changed once released.
        explanation: cause and cure at more length, in French, for the documentation.
        together: how several of one sheet are said in one line, where that reads better.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    explanation: str
    together: Together | None = None

    def at(self, location: Location, **values: object) -> Problem:
        """Return the problem of this kind at a place, its message filled in with `values`."""
        return Problem(
            code=self.code,
            severity=self.severity,
            location=location,
            message=self.message.format_map(values),
            hint=self.hint.format_map(values),
            item=self.together.item.format_map(
                {"cell": location.cell, "file": location.file, **values}
            ).replace(" ()", "")  # a row that is missing has no cell
            if self.together
            else "",
        )


def error(
    code: str, message: str, hint: str, explanation: str, together: Together | None = None
) -> Kind:
    """Return a kind that stops what it touches from counting."""
    return Kind(
        code=code,
        severity=Severity.ERROR,
        message=message,
        hint=hint,
        explanation=explanation,
        together=together,
    )


def warning(
    code: str, message: str, hint: str, explanation: str, together: Together | None = None
) -> Kind:
    """Return a kind that somebody should look at."""
    return Kind(
        code=code,
        severity=Severity.WARNING,
        message=message,
        hint=hint,
        explanation=explanation,
        together=together,
    )


def info(
    code: str, message: str, hint: str, explanation: str, together: Together | None = None
) -> Kind:
    """Return a kind that is good to know."""
    return Kind(
        code=code,
        severity=Severity.INFO,
        message=message,
        hint=hint,
        explanation=explanation,
        together=together,
    )


def quoted(values: Iterable[object], *, last: str = "ou") -> str:
    """Return the values as a French list: « a », « b » ou « c »."""
    items = [f"« {value} »" for value in values]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of them is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)
