"""Reading .xls, and opening what is encrypted with the password that Excel itself knows.

Both are compound files (OLE), which olefile opens. python-calamine, which follows endless chains,
is given a container of our own making around the one stream that counts. Source: [MS-CFB].
"""

from __future__ import annotations

import io
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msoffcrypto
import olefile

from sheetgen.problems.returns import NO_SHEET, PASSWORD_PROTECTED, RIGHTS_MANAGED
from sheetgen.spreadsheet.biff import BrokenRecordsError, LockedRecordsError, read_xls_records
from sheetgen.spreadsheet.binary import read_values, refuse_far_sheets, refuse_shared_names
from sheetgen.spreadsheet.contents import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_STREAMS = ("Workbook", "Book")
_RIGHTS = frozenset(
    ("DRMContent", "DRMViewerContent", "DRMEncryptedDataSpace", "DRMEncryptedTransform")
)
"""Names of streams, signs before them apart, where rights management locks a file."""


class Compound:
    """A compound file (OLE): the container of .xls, and of any workbook that Excel encrypts.

    Raises:
        UnreadableWorkbookError: a size or a link in it leads nowhere.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        with _container_faults():
            # Never the bytes themselves: short ones would be taken for the name of a file.
            self._file: Any = olefile.OleFileIO(
                io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT
            )
            self.names = frozenset(
                name for path in self._file.listdir(storages=True) for name in path
            )

    @property
    def is_rights_managed(self) -> bool:
        """Return whether a server decides who may open it (rights management)."""
        return not _RIGHTS.isdisjoint(name.lstrip("\t\x06") for name in self.names)

    @property
    def is_encrypted_package(self) -> bool:
        """Return whether it is an encrypted workbook of a later format."""
        return "EncryptedPackage" in self.names

    @property
    def workbook(self) -> str:
        """Return the name of the stream that is an .xls, empty without any."""
        return next((name for name in _STREAMS if self._file.exists(name)), "")

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        with _container_faults():
            return bytes(self._file.openstream(name).read())


@contextmanager
def _container_faults() -> Iterator[None]:
    """Refuse the file for whatever its container makes olefile raise, but want of memory."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise damaged("son conteneur est abîmé ou coupé") from error


_SECTOR = 4096
_LINKS = _SECTOR // 4
_TABLE, _END, _FREE, _NONE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF
_HEADER = struct.Struct("<8s16x5H6x9I109I")
_ENTRY = struct.Struct("<64sHBB3I36xIQ")
_HEADER_TABLES = 109
"""Sectors of the allocation table that a header has room for: enough for 400 MiB."""


def wrap_stream(name: str, content: bytes) -> bytes:
    """Return a compound file of one stream, as plain as can be."""
    # What is shorter would have to stand in smaller sectors; records of zeros mean nothing.
    body = content.ljust(_SECTOR, b"\0")
    count = -(-len(body) // _SECTOR)
    tables = -(-(count + 3) // (_LINKS - 1))
    first = tables + 2
    # The directory, an empty stream for small ones that readers look for, the stream.
    links = [*[_TABLE] * tables, _END, _END, *range(first + 1, first + count), _END]
    header = _HEADER.pack(
        SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6,
        1, tables, tables, 0, _SECTOR, _END, 0, _END, 0,
        *range(tables), *[_FREE] * (_HEADER_TABLES - tables),
    )  # fmt: skip
    table = struct.pack(f"<{len(links)}I", *links).ljust(tables * _SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, 1, (tables + 1, _SECTOR)) + _entry(
        name, 2, _NONE, (first, len(body))
    )
    return b"".join(
        part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0")
        for part in (header, table, entries, bytes(_SECTOR), body)
    )


def _entry(name: str, kind: int, child: int, where: tuple[int, int]) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return _ENTRY.pack(text.ljust(64, b"\0"), len(text), kind, 1, _NONE, _NONE, child, *where)


_PASSWORD = "VelvetSweatshop"  # noqa: S105 - printed in the format's own specification
"""What Excel encrypts a workbook with whose structure alone is protected, and opens unasked."""


def read_xls(compound: Compound) -> RawWorkbook:
    """Return everything that the sheets of an .xls hold.

    Raises:
        UnreadableWorkbookError: it is locked, its records contradict themselves, or it reaches too
            far.
    """
    if compound.is_rights_managed:  # its own workbook then says no more than that
        raise UnreadableWorkbookError(RIGHTS_MANAGED)
    try:
        try:
            return _read_records(compound)
        except LockedRecordsError:
            return _read_records(Compound(decrypted(compound)))
    except LockedRecordsError as locked:
        raise UnreadableWorkbookError(PASSWORD_PROTECTED) from locked
    except BrokenRecordsError as broken:
        raise damaged(broken.reason) from broken


def _read_records(compound: Compound) -> RawWorkbook:
    stream = compound.stream(compound.workbook)
    known, masked = read_xls_records(stream)
    refuse_far_sheets(known)
    sheets = read_values(wrap_stream("Workbook", masked), known)
    refuse_shared_names(sheets)
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    return RawWorkbook(form=SpreadsheetFormat.XLS, sheets=sheets)


def decrypted(compound: Compound) -> bytes:
    """Decrypt a workbook that Excel encrypted with a password of its own.

    Raises:
        UnreadableWorkbookError: somebody chose another password, or somebody's rights are asked.
    """
    if compound.is_rights_managed:
        raise UnreadableWorkbookError(RIGHTS_MANAGED)
    target = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(compound.data))
        file.load_key(password=_PASSWORD)
        file.decrypt(target)
    except MemoryError:
        raise
    except Exception as error:
        # Whatever is wrong with the key, or with how it is said to be made.
        raise UnreadableWorkbookError(PASSWORD_PROTECTED) from error
    return target.getvalue()
