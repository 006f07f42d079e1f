"""From what is written in a cell of an .xlsx to its value, by the cell's type and its style.

Cells refer by number to tables of the workbook: shared texts, kinds of formats.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet.literals import read_moment, read_number
from sheetgen.spreadsheet.markup import BLANK, NotUnderstoodError, children, kept_text, split_tag
from sheetgen.spreadsheet.number_formats import Calendar, NumberFormat, built_in_format, own_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sheetgen.spreadsheet.contents import RawCell
    from sheetgen.spreadsheet.markup import Element

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_SHOWN = frozenset({"rPr", "rPh", "phoneticPr", "extLst"})
"""What stands in a text and is none of it: fonts, how it is pronounced, extensions."""


def unescaped(text: str) -> str:
    """Return a text with the characters that `_x000D_` and its like stand for."""
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    # Two escapes may be the halves of one character; a half by itself is none.
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


OWN_TEXTS = frozenset(("str", "inlineStr"))
"""The types of cells in which a text is written itself."""


def own_text(kind: str | None, text: str) -> str:
    """Return the text of such a cell, from what is written in it."""
    return unescaped(text) if kind == "str" else text


def rich_text(item: Element, known: str) -> str:
    """Return the text of an `si`, an `is` or a run of it, whatever its parts look like.

    Raises:
        NotUnderstoodError: it holds what is no part of a text.
    """
    pieces: list[str] = []
    for part in children(item, known):
        space, name = split_tag(part.tag)
        if space != known or name not in ("t", "r", *_NOT_SHOWN):
            reason = f"un élément inconnu (« {name} ») se trouve dans un texte"
            raise NotUnderstoodError(reason)
        if name == "t":
            pieces.append(unescaped(kept_text(part)))
        elif name == "r":
            pieces.append(rich_text(part, known))
    return "".join(pieces)


def read_texts(items: Iterable[Element], known: str) -> list[str]:
    """Return the shared texts that are these items, in their order.

    Raises:
        NotUnderstoodError: the table holds what is no text.
    """
    texts: list[str] = []
    item_tag, text_tag = f"{{{known}}}si", f"{{{known}}}t"
    for child in items:
        if child.tag != item_tag:
            if split_tag(child.tag) == (known, "extLst"):
                continue
            reason = (
                f"un élément inconnu (« {split_tag(child.tag)[1]} ») se trouve entre les textes"
            )
            raise NotUnderstoodError(reason)
        only = child[0] if len(child) == 1 and not child.text else None
        if only is not None and only.tag == text_tag and not only.tail:
            text = kept_text(only)
            texts.append(unescaped(text) if "_x" in text else text)
        else:
            texts.append(rich_text(child, known))
    return texts


def read_number_formats(root: Element, known: str) -> Mapping[str, NumberFormat]:
    """Return the number format of each cell style by its number in `cellXfs`, as written.

    That of the first, which a cell has that names none, is under an empty text.

    What is odd in it makes a plain number of what it concerns: programs open such files.

    Raises:
        NotUnderstoodError: text stands between its elements.
    """
    codes: dict[int, NumberFormat] = {}
    found: list[NumberFormat] = []
    for group in children(root, known):
        if group.tag not in (f"{{{known}}}numFmts", f"{{{known}}}cellXfs"):
            continue
        for item in children(group, known):
            number = _whole(item.get("numFmtId"))
            if item.tag == f"{{{known}}}numFmt":
                codes[number] = own_format(item.get("formatCode") or "")
            else:  # whatever it is, the styles after it keep their numbers
                found.append(codes.get(number) or built_in_format(number))
    return {str(place or ""): style for place, style in enumerate(found)}


def _whole(text: str | None) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdecimal() else -1


T = TypeVar("T")

_LONGEST_INDEX = 10
_ODD_BEGINNINGS = ("0", *BLANK)
"""What a number begins with that may be written otherwise."""

_TRUTHS = {"1": True, "true": True, "0": False, "false": False}


_USUAL_CALENDAR = Calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The values that cells refer to by number, for all sheets of a workbook.

    Attributes:
        texts: the shared texts, by their number as it is usually written.
        styles: by their number as it is written, those that show no plain number; the first, which
            a cell has that names none, under an empty text.
        codes: likewise the number formats of all, where they are wanted.
        calendar: how days are counted.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, NumberFormat] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    calendar: Calendar = _USUAL_CALENDAR

    def value(self, kind: str | None, text: str, style: str | None) -> RawCell:
        """Return the value that a cell of a type shows for what is written in it.

        Args:
            kind: the cell's type, as its attribute `t` says; none is a number.
            text: what is written in it, empty where nothing is.
            style: the number of its style.

        Raises:
            NotUnderstoodError: nothing of that type is written so.
        """
        if kind is None or kind == "n":
            return self._number(text, style)
        if kind == "s":
            return self._shared_text(text)
        if kind in OWN_TEXTS:
            return own_text(kind, text)
        return unescaped(text) if kind == "e" else _rare_value(kind, text.strip(BLANK))

    def _shared_text(self, text: str) -> str:
        place = text if text.isdecimal() else text.strip(BLANK)
        if not place:
            return ""
        if place.isdecimal() and place.isascii() and len(place) <= _LONGEST_INDEX:
            found = self.texts.get(str(int(place)))
            if found is not None:
                return found
        reason = f"elle renvoie à un texte qui n'existe pas (« {place[:40]} »)"
        raise NotUnderstoodError(reason)

    def _number(self, text: str, style: str | None) -> RawCell:
        written = text.strip(BLANK)
        if not written:
            return ""
        number = read_number(written)
        known = self._format_of(style)
        return number if known is None else self.calendar.read(number, known.kind)

    def shown(self, number: float, style: str | None) -> str:
        """Return what a style shows of a number, as « 50 % », where that is another number."""
        known = self._format_of(style)
        return "" if known is None else known.shown(number)

    def code(self, style: str | None) -> str:
        """Return the number format of a style, empty for the usual one."""
        return _entry(self.codes, style) or ""

    def _format_of(self, style: str | None) -> NumberFormat | None:
        return _entry(self.styles, style) if self.styles else None


def _entry(table: Mapping[str, T], style: str | None) -> T | None:
    """Return what a table says of a style, by its number as a cell writes it."""
    known = table.get(style or "")
    if known is None and style and style.startswith(_ODD_BEGINNINGS):
        known = table.get(style.strip(BLANK).lstrip("0"))
    return known


def _rare_value(kind: str, text: str) -> RawCell:
    """Return the truth or the date that a text says."""
    if not text:
        return ""
    if kind == "b" and text in _TRUTHS:
        return _TRUTHS[text]
    if kind == "d":
        return read_moment(text)
    reason = f"sa valeur (« {text[:40]} ») n'est pas du type « {kind[:20]} »"
    raise NotUnderstoodError(reason)
