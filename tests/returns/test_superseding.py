"""A correction replaces what it corrects, in chains too; what it changes besides is a conflict."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from openpyxl.packaging.custom import StringProperty
from returns.desk import CELLS, DESK, MARKED, REFERENTIAL, Desk, edited, properties_of

from sheetgen.grid.identity import is_signed, stamp_grid
from sheetgen.grid.write import Answers
from sheetgen.model import ReturnStatus
from sheetgen.returns import changes_since, corrected_contents, counted_returns
from sheetgen.returns.corrections import render_corrections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl import Workbook

    from sheetgen.problems import Problem
    from sheetgen.returns.collect import Collection

ACCEPTED, INCOMPLETE, DUPLICATE, CONFLICT, REJECTED = (
    ReturnStatus.ACCEPTED,
    ReturnStatus.INCOMPLETE,
    ReturnStatus.DUPLICATE,
    ReturnStatus.CONFLICT,
    ReturnStatus.REJECTED,
)


def typed(**marks: object) -> Callable[[Workbook], None]:
    """Marks typed over others, by their criterion with underscores for dots."""

    def change(book: Workbook) -> None:
        for name, value in marks.items():
            sheet, cell = CELLS[name.replace("_", ".")]
            book[sheet][cell].value = value

    return change


def correction(data: bytes, desk: Desk = DESK) -> bytes:
    """The workbook that a juror gets back for a return."""
    problems: list[Problem] = []
    made = dict(render_corrections(desk.collect({"a.xlsx": data}), desk.expected, problems))
    return made["grille_1_J1_Nom-1.xlsx"]


def statuses(collection: Collection) -> dict[str, ReturnStatus]:
    """Return what became of each file."""
    return {item.file: item.status for item in collection.returns}


def told(collection: Collection) -> list[tuple[str, str]]:
    """File and code of everything said of returns."""
    return [(item.file, problem.code) for item in collection.returns for problem in item.problems]


def counted(collection: Collection) -> dict[str, object]:
    """The marks that count for candidate 1 and J1."""
    return {
        code: mark.value
        for item in collection.returns
        if item.counts
        for code, mark in collection.marks_of(item).items()
    }


SIGNATURE = "5da3d55b2ad52a4a688c07a02e5fd79c72b260db066badf1d0e97f919626f4af"
"""Of the first assignment's grid, as sheetgen signed it before."""

FIRST = edited(DESK.grid(), typed(C1_1_2="Partielement", C1_1_3=None, C2_1_1=3))
"""C1.1.2 and C2.1.1 refused, C1.1.3 blank."""

HALF = edited(correction(FIRST), typed(C1_1_2="Partiellement acquis"))
"""The correction with one of three filled in."""

WHOLE = edited(
    correction(FIRST), typed(C1_1_2="Partiellement acquis", C1_1_3="Non acquis", C2_1_1="Acquis")
)
LAST = edited(correction(HALF), typed(C1_1_3="Non acquis", C2_1_1="Acquis"))
"""The correction of the correction, filled in."""

CHANGED = edited(WHOLE, typed(C1_1_1="Non acquis", C1_2_2=None))
"""A correction that also changes two marks which were valid."""


@pytest.mark.parametrize(
    "names",
    [
        ("a.xlsx", "b.xlsx"),
        ("b.xlsx", "a.xlsx"),
        ("envoi.zip!/a.xlsx", "envoi.zip!/b.xlsx"),
        ("lundi/grille.xlsx", "mardi/grille.xlsx"),
    ],
)
def test_a_correction_counts_beside_what_it_corrects(names: tuple[str, str]) -> None:
    """Whatever the names: the first is its duplicate, and one line says so."""
    first, second = names
    collection = DESK.collect({first: FIRST, second: WHOLE})
    assert statuses(collection) == {first: DUPLICATE, second: ACCEPTED}
    assert told(collection) == [(first, "grid-corrected")]
    assert counted(collection) == MARKED


