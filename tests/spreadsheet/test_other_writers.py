"""What programs other than Excel and LibreOffice write in their own way is read all the same.

Genuine workbooks are rewritten here as each program was seen to write them; the programs themselves
are driven by `tests/programs`.
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


@pytest.mark.parametrize(
    "cut",
    [
        hostile.xlsb_record(17, b"\0\0"),
        hostile.xlsb_record(62, struct.pack("<2I", 1, 0) + b"\0" + struct.pack("<I", 99) + b"A\0"),
    ],
    ids=["short", "with fonts"],
)
def test_a_cell_of_an_xlsb_that_is_cut_short_is_refused(cut: bytes) -> None:
    """A text that ends before its length is not read up to there."""
    first = hostile.xlsb_row(0) + hostile.xlsb_cell(6, 0, hostile.xlsb_text("Code"))
    assert refused(hostile.xlsb(first + cut)).startswith("damaged-workbook:")


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
