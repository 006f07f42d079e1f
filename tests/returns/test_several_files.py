"""Several files for one grid: the same said twice counts once, a contradiction not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns.desk import DESK, MARKED, edited, said
from tries import tries

from sheetgen.consolidation import render_decisions
from sheetgen.grid.write import Answers
from sheetgen.model import Return, ReturnStatus
from sheetgen.returns.preferring import find_named
from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from openpyxl import Workbook

    from sheetgen.problems import Problem
    from sheetgen.returns.collect import Collection

ACCEPTED, DUPLICATE, CONFLICT, REJECTED = (
    ReturnStatus.ACCEPTED,
    ReturnStatus.DUPLICATE,
    ReturnStatus.CONFLICT,
    ReturnStatus.REJECTED,
)


def typed(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    """A value typed in a cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return change


GRID = DESK.grid()
SAVED_AGAIN = edited(GRID, lambda _: None)
OTHER_MARK = edited(GRID, typed("BC01", "C7", "Non acquis"))
OTHER_COMMENT = edited(GRID, typed("BC01", "D7", "Autre chose"))
BLANK_MARK = edited(GRID, typed("BC01", "C6", None))
FAULTY_MARK = edited(GRID, typed("BC01", "C6", "Aquis"))
OTHER_OPINION = DESK.grid(
    answers=Answers(declaration=True, opinion="Réservé", remarks="Rien à dire")
)
UNDECLARED = DESK.grid(answers=Answers(opinion="Favorable", remarks="Rien à dire"))
TIED = DESK.grid(answers=Answers(declaration=False))
UNREADABLE = b"PK\x03\x04 cut short"


def statuses(collection: Collection) -> dict[str, ReturnStatus]:
    """Return what became of each file."""
    return {item.file: item.status for item in collection.returns}


def problems(collection: Collection, file: str) -> Sequence[Problem]:
    """Return the problems of one file."""
    return next(item.problems for item in collection.returns if item.file == file)


def marks(collection: Collection) -> dict[str, object]:
    """The marks that count for candidate 1 and J1."""
    return {
        code: mark.value
        for item in collection.returns
        if item.counts and (item.candidate, item.juror) == ("1", "J1")
        for code, mark in collection.marks_of(item).items()
    }


def test_the_same_bytes_twice_count_once() -> None:
    """A mail and its zip may both be dropped; the duplicate is a note, no warning."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": GRID})
    assert statuses(collection) == {"a.xlsx": ACCEPTED, "b.xlsx": DUPLICATE}
    assert said(problems(collection, "b.xlsx")) == [("grid-duplicate", "", "")]
    assert marks(collection) == MARKED


def test_a_grid_saved_again_by_another_program_is_a_duplicate() -> None:
    """Other bytes, the same marks and comments: one counts."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": SAVED_AGAIN, "c.xlsx": GRID})
    assert sorted(statuses(collection).values(), key=str) == [ACCEPTED, DUPLICATE, DUPLICATE]
    assert marks(collection) == MARKED


def test_a_different_mark_is_a_conflict_said_at_its_cell_with_both_values() -> None:
    """Neither counts, and the grid is missing, without being said not to have come back."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": OTHER_MARK})
    assert statuses(collection) == {"a.xlsx": CONFLICT, "b.xlsx": CONFLICT}
    assert said(problems(collection, "a.xlsx")) == [
        ("grid-conflict", "", ""),
        ("mark-conflict", "BC01", "C7"),
    ]
    assert problems(collection, "a.xlsx")[1].message == (
        "Retours contradictoires (critère C1.1.2) : « Partiellement acquis », observation "
        "« Vu pour C1.1.2 » ici, « Non acquis », observation « Vu pour C1.1.2 » "
        "dans b.xlsx (BC01 C7)."
    )
    assert said(problems(collection, "b.xlsx")) == said(problems(collection, "a.xlsx"))
    assert marks(collection) == {}
    assert ("1", "J1") in collection.missing
    assert not any("J1" in item.message and "n° 1 " in item.message for item in collection.problems)


@pytest.mark.parametrize(
    ("other", "cell", "part"),
    [
        (OTHER_COMMENT, ("BC01", "C7"), "« Autre chose »"),
        (BLANK_MARK, ("BC01", "C6"), "à évaluer"),
        (FAULTY_MARK, ("BC01", "C6"), "« Aquis » (refusé)"),
        (OTHER_OPINION, ("", ""), "« Réservé »"),
    ],
)
def test_whatever_differs_is_a_conflict(other: bytes, cell: tuple[str, str], part: str) -> None:
    """A comment, a blank, a refused value, the opinion: each alone."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": other})
    assert statuses(collection) == {"a.xlsx": CONFLICT, "b.xlsx": CONFLICT}
    (detail,) = [item for item in problems(collection, "a.xlsx") if item.code == "mark-conflict"]
    assert (detail.location.sheet, detail.location.cell) == cell
    assert part in detail.message


