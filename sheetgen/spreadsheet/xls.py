"""Reading .xls, and opening what is encrypted with the password that Excel itself knows."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msoffcrypto
import olefile

from sheetgen.problems.returns import NO_SHEET, PASSWORD_PROTECTED, RIGHTS_MANAGED
from sheetgen.spreadsheet.biff import BrokenRecordsError, LockedRecordsError, read_xls_records
from sheetgen.spreadsheet.binary import read_values, refuse_far_sheets, refuse_shared_names
from sheetgen.spreadsheet.records import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - printed in the format's own specification
"""What Excel encrypts a workbook with whose structure alone is protected, and opens unasked."""

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
        """Whether only those may open it whom a server allows."""
        return not _RIGHTS.isdisjoint(name.lstrip("\t\x06") for name in self.names)

    @property
    def is_encrypted_package(self) -> bool:
        """Whether it is an encrypted workbook of a later format."""
        return "EncryptedPackage" in self.names

    @property
    def workbook(self) -> str:
        """The name of the stream that is an .xls, empty without any."""
        return next((name for name in _STREAMS if self._file.exists(name)), "")

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        with _container_faults():
            return bytes(self._file.openstream(name).read())

    def with_stream(self, name: str, content: bytes) -> bytes:
        """Return the whole file with another content, as long, in one of its streams."""
        with _container_faults():
            self._file.write_stream(name, content)
            return bytes(self._file.fp.getvalue())


@contextmanager
def _container_faults() -> Iterator[None]:
    """Refuse the file for whatever its container makes olefile raise, but want of memory."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise damaged("son conteneur est abîmé ou coupé") from error


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
    same = masked == stream
    data = compound.data if same else compound.with_stream(compound.workbook, masked)
    sheets = read_values(data, known)
    refuse_shared_names(sheets)
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    return RawWorkbook(form=SpreadsheetFormat.XLS, sheets=sheets)


def decrypted(compound: Compound) -> bytes:
    """Return what is inside a workbook that Excel encrypted with a password of its own.

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
