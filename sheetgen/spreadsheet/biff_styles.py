"""Tell which cell styles of .xls and .xlsb show a number as another one, from their records.

Sources: [MS-XLS] 2.4.126 (Format) and 2.4.353 (XF), [MS-XLSB] 2.4.662 (BrtFmt) and 2.4.820 (BrtXF).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.spreadsheet.number_formats import NumberFormat, built_in_format, own_format

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
