"""Cells of an .ods: their own paragraphs and value count, and nothing that lies over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from spreadsheet import hostile

from sheetgen.spreadsheet import MergedRange, Moment, UnreadableWorkbookError, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

    from sheetgen.problems import Problem

DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'


def cell(inside: str, attributes: str = 'office:value-type="string"') -> str:
    """A cell in a row of its own."""
    return f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"


def value_of(rows: str) -> object:
    """Return what A1 holds."""
    return read_workbook(hostile.ods(rows)).sheets[0].value(0, 0)


def refusal(data: bytes) -> Problem:
    """The problem that a workbook is refused with."""
    with pytest.raises(UnreadableWorkbookError) as caught:
        read_workbook(data)
    return caught.value.at("g.ods")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>Acquis</text:p>", "Acquis"),
        ("<text:p><![CDATA[Acquis]]></text:p>", "Acquis"),
        ("<text:p>Ac<!-- x -->quis</text:p>", "Acquis"),
        ("<text:p>Non <text:span>acquis</text:span></text:p>", "Non acquis"),
        ("<text:p>\n   Non\n   acquis\n</text:p>", "Non acquis"),
        ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', "a   b\tc\nd"),
        ("<text:p>a <text:s/>b</text:p>", "a  b"),
        ("<text:p>un</text:p><text:p/><text:p>deux</text:p>", "un\n\ndeux"),
        ('<text:p><text:a xmlns:x="u" x:href="#">lien</text:a></text:p>', "lien"),
        ("<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text>"
         "</text:ruby></text:p>", "漢"),
        (f"<text:p>Acquis</text:p><draw:frame {DRAW}><draw:text-box><text:p>vu</text:p>"
         "</draw:text-box></draw:frame>", "Acquis"),
        (f"<draw:custom-shape {DRAW}><text:p>vu</text:p></draw:custom-shape><text:p>Acquis</text:p>",
         "Acquis"),
        ("<office:annotation><text:p>note</text:p></office:annotation><text:p>Acquis</text:p>", "Acquis"),
        (f"<draw:frame {DRAW}><draw:text-box><text:p>vu</text:p></draw:text-box></draw:frame>", ""),
    ],
)  # fmt: skip
def test_a_text_is_the_cells_own(inside: str, text: str) -> None:
    """Text boxes, shapes and notes over a cell are none of it; marks of space are kept."""
    assert value_of(cell(inside)) == text


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ('office:value-type="float" office:value="12.5"', 12.5),
        ('office:value-type="percentage" office:value="0.5"', 0.5),
        ('office:value-type="currency" office:value="3"', 3.0),
        ('office:value-type="boolean" office:boolean-value="true"', True),
        ('office:value-type="string" office:string-value="Acquis"', "Acquis"),
        ("", "montré"),
    ],
)
def test_a_value_is_of_its_type(attributes: str, value: object) -> None:
    """What is shown beside it does not count, unless there is nothing else."""
    found = value_of(cell("<text:p>montré</text:p>", attributes))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "name",
    [
        "hidden-text",
        "conditional-text",
        "sheet-name",
        "date",
        "placeholder",
        "note",
        "p",
        "inconnu",
    ],
)
def test_a_text_with_an_element_of_its_own_meaning_is_refused(name: str) -> None:
    """What it holds may be hidden, or calculated: it is not joined to the text."""
    inside = f"<text:p>Acquis<text:span><text:{name}>caché</text:{name}></text:span></text:p>"
    problem = refusal(hostile.ods(cell(inside)))
    assert problem.code == "damaged-workbook"
    assert f"« {name} »" in problem.message
    assert problem.location.cell == "A1"


def test_percentages_are_told_apart_from_the_numbers_that_they_are() -> None:
    """Where a cell stands for several, each of them; an empty or another one never."""
    rows = (
        "<table:table-row>"
        '<table:table-cell office:value-type="percentage" office:value="0.125" '
        'table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="float" office:value="0.125"/>'
        "</table:table-row>"
    )
    sheet = read_workbook(hostile.ods(rows)).sheets[0]
    assert sheet.shown == {(0, 0): "12,5 %", (0, 1): "12,5 %"}
    assert sheet.row(0) == {0: 0.125, 1: 0.125, 2: 0.125}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (8, "8/10"),
        (8, "8 sur 10"),
        (8, "8 ½"),
        (5, "15"),
        (12, "0,012"),
        (12000, "12"),
        (5, "-5"),
        (-5, "5"),
        (5, "(5)"),
        (5, "Acquis"),
        (5, ""),
        (5, "五"),
        (8.5, "8 1/4 1/4"),
        (8, "1 " * 60),
        (1.2, "12E-3"),
    ],
)
def test_a_number_that_is_shown_as_something_else_is_told(value: float, text: str) -> None:
    """Its format is in none of the cell's attributes: what it shows is held against its value."""
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p></table:table-cell>'
    sheet = read_workbook(hostile.ods(f"<table:table-row>{cell}</table:table-row>")).sheets[0]
    assert sheet.shown == {(0, 0): " ".join(text.split())[:100] or "rien"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (8, "8"),
        (8.5, "8,5"),
        (8.5, "8.50 points"),
        (8.4, "8"),
        (12.345678901, "12,35"),
        (1234.5, "1\u202f234,50 €"),
        (1234.5, "1.234,5"),
        (1234567, "1,234,567"),
        (1.234, "1,234"),
        (0.5, ",5"),
        (-3, "−3"),
        (-3, "(3)"),
        (-3, "3-"),
        (12.5, "12 1/2"),
        (0.8, "8/10"),
        (1250000, "1,25E+06"),
        (0, "0"),
    ],
)
def test_a_number_that_is_shown_as_itself_is_not(value: float, text: str) -> None:
    """In French or English, rounded, with a unit, or as a fraction."""
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p></table:table-cell>'
    sheet = read_workbook(hostile.ods(f"<table:table-row>{cell}</table:table-row>")).sheets[0]
    assert sheet.shown == {}
    assert sheet.value(0, 0) == value


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('office:value-type="date" office:date-value="2026-06-15"', "2026-06-15"),
        ('office:value-type="date" office:date-value="2026-06-15T09:30:00"', "2026-06-15 09:30:00"),
        ('office:value-type="time" office:time-value="PT09H30M00S"', "09:30:00"),
        ('office:value-type="time" office:time-value="PT26H00M00S"', "1 day, 2:00:00"),
    ],
)
def test_moments_are_read(attributes: str, said: str) -> None:
    """Dates, times of day and durations."""
    found = value_of(cell("<text:p>x</text:p>", attributes))
    assert isinstance(found, Moment)
    assert str(found.value) == said


