"""A school's own document, whatever its format: opened in a process that may die, by its bytes.

What is refused is said in the words of an import, with the way out: the readers of workbooks speak
of grids that come back.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sheetgen.problems import Kind, Location, Problem, importing, returns
from sheetgen.problems import source_files as file_kinds
from sheetgen.sources.importing.document import ReadDocument
from sheetgen.spreadsheet import UnreadableWorkbookError, containers, limits, read_workbook
from sheetgen.spreadsheet.contained import ReadFile, read_alone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SECONDS = 120.0
_MEMORY = 1 << 30
_ZIP, _PDF = b"PK", b"%PDF"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_PARTS = ("word/document.xml",)
_SIGNATURES = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"II*\0", "image TIFF"),
    (b"MM\0*", "image TIFF"),
    (b"7z\xbc\xaf", "archive 7z"),
    (b"Rar!", "archive RAR"),
    (b"\x1f\x8b", "archive gzip"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<fiches")


def read_imported(data: bytes, *, width: int = 0) -> ReadDocument:
    """Return the texts of a document; its format is known by its bytes.

    Args:
        data: of the file.
        width: the columns that whoever imports names, by which a table of text without headings is
            known; 0 where none are named.

    Raises:
        UnreadableWorkbookError: it is none that can be imported, or cannot be read.
    """
    if not data.strip():
        raise UnreadableWorkbookError(importing.FILE_EMPTY)
    if data.startswith(_PDF) or _PDF in data[:1024]:
        from sheetgen.sources.importing.pdf import read_pdf  # noqa: PLC0415 - an extra

        return read_pdf(data)
    if data.startswith(_ZIP):
        return _read_package(data)
    if data.startswith(_COMPOUND):
        return _read_workbook(data)
    found = next((name for mark, name in _SIGNATURES if data.startswith(mark)), "")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not found and head.startswith(_MARKUP):
        found = "page web" if b"html" in head[:15] else "XML"
    if found:
        raise UnreadableWorkbookError(importing.NO_DOCUMENT, found=found)
    from sheetgen.sources.importing.pasted import read_text  # noqa: PLC0415 - one format a file

    return read_text(data, width)


def _read_package(data: bytes) -> ReadDocument:
    names = {containers.part_key(name) for name in containers.Package(data).names}
    if any(part in names for part in _WORD_PARTS) or _names_word(data, names):
        from sheetgen.sources.importing.word import read_word  # noqa: PLC0415 - one format a file

        return read_word(data)
    return _read_workbook(data)


def _names_word(data: bytes, names: set[str]) -> bool:
    """Return whether a package whose parts have unusual names is a Word document."""
    types = "[content_types].xml"
    return types in names and b"wordprocessingml.document.main" in containers.Package(data).part(
        types
    )


def _read_workbook(data: bytes) -> ReadDocument:
    from sheetgen.sources.importing.sheet_notes import texts_beside  # noqa: PLC0415 - likewise
    from sheetgen.sources.importing.sheets import document_of_workbook  # noqa: PLC0415 - likewise

    return document_of_workbook(read_workbook(data), texts_beside(data))


_KINDS: Mapping[str, Kind] = {
    returns.PASSWORD_PROTECTED.code: importing.FILE_PROTECTED,
    returns.RIGHTS_MANAGED.code: importing.FILE_PROTECTED,
    returns.EMPTY_FILE.code: importing.FILE_EMPTY,
    returns.WORKBOOK_TOO_LARGE.code: importing.FILE_TOO_LARGE,
    returns.READING_TOO_LONG.code: importing.FILE_TOO_LARGE,
    returns.READING_TOO_HEAVY.code: importing.FILE_TOO_LARGE,
    returns.NOT_A_WORKBOOK.code: importing.NO_DOCUMENT,
    returns.OTHER_SPREADSHEET.code: importing.NO_DOCUMENT,
    returns.ARCHIVE_UNSUPPORTED.code: importing.NO_DOCUMENT,
}
"""How a refusal of a workbook is told of a document; every other says that it is damaged."""

_OWN = frozenset(kind.code for kind in vars(importing).values() if isinstance(kind, Kind))


def read_source(path: Path, width: int = 0) -> ReadDocument | Problem:
    """Return the texts of a file, or why it cannot be imported; `width` as for its reader."""
    data = read_bytes(path, limits.FILE_BYTES)
    if isinstance(data, Problem):
        return data
    how = ReadFile(read=partial(read_imported, width=width), answer=ReadDocument)
    answer = read_alone(path, data, how, seconds=_SECONDS, memory=_MEMORY)
    return told(answer) if isinstance(answer, Problem) else answer


def read_bytes(path: Path, most: int) -> bytes | Problem:
    """Return a file's bytes, or why it cannot be opened."""
    place = Location(file=path.as_posix())
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        return importing.FILE_ABSENT.at(place)
    except (OSError, ValueError) as error:
        words = "c'est un dossier" if isinstance(error, IsADirectoryError) else "accès refusé"
        return file_kinds.FILE_UNREADABLE.at(place, reason=words)
    if len(data) > most:
        size = f"plus de {most // limits.MEBIBYTE} Mo"
        return importing.FILE_TOO_LARGE.at(place, reason=size)
    return data


def told(problem: Problem) -> Problem:
    """Return the refusal of a file as it is told of an import."""
    if problem.code in _OWN:
        return problem
    kind = _KINDS.get(problem.code, importing.FILE_DAMAGED)
    said = problem.message.removesuffix(".")
    said = said.partition(" : ")[2] or said
    reason = said[:1].lower() + said[1:]
    found = reason.rpartition("un fichier ")[2]
    return kind.at(problem.location, reason=reason, found=found)
