"""Source workbooks as a school receives them: named, explained, limited, printed, kept."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from datetime import date, time
from typing import TYPE_CHECKING

import make_workbooks
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tries import tries

from sheetgen.excel import text_fit
from sheetgen.model import JurorRole, Status
from sheetgen.sources.read.opening import open_source
from sheetgen.sources.referential import read_referential
from sheetgen.sources.schema import REFERENTIAL, SESSION, SheetSpec, ValueKind, ValueSpec
from sheetgen.sources.write.source_workbook import (
    Contents,
    write_session_model,
    write_source_workbook,
)

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from openpyxl.worksheet.datavalidation import DataValidation

SPECS = {"referential": REFERENTIAL, "session": SESSION}
SHEETS = [
    pytest.param(name, sheet, id=f"{name}-{sheet.name}")
    for name, spec in SPECS.items()
    for sheet in spec.sheets
]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FONT_PARTS = ("b", "i", "strike", "u", "sz", "color", "name", "family", "charset", "scheme")
BOOKS = pytest.mark.parametrize("name", SPECS)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    """The shipped référentiel, made anew, and the session model."""
    folder = tmp_path_factory.mktemp("books")
    write_source_workbook(
        folder / "referential.xlsx", REFERENTIAL, make_workbooks.shipped_contents()
    )
    write_session_model(folder / "session.xlsx")
    return {name: load_workbook(folder / f"{name}.xlsx") for name in SPECS}


def rule_at(sheet: Worksheet, cell: str) -> DataValidation | None:
    """Return what a cell offers and accepts."""
    rules = [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]
    assert len(rules) <= 1
    return rules[0] if rules else None


def offered(book: Workbook, rule: DataValidation) -> list[object]:
    """The values of a dropdown's range."""
    name, _, cells = str(rule.formula1).rpartition("!")
    return [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]


