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

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_UTF_8 = 0x800
"""The flag of an entry whose name is in UTF-8."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class BrokenEntryError(Exception):
    """An entry, or the zip's table; `reason` is French, for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OversizeEntryError(Exception):
    """An entry inflates beyond the limit."""


class Package:
    """A workbook that is a zip, each part of it inflated once.

    Attributes:
        entries: what its table lists.
    """

    def __init__(self, data: bytes) -> None:
        self.entries = read_table(data)
        self._data = data
        self._by_name = {entry.filename: entry for entry in self.entries}
        self._inflated: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def inflate(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """The bytes of one of its plain entries.

        Raises:
            OversizeEntryError: they are more than the limit.
            BrokenEntryError: they are not what the table says.
        """
        part = self._inflated.get(entry.filename)
        if part is None:
            part = self._inflated[entry.filename] = inflate(self._data, entry, limit)
        elif len(part) > limit:
            raise OversizeEntryError
        return part

    def part(self, name: str) -> bytes:
        """The bytes of a part, which the zip names alike in its table and where the part lies.

        Raises:
            KeyError: there is no such part.
            BrokenEntryError: it is not what the table says.
        """
        entry = self._by_name[name]
        reason = f"« {name} » n'est pas ce que la table annonce"
        try:
            part = self.inflate(entry, entry.file_size)
        except OversizeEntryError as error:
            raise BrokenEntryError(reason) from error
        if _local_name(self._data, entry) != entry.orig_filename:
            raise BrokenEntryError(reason)
        return part


@lru_cache(maxsize=1)
def open_package(data: bytes) -> Package:
    """The zip that a workbook is; the one opened last is kept for whoever asks next.

    Raises:
        BrokenEntryError: its table is missing or unreadable.
    """
    return Package(data)


def forget_package() -> None:
    """Lets go of the package opened last, and of all that was inflated of it."""
    open_package.cache_clear()


def read_table(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries that a zip's table lists.

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
    """Whether the entry needs a password."""
    return bool(entry.flag_bits & 1)


def is_plain(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is stored or deflated, as all but a few tools write."""
    return entry.compress_type in _METHODS


def inflate(data: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The bytes of a plain entry.

    Raises:
        OversizeEntryError: they are more than the limit.
        BrokenEntryError: they are not what the table says.
    """
    raw = _stored_bytes(data, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        content, whole = raw, True
    else:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = stream.decompress(raw, limit + 1)
        except zlib.error as error:
            reason = f"« {entry.filename} » ne se décompresse pas"
            raise BrokenEntryError(reason) from error
        whole = stream.eof and not stream.unused_data
    if len(content) > limit:
        raise OversizeEntryError
    if not whole or len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        reason = f"« {entry.filename} » n'est pas ce que la table annonce"
        raise BrokenEntryError(reason)
    return content


def _local_name(data: bytes, entry: zipfile.ZipInfo) -> str:
    """The entry's name as it stands before its bytes."""
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
