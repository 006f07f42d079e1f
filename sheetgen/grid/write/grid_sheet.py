"""One sheet of a grid as it is written: cells, merged lines, conditional colours, the logo."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.image import Image

from sheetgen.excel import palette, text_fit
from sheetgen.excel.cell_text import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from sheetgen.excel import Content
    from sheetgen.grid.write.grid_package import GridWorksheet
    from sheetgen.spreadsheet import Position

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


LINK_PROMPT = "Clic, ou Ctrl+clic dans LibreOffice"
"""How to follow a link: Excel does at a click, LibreOffice only with Ctrl."""

ONE_PAGE = 680
"""The height of a sheet, in points, that can still be read when printed on one page."""


class GridSheet:
    """One worksheet of a grid; places are rows and columns counted from 0."""

    def __init__(self, worksheet: GridWorksheet) -> None:
        self.worksheet = worksheet
        self._heights: dict[int, float] = {}

    @property
    def height(self) -> float:
        """Return the height of all rows, in points."""
        return sum(self._heights.values())

    @property
    def part_name(self) -> str:
        """Return the name of its part in the workbook."""
        return self.worksheet.part_name

    def set_widths(self, widths: Sequence[float]) -> None:
        """Set the widths of the first columns, in characters."""
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width)

    def set_height(self, row: int, points: float, *, grows: bool = False) -> None:
        """Set a row's height; one that grows follows what is typed in it later."""
        self._heights[row] = min(points, text_fit.MAXIMUM_HEIGHT)
        self.worksheet.set_row(row, self._heights[row])
        if grows:
            self.worksheet.growing.add(row)

    def write(self, place: Position, content: Content, style: Format | None = None) -> None:
        """Write a text as it is, a number, or a formula with its value."""
        self.worksheet.put(*place, content, style)

    def write_across(self, row: int, columns: tuple[int, int], text: str, style: Format) -> None:
        """Write a text in cells of one row merged into one, from the first column to the last."""
        self.worksheet.merge_range(row, columns[0], row, columns[1], "", style)
        self.write((row, columns[0]), text, style)

    def write_link(self, place: Position, target: str, text: str, style: Format) -> None:
        """Write a link to a cell of this workbook, named as a formula names it."""
        self.worksheet.write_url(*place, f"internal:{target}", style, text)

    def refuse_typing(self, place: Position, title: str, prompt: str) -> None:
        """Make a link refuse what is typed in its cell, and say what it is for.

        Where the cursor reaches open cells only, Excel follows no link in a locked one: its cell is
        then open.
        """
        self.validate(
            place,
            {
                "validate": "custom",
                "value": "=FALSE",
                "input_title": title,
                "input_message": prompt,
                "error_title": "Rien à saisir ici",
                "error_message": "Cette cellule est un lien : appuyer sur Échap.",
            },
        )

    def write_note(self, place: Position, text: str) -> None:
        """Write a note that shows when the mouse is over the cell."""
        options = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9, "color": f"#{palette.INPUT}"}
        self.worksheet.write_comment(*place, storable(text), options)

    def validate(self, place: Position, options: Mapping[str, object]) -> None:
        """Limit what a cell accepts."""
        self.worksheet.data_validation(*place, *place, dict(options))

    def format_if(self, area: Area, options: Mapping[str, object]) -> None:
        """Format cells on a condition."""
        self.worksheet.conditional_format(*area, dict(options))

    def format_word(self, area: Area, word: str, style: Format) -> None:
        """Format the cells that hold exactly this word."""
        quoted = word.replace('"', '""')
        options = {"type": "cell", "criteria": "==", "value": f'"{quoted}"', "format": style}
        self.format_if(area, options)

    def insert_chart(self, place: Position, chart: Chart, description: str) -> None:
        """Put a chart at a cell; the description is read out in its place."""
        options = {"description": description, "object_position": 3}
        self.worksheet.insert_chart(*place, chart, options)

    def insert_image(self, place: Position, data: bytes, scale: float, description: str) -> None:
        """Put an image at a cell, scaled; the description is read out in its place."""
        options = {
            "image_data": io.BytesIO(data),
            "x_scale": scale,
            "y_scale": scale,
            "x_offset": 4,
            "y_offset": 4,
            "description": description,
            "object_position": 3,
        }
        self.worksheet.insert_image(*place, "logo", options)


_ROOM = (320, 64)
"""Pixels, at 96 to the inch."""


def is_usable_logo(data: bytes) -> bool:
    """Return whether the bytes are a PNG or JPEG image that a grid can show."""
    return _size(data) is not None


def place_logo(
    sheet: GridSheet, next_row: Callable[[float], int], data: bytes, owner: str | None
) -> None:
    """Put the image in a row of its own.

    Args:
        sheet: where to.
        next_row: gives the next free row, for a height in points.
        data: a usable logo.
        owner: who it stands for, for the text that is read out in its place.
    """
    size = _size(data)
    if size is None:
        return
    scale = min(1.0, _ROOM[0] / size[0], _ROOM[1] / size[1])
    row = next_row(size[1] * scale * 72 / 96 + 6)
    description = f"Logo de {owner}" if owner else "Logo du certificateur"
    sheet.insert_image((row, 0), data, scale, description)


def _size(data: bytes) -> tuple[float, float] | None:
    """Return width and height as XlsxWriter will count them; None for what it cannot use."""
    try:
        image = Image(io.BytesIO(data))
    except (XlsxFileError, struct.error):
        return None
    if image.image_type not in ("PNG", "JPEG"):
        return None
    return image.width * 96 / image.x_dpi, image.height * 96 / image.y_dpi
