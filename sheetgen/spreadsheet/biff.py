"""Binary records of .xls and .xlsb: where cells are, which hold formulas, which show errors.

Values are read by python-calamine (`binary`); this is what it does not show, and what must be known
before it is let near the file: how far the sheets stretch and whether their counts can be true.
Sources: [MS-XLS] 2.4, [MS-XLSB] 2.4.
"""

from __future__ import annotations

import struct
from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet.biff_cells import (
    is_whole_xls_cell,
    is_whole_xlsb_cell,
    is_whole_xlsb_text,
    read_xls_styles,
    read_xlsb_styles,
)
from sheetgen.spreadsheet.contents import Position, cell_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.spreadsheet.number_formats import NumberFormat

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_XLS_BEGINNINGS = frozenset({0x09, 0x209, 0x409, 0x809})
_XLS_MERGES, _XLS_IGNORED = 0xE5, 0x0FFF
_XLS_END, _XLS_PASSWORD, _XLS_SHEET, _XLS_TEXTS, _XLS_DIMENSION = 0x0A, 0x2F, 0x85, 0xFC, 0x200
_XLS_FORMULA, _XLS_SEVERAL, _XLS_TRUTH_OR_ERROR = 0x06, 0xBD, 0x205
_XLS_VALUES = frozenset({0xD6, 0xFD, 0x203, 0x204, 0x27E})
_XLS_STRING = 0x207
_XLS_AFTER_FORMULA = frozenset({_XLS_FORMULA, 0x3C, 0x221, 0x236, 0x4BC})
"""What may stand before a formula's text: the formula, and what else is said of it."""

_XLSB_LONG, _XLSB_SHORT, _XLSB_SHORTER = range(1, 12), range(12, 19), 11
_XLSB_TEXT, _XLSB_RICH = 6, 62
_XLSB_ROW, _XLSB_ERROR, _XLSB_FORMULA_ERROR, _XLSB_DIMENSION = 0, 3, 11, 148
_XLSB_SHARED, _XLSB_SHEET, _XLSB_TEXTS, _XLSB_MERGE = 19, 156, 159, 176


class BrokenRecordsError(Exception):
    """The records contradict themselves; `reason` is French, for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LockedRecordsError(Exception):
    """The records are encrypted."""


@dataclass(slots=True, kw_only=True)
class BinarySheet:
    """One sheet as its records tell; positions count from zero.

    Attributes:
        declared: rows and columns the sheet says it has, for which readers make room.
        filled: cells that hold something, each with the number of its style.
        styles: the styles that show no plain number.
        formulas: cells that hold a formula, whose text these records do not show plainly.
        zeroes: those among them whose result is the number 0.
        errors: cells that show an error.
        merged: corners of merged ranges.
    """

    name: str
    declared: Position = (0, 0)
    filled: dict[Position, int] = field(default_factory=dict)
    styles: Mapping[int, NumberFormat] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    zeroes: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    merged: list[tuple[Position, Position]] = field(default_factory=list)

    @property
    def extent(self) -> Position:
        """Return rows and columns up to the last filled cell."""
        rows = max((row for row, _ in self.filled), default=-1) + 1
        columns = max((column for _, column in self.filled), default=-1) + 1
        return rows, columns

    def shown(self, number: float, place: Position) -> str:
        """Return what a filled cell's style shows of a number, where that is another number."""
        style = self.styles.get(self.filled[place])
        return "" if style is None else style.shown(number)

    def fill(self, row: int, column: int, style: int) -> None:
        """Take note of a cell that holds something.

        Raises:
            BrokenRecordsError: it already did.
        """
        if (row, column) in self.filled:
            reason = (
                f"la cellule {cell_address(row, column)} de la feuille {self.name} y est deux fois"
            )
            raise BrokenRecordsError(reason)
        self.filled[row, column] = style

    def cut(self, row: int, column: int) -> BrokenRecordsError:
        """Return the refusal of a cell whose record does not hold what it announces."""
        where = cell_address(row, column)
        reason = f"la cellule {where} de la feuille {self.name} est incomplète"
        return BrokenRecordsError(reason)


def read_xls_records(stream: bytes) -> tuple[list[BinarySheet], bytes]:
    """Return the worksheets of a Workbook stream, and the stream without what is no cell of theirs.

    Excel keeps a chart's own copy of the cells that it draws inside the sheet that it stands in, as
    records like those of cells: the stream returned has others there, of the same length, which
    mean nothing to any reader.

    Raises:
        LockedRecordsError: encrypted.
        BrokenRecordsError: cut short, or a count that cannot be true.
    """
    masked = bytearray(stream)
    try:
        listed, texts = _xls_worksheets(stream)
        styles = read_xls_styles(_xls_globals(stream))
        sheets = [_read_xls_sheet(name, stream, start, masked, texts) for name, start in listed]
        for sheet in sheets:
            sheet.styles = styles
    except (struct.error, IndexError) as error:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason) from error
    return sheets, bytes(masked)


