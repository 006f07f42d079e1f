"""The content of a grid's file: all that its juror needs, and nothing that it must not hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import builders
import grid_files
import pytest
from openpyxl.cell.cell import Cell

from sheetgen.excel import listed_marks
from sheetgen.excel.cell_text import excel_length
from sheetgen.excel.palette import contrast
from sheetgen.grid.contract import (
    CODE_LABEL,
    CONTRACT_COLUMNS,
    DECLARATION_DATE_LABEL,
    DECLARATION_LABEL,
    OPINION_LABEL,
    REMARKS_LABEL,
    SUMMARY_HEADER,
    TYPED_BY_LABEL,
    Column,
)
from sheetgen.grid.identity import PROPERTY_PREFIX
from sheetgen.grid.write.stamping import produce_grids
from sheetgen.model import (
    Accommodation,
    AccommodationKind,
    CandidateId,
    CriterionCode,
    JurorCode,
    Level,
    Mark,
    Referential,
    Route,
    Session,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from grid_files import GridFile
    from openpyxl.worksheet.worksheet import Worksheet

EVERYTHING = {"C1.1": 2, "C1.2": 1, "C2.1": 3}


@pytest.fixture(scope="module")
def known() -> Referential:
    """Two blocs, three competencies, six criteria, the shipped scale."""
    return builders.referential(EVERYTHING)


@pytest.fixture(scope="module")
def session(known: Referential) -> Session:
    """Two candidates; the first has an exemption with effect and extra time."""
    people = [builders.candidate(number, presented=["BC01", "BC02"]) for number in ("7001", "7002")]
    extra = Accommodation(
        candidate=CandidateId("7002"),
        kind=AccommodationKind.EXTRA_TIME,
        instruction="Un tiers de temps en plus",
    )
    exemption = builders.exemption("C1.1.2", candidate="7001")
    return builders.session(known, candidates=people, accommodations=[exemption, extra])


@pytest.fixture(scope="module")
def grid(known: Referential, session: Session) -> GridFile:
    """The first juror's grid for the first candidate."""
    return grid_files.write(known, session)


def unlocked(sheet: Worksheet) -> set[str]:
    """The addresses of the cells that can be written to."""
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and not cell.protection.locked
    }


def beside(sheet: Worksheet, label: str) -> str:
    """The address of the cell at the right of a label, which may be merged over several."""
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    areas = [area for area in sheet.merged_cells.ranges if cell.coordinate in area]
    last = areas[0].max_col if areas else cell.column
    return str(cell.offset(column=last - cell.column + 1).coordinate)


def test_a_session_of_several_days_is_shown_with_both_ends(
    known: Referential, session: Session
) -> None:
    """On Accueil; with one day, that day."""
    day = date(2026, 6, 15)
    for last, text in ((None, "15/06/2026"), (date(2026, 6, 17), "15/06/2026 au 17/06/2026")):
        held = replace(session, date=day, last_day=last)
        home = grid_files.write(known, held).book["Accueil"]
        assert home[beside(home, "Date de la session")].value == text


def test_sheets_are_those_of_the_contract(grid: GridFile) -> None:
    """Accueil, one per bloc named by its code, Synthèse, the texts, and one very hidden."""
    states = {sheet.title: sheet.sheet_state for sheet in grid.book.worksheets}
    assert states == {
        "Accueil": "visible",
        "BC01": "visible",
        "BC02": "visible",
        "Synthèse": "visible",
        "Référentiel": "visible",
        "_sheetgen": "veryHidden",
    }


def test_only_bloc_sheets_have_their_header_row(grid: GridFile) -> None:
    """The reader knows a bloc's sheet by its header; no other sheet has one."""
    headers = [column.value for column in CONTRACT_COLUMNS]
    having = [
        sheet.title
        for sheet in grid.book.worksheets
        for row in sheet.iter_rows(values_only=True)
        if list(row[:5]) == headers
    ]
    assert having == ["BC01", "BC02"]
    assert [cell.value for cell in grid.book["Synthèse"][1]][:4] == list(SUMMARY_HEADER)


