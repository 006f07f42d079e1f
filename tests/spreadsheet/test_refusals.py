"""Files that are refused before they are opened, and others that are not."""

from __future__ import annotations

import re
import struct
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from spreadsheet import hostile

from sheetgen.spreadsheet import SpreadsheetFormat, UnreadableWorkbookError, read_workbook
from sheetgen.spreadsheet.detect import check_ending

if TYPE_CHECKING:
    from sheetgen.problems import Problem

GRID = hostile.grid()
TYPES = "[Content_Types].xml"


def refusal(data: bytes) -> Problem:
    """The problem that the workbook is refused with, inspected and then read."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    return caught.value.at("g.xlsx")


def tampered(name: str, **values: object) -> bytes:
    """The grid with one entry's bytes or table changed."""
    return hostile.written(
        replace(item, **values) if item.name == name else item  # type: ignore[arg-type]
        for item in hostile.entries(GRID)
    )


def with_rows(rows: str) -> bytes:
    """The grid with more rows in its first sheet."""
    return hostile.replaced(GRID, hostile.SHEET, "</sheetData>", f"{rows}</sheetData>")


def typed(mark: str) -> bytes:
    """A package whose document is labelled so."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    label = f"<Override PartName='/doc.xml' ContentType='{mark}'/>"
    relation = f"<Relationship Id='r' Type='{office}/officeDocument' Target='doc.xml'/>"
    return hostile.packed(
        {
            TYPES: f"<Types xmlns='{package}/content-types'>{label}</Types>".encode(),
            "_rels/.rels": (
                f"<Relationships xmlns='{package}/relationships'>{relation}</Relationships>"
            ).encode(),
            "doc.xml": b"<a/>",
        }
    )


def cell(address: str) -> str:
    """A cell that holds a number."""
    return f'<c r="{address}"><v>1</v></c>'


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (GRID, SpreadsheetFormat.XLSX),
        (hostile.strict(GRID), SpreadsheetFormat.XLSX),
        (hostile.prefixed(GRID), SpreadsheetFormat.XLSX),
        (
            hostile.replaced(
                GRID,
                TYPES,
                "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                "vnd.ms-excel.sheet.macroEnabled.main",
            ),
            SpreadsheetFormat.XLSM,
        ),
        (hostile.xlsb(hostile.xlsb_row(0)), SpreadsheetFormat.XLSB),
        (hostile.xls([hostile.xls_cell(hostile.NUMBER, 1, 1, 2.0)]), SpreadsheetFormat.XLS),
        (hostile.ods("<table:table-row/>"), SpreadsheetFormat.ODS),
    ],
)
def test_a_workbook_is_recognized_by_its_content(data: bytes, form: SpreadsheetFormat) -> None:
    """No name is needed to tell the five formats apart."""
    assert read_workbook(data).form is form


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "empty-file", "0 octet"),
        (b"%PDF-1.7\n", "not-a-workbook", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "not-a-workbook", "image PNG"),
        (b"\xff\xd8\xff\xe0", "not-a-workbook", "image JPEG"),
        (b"C1.1.1;Acquis\n", "not-a-workbook", "texte ou CSV"),
        ("C1.1.1\tNon observé\n".encode("utf-16"), "not-a-workbook", "inconnu"),
        (b"<html><table>", "not-a-workbook", "HTML"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "not-a-workbook", "HTML"),
        (
            b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>",
            "not-a-workbook",
            "2003",
        ),
        (b"<?xml version='1.0'?><a/>", "not-a-workbook", "XML"),
        (b"{\\rtf1}", "not-a-workbook", "RTF"),
        (b"7z\xbc\xaf\x27\x1c", "unsupported-archive", "7z"),
        (b"Rar!\x1a\x07", "unsupported-archive", "RAR"),
        (typed("application/vnd.x.wordprocessingml.document.main+xml"), "not-a-workbook", "Word"),
        (typed("application/vnd.x.presentationml.main"), "not-a-workbook", "PowerPoint"),
        (typed("application/nothing"), "not-a-workbook", "inconnu"),
        (
            hostile.packed({"mimetype": b"application/vnd.oasis.opendocument.text"}),
            "not-a-workbook",
            "texte OpenDocument",
        ),
        (hostile.packed({"Index/Document.iwa": b""}), "unread-spreadsheet-format", "Numbers"),
        (hostile.compound({"WordDocument": b"x"}), "not-a-workbook", "Word"),
        (hostile.compound({"Divers": b"x"}), "not-a-workbook", "inconnu"),
    ],
)
def test_what_is_no_workbook_is_named_as_what_it_is(data: bytes, code: str, words: str) -> None:
    """The administrator reads what the file is, whatever its name."""
    problem = refusal(data)
    assert problem.code == code
    assert words in problem.message


@pytest.mark.parametrize(
    "data",
    [
        hostile.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}),
        hostile.compound({"Workbook": struct.pack("<3H", 0x2F, 2, 1)}),
        hostile.ods("", encrypted=True),
        tampered(hostile.SHEET, flags=1),
    ],
    ids=["xlsx", "xls", "ods", "zip"],
)
def test_a_password_is_named(data: bytes) -> None:
    """Each format's way of being encrypted is recognized."""
    problem = refusal(data)
    assert problem.code == "password-protected-workbook"
    assert "protégé par un mot de passe à l'ouverture" in problem.message


