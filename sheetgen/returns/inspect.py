"""Looking at a returned file's bytes before anything opens it.

Readers trust what a file says of itself: sizes, counts, addresses. This module checks those first,
within bounded memory, so that the reader is given only what it can read.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    DAMAGED_WORKBOOK,
    EMPTY_FILE,
    MISNAMED_FORMAT,
    NOT_A_GRID,
)

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def inspect_workbook(data: bytes) -> SpreadsheetFormat:
    """The real format of a workbook that is safe to open.

    Raises:
        UnreadableWorkbookError: it is no workbook, or not one to open.
    """
    if not data:
        raise UnreadableWorkbookError(EMPTY_FILE)
    if data.startswith(_COMPOUND):
        return SpreadsheetFormat.XLS
    if not data.startswith(b"PK"):
        raise UnreadableWorkbookError(NOT_A_GRID, found="inconnu")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except zipfile.BadZipFile as error:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason="il est tronqué") from error
    if "content.xml" in names:
        return SpreadsheetFormat.ODS
    if "xl/workbook.bin" in names:
        return SpreadsheetFormat.XLSB
    return SpreadsheetFormat.XLSX


def check_ending(file: str, form: SpreadsheetFormat) -> list[Problem]:
    """A warning when a file's name says another format than its content is in."""
    ending = PurePosixPath(file).suffix.lower()
    if ending == f".{form.value}":
        return []
    return [MISNAMED_FORMAT.at(Location(file=file), ending=ending, found=f".{form.value}")]
