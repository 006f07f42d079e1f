"""Saves a workbook of openpyxl so that it is whole, valid, and the same whenever it is made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from sheetgen.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook

_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001  # Office properties and zips carry no time zone
_FONT_PARTS = (
    b"b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()
"""The order in which Microsoft's schema wants the parts of a font; openpyxl has its own."""

_LIKE_AN_ESCAPE = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")
"""Where a text has what files write for another character: openpyxl leaves it so."""


def save(book: Workbook, path: Path) -> None:
    """Write the file in one step; nothing in it says at what time.

    Raises:
        OSError: the file cannot be written; the former one, if any, is as it was.
    """
    raw = io.BytesIO()
    book.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _MOMENT.timetuple()[:6])
            stamped.external_attr = 0o600 << 16
            part = _mend(entry.filename, source.read(entry))
            target.writestr(stamped, part, zipfile.ZIP_DEFLATED)
    write_whole(path, packed.getvalue())


def _mend(name: str, part: bytes) -> bytes:
    if name == "docProps/core.xml":
        moment = f"{_MOMENT.isoformat()}Z".encode()
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, part)
    if name.startswith("xl/worksheets/"):
        return _LIKE_AN_ESCAPE.sub(b"_x005F_", part)
    if name == "xl/styles.xml":
        return re.sub(rb"(?<=<font>).*?(?=</font>)", _order_font, part)
    return part


def _order_font(found: re.Match[bytes]) -> bytes:
    parts = re.findall(rb"<(\w+)([^>]*)/>", found[0])
    parts.sort(key=lambda item: _FONT_PARTS.index(item[0]))
    return b"".join(b"<%b%b/>" % part for part in parts)
