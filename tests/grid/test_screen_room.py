"""The room that a grid takes on a small laptop: 1,290 x 520 pixels of cells, and 540 for Accueil.

Pixels are those of Excel at 96 to the inch, as rows and columns declare them; what LibreOffice
shows of them is measured by `scripts/screens.py`.
"""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import grid_files
import pytest
from recalculation import recalculate

from sheetgen.grid.contract import ZOOM
from sheetgen.grid.write import Answers
from sheetgen.sources import read_referential

if TYPE_CHECKING:
    from grid_files import GridFile
    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
HEIGHT, HOME_HEIGHT = 520, 540


@pytest.fixture(scope="module")
def grid() -> GridFile:
    """The grid of a candidate to the whole certification, of the shipped référentiel."""
    known, _ = read_referential(ROOT / "referential.xlsx", tried=False)
    assert known is not None
    blocks = [block.code for block in known.blocks]
    session = builders.session(known, candidates=[builders.candidate(presented=blocks)])
    return grid_files.write(known, session)


def ends(sheet: Worksheet) -> list[float]:
    """The pixels at which each row ends, at the zoom at which the sheet opens."""
    heights = (sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1))
    return [points / 0.75 * ZOOM / 100 for points in accumulate(heights)]


def test_every_visible_sheet_uses_the_width(grid: GridFile) -> None:
    """From 1,100 to 1,290 pixels, the margins of columns included."""
    for number, sheet in enumerate(grid.book.worksheets, start=1):
        if sheet.sheet_state != "visible":
            continue
        assert sheet.sheet_view.zoomScale == ZOOM
        part = grid.parts[f"xl/worksheets/sheet{number}.xml"].decode()
        columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([0-9.]+)"', part)
        # What the file says of a width holds the margins.
        width = sum((int(last) - int(first) + 1) * float(each) for first, last, each in columns)
        pixels = 7 * width * ZOOM / 100
        assert 1100 <= pixels <= 1290, sheet.title


def test_ten_criteria_show_at_once_and_seven_screens_show_all(grid: GridFile) -> None:
    """On the first screen of BC01; the header takes its place on each."""
    screens = 0.0
    for block in grid.plan.blocks:
        found = ends(grid.book[block.block.code])
        whole = [item for item in block.criteria if found[item.row] <= HEIGHT]
        if block.block.code == "BC01":
            assert len(whole) >= 10
        screens += 1 + max(0.0, found[block.last_row] - HEIGHT) / (HEIGHT - found[0])
    assert len(grid.plan.criteria) == 71
    assert screens <= 7


def test_the_first_sheet_is_whole_on_one_screen(grid: GridFile) -> None:
    """The declaration before the progress, and both on it."""
    sheet = grid.book["Accueil"]
    assert ends(sheet)[-1] <= HOME_HEIGHT
    texts = {cell.value: cell.row for row in sheet.iter_rows() for cell in row if cell.value}
    assert texts["Déclaration du juré"] < texts["Avancement"]


def test_a_criterion_takes_one_line_where_it_fits_and_a_competency_two(grid: GridFile) -> None:
    """Heights in points: 17 for a line, 29.5 for two lines of a competency."""
    for block in grid.plan.blocks:
        for part in block.competencies:
            assert sum(row.height for row in part.headings) <= 29.5
            assert sum(row.height for row in part.methods) <= 29.5
            short = [item for item in part.criteria if len(item.criterion.title) < 90]
            assert all([row.height for row in item.rows] == [17] for item in short)


def test_whole_texts_are_one_click_away_and_in_the_input_help(grid: GridFile) -> None:
    """Each competency's code leads to its row of « Référentiel », where both texts are whole."""
    places = {name: item.attr_text for name, item in grid.book.defined_names.items()}
    texts = grid.book["Référentiel"]
    for block in grid.plan.blocks:
        sheet = grid.book[block.block.code]
        for part in block.competencies:
            cell = sheet.cell(part.headings[0].row + 1, 1)
            assert cell.hyperlink is not None
            address = places[str(cell.hyperlink.location)].rpartition("!")[2]
            row = int(address.rpartition("$")[2])
            method = grid.plan.referential.method[part.competency.methods[0]]
            assert texts.cell(row, 2).value == part.competency.title
            assert method.description in str(texts.cell(row, 3).value)
            (help_,) = (
                rule
                for rule in sheet.data_validations.dataValidation
                if cell.coordinate in rule.sqref
            )
            assert help_.prompt.rstrip("…") in part.competency.title


def test_a_bloc_says_what_is_left_and_leads_to_the_next(grid: GridFile) -> None:
    """In row 2, on the first cell to fill; the last bloc leads to the opinion."""
    codes = [block.block.code for block in grid.plan.blocks]
    for block, following in zip(grid.plan.blocks, [*codes[1:], "Synthèse"], strict=True):
        sheet, values = grid.book[block.block.code], grid.values[block.block.code]
        count = len(block.criteria)
        assert values["E2"].value == f"● {count} critères à évaluer"
        assert sheet["D2"].value == f"{following} ➜ (LibreOffice : Ctrl+clic)"
        target = "F7" if following == "Synthèse" else "C6"
        assert sheet["D2"].hyperlink.location == f"'{following}'!{target}"
        assert sheet["A2"].hyperlink.location == "'Accueil'!A1"


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        (Answers(), "● Déclaration à remplir"),
        (Answers(opinion="Favorable"), "● Déclaration à remplir"),
        (Answers(declaration=True), "✎ Avis global à écrire"),
        (Answers(declaration=True, opinion="Favorable"), "✔ Terminé"),
    ],
)
def test_the_declaration_and_the_opinion_count_in_what_is_left(
    tmp_path: Path, answers: Answers, left: str
) -> None:
    """Once every criterion is marked; stored as it is calculated."""
    known = builders.referential({"C1.1": 2})
    marks = builders.own_marks(known, "2 2")
    grid = grid_files.write(known, builders.session(known), marks=marks, answers=answers)
    sheet = grid.values["Accueil"]
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "Ensemble")
    assert sheet[f"E{row}"].value == left
    path = tmp_path / "grid.xlsx"
    path.write_bytes(grid.data)
    assert recalculate(path).value("Accueil", f"E{row}") == left
