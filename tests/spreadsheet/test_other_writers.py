"""Workbooks that programs other than Excel and LibreOffice write in their own way are read too.

Genuine workbooks are rewritten here as each program was seen to write them; the programs themselves
are driven by `tests/deep/test_programs.py`.
"""

from __future__ import annotations

import re
import struct

import pytest
from spreadsheet import hostile

from sheetgen.spreadsheet import (
    RawCell,
    RawSheet,
    UnreadableWorkbookError,
    read_workbook,
)


def short(kind: int, value: bytes = b"") -> bytes:
    """A cell of an .xlsb that says its style and its value, and no column."""
    return hostile.xlsb_record(kind, bytes(4) + value)


def rows_of(data: bytes) -> dict[int, dict[int, RawCell]]:
    """The first sheet's values by row and column."""
    return {row: dict(cells) for row, cells in read_workbook(data).sheets[0].rows.items()}


def refused(data: bytes) -> str:
    """The code and the message that refuse the workbook."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    problem = caught.value.at("grille.xlsb")
    return f"{problem.code}: {problem.message}"


def test_a_cell_of_an_xlsb_without_a_column_names_a_shared_text() -> None:
    """Numbers of shared texts come in the short form, too."""
    texts = (
        hostile.xlsb_record(159, struct.pack("<2I", 2, 2))
        + hostile.xlsb_record(19, b"\0" + hostile.xlsb_text("Acquis"))
        + hostile.xlsb_record(19, b"\0" + hostile.xlsb_text("Non acquis"))
        + hostile.xlsb_record(160)
    )
    rows = (
        hostile.xlsb_row(0)
        + hostile.xlsb_cell(7, 0, struct.pack("<I", 1))
        + short(18, struct.pack("<I", 0))
    )
    assert rows_of(hostile.xlsb(rows, texts=texts)) == {0: {0: "Non acquis", 1: "Acquis"}}


def test_a_cell_without_a_column_over_another_is_refused() -> None:
    """Which of two values was meant cannot be known, however they are written."""
    rows = (
        hostile.xlsb_row(0)
        + hostile.xlsb_cell(6, 0, hostile.xlsb_text("Code"))
        + short(17, hostile.xlsb_text("Acquis"))
        + hostile.xlsb_cell(6, 1, hostile.xlsb_text("Non acquis"))
    )
    assert "la cellule B1 de la feuille BC01 y est deux fois" in refused(hostile.xlsb(rows))


def test_a_text_with_several_fonts_in_an_xlsb_is_read() -> None:
    """A text that its cell holds with its fonts shows the text; other readers lose it."""
    fonts = struct.pack("<I", 1) + struct.pack("<2H", 0, 0)
    rows = (
        hostile.xlsb_row(2)
        + hostile.xlsb_cell(62, 1, b"\x01" + hostile.xlsb_text("Non acquis") + fonts)
        + short(17, hostile.xlsb_text("Revu"))
    )
    assert rows_of(hostile.xlsb(rows)) == {2: {1: "Non acquis", 2: "Revu"}}


CELL = struct.pack("<2I", 1, 0)
"""Where a cell of an .xlsb stands, column B, and its style."""


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (2, CELL + b"\x02"),
        (3, CELL),
        (4, CELL),
        (5, CELL + b"\0\0"),
        (6, CELL),
        (6, CELL[:6]),
        (6, CELL + struct.pack("<I", 2) + b"A\0"),
        (7, CELL + b"\0"),
        (8, CELL),
        (9, CELL),
        (17, b"\0\0"),
        (62, CELL + b"\0" + struct.pack("<I", 99) + b"A\0"),
    ],
)
def test_a_cell_of_an_xlsb_that_is_cut_short_is_refused(kind: int, body: bytes) -> None:
    """The values' reader would go on in what the cell before it has left: a neighbour's mark."""
    rows = hostile.xlsb_row(0) + hostile.xlsb_cell(6, 0, hostile.xlsb_text("Acquis"))
    said = refused(hostile.xlsb(rows + hostile.xlsb_record(kind, body)))
    assert said.startswith("damaged-workbook:")


def test_a_shared_text_of_an_xlsb_that_is_cut_short_is_refused() -> None:
    """Its end would be that of the text before it."""
    texts = (
        hostile.xlsb_record(159, struct.pack("<2I", 2, 2))
        + hostile.xlsb_record(19, b"\0" + hostile.xlsb_text("Non acquis"))
        + hostile.xlsb_record(19, b"\0" + struct.pack("<I", 10))
        + hostile.xlsb_record(160)
    )
    rows = hostile.xlsb_row(0) + hostile.xlsb_cell(7, 0, struct.pack("<I", 1))
    assert "un de ses textes est incomplet" in refused(hostile.xlsb(rows, texts=texts))


def label(kind: int, text: bytes, length: int) -> hostile.Record:
    """A cell of an .xls, A2, that holds a text and says its length."""
    return kind, struct.pack("<3HHB", 1, 0, 0, length, 0) + text


@pytest.mark.parametrize("kind", [0x204, 0xD6])
def test_a_text_inside_its_cell_of_an_xls_is_read(kind: int) -> None:
    """SheetJS shares no texts, and old programs keep a text's fonts beside it."""
    fonts = b"\0\0" if kind == 0xD6 else b""
    assert rows_of(hostile.xls([label(kind, b"Acquis" + fonts, 6)])) == {1: {0: "Acquis"}}


