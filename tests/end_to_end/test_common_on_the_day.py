"""Named juries that mark in common, an absence, two who fall ill one after the other: to papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import deliberations
import pytest
import report_world
from handing_world import text_of
from lively_school import CommonSchool, two_juries
from workbooks import rows_of

if TYPE_CHECKING:
    from school import Answer

YES = "Acquis"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The answers of each step, kept as it is run."""
    return {}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]) -> CommonSchool:
    """J2 falls ill after 001 and J5 comes; J1 after 002 and J6 comes, who presides from then on."""
    sheets = two_juries()
    sheets["Session"].append(["Notation", "Commune"])
    row = "004 | Roy | Dora | 12/12/1992 | Certification complète | | A | 11h30 | 12 | | | E-20"
    sheets["Candidats"] += rows_of(row)
    sheets["Absences"] = rows_of("Candidat | Modalité | Justifiée\n001 | M2 | Oui")
    place = CommonSchool(folder=tmp_path_factory.mktemp("common"), session=sheets)
    place.generate()
    place.mark("J1", "001", "", YES)
    place.mark("J3", "003", "", YES)
    sheets["Jurés"][0].append("Remplace")
    sheets["Jurés"] += rows_of("J5 | Bleu | Inès | Oui | Membre | j5@example.org | A | | J2")
    told["second"] = place.run("generate")
    told["called"] = convoked(place)
    told["mail"] = (place.outputs / "envois" / "envois.csv").read_text("utf-8-sig")
    place.mark("J1", "002", "", YES)
    sheets["Jurés"][1][4] = "Membre"
    sheets["Jurés"] += rows_of("J6 | Gris | Paul | Oui | Président | j6@example.org | A | | J1")
    told["third"] = place.run("generate")
    place.mark("J6", "004", "", YES)
    told["consolidated"] = place.run("consolidate", "--no-reports")
    told["refused"] = close(place)
    cells = {str(item["cell"]): "Absence à l’oral." for item in told["refused"].problems}
    told["closed"] = close(place, **cells)
    assert told["closed"].status == 0, [item["message"] for item in told["closed"].problems]
    return place


def close(place: CommonSchool, **cells: str) -> Answer:
    """Have the jury adopt every proposal, with these reasons."""
    workbook = place.outputs / "consolidation" / "consolidation.xlsx"
    deliberations.fill(workbook, {**deliberations.CLOSED, "D5": "Oui", **cells})
    return place.run("finalize", str(workbook))


def convoked(place: CommonSchool) -> list[str]:
    """The convocations that lie there, without candidates' names."""
    return sorted(path.stem for path in (place.outputs / "convocations").glob("*.docx"))


def told_of(former: str, kept: str) -> str:
    """A stand-in's grids to fill in, and those that came back in the name of who is replaced."""
    return f"À sa charge : 1 grille(s), pour Dora Roy (004) ; remplie(s) par {former} : {kept}."


def minutes(place: CommonSchool, jury: str) -> str:
    """Every text of a jury's minutes."""
    path = place.outputs / "final" / f"proces-verbal_{jury}.docx"
    return report_world.read_all(path.read_bytes())


def test_each_grid_counts_in_the_names_of_those_who_filled_it_in(school: CommonSchool) -> None:
    """Also that of a group which stood between the first and the last."""
    given = {number: set(school.markers(number)) for number in ("001", "002", "003", "004")}
    assert given == {"001": {"J1+J2"}, "002": {"J1+J5"}, "003": {"J3+J4"}, "004": {"J5+J6"}}


def test_whoever_comes_is_called_and_whoever_left_is_not(
    school: CommonSchool, told: dict[str, Any]
) -> None:
    """J5 once J2 is ill, J6 once J1 is; who has no grid of their own is in the list of mails."""
    jurors = [f"convocation_jure_{name}" for name in ("J1_Blanc", "J3_Roux", "J4_Vert", "J5_Bleu")]
    assert told["called"][-4:] == jurors
    assert convoked(school)[-4:] == [*jurors[1:], "convocation_jure_J6_Gris"]
    letter = school.outputs / "convocations" / "convocation_jure_J5_Bleu.docx"
    lines = report_world.read_lines(letter.read_bytes())
    assert any("ensemble : une seule appréciation" in line for line in lines)
    assert {"002", "004"} < {*lines}
    assert "001" not in lines
    assert [line.split(";")[0::4] for line in told["mail"].splitlines()[1:]] == [
        *(["J1", "2"], ["J3", "1"], ["J4", "0"], ["J5", "0"])
    ]


def test_messages_tell_whose_grids_are_whose(school: CommonSchool, told: dict[str, Any]) -> None:
    """By name; a grid that both filled in with others is asked of neither stand-in."""
    said = {item["message"] for item in told["third"].problems if item["code"] == "stand-in-told"}
    first, second = "pour Alix Martin (001)", "Benoît Durand (002)"
    one, both = f"1 grille(s), {first}", f"2 grille(s), {first}, {second}"
    assert said == {
        f"Inès Bleu (J5) remplace Farid Noir (J2). {told_of('Farid Noir', one)}",
        f"Paul Gris (J6) remplace Élise Blanc (J1). {told_of('Élise Blanc', both)}",
    }
    (hint,) = {item["hint"] for item in told["second"].problems if item["code"] == "stand-in-told"}
    assert hint.startswith(
        "Lui envoyer son courriel sans pièce jointe, et à Élise Blanc le complément où sont les "
        "grilles à remplir ensemble. Il n'y a plus rien à demander"
    )
    (own,) = [
        item["hint"]
        for item in told["third"].problems
        if item["code"] == "stand-in-told" and item["message"].startswith("Paul Gris")
    ]
    assert own.startswith("Lui envoyer son archive. Il n'y a plus rien")
    mail = text_of((school.outputs / "envois" / "J6.eml").read_bytes())
    assert "format du fichier.\nUne grille qui porte plusieurs noms se remplit ensemble" in mail
    (line,) = [line for line in mail.splitlines() if "Dora Roy" in line]
    assert "(pour remplacer Élise Blanc)" in line
    assert "(grille commune avec Inès Bleu)" in line
    assert told["consolidated"].codes == []
    assert told["refused"].said("reason-missing").startswith("Candidat Alix Martin (001), BC02 : ")


def test_minutes_and_papers_tell_the_truth(school: CommonSchool) -> None:
    """Who marked whom together, who stood in for whom, what was not sat; each jury its own."""
    said = minutes(school, "A")
    assert (
        "par Élise Blanc et Farid Noir (candidat 001) ; Élise Blanc et Inès Bleu (candidat 002) ; "
        "Inès Bleu et Paul Gris (candidat 004)."
    ) in said
    assert "Élise Blanc (remplacement par Paul Gris)" in said
    assert "Paul Gris (remplace Élise Blanc)" in said
    assert "Gaël Roux" not in said
    assert "Gaël Roux et Ida Vert (candidat 003)" in minutes(school, "B")
    reports = school.outputs / "final" / "rapports"
    report = report_world.read_all((reports / "rapport_001_Martin.docx").read_bytes())
    assert "Absent à l’épreuve" in report
    assert "Inès Bleu" not in report
    other = report_world.read_all((reports / "rapport_002_Durand.docx").read_bytes())
    assert "Farid Noir" not in other