def test_only_the_cells_of_the_juror_can_be_written(grid: GridFile) -> None:
    """Marks, comments of criteria that are not exempt, declaration, opinion, remarks, who typed.

    The links of a bloc's sheet are open to the cursor, which goes to no locked cell there, and
    refuse whatever is typed.
    """
    for block in grid.plan.blocks:
        sheet = grid.book[block.block.code]
        rows = [item.row + 1 for item in block.criteria if item.is_asked]
        links = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink}
        expected = {f"{column}{row}" for row in rows for column in "CD"}
        assert unlocked(sheet) == expected | links
        rules = sheet.data_validations.dataValidation
        refusing = {str(rule.sqref) for rule in rules if rule.formula1 == "FALSE"}
        assert refusing == links
        assert sheet.protection.selectLockedCells
    home, summary = grid.book["Accueil"], grid.book["Synthèse"]
    at_home = (DECLARATION_LABEL, DECLARATION_DATE_LABEL, TYPED_BY_LABEL)
    assert unlocked(home) == {beside(home, label) for label in at_home}
    labels = (OPINION_LABEL, REMARKS_LABEL)
    assert unlocked(summary) == {beside(summary, label) for label in labels}
    assert unlocked(grid.book["Référentiel"]) == set()
    assert unlocked(grid.book["_sheetgen"]) == set()


def test_every_sheet_and_the_structure_are_protected_without_a_password(grid: GridFile) -> None:
    """A juror who must get in is stopped by no password."""
    for sheet in grid.book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    assert grid.book.security.lockStructure
    assert grid.book.security.workbookPassword is None


def test_an_exempted_criterion_is_shown_as_such_and_locked(grid: GridFile) -> None:
    """« Exempté » stands where the mark would, without a list to choose from.

    As a formula: a program that completes what is typed from its column would offer a plain text.
    """
    exempt = next(item for item in grid.plan.criteria if not item.is_asked)
    sheet = grid.book["BC01"]
    mark = sheet.cell(exempt.row + 1, 3)
    assert exempt.criterion.code == "C1.1.2"
    assert mark.data_type == "f"
    assert grid.values["BC01"][mark.coordinate].value == "Exempté"
    assert mark.protection.locked
    assert not any(mark.coordinate in rule.sqref for rule in sheet.data_validations.dataValidation)


def test_identity_stands_in_three_places(grid: GridFile) -> None:
    """The hidden sheet, the custom properties, and the code that is printed."""
    fields = grid.stamp.fields()
    hidden = {row[0]: row[1] for row in grid.book["_sheetgen"].iter_rows(max_row=8, max_col=2)}
    assert {name.value: value.value or "" for name, value in hidden.items()} == fields
    custom = ET.fromstring(grid.parts["docProps/custom.xml"])
    properties = {item.get("name"): item[0].text or "" for item in custom}
    assert properties == {f"{PROPERTY_PREFIX}{name}": value for name, value in fields.items()}
    home = grid.book["Accueil"]
    assert home[beside(home, CODE_LABEL)].value == grid.stamp.code


def test_nothing_of_another_candidate_is_in_a_grid(grid: GridFile) -> None:
    """Neither their number nor their name nor their arrangement, in any part of the file."""
    for name, part in grid.parts.items():
        text = part.decode("utf-8")
        assert "7002" not in text, name
        assert "Un tiers de temps en plus" not in text, name
        assert "7002" not in name


def test_arrangements_are_said_to_the_juror_who_applies_them(
    known: Referential, session: Session
) -> None:
    """Extra time and its instruction on the second candidate's grid, under their heading."""
    other = grid_files.write(known, session, session.assignments[2])
    texts = [cell.value for cell in other.book["Accueil"]["A"]]
    place = texts.index("Aménagements à appliquer")
    assert texts[place + 1] == "•  Temps majoré : Un tiers de temps en plus"


