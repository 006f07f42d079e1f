"""Finding the files that came back: in folders at any depth, and in zips.

Nothing is extracted to disk and no file is changed. What is no grid is found like the rest, so that
it is named when it is read; only what systems and applications leave behind is passed over.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.problems import Kind, Location, Problem
from sheetgen.problems.returns import (
    ARCHIVE_DAMAGED,
    ARCHIVE_PROTECTED,
    ARCHIVE_TOO_DEEP,
    ARCHIVE_TOO_LARGE,
    ARCHIVE_UNSAFE_NAME,
    FILE_TOO_LARGE,
    UNREADABLE_FILE,
)
from sheetgen.returns.inflate import (
    BrokenEntryError,
    OversizeEntryError,
    inflate,
    is_encrypted,
    is_plain,
    read_table,
)
from sheetgen.returns.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_ENTRIES,
    ARCHIVE_INFLATED_BYTES,
    FILE_BYTES,
    MEBIBYTE,
    RATIO,
    RATIO_FROM_BYTES,
)
from sheetgen.returns.packages import is_archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r", "ehthumbs.db"})
_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip")
_DEEPEST = 2


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
        """Its bytes.

        Raises:
            UnreadableFileError: the file is no longer what was found.
        """
        if self.entries:
            return _read_member(self.path, self.entries)
        return _read_file(self.path, FILE_BYTES)


def find_returns(paths: Sequence[Path]) -> tuple[list[FoundFile], list[Problem]]:
    """Every file under the paths, by name, and what could not be read of them.

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
        unique = name if shared[name] == 1 else path.as_posix()
        try:
            found += _found(unique, path, problems)
        except UnreadableFileError as refusal:
            problems.append(refusal.at(unique))
    _cached_archive.cache_clear()
    return sorted(found, key=lambda file: file.name), problems


