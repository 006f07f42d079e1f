"""Nobody's marks become another's: a grid counts for the people it was made for, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import pytest
from returns.desk import KEY, REFERENTIAL, SESSION, Desk, edited

from sheetgen.grid.read import read_grid
from sheetgen.model import CandidateId, ReturnStatus
from sheetgen.returns.collect import collect_returns
from sheetgen.returns.corrections import render_corrections
from sheetgen.returns.find import FoundFile
from sheetgen.returns.identify import Expected
from sheetgen.session_folder import GridDescriber, GridRecord

if TYPE_CHECKING:
    from openpyxl import Workbook

    from sheetgen.model import Candidate, Juror, Return, Session

BORN = dt.date(1990, 2, 28)
ALICE = replace(
    builders.candidate("1", presented=["BC01", "BC02"]),
    last_name="Martin",
    first_name="Alice",
    birth_date=BORN,
)
BOB = replace(
    builders.candidate("2", presented=["BC01", "BC02"]),
    last_name="Petit",
    first_name="Bob",
    birth_date=dt.date(1985, 7, 1),
)
JUNE = replace(SESSION, candidates=(ALICE, BOB), accommodations=())


def as_number(candidate: Candidate, number: str) -> Candidate:
    """Return the person under another number."""
    return replace(candidate, id=CandidateId(number))


def with_people(*candidates: Candidate, jurors: tuple[Juror, ...] = JUNE.jurors) -> Session:
    """The session as its workbook names these people now."""
    return replace(JUNE, candidates=candidates, jurors=jurors)


class RecordedDesk(Desk):
    """A desk whose grids of June are on record."""

    @property
    def expected(self) -> Expected:
        """Return the grids that are to come back."""
        describer = GridDescriber(
            referential=REFERENTIAL, session=JUNE, key=KEY, today=dt.date(2026, 6, 1)
        )
        made = GridRecord().with_grids(map(describer.describe, JUNE.assignments))
        return Expected(referential=self.referential, session=self.session, key=self.key, made=made)


def came_back(session: Session, *, recorded: bool, data: bytes | None = None) -> Return:
    """J1's grid for number 1, made in June, as it is read now."""
    grid = data or Desk(session=JUNE).grid()
    desk = RecordedDesk if recorded else Desk
    return desk(session=session).collect({"g.xlsx": grid}).returns[0]


NEW = replace(ALICE, last_name="Nouveau", first_name="Zoé", birth_date=None)
TYPED_OVER = with_people(NEW, BOB)
SWAPPED = with_people(as_number(BOB, "1"), as_number(ALICE, "2"))
RENUMBERED = with_people(
    replace(BOB, id=CandidateId("1"), last_name="Abel", first_name="Ugo", birth_date=None),
    as_number(ALICE, "2"),
)


@pytest.mark.parametrize("recorded", [True, False], ids=["on record", "names printed alone"])
@pytest.mark.parametrize(
    ("session", "elsewhere"),
    [
        (TYPED_OVER, ""),
        (SWAPPED, " Alice Martin est maintenant le candidat n° 2."),
        (RENUMBERED, " Alice Martin est maintenant le candidat n° 2."),
    ],
    ids=["line typed over", "numbers swapped", "renumbered"],
)
def test_a_number_given_to_somebody_else_refuses_the_grid(
    session: Session, elsewhere: str, recorded: bool
) -> None:
    """Both people are named, nothing counts, and the grid is nobody's."""
    item = came_back(session, recorded=recorded)
    assert item.status is ReturnStatus.REJECTED
    assert (item.candidate, item.juror) == (None, None)
    (problem,) = [p for p in item.problems if p.code == "person-replaced"]
    now = session.candidate[CandidateId("1")].full_name
    then = "Alice Martin" if recorded else "MARTIN Alice"
    expected = (
        f"La grille a été faite pour {then} (candidat n° 1) ; le candidat n° 1 est maintenant "
        f"{now}.{elsewhere.replace('Alice Martin', then)}"
    )
    assert problem.message == expected