def test_three_files_list_every_other_value() -> None:
    """Two that agree do not outvote the third."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": SAVED_AGAIN, "c.xlsx": OTHER_MARK})
    assert set(statuses(collection).values()) == {CONFLICT}
    (detail,) = [item for item in problems(collection, "c.xlsx") if item.code == "mark-conflict"]
    assert "dans a.xlsx (BC01 C7), b.xlsx (BC01 C7)." in detail.message
    (summary,) = [item for item in problems(collection, "a.xlsx") if item.code == "grid-conflict"]
    assert summary.message == (
        "Ce retour et un autre de la même grille (c.xlsx), Prénom 1 Nom 1 (1) par "
        "Prénom J1 Nom J1 (J1), diffèrent en 1 endroit(s)."
    )


def test_many_files_in_conflict_are_counted_rather_than_all_named() -> None:
    """A message stays short however often a juror sent something else."""
    files = {f"{number}.xlsx": GRID for number in range(9)}
    collection = DESK.collect({**files, "z.xlsx": OTHER_MARK})
    summary, detail = problems(collection, "z.xlsx")
    assert "(0.xlsx, 1.xlsx, 2.xlsx, 3.xlsx, 4.xlsx et 4 autres)" in summary.message
    assert detail.message.endswith("3.xlsx (BC01 C7), 4.xlsx (BC01 C7) et 4 autres.")


def test_between_two_that_say_the_same_the_one_that_declares_counts() -> None:
    """The declaration is owed either way; it is there in one of them."""
    collection = DESK.collect({"a.xlsx": UNDECLARED, "b.xlsx": GRID})
    assert statuses(collection) == {"a.xlsx": DUPLICATE, "b.xlsx": ACCEPTED}


def test_a_tie_declared_in_another_file_is_recalled() -> None:
    """The file that declares is rejected; the other counts, with a warning."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": TIED})
    assert statuses(collection) == {"a.xlsx": ACCEPTED, "b.xlsx": REJECTED}
    assert said(problems(collection, "a.xlsx")) == [("tie-declared-elsewhere", "", "")]


def test_rejected_files_contradict_nothing() -> None:
    """What does not count takes no part in duplicates and conflicts."""
    stranger = replace(DESK, key=type(DESK.key)(bytes(32))).grid(points="0 0 0 0 0 0 0")
    collection = DESK.collect(
        {"a.xlsx": GRID, "b.xlsx": stranger, "c.xlsx": UNREADABLE, "d.xlsx": UNREADABLE}
    )
    assert statuses(collection) == {
        "a.xlsx": ACCEPTED, "b.xlsx": REJECTED, "c.xlsx": REJECTED, "d.xlsx": REJECTED,
    }  # fmt: skip
    assert marks(collection) == MARKED


FILES = {
    "retours/mails.zip!/lundi/grille.xlsx": GRID,
    "retours/mails.zip!/mardi/Grille.xlsx": OTHER_MARK,
    "autre.xlsx": DESK.grid("2"),
}


@pytest.mark.parametrize(
    "preferred",
    [
        "retours/mails.zip!/lundi/grille.xlsx",
        "mails.zip!/lundi/grille.xlsx",
        "lundi/grille.xlsx",
        r"retours\mails.zip!\lundi\grille.xlsx",
        "./retours/mails.zip!/lundi/grille.xlsx",
        "/home/ecole/retours/mails.zip!/lundi/grille.xlsx",
        "LUNDI/GRILLE.XLSX",
    ],
)
def test_the_administrator_settles_a_conflict_by_naming_a_file(preferred: str) -> None:
    """By its path as messages give it, by the end of it, on any system."""
    collection = DESK.collect(FILES, [preferred])
    assert marks(collection) == MARKED
    assert said(problems(collection, "retours/mails.zip!/mardi/Grille.xlsx")) == [
        ("grid-set-aside", "", "")
    ]
    assert [item.code for item in collection.problems] == ["grid-missing", "grid-missing"]


def test_a_name_that_fits_two_files_is_told_and_settles_nothing() -> None:
    """Neither is guessed to be meant; the message names both."""
    collection = DESK.collect(FILES, ["grille.xlsx"])
    assert marks(collection) == {}
    (problem,) = [item for item in collection.problems if item.code == "preferred-ambiguous"]
    assert problem.message == (
        "Le nom désigné par --prefer est celui de 2 retours : "
        "retours/mails.zip!/lundi/grille.xlsx, retours/mails.zip!/mardi/Grille.xlsx."
    )


