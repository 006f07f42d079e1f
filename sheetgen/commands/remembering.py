"""The folder of a session as earlier commands left it: what was made, and what was cut short.

The record of what was made is compared with the session as it is now. A command notes that it is
about to change the folder: one that is killed, or stopped by a full disk, leaves each file as it
was or as it was to be, and its note, which stays, says that the folder is between two states.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.commands.inputs import check_key
from sheetgen.files import remove_drafts, write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, files, frozen, made
from sheetgen.rules import grids_to_make
from sheetgen.session_folder import (
    ClosedSession,
    GridRecord,
    UnreadableRecordError,
    check_births,
    check_grids,
    check_numbers,
    check_same_session,
    check_seats,
    keep_group_codes,
    read_closed_session,
    read_grid_record,
)
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sheetgen.commands.inputs import Inputs
    from sheetgen.jury.closings import Closings
    from sheetgen.model import Referential, Session
    from sheetgen.session_folder import MadeGrid

_NOTED = ("generate", "consolidate")
"""The commands that are noted; a closing keeps notes of its own."""

_UNFINISHED = frozenset({files.FILE_NOT_WRITTEN.code})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """The note of a command on one session's folder.

    Attributes:
        there: grids that were there before it began, as paths from the session's folder.
    """

    folder: SessionFolder
    command: str
    there: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, folder: SessionFolder, command: str) -> ChangeNote:
        """Return the note of a command that is about to begin.

        What an earlier run that was cut short has made counts as not there: it is made by this one.
        """
        former = _read_there(_path(folder, command))
        grids = (path for path in folder.grids.rglob("*.xlsx") if not path.name.startswith("."))
        names = {path.relative_to(folder.root).as_posix() for path in grids}
        return cls(
            folder=folder,
            command=command,
            there=frozenset(names if former is None else names & former),
        )

    @contextmanager
    def kept(self, problems: list[Problem], places: Sequence[Path]) -> Iterator[None]:
        """Keep the note until everything is written; drafts of an earlier run are removed first.

        Args:
            problems: gets a note of an earlier run; one of a file that could not be written, found
                meanwhile, lets the note stay.
            places: the folders that the command writes to.

        Raises:
            OSError: the note cannot be written or removed; nothing may then be changed.
        """
        path = _path(self.folder, self.command)
        if path.exists():
            for place in (*places, self.folder.private):
                remove_drafts(place)
            location = Location(file=str(self.folder.root))
            problems.append(files.RUN_RESUMED.at(location, command=self.command))
        before = len(problems)
        write_whole(path, f"{json.dumps({'there': sorted(self.there)})}\n".encode())
        yield
        if not any(item.code in _UNFINISHED for item in problems[before:]):
            path.unlink()


def is_unfinished(folder: SessionFolder, command: str) -> bool:
    """Return whether a command has begun to change the folder, and is at it or was cut short."""
    return _path(folder, command).exists()


def lacks_files(folder: SessionFolder) -> bool:
    """Return whether `final/` lacks files of the closing in force that `finalize` would restore."""
    from sheetgen.jury.closings import Closings, UnreadableClosingError

    closings = Closings.of(folder)
    if not closings.versions:
        return False
    version = closings.versions[-1]
    kept = closings.files_of(version)
    try:
        # One that is not kept either was forgotten at its term, or is lost.
        return any((kept / path).exists() for path in _lacking(closings, version, folder.final))
    except UnreadableClosingError:
        return False


def tell_interrupted(folder: SessionFolder, besides: str = "") -> Iterator[Problem]:
    """Yield a problem for each command that has not changed the folder whole.

    Args:
        folder: the session's.
        besides: the command that says so, and does its work again.
    """
    for command in _NOTED:
        if command != besides and is_unfinished(folder, command):
            yield files.RUN_INTERRUPTED.at(Location(file=str(folder.root)), command=command)
    if folder.closings.is_dir() or folder.final.is_dir():
        yield from _tell_closing(folder)


def _tell_closing(folder: SessionFolder) -> Iterator[Problem]:
    """Say whether the last closing was cut short, and which state it left."""
    from sheetgen.jury.closings import DECISIONS, Closings, told_reopening, unfinished_reopening

    closings = Closings.of(folder)
    place = Location(file=str(folder.final))
    version = closings.versions[-1] if closings.versions else 0
    reopening = unfinished_reopening(closings, version)
    if reopening is not None:
        asked = reopening.asked[-1]
        yield told_reopening(frozen.REOPENING_UNFINISHED, folder.final, asked)
    elif closings.unfinished:
        yield frozen.CLOSING_CUT_SHORT.at(place)
    if closings.published < version:
        yield frozen.CLOSING_NOT_COPIED.at(place)
    elif version:
        yield from _tell_lacking(closings, version, folder.final)
    elif (folder.final / DECISIONS).exists():
        yield frozen.CLOSING_NOT_COMPARED.at(place)


def _tell_lacking(closings: Closings, version: int, final: Path) -> Iterator[Problem]:
    """Say what `final/` lacks of the closing in force."""
    from sheetgen.jury.closings import UnreadableClosingError

    try:
        lacking = len(_lacking(closings, version, final))
    except UnreadableClosingError as error:
        yield error.problem
        return
    if lacking:
        found = (
            f"il manque {lacking} fichier(s) dans son dossier"
            if final.exists()
            else "son dossier « final » n'est plus là"
        )
        yield frozen.FINAL_LACKS_FILES.at(Location(file=str(final)), found=found)


def _lacking(closings: Closings, version: int, final: Path) -> list[str]:
    """Return the files of a closing that are not in `final/`.

    Raises:
        UnreadableClosingError: the record of the closing cannot be read.
    """
    paths = (file.path for file in closings.read(version).files)
    return [path for path in paths if not (final / path).exists()]


def _path(folder: SessionFolder, command: str) -> Path:
    return folder.private / "unfinished" / f"{command}.json"


def _read_there(path: Path) -> frozenset[str] | None:
    """Return the note of an earlier run; None if there is none, or it cannot be read."""
    try:
        return frozenset(map(str, json.loads(path.read_text(encoding="utf-8"))["there"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The record of what was made for a session, and what is to be said of it now.

    Attributes:
        session: of now, its groups named as in the record; None where none could be read.
        grids: the record of grids.
        closed: the session as it was closed; None where it is not.
        foreign: why nothing may be done with the session: its folder is another one's.
        reused: numbers and codes that somebody else has now: no grid may be made.
        state: what `consolidate` says besides: that the session is closed, or was postponed; birth
            dates that are no longer those of the grids.
        key: that the signing key is lost, or cannot be used; commands that need it say so.
        asked: the grids on record that `generate` would make again.
        seats: what `generate` says besides: jurors who stand in and had grids of their own.
        notices: what `check` and `status` do: all that, and what became of grids.
    """

    session: Session | None = None
    grids: GridRecord = field(default_factory=GridRecord)
    closed: ClosedSession | None = None
    foreign: tuple[Problem, ...] = ()
    reused: tuple[Problem, ...] = ()
    state: tuple[Problem, ...] = ()
    key: tuple[Problem, ...] = ()
    asked: tuple[MadeGrid, ...] = ()
    seats: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