def test_under_anonymity_only_the_number_is_given(known: Referential, session: Session) -> None:
    """The candidate's name is in no part of the file."""
    grid = grid_files.write(known, replace(session, anonymous=True))
    for name, part in grid.parts.items():
        text = part.decode("utf-8").upper()
        assert "NOM 7001" not in text, name
    assert "Candidat n° 7001" in [cell.value for cell in grid.book["Accueil"]["B"]]


def test_a_bloc_only_candidate_gets_the_method_of_that_route(known: Referential) -> None:
    """The variant follows the method; a candidate to the whole certification does not see it."""
    expected = {
        Route.FULL: "Modalité : Mise en situation\nModalité de C2.1",
        Route.BLOCKS: "Modalité : Mise en situation\nModalité de C2.1\n"
        "Candidat en capitalisation de bloc : Modalité de C2.1, pour le bloc seul",
    }
    for route, text in expected.items():
        person = builders.candidate(presented=["BC02"], route=route)
        grid = grid_files.write(known, builders.session(known, candidates=[person]))
        assert grid.book["Référentiel"]["C3"].value == text
        assert grid.book["BC02"]["B5"].value == text.replace("\n", " — ")


def test_the_same_inputs_give_the_same_bytes(known: Referential, session: Session) -> None:
    """Written twice in a row, and stamped twice."""
    assert grid_files.write(known, session).data == grid_files.write(known, session).data
    stamped, again = (
        [(assignment, make()) for assignment, make in produce_grids(known, session, grid_files.KEY)]
        for _ in range(2)
    )
    assert [assignment for assignment, _ in stamped] == list(session.assignments)
    assert stamped == again


def test_the_document_says_its_title_language_and_day(grid: GridFile) -> None:
    """For screen readers; the day is the session's, so that a grid can be made again."""
    core = grid.parts["docProps/core.xml"].decode()
    assert "<dc:title>Grille d’évaluation — NOM 7001 Prénom 7001 (n° 7001)</dc:title>" in core
    assert "<dc:language>fr-FR</dc:language>" in core
    assert "2026-06-15T00:00:00Z</dcterms:created>" in core


def test_sheets_print_on_one_page_across_with_their_header(grid: GridFile) -> None:
    """A4 landscape; the header row repeated; juror, candidate, code and page in the footer."""
    for number in range(1, 6):
        part = grid.parts[f"xl/worksheets/sheet{number}.xml"].decode()
        assert '<pageSetUpPr fitToPage="1"/>' in part
        assert 'paperSize="9"' in part
        assert 'orientation="landscape"' in part
        assert "fitToWidth" not in part
        assert 'zoomScale="85"' in part
        footer = re.search("<oddFooter>(.*)</oddFooter>", part)
        assert footer is not None
        assert footer[1] == (
            "&amp;L&amp;9Juré J1 · NOM 7001 Prénom 7001 (n° 7001)"
            f"&amp;C&amp;9Grille {grid.stamp.code}&amp;R&amp;9Page &amp;P / &amp;N"
        )
    for block in grid.plan.blocks:
        sheet = grid.book[block.block.code]
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")


def test_rows_of_marks_grow_and_the_others_do_not(grid: GridFile) -> None:
    """A height marked as custom hides a long comment; one that is not is lost by merged cells."""
    part = grid.parts["xl/worksheets/sheet2.xml"].decode()
    custom = {
        int(row) - 1: "customHeight" in rest
        for row, rest in re.findall(r'<row r="([0-9]+)"([^>]*)>', part)
    }
    growing = {item.row for item in grid.plan.blocks[0].criteria if item.is_asked}
    assert {row for row, is_custom in custom.items() if not is_custom} == growing


def test_charts_and_logo_say_what_they_show(known: Referential, session: Session) -> None:
    """Their descriptions stand in the drawings, and the logo on the first sheet alone."""
    certified = replace(known, certification=replace(known.certification, certifier="École"))
    grid = grid_files.write(certified, session, logo=grid_files.PIXEL)
    drawings = [part.decode() for name, part in grid.parts.items() if "drawings/drawing" in name]
    descriptions = re.findall(r'descr="([^"]+)"', "".join(drawings))
    assert sorted(descriptions) == [
        "Graphique : score de chaque bloc (BC01, BC02)",
        "Logo de École",
    ]