@pytest.mark.parametrize("kept", [10, 300, len(GRID) // 2, len(GRID) - 100, len(GRID) - 1])
def test_a_workbook_cut_short_is_refused(kept: int) -> None:
    """A download that stopped is never read up to where it stopped."""
    assert refusal(GRID[:kept]).code == "damaged-workbook"


@pytest.mark.parametrize(
    "data",
    [
        tampered(hostile.SHEET, size=10),
        tampered(hostile.SHEET, size=10_000_000),
        tampered(hostile.SHEET, crc=1),
        tampered(hostile.SHEET, packed=b"\xff\xff\xff"),
        tampered(hostile.SHEET, packed=hostile.entry("", b"autre").packed + b"reste"),
    ],
    ids=["smaller", "larger", "other sum", "no deflate", "more behind"],
)
def test_a_part_that_is_not_what_the_table_says_is_refused(data: bytes) -> None:
    """Every part is held against the zip's table, size and sum."""
    problem = refusal(data)
    assert problem.code == "damaged-workbook"
    assert hostile.SHEET in problem.message


def test_a_workbook_that_does_not_say_its_format_is_refused() -> None:
    """It is a damaged workbook, not an archive of its parts."""
    assert refusal(hostile.without(GRID, TYPES)).code == "damaged-workbook"


def test_a_part_of_the_same_name_in_other_case_is_refused() -> None:
    """Readers differ on which of the two counts."""
    items = hostile.entries(GRID)
    double = [
        replace(item, name=hostile.SHEET.upper()) for item in items if item.name == hostile.SHEET
    ]
    problem = refusal(hostile.written(items + double))
    assert problem.code == "suspect-workbook"
    assert "deux fois" in problem.message


def test_an_unknown_compression_is_refused() -> None:
    """Only what every spreadsheet writes is inflated."""
    assert refusal(tampered(hostile.SHEET, method=zipfile.ZIP_LZMA)).code == "suspect-workbook"


def test_parts_that_overlap_are_refused() -> None:
    """A zip whose entries share their bytes inflates without end."""
    data = bytearray(GRID)
    for place in (found.start() for found in re.finditer(rb"PK\x01\x02", GRID)):
        struct.pack_into("<I", data, place + 20, len(GRID) // 4)
    assert refusal(bytes(data)).code == "suspect-workbook"


def test_more_parts_than_a_workbook_has_are_refused() -> None:
    """A zip of countless entries is not looked into."""
    crowd = hostile.packed({f"p{n}": b"" for n in range(2_001)})
    problem = refusal(crowd)
    assert problem.code == "workbook-too-large"
    assert "2001 parties" in problem.message


@pytest.mark.parametrize("name", ["xl/media/image1.png", hostile.SHEET])
def test_a_gibibyte_of_zeros_is_refused_at_once(name: str) -> None:
    """A bomb is inflated up to the limit and no further."""
    items = [item for item in hostile.entries(GRID) if item.name != name]
    bomb = hostile.written([*items, hostile.zeros(name, 1024)])
    before = time.process_time()
    problem = refusal(bomb)
    assert time.process_time() - before < 5
    assert (problem.code, "100 Mo" in problem.message) == ("workbook-too-large", True)


def test_a_small_bomb_is_refused_for_its_ratio() -> None:
    """Sixty megabytes out of sixty kilobytes are no grid, though under the limit."""
    bomb = hostile.written([*hostile.entries(GRID), hostile.zeros("xl/media/image1.png", 60)])
    problem = refusal(bomb)
    assert problem.code == "workbook-too-large"
    assert "200 fois" in problem.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    """A definition of entities, in any encoding, is not expanded."""
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{laughs}]><w>&e9;</w>'
    data = hostile.edited(GRID, hostile.SHEET, lambda _: bomb.encode(encoding))
    problem = refusal(data)
    assert problem.code == "suspect-workbook"
    assert "DTD" in problem.message


def test_an_image_may_hold_a_definition() -> None:
    """A drawing kept as SVG begins with one, and no reader of cells opens it."""
    svg = hostile.entry("xl/media/image1.svg", b"<!DOCTYPE svg><svg/>")
    data = hostile.written([*hostile.entries(GRID), svg])
    assert read_workbook(data).form is SpreadsheetFormat.XLSX


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ('<row r="1048576"><c><v>1</v></c></row>', "A1048576"),
        ("<row r='100001'><c r='A100001'><v>1</v></c></row>", "A100001"),
        ('<row r="9"><c r="ALM9" t="inlineStr"><is><t>x</t></is></c></row>', "ALM9"),
        ('<row r="999999"><c r="a999999"><v>1</v></c></row>', "A999999"),
        ('<row r = "9"><c r = "&#88;FD9"><v>1</v></c></row>', "XFD9"),
        (f'<row r="9">{cell("ABA9")}</row><row r="9999">{cell("A9999")}</row>', "A9999"),
    ],
)
def test_a_stray_cell_is_refused_at_its_address(rows: str, address: str) -> None:
    """Laying the sheet out up to it would take all memory; the user is told where it is."""
    problem = refusal(with_rows(rows))
    assert (problem.code, problem.location.sheet) == ("far-cell", "BC01")
    assert problem.location.cell == address


