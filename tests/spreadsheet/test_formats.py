"""Workbooks read from each of the five formats."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet import hostile
from tries import tries

from sheetgen.spreadsheet import (
    MergedRange,
    Moment,
    RawSheet,
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    read_workbook,
)
from sheetgen.spreadsheet.contents import cell_address, parse_address

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

XLSX, XLS, XLSB, ODS = (
    SpreadsheetFormat.XLSX,
    SpreadsheetFormat.XLS,
    SpreadsheetFormat.XLSB,
    SpreadsheetFormat.ODS,
)

VALUES = {
    "B2": "Code", "C2": "Évaluation", "D2": "Points",
    "B3": "C1.1.1", "C3": "Acquis", "D3": 2.0,
    "B4": "C1.1.2", "C4": "Non acquis & revu", "D4": 0.1,
    "C5": "Acquis",
    "B6": True, "C6": Moment(day=hostile.MOMENT.date(), clock=hostile.MOMENT.time()),
    "B7": "fusion",
}  # fmt: skip


def filled(sheet: RawSheet) -> dict[str, object]:
    """The sheet's values by address, empty ones left out."""
    return {
        cell_address(row, column): value
        for row, cells in sheet.rows.items()
        for column, value in cells.items()
    }


def refusal(data: bytes) -> UnreadableWorkbookError:
    """Return why the workbook is refused."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    return caught.value


def test_an_xlsx_gives_values_formulas_errors_merges_and_properties() -> None:
    """Everything that is in the cells is seen, at its true address."""
    book = read_workbook(hostile.grid())
    sheet = book.sheets[0]
    assert filled(sheet) == VALUES
    assert sheet.left == 1
    assert sheet.formulas == {(4, 2): '="Acq"&"uis"', (4, 3): "=1/0"}
    assert sheet.errors == {(4, 3): "#DIV/0!"}
    assert sheet.merged == (MergedRange(first=(6, 1), last=(7, 2)),)
    assert book.properties == {"sheetgen.grid": "G-1", "sheetgen.version": "3"}


def test_very_hidden_sheets_are_read() -> None:
    """A grid's stamp is found where no user sees it."""
    stamp = read_workbook(hostile.grid()).sheet("_sheetgen")
    assert stamp is not None
    assert [list(cells.values()) for cells in stamp.rows.values()] == [["candidat"]]


def test_a_value_outside_the_filled_area_is_empty() -> None:
    """Asking anywhere is allowed."""
    sheet = read_workbook(hostile.grid()).sheets[0]
    assert (sheet.value(2, 1), sheet.value(0, 0), sheet.value(900, 90)) == ("C1.1.1", "", "")


def test_a_cell_knows_the_merge_it_is_part_of() -> None:
    """Every cell of a merged range leads to the range, and no other does."""
    sheet = read_workbook(hostile.grid()).sheets[0]
    assert sheet.merge_at(7, 2) == MergedRange(first=(6, 1), last=(7, 2))
    assert sheet.merge_at(5, 1) is None


def test_strict_and_prefixed_xml_say_the_same() -> None:
    """What differs only in how XML names things is read alike."""
    plain = read_workbook(hostile.grid()).sheets[0]
    assert read_workbook(hostile.strict(hostile.grid())).sheets[0] == plain
    assert read_workbook(hostile.prefixed(hostile.grid())).sheets[0] == plain


@pytest.mark.parametrize("index", ["1x", "-1", "1 2", "1.5", "é", "٣"])
def test_a_text_whose_number_is_unreadable_is_refused_at_its_cell(index: str) -> None:
    """The values' reader would take it for the workbook's first text."""
    data = hostile.replaced(
        hostile.grid(), hostile.SHEET, '<c r="C3" t="s"><v>4<', f'<c r="C3" t="s"><v>{index}<'
    )
    problem = refusal(data).at("g.xlsx")
    assert problem.code == "damaged-workbook"
    assert (problem.location.sheet, problem.location.cell) == ("BC01", "C3")


def test_a_text_whose_number_is_too_large_is_refused() -> None:
    """A number beyond the last text names no text."""
    data = hostile.replaced(hostile.grid(), hostile.SHEET, 't="s"><v>4<', 't="s"><v>400<')
    assert refusal(data).at("g.xlsx").code == "damaged-workbook"