def _walk(base: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Name and path of each file under a path that was given."""
    if base.is_dir():
        yield from _walk_folder(base, base, set(), problems)
    elif base.is_file():
        yield base.name, base
    else:
        reason = "ce chemin n'existe pas" if not base.exists() else "ce n'est pas un fichier"
        problems.append(UNREADABLE_FILE.at(Location(file=base.as_posix()), reason=reason))


def _walk_folder(
    base: Path, folder: Path, seen: set[Path], problems: list[Problem]
) -> Iterator[tuple[str, Path]]:
    real = folder.resolve()
    if real in seen:
        return
    seen.add(real)
    try:
        children = sorted(folder.iterdir())
    except OSError as error:
        name = folder.relative_to(base).as_posix()
        problems.append(UNREADABLE_FILE.at(Location(file=name), reason=_why(error)))
        return
    for child in children:
        name = child.relative_to(base).as_posix()
        if _is_left_behind(child.name):
            continue
        if child.is_dir():
            yield from _walk_folder(base, child, seen, problems)
        elif child.is_file():
            yield name, child
        else:
            reason = "ce n'est pas un fichier ordinaire"
            problems.append(UNREADABLE_FILE.at(Location(file=name), reason=reason))


def _is_left_behind(name: str) -> bool:
    """Whether a system or an application left this, and no person sent it."""
    folded = name.casefold()
    if folded.startswith(("~$", "._", ".~lock.")) or folded in _LEFT_BEHIND:
        return True
    return folded.startswith(".") and not folded.endswith(_ENDINGS)


def _found(name: str, path: Path, problems: list[Problem]) -> Iterator[FoundFile]:
    """The file, or what it contains if it is an archive."""
    if _is_archive_file(path):
        yield from _Archive(name, path, problems).members()
        return
    data = _read_file(path, FILE_BYTES)
    yield FoundFile(name=name, path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def _is_archive_file(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(b"PK"):
                return False
        with zipfile.ZipFile(path) as archive:
            return is_archive(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if path.suffix.lower() != ".zip":
            return False
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason="sa table est illisible") from error
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=_why(error)) from error


def _read_file(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise UnreadableFileError(
                FILE_TOO_LARGE, found=-(-size // MEBIBYTE), limit=limit // MEBIBYTE
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=_why(error)) from error


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "l'accès en est refusé"
    if isinstance(error, FileNotFoundError):
        return "il n'existe plus"
    return error.strerror or type(error).__name__


class _Archive:
    """One archive on disk: its members and those of the archives inside, within limits."""

    def __init__(self, name: str, path: Path, problems: list[Problem]) -> None:
        self._name = name
        self._path = path
        self._problems = problems
        self._entries = 0
        self._inflated = 0

    def members(self) -> list[FoundFile]:
        """What the archive contains; nothing at all when it exceeds the limits.

        Raises:
            UnreadableFileError: it cannot be opened, or exceeds the limits.
        """
        found = list(self._members(self._name, "", ()))
        names = Counter[str]()
        for place, file in enumerate(found):
            names[file.name] += 1
            if names[file.name] > 1:
                found[place] = replace(file, name=f"{file.name} ({names[file.name]})")
        return found

    def _members(self, name: str, inside: str, entries: tuple[int, ...]) -> Iterator[FoundFile]:
        data, table = _open_archive(self._path, entries)
        self._count(table)
        for place, entry in enumerate(table):
            member = _member_name(entry)
            full = f"{name}!/{member}"
            if _is_unsafe(member):
                self._problems.append(ARCHIVE_UNSAFE_NAME.at(Location(file=full)))
            elif not entry.is_dir() and not any(map(_is_left_behind, member.split("/"))):
                try:
                    content = _inflate(data, entry)
                except UnreadableFileError as refusal:
                    self._problems.append(refusal.at(full))
                    continue
                if not _is_archive_bytes(content):
                    yield FoundFile(
                        name=full,
                        path=self._path,
                        member=inside + member,
                        entries=(*entries, place),
                        sha256=hashlib.sha256(content).hexdigest(),
                        size=len(content),
                    )
                elif len(entries) + 1 < _DEEPEST:
                    yield from self._members(full, f"{inside}{member}!/", (*entries, place))
                else:
                    self._problems.append(ARCHIVE_TOO_DEEP.at(Location(file=full)))

    def _count(self, table: Sequence[zipfile.ZipInfo]) -> None:
        """Refuses the archive when what it and those inside announce exceeds the limits.

        No entry inflates beyond what it announces (`inflate`), so adding that up is enough.
        """
        packed = sum(entry.compress_size for entry in table)
        inflated = sum(entry.file_size for entry in table)
        self._entries += len(table)
        self._inflated += inflated
        if self._entries > ARCHIVE_ENTRIES:
            what, limit = f"{self._entries} fichiers", f"{ARCHIVE_ENTRIES} fichiers"
        elif self._inflated > ARCHIVE_INFLATED_BYTES:
            what = f"{self._inflated // MEBIBYTE} Mo une fois décompressés"
            limit = f"{ARCHIVE_INFLATED_BYTES // MEBIBYTE} Mo"
        elif inflated > max(RATIO_FROM_BYTES, RATIO * packed):
            what = f"des fichiers comprimés {inflated // max(1, packed)} fois"
            limit = f"{RATIO} fois"
        else:
            return
        raise UnreadableFileError(ARCHIVE_TOO_LARGE, what=what, limit=limit)


def _is_unsafe(member: str) -> bool:
    parts = member.split("/")
    return ".." in parts or not parts[0] or ":" in parts[0]


def _member_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name as its maker wrote it: UTF-8, or else the code page of French Windows."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        encoded = entry.orig_filename.encode("cp437", "replace")
        try:
            name = encoded.decode("utf-8")
        except UnicodeDecodeError:
            name = encoded.decode("cp850")
    return name.partition("\0")[0].replace("\\", "/")


def _is_archive_bytes(data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    try:
        return is_archive([entry.filename for entry in read_table(data)])
    except BrokenEntryError:
        return False


def _inflate(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    if is_encrypted(entry):
        raise UnreadableFileError(ARCHIVE_PROTECTED)
    if not is_plain(entry):
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason="sa compression est inconnue")
    if entry.file_size > FILE_BYTES:
        found = -(-entry.file_size // MEBIBYTE)
        raise UnreadableFileError(FILE_TOO_LARGE, found=found, limit=FILE_BYTES // MEBIBYTE)
    try:
        return inflate(data, entry, entry.file_size)
    except BrokenEntryError as error:
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason=error.reason) from error
    except OversizeEntryError as error:
        reason = f"« {entry.filename} » est plus grand qu'annoncé"
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason=reason) from error


def _read_member(path: Path, entries: tuple[int, ...]) -> bytes:
    data, table = _open_archive(path, entries[:-1])
    if entries[-1] >= len(table):
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason="son contenu a changé depuis")
    return _inflate(data, table[entries[-1]])


_Opened = tuple[bytes, list[zipfile.ZipInfo]]


def _open_archive(path: Path, entries: tuple[int, ...]) -> _Opened:
    """The bytes and the table of an archive on disk, or of the one at a place inside it."""
    try:
        stamp = path.stat()
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=_why(error)) from error
    return _cached_archive(path, entries, (stamp.st_mtime_ns, stamp.st_size))


@lru_cache(maxsize=2)
def _cached_archive(
    path: Path,
    entries: tuple[int, ...],
    stamp: tuple[int, int],  # noqa: ARG001 - what tells one content of a path from the next
) -> _Opened:
    data = _read_member(path, entries) if entries else _read_file(path, ARCHIVE_BYTES)
    try:
        return data, read_table(data)
    except BrokenEntryError as error:
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason=error.reason) from error
