"""The looks of the source workbooks, shared by all their sheets."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from sheetgen.excel import text_fit
from sheetgen.excel.text_fit import FONT

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | time | None
"""What goes into a cell, as a school would write it."""

DARK = "1F3864"
LIGHT = "D9E2F3"
INPUT = "FFF8E1"
GREY = "595959"
LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)


def put(target: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Set a cell; a text that begins with « = » stays a text, in Excel's own eyes too."""
    cell = target.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith("=")
    return cell


def solid(colour: str) -> PatternFill:
    """Return a plain background; the colour is `RRGGBB`."""
    return PatternFill("solid", fgColor=colour)


def style_header(cell: Cell, *, required: bool) -> None:
    """Style headers: required columns bold on dark, others plain on light."""
    cell.font = Font(name=FONT, bold=required, color="FFFFFF" if required else "000000")
    cell.fill = solid(DARK if required else LIGHT)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = BORDER


def fit_row(target: Worksheet, row: int, width: int | None = None) -> None:
    """Give the row the height that shows every text in it, as far as Excel allows.

    Args:
        target: the sheet.
        row: its number.
        width: how many columns it has, which takes openpyxl a look at every cell to know.
    """
    (cells,) = target.iter_rows(min_row=row, max_row=row, max_col=width)
    heights = [
        text_fit.height(
            str(cell.value),
            target.column_dimensions[cell.column_letter].width,
            text_fit.Font(bold=bool(cell.font.b)),
        )
        for cell in cells
        if cell.value is not None
    ]
    target.row_dimensions[row].height = min(max(heights, default=15), text_fit.MAXIMUM_HEIGHT)


def prepare_print(target: Worksheet, *, pages: int = 1) -> None:
    """Set A4 landscape, so many pages wide, the sheet and page numbers at the foot."""
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = "9"
    target.page_setup.fitToWidth = pages
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_margins = PageMargins(
        left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.35
    )
    footer = HeaderFooterItem()
    footer.left.text = "&F"
    footer.center.text = "&A"
    footer.right.text = "Page &P / &N"
    target.HeaderFooter.oddFooter = footer
