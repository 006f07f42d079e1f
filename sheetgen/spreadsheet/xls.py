"""Reading .xls, and opening what is encrypted with the password that Excel itself knows."""

from __future__ import annotations

import io

import msoffcrypto

from sheetgen.problems.returns import NO_SHEET, PASSWORD_PROTECTED, RIGHTS_MANAGED
from sheetgen.spreadsheet.biff import BrokenRecordsError, LockedRecordsError, read_xls_records
from sheetgen.spreadsheet.binary import read_values, refuse_far_sheets, refuse_shared_names
from sheetgen.spreadsheet.compound import Compound, wrap_stream
from sheetgen.spreadsheet.contents import (
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    damaged,
)

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