def test_what_the_name_of_a_typist_is_for_stands_below_its_cell(grid: GridFile) -> None:
    """Not in a prompt, which LibreOffice draws over the progress above."""
    home = grid.book["Accueil"]
    row = next(cell.row for cell in home["A"] if cell.value == TYPED_BY_LABEL)
    assert home.cell(row + 1, 1).value == (
        "Nom de qui recopie ici une grille remplie à la main ; sinon, laissez vide."
    )
    assert home.cell(row, 2).value is None


def test_a_competencys_code_stands_on_the_first_line_of_its_text(grid: GridFile) -> None:
    """On the sheet that shows texts whole, some of them fifteen lines high."""
    lines = [row for row in grid.book["Référentiel"].iter_rows(min_row=2) if row[0].hyperlink]
    assert len(lines) == 3
    assert {cell.alignment.vertical for row in lines for cell in row[:3]} == {"top"}


def test_the_bars_of_results_are_told_apart_by_their_colours(
    known: Referential, session: Session
) -> None:
    """In the legend of « Synthèse » « À délibérer » is amber, of twice the light of the red."""
    grid = grid_files.write(known, session)
    chart = next(part for name, part in grid.parts.items() if "charts/chart" in name).decode()
    bars = re.findall(r"<c:tx>.*?<c:v>(.*?)</c:v>.*?<c:spPr>.*?val=\"(\w{6})\"", chart)
    colours = dict(bars)
    assert set(colours) == {"Incomplet", "À délibérer", "Non validé", "Validé"}
    for other in colours.keys() - {"À délibérer"}:
        assert contrast(colours["À délibérer"], colours[other]) >= 1.8, other
    assert contrast(colours["À délibérer"], "FFFFFF") >= 3


def test_levels_colour_the_marks(known: Referential, session: Session) -> None:
    """A level's colour grounds its marks, in white or black, whichever is readable."""
    best, _, worst = builders.LEVELS
    levels = [replace(best, colour="102030"), replace(worst, label="Non", colour="FFEE00")]
    sheet = grid_files.write(replace(known, scale=builders.level_scale(levels)), session).book[
        "BC01"
    ]
    rules = {
        rule.formula[0]: (rule.dxf.fill.bgColor.rgb, rule.dxf.font.color.rgb)
        for area in sheet.conditional_formatting
        for rule in area.rules
        if rule.formula[0].startswith("AND")
    }
    assert rules == {
        "AND(COUNT($E2)=1,$E2=2)": ("FF102030", "FFFFFFFF"),
        "AND(COUNT($E2)=1,$E2=0)": ("FFFFEE00", "FF000000"),
    }


@pytest.mark.parametrize(
    ("labels", "listed"),
    [
        (["A", "B"], ["A", "B", "Non observé"]),
        ([f"Niveau {n} {'🎓' * 120}" for n in range(4)], None),
        ([f"Niveau {n} {'é' * 240}" for n in range(255)], None),
    ],
)
def test_validations_stay_within_what_excel_accepts(
    known: Referential, session: Session, labels: list[str], listed: list[str] | None
) -> None:
    """A list through a range; prompts, error texts and titles short enough for any labels."""
    levels = [
        Level(
            label=label,
            points=builders.LEVELS[0].points * place,
            acquired=place > 0,
            definition="Définition 🎓 " * 40,
        )
        for place, label in enumerate(reversed(labels))
    ]
    grid = grid_files.write(replace(known, scale=builders.level_scale(levels)), session)
    sheet = grid.book["BC01"]
    rules = [item for item in sheet.data_validations.dataValidation if item.formula1 != "FALSE"]
    assert len(rules) == 2
    for rule in rules:
        assert rule.type == "list"
        assert rule.formula1 == f"_sheetgen!$D$2:$D${len(labels) + 2}"
        assert excel_length(rule.error) <= 224
        assert rule.promptTitle is None
        assert excel_length(rule.errorTitle) <= 32
        assert rule.prompt is None  # it would cover the observations
    offered = [grid.book["_sheetgen"][f"D{row}"].value for row in range(2, len(labels) + 3)]
    assert offered == [*labels, "Non observé"]
    if listed is not None:
        assert offered == listed
        assert rules[0].error == "Choisir dans la liste : A, B ou Non observé."


