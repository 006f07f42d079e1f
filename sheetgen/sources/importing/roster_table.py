"""A roster as whoever keeps it exports it: CSV or spreadsheet, as rows of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Problem, importing
from sheetgen.sources.importing.delimited import decode, find_separator, read_records
from sheetgen.sources.importing.document import tidy
from sheetgen.sources.importing.recognise import read_bytes, told
from sheetgen.sources.importing.sheets import shown_text
from sheetgen.spreadsheet import (
    Moment,
    RawSheet,
    UnreadableWorkbookError,
    limits,
    read_workbook,
)
from sheetgen.spreadsheet.contained import ReadFile, read_alone

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 60.0
_MEMORY = 1 << 30
_BINARY = (b"PK", b"\xd0\xcf\x11\xe0")
_NO_TABLE = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<!doctype", b"<html", b"<?xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterSheet:
    """A table of texts.

    Attributes:
        name: of its sheet; empty in a CSV file.
        rows: each row's number in the file, from 1, and its cells.
        page: the code page that was told from the letters; empty where the file leaves no doubt.
    """

    name: str = ""
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """The tables of a roster's file."""

    sheets: tuple[RosterSheet, ...]


def read_roster_tables(data: bytes) -> RosterFile:
    """Return the tables of a file, empty rows left out.

    Raises:
        UnreadableWorkbookError: it is none that can be imported, or cannot be read.
    """
    if not data.strip():
        raise UnreadableWorkbookError(importing.FILE_EMPTY)
    if data.startswith(_BINARY):
        book = read_workbook(data)
        return RosterFile(sheets=tuple(_of_sheet(sheet) for sheet in book.sheets))
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(head.startswith(mark.lower()) for mark in _NO_TABLE):
        raise UnreadableWorkbookError(importing.NO_DOCUMENT, found="ni CSV ni classeur")
    decoded = decode(data)
    separator = find_separator(decoded.text, titled=True)
    if separator is None:
        raise UnreadableWorkbookError(importing.ROSTER_WITHOUT_SEPARATOR)
    rows = tuple(
        (number, cells)
        for number, record in enumerate(read_records(decoded.text, separator), start=1)
        if any(cells := tuple(map(tidy, record)))
    )
    return RosterFile(sheets=(RosterSheet(rows=rows, page=decoded.page),))


def _of_sheet(sheet: RawSheet) -> RosterSheet:
    rows = []
    for row in sheet.lines():
        width = max(sheet.row(row), default=-1) + 1
        cells = tuple(_text(sheet, row, column) for column in range(width))
        if any(cells):
            rows.append((row + 1, cells))
    return RosterSheet(name=sheet.name, rows=tuple(rows))


def _text(sheet: RawSheet, row: int, column: int) -> str:
    """Return a cell as a text; a date says by its order of year, month and day that it is one."""
    value = sheet.value(row, column)
    if isinstance(value, Moment) and value.day is not None:
        return value.day.isoformat()
    return tidy(shown_text(sheet, row, column))


_READ = ReadFile(read=read_roster_tables, answer=RosterFile)


def read_roster_file(path: Path) -> RosterFile | Problem:
    """Return the tables of a roster's file, or why it cannot be imported."""
    data = read_bytes(path, limits.FILE_BYTES)
    if isinstance(data, Problem):
        return data
    answer = read_alone(path, data, _READ, seconds=_SECONDS, memory=_MEMORY)
    return told(answer) if isinstance(answer, Problem) else answer
