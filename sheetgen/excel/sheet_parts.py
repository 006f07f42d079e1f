"""Sheets written once and put together into many workbooks, whose texts are then listed anew.

A workbook lists the texts of its cells once, and its sheets say the places in that list; but for
these and the numbers of formats, a sheet's XML depends on nothing outside the sheet. A `SheetPart`
is such XML, or some of it, without those places. XlsxWriter wrote all of it, the texts too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SHARED_TEXTS = "xl/sharedStrings.xml"
"""The part of a workbook that lists the texts of its cells."""

_PLACE = re.compile(rb'(?<= t="s"><v>)([0-9]+)(?=</v></c>)')
"""The place of a cell's text in the list; no text looks so, its `<` is written `&lt;`."""

_TEXT = re.compile(rb"<si>.*?</si>", re.DOTALL)
_LIST = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' count="%d" uniqueCount="%d">%b</sst>'
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's XML, or some of it.

    Attributes:
        pieces: one more than there are texts, which stand between them.
        texts: as `SHARED_TEXTS` holds them.
    """

    pieces: tuple[bytes, ...]
    texts: tuple[bytes, ...]

    @classmethod
    def of(cls, xml: bytes, listed: Sequence[bytes]) -> SheetPart:
        """Return the part of this XML, in a workbook that lists these texts."""
        split = _PLACE.split(xml)
        return cls(tuple(split[::2]), tuple(listed[int(place)] for place in split[1::2]))

    def fill(self, places: Mapping[bytes, bytes]) -> bytes:
        """Return the XML in a workbook where the texts have these places."""
        filled = [b""] * (2 * len(self.texts) + 1)
        filled[::2] = self.pieces
        filled[1::2] = [places[text] for text in self.texts]
        return b"".join(filled)


def listed_texts(parts: Mapping[str, bytes]) -> list[bytes]:
    """Return the texts that a workbook, given as its parts, lists."""
    return _TEXT.findall(parts.get(SHARED_TEXTS, b""))


def fill_sheets(
    sheets: Mapping[str, Sequence[SheetPart]], is_last: Callable[[bytes], object]
) -> dict[str, bytes]:
    """Return these parts of a workbook, each put together, and the list of their texts.

    Args:
        sheets: for the name of each part, what it consists of.
        is_last: whether a text goes to the end of the list.
    """
    used = [text for sheet in sheets.values() for part in sheet for text in part.texts]
    texts = sorted(dict.fromkeys(used), key=lambda text: bool(is_last(text)))
    places = {text: b"%d" % place for place, text in enumerate(texts)}
    filled = {name: b"".join(part.fill(places) for part in sheet) for name, sheet in sheets.items()}
    return {**filled, SHARED_TEXTS: _LIST % (len(used), len(texts), b"".join(texts))}
