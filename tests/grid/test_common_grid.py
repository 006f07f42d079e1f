"""A grid that several fill in together: what it shows of them, and what it asks of each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import grid_files
import pytest

from sheetgen.grid.write import Answers
from sheetgen.model import JurorCode, JurorRole, Notation
from sheetgen.rules import mark_in_common

if TYPE_CHECKING:
    from grid_files import GridFile

    from sheetgen.model import Session

KNOWN = builders.referential({"C1.1": 2, "C2.1": 2})
PEOPLE = (*builders.JURORS, builders.juror("J3"))


def common(*, assessor: bool = False) -> Session:
    """A session whose jury marks in common, with an évaluateur who does not sit."""
    alone = replace(builders.juror("E1"), role=JurorRole.ASSESSOR)
    session = builders.session(KNOWN, jurors=(*PEOPLE, alone) if assessor else PEOPLE)
    return mark_in_common(KNOWN, replace(session, notation=Notation.COMMON))


@pytest.fixture(scope="module")
def grid() -> GridFile:
    """The grid of the three members; the first has declared, in a correction."""
    session = common()
    answers = Answers(declarations={JurorCode("J1"): True, JurorCode("J2"): None})
    return grid_files.write(KNOWN, session, session.assignments[0], answers=answers)


def texts(grid: GridFile, sheet: str) -> list[list[object]]:
    """The filled cells of each row of a sheet."""
    rows = grid.values[sheet].iter_rows(values_only=True)
    found: list[list[object]] = [[cell for cell in row if cell not in (None, "")] for row in rows]
    return [row for row in found if row]


def test_the_first_sheet_lists_the_members_to_declare_and_sign(grid: GridFile) -> None:
    """Each has a row of their own, with an answer to give and a box to sign in."""
    rows = texts(grid, "Accueil")
    names = "Prénom J1 Nom J1 (J1), Prénom J2 Nom J2 (J2), Prénom J3 Nom J3 (J3)"
    assert ["Candidat", "NOM 1 Prénom 1 (n° 1)", "Jury", names] in [row[:4] for row in rows]
    assert ["Membre du jury", "Déclaration", "Oui / Non", "Date et signature"] in rows
    declared = "Je déclare n’avoir aucun lien avec ce candidat"
    assert [row for row in rows if declared in row] == [
        ["Prénom J1 Nom J1 (J1)", declared, "Oui"],
        ["Prénom J2 Nom J2 (J2)", declared],
        ["Prénom J3 Nom J3 (J3)", declared],
    ]
    boxes = [area for area in map(str, grid.book["Accueil"].merged_cells) if area.startswith("D")]
    assert len(boxes) >= len(PEOPLE)


def test_instructions_speak_to_several(grid: GridFile) -> None:
    """One mark for each criterion, on which they agree; nothing says « le juré »."""
    said = " ".join(str(cell) for row in texts(grid, "Accueil") for cell in row)
    assert "une seule appréciation par critère, celle sur laquelle ses membres s’accordent" in said
    assert "Chaque membre du jury remplit sa déclaration ci-dessous et signe" in said
    assert "Juré" not in said


def test_the_other_sheets_name_the_jury(grid: GridFile) -> None:
    """In the line under the header, in the footer, and where one juror would have signed."""
    assert "·   Jury : Prénom J1 Nom J1 (J1), Prénom J2" in str(grid.values["BC01"]["B2"].value)
    assert b"Jury J1+J2+J3 \xc2\xb7 NOM 1" in grid.parts["xl/worksheets/sheet2.xml"]
    signed = "Sur la feuille Accueil, par chaque membre du jury, en face de son nom."
    beside = [row[-2:] for row in texts(grid, "Synthèse")]
    assert ["Signatures", signed] in beside
    assert ["← Accueil", "Synthèse des évaluations"] in beside


def test_an_assessor_keeps_a_grid_of_their_own() -> None:
    """It declares nothing and names nobody else."""
    session = common(assessor=True)
    assert [(item.juror, item.rank) for item in session.assignments] == [("J1+J2+J3", 1), ("E1", 0)]
    own = grid_files.write(KNOWN, session, session.assignments[1])
    said = [cell for row in texts(own, "Accueil") for cell in row]
    assert "Prénom E1 Nom E1 (E1)" in said
    assert "Prénom J1 Nom J1 (J1)" not in said
    assert "Membre du jury" not in said
