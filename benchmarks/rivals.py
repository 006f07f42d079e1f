"""Programs that a user would run instead, each in its process: `rivals.py WAY FOLDER [WHAT]`.

- `template`: openpyxl opens each grid as its template, names the candidate and saves it;
- `read`: openpyxl reads every cell of each return, in the mode that it has for that;
- `write`: XlsxWriter writes the cells of the consolidation, formulas and their values included;
- `render`: docxtpl opens, renders and saves each document, as its documentation says; WHAT tells
  which: `reports` or `papers`.

What they need beside the files, `prepare.py` has put in the folder. Loading it is not counted.
"""

from __future__ import annotations

import json
import pickle
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

WRITTEN = "cells.pickle"
"""The cells of the consolidation, by file and sheet."""


_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux has one for all
"""Where openpyxl is to make the drafts of its sheets.

On disk, it deletes so many that making a file takes long for whoever is measured after it.
"""


def rendered(what: str) -> str:
    """Return the file of each document's template and context: `reports` or `papers`."""
    return f"{what}.pickle"


def template(folder: Path) -> None:
    """Make each grid of a template that has its sheets."""
    import openpyxl  # noqa: PLC0415 - each way loads what it needs, as a program of its own would

    warnings.simplefilter("ignore")  # it tells which parts it loses
    if _MEMORY.is_dir():
        tempfile.tempdir = str(_MEMORY)
    target = _new(folder / "openpyxl")
    for path in folder.glob("outputs/*/grilles/*/*.xlsx"):
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["A1"] = path.stem
        book.save(target / path.name)


def read(folder: Path) -> None:
    """Read each return."""
    import openpyxl  # noqa: PLC0415 - likewise

    warnings.simplefilter("ignore")
    for path in folder.glob("outputs/*/retours/*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            list(sheet.values)
        book.close()


def write(folder: Path) -> None:
    """Write the workbooks of the consolidation, their cells alone."""
    import xlsxwriter  # noqa: PLC0415 - likewise

    start = time.process_time()
    books = pickle.loads((folder / WRITTEN).read_bytes())  # noqa: S301 - made by `prepare.py`
    _tell_aside(start)
    target = _new(folder / "xlsxwriter")
    for name, sheets in books.items():
        book = xlsxwriter.Workbook(target / name)
        formats: dict[int, Any] = {}
        for title, cells in sheets.items():
            sheet = book.add_worksheet(title)
            for row, column, style, formula, value in cells:
                if style not in formats:
                    formats[style] = book.add_format({"text_wrap": True, "font_size": 8 + style})
                if formula:
                    sheet.write_formula(row, column, formula, formats[style], value)
                elif value is None:
                    sheet.write_blank(row, column, None, formats[style])
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, formats[style])
                else:
                    sheet.write_number(row, column, value, formats[style])
        book.close()


def render(folder: Path, what: str) -> None:
    """Make each document of its template and its context."""
    start = time.process_time()
    from sheetgen.documents import with_missing  # noqa: PLC0415 - not counted

    loaded = pickle.loads((folder / rendered(what)).read_bytes())  # noqa: S301 - made by `prepare`
    documents = [(path, with_missing(context, [])) for path, context in loaded]
    _tell_aside(start)
    from docxtpl import DocxTemplate  # noqa: PLC0415 - likewise

    target = _new(folder / "docxtpl")
    for number, (path, context) in enumerate(documents):
        document = DocxTemplate(path)
        document.render(context, autoescape=True)
        document.save(target / f"{number}.docx")


def _tell_aside(start: float) -> None:
    """Tell how long it took to load what was prepared."""
    print(json.dumps({"aside": time.process_time() - start}), flush=True)


def _new(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


WAYS: dict[str, Callable[..., None]] = {
    "template": template,
    "read": read,
    "write": write,
    "render": render,
}

if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
