"""Facts on all cells of a sheet: how far they reach, and which of them one formula fills.

Empty cells that only carry a style may reach as far as they like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.spreadsheet.contents import UNSEEN_FORMULA, too_far_away
from sheetgen.spreadsheet.limits import too_far

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sheetgen.spreadsheet.addresses import Position
    from sheetgen.spreadsheet.contents import MergedRange, RawCell


def refuse_far_cells(
    sheet: str, rows: Mapping[int, Mapping[int, RawCell]], others: Collection[Position]
) -> None:
    """Refuse a sheet whose cells span more than is ever laid out, naming the first too far.

    Args:
        sheet: its name.
        rows: its values.
        others: further cells that hold something.

    Raises:
        UnreadableWorkbookError: there is such a cell.
    """
    last_row = max((max(rows, default=-1), max((row for row, _ in others), default=-1)))
    columns = max((max(cells) for cells in rows.values()), default=-1)
    last_column = max(columns, max((column for _, column in others), default=-1))
    if not too_far(last_row + 1, last_column + 1):
        return
    places = {(row, column) for row, cells in rows.items() for column in cells}
    right = 0
    for row, column in sorted(places.union(others)):
        right = max(right, column)
        if too_far(row + 1, right + 1):
            raise too_far_away(sheet, (row, column))


def cover_formulas(
    ranges: Sequence[MergedRange],
    rows: Mapping[int, Mapping[int, RawCell]],
    errors: Mapping[Position, str],
    formulas: dict[Position, str],
) -> None:
    """Add to the formulas the cells that show a result of one that stands elsewhere.

    Args:
        ranges: what array formulas and data tables fill.
        rows: the sheet's values.
        errors: its errors.
        formulas: its formulas so far.
    """
    for filled in ranges:
        if filled.first != filled.last:
            for place in _shown_in(filled, rows, errors):
                formulas.setdefault(place, UNSEEN_FORMULA)


def _shown_in(
    filled: MergedRange,
    rows: Mapping[int, Mapping[int, RawCell]],
    errors: Mapping[Position, str],
) -> Iterator[Position]:
    (top, left), (bottom, right) = filled.first, filled.last
    lines = range(top, bottom + 1) if bottom - top < len(rows) else tuple(rows)
    for row in lines:
        if top <= row <= bottom:
            for column in rows.get(row, ()):
                if left <= column <= right:
                    yield row, column
    yield from (place for place in errors if place in filled)
