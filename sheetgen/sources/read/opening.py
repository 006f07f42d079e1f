"""Opening a source workbook: its sheets as plain cells, or the one reason why it cannot be read.

The file is looked at before openpyxl sees it: signature, really inflated size, document types.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, cast

from sheetgen.problems import Kind, Location, Problem
from sheetgen.problems import sources as kinds
from sheetgen.sources.read.merges import find_spans, spread_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 200
_LAST_ROW = 1_048_576
_MAXIMUM_BYTES = 50_000_000
_MAXIMUM_PARTS = 2_000
_CHUNK = 1 << 16
_REASONS: Mapping[type[Exception], str] = {
    IsADirectoryError: "c'est un dossier",
    PermissionError: "accès refusé",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAIN_PART = "xl/workbook.xml"
_STRICT = b"purl.oclc.org/ooxml"
_DOCUMENT_TYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell as it was written.

    Attributes:
        value: text, number, bool, date, time, duration; None for a blank. The text of a formula or
            of an error, when it is one.
        kind: `f` for a formula, `e` for an error, else what openpyxl says.
        number_format: Excel's, empty for a blank.
    """

    reference: str
    value: object = None
    kind: str = "n"
    number_format: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether nothing but spaces is written there."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet's rows that hold something: row number, then the non-blank cells by column number.

    `stray` is the first cell found beyond the largest row or column that is read.
    """

    name: str
    rows: Mapping[int, Mapping[int, SourceCell]]
    stray: str | None = None


def column_letter(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class _OpenpyxlCell(Protocol):
    """The attributes of openpyxl's read-only cells, blank ones included."""

    value: object
    data_type: str
    number_format: str | None


class _OpenpyxlSheet(Protocol):
    """The attributes of openpyxl's read-only sheets; published types describe the other mode."""

    title: str
    _worksheet_path: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_row: int) -> Iterable[Iterable[_OpenpyxlCell]]: ...


class _RefusedError(Exception):
    """The file cannot be read, for the reason that `kind` and `values` say."""

    def __init__(self, kind: Kind, **values: object) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.values = values


def read_workbook(path: Path) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Return the workbook's sheets; none, and the reason, when it cannot be read."""
    try:
        data = _read_bytes(path)
        _look(data)
        return _load(data), []
    except _RefusedError as refusal:
        return (), [refusal.kind.at(Location(file=path.as_posix()), **refusal.values)]


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MAXIMUM_BYTES + 1)
    except FileNotFoundError as reason:
        raise _RefusedError(kinds.FILE_MISSING) from reason
    except (OSError, ValueError) as reason:
        words = _REASONS.get(type(reason), "erreur de lecture")
        raise _RefusedError(kinds.FILE_UNREADABLE, reason=words) from reason
    if len(data) > _MAXIMUM_BYTES:
        raise _RefusedError(kinds.FILE_TOO_LARGE, limit=_MAXIMUM_BYTES // 1_000_000)
    return data


def _look(data: bytes) -> None:
    """Refuse what openpyxl should not be given.

    Raises:
        _RefusedError: with the reason.
    """
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _RefusedError(kinds.FILE_ENCRYPTED)
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="ancien format Excel .xls")
    if not data:
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="fichier vide")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_inside(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as reason:
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="fichier abîmé") from reason


def _look_inside(archive: zipfile.ZipFile) -> None:
    names = [info.filename.casefold() for info in archive.infolist()]
    if "mimetype" in names and "content.xml" in names:
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="format OpenDocument .ods")
    if "xl/workbook.bin" in names:
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="format Excel binaire .xlsb")
    if "[content_types].xml" not in names:
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="ce n'est pas un classeur")
    if len(names) > _MAXIMUM_PARTS or len(set(names)) < len(names):
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="fichier abîmé")
    inflated = 0
    for info in archive.infolist():
        for chunk in _chunks(archive, info):
            inflated += len(chunk)
            if inflated > _MAXIMUM_BYTES:
                raise _RefusedError(kinds.FILE_TOO_LARGE, limit=_MAXIMUM_BYTES // 1_000_000)
    if _MAIN_PART in archive.namelist() and _STRICT in archive.read(_MAIN_PART):
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="format « Strict Open XML »")


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the part's content, really inflated.

    A document type, which no workbook needs, is refused.
    """
    is_xml = info.filename.casefold().endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            seen = tail + chunk
            if is_xml and any(mark in seen for mark in _DOCUMENT_TYPES):
                raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="contenu suspect")
            tail = seen[-32:]
            yield chunk


def _load(data: bytes) -> tuple[Sheet, ...]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import; most commands need it late

    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep (extensions, odd dates) is nothing that is read here.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return tuple(
                    _read_sheet(cast("_OpenpyxlSheet", sheet), archive) for sheet in book.worksheets
                )
    except Exception as reason:  # a damaged part makes openpyxl raise anything at all
        raise _RefusedError(kinds.FILE_NOT_WORKBOOK, reason="contenu illisible") from reason


def _read_sheet(sheet: _OpenpyxlSheet, archive: zipfile.ZipFile) -> Sheet:
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    rows: dict[int, dict[int, SourceCell]] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW), start=1):
        cells: dict[int, SourceCell] = {}
        for column, source in enumerate(row, start=1):
            if source.value is None:
                continue
            cell = SourceCell(
                reference=f"{column_letter(column)}{number}",
                value=source.value,
                kind=source.data_type,
                number_format=str(source.number_format or ""),
            )
            if cell.is_blank:
                continue
            if number > MAXIMUM_ROWS or column > MAXIMUM_COLUMNS:
                return Sheet(name=sheet.title, rows=rows, stray=cell.reference)
            cells[column] = cell
        if cells:
            rows[number] = cells
    part = archive.read(sheet._worksheet_path)  # noqa: SLF001 - openpyxl does not publish it
    spread_spans(rows, find_spans(part), _moved)
    return Sheet(name=sheet.title, rows=rows)


def _moved(cell: SourceCell, column: int, row: int) -> SourceCell:
    return replace(cell, reference=f"{column_letter(column)}{row}")
