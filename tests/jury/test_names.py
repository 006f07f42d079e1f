"""A row decides on whom it names: another person's name beside a number is refused at its cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import deliberations
import pytest

from sheetgen.grid.identity import SigningKey
from sheetgen.jury import seal_names
from sheetgen.model import CandidateId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model import Candidate, SessionDecisions
    from sheetgen.problems import Problem

BORN, OTHER = dt.date(1990, 2, 28), dt.date(1991, 3, 1)
KEY = SigningKey(b"k" * 32)


def with_first(decisions: SessionDecisions, **changes: object) -> SessionDecisions:
    """The decisions in a session whose candidate 1 is written otherwise."""
    session = decisions.session
    first, *others = session.candidates
    changed: Candidate = replace(first, **changes)  # type: ignore[arg-type]
    return replace(decisions, session=replace(session, candidates=(changed, *others)))


def with_people(
    decisions: SessionDecisions, changes: Mapping[int, Mapping[str, object]]
) -> SessionDecisions:
    """The decisions in a session some of whose candidates, from 0 on, are written otherwise."""
    people = list(decisions.session.candidates)
    for place, changed in changes.items():
        people[place] = replace(people[place], **changed)  # type: ignore[arg-type]
    return replace(decisions, session=replace(decisions.session, candidates=tuple(people)))


def told(
    path: Path, decisions: SessionDecisions, cells: Mapping[str, str | float | None] | None = None
) -> list[Problem]:
    """Return what is said of a workbook that settles everything, with these cells besides."""
    deliberations.fill(path, {**deliberations.SETTLED, **(cells or {})})
    return deliberations.read(path, decisions)[1]


def test_names_sorted_apart_from_their_numbers_are_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The names of 1 and 5 exchanged, as a sort of two columns leaves them: both, with cells."""
    moved = {f"B{row}": "Nom 5" for row in (12, 13, 14)}
    moved |= {f"C{row}": "Prénom 5" for row in (12, 13, 14)}
    moved |= {f"B{row}": "Nom 1" for row in (20, 21, 22)}
    moved |= {f"C{row}": "Prénom 1" for row in (20, 21, 22)}
    problems = told(workbook, decisions, moved)
    assert [problem.code for problem in problems] == ["deliberation-row-names-another"] * 2
    assert problems[0].message == (
        "La ligne du candidat n° 1 porte le nom de Prénom 5 Nom 5 (cellules B12, B13, B14) ; le "
        "candidat n° 1 de la session est Prénom 1 Nom 1."
    )
    assert problems[1].location.cell == "B20"


def test_one_row_that_names_another_is_refused(workbook: Path, decisions: SessionDecisions) -> None:
    """Two of a candidate's rows are theirs, and the third is not."""
    problems = told(workbook, decisions, {"B14": "Nom 2", "C14": "Prénom 2"})
    assert [(item.code, item.location.cell) for item in problems] == [
        ("deliberation-row-names-another", "B14")
    ]


def test_numbers_exchanged_in_the_session_since_are_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The workbook says 1 and 5 as the jury knew them; session.xlsx exchanged them since."""
    session = decisions.session
    first, *middle, last = session.candidates
    swapped = (
        replace(last, id=first.id, presented=first.presented),
        *middle,
        replace(first, id=last.id, presented=last.presented),
    )
    now = replace(decisions, session=replace(session, candidates=swapped))
    problems = told(workbook, now)
    assert [item.code for item in problems] == ["deliberation-row-names-another"] * 2


def test_a_line_typed_over_since_is_refused_though_the_row_was_too(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Names retyped in both workbooks agree: the hidden sheet says whom the jury decided on."""
    now = with_first(decisions, last_name="Autre", first_name="Zoé")
    retyped = dict.fromkeys(("B12", "B13", "B14"), "Autre")
    retyped |= dict.fromkeys(("C12", "C13", "C14"), "Zoé")
    problems = told(workbook, now, retyped)
    assert [item.code for item in problems] == ["deliberation-row-names-another"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"birth_date": BORN}, {"last_name": "Nom corrigé", "birth_date": BORN}),
        ({}, {"last_name": "Épouse", "former_name": "Nom 1"}),
    ],
    ids=["same birth date and first name", "Ancien nom"],
)
def test_a_name_corrected_since_is_a_note(
    tmp_path: Path,
    decisions: SessionDecisions,
    before: Mapping[str, object],
    after: Mapping[str, object],
) -> None:
    """The session closes, and a note says under which name the jury knew the candidate."""
    path = deliberations.write(tmp_path, with_first(decisions, **before))
    problems = told(path, with_first(decisions, **after))
    assert [(item.code, item.severity.value) for item in problems] == [
        ("deliberation-row-names-former", "info")
    ]
    assert "le nom de Prénom 1 Nom 1 (cellules B12, B13, B14)" in problems[0].message


