"""Grids filled and saved by LibreOffice, in every format it writes, are read back exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
from office import Change, FillJob
from returns.desk import CELLS, DESK, Desk, edited, marks, said, values

from sheetgen.grid.contract import DECLARATION_LABEL, OPINION_LABEL, REMARKS_LABEL
from sheetgen.grid.read import ReadGrid, parse_grid, read_grid
from sheetgen.grid.write import Answers
from sheetgen.model import ReturnStatus
from sheetgen.spreadsheet import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from openpyxl import Workbook

    from sheetgen.returns.collect import Collection

FILLED = {
    "C1.1.1": ("Acquis", "=1+1"),
    "C1.1.2": ("Partiellement acquis", "Très bien — « rien à dire »"),
    "C1.1.3": ("Non acquis", "deux\nlignes d’un coup"),
    "C1.2.1": ("Non observé", "12,5"),
    "C1.2.2": ("Non acquis", "<b>&amp;</b>  deux espaces"),
    "C2.1.1": ("Acquis", ""),
}
"""What a juror types: marks, and comments that a program might take for something else."""

JOURNEYS = [(".xlsx",), (".ods",), (".xls",), (".ods", ".xlsx"), (".xls", ".ods", ".xlsx")]
"""The formats that a grid is saved in, one after the other."""


def travelled(
    libreoffice: Office, folder: Path, data: bytes, changes: list[Change], journey: tuple[str, ...]
) -> tuple[str, bytes]:
    """A grid filled in LibreOffice and saved again in each format; its name and its bytes."""
    source = folder / "grille.xlsx"
    source.write_bytes(data)
    target = folder / f"rendu{journey[0]}"
    libreoffice.fill([FillJob(source=source, target=target, changes=changes)])
    for number, ending in enumerate(journey[1:]):
        (target,) = libreoffice.convert([target], folder / f"étape {number}", ending)
    return target.name, target.read_bytes()


def typing() -> list[Change]:
    """Everything that the juror types in the bloc sheets."""
    changes = []
    for code, (mark, comment) in FILLED.items():
        sheet, cell = CELLS[code]
        changes.append(Change(sheet=sheet, cell=cell, value=mark))
        if comment:
            changes.append(Change(sheet=sheet, cell=f"D{cell[1:]}", value=comment))
    return changes


def answers_in(grid: ReadGrid) -> dict[str, tuple[str, str]]:
    """Return the place of each answer that a juror gives outside the bloc sheets."""
    asked = (DECLARATION_LABEL, OPINION_LABEL, REMARKS_LABEL)
    cells = {label: cell for label in asked for cell in grid.answers[label]}
    return {label: (cell.sheet, cell.cell) for label, cell in cells.items()}


def said_by(collection: Collection) -> dict[str, tuple[object, str]]:
    """Mark and comment of each criterion that has a valid mark."""
    return {code: (mark.value, mark.comment) for code, mark in marks(collection).items()}


@pytest.mark.parametrize("journey", JOURNEYS, ids=" ".join)
def test_a_grid_filled_in_libreoffice_is_read_back_exactly(
    libreoffice: Office, tmp_path: Path, journey: tuple[str, ...]
) -> None:
    """Every mark, comment and answer, whatever the formats it went through; nothing is said."""
    blank = DESK.grid(points="", answers=Answers())
    where = answers_in(read_grid(blank))
    texts = dict(zip(sorted(where), ("Avis très favorable", "Oui", "Rien"), strict=True))
    changes = typing() + [
        Change(sheet=where[label][0], cell=where[label][1], value=text)
        for label, text in texts.items()
    ]
    name, data = travelled(libreoffice, tmp_path, blank, changes, journey)
    collection = DESK.collect({name: data})
    (item,) = collection.returns
    assert said(item.problems) == []
    assert said_by(collection) == FILLED
    assert (item.declaration, item.opinion, item.remarks) == (True, "Avis très favorable", "Rien")
    assert item.status is ReturnStatus.ACCEPTED
    assert {code: (mark.sheet, mark.cell) for code, mark in marks(collection).items()} == {
        code: place for code, place in CELLS.items() if code in FILLED
    }


@pytest.mark.parametrize("journey", JOURNEYS, ids=" ".join)
def test_notes_filled_in_libreoffice_are_read_back_exactly(
    libreoffice: Office, tmp_path: Path, journey: tuple[str, ...]
) -> None:
    """Numbers, texts with a decimal comma and « non observé » come back as typed."""
    known = builders.referential({"C1.1": 4}, scale=builders.note_scale(step="1/10"))
    desk = Desk(referential=known, session=builders.session(known))
    typed: list[str | float] = [12.3, "0,7", 20.0, "Non observé"]
    changes = [
        Change(sheet="BC01", cell=f"C{row}", value=value) for row, value in enumerate(typed, 6)
    ]
    name, data = travelled(libreoffice, tmp_path, desk.grid(points=""), changes, journey)
    read = marks(desk.collect({name: data}))
    assert [str(mark.value) for mark in read.values()] == ["123/10", "7/10", "20", "Non observé"]


@pytest.mark.parametrize(
    ("journey", "places"),
    [
        ((".xlsx",), ["stamp", "properties", "code"]),
        ((".ods",), ["stamp", "properties", "code"]),
        ((".xls",), ["stamp", "code"]),
        ((".ods", ".xlsx"), ["stamp", "properties", "code"]),
        ((".xls", ".ods", ".xlsx"), ["stamp", "properties", "code"]),
    ],
)
def test_at_least_two_places_of_the_identity_survive_every_format(
    libreoffice: Office, tmp_path: Path, journey: tuple[str, ...], places: list[str]
) -> None:
    """Properties are not read from .xls, where they are kept all the same."""
    _, data = travelled(libreoffice, tmp_path, DESK.grid(), [], journey)
    grid = parse_grid(read_workbook(data))
    found = {"stamp": len(grid.stamp) == 7, "properties": len(grid.properties) == 7,
             "code": len(grid.codes) == 1}  # fmt: skip
    assert [place for place, there in found.items() if there] == places


def test_one_grid_saved_in_two_formats_is_a_duplicate(libreoffice: Office, tmp_path: Path) -> None:
    """Equal marks and comments make a duplicate, whatever the format."""
    files = {}
    for ending in (".ods", ".xls"):
        folder = tmp_path / ending[1:]
        folder.mkdir()
        name, data = travelled(libreoffice, folder, DESK.grid(points=""), typing(), (ending,))
        files[name] = data
    statuses = sorted(item.status.name for item in DESK.collect(files).returns)
    assert statuses == ["ACCEPTED", "DUPLICATE"]


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_a_note_shown_as_a_percentage_is_refused_in_every_format_of_libreoffice(
    libreoffice: Office, tmp_path: Path, ending: str
) -> None:
    """50 % is 0.5, a note in steps of a half; the notes beside it are read."""
    known = builders.referential({"C1.1": 3}, scale=builders.note_scale())
    desk = Desk(referential=known, session=builders.session(known))

    def change(book: Workbook) -> None:
        for address, number_format in (("C6", "0%"), ("C7", "0.00")):
            cell = book["BC01"][address]
            cell.value, cell.number_format = 0.5, number_format

    source = tmp_path / "grille.xlsx"
    source.write_bytes(edited(desk.grid(points="12 8 15"), change))
    (saved,) = libreoffice.convert([source], tmp_path / "rendu", ending)
    collection = desk.collect({saved.name: saved.read_bytes()})
    assert values(collection) == {"C1.1.2": Fraction(1, 2), "C1.1.3": Fraction(15)}
    (refused,) = [item for item in collection.returns[0].problems if item.location.cell == "C6"]
    assert refused.code == "note-shown-otherwise"
    assert refused.message.startswith("La cellule montre « 50 % », mais elle contient")
