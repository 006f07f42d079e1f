"""The fields of a convocation: when and where one person is expected, and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    certification_context,
    listed,
    session_context,
)
from sheetgen.model import Candidate, JurorRole, Status
from sheetgen.text import date_text, days_text, time_text

if TYPE_CHECKING:
    import datetime as dt

    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import Juror, Passage, Referential, Session


def convoked(session: Session) -> list[Candidate | Juror]:
    """Return those who are to come: candidates who present a bloc, then the jury that sits.

    A juror who marks nobody and does not preside has nothing to come for, nor one whose place
    another has taken; an évaluateur marks elsewhere.
    """
    marking = {
        person.code for item in session.assignments for person in session.juror[item.juror].people
    }
    candidates = [
        item for item in session.candidates if item.status is Status.PRESENT and item.presented
    ]
    jurors = [
        item
        for item in session.jurors
        if item.sits
        and item.code not in session.juries.stand_in
        and (item.code in marking or item.role is JurorRole.PRESIDENT)
    ]
    return [*candidates, *jurors]


def convocation_context(
    referential: Referential, session: Session, person: Candidate | Juror
) -> Context:
    """Return the fields of one person's convocation."""
    candidate = person if isinstance(person, Candidate) else None
    own = (
        _candidate_called(session, person)
        if isinstance(person, Candidate)
        else _juror_called(session, person)
    )
    presented = () if candidate is None else candidate.presented
    return {
        "document": {
            "titre": f"Convocation – session {session.code}",
            "reference": f"{session.code}-{_number(person)}",
        },
        "certification": certification_context(referential),
        "session": session_context(session),
        "destinataire": {
            "numero": _number(person),
            "identite": person.full_name,
            "nom": person.last_name,
            "prenom": person.first_name,
            "civilite": NOTHING if candidate is None else candidate.civility or NOTHING,
            "qualite": NOTHING if isinstance(person, Candidate) else person.title or NOTHING,
            "organisme": NOTHING
            if isinstance(person, Candidate)
            else person.organisation or NOTHING,
        },
        "convocation": {"jure": candidate is None, **own},
        "blocs": [
            {"code": block.code, "intitule": block.title}
            for block in referential.blocks
            if block.code in presented
        ],
    }


def _number(person: Candidate | Juror) -> str:
    return person.id if isinstance(person, Candidate) else person.code


def _candidate_called(session: Session, candidate: Candidate) -> Context:
    when = candidate.passage
    return {
        **_appointment(session, when, candidate.room),
        "preside": False,
        "jury": candidate.jury or NOTHING,
        "blocs": listed(candidate.presented),
        "candidats": [],
    }


def _juror_called(session: Session, juror: Juror) -> Context:
    """Return when a juror is expected: at their first candidate's turn, in their room.

    Whose turn it is stays unsaid in an anonymous session, where it would tell who is who.
    """
    own = [item for item in session.assignments if juror in session.juror[item.juror].people]
    people = {item.candidate: item for item in own}
    candidates = [item for item in session.in_turn if item.id in people]
    turns = [item.passage for item in candidates if item.passage is not None]
    rooms = dict.fromkeys(item.room for item in candidates if item.room)
    blocks = {block for item in own for block in item.blocks}
    days = sorted({turn.day for turn in turns})
    first = min(turns, key=lambda item: item.order, default=None)
    return {
        **_appointment(session, first, ", ".join(rooms)),
        **({"date": ", ".join(map(date_text, days))} if len(days) > 1 else {}),
        "preside": juror.role is JurorRole.PRESIDENT,
        "jury": juror.jury or NOTHING,
        "blocs": listed(sorted(blocks)),
        "candidats": [
            {
                "numero": item.id,
                "identite": NOTHING if session.anonymous else item.full_name,
                **_place(session, item, several=len(days) > 1),
                "blocs": listed(people[item.id].blocks),
            }
            for item in candidates
        ],
    }


def _place(session: Session, candidate: Candidate, *, several: bool) -> Context:
    """Return a candidate's turn and room as a juror is told them: nothing under anonymity."""
    turn = None if session.anonymous else candidate.passage
    return {
        "passage": _turn(turn, several=several),
        "date": date_text(turn.day) if turn else NOTHING,
        "heure": _time(turn.time) if turn else NOTHING,
        "salle": NOTHING if session.anonymous else candidate.room or NOTHING,
    }


def _appointment(session: Session, turn: Passage | None, room: str | None) -> Context:
    """Return when and where somebody is expected; the session's own day and time without a turn."""
    time = turn.time if turn and turn.time else session.time
    if turn is not None and turn.time is None and turn.day != session.date:
        time = None
    return {
        "date": days_text([turn.day] if turn else session.days) or None,
        "heure": time_text(time) if time else None,
        "salle": room or NOTHING,
        "avec_salle": bool(room),
        "avec_passage": bool(turn and turn.time),
    }


def _turn(turn: Passage | None, *, several: bool) -> str:
    """Return a turn as a list shows it, with its day where there are several."""
    if turn is None:
        return NOTHING
    time = time_text(turn.time) if turn.time else ""
    return f"{turn.day:%d/%m} {time}".strip() if several or not time else time


def _time(time: dt.time | None) -> str:
    return time_text(time) if time else NOTHING
