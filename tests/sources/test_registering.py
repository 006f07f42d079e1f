"""Juries, turns, stand-ins, identities and results kept: read whole, each defect at its cell."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from lively_workbooks import LIVELY_SESSION_DEFECTS, lively_session
from shaped_workbooks import shaped_referential, shaped_session
from workbooks import place, rows_of, save

from sheetgen.model import Notation, Passage, Sex
from sheetgen.problems import Kind, Problem, Severity, registering
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from pathlib import Path

    from planted import Planted

    from sheetgen.model import Referential, Session


def _places(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(item.code, f"{item.location.sheet}!{item.location.cell}") for item in problems]


@pytest.fixture(scope="module")
def referential(tmp_path_factory: pytest.TempPathFactory) -> Referential:
    """The shaped référentiel, read."""
    path = save(tmp_path_factory.mktemp("lively") / "referential.xlsx", shaped_referential())
    found, _ = read_referential(path)
    assert found is not None
    return found


def test_what_the_life_of_a_session_adds_is_read(tmp_path: Path, referential: Referential) -> None:
    """Each cell becomes what the record says: a time alone is of the session's day."""
    found, problems = read_session(save(tmp_path / "session.xlsx", lively_session()), referential)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    assert (found.notation, found.last_day) == (Notation.INDIVIDUAL, dt.date(2026, 6, 16))
    first, second = found.candidates
    assert (first.sex, first.birth_insee_code, first.identifier) == (Sex.FEMALE, "2A004", "E-1")
    assert (first.jury, first.room, first.birth_name) == ("A", "12", "Leblanc")
    assert first.passage == Passage(day=dt.date(2026, 6, 16), time=dt.time(9, 30))
    assert first.passage.text == "16/06/2026 09:30"
    assert second.passage == Passage(day=dt.date(2026, 6, 15), time=dt.time(14))
    assert (second.birth_insee_code, second.jury) == ("01053", "B")
    assert [(juror.jury, juror.replaces) for juror in found.jurors] == [
        ("A", None),
        (None, None),
        (None, None),
        ("B", None),
        (None, "J2"),
    ]
    assessment, competency = found.kept_of[first.id]
    assert (assessment.item, assessment.score) == ("E3", Fraction(13, 20))
    assert (assessment.origin, assessment.valid_until) == ("2025-12", dt.date(2026, 6, 16))
    assert (competency.item, competency.score) == ("C3.1", None)


def test_a_session_without_any_of_it_reads_as_ever(
    tmp_path: Path, referential: Referential
) -> None:
    """Columns, rows and a sheet that are not there say nothing."""
    found, problems = read_session(save(tmp_path / "session.xlsx", shaped_session()), referential)
    assert not problems
    assert found is not None
    assert (found.notation, found.last_day, found.kept_results) == (Notation.INDIVIDUAL, None, ())
    assert {item.jury for item in found.candidates} | {item.jury for item in found.jurors} == {None}


def test_a_turn_may_be_a_cell_of_the_spreadsheet(tmp_path: Path, referential: Referential) -> None:
    """A day and time, a day that shows no time, a time: as people type them in Excel."""
    sheets = lively_session()
    place(sheets, "Candidats", "M2", dt.datetime(2026, 6, 16, 9, 30))  # noqa: DTZ001 - Excel's
    place(sheets, "Candidats", "M3", dt.datetime(2026, 6, 16))  # noqa: DTZ001 - likewise
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    assert [person.passage.text for person in found.candidates if person.passage] == [
        "16/06/2026 09:30",
        "16/06/2026",
    ]


def test_a_time_alone_needs_the_day_of_the_session(
    tmp_path: Path, referential: Referential
) -> None:
    """Nothing says on which day 14 h is."""
    sheets = lively_session()
    place(sheets, "Session", "B4", None)
    _, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert _places(problems) == [
        ("field-blank", "Session!B4"),
        ("passage-without-day", "Candidats!M3"),
    ]