def _xls_records(stream: bytes, start: int = 0) -> Iterator[tuple[int, int, bytes]]:
    """Yield the offset, kind and body of each record."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        end = start + 4 + length
        if end > len(stream):
            msg = "un de ses enregistrements est coupé"
            raise BrokenRecordsError(msg)
        yield start, kind, stream[start + 4 : end]
        start = end


def _xls_globals(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record that is the workbook's own, before its sheets."""
    for _, kind, body in _xls_records(stream):
        if kind == _XLS_END:
            break
        yield kind, body


def _xls_worksheets(stream: bytes) -> tuple[list[tuple[str, int]], int]:
    """Return name and start of each worksheet, and how many shared texts there are."""
    found: list[tuple[str, int]] = []
    texts = 0
    for kind, body in _xls_globals(stream):
        if kind == _XLS_PASSWORD:
            raise LockedRecordsError
        if kind == _XLS_TEXTS:
            texts = int.from_bytes(body[4:8], "little")
            if texts * 3 > len(stream):
                msg = "il annonce plus de textes qu'il n'en contient"
                raise BrokenRecordsError(msg)
        if kind == _XLS_SHEET and body[5] == 0:
            start, length, wide = *struct.unpack_from("<I2xB", body), body[7] & 1
            encoded = body[8 : 8 + (length << wide)]
            name = encoded.decode("utf-16-le" if wide else "latin-1", "replace")
            found.append((name, start))
    return found, texts


def _read_xls_sheet(
    name: str, stream: bytes, start: int, masked: bytearray, texts: int
) -> BinarySheet:
    sheet = BinarySheet(name=name)
    depth = before = 0
    for place, kind, body in _xls_records(stream, start):
        if kind in _XLS_BEGINNINGS:
            depth += 1
        if depth > 1:
            struct.pack_into("<H", masked, place, _XLS_IGNORED)
        else:
            if kind == _XLS_STRING and before not in _XLS_AFTER_FORMULA:
                reason = f"un texte de la feuille {name} n'est celui d'aucune formule"
                raise BrokenRecordsError(reason)
            if not is_whole_xls_cell(kind, body, texts):
                raise sheet.cut(*struct.unpack_from("<HH", body))
            _read_xls_record(sheet, kind, body)
            before = kind
        if kind == _XLS_END:
            depth -= 1
            if depth < 1:
                break
    return sheet


def _read_xls_record(sheet: BinarySheet, kind: int, body: bytes) -> None:
    if kind == _XLS_DIMENSION and len(body) == 14:
        rows, columns = struct.unpack_from("<4xI2xH", body)
        sheet.declared = (rows, columns)
    elif kind in _XLS_VALUES:
        row, column = struct.unpack_from("<HH", body)
        sheet.fill(row, column, int.from_bytes(body[4:6], "little"))
    elif kind == _XLS_SEVERAL:
        row, first = struct.unpack_from("<HH", body)
        for column in range(first, struct.unpack("<H", body[-2:])[0] + 1):
            style = 4 + 6 * (column - first)
            sheet.fill(row, column, int.from_bytes(body[style : style + 2], "little"))
    elif kind == _XLS_TRUTH_OR_ERROR:
        row, column, style = struct.unpack_from("<3H", body)
        sheet.fill(row, column, style)
        if body[7]:
            sheet.errors[row, column] = _ERRORS.get(body[6], "#VALUE!")
    elif kind == _XLS_FORMULA:
        _read_xls_formula(sheet, body)
    elif kind == _XLS_MERGES:
        for index in range(struct.unpack_from("<H", body)[0]):
            top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * index)
            sheet.merged.append(((top, left), (bottom, right)))


def _read_xls_formula(sheet: BinarySheet, body: bytes) -> None:
    row, column, style = struct.unpack_from("<3H", body)
    position = row, column
    sheet.fill(row, column, style)
    sheet.formulas.add(position)
    result = body[6:14]
    if result == bytes(8):
        sheet.zeroes.add(position)
    elif result[6:] == b"\xff\xff" and result[0] == 2:
        sheet.errors[position] = _ERRORS.get(result[2], "#VALUE!")