def test_a_correction_is_not_also_a_return_to_check_with_its_juror() -> None:
    """Between two consolidations, it is what was asked for; another grid in its place is not."""
    before = counted_returns(DESK.collect({"a.xlsx": FIRST}).returns)
    back = DESK.collect({"a.xlsx": FIRST, "b.xlsx": WHOLE}).returns
    other = DESK.collect({"a.xlsx": WHOLE}).returns
    for returns, changed in ((back, []), (other, ["return-changed"])):
        problems = changes_since(
            before, counted_returns(returns), DESK.session, corrected_contents(returns)
        )
        assert [problem.code for problem in problems] == changed


@pytest.mark.parametrize("order", list(permutations(("FIRST", "HALF", "LAST"))))
def test_the_last_of_a_chain_counts(order: Sequence[str]) -> None:
    """A correction of a correction, in any order of the files."""
    files = {f"{place}.xlsx": globals()[name] for place, name in enumerate(order)}
    collection = DESK.collect(files)
    found = {name: statuses(collection)[f"{place}.xlsx"] for place, name in enumerate(order)}
    assert found == {"FIRST": DUPLICATE, "HALF": DUPLICATE, "LAST": ACCEPTED}
    last = f"{order.index('LAST')}.xlsx"
    assert all(last in item.problems[0].message for item in collection.returns if item.problems)
    assert counted(collection) == MARKED


def test_the_last_of_a_chain_replaces_the_first_though_the_middle_is_gone() -> None:
    """Corrections have one file name: the second was saved over the first."""
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": LAST})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": ACCEPTED}


def test_a_correction_whose_original_is_gone_counts_as_before() -> None:
    """It is a grid like any other."""
    collection = DESK.collect({"b.xlsx": WHOLE})
    assert (statuses(collection), told(collection)) == ({"b.xlsx": ACCEPTED}, [])


def test_a_correction_that_is_still_incomplete_replaces_too() -> None:
    """What remains to be done is said of it alone."""
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": HALF})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": INCOMPLETE}
    assert {code for file, code in told(collection) if file == "a.xlsx"} == {"grid-corrected"}


def test_a_correction_that_changes_valid_marks_is_one_conflict() -> None:
    """Told once, with the cells that differ, and neither counts."""
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": CHANGED})
    assert statuses(collection) == {"a.xlsx": CONFLICT, "b.xlsx": CONFLICT}
    (problem,) = [
        problem
        for item in collection.returns
        for problem in item.problems
        if problem.code == "correction-conflict"
    ]
    assert problem.location.file == "b.xlsx"
    assert problem.message == (
        "Cette correction change 2 évaluation(s) qui étaient valables dans a.xlsx : BC01 C6 "
        "(C1.1.1 : « Acquis » devient « Non acquis »), BC01 C12 (C1.2.2 : « Acquis » devient "
        "à évaluer)."
    )
    assert "mark-conflict" not in {code for _, code in told(collection)}
    assert counted(collection) == {}


@pytest.mark.parametrize(("chosen", "status"), [("a.xlsx", INCOMPLETE), ("b.xlsx", INCOMPLETE)])
def test_the_administrator_settles_such_a_conflict(chosen: str, status: ReturnStatus) -> None:
    """By designating either."""
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": CHANGED}, [chosen])
    other = "b.xlsx" if chosen == "a.xlsx" else "a.xlsx"
    assert statuses(collection) == {chosen: status, other: DUPLICATE}


def test_an_observation_may_change_in_a_correction() -> None:
    """It is what many are asked for."""
    reworded = edited(WHOLE, lambda book: setattr(book["BC01"]["D7"], "value", "Autrement dit"))
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": reworded})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": ACCEPTED}


def test_two_corrections_of_one_return_that_differ_are_a_conflict_of_these() -> None:
    """What they correct is out of it."""
    other = edited(correction(FIRST), typed(C1_1_2="Acquis", C1_1_3="Non acquis", C2_1_1="Acquis"))
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": WHOLE, "c.xlsx": other})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": CONFLICT, "c.xlsx": CONFLICT}
    assert ("b.xlsx", "mark-conflict") in told(collection)
    assert ("a.xlsx", "mark-conflict") not in told(collection)


def test_two_corrections_that_say_the_same_count_once() -> None:
    """One of them, and its original is out of it."""
    again = edited(WHOLE, lambda _: None)
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": WHOLE, "c.xlsx": again})
    assert sorted(map(str, statuses(collection).values())) == sorted(
        map(str, [DUPLICATE, DUPLICATE, ACCEPTED])
    )
    assert statuses(collection)["a.xlsx"] is DUPLICATE


