"""Check that a session's folder is that of this session, and whether it is closed.

A code names the folder, and a school may give December's session the code of June's. What was made
in June, and what was decided, tell one from the other.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from sheetgen.files import read_json
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as kinds
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.session_folder.persons import Person, PersonMatch, compare_persons, person_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.model import Session
    from sheetgen.session_folder.grid_record import MadeSession

_NAMED = 4
"""How many of a session's people a message names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSession:
    """A session as it was closed.

    Attributes:
        date: the day on which its jury sat.
        closed_on: the day on which the deliberation ended.
        closed_at: the hour of that day.
        candidates: by number.
    """

    date: dt.date | None
    closed_on: dt.date | None
    closed_at: dt.time | None
    candidates: Mapping[str, Person]

    @property
    def moment(self) -> str:
        """Return the date and time of closing, in words."""
        day = f"{self.closed_on:%d/%m/%Y}" if self.closed_on else "jour inconnu"
        return f"{day} à {self.closed_at:%H:%M}" if self.closed_at else day


def read_closed_session(final: Path) -> ClosedSession | None:
    """Return what the decisions in force say of the session; None where it is not closed.

    Those that the closing kept come first: `final/` may have been emptied. A closing of before they
    were kept is known by `final/` alone; the last version stands in for decisions that are no
    longer there. Where they cannot be read, who reads them to close the session says why.
    """
    for path in _decisions(SessionFolder(root=final.parent)):
        try:
            record = cast("dict[str, Any]", read_json(path, candidates=_person_alone))
            closing = record["closing"]
            return ClosedSession(
                date=_day(record["session"]["date"]),
                closed_on=_day(closing["date"]),
                closed_at=dt.time.fromisoformat(closing["time"]) if closing["time"] else None,
                candidates={
                    str(item["id"]): Person(
                        last_name=str(item["last_name"]), first_name=str(item["first_name"])
                    )
                    for item in record["candidates"]
                },
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


def _person_alone(item: object) -> object:
    """Return who a candidate's record is about, a thousandth of it."""
    kept = ("id", "last_name", "first_name")
    return {name: item[name] for name in kept if name in item} if isinstance(item, dict) else item


def _decisions(folder: SessionFolder) -> Iterator[Path]:
    """Yield the paths at which the decisions may be, the likeliest first."""
    kept = (path.parent for path in folder.closings.glob("*/closing.json"))
    for version in _last_first(kept):
        yield version / "files" / "decisions.json"
    yield folder.final / "decisions.json"
    for version in _last_first(folder.final.glob("versions/*")):
        yield version / "decisions.json"


def _last_first(versions: Iterable[Path]) -> list[Path]:
    numbered = [path for path in versions if path.name.isdecimal()]
    return sorted(numbered, key=lambda path: int(path.name), reverse=True)


def check_same_session(
    former: MadeSession | None, closed: ClosedSession | None, session: Session, file: str
) -> Problem | None:
    """Return why the folder is another session's of the same code; None where it is this one's.

    It is another's when its jury sat on another day and it is closed, or when most of its
    candidates are others. A session that is not closed may be postponed.

    Args:
        former: as it was when something was last made for it.
        closed: as it was closed.
        session: of now.
        file: its workbook's name.
    """
    if closed is not None:
        people: Sequence[Person] = tuple(closed.candidates.values())
        date, moved = closed.date, None not in (closed.date, session.date)
        moved = moved and closed.date != session.date
    elif former is not None:
        people, date, moved = former.candidates, former.date, False
    else:
        return None
    if not moved and not _are_others(people, session):
        return None
    now = tuple(person_of(item) for item in session.candidates)
    end = f", close le {closed.moment}" if closed else ""
    return kinds.OTHER_SESSION_OF_CODE.at(
        Location(file=file, sheet="Session"),
        code=session.code,
        former=f"{_described(date, people)}{end}",
        now=_described(session.date, now),
        what=f"sa date ({_on(date)})" if moved else "ses candidats",
    )


def check_reopening(closed: ClosedSession, session: Session, file: str) -> Problem | None:
    """Return why a closed session may not be reopened as this one.

    Another day, or people gone or others.

    Whoever it decided on must still be there, under their number; a corrected name is no other.
    """
    people = {str(item.id): person_of(item) for item in session.candidates}
    gone = [
        person
        for number, person in closed.candidates.items()
        if number not in people
        or compare_persons(person, people[number], people.values()) is PersonMatch.ANOTHER
    ]
    moved = None not in (closed.date, session.date) and closed.date != session.date
    if not gone and not moved:
        return None
    return kinds.OTHER_SESSION_OF_CODE.at(
        Location(file=file, sheet="Session" if moved else "Candidats"),
        code=session.code,
        former=f"{_described(closed.date, gone or tuple(closed.candidates.values()))}, close le "
        f"{closed.moment}",
        now=_described(session.date, tuple(people.values())),
        what=f"sa date ({_on(closed.date)})" if moved else f"le numéro de {_named(gone)}",
    )


def _are_others(former: Sequence[Person], session: Session) -> bool:
    """Return whether fewer than half of the people are still there."""
    people = [person_of(item) for item in session.candidates]
    names = frozenset[str]().union(*(item.names | item.names_before for item in people))
    by_birth: dict[dt.date, list[Person]] = {}
    for item in people:
        if item.birth_date is not None:
            by_birth.setdefault(item.birth_date, []).append(item)

    def is_there(person: Person) -> bool:
        born_then = by_birth.get(person.birth_date, []) if person.birth_date else []
        return not names.isdisjoint(person.names) or any(
            compare_persons(person, other) is not PersonMatch.ANOTHER for other in born_then
        )

    return 2 * sum(map(is_there, former)) < min(len(former), len(people))


def _described(date: dt.date | None, people: Sequence[Person]) -> str:
    return f"{_on(date)}, {_named(people)}"


def _on(date: dt.date | None) -> str:
    return f"{date:%d/%m/%Y}" if date else "sans date"


def _named(people: Sequence[Person]) -> str:
    names = ", ".join(str(item) for item in people[:_NAMED])
    return f"{names}…" if len(people) > _NAMED else names


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
