"""Noting that a command is about to change a session's folder, until it has done so whole.

A command that is killed, or stopped by a full disk, leaves each file as it was or as it was to be;
its note, which stays, says that the folder is between two states.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.files import remove_drafts, write_whole
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.problems import frozen as closing_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sheetgen.jury.closings import Closings
    from sheetgen.session_folder.paths import SessionFolder

_NOTED = ("generate", "consolidate")
"""The commands that are noted; a closing keeps notes of its own."""

_UNFINISHED = frozenset({kinds.FILE_NOT_WRITTEN.code})


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
            problems.append(kinds.RUN_RESUMED.at(location, command=self.command))
        before = len(problems)
        write_whole(path, f"{json.dumps({'there': sorted(self.there)})}\n".encode())
        yield
        if not any(item.code in _UNFINISHED for item in problems[before:]):
            path.unlink()


def tell_interrupted(folder: SessionFolder, besides: str = "") -> Iterator[Problem]:
    """Yield a problem for each command that has not changed the folder whole.

    Args:
        folder: the session's.
        besides: the command that says so, and does its work again.
    """
    for command in _NOTED:
        if command != besides and _path(folder, command).exists():
            yield kinds.RUN_INTERRUPTED.at(Location(file=str(folder.root)), command=command)
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
        yield told_reopening(closing_kinds.REOPENING_UNFINISHED, folder.final, asked)
    elif closings.unfinished:
        yield closing_kinds.CLOSING_CUT_SHORT.at(place)
    if closings.published < version:
        yield closing_kinds.CLOSING_NOT_COPIED.at(place)
    elif version:
        yield from _tell_lacking(closings, version, folder.final)
    elif (folder.final / DECISIONS).exists():
        yield closing_kinds.CLOSING_NOT_COMPARED.at(place)


def _tell_lacking(closings: Closings, version: int, final: Path) -> Iterator[Problem]:
    """Say what `final/` lacks of the closing in force."""
    from sheetgen.jury.closings import UnreadableClosingError

    try:
        files = closings.read(version).files
    except UnreadableClosingError as error:
        yield error.problem
        return
    lacking = sum(not (final / file.path).exists() for file in files)
    if lacking:
        found = (
            f"il manque {lacking} fichier(s) dans son dossier"
            if final.exists()
            else "son dossier « final » n'est plus là"
        )
        yield closing_kinds.FINAL_LACKS_FILES.at(Location(file=str(final)), found=found)


def _path(folder: SessionFolder, command: str) -> Path:
    return folder.private / "unfinished" / f"{command}.json"


def _read_there(path: Path) -> frozenset[str] | None:
    """Return the note of an earlier run; None if there is none, or it cannot be read."""
    try:
        return frozenset(map(str, json.loads(path.read_text(encoding="utf-8"))["there"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