def test_a_president_with_a_blank_jury_presides_over_all(
    tmp_path: Path, referential: Referential
) -> None:
    """One person may preside over every room; who stands in for them presides if they say so."""
    sheets = lively_session()
    sheets["Jurés"] = rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle       | Jury | Remplace
        J1   | Blanc | Élise  | Oui     | Président  |      |
        J2   | Noir  | Farid  | Oui     | Membre     |      |
        J3   | Roux  | Gaël   | Non     | Évaluateur |      |
        J4   | Vert  | Ida    | Oui     |            | B    |
        J5   | Bleu  | Omar   | Oui     | Président  |      | J1
        """
    )
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    first, _, _, _, fifth = found.jurors
    assert [found.juries.president(jury) for jury in found.juries.names] == [fifth, fifth]
    assert found.juries.presides(first, "A")
    assert [item.code for item in found.juries.sitting("A")] == ["J2", "J5"]


def _pairs(found: Session) -> dict[str, list[str]]:
    """Return who marks each candidate, « J5/J2 » for what J5 takes over from J2."""
    return {
        candidate: [f"{x.juror}/{x.instead_of}" if x.instead_of else x.juror for x in items]
        for candidate, items in found.assignments_of.items()
    }


def test_without_rows_each_jury_marks_its_candidates(
    tmp_path: Path, referential: Referential
) -> None:
    """J1 and J2 mark A, J4 and J2 mark B; J5 takes over from J2, both until returns are known."""
    found, _ = read_session(save(tmp_path / "session.xlsx", lively_session()), referential)
    assert found is not None
    assert _pairs(found) == {"001": ["J1", "J2", "J3", "J5/J2"], "002": ["J2", "J4", "J5/J2"]}


def test_without_rows_who_is_incompatible_is_left_out_and_the_jury_checked(
    tmp_path: Path, referential: Referential
) -> None:
    """J4 trained 002: a note, and an error for the one juror who is left, naming the candidate."""
    sheets = lively_session()
    place(sheets, "Jurés", "H1", "Incompatible avec")
    place(sheets, "Jurés", "H5", "002")
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert _places(problems) == [
        ("incompatible-left-out", "Jurés!H5"),
        ("jurors-too-few", "Candidats!E3"),
    ] or "\n".join(map(str, problems))
    assert "Ida Vert (J4)" in problems[-1].message or "Ida Vert (J4)" in problems[0].message
    assert found is not None
    assert _pairs(found)["002"] == ["J2", "J5/J2"]


def test_a_stand_in_is_replaced_in_their_turn(tmp_path: Path, referential: Referential) -> None:
    """J6 takes over from J5 what J5 took over from J2."""
    sheets = lively_session()
    sheets["Jurés"] += rows_of("J6 | Gris | Paul | Oui | | | J5")
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert not problems, "\n".join(map(str, problems))
    assert found is not None
    assert _pairs(found)["002"] == ["J2", "J4", "J5/J2", "J6/J5"]


@pytest.mark.parametrize(
    "defect", LIVELY_SESSION_DEFECTS, ids=lambda defect: f"{defect.code} {defect.at}"
)
def test_a_defect_of_a_lively_session_is_one_problem(
    defect: Planted, tmp_path: Path, referential: Referential
) -> None:
    """It is said once, at its cell, and an error leaves no session."""
    sheets = lively_session()
    defect.plant(sheets)
    found, problems = read_session(save(tmp_path / "session.xlsx", sheets), referential)
    assert _places(problems) == [(defect.code, defect.at)], "\n".join(map(str, problems))
    assert (found is None) == (problems[0].severity is Severity.ERROR)


def test_an_item_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    """A modalité that is no épreuve, and a code that is a modalité and a competency at once."""
    sheets = shaped_referential()
    sheets["Modalités"] += rows_of("E5 | Visite | Un jour\nC3.1 | Oral | Dix minutes")
    sheets["Compétences"][5][2] = "E2 ; E5 ; C3.1"
    place(sheets, "Critères", "E7", "E2")
    known, problems = read_referential(save(tmp_path / "referential.xlsx", sheets))
    assert known is not None, "\n".join(map(str, problems))
    lively = lively_session()
    place(lively, "Résultats conservés", "B2", "E5")
    _, problems = read_session(save(tmp_path / "session.xlsx", lively), known)
    assert _places(problems) == [
        ("kept-not-an-assessment", "Résultats conservés!B2"),
        ("kept-item-ambiguous", "Résultats conservés!B3"),
    ]


def test_every_kind_of_problem_of_registering_is_planted() -> None:
    """A message that nothing produces is a message that nobody has read."""
    planted = {item.code for item in LIVELY_SESSION_DEFECTS}
    declared = {kind.code for kind in vars(registering).values() if isinstance(kind, Kind)}
    assert declared - planted == {
        "kept-not-an-assessment",
        "kept-item-ambiguous",
        "passage-without-day",
    }
