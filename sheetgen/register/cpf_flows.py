"""Flows that were exported to the Caisse des Dépôts, to the letter, and the answers to them."""

from __future__ import annotations

import base64
import uuid
from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, update

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.declared import ACCEPTED, REFUSED, SENT
from sheetgen.register.known_people import number_of
from sheetgen.register.register_database import note, now_text
from sheetgen.register.register_tables import (
    CPF_ANSWER,
    CPF_ENTRY,
    CPF_FLOW,
    CPF_PASSAGE,
    PERSON,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import RowMapping
    from sqlalchemy.engine import Connection

_PAGE = 2_000
_FEW = 5


class ForgottenFlowError(Exception):
    """Raised where what a flow held was forgotten since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowFacts:
    """A flow that is begun; the rest of it are its entries.

    Attributes:
        head: the text before the passages, `tail` the one after them.
        withdraws: what a suppression takes back, as it was asked for.
    """

    flow: str
    action: str
    version: str
    moment: str
    head: str
    tail: str
    reason: str | None = None
    withdraws: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """An acknowledgement as it came; identifiers in small letters.

    Attributes:
        flow: None where the answer does not say it.
        refused: reasons by technical identifier.
        content: the bytes of the file, kept as proof.
    """

    flow: str | None
    accepted: frozenset[str]
    refused: Mapping[str, str]
    file: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """The result of taking in an answer; nothing was where there are `unknown` or `contradicted`.

    Attributes:
        flow: the identifier of the flow; None where it is not known.
        unanswered: how many passages of it still wait.
        refused: the people refused: number, name and reason.
    """

    flow: str | None = None
    accepted: int = 0
    unanswered: int = 0
    refused: tuple[tuple[str, str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()


def freeze_passages(
    connection: Connection, certification: int, people: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """Return the passage of each person, its row's number and technical identifier.

    Made where there is none yet, and then the same for ever.
    """
    found: dict[int, tuple[int, str]] = {}
    for row in _passages(connection, certification, people):
        technical = row["technical"]
        if technical is None:
            technical = str(uuid.uuid4())
            changed = update(CPF_PASSAGE).where(CPF_PASSAGE.c.id == row["id"])
            connection.execute(changed.values(technical=technical))
        found[row["person"]] = (row["id"], technical)
    new = [person for person in people if person not in found]
    if new:
        rows = [
            {"person": person, "certification": certification, "technical": str(uuid.uuid4())}
            for person in new
        ]
        connection.execute(CPF_PASSAGE.insert(), rows)
        for row in _passages(connection, certification, new):
            found[row["person"]] = (row["id"], row["technical"])
    return found


def _passages(
    connection: Connection, certification: int, people: Sequence[int]
) -> list[RowMapping]:
    if not people:
        return []
    asked = select(CPF_PASSAGE).where(
        CPF_PASSAGE.c.certification == certification,
        CPF_PASSAGE.c.person.between(min(people), max(people)),
    )
    wanted = set(people)
    rows = connection.execute(asked).mappings()
    return [row for row in rows if row["person"] in wanted]


def say_passage(
    connection: Connection, certification: int, person: int, said: Mapping[str, str]
) -> None:
    """Note what the school says of a passage in place of what the closing did."""
    found = _passages(connection, certification, [person])
    if found:
        changed = update(CPF_PASSAGE).where(CPF_PASSAGE.c.id == found[0]["id"])
        connection.execute(changed.values(**said))
        return
    values = {"person": person, "certification": certification, **said}
    connection.execute(CPF_PASSAGE.insert().values(**values))


def add_flow(connection: Connection, certification: int, facts: FlowFacts, by: str) -> int:
    """Begin a flow; return its row's number."""
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    added = CPF_FLOW.insert().values(certification=certification, sha256="", **values)
    number = connection.execute(added.returning(CPF_FLOW.c.id)).scalar_one()
    note(connection, by, "cpf-exported", flow=facts.flow, action=facts.action, reason=facts.reason)
    return int(number)


def add_entries(connection: Connection, flow: int, entries: Sequence[tuple[int, str]]) -> None:
    """Add passages to a flow, each its row's number and its text."""
    rows = [
        {"flow": flow, "passage": passage, "content": content, "state": SENT}
        for passage, content in entries
    ]
    if rows:
        connection.execute(CPF_ENTRY.insert(), rows)


def seal_flow(connection: Connection, flow: int, digest: str) -> None:
    """Note the SHA-256 of a flow that is whole."""
    connection.execute(CPF_FLOW.update().where(CPF_FLOW.c.id == flow).values(sha256=digest))


def find_flow(connection: Connection, said: str) -> Mapping[str, Any] | None:
    """Return a flow by its identifier, whatever its case; None for one that nobody exported."""
    asked = select(CPF_FLOW).where(func.lower(CPF_FLOW.c.flow) == said.strip().lower())
    found = connection.execute(asked).mappings().first()
    return None if found is None else dict(found)


def flow_texts(connection: Connection, flow: Mapping[str, Any]) -> Iterator[str]:
    """Yield the text of a flow, piece by piece, as it was exported.

    Raises:
        ForgottenFlowError: it held people who were forgotten since.
    """
    yield flow["head"]
    last = 0
    while True:
        asked = (
            select(CPF_ENTRY.c.id, CPF_ENTRY.c.content)
            .where(CPF_ENTRY.c.flow == flow["id"], CPF_ENTRY.c.id > last)
            .order_by(CPF_ENTRY.c.id)
            .limit(_PAGE)
        )
        page = connection.execute(asked).all()
        for row in page:
            if row.content is None:
                raise ForgottenFlowError(flow["flow"])
            yield row.content
        if not page:
            break
        last = page[-1].id
    yield flow["tail"]


def accepted_entries(
    connection: Connection, certification: int, people: Sequence[int]
) -> list[tuple[int, str]]:
    """Return the last accepted text of the passage of each person, with the passage's row number.

    What was forgotten is not there.
    """
    asked = (
        select(CPF_PASSAGE.c.id, CPF_ENTRY.c.content)
        .join_from(CPF_ENTRY, CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .join(CPF_FLOW, CPF_FLOW.c.id == CPF_ENTRY.c.flow)
        .where(
            CPF_PASSAGE.c.certification == certification,
            CPF_PASSAGE.c.person.in_(people),
            CPF_ENTRY.c.state == ACCEPTED,
            CPF_FLOW.c.action == "CREATION",
            CPF_ENTRY.c.content.is_not(None),
        )
        .order_by(CPF_ENTRY.c.id)
    )
    return list({row.id: row.content for row in connection.execute(asked)}.items())


def people_of_flow(connection: Connection, flow: int) -> list[int]:
    """Return the people whose passages a flow held."""
    asked = (
        select(CPF_PASSAGE.c.person)
        .join_from(CPF_ENTRY, CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .where(CPF_ENTRY.c.flow == flow)
        .order_by(CPF_PASSAGE.c.person)
    )
    return list(connection.execute(asked).scalars())


def record_answer(connection: Connection, answer: AnswerFacts, by: str) -> RecordedAnswer:
    """Take in an answer: whole, or nothing where it names what is not known or contradicts.

    The same answer twice changes nothing.
    """
    named = [*sorted(answer.accepted), *sorted(answer.refused)]
    flow = _flow_of(connection, answer.flow, named)
    if flow is None:
        return RecordedAnswer(unknown=tuple(named))
    entries = _entries(connection, flow["id"])
    unknown = tuple(name for name in named if name not in entries)
    if unknown:
        return RecordedAnswer(flow=flow["flow"], unknown=unknown)
    states = dict.fromkeys(answer.accepted, ACCEPTED) | dict.fromkeys(answer.refused, REFUSED)
    contradicted = tuple(
        name for name in named if entries[name]["state"] not in (SENT, states[name])
    )
    if contradicted:
        return RecordedAnswer(flow=flow["flow"], contradicted=contradicted)
    changes = [
        {"entry": entries[name]["id"], "new": state, "why": answer.refused.get(name)}
        for name, state in states.items()
    ]
    connection.execute(
        update(CPF_ENTRY)
        .where(CPF_ENTRY.c.id == bindparam("entry"))
        .values(state=bindparam("new"), message=bindparam("why")),
        changes,
    )
    _keep(connection, flow["id"], answer, by)
    silent = [row for name, row in entries.items() if name not in states]
    waiting = sum(1 for row in silent if row["state"] == SENT)
    return RecordedAnswer(
        flow=flow["flow"],
        accepted=len(answer.accepted),
        unanswered=waiting,
        refused=tuple(
            (
                number_of(entries[name]["person"]),
                f"{entries[name]['first_name']} {entries[name]['last_name']}",
                reason,
            )
            for name, reason in sorted(
                answer.refused.items(), key=lambda item: entries[item[0]]["person"]
            )
        ),
    )


def _flow_of(
    connection: Connection, said: str | None, named: Sequence[str]
) -> Mapping[str, Any] | None:
    """Return the flow that an answer is to: the one it says, else the last with its passages."""
    if said is not None:
        return find_flow(connection, said)
    asked = (
        select(CPF_FLOW)
        .join_from(CPF_ENTRY, CPF_FLOW, CPF_FLOW.c.id == CPF_ENTRY.c.flow)
        .join(CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .where(CPF_PASSAGE.c.technical.in_(named[:_FEW]))
        .order_by(CPF_ENTRY.c.id.desc())
    )
    found = connection.execute(asked).mappings().first()
    return None if found is None else dict(found)


def _entries(connection: Connection, flow: int) -> dict[str, RowMapping]:
    asked = (
        select(
            CPF_ENTRY.c.id,
            CPF_ENTRY.c.state,
            CPF_PASSAGE.c.technical,
            CPF_PASSAGE.c.person,
            PERSON.c.first_name,
            PERSON.c.last_name,
        )
        .join_from(CPF_ENTRY, CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .join(PERSON, PERSON.c.id == CPF_PASSAGE.c.person)
        .where(CPF_ENTRY.c.flow == flow)
    )
    return {row["technical"].lower(): row for row in connection.execute(asked).mappings()}


def _keep(connection: Connection, flow: int, answer: AnswerFacts, by: str) -> None:
    """Keep an answer as proof, once."""
    same = select(CPF_ANSWER.c.id).where(
        CPF_ANSWER.c.flow == flow, CPF_ANSWER.c.sha256 == answer.sha256
    )
    if connection.execute(same).first() is not None:
        return
    values = {
        "flow": flow,
        "received": now_text(),
        "file": answer.file,
        "sha256": answer.sha256,
        "content": base64.b64encode(answer.content).decode("ascii"),
    }
    connection.execute(CPF_ANSWER.insert().values(**values))
    connection.execute(CPF_FLOW.update().where(CPF_FLOW.c.id == flow).values(answered=now_text()))
    counts = Counter(accepted=len(answer.accepted), refused=len(answer.refused))
    note(connection, by, "cpf-answered", file=answer.file, sha256=answer.sha256, **counts)
