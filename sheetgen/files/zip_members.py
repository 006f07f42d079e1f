"""ZIP files put together from parts that are already compressed.

Python's `zipfile` compresses whatever it writes. Grids share most of their bytes, so here parts are
compressed once and copied; where only the end of a part differs from grid to grid, its beginning
is. Sources: RFC 1951 (blocks), PKWARE's APPNOTE 4.3 (headers).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FACTS = struct.Struct("<5H3I2H")
"""What a file's own header and its entry in the directory both say."""

_PLACE = struct.Struct("<3H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UNIX = 20, 3
_MADE_BY = bytes((_VERSION, _UNIX))
_DEFLATED = 8
_FIRST_DAY = 0x21
"""1 January 1980, the oldest date that a ZIP file can hold: the same inputs, the same bytes."""

_READABLE = 0o600 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a ZIP file; `deflated` are its `size` bytes as raw DEFLATE blocks."""

    name: str
    size: int
    crc: int
    deflated: bytes


def whole_member(name: str, content: bytes) -> Member:
    """Return a file that is the same everywhere."""
    deflated = _deflate(content, zlib.Z_FINISH)
    return Member(name=name, size=len(content), crc=zlib.crc32(content), deflated=deflated)


class Beginning:
    """The beginning of a file, compressed once, that any end may follow.

    Without it `generate` takes 1.8 times as long where all grids have one form.
    """

    __slots__ = ("_crc", "_deflated", "_name", "_size")

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._size = len(content)
        self._crc = zlib.crc32(content)
        # A full flush ends on a whole byte and lets nothing later refer to what came before.
        self._deflated = _deflate(content, zlib.Z_FULL_FLUSH)

    def finish(self, end: bytes) -> Member:
        """Return the file with this end."""
        return Member(
            name=self._name,
            size=self._size + len(end),
            crc=zlib.crc32(end, self._crc),
            deflated=self._deflated + _deflate_quickly(end),
        )


def _deflate(content: bytes, ending: int) -> bytes:
    """Return the bytes as raw DEFLATE blocks."""
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush(ending)


_QUICK_LEVEL, _SMALL_WINDOW, _SMALL_MEMORY = 3, 13, 6
"""For some thousand bytes, most of the time goes into making room: with less of it, a third is
left, and a twentieth more bytes."""


def _deflate_quickly(content: bytes) -> bytes:
    """Return the few bytes that end a file, as raw DEFLATE blocks."""
    compressor = zlib.compressobj(_QUICK_LEVEL, zlib.DEFLATED, -_SMALL_WINDOW, _SMALL_MEMORY)
    return compressor.compress(content) + compressor.flush()


def pack(members: Iterable[Member]) -> bytes:
    """Return a ZIP file of these files, in this order.

    Names are ASCII, and all of it under 4 GB.
    """
    written: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for member in members:
        name = member.name.encode("ascii")
        facts = _FACTS.pack(
            _VERSION, 0, _DEFLATED, 0, _FIRST_DAY,
            member.crc, len(member.deflated), member.size, len(name), 0,
        )  # fmt: skip
        header = b"PK\3\4" + facts + name
        written += (header, member.deflated)
        entry = _PLACE.pack(0, 0, 0, _READABLE, place)
        directory.append(b"PK\1\2" + _MADE_BY + facts + entry + name)
        place += len(header) + len(member.deflated)
    listed = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), place, 0)
    return b"".join((*written, listed, end))
