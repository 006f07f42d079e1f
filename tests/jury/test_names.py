"""A row decides on whom it names: another person's name beside a number is refused at its cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import deliberations
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model import Candidate, SessionDecisions
    from sheetgen.problems import Problem

BORN = dt.date(1990, 2, 28)


def with_first(decisions: SessionDecisions, **changes: object) -> SessionDecisions:
    """The decisions in a session whose candidate 1 is written otherwise."""
    session = decisions.session
    first, *others = session.candidates
    changed: Candidate = replace(first, **changes)  # type: ignore[arg-type]
    return replace(decisions, session=replace(session, candidates=(changed, *others)))


def told(
    path: Path, decisions: SessionDecisions, cells: Mapping[str, str | float | None] | None = None
) -> list[Problem]:
    """What is said of a workbook that settles everything, with these cells besides."""
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
