"""Tell which numbers of a workbook are dates, or shown as other numbers, by their number format.

A format is plain where it surely shows a number as it is: `0"/10"` shows 8 as « 8/10 ». Source:
ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.31 (numFmts) for the sections of a format and what they
hold, 18.17.4.1 for the two ways to count days.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from enum import Enum
from functools import lru_cache

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet.contents import Moment, RawCell
from sheetgen.spreadsheet.literals import clock_of

_PIECE = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|general|standard|e[+-]|.', re.IGNORECASE | re.DOTALL
)
"""Quoted or escaped text, a space as wide as a letter, a filling, brackets, a word, a sign."""

_CONDITION = re.compile(r"\[\s*[<>=]")
_COLOUR = re.compile(r"\[(?!dbnum|natnum)[^\W\d_]{3,} ?[0-9]{0,2}\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_MOMENT_LETTERS = frozenset("dmyhsDMYHS")
_WHOLE_NUMBERS = frozenset(("general", "standard", "@"))
_MINUS = re.compile(r"[-−–—]")

_SEEN = "\0"
"""Stands for a digit that is shown, in the text around it."""

_FRACTION = re.compile(rf"{_SEEN}+\s+{_SEEN}+\s*/\s*[{_SEEN}1-9]+")
_SECTIONS = 3
"""For numbers above, below and equal to zero; the one after them is for texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A part of a format between semicolons.

    Attributes:
        text: what it shows, each digit as `_SEEN`.
        known: whether all that it holds is understood, and its texts look like no number.
        zero: whether it shows the number zero.
        conditional: whether it is for the numbers that meet a condition.
        textual: whether it may be for texts.
    """

    text: str
    known: bool
    zero: bool
    conditional: bool
    textual: bool

    def is_plain(self, *, negative: bool) -> bool:
        """Return whether it shows a number and nothing that makes another of it."""
        before, _, rest = self.text.partition(_SEEN)
        inside, _, after = f"{_SEEN}{rest}".rpartition(_SEEN)
        if not self.known or _SEEN not in self.text or before.endswith((".", ",")):
            return False
        signed = _MINUS.search(before) or before.endswith("(") or _MINUS.match(after.lstrip())
        return bool(signed) == negative and not inside.replace(_SEEN, "").strip()


def shows_plainly(code: str, sign: int) -> bool:
    """Return whether a format surely shows the numbers of a sign (-1, 0 or 1) as they are."""
    if not code:
        return True
    sections = _sections(code)
    if len(sections) > 1 and sections[-1].textual:
        del sections[-1]
    del sections[_SECTIONS:]
    if any(section.conditional for section in sections):
        used = sections
        if sign < 0 or sections[-1].conditional:
            return False
    elif len(sections) == 1 or sign > 0:
        used = sections[:1]
    else:
        used = sections[1:2] if sign < 0 else (sections[2:] or sections[:1])
    own = sign < 0 and len(sections) > 1  # else the sign is put before what the section shows
    return all(section.is_plain(negative=own) and (sign != 0 or section.zero) for section in used)


def format_sections(code: str) -> list[list[str]]:
    """Return the sections of a format, each as its pieces: what is quoted, brackets, signs."""
    found: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return found


def _sections(code: str) -> list[_Section]:
    return [_section(pieces) for pieces in format_sections(code)]


def _section(pieces: list[str]) -> _Section:
    text = ""
    known = True
    for piece in pieces:
        if piece in {"0", "#", "?"} or piece.lower() in _WHOLE_NUMBERS or _is_power(piece):
            text += _SEEN
        elif piece in {".", ","}:
            known = known and (piece == "." or _SEEN in text)
        elif len(piece) == 1:
            known = known and piece not in _MOMENT_LETTERS
            text += piece
        else:
            words = _words(piece)
            known = known and words is not None and not _is_numeric(words)
            text += words or ""
    text = _FRACTION.sub(_SEEN, text) if (divided := "/" in text) else text
    whole = any(piece == "0" or piece.lower() in _WHOLE_NUMBERS for piece in pieces)
    return _Section(
        text=text,
        known=known and not _is_numeric(text) and pieces.count(".") <= 1,
        zero=whole or divided,
        conditional=any(_CONDITION.match(piece) for piece in pieces),
        textual="@" in pieces,
    )


def _is_power(piece: str) -> bool:
    return piece.lower() in {"e+", "e-"}


def _words(piece: str) -> str | None:
    """Return the text that a piece of a format shows; None where that is not known."""
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("_"):
        return " "
    if not piece.startswith("["):
        return piece[1:]
    if _COLOUR.fullmatch(piece) or _CONDITION.match(piece):
        return ""
    currency = _CURRENCY.fullmatch(piece)
    return currency[1] if currency else None


def _is_numeric(words: str) -> bool:
    return "/" in words or any(character.isnumeric() for character in words)


class NumberKind(Enum):
    """The kinds of number that a number format makes."""

    NUMBER = "number"
    MOMENT = "moment"
    DURATION = "duration"
    PERCENTAGE = "percentage"
    THOUSANDS = "thousands"


_BUILT_IN_MOMENTS = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILT_IN_DURATION = 46
_BUILT_IN_PERCENTAGES = frozenset({9, 10, 67, 68})

_BUILT_IN_CODES = {
    1: "0",
    2: "0.00",
    **dict.fromkeys((3, 37, 38, 41), "#,##0"),
    **dict.fromkeys((4, 39, 40, 43), "#,##0.00"),
    **dict.fromkeys((5, 6, 42), '#,##0\\ "€"'),
    **dict.fromkeys((7, 8, 44), '#,##0.00\\ "€"'),
    **dict.fromkeys((9, 67), "0%"),
    **dict.fromkeys((10, 68), "0.00%"),
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Formats that files name by a number; amounts of money as a French spreadsheet shows them."""

