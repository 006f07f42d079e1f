"""The fields of what jurors sit with: the attendance sheet, and the page of instructions.

Who is expected, on either side of the table; which session, and until when.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    certification_context,
    listed,
    member_context,
    person_context,
    session_context,
    whole_jury_context,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Status, minutes_number
from sheetgen.text import days_text, time_text
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import Candidate, Referential, Session


def attendance_context(referential: Referential, session: Session) -> Context:
    """Return the fields of the attendance sheet.

    People sign under their names. In an anonymous session their numbers, and the order of the
    session, would tell the jury who is who: both are left out.
    """
    sheets = _sheets(session)
    return {
        "document": {
            "titre": f"Feuille d’émargement – session {session.code}",
            "reference": session.code,
            "jours": _days(session, *(sheet.day for sheet in sheets)),
        },
        "certification": certification_context(referential),
        "session": session_context(session),
        "candidats": [
            _expected(session, person) for person in _in_order(session, session.candidates)
        ],
        "jury": whole_jury_context(session),
        "feuilles": [
            {**_sheet_context(session, sheet), "premiere": sheet is sheets[0]} for sheet in sheets
        ],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The candidates of one day and one room, None where none is set."""

    day: dt.date | None
    room: str | None
    people: tuple[Candidate, ...]


def _sheets(session: Session) -> list[DaySheet]:
    """Return a sheet per day and room, in their order; one for all where neither is used.

    Those without a turn or a room come last.
    """
    found: dict[tuple[bool, dt.date, str], list[Candidate]] = {}
    for person in session.candidates:
        day = person.passage.day if person.passage else None
        room = person.room or ""
        found.setdefault((day is None, day or dt.date.max, room or _LAST), []).append(person)
    return [
        DaySheet(
            day=None if unset else day, room=None if room == _LAST else room, people=tuple(people)
        )
        for (unset, day, room), people in sorted(found.items())
    ] or [DaySheet(day=None, room=None, people=())]


_LAST = "\U0010ffff"
"""Sorts after every name of a room."""


def _sheet_context(session: Session, sheet: DaySheet) -> Context:
    """Return the fields of one day and room; its jury is who marks somebody there, or presides."""
    alone = len(sheet.people) == len(session.candidates)
    numbers = {person.id for person in sheet.people}
    marking = session.people_marking(x for x in session.assignments if x.candidate in numbers)
    juries = dict.fromkeys(person.jury for person in sheet.people if person.jury)
    presiding = [session.juries.president(jury) for jury in juries or (None,)]
    expected = [
        juror
        for juror in session.jurors
        if (alone or juror in marking or juror in presiding)
        and juror.code not in session.juries.stand_in
    ]
    timed = not session.anonymous and any(
        person.passage and person.passage.time for person in sheet.people
    )
    turns = [person.passage.time for person in sheet.people if person.passage]
    begins = min((time for time in turns if time), default=session.time) if timed else session.time
    numbers_of_minutes = [
        minutes_number(session.minutes_number, jury) for jury in juries or (None,)
    ]
    return {
        "date": _days(session, sheet.day),
        "heure": time_text(begins) if begins else None,
        "numero_pv": ", ".join(number for number in numbers_of_minutes if number) or None,
        "salle": sheet.room or NOTHING,
        "avec_salle": sheet.room is not None,
        "jury": ", ".join(juries) or NOTHING,
        "avec_jury": bool(juries),
        "avec_passage": timed,
        "sur_une_page": sheet.day is not None or sheet.room is not None,
        "candidats": [
            _expected(session, person) for person in _in_order(session, sheet.people, by_turn=timed)
        ],
        "membres": [member_context(session, juror) for juror in expected if juror.sits],
        "evaluateurs": [member_context(session, juror) for juror in expected if not juror.sits],
    }


def _days(session: Session, *set_days: dt.date | None) -> str | None:
    """Return the days of a sheet, or of all; where none is set, those of the session."""
    return days_text([day for day in set_days if day] or session.days) or None


def _in_order(
    session: Session, people: Sequence[Candidate], *, by_turn: bool = False
) -> list[Candidate]:
    """Return people as they sign: by name under anonymity, else by turn or as entered."""
    if session.anonymous:
        return sorted(people, key=lambda item: fold(f"{item.last_name} {item.first_name}"))
    if by_turn:
        return sorted(people, key=lambda item: (item.passage is None, _turn(item)))
    return list(people)


def _turn(person: Candidate) -> tuple[bool, str]:
    time = person.passage.time if person.passage else None
    return (time is None, f"{time or ''}")


def _expected(session: Session, person: Candidate) -> Context:
    hidden = session.anonymous
    time = person.passage.time if person.passage and not hidden else None
    return {
        **person_context(person),
        "numero": NOTHING if hidden else person.id,
        "blocs": listed(person.presented),
        "passage": time_text(time) if time else NOTHING,
        "salle": person.room or NOTHING,
    }


def instructions_context(referential: Referential, session: Session) -> Context:
    """Return the fields of the jurors' instructions; of candidates, their turns and rooms alone."""
    return {
        "document": {
            "titre": f"Consignes aux jurés – session {session.code}",
            "reference": session.code,
        },
        "certification": certification_context(referential),
        "session": session_context(session),
        "jurys_nommes": session.juries.names != (None,),
        "passages": _called_together(session),
    }


def _called_together(session: Session) -> list[Context]:
    """Return who is called where, by jury, day and room, in the order of turns.

    Nothing where neither turns nor rooms are used, nor under anonymity, where they would tell who
    is who.
    """
    if session.anonymous or not any(item.passage or item.room for item in session.candidates):
        return []
    found: dict[tuple[str, str, str], list[str]] = {}
    for person in session.in_turn:
        if person.status is Status.PRESENT and person.presented:
            day = f"{person.passage.day:%d/%m/%Y}" if person.passage else NOTHING
            called = (person.jury or NOTHING, day, person.room or NOTHING)
            found.setdefault(called, []).append(_called(person))
    return [
        {"jury": jury, "jour": day, "salle": room, "candidats": ", ".join(people)}
        for (jury, day, room), people in found.items()
    ]


def _called(person: Candidate) -> str:
    """Return a candidate as in « 9 h 30 Alix Martin (001) »."""
    time = person.passage.time if person.passage else None
    return f"{f'{time_text(time)} ' if time else ''}{person.full_name} ({person.id})"
