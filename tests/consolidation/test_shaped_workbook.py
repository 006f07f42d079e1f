"""`consolidation.xlsx` of the example référentiels: épreuves, scales, notes and mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
import consolidated
import openpyxl
import pytest
from example_referentials import REFERENTIALS, read_marks
from recalculation import recalculate

from sheetgen.rules import decide_session
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from sheetgen.model import SessionDecisions


def decide(name: str) -> SessionDecisions:
    """An example, decided."""
    folder = REFERENTIALS / name
    referential, _ = read_referential(folder / "referential.xlsx")
    assert referential is not None
    session, _ = read_session(folder / "session.xlsx", referential)
    assert session is not None
    proposals = decide_session(referential, session, read_marks(name, referential))
    return builders.session_decisions(referential, session, proposals)


def written(name: str, folder: Path) -> Path:
    """Return the path of the shaped session's consolidation."""
    return consolidated.write(folder / f"{name}.xlsx", decide(name))


def opened(path: Path) -> Workbook:
    """The workbook with the values stored."""
    return openpyxl.load_workbook(path, data_only=True)


def test_epreuves_have_a_sheet_with_their_words_scores_and_notes(tmp_path: Path) -> None:
    """Theory at 12/20 opens practice, at 14/20: 13 and 15; 9, so closed; 12 and 12; 11,5 nearly."""
    rows = consolidated.table(opened(written("certificat-branche", tmp_path))["Épreuves"])
    told = [
        (row["Candidat"], row["Épreuve"], row["Résultat"], row["Score"], row["Note"])
        for row in rows
        if row["Candidat"] in ("B01", "B02", "B03", "B04")
    ]
    assert told == [
        ("B01", "THEO", "Réussie", pytest.approx(13 / 20), 13),
        ("B01", "PRAT", "Réussie", pytest.approx(15 / 20), 15),
        ("B02", "THEO", "Échouée", pytest.approx(9 / 20), 9),
        ("B02", "PRAT", "Non ouverte", 0, 0),
        ("B03", "THEO", "Réussie", pytest.approx(12 / 20), 12),
        ("B03", "PRAT", "Échouée", pytest.approx(12 / 20), 12),
        ("B04", "THEO", "À délibérer", pytest.approx(11.5 / 20), 11.5),
        ("B04", "PRAT", "À délibérer", None, None),
    ]


def test_a_plain_referential_has_no_sheet_of_epreuves(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """The sheets are those of always."""
    path = consolidated.write(tmp_path / "consolidation.xlsx", decisions)
    assert tuple(opened(path).sheetnames[: len(consolidated.TABS)]) == consolidated.TABS


def test_a_note_is_shown_over_its_maximum(tmp_path: Path) -> None:
    """« 6/8 » for an épreuve of two barèmes of 4, « 2,5/4 » for a mark on one; else on 20."""
    book = openpyxl.load_workbook(written("diplome-soin", tmp_path))
    head = [cell.value for cell in book["Épreuves"][5]]
    column = head.index("Note") + 1
    formats = [book["Épreuves"].cell(row, column).number_format for row in (6, 7, 8)]
    assert formats == ['General"/8"', 'General"/12"', 'General"/20"']
    head = [cell.value for cell in book["Critères"][5]]
    assert book["Critères"].cell(6, head.index("Appréciation 1") + 1).number_format == 'General"/4"'


def test_a_note_is_cut_and_never_seems_to_reach_what_it_misses(tmp_path: Path) -> None:
    """14 / 3 of 6 is 15,555… on 20: 15,55; 1,5 and 2 of 6 are 3,5 of 12; recalculated alike."""
    path = written("diplome-soin", tmp_path)
    rows = consolidated.table(opened(path)["Épreuves"])
    notes = {(row["Candidat"], row["Épreuve"]): row["Note"] for row in rows}
    assert notes["S01", "E3"] == 15.55
    assert notes["S02", "E2"] == 3.5
    assert recalculate(path).errors() == {}


def test_each_mark_is_held_to_the_list_of_its_own_scale(tmp_path: Path) -> None:
    """Notes on 4, notes on 6 and the words of the stage, in one column."""
    book = openpyxl.load_workbook(written("diplome-soin", tmp_path))
    sheet, lists = book["Critères"], book["_listes"]
    head = [cell.value for cell in sheet[5]]
    column, code = head.index("Appréciation 1") + 1, head.index("Critère") + 1
    offered = {}
    for row in range(6, 13):
        cell = sheet.cell(row, column)
        (rule,) = [x for x in sheet.data_validations.dataValidation if cell.coordinate in x.sqref]
        source = str(rule.formula1).rpartition("!")[2].replace("$", "")
        first = next(iter(lists[source]))[0]
        offered[str(sheet.cell(row, code).value)] = first.value
    assert offered == {
        "C1.1": 4,
        "C1.2": 6,
        "C2.1": 4,
        "C2.2": 6,
        "C3.1": "3 – Seul",
        "C3.2": "3 – Seul",
        "C3.3": "3 – Seul",
    }


def test_states_that_no_mark_decides_stand_in_the_place_of_marks(tmp_path: Path) -> None:
    """« Sans objet » for a modalité of another way."""
    rows = consolidated.table(opened(written("titre-options-voies", tmp_path))["Critères"])
    found = {row["Appréciation 1"] for row in rows if row["État"] == "Sans objet"}
    assert found == {"Sans objet"}


def test_the_summary_tells_means_and_mentions(tmp_path: Path) -> None:
    """Means and mentions are those decided, and those that the sheet recalculates."""
    path, decisions = written("titre-options-voies", tmp_path), decide("titre-options-voies")
    rows = consolidated.table(opened(path)["Synthèse"])
    assert {row["Candidat"]: row["Mention"] for row in rows} == {
        item.candidate: item.mention for item in decisions.candidates
    }
    assert {row["Mention"] for row in rows} >= {"Bien", "Assez bien"}
    assert all(row["Note"] is not None for row in rows)


def test_the_figures_count_epreuves_and_mentions(tmp_path: Path) -> None:
    """Below the summary: who passed each épreuve, who got which mention."""
    branch = opened(written("certificat-branche", tmp_path))["Synthèse"]
    lines = [[cell.value for cell in row[:3]] for row in branch.iter_rows()]
    assert ["THEO", "3 / 5", pytest.approx(0.6)] in lines
    assert ["PRAT", "2 / 4", pytest.approx(0.5)] in lines
    voyage = opened(written("titre-options-voies", tmp_path))["Synthèse"]
    lines = [[cell.value for cell in row[1:3]] for row in voyage.iter_rows()]
    assert ["Bien", 1] in lines
