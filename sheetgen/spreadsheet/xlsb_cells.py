"""Cells of an .xlsb that python-calamine skips, written again as those that it knows.

A cell may leave its column out and stand beside the one before it: the records of kinds 12 to 18
are those of kinds 1 to 7 without their column (Excel reads them, [MS-XLSB] does not name them). A
text with fonts of its own may stand in its cell ([MS-XLSB] 2.4.323). Skipped, a mark would be a
blank.
"""

from __future__ import annotations

import struct

from sheetgen.spreadsheet.biff import BrokenRecordsError, xlsb_records

_ROW = 0
_FULL = range(1, 12)
_SHORT = range(12, 19)
_BLANK, _TEXT, _FORMATTED_TEXT = 1, 6, 62
_COLUMN, _CELL = 4, 8
"""Bytes of a column's number, and of all that a cell says before its value."""


def with_full_cells(part: bytes) -> bytes:
    """Return a worksheet part whose cells all say their column and whose texts are plain.

    Raises:
        BrokenRecordsError: cut short, or a cell's column cannot be known.
    """
    pieces: list[bytes] = []
    column: int | None = None
    row = -1
    changed = False
    for kind, body in xlsb_records(part):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
            column = None
            full = kind, body
        elif kind in _SHORT:
            if column is None:
                reason = f"une cellule de la ligne {row + 1} ne dit pas sa colonne"
                raise BrokenRecordsError(reason)
            column += 1
            full = kind - _SHORT[0] + _BLANK, struct.pack("<I", column) + _whole(body, _COLUMN)
        else:
            if kind in _FULL or kind == _FORMATTED_TEXT:
                column = int.from_bytes(_whole(body, _CELL)[:_COLUMN], "little")
            full = (_TEXT, _plain(body)) if kind == _FORMATTED_TEXT else (kind, body)
        changed = changed or full[0] != kind
        pieces.append(_record(*full))
    return b"".join(pieces) if changed else part


def _plain(body: bytes) -> bytes:
    """Return a text's cell without its fonts: its place, the text's length, the text."""
    start = _CELL + 1
    end = start + 4 + 2 * int.from_bytes(_whole(body, start + 4)[start : start + 4], "little")
    return body[:_CELL] + _whole(body, end)[start:end]


def _whole(body: bytes, length: int) -> bytes:
    """Return a record's body, which must have so many bytes at the least."""
    if len(body) < length:
        reason = "un de ses enregistrements est trop court"
        raise BrokenRecordsError(reason)
    return body


def _record(kind: int, body: bytes) -> bytes:
    code = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytearray()
    count = len(body)
    while count > 0x7F:
        length.append(count & 0x7F | 0x80)
        count >>= 7
    length.append(count)
    return code + bytes(length) + body
