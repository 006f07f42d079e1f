"""Records of cells and of their styles in .xls and .xlsb, held against what their values need.

python-calamine does not look: where a record of an .xlsb ends too early, it goes on in what is left
of the record before, and a cell shows its neighbour's mark; a number of a text that does not exist
makes a blank. Styles tell which numbers are shown as other ones. Sources: [MS-XLS] 2.4, 2.4.126
(Format) and 2.4.353 (XF), [MS-XLSB] 2.4, 2.4.662 (BrtFmt) and 2.4.820 (BrtXF).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.spreadsheet.number_formats import NumberFormat, built_in_format, own_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


_XLS_FORMAT, _XLS_STYLE = 0x41E, 0xE0
_XLSB_FORMAT, _XLSB_STYLE, _XLSB_CELL_STYLES, _XLSB_CELL_STYLES_END = 44, 47, 617, 618


def read_xls_styles(records: Iterable[tuple[int, bytes]]) -> Mapping[int, NumberFormat]:
    """Return the styles that show no plain number, by their own, from a workbook's records."""
    codes: dict[int, NumberFormat] = {}
    formats: list[int] = []
    for kind, body in records:
        if kind == _XLS_FORMAT:
            wide = body[4] & 1
            code = body[5 : 5 + (_whole(body, 2) << wide)]
            text = code.decode("utf-16-le" if wide else "latin-1", "replace")
            codes[_whole(body, 0)] = own_format(text)
        elif kind == _XLS_STYLE:
            formats.append(_whole(body, 2))
    return _not_plain(codes, formats)


def read_xlsb_styles(records: Iterable[tuple[int, bytes]]) -> Mapping[int, NumberFormat]:
    """Return the styles that show no plain number, by their own, from the records of a part."""
    codes: dict[int, NumberFormat] = {}
    formats: list[int] = []
    of_cells = False
    for kind, body in records:
        if kind in (_XLSB_CELL_STYLES, _XLSB_CELL_STYLES_END):
            of_cells = kind == _XLSB_CELL_STYLES
        elif kind == _XLSB_FORMAT:
            code = body[6 : 6 + 2 * int.from_bytes(body[2:6], "little")]
            codes[_whole(body, 0)] = own_format(code.decode("utf-16-le", "replace"))
        elif kind == _XLSB_STYLE and of_cells:
            formats.append(_whole(body, 2))
    return _not_plain(codes, formats)


def _not_plain(
    codes: Mapping[int, NumberFormat], formats: Sequence[int]
) -> Mapping[int, NumberFormat]:
    found = (codes.get(number) or built_in_format(number) for number in formats)
    return {place: style for place, style in enumerate(found) if not style.is_plain}


def _whole(body: bytes, place: int) -> int:
    return int.from_bytes(body[place : place + 2], "little")
