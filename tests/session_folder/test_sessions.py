"""A session is known by more than its code: June's grids are not December's."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from school import School

from sheetgen.session_folder import check_reopening, read_closed_session
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school whose grids are made."""
    place = School(folder=tmp_path)
    assert place.generate().status == 0
    return place


def close(school: School) -> None:
    """Leaves the decisions of a session closed on 15 June 2026 at half past five."""
    people = [row[:3] for row in school.session["Candidats"][1:]]
    record = {
        "session": {"code": "2026-06", "title": None, "date": "2026-06-15"},
        "closing": {"date": "2026-06-15", "time": "17:30"},
        "candidates": [
            {"id": number, "last_name": last, "first_name": first} for number, last, first in people
        ],
    }
    final = school.outputs / "final"
    final.mkdir()
    (final / "decisions.json").write_text(json.dumps(record), encoding="utf-8")


def type_december(school: School) -> None:
    """Other candidates, another day, the same code."""
    school.set("Session", "B4", "14/12/2026")
    for row, name in zip(school.session["Candidats"][1:], ("Abel", "Bron", "Cuvier"), strict=True):
        row[1:4] = [name, "Ugo", "04/04/1994"]


@pytest.mark.parametrize("command", ["check", "generate", "status", "consolidate"])
def test_other_people_under_the_old_code_are_another_session(school: School, command: str) -> None:
    """Both sessions are named, with the cure, and nothing is read or written."""
    type_december(school)
    answer = school.run(command, "--no-reports")
    assert answer.status == 1
    assert answer.said("other-session-of-code") == (
        "Le code « 2026-06 » est celui d'une autre session : 15/06/2026, Alix Martin, Benoît "
        "Durand, Chloé Petit. Celle de session.xlsx est 14/12/2026, Ugo Abel, Ugo Bron, Ugo Cuvier."
    )
    hint = next(p["hint"] for p in answer.problems if p["code"] == "other-session-of-code")
    assert hint.startswith("Donner un autre Code à la nouvelle session")


def test_another_day_of_a_closed_session_is_another_session(school: School) -> None:
    """People who come back in December reopen nothing of what was decided in June."""
    close(school)
    school.set("Session", "B4", "14/12/2026")
    answer = school.run("check", "--no-reports")
    assert answer.status == 1
    assert "close le 15/06/2026 à 17:30" in answer.said("other-session-of-code")


def test_a_session_closed_without_any_record_is_known_by_its_decisions(school: School) -> None:
    """One closed by a version that kept no record is protected likewise."""
    close(school)
    (school.outputs / ".sheetgen" / "grids.json").unlink()
    type_december(school)
    assert "other-session-of-code" in school.run("generate", "--no-reports").codes


def test_an_ordinary_postponement_is_a_note(school: School) -> None:
    """The date moves, a candidate is added: generate goes on and says that the date moved."""
    school.set("Session", "B4", "22/06/2026")
    school.session["Candidats"].append(["004", "Tardif", "Ève", None, "Certification complète"])
    answer = school.generate()
    assert answer.status == 0
    assert answer.said("session-postponed") == (
        "La date de la session est passée du 15/06/2026 au 22/06/2026 depuis le dernier "
        "« generate »."
    )


@pytest.mark.parametrize("command", ["check", "status", "consolidate"])
def test_a_closed_session_is_said_to_be_closed(school: School, command: str) -> None:
    """The commands that read go on, and say when it was closed."""
    close(school)
    answer = school.run(command, "--no-reports")
    assert answer.said("session-closed") == "session close, le 15/06/2026 à 17:30."
    assert "other-session-of-code" not in answer.codes


@pytest.mark.parametrize(
    ("cell", "value", "refused"),
    [
        ("B4", "14/12/2026", "sa date (15/06/2026)"),
        ("B2", "Nouveau", "le numéro de Alix Martin"),
        ("B2", "MARTIN", None),
    ],
    ids=["another day", "somebody else", "the same person"],
)
def test_reopening_is_for_the_same_day_and_people(
    school: School, cell: str, value: str, refused: str | None
) -> None:
    """A reason reopens the session that was closed, and no other."""
    close(school)
    school.set("Session" if cell == "B4" else "Candidats", cell, value)
    school.run("check", "--no-reports")
    referential, _ = read_referential(school.folder / "referential.xlsx")
    session, _ = read_session(school.folder / "session.xlsx", referential)
    closed = read_closed_session(school.outputs / "final")
    assert session is not None
    assert closed is not None
    problem = check_reopening(closed, session, "session.xlsx")
    if refused is None:
        assert problem is None
    else:
        assert problem is not None
        assert re.search(re.escape(refused), problem.hint)
