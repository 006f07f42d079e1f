"""Finding the files that came back: in folders at any depth, and in zips.

Nothing is extracted to disk and no file is changed. What is no grid is found like the rest, so that
it is named when it is read; only what systems and applications leave behind is passed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems.isolating import isolated
from sheetgen.problems.returns import NOT_DOWNLOADED, UNPACKED_WORKBOOK, UNREADABLE_FILE
from sheetgen.returns.archives import (
    Archive,
    forget_archives,
    free_name,
    read_member,
)
from sheetgen.returns.files import (
    UnreadableFileError,
    is_archive_file,
    is_left_behind,
    placeholder_of,
    read_file,
)
from sheetgen.returns.strangers import is_apple_package, parts_among, with_advice
from sheetgen.spreadsheet.limits import FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file that came back; its content is read when asked for.

    Attributes:
        name: path under the folder given, with `/`; a zip's member follows `!/`.
        path: the file on disk, the outer archive for a member.
        member: the path inside the archive, as in `name`; None for a file on its own.
        entries: the place of its entry in the archive, and in the one inside that.
        sha256: of its bytes, in hexadecimal.
        size: in bytes.
    """

    name: str
    path: Path
    member: str | None = None
    entries: tuple[int, ...] = ()
    sha256: str
    size: int

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            UnreadableFileError: the file is no longer what was found.
        """
        if self.entries:
            return read_member(self.path, self.entries)
        return read_file(self.path, FILE_BYTES)


def find_returns(paths: Sequence[Path]) -> tuple[list[FoundFile], list[Problem]]:
    """Return every file under the paths, by name, and what could not be read of them.

    A file reached twice counts once. Two files of one name, under different paths, bear the whole
    path each.
    """
    problems: list[Problem] = []
    on_disk: dict[Path, tuple[str, Path]] = {}
    for name, path in sorted(item for base in paths for item in _walk(base, problems)):
        on_disk.setdefault(path.resolve(), (name, path))
    shared = Counter(name for name, _ in on_disk.values())
    found: list[FoundFile] = []
    for name, path in on_disk.values():
        unique = name if shared[name] == 1 else _shown(path)
        with isolated(problems, Location(file=unique)):
            try:
                found += _found(unique, path, problems)
            except UnreadableFileError as refusal:
                problems.append(with_advice(refusal.at(unique)))
    forget_archives()
    return _told_apart(sorted(found, key=lambda file: (file.name, file.sha256))), problems


def _told_apart(files: Sequence[FoundFile]) -> list[FoundFile]:
    """Give each file a name of its own: two may be shown alike, and returns are known by it."""
    used = {file.name for file in files}
    seen: set[str] = set()
    told: list[FoundFile] = []
    for file in files:
        name = file.name if file.name not in seen else free_name(file.name, used)
        used.add(name)
        seen.add(name)
        told.append(replace(file, name=name))
    return told


def _walk(base: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Name and path of each file under a path that was given."""
    waiting, seen = [base], set[Path]()
    while waiting:
        path = waiting.pop()
        name = _shown(path.relative_to(base) if path != base else path)
        try:
            placeholder = placeholder_of(path.name)
            if path.is_dir():
                real = path.resolve()
                if real not in seen:
                    seen.add(real)
                    waiting += _children(path, name, problems)
            elif placeholder is not None:
                found = f"« {_shown(Path(placeholder))} »"
                problems.append(NOT_DOWNLOADED.at(Location(file=name), found=found))
            elif path.is_file():
                yield name if path != base else _shown(Path(path.name)), path
            else:
                reason = "ce chemin n'existe pas"
                if path.exists():
                    reason = "ce n'est pas un fichier ordinaire"
                elif path.is_symlink():
                    reason = "ce lien ne mène nulle part"
                problems.append(UNREADABLE_FILE.at(Location(file=name), reason=reason))
        except OSError as error:
            problems.append(UNREADABLE_FILE.at(Location(file=name), reason=explain(error)))


def _children(folder: Path, name: str, problems: list[Problem]) -> list[Path]:
    """Yield what to look into in a folder; an unpacked workbook is told once.

    Raises:
        OSError: the folder cannot be read.
    """
    location = Location(file=name)
    if is_apple_package(folder.name):
        problems.append(UNPACKED_WORKBOOK.at(location, found="un document d'Apple"))
        return []
    children = sorted(folder.iterdir(), reverse=True)
    parts = parts_among([child.name for child in children])
    if parts:
        problems.append(UNPACKED_WORKBOOK.at(location, found=", ".join(sorted(parts)[:3])))
    return [
        child for child in children if child.name not in parts and not is_left_behind(child.name)
    ]


def _shown(path: Path) -> str:
    """Return the path with `/`, and without the bytes of a name that are no text."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _found(name: str, path: Path, problems: list[Problem]) -> Iterator[FoundFile]:
    """Yield the file, or what it contains if it is an archive."""
    if not is_archive_file(path):
        data = read_file(path, FILE_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        yield FoundFile(name=name, path=path, sha256=sha256, size=len(data))
        return
    archive = Archive(name, path)
    for member in archive.members():
        yield FoundFile(
            name=f"{name}!/{member.name}",
            path=path,
            member=member.name,
            entries=member.entries,
            sha256=member.sha256,
            size=member.size,
        )
    problems += archive.problems
