"""Everything that a session hands out: to each juror what is theirs, and nothing else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import pytest
from handing_world import (
    IDLE,
    KNOWN,
    ODILE,
    REMI,
    lay_grids,
    opened,
    send,
    session,
    template,
    text_of,
)

from sheetgen.grid.identity import SigningKey
from sheetgen.grid.write import produce_grids
from sheetgen.model import Accommodation, AccommodationKind, CandidateId, CriterionCode

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = template("Bonjour {juré},\n\n{candidats}\n\nDate limite : {date limite}.", "{session}")


def contents(archive: bytes) -> dict[str, bytes]:
    """The files in an archive."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened_archive:
        return {name: opened_archive.read(name) for name in opened_archive.namelist()}


def test_each_juror_gets_their_own_grids(tmp_path: Path) -> None:
    """Archives hold the juror's grids, all of them and no other; who marks nobody gets nothing."""
    sent = send(session(), lay_grids(tmp_path, session()), SHIPPED)
    assert list(sent.files) == [
        "envois/J1.zip",
        "envois/J1.eml",
        "envois/J2.zip",
        "envois/J2.eml",
        "envois/envois.csv",
    ]
    assert contents(sent.files["envois/J1.zip"]) == {
        "grille_C01_J1_Exemple.xlsx": b"grid of C01 by J1",
        "grille_C02_J1_Invente.xlsx": b"grid of C02 by J1",
    }
    assert contents(sent.files["envois/J2.zip"]) == {
        "grille_C02_J2_Invente.xlsx": b"grid of C02 by J2"
    }
    assert sent.problems == ()


def test_a_draft_brings_the_archive_and_names_its_candidates(tmp_path: Path) -> None:
    """Candidates are in the session's order, whatever that of the assignments."""
    sent = send(session(), lay_grids(tmp_path, session()), SHIPPED)
    draft = sent.files["envois/J1.eml"]
    assert text_of(draft) == (
        "Bonjour Odile Hypothèse,\n\n- C01 — Zoé Exemple\n- C02 — Théo Inventé\n\n"
        "Date limite : 22/06/2026.\n"
    )
    (part,) = opened(draft).iter_attachments()
    assert part.get_filename() == "J1.zip"
    assert part.get_content() == sent.files["envois/J1.zip"]
    assert "Zoé" not in text_of(sent.files["envois/J2.eml"])


def test_the_list_holds_whoever_is_sent_something(tmp_path: Path) -> None:
    """A row per archive."""
    sent = send(session(), lay_grids(tmp_path, session()), SHIPPED)
    rows = sent.files["envois/envois.csv"].decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        "J1;Hypothèse;Odile;odile@example.org;2;J1.zip;22/06/2026",
        "J2;Fabuleux;Rémi;remi@example.org;1;J2.zip;22/06/2026",
    ]


def test_two_runs_give_the_same_files(tmp_path: Path) -> None:
    """Whatever the day, and the order in which assignments are written."""
    known = session()
    folder = lay_grids(tmp_path, known)
    first = send(known, folder, SHIPPED)
    turned = replace(known, assignments=tuple(reversed(known.assignments)))
    assert send(turned, folder, SHIPPED) == first


def test_under_anonymity_no_name_of_a_candidate_leaves(tmp_path: Path) -> None:
    """Neither in file names nor in messages nor in the list."""
    known = replace(session(), anonymous=True)
    sent = send(known, lay_grids(tmp_path, known), SHIPPED)
    assert set(contents(sent.files["envois/J1.zip"])) == {
        "grille_C01_J1.xlsx",
        "grille_C02_J1.xlsx",
    }
    texts = [text_of(data) for name, data in sent.files.items() if name.endswith(".eml")]
    texts += [sent.files["envois/envois.csv"].decode(), *sent.files]
    assert "- C01\n- C02\n" in texts[0]
    for name in ("Zoé", "Exemple", "Théo", "Invent"):
        assert [text for text in texts if name in text] == []


