"""Scores as notes, for people who mark on 20: a column at the right of a table."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from xlsxwriter.utility import xl_col_to_name

from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn
from sheetgen.consolidation.styles import OutOf, Style
from sheetgen.model import ScaleKind
from sheetgen.rules.excel import is_number, minus, times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.consolidation.sheets.table_sheet import TableLine
    from sheetgen.model import Scale

NOTE = "Note"

_WIDTH = 11
_HUNDREDTHS = 100
_BELOW = Fraction(49_999, 10_000_000)
"""Taken off before rounding to hundredths, which then cuts: no note seems to reach a threshold that
it misses. Less than half a hundredth, by more than floating point blurs."""

Line = TypeVar("Line", bound="TableLine")
Shape = TypeVar("Shape")


def note_columns(
    book: ConsolidationBook,
    columns: Sequence[TableColumn[Line, Shape]],
    title: str,
    score: Callable[[Line], Fraction | None],
) -> list[TableColumn[Line, Shape]]:
    """Return a column of notes, where notes are what people mark with.

    Args:
        book: the workbook.
        columns: those at its left.
        title: of the one that holds the scores, in [0, 1].
        score: the exact one of a line, None where it is not known.
    """
    scale = book.decisions.referential.scale
    if scale.kind is not ScaleKind.NOTE:
        return []
    place = next(n for n, column in enumerate(columns) if column.title == title)
    cell = f"${xl_col_to_name(place)}${OWN_ROW}"
    note = times(scale.span, cell)
    shown = f"ROUND({minus(note, _BELOW - scale.minimum)},2)"
    formula = f'=IF({is_number(cell)},{shown},"")'

    def value(line: Line) -> float | None:
        exact = score(line)
        return None if exact is None else _cut(scale, exact)

    return [
        TableColumn(
            NOTE,
            _WIDTH,
            style=OutOf(Style.POINTS, scale.maximum),
            value=value,
            formula=lambda _: formula,
        )
    ]


def _cut(scale: Scale, score: Fraction) -> float:
    """Return the note that a score is, cut after two decimals."""
    return math.floor(scale.at_share(score) * _HUNDREDTHS) / _HUNDREDTHS
