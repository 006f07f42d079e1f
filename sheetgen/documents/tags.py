"""Braces of a text paired into tags: « {{ … }} », « {% … %} » and « {# … #} ».

docxtpl finds tags with patterns that run on to the next tag when a brace is missing, and swallow
what stands between. Each text is therefore paired here first, strictly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_BRACE = re.compile(r"\{[{%#]|[{}]")
_OPENER = re.compile(r"\{[{%#]")
_IN_TAG = re.compile(r"""\{[{%#]|[{}]|%\}|"[^"]*"|'[^']*'""")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
"""docxtpl reads Word's quotes inside a tag as plain ones."""

_ESCAPES = re.compile(r"\{_[{%]|[}%]_\}")
"""How docxtpl writes double braces that are text."""

_LEVEL = re.compile(r"[-+]?(?:(p|tr|tc|r)(?=\s))?\s*")
_LONE_LEVEL = re.compile(r"\A(?:p|tr|tc|r)\s+")
_DOTTED = re.compile(r"[^\W\d]\w*(?:\s*(?:\.\s*\w+|\[[^\]]*\]))+")
_STATEMENTS = frozenset(
    {"if", "elif", "else", "endif", "for", "endfor", "set", "endset", "with", "endwith"}
)
_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Tag:
    """One tag, whole, at its place in a text."""

    start: int
    end: int
    text: str

    @property
    def is_comment(self) -> bool:
        """Return whether the tag is a comment, of which nothing is made."""
        return self.text.startswith("{#")

    @cached_property
    def level(self) -> str:
        """Return the element that goes with the tag (p, tr, tc, r), empty for the tag alone."""
        found = _LEVEL.match(self.text, 2)
        return (found[1] or "") if found else ""

    @cached_property
    def statement(self) -> str:
        """Return the first word of « {% … %} », empty for other tags."""
        if not self.text.startswith("{%"):
            return ""
        found = _LEVEL.match(self.text, 2)
        word = re.compile(r"\w+").match(self.text, found.end() if found else 2)
        return word[0] if word else ""


@dataclass(frozen=True)
class Pairing:
    """The tags of a text, in order, or the first fault that leaves its braces without a partner."""

    tags: tuple[Tag, ...] = ()
    fault: str = ""


def pair_braces(text: str, fields: Collection[str] = ()) -> Pairing:
    """Find the tags of a text, in which every brace must have its partner.

    A pair of single braces is text, unless it holds what only a tag would.

    Args:
        text: of one paragraph, or of one attribute.
        fields: the first words of what tags may name.
    """
    text = _ESCAPES.sub("___", text)
    plain = text.translate(_QUOTES)
    tags: list[Tag] = []
    lone: list[int] = []
    place = 0
    while found := _BRACE.search(text, place):
        place = found.end()
        if found[0] in _CLOSERS:
            end = _end_of_tag(plain, found.start())
            if end is None:
                closer = _CLOSERS[found[0]]
                return Pairing(
                    fault=f"la balise « {_cut(text[found.start() :])} » n’est pas fermée par "
                    f"« {closer} » dans ce paragraphe."
                )
            tags.append(Tag(found.start(), end, text[found.start() : end]))
            place = end
        elif found[0] == "{":
            lone.append(found.start())
        elif not lone:
            return Pairing(fault=_unopened(text, found.start()))
        else:
            single = text[lone.pop() : found.end()]
            if _is_meant_as_tag(single, fields):
                return Pairing(
                    fault=f"« {_cut(single)} » est entre accolades simples ; une balise a deux "
                    "signes de chaque côté."
                )
    if lone:
        return Pairing(fault=f"l’accolade de « {_cut(text[lone[0] :])} » n’est jamais fermée.")
    return Pairing(tags=tuple(tags))


def _end_of_tag(text: str, start: int) -> int | None:
    """Return the end of the tag that opens at `start`; None if another opens first or none closes.

    Closing signs inside quotes, or braces of an expression, do not count.
    """
    opener = text[start : start + 2]
    if opener == "{#":
        end = text.find("#}", start + 2)
        return None if end < 0 or "{#" in text[start + 2 : end] else end + 2
    depth = 0
    place = start + 2
    while found := _IN_TAG.search(text, place):
        mark, place = found[0], found.end()
        if mark in _CLOSERS:
            return None
        if mark == "{":
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
        elif mark == "%}" and not depth:
            return place if opener == "{%" else None
        elif mark == "}":
            closes = opener == "{{" and text.startswith("}", place)
            return place + 1 if closes else None
        elif mark == "%}":
            depth -= 1
    return None


def _unopened(text: str, place: int) -> str:
    before = text[max(0, place - _LONGEST_QUOTE) : place].rpartition("}")[2].lstrip()
    after = "}" if text.startswith("}", place + 1) else ""
    return f"« {before}}}{after} » se ferme sans avoir été ouvert."


def _is_meant_as_tag(single: str, fields: Collection[str]) -> bool:
    """Return whether single braces hold what was meant as a tag and lacks a sign."""
    if single[-2] in "%#":
        return True
    inside = _LONE_LEVEL.sub("", single[1:-1].strip(" \t\xa0%#-+"))
    word = re.match(r"\w+", inside)
    if word is None:
        return False
    return (
        word[0] in fields
        or (word[0] in _STATEMENTS and "%" in single)
        or _DOTTED.fullmatch(inside) is not None
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