_UNSEEN = re.compile(r'"[^"]*"?|\\.|[_*].')
"""Parts of a format that stand for themselves: quoted or escaped text, space, filling."""

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]?")
_PLAIN_WORDS = re.compile(r"general|standard|e[+-]", re.IGNORECASE)
_DIVIDING = re.compile(r"[0#?],+(?![0#?,])")
"""A comma after the last digit divides by a thousand; one between digits only parts them."""


def built_in_kind(number: int) -> NumberKind:
    """Return the kind of a format that is known by its number alone."""
    if number == _BUILT_IN_DURATION:
        return NumberKind.DURATION
    if number in _BUILT_IN_PERCENTAGES:
        return NumberKind.PERCENTAGE
    return NumberKind.MOMENT if number in _BUILT_IN_MOMENTS else NumberKind.NUMBER


@lru_cache(maxsize=1_024)
def format_kind(code: str) -> NumberKind:
    """Return the kind of a format, from its code: `dd/mm/yyyy` makes a date."""
    sections = _UNSEEN.sub("", code)
    shown = sections.partition(";")[0]
    if _ELAPSED.search(shown):
        return NumberKind.DURATION
    shown = _PLAIN_WORDS.sub("", _BRACKETED.sub("", shown))
    if not _MOMENT_LETTERS.isdisjoint(shown):
        return NumberKind.MOMENT
    if "%" in sections:
        return NumberKind.PERCENTAGE
    return NumberKind.THOUSANDS if _DIVIDING.search(sections) else NumberKind.NUMBER


_LONGEST_CODE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """A number format that is known by its code, or by its number alone.

    Attributes:
        kind: the kind of number that it makes.
        code: its code, empty for the usual format and for those that differ between countries.
        misleading: the signs (-1, 0, 1) of the numbers that it may show as something else.
    """

    kind: NumberKind
    code: str = ""
    misleading: frozenset[int] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Return whether it shows all numbers as they are."""
        return self.kind is NumberKind.NUMBER and not self.misleading

    def shown(self, number: float) -> str:
        """Return what a cell shows of a number where that is another; empty where it is not."""
        text = shown_number(number, self.kind)
        if text or (number > 0) - (number < 0) not in self.misleading:
            return text
        kept = f"{number:.15g}".replace(".", ",")
        return f"{kept} sous le format {self.code[:_LONGEST_CODE]}"


@lru_cache(maxsize=1_024)
def own_format(code: str) -> NumberFormat:
    """Return the format that a workbook makes of a code."""
    kind = format_kind(code)
    signs = (-1, 0, 1) if kind is NumberKind.NUMBER else ()
    misleading = frozenset(sign for sign in signs if not shows_plainly(code, sign))
    return NumberFormat(kind=kind, code=code, misleading=misleading)


def built_in_format(number: int) -> NumberFormat:
    """Return the format that is known by a number alone."""
    return NumberFormat(kind=built_in_kind(number), code=_BUILT_IN_CODES.get(number, ""))


def shown_number(number: float, kind: NumberKind) -> str:
    """Return what a cell shows where that is another number, as « 50 % »; empty where it is not."""
    if kind is NumberKind.PERCENTAGE:
        return f"{number * 100:.15g} %".replace(".", ",")
    if kind is NumberKind.THOUSANDS:
        return f"{number:.15g} en milliers".replace(".", ",")
    return ""


_IN_DAYS = (NumberKind.MOMENT, NumberKind.DURATION)
_DAYS = 2_958_466
"""After the last day that spreadsheets know, 31 December 9999."""

_MILLISECONDS = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The first day of a workbook: in 1900, with a 29 February that never was, or in 1904."""

    from_1904: bool = False

    def read(self, number: float, kind: NumberKind) -> RawCell:
        """Return the moment that a number is; itself, where it is none that can be shown."""
        if kind not in _IN_DAYS or not 0 <= number < _DAYS:
            return number
        if kind is NumberKind.DURATION:
            return Moment(length=timedelta(milliseconds=round(number * _MILLISECONDS)))
        days, milliseconds = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
        clock = clock_of(timedelta(milliseconds=milliseconds))
        if days == 0 and not self.from_1904:
            return Moment(clock=clock)
        if self.from_1904:
            start = date(1904, 1, 1)
        elif days == _NEVER:
            return number
        else:
            start = date(1899, 12, 31) if days < _NEVER else date(1899, 12, 30)
        if start.toordinal() + days > date.max.toordinal():
            return number
        return Moment(day=start + timedelta(days=days), clock=clock if clock != time() else None)


_NEVER = 60
"""29 February 1900."""
