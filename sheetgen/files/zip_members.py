"""ZIP files put together from parts that are already compressed.

Python's `zipfile` compresses whatever it writes. Grids share most of their bytes, so here parts are
compressed once and copied; where some texts of a part differ from grid to grid, all others are.
Sources: RFC 1951 (blocks), PKWARE's APPNOTE 4.3 (headers).
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def whole_member(name: str, content: bytes, level: int = zlib.Z_DEFAULT_COMPRESSION) -> Member:
    """Return a file that has no gaps, compressed as hard as asked."""
    return joined_member(name, (content,), level)


def joined_member(name: str, pieces: Iterable[bytes], level: int) -> Member:
    """Return the compressed file that these pieces make one after the other."""
    compressor = _compressor(level)
    size = crc = 0
    deflated = []
    for piece in pieces:
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        deflated.append(compressor.compress(piece))
    deflated.append(compressor.flush())
    return Member(name=name, size=size, crc=crc, deflated=b"".join(deflated))


@dataclass(frozen=True, slots=True)
class _Gap:
    """A gap, and what follows it up to the next: a few bytes as they are, more compressed."""

    number: int
    short: bytes
    long: bytes
    deflated: bytes


class GappedFile:
    """A file with gaps, compressed once; what fills them is stored in it as it is.

    Without it `generate` takes 1.5 times as long where all grids have one form.
    """

    __slots__ = ("_beginning", "_crc", "_gaps", "_name", "_size")

    def __init__(self, name: str, beginning: bytes, rest: Iterable[tuple[int, bytes]]) -> None:
        """Compress a file.

        Args:
            name: in the archive.
            beginning: what stands before the first gap.
            rest: the number of each gap, and what stands between it and the next.
        """
        self._name = name
        self._size = len(beginning)
        self._crc = zlib.crc32(beginning)
        # A full flush ends on a whole byte and lets nothing later refer to what came before.
        self._beginning = _deflate(beginning)
        self._gaps = tuple(_gap(number, after) for number, after in rest)

    def fill(self, texts: Sequence[bytes]) -> Member:
        """Return the file with a text in each gap, by the gap's number; each is under 60 KB."""
        ends: list[bytes] = []
        deflated = [self._beginning]
        for gap in self._gaps:
            stored = texts[gap.number] + gap.short
            ends += (stored, gap.long)
            size = len(stored)
            deflated += (_STORED.pack(0, size, size ^ 0xFFFF), stored, gap.deflated)
        deflated.append(_LAST)
        end = b"".join(ends)
        return Member(
            name=self._name,
            size=self._size + len(end),
            crc=zlib.crc32(end, self._crc),
            deflated=b"".join(deflated),
        )


_STORED = struct.Struct("<B2H")
"""Begins a block that is not compressed: more follow; its size, and that with each bit inverted."""

_LAST = zlib.compressobj(wbits=-zlib.MAX_WBITS).flush()
"""An empty block after which none follows."""

_SHORT = 100
"""Bytes that compressing would hardly shorten."""


def _gap(number: int, after: bytes) -> _Gap:
    if len(after) < _SHORT:
        return _Gap(number, short=after, long=b"", deflated=b"")
    return _Gap(number, short=b"", long=after, deflated=_deflate(after))


def _deflate(content: bytes) -> bytes:
    """Return the bytes as raw DEFLATE blocks, to which nothing that follows refers."""
    compressor = _compressor(zlib.Z_DEFAULT_COMPRESSION)
    return compressor.compress(content) + compressor.flush(zlib.Z_FULL_FLUSH)


def _compressor(level: int) -> zlib._Compress:
    return zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)


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
