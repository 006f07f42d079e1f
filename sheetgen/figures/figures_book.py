"""The statistics as a workbook: a sheet per table, with rates that follow the counts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import CellFormats, SafeWorkbook, formats, palette, strict, text_fit
from sheetgen.figures.figure_tables import NO_RATE, ColumnKind
from sheetgen.rules import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from sheetgen.excel import SafeWorksheet
    from sheetgen.figures.figure_tables import FigureColumn, FigureTable, Value

READ_ME = "Lisez-moi"
_NOTE_FONT = text_fit.Font(size=11)
_WINDOW, _CHARACTER, _PADDING = 1280, 7, 5
"""In pixels: what a laptop shows whole, a character's width, and what a column adds to them."""
_NARROW = 13
"""In characters: a column of dates or codes keeps its width."""
_GAP = "+0.00;-0.00;0.00"
"""Points with their sign."""


class _Styles(CellFormats):
    """The cell formats of this workbook."""

    def made(self) -> dict[str, Format]:
        """Return the formats by the name of their use."""
        frame = {"border": 1, "border_color": f"#{palette.BORDER}"}
        box = {**frame, "indent": 1, "text_wrap": True}
        centred = {**frame, "align": "center"}
        ground = {"bg_color": f"#{palette.PRIMARY}"}
        return {
            "title": self.make(palette.WHITE, bold=True, font_size=16, indent=1, **ground),
            "note": self.make(palette.MUTED, italic=True, indent=1, text_wrap=True),
            "plain": self.make(palette.INK, indent=1, text_wrap=True, valign="top"),
            "header": self.make(
                palette.WHITE, bold=True, text_wrap=True, align="center", **frame, **ground
            ),
            "TEXT": self.make(palette.INK, **box),
            "COUNT": self.make(palette.INK, num_format=formats.WHOLE, **centred),
            "RATE": self.make(palette.INK, num_format=formats.PERCENT_TENTHS, bold=True, **centred),
            "POINTS": self.make(palette.INK, num_format=formats.TWO_DECIMALS, **centred),
            "GAP": self.make(palette.INK, num_format=_GAP, **centred),
        }


def render_book(tables: Sequence[FigureTable], told: Sequence[str]) -> bytes:
    """Return the workbook.

    Args:
        tables: a sheet for each.
        told: what the first sheet says: the scope, the definitions, what is not known.
    """
    target = BytesIO()
    with strict():
        workbook = SafeWorkbook(target, {"in_memory": True})
        workbook.set_properties({"title": "Statistiques du registre", "author": "sheetgen"})
        styles = _Styles(workbook=workbook).made()
        _write_told(workbook.add_worksheet(READ_ME), told, styles)
        for table in tables:
            _write_table(workbook.add_worksheet(table.sheet), table, styles)
        workbook.close()
    return target.getvalue()


def _prepare(sheet: SafeWorksheet, title: str, columns: int, styles: dict[str, Format]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P sur &N")
    sheet.set_row(0, 30)
    for column in range(columns):
        sheet.put(0, column, None, styles["title"])
    sheet.put(0, 0, title, styles["title"])


def _write_told(sheet: SafeWorksheet, told: Sequence[str], styles: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 120)
    _prepare(sheet, "Statistiques du registre", 1, styles)
    sheet.set_portrait()
    for row, text in enumerate(told, start=2):
        sheet.set_row(row, text_fit.height(text, 120, _NOTE_FONT) + 4)
        sheet.put(row, 0, text, styles["plain"])


def _write_table(sheet: SafeWorksheet, table: FigureTable, styles: dict[str, Format]) -> None:
    last = len(table.columns) - 1
    _prepare(sheet, table.title, last + 1, styles)
    widths = _widths(table)
    width = sum(widths)
    for place, own in enumerate(widths):
        sheet.set_column(place, place, own)
    for row, note in enumerate(table.notes, start=1):
        sheet.merge_range(row, 0, row, last, note, styles["note"])
        sheet.set_row(row, text_fit.height(note, width * 0.95, _NOTE_FONT) + 2)
    header = len(table.notes) + 2
    names = [(column.name, own) for column, own in zip(table.columns, widths, strict=True)]
    bold = text_fit.Font(bold=True)
    sheet.set_row(header, max(text_fit.height(*item, bold) for item in names) + 4)
    for place, column in enumerate(table.columns):
        sheet.put(header, place, column.name, styles["header"])
    if not table.rows:
        sheet.merge_range(header + 1, 0, header + 1, last, table.empty, styles["note"])
        return
    for row, values in enumerate(table.rows, start=header + 1):
        texts = [
            (str(value), own - 1)
            for value, column, own in zip(values, table.columns, widths, strict=True)
            if column.kind is ColumnKind.TEXT and value
        ]
        sheet.set_row(row, max(18, *(text_fit.height(*t, _NOTE_FONT) for t in texts)))
        for place, column in enumerate(table.columns):
            content = _content(table, values, (row, place), column)
            sheet.put(row, place, content, styles[column.kind.name])
    sheet.autofilter(header, 0, header + len(table.rows), last)
    sheet.freeze_panes(header + 1, _frozen(table))
    sheet.repeat_rows(header)


def _widths(table: FigureTable) -> list[float]:
    """Return the columns' widths, texts narrowed as far as the window asks."""
    widths = [column.width for column in table.columns]
    texts = [
        place
        for place, item in enumerate(table.columns)
        if item.kind is ColumnKind.TEXT and item.width > _NARROW
    ]
    room = _WINDOW - sum(_pixels(own) for own in widths)
    shared = sum(widths[place] for place in texts)
    for place in texts if room < 0 else ():
        widths[place] += room / _CHARACTER * widths[place] / shared
    return widths


def _pixels(width: float) -> float:
    return width * _CHARACTER + _PADDING


def _content(
    table: FigureTable, values: tuple[Value, ...], at: tuple[int, int], column: FigureColumn
) -> Value | Cell:
    row, place = at
    if column.kind is not ColumnKind.RATE:
        return values[place]
    part, whole = (xl_rowcol_to_cell(row, item) for item in column.over)
    rate = table.rate(values, place)
    formula = f'=IF({whole}>={max(column.least, 1)},{part}/{whole},"{NO_RATE}")'
    return Cell(formula=formula, value=NO_RATE if rate is None else rate)


def _frozen(table: FigureTable) -> int:
    """Return how many of the first columns stay in sight: those that name a row, if narrow."""
    names = [column for column in table.columns if column.kind is ColumnKind.TEXT]
    leading = table.columns[: len(names)] == tuple(names)
    return len(names) if leading and sum(column.width for column in names) < 60 else 1
