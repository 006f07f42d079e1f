"""Tell whether the text that a cell of an .ods shows is the number that it holds.

Programs write both: `8/10` beside 8 is what a format made of it. The text is in the language of
whoever saved the file, so either sign may part its decimals; the number tells which does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f'’.,]\d{3})*(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?|[.,]\d+")
_FRACTION = re.compile(r"(?:(\d+)\s+)?(\d+)\s*/\s*(\d+)")
_WHOLE = re.compile(r"\d*|[1-9]\d{0,2}(?:[.,]\d{3})+")
"""What stands before decimals: its thousands may be parted."""

_GROUPING = re.compile(r"[ \u00a0\u202f'’]")
_MINUS = re.compile(r"[-−–—]")
_LONGEST = 100
"""Characters of what is shown that are looked at."""

_NOTHING = "rien"


def other_than(text: str, number: float) -> str:
    """Return what a cell shows of a number where that is something else; empty where it is not.

    Args:
        text: the cell's paragraphs, blank where its format hides the number.
        number: its value.
    """
    shown = " ".join(text.split())
    if len(shown) <= _LONGEST and _is_shown(shown, number):
        return ""
    return shown[:_LONGEST] or _NOTHING


def _is_shown(text: str, number: float) -> bool:
    found = _FRACTION.search(text) or _NUMBER.search(text)
    if found is None:
        return False
    before, after = text[: found.start()], text[found.end() :]
    if any(letter.isnumeric() or letter == "/" for letter in before + after):
        return False
    minus = _MINUS.search(before) or before.endswith("(") or _MINUS.match(after.lstrip())
    if number and bool(minus) != (number < 0):
        return False
    said = _fraction(found) if found.re is _FRACTION else _readings(found.group())
    # What is shown is rounded: to half of its last digit, and to how floats are kept.
    return any(abs(abs(number) - value) <= unit * 0.500001 for value, unit in said)


def _fraction(found: re.Match[str]) -> Iterator[tuple[float, float]]:
    """Yield the number that a fraction is, and the step to the next one."""
    whole, part, parts = (int(group or 0) for group in found.groups())
    if parts:
        yield whole + part / parts, 1 / parts


def _readings(text: str) -> Iterator[tuple[float, float]]:
    """Yield the numbers that a text may be, each with the worth of its last digit."""
    digits, _, power = _GROUPING.sub("", text.lower()).partition("e")
    scale = 10.0 ** int(power or 0)
    for point, grouping in (".,", ",."):
        whole, _, decimals = digits.partition(point)
        if grouping in decimals or point in decimals or not _WHOLE.fullmatch(whole):
            continue
        number = float(f"{whole.replace(grouping, '') or 0}.{decimals or 0}")
        yield number * scale, scale / 10.0 ** len(decimals)
