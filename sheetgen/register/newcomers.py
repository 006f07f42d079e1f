"""Tell of new people whom the register may know after all: an identifier or a surname changed.

A warning names both, and nothing is decided: whoever is taken for somebody new loses what they hold
and what is kept for them.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache, partial
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from sheetgen.lazy_dataclass import dataclass
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
    names = cache(partial(KnownNames, connection))
    for number, identity in new.items():
        doubtful = [
            row
            for row in near.of(identity)
            if row["id"] not in seated
            and _may_be_renamed(row, identity)
            and not names(row["id"]).whole(identity)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Near:
    """People of the register, by their first name with the day of their birth or their CPF file."""

    rows: dict[tuple[str, object], dict[int, RowMapping]] = field(default_factory=dict)

    def add(self, row: RowMapping) -> None:
        """Add somebody, under each."""
        first = letters_of(row["first_name"])
        for said in (row["birth_date"], row["cpf_file"]):
            self.rows.setdefault((first, said), {})[row["id"]] = row

    def of(self, identity: Identity) -> list[RowMapping]:
        """Return those of the first name of somebody who share one of both, in their order."""
        first = letters_of(identity.first_name)
        found: dict[int, RowMapping] = {}
        for said in (identity.birth_date, identity.cpf_file):
            found |= self.rows.get((first, said), {}) if said else {}
        return [found[number] for number in sorted(found)]


def _near(connection: Connection, people: Collection[Identity]) -> _Near:
    """Return the people who were born on the day of one of these, or have their CPF file."""
    known = list(people)
    found = _Near()
    for start in range(0, len(known), _AT_ONCE):
        some = known[start : start + _AT_ONCE]
        days = {item.birth_date for item in some if item.birth_date}
        files = {item.cpf_file for item in some if item.cpf_file}
        near = or_(PERSON.c.birth_date.in_(days), PERSON.c.cpf_file.in_(files))
        for row in connection.execute(select(PERSON).where(near)).mappings():
            found.add(row)
    return found


def _may_be_renamed(row: RowMapping, identity: Identity) -> bool:
    """Return whether nothing tells a row from a new person of that first name but a surname.

    Two identifiers of a school tell people apart, and so do two birthplaces.
    """
    if identity.identifier and row["identifier"]:
        return False
    alike = born_alike(row, identity)
    one_file = identity.cpf_file is not None and row["cpf_file"] == identity.cpf_file
    return alike is not False and (alike or one_file) and not _born_elsewhere(row, identity)


def _born_elsewhere(row: RowMapping, identity: Identity) -> bool:
    """Return whether two birthplaces are known and differ; « Paris » may be « Paris 12e »."""
    codes = row["birth_insee_code"], identity.birth_insee_code
    if all(codes):
        return bool(codes[0] != codes[1])
    here, there = (letters_of(place or "") for place in (row["birth_place"], identity.birth_place))
    return not (here.startswith(there) or there.startswith(here))