def test_names_are_compared_as_people_read_them(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Case, accents and spaces typed otherwise are the same name."""
    assert told(workbook, decisions, {"B12": "NOM  1", "C12": "prenom 1"}) == []


def test_rows_without_names_are_those_of_their_numbers(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """An anonymous session has no names on its rows, nor in the hidden sheet."""
    anonymous = replace(decisions, session=replace(decisions.session, anonymous=True))
    path = deliberations.write(tmp_path, anonymous)
    assert told(path, anonymous) == []
    assert b"Nom 1" not in b"".join(
        str(sheet.rows).encode()
        for sheet in deliberations.read_workbook(path).sheets
        if sheet.name == "_sheetgen"
    )


def test_birth_dates_exchanged_since_are_told(tmp_path: Path, decisions: SessionDecisions) -> None:
    """Two rows of session.xlsx sorted apart from their dates: names alone show nothing."""
    then = {0: {"birth_date": BORN}, 1: {"birth_date": OTHER}, 4: {"birth_date": OTHER}}
    now = {0: {"birth_date": OTHER}, 1: {"birth_date": BORN}, 4: {"birth_date": OTHER}}
    path = deliberations.write(tmp_path, with_people(decisions, then))
    problems = told(path, with_people(decisions, now))
    assert [(item.code, item.severity.value, item.location.cell) for item in problems] == [
        ("birth-date-changed", "warning", "B12"),
        ("birth-date-changed", "warning", "B15"),
    ]
    assert problems[0].message == (
        "Le candidat n° 1, Prénom 1 Nom 1, est né(e) le 28/02/1990 d'après le classeur ; la "
        "session dit : le 01/03/1991. Cette date est maintenant celle du candidat n° 2, Prénom 2 "
        "Nom 2."
    )


@pytest.mark.parametrize(("now", "said"), [(OTHER, "le 01/03/1991."), (None, "rien.")])
def test_a_birth_date_changed_or_lost_since_is_told(
    tmp_path: Path, decisions: SessionDecisions, now: dt.date | None, said: str
) -> None:
    """A warning: it may be right by now, and papers print it."""
    path = deliberations.write(tmp_path, with_first(decisions, birth_date=BORN))
    (problem,) = told(path, with_first(decisions, birth_date=now))
    assert problem.code == "birth-date-changed"
    assert problem.message.endswith(f"la session dit : {said}")


def test_a_birth_date_that_was_not_known_yet_may_come(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """`check` asked for it: nothing to be told."""
    assert told(workbook, with_first(decisions, birth_date=BORN)) == []


@pytest.mark.parametrize("anonymous", [False, True], ids=["named", "by number"])
def test_a_candidate_who_did_not_come_is_nobody_else_since(
    tmp_path: Path, decisions: SessionDecisions, *, anonymous: bool
) -> None:
    """Candidate 3 has no row to be compared: the hidden sheet says who they were."""

    def held(changes: Mapping[int, Mapping[str, object]]) -> SessionDecisions:
        made = with_people(decisions, changes)
        session = replace(made.session, anonymous=anonymous)
        return replace(made, session=session, seals=seal_names(session, KEY))

    path = deliberations.write(tmp_path, held({}))
    assert told(path, held({2: {"last_name": "NOM  3"}})) == []
    (problem,) = told(path, held({2: {"last_name": "Autre", "first_name": "Zoé"}}))
    assert problem.code == ("number-of-another" if anonymous else "absent-replaced")
    assert problem.severity.value == "error"
    renamed = {"last_name": "Autre", "former_name": "Nom 3"}
    assert told(path, held({2: renamed})) == []


@pytest.mark.parametrize("anonymous", [False, True], ids=["named", "by number"])
def test_a_candidate_who_did_not_come_is_still_in_the_session(
    tmp_path: Path, decisions: SessionDecisions, *, anonymous: bool
) -> None:
    """Removed since, they would be in no minutes and in no next session; renumbered, said so."""

    def held(number: str | None) -> SessionDecisions:
        session = replace(decisions.session, anonymous=anonymous)
        people = tuple(
            item if item.id != "3" or number is None else replace(item, id=CandidateId(number))
            for item in session.candidates
            if item.id != "3" or number is not None
        )
        session = replace(session, candidates=people)
        decided = tuple(item for item in decisions.candidates if item.candidate != "3")
        return replace(
            decisions,
            session=session,
            candidates=decided if number != "3" else decisions.candidates,
            seals=seal_names(session, KEY),
        )

    path = deliberations.write(tmp_path, held("3"))
    assert told(path, held("3")) == []
    (problem,) = told(path, held(None))
    assert (problem.code, problem.severity.value) == ("absent-gone", "error")
    assert ("Nom 3" in problem.message) is not anonymous
    (moved,) = told(path, held("31"))
    assert ("est maintenant le candidat n° 31." in moved.message) is not anonymous
