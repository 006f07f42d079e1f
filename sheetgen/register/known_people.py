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
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def check_identifiers(
    people: Mapping[str, Identity], places: Mapping[str, Location]
) -> Iterator[Problem]:
    """Yield a problem for each identifier that two rows of a workbook bear."""
    first: dict[str, str] = {}
    for number, identity in people.items():
        said = identity.identifier
        other = first.setdefault(fold(said), number) if said else number
        if other != number:
            yield kinds.IDENTIFIER_OF_ANOTHER.at(
                places[number], identifier=said, name=str(identity), other=str(people[other])
            )


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
            own = said.upper().startswith(REGISTER_NUMBER)
            seated = found["id"] == before and (own or _keeps_seat(connection, found, identity))
            if seated or _is_plausible(connection, found, identity):
                return Match(person=found["id"])
            return kinds.IDENTIFIER_OF_ANOTHER.at(
                place, identifier=said, name=str(identity), other=described(found)
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
    namesakes = namesakes_of(connection, identity)
    own = fold(identity.identifier or "")
    # One identifier, typed in other letters.
    again = [row for row in namesakes if own and fold(row["identifier"] or "") == own]
    if len(again) == 1 and born_alike(again[0], identity) is not False:
        return Match(person=again[0]["id"])
    namesakes = [row for row in namesakes if not (own and row["identifier"])]
    same = [row for row in namesakes if born_alike(row, identity) is True]
    if before is not None and (not same or any(row["id"] == before for row in same)):
        seat = connection.execute(select(PERSON).where(PERSON.c.id == before)).mappings().one()
        if _keeps_seat(connection, seat, identity):
            return Match(person=before)
        if not identity.identifier:
            return kinds.SEAT_OF_ANOTHER.at(
                place,
                name=str(identity),
                candidate=candidate,
                other=described(seat),
                number=number_of(before),
            )
    if len(same) == 1:
        return Match(person=same[0]["id"])
    doubtful = same or [row for row in namesakes if born_alike(row, identity) is None]
    if not doubtful or identity.identifier:
        return Match(person=None)
    return kinds.HOMONYMS.at(
        place,
        name=str(identity),
        candidate=candidate,
        others=" ; ".join(described(row) for row in doubtful),
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


def namesakes_of(connection: Connection, identity: Identity) -> Sequence[RowMapping]:
    """Return the people who bear or bore a name of somebody's."""
    of_name = select(PERSON_NAME.c.person).where(PERSON_NAME.c.key.in_(identity.keys))
    asked = select(PERSON).where(PERSON.c.id.in_(of_name)).order_by(PERSON.c.id)
    return connection.execute(asked).mappings().all()


def born_alike(row: RowMapping, identity: Identity) -> bool | None:
    """Return whether both were born on one day; None where that is not known of both."""
    if row["birth_date"] is None or identity.birth_date is None:
        return None
    return bool(row["birth_date"] == identity.birth_date)


def _is_plausible(connection: Connection, row: RowMapping, identity: Identity) -> bool:
    """Return whether an identifier and a name may be of one person.

    They may when a whole name is the same and no birth date speaks against it, or when the birth
    date and the first name are: a surname changes.
    """
    alike = born_alike(row, identity)
    if alike is False:
        return False
    known = KnownNames(connection, row["id"])
    return known.whole(identity) or (alike is True and known.first_name(identity))


def _keeps_seat(connection: Connection, row: RowMapping, identity: Identity) -> bool:
    """Return whether a candidate may be whom an earlier closing of the session had there.

    They may when a whole name is the same, or the birth date and either name: one is corrected.
    """
    known = KnownNames(connection, row["id"])
    if known.whole(identity):
        return True
    near = known.first_name(identity) or known.surname(identity)
    return near and born_alike(row, identity) is True


def check_row(
    connection: Connection, row: RowMapping, identity: Identity, place: Location
) -> Problem | None:
    """Return a problem where a row of a workbook bears the number of somebody else.

    It does when the first name is another, and so is the surname or the birth date: a number sorted
    without its row, or of another register.
    """
    known = KnownNames(connection, row["id"])
    apart = not known.surname(identity) or born_alike(row, identity) is False
    if known.first_name(identity) or not apart:
        return None
    return kinds.ROW_OF_ANOTHER.at(
        place, number=number_of(row["id"]), other=described(row), name=str(identity)
    )


class KnownNames:
    """The names by which somebody is known."""

    def __init__(self, connection: Connection, person: int) -> None:
        asked = select(PERSON_NAME.c.key).where(PERSON_NAME.c.person == person)
        self._keys = set(connection.execute(asked).scalars())

    def whole(self, identity: Identity) -> bool:
        """Return whether a whole name is the same."""
        return bool(self._keys & identity.keys)

    def first_name(self, identity: Identity) -> bool:
        """Return whether a first name is."""
        return self._shares(identity, 2)

    def surname(self, identity: Identity) -> bool:
        """Return whether a surname is."""
        return self._shares(identity, 0)

    def _shares(self, identity: Identity, part: int) -> bool:
        known = {key.partition("|")[part] for key in self._keys}
        return any(key.partition("|")[part] in known for key in identity.keys)


def described(row: RowMapping) -> str:
    """Return a person's name, with what tells them from others."""
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
