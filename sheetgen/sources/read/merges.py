"""Cells merged downwards: what the first says holds for every row they span, as a reader sees it.

openpyxl does not show merged cells while it reads row by row, so they are taken from the sheet's
part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)["']"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A merge of more than one row: its first column, counted from 1, and both its rows."""

    column: int
    first: int
    last: int


def find_spans(part: bytes) -> list[Span]:
    """Return the merges over several rows that a worksheet's part declares."""
    found = [
        Span(column=_column_number(letters), first=int(first), last=int(last))
        for letters, first, last in _MERGE.findall(part)
    ]
    return [span for span in found if span.first < span.last]


def spread_spans(
    rows: dict[int, dict[int, T]], spans: list[Span], move: Callable[[T, int, int], T]
) -> None:
    """Repeat each span's first cell in the rows below it that say something themselves.

    Args:
        rows: cells by row and column, changed in place; columns stay in order.
        spans: what `find_spans` gave.
        move: a cell at another column and row.
    """
    for span in spans:
        cell = rows.get(span.first, {}).get(span.column)
        if cell is None:
            continue
        for number in [row for row in rows if span.first < row <= span.last]:
            written = rows[number]
            if span.column not in written:
                moved = written | {span.column: move(cell, span.column, number)}
                rows[number] = dict(sorted(moved.items()))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
