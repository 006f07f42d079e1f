"""The lists of a Word document: the level of an item, and its number where that is a code.

Word keeps numbers apart from the text: « C1.2 » may be written nowhere. A number that looks like a
code, or is one in words (« Bloc 1 : »), is given before the text; a mere « 1. » or a bullet is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.sources.importing.document import NO_LIST
from sheetgen.sources.importing.source_codes import has_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sheetgen.spreadsheet import Element

_CODE = re.compile(r"[^\W\d_]{1,4}[ .]?\d+([.\-]\d+)*[.:)]?")
_NAMED = re.compile(r"[^\W\d_]")
"""A letter, which tells « Bloc 1 » from « 1.1 »."""

_PLACE = re.compile(r"%([1-9])")
_DEPTH = re.compile(r"^[^\d]* ([2-5])$")
_DEEPEST = 8


class ListNumbers:
    """The lists that a document defines, and how far each was counted."""

    def __init__(self, space: str, numbering: Element | None, styles: Element | None) -> None:
        self._space = space
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def of(self, paragraph: Element) -> tuple[int, str]:
        """Return the level of a paragraph, and its number if that is a code.

        It is counted, though it be blank: Word numbers those as well.
        """
        properties = paragraph.find(self._tag("pPr"))
        if properties is None:
            return NO_LIST, ""
        chosen = self._chosen(properties)
        if chosen is None:
            style = self._said(properties, "pStyle")
            chosen = self._styles.get(style)
        if chosen is None or chosen[0] in ("", "0"):
            return NO_LIST, ""
        number = self._number(*chosen)
        # A code names what it stands before: it is no bullet.
        return (NO_LIST, number) if number else (chosen[1], "")

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _said(self, parent: Element, name: str) -> str:
        item = parent.find(self._tag(name))
        return "" if item is None else item.get(self._tag("val")) or ""

    def _chosen(self, properties: Element) -> tuple[str, int] | None:
        chosen = properties.find(self._tag("numPr"))
        if chosen is None:
            return None
        return self._said(chosen, "numId"), _small(self._said(chosen, "ilvl"))

    def _read_lists(self, numbering: Element) -> None:
        for item in numbering.iterchildren(self._tag("abstractNum")):
            self._read_levels(item, item.get(self._tag("abstractNumId")) or "")
        for item in numbering.iterchildren(self._tag("num")):
            number = item.get(self._tag("numId")) or ""
            self._lists[number] = self._said(item, "abstractNumId")
            for change in item.iterchildren(self._tag("lvlOverride")):
                self._read_levels(change, f"num {number}")
                start = self._said(change, "startOverride")
                if start.isdecimal() and len(start) < 6:
                    place = _small(change.get(self._tag("ilvl")) or "")
                    self._restarts.setdefault(number, {})[place] = int(start)

    def _read_levels(self, parent: Element, name: str) -> None:
        for level in parent.iterchildren(self._tag("lvl")):
            place = _small(level.get(self._tag("ilvl")) or "")
            start = self._said(level, "start")
            self._levels[name, place] = (
                self._said(level, "numFmt"),
                self._said(level, "lvlText"),
                int(start) if start.isdecimal() and len(start) < 6 else 1,
            )

    def _read_styles(self, styles: Element) -> None:
        based: dict[str, str] = {}
        for style in styles.iterchildren(self._tag("style")):
            name = style.get(self._tag("styleId")) or ""
            based[name] = self._said(style, "basedOn")
            properties = style.find(self._tag("pPr"))
            chosen = None if properties is None else self._chosen(properties)
            if chosen is not None:
                # « List Bullet 2 » is a list of its own, one step further in.
                depth = _DEPTH.search(self._said(style, "name"))
                deeper = int(depth[1]) - 1 if depth and not chosen[1] else chosen[1]
                self._styles[name] = (chosen[0], deeper)
        for name in based:
            parent, steps = name, 0
            while parent and parent not in self._styles and steps < len(based):
                parent, steps = based.get(parent, ""), steps + 1
            if parent in self._styles:
                self._styles[name] = self._styles[parent]

    def _number(self, chosen: str, level: int) -> str:
        """Count one item of a list and return its number, if that is a code."""
        name = self._lists.get(chosen, "")
        form, shape, start = self._level(chosen, level)
        counts = self._counts.setdefault(name, [0] * (_DEEPEST + 1))
        again = self._restarts.get(chosen, {}).pop(level, None)
        if again is not None:  # once: what is numbered after it goes on from there
            counts[level] = again
        else:
            counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_DEEPEST - level)
        if form not in _NUMERALS or "%" not in shape:
            return ""

        def count(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            numerals = _NUMERALS.get(self._level(chosen, place)[0], str)
            return numerals(counts[place] or 1)

        number = _PLACE.sub(count, shape)
        if _CODE.fullmatch(number.strip()):
            return number
        return number if _NAMED.search(shape) and has_code(f"{number} :") else ""

    def _level(self, chosen: str, level: int) -> tuple[str, str, int]:
        """Return what a list says of a level: its numerals, its shape and its first number."""
        own = self._levels.get((f"num {chosen}", level))
        usual = ("bullet", "", 1)
        return own or self._levels.get((self._lists.get(chosen, ""), level), usual)


def _letters(number: int) -> str:
    """Return a number as Word letters it: A to Z, then AA, BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    """Return a number in Roman numerals."""
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)

_NUMERALS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}


def _small(text: str) -> int:
    """Return the level that a text says, from 0 to the deepest there is."""
    return min(int(text), _DEEPEST) if text.isdecimal() and len(text) < 4 else 0
