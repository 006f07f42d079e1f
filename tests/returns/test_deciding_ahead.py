"""Candidates decided while files are still being read: what comes late changes decisions too."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import builders
import pytest
from returns.desk import DESK, REFERENTIAL, SESSION, Desk, edited

from sheetgen.model import CandidateDecision, CandidateId, CriterionState, JurorCode
from sheetgen.returns import DecidingAhead
from sheetgen.rules import decide_each

LOWER = "2 0 0 - 2 2 2"
"""Marks that say otherwise of C1.1.2."""

FIRST, SECOND = CandidateId("1"), CandidateId("2")

FILLED = {
    f"{candidate}-{juror}.xlsx": DESK.grid(candidate, juror)
    for candidate in "12"
    for juror in ("J1", "J2")
}
"""All grids of the session, complete; those that come late have names beyond."""

STAND_IN = replace(builders.juror("J3"), replaces=JurorCode("J2"))
REPLACED = replace(
    SESSION,
    jurors=(*SESSION.jurors, STAND_IN),
    assignments=(
        *SESSION.assignments,
        *(
            replace(item, juror=STAND_IN.code, instead_of=item.juror)
            for item in SESSION.assignments
            if item.juror == "J2"
        ),
    ),
)
BLANK = edited(FILLED["1-J2.xlsx"], lambda book: book["BC01"].__setitem__("C6", None))


def decide(
    desk: Desk, files: dict[str, bytes], preferred: str = "", most: int = 9
) -> tuple[list[CandidateDecision], list[CandidateId]]:
    """Return what is decided of files, which is what comes of deciding last, and who was ahead."""
    ahead = DecidingAhead(desk.referential, desk.session, most)
    collection = desk.collect(files, [preferred] if preferred else [], ahead)
    session = replace(desk.session, assignments=collection.seats.counting)
    known = partial(ahead.decided.find, session, collection)
    decided = list(decide_each(REFERENTIAL, session, collection.marks_that_count, known))
    assert decided == list(decide_each(REFERENTIAL, session, collection.marks_that_count))
    return decided, [item.candidate for item in decided if known(item.candidate) is item]


def state(decision: CandidateDecision) -> CriterionState:
    """Return what the marks on C1.1.2 amount to."""
    return decision.blocks[0].competencies[0].criteria[1].state


def test_a_candidate_is_decided_once_all_their_grids_are_read() -> None:
    """Whoever else's grids are still to come; a grid that is missing or incomplete is one."""
    assert decide(DESK, FILLED)[1] == [FIRST, SECOND]
    assert decide(DESK, {**FILLED, "1-J2.xlsx": BLANK})[1] == [SECOND]
    missing = {name: data for name, data in FILLED.items() if name != "2-J1.xlsx"}
    assert decide(DESK, missing)[1] == [FIRST]


def test_only_the_first_candidates_are_decided_ahead() -> None:
    """A large session's decisions do not stay in memory."""
    assert decide(DESK, FILLED, most=1)[1] == [FIRST]
    assert decide(DESK, FILLED, most=0)[1] == []


@pytest.mark.parametrize("preferred", ["", "9-late.xlsx"])
def test_a_grid_that_contradicts_later_changes_the_decision(preferred: str) -> None:
    """None of both counts, or the late one if the administrator prefers it."""
    decided, ahead = decide(DESK, {**FILLED, "9-late.xlsx": DESK.grid(points=LOWER)}, preferred)
    assert ahead == [SECOND]
    assert state(decided[0]) is (CriterionState.MARKED if preferred else CriterionState.MISSING)
    if preferred:
        marks = decided[0].blocks[0].competencies[0].criteria[1].marks
        assert [mark.points for mark in marks] == [0, 1]


def test_a_grid_that_says_the_same_later_changes_nothing() -> None:
    """Whichever of the two counts."""
    again = edited(FILLED["1-J1.xlsx"], lambda _: None)
    decided, _ = decide(DESK, {**FILLED, "9-late.xlsx": again})
    assert decided == decide(DESK, FILLED)[0]


def test_a_grid_under_another_name_is_ahead_too() -> None:
    """Names of files say nothing."""
    renamed = {f"{9 - place}.xlsx": data for place, data in enumerate(FILLED.values())}
    assert decide(DESK, renamed) == decide(DESK, FILLED)


@pytest.mark.parametrize("first", ["1-J2.xlsx", "9-late.xlsx"])
def test_a_grid_of_a_stand_in_changes_the_decision(first: str) -> None:
    """Theirs counts where that of whom they replace is incomplete, whichever is read first."""
    desk = Desk(session=REPLACED)
    both = {"1-J2.xlsx": BLANK, "9-late.xlsx": desk.grid(juror="J3", points=LOWER)}
    files = {first: both[first], **FILLED, **both}
    decided, ahead = decide(desk, files)
    assert FIRST not in ahead
    marks = decided[0].blocks[0].competencies[0].criteria[1].marks
    assert {str(mark.juror): mark.points for mark in marks} == {"J1": 1, "J3": 0}
