"""The lists of a Word document: the level of an item, and its number where that is a code.

Word keeps numbers apart from the text: « C1.2 » may be written nowhere. A number that looks like a
code is given before the text; a mere « 1. » or a bullet is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.sources.importing.document import NO_LIST

if TYPE_CHECKING:
    from sheetgen.spreadsheet import Element

_CODE = re.compile(r"[^\W\d_]{1,4}[ .]?\d+([.\-]\d+)*[.:)]?")
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
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def of(self, paragraph: Element) -> tuple[int, str]:
        """Return the level of a paragraph, and its number if that is a code; it is counted."""
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
        for item in numbering.iterchildren(self._tag("num")):
            self._lists[item.get(self._tag("numId")) or ""] = self._said(item, "abstractNumId")
        for item in numbering.iterchildren(self._tag("abstractNum")):
            name = item.get(self._tag("abstractNumId")) or ""
            for level in item.iterchildren(self._tag("lvl")):
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
        form, shape, start = self._levels.get((name, level), ("bullet", "", 1))
        counts = self._counts.setdefault(name, [0] * (_DEEPEST + 1))
        counts[level] = counts[level] + 1 if counts[level] else start
        counts[level + 1 :] = [0] * (_DEEPEST - level)
        if form != "decimal" or "%" not in shape:
            return ""

        def count(found: re.Match[str]) -> str:
            return str(counts[int(found[1]) - 1] or 1)

        number = _PLACE.sub(count, shape)
        return number if _CODE.fullmatch(number.strip()) else ""


def _small(text: str) -> int:
    """Return the level that a text says, from 0 to the deepest there is."""
    return min(int(text), _DEEPEST) if text.isdecimal() and len(text) < 4 else 0
