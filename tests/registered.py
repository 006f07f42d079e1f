"""Closings for the register's tests, in few words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sheetgen.problems import Location
from sheetgen.register import (
    CandidateFacts,
    ClosingFacts,
    ClosingKey,
    Identity,
    PaperFacts,
    PaperKey,
    ResultFacts,
    open_register,
)
from sheetgen.register.register_tables import ATTEMPT, CLOSING, PAPER, PERSON, PERSON_NAME, RESULT

if TYPE_CHECKING:
    from collections.abc import Mapping


class Places(dict[str, Location]):
    """A cell for anybody."""

    def __missing__(self, key: str) -> Location:
        return Location(file="session.xlsx", sheet="Candidats", cell=key)


PLACES = Places()


def key(
    session: str = "JUIN", version: int = 1, date: str = "2026-06-15", folder: str = ""
) -> ClosingKey:
    """Return which closing of the certification RNCP1."""
    return ClosingKey(
        rncp_code="RNCP1",
        certification="Titre",
        session=session,
        session_date=date,
        folder=folder or f"{session} {date}",
        version=version,
    )


def identity(name: str, born: str | None = None, **said: str) -> Identity:
    """Return « Prénom Nom », born on an ISO date."""
    first, _, last = name.partition(" ")
    day = None if born is None else dt.date.fromisoformat(born)
    former = tuple(filter(None, (said.pop("former", ""),)))
    return Identity(last_name=last, first_name=first, birth_date=day, former_names=former, **said)


def candidate(
    number: str, person: Identity, outcome: str = "partial", **blocks: str
) -> CandidateFacts:
    """Return a candidate with the outcomes of blocs: `BC01="validated"`."""
    return CandidateFacts(
        number=number,
        identity=person,
        outcome=outcome,
        route="full",
        results=tuple(
            ResultFacts(kind="block", code=code, title=f"Bloc {code}", outcome=said)
            for code, said in blocks.items()
        ),
    )


def closing(
    which: ClosingKey,
    *candidates: CandidateFacts,
    digest: str = "d1",
    numbers: Mapping[PaperKey, str] | None = None,
) -> ClosingFacts:
    """Return a closing with the papers of these numbers."""
    return ClosingFacts(
        key=which,
        digest=digest,
        candidates=candidates,
        papers=tuple(
            PaperFacts(key=paper, sha256=f"sum of {number}", number=number)
            for paper, number in (numbers or {}).items()
        ),
    )


def attestation(number: str, block: str = "BC01") -> PaperKey:
    """Return the attestation of a candidate's bloc."""
    return PaperKey(kind="attestation", candidate=number, block=block)


_TABLES = (PERSON, PERSON_NAME, CLOSING, ATTEMPT, RESULT, PAPER)
MOMENTS = {"recorded", "issued", "withdrawn"}


def content_of(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a register holds by table; of a moment, only whether there is one."""
    register = open_register(address)
    assert register is not None
    found: dict[str, list[tuple[Any, ...]]] = {}
    with register.reading() as connection:
        for table in _TABLES:
            columns = [item for item in table.c if item.name not in MOMENTS]
            marks = [table.c[name].is_(None) for name in sorted(MOMENTS & set(table.c.keys()))]
            asked = select(*columns, *marks).order_by(table.c.id)
            found[table.name] = [tuple(row) for row in connection.execute(asked)]
    register.close()
    return found
