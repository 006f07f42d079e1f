"""Grids filled in together are handed to one person, the others are told; both are remembered."""

from __future__ import annotations

import json
import zipfile
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from school import School

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose jury of two marks in common, its grids made."""
    place = School(folder=tmp_path)
    place.session["Session"].append(["Notation", "Commune"])
    place.session["Jurés"][0].append("Incompatible avec")
    assert place.generate().status == 0
    return place


def join(school: School, code: str, name: str, **others: str) -> None:
    """A further juror, or another row for one."""
    header = school.session["Jurés"][0]
    row = {"Code": code, "Nom": name, "Prénom": "Nadia", "Externe": "Oui", "Rôle": "Membre"}
    known = [item for item in school.session["Jurés"] if item[0] != code]
    school.session["Jurés"][:] = [*known, [({**row, **others}).get(str(c), "") for c in header]]


def assign(school: School, **jurors: str) -> None:
    """Write which jurors mark which candidates, as in `c001="J1 J2"`."""
    rows: list[list[object]] = [["Candidat", "Juré"]]
    rows += [[number[1:], code] for number, codes in jurors.items() for code in codes.split()]
    school.session["Affectations"] = rows


def packed(school: School, archive: str) -> list[str]:
    """The names in an archive to be sent; none where there is no archive."""
    path = school.outputs / "envois" / archive
    return sorted(zipfile.ZipFile(path).namelist()) if path.exists() else []


def text_of(school: School, draft: str) -> str:
    """Return what a draft says."""
    data = (school.outputs / "envois" / draft).read_bytes()
    body = message_from_bytes(data, policy=policy.default).get_body()
    assert body is not None
    return str(body.get_content())


def drafts(school: School) -> list[str]:
    """The mails and archives to be sent."""
    folder = school.outputs / "envois"
    return sorted(item.name for item in folder.iterdir() if item.suffix in (".eml", ".zip"))


def grids(school: School) -> list[Path]:
    """The grids that lie there."""
    return sorted((school.outputs / "grilles").rglob("*.xlsx"))


def made(school: School) -> list[dict[str, object]]:
    """Every grid on record."""
    record = json.loads((school.outputs / ".sheetgen" / "grids.json").read_text(encoding="utf-8"))
    return list(record["grids"])


NAMES = ["grille_001_jury.xlsx", "grille_002_jury.xlsx", "grille_003_jury.xlsx"]


def test_jurors_in_another_order_are_the_same_group(school: School) -> None:
    """The sheet is sorted anew: nothing is made, sent or refused, and the code stays."""
    former, before = made(school), {path: path.read_bytes() for path in grids(school)}
    school.session["Jurés"][1:] = school.session["Jurés"][:0:-1]
    assert school.run("check", "--no-reports").codes == []
    assert school.generate().codes == []
    assert {path: path.read_bytes() for path in grids(school)} == before
    assert made(school) == former
    assert "J1-complement-1.zip" not in drafts(school)
    status = school.run("status", "--no-reports")
    assert {item["juror"] for item in status.report["missing"]} == {"J1+J2"}


def test_one_file_for_the_room_is_given_to_whoever_presides(school: School) -> None:
    """It lies with them and is sent to them alone; the others are told who has it."""
    grids = sorted(path for path in (school.outputs / "grilles").rglob("*.xlsx"))
    assert [(path.parent.name, path.name) for path in grids] == [("J1", name) for name in NAMES]
    assert packed(school, "J1.zip") == NAMES
    assert drafts(school) == ["J1.eml", "J1.zip", "J2-jury.eml"]
    assert "- 001 — Alix Martin (grille commune avec Farid Noir)" in text_of(school, "J1.eml")
    told = text_of(school, "J2-jury.eml")
    assert "Bonjour Farid Noir" in told
    assert "Ces grilles ont été remises à Élise Blanc" in told
    assert "- 003 — Chloé Petit (grille remise à Élise Blanc)" in told


def test_the_record_knows_every_member(school: School) -> None:
    """With their names, so that a code given to somebody else is found."""
    (first, *_) = made(school)
    assert first["holder"] == "J1"
    members = first["members"]
    assert isinstance(members, list)
    assert [(item["code"], item["last_name"]) for item in members] == [
        ("J1", "Blanc"),
        ("J2", "Noir"),
    ]
    join(school, "J2", "Roux")
    answer = school.run("check")
    assert answer.status == 1
    assert "Farid Noir" in answer.said("number-reused")


def test_a_member_who_joins_makes_all_grids_anew(school: School) -> None:
    """The former ones are no longer asked for, told by the names on them; the new are sent."""
    join(school, "J3", "Vert")
    said = school.run("check").said("made-grids-not-asked")
    assert "Élise Blanc et Farid Noir (J1+J2) : Alix Martin (001), Benoît" in said
    assert school.generate().status == 0
    assert packed(school, "J1.zip") == packed(school, "J1-complement-1.zip") == NAMES
    assert drafts(school) == [
        *("J1-complement-1.eml", "J1-complement-1.zip", "J1.eml", "J1.zip"),
        *("J2-jury.eml", "J3-jury.eml"),
    ]
    assert "Farid Noir et Nadia Vert" in text_of(school, "J1-complement-1.eml")


def test_who_knows_a_candidate_is_left_out_for_that_one(school: School) -> None:
    """That candidate's grid is the others', in a sending of its own."""
    join(school, "J3", "Vert")
    school.generate()
    join(school, "J3", "Vert", **{"Incompatible avec": "002"})
    assign(school, c001="J1 J2 J3", c002="J1 J2", c003="J1 J2 J3")
    answer = school.generate()
    assert answer.written["grille_001_jury.xlsx"] == "unchanged"
    assert answer.written["grille_002_jury.xlsx"] == "replaced"
    assert packed(school, "J1-complement-2.zip") == ["grille_002_jury.xlsx"]
    assert "002" not in text_of(school, "J3-jury.eml")


def test_one_who_is_left_alone_has_a_grid_of_their_own(school: School) -> None:
    """A group of one is a juror, and too small a jury is told."""
    join(school, "J2", "Noir", **{"Prénom": "Farid", "Incompatible avec": "002"})
    assign(school, c001="J1 J2", c002="J1", c003="J1 J2")
    answer = school.generate()
    assert "jurors-too-few" in answer.codes
    assert packed(school, "J1.zip") == [
        "grille_001_jury.xlsx",
        "grille_002_J1_Durand.xlsx",
        "grille_003_jury.xlsx",
    ]


def test_another_deadline_is_no_complement(school: School) -> None:
    """It is brought into the grids that lie there, as into any."""
    row = next(row for row in school.session["Session"] if row[0] == "Date limite de retour")
    row[1] = "30/06/2026"
    answer = school.generate()
    assert answer.written["grille_001_jury.xlsx"] == "replaced"
    assert drafts(school) == ["J1.eml", "J1.zip", "J2-jury.eml"]
    assert len(made(school)) == len(NAMES)


def test_grids_follow_whoever_presides(school: School) -> None:
    """Where another member does, they lie with them and are sent to them."""
    header = school.session["Jurés"][0]
    role = list(header).index("Rôle")
    for row in school.session["Jurés"][1:]:
        row[role] = "Président" if row[0] == "J2" else "Membre"
    answer = school.generate()
    assert answer.status == 0
    assert packed(school, "J2.zip") == NAMES
    assert drafts(school) == ["J1-jury.eml", "J2.eml", "J2.zip"]
    assert "grid-stale" in answer.codes