def test_a_cell_written_twice_is_refused_at_its_cell() -> None:
    """Which of two values was meant cannot be known."""
    data = hostile.replaced(
        hostile.grid(), hostile.SHEET, '<c r="D3">', '<c r="D3"><v>0</v></c><c r="D3">'
    )
    problem = refusal(data).at("g.xlsx")
    assert (problem.code, problem.location.cell) == ("damaged-workbook", "D3")


def test_a_cell_written_twice_in_a_binary_format_is_refused() -> None:
    """As in XML, which of two values was meant cannot be known."""
    number = hostile.xls_cell(hostile.NUMBER, 2, 1, 1.0)
    old = refusal(hostile.xls([number, number])).at("g.xls")
    cell = hostile.xlsb_cell(5, 1, struct.pack("<d", 1.0))
    new = refusal(hostile.xlsb(hostile.xlsb_row(2) + cell + cell)).at("g.xlsb")
    for problem in (old, new):
        assert problem.code == "damaged-workbook"
        assert "la cellule B3 de la feuille BC01 y est deux fois" in problem.message


@pytest.mark.parametrize("address", ["D0", "3", "ABCD3", "D3:E4", "é3"])
def test_an_impossible_address_is_refused(address: str) -> None:
    """A value of which nobody knows the cell is not read."""
    data = hostile.replaced(hostile.grid(), hostile.SHEET, 'r="D3"', f'r="{address}"')
    assert refusal(data).at("g.xlsx").code == "damaged-workbook"


def test_cells_without_addresses_follow_one_another() -> None:
    """Some tools leave addresses out: a cell is then beside the one before it."""
    data = hostile.replaced(hostile.grid(), hostile.SHEET, '<c r="D5" ', "<c ")
    sheet = read_workbook(data).sheets[0]
    assert sheet.errors == {(4, 3): "#DIV/0!"}


def test_two_sheets_of_one_name_are_refused() -> None:
    """Which one holds the marks cannot be known."""
    data = hostile.replaced(hostile.grid(), "xl/workbook.xml", '"_sheetgen"', '"bc01"')
    problem = refusal(data).at("g.xlsx")
    assert (problem.code, problem.location.sheet) == ("damaged-workbook", "bc01")


@pytest.mark.parametrize("part", [hostile.SHEET, "xl/workbook.xml", hostile.TEXTS])
def test_a_missing_part_is_refused(part: str) -> None:
    """A workbook without one of its parts is never read as if the part were empty."""
    assert refusal(hostile.without(hostile.grid(), part)).kind.code == "damaged-workbook"


@pytest.mark.parametrize("part", [hostile.SHEET, "xl/workbook.xml", "docProps/custom.xml"])
def test_broken_xml_is_refused(part: str) -> None:
    """A part cut short is not read up to the cut."""
    data = hostile.edited(hostile.grid(), part, lambda body: body[:-20])
    assert refusal(data).kind.code == "damaged-workbook"


def test_a_workbook_that_lists_no_sheets_has_nothing_to_read() -> None:
    """It is said to hold no sheet, not read as an empty grid."""
    data = hostile.edited(
        hostile.grid(),
        "xl/workbook.xml",
        lambda body: re.sub(rb"<sheets>.*</sheets>", b"<sheets></sheets>", body),
    )
    assert refusal(data).kind.code == "workbook-without-sheets"


def test_an_xlsb_gives_values_formulas_errors_and_merges() -> None:
    """The binary format is read as its twin is; a formula is seen without its text."""
    rows = (
        hostile.xlsb_row(1)
        + hostile.xlsb_cell(6, 1, hostile.xlsb_text("Acquis"))
        + hostile.xlsb_cell(5, 2, struct.pack("<d", 2.5))
        + hostile.xlsb_row(3)
        + hostile.xlsb_cell(9, 1, struct.pack("<dHI", 4.0, 0, 0))
        + hostile.xlsb_cell(3, 2, b"\x07")
        + hostile.xlsb_cell(2, 3, struct.pack("<i", 12 << 2 | 2))
        + hostile.xlsb_record(146)
        + hostile.xlsb_record(176, struct.pack("<4I", 5, 6, 1, 2))
    )
    sheet = read_workbook(hostile.xlsb(rows)).sheets[0]
    assert filled(sheet) == {"B2": "Acquis", "C2": 2.5, "B4": 4.0, "D4": 12.0}
    assert sheet.formulas == {(3, 1): "="}
    assert sheet.errors == {(3, 2): "#DIV/0!"}
    assert sheet.merged == (MergedRange(first=(5, 1), last=(6, 2)),)