@pytest.mark.parametrize(
    ("inside", "attributes"),
    [
        ("<text:p>x</text:p>", 'office:value-type="float" office:value="douze"'),
        ("<text:p>x</text:p>", 'office:value-type="float"'),
        ("<text:p>x</text:p>", 'office:value-type="boolean" office:boolean-value="oui"'),
        ("<text:p>x</text:p>", 'office:value-type="date" office:date-value="hier"'),
        ("<text:p>x</text:p>", 'office:value-type="autre"'),
        ("texte", 'office:value-type="string"'),
        ("<text:list><text:p>x</text:p></text:list>", 'office:value-type="string"'),
        ("<table:table/>", 'office:value-type="string"'),
        ('<text:p>a<x:y xmlns:x="u">b</x:y></text:p>', 'office:value-type="string"'),
    ],
)
def test_what_is_not_understood_in_a_cell_is_refused_there(inside: str, attributes: str) -> None:
    """Nothing of a cell is guessed, nor left out."""
    problem = refusal(hostile.ods(cell(inside, attributes)))
    assert (problem.code, problem.location.sheet, problem.location.cell) == (
        "damaged-workbook", "BC01", "A1",
    )  # fmt: skip


def test_deleted_cells_of_tracked_changes_are_not_read() -> None:
    """They stand in the same part, and in no sheet."""
    deleted = (
        "<table:tracked-changes><table:deletion><table:cell-content-deletion><table:change-track-"
        "table-cell><text:p>Non acquis</text:p></table:change-track-table-cell>"
        "</table:cell-content-deletion></table:deletion></table:tracked-changes>"
    )
    data = hostile.edited(
        hostile.ods(cell("<text:p>Acquis</text:p>")),
        "content.xml",
        lambda body: body.replace(b"<table:table ", deleted.encode() + b"<table:table ", 1),
    )
    assert read_workbook(data).sheets[0].rows == {0: {0: "Acquis"}}


