"""Finding the files that came back: in folders at any depth, and in zips.

Nothing is extracted to disk and no file is changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.problems import Kind, Location, Problem
from sheetgen.problems.returns import UNREADABLE_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class UnreadableFileError(Exception):
    """A file that cannot be read, and the problem to say so with."""

    def __init__(self, kind: Kind, **values: object) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.values = values

    def at(self, file: str) -> Problem:
        """The problem, for the file's name as the user knows it."""
        return self.kind.at(Location(file=file), **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file that came back; its content is read when asked for.

    Attributes:
        name: path under the folder given, with `/`; a zip's member follows `!/`.
        path: the file on disk, the archive for a member.
        member: the path inside the archive; None for a file on its own.
        sha256: of its bytes, in hexadecimal.
        size: in bytes.
    """

    name: str
    path: Path
    member: str | None = None
    sha256: str
    size: int

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            UnreadableFileError: the file is no longer what was found.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadableFileError(UNREADABLE_FILE, reason=error.strerror) from error


def find_returns(paths: Sequence[Path]) -> tuple[list[FoundFile], list[Problem]]:
    """Every file under the paths, by name, and what could not be read."""
    found: dict[Path, FoundFile] = {}
    problems: list[Problem] = []
    for base in paths:
        for path in sorted(base.rglob("*")) if base.is_dir() else [base]:
            if path.is_file() and not path.name.startswith((".", "~$")):
                data = path.read_bytes()
                name = path.relative_to(base).as_posix() if base.is_dir() else path.name
                found[path.resolve()] = FoundFile(
                    name=name, path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data)
                )
    return sorted(found.values(), key=lambda file: file.name), problems
