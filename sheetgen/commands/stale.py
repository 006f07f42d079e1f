"""Documents of a former run that are no longer made: removed if nobody changed them, else told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.session_folder.paths import WrittenFiles, set_aside, sha256

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from sheetgen.session_folder.paths import SessionFolder

_NUMBERED = re.compile(r"-\d+$")
"""Ends the name of a copy that was kept for what somebody wrote in it: that was told then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFiles:
    """The documents that sheetgen makes under one folder, known by their hash.

    Attributes:
        notes: what was written there.
        place: the folder.
        pattern: of the names of the files that are made there.
    """

    notes: WrittenFiles
    place: Path
    pattern: str = "*.docx"

    @classmethod
    def of(cls, session: SessionFolder, place: Path, pattern: str = "*.docx") -> MadeFiles:
        """Return the documents made in a folder of the session."""
        notes = WrittenFiles(record=session.private / "documents.json")
        return cls(notes=notes, place=place, pattern=pattern)

    def make_room(self, problems: list[Problem]) -> None:
        """Set aside what a person made of a document that is about to be made again.

        Raises:
            OSError: a file cannot be read or moved.
        """
        known = self.notes.digests(self._documents())
        for path, digest in known.items():
            kept = set_aside(path, digest)
            if kept is not None:
                place = Location(file=str(path))
                problems.append(kinds.CHANGED_FILE_KEPT.at(place, kept=kept.name))

    def note(self, written: Iterable[Path]) -> None:
        """Note documents as they have just been written.

        Raises:
            OSError: one cannot be read, or the notes not written.
        """
        self.notes.note({path: sha256(path.read_bytes()) for path in written if path.exists()})

    def remove_others(self, current: Collection[Path], problems: list[Problem]) -> None:
        """Remove the documents that are no longer made; tell those that somebody changed.

        Args:
            current: what this run made, or would have made.
            problems: gets a warning for each that stays.

        Raises:
            OSError: one cannot be read or removed.
        """
        kept = set(current)
        others = [path for path in self._documents() if path not in kept]
        known = self.notes.digests(others)
        for path in others:
            if known.get(path) == sha256(path.read_bytes()):
                path.unlink()
            elif path in known or not _NUMBERED.search(path.stem):
                problems.append(kinds.DOCUMENT_STALE.at(Location(file=str(path))))

    def _documents(self) -> Iterator[Path]:
        for path in sorted(self.place.rglob(self.pattern)):
            if path.is_file() and not path.name.startswith(("~$", ".")):
                yield path