@pytest.mark.parametrize(
    "data",
    [
        with_rows('<row r="1048576" ht="15"><c r="XFD1048576" s="1"/></row>'),
        with_rows('<row r="9999"><c r="A9999"><v>1</v></c></row>'),
        with_rows('<row r="100000"><c r="A100000"><v>1</v></c></row>'),
        hostile.replaced(GRID, hostile.SHEET, 'ref="B2:D8"', 'ref="A1:XFD1048576"'),
        hostile.replaced(GRID, hostile.SHEET, 'ref="B2:D8"', 'ref="A1:ZZZ99999999"'),
    ],
    ids=["styled only", "far but sparse", "the limit", "whole sheet said", "impossible said"],
)
def test_what_only_looks_far_is_read(data: bytes) -> None:
    """Styles without content and false dimensions do no harm to the reader."""
    assert read_workbook(data).sheets[0].value(2, 1) == "C1.1.1"


@pytest.mark.parametrize(
    "rows",
    [
        (
            '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
            f"</table:table-row><table:table-row>{hostile.ods_cell('x')}</table:table-row>"
        ),
        f"<table:table-row>{hostile.ods_cell('x', columns_repeated=1001)}</table:table-row>",
        (
            f'<table:table-row table:number-rows-repeated="4000000000">{hostile.ods_cell("x")}'
            "</table:table-row>"
        ),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="16383"/>'
            '<table:covered-table-cell table:formula="of:=1"/></table:table-row>'
        ),
    ],
    ids=["far row", "many columns", "many rows", "far formula"],
)
def test_an_ods_that_reaches_too_far_is_refused(rows: str) -> None:
    """Counts of repeated rows and columns are added up before they are believed."""
    problem = refusal(hostile.ods(rows))
    assert (problem.code, problem.location.sheet) == ("far-cell", "BC01")


