"""Jurors who replace one: who sat already, are replaced in turn; and the paper that one had."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from lively_school import LivelySchool, two_juries
from workbooks import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from workbooks import Sheets

YES, NO = "Acquis", "Non acquis"


def seated(*others: str) -> Sheets:
    """The session of two juries with further members of A: a code, a name, whom they replace."""
    sheets = two_juries()
    sheets["Jurés"][0].append("Remplace")
    for code, name, replaced in (other.split(" ") for other in others):
        row = f"{code} | {name} | Omar | Oui | Membre | {code}@example.org | A | | {replaced}"
        sheets["Jurés"] += rows_of(row)
    return sheets


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> LivelySchool:
    """The session with J5 a third member of jury A, all grids sent, those of J2 on paper too."""
    session = seated("J5 Bleu ")
    school = LivelySchool(folder=tmp_path_factory.mktemp("stand-ins"), session=session)
    made = school.generate("--no-reports", "--paper", "J2")
    assert (made.status, made.codes) == (0, []), made.problems
    return school


@pytest.fixture
def school(sent: LivelySchool, tmp_path: Path) -> LivelySchool:
    """A copy to work in, J5 in place of J2."""
    shutil.copytree(sent.outputs, tmp_path / "outputs" / sent.outputs.name)
    return LivelySchool(folder=tmp_path, session=seated("J5 Bleu J2"))


def test_marks_of_one_who_sat_already_are_not_lost_in_silence(school: LivelySchool) -> None:
    """J2 and J5 marked side by side: an error names both, and its cure counts both."""
    for juror, level in (("J1", YES), ("J2", NO), ("J5", YES)):
        school.mark(juror, "001", "_Martin", level)
    told = school.run("check").said("stand-in-was-seated")
    assert "Omar Bleu (J5) : Benoît Durand (002), Alix Martin (001)" in told
    done = school.run("consolidate", "--no-reports")
    assert done.status == 1
    assert done.said("seated-stand-in-left").startswith(
        "La grille remplie par Omar Bleu pour le candidat Alix Martin (001) ne compte pas"
    )
    school.session.update(seated("J5 Bleu "))
    school.session["Affectations"] = rows_of(
        "Candidat | Juré\n001 | J1\n001 | J2\n001 | J5\n002 | J1\n002 | J5\n003 | J3\n003 | J4"
    )
    assert school.run("consolidate", "--no-reports").status == 0
    assert school.markers("001") == {"J1": {YES}, "J2": {NO}, "J5": {YES}}


def test_each_grid_of_a_chain_is_told_for_what_it_is(school: LivelySchool) -> None:
    """An incomplete one before the one that counts is replaced; one that came after not needed."""
    school.session.update(seated("J5 Bleu J2", "J6 Gris J5"))
    assert school.generate("--no-reports").status == 0
    school.mark("J2", "002", "_Durand", NO, rows=2)
    school.mark("J5", "002", "_Durand", YES)
    school.mark("J6", "002", "_Durand", NO)
    done = school.run("consolidate", "--no-reports")
    assert school.markers("002") == {"J5": {YES}}
    assert "celle qu'elle devait remplacer, remplie par Omar Bleu" in done.said(
        "stand-in-not-needed"
    )
    assert "incomplète remplie par Farid Noir" in done.said("replaced-grid-left")


def test_paper_of_who_is_replaced_goes_with_their_grids(school: LivelySchool) -> None:
    """Nothing more is asked of them, and no option is spoken of that nobody typed."""
    paper = school.outputs / "papier"
    assert (paper / "J2.zip").exists()
    made = school.generate("--no-reports")
    assert (made.status, made.codes) == (0, ["stand-in-was-seated"])
    assert not [path.name for path in paper.iterdir()]


def test_paper_that_somebody_changed_is_left_and_told(school: LivelySchool) -> None:
    """As every document that is no longer asked for."""
    changed = school.outputs / "papier" / "J2" / "papier_001_J2_Martin.docx"
    changed.write_bytes(changed.read_bytes() + b" ")
    made = school.generate("--no-reports")
    assert set(made.codes) == {"stand-in-was-seated", "document-stale"}
    assert [path.name for path in (school.outputs / "papier").iterdir()] == ["J2"]
    assert changed.exists()
