"""A source workbook that a school can edit, as it is written: styled, explained, with dropdowns.

Everything but the values comes from the same `schema` that the reader follows. The same values
always give the same bytes, so that a workbook made again shows no change where there is none.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from sheetgen.excel import formats
from sheetgen.excel.text_fit import FONT
from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.schema import (
    IMPORT,
    REFERENTIAL,
    SESSION,
    SheetSpec,
    ValueKind,
    ValueSpec,
    WorkbookSpec,
)
from sheetgen.sources.write.origins import Origins, fill_origins
from sheetgen.sources.write.readme import fill_readme
from sheetgen.sources.write.source_styles import (
    BORDER,
    DARK,
    GREY,
    INPUT,
    LIGHT,
    TOP,
    Value,
    fit_row,
    prepare_print,
    put,
    solid,
    style_header,
)
from sheetgen.sources.write.validations import (
    ROOM,
    cell_note,
    closed_sets,
    explanation,
    header_note,
    validation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001  # Office properties and zips carry no time zone
_FONT_PARTS = (
    b"b i strike condense extend outline shadow u vertAlign sz color name family charset scheme"
).split()
"""The order in which Microsoft's schema wants the parts of a font; openpyxl has its own."""

_LIKE_AN_ESCAPE = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")
"""Where a text has what files write for another character: openpyxl leaves it so."""


def save(book: Workbook, path: Path) -> None:
    """Write the file in one step; nothing in it says at what time.

    Raises:
        OSError: the file cannot be written; the former one, if any, is as it was.
    """
    raw = io.BytesIO()
    book.save(raw)
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _MOMENT.timetuple()[:6])
            stamped.external_attr = 0o600 << 16
            part = _mend(entry.filename, source.read(entry))
            target.writestr(stamped, part, zipfile.ZIP_DEFLATED)
    write_whole(path, packed.getvalue())


def _mend(name: str, part: bytes) -> bytes:
    if name == "docProps/core.xml":
        moment = f"{_MOMENT.isoformat()}Z".encode()
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, part)
    if name.startswith("xl/worksheets/"):
        return _LIKE_AN_ESCAPE.sub(b"_x005F_", part)
    if name == "xl/styles.xml":
        return re.sub(rb"(?<=<font>).*?(?=</font>)", _order_font, part)
    return part


def _order_font(found: re.Match[bytes]) -> bytes:
    parts = re.findall(rb"<(\w+)([^>]*)/>", found[0])
    parts.sort(key=lambda item: _FONT_PARTS.index(item[0]))
    return b"".join(b"<%b%b/>" % part for part in parts)


_BLANK_ROWS = 40
_PAGE = 300
"""How many characters beside one another can still be read on one A4 page."""

_FORMATS = {
    ValueKind.DATE: formats.DATE,
    ValueKind.TIME: formats.TIME,
    ValueKind.PASSAGE: formats.MOMENT,
    ValueKind.INSEE_CODE: formats.TEXT,
    ValueKind.ITEM: formats.TEXT,
    ValueKind.JURY: formats.TEXT,
    ValueKind.CODE: formats.TEXT,
    ValueKind.REFERENCE: formats.TEXT,
    ValueKind.REFERENCES: formats.TEXT,
    ValueKind.COLOUR: formats.TEXT,
    ValueKind.SHORTCUT: formats.TEXT,
    ValueKind.PERCENTAGE: formats.TEXT,
    ValueKind.THRESHOLD: formats.TEXT,
}
"""Formats of cells that a spreadsheet would else change: 8/10 typed there is no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMark:
    """A cell to which somebody has to look: the colour behind it, and what its note says."""

    ground: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The values to write; what is left out is blank, or the default of its row.

    Attributes:
        fields: by sheet, then by name of row.
        rows: by sheet, one mapping for each row, by name of column.
        source: texts shown at the end of « Lisez-moi », to the letter.
        origins: of a draft, the lines of its sheet « Import »; None for any other workbook.
        marks: by sheet, then by number of row (0 for the first) and name of column.
        colours: the meaning of each colour of the marks.
    """

    fields: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    source: Sequence[str] = ()
    origins: Origins | None = None
    marks: Mapping[str, Mapping[tuple[int, str], CellMark]] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)


def write_source_workbook(path: Path, spec: WorkbookSpec, contents: Contents) -> None:
    """Write the workbook whole, or not at all.

    Raises:
        ValueError: a sheet, row or column of `contents` is not in `spec`.
        OSError: the file cannot be written.
    """
    _check_names(spec, contents)
    book = Workbook()
    book.properties.creator = "sheetgen"
    book.properties.title = spec.title
    book.remove(book.worksheets[0])
    fill_readme(book.create_sheet(spec.companions[0]), spec, contents.source, contents.colours)
    for sheet in spec.sheets:
        _fill_sheet(book.create_sheet(sheet.name), spec, sheet, contents)
    if contents.origins is not None:
        fill_origins(book.create_sheet(IMPORT.name, 1), contents.origins)
    _fill_lists(book.create_sheet(spec.companions[1]), spec)
    save(book, path)


def write_referential_model(path: Path) -> None:
    """Write a référentiel without data, ready to fill, its rules at their defaults."""
    write_source_workbook(path, REFERENTIAL, Contents())


