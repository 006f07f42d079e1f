"""Nobody's marks become another's, on the command line: from generate to what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from school import School

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARTIN, DURAND = "_Martin", "_Durand"


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose grids are made, one of which came back."""
    place = School(folder=tmp_path)
    assert place.generate().status == 0
    place.give_back("J1", "001", MARTIN)
    return place


def swap_names(school: School) -> None:
    """The names and birth dates of 001 and 002 exchanged."""
    one, two = school.session["Candidats"][1:3]
    one[1:4], two[1:4] = two[1:4], one[1:4]


def type_over(school: School) -> None:
    """The line of 001, who withdrew, typed over."""
    school.session["Candidats"][1][1:4] = ["Nouveau", "Zoé", "03/03/2000"]


def renumber(school: School) -> None:
    """A candidate put first, and all numbers shifted by one."""
    rows = school.session["Candidats"]
    rows.insert(1, ["001", "Abel", "Ugo", "04/04/1994", "Certification complète", None, None, None])
    for number, row in enumerate(rows[2:], start=2):
        row[0] = f"{number:03}"


def replace_juror(school: School) -> None:
    """The line of J1, who was replaced, typed over."""
    school.session["Jurés"][1][1:3] = ["Remplaçant", "Paul"]


def swap_jurors(school: School) -> None:
    """The codes of both jurors exchanged."""
    one, two = school.session["Jurés"][1:3]
    one[0], two[0] = two[0], one[0]


@pytest.mark.parametrize(
    ("change", "anonymous"),
    [
        (swap_names, False),
        (swap_names, True),
        (type_over, False),
        (renumber, False),
        (replace_juror, True),
        (swap_jurors, False),
    ],
)
def test_a_number_or_a_code_given_to_somebody_else_counts_for_nobody(
    tmp_path: Path, change: Callable[[School], None], anonymous: bool
) -> None:
    """Check and generate say so at once, nothing is made, and what came back is refused."""
    school = School(folder=tmp_path)
    name = "" if anonymous else MARTIN
    school.set("Session", "B10", "Oui" if anonymous else "Non")
    assert school.generate().status == 0
    school.give_back("J1", "001", name)
    before = {path: path.read_bytes() for path in (school.outputs / "grilles").rglob("*.xlsx")}
    change(school)
    checked = school.run("check", "--no-reports")
    assert checked.status == 1
    assert "number-reused" in checked.codes
    generated = school.generate()
    assert generated.status == 1
    assert generated.report["files"] == []
    after = {path: path.read_bytes() for path in (school.outputs / "grilles").rglob("*.xlsx")}
    assert after == before
    returned = school.run("status")
    assert "person-replaced" in returned.codes
    assert [item["status"] for item in returned.report["returns"]] == ["rejected"]
    consolidated = school.run("consolidate", "--no-reports")
    assert consolidated.status == 1
    assert {item["status"] for item in consolidated.report["decisions"]["returns"]} == {"rejected"}


def test_numbers_exchanged_name_both_people(school: School) -> None:
    """The message says for whom the grid was, whose number it is now, and where the first went."""
    swap_names(school)
    assert school.run("status").said("person-replaced") == (
        "La grille a été faite pour Alix Martin (candidat n° 001) ; le candidat n° 001 est "
        "maintenant Benoît Durand. Alix Martin est maintenant le candidat n° 002."
    )


def test_a_corrected_name_is_a_note(school: School) -> None:
    """Same birth date and first name: the grid counts, and generate makes the new one."""
    school.set("Candidats", "B2", "Martyn")
    returned = school.run("status")
    assert [item["status"] for item in returned.report["returns"]] == ["incomplete"]
    assert "s'appelle maintenant Alix Martyn" in returned.said("person-renamed")
    again = school.generate()
    assert again.status == 0
    assert again.written["grille_001_J1_Martyn.xlsx"] == "created"


def test_birth_dates_that_changed_since_the_grids_are_told(school: School) -> None:
    """Names alone show nothing: a note where one was corrected, a warning where two changed place.

    What came back counts: the names are those of the same people.
    """
    one, two = school.session["Candidats"][1:3]
    born = one[3]
    one[3] = "09/09/1990"
    returned = school.run("status")
    assert [item["status"] for item in returned.report["returns"]] == ["incomplete"]
    assert returned.said("birth-date-corrected").endswith("session.xlsx dit : le 09/09/1990.")
    assert "birth-date-corrected" not in returned.codes
    one[3], two[3] = two[3], born
    for command in ("check", "status", "consolidate"):
        answer = school.run(command, *(["--no-reports"] if command != "status" else []))
        assert answer.codes.count("birth-dates-exchanged") == 2, command
    assert "donne cette date au candidat n° 002" in next(
        item["message"] for item in answer.problems if item["code"] == "birth-dates-exchanged"
    )


def test_marriage_is_told_by_the_former_name(school: School) -> None:
    """A juror has no birth date: « Ancien nom » is the cure that the error tells."""
    school.set("Jurés", "B2", "Lenoir")
    refused = school.run("status")
    hint = next(p["hint"] for p in refused.problems if p["code"] == "person-replaced")
    assert "écrire « Élise Blanc » dans sa colonne « Ancien nom » (feuille Jurés" in hint
    school.set("Jurés", "G2", "Élise Blanc")
    returned = school.run("status")
    assert [item["status"] for item in returned.report["returns"]] == ["incomplete"]
    assert school.generate().status == 0


def test_a_grid_made_before_there_was_a_record_is_known_by_its_names(school: School) -> None:
    """Without the record, the names printed on the grid are compared with the session's."""
    (school.outputs / ".sheetgen" / "grids.json").unlink()
    accepted = school.run("status")
    assert [item["status"] for item in accepted.report["returns"]] == ["incomplete"]
    swap_names(school)
    refused = school.run("status")
    assert [item["status"] for item in refused.report["returns"]] == ["rejected"]
    assert "La grille a été faite pour MARTIN Alix" in refused.said("person-replaced")


def test_a_record_made_after_the_line_was_typed_over_does_not_hide_it(school: School) -> None:
    """A record begun late knows the newcomer alone: the name on the grid still says who it was."""
    (school.outputs / ".sheetgen" / "grids.json").unlink()
    type_over(school)
    assert school.generate().status == 0
    returned = school.run("status")
    assert [item["status"] for item in returned.report["returns"]] == ["rejected"]


def test_numbers_put_back_count_again(school: School) -> None:
    """What was refused is accepted once each person has their number again."""
    swap_names(school)
    assert school.run("status").report["received"] == 0
    swap_names(school)
    assert school.run("status").report["received"] == 1


def test_a_record_that_cannot_be_read_stops_everything(school: School) -> None:
    """A damaged record is no empty one: nothing is made or counted until it is put back."""
    (school.outputs / ".sheetgen" / "grids.json").write_text("{")
    for command in ("generate", "status", "consolidate"):
        answer = school.run(command, "--no-reports")
        assert (answer.status, answer.codes[-1]) == (1, "record-unreadable")


def test_extract_gives_nobody_what_was_marked_for_another(school: School) -> None:
    """The newcomer's extract does not hold the grid of who had the number before."""
    type_over(school)
    extracted = school.run("extract", "001")
    assert not [file for file in extracted.report["files"] if "/retours/" in file]
