"""A register of 50,000 people: what is asked of it every day takes seconds."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import closing as closed_after
from typing import TYPE_CHECKING

import pytest
import workbooks
from click.testing import CliRunner
from registered import PLACES, attestation, candidate, closing, identity, key
from resit_years import referential
from sqlalchemy import func, select

from sheetgen.cli import main
from sheetgen.register import open_register, record_closing, reserve_numbers
from sheetgen.register.register_tables import (
    ATTEMPT,
    CERTIFICATION,
    CLOSING,
    PERSON,
    PERSON_NAME,
    RESULT,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

pytestmark = pytest.mark.deep

PEOPLE, OF_A_SESSION = 50_000, 50
DAY = dt.date(2026, 6, 15)
FEW_SECONDS = 30
"""Of the processor: the machine may do other things meanwhile."""


def _fill(connection: Connection) -> None:
    """Everybody sat once, in sessions of fifty, and one in ten has still to come back."""
    title = {"id": 1, "key": "rncp00000", "rncp_code": "RNCP00000", "title": "Responsable"}
    connection.execute(CERTIFICATION.insert(), [title])
    numbers = range(1, PEOPLE + 1)
    connection.execute(
        PERSON.insert(),
        [
            {"id": n, "last_name": f"Nom{n}", "first_name": "Zoé", "birth_date": DAY}
            for n in numbers
        ],
    )
    connection.execute(
        PERSON_NAME.insert(), [{"id": n, "person": n, "key": f"nom{n}|zoe"} for n in numbers]
    )
    sessions = range(1, PEOPLE // OF_A_SESSION + 1)
    connection.execute(
        CLOSING.insert(),
        [
            {
                "id": n,
                "certification": 1,
                "session": f"S{n}",
                "session_date": DAY.isoformat(),
                "folder": str(n),
                "version": 1,
                "recorded": "2026-06-15T18:00:00+00:00",
            }
            for n in sessions
        ],
    )
    connection.execute(
        ATTEMPT.insert(),
        [
            {
                "id": n,
                "closing": 1 + (n - 1) // OF_A_SESSION,
                "person": n,
                "candidate": f"C{n % OF_A_SESSION:02}",
                "last_name": f"Nom{n}",
                "first_name": "Zoé",
                "route": "full",
                "status": "present",
                "outcome": "partial" if n % 10 == 0 else "awarded",
            }
            for n in numbers
        ],
    )
    connection.execute(RESULT.insert(), list(_results()))
    if connection.dialect.name == "postgresql":
        for table in (PERSON, PERSON_NAME, CLOSING, ATTEMPT, RESULT, CERTIFICATION):
            sequence = f"{table.name}_id_seq"
            connection.execute(
                select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery()))
            )


def _results() -> Iterator[dict[str, object]]:
    said = (("block", "BC01", None), ("block", "BC02", None), ("assessment", "E1", "0.5"))
    for n in range(1, PEOPLE + 1):
        for place, (kind, code, score) in enumerate(said):
            lost = n % 10 == 0 and code == "BC02"
            outcome = "passed" if score else "not_validated" if lost else "validated"
            yield {
                "id": 3 * n + place,
                "attempt": n,
                "kind": kind,
                "code": code,
                "title": code,
                "outcome": outcome,
                "score": score,
            }


def test_fifty_thousand_people(address: str, tmp_path: Path) -> None:
    """Figures of each command, in seconds of this process, on both databases."""
    register = open_register(address, create=True)
    assert register is not None
    with closed_after(register), register.writing() as connection:
        _fill(connection)
    workbooks.save(tmp_path / "referential.xlsx", referential())
    asked = {
        "show": ["show"],
        "show somebody": ["show", "nom4321"],
        "next": ["next", str(tmp_path / "next.xlsx"), "--date", "10/12/2026"],
        "export": ["export", str(tmp_path / "all.xlsx")],
    }
    figures: dict[str, float] = {}
    for name, command in asked.items():
        more = ["--referential", str(tmp_path / "referential.xlsx")] if "next" in name else []
        began = time.process_time()
        done = CliRunner().invoke(main, ["register", *command, "--register", address, *more])
        figures[name] = time.process_time() - began
        assert done.exit_code == 0, done.output
        if name == "next":
            assert "5000 candidat(s)" in done.output
    register = open_register(address)
    assert register is not None
    began = time.process_time()
    papers = [attestation(f"C{n:02}") for n in range(60)]
    people = [
        candidate(f"C{n:02}", identity(f"Zoé Nom{n * 700 + 10}", DAY.isoformat()), BC02="validated")
        for n in range(60)
    ]
    which = key("NEW", date="2026-12-10")
    with closed_after(register), register.writing() as connection:
        numbers = reserve_numbers(connection, which, papers, 2026)
        facts = closing(which, *people, numbers=numbers)
        assert record_closing(connection, facts, PLACES, "essai") == []
    figures["record"] = time.process_time() - began
    print({name: f"{seconds:.1f} s" for name, seconds in figures.items()})  # noqa: T201 - worth seeing
    slow = {"export": 3 * FEW_SECONDS}
    assert all(seconds < slow.get(name, FEW_SECONDS) for name, seconds in figures.items()), figures
