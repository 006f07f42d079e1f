"""Writes a source workbook that a school can edit: styled, explained, with dropdowns.

Everything but the values comes from the same `schema` that the reader follows. The same values
always give the same bytes, so that a workbook made again shows no change where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from sheetgen.sources.schema import SESSION, ValueKind, WorkbookSpec

Value = str | int | float | date | time | None
"""What goes into a cell, as a school would write it."""

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  # Office properties carry no time zone
_BLANK_ROWS = 40
_FONT = "Calibri"
_DARK = "1F3864"
_LIGHT = "D9E2F3"
_INPUT = "FFF8E1"
_GREY = "595959"
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(vertical="top", wrap_text=True)
_FORMATS = {
    ValueKind.DATE: "dd/mm/yyyy",
    ValueKind.TIME: "hh:mm",
    ValueKind.CODE: "@",
    ValueKind.REFERENCE: "@",
    ValueKind.REFERENCES: "@",
    ValueKind.COLOUR: "@",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The values to write; what is left out is blank, or the default of its row.

    Attributes:
        fields: by sheet, then by name of row.
        rows: by sheet, one mapping for each row, by name of column.
        source: texts shown at the end of « Lisez-moi », to the letter.
    """

    fields: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    source: Sequence[str] = ()


def write_source_workbook(path: Path, spec: WorkbookSpec, contents: Contents) -> None:
    """Writes the workbook whole, or not at all.

    Raises:
        ValueError: a sheet, row or column of `contents` is not in `spec`.
        OSError: the file cannot be written.
    """
    _check_names(spec, contents)
    book = Workbook()
    book.properties.creator = "sheetgen"
    book.properties.title = spec.title
    book.properties.created = _CREATED
    readme = book.active
    if not isinstance(readme, Worksheet):
        raise TypeError
    readme.title = spec.companions[0]
    _fill_readme(readme, spec, contents.source)
    for sheet in spec.sheets:
        _fill_sheet(book.create_sheet(sheet.name), spec, sheet, contents)
    _fill_lists(book.create_sheet(spec.companions[1]), spec)
    _save(book, path)


def write_session_model(path: Path) -> None:
    """Writes a session workbook without data, ready to fill."""
    write_source_workbook(path, SESSION, Contents())
