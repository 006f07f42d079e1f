"""Grids of other shapes come back: each mark on its own scale, absences, épreuves not open."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import care
import grid_files
import pytest
from office import Change, FillJob
from returns.desk import KEY, Desk, edited, said, values

from sheetgen.grid import plan_grid
from sheetgen.grid.contract import DECLARATION_LABEL, SUMMARY_SHEET
from sheetgen.grid.identity import stamp_grid
from sheetgen.grid.read import read_grid
from sheetgen.grid.write import write_grid
from sheetgen.model import CandidateId, JurorCode, ReturnStatus, Session
from sheetgen.returns import FindingState
from sheetgen.rules import decide_session, grids_to_make

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grid_files import Value
    from office import Office
    from openpyxl import Workbook

    from sheetgen.grid import GridPlan

PASSED: dict[str, Value] = {
    "C1.1.1": 4.5,
    "C1.1.2": 2,
    "C1.1.3": 8,
    "C1.1.4": "Acquis",
    "C2.2.1": "Acquis",
}
"""Marks with which E1 (6,5 / 8) and E2 (8 / 12) are passed, so that E3 opens."""

FAILED: dict[str, Value] = {"C1.1.1": 1, "C1.1.2": 0.5, "C1.1.3": 8}
"""Marks with which E1 (1,5 / 8) is failed, and nothing of E3, which does not open."""


def at(session: Session) -> Desk:
    """A desk of the care diploma."""
    return Desk(referential=care.REFERENTIAL, session=session)


def plan_of(session: Session, juror: str) -> GridPlan:
    """The plan of a juror's grid."""
    chosen = next(item for item in session.assignments if item.juror == juror)
    return plan_grid(care.REFERENTIAL, session, chosen)


def places(plan: GridPlan) -> dict[str, tuple[str, str]]:
    """Sheet and cell of every mark that a grid shows."""
    return {
        item.criterion.code: (block.block.code, f"C{item.row + 1}")
        for block in plan.blocks
        for item in block.criteria
    }


def blank(session: Session, juror: str) -> bytes:
    """A juror's grid as it is sent."""
    plan = plan_of(session, juror)
    return write_grid(plan, stamp_grid(KEY, care.REFERENTIAL, session, plan.assignment))


def filled(session: Session, juror: str, marks: Mapping[str, Value]) -> bytes:
    """A juror's grid with these marks, and the declaration where there is one."""
    data = blank(session, juror)
    cells = places(plan_of(session, juror))
    declared = read_grid(data).answers.get(DECLARATION_LABEL, ())

    def fill(book: Workbook) -> None:
        for code, value in marks.items():
            sheet, place = cells[code]
            book[sheet][place] = value
        for answer in declared:
            book[answer.sheet][answer.cell] = "Oui"

    return edited(data, fill)


def test_each_juror_sees_only_what_they_mark() -> None:
    """J1's grid leaves the stage out, J3's holds nothing else; nobody marks the evidence."""
    session = care.session()
    assert list(places(plan_of(session, "J1"))) == [*PASSED]
    assert list(places(plan_of(session, "J3"))) == ["C1.2.1", "C1.2.2"]
    shown = [
        item.competency.code
        for block in plan_of(session, "J1").blocks
        for item in block.competencies
        if item.headings
    ]
    assert shown == ["C1.1", "C2.1", "C2.2"]


def test_assessments_and_groups_stand_above_their_criteria() -> None:
    """The rows of C1.1, from top to bottom; the other competencies have one épreuve each."""
    first, *_ = plan_of(care.session(), "J1").blocks[0].competencies
    lines = [(part.code, part.rows[0].row, part.rows[0].text) for part in first.parts]
    marks = [(item.criterion.code, item.row, item.rows[0].text) for item in first.criteria]
    assert [(code, text) for code, _, text in sorted([*lines, *marks], key=lambda x: x[1])] == [
        ("E1", "Épreuve : Étude de cas"),
        ("", "Observer"),
        ("C1.1.1", "Repère les besoins de la personne.\n(critère noté sur 5)"),
        ("C1.1.2", "Note ce qui a changé depuis la veille.\n(critère noté sur 3)"),
        ("E2", "Épreuve : Soin réel"),
        ("", "Agir"),
        (
            "C1.1.3",
            "Prépare le soin et respecte l’hygiène.\n(critère éliminatoire, noté sur 12)",
        ),
        ("E3", "Épreuve : Entretien"),
        ("C1.1.4", "Explique ses choix."),
    ]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_marks_typed_in_libreoffice_are_read_on_their_own_scales(
    libreoffice: Office, tmp_path: Path, ending: str
) -> None:
    """Notes out of 5, 3 and 12, and levels; the summary shows the épreuves that they give."""
    session = care.session()
    source, target = tmp_path / "grille.xlsx", tmp_path / f"rendu{ending}"
    source.write_bytes(blank(session, "J1"))
    cells = places(plan_of(session, "J1"))
    changes = [
        Change(sheet=cells[code][0], cell=cells[code][1], value=value)
        for code, value in PASSED.items()
    ]
    libreoffice.fill([FillJob(source=source, target=target, changes=changes)])
    collection = at(session).collect({target.name: target.read_bytes()})
    assert collection.returns[0].status is ReturnStatus.ACCEPTED
    assert values(collection) == {
        "C1.1.1": Fraction(9, 2),
        "C1.1.2": Fraction(2),
        "C1.1.3": Fraction(8),
        "C1.1.4": "Acquis",
        "C2.2.1": "Acquis",
    }
    book = libreoffice.recalculate([target])[target]
    assert book.errors == ()
    lines = grid_files.summary_lines(book.sheets[SUMMARY_SHEET])
    assert {code: word for code, (_, word) in lines.items()} == {
        "BC01": "Validé",
        "C1.1": "Acquise",
        "BC02": "Validé",
        "C2.2": "Acquise",
        "E1": "Réussie",
        "E2": "Réussie",
        "E3": "Réussie",
    }
    assert lines["E1"][0] == pytest.approx(6.5 / 8)
    assert lines["E2"][0] == pytest.approx(8 / 12)


