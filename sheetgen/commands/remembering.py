"""The record of what was made for a session, compared with the session as it is now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.commands.interrupted import tell_interrupted
from sheetgen.commands.keys import check_key
from sheetgen.problems import Location, Problem
from sheetgen.problems import made as kinds
from sheetgen.session_folder import (
    ClosedSession,
    GridRecord,
    UnreadableRecordError,
    check_grids,
    check_numbers,
    check_same_session,
    read_closed_session,
    read_grid_record,
)
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs
    from sheetgen.model import Referential, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The record of what was made for a session, and what is to be said of it now.

    Attributes:
        grids: the record of grids.
        closed: the session as it was closed; None where it is not.
        foreign: why nothing may be done with the session: its folder is another one's.
        reused: numbers and codes that somebody else has now: no grid may be made.
        state: what `consolidate` says besides: that the session is closed, or was postponed.
        key: that the signing key is lost, or cannot be used; commands that need it say so.
        notices: what `check`, `generate` and `status` do: that, and what became of grids.
    """

    grids: GridRecord = field(default_factory=GridRecord)
    closed: ClosedSession | None = None
    foreign: tuple[Problem, ...] = ()
    reused: tuple[Problem, ...] = ()
    state: tuple[Problem, ...] = ()
    key: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def remember(inputs: Inputs, referential: Referential, session: Session) -> Remembered:
    """Read what was made for the session and compares it with the session."""
    folder = SessionFolder.of(inputs.output, session)
    try:
        grids = read_grid_record(folder.made)
    except UnreadableRecordError as error:
        place = Location(file=str(folder.made))
        return Remembered(foreign=(kinds.RECORD_UNREADABLE.at(place, reason=error),))
    file = str(inputs.session)
    closed = read_closed_session(folder.final)
    foreign = check_same_session(grids.session, closed, session, file)
    if foreign is not None:
        return Remembered(grids=grids, closed=closed, foreign=(foreign,))
    place = Location(file=str(folder.grids))
    lost = check_key(folder)
    state = tuple(_tell_state(grids, closed, session, inputs.session, folder.final))
    return Remembered(
        grids=grids,
        closed=closed,
        reused=tuple(check_numbers(grids, session, file)),
        state=state,
        key=() if lost is None else (lost,),
        notices=(
            *state,
            *tell_interrupted(folder),
            *check_grids(grids, referential, session, place),
        ),
    )


def _tell_state(
    grids: GridRecord, closed: ClosedSession | None, session: Session, file: Path, final: Path
) -> list[Problem]:
    """Return the problems that say that the session is closed, or was postponed."""
    if closed is not None:
        return [kinds.SESSION_CLOSED.at(Location(file=str(final)), closed=closed.moment)]
    former = grids.session
    if former is None or former.date == session.date or former.date is None:
        return []
    now = f"{session.date:%d/%m/%Y}" if session.date else "sans date"
    place = Location(file=str(file), sheet="Session")
    return [kinds.SESSION_POSTPONED.at(place, former=f"{former.date:%d/%m/%Y}", now=now)]