def _xlsb_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(part):
        kind = part[place] & 0x7F
        if part[place] & 0x80:
            place += 1
            kind |= (part[place] & 0x7F) << 7
        place += 1
        length = shift = 0
        while True:
            byte = part[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if place + length > len(part):
            msg = "un de ses enregistrements est coupé"
            raise BrokenRecordsError(msg)
        yield kind, part[place : place + length]
        place += length


def read_xlsb_names(workbook: bytes) -> list[tuple[str, str]]:
    """Return name and relationship of each sheet in a workbook part.

    Raises:
        BrokenRecordsError: cut short.
    """
    found: list[tuple[str, str]] = []
    try:
        for kind, body in _xlsb_records(workbook):
            if kind == _XLSB_SHEET:
                relation, place = _wide_text(body, 8)
                name, _ = _wide_text(body, place)
                found.append((name, relation))
    except (struct.error, IndexError) as error:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason) from error
    return found


def _wide_text(body: bytes, place: int) -> tuple[str, int]:
    length = int.from_bytes(body[place : place + 4], "little")
    end = place + 4 + 2 * length
    if end > len(body):
        raise IndexError
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def read_xlsb_sheet(name: str, part: bytes) -> BinarySheet:
    """Return the content of a worksheet part; a sheet without cells for any other part.

    Raises:
        BrokenRecordsError: cut short.
    """
    sheet = BinarySheet(name=name)
    row = 0
    try:
        for kind, body in _xlsb_records(part):
            if kind == _XLSB_DIMENSION:
                _, rows, _, columns = struct.unpack_from("<4I", body)
                sheet.declared = (rows + 1, columns + 1)
            elif kind == _XLSB_ROW:
                row = struct.unpack_from("<I", body)[0]
            elif _XLSB_ERROR - 1 <= kind <= _XLSB_FORMULA_ERROR:
                position = (row, struct.unpack_from("<I", body)[0])
                _read_xlsb_cell(sheet, position, kind, body)
            elif kind == _XLSB_MERGE:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                sheet.merged.append(((top, left), (bottom, right)))
    except (struct.error, IndexError) as error:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason) from error
    return sheet


def _read_xlsb_cell(sheet: BinarySheet, position: Position, kind: int, body: bytes) -> None:
    if not is_whole_xlsb_cell(kind, body):
        raise sheet.cut(*position)
    sheet.fill(*position, int.from_bytes(body[4:7], "little"))
    if kind >= 8:
        sheet.formulas.add(position)
    if kind in (_XLSB_ERROR, _XLSB_FORMULA_ERROR):
        sheet.errors[position] = _ERRORS.get(body[8], "#VALUE!")


def long_cells(part: bytes) -> bytes:
    """Return a worksheet part whose cells are all written in full.

    Some programs leave out the column of a cell that follows another, or write texts with the fonts
    of their letters: python-calamine passes over such records as if nothing stood there.

    Raises:
        BrokenRecordsError: cut short.
    """
    kept: list[bytes] = []
    column = -1
    try:
        for kind, body in _xlsb_records(part):
            if kind == _XLSB_ROW:
                column = -1
            elif kind in _XLSB_SHORT:
                column += 1
                kept.append(_xlsb_record(kind - _XLSB_SHORTER, struct.pack("<I", column) + body))
                continue
            elif kind in _XLSB_LONG or kind == _XLSB_RICH:
                column = struct.unpack_from("<I", body)[0]
            if kind == _XLSB_RICH:
                _, end = _wide_text(body, 9)
                kept.append(_xlsb_record(_XLSB_TEXT, body[:8] + body[9:end]))
            else:
                kept.append(_xlsb_record(kind, body))
    except (struct.error, IndexError) as error:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason) from error
    return b"".join(kept)


def _xlsb_record(kind: int, body: bytes) -> bytes:
    code = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, count = b"", len(body)
    while count > 0x7F:
        length += bytes([count & 0x7F | 0x80])
        count >>= 7
    return code + length + bytes([count]) + body


def read_xlsb_formats(part: bytes) -> Mapping[int, NumberFormat]:
    """Return the styles of a styles part that show no plain number.

    Raises:
        BrokenRecordsError: cut short.
    """
    try:
        return read_xlsb_styles(_xlsb_records(part))
    except IndexError as error:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason) from error


def check_xlsb_texts(part: bytes) -> None:
    """Refuse a shared-string part whose count cannot be true.

    Raises:
        BrokenRecordsError: it announces more texts than it has room for.
    """
    for kind, body in _xlsb_records(part):
        if kind == _XLSB_TEXTS:
            if int.from_bytes(body[4:8], "little") > len(part):
                msg = "il annonce plus de textes qu'il n'en contient"
                raise BrokenRecordsError(msg)
        elif kind == _XLSB_SHARED and not is_whole_xlsb_text(body):
            msg = "un de ses textes est incomplet"
            raise BrokenRecordsError(msg)
