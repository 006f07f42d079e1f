"""One sheet of a grid as it is written: cells, merged lines, conditional colours, all checked.

XlsxWriter returns a negative number, or warns, where Excel would refuse or cut something; here
either is an exception.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sheetgen.excel import palette, text_fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from sheetgen.grids.package import GridWorksheet
    from sheetgen.rules import Cell
    from sheetgen.spreadsheet.addresses import Position

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold: halves of characters, and two codes that are none."""


class UnwritableError(Exception):
    """XlsxWriter refused something: a fault of this program, not of the data."""


@contextmanager
def strict() -> Iterator[None]:
    """Within it, what XlsxWriter only warns of is an exception."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module=r"xlsxwriter\.")
        yield


class Sheet:
    """Writes to one worksheet; places are rows and columns counted from 0."""

    def __init__(self, worksheet: GridWorksheet) -> None:
        self.worksheet = worksheet
        self._heights: dict[int, float] = {}

    @property
    def height(self) -> float:
        """The height of all rows, in points."""
        return sum(self._heights.values())

    def set_widths(self, widths: Sequence[float]) -> None:
        """Sets the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            _accept(self.worksheet.set_column(column, column, width))

    def set_height(self, row: int, points: float, *, grows: bool = False) -> None:
        """Sets a row's height; one that grows follows what is typed in it later."""
        self._heights[row] = min(points, text_fit.MAXIMUM_HEIGHT)
        _accept(self.worksheet.set_row(row, self._heights[row]))
        if grows:
            self.worksheet.growing.add(row)

    def write_text(self, place: Position, text: str, style: Format | None = None) -> None:
        """Writes a text as it is, whatever it looks like."""
        if text:
            _accept(self.worksheet.write_string(*place, _NO_CHARACTER.sub("\ufffd", text), style))
        else:
            _accept(self.worksheet.write_blank(*place, None, style))

    def write_number(self, place: Position, number: float, style: Format | None = None) -> None:
        """Writes a number."""
        _accept(self.worksheet.write_number(*place, number, style))

    def write_cell(self, place: Position, cell: Cell, style: Format | None = None) -> None:
        """Writes a formula with its true value, or a constant."""
        if cell.formula:
            _accept(self.worksheet.write_formula(*place, cell.formula, style, cell.value))
        elif isinstance(cell.value, str):
            self.write_text(place, cell.value, style)
        else:
            self.write_number(place, cell.value, style)

    def write_across(self, row: int, columns: tuple[int, int], text: str, style: Format) -> None:
        """Writes a text in cells of one row merged into one, from the first column to the last."""
        _accept(self.worksheet.merge_range(row, columns[0], row, columns[1], "", style))
        self.write_text((row, columns[0]), text, style)

    def write_link(self, place: Position, target: str, text: str, style: Format) -> None:
        """Writes a link to a cell of this workbook, named as a formula names it."""
        _accept(self.worksheet.write_url(*place, f"internal:{target}", style, text))

    def write_note(self, place: Position, text: str) -> None:
        """Writes a note that shows when the mouse is over the cell."""
        options = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9, "color": f"#{palette.INPUT}"}
        _accept(self.worksheet.write_comment(*place, _NO_CHARACTER.sub("\ufffd", text), options))

    def validate(self, place: Position, options: Mapping[str, object]) -> None:
        """Limits what a cell accepts."""
        _accept(self.worksheet.data_validation(*place, *place, dict(options)))

    def format_if(self, area: Area, options: Mapping[str, object]) -> None:
        """Formats cells on a condition."""
        _accept(self.worksheet.conditional_format(*area, dict(options)))

    def format_word(self, area: Area, word: str, style: Format) -> None:
        """Formats the cells that hold exactly this word."""
        quoted = word.replace('"', '""')
        options = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": style}
        self.format_if(area, options)

    def insert_chart(self, place: Position, chart: Chart, description: str) -> None:
        """Puts a chart at a cell; the description is read out in its place."""
        options = {"description": description, "object_position": 3}
        _accept(self.worksheet.insert_chart(*place, chart, options))

    def insert_image(self, place: Position, data: bytes, scale: float, description: str) -> None:
        """Puts an image at a cell, so many times its size; likewise."""
        options = {
            "image_data": io.BytesIO(data),
            "x_scale": scale,
            "y_scale": scale,
            "x_offset": 4,
            "y_offset": 4,
            "description": description,
            "object_position": 3,
        }
        _accept(self.worksheet.insert_image(*place, "logo", options))


def _accept(code: object) -> None:
    """Nothing, where XlsxWriter did what it was asked.

    Raises:
        UnwritableError: it did not.
    """
    if isinstance(code, int) and code < 0:
        message = f"XlsxWriter refused a call (code {code})"
        raise UnwritableError(message)
