"""The school's logo: which images a grid can show, and how."""

from __future__ import annotations

import struct
import zlib

import builders
import grid_files
import pytest

from sheetgen.grid.write.grid_sheet import is_usable_logo


def png(width: int, height: int) -> bytes:
    """A white PNG image of this size, in pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    rows = (b"\0" + b"\xff" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + bytes(60),
        b"BM" + bytes(60),
        b"not an image, and long enough to be looked at as one",
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        png(0, 10),
        b"\xff\xd8" + bytes(60),
        b"\xff\xd8" + b"\xff" * 45,
    ],
)
def test_what_is_no_png_or_jpeg_is_not_usable(data: bytes) -> None:
    """Nothing that Excel could not show, nor a file that breaks off."""
    assert not is_usable_logo(data)


def test_a_large_logo_is_made_to_fit() -> None:
    """800 by 160 pixels become 320 by 64, above the title."""
    known = builders.referential({"C1.1": 1})
    assert is_usable_logo(png(800, 160))
    grid = grid_files.write(known, builders.session(known), logo=png(800, 160))
    drawing = next(part for name, part in grid.parts.items() if name.endswith("drawing1.xml"))
    pixel = 9525
    assert f'<a:ext cx="{320 * pixel}" cy="{64 * pixel}"/>'.encode() in drawing
    home = grid.book["Accueil"]
    assert home["A1"].value is None
    assert str(home["A2"].value).startswith("Grille d’évaluation")
