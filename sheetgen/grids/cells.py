"""Writing one cell of a grid: a formula with its true value, or a constant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from sheetgen.rules import Cell


def write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format | None = None
) -> None:
    """Writes a cell at a row and column counted from 0."""
    if cell.formula:
        sheet.write_formula(*place, cell.formula, style, cell.value)
    elif isinstance(cell.value, str):
        sheet.write_string(*place, cell.value, style)
    else:
        sheet.write_number(*place, cell.value, style)
