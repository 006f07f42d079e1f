"""Zips that came back: what they contain, within limits, and the bytes of each member.

Members are read in memory, where they are; nothing is ever extracted to disk.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    ARCHIVE_DAMAGED,
    ARCHIVE_EMPTY,
    ARCHIVE_NAME_TWICE,
    ARCHIVE_PROTECTED,
    ARCHIVE_TOO_DEEP,
    ARCHIVE_TOO_LARGE,
    ARCHIVE_UNSAFE_NAME,
    FILE_TOO_LARGE,
    NOT_DOWNLOADED,
    UNPACKED_WORKBOOK,
    UNREADABLE_FILE,
)
from sheetgen.returns.files import (
    UnreadableFileError,
    is_left_behind,
    placeholder_of,
    read_file,
)
from sheetgen.returns.strangers import is_part, outside_packages, unpacked_in
from sheetgen.spreadsheet import is_archive
from sheetgen.spreadsheet.containers import (
    BrokenEntryError,
    OversizeEntryError,
    inflate,
    is_encrypted,
    is_plain,
    read_table,
)
from sheetgen.spreadsheet.limits import (
    ARCHIVE_BYTES,
    ARCHIVE_ENTRIES,
    ARCHIVE_INFLATED_BYTES,
    FILE_BYTES,
    MEBIBYTE,
    RATIO,
    RATIO_FROM_BYTES,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

_DEEPEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedFile:
    """A file inside an archive.

    Attributes:
        name: its path inside the archive, with `/`; what is in an archive inside follows `!/`.
        entries: the place of its entry in the archive, and in the one inside that.
        sha256: of its bytes, in hexadecimal.
        size: in bytes.
    """

    name: str
    entries: tuple[int, ...]
    sha256: str
    size: int


class Archive:
    """One archive on disk: its members and those of the archives inside, within limits.

    Attributes:
        problems: what cannot be read of it, member by member.
    """

    def __init__(self, name: str, path: Path) -> None:
        self.problems: list[Problem] = []
        self._name = name
        self._path = path
        self._entries = 0
        self._inflated = 0

    def members(self) -> list[ArchivedFile]:
        """Return what the archive contains; two of one name are told apart by a number.

        Raises:
            UnreadableFileError: it cannot be opened, or exceeds the limits: nothing of it counts.
        """
        found = self._told_if_empty("", (), self._name)
        names = Counter(member.name for member in found)
        used, seen = set(names), set[str]()
        for place, member in enumerate(found):
            if member.name not in seen:
                seen.add(member.name)
                continue
            unique = free_name(member.name, used)
            used.add(unique)
            found[place] = replace(member, name=unique)
            self.problems.append(
                ARCHIVE_NAME_TWICE.at(
                    Location(file=f"{self._name}!/{member.name}"),
                    count=names[member.name],
                    found=unique,
                )
            )
        return found

    def _told_if_empty(
        self, inside: str, entries: tuple[int, ...], name: str
    ) -> list[ArchivedFile]:
        """Return what an archive contains; note a problem where nothing is read or refused."""
        known, counted = len(self.problems), self._entries
        found = list(self._members(inside, entries))
        if not found and len(self.problems) == known:
            others = ", mais seulement des dossiers ou des fichiers du système"
            what = others if self._entries > counted else ""
            self.problems.append(ARCHIVE_EMPTY.at(Location(file=name), what=what))
        return found

    def _members(self, inside: str, entries: tuple[int, ...]) -> Iterator[ArchivedFile]:
        data, table = _open_archive(self._path, entries)
        self._count(table)
        unpacked = unpacked_in([_written_name(entry) for entry in table])
        for folder in unpacked:
            self._refuse_unpacked(f"{self._name}!/{inside}{folder}".rstrip("/"))
        for place, entry in enumerate(table):
            written = _written_name(entry)
            name = inside + written
            location = Location(file=f"{self._name}!/{name}")
            placeholder = placeholder_of(PurePosixPath(written).name)
            if _is_unsafe(written):
                self.problems.append(ARCHIVE_UNSAFE_NAME.at(location))
            elif entry.is_dir() or any(map(is_left_behind, written.split("/"))):
                continue
            elif placeholder is not None:
                self.problems.append(NOT_DOWNLOADED.at(location, found=f"« {placeholder} »"))
            elif not is_part(written, unpacked):
                try:
                    content = _inflate(data, entry)
                except UnreadableFileError as refusal:
                    self.problems.append(refusal.at(location.file))
                    continue
                here = (*entries, place)
                if not _is_archive_bytes(content):
                    sha256 = hashlib.sha256(content).hexdigest()
                    yield ArchivedFile(name=name, entries=here, sha256=sha256, size=len(content))
                elif len(here) < _DEEPEST:
                    yield from self._told_if_empty(f"{name}!/", here, location.file)
                else:
                    self.problems.append(ARCHIVE_TOO_DEEP.at(location))

    def _refuse_unpacked(self, folder: str) -> None:
        self.problems.append(UNPACKED_WORKBOOK.at(Location(file=folder), found="dans une archive"))

    def _count(self, table: Sequence[zipfile.ZipInfo]) -> None:
        """Refuse the archive when what it and those inside announce exceeds the limits.

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


def free_name(name: str, used: Collection[str]) -> str:
    """Return the name with the first number that no used one has: « a.xlsx (2) »."""
    number = 2
    while (numbered := f"{name} ({number})") in used:
        number += 1
    return numbered


def _is_unsafe(member: str) -> bool:
    parts = member.split("/")
    return ".." in parts or not parts[0] or ":" in parts[0]


def _written_name(entry: zipfile.ZipInfo) -> str:
    """Return the entry's name as its maker wrote it.

    UTF-8, or else the code page of French Windows.
    """
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
        return is_archive(outside_packages(entry.filename for entry in read_table(data)))
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


def read_member(path: Path, entries: tuple[int, ...]) -> bytes:
    """Return the bytes of a member of an archive on disk.

    Raises:
        UnreadableFileError: it is no longer there, or no longer whole.
    """
    data, table = _open_archive(path, entries[:-1])
    if entries[-1] >= len(table):
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason="son contenu a changé depuis")
    return _inflate(data, table[entries[-1]])


def forget_archives() -> None:
    """Close the archives opened last, which are cached for the next member asked for."""
    _cached_archive.cache_clear()


_Opened = tuple[bytes, list[zipfile.ZipInfo]]


def _open_archive(path: Path, entries: tuple[int, ...]) -> _Opened:
    """Return the bytes and the table of an archive on disk, or of the one at a place inside it."""
    try:
        stamp = path.stat()
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=explain(error)) from error
    return _cached_archive(path, entries, (stamp.st_mtime_ns, stamp.st_size))


@lru_cache(maxsize=2)
def _cached_archive(
    path: Path,
    entries: tuple[int, ...],
    stamp: tuple[int, int],  # noqa: ARG001 - what tells one content of a path from the next
) -> _Opened:
    data = read_member(path, entries) if entries else read_file(path, ARCHIVE_BYTES)
    try:
        return data, read_table(data)
    except BrokenEntryError as error:
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason=error.reason) from error
