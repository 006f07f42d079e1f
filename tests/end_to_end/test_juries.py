"""Two juries in two rooms and what befalls them on the day: commands and real files alone."""

from __future__ import annotations

import io
import shutil
import warnings
import zipfile
from typing import TYPE_CHECKING

import deliberations
import openpyxl
import pytest
import report_world
from handing_world import opened
from lively_school import LivelySchool, two_juries
from workbooks import rows_of

if TYPE_CHECKING:
    from pathlib import Path

YES, NO = "Acquis", "Non acquis"
SEATS = (
    ("J1", "001", "_Martin"),
    ("J2", "001", "_Martin"),
    ("J1", "002", "_Durand"),
    ("J2", "002", "_Durand"),
    ("J3", "003", "_Petit"),
    ("J4", "003", "_Petit"),
)
"""Who marks whom: a juror, a candidate's number, and how the grid's name ends."""


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
        "Omar Bleu (J5) remplace Farid Noir (J2). À sa charge : 1 grille(s), pour Benoît Durand "
        "(002) ; remplie(s) par Farid Noir : 1 grille(s), pour Alix Martin (001)."
    )
    created = {name for name, what in made.written.items() if what == "created"}
    assert created == {"grille_002_J5_Durand.xlsx", "J5.zip", "J5.eml"}
    assert not (school.outputs / "envois" / "J2.zip").exists()
    in_turn = [name[7:13] for name in made.written if name.startswith("grille_")]
    assert in_turn == ["002_J1", "002_J5", "001_J1", "003_J3", "003_J4"]
    shown = school.shown("status").partition("Par candidat")[2]
    assert shown.index("002") < shown.index("001") < shown.index("003")
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
    school.mark("J3", "003", "_Petit", YES)
    school.mark("J4", "003", "_Petit", YES)
    assert school.run("consolidate", "--no-reports").codes == []
    _close(school)
    final = school.outputs / "final"
    minutes = report_world.read_all((final / "proces-verbal_A.docx").read_bytes())
    assert "Farid Noir (remplacement par Omar Bleu)" in minutes
    assert "Omar Bleu (remplace Farid Noir)" in minutes
    whose = [
        report_world.read_all((final / "rapports" / f"rapport_{name}.docx").read_bytes())
        for name in ("001_Martin", "002_Durand")
    ]
    assert ["Farid Noir" in text for text in whose] == [True, False]
    assert ["Omar Bleu" in text for text in whose] == [False, True]