def write_session_model(path: Path) -> None:
    """Write a session workbook without data, ready to fill."""
    write_source_workbook(path, SESSION, Contents())


def _check_names(spec: WorkbookSpec, contents: Contents) -> None:
    """Refuse what would otherwise be left out of the workbook in silence."""
    for name, rows in contents.rows.items():
        columns = {column.name for column in spec.sheet(name).columns}
        _refuse(name, {key for row in rows for key in row} - columns)
    for name, values in contents.fields.items():
        _refuse(name, values.keys() - {item.name for item in spec.sheet(name).fields})


def _refuse(sheet: str, unknown: set[str]) -> None:
    if unknown:
        message = f"the sheet {sheet} has no {', '.join(sorted(unknown))}"
        raise ValueError(message)


def _fill_sheet(
    target: Worksheet, spec: WorkbookSpec, sheet: SheetSpec, contents: Contents
) -> None:
    for place, column in enumerate(sheet.columns, start=1):
        dimension = target.column_dimensions[get_column_letter(place)]
        dimension.width = column.width
        dimension.alignment = TOP
        dimension.number_format = _FORMATS.get(column.kind, formats.GENERAL)
        header = target.cell(1, place, column.name)
        style_header(header, required=column.required or bool(column.need))
        header.comment = header_note(column)
    fit_row(target, 1)
    if sheet.fields:
        _fill_fields(target, spec, sheet, contents.fields.get(sheet.name, {}))
    else:
        _fill_rows(target, spec, sheet, contents.rows.get(sheet.name, ()))
        _mark(target, sheet, contents.marks.get(sheet.name, {}))
    target.freeze_panes = f"{get_column_letter(1 + sheet.frozen)}2"
    target.sheet_properties.tabColor = DARK
    pages = -(-sum(column.width for column in sheet.columns) // _PAGE)
    prepare_print(target, pages=pages)
    target.print_title_rows = "1:1"
    if pages > 1:
        target.print_title_cols = "A:A"


def _fill_fields(
    target: Worksheet, spec: WorkbookSpec, sheet: SheetSpec, values: Mapping[str, Value]
) -> None:
    for row, item in enumerate(sheet.fields, start=2):
        name = target.cell(row, 1, item.name)
        name.font = Font(name=FONT, bold=item.required)
        name.fill = solid(LIGHT)
        answer = put(target, row, 2, values.get(item.name, _default(item)))
        answer.number_format = _FORMATS.get(item.kind, formats.GENERAL)
        answer.fill = solid(INPUT)
        advice = target.cell(row, 3, explanation(item))
        advice.font = Font(name=FONT, color=GREY)
        for cell in (name, answer, advice):
            cell.alignment = TOP
            cell.border = BORDER
        fit_row(target, row)
        rule = validation(spec, item, answer.coordinate, prompt=False)
        if rule is not None:
            target.add_data_validation(rule)


def _fill_rows(
    target: Worksheet, spec: WorkbookSpec, sheet: SheetSpec, rows: Sequence[Mapping[str, Value]]
) -> None:
    styles: dict[int, StyleArray] = {}
    for number in range(len(rows) or _BLANK_ROWS):
        values = rows[number] if rows else {}
        for place, column in enumerate(sheet.columns, start=1):
            cell = put(target, number + 2, place, values.get(column.name))
            quoted = cell.quotePrefix
            if place in styles and not quoted:
                # As openpyxl's documentation copies one; setting each part takes six times as long.
                cell._style = copy(styles[place])  # type: ignore[attr-defined] # noqa: SLF001
                continue
            cell.number_format = _FORMATS.get(column.kind, formats.GENERAL)
            cell.font = Font(name=FONT, bold=column.kind is ValueKind.CODE)
            cell.alignment = TOP
            cell.border = BORDER
            if not quoted:
                styles[place] = cell._style  # type: ignore[attr-defined] # noqa: SLF001
        if rows:
            fit_row(target, number + 2, len(sheet.columns))
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        rule = validation(spec, column, f"{letter}2:{letter}{ROOM}", prompt=True)
        if rule is not None:
            target.add_data_validation(rule)


def _mark(target: Worksheet, sheet: SheetSpec, marks: Mapping[tuple[int, str], CellMark]) -> None:
    columns = {column.name: place for place, column in enumerate(sheet.columns, start=1)}
    for (number, name), mark in marks.items():
        cell = target.cell(number + 2, columns[name])
        cell.fill = solid(mark.ground)
        cell.comment = cell_note(sheet.columns[columns[name] - 1], mark.note)


def _fill_lists(target: Worksheet, spec: WorkbookSpec) -> None:
    for place, (values, name) in enumerate(closed_sets(spec).items(), start=1):
        target.column_dimensions[get_column_letter(place)].width = 28
        style_header(target.cell(1, place, name), required=False)
        for row, value in enumerate(values, start=2):
            target.cell(row, place, value)
    target.sheet_state = "hidden"


def _default(item: ValueSpec) -> Value:
    """Return the default of an untouched row, as a number where the cell is not of text."""
    if item.default is None or _FORMATS.get(item.kind) == formats.TEXT or item.allowed:
        return item.default
    number = float(item.default.replace(",", "."))
    return int(number) if number.is_integer() else number
