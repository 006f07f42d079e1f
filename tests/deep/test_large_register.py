"""A register of fifty thousand people: statistics and what is due, in seconds."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import TYPE_CHECKING, Any

import pytest

from sheetgen.commands import (
    ForgetRequest,
    Options,
    StatisticsRequest,
    forget_due,
    list_due,
    write_statistics,
)
from sheetgen.model.retention import default_terms
from sheetgen.register import CountedScope, open_register
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, PERSON, RESULT

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Table

PEOPLE, CLOSINGS, TRIES = 50_000, 200, 1.4
MOST_SECONDS = 15
"""Of processor time, for each command."""


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 50_000):
        connection.execute(table.insert(), rows[start : start + 50_000])


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seventy thousand candidatures over ten years, with five blocs and four épreuves each."""
    path = tmp_path_factory.mktemp("large") / "register.sqlite"
    register = open_register(str(path), create=True)
    assert register is not None
    chance = random.Random(7)  # noqa: S311 (no secret)
    first = dt.date(2012, 1, 10)
    days = [first + dt.timedelta(days=18 * n) for n in range(CLOSINGS)]
    attempts, results = [], []
    for number in range(int(PEOPLE * TRIES)):
        person = number % PEOPLE + 1
        closing = (number * 7919) % CLOSINGS + 1
        attempts.append(
            {
                "id": number + 1,
                "closing": closing,
                "person": person,
                "candidate": f"C{number}",
                "last_name": f"Nom{person}",
                "first_name": "Prénom",
                "route": "full",
                "access_route": chance.choice(("VAE", "Apprentissage", None)),
                "status": "present",
                "outcome": chance.choice(("awarded", "partial", "not_awarded")),
            }
        )
        for code in range(9):
            kind, yes, no = (
                ("block", "validated", "not_validated")
                if code < 5
                else ("assessment", "passed", "failed")
            )
            results.append(
                {
                    "attempt": number + 1,
                    "kind": kind,
                    "code": f"X{code}",
                    "title": f"Objet {code}",
                    "outcome": chance.choice((yes, no)),
                    "score": "1/2",
                }
            )
    with register.writing() as connection:
        connection.execute(CERTIFICATION.insert(), [{"key": "rncp1", "title": "Titre"}])
        _insert(
            connection,
            CLOSING,
            [
                {
                    "certification": 1,
                    "session": f"S{n}",
                    "session_date": day.isoformat(),
                    "folder": f"{n:032x}",
                    "version": 1,
                    "centre": f"Centre {n % 12}",
                    "closed": day.isoformat(),
                    "digest": f"{n:064x}",
                    "recorded": f"{day.isoformat()}T10:00:00+00:00",
                }
                for n, day in enumerate(days)
            ],
        )
        people = [{"last_name": f"Nom{n}", "first_name": "Prénom"} for n in range(PEOPLE)]
        _insert(connection, PERSON, people)
        _insert(connection, ATTEMPT, attempts)
        _insert(connection, RESULT, results)
    register.close()
    return path


@pytest.mark.deep
def test_fifty_thousand_people_are_counted_and_forgotten_in_seconds(
    large: Path, tmp_path: Path
) -> None:
    """Seventy thousand candidatures, 630,000 results; each command within its seconds."""
    options = Options(register=str(large))
    took = {}
    start = time.process_time()
    request = StatisticsRequest(output=tmp_path, scope=CountedScope())
    answer = write_statistics(options, request)
    took["statistics"] = time.process_time() - start
    assert answer.counted == CLOSINGS
    forget = ForgetRequest(output=tmp_path, terms=default_terms())
    for name, act in (("list", list_due), ("forget", forget_due), ("list again", list_due)):
        start = time.process_time()
        due = {item.kind: item.count for item in act(options, forget).due}
        took[name] = time.process_time() - start
        assert bool(due) == (name != "list again")
    print(took)  # noqa: T201 (read in the report of a long run)
    assert max(took.values()) < MOST_SECONDS