@pytest.mark.parametrize("recorded", [True, False], ids=["on record", "names printed alone"])
def test_a_juror_typed_over_refuses_the_grid(recorded: bool) -> None:
    """A juror's code that somebody else has now does not make them say what was written."""
    first, *others = JUNE.jurors
    new = replace(first, last_name="Remplaçant", first_name="Paul")
    item = came_back(with_people(ALICE, BOB, jurors=(new, *others)), recorded=recorded)
    assert item.status is ReturnStatus.REJECTED
    assert "le juré J1 est maintenant Paul Remplaçant" in item.problems[0].message
    assert "feuille Jurés" in item.problems[0].hint


def test_two_juror_codes_swapped_refuse_the_grid() -> None:
    """J1's grid does not become J2's because their codes were exchanged."""
    one, two, *others = JUNE.jurors
    swapped = (replace(two, code=one.code), replace(one, code=two.code), *others)
    item = came_back(with_people(ALICE, BOB, jurors=swapped), recorded=True)
    assert item.problems[0].code == "person-replaced"
    assert "est maintenant le juré J2" in item.problems[0].message


CORRECTED = replace(ALICE, last_name="Martyn")
MARRIED = replace(ALICE, last_name="Durand", birth_date=None, former_name="Martin")


@pytest.mark.parametrize("candidate", [CORRECTED, MARRIED], ids=["corrected", "Ancien nom"])
def test_a_corrected_name_is_a_note(candidate: Candidate) -> None:
    """A grid with the same birth date and first name, or the former name, counts, with a note."""
    item = came_back(with_people(candidate, BOB), recorded=True)
    assert item.status is ReturnStatus.ACCEPTED
    assert [p.code for p in item.problems if p.severity.value == "info"] == ["person-renamed"]


def test_the_former_name_is_enough_without_a_record() -> None:
    """A grid made before there was a record counts once « Ancien nom » says what it prints."""
    married = with_people(MARRIED, BOB)
    assert came_back(married, recorded=False).status is ReturnStatus.ACCEPTED
    unsaid = with_people(replace(MARRIED, former_name=None), BOB)
    assert came_back(unsaid, recorded=False).status is ReturnStatus.REJECTED


def test_case_accents_hyphens_and_the_order_of_names_do_not_matter() -> None:
    """A name typed otherwise is no other name, and nothing is said of it."""
    item = came_back(
        with_people(replace(ALICE, last_name="ALICE", first_name="Mârtin"), BOB), recorded=True
    )
    assert (item.status, item.problems) == (ReturnStatus.ACCEPTED, ())


def test_twins_who_exchange_numbers_are_not_each_other() -> None:
    """One surname and one birth date: the whole name of the other one says who it was."""
    anna = replace(as_number(ALICE, "2"), first_name="Anna")
    june = replace(JUNE, candidates=(ALICE, anna))
    grid = Desk(session=june).grid()
    now = with_people(as_number(anna, "1"), as_number(ALICE, "2"))
    item = came_back(now, recorded=True, data=grid)
    assert item.status is ReturnStatus.REJECTED


def test_homonyms_are_told_apart_by_their_birth_dates() -> None:
    """Two of one name, their numbers exchanged: the recorded birth date refuses the grid."""
    other = replace(as_number(ALICE, "1"), birth_date=dt.date(2001, 1, 2))
    item = came_back(with_people(other, as_number(ALICE, "2")), recorded=True)
    assert item.status is ReturnStatus.REJECTED
    assert "Alice Martin, né(e) le 28/02/1990" in item.problems[0].message
    assert "Alice Martin, né(e) le 02/01/2001" in item.problems[0].message


@pytest.mark.parametrize("anonymous", [False, True], ids=["names printed", "anonymous"])
def test_small_corrections_do_not_add_up_to_somebody_else(anonymous: bool) -> None:
    """Surname, first name, then birth date, each with a `generate` in between."""
    steps = [
        ALICE,
        replace(ALICE, last_name="Durand"),
        replace(ALICE, last_name="Durand", birth_date=dt.date(2003, 3, 3)),
        replace(NEW, last_name="Durand", birth_date=dt.date(2003, 3, 3)),
    ]
    sessions = [replace(with_people(step, BOB), anonymous=anonymous) for step in steps]
    made = GridRecord()
    for session in sessions[:-1]:
        describer = GridDescriber(
            referential=REFERENTIAL, session=session, key=KEY, today=dt.date(2026, 6, 1)
        )
        made = made.with_grids(map(describer.describe, session.assignments))
    file = FoundFile(name="g.xlsx", path=Path("g.xlsx"), sha256="0", size=1)
    grid = read_grid(Desk(session=sessions[0]).grid())
    expected = Expected(referential=REFERENTIAL, session=sessions[-1], key=KEY, made=made)
    (item,) = collect_returns([(file, grid)], expected).returns
    assert (item.status, item.candidate) == (ReturnStatus.REJECTED, None)
    assert [problem.code for problem in item.problems] == ["person-replaced"]


