"""What is read in one pass of patterns is what the full readers give, or is left to them."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from returns_files import hostile

from sheetgen.grids import layout
from sheetgen.grids.raw import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    read_fully,
    read_raw,
)
from sheetgen.grids.raw_parts import open_parts
from sheetgen.grids.read import parse_grid, read_grid
from sheetgen.grids.usual import read_usual
from sheetgen.grids.usual_xml import UnusualError
from sheetgen.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

XLSX = SpreadsheetFormat.XLSX
EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/retour*/*.xlsx"))
TEXTS, STYLES = hostile.TEXTS, "xl/styles.xml"


def written(rows: list[list[Any]], *, inline: bool = False) -> bytes:
    """A workbook of the rows, with what a grid has around its cells.

    Its texts are in a part of their own, or inline: each in its cell.
    """
    file = io.BytesIO()
    options = {"in_memory": not inline, "constant_memory": inline, "strings_to_formulas": False}
    book: Any = xlsxwriter.Workbook(file, options)
    moment = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("BC01")
    for row, values in enumerate(rows, start=2):
        for column, value in enumerate(values, start=1):
            if isinstance(value, tuple):
                sheet.write_formula(row, column, value[0], None, value[1])
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, moment)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value)
    sheet.merge_range(60, 1, 61, 2, "fusion")
    sheet.set_footer("&L&9Juré J1 · NOM « R&D » (n° 1)&RPage &P / &N")
    sheet.data_validation(2, 1, 9, 1, {"validate": "list", "source": ["Acquis", "Non acquis"]})
    sheet.set_row(50, 30)
    book.add_worksheet("Synthèse").write(0, 0, 1)
    book.set_custom_property("sheetgen.grid", "G-1")
    book.close()
    return file.getvalue()


ROWS = [["Code", "C1.1", 2, 0.5], [True, ('="a"&"<b>"', "a<b>"), ("=1/0", "#DIV/0!")]]
PLAIN, INLINE = written(ROWS), written(ROWS, inline=True)


def outcome(read: Callable[..., RawWorkbook], data: bytes) -> object:
    """The workbook, or why it is refused."""
    try:
        return read(data, XLSX)
    except UnreadableWorkbookError as refusal:
        return refusal.at("g.xlsx")
    except LookupError as error:  # of an encoding that nobody knows
        return str(error)


def is_usual(data: bytes) -> bool:
    """Whether the patterns read it."""
    try:
        return bool(list(read_usual(open_parts(data), ())))
    except UnusualError:
        return False


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_grids_that_libreoffice_saved_are_read_alike(file: Path) -> None:
    """Every cell, formula, error, merge and property of the examples, the usual way."""
    data = file.read_bytes()
    assert is_usual(data)
    assert read_raw(data, XLSX) == read_fully(data, XLSX)
    assert read_grid(data, XLSX, "") == parse_grid(read_fully(data, XLSX), XLSX)


def test_a_workbook_as_xlsxwriter_makes_it_is_read_alike() -> None:
    """Texts, numbers, truths, formulas, errors and merges, with their types."""
    assert is_usual(PLAIN)
    read = read_raw(PLAIN, XLSX)
    assert read == read_fully(PLAIN, XLSX)
    first, second = list(read.sheets[0].rows.values())[:2]
    assert list(map(type, first.values())) == [str, str, float, float]
    assert list(map(type, second.values())) == [bool, str]
    assert read.sheets[0].formulas == {(3, 2): '="a"&"<b>"', (3, 3): "=1/0"}
    assert read.sheets[0].errors == {(3, 3): "#DIV/0!"}


SAVE = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])"


@pytest.mark.parametrize("lxml", ["True", "False"])
@pytest.mark.parametrize("data", [PLAIN, INLINE, EXAMPLES[0].read_bytes()], ids=range(3))
def test_a_workbook_as_openpyxl_saves_it_is_read_alike(
    data: bytes, lxml: str, tmp_path: Path
) -> None:
    """With or without lxml: texts inline, characters by number, spaces before an end."""
    source, target = tmp_path / "source.xlsx", tmp_path / "target.xlsx"
    source.write_bytes(data)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SAVE, source, target],
        env={**os.environ, "OPENPYXL_LXML": lxml},
        check=True,
    )
    saved = target.read_bytes()
    assert is_usual(saved)
    assert read_raw(saved, XLSX) == read_fully(saved, XLSX)


def test_parts_whose_first_line_ends_as_excel_ends_it_are_usual() -> None:
    """In a carriage return too, which would be another character anywhere else."""
    data = PLAIN
    for part in (hostile.SHEET, TEXTS, STYLES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        data = hostile.replaced(data, part, "?>\n", "?>\r\n")
    assert is_usual(data)
    assert read_raw(data, XLSX) == read_raw(PLAIN, XLSX) == read_fully(data, XLSX)


def test_of_a_bare_sheet_the_first_two_columns_are_read() -> None:
    """The stamp is as it is in the whole sheet; the workings beside it are not laid out."""
    data = EXAMPLES[0].read_bytes()
    bare = read_raw(data, XLSX, bare=(layout.STAMP_SHEET,)).sheet(layout.STAMP_SHEET)
    whole = read_fully(data, XLSX).sheet(layout.STAMP_SHEET)
    assert bare is not None
    assert whole is not None
    first = {
        row: {column: value for column, value in cells.items() if column < 2}
        for row, cells in whole.rows.items()
    }
    assert bare.rows == {row: cells for row, cells in first.items() if cells}
    assert max(max(cells) for cells in whole.rows.values()) > 2


CELLS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.sampled_from([" a", "a ", "a\nb", "_x0041_", "&<>\"'", "", "5"])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(-(10**15), 10**15)
    | st.booleans()
    | st.dates(date(1950, 1, 1), date(2050, 1, 1))
    | st.sampled_from([("=A1", ""), ("=A1", 0), ("=A1", "x"), ("=NA()", "#N/A"), ("=A1", True)])
    | st.none()
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.booleans())
def test_whatever_is_written_is_read_alike(rows: list[list[Any]], inline: bool) -> None:
    """The usual way and the full way agree, or the usual way gives up."""
    data = written(rows, inline=inline)
    assert outcome(read_raw, data) == outcome(read_fully, data)


PIECES = (
    *(b"<", b">", b"&", b'"', b"'", b"/", b" ", b"\n", b"\r", b"\0", b"\xff", b"\xef\xbf\xbf"),
    *(b"<!--x-->", b"<![CDATA[x]]>", b"<?pi?>", b"]]>", b"&amp;", b"&#65;", b"&#0;", b"&foo;"),
    *(b"_x0041_", b'<c r="A1"><v>1</v></c>', b'<row r="3">', b"</row>", b"</c>", b"<v>", b"<v/>"),
    *(
        b' t="str"',
        b' t="e"',
        b' t="n"',
        b' t="b"',
        b' t="d"',
        b' s="99"',
        b"<f>A1</f>",
        b"0",
        b"-",
    ),
    *(b"<is>", b"</is>", b"<is><t>y</t></is>", b"</t>", b"\x01", b' xml:space="preserve"', b"<f/>"),
    *(b".", b"e5", b"<sheetData>", b"x:", b"<si><t>z</t></si>", b"<si/>", b"<t/>", b"AAA", b"1"),
)
PLACES = (b"<c ", b"<v>", b"</v>", b">", b"<row", b'"', b"<t", b"</t>", b"<f>", b"</c>", b"</si>")
PARTS = (hostile.SHEET, hostile.SHEET, hostile.SHEET, TEXTS, TEXTS, STYLES, "xl/workbook.xml")


def rewritten(seed: int) -> bytes:
    """A plain workbook with one part of it written in some other way, mostly a wrong one."""
    chance = random.Random(seed)  # noqa: S311 - chosen for being repeatable

    def change(body: bytes) -> bytes:
        at = max(0, body.find(chance.choice(PLACES), chance.randrange(len(body))))
        at += chance.choice((0, 1, 3))
        match chance.randrange(4):
            case 0:
                return body[:at] + body[at + chance.choice((1, 2, 9)) :]
            case 1:
                return body[:at] + body[at : at + 30] + body[at:]
            case _:
                return body[:at] + chance.choice(PIECES) + body[at:]

    return hostile.edited(chance.choice((PLAIN, INLINE)), chance.choice(PARTS), change)


def test_what_is_written_in_another_way_is_read_or_refused_alike() -> None:
    """No rewriting of a part is taken for something else by the patterns."""
    usual = 0
    for seed in range(800):
        data = rewritten(seed)
        assert outcome(read_raw, data) == outcome(read_fully, data), seed
        usual += isinstance(outcome(read_fully, data), RawWorkbook) and is_usual(data)
    assert usual > 20


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (hostile.SHEET, "<sheetData>", "<sheetData><!-- une remarque -->"),
        (hostile.SHEET, "<sheetData>", "<!-- une remarque --><sheetData>"),
        (hostile.SHEET, "<v>2</v>", "<v><![CDATA[2]]></v>"),
        (hostile.SHEET, "<v>2</v>", "<v>2</v><v>3</v>"),
        (hostile.SHEET, "<v>2</v>", "<v>2_0</v>"),
        (hostile.SHEET, "<v>2</v>", "<v> 2</v>"),
        (hostile.SHEET, '<c r="B4" t="b">', '<c r="B4" t="z">'),
        (hostile.SHEET, '<c r="B4" t="b">', '<c r="B3" t="b">'),
        (hostile.SHEET, '<c r="B4" t="b">', '<c t="b">'),
        (hostile.SHEET, 't="s"><v>1</v>', 't="s"><v>100</v>'),
        (hostile.SHEET, 't="s"><v>1</v>', 't="s"><v>-1</v>'),
        (hostile.SHEET, "#DIV/0!", "#VIDE!"),
        (hostile.SHEET, "<v>a&lt;b&gt;</v>", "<v>a&lt;b&gt; </v>"),
        (hostile.SHEET, "<v>a&lt;b&gt;</v>", "<v>a&nbsp;b</v>"),
        (hostile.SHEET, '<mergeCell ref="', '<mergeCell x="" ref="'),
        (hostile.SHEET, '<dimension ref="B3', '<dimension ref="B'),
        (hostile.SHEET, "<sheetFormatPr", '<ext sheetData=""/><sheetFormatPr'),
        (hostile.SHEET, "<v>a&lt;b&gt;</v>", "<v>a&lt;b></v>"),
        (hostile.SHEET, "<v>a&lt;b&gt;</v>", "<v><t>a</t></v>"),
        (hostile.SHEET, "<v>a&lt;b&gt;</v>", "<v>\x01</v>"),
        (hostile.SHEET, '<c r="B4" t="b"><v>1</v>', '<c r="B4" t="b"><v></v>'),
        (hostile.SHEET, '<c r="B4" t="b">', '<c r="E4" t="b">'),
        (hostile.SHEET, '<c r="B4" t="b">', '<c r="B5" t="b">'),
        (hostile.SHEET, '<row r="4"', '<row r="3"'),
        (TEXTS, "<si><t>Code</t></si>", "<si><r><t>Code</t></r></si>"),
        (TEXTS, "<t>Code</t>", "<t>Code_x0041_</t>"),
        (STYLES, '<cellXfs count="', '<cellXfs><xf numFmtId="x"/></cellXfs><cellXfs count="'),
        ("xl/workbook.xml", 'name="Synthèse"', 'name="bc01"'),
        ("xl/_rels/workbook.xml.rels", "sharedStrings.xml", "./textes.xml"),
    ],
)
def test_what_is_not_written_the_usual_way_is_left_to_the_full_readers(
    part: str, old: str, new: str
) -> None:
    """Whatever has, or may have, another meaning for them."""
    data = hostile.replaced(PLAIN, part, old, new)
    assert not is_usual(data)
    assert outcome(read_raw, data) == outcome(read_fully, data)


def test_a_part_without_its_declaration_or_with_numbered_characters_is_usual() -> None:
    """Other applications leave the one out and write the others."""
    data = hostile.edited(PLAIN, TEXTS, lambda body: re.sub(rb"<\?.*?\?>\s*", b"", body))
    data = hostile.replaced(data, TEXTS, "<t>Code</t>", "<t>Co&#100;e&#x0a;&#233;</t>")
    assert is_usual(data)
    read = read_raw(data, XLSX)
    assert read == read_fully(data, XLSX)
    assert read.sheets[0].value(2, 1) == "Code\né"


def test_a_large_sheet_is_left_to_the_full_readers() -> None:
    """Patterns take memory as they go; what is no grid is not worth it."""
    assert not is_usual(written([[f"texte {n}"] * 4 for n in range(5000)]))


def test_a_part_that_lies_under_another_name_is_refused() -> None:
    """What the zip's table calls a part must be called so where it lies."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as package:
        offset = package.getinfo(hostile.SHEET).header_offset + 30
    data = PLAIN[:offset] + b"XL" + PLAIN[offset + 2 :]
    refusal = outcome(read_raw, data)
    assert isinstance(refusal, Problem)
    assert refusal.code == "damaged-workbook"
