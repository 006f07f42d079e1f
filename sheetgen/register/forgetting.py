"""Data of the register whose term is over: found, then forgotten, by an account that names nobody.

What is held for life stays: a bloc's outcome and its paper's number. Marks go, and the names of
those whose identity is kept no longer; their candidatures stay, as numbers that nobody bears.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.acquired import in_force
from sheetgen.register.register_database import note
from sheetgen.register.register_tables import (
    ATTEMPT,
    CLOSING,
    CPF_ENTRY,
    CPF_FLOW,
    CPF_PASSAGE,
    EVENT,
    HOLDING,
    PERSON,
    PERSON_NAME,
    RESULT,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import Connection

    from sheetgen.model.retention import RetentionTerm

_BEGUN, _DONE = "forgetting", "forgotten"
_CHUNK = 500
"""The most parameters in one statement: SQLite's own limit was 999 for years."""
_MARKS = ("assessment", "competency")
_MARKS_KIND, _UNSUCCESSFUL_KIND, _IDENTITIES_KIND = "epreuves", "sans-acquis", "identites"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedClosing:
    """A closing as `forget` looks for it.

    Attributes:
        digest: SHA-256 of its decisions.
        decided: the jury's day: of the closing, else of the session, else of the record.
    """

    number: int
    session: str
    digest: str
    decided: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRows:
    """Data of one kind whose term is over.

    Attributes:
        kind: the name of its kind.
        rows: what is concerned: of `closing` or of `person`.
        count: how many results, or people.
        first: the day when the first of it was due.
        digests: those of the closings concerned; none for people.
    """

    kind: str
    rows: tuple[int, ...]
    count: int
    first: date
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenFiles:
    """Files that are being forgotten, as the register keeps it: no name, of people or of files."""

    session: str
    digest: str
    kind: str
    term: str
    due: str
    sha256: tuple[str, ...]


def recorded_closings(connection: Connection) -> dict[str, RecordedClosing]:
    """Return every recorded closing by the digest of its decisions."""
    query = select(CLOSING).where(CLOSING.c.recorded.is_not(None))
    found: dict[str, RecordedClosing] = {}
    for row in connection.execute(query).mappings():
        decided = _first_day(row["closed"], row["session_date"], row["recorded"])
        if decided is not None and row["digest"]:
            found[row["digest"]] = RecordedClosing(
                number=row["id"], session=row["session"], digest=row["digest"], decided=decided
            )
    return found


def _first_day(*texts: str | None) -> date | None:
    for text in texts:
        try:
            return date.fromisoformat((text or "")[:10])
        except ValueError:
            continue
    return None


def due_rows(
    connection: Connection, terms: Mapping[str, RetentionTerm], today: date
) -> list[DueRows]:
    """Return what of the register is due on a day, by kind."""
    closings = {item.number: item for item in recorded_closings(connection).values()}
    found = [_due_marks(connection, closings, terms[_MARKS_KIND], today)]
    found += _due_people(connection, closings, terms, today)
    return [item for item in found if item is not None]


def _due_marks(
    connection: Connection,
    closings: Mapping[int, RecordedClosing],
    term: RetentionTerm,
    today: date,
) -> DueRows | None:
    over = {number for number, item in closings.items() if term.is_over(item.decided, today)}
    if not over:
        return None
    query = (
        select(ATTEMPT.c.closing, func.count())
        .join_from(RESULT, ATTEMPT, ATTEMPT.c.id == RESULT.c.attempt)
        .where(or_(RESULT.c.kind.in_(_MARKS), RESULT.c.score.is_not(None)))
        .group_by(ATTEMPT.c.closing)
    )
    counts = {number: count for number, count in connection.execute(query) if number in over}
    if not counts:
        return None
    days = [term.last_day(closings[number].decided) for number in counts]
    return DueRows(
        kind=_MARKS_KIND,
        rows=tuple(sorted(counts)),
        count=sum(counts.values()),
        first=min(day for day in days if day is not None),
        digests=tuple(sorted(closings[number].digest for number in counts)),
    )