def test_rows_in_groups_and_covered_cells_keep_their_places() -> None:
    """Headers and groups hold rows like any other; a covered cell is one."""
    rows = (
        f"<table:table-header-rows>{cell('<text:p>a</text:p>')}</table:table-header-rows>"
        f"<table:table-row-group>{cell('<text:p>b</text:p>')}</table:table-row-group>"
        f"<table:table-row>{hostile.ods_cell('c', columns_spanned=2)}<table:covered-table-cell/>"
        f"{hostile.ods_cell('d')}</table:table-row>"
    )
    sheet = read_workbook(hostile.ods(rows)).sheets[0]
    assert sheet.rows == {0: {0: "a"}, 1: {0: "b"}, 2: {0: "c", 2: "d"}}
    assert sheet.merged == (MergedRange(first=(2, 0), last=(2, 1)),)


def test_a_matrix_formula_fills_cells_that_hold_none() -> None:
    """Its results are no more typed than those of any formula."""
    matrix = (
        'office:value-type="float" office:value="1" table:formula="of:=A1:A2" '
        'table:number-matrix-columns-spanned="1" table:number-matrix-rows-spanned="2"'
    )
    number = 'office:value-type="float" office:value="2"'
    rows = cell("<text:p>1</text:p>", matrix) + cell("<text:p>2</text:p>", number)
    sheet = read_workbook(hostile.ods(rows)).sheets[0]
    assert sheet.formulas == {(0, 0): "=A1:A2", (1, 0): "="}


def test_an_error_is_told_from_a_text_where_a_formula_gives_it() -> None:
    """Programs other than LibreOffice write the error as the text that is shown."""
    text = 'office:value-type="string"'
    rows = cell("<text:p>#N/A</text:p>", f'{text} table:formula="of:=NA()"') + cell(
        "<text:p>#N/A</text:p>", text
    )
    sheet = read_workbook(hostile.ods(rows)).sheets[0]
    assert (sheet.errors, sheet.rows) == ({(0, 0): "#N/A"}, {1: {0: "#N/A"}})


def test_a_workbook_without_its_mimetype_is_read() -> None:
    """Some exporters leave it out; the manifest, or the content, says the same."""
    data = hostile.ods(cell("<text:p>Acquis</text:p>"))
    for lost in (("mimetype",), ("mimetype", "META-INF/manifest.xml")):
        bare = data
        for part in lost:
            bare = hostile.without(bare, part)
        assert read_workbook(bare) == read_workbook(data)


def test_two_sheets_of_one_name_are_refused() -> None:
    """Which one holds the marks cannot be known."""
    twice = b'<table:table table:name="bc01"/><table:table '
    data = hostile.edited(
        hostile.ods(cell("<text:p>x</text:p>")),
        "content.xml",
        lambda body: body.replace(b"<table:table ", twice, 1),
    )
    assert refusal(data).code == "damaged-workbook"


_MISLEADING = (
    (8, '0"/10"'),
    (8, r"0\/1\0"),
    (8, '0" sur 10"'),
    (8, '0" ½"'),
    (5, '"1"0'),
    (5, "-0"),
    (5, "(0)"),
    (5, "0-"),
    (12, "0.000,"),
    (12000, "0,"),
    (5, '"—"'),
    (5, ";;;"),
    (5, '"Acquis"'),
    (5, '[<10]"Non acquis";"Acquis"'),
    (0.5, "0%"),
)
_PLAIN = (
    (8, '0;-0;"Non observé"'),
    (0, "# ?/?"),
    (8, "#,##0_);[Red](#,##0)"),
    (8, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-'),
    (12.5, "General"),
    (12.5, "0.00"),
    (12.5, "# ?/?"),
    (12.5, "0.0E+00"),
    (12.5, '0.0" pts"'),
    (1234.5, "#,##0.0"),
    (-3, "0;[Red]-0"),
    (8, "@"),
)


def test_formats_that_libreoffice_saves_are_judged_by_what_they_show(
    libreoffice: Office, tmp_path: Path
) -> None:
    """`0"/10"` makes 8/10 of 8 in an .ods as it does in an .xlsx."""
    source = tmp_path / "formats.xlsx"
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("BC01")
    for row, (value, code) in enumerate((*_MISLEADING, *_PLAIN)):
        sheet.write_number(row, 0, value, book.add_format({"num_format": code}))
    book.close()
    (saved,) = libreoffice.convert([source], tmp_path / "ods", ".ods")
    found = read_workbook(saved.read_bytes()).sheets[0]
    assert {row for row, _ in found.shown} == set(range(len(_MISLEADING))), found.shown
    assert [found.value(row, 0) for row in range(len(_MISLEADING) + len(_PLAIN))] == [
        value for value, _ in (*_MISLEADING, *_PLAIN)
    ]
