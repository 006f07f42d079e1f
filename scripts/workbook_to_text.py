"""Print a workbook as text, so that `git diff` can show what changed in it.

A line for each row that is not empty, its cells between ` | `, under the name of its sheet. Rows
carry no number: one that is inserted changes one line. CONTRIBUTING.md says how to set it up.
"""

from __future__ import annotations

import sys
import warnings
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet


def workbook_lines(path: Path) -> Iterator[str]:
    """The lines that show a workbook; one that says so where the file is none.

    Raises:
        OSError: the file cannot be opened.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep is not shown either
            # A file of its own: openpyxl judges a path by its ending, and Git's copy may have none.
            with path.open("rb") as file:
                book = load_workbook(file)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        yield f"Not a workbook that can be read: {error}"
        return
    for sheet in book.worksheets:
        yield f"## {sheet.title}{'' if sheet.sheet_state == 'visible' else ' (hidden)'}"
        yield from _rows(sheet)


def _rows(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows(values_only=True):
        line = " | ".join(map(_shown, row)).rstrip(" |")
        if line:
            yield line


def _shown(value: object) -> str:
    """A value on one line: dates as in ISO 8601, formulas as they are written."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    text = getattr(value, "text", value)  # an array formula is an object that holds its text
    return str(text).replace("\n", " ⏎ ")


def main(path: str) -> None:
    """Prints the workbook in UTF-8, whatever the terminal's encoding."""
    text = "".join(f"{line}\n" for line in workbook_lines(Path(path)))
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main(sys.argv[1])
