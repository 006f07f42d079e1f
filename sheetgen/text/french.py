"""Texts as people read them in French: dates, times, numbers, cut texts, hidden characters.

A file's name and a cell's text come from somebody else. Printed raw, an escape sequence repaints a
terminal, a line end forges another message, a bidirectional override reverses what is read. All
that is shown goes through `visible`: terminal, messages to jurors, notes, the sheet of problems.
Data (`decisions.json`, `--json`) keeps what was written, escaped in JSON's way.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, time
    from fractions import Fraction

_FIFTEEN_DIGITS = Context(prec=15)

SPACE = "\u00a0"
"""No-break: between a number and its unit, or before a colon."""

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def date_text(day: date) -> str:
    """Return the day in full, as in « 1er juin 2026 » or « 15 juin 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{SPACE}{_MONTHS[day.month - 1]}{SPACE}{day.year}"


def dates_text(days: Collection[date]) -> str:
    """Return the first and the last day after « du », each part once: « 18 au 19 juin 2026 ».

    One day stands alone; without any the text is empty.
    """
    if not days:
        return ""
    first, last = min(days), max(days)
    if first == last:
        return date_text(last)
    parts = date_text(first).split(SPACE)
    said = 3 if first.year != last.year else 2 if first.month != last.month else 1
    return f"{SPACE.join(parts[:said])} au {date_text(last)}"


def days_text(days: Collection[date]) -> str:
    """Return « 18 juin 2026 » or « du 18 au 19 juin 2026 »; an empty text without a day."""
    dates = dates_text(days)
    return f"du {dates}" if days and min(days) != max(days) else dates


def numeric_dates_text(days: Collection[date]) -> str:
    """Return the first and the last day as sheets write them: « 18/06/2026 au 19/06/2026 ».

    One day stands alone; without any the text is empty.
    """
    ends = dict.fromkeys((min(days), max(days))) if days else {}
    return " au ".join(f"{day:%d/%m/%Y}" for day in ends)


def time_text(moment: time) -> str:
    """Return the time of day, as in « 9 h 30 » or « 14 h »."""
    minutes = f"{SPACE}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{SPACE}h{minutes}"


def room_text(room: str) -> str:
    """Return a room as a sentence names it, « salle 12 » for what is written « 12 »."""
    return room if room[:1].isalpha() else f"salle {room}"


def cut_number(number: Fraction, decimals: int = 2) -> str:
    """Return the number with a decimal comma, as in « 12,5 », cut after so many decimals.

    Cut and not rounded, so that it never seems to reach a threshold that it misses.
    """
    scaled = math.floor(abs(number) * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    tail = f",{rest:0{decimals}}".rstrip("0") if rest else ""
    return f"{'-' if number < 0 and scaled else ''}{whole}{tail}"


def percent_text(score: Fraction) -> str:
    """Return a score in [0, 1] as a percentage with at most one decimal, as in « 66,6 % »."""
    return f"{cut_number(score * 100, 1)}{SPACE}%"


def note_text(points: Fraction, maximum: Fraction) -> str:
    """Return a note over its maximum, as in « 12,5/20 » or « 6/8 », cut as numbers are."""
    return f"{cut_number(points)}/{exact_number(maximum)}"


def exact_number(number: Fraction) -> str:
    """Return the number with a decimal comma and its first 15 digits, as a spreadsheet does."""
    exact = _FIFTEEN_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    return decimal_text(exact.normalize(_FIFTEEN_DIGITS))


def exact_share(share: Fraction) -> str:
    """Return a fraction of 1 so that it is read back exactly: « 92,5 % », else « 277/300 »."""
    percentage = share * 100
    rest = percentage.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1 and percentage.denominator <= 10**9:
        return f"{exact_number(percentage)} %"
    return f"{share.numerator}/{share.denominator}"


def decimal_text(number: Decimal) -> str:
    """Return a decimal with a comma and all its digits."""
    return format(number, "f").replace(".", ",")


def shortened(text: str, limit: int) -> str:
    """Return the text, cut with « … » where it is longer than so many characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


_LINE_ENDS = "\r\n|[\n\r\x85\u2028\u2029]"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters without a shape: controls, formats, half characters, line ends."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
"""Letters by category that print nothing, and what is no character at all."""

_LINE_END = re.compile(_LINE_ENDS)
_PLAIN = re.compile(r"[ -~À-ÿŒœ‘’“”«»…–—€°·]*")
"""Most texts: there is nothing to look for in them."""

_MANY = 4096


def visible(text: str) -> str:
    """Return the text on one line: line ends are ⏎, what is not seen is a sign or its code."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_sign, _LINE_END.sub("\n", text)))


@lru_cache(maxsize=_MANY)
def _sign(letter: str) -> str:
    """Return what stands for one character: itself, unless it acts or hides."""
    if letter == "\n":
        return "⏎"
    if letter < " ":
        return chr(0x2400 + ord(letter))
    if letter == "\x7f":
        return "\u2421"
    return escaped(letter) if acts_or_hides(letter) else letter


def acts_or_hides(letter: str) -> bool:
    """Return whether a character acts on what shows it, or is not seen there."""
    return unicodedata.category(letter) in _HIDDEN or letter in _FILLERS


def escaped(letter: str) -> str:
    """Return a character by its code: a backslash, then x, u or U and two, four or eight digits."""
    code = ord(letter)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
