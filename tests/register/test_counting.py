"""Counts of the register: two sessions worked out by hand, in both kinds of database."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from registered import PLACES, candidate, closing, identity, key

from sheetgen.figures import tables_of_decisions
from sheetgen.register import CountedScope, Register, count_decided, record_closing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.figures import FigureTable
    from sheetgen.register import CandidateFacts, ClosingFacts, ClosingKey

Cells = dict[str, int | str | float | None]

V, N, A, H = "validated", "not_validated", "not_presented", "already_held"
FI, VAE = "Formation initiale", "VAE"

JUNE = key("JUIN", date="2026-06-15")
DECEMBER = key("DÉC", date="2026-12-10")


def _sat(
    name: str, outcome: str, *blocks: str, route: str = "full", status: str = "present"
) -> CandidateFacts:
    person = identity(f"{name} Essai", "1990-01-01")
    facts = candidate(name, person, outcome, **dict(zip(("BC01", "BC02"), blocks, strict=True)))
    access = VAE if name == "C" else FI
    return replace(facts, route=route, status=status, access_route=access)


def _closed(
    which: ClosingKey, *people: CandidateFacts, centre: str | None = None, closed: str | None = None
) -> ClosingFacts:
    facts = closing(which, *people, digest=f"{which.session} {which.version}")
    return replace(facts, centre=centre, closed=closed)


_JUNE = (
    _sat("B", "partial", V, N),
    _sat("C", "not_awarded", N, N),
    _sat("D", "absent", A, A, status="absent"),
    _sat("E", "partial", V, A, route="blocks"),
)
CLOSINGS = (
    _closed(JUNE, _sat("A", "partial", V, N), *_JUNE, centre="Lyon", closed="2026-06-20"),
    # Reopened: A had everything after all. Only this closing counts.
    _closed(
        replace(JUNE, version=2),
        _sat("A", "awarded", V, V),
        *_JUNE,
        centre="Lyon",
        closed="2026-06-25",
    ),
    _closed(
        DECEMBER,
        _sat("B", "awarded", H, V, route="blocks"),
        _sat("C", "partial", V, N),
        _sat("F", "awarded", V, V),
        _sat("D", "not_awarded", N, N),
    ),
)


@pytest.fixture
def counted(register: Register) -> Register:
    """Two sessions, one of which was reopened."""
    for facts in CLOSINGS:
        with register.writing() as connection:
            assert record_closing(connection, facts, PLACES, "essai") == []
    return register


def _tables(register: Register, scope: CountedScope | None = None) -> Mapping[str, FigureTable]:
    with register.reading() as connection:
        lines = count_decided(connection, scope or CountedScope())
    sessions = list({id(line.session): line.session for line in lines}.values())
    return {table.sheet: table for table in tables_of_decisions(lines, sessions)}


def _rows(table: FigureTable) -> list[Cells]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _some(row: Cells, *names: str) -> list[object]:
    return [row[name] for name in names]


def test_two_sessions_are_counted_as_by_hand(counted: Register) -> None:
    """Nine candidatures of six people; each number was worked out from the lists above."""
    tables = _tables(counted)
    (all_,) = _rows(tables["Certifications"])
    assert list(all_.values()) == [
        "RNCP1 — Titre",
        *(9, 8, 1, 0, 0),  # registered, present, absent, excused, gave up
        *(
            6,
            2,
            None,
            2,
            2,
        ),  # whole certification: A B C, C D F; awarded A F; partial B C; none C D
        *(2, 1),  # by blocs: E, B; awarded B
    ]
    (tries,) = _rows(tables["Représentations"])
    # D was absent in June: December is the first time. C and B come back, B succeeds.
    assert list(tries.values()) == ["RNCP1 — Titre", 5, 2, None, 2, 1, None]
    blocks = [list(row.values())[1:] for row in _rows(tables["Blocs"])]
    assert blocks == [
        ["BC01", "Bloc BC01", 7, 5, None, 6, 4, None, 1, 1, None],
        ["BC02", "Bloc BC02", 7, 3, None, 5, 2, None, 2, 1, None],
    ]
    assert [
        _some(row, "Session", "Inscrits", "Délivrées") for row in _rows(tables["Sessions"])
    ] == [
        ["JUIN", 5, 1],
        ["DÉC", 4, 1],
    ]
    assert [_some(row, "Centre", "Inscrits") for row in _rows(tables["Centres"])] == [
        ["Lyon", 5],
        ["non renseigné", 4],
    ]
    assert [_some(row, "Voie d'accès", "Inscrits") for row in _rows(tables["Voies"])] == [
        [FI, 7],
        [VAE, 2],
    ]
    assert [
        _some(row, "Session", "Décision du jury", "Réouvertures") for row in _rows(tables["Délais"])
    ] == [
        ["JUIN", "25/06/2026", 1],
        ["DÉC", "non renseigné", 0],
    ]
    assert _rows(tables["Épreuves"]) == []


def test_a_period_keeps_what_came_before_in_mind(counted: Register) -> None:
    """Only December is counted, where B and C still come for the second time."""
    tables = _tables(counted, CountedScope(start=dt.date(2026, 7, 1)))
    (all_,) = _rows(tables["Certifications"])
    assert _some(all_, "Inscrits", "Présents", "Délivrées") == [4, 4, 1]
    (tries,) = _rows(tables["Représentations"])
    assert _some(tries, "Se représentent", "Délivrées, représentés") == [2, 1]
    for none in (CountedScope(end=dt.date(2026, 6, 14)), CountedScope(certification="RNCP2")):
        assert _rows(_tables(counted, none)["Certifications"]) == []
    assert _rows(_tables(counted, CountedScope(certification="titre"))["Certifications"])


def test_an_empty_register_says_so(register: Register) -> None:
    """Each table stands, without a row."""
    tables = _tables(register)
    assert all(table.rows == () and table.empty for table in tables.values())
