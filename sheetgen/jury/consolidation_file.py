"""Opening the workbook that the jury filled in: in a process that may die, as a return is read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import UNREADABLE_FILE
from sheetgen.returns import FoundFile
from sheetgen.spreadsheet import RawWorkbook, read_workbook
from sheetgen.spreadsheet.contained import ReadFile, read_contained

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 120.0
"""A consolidation is far larger than a grid: twenty thousand rows at 300 candidates."""

_MEMORY = 4 << 30


def open_consolidation(path: Path) -> RawWorkbook | Problem:
    """Return the workbook's content, whatever application saved it, or why it is unreadable."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return UNREADABLE_FILE.at(Location(file=str(path)), reason=explain(error))
    found = FoundFile(
        name=str(path), path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data)
    )
    read = read_contained([found], _READ, jobs=1, seconds=_SECONDS, memory=_MEMORY)
    return next(result for _, result in read)


_READ = ReadFile(read=read_workbook, answer=RawWorkbook)
