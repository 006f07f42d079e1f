"""Grids that several fill in together: whose marks they are, and what each of them declared."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import pytest
from returns.desk import KEY, REFERENTIAL, SESSION, Desk, edited, marks, said

from sheetgen.grid.read import read_grid
from sheetgen.grid.write import Answers
from sheetgen.model import CandidateId, JurorCode, Notation, ReturnStatus
from sheetgen.returns.collect import collect_returns
from sheetgen.returns.corrections import render_corrections
from sheetgen.returns.find import FoundFile
from sheetgen.returns.history import Counted, changes_since
from sheetgen.returns.identify import Expected
from sheetgen.rules import mark_in_common
from sheetgen.session_folder import GridDescriber, GridRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl import Workbook

    from sheetgen.model import Juror, Return, Session
    from sheetgen.problems import Problem

ODILE = replace(builders.juror("J1", president=True), first_name="Odile", last_name="Blanc")
FARID = replace(builders.juror("J2"), first_name="Farid", last_name="Noir")
NADIA = replace(builders.juror("J3"), first_name="Nadia", last_name="Vert")
BOTH = "J1+J2"


def jury(*jurors: Juror, incompatible: tuple[tuple[str, str], ...] = ()) -> Session:
    """The desk's session, marked in common by these jurors; some do not mark some candidates."""
    candidates = [builders.candidate(n, presented=["BC01", "BC02"]) for n in ("1", "2")]
    one_each = builders.session(
        REFERENTIAL,
        candidates=candidates,
        jurors=jurors,
        assignments=[
            (person.id, juror.code, person.presented)
            for person in candidates
            for juror in jurors
            if (person.id, juror.code) not in incompatible
        ],
    )
    return mark_in_common(REFERENTIAL, replace(one_each, notation=Notation.COMMON))


JUNE = jury(ODILE, FARID)
YES = Answers(declarations={ODILE.code: True, FARID.code: True})


def grid(session: Session = JUNE, answers: Answers = YES, juror: str = BOTH) -> bytes:
    """The grid of candidate 1 that a jury filled and saved."""
    return Desk(session=session).grid(juror=juror, answers=answers)


def came_back(data: bytes, session: Session = JUNE, recorded: Session = JUNE) -> Return:
    """Return what a file is for the session of now, its grids on record as made in June."""
    describer = GridDescriber(
        referential=REFERENTIAL, session=recorded, key=KEY, today=dt.date(2026, 6, 1)
    )
    made = GridRecord().with_grids(map(describer.describe, recorded.assignments))
    expected = Expected(referential=REFERENTIAL, session=session, key=KEY, made=made)
    file = FoundFile(
        name="g.xlsx", path=Path("g.xlsx"), sha256=hashlib.sha256(data).hexdigest(), size=len(data)
    )
    (item,) = collect_returns([(file, read_grid(data))], expected).returns
    return item


def row_of(book: Workbook, code: str) -> int:
    """Return the row of the first sheet in which a member declares."""
    cells = (cell for (cell,) in book["Accueil"]["A1:A60"])
    return next(int(cell.row) for cell in cells if str(cell.value).endswith(f"({code})"))


def refusal(item: Return) -> str:
    """Return the message of the one problem of a rejected return."""
    assert item.status is ReturnStatus.REJECTED
    (problem,) = item.problems
    return problem.message


def test_marks_are_the_groups_and_each_member_declares() -> None:
    """One return for all of them, whose marks bear the group's code."""
    collection = Desk(session=JUNE).collect({"g.xlsx": grid()})
    (item,) = collection.returns
    assert (item.juror, item.status, item.declaration) == (BOTH, ReturnStatus.ACCEPTED, True)
    assert item.declarations == ((ODILE.code, True), (FARID.code, True))
    assert {mark.juror for mark in marks(collection).values()} == {BOTH}
    assert [pair for pair in collection.missing if pair[0] == "1"] == []


@pytest.mark.parametrize(
    ("farid", "status", "declaration", "problems"),
    [
        (False, ReturnStatus.REJECTED, False, [("member-tie-declared", "Accueil", "C16")]),
        (None, ReturnStatus.ACCEPTED, None, [("members-undeclared", "", "")]),
        (
            "peut-être",
            ReturnStatus.ACCEPTED,
            None,
            [("member-declaration-unreadable", "Accueil", "C16")],
        ),
    ],
)
def test_all_declarations_count(
    farid: bool | str | None,
    status: ReturnStatus,
    declaration: bool | None,
    problems: list[tuple[str, str, str]],
) -> None:
    """One tie rejects the grid; a blank or unreadable answer is told by its member's name."""
    typed = farid if isinstance(farid, str) else {False: "Non", None: None}[farid]

    def answer(book: Workbook) -> None:
        book["Accueil"][f"C{row_of(book, 'J2')}"] = typed

    item = came_back(edited(grid(), answer))
    assert (item.status, item.declaration) == (status, declaration)
    assert said(item.problems) == problems
    assert "Farid Noir" in item.problems[0].message
    assert "Odile" not in item.problems[0].message