def test_an_ods_repeats_empty_cells_to_the_sheets_end() -> None:
    """LibreOffice fills every sheet so: nothing is refused for it."""
    rows = (
        f"<table:table-row>{hostile.ods_cell('x')}"
        '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = hostile.ods(rows)
    assert read_workbook(data).sheets[0].rows == {0: {0: "x"}}


@pytest.mark.parametrize("count", ["deux", "", "1e9", "0", "00"])
def test_an_ods_count_that_is_no_number_is_refused(count: str) -> None:
    """A count nobody can read is a defect, not a one; a row repeated no times is no row."""
    rows = f'<table:table-row table:number-rows-repeated="{count}"/>'
    assert refusal(hostile.ods(rows)).code == "damaged-workbook"


def test_an_ods_text_of_endless_spaces_is_refused() -> None:
    """One mark may stand for billions of spaces."""
    spaces = hostile.ods_cell('<text:s text:c="4000000000"/>')
    rows = f"<table:table-row>{spaces}</table:table-row>"
    assert refusal(hostile.ods(rows)).code == "damaged-workbook"


@pytest.mark.parametrize("count", [4_294_967_295, 10**12, 10**30])
def test_a_false_count_of_shared_texts_changes_nothing(count: int) -> None:
    """Nobody makes room for texts before they come."""
    data = hostile.edited(
        GRID, hostile.TEXTS, lambda body: re.sub(rb'ount="[0-9]+"', b'ount="%d"' % count, body)
    )
    assert read_workbook(data) == read_workbook(GRID)


def test_images_and_other_binary_parts_do_no_harm() -> None:
    """A logo, printer settings and macros are full of bytes that are no XML."""
    parts = ("xl/media/image1.png", "xl/printerSettings/printerSettings1.bin", "xl/vbaProject.bin")
    extra = [hostile.entry(name, b"\x89PNG\0sheetData<!DOCTYPE") for name in parts]
    data = hostile.written([*hostile.entries(GRID), *extra])
    assert read_workbook(data).sheets[0].value(2, 1) == "C1.1.1"


def test_a_sheet_that_is_no_xml_is_refused() -> None:
    """A part full of anything else is not handed to the reader."""
    data = hostile.edited(GRID, hostile.SHEET, lambda _: b"<sheetData\0")
    assert refusal(data).code == "damaged-workbook"


@pytest.mark.parametrize(
    ("rows", "extent", "code"),
    [
        (hostile.xlsb_row(1_048_575) + hostile.xlsb_cell(5, 0, bytes(8)), (9, 9), "far-cell"),
        (hostile.xlsb_row(0) + hostile.xlsb_cell(5, 2**32 - 1, bytes(8)), (9, 9), "far-cell"),
        (hostile.xlsb_row(0), (1_048_576, 16_384), "far-cell"),
        (b"\x05\xff\xff\xff\x7f", (9, 9), "damaged-workbook"),
        (hostile.xlsb_record(0), (9, 9), "damaged-workbook"),
    ],
    ids=["far row", "far column", "wide sheet", "endless record", "empty record"],
)
def test_an_xlsb_that_lies_is_refused(rows: bytes, extent: tuple[int, int], code: str) -> None:
    """The binary format's addresses and lengths are checked as the others' are."""
    assert refusal(hostile.xlsb(rows, extent=extent)).code == code


def test_a_false_count_of_shared_texts_in_an_xlsb_is_refused() -> None:
    """The reader makes room for as many texts as are announced, and dies of it."""
    texts = hostile.xlsb_record(159, struct.pack("<2I", 2**32 - 1, 2**32 - 1))
    assert refusal(hostile.xlsb(b"", texts=texts)).code == "damaged-workbook"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.xls([hostile.xls_cell(hostile.NUMBER, 65535, 255, 1.0)]), "far-cell"),
        (hostile.xls([(0x200, struct.pack("<2I3H", 0, 65536, 0, 256, 0))]), "far-cell"),
        (hostile.xls([(0x200, struct.pack("<2I3H", 0, 2**32 - 1, 0, 256, 0))]), "far-cell"),
        (hostile.xls([(0xBD, struct.pack("<8H", 0, 0, 0, 0, 0, 0, 0, 2000))]), "far-cell"),
        (hostile.xls([], texts=2**31 - 1), "damaged-workbook"),
        (hostile.xls([(hostile.NUMBER, b"\x01")]), "damaged-workbook"),
        (hostile.xls([])[:700], "damaged-workbook"),
        (hostile.xls([])[:-2000], "damaged-workbook"),
        (hostile.xls([])[:100], "damaged-workbook"),
    ],
    ids=[
        "far cell", "wide sheet", "endless sheet", "far series", "texts", "short record",
        "cut in its directory", "cut in its stream", "cut in its header",
    ],
)  # fmt: skip
def test_an_xls_that_lies_is_refused(data: bytes, code: str) -> None:
    """The old format's addresses, counts and links are checked as the others' are."""
    assert refusal(data).code == code


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (30, 3), (32, 9), (44, 2**32 - 1), (64, 2**32 - 1), (72, 2**32 - 1), (68, 1), (68, 900),
        (48, 900), (48, 0xFFFFFFFE), (516, 1), (516, 900), (520, 2), (1024 + 120, 2**31),
        (1024 + 128 + 120, 2**31),
    ],
)  # fmt: skip
def test_a_compound_file_whose_links_lie_harms_nobody(place: int, value: int) -> None:
    """Chains that leave the file or never end, and sizes beyond it: refused, or without effect."""
    whole = hostile.xls([hostile.xls_cell(hostile.NUMBER, 1, 1, 2.0)])
    data = bytearray(whole)
    struct.pack_into("<H" if place < 40 else "<I", data, place, value)
    try:
        assert read_workbook(bytes(data)) == read_workbook(whole)
    except UnreadableWorkbookError as error:
        assert error.kind.code == "damaged-workbook"  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("file", "form", "said"),
    [
        ("a/g.xlsx", SpreadsheetFormat.XLSX, False),
        ("a/G.XLSX", SpreadsheetFormat.XLSX, False),
        ("a/g.xlsx", SpreadsheetFormat.ODS, True),
        ("retours.zip!/g.bak", SpreadsheetFormat.XLS, True),
        ("g", SpreadsheetFormat.XLSB, True),
    ],
)
def test_a_name_that_says_another_format_is_mentioned(
    file: str, form: SpreadsheetFormat, said: bool
) -> None:
    """It is read all the same: a warning, and nothing to mend."""
    assert [problem.code for problem in check_ending(file, form)] == ["misnamed-format"] * said
