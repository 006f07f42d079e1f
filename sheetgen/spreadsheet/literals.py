"""Numbers, dates and durations as XML says them: read exactly, or not understood."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from sheetgen.spreadsheet.contents import Moment
from sheetgen.spreadsheet.markup import NotUnderstoodError

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 400
_DURATION = re.compile(
    r"P(?:(?P<days>[0-9]{1,6})D)?"
    r"(?:T(?:(?P<hours>[0-9]{1,8})H)?(?:(?P<minutes>[0-9]{1,8})M)?"
    r"(?:(?P<seconds>[0-9]{1,8}(?:\.[0-9]{1,12})?)S)?)?"
)
_DAY = timedelta(days=1)
_QUOTED = 40
"""Characters of what is not understood that a message quotes."""


@lru_cache(maxsize=4_096)  # a grid holds few different ones
def read_number(text: str) -> float:
    """Return the number that a text says.

    Raises:
        NotUnderstoodError: it says none, or one beyond all measure.
    """
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise _not_a(text, "un nombre")
    number = float(text)
    if not math.isfinite(number):
        raise _not_a(text, "un nombre qu'un tableur connaît")
    return number


def read_moment(text: str) -> Moment:
    """Return the date, the time, or both, that a text says as ISO 8601 does.

    Raises:
        NotUnderstoodError: it says none, or one of another time zone.
    """
    written = text.removesuffix("Z")
    day, _, clock = (
        written.partition("T") if "T" in written or "-" in written else ("", "", written)
    )
    try:
        found = Moment(
            day=date.fromisoformat(day) if day else None,
            clock=time.fromisoformat(clock) if clock else None,
        )
    except ValueError as error:
        raise _not_a(text, "une date") from error
    if (found.day is None and found.clock is None) or (found.clock and found.clock.tzinfo):
        raise _not_a(text, "une date")
    return found if found.day is None or found.clock != time() else Moment(day=found.day)


def read_duration(text: str) -> Moment:
    """Return the time of day, or the duration from a day on, that a text says as ISO 8601 does.

    Raises:
        NotUnderstoodError: it says none.
    """
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groupdict().values()):
        raise _not_a(text, "une durée")
    said = {unit: float(number) for unit, number in found.groupdict().items() if number}
    length = timedelta(**said)
    if length >= _DAY:
        return Moment(length=length)
    return Moment(clock=clock_of(length))


def clock_of(length: timedelta) -> time:
    """Return the time of day that is so long after midnight, less than a day."""
    return (datetime.combine(date.min, time()) + length).time()


def _not_a(text: str, what: str) -> NotUnderstoodError:
    return NotUnderstoodError(f"sa valeur (« {text[:_QUOTED]} ») n'est pas {what}")
