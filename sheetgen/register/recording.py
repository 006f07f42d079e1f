"""Recording what a closing decided: once, whole, and never over what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from sheetgen.problems import recorded as kinds
from sheetgen.register.acquired import in_force
from sheetgen.register.known_people import (
    Match,
    earlier_people,
    match_people,
    write_person,
)
from sheetgen.register.newcomers import told_newcomers
from sheetgen.register.numbering import (
    add_closing,
    find_closing,
    free_papers,
    paper_key,
    parse_number,
)
from sheetgen.register.register_database import note, now_text
from sheetgen.register.register_tables import ATTEMPT, CERTIFICATION, CLOSING, PAPER, RESULT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import RowMapping
    from sqlalchemy.engine import Connection

    from sheetgen.problems import Location, Problem
    from sheetgen.register.facts import (
        CandidateFacts,
        ClosingFacts,
        ClosingKey,
        Identity,
        PaperFacts,
    )


def is_recorded(connection: Connection, key: ClosingKey) -> bool:
    """Return whether the register has what this closing decided."""
    found = find_closing(connection, key)
    return found is not None and found["recorded"] is not None


def check_people(
    connection: Connection,
    key: ClosingKey,
    people: Mapping[str, Identity],
    places: Mapping[str, Location],
) -> list[Problem]:
    """Return a problem for each candidate whom nobody may guess, before a closing is made.

    Where there is none, a warning for each who would be added beside somebody they may be.

    Args:
        connection: that of the register.
        key: the closing to come.
        people: identities by candidate's number.
        places: where each is to be mended, by candidate's number; that under the empty text is
            for the session.
    """
    matches, problems = match_people(connection, people, places, earlier_people(connection, key))
    problems = problems or _check_folder(connection, key, matches.values(), places[""])
    persons = {number: match.person for number, match in matches.items()}
    return problems or list(told_newcomers(connection, people, places, persons))


def record_closing(
    connection: Connection, facts: ClosingFacts, places: Mapping[str, Location], by: str
) -> list[Problem]:
    """Record a closing; return what stands against it, and then nothing is recorded.

    Recorded already with the same decisions, it is left as it is, but for papers made since.

    Args:
        connection: one that writes.
        facts: what was frozen.
        places: where a problem with a candidate's identity is to be told, by candidate's number;
            that under the empty text is for the session.
        by: who records.
    """
    closing = add_closing(connection, facts.key)
    problems = _check_numbers(connection, closing["id"], facts.papers, places[""])
    if problems:
        return problems
    if closing["recorded"] is not None:
        if closing["digest"] != facts.digest:
            place, when = places[""], closing["recorded"]
            return [kinds.RECORDED_OTHERWISE.at(place, session=facts.key.session, at=when)]
        _issue_papers(connection, closing["id"], facts.papers)
        return []
    people = {item.number: item.identity for item in facts.candidates}
    before = earlier_people(connection, facts.key)
    matches, problems = match_people(connection, people, places, before)
    problems = problems or _check_folder(connection, facts.key, matches.values(), places[""])
    if problems:
        return problems
    later = _seen_later(connection, facts.key)
    for item in facts.candidates:
        known = matches[item.number].person
        person = write_person(connection, known, item.identity, older=known in later)
        _record_candidate(connection, closing["id"], person, item)
    _withdraw_former(connection, closing)
    _issue_papers(connection, closing["id"], facts.papers)
    unused = select(PAPER.c.id).where(PAPER.c.closing == closing["id"], PAPER.c.issued.is_(None))
    free_papers(connection, connection.execute(unused).scalars().all())
    told = {
        "title": facts.title,
        "centre": facts.centre,
        "minutes_number": facts.minutes_number,
        "closed": facts.closed,
        "digest": facts.digest,
        "reason": facts.reason,
        "recorded": now_text(),
    }
    connection.execute(CLOSING.update().where(CLOSING.c.id == closing["id"]).values(**told))
    key = facts.key
    note(connection, by, "recorded", session=key.session, version=key.version, digest=facts.digest)
    return []


def _check_folder(
    connection: Connection, key: ClosingKey, people: Collection[Match], place: Location
) -> list[Problem]:
    """Return a problem where these people sat at this very session, by another folder of it.

    Two sessions may have one code and one date; nobody sits at both.
    """
    asked = (
        select(CLOSING.c.recorded)
        .join(CERTIFICATION, CERTIFICATION.c.id == CLOSING.c.certification)
        .join(ATTEMPT, ATTEMPT.c.closing == CLOSING.c.id)
        .where(
            CERTIFICATION.c.key == key.certification_key,
            CLOSING.c.session == key.session,
            CLOSING.c.session_date == key.session_date,
            CLOSING.c.folder != key.folder,
            ATTEMPT.c.person.in_([item.person for item in people if item.person is not None]),
        )
    )
    when = connection.execute(asked).scalars().first()
    return (
        [] if when is None else [kinds.RECORDED_ELSEWHERE.at(place, session=key.session, at=when)]
    )


def _seen_later(connection: Connection, key: ClosingKey) -> set[int]:
    """Return who sat at a later session: what an older one says of them is no news."""
    if not key.session_date:
        return set()
    asked = (
        select(ATTEMPT.c.person)
        .join(CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .where(CLOSING.c.session_date > key.session_date, in_force())
    )
    return set(connection.execute(asked).scalars())


def _record_candidate(
    connection: Connection, closing: int, person: int, facts: CandidateFacts
) -> None:
    values = {
        "closing": closing,
        "person": person,
        "candidate": facts.number,
        "last_name": facts.identity.last_name,
        "first_name": facts.identity.first_name,
        "route": facts.route,
        "access_route": facts.access_route,
        "status": facts.status,
        "outcome": facts.outcome,
        "mention": facts.mention,
        "jury": facts.jury,
        "minutes_number": facts.minutes_number,
    }
    attempt = connection.execute(ATTEMPT.insert().returning(ATTEMPT.c.id), values).scalar_one()
    rows = [
        {
            "attempt": attempt,
            "kind": item.kind,
            "code": item.code,
            "title": item.title,
            "outcome": item.outcome,
            "score": item.score,
        }
        for item in facts.results
    ]
    if rows:
        connection.execute(RESULT.insert(), rows)


def _withdraw_former(connection: Connection, closing: RowMapping) -> None:
    """Withdraw what the closings that this one replaces had issued."""
    former = select(CLOSING.c.id).where(
        CLOSING.c.folder == closing["folder"], CLOSING.c.version < closing["version"]
    )
    connection.execute(
        PAPER.update()
        .where(PAPER.c.closing.in_(former), PAPER.c.issued.is_not(None))
        .where(PAPER.c.withdrawn.is_(None))
        .values(withdrawn=now_text())
    )


def _check_numbers(
    connection: Connection, closing: int, papers: tuple[PaperFacts, ...], place: Location
) -> list[Problem]:
    """Return a problem for each number that another paper bears."""
    numbers = {item.number: item.key for item in papers if item.number}
    asked = select(PAPER).where(PAPER.c.number.in_(numbers))
    return [
        kinds.NUMBER_TAKEN.at(place, number=row["number"])
        for row in connection.execute(asked).mappings()
        if row["closing"] not in (None, closing)
        or (row["issued"] and paper_key(row) != numbers[row["number"]])
    ]


def _issue_papers(connection: Connection, closing: int, papers: tuple[PaperFacts, ...]) -> None:
    """Note the papers that were made, with the numbers that they bear."""
    mine = select(PAPER).where(PAPER.c.closing == closing)
    known = {paper_key(row): row for row in connection.execute(mine).mappings()}
    asked = select(PAPER).where(PAPER.c.number.in_([i.number for i in papers if i.number]))
    bearers = {row["number"]: row for row in connection.execute(asked).mappings()}
    made, issued = now_text(), []
    for item in papers:
        row = bearers.get(item.number) if item.number else known.get(item.key)
        if row is not None and row["issued"]:
            continue
        values = {
            "closing": closing,
            "kind": item.key.kind,
            "candidate": item.key.candidate,
            "block": item.key.block,
            "sha256": item.sha256,
            "issued": made,
        }
        if row is not None:
            issued.append({**values, "reserved": row["id"]})
        else:
            connection.execute(PAPER.insert(), {**values, **parse_number(item.number)})
    if issued:
        connection.execute(PAPER.update().where(PAPER.c.id == bindparam("reserved")), issued)
