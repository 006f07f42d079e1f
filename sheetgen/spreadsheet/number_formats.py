"""Tell which numbers of a workbook are dates, or shown as other numbers, by their number format.

Source: ECMA-376 part 1, 18.8.30 (numFmt), and 18.17.4.1 for the two ways to count days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from functools import lru_cache

from sheetgen.spreadsheet.contents import Moment, RawCell
from sheetgen.spreadsheet.literals import clock_of
from sheetgen.spreadsheet.plain_formats import shows_plainly


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

_MOMENT_LETTERS = frozenset("dmyhsDMYHS")


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
        """Tell whether it shows all numbers as they are."""
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
