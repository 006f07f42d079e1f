"""Tell of new people whom the register may know after all: an identifier or a surname changed.

A warning names both, and nothing is decided: whoever is taken for somebody new loses what they hold
and what is kept for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from sheetgen.problems import recorded as kinds
from sheetgen.register.known_people import (
    KnownNames,
    born_alike,
    described,
    namesakes_of,
    number_of,
)
from sheetgen.register.register_tables import PERSON
from sheetgen.text.fold import letters_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import RowMapping
    from sqlalchemy.engine import Connection

    from sheetgen.problems import Location, Problem
    from sheetgen.register.facts import Identity

_AT_ONCE = 400
"""How many people one question to the database names, in two lists: SQLite takes 999 values."""


def told_newcomers(
    connection: Connection,
    people: Mapping[str, Identity],
    places: Mapping[str, Location],
    persons: Mapping[str, int | None],
) -> Iterator[Problem]:
    """Yield a warning for each new person who may be one that the register knows.

    Args:
        connection: that of the register.
        people: identities by candidate's number.
        places: where each is to be mended, by candidate's number.
        persons: the row of each who is matched, None for somebody new.
    """
    new = {number: people[number] for number, person in persons.items() if person is None}
    for number, identity in new.items():
        yield from _told_namesakes(connection, number, identity, places[number])
    seated = {person for person in persons.values() if person is not None}
    near = _near(connection, new.values())
    for number, identity in new.items():
        doubtful = [
            row
            for row in near
            if row["id"] not in seated and _may_be_renamed(connection, row, identity)
        ]
        if doubtful:
            yield kinds.PERHAPS_RENAMED.at(
                places[number],
                name=str(identity),
                candidate=number,
                others=" ; ".join(described(row) for row in doubtful),
                surname=doubtful[0]["birth_name"] or doubtful[0]["last_name"],
                number=number_of(doubtful[0]["id"]),
            )


def _told_namesakes(
    connection: Connection, candidate: str, identity: Identity, place: Location
) -> Iterator[Problem]:
    """Yield a warning where the identifier alone says that somebody is new."""
    if not identity.identifier:
        return
    doubtful = [
        row
        for row in namesakes_of(connection, identity)
        if not row["identifier"] and born_alike(row, identity) is not False
    ]
    if doubtful:
        yield kinds.NAMESAKE_ADDED.at(
            place,
            name=str(identity),
            candidate=candidate,
            others=" ; ".join(described(row) for row in doubtful),
            number=number_of(doubtful[0]["id"]),
        )


def _near(connection: Connection, people: Collection[Identity]) -> list[RowMapping]:
    """Return the people who were born on the day of one of these, or have their CPF file."""
    known = list(people)
    found: dict[int, RowMapping] = {}
    for start in range(0, len(known), _AT_ONCE):
        some = known[start : start + _AT_ONCE]
        days = {item.birth_date for item in some if item.birth_date}
        files = {item.cpf_file for item in some if item.cpf_file}
        near = or_(PERSON.c.birth_date.in_(days), PERSON.c.cpf_file.in_(files))
        rows = connection.execute(select(PERSON).where(near)).mappings()
        found |= {row["id"]: row for row in rows}
    return [found[number] for number in sorted(found)]


def _may_be_renamed(connection: Connection, row: RowMapping, identity: Identity) -> bool:
    """Return whether a row and a new person differ by their surname alone.

    Two identifiers of a school tell people apart, and so do two birthplaces.
    """
    if identity.identifier and row["identifier"]:
        return False
    alike = born_alike(row, identity)
    one_file = identity.cpf_file is not None and row["cpf_file"] == identity.cpf_file
    if alike is False or not (alike or one_file) or _born_elsewhere(row, identity):
        return False
    if letters_of(row["first_name"]) != letters_of(identity.first_name):
        return False
    return not KnownNames(connection, row["id"]).whole(identity)


def _born_elsewhere(row: RowMapping, identity: Identity) -> bool:
    """Return whether two birthplaces are known and differ; « Paris » may be « Paris 12e »."""
    codes = row["birth_insee_code"], identity.birth_insee_code
    if all(codes):
        return bool(codes[0] != codes[1])
    here, there = (letters_of(place or "") for place in (row["birth_place"], identity.birth_place))
    return not (here.startswith(there) or there.startswith(here))