def test_a_mark_is_refused_by_its_own_scale() -> None:
    """6 is no note out of 5, a level of the stage none of the default scale."""
    session = care.session()
    grid = filled(session, "J1", {**PASSED, "C1.1.1": 6, "C1.1.2": 0.25, "C1.1.4": "Maîtrisé"})
    (item,) = at(session).collect({"g.xlsx": grid}).returns
    assert item.status is ReturnStatus.INCOMPLETE
    refused = {problem.code: problem.hint for problem in item.problems}
    assert refused["note-out-of-bounds"] == "Saisir une note de 0 à 5."
    assert refused["note-out-of-step"] == "Saisir une note de 0 à 3 par pas de 0,5."
    assert "« Acquis »" in refused["not-a-level"]


def test_blanks_of_an_assessment_that_does_not_open_are_not_owed() -> None:
    """Both jurors fail E1: their grids are whole without E3, and nothing is sent back to them."""
    session = care.session()
    files = {f"{juror}.xlsx": filled(session, juror, FAILED) for juror in ("J1", "J2")}
    collection = at(session).collect(files)
    assert [item.status for item in collection.returns] == [ReturnStatus.ACCEPTED] * 2
    assert [said(item.problems) for item in collection.returns] == [[], []]
    states = {str(code): x.state for code, x in collection.readings["J1.xlsx"].findings.items()}
    assert states["C1.1.4"] is FindingState.CLOSED
    assert collection.missing == ((CandidateId("1"), JurorCode("J3")),)
    one_alone = at(session).collect({"J1.xlsx": files["J1.xlsx"]})
    assert one_alone.returns[0].status is ReturnStatus.INCOMPLETE


def test_marks_of_an_assessment_that_does_not_open_are_told_and_ignored() -> None:
    """A warning at the first names them; the criteria count for nothing."""
    session = care.session()
    given = {**FAILED, "C1.1.4": "Acquis", "C2.2.1": "Acquis"}
    files = {f"{juror}.xlsx": filled(session, juror, given) for juror in ("J1", "J2")}
    collection = at(session).collect(files)
    for item in collection.returns:
        assert item.status is ReturnStatus.ACCEPTED
        assert said(item.problems) == [("not-open-marked", "BC01", "C17")]
    marks = {pair: collection.marks_of(item) for pair, item in collection.counted.items()}
    (decision,) = decide_session(care.REFERENTIAL, session, marks)
    outcomes = {str(item.code): item.outcome.value for item in decision.assessments}
    assert outcomes["E3"] == "Non ouverte"


def test_an_absence_locks_its_criteria_and_is_not_owed() -> None:
    """The new grid says Absent and asks nothing there; one made before is whole without it."""
    before, after = care.session(), care.session("E2")
    cells = places(plan_of(after, "J1"))
    sheet, cell = cells["C1.1.3"]
    grid = grid_files.write(care.REFERENTIAL, after, after.assignments[0])
    assert grid.values[sheet][cell].value == "Absent"
    assert grid.book[sheet][cell].protection.locked
    asked = {code: value for code, value in PASSED.items() if code in {"C1.1.1", "C1.1.2"}}
    for session in (before, after):
        files = {f"{juror}.xlsx": filled(session, juror, asked) for juror in ("J1", "J2")}
        collection = at(after).collect(files)
        assert {item.status for item in collection.returns} == {ReturnStatus.ACCEPTED}
        assert [said(item.problems) for item in collection.returns] == [[], []]


def test_a_mark_given_to_who_was_absent_is_an_error_and_ignored() -> None:
    """Told at its cell, the grid counts without it; « Absent » is no mark where nobody was."""
    grid = filled(care.session(), "J1", PASSED)
    collection = at(care.session("E2")).collect({"J1.xlsx": grid})
    (item,) = collection.returns
    assert ("absent-marked", "BC01", places(plan_of(care.session(), "J1"))["C1.1.3"][1]) in said(
        item.problems
    )
    assert "C1.1.3" not in values(collection)
    grid = filled(care.session("E2"), "J1", {"C1.1.1": 5, "C1.1.2": 3})
    (item,) = at(care.session()).collect({"J1.xlsx": grid}).returns
    assert "absence-not-told" in {problem.code for problem in item.problems}


def test_a_grid_of_absences_alone_is_neither_made_nor_missing() -> None:
    """Absent at the stage, nothing is asked of its assessor."""
    session = care.session("ST")
    assert [item.juror for item in grids_to_make(care.REFERENTIAL, session)] == ["J1", "J2"]
    collection = at(session).collect({})
    assert collection.unasked == ((CandidateId("1"), JurorCode("J3")),)
    assert {juror for _, juror in collection.missing} == {"J1", "J2"}


def test_an_assessor_declares_no_tie() -> None:
    """Neither asked in the grid nor missed in the return."""
    session = care.session()
    grid = filled(session, "J3", {"C1.2.1": "Maîtrisé", "C1.2.2": "En cours"})
    assert DECLARATION_LABEL not in read_grid(grid).answers
    (item,) = at(session).collect({"J3.xlsx": grid}).returns
    assert item.status is ReturnStatus.ACCEPTED
    assert said(item.problems) == []