@pytest.mark.parametrize(
    ("wanted", "files", "found"),
    [
        ("grille.xlsx", ["grille.xlsx", "avant/grille.xlsx"], ["grille.xlsx"]),
        ("./Grille.xlsx", ["grille.xlsx", "Grille.xlsx"], ["Grille.xlsx"]),
        ("avant/grille.xlsx", ["grille.xlsx", "avant/grille.xlsx"], ["avant/grille.xlsx"]),
        ("out/retours/grille.xlsx", ["grille.xlsx", "avant/grille.xlsx"], ["grille.xlsx"]),
        ("out/retours/avant/a.xlsx", ["a.xlsx", "avant/a.xlsx"], ["avant/a.xlsx"]),
        ("a.xlsx", ["x/a.xlsx", "y/a.xlsx"], ["x/a.xlsx", "y/a.xlsx"]),
        ("x/a.xlsx", ["a.xlsx", "y/x/a.xlsx"], ["y/x/a.xlsx", "a.xlsx"]),
        ("GRILLE.xlsx", ["grille.xlsx", "Grille.xlsx"], ["grille.xlsx", "Grille.xlsx"]),
        ("b.xlsx", ["a.xlsx", "ab.xlsx"], []),
        ("e\u0301.xlsx", ["\u00e9.xlsx"], ["\u00e9.xlsx"]),
    ],
)
def test_the_path_shown_decides_whatever_other_folders_hold(
    wanted: str, files: Sequence[str], found: Sequence[str]
) -> None:
    """A part of it will do where it fits one file; two that fit are both given, to be told."""
    assert find_named(wanted, files) == found


def test_several_conflicts_are_settled_at_once() -> None:
    """One preferred file for each."""
    other = edited(DESK.grid("2"), typed("BC01", "C7", "Acquis"))
    files = {"a.xlsx": GRID, "b.xlsx": OTHER_MARK, "c.xlsx": DESK.grid("2"), "d.xlsx": other}
    collection = DESK.collect(files, ["b.xlsx", "c.xlsx"])
    assert statuses(collection) == {
        "a.xlsx": DUPLICATE, "b.xlsx": ACCEPTED, "c.xlsx": ACCEPTED, "d.xlsx": DUPLICATE,
    }  # fmt: skip


def test_a_preferred_file_that_is_not_there_is_said() -> None:
    """A misspelt name must not pass for a choice."""
    collection = DESK.collect({"a.xlsx": GRID}, ["b.xlsx"])
    found = [item for item in collection.problems if item.code != "grid-missing"]
    assert [(item.code, item.location.file) for item in found] == [("preferred-unknown", "b.xlsx")]


def test_preferring_a_rejected_file_does_not_make_it_count() -> None:
    """It is said, and the valid one goes on counting."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": TIED}, ["b.xlsx"])
    found = [item for item in collection.problems if item.code != "grid-missing"]
    assert [(item.code, item.location.file) for item in found] == [("preferred-rejected", "b.xlsx")]
    assert marks(collection) == MARKED


def test_a_grid_that_did_not_come_back_is_a_warning() -> None:
    """Those that came back and do not count have their own messages."""
    collection = DESK.collect({"a.xlsx": GRID, "b.xlsx": TIED})
    assert collection.missing == (("1", "J2"), ("2", "J1"), ("2", "J2"))
    assert [item.code for item in collection.problems] == ["grid-missing"] * 3


POOL = [
    GRID, SAVED_AGAIN, OTHER_MARK, OTHER_COMMENT, BLANK_MARK, FAULTY_MARK, UNDECLARED, TIED,
    UNREADABLE, DESK.grid("1", "J2", "2 2 2 2 2 2 2"), DESK.grid("2", "J1"), DESK.grid("2", "J2"),
]  # fmt: skip


@tries(25)
@given(
    places=st.lists(st.integers(0, len(POOL) - 1), max_size=7),
    seed=st.randoms(use_true_random=False),
)
def test_order_and_names_of_files_change_nothing_but_the_names_reported(
    places: list[int], seed: object
) -> None:
    """Contents alone decide, whatever the files' names and the order in which they are found."""
    first = {f"{number}.xlsx": POOL[place] for number, place in enumerate(places)}
    shuffled = list(places)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    second = {f"{chr(120 - number)}.xlsx": POOL[place] for number, place in enumerate(shuffled)}
    assert anonymous(first) == anonymous(second)


def anonymous(files: Mapping[str, bytes]) -> dict[str, object]:
    """Return what these files decide, their names blotted out and returns in their bytes' order."""
    collection = DESK.collect(files)
    counted = {pair: collection.marks_of(item) for pair, item in collection.counted.items()}
    decided = builders.session_decisions(
        DESK.referential,
        DESK.session,
        decide_session(DESK.referential, DESK.session, counted),
        returns=tuple(sorted(map(blotted, collection.returns), key=repr)),
        missing=collection.missing,
    )
    return render_decisions(decided)


def blotted(item: Return) -> Return:
    """A return without its name, nor those of others in what is said of it."""
    plain = tuple(
        replace(problem, location=replace(problem.location, file=""), message="")
        for problem in item.problems
    )
    return replace(item, file="", problems=plain)
