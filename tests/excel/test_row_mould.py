"""A filled row is what XlsxWriter writes for that row; rows go between those it writes itself."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from sheetgen.excel import RowCell, StampedWorkbook, gap_mark, strict, without_gaps
from sheetgen.rules import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.excel import Content, StampedWorksheet

FORMULA = f"=IF($A{gap_mark(0)}>50%,'Critères'!$B${gap_mark(1)},\"1048576 % <v>0</v>\")"


def cells(workbook: StampedWorkbook, contents: list[Content]) -> list[RowCell]:
    """Return cells from column B on, an empty column between two."""
    style = workbook.add_format({"bold": True})
    return [RowCell(1 + 2 * place, content, style) for place, content in enumerate(contents)]


def saved(fill: Callable[[StampedWorkbook, StampedWorksheet], None]) -> bytes:
    """Return a workbook of one sheet, once it is filled."""
    target = io.BytesIO()
    with strict(), StampedWorkbook(target) as workbook:
        fill(workbook, workbook.add_worksheet("A"))
    return target.getvalue()


@pytest.mark.parametrize("height", [None, 18.0, 30.75, 409.0])
def test_a_filled_row_is_what_xlsxwriter_writes(height: float | None) -> None:
    """Numbers of rows, a height, a text, a number, a blank, formulas over both."""

    def fill(workbook: StampedWorkbook, sheet: StampedWorksheet) -> None:
        samples: list[Content] = ["x", 1, None, Cell(FORMULA, "x"), Cell(FORMULA, 1)]
        row_cut = sheet.cut_row(cells(workbook, samples), tall=height is not None, rows=2)
        for row, other in ((7, 12), (104, 3)):
            formula = without_gaps(FORMULA, (row, other))
            contents: list[Content] = [
                "Zoé %s",
                2.5,
                None,
                Cell(formula, "<&\x01"),
                Cell(formula, 0.1),
            ]
            usual = sheet.render_row(row, cells(workbook, contents), height)
            texts = [
                b"%d" % row,
                b"%d" % other,
                b"" if height is None else sheet.height_of(height),
                sheet.text_of("Zoé %s"),
                sheet.number_of(2.5),
                sheet.result_of("<&\x01"),
                sheet.result_of(0.1),
            ]
            assert row_cut.mould().fill(texts).decode() == usual
            given = {4: texts[4], 6: texts[6]}
            some = row_cut.half_filled(given, {1: 1, 2: 2, 3: 4, 5: 3})
            assert some.fill([*texts[:3], texts[5], texts[3]]).decode() == usual
            sheet.add_row(row, usual.encode())

    assert zipfile.ZipFile(io.BytesIO(saved(fill))).testzip() is None


def test_rows_stand_between_those_written_above_and_below() -> None:
    """In order, with the dimensions of all; the sample leaves no trace."""

    def fill(workbook: StampedWorkbook, sheet: StampedWorksheet) -> None:
        sheet.put(0, 0, "tête")
        sheet.put(9, 0, "pied")
        mould = sheet.cut_row(cells(workbook, ["x"]), tall=False, rows=1).mould()
        for row in (3, 4):
            sheet.add_row(
                row, mould.fill([b"%d" % row, b"", sheet.text_of(f"rang {row}")]), texts=1
            )

    data = saved(fill)
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert [(cell.coordinate, cell.value) for row in sheet for cell in row if cell.value] == [
        ("A1", "tête"),
        ("B3", "rang 3"),
        ("B4", "rang 4"),
        ("A10", "pied"),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").decode()
        texts = archive.read("xl/sharedStrings.xml").decode()
    assert '<dimension ref="A1:B10"/>' in part
    assert part.index('r="1"') < part.index('r="3"') < part.index('r="4"') < part.index('r="10"')
    assert 'count="4" uniqueCount="4"' in texts