def luminance(colour: str) -> float:
    """Relative luminance of `RRGGBB`, as accessibility guidelines define it."""
    parts = [int(colour[-6:][place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast between two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOOKS
def test_sheets_are_those_of_the_schema_between_an_explanation_and_hidden_lists(
    name: str, books: dict[str, Workbook]
) -> None:
    """« Lisez-moi » opens the workbook; « Listes » closes it, out of sight."""
    expected = ["Lisez-moi", *(sheet.name for sheet in SPECS[name].sheets), "Listes"]
    assert books[name].sheetnames == expected
    assert books[name]["Listes"].sheet_state == "hidden"
    assert books[name].active is books[name]["Lisez-moi"]


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_headers_are_the_names_of_the_columns(
    name: str, spec: SheetSpec, books: dict[str, Workbook]
) -> None:
    """A required column is bold, every column is explained by a note."""
    header = books[name][spec.name][1]
    assert [cell.value for cell in header] == [column.name for column in spec.columns]
    assert [bool(cell.font.b) for cell in header] == [column.required for column in spec.columns]
    for cell, column in zip(header, spec.columns, strict=True):
        assert cell.comment is not None
        assert cell.comment.text.startswith(
            "À remplir obligatoirement." if column.required else "Facultatif."
        )


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_every_text_can_be_read_on_its_background(
    name: str, spec: SheetSpec, books: dict[str, Workbook]
) -> None:
    """Contrast is 4.5 or more, in headers and in cells."""
    for row in books[name][spec.name].iter_rows():
        for cell in row:
            background = cell.fill.fgColor.rgb if cell.fill.fill_type else "FFFFFF"
            colour = cell.font.color.rgb if cell.font.color is not None else "000000"
            text = colour if isinstance(colour, str) else "000000"
            assert contrast(text, str(background)) >= 4.5


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_rows_show_their_whole_text(name: str, spec: SheetSpec, books: dict[str, Workbook]) -> None:
    """No row is lower than its text, none is higher than Excel allows."""
    sheet = books[name][spec.name]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            width = sheet.column_dimensions[str(cell.column_letter)].width
            font = text_fit.Font(bold=bool(cell.font.b))
            given_height = sheet.row_dimensions[cell.row].height
            assert given_height is not None
            assert text_fit.height(str(cell.value), width, font) <= given_height <= 409


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_sheets_print_on_readable_pages_with_their_header(
    name: str, spec: SheetSpec, books: dict[str, Workbook]
) -> None:
    """A4 landscape, header repeated and kept in view; two pages for what one would make tiny."""
    sheet = books[name][spec.name]
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == Worksheet.PAPERSIZE_A4
    wide = 2 if spec.name == "Candidats" else 1
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (wide, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    # Names stay in view with the number: whose row it is, however far one scrolls.
    assert sheet.freeze_panes == ("D2" if spec.name in ("Candidats", "Jurés") else "B2")


SMALL_SCREEN = 177
"""The width of a laptop's screen of 1,366 pixels in LibreOffice, in characters of the font."""


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_what_must_be_filled_in_is_seen_on_a_small_screen(name: str, spec: SheetSpec) -> None:
    """Up to the last obligatory column, a sheet is no wider than the screen."""
    needed = [place for place, column in enumerate(spec.columns, start=1) if column.required]
    assert sum(column.width for column in spec.columns[: max(needed)]) <= SMALL_SCREEN, name


def test_a_prompt_beside_a_list_does_not_repeat_it(books: dict[str, Workbook]) -> None:
    """The list shows the choices: what covers the rows below says the rest."""
    rule = rule_at(books["session"]["Candidats"], "F2")
    assert rule is not None
    assert rule.type == "list"
    assert "Choix" not in str(rule.prompt)


@pytest.mark.parametrize(("name", "spec"), SHEETS)
def test_closed_values_are_offered_and_nothing_else_is_accepted(
    name: str, spec: SheetSpec, books: dict[str, Workbook]
) -> None:
    """Yes or no, and the values of rules, come from a list that stops anything else.

    Where several may stand, another text is kept or a word has a feminine, nothing is stopped.
    """
    sheet = books[name][spec.name]
    places: list[tuple[str, ValueSpec]]
    places = [(sheet.cell(500, n).coordinate, c) for n, c in enumerate(spec.columns, start=1)]
    places += [(f"B{n}", item) for n, item in enumerate(spec.fields, start=2)]
    for cell, value in places:
        if value.allowed:
            rule = rule_at(sheet, cell)
            assert rule is not None
            assert offered(books[name], rule) == list(value.allowed)
            several = value.kind is ValueKind.CHOICES
            free = value.kind is ValueKind.TEXT or value.choices in (JurorRole, Status)
            style = "warning" if free else "stop"
            assert several or (rule.errorStyle, rule.showErrorMessage) == (style, True)


@pytest.mark.parametrize(
    ("book", "cell", "codes", "stops"),
    [
        ("referential", "Activités!B", "Blocs", True),
        ("referential", "Compétences!B", "Activités", True),
        ("referential", "Compétences!D", "Modalités", False),
        ("referential", "Critères!B", "Compétences", True),
        ("session", "Affectations!A", "Candidats", True),
        ("session", "Affectations!B", "Jurés", True),
        ("session", "Aménagements!A", "Candidats", True),
        ("session", "Jurés!J", "Candidats", False),
    ],
)
def test_codes_of_another_sheet_are_offered_with_room_to_grow(
    book: str, cell: str, codes: str, stops: bool, books: dict[str, Workbook]
) -> None:
    """The list covers a thousand rows; only where several codes may stand is anything accepted."""
    sheet, _, column = cell.partition("!")
    rule = rule_at(books[book][sheet], f"{column}2")
    assert rule is not None
    assert rule.type == "list"
    assert rule.formula1 == f"'{codes}'!$A$2:$A$1000"
    assert rule.showErrorMessage is stops


def test_codes_of_the_other_workbook_are_explained_not_offered(
    books: dict[str, Workbook],
) -> None:
    """A session cannot list the référentiel's blocs: it says what to write."""
    rule = rule_at(books["session"]["Candidats"], "G2")
    assert rule is not None
    assert rule.type is None
    assert rule.showInputMessage
    assert "BC01 ; BC03" in str(rule.prompt).replace("\N{NO-BREAK SPACE}", " ")


@BOOKS
def test_messages_are_as_long_as_excel_accepts(name: str, books: dict[str, Workbook]) -> None:
    """Prompts 255 characters, errors 224, titles 32; lists are ranges, never inline."""
    for sheet in books[name]:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 224
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.errorTitle or "") <= 32
            if rule.type == "list":
                assert "!$" in str(rule.formula1)


def test_a_code_written_twice_is_pointed_out(books: dict[str, Workbook]) -> None:
    """The column of codes compares each with all the others."""
    rule = rule_at(books["session"]["Candidats"], "A2")
    assert rule is not None
    assert rule.formula1 == "SUMPRODUCT(--($A$2:$A$1000=A2))=1"
    assert rule.errorStyle == "warning"


@BOOKS
def test_the_explanation_leads_to_every_sheet(name: str, books: dict[str, Workbook]) -> None:
    """« Lisez-moi » says in a line what each sheet is for, with a link to it."""
    readme = books[name]["Lisez-moi"]
    lines = {row[0].value: row for row in readme.iter_rows()}
    for sheet in SPECS[name].sheets:
        label, text = lines[sheet.name][:2]
        assert str(text.value).replace("\N{NO-BREAK SPACE}", " ") == sheet.help
        assert label.hyperlink is not None
        assert label.hyperlink.location == f"'{sheet.name}'!A1"


def test_an_untouched_row_has_its_default_and_its_help(books: dict[str, Workbook]) -> None:
    """The session model holds the names of its rows, what they mean, and no data."""
    rows = {row[0]: row[1:] for row in books["session"]["Session"].iter_rows(values_only=True)}
    assert {name: row[0] for name, row in rows.items() if row[0] is not None} == {
        "Champ": "Valeur",
        "Anonymat": "Non",
        "Notation": "Individuelle",
    }
    assert rows["Date"][1] == "Date du jury, par exemple 15/06/2026."
    for sheet in ("Candidats", "Jurés", "Affectations", "Aménagements"):
        values = books["session"][sheet].iter_rows(min_row=2, values_only=True)
        assert not any(value for row in values for value in row)


def test_help_names_the_choices_and_the_default(books: dict[str, Workbook]) -> None:
    """A printed rule can be filled in by hand."""
    helps = {row[0]: row[2] for row in books["referential"]["Règles"].iter_rows(values_only=True)}
    assert (
        str(helps["Départage"])
        .replace("\N{NO-BREAK SPACE}", " ")
        .endswith(
            "Choix : « délibération », « président », « inférieur » ou « supérieur ». "
            "Par défaut : délibération."
        )
    )


def test_a_text_that_begins_with_an_equals_sign_stays_a_text(tmp_path: Path) -> None:
    """It is no formula, neither here nor once Excel has edited the cell."""
    path = tmp_path / "session.xlsx"
    write_source_workbook(
        path, SESSION, Contents(rows={"Candidats": [{"N°": "1", "Nom": "=SOMME(1;2)"}]})
    )
    cell = load_workbook(path)["Candidats"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=SOMME(1;2)", "s", True)


def test_dates_times_and_codes_have_their_format(tmp_path: Path) -> None:
    """A date is a date, a code made of digits stays as written."""
    path = tmp_path / "session.xlsx"
    contents = Contents(
        fields={"Session": {"Code": "S1", "Date": date(2026, 6, 15), "Heure": time(14, 30)}},
        rows={"Candidats": [{"N°": "007", "Date de naissance": date(1990, 2, 28)}]},
    )
    write_source_workbook(path, SESSION, contents)
    book = load_workbook(path)
    values = {row[0].value: row[1] for row in book["Session"].iter_rows()}
    assert str(values["Date"].value) == "2026-06-15 00:00:00"
    assert values["Date"].number_format == "dd/mm/yyyy"
    assert values["Heure"].value == time(14, 30)
    candidates = book["Candidats"]
    assert (candidates["A2"].value, candidates["A2"].number_format) == ("007", "@")
    assert str(candidates["D2"].value) == "1990-02-28 00:00:00"
    assert candidates.column_dimensions["D"].number_format == "dd/mm/yyyy"


def test_the_same_values_give_the_same_file(tmp_path: Path) -> None:
    """Nothing in the file says when it was made, so that making it again changes nothing."""
    path = tmp_path / "session.xlsx"
    write_session_model(path)
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert properties.count("2026-01-01T00:00:00Z</") == 2
    first = path.read_bytes()
    write_session_model(path)
    assert path.read_bytes() == first


def test_parts_of_fonts_are_in_the_order_of_the_schema(tmp_path: Path) -> None:
    """Excel's own validator refuses a font whose name comes before its weight."""
    path = tmp_path / "session.xlsx"
    write_session_model(path)
    with zipfile.ZipFile(path) as archive:
        fonts = ET.fromstring(archive.read("xl/styles.xml")).iter(f"{MAIN}font")
    orders = {tuple(part.tag.removeprefix(MAIN) for part in font) for font in fonts}
    assert ("b", "sz", "color", "name") in orders
    for order in orders:
        assert list(order) == [part for part in FONT_PARTS if part in order]


@pytest.mark.parametrize(
    "contents",
    [
        Contents(rows={"Candidats": [{"Nom": "Martin", "Nomm": "Martin"}]}),
        Contents(fields={"Session": {"Codes": "S1"}}),
    ],
)
def test_a_value_without_a_place_is_refused(contents: Contents, tmp_path: Path) -> None:
    """A misspelt column or row in the program is an error, not a value lost."""
    with pytest.raises(ValueError, match="has no"):
        write_source_workbook(tmp_path / "session.xlsx", SESSION, contents)


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A folder stands in the way: it stays, and no unfinished file beside it."""
    target = tmp_path / "session.xlsx"
    target.mkdir()
    with pytest.raises(OSError, match=r"session\.xlsx"):
        write_session_model(target)
    assert list(tmp_path.iterdir()) == [target]


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n"),
    min_size=1,
    max_size=80,
)


@tries(10)
@given(texts=st.lists(TEXTS, min_size=4, max_size=4))
def test_texts_are_read_back_as_they_were_written(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a school writes, in any script, is what the next reader finds."""
    path = tmp_path_factory.mktemp("texts") / "referential.xlsx"
    columns = ("Code", "Type", "Description", "Capitalisation de bloc")
    row = dict(zip(columns, texts, strict=True))
    write_source_workbook(path, REFERENTIAL, Contents(rows={"Modalités": [row]}))
    cells = load_workbook(path)["Modalités"][2][: len(columns)]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_text_that_looks_like_an_escape_stays_as_it_is(tmp_path: Path) -> None:
    """Spreadsheets take `_x0041_` in a file for a letter A, unless it is written otherwise."""
    path = tmp_path / "referential.xlsx"
    row = {"Code": "M_x0041_", "Type": "_x000D_"}
    write_source_workbook(path, REFERENTIAL, Contents(rows={"Modalités": [row]}))
    sheets, problems = open_source(path)
    assert not problems
    (sheet,) = (sheet for sheet in sheets if sheet.name == "Modalités")
    assert [sheet.rows[2][column].value for column in (1, 2)] == ["M_x0041_", "_x000D_"]


def test_the_reader_finds_nothing_wrong_in_the_shipped_workbook() -> None:
    """The shipped référentiel has no error: only blanks that a school has to fill."""
    referential, problems = read_referential(make_workbooks.ROOT / "referential.xlsx")
    assert referential is not None
    assert {problem.code for problem in problems} == {"field-blank", "official-value-blank"}
    assert len(referential.criteria) == 71


def test_libreoffice_keeps_what_the_reader_reads(libreoffice: Office, tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, the référentiel reads the same, its dropdowns in place."""
    shipped = make_workbooks.ROOT / "referential.xlsx"
    (saved,) = libreoffice.convert([shipped], tmp_path, ".xlsx")
    assert read_referential(saved)[0] == read_referential(shipped)[0]
    book = load_workbook(saved)
    merge = next(row[1] for row in book["Règles"].iter_rows() if row[0].value == "Fusion des jurés")
    rule = rule_at(book["Règles"], merge.coordinate)
    assert rule is not None
    assert offered(book, rule) == [
        "moyenne",
        "médiane",
        "majorité",
        "minimum",
        "maximum",
        "unanimité",
    ]
