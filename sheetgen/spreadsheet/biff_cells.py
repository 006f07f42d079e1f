"""Check that the record of a cell in .xls and .xlsb holds all that its value needs.

python-calamine does not look: where a record of an .xlsb ends too early, it goes on in what is left
of the record before, and a cell shows its neighbour's mark; a number of a text that does not exist
makes a blank. Sources: [MS-XLS] 2.4, [MS-XLSB] 2.4.
"""

from __future__ import annotations

_LABELS = frozenset((0x204, 0xD6))
_XLS_SHARED, _XLS_STRING = 0xFD, 0x207
_CONTINUED = 8_000
"""Bytes from which on a record's text may go on in the next."""

_XLSB_LENGTHS = {2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9}
"""By kind of record, the bytes of the cell and of its value; of texts without their characters."""

_XLSB_TEXTS = frozenset((6, 8))


def is_whole_xls_cell(kind: int, body: bytes, texts: int) -> bool:
    """Return whether a cell's record, or a formula's text, holds all of what it announces.

    Lengths alone that python-calamine does not hold itself are looked at.

    Args:
        kind: the record's.
        body: what is in it.
        texts: how many shared texts the workbook has.
    """
    if kind == _XLS_SHARED:
        return int.from_bytes(body[6:10], "little") < texts
    if kind in _LABELS:
        return _holds_text(body, 6)
    return kind != _XLS_STRING or len(body) >= _CONTINUED or _holds_text(body, 0)


def _holds_text(body: bytes, place: int) -> bool:
    """Return whether a text of one byte a character is there from its length on."""
    return len(body) >= place + 2 + int.from_bytes(body[place : place + 2], "little")


def is_whole_xlsb_cell(kind: int, body: bytes) -> bool:
    """Return whether a cell's record holds all of what its kind announces."""
    length = _XLSB_LENGTHS.get(kind, 0)
    if kind in _XLSB_TEXTS:
        length += 2 * int.from_bytes(body[8:12], "little")
    return len(body) >= length


def is_whole_xlsb_text(body: bytes) -> bool:
    """Return whether a shared text holds as many characters as it says."""
    return len(body) >= 5 + 2 * int.from_bytes(body[1:5], "little")
