"""The register's workbook: what it writes it reads back, and what is wrong is told at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from openpyxl import load_workbook
from registered import PLACES, attestation, candidate, closing, identity, key

from sheetgen.register import (
    Register,
    acquired_by,
    find_people,
    read_register_book,
    record_closing,
    reserve_numbers,
    write_register_book,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sheetgen.register import TakenIn

PEOPLE = ("N°", "Nom", "Prénom", "Date de naissance", "Identifiant")
HELD = ("Personne", "Certification", "Code RNCP", "Bloc", "Date", "Origine")


@pytest.fixture
def filled(register: Register) -> Register:
    """A register where Zoé holds BC01 and Léo nothing."""
    zoe, leo = identity("Zoé Exemple", "1998-03-14"), identity("Léo Autre", "1990-01-01")
    with register.writing() as connection:
        numbers = reserve_numbers(connection, key(), [attestation("C01")], 2026)
        facts = closing(
            key(),
            candidate("C01", zoe, BC01="validated", BC02="not_validated"),
            candidate("C02", leo, BC01="not_validated"),
            numbers=numbers,
        )
        assert record_closing(connection, facts, PLACES, "essai") == []
    return register


def _book(path: Path, people: Sequence[Sequence[object]], held: Sequence[Sequence[object]]) -> Path:
    """Write rows below the headers of an exported workbook."""
    book = load_workbook(path)
    for sheet, names, rows in (("Personnes", PEOPLE, people), ("Acquis", HELD, held)):
        headers = [cell.value for cell in book[sheet][1]]
        first = 2
        while book[sheet].cell(first, 1).value:
            first += 1
        for place, row in enumerate(rows, start=first):
            for name, value in zip(names, row, strict=False):
                column = headers.index(name) + 1
                book[sheet].cell(place, column).value = cast("str | None", value)
    book.save(path)
    return path


def _export(register: Register, path: Path) -> Path:
    with register.reading() as connection:
        write_register_book(connection, path)
    return path


def _import(register: Register, path: Path) -> tuple[TakenIn | None, list[tuple[str, str]]]:
    with register.writing() as connection:
        taken, problems = read_register_book(connection, path, "essai")
    return taken, [(item.code, item.location.cell) for item in problems]


def _held(register: Register) -> list[tuple[int, str, str]]:
    with register.reading() as connection:
        return [(item.person, item.block, item.origin) for item in acquired_by(connection)]


def test_what_is_exported_changes_nothing_when_taken_in(filled: Register, tmp_path: Path) -> None:
    """The workbook says everything, and what closings recorded stays theirs."""
    path = _export(filled, tmp_path / "registre.xlsx")
    taken, problems = _import(filled, path)
    assert problems == []
    assert taken is not None
    assert (taken.added, taken.corrected, taken.held, taken.changed) == (0, 2, 0, 0)
    assert _held(filled) == [(1, "BC01", "Registre")]


def test_somebody_new_with_the_birth_of_somebody_known_is_told(
    filled: Register, tmp_path: Path
) -> None:
    """Under another surname: taken in as asked, and asked about at its row."""
    path = _book(
        _export(filled, tmp_path / "registre.xlsx"),
        [("x", "Nouveau", "Léo", "01/01/1990"), ("y", "Nouveau", "Zoé", "01/01/1990")],
        [],
    )
    taken, problems = _import(filled, path)
    assert problems == [("perhaps-renamed", "A4")]
    assert taken is not None
    assert taken.added == 2


def test_what_was_held_before_is_taken_in(filled: Register, tmp_path: Path) -> None:
    """New people, and what they or others hold; taken in again, nothing is there twice."""
    path = _book(
        _export(filled, tmp_path / "registre.xlsx"),
        [("x", "Ancien", "Noé", "03/04/1970", "E1")],
        [
            ("x", "Titre", "RNCP1", None, "12/06/2019", "Archives"),
            ("REG-2", "Titre", "RNCP1", "BC02", "12/06/2019", None),
        ],
    )
    for added, held in ((1, 2), (0, 0)):
        taken, problems = _import(filled, path)
        assert problems == []
        assert taken is not None
        assert (taken.added, taken.held) == (added, held)
    assert _held(filled) == [
        (1, "BC01", "Registre"),
        (2, "BC02", "Reprise"),
        (3, "", "Archives"),
    ]


def test_somebody_is_corrected(filled: Register, tmp_path: Path) -> None:
    """A name and a birth date; found by the new name and by the former one."""
    path = _export(filled, tmp_path / "registre.xlsx")
    book = load_workbook(path)
    (row,) = (r for r in book["Personnes"].iter_rows(min_row=2) if r[0].value == "REG-1")
    row[1].value, row[3].value = "Mariée", "15/03/1998"
    book.save(path)
    assert _import(filled, path)[1] == []
    with filled.reading() as connection:
        for asked in ("MARIEE", "zoé exemple", "reg-1", "A-2026-00001"):
            (found,) = find_people(connection, asked, 9)
            assert (found["last_name"], found["birth_date"].day) == ("Mariée", 15), asked
        assert find_people(connection, "exemple léo", 9) == []


def test_a_number_on_somebody_elses_row_is_refused(filled: Register, tmp_path: Path) -> None:
    """Numbers sorted without their rows, or those of another register, rename nobody."""
    path = _export(filled, tmp_path / "registre.xlsx")
    book = load_workbook(path)
    sheet = book["Personnes"]
    sheet["A2"].value, sheet["A3"].value = sheet["A3"].value, sheet["A2"].value
    book.save(path)
    taken, problems = _import(filled, path)
    assert (taken, problems) == (None, [("row-of-another", "A2"), ("row-of-another", "A3")])
    with filled.reading() as connection:
        assert find_people(connection, "léo autre", 9)[0]["id"] == 2


@pytest.mark.parametrize(
    ("people", "held", "told"),
    [
        ([("REG-9", "Nul", "Personne")], [], ("register-number-unknown", "A4")),
        ([("x", "Exemple", "Zoé")], [], ("homonyms", "A4")),
        ([("x", "Autre", "Léo", "01/01/1991", "REG-2")], [], ("identifier-of-another", "A4")),
        ([], [("y", "Titre", "RNCP1", "BC01")], ("person-unlisted", "A3")),
        (
            [("x", "Neuf", "Ève", None, "E3"), ("y", "Neuf", "Ada", None, "e3")],
            [],
            ("identifier-of-another", "A5"),
        ),
        ([("x", "Neuf", "Ève"), ("x", "Neuf", "Ada")], [], ("code-duplicate", "A5")),
    ],
)
def test_what_is_wrong_takes_nothing_in(
    filled: Register,
    tmp_path: Path,
    people: Sequence[Sequence[object]],
    held: Sequence[Sequence[object]],
    told: tuple[str, str],
) -> None:
    """Each fault is told at its cell, and nothing at all is changed."""
    path = _book(_export(filled, tmp_path / "registre.xlsx"), people, held)
    before = _held(filled)
    taken, problems = _import(filled, path)
    assert taken is None
    assert told in problems
    assert _held(filled) == before
    with filled.reading() as connection:
        assert find_people(connection, "neuf", 9) == []