@pytest.mark.parametrize("kind", [0x204, 0xD6])
def test_a_text_inside_its_cell_of_an_xls_that_is_cut_short_is_refused(kind: int) -> None:
    """It is not read up to where it ends."""
    said = refused(hostile.xls([label(kind, b"Acquis", 18)]))
    assert "la cellule A2 de la feuille BC01 est incomplète" in said


def test_a_cell_of_an_xls_that_names_a_text_beyond_the_last_is_refused() -> None:
    """It would be read as a blank."""
    shared = 0xFD, struct.pack("<3HI", 1, 0, 0, 4)
    said = refused(hostile.xls([shared]))
    assert "la cellule A2 de la feuille BC01 est incomplète" in said


def test_a_text_of_no_formula_in_an_xls_is_refused() -> None:
    """It would take the place of whatever value stands in the first cell."""
    stray = 0x207, struct.pack("<HB", 6, 0) + b"Acquis"
    said = refused(hostile.xls([hostile.xls_cell(hostile.NUMBER, 0, 0, 7.5), stray]))
    assert "un texte de la feuille BC01 n'est celui d'aucune formule" in said


def whole(data: bytes) -> RawSheet:
    """The first sheet of a workbook."""
    return read_workbook(data).sheets[0]


def as_sheetjs(data: bytes) -> bytes:
    """The workbook as SheetJS writes it: it says everywhere that blanks are to be kept."""
    kept = b' xml:space="preserve"'
    opening = re.compile(rb"<(row|c|v)(?=[ >])")
    return hostile.edited(
        data, hostile.SHEET, lambda body: opening.sub(lambda found: found[0] + kept, body)
    )


def test_an_xlsx_as_sheetjs_writes_it_reads_as_its_original() -> None:
    """Attributes that only keep blanks say nothing of rows, cells and values."""
    assert whole(as_sheetjs(hostile.grid())) == whole(hostile.grid())


def test_an_xlsx_as_gnumeric_writes_it_reads_as_its_original() -> None:
    """Texts stand in their cells, each element on a line of its own, blanks kept or not."""
    written = hostile.edited(
        hostile.grid(),
        hostile.SHEET,
        lambda body: body.replace(
            b't="s"><v>4</v></c>', b't="inlineStr"><is><t>Acquis</t></is></c>'
        ).replace(b"><", b">\n      <"),
    )
    assert whole(written) == whole(hostile.grid())


def test_an_ods_as_gnumeric_writes_it_is_read() -> None:
    """Forms before the rows, rows filled up to the last column, cells covered by a merge."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    rows = (
        f'<office:forms xmlns:form="{names}:form:1.0" form:automatic-focus="false"><form:form/>'
        "</office:forms>\n"
        '<table:table-column table:number-columns-repeated="16379"/>\n'
        f"<table:table-row>\n  {hostile.ods_cell('C1.1.1', columns_spanned=2)}\n"
        '  <table:covered-table-cell table:number-columns-repeated="1"/>\n'
        f"  {hostile.ods_cell('Non <text:span>acquis</text:span>')}\n"
        '  <table:table-cell table:number-columns-repeated="16379"/>\n</table:table-row>\n'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows_of(hostile.ods(rows)) == {0: {0: "C1.1.1", 2: "Non acquis"}}
