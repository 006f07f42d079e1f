"""Records of .xls and .xlsb that mislead readers; workbooks that are locked."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import msoffcrypto
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from returns.desk import DESK, MARKED, values
from spreadsheet import hostile

from sheetgen.spreadsheet import UnreadableWorkbookError, read_workbook
from sheetgen.spreadsheet.xls import Compound, wrap_stream

if TYPE_CHECKING:
    from sheetgen.problems import Problem

BEGINNING = (0x809, struct.pack("<4H2I", 0x600, 0x20, 0, 0, 0, 0))
END = (0x0A, b"")


def refusal(data: bytes) -> Problem:
    """The problem that a workbook is refused with."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    return caught.value.at("g.xls")


def test_a_charts_own_copy_of_cells_is_not_the_sheets() -> None:
    """Excel keeps it inside the sheet, as records like those of cells, and cells may follow."""
    cells = [
        hostile.xls_cell(hostile.NUMBER, 0, 0, 1.0),
        BEGINNING,
        hostile.xls_cell(hostile.NUMBER, 0, 0, 7.0),
        hostile.xls_cell(hostile.NUMBER, 4, 4, 7.0),
        BEGINNING,
        hostile.xls_cell(hostile.NUMBER, 5, 5, 7.0),
        END,
        END,
        hostile.xls_cell(hostile.NUMBER, 1, 0, 2.0),
        (0xE5, struct.pack("<5H", 1, 2, 3, 0, 1)),
    ]
    sheet = read_workbook(hostile.xls(cells)).sheets[0]
    assert sheet.rows == {0: {0: 1.0}, 1: {0: 2.0}}
    assert [(item.first, item.last) for item in sheet.merged] == [((2, 0), (3, 1))]


def test_an_xls_of_any_length_is_given_whole_to_the_values_reader() -> None:
    """Its stream is put into a container of our own, whose tables have to grow with it."""
    for length in (1, 4096, 4097, 5_000_000):
        content = bytes(length - 1) + b"x"
        found = Compound(wrap_stream("Workbook", content)).stream("Workbook")
        assert found.rstrip(b"\0") == content


def test_short_records_of_an_xlsb_are_read() -> None:
    """SheetJS leaves out the column of a cell that follows another: none is lost."""
    style = bytes(4)
    rows = (
        hostile.xlsb_row(0)
        + hostile.xlsb_cell(6, 1, hostile.xlsb_text("Acquis"))
        + hostile.xlsb_record(17, style + hostile.xlsb_text("vu"))
        + hostile.xlsb_record(12, style)
        + hostile.xlsb_record(16, style + struct.pack("<d", 2.5))
        + hostile.xlsb_record(13, style + struct.pack("<i", 12 << 2 | 2))
        + hostile.xlsb_record(15, style + b"\x01")
        + hostile.xlsb_record(14, style + b"\x07")
        + hostile.xlsb_row(1)
        + hostile.xlsb_record(17, style + hostile.xlsb_text("premier"))
    )
    sheet = read_workbook(hostile.xlsb(rows)).sheets[0]
    assert sheet.rows == {
        0: {1: "Acquis", 2: "vu", 4: 2.5, 5: 12.0, 6: True},
        1: {0: "premier"},
    }
    assert sheet.errors == {(0, 7): "#DIV/0!"}


def test_rich_texts_of_an_xlsb_are_read() -> None:
    """A text with fonts of its own inside the cell, which the values' reader passes over."""
    rich = b"\x00" + hostile.xlsb_text("Acquis")
    rows = hostile.xlsb_row(0) + hostile.xlsb_cell(62, 3, rich)
    assert read_workbook(hostile.xlsb(rows)).sheets[0].rows == {0: {3: "Acquis"}}


def test_a_decoy_in_an_xlsb_is_not_read() -> None:
    """What stands at the usual name of the shared texts without being named is no part of it."""
    texts = (
        hostile.xlsb_record(159, struct.pack("<2I", 1, 1))
        + hostile.xlsb_record(19, b"\x00" + hostile.xlsb_text("Acquis"))
        + hostile.xlsb_record(160)
    )
    rows = hostile.xlsb_row(0) + hostile.xlsb_cell(7, 0, struct.pack("<I", 0))
    data = hostile.xlsb(rows, texts=texts)
    other = texts.replace("Acquis".encode("utf-16-le"), "Raturé".encode("utf-16-le"))
    moved = hostile.replaced(data, "xl/_rels/workbook.bin.rels", "sharedStrings.bin", "textes.bin")
    items = [item for item in hostile.entries(moved) if item.name != "xl/sharedStrings.bin"]
    decoyed = hostile.written(
        [
            *items,
            hostile.entry("xl/textes.bin", texts),
            hostile.entry("xl/sharedStrings.bin", other),
        ]
    )
    assert read_workbook(decoyed) == read_workbook(data)
    assert read_workbook(data).sheets[0].rows == {0: {0: "Acquis"}}


