"""Everything the register holds on one person, for their right of access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from sheetgen.register.acquired import in_force
from sheetgen.register.known_people import number_of
from sheetgen.register.register_tables import (
    ATTEMPT,
    CERTIFICATION,
    CLOSING,
    CPF_ENTRY,
    CPF_FLOW,
    CPF_PASSAGE,
    HOLDING,
    PAPER,
    PERSON,
    PERSON_NAME,
    RESULT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

_OF_CLOSING = (
    CERTIFICATION.c.rncp_code,
    CERTIFICATION.c.title.label("certification"),
    CLOSING.c.session,
    CLOSING.c.session_date,
    CLOSING.c.centre,
    CLOSING.c.version,
    CLOSING.c.recorded,
    in_force().label("in_force"),
)


def person_record(connection: Connection, person: int) -> dict[str, Any]:
    """Return all that is held on a person, by their row's number, ready for the `json` module."""
    (identity,) = _rows(connection, select(PERSON).where(PERSON.c.id == person), ())
    names = select(PERSON_NAME.c.key).where(PERSON_NAME.c.person == person)
    return {
        "number": number_of(person),
        "identity": {key: value for key, value in identity.items() if key != "id"},
        "names": sorted(
            key.replace("|", " ").strip() for key in connection.execute(names).scalars()
        ),
        "attempts": [_attempt(connection, row) for row in _rows(connection, _attempts(person), ())],
        "acquired_before": _rows(connection, _held(person), ("id", "person")),
        "declared": _rows(connection, _declared(person), ()),
    }


def _attempt(connection: Connection, row: dict[str, Any]) -> dict[str, Any]:
    results = select(RESULT).where(RESULT.c.attempt == row["id"]).order_by(RESULT.c.id)
    papers = (
        select(PAPER)
        .where(and_(PAPER.c.closing == row["closing"], PAPER.c.candidate == row["candidate"]))
        .order_by(PAPER.c.id)
    )
    ours = ("id", "attempt", "closing", "candidate", "series", "year", "rank")
    return {
        **{key: value for key, value in row.items() if key not in ("id", "closing", "person")},
        "in_force": bool(row["in_force"]),
        "results": _rows(connection, results, ours),
        "papers": _rows(connection, papers, ours),
    }


def _declared(person: int) -> Select[Any]:
    """Return the declarations to the Caisse des Dépôts, as their flows held them."""
    return (
        select(
            CPF_PASSAGE.c.technical,
            CPF_FLOW.c.flow,
            CPF_FLOW.c.action,
            CPF_FLOW.c.moment,
            CPF_FLOW.c.reason,
            CPF_ENTRY.c.content,
            CPF_ENTRY.c.state,
            CPF_ENTRY.c.message,
        )
        .join_from(CPF_ENTRY, CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .join(CPF_FLOW, CPF_FLOW.c.id == CPF_ENTRY.c.flow)
        .where(CPF_PASSAGE.c.person == person)
        .order_by(CPF_ENTRY.c.id)
    )


def _attempts(person: int) -> Select[Any]:
    return (
        select(ATTEMPT, *_OF_CLOSING)
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(ATTEMPT.c.person == person)
        .order_by(CLOSING.c.session_date, CLOSING.c.session, CLOSING.c.version)
    )


def _held(person: int) -> Select[Any]:
    title = CERTIFICATION.c.title.label("certification")
    columns = [column for column in HOLDING.c if column.name != "certification"]
    return (
        select(*columns, CERTIFICATION.c.rncp_code, title)
        .join(CERTIFICATION, CERTIFICATION.c.id == HOLDING.c.certification)
        .where(HOLDING.c.person == person)
        .order_by(HOLDING.c.id)
    )


def _rows(connection: Connection, asked: Select[Any], left: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in row.items() if key not in left}
        for row in connection.execute(asked).mappings()
    ]
