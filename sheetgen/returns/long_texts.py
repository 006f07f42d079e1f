"""Texts longer than a cell of Excel holds: refused where they are read, cut where they go back.

Other programs store longer ones, and no workbook made here could hold them. Others again cut texts
much earlier, in .xls: that can only be guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import LONGEST_TEXT, cut_text, excel_length
from sheetgen.spreadsheet import SpreadsheetFormat

if TYPE_CHECKING:
    from sheetgen.grid.read import ReadCell, ReadGrid

_CUT_TEXT = 255
"""What some programs cut the texts of an .xls to: all that a cell of Excel 95 held."""


def is_perhaps_cut(grid: ReadGrid, cell: ReadCell) -> bool:
    """Return whether the program that saved the grid may have left out the end of a cell's text."""
    return (
        grid.form is SpreadsheetFormat.XLS
        and isinstance(cell.value, str)
        and excel_length(cell.value) == _CUT_TEXT
    )


def is_too_long(text: str) -> bool:
    """Return whether no cell of Excel holds the text."""
    # Most are far from the limit, and counting takes a copy of the text.
    return len(text) > LONGEST_TEXT // 2 and excel_length(text) > LONGEST_TEXT


def cut_to_fit(text: str) -> str:
    """Return the text, cut and ended by « … » where a cell of Excel would not hold it."""
    return cut_text(text, LONGEST_TEXT)
