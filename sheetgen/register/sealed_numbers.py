"""Public keys that sealed papers, and the numbers that are worth nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sheetgen.register.register_database import note, now_text
from sheetgen.register.register_tables import (
    ATTEMPT,
    CERTIFICATION,
    CLOSING,
    PAPER,
    RESULT,
    SEALING_KEY,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.engine import Connection


def sealing_keys(connection: Connection) -> list[str]:
    """Return every public key, in base 64, the one in use last."""
    asked = select(SEALING_KEY.c.public).order_by(SEALING_KEY.c.id)
    return [str(public) for public in connection.execute(asked).scalars()]


def add_sealing_key(connection: Connection, public: str, by: str) -> None:
    """Record the public key of a pair that seals papers from now on."""
    connection.execute(SEALING_KEY.insert().values(public=public, added=now_text()))
    note(connection, by, "sealing-key", public=public)


def withdrawn_numbers(connection: Connection) -> Mapping[str, str]:
    """Return the day since when a paper is worth nothing, ISO, by its number."""
    asked = (
        select(PAPER.c.number, PAPER.c.withdrawn)
        .where(PAPER.c.number.is_not(None), PAPER.c.withdrawn.is_not(None))
        .order_by(PAPER.c.number)
    )
    return {str(row.number): str(row.withdrawn)[:10] for row in connection.execute(asked)}


def is_issued(connection: Connection, number: str) -> bool:
    """Return whether the register knows a paper of this number that was issued."""
    asked = select(PAPER.c.id).where(PAPER.c.number == number, PAPER.c.issued.is_not(None))
    return connection.execute(asked).first() is not None


def printed_titles(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield the code and the title of each certification and bloc that a paper may name."""
    certifications = connection.execute(select(CERTIFICATION.c.rncp_code, CERTIFICATION.c.title))
    for row in certifications:
        yield str(row.rncp_code or ""), str(row.title)
    blocks = (
        select(CERTIFICATION.c.rncp_code, RESULT.c.code, RESULT.c.title)
        .join_from(RESULT, ATTEMPT, RESULT.c.attempt == ATTEMPT.c.id)
        .join(CLOSING, ATTEMPT.c.closing == CLOSING.c.id)
        .join(CERTIFICATION, CLOSING.c.certification == CERTIFICATION.c.id)
        .where(RESULT.c.kind == "block")
        .distinct()
    )
    for rncp_code, block, title in connection.execute(blocks):
        yield " ".join(filter(None, (rncp_code, block))), str(title or "")
