"""The order in which a person reads names that hold numbers: C1.10 follows C1.9."""

from __future__ import annotations

import re

Part = str | tuple[int, str]
"""A text, or a number by the count of its digits, then these: of any size, unlike an `int`."""

_DIGITS = re.compile("([0-9]+)")


def natural_parts(text: str) -> list[Part]:
    """Return a key that sorts runs of digits by their value, however long they are."""
    # Splitting on a group gives texts at even places and digits at odd ones, so that the places
    # compared always hold the same type.
    parts: list[Part] = list(_DIGITS.split(text))
    parts[1::2] = [_number(str(digits)) for digits in parts[1::2]]
    return parts


def _number(digits: str) -> tuple[int, str]:
    plain = digits.lstrip("0")
    return len(plain), plain
