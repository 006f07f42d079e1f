"""Match candidates with people of the register: by identifier, else by name and birth date.

Homonyms are asked about and never guessed: what a certification is worth depends on whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import recorded as kinds
from sheetgen.register.facts import FULL_IDENTITY
from sheetgen.register.register_tables import ATTEMPT, CLOSING, PERSON, PERSON_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, RowMapping
    from sqlalchemy.engine import Connection

    from sheetgen.problems import Location, Problem
    from sheetgen.register.facts import ClosingKey, Identity

REGISTER_NUMBER = "REG-"
"""The beginning of the register's own number of a person, which is accepted as an identifier."""

_SAID = tuple(name for name in FULL_IDENTITY if name != "identifier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The person that a candidate is: their row's number, None for somebody new."""

    person: int | None


def number_of(person: int) -> str:
    """Return a person's number as people read and type it, `REG-12`."""
    return f"{REGISTER_NUMBER}{person}"


def match_people(
    connection: Connection,
    people: Mapping[str, Identity],
    places: Mapping[str, Location],
    before: Mapping[str, int],
) -> tuple[dict[str, Match], list[Problem]]:
    """Return who each candidate is, and a problem for each that nobody may guess.

    Args:
        connection: that of the register.
        people: identities by candidate's number.
        places: where the session's workbook says who they are, by candidate's number.
        before: the persons that an earlier closing of this session took candidates for.
    """
    matches: dict[str, Match] = {}
    problems: list[Problem] = []
    taken: dict[int, str] = {}
    keys: dict[str, str] = {}
    for candidate, identity in people.items():
        place = places[candidate]
        match = _match(connection, candidate, identity, place, before.get(candidate))
        if not isinstance(match, Match):
            problems.append(match)
            continue
        known = match.person
        if known is not None and known in taken:
            problems.append(
                kinds.PERSON_TWICE.at(
                    place, name=str(identity), other=taken[known], number=number_of(known)
                )
            )
            continue
        if known is not None:
            taken[known] = candidate
        else:
            double = next((keys[key] for key in identity.keys if key in keys), None)
            if double is not None and _may_be_one(identity, people[double]):
                problems.append(kinds.NAMESAKES_UNTOLD.at(place, name=str(identity), other=double))
                continue
        keys.update(dict.fromkeys(identity.keys, candidate))
        matches[candidate] = match
    return matches, problems


def _may_be_one(one: Identity, other: Identity) -> bool:
    """Return whether nothing tells two new people of one name apart."""
    if one.identifier and other.identifier:
        return False
    born = None not in (one.birth_date, other.birth_date)
    return not born or one.birth_date == other.birth_date


def _match(
    connection: Connection,
    candidate: str,
    identity: Identity,
    place: Location,
    before: int | None,
) -> Match | Problem:
    said = identity.identifier
    if said:
        found = person_by_identifier(connection, said)
        if found is not None:
            if found["id"] == before or _is_plausible(connection, found, identity):
                return Match(person=found["id"])
            return kinds.IDENTIFIER_OF_ANOTHER.at(
                place, identifier=said, name=str(identity), other=_described(found)
            )
        if said.upper().startswith(REGISTER_NUMBER):
            return kinds.REGISTER_NUMBER_UNKNOWN.at(place, identifier=said)
    return _match_name(connection, candidate, identity, place, before)


def _match_name(
    connection: Connection,
    candidate: str,
    identity: Identity,
    place: Location,
    before: int | None,
) -> Match | Problem:
    """Return who bears this name, where no identifier says it."""
    namesakes = [
        row
        for row in _namesakes(connection, identity)
        if not (identity.identifier and row["identifier"])
    ]
    same = [row for row in namesakes if _born_alike(row, identity) is True]
    if before is not None and (not same or any(row["id"] == before for row in same)):
        return Match(person=before)
    if len(same) == 1:
        return Match(person=same[0]["id"])
    doubtful = same or [row for row in namesakes if _born_alike(row, identity) is None]
    if not doubtful or identity.identifier:
        return Match(person=None)
    return kinds.HOMONYMS.at(
        place,
        name=str(identity),
        candidate=candidate,
        others=" ; ".join(_described(row) for row in doubtful),
        number=number_of(doubtful[0]["id"]),
    )


def person_by_identifier(connection: Connection, identifier: str) -> RowMapping | None:
    """Return the person of an identifier, or of a register number; None for nobody."""
    tail = identifier.upper().removeprefix(REGISTER_NUMBER)
    if tail != identifier.upper() and tail.isdecimal() and len(tail) < 10:
        chosen = PERSON.c.id == int(tail)
    else:
        chosen = PERSON.c.identifier == identifier
    return connection.execute(select(PERSON).where(chosen)).mappings().first()


def _namesakes(connection: Connection, identity: Identity) -> Sequence[RowMapping]:
    of_name = select(PERSON_NAME.c.person).where(PERSON_NAME.c.key.in_(identity.keys))
    asked = select(PERSON).where(PERSON.c.id.in_(of_name)).order_by(PERSON.c.id)
    return connection.execute(asked).mappings().all()


def _born_alike(row: RowMapping, identity: Identity) -> bool | None:
    """Return whether both were born on one day; None where that is not known of both."""
    if row["birth_date"] is None or identity.birth_date is None:
        return None
    return bool(row["birth_date"] == identity.birth_date)


def _is_plausible(connection: Connection, row: RowMapping, identity: Identity) -> bool:
    """Return whether an identifier and a name may be of one person.

    They may when a whole name is the same and no birth date speaks against it, or when the birth
    date and the first name are: a surname changes.
    """
    alike = _born_alike(row, identity)
    if alike is False:
        return False
    asked = select(PERSON_NAME.c.key).where(PERSON_NAME.c.person == row["id"])
    known = set(connection.execute(asked).scalars())
    if known & identity.keys:
        return True
    first_names = {key.partition("|")[2] for key in known}
    return alike is True and any(key.partition("|")[2] in first_names for key in identity.keys)


def _described(row: RowMapping) -> str:
    born = f", né(e) le {row['birth_date']:%d/%m/%Y}" if row["birth_date"] else ""
    who = f", identifiant {row['identifier']}" if row["identifier"] else ""
    return f"{row['first_name']} {row['last_name']}{born}{who} ({number_of(row['id'])})"


def people_of(connection: Connection, closing: int) -> dict[str, int]:
    """Return the persons that a closing took its candidates for, by candidate's number."""
    asked = select(ATTEMPT.c.candidate, ATTEMPT.c.person).where(ATTEMPT.c.closing == closing)
    return {row.candidate: row.person for row in connection.execute(asked)}


def earlier_people(connection: Connection, key: ClosingKey) -> dict[str, int]:
    """Return the persons of the last recorded closing of the same session; none for a first one."""
    return _people_of_last(connection, key.folder, CLOSING.c.version <= key.version)


def people_of_session(connection: Connection, folder: str) -> dict[str, int]:
    """Return the persons that a session's candidates are, by number; none before it is recorded.

    Args:
        connection: that of the register.
        folder: the lasting id of the session's folder.
    """
    return _people_of_last(connection, folder)


def _people_of_last(
    connection: Connection, folder: str, *conditions: ColumnElement[bool]
) -> dict[str, int]:
    recorded = (
        select(CLOSING.c.id)
        .where(CLOSING.c.folder == folder, CLOSING.c.recorded.is_not(None), *conditions)
        .order_by(CLOSING.c.version.desc())
    )
    last = connection.execute(recorded).scalars().first()
    return {} if last is None else people_of(connection, last)


def write_person(
    connection: Connection, person: int | None, identity: Identity, *, older: bool = False
) -> int:
    """Add a person, or bring one to what is now known of them; return their row's number.

    What a workbook leaves blank never takes away what the register knows.

    Args:
        connection: one that writes.
        person: their row's number; None for somebody new.
        identity: what is said of them.
        older: whether the register knows of something later, which then only has its blanks filled.
    """
    said = {name: value for name in _SAID if (value := getattr(identity, name)) is not None}
    own = identity.identifier
    if own and not own.upper().startswith(REGISTER_NUMBER):
        said["identifier"] = own
    if person is None:
        added = PERSON.insert().returning(PERSON.c.id)
        person = connection.execute(added, said).scalar_one()
    else:
        if older:
            row = connection.execute(PERSON.select().where(PERSON.c.id == person)).mappings().one()
            said = {name: value for name, value in said.items() if row[name] is None}
        if said:
            connection.execute(PERSON.update().where(PERSON.c.id == person).values(**said))
    add_names(connection, person, identity.keys)
    return person


def add_names(connection: Connection, person: int, keys: Iterable[str]) -> None:
    """Add names by which a person is known."""
    asked = select(PERSON_NAME.c.key).where(PERSON_NAME.c.person == person)
    known = set(connection.execute(asked).scalars())
    new = [{"person": person, "key": key} for key in sorted(set(keys) - known)]
    if new:
        connection.execute(PERSON_NAME.insert(), new)
