"""Scores as notes, for people who mark on 20: a column at the right of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from xlsxwriter.utility import xl_col_to_name

from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn
from sheetgen.consolidation.styles import OutOf, Style
from sheetgen.rules import NoteScore

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from fractions import Fraction

    from sheetgen.consolidation.sheets.table_sheet import TableLine
    from sheetgen.model import Scale

NOTE = "Note"

_WIDTH = 11

Line = TypeVar("Line", bound="TableLine")
Shape = TypeVar("Shape")


def note_columns(
    scale: Scale,
    columns: Sequence[TableColumn[Line, Shape]],
    title: str,
    score: Callable[[Line], Fraction | None],
) -> list[TableColumn[Line, Shape]]:
    """Return a column of notes on one scale; none where it is no scale of notes.

    Args:
        scale: the one that people read.
        columns: those at its left.
        title: of the one that holds the scores, in [0, 1].
        score: the exact one of a line, None where it is not known.
    """
    return own_note_columns(
        [scale], columns, title, score, scales=(lambda _: scale, lambda _: scale)
    )


def own_note_columns(
    used: Collection[Scale],
    columns: Sequence[TableColumn[Line, Shape]],
    title: str,
    score: Callable[[Line], Fraction | None],
    *,
    scales: tuple[Callable[[Line], Scale], Callable[[Shape], Scale]],
) -> list[TableColumn[Line, Shape]]:
    """Return a column of notes, each on its line's scale; none where none of these is of notes.

    `scales` give the scale of a line, and that of all lines of a shape.
    """
    if not any(NoteScore(scale).is_note for scale in used):
        return []
    place = next(n for n, column in enumerate(columns) if column.title == title)
    cell = f"${xl_col_to_name(place)}${OWN_ROW}"
    of_line, of_shape = scales

    def style(shape: Shape) -> Style | OutOf:
        scale = of_shape(shape)
        return OutOf(Style.POINTS, scale.maximum) if NoteScore(scale).is_note else Style.POINTS

    return [
        TableColumn(
            NOTE,
            _WIDTH,
            style=style,
            value=lambda line: NoteScore(of_line(line)).value(score(line)),
            formula=lambda shape: NoteScore(of_shape(shape)).formula(cell),
        )
    ]
