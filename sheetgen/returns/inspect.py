"""Looking at a returned file's bytes before anything opens it.

Readers trust what a file says of itself: sizes, counts, addresses. Those are checked first, within
bounded memory, so that a reader is given only what it can read; the addresses of .xlsx are left to
`raw.read_fully`, since a shorter road needs no such check. A file's nature is told by its content,
never by its name.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from sheetgen.grids.biff import BinarySheet, BrokenRecordsError, LockedRecordsError, read_xls
from sheetgen.grids.compound import SIGNATURE, BrokenCompoundError, CompoundFile
from sheetgen.grids.extent import too_far
from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError, cell_address
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    ARCHIVE_UNSUPPORTED,
    DAMAGED_WORKBOOK,
    EMPTY_FILE,
    FAR_CELL,
    MISNAMED_FORMAT,
    NOT_A_WORKBOOK,
    PASSWORD_PROTECTED,
)
from sheetgen.returns.packages import inspect_package

_ENDINGS = frozenset(f".{form.value}" for form in SpreadsheetFormat)

_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"RIFF", "image ou son"),
    (b"{\\rtf", "RTF"),
)
_OTHER_ARCHIVES = (
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
_OTHER_COMPOUNDS = (
    ("WordDocument", "Word"),
    ("PowerPoint Document", "PowerPoint"),
    ("__properties_version1.0", "message Outlook"),
)


def inspect_workbook(data: bytes) -> SpreadsheetFormat:
    """The real format of a workbook that is safe to open.

    Raises:
        UnreadableWorkbookError: it is no workbook, or not one to open.
    """
    if not data:
        raise UnreadableWorkbookError(EMPTY_FILE)
    if data.startswith(SIGNATURE):
        _inspect_compound(data)
        return SpreadsheetFormat.XLS
    if data.startswith(b"PK"):
        return inspect_package(data)
    for mark, found in _OTHER_ARCHIVES:
        if data.startswith(mark):
            raise UnreadableWorkbookError(ARCHIVE_UNSUPPORTED, found=found)
    raise UnreadableWorkbookError(NOT_A_WORKBOOK, found=_name_content(data))


def check_ending(file: str, form: SpreadsheetFormat) -> list[Problem]:
    """A warning when a file's name says another format than its content is in."""
    ending = PurePosixPath(file).suffix.lower()
    if ending == f".{form.value}":
        return []
    return [
        MISNAMED_FORMAT.at(
            Location(file=file),
            ending=f"« {ending} »" if ending else "aucune extension",
            found=f".{form.value}",
        )
    ]


def _name_content(data: bytes) -> str:
    for mark, found in _OTHER_FILES:
        if data.startswith(mark):
            return found
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"excel.sheet" in head:
        return "XML d'Excel 2003"
    if head.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    if head.startswith(b"<"):
        return "XML"
    if b"\0" in data[:4096]:
        return "inconnu"
    return "texte ou CSV"


def _inspect_compound(data: bytes) -> None:
    try:
        compound = CompoundFile(data)
        names = compound.names
        if "EncryptedPackage" in names:
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        stream = compound.stream("Workbook", "Book")
        if stream is None:
            found = next((found for mark, found in _OTHER_COMPOUNDS if mark in names), "inconnu")
            raise UnreadableWorkbookError(NOT_A_WORKBOOK, found=found)
        for sheet in read_xls(stream):
            _check_extent(sheet)
    except LockedRecordsError as locked:
        raise UnreadableWorkbookError(PASSWORD_PROTECTED) from locked
    except (BrokenCompoundError, BrokenRecordsError) as broken:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=broken.reason) from broken


def _check_extent(sheet: BinarySheet) -> None:
    for rows, columns in (sheet.extent, sheet.declared):
        if too_far(rows, columns):
            raise UnreadableWorkbookError(
                FAR_CELL,
                sheet.name,
                cell_address(rows - 1, columns - 1),
                found=f"ligne {rows}, colonne {columns}",
            )
