"""Dates, times, numbers and cut texts as people read them in French, said once for all."""

from __future__ import annotations

import math
from decimal import Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def time_text(moment: time) -> str:
    """Return the time of day, as in « 9 h 30 » or « 14 h »."""
    minutes = f"{SPACE}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{SPACE}h{minutes}"


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


def exact_number(number: Fraction) -> str:
    """Return the number with a decimal comma and its first 15 digits, as a spreadsheet does."""
    exact = _FIFTEEN_DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))
    return decimal_text(exact.normalize(_FIFTEEN_DIGITS))


def decimal_text(number: Decimal) -> str:
    """Return a decimal with a comma and all its digits."""
    return format(number, "f").replace(".", ",")


def shortened(text: str, limit: int) -> str:
    """Return the text, cut with « … » where it is longer than so many characters."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