def test_a_return_of_another_that_contradicts_the_correction_is_still_a_conflict() -> None:
    """Only what a correction was made from is replaced by it."""
    stranger = DESK.grid(points="0 0 0 0 0 0 0")
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": WHOLE, "c.xlsx": stranger})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": CONFLICT, "c.xlsx": CONFLICT}


def test_a_refused_return_is_replaced_by_its_correction() -> None:
    """A grid of an older référentiel is no longer an error once its correction is there."""
    criteria = tuple(
        replace(item, title="Nouveau texte") if item.code == "C1.1.1" else item
        for item in REFERENTIAL.criteria
    )
    desk = Desk(referential=replace(REFERENTIAL, criteria=criteria))
    older = DESK.grid()
    assert statuses(desk.collect({"a.xlsx": older})) == {"a.xlsx": REJECTED}
    mended = edited(correction(older, desk), typed(C1_1_1="Non acquis"))
    collection = desk.collect({"a.xlsx": older, "b.xlsx": mended})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": ACCEPTED}
    assert ("a.xlsx", "grid-corrected") in told(collection)


def test_a_declared_tie_is_not_replaced() -> None:
    """Whoever is tied stays so, whatever came after."""
    tied = edited(DESK.grid(answers=Answers(declaration=False)), typed(C1_1_2=None))
    assignment = DESK.session.assignments[0]
    sha256 = DESK.collect({"a.xlsx": tied}).returns[0].sha256
    stamp = stamp_grid(DESK.key, REFERENTIAL, DESK.session, assignment, [sha256])
    collection = DESK.collect({"a.xlsx": tied, "b.xlsx": stamped(DESK.grid(), stamp.fields())})
    assert statuses(collection) == {"a.xlsx": REJECTED, "b.xlsx": ACCEPTED}
    assert ("b.xlsx", "tie-declared-elsewhere") in told(collection)


def stamped(data: bytes, fields: Mapping[str, str]) -> bytes:
    """The grid with another stamp in both its hidden places."""

    def change(book: Workbook) -> None:
        for row, (name, value) in enumerate(fields.items(), start=1):
            book["_sheetgen"].cell(row, 1).value = name
            book["_sheetgen"].cell(row, 2).value = value
            if f"sheetgen.{name}" in properties_of(book).names:
                del properties_of(book)[f"sheetgen.{name}"]
            properties_of(book).append(StringProperty(name=f"sheetgen.{name}", value=value))

    return edited(data, change)


def test_what_a_correction_names_is_signed() -> None:
    """Nobody makes one grid replace another by typing its sum."""
    sha256 = DESK.collect({"a.xlsx": FIRST}).returns[0].sha256
    assignment = DESK.session.assignments[0]
    fields = stamp_grid(DESK.key, REFERENTIAL, DESK.session, assignment).fields()
    forged = stamped(DESK.grid(), fields | {"corrects": sha256})
    collection = DESK.collect({"a.xlsx": FIRST, "b.xlsx": forged})
    assert statuses(collection) == {"a.xlsx": INCOMPLETE, "b.xlsx": REJECTED}
    assert ("b.xlsx", "signature-wrong") in told(collection)


def test_a_grid_that_corrects_nothing_is_stamped_as_ever() -> None:
    """Its fields and its signature are those of grids made before corrections were named."""
    assignment = DESK.session.assignments[0]
    fields = stamp_grid(DESK.key, REFERENTIAL, DESK.session, assignment).fields()
    assert "corrects" not in fields
    assert fields["signature"] == SIGNATURE
    assert is_signed(DESK.key, fields)


def test_a_chain_of_any_length_stays_within_a_document_property() -> None:
    """Three former files are named."""
    assignment = DESK.session.assignments[0]
    sums = [f"{number:064x}" for number in range(9)]
    stamp = stamp_grid(DESK.key, REFERENTIAL, DESK.session, assignment, sums)
    assert stamp.corrects.split() == sums[:3]
    assert len(stamp.corrects) <= 255
