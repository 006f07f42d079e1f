"""Files that came back, on disk: which to pass over, which are archives, and their bytes."""

from __future__ import annotations

import struct
import zipfile
from os import SEEK_END
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.problems.returns import ARCHIVE_DAMAGED, FILE_TOO_LARGE, UNREADABLE_FILE
from sheetgen.returns.strangers import outside_packages
from sheetgen.spreadsheet import UnreadableWorkbookError, is_archive
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path

_LEFT_BEHIND = frozenset(
    {
        "thumbs.db", "desktop.ini", "__macosx", "icon\r", "ehthumbs.db", "$recycle.bin", "@eadir",
        "#recycle", "system volume information",
    }
)  # fmt: skip
_IN_ICLOUD = ".icloud"
_SHORTEST = len(_IN_ICLOUD) + 1
_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip")


class UnreadableFileError(UnreadableWorkbookError):
    """A file whose bytes cannot be had, and the problem to say so with."""


def is_left_behind(name: str) -> bool:
    """Return whether a system or an application left this, and no person sent it."""
    folded = name.casefold()
    if folded.startswith(("~$", "._", ".~lock.")) or folded in _LEFT_BEHIND:
        return True
    if folded.startswith("~") and folded.endswith(".tmp"):
        return True
    placeholder = placeholder_of(name)
    if placeholder is not None:
        return is_left_behind(placeholder)
    return folded.startswith(".") and not folded.endswith(_ENDINGS)


def placeholder_of(name: str) -> str | None:
    """Return the name of the file that a name says is still in iCloud: `.a.xlsx.icloud`."""
    if name.startswith(".") and name.casefold().endswith(_IN_ICLOUD) and len(name) > _SHORTEST:
        return name[1 : -len(_IN_ICLOUD)]
    return None


def read_file(path: Path, limit: int) -> bytes:
    """Return the file's bytes.

    Raises:
        UnreadableFileError: it cannot be read, or is larger than the limit.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise UnreadableFileError(
                FILE_TOO_LARGE, found=-(-size // MEBIBYTE), limit=limit // MEBIBYTE
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=explain(error)) from error


def is_archive_file(path: Path) -> bool:
    """Return whether the file is an archive, by its content.

    Raises:
        UnreadableFileError: it cannot be read, or is named an archive and is damaged.
    """
    named = path.suffix.lower() == ".zip"
    try:
        with path.open("rb", buffering=0) as file:
            if not file.read(4).startswith(b"PK"):
                return False
            if not named and _begins_with_part(file):
                return False
        with zipfile.ZipFile(path) as archive:
            return is_archive(outside_packages(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if not named:
            return False
        raise UnreadableFileError(ARCHIVE_DAMAGED, reason="sa table est illisible") from error
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=explain(error)) from error


_END = struct.Struct("<4s8x2IH")
_LOCATOR = struct.Struct("<4s16x")
_ENTRY = struct.Struct("<4s24xH16x")
_LONGEST_PART = 64


def _begins_with_part(file: FileIO) -> bool:
    """Return whether the table of a zip begins with a part of a document; then it is no archive.

    True for what nearly all applications write, at a third of the time that reading the whole table
    takes. False too where the table is not just before the zip's end.
    """
    end = file.seek(0, SEEK_END) - _END.size
    file.seek(max(0, end - _LOCATOR.size))
    tail = file.read(_LOCATOR.size + _END.size)
    if len(tail) != _LOCATOR.size + _END.size:
        return False
    sign, size, start, comment = _END.unpack(tail[_LOCATOR.size :])
    large = tail.startswith(b"PK\6\7")  # the table is elsewhere
    if sign != b"PK\5\6" or comment or start + size != end or large:
        return False
    file.seek(start)
    entry = file.read(_ENTRY.size + _LONGEST_PART)
    if len(entry) < _ENTRY.size or not entry.startswith(b"PK\1\2"):
        return False
    _, length = _ENTRY.unpack_from(entry)
    name = entry[_ENTRY.size : _ENTRY.size + length]
    if not name.isascii() or b"\0" in name or length > _LONGEST_PART:
        return False
    return not is_archive(outside_packages([name.decode()]))
