"""`explain` on the example session: before the closing, after it, and once something changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import EXAMPLES, Workplace
from report_world import read_all


@pytest.fixture(scope="module")
def place(complete_example: Workplace, tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Return the example session with every grid returned, consolidated."""
    return complete_example.copied(tmp_path_factory.mktemp("explained"))


def explained(place: Workplace, *arguments: str) -> dict[str, Any]:
    """The JSON of an explanation."""
    result = place.run("explain", *arguments, "--json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["status"] == result.exit_code
    return report


def lines(report: dict[str, Any]) -> list[str]:
    """The steps of the last thing explained."""
    return [step["text"] for step in report["explanations"][-1]["steps"]]


def test_a_proposal_is_told_as_such(place: Workplace) -> None:
    """C05's bloc BC02 hangs on what nobody observed."""
    report = explained(place, "c05", "bc02")
    assert report["decided"] is False
    assert lines(report)[-2:] == [
        "Validé au mieux et non au pire, il est à la décision du jury.",
        "Bloc BC02, proposition : À délibérer.",
    ]
    first = report["explanations"][0]["steps"][0]["text"]
    assert first.startswith("J1 : « Acquis », soit 2 points (grille_C05_J1_Pretexte-Faux.xlsx, ")


def test_the_screen_tells_the_same(place: Workplace) -> None:
    """With the jurors by name; a candidate who did not come has nothing decided."""
    shown = place.run("explain", "C05", "BC02").stdout
    assert "J1 : Odile Hypothèse, Président" in shown
    assert "  Bloc BC02, proposition : À délibérer." in shown
    assert "Certification : Absent." in place.run("explain", "C06").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (("C55",), "candidate-not-found", "C05"),
        (("C05", "BC2"), "explained-object-unknown", "BC02"),
        (("C05", "certif"), "explained-object-unknown", "Certification"),
    ],
)
def test_an_unknown_name_is_told_with_what_is_near(
    place: Workplace, arguments: tuple[str, ...], code: str, near: str
) -> None:
    """Nothing is explained."""
    report = explained(place, *arguments)
    assert report["status"] == 1
    assert [item["code"] for item in report["problems"]] == [code]
    assert f"« {near} »" in report["problems"][0]["message"]
    assert "explanations" not in report


def test_a_closed_session_tells_the_jury_s_word_and_nobody_else(place: Workplace) -> None:
    """On screen, in the document, then no longer once a grid that counted is gone."""
    closed = place.run("finalize", str(EXAMPLES / "deliberation.xlsx"), "--no-reports")
    assert closed.exit_code == 0, closed.stderr
    report = explained(place, "C05", "BC02", "--word")
    assert report["decided"] is True
    assert lines(report)[-1] == "Bloc BC02, décision du jury : Validé."
    assert "Le jury a décidé : Validé, par ce motif : « L’entretien" in lines(report)[-2]
    document = place.outputs / "extraits" / "C05" / "explication.docx"
    assert report["document"] == document.as_posix()
    text = read_all(document.read_bytes())
    assert "Bloc BC02, décision du jury : Validé." in text
    assert "retour-1_J1.xlsx, feuille BC02" in text
    others = ("D’Inventé", "Zoé", "Imaginaire", "Lafiction", "Personnage", "Bidon")
    assert [name for name in others if name in text] == []

    assert place.run("extract", "C05").exit_code == 0
    assert document.exists()

    lost = place.outputs / "retours" / "grille_C05_J2_Pretexte-Faux.xlsx"
    lost.rename(place.folder / lost.name)
    report = explained(place, "C05", "BC02")
    (place.folder / lost.name).rename(lost)
    assert [item["code"] for item in report["problems"]] == ["explained-otherwise-than-closed"]
    assert "explanations" not in report
