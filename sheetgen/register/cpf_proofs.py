"""Proofs of what was declared of a session: flows to the byte, answers as they came."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.register.cpf_flows import ForgottenFlowError, flow_texts
from sheetgen.register.register_tables import (
    ATTEMPT,
    CLOSING,
    CPF_ANSWER,
    CPF_ENTRY,
    CPF_FLOW,
    CPF_PASSAGE,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardsOfSession:
    """The certification of a session, and who got it there, by candidate's number."""

    certification: int
    people: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An acknowledgement as it came: when, in a file of which name, and its bytes."""

    received: str
    file: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFlow:
    """A flow as it was exported.

    Attributes:
        moment: as it says it.
        passages: how many it holds.
        sha256: noted when it was exported.
        withdraws: what a suppression takes back, as it was asked for.
        content: its bytes; None where somebody in it was forgotten since.
        answers: in the order in which they came.
    """

    flow: str
    action: str
    version: str
    moment: str
    passages: int
    sha256: str
    reason: str | None
    withdraws: str | None
    content: bytes | None
    answers: tuple[KeptAnswer, ...]


def awards_of_session(connection: Connection, digest: str) -> AwardsOfSession | None:
    """Return who got the certification at a session, by a closing of it in force or a former one.

    Args:
        connection: that of the register.
        digest: of the decisions of one of its closings; None comes back where it is not recorded.
    """
    known = select(CLOSING.c.certification, CLOSING.c.folder).where(
        CLOSING.c.digest == digest, CLOSING.c.recorded.is_not(None)
    )
    found = connection.execute(known).first()
    if found is None:
        return None
    asked = (
        select(ATTEMPT.c.candidate, ATTEMPT.c.person)
        .join(CLOSING, CLOSING.c.id == ATTEMPT.c.closing)
        .where(CLOSING.c.folder == found.folder, CLOSING.c.recorded.is_not(None))
        .where(ATTEMPT.c.outcome == "awarded")
        .order_by(CLOSING.c.version, ATTEMPT.c.id)
    )
    people = {row.candidate: row.person for row in connection.execute(asked)}
    return AwardsOfSession(certification=found.certification, people=people)


def kept_flows(
    connection: Connection, certification: int, people: Collection[int]
) -> Iterator[KeptFlow]:
    """Yield the flows that declare somebody of these people, or take it back, in their order."""
    concerned = (
        select(CPF_ENTRY.c.flow)
        .join(CPF_PASSAGE, CPF_PASSAGE.c.id == CPF_ENTRY.c.passage)
        .where(CPF_PASSAGE.c.certification == certification, CPF_PASSAGE.c.person.in_(people))
    )
    asked = select(CPF_FLOW).where(CPF_FLOW.c.id.in_(concerned)).order_by(CPF_FLOW.c.id)
    for flow in connection.execute(asked).mappings().all():
        try:
            content = "".join(flow_texts(connection, dict(flow))).encode("utf-8")
        except ForgottenFlowError:
            content = None
        count = select(func.count()).where(CPF_ENTRY.c.flow == flow["id"])
        yield KeptFlow(
            flow=flow["flow"],
            action=flow["action"],
            version=flow["version"],
            moment=flow["moment"],
            passages=connection.execute(count).scalar_one(),
            sha256=flow["sha256"],
            reason=flow["reason"],
            withdraws=flow["withdraws"],
            content=content,
            answers=tuple(_answers(connection, flow["id"])),
        )


def _answers(connection: Connection, flow: int) -> Iterator[KeptAnswer]:
    asked = select(CPF_ANSWER).where(CPF_ANSWER.c.flow == flow).order_by(CPF_ANSWER.c.id)
    for row in connection.execute(asked).mappings():
        yield KeptAnswer(
            received=row["received"],
            file=row["file"],
            sha256=row["sha256"],
            content=base64.b64decode(row["content"]),
        )
