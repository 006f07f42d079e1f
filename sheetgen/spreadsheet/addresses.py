"""Addresses of cells, as users read them and as code counts them, from zero."""

from __future__ import annotations

import re
from functools import lru_cache

Position = tuple[int, int]
"""Row and column, both counted from zero: `D14` is `(13, 3)`."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def column_letters(column: int) -> str:
    """Return the letters of a column counted from zero: 0 is `A`, 26 is `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=10_000)  # the same few addresses in every sheet of every grid
def cell_address(row: int, column: int) -> str:
    """Return the address of a cell counted from zero: `(13, 3)` is `D14`."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=10_000)
def parse_address(address: str) -> Position:
    """Return the place of a cell, from its address: `D14` is `(13, 3)`.

    Raises:
        ValueError: the text is no address.
    """
    found = _REFERENCE.fullmatch(address)
    if found is None:
        message = f"{address!r} is not the address of a cell"
        raise ValueError(message)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1