def encrypted(data: bytes, password: str) -> bytes:
    """A workbook as Excel encrypts it."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def test_a_workbook_encrypted_with_excels_own_password_is_read() -> None:
    """Excel does so, and opens it unasked, where the structure alone is protected."""
    data = encrypted(DESK.grid(), "VelvetSweatshop")
    assert msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted()
    assert values(DESK.collect({"g.xlsx": data})) == MARKED


def test_a_workbook_with_another_password_is_refused() -> None:
    """Whoever chose it has to take it away."""
    problem = refusal(encrypted(hostile.grid(), "secret"))
    assert problem.code == "password-protected-workbook"
    assert "protégé par un mot de passe à l'ouverture" in problem.message


@pytest.mark.parametrize(
    "streams",
    [
        {"EncryptedPackage": b"x", "DRMEncryptedDataSpace": b"x"},
        {"Workbook": hostile.xls_stream([]), "\x09DRMContent": b"x"},
    ],
    ids=["xlsx", "xls"],
)
def test_rights_management_is_told_from_a_password(streams: dict[str, bytes]) -> None:
    """There is no password to ask for."""
    problem = refusal(hostile.compound(streams))
    assert problem.code == "rights-managed-workbook"
    assert "mot de passe" in problem.message


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:x'/>",
         "unread-spreadsheet-format", ".fods"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/"
         b"xmlPackage'/>", "unread-spreadsheet-format", "Flat OPC"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "not-a-workbook", "Google"),
        (b"[InternetShortcut]\r\nURL=https://exemple.fr", "not-a-workbook", "raccourci"),
        (b"From: a@exemple.fr\r\nSubject: grille\r\nMIME-Version: 1.0\r\n", "not-a-workbook", "message"),
        (b"\x78\x9f\x3e\x22 suite", "not-a-workbook", "winmail"),
        (b"\0\0\0\x18ftypheic", "not-a-workbook", "HEIC"),
        (hostile.compound({"__properties_version1.0": b"x"}), "not-a-workbook", "Outlook"),
    ],
)  # fmt: skip
def test_what_jurors_send_in_place_of_a_grid_is_named(data: bytes, code: str, words: str) -> None:
    """By its content, whatever its name."""
    problem = refusal(data)
    assert problem.code == code
    assert words in problem.message


def test_an_xls_tells_the_numbers_that_it_shows_as_others() -> None:
    """By its styles: 0 %, a format of its own in thousands, and the usual one, in any record."""
    code = b"0.0,"
    own = struct.pack("<2HB", 164, len(code), 0) + code
    styles = [(0xE0, struct.pack("<2H16x", 0, number)) for number in (0, 9, 164)]
    several = (0xBD, struct.pack("<2HHiHiH", 1, 0, 1, 50 << 2 | 3, 0, 12 << 2 | 2, 1))
    cells = [
        (hostile.NUMBER, struct.pack("<3Hd", 0, 0, 1, 0.5)),
        (hostile.NUMBER, struct.pack("<3Hd", 0, 1, 2, 12.0)),
        (hostile.NUMBER, struct.pack("<3Hd", 0, 2, 0, 12.5)),
        several,
    ]
    sheet = read_workbook(hostile.xls(cells, styles=[(0x41E, own), *styles])).sheets[0]
    assert sheet.rows == {0: {0: 0.5, 1: 12.0, 2: 12.5}, 1: {0: 0.5, 1: 12.0}}
    assert sheet.shown == {(0, 0): "50 %", (0, 1): "12 en milliers", (1, 0): "50 %"}


def test_an_xls_tells_a_number_under_a_format_that_shows_something_else() -> None:
    """With the format as it is written: 8 is seen as 8/10."""
    code = b'0"/10"'
    own = struct.pack("<2HB", 164, len(code), 0) + code
    styles = [(0x41E, own), (0xE0, struct.pack("<2H16x", 0, 164))]
    cells = [(hostile.NUMBER, struct.pack("<3Hd", 0, 0, 0, 8.0))]
    sheet = read_workbook(hostile.xls(cells, styles=styles)).sheets[0]
    assert (sheet.rows, sheet.shown) == ({0: {0: 8.0}}, {(0, 0): '8 sous le format 0"/10"'})


def test_an_xlsb_tells_the_numbers_that_it_shows_as_others() -> None:
    """By the styles of cells, not by those that they are derived from."""
    styles = b"".join([
        hostile.xlsb_record(44, struct.pack("<H", 164) + hostile.xlsb_text("0.0%")),
        hostile.xlsb_record(626, struct.pack("<I", 1)),
        hostile.xlsb_record(47, struct.pack("<2H12x", 0xFFFF, 9)),
        hostile.xlsb_record(627),
        hostile.xlsb_record(617, struct.pack("<I", 2)),
        hostile.xlsb_record(47, struct.pack("<2H12x", 0, 0)),
        hostile.xlsb_record(47, struct.pack("<2H12x", 0, 164)),
        hostile.xlsb_record(618),
    ])  # fmt: skip
    rows = (
        hostile.xlsb_row(0)
        + hostile.xlsb_record(5, struct.pack("<2Id", 0, 1, 0.5))
        + hostile.xlsb_record(5, struct.pack("<2Id", 1, 0, 12.5))
    )
    sheet = read_workbook(hostile.xlsb(rows, styles=styles)).sheets[0]
    assert sheet.rows == {0: {0: 0.5, 1: 12.5}}
    assert sheet.shown == {(0, 0): "50 %"}