def remember(inputs: Inputs, referential: Referential, session: Session) -> Remembered:
    """Read what was made for the session and compare it with the session."""
    folder = SessionFolder.of(inputs.output, session)
    try:
        grids = read_grid_record(folder.made)
    except UnreadableRecordError as error:
        place = Location(file=str(folder.made))
        return Remembered(
            session=session, foreign=(made.RECORD_UNREADABLE.at(place, reason=error),)
        )
    session = keep_group_codes(session, grids)
    file = str(inputs.session)
    closed = read_closed_session(folder.final)
    foreign = check_same_session(grids.session, closed, session, file)
    if foreign is not None:
        return Remembered(session=session, grids=grids, closed=closed, foreign=(foreign,))
    place = Location(file=str(folder.grids))
    lost = check_key(folder)
    state = (
        *_tell_state(grids, closed, session, inputs.session, folder.final),
        *(check_births(grids, session, file) if closed is None else ()),
    )
    asked = grids_to_make(referential, session) if grids.grids else ()
    pairs = [(item.candidate, item.juror) for item in asked]
    seats = tuple(check_seats(grids, session, place))
    return Remembered(
        session=session,
        grids=grids,
        closed=closed,
        asked=tuple(grids.current[pair] for pair in pairs if pair in grids.current),
        seats=seats,
        reused=tuple(check_numbers(grids, session, file)),
        state=state,
        key=() if lost is None else (lost,),
        notices=(
            *state,
            *tell_interrupted(folder),
            *seats,
            *check_grids(grids, referential, session, asked, place),
        ),
    )


def _tell_state(
    grids: GridRecord, closed: ClosedSession | None, session: Session, file: Path, final: Path
) -> list[Problem]:
    """Return the problems that say that the session is closed, or was postponed."""
    if closed is not None:
        return [made.SESSION_CLOSED.at(Location(file=str(final)), closed=closed.moment)]
    former = grids.session
    if former is None or former.date == session.date or former.date is None:
        return []
    now = f"{session.date:%d/%m/%Y}" if session.date else "sans date"
    place = Location(file=str(file), sheet="Session")
    return [made.SESSION_POSTPONED.at(place, former=f"{former.date:%d/%m/%Y}", now=now)]
