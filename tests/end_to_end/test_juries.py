"""Two juries in two rooms and what befalls them on the day: commands and real files alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from lively_school import LivelySchool, two_juries
from workbooks import rows_of

if TYPE_CHECKING:
    from pathlib import Path

YES, NO = "Acquis", "Non acquis"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> LivelySchool:
    """The session of two juries, its grids sent."""
    school = LivelySchool(folder=tmp_path_factory.mktemp("juries"), session=two_juries())
    made = school.generate()
    assert (made.status, made.codes) == (0, []), made.problems
    return school


@pytest.fixture
def school(sent: LivelySchool, tmp_path: Path) -> LivelySchool:
    """A copy to work in."""
    shutil.copytree(sent.outputs, tmp_path / "outputs" / sent.outputs.name)
    return LivelySchool(folder=tmp_path, session=two_juries())


def test_a_juror_falls_ill_with_half_of_their_grids_returned(school: LivelySchool) -> None:
    """J5 gets what J2 had not returned, that alone; J2's mark stays J2's, and papers say both."""
    school.mark("J1", "001", "_Martin", YES)
    school.mark("J1", "002", "_Durand", YES)
    school.mark("J2", "001", "_Martin", YES)
    school.mark("J2", "002", "_Durand", NO, rows=2)
    school.session["Jurés"][0].append("Remplace")
    school.session["Jurés"] += rows_of("J5 | Bleu | Omar | Oui | Membre | j5@example.org | | | J2")
    made = school.generate()
    assert made.codes == [], made.problems
    assert made.said("stand-in-told") == (
        "Omar Bleu (J5) remplace Farid Noir (J2). À sa charge : 1 grille(s) (002) ; au nom de "
        "Farid Noir : 1 grille(s) (001)."
    )
    created = {name for name, what in made.written.items() if what == "created"}
    assert created == {"grille_002_J5_Durand.xlsx", "J5.zip", "J5.eml"}
    assert not (school.outputs / "envois" / "J2.zip").exists()
    status = school.run("status")
    assert status.report["missing"] == [
        {"candidate": "002", "juror": "J5"},
        {"candidate": "003", "juror": "J3"},
        {"candidate": "003", "juror": "J4"},
    ]
    school.run("consolidate", "--no-reports")
    assert school.markers("001") == {"J1": {YES}, "J2": {YES}}
    assert school.markers("002") == {"J1": {YES}, "J2": {NO}}
    assert {path.name for path in (school.outputs / "corrections").iterdir()} == {
        "message_J3.txt",
        "message_J4.txt",
        "message_J5.txt",
    }
    school.mark("J5", "002", "_Durand", YES)
    again = school.run("consolidate", "--no-reports")
    assert "replaced-grid-left" in {item["code"] for item in again.problems}
    assert school.markers("002") == {"J1": {YES}, "J5": {YES}}
    assert school.markers("001") == {"J1": {YES}, "J2": {YES}}
