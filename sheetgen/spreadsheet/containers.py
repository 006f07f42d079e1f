"""Taking entries out of a zip in bounded memory, each held against what the zip says of it.

The standard library inflates an entry as far as its bytes go, whatever size the table announces;
here nothing inflates beyond a limit, and what is not exactly as announced is refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.problems.returns import PASSWORD_PROTECTED, SUSPECT_WORKBOOK, WORKBOOK_TOO_LARGE
from sheetgen.spreadsheet.contents import UnreadableWorkbookError, damaged
from sheetgen.spreadsheet.limits import (
    INFLATED_BYTES,
    MEBIBYTE,
    PARTS,
    RATIO,
    RATIO_FROM_BYTES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_UTF_8 = 0x800
"""The flag of an entry whose name is in UTF-8."""

_SMALL_BYTES = 1 << 14
"""Up to which what an entry holds is kept, for it may come again."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class BrokenEntryError(Exception):
    """An entry, or the zip's table; `reason` is French, for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OversizeEntryError(Exception):
    """An entry inflates beyond the limit."""


class Package:
    """A workbook that is a zip: each part inflated once, found whatever its case and its slashes.

    Everything in it is inflated as it is opened, whether it is read or not: how large a zip is
    cannot be known otherwise.

    Raises:
        UnreadableWorkbookError: it is cut, larger than the limits, or made to mislead a reader.
    """

    def __init__(self, data: bytes) -> None:
        try:
            table = [entry for entry in read_table(data) if not entry.is_dir()]
            self._entries = _check_table(table, len(data))
            self._inflated = _inflate_all(data, self._entries)
        except BrokenEntryError as broken:
            raise damaged(broken.reason) from broken
        self._data = data

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its parts, as the zip writes them but for slashes."""
        return tuple(entry.filename.replace("\\", "/") for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._entries

    def part(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            UnreadableWorkbookError: there is no such part, or it lies under another name.
        """
        key = part_key(name)
        entry = self._entries.get(key)
        if entry is None:
            raise damaged(f"la partie « {name} » manque")
        if _local_name(self._data, entry) != entry.orig_filename:
            raise damaged(_not_announced(entry).reason)
        return self._inflated[key]


def part_key(name: str) -> str:
    """Return the key that compares parts' names: some tools write backslashes."""
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_table(table: Sequence[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    """Return a table's entries by their keys.

    Raises:
        UnreadableWorkbookError: there are too many, or they would mislead a reader.
    """
    if len(table) > PARTS:
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE, what=f"{len(table)} parties", limit=f"{PARTS} parties"
        )
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in table:
        key = part_key(entry.filename)
        if key in found:
            raise _suspect(f"la partie « {entry.filename} » y figure deux fois")
        found[key] = entry
        if is_encrypted(entry):
            raise UnreadableWorkbookError(PASSWORD_PROTECTED)
        if not is_plain(entry):
            raise _suspect(f"la partie « {entry.filename} » est comprimée d'une façon inconnue")
    if sum(entry.compress_size for entry in table) > size:
        raise _suspect("des parties qui se recouvrent")
    return found


def _inflate_all(data: bytes, table: Mapping[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for key, entry in table.items():
        try:
            part = inflate(data, entry, INFLATED_BYTES - total)
        except OversizeEntryError as oversize:
            size = f"{INFLATED_BYTES // MEBIBYTE} Mo"
            raise UnreadableWorkbookError(
                WORKBOOK_TOO_LARGE, what=f"plus de {size} une fois décompressé", limit=size
            ) from oversize
        total += len(part)
        found[key] = part
    if total > max(RATIO_FROM_BYTES, RATIO * len(data)):
        raise UnreadableWorkbookError(
            WORKBOOK_TOO_LARGE,
            what=f"{total // MEBIBYTE} Mo comprimés plus de {total // len(data)} fois",
            limit=f"{RATIO} fois",
        )
    return found


def _suspect(reason: str) -> UnreadableWorkbookError:
    return UnreadableWorkbookError(SUSPECT_WORKBOOK, reason=reason)


def _not_announced(entry: zipfile.ZipInfo) -> BrokenEntryError:
    return BrokenEntryError(f"« {entry.filename} » n'est pas ce que la table annonce")


def read_table(data: bytes) -> list[zipfile.ZipInfo]:
    """Return the entries that a zip's table lists.

    Raises:
        BrokenEntryError: the table is missing or unreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        reason = "la table de son contenu est illisible ou coupée"
        raise BrokenEntryError(reason) from error


def is_encrypted(entry: zipfile.ZipInfo) -> bool:
    """Return whether the entry needs a password."""
    return bool(entry.flag_bits & 1)


def is_plain(entry: zipfile.ZipInfo) -> bool:
    """Return whether the entry is stored or deflated, as all but a few tools write."""
    return entry.compress_type in _METHODS


def inflate(data: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Return the bytes of a plain entry.

    Raises:
        OversizeEntryError: they are more than the limit.
        BrokenEntryError: they are not what the table says.
    """
    raw = _stored_bytes(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        content, whole = raw, True
    else:
        small = max(len(raw), entry.file_size) <= _SMALL_BYTES
        try:
            content, whole = _inflate_small(raw) if small else (b"", False)
            if not whole:
                content, whole = _inflate_stream(raw, limit)
        except zlib.error as error:
            reason = f"« {entry.filename} » ne se décompresse pas"
            raise BrokenEntryError(reason) from error
    if len(content) > limit:
        raise OversizeEntryError
    if not whole or len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise _not_announced(entry)
    return content


def _inflate_stream(raw: bytes, limit: int) -> tuple[bytes, bool]:
    """Return the beginning of an entry, one byte more than the limit, and whether it is all."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    return stream.decompress(raw, limit + 1), stream.eof and not stream.unused_data


@lru_cache(maxsize=128)  # of grids made alike: styles, theme, relations
def _inflate_small(raw: bytes) -> tuple[bytes, bool]:
    """Return the bytes of an entry that says that they are few, and whether that is true.

    They follow from the packed ones; `inflate` holds them against each table that lists them.
    """
    return _inflate_stream(raw, _SMALL_BYTES)


def _local_name(data: bytes, entry: zipfile.ZipInfo) -> str:
    """Return the entry's name as it stands before its bytes."""
    _, length, _ = _LOCAL_HEADER.unpack_from(data, entry.header_offset)
    start = entry.header_offset + _LOCAL_HEADER.size
    name = data[start : start + length]
    # Either code says the same of ASCII, which is decoded far faster by itself.
    code = "ascii" if name.isascii() else "utf-8" if entry.flag_bits & _UTF_8 else "cp437"
    return name.decode(code, "replace")


def _stored_bytes(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
    if len(header) == _LOCAL_HEADER.size and header.startswith(b"PK\x03\x04"):
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start = entry.header_offset + _LOCAL_HEADER.size + name + extra
        raw = data[start : start + entry.compress_size]
        if len(raw) == entry.compress_size:
            return raw
    reason = f"« {entry.filename} » est coupé"
    raise BrokenEntryError(reason)