def _parts(workbook: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return [package.read(name) for name in package.namelist()]


def _close(school: LivelySchool, *arguments: str) -> None:
    """Have the jury adopt every proposal, and close."""
    path = school.outputs / "consolidation" / "consolidation.xlsx"
    deliberations.fill(path, {**deliberations.CLOSED, "D5": "Oui"})
    closed = school.run("finalize", str(path), *arguments)
    assert closed.status == 0, [x["message"] for x in closed.problems]


def test_two_juries_in_two_rooms_from_grids_to_papers(school: LivelySchool) -> None:
    """Each jury marks and signs for its own candidates; grids and mails say nobody's birth name."""
    for juror, number, name in SEATS:
        school.mark(juror, number, name, YES)
    consolidated = school.run("consolidate", "--no-reports")
    assert consolidated.codes == [], consolidated.problems
    assert [x["jury"] for x in school.decisions()["candidates"]] == ["A", "A", "B"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl knows no extension
        book = openpyxl.load_workbook(school.outputs / "consolidation" / "consolidation.xlsx")
    said = [[cell.value for cell in row] for row in book["Synthèse"].iter_rows()]
    header = next(row for row in said if "Jury" in row)
    place = header.index("Jury")
    assert [row[place] for row in said if row[0] in ("001", "002", "003")] == ["A", "A", "B"]
    said = [[cell.value for cell in row] for row in book["Délibération"].iter_rows()]
    header = next(row for row in said if "Objet" in row)
    assert header[-1] == "Jury"
    lines = [(row[0], row[-1]) for row in said if row[header.index("Objet")] == "BC01"]
    assert lines == [("001", "A"), ("002", "A"), ("003", "B")]
    mail = opened((school.outputs / "envois" / "J1.eml").read_bytes())
    body = str(mail.get_body().get_content())  # type: ignore[union-attr]
    second = body.index("002 — Benoît Durand, 15/06/2026 09:30, salle 12")
    assert second < body.index("001 — Alix Martin, 15/06/2026 10:30, salle 12")
    for path in (school.outputs / "envois").glob("*.zip"):
        with zipfile.ZipFile(path) as packed:
            inside = b"".join(
                part for name in packed.namelist() for part in _parts(packed.read(name))
            )
        assert not any(word in inside for word in (b"Duval", b"Brest", b"DOSSIER-2017"))
    _close(school)
    final = school.outputs / "final"
    first, other = (
        report_world.read_all((final / f"proces-verbal_{jury}.docx").read_bytes())
        for jury in ("A", "B")
    )
    people = ("Martin", "Durand", "Petit", "Blanc", "Noir", "Roux", "Vert")
    assert [name for name in people if name in first] == ["Martin", "Durand", "Blanc", "Noir"]
    assert [name for name in people if name in other] == ["Petit", "Roux", "Vert"]
    assert "N° PV-1-A" in first
    assert "N° PV-1-B" in other
    notified = report_world.read_all(
        (final / "notifications" / "notification_003_Petit.docx").read_bytes()
    )
    assert "présidé par Gaël Roux" in notified
    (final / "proces-verbal_B.docx").unlink()
    again = school.run("finalize", str(school.outputs / "consolidation" / "consolidation.xlsx"))
    assert (final / "proces-verbal_B.docx").exists(), again.problems


def test_juries_named_at_a_reopening_and_back(school: LivelySchool) -> None:
    """Minutes say which they annul, whatever the juries of then and now."""
    for juror, number, name in SEATS:
        school.mark(juror, number, name, YES)
    named = school.session["Candidats"], school.session["Jurés"]
    alone = _without_juries(school.session["Candidats"]), _without_juries(school.session["Jurés"])
    alone[1][3][4] = "Membre"
    rows = "Candidat | Juré\n001 | J1\n001 | J2\n002 | J1\n002 | J2\n003 | J3\n003 | J4"
    final = school.outputs / "final"
    said = []
    for version, (candidates, jurors) in enumerate((alone, named, alone), start=1):
        school.session["Candidats"], school.session["Jurés"] = candidates, jurors
        school.session["Affectations"] = rows_of(rows)
        assert school.run("consolidate", "--no-reports").status == 0
        _close(school, *(("--reopen", "Jurys corrigés") if version > 1 else ()))
        made = sorted(final.glob("proces-verbal*.docx"))
        said.append([(x.stem, report_world.read_all(x.read_bytes())) for x in made])
    first, second, third = said
    assert "Annule et remplace" not in first[0][1]
    assert [name for name, _ in second] == ["proces-verbal_A", "proces-verbal_B"]
    for _, text in second:
        assert "Annule et remplace le procès-verbal établi le" in text
        assert "motif : Jurys corrigés." in text
    ((_, text),) = third
    assert "Annule et remplace les procès-verbaux des jurys A et B établis le" in text
    assert "(version 2)" in text


def _without_juries(rows: list[list[object]]) -> list[list[object]]:
    place = rows[0].index("Jury")
    return [[*row[:place], *row[place + 1 :]] for row in rows]


def test_a_juror_who_trained_a_candidate_is_left_out_and_the_quorum_kept(
    school: LivelySchool,
) -> None:
    """Without rows: a note names both, no grid is made, and jury A needs somebody else for 001."""
    school.set("Jurés", "H3", "001")
    checked = school.run("check")
    assert checked.said("incompatible-left-out") == (
        "Farid Noir (J2) n'aura pas à évaluer Alix Martin (001) : ils sont incompatibles."
    )
    assert "Candidat Alix Martin (001) : 1 juré" in checked.said("jurors-too-few")
    school.session["Jurés"] += rows_of("J5 | Bleu | Omar | Oui | Membre | j5@example.org | A |")
    assert "jurors-too-few" not in school.run("check").codes
    made = school.generate()
    created = {name for name, what in made.written.items() if what == "created"}
    assert created == {
        "grille_001_J5_Martin.xlsx",
        "grille_002_J5_Durand.xlsx",
        "J5.zip",
        "J5.eml",
    }
    with zipfile.ZipFile(school.outputs / "envois" / "J2.zip") as packed:
        assert packed.namelist() == ["grille_002_J2_Durand.xlsx"]


def test_a_candidate_withdraws_on_the_day(school: LivelySchool) -> None:
    """Nothing more is asked for 002; what came back is told by name, and the papers say Abandon."""
    school.mark("J1", "002", "_Durand", YES)
    for juror, number, name in (("J1", "001", "_Martin"), ("J2", "001", "_Martin")):
        school.mark(juror, number, name, YES)
    school.session["Candidats"][2][5] = "Abandon"
    made = school.generate()
    changed = {name for name, what in made.written.items() if what not in ("unchanged", "kept")}
    assert changed == {"J1.zip", "J1.eml", "J2.zip", "J2.eml", "envois.csv"}
    status = school.run("status")
    assert status.report["missing"] == [
        {"candidate": "003", "juror": "J3"},
        {"candidate": "003", "juror": "J4"},
    ]
    assert status.said("grid-of-absent") == (
        "Benoît Durand (002) a le statut « Abandon » : cette grille, remplie par Élise Blanc (J1), "
        "ne compte pas."
    )
    school.mark("J3", "003", "_Petit", YES)
    school.mark("J4", "003", "_Petit", YES)
    assert school.run("consolidate", "--no-reports").status == 0
    assert school.markers("001") == {"J1": {YES}, "J2": {YES}}
    assert school.markers("002") == {}
    _close(school)
    final = school.outputs / "final"
    notified = final / "notifications" / "notification_002_Durand.docx"
    assert "Vous avez abandonné en cours de session" in report_world.read_all(notified.read_bytes())
    assert {path.name for path in (final / "attestations").iterdir()} == {
        f"attestation_{number}_{block}_{name}.docx"
        for number, name in (("001", "Martin"), ("003", "Petit"))
        for block in ("BC01", "BC02")
    }


def test_a_mark_is_corrected_after_the_jury_sat(school: LivelySchool) -> None:
    """Two versions are told once; the one that stays counts, and the jury sees 002 alone again."""
    for juror, number, name in SEATS:
        school.mark(juror, number, name, YES)
    assert school.run("consolidate", "--no-reports").codes == []
    path = school.outputs / "consolidation" / "consolidation.xlsx"
    deliberations.fill(path, {**deliberations.CLOSED, "D5": "Oui"})

    returned = school.outputs / "retours" / "grille_002_J2_Durand.xlsx"
    first = returned.read_bytes()
    corrected = school.mark("J2", "002", "_Durand", NO)
    corrected.rename(corrected.with_name("corrigée.xlsx"))
    returned.write_bytes(first)
    refused = school.run("consolidate", "--no-reports")
    assert refused.status == 1
    assert {x["file"] for x in refused.problems if x["code"] == "grid-conflict"} == {
        returned.name,
        "corrigée.xlsx",
    }
    assert school.markers("002") == {"J1": {YES}}

    returned.unlink()
    again = school.run("consolidate", "--no-reports")
    assert again.status == 0
    assert school.markers("002") == {"J1": {YES}, "J2": {NO}}
    assert school.markers("001") == {"J1": {YES}, "J2": {YES}}
    assert school.markers("003") == {"J3": {YES}, "J4": {YES}}
    assert again.said("lines-to-review") == (
        "3 ligne(s) à revoir par le jury : Benoît Durand (002) : BC01, BC02, Certification."
    )
    early = school.run("finalize", str(path), "--no-reports")
    assert early.status == 1
    assert early.codes.count("line-to-review") == 3
    decided = {f"F{row}": "Proposition adoptée" for row in (15, 16, 17)}
    reasons = {f"G{row}": "Appréciations corrigées" for row in (15, 16, 17)}
    deliberations.fill(path, {**decided, **reasons})
    closed = school.run("finalize", str(path), "--no-reports")
    assert closed.status == 0
    outcomes = {x["id"]: x["outcome"] for x in school.decisions("final")["candidates"]}
    assert outcomes == {"001": "awarded", "002": "not_awarded", "003": "awarded"}
