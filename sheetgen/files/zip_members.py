"""ZIP files put together from parts that are already compressed.

Python's `zipfile` compresses whatever it writes. Grids share most of their bytes, so here parts are
compressed once and copied; where a part holds a text that differs from grid to grid, what stands
before and after that text is compressed for itself. Sources: RFC 1951 (blocks), PKWARE's APPNOTE
4.3 (headers).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_BLOCK = struct.Struct("<BHH")
_VERSION, _UNIX = 20, 3
_DEFLATED = 8
_FIRST_DAY = 0x21
"""1 January 1980, the oldest date that a ZIP file can hold: the same inputs, the same bytes."""

_READABLE = 0o600 << 16
_LONGEST_BLOCK = 0xFFFF
_WORTH_COMPRESSING = 64
"""Bytes; anything shorter is rather stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a ZIP file; `deflated` are its `size` bytes as raw DEFLATE blocks."""

    name: str
    size: int
    crc: int
    deflated: bytes


class Stretch:
    """Bytes that stand between two texts, compressed so that anything may follow or precede."""

    __slots__ = ("deflated", "raw")

    def __init__(self, raw: bytes, *, last: bool = False) -> None:
        self.raw = raw
        if len(raw) < _WORTH_COMPRESSING and not last:
            self.deflated = _stored(raw)
            return
        compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush ends on a whole byte and lets nothing later refer to what came before.
        ending = zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH
        self.deflated = compressor.compress(raw) + compressor.flush(ending)


def whole_member(name: str, content: bytes) -> Member:
    """Return a file that is the same everywhere."""
    deflated = Stretch(content, last=True).deflated
    return Member(name=name, size=len(content), crc=zlib.crc32(content), deflated=deflated)


def deflated_member(name: str, content: bytes) -> Member:
    """Return a file of its own, compressed as `zipfile` does."""
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = compressor.compress(content) + compressor.flush()
    return Member(name=name, size=len(content), crc=zlib.crc32(content), deflated=deflated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mould:
    """A file with gaps: its first bytes, then for each gap its number and what follows it."""

    name: str
    first: Stretch
    first_crc: int
    rest: tuple[tuple[int, Stretch], ...]

    @classmethod
    def of(cls, name: str, stretches: Sequence[bytes], gaps: Sequence[int]) -> Mould:
        """Return the mould of a file cut at its gaps: one stretch more than there are gaps."""
        last = len(stretches) - 1
        made = [Stretch(raw, last=place == last) for place, raw in enumerate(stretches)]
        return cls(
            name=name,
            first=made[0],
            first_crc=zlib.crc32(stretches[0]),
            rest=tuple(zip(gaps, made[1:], strict=True)),
        )

    def fill(self, texts: Sequence[bytes]) -> Member:
        """Return the file with a text in each gap, by the gap's number."""
        blocks = [self.first.deflated]
        size, crc = len(self.first.raw), self.first_crc
        for gap, stretch in self.rest:
            text = texts[gap]
            blocks += (_stored(text), stretch.deflated)
            size += len(text) + len(stretch.raw)
            crc = zlib.crc32(stretch.raw, zlib.crc32(text, crc))
        return Member(name=self.name, size=size, crc=crc, deflated=b"".join(blocks))


def _stored(raw: bytes) -> bytes:
    """Return the bytes as DEFLATE blocks that do not compress them.

    Blocks of this kind begin on a whole byte, where a full flush and another such block end.
    """
    return b"".join(
        _BLOCK.pack(0, len(part), len(part) ^ _LONGEST_BLOCK) + part
        for part in (
            raw[start : start + _LONGEST_BLOCK] for start in range(0, len(raw), _LONGEST_BLOCK)
        )
    )


def pack(members: Iterable[Member]) -> bytes:
    """Return a ZIP file of these files, in this order.

    Names are ASCII, and all of it under 4 GB.
    """
    written: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for member in members:
        name = member.name.encode("ascii")
        facts = (0, _DEFLATED, 0, _FIRST_DAY, member.crc, len(member.deflated), member.size)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, *facts, len(name), 0)
        central = _CENTRAL.pack(
            b"PK\1\2", _UNIX << 8 | _VERSION, _VERSION, *facts, len(name), 0, 0, 0, 0,
            _READABLE, place,
        )  # fmt: skip
        written += (local, name, member.deflated)
        directory += (central, name)
        place += len(local) + len(name) + len(member.deflated)
    listed = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), place, 0)
    return b"".join((*written, listed, end))
