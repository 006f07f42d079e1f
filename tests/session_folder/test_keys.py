"""A lost key is put back: none is made in its place unless somebody asks for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from school import School

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose grids are made, one of which came back, and whose key is lost."""
    place = School(folder=tmp_path)
    assert place.generate().status == 0
    place.give_back("J1", "001", "_Martin")
    (place.outputs / ".sheetgen" / "key").unlink()
    return place


@pytest.mark.parametrize("command", ["generate", "status", "consolidate"])
def test_a_lost_key_is_one_error_that_says_to_put_it_back(school: School, command: str) -> None:
    """Nothing is written, no other key is made."""
    answer = school.run(command, "--no-reports")
    assert (answer.status, answer.codes) == (1, ["key-lost"])
    assert answer.problems[0]["hint"].startswith("La remettre :")
    assert not (school.outputs / ".sheetgen" / "key").exists()


@pytest.mark.parametrize("left", ["grilles", "retours"])
def test_the_files_alone_show_that_there_was_a_key(school: School, left: str) -> None:
    """Without any record, grids made or come back are evidence enough."""
    shutil.rmtree(school.outputs / ".sheetgen")
    other = school.outputs / ("retours" if left == "grilles" else "grilles")
    for path in other.rglob("*.xlsx"):
        path.unlink()
    assert school.generate().codes == ["key-lost"]


def test_a_session_of_which_nothing_was_made_has_no_key_yet(tmp_path: Path) -> None:
    """Its readers say to generate first; generate makes the key."""
    school = School(folder=tmp_path, keyed=False)
    assert school.run("status").codes == ["key-missing"]
    assert school.generate().status == 0


def test_a_new_key_says_what_it_voids(school: School) -> None:
    """How many grids and whose; the grid that came back is refused, the new ones count."""
    made = school.generate("--new-key")
    assert made.status == 0
    assert made.said("key-replaced") == (
        "Une nouvelle clé de signature a été faite : 6 grille(s) déjà faite(s) ne valent plus "
        "rien, et leurs retours seront refusés (Élise Blanc (J1) : Alix Martin "
        "(001), Benoît Durand (002), Chloé Petit (003) ; Farid Noir (J2) : Alix Martin (001), "
        "Benoît Durand (002), Chloé Petit (003))."
    )
    assert "signature-wrong" in school.run("status").codes
    school.give_back("J1", "001", "_Martin")
    assert [item["status"] for item in school.run("status").report["returns"]] == ["incomplete"]


def test_a_new_key_lets_numbers_begin_again(tmp_path: Path) -> None:
    """Names exchanged before anything was sent: with another key, the old grids are nobody's."""
    school = School(folder=tmp_path)
    school.generate()
    former = (school.outputs / ".sheetgen" / "key").read_bytes()
    one, two = school.session["Candidats"][1:3]
    one[1:4], two[1:4] = two[1:4], one[1:4]
    assert school.generate().status == 1
    assert school.generate("--new-key").status == 0
    assert (school.outputs / ".sheetgen" / "key-1").read_bytes() == former
    assert school.generate().status == 0