def test_a_tie_beside_a_name_that_is_gone_rejects_all_the_same() -> None:
    """A « Non » outweighs the rest, whoever wrote it."""

    def change(book: Workbook) -> None:
        row = row_of(book, "J2")
        book["Accueil"][f"A{row}"] = "quelqu'un"
        book["Accueil"][f"C{row}"] = "Non"

    assert "quelqu'un" in refusal(came_back(edited(grid(), change)))


def test_declarations_are_found_by_their_names() -> None:
    """Rows of the first sheet that were swapped keep their answers."""

    def swap(book: Workbook) -> None:
        sheet, first, second = book["Accueil"], row_of(book, "J1"), row_of(book, "J2")
        for column in "AC":
            one, other = sheet[f"{column}{first}"].value, sheet[f"{column}{second}"].value
            sheet[f"{column}{first}"], sheet[f"{column}{second}"] = other, one

    one_blank = Answers(declarations={ODILE.code: True})
    item = came_back(edited(grid(answers=one_blank), swap))
    assert item.declarations == ((ODILE.code, True), (FARID.code, None))


THREE = jury(ODILE, FARID, NADIA)


@pytest.mark.parametrize(
    ("then", "now", "juror", "names"),
    [
        (JUNE, THREE, BOTH, ("Odile Blanc et Farid Noir", "Odile Blanc, Farid Noir et Nadia Vert")),
        (THREE, JUNE, "J1+J2+J3", ("Nadia Vert, en", "Odile Blanc et Farid Noir, en commun")),
        (JUNE, jury(ODILE, NADIA), BOTH, ("Farid Noir", "Odile Blanc et Nadia Vert")),
        (
            JUNE,
            jury(ODILE, FARID, incompatible=(("1", "J2"),)),
            BOTH,
            ("Odile Blanc et Farid Noir", "maintenant évalué par Odile Blanc (J1)"),
        ),
        (SESSION, JUNE, "J1", ("à titre individuel", "Odile Blanc et Farid Noir, en commun")),
        (JUNE, SESSION, BOTH, ("Odile Blanc et Farid Noir", "Prénom J1 Nom J1 (J1) ; ")),
    ],
    ids=["joined", "left", "another", "incompatible", "once alone", "now alone"],
)  # fmt: skip
def test_a_grid_of_another_group_is_nobodys(
    then: Session, now: Session, juror: str, names: tuple[str, str]
) -> None:
    """Whoever joined or left since it was sent: nothing of it counts, and both are named."""
    item = came_back(grid(then, juror=juror), now, recorded=then)
    message = refusal(item)
    assert item.problems[0].code == "group-changed"
    for name in names:
        assert name in message


def test_who_is_replaced_no_longer_marks() -> None:
    """A refusal names those who give the marks by now, without those whose place they took."""
    now = jury(ODILE, FARID, NADIA)
    (first, *others) = now.assignments
    last = replace(first, juror=JurorCode("J3"), instead_of=first.juror)
    session = replace(now, assignments=(first, last, *others))
    told = refusal(came_back(grid(), session))
    assert "est maintenant évalué par Nadia Vert (J3)." in told


def test_a_grid_of_another_group_is_nobodys_without_a_record() -> None:
    """Codes tell who they were, by the names that the session has for them."""
    item = Desk(session=THREE).collect({"g.xlsx": grid()}).returns[0]
    assert "Odile Blanc et Farid Noir, en commun" in refusal(item)


def renamed(person: Juror, name: str, *, former: str | None = None) -> Session:
    """The session in which one of both has this name by now."""
    other = replace(person, last_name=name, former_name=former)
    return jury(*(other if item.code == person.code else item for item in (ODILE, FARID)))


def test_a_member_who_is_somebody_else_by_now_makes_it_nobodys() -> None:
    """Their code was given to another person: told by name, and nothing counts."""
    message = refusal(came_back(grid(), renamed(FARID, "Roux")))
    assert "Farid Noir (juré J2)" in message
    assert "Farid Roux" in message


def test_a_corrected_name_of_a_member_is_a_note() -> None:
    """The same person under another name: the grid counts."""
    item = came_back(grid(), renamed(FARID, "Roux", former="Noir"))
    assert item.status is ReturnStatus.ACCEPTED
    assert [problem.code for problem in item.problems] == ["person-renamed"]