def test_an_xls_formula_stored_as_zero_reads_as_empty() -> None:
    """LibreOffice stores 0 for a text it has not recalculated: the 0 is not believed."""
    cells = [
        hostile.xls_cell(hostile.FORMULA, 0, 0, 0.0),
        hostile.xls_cell(hostile.FORMULA, 1, 0, 3.0),
        hostile.xls_cell(hostile.NUMBER, 2, 0, 0.0),
    ]
    sheet = read_workbook(hostile.xls(cells)).sheets[0]
    assert [sheet.value(row, 0) for row in range(3)] == ["", 3.0, 0.0]
    assert sheet.formulas == {(0, 0): "=", (1, 0): "="}


def test_an_ods_repeats_values_formulas_and_errors() -> None:
    """A count of repeated rows and columns stands for as many cells, each with its formula."""
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        '<table:table-cell table:number-columns-repeated="2" table:formula="of:=1+1" '
        'office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell></table:table-row>"
        f"<table:table-row>{hostile.ods_cell('x', columns_spanned=2, rows_spanned=3)}"
        "</table:table-row>"
    )
    sheet = read_workbook(hostile.ods(rows)).sheets[0]
    assert filled(sheet) == {"B4": 2.0, "C4": 2.0, "B5": 2.0, "C5": 2.0, "A6": "x"}
    assert sheet.formulas == {
        (3, 1): "=1+1", (3, 2): "=1+1", (3, 3): "=1/0",
        (4, 1): "=1+1", (4, 2): "=1+1", (4, 3): "=1/0",
    }  # fmt: skip
    assert sheet.errors == {(3, 3): "#DIV/0!", (4, 3): "#DIV/0!"}
    assert sheet.merged == (MergedRange(first=(5, 0), last=(7, 1)),)


def test_libreoffice_copies_read_as_their_original(libreoffice: Office, tmp_path: Path) -> None:
    """One workbook saved as .xlsx, .ods and .xls gives the same cells."""
    original = tmp_path / "grille.xlsx"
    original.write_bytes(hostile.grid())
    read: dict[SpreadsheetFormat, RawWorkbook] = {}
    for form in (XLSX, ODS, XLS):
        (copy,) = libreoffice.convert([original], tmp_path / form.value, f".{form.value}")
        read[form] = read_workbook(copy.read_bytes())
    for form, book in read.items():
        sheet = book.sheets[0]
        # The formula's text is stored as 0 in the .xls, and so read as empty there.
        expected = {k: v for k, v in VALUES.items() if form is not XLS or k != "C5"}
        assert filled(sheet) == expected
        assert set(sheet.formulas) >= {(4, 2), (4, 3)}
        assert sheet.errors == {(4, 3): "#DIV/0!"}
        assert sheet.merged == (MergedRange(first=(6, 1), last=(7, 2)),)
        assert book.sheet("_sheetgen") is not None
    for form in (XLSX, ODS):
        assert read[form].properties["sheetgen.grid"] == "G-1"
        assert read[form].properties["sheetgen.version"] == "3"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("A1", (0, 0)),
        ("D14", (13, 3)),
        ("Z9", (8, 25)),
        ("AA1", (0, 26)),
        ("XFD1048576", (1_048_575, 16_383)),
    ],
)
def test_an_address_is_a_place_counted_from_zero(address: str, place: tuple[int, int]) -> None:
    """The address a user reads, and the place that code counts."""
    assert parse_address(address) == place
    assert cell_address(*place) == address


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_every_place_has_one_address(row: int, column: int) -> None:
    """An address leads back to its place."""
    assert parse_address(cell_address(row, column)) == (row, column)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40
).filter(lambda text: not re.search("_x[0-9A-Fa-f]{4}_", text))
# Spreadsheets keep fifteen digits of a number.
NUMBERS = st.floats(-1e12, 1e12).map(lambda number: float(f"{number:.15g}"))


@tries(40)
@given(st.lists(st.lists(TEXTS | NUMBERS | st.booleans(), min_size=1, max_size=4), max_size=6))
def test_what_is_written_is_what_is_read(rows: list[list[str | float | bool]]) -> None:
    """No text, number or truth changes on its way through a workbook."""
    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("BC01")
    for row, values in enumerate(rows, start=3):
        for column, value in enumerate(values, start=2):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
    book.close()
    read = read_workbook(file.getvalue()).sheets[0]
    for row, values in enumerate(rows, start=3):
        for column, value in enumerate(values, start=2):
            found = read.value(row, column)
            assert (found, type(found)) == (value, type(value))
