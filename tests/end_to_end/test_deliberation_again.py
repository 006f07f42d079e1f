"""A jury's work when something changes after it sat, with the commands alone."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from conftest import EXAMPLES, Workplace

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

C05 = "Anaïs Prétexte-Faux (C05)"
"""A candidate, as messages name them."""


@pytest.fixture(scope="module")
def sat(complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The example session, consolidated, its jury's workbook in the place of the blank one."""
    place = complete_example.copied(tmp_path_factory.mktemp("sat"))
    shutil.copyfile(EXAMPLES / "deliberation.xlsx", jurys(place))
    return place


@pytest.fixture
def place(sat: Workplace, tmp_path: Path) -> Workplace:
    """A copy to work in."""
    return sat.copied(tmp_path)


def jurys(place: Workplace) -> Path:
    """The workbook in which the jury decides."""
    return place.outputs / "consolidation" / "consolidation.xlsx"


def other_rule(place: Workplace) -> list[str]:
    """The option that gives a référentiel where what nobody observed is lost."""
    path = place.folder / "referential.xlsx"
    book = openpyxl.load_workbook(EXAMPLES / "referential.xlsx")
    row = next(row for row in book["Règles"].iter_rows() if row[0].value == "Critère non observé")
    row[1].value = "non acquis"
    book.save(path)
    return ["--referential", str(path)]


def said(result: Result) -> str:
    """Return what the command printed, on one line."""
    return " ".join(result.output.split())


def test_a_consolidation_made_again_keeps_what_the_jury_wrote(place: Workplace) -> None:
    """Twice in a row: the session then closes with the decisions of the example."""
    for _ in range(2):
        again = place.run("consolidate", "--no-reports")
        assert again.exit_code == 0, again.output
        assert "Ce que le jury avait écrit est repris" in said(again)
    kept = place.outputs / "consolidation" / "consolidation-1.xlsx"
    assert kept.read_bytes() == (EXAMPLES / "deliberation.xlsx").read_bytes()
    closed = place.run("finalize", str(jurys(place)), "--no-reports")
    assert closed.exit_code == 0, closed.output
    decisions = json.loads((place.outputs / "final" / "decisions.json").read_text("utf-8"))
    five = next(item for item in decisions["candidates"] if item["id"] == "C05")
    assert (five["outcome"], five["proposed"]) == ("awarded", "awarded")
    block = next(item for item in five["blocks"] if item["code"] == "BC02")
    assert (block["outcome"], block["decided_by"]) == ("validated", "jury")
    assert block["reason"].startswith("L’entretien de négociation a été empêché")
    assert decisions["closing"] == {"date": "2026-06-24", "time": "17:30"}


def test_a_rule_changed_after_the_jury_sat_is_seen_by_it_before_it_counts(place: Workplace) -> None:
    """Refused as it stands; made again, the line waits for the jury whatever it adopts."""
    changed = other_rule(place)
    refused = place.run("finalize", str(jurys(place)), "--no-reports", *changed)
    assert refused.exit_code == 1
    assert "(C05), BC02 : le jury a vu « À délibérer »" in said(refused)
    again = place.run("consolidate", "--no-reports", *changed)
    assert f"2 ligne(s) à revoir par le jury : {C05} : BC02, Certification." in said(again)
    waiting = place.run("finalize", str(jurys(place)), "--no-reports", *changed)
    assert waiting.exit_code == 1
    for subject in ("BC02", "Certification"):
        assert f"Candidat {C05}, {subject} : la ligne est à revoir et reste vide" in said(waiting)
    assert "Décidé : « Validé », quand la proposition était « À délibérer »" in said(waiting)
    assert not (place.outputs / "final").exists()


def test_a_workbook_that_cannot_be_read_is_kept_and_said_to_hand_nothing_over(
    place: Workplace,
) -> None:
    """Cut short, as by a full disk."""
    data = jurys(place).read_bytes()
    jurys(place).write_bytes(data[: len(data) // 2])
    again = place.run("consolidate", "--no-reports")
    assert again.exit_code == 0, again.output
    assert "Rien n'a été repris de l'ancien classeur" in said(again)
    kept = place.outputs / "consolidation" / "consolidation-1.xlsx"
    assert kept.read_bytes() == data[: len(data) // 2]


def test_former_workbooks_beside_are_told(place: Workplace) -> None:
    """Only the one that bears the name is taken over."""
    shutil.copyfile(jurys(place), jurys(place).with_name("consolidation-1.xlsx"))
    again = place.run("consolidate", "--no-reports")
    assert "D'anciens classeurs sont gardés à côté : consolidation-1.xlsx" in said(again)
    assert "Ce que le jury avait écrit est repris" in said(again)
