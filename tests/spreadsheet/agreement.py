"""Comparison of the product's reading of damaged grids with a second, strict one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spreadsheet import mutations, strict_reading

from sheetgen.spreadsheet import UnreadableWorkbookError, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

PARTS = r"sheet[0-9]+\.xml$|sharedStrings|workbook\.xml|styles"
"""Of an .xlsx: half of its damage is to its sheets."""


@dataclass(kw_only=True)
class Tally:
    """Counts of damaged workbooks: read, refused, and refused by the product alone."""

    read: int = 0
    refused: int = 0
    refused_alone: int = 0


def compare(
    grids: Sequence[bytes],
    pattern: str,
    again: Callable[[bytes], strict_reading.Reading],
    seeds: Iterable[int],
) -> Tally:
    """Read grids damaged in so many ways; whatever is read, the second reading reads alike."""
    tally = Tally()
    for seed in seeds:
        data = mutations.mutated(grids[seed % len(grids)], pattern, seed)
        try:
            second = again(data)
        except strict_reading.RefusedError:
            second = None
        try:
            first = strict_reading.reading_of(read_workbook(data))
        except UnreadableWorkbookError as refusal:
            tally.refused += 1
            tally.refused_alone += second is not None
            if not refusal.at("g").hint:
                raise
            continue
        tally.read += 1
        assert first == second, seed
    return tally
