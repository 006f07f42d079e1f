"""The values of a roster's cells, as the session writes them; nothing is guessed, nothing lost."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.sources.schema import ColumnSpec


class DateOrder(Enum):
    """The order of day and month in a list; the values are those of `--dates`."""

    DAY_FIRST = "jj/mm/aaaa"
    MONTH_FIRST = "mm/jj/aaaa"


_NUMBERS = re.compile(r"(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?:[ T]00:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]00:00(?::00)?)?")
_WORDS = re.compile(r"(\d{1,2})(?:er)? ([a-z.]+) (\d{4})")
_MONTHS = {
    "janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5,
    "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10,
    "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip


class AmbiguousDateError(Exception):
    """A date whose day and month may be exchanged."""


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """Return the order that a column's own dates show; None where none does, or they disagree."""
    shown = set()
    for text in texts:
        found = _NUMBERS.fullmatch(text)
        if found is not None:
            first, second = int(found[1]), int(found[2])
            if first > 12 >= second:
                shown.add(DateOrder.DAY_FIRST)
            elif second > 12 >= first:
                shown.add(DateOrder.MONTH_FIRST)
    return shown.pop() if len(shown) == 1 else None


def parse_day(text: str, order: DateOrder | None) -> date | None:
    """Return the day that a text says; None where it is no date.

    Raises:
        AmbiguousDateError: day and month may be exchanged, and nothing says which is first.
    """
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(fold(text)):
        month = _MONTHS.get(found[2].rstrip("."))
        return None if month is None else _day(int(found[3]), month, int(found[1]))
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first == second or max(first, second) > 12:
        day, month = (first, second) if first > 12 or first == second else (second, first)
        if second > 12:
            day, month = second, first
        return _day(year, month, day)
    if order is None:
        raise AmbiguousDateError(text)
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SEXES = {"m": "M", "h": "M", "masculin": "M", "homme": "M", "male": "M", "garcon": "M",
          "f": "F", "feminin": "F", "femme": "F", "female": "F", "fille": "F"}  # fmt: skip
_ANSWERS = {"oui": "Oui", "o": "Oui", "yes": "Oui", "vrai": "Oui", "true": "Oui", "x": "Oui",
            "1": "Oui", "non": "Non", "n": "Non", "no": "Non", "faux": "Non", "false": "Non",
            "0": "Non"}  # fmt: skip


def normal_value(column: ColumnSpec, text: str) -> str:
    """Return a cell's text as the session writes it where that loses nothing, else as it is."""
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    folded = fold(plain).rstrip(".")
    if column.name == "Sexe":
        return _SEXES.get(folded, plain)
    by_word = {fold(value): value for value in column.allowed}
    if set(column.allowed) == {"Oui", "Non"}:
        return _ANSWERS.get(folded, plain)
    return by_word.get(folded, plain)