def _due_people(
    connection: Connection,
    closings: Mapping[int, RecordedClosing],
    terms: Mapping[str, RetentionTerm],
    today: date,
) -> list[DueRows | None]:
    kinds = (_UNSUCCESSFUL_KIND, _IDENTITIES_KIND)
    if all(terms[kind].months is None for kind in kinds):
        return []
    last: dict[int, date | None] = {}
    for person, number in connection.execute(select(ATTEMPT.c.person, ATTEMPT.c.closing)):
        known = closings.get(number)
        _later(last, person, None if known is None else known.decided)
    for person, day in connection.execute(select(HOLDING.c.person, HOLDING.c.date)):
        _later(last, person, day)
    named = set(connection.execute(select(PERSON.c.id).where(PERSON.c.last_name != "")).scalars())
    held = set(connection.execute(_holders()).scalars())
    due: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for person, day in last.items():
        if person not in named or day is None:
            continue
        kind = _IDENTITIES_KIND if person in held else _UNSUCCESSFUL_KIND
        end = terms[kind].last_day(day)
        if end is not None and today > end:
            due[kind].append((end, person))
    return [
        DueRows(
            kind=kind,
            rows=tuple(sorted(person for _, person in due[kind])),
            count=len(due[kind]),
            first=min(end for end, _ in due[kind]),
        )
        for kind in kinds
        if due[kind]
    ]


def _later(last: dict[int, date | None], person: int, day: date | None) -> None:
    """Note the last day known of somebody; one that is not known means that nothing is due."""
    known = last.get(person, day)
    last[person] = None if known is None or day is None else max(known, day)