def test_in_an_anonymous_session_the_record_knows() -> None:
    """The grid bears no name, and the record says for whom it was made."""
    anonymous = replace(JUNE, anonymous=True)
    grid = Desk(session=anonymous).grid()
    now = replace(SWAPPED, anonymous=True)
    assert came_back(now, recorded=True, data=grid).status is ReturnStatus.REJECTED
    assert came_back(anonymous, recorded=True, data=grid).status is ReturnStatus.ACCEPTED


def renamed(name: str) -> bytes:
    """J1's grid for Alice, on which somebody typed another name wherever hers was."""

    def change(book: Workbook) -> None:
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str):
                        cell.value = cell.value.replace("MARTIN Alice", name)

    return edited(Desk(session=JUNE).grid(), change)


@pytest.mark.parametrize("name", ["PETIT Bob", "INCONNU Zoé"], ids=["another candidate", "nobody"])
def test_a_name_typed_over_in_the_grid_refuses_it(name: str) -> None:
    """A juror who marked somebody else in this grid says so by the name they typed."""
    item = came_back(JUNE, recorded=True, data=renamed(name))
    assert item.status is ReturnStatus.REJECTED
    assert item.problems[0].code == "person-replaced"


def test_a_name_typed_in_the_spelling_of_today_is_accepted() -> None:
    """A misspelt name corrected in the session and, by hand, in the grid: the record links both."""
    item = came_back(with_people(CORRECTED, BOB), recorded=True, data=renamed("MARTYN Alice"))
    assert item.status is ReturnStatus.ACCEPTED


def test_nothing_of_another_persons_grid_is_asked_again_of_the_juror() -> None:
    """The number's grid of today is missing, and no correction carries marks over to it."""
    grid = Desk(session=JUNE).grid()
    collection = RecordedDesk(session=TYPED_OVER).collect({"g.xlsx": grid})
    assert ("1", "J1") in collection.missing
    assert "g.xlsx" not in collection.readings


def test_a_grid_never_made_is_not_said_to_be_late() -> None:
    """An assignment since the last generate: its grid is to be made, not to be asked for."""
    third = as_number(replace(BOB, last_name="Troisième"), "3")
    session = builders.session(REFERENTIAL, candidates=[ALICE, BOB, third])
    problems = RecordedDesk(session=session).collect({}).problems
    assert [p.code for p in problems if "(3)" in p.message] == ["grid-never-made"] * 2
    assert {p.code for p in problems if "(1)" in p.message} == {"grid-missing"}


def test_a_grid_of_another_referential_that_is_no_longer_asked_for_is_refused() -> None:
    """Two changes since it was made are no failure of the command."""
    older = builders.referential({"C1.1": 3, "C1.2": 2, "C2.1": 1})
    session = replace(JUNE, assignments=JUNE.assignments[1:])
    grid = Desk(session=JUNE).grid()
    item = Desk(referential=older, session=session).collect({"g.xlsx": grid}).returns[0]
    assert item.status is ReturnStatus.REJECTED
    assert [p.code for p in item.problems] == ["grid-not-assigned"]


def test_a_number_that_is_gone_is_told_with_its_name() -> None:
    """Somebody who left the session is named by the record, not by a number alone."""
    problems = came_back(with_people(BOB), recorded=True).problems
    assert problems[0].message == (
        "La grille est celle du candidat n° 1 (Alice Martin), qui n'est pas de la session."
    )


def test_a_juror_is_not_asked_for_a_grid_that_was_never_made() -> None:
    """Their message lists the grids they got, and not the one of a latecomer."""
    third = as_number(replace(BOB, last_name="Troisième"), "3")
    desk = RecordedDesk(session=builders.session(REFERENTIAL, candidates=[ALICE, BOB, third]))
    messages = dict(render_corrections(desk.collect({}), desk.expected, []))
    assert b"PETIT Bob" in messages["message_J1.txt"]
    assert "TROISIÈME".encode() not in messages["message_J1.txt"]
