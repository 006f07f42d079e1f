"""Blocs and certifications that people hold, by the closings in force or taken in by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, or_, select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.facts import RECORDED
from sheetgen.register.known_people import REGISTER_NUMBER
from sheetgen.register.register_tables import (
    ATTEMPT,
    CERTIFICATION,
    CLOSING,
    HOLDING,
    PAPER,
    PERSON,
    PERSON_NAME,
    RESULT,
)
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import ColumnElement, RowMapping
    from sqlalchemy.engine import Connection

_MOST_NAMED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquired:
    """A bloc, or with an empty `block` the whole certification, that a person holds for life.

    Attributes:
        person: their row's number.
        certification: its title; `rncp_code` its code, None without one.
        title: the bloc's.
        day: of the jury that decided, as far as known.
        number: that of the attestation or the parchemin; None for one without.
        origin: `RECORDED`, or where it was taken in from.
    """

    person: int
    rncp_code: str | None
    certification: str
    block: str = ""
    title: str = ""
    day: date | None = None
    session: str = ""
    minutes_number: str | None = None
    number: str | None = None
    origin: str = RECORDED


def in_force() -> ColumnElement[bool]:
    """Return the condition on `closing` that it is recorded, and no reopening replaced it."""
    newer = CLOSING.alias("newer")
    replaced = select(newer.c.id).where(
        newer.c.folder == CLOSING.c.folder,
        newer.c.version > CLOSING.c.version,
        newer.c.recorded.is_not(None),
    )
    return and_(CLOSING.c.recorded.is_not(None), ~replaced.exists())


def decided_on() -> ColumnElement[str]:
    """Return the day on which the jury of a closing decided, ISO; the session's where it is unsaid.

    Papers say that day, and what they give is held from then on.
    """
    return func.coalesce(CLOSING.c.closed, CLOSING.c.session_date)


def acquired_by(
    connection: Connection, people: Collection[int] | None = None, certification: str | None = None
) -> Iterator[Acquired]:
    """Yield what people hold, by person, certification, then bloc; the earliest where twice.

    Args:
        connection: that of the register.
        people: their rows' numbers; None for everybody.
        certification: the key of one certification; None for all.
    """
    taken_in = _taken_in()
    asked = [_by_block(), _by_certification(), taken_in]
    found: dict[tuple[int, str, str], Acquired] = {}
    for query in asked:
        narrowed = (
            query if certification is None else query.where(CERTIFICATION.c.key == certification)
        )
        column = HOLDING.c.person if query is taken_in else ATTEMPT.c.person
        for row in connection.execute(of_people(narrowed, column, people)).mappings():
            item = _item(row)
            key = (item.person, row["key"], item.block)
            known = found.get(key)
            if known is None or (item.day or date.max) < (known.day or date.max):
                found[key] = item
    yield from (found[key] for key in sorted(found))


def of_people(
    query: Select[Any], person: ColumnElement[int], people: Collection[int] | None
) -> Select[Any]:
    """Return a query narrowed to some people, their rows' numbers; None for everybody.

    So are too many of them to be named in a query: what it gives of others is of no use.
    """
    few = people is not None and len(people) <= _MOST_NAMED
    return query.where(person.in_(people or ())) if few else query


def _decided() -> Select[tuple[object, ...]]:
    return (
        select(
            ATTEMPT.c.person,
            CERTIFICATION.c.key,
            CERTIFICATION.c.rncp_code,
            CERTIFICATION.c.title.label("certification"),
            decided_on().label("day"),
            CLOSING.c.session,
            ATTEMPT.c.minutes_number,
            PAPER.c.number,
        )
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(in_force())
    )


def _paper(kind: str, block: ColumnElement[str] | str) -> ColumnElement[bool]:
    return and_(
        PAPER.c.closing == CLOSING.c.id,
        PAPER.c.candidate == ATTEMPT.c.candidate,
        PAPER.c.kind == kind,
        PAPER.c.block == block,
        PAPER.c.withdrawn.is_(None),
    )


def _by_block() -> Select[tuple[object, ...]]:
    return (
        _decided()
        .add_columns(RESULT.c.code.label("block"), RESULT.c.title)
        .join(RESULT, RESULT.c.attempt == ATTEMPT.c.id)
        .outerjoin(PAPER, _paper("attestation", RESULT.c.code))
        .where(RESULT.c.kind == "block", RESULT.c.outcome == "validated")
    )


def _by_certification() -> Select[tuple[object, ...]]:
    return (
        _decided().outerjoin(PAPER, _paper("parchemin", "")).where(ATTEMPT.c.outcome == "awarded")
    )


def _taken_in() -> Select[tuple[object, ...]]:
    return select(
        HOLDING.c.person,
        CERTIFICATION.c.key,
        CERTIFICATION.c.rncp_code,
        CERTIFICATION.c.title.label("certification"),
        HOLDING.c.block,
        HOLDING.c.title,
        HOLDING.c.date.label("day"),
        HOLDING.c.session,
        HOLDING.c.minutes_number,
        HOLDING.c.number,
        HOLDING.c.origin,
    ).join_from(HOLDING, CERTIFICATION, CERTIFICATION.c.id == HOLDING.c.certification)


def _item(row: RowMapping) -> Acquired:
    day = row["day"]
    return Acquired(
        person=row["person"],
        rncp_code=row["rncp_code"],
        certification=row["certification"],
        block=row.get("block") or "",
        title=row.get("title") or "",
        day=date.fromisoformat(day) if isinstance(day, str) and day else day or None,
        session=row["session"] or "",
        minutes_number=row["minutes_number"],
        number=row["number"],
        origin=row.get("origin") or RECORDED,
    )


def find_people(connection: Connection, asked: str, most: int) -> list[dict[str, Any]]:
    """Return the people whom a text may mean, by name, then row: at most so many.

    It may be a register number, an identifier, a paper's number, or part of a name.
    """
    tail = asked.strip().upper().removeprefix(REGISTER_NUMBER)
    number = int(tail) if tail.isdecimal() and len(tail) < 10 else -1
    words = fold(asked.replace("-", " ")).split()
    named = select(PERSON_NAME.c.person).where(
        *(PERSON_NAME.c.key.contains(word, autoescape=True) for word in words)
    )
    bearing = (
        select(ATTEMPT.c.person)
        .join(
            PAPER,
            and_(PAPER.c.closing == ATTEMPT.c.closing, PAPER.c.candidate == ATTEMPT.c.candidate),
        )
        .where(func.upper(PAPER.c.number) == asked.strip().upper())
    )
    chosen = or_(
        PERSON.c.id == number,
        PERSON.c.identifier == asked.strip(),
        PERSON.c.id.in_(bearing),
        PERSON.c.id.in_(named if words else []),
    )
    query = select(PERSON).where(chosen).order_by(PERSON.c.last_name, PERSON.c.id).limit(most)
    return [dict(row) for row in connection.execute(query).mappings()]


def attempts_of(connection: Connection, person: int) -> list[dict[str, Any]]:
    """Return every candidature of a person by date, those that a reopening replaced included."""
    query = (
        select(
            CERTIFICATION.c.title.label("certification"),
            CERTIFICATION.c.rncp_code,
            CLOSING.c.session,
            CLOSING.c.session_date,
            decided_on().label("decided"),
            CLOSING.c.version,
            ATTEMPT.c.minutes_number,
            ATTEMPT.c.candidate,
            ATTEMPT.c.last_name,
            ATTEMPT.c.first_name,
            ATTEMPT.c.outcome,
            ATTEMPT.c.mention,
            in_force().label("in_force"),
        )
        .join_from(ATTEMPT, CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .where(ATTEMPT.c.person == person)
        .order_by(CLOSING.c.session_date, CLOSING.c.session, CLOSING.c.version)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def count_all(connection: Connection) -> dict[str, int]:
    """Return how many people, sessions, blocs, certifications and papers the register holds."""
    closings = select(func.count()).select_from(CLOSING).where(in_force())
    papers = (
        select(func.count())
        .select_from(PAPER)
        .where(PAPER.c.issued.is_not(None), PAPER.c.withdrawn.is_(None))
    )
    held = list(acquired_by(connection))
    return {
        "people": connection.execute(select(func.count()).select_from(PERSON)).scalar_one(),
        "sessions": connection.execute(closings).scalar_one(),
        "blocks": sum(1 for item in held if item.block),
        "certifications": sum(1 for item in held if not item.block),
        "papers": connection.execute(papers).scalar_one(),
    }