def _holders() -> Select[Any]:
    """Return who holds something, by a closing in force or taken in by hand."""
    closed = select(CLOSING.c.id).where(in_force())
    by_block = (
        select(ATTEMPT.c.person)
        .join(RESULT, RESULT.c.attempt == ATTEMPT.c.id)
        .where(RESULT.c.kind == "block", RESULT.c.outcome == "validated")
        .where(ATTEMPT.c.closing.in_(closed))
    )
    awarded = select(ATTEMPT.c.person).where(
        ATTEMPT.c.outcome == "awarded", ATTEMPT.c.closing.in_(closed)
    )
    return select(by_block.union(awarded, select(HOLDING.c.person)).subquery().c.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenDeclarations:
    """Declarations that name somebody who is forgotten.

    Attributes:
        flows: SHA-256 of the flows that named them.
        closings: numbers of the closings at which those stood of whom it is due now.
    """

    flows: frozenset[str]
    closings: frozenset[int]


def forgotten_declarations(connection: Connection, due: Sequence[DueRows]) -> ForgottenDeclarations:
    """Return the declarations of which copies name somebody forgotten, or to be."""
    now = {row for item in due if item.kind == _IDENTITIES_KIND for row in item.rows}
    entries = (
        select(CPF_FLOW.c.sha256, CPF_PASSAGE.c.person, CPF_ENTRY.c.content.is_(None))
        .join_from(CPF_ENTRY, CPF_FLOW, CPF_FLOW.c.id == CPF_ENTRY.c.flow)
        .join(CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
    )
    found = connection.execute(entries)
    flows = {digest for digest, person, blank in found if blank or person in now}
    attempts = connection.execute(select(ATTEMPT.c.closing, ATTEMPT.c.person)) if now else ()
    return ForgottenDeclarations(
        flows=frozenset(flows),
        closings=frozenset(closing for closing, person in attempts if person in now),
    )


def forget_rows(
    connection: Connection, due: Sequence[DueRows], terms: Mapping[str, RetentionTerm], by: str
) -> None:
    """Forget data that is due, with an account of it, on a connection that writes."""
    for item in due:
        if item.kind == _MARKS_KIND:
            _forget_marks(connection, item.rows)
        else:
            _forget_people(connection, item.rows)
        note(
            connection,
            by,
            _DONE,
            kind=item.kind,
            term=str(terms[item.kind]),
            due=item.first.isoformat(),
            count=item.count,
            closings=list(item.digests),
        )


def _forget_marks(connection: Connection, closings: Sequence[int]) -> None:
    for some in _chunks(closings):
        attempts = select(ATTEMPT.c.id).where(ATTEMPT.c.closing.in_(some))
        concerned = RESULT.c.attempt.in_(attempts)
        connection.execute(delete(RESULT).where(concerned, RESULT.c.kind.in_(_MARKS)))
        connection.execute(
            update(RESULT).where(concerned, RESULT.c.score.is_not(None)).values(score=None)
        )


def _forget_people(connection: Connection, people: Sequence[int]) -> None:
    blank = {
        column.name: "" if column.name in ("last_name", "first_name") else None
        for column in PERSON.columns
        if column.name != "id"
    }
    for some in _chunks(people):
        connection.execute(delete(PERSON_NAME).where(PERSON_NAME.c.person.in_(some)))
        connection.execute(update(PERSON).where(PERSON.c.id.in_(some)).values(**blank))
        connection.execute(
            update(ATTEMPT).where(ATTEMPT.c.person.in_(some)).values(last_name="", first_name="")
        )
        declared = select(CPF_PASSAGE.c.id).where(CPF_PASSAGE.c.person.in_(some))
        connection.execute(
            update(CPF_ENTRY)
            .where(CPF_ENTRY.c.passage.in_(declared))
            .values(content=None, message=None)
        )


def _chunks(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[start : start + _CHUNK] for start in range(0, len(numbers), _CHUNK))


def begun_files(connection: Connection) -> dict[int, ForgottenFiles]:
    """Return the files that somebody began to forget and whose end is not on record."""
    begun: dict[int, ForgottenFiles] = {}
    rows = select(EVENT).where(EVENT.c.what.in_((_BEGUN, _DONE))).order_by(EVENT.c.id)
    for row in connection.execute(rows).mappings():
        said = json.loads(row["detail"])
        if row["what"] == _DONE:
            begun.pop(said.get("of", 0), None)
        else:
            begun[row["id"]] = ForgottenFiles(**{**said, "sha256": tuple(said["sha256"])})
    return begun


def begin_files(connection: Connection, files: Sequence[ForgottenFiles], by: str) -> None:
    """Note what is about to be deleted, but for what was noted before and is not ended."""
    known = {
        (item.digest, item.kind, digest)
        for item in begun_files(connection).values()
        for digest in item.sha256
    }
    for item in files:
        new = [one for one in item.sha256 if (item.digest, item.kind, one) not in known]
        if new:
            said = {name: getattr(item, name) for name in item.__dataclass_fields__}
            note(connection, by, _BEGUN, **{**said, "sha256": new})


def end_files(connection: Connection, ended: Collection[tuple[str, str]], by: str) -> None:
    """Note the end of what was begun.

    Args:
        connection: one that writes.
        ended: the digest of the decisions and the kind, where no file is left.
        by: who deletes.
    """
    for number, item in begun_files(connection).items():
        if (item.digest, item.kind) in ended:
            said = {"kind": item.kind, "session": item.session, "term": item.term, "due": item.due}
            note(connection, by, _DONE, of=number, count=len(item.sha256), **said)


def told_forgotten(connection: Connection) -> list[dict[str, Any]]:
    """Return the account of everything that was forgotten, oldest first."""
    rows = select(EVENT).where(EVENT.c.what == _DONE).order_by(EVENT.c.id)
    return [
        {"at": row["at"], **json.loads(row["detail"])}
        for row in connection.execute(rows).mappings()
    ]
