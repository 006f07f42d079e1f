"""Texts that are absent: printed as a mark nobody overlooks, and told to the administrator."""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from operator import is_not
from typing import TYPE_CHECKING, Self

from sheetgen.documents.shapes import meaning_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, outputs
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.documents.contexts import Context
    from sheetgen.documents.shapes import Group
    from sheetgen.problems import Problem

MISSING_MARK = "[à compléter]"

EXPRESSION = "une expression du modèle"
"""What is told where a mark was printed that no field answers for."""

_MOST_NAMED = 5


class Missing(str):
    """An absent text: it prints as the mark, whatever a template does with it, and is false."""

    __slots__ = ("noted", "path")

    path: str
    noted: list[str]

    def __new__(cls, path: str, noted: list[str]) -> Self:
        """Return the text of this field, which adds its path to `noted` each time it is printed."""
        made = super().__new__(cls, MISSING_MARK)
        made.path = path
        made.noted = noted
        return made

    def __bool__(self) -> bool:
        return False


@lru_cache(4096)  # documents of a session share most of what they say
def says_nothing(text: str) -> bool:
    """Return whether a text holds nothing that can be read."""
    return not any(map(str.isalnum, text)) and not fold(text)


def with_missing(context: Context, noted: list[str]) -> Context:
    """Return the context with what is absent in it made printable.

    What gets printed goes to `noted`. A group that lacks nothing is that of the context itself.
    """
    return _Marking(noted).filled(context, "")


@dataclass(frozen=True, slots=True)
class _Marking:
    """Puts marks in one context.

    Attributes:
        absent: the mark of each path.
        complete: the groups found to lack nothing; a report names most blocs twice.
    """

    noted: list[str]
    absent: dict[str, Missing] = field(default_factory=dict)
    complete: set[int] = field(default_factory=set)

    def filled(self, group: Context, before: str) -> Context:
        if id(group) in self.complete:
            return group
        made: Context = {}
        for name, value in group.items():
            if isinstance(value, str):
                # Nearly every text says something with its very first character.
                if not value[:1].isalnum() and says_nothing(value):
                    made[name] = self._mark(before + name)
            elif value is None:
                made[name] = self._mark(before + name)
            elif isinstance(value, list):
                path = f"{before}{name}."
                items = [self.filled(item, path) for item in value]
                if any(map(is_not, items, value)):
                    made[name] = items
            elif isinstance(value, dict):
                whole = self.filled(value, f"{before}{name}.")
                if whole is not value:
                    made[name] = whole
        if made:
            return {**group, **made}
        self.complete.add(id(group))
        return group

    def _mark(self, path: str) -> Missing:
        if path not in self.absent:
            self.absent[path] = Missing(path, self.noted)
        return self.absent[path]


@dataclass(frozen=True, slots=True)
class MissingFields:
    """The fields that documents lacked, gathered while rendering: pass the same one to each."""

    _found: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def note(self, template: str, fields: Group, paths: Iterable[str], about: str) -> None:
        """Note the fields that one document printed without a value.

        Args:
            template: the template's file name.
            fields: what the template may name.
            paths: the fields' dotted paths.
            about: the candidate's number, or an empty text for a document on the session.
        """
        for path in dict.fromkeys(paths):
            said = "" if path == EXPRESSION else meaning_of(fields, path)
            self._found.setdefault((template, path, said), []).append(about)

    def add(self, other: MissingFields) -> None:
        """Add what other documents lacked."""
        for name, subjects in other._found.items():
            self._found.setdefault(name, []).extend(subjects)

    @property
    def problems(self) -> list[Problem]:
        """Return a warning for each template and the candidates who lack the same fields."""
        together: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
        for (template, path, said), subjects in self._found.items():
            about = tuple(dict.fromkeys(subjects))
            together.setdefault((template, about), []).append((path, said))
        return [
            outputs.FIELD_MISSING.at(
                Location(file=template),
                subjects=_named(subjects),
                fields=" ; ".join(f"{path} ({said})" if said else path for path, said in fields),
                meanings=", ".join(said or path for path, said in fields),
            )
            for (template, subjects), fields in together.items()
        ]


def _named(subjects: tuple[str, ...]) -> str:
    people = [item for item in subjects if item]
    if not people:
        return "la session"
    if len(people) == 1:
        return f"le candidat {people[0]}"
    if len(people) > _MOST_NAMED:
        return f"{len(people)} candidats ({', '.join(people[:_MOST_NAMED])}…)"
    return f"les candidats {', '.join(people[:-1])} et {people[-1]}"
