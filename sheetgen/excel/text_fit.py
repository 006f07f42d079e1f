"""The room that a text takes in a cell: used by everything that writes a workbook.

Neither Excel nor LibreOffice grows a row for wrapped text in merged cells, and neither does so when
a file made by a program is opened, so row heights are computed from the widths of the characters.
Widths are those of Calibri, Excel's default font (its metric twin Carlito was measured), in
thousandths of the font size; a margin covers the fonts that stand in for it elsewhere.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

FONT = "Calibri"
"""What every workbook is set in."""

MAXIMUM_HEIGHT = 409
"""The most points a row may have in Excel, which hides whatever goes beyond."""

_WIDTHS = {
    character: width
    for width, characters in (
        (230, "' ilj"),
        (260, ",.I:;`"),
        (310, "()-[]f{}J!t"),
        (350, "r"),
        (400, '/\\s"zLcx'),
        (460, "kvy?FS|Zga"),
        (500, "ETY#*+<=>^_e~$0123456789"),
        (530, "KPXCbdhnopquBR"),
        (580, "VA"),
        (650, "DHGUNOQ&"),
        (710, "%w"),
        (890, "mM@W…"),
    )
    for character in characters
}
_SPACE = _WIDTHS[" "]
_OTHER_WIDTH = 600
_FULL_WIDTH = 1100
_BOLD = 1.05
_MARGIN = 1.08
_POINTS_TO_PIXELS = 96 / 72


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font as far as room is concerned; `size` is in points."""

    size: float = 11
    bold: bool = False

    @property
    def line_height(self) -> float:
        """Return the height of one line, in points."""
        return math.ceil(self.size * 15 / 11 * 4) / 4


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    plain = unicodedata.normalize("NFD", character)[0]
    if plain in _WIDTHS:
        return _WIDTHS[plain]
    if unicodedata.east_asian_width(plain) in "WF" or ord(plain) > 0x2FFF:
        return _FULL_WIDTH
    return _OTHER_WIDTH


@lru_cache(maxsize=16_384)  # words, again and again
def _thousandths(text: str) -> int:
    return sum(map(_character_width, text))


def text_width(text: str, font: Font) -> float:
    """Return the width of a text on one line, in pixels at 96 dots per inch."""
    return _pixels(_thousandths(text), font)


def _pixels(thousandths: int, font: Font) -> float:
    weight = _BOLD if font.bold else 1.0
    return thousandths / 1000 * font.size * _POINTS_TO_PIXELS * weight * _MARGIN


def _column_pixels(columns: float) -> float:
    """Return the pixels for text in a column `columns` characters wide, without its margins."""
    return columns * 7 - 6


@lru_cache(maxsize=4096)  # the same texts stand in every grid of a session
def wrap(text: str, columns: float, font: Font) -> tuple[str, ...]:
    """Return the lines a text takes in a cell `columns` characters wide, at least one."""
    room = _column_pixels(columns)
    return tuple(
        line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, room, font)
    )


def _wrap_paragraph(paragraph: str, room: float, font: Font) -> Iterator[str]:
    line = ""
    width = 0.0
    for word in paragraph.split(" "):
        for piece, alone, after_space in _pieces(word, room, font.size, font.bold):
            if not line:
                line = piece
                width += alone
            elif width + after_space > room:
                yield line
                line, width = piece, alone
            else:
                line = f"{line} {piece}"
                width += after_space
    yield line


@lru_cache(maxsize=4096)  # words, again and again, whatever the texts
def _pieces(word: str, room: float, size: float, bold: bool) -> list[tuple[str, float, float]]:  # noqa: FBT001 (a font takes long to look up)
    """Return the pieces of a word that fit, with their widths as the first of a line and after."""
    font = Font(size=size, bold=bold)
    whole = text_width(word, font) <= room
    return [
        (piece, text_width(piece, font), _pixels(_SPACE + _thousandths(piece), font))
        for piece in ((word,) if whole else _break_word(word, room, font))
    ]


def _break_word(word: str, room: float, font: Font) -> Iterator[str]:
    """Yield a word that is wider than its cell, cut as applications cut it."""
    piece = ""
    for character in word:
        if piece and text_width(piece + character, font) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def height(text: str, columns: float, font: Font, *, padding: float = 4) -> float:
    """Return the height in points of a row that shows the whole text, not capped."""
    return lines_height(len(wrap(text, columns, font)), font, padding=padding)


def lines_height(lines: int, font: Font, *, padding: float = 4) -> float:
    """Return the height in points of a row that shows so many lines."""
    return lines * font.line_height + padding


def split(text: str, columns: float, font: Font, *, padding: float = 4) -> list[str]:
    """Return the text in as few parts as rows of `MAXIMUM_HEIGHT` can show, mostly one.

    Parts are cut at the ends of lines, so that joining them gives the text back but for the white
    space there.
    """
    lines = wrap(text, columns, font)
    capacity = int((MAXIMUM_HEIGHT - padding) // font.line_height)
    if len(lines) <= capacity:
        return [text]
    return ["\n".join(lines[start : start + capacity]) for start in range(0, len(lines), capacity)]


def shorten(text: str, columns: float, font: Font, *, lines: int) -> str:
    """Return the text, cut at a word and ended by « … » where it takes more lines than that."""
    found = wrap(text, columns, font)
    if len(found) <= lines:
        return text
    kept = [*found[:lines]]
    while text_width(f"{kept[-1]}…", font) > _column_pixels(columns):
        kept[-1] = kept[-1].rpartition(" ")[0] if " " in kept[-1] else kept[-1][:-1]
    return "\n".join(kept) + "…"