def test_the_declaration_is_yes_or_no(grid: GridFile) -> None:
    """Its list stands in a range too; what either means is said beside it."""
    rule, day = grid.book["Accueil"].data_validations.dataValidation
    assert day.type == "date"
    assert (rule.type, rule.formula1) == ("list", "_sheetgen!$AL$2:$AL$3")
    assert [grid.book["_sheetgen"][cell].value for cell in ("AL2", "AL3")] == ["Oui", "Non"]
    assert rule.prompt is None  # it would cover what is said beside it
    assert rule.promptTitle is None


def test_notes_are_listed_by_their_steps(session: Session) -> None:
    """From the highest down, *Non observé* last; the prompt and the error say the bounds."""
    known = builders.referential(EVERYTHING, scale=builders.note_scale(maximum=1, acquired_from=1))
    sheet = grid_files.write(known, session).book["BC01"]
    rule = sheet.data_validations.dataValidation[0]
    assert listed_marks(known.scale) == [1.0, 0.5, 0.0, "Non observé"]
    assert rule.formula1 == "_sheetgen!$D$2:$D$5"
    assert str(sheet["D3"].value).splitlines()[0] == "De 0 à 1, par pas de 0,5, ou « Non observé »"
    assert rule.error == "Saisir une note de 0 à 1, par pas de 0,5, ou « Non observé »."


def test_more_than_200_notes_are_checked_by_a_formula(session: Session) -> None:
    """A number on a step within the bounds, or *Non observé*: no list of 2 001 lines."""
    known = builders.referential(EVERYTHING, scale=builders.note_scale(step="0.01"))
    rule = grid_files.write(known, session).book["BC01"].data_validations.dataValidation[0]
    assert rule.type == "custom"
    assert rule.formula1 == (
        "IF(COUNT(C6)=1,AND(C6>=0,C6<=20,ROUND((C6-0)/0.01,6)=ROUND((C6-0)/0.01,0)),"
        'C6="Non observé")'
    )


def test_a_mark_looks_as_it_was_chosen(session: Session) -> None:
    """A label that looks like a number stays a text; a note is a number."""
    levels = [
        Level(label="1", points=builders.LEVELS[0].points, acquired=True),
        Level(label="=0", points=builders.LEVELS[2].points, acquired=False),
    ]
    for scale, value, shown, form in (
        (builders.level_scale(levels), "=0", "=0", "@"),
        (builders.note_scale(), builders.LEVELS[1].points / 2, 0.5, "General"),
    ):
        known = builders.referential(EVERYTHING, scale=scale)
        cell = grid_files.write(known, session, marks=first_mark(known, value)).book["BC01"]["C6"]
        assert (cell.value, cell.number_format) == (shown, form)
        assert cell.data_type != "f"


def first_mark(known: Referential, value: str | Fraction) -> dict[CriterionCode, Mark]:
    """A mark on the first criterion."""
    code = known.criteria[0].code
    points = builders.LEVELS[0].points
    return {code: Mark(juror=JurorCode("J1"), criterion=code, value=value, points=points)}


def test_columns_are_in_the_order_of_the_contract(grid: GridFile) -> None:
    """Code, Critère, Évaluation, Observations, Points, and what is left to do."""
    shown = [cell.value for cell in grid.book["BC01"][1]]
    assert shown == [column.value for column in Column]
    assert shown == ["Code", "Critère", "Évaluation", "Observations", "Points", "Suivi"]
