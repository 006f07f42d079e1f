"""Writing a command's files, and saying what stood in the way."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.folders import (
    SessionFolder,
    UnusableKeyError,
    Written,
    WrittenFiles,
    create_key,
    protect_key,
    read_key,
    write_unless_changed,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import files as kinds
from sheetgen.replacing import write_whole
from sheetgen.system_errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sheetgen.grids.identity import SigningKey


@dataclass(slots=True, kw_only=True)
class Writer:
    """Writes files one by one, noting what became of each."""

    force: bool
    written: list[tuple[Path, Written]]
    problems: list[Problem]

    def write(self, path: Path, data: bytes) -> None:
        """Writes one file, or says why it was left as it is."""
        try:
            outcome = write_unless_changed(path, data, force=self.force)
        except OSError as error:
            self.problems.append(
                kinds.FILE_NOT_WRITTEN.at(Location(file=str(path)), reason=explain(error))
            )
            return
        if outcome is Written.KEPT:
            self.problems.append(kinds.FILE_KEPT.at(Location(file=str(path))))
        self.written.append((path, outcome))

    def write_document(self, path: Path, render: Callable[[], bytes]) -> None:
        """Writes one Word document, or says why its template fails on these data."""
        from sheetgen.reports.render import RenderError

        try:
            data = render()
        except RenderError as error:
            self.problems.append(error.problem)
        else:
            self.write(path, data)

    def write_produced(self, path: Path, document: bytes | Problem) -> None:
        """Writes one document that was made before, or says why it could not be."""
        if isinstance(document, Problem):
            self.problems.append(document)
        else:
            self.write(path, document)

    def refresh(self, path: Path, data: bytes, notes: WrittenFiles) -> None:
        """Writes one file that follows from others, setting aside what a person made of it."""
        if path.exists() and path.read_bytes() == data:
            self.written.append((path, Written.UNCHANGED))
            return
        kept = notes.set_aside(path)
        if kept is not None:
            location = Location(file=str(path))
            self.problems.append(kinds.CHANGED_FILE_KEPT.at(location, kept=kept.name))
        outcome = Written.REPLACED if path.exists() else Written.CREATED
        write_whole(path, data)
        notes.remember(path)
        self.written.append((path, outcome))


def open_key(folder: SessionFolder, problems: list[Problem], *, create: bool) -> SigningKey | None:
    """The session's signing key, made if asked for; None with a problem where there is none."""
    location = Location(file=str(folder.key))
    try:
        key = read_key(folder.key)
        if key is None and create:
            key = create_key(folder.key)
        elif create:
            protect_key(folder.key)
    except UnusableKeyError:
        problems.append(kinds.KEY_UNUSABLE.at(location))
        return None
    except OSError as error:
        problems.append(kinds.FILE_NOT_WRITTEN.at(location, reason=explain(error)))
        return None
    if key is None:
        problems.append(kinds.KEY_MISSING.at(location))
    return key


@contextmanager
def locks_reported(problems: list[Problem], folder: Path) -> Iterator[None]:
    """A file that cannot be written, as when it is open in Excel, is a problem and no crash."""
    try:
        yield
    except OSError as error:
        # A draft that cannot take a file's place names that place second.
        name = str(error.filename2 or error.filename or folder)
        problems.append(kinds.FILE_NOT_WRITTEN.at(Location(file=name), reason=explain(error)))