def test_an_arrangement_reaches_only_the_juror_who_applies_it(tmp_path: Path) -> None:
    """It stands in that juror's grid; in no file name, no message and no other juror's archive."""
    arrangements = (
        Accommodation(
            candidate=CandidateId("C01"),
            kind=AccommodationKind.METHOD,
            instruction="Énoncé en braille",
        ),
        builders.exemption("C1.1.1", candidate="C01"),
    )
    words = ("braille", "Énoncé", "Exempt", "exempt", "Adaptation", "aménagement", "handicap")
    assert arrangements[1].criterion == CriterionCode("C1.1.1")
    known = session(accommodations=arrangements)
    folder = lay_grids(tmp_path, known)
    for assignment, make in produce_grids(KNOWN, known, SigningKey(b"k" * 32)):
        folder.grid(known, assignment).write_bytes(make())
    sent = send(known, folder, SHIPPED)

    def said(archive: str) -> str:
        grids = contents(sent.files[archive]).values()
        parts = (part for grid in grids for part in contents(grid).values())
        return "\n".join(part.decode("utf-8", "replace") for part in parts)

    assert "braille" in said("envois/J1.zip")
    assert "braille" not in said("envois/J2.zip")
    assert "Énoncé" not in said("envois/J2.zip")
    outside = [*sent.files, sent.files["envois/envois.csv"].decode()]
    outside += [text_of(sent.files[f"envois/{juror}.eml"]) for juror in ("J1", "J2")]
    outside += contents(sent.files["envois/J1.zip"])
    for word in words:
        assert [text for text in outside if word in text] == []


def test_a_juror_without_an_address_is_said(tmp_path: Path) -> None:
    """A warning that names the draft; everything is written all the same."""
    known = session(jurors=(replace(ODILE, email=None), replace(REMI, email="rémi"), IDLE))
    sent = send(known, lay_grids(tmp_path, known), SHIPPED)
    assert len(sent.files) == 5
    assert [(item.code, item.severity.value, item.location.file) for item in sent.problems] == [
        ("juror-without-email", "warning", str(tmp_path / "envois" / "J1.eml")),
        ("juror-email-unreadable", "warning", str(tmp_path / "envois" / "J2.eml")),
    ]
    assert "« rémi »" in sent.problems[1].message


def test_a_value_the_session_lacks_is_said_once(tmp_path: Path) -> None:
    """One warning for all drafts, with the row to fill."""
    known = replace(session(), return_deadline=None)
    sent = send(known, lay_grids(tmp_path, known), SHIPPED)
    (problem,) = sent.problems
    assert problem.code == "message-blank-field"
    assert problem.message == (
        "le champ « {date limite} » n’a pas de valeur dans la session ; les brouillons portent "
        "« [à préciser] »."
    )
    assert "« Date limite de retour »" in problem.hint


def test_without_a_template_there_are_no_drafts(tmp_path: Path) -> None:
    """Archives and list do not need it, and nobody is warned about addresses."""
    known = session(jurors=(replace(ODILE, email=None), REMI, IDLE))
    sent = send(known, lay_grids(tmp_path, known), None)
    assert list(sent.files) == ["envois/J1.zip", "envois/J2.zip", "envois/envois.csv"]
    assert sent.problems == ()


def test_an_archive_is_never_sent_incomplete(tmp_path: Path) -> None:
    """A juror one of whose grids cannot be read gets nothing; the others do."""
    known = session()
    folder = lay_grids(tmp_path, known)
    missing = tmp_path / "grilles" / "J1" / "grille_C02_J1_Invente.xlsx"
    missing.unlink()
    sent = send(known, folder, SHIPPED)
    assert list(sent.files) == ["envois/J2.zip", "envois/J2.eml", "envois/envois.csv"]
    assert [(item.code, item.location.file) for item in sent.problems] == [
        ("grid-not-packed", str(missing))
    ]
    assert b"J1" not in sent.files["envois/envois.csv"]


@pytest.mark.parametrize(
    ("size", "codes"), [(19_999_000, []), (20_000_001, ["attachment-too-large"])]
)
def test_a_very_large_archive_is_said(tmp_path: Path, size: int, codes: list[str]) -> None:
    """It is written, with a warning that many servers will refuse it."""
    known = session()
    folder = lay_grids(tmp_path, known)
    (tmp_path / "grilles" / "J2" / "grille_C02_J2_Invente.xlsx").write_bytes(b"\xa5" * size)
    sent = send(known, folder, None)
    assert sent.codes == codes
    assert len(sent.files["envois/J2.zip"]) > size


def test_a_session_in_which_nobody_marks_has_an_empty_list(tmp_path: Path) -> None:
    """No archive, no draft, no warning."""
    known = replace(session(), assignments=(), return_deadline=None)
    sent = send(known, lay_grids(tmp_path, known), SHIPPED)
    assert list(sent.files) == ["envois/envois.csv"]
    assert len(sent.files["envois/envois.csv"].decode().splitlines()) == 1
    assert sent.problems == ()