def test_the_names_that_a_grid_prints_are_compared_where_nothing_is_on_record() -> None:
    """Each member's, on the first sheet."""
    (item,) = Desk(session=renamed(ODILE, "Roux")).collect({"g.xlsx": grid()}).returns
    assert "Odile Blanc" in refusal(item)


def test_a_sheet_of_another_candidate_is_refused() -> None:
    """The line under its title says whose it is, of a group too."""
    other = Desk(session=JUNE).grid(candidate="2", juror=BOTH, answers=YES)

    line = str(read_grid(other).owners[0].value)
    assert line == "NOM 2 Prénom 2 (n° 2)   ·   Jury : Odile Blanc (J1), Farid Noir (J2)"

    def paste(book: Workbook) -> None:
        book["BC01"]["A2"] = line

    item = came_back(edited(grid(), paste))
    (problem,) = [item for item in item.problems if item.code == "sheet-of-another-grid"]
    assert problem.message.endswith(", jurés Odile Blanc et Farid Noir (J1+J2).")


def test_a_correction_goes_to_whoever_holds_the_grid_with_all_declarations() -> None:
    """What one member had declared is in it; the others are asked, by name, through the holder."""
    desk = Desk(session=JUNE)
    first = desk.grid(
        juror=BOTH, points="2 1 0 - 2 2 .", answers=Answers(declarations={ODILE.code: True})
    )
    collection = desk.collect({"g.xlsx": first})
    problems: list[Problem] = []
    made = dict(render_corrections(collection, desk.expected, problems))
    assert not problems
    assert list(made) == ["grille_1_jury.xlsx", "message_J1.txt"]
    text = made["message_J1.txt"].decode()
    assert "Bonjour Odile Blanc," in text
    assert "grille commune avec Farid Noir" in text
    assert "n'est pas remplie par Farid Noir" in text
    again = read_grid(made["grille_1_jury.xlsx"])
    assert [(name, cell.value) for name, cell in again.declarants] == [
        ("Odile Blanc (J1)", "Oui"),
        ("Farid Noir (J2)", ""),
    ]
    both: Mapping[str, bytes] = {"g.xlsx": first, "c.xlsx": made["grille_1_jury.xlsx"]}
    states = {item.file: item.status for item in desk.collect(both).returns}
    assert states == {"g.xlsx": ReturnStatus.DUPLICATE, "c.xlsx": ReturnStatus.INCOMPLETE}


def test_members_may_each_declare_in_a_copy_of_the_same_grid() -> None:
    """Copies that say the same count once, with what was declared in any of them."""
    copies = {
        "a.xlsx": grid(answers=Answers(declarations={ODILE.code: True})),
        "b.xlsx": grid(answers=Answers(declarations={FARID.code: True})),
    }
    collection = Desk(session=JUNE).collect(copies)
    counted = collection.counted[CandidateId("1"), JurorCode(BOTH)]
    assert counted.declaration is True
    assert [problem.code for problem in counted.problems] == []


def test_what_changed_since_names_all_who_filled_a_grid_in() -> None:
    """Those of a group of before too, as long as they are jurors; one person as ever."""
    file = Counted(file="g.xlsx", sha256="0")
    alone = Desk(session=SESSION).expected.session
    told = {
        name: changes_since({}, {("1", code): file}, session)[0].message
        for name, session, code in (("now", JUNE, BOTH), ("alone", alone, "J1"))
    }
    (left,) = changes_since({("1", BOTH): file}, {}, jury(ODILE, FARID, NADIA))
    (unknown,) = changes_since({("1", "J1+J8"): file}, {}, JUNE)
    assert " la grille des jurés Odile Blanc et Farid Noir (J1+J2) pour le " in told["now"]
    assert " la grille du juré Prénom J1 Nom J1 (J1) pour le " in told["alone"]
    assert " la grille des jurés Odile Blanc et Farid Noir (J1+J2) pour le " in left.message
    assert " la grille des jurés n° J1+J8 pour le " in unknown.message


def test_a_grid_not_returned_is_asked_of_whoever_holds_it() -> None:
    """Members are named, and who was handed it."""
    collection = Desk(session=JUNE).collect({})
    assert collection.missing == (
        (CandidateId("1"), JurorCode(BOTH)),
        (CandidateId("2"), JurorCode(BOTH)),
    )
    problem = collection.problems[0]
    assert problem.code == "common-grid-missing"
    assert "Odile Blanc et Farid Noir" in problem.message
    assert "La demander à Odile Blanc" in problem.hint
