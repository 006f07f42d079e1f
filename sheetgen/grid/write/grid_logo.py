"""The school's logo on the first sheet: which images can be used, and how large they stand."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.image import Image

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.grid.write.grid_sheet import GridSheet

_ROOM = (320, 64)
"""Pixels, at 96 to the inch."""


def is_usable_logo(data: bytes) -> bool:
    """Return whether the bytes are a PNG or JPEG image that a grid can show."""
    return _size(data) is not None


def place_logo(
    sheet: GridSheet, next_row: Callable[[float], int], data: bytes, owner: str | None
) -> None:
    """Put the image in a row of its own.

    Args:
        sheet: where to.
        next_row: gives the next free row, for a height in points.
        data: a usable logo.
        owner: who it stands for, for the text that is read out in its place.
    """
    size = _size(data)
    if size is None:
        return
    scale = min(1.0, _ROOM[0] / size[0], _ROOM[1] / size[1])
    row = next_row(size[1] * scale * 72 / 96 + 6)
    description = f"Logo de {owner}" if owner else "Logo du certificateur"
    sheet.insert_image((row, 0), data, scale, description)


def _size(data: bytes) -> tuple[float, float] | None:
    """Return width and height as XlsxWriter will count them; None for what it cannot use."""
    try:
        image = Image(io.BytesIO(data))
    except (XlsxFileError, struct.error):
        return None
    if image.image_type not in ("PNG", "JPEG"):
        return None
    return image.width * 96 / image.x_dpi, image.height * 96 / image.y_dpi
