"""The shapes of a template's fields: text, picture, flag, a group reached by a dot, a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A text; printed as a visible mark where there is none."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image, to be tested by `{% if … %}` before it is printed: a school may have none."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false, for `{% if … %}`."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    """Fields reached by a dot, as in `candidat.nom`."""

    meaning: str
    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of groups, for `{% for … %}`."""

    meaning: str
    item: Group


Shape: TypeAlias = Text | Picture | Flag | Group | Items


def meaning_of(fields: Group, path: str) -> str:
    """Return what a field means, by its dotted path; lists are passed through without an index."""
    name, _, rest = path.partition(".")
    shape = fields.fields[name]
    group = shape.item if isinstance(shape, Items) else shape
    if rest and isinstance(group, Group):
        return meaning_of(group, rest)
    return shape.meaning
