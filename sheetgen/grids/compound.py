"""Compound files (OLE): the container of .xls, and of any workbook encrypted by Excel.

Every size and every link a compound file declares is checked against its real length before it is
followed, because readers follow them blindly: an endless chain or a lying count kills a process.
Source: [MS-CFB].
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<8s16x5H6x9I")
_ENTRY = struct.Struct("<64sHB49xIQ")
_LAST_REGULAR = 0xFFFFFFFA
_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_MINI_SECTOR = 64
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class BrokenCompoundError(Exception):
    """The container contradicts itself; `reason` is French, for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file's streams, by name.

    Raises:
        BrokenCompoundError: a size or a link leads out of the file, or in circles.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            _fail("il est tronqué")
        self._data = data
        (
            _,
            _,
            self._version,
            _,
            shift,
            mini_shift,
            directory_length,
            table_length,
            directory_start,
            _,
            self._cutoff,
            mini_start,
            mini_length,
            index_start,
            index_length,
        ) = _HEADER.unpack_from(data)
        if shift not in (9, 12) or mini_shift != 6:
            _fail("son en-tête est illisible")
        self._size = 1 << shift
        self._count = -(-max(0, len(data) - self._size) // self._size)
        if max(directory_length, table_length, mini_length, index_length) > self._count:
            _fail("son en-tête annonce plus de données qu'il n'en contient")
        self._table = self._read_table(index_start)
        self._entries = self._read_directory(directory_start)
        self._mini_table = _integers(self._read_chain(mini_start))
        root = self._entries[0]
        self._mini_stream = self._read_chain(root.start)[: root.size]

    @property
    def names(self) -> list[str]:
        """Names of its streams and storages."""
        return [entry.name for entry in self._entries]

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream that has one of the names, tried in their order."""
        for name in names:
            for entry in self._entries:
                if entry.name == name and entry.kind == _STREAM:
                    return self._read_entry(entry)
        return None

    def _sector(self, number: int) -> bytes:
        if number >= self._count:
            _fail("il est tronqué")
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _read_table(self, index: int) -> array[int]:
        """The allocation table: for each sector, the one that follows."""
        sectors = [n for n in _integers(self._data[76:512]) if n != _FREE]
        seen = 0
        while index < _LAST_REGULAR:
            links = _integers(self._sector(index))
            sectors += [n for n in links[:-1] if n != _FREE]
            index = links[-1]
            seen += 1
            if seen > self._count:
                _fail("sa table d'allocation tourne en rond")
        if len(sectors) > self._count:
            _fail("sa table d'allocation est plus grande que lui")
        table = array("I")
        for number in sectors:
            table.extend(_integers(self._sector(number)))
        return table

    def _read_chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number != _END_OF_CHAIN and number < _LAST_REGULAR:
            if number >= len(self._table):
                _fail("un renvoi sort du fichier")
            found.append(self._sector(number))
            number = self._table[number]
            if len(found) > self._count:
                _fail("une chaîne de secteurs tourne en rond")
        return b"".join(found)

    def _read_directory(self, start: int) -> list[_Entry]:
        entries: list[_Entry] = []
        directory = self._read_chain(start)
        for place in range(0, len(directory) - _ENTRY.size + 1, _ENTRY.size):
            name, length, kind, first, size = _ENTRY.unpack_from(directory, place)
            size = size & 0xFFFFFFFF if self._version < 4 else size
            if kind not in (_STORAGE, _STREAM, _ROOT):
                continue
            if size > len(self._data) and kind != _STORAGE:
                _fail("une de ses parties s'annonce plus grande que lui")
            text = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            entries.append(_Entry(name=text, kind=kind, start=first, size=size))
        if not entries or entries[0].kind != _ROOT:
            _fail("son répertoire est illisible")
        return entries

    def _read_entry(self, entry: _Entry) -> bytes:
        if entry.size >= self._cutoff:
            content = self._read_chain(entry.start)
        else:
            content = self._read_mini_chain(entry.start)
        if len(content) < entry.size:
            _fail("il est tronqué")
        return content[: entry.size]

    def _read_mini_chain(self, number: int) -> bytes:
        found: list[bytes] = []
        while number < _LAST_REGULAR:
            if number >= len(self._mini_table):
                _fail("un renvoi sort du fichier")
            start = number * _MINI_SECTOR
            found.append(self._mini_stream[start : start + _MINI_SECTOR])
            number = self._mini_table[number]
            if len(found) > len(self._mini_table):
                _fail("une chaîne de secteurs tourne en rond")
        return b"".join(found)


def _integers(data: bytes) -> array[int]:
    found = array("I", data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _fail(reason: str) -> None:
    raise BrokenCompoundError(reason)
