"""Rows added to a workbook that a school fills, all else in it left as it is.

The rows go into the XML of their sheet, after the last that says something; every other part is
copied. openpyxl would lose what it does not know: drawings, some validations, custom XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet import (
    UnreadableWorkbookError,
    cell_address,
    containers,
    find_target,
    main_part,
    parse_address,
    parse_part,
    relations_of,
)
from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAY_ZERO = date(1899, 12, 30)
_DATE_FORMATS = frozenset((*range(14, 18), 22))
_DATE_CODE = re.compile(r"[dj]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_R_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedRows:
    """Rows to add to a sheet.

    Attributes:
        sheet: its name in the workbook.
        header: the row of its headers, from 1.
        columns: where each column is, from 0, by its name.
        after: the last row that says something, from 1.
        rows: values by the names of columns; a column that the sheet lacks is added after its last.
    """

    sheet: str
    header: int
    columns: Mapping[str, int]
    after: int
    rows: Sequence[Mapping[str, str | date]]


def add_rows(data: bytes, added: AddedRows) -> bytes:
    """Return a workbook with rows added.

    Raises:
        UnreadableWorkbookError: it cannot be read.
    """
    package = containers.Package(data)
    book = main_part(package)
    part = _sheet_part(package, book, added.sheet)
    root = etree.fromstring(package.part(part), etree.XMLParser(resolve_entities=False))
    styles = find_target(relations_of(package, book), "styles")
    dates = _date_styles(package.part(styles)) if styles and styles in package else set()
    _Sheet(root, dates).add(added)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    packed = io.BytesIO()
    key = containers.part_key(part)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for entry in source.infolist():
            own = containers.part_key(entry.filename) == key
            body = content if own else source.read(entry)
            target.writestr(entry, body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _sheet_part(package: containers.Package, book: str, name: str) -> str:
    root = parse_part(book, package.part(book))
    space = root.tag[1:].partition("}")[0]
    named = relations_of(package, book)
    for sheet in root.iter(f"{{{space}}}sheet"):
        if fold_name(sheet.get("name") or "") == fold_name(name):
            for prefix in _R_SPACES:
                identifier = sheet.get(f"{{{prefix}}}id") or ""
                if identifier in named:
                    return named[identifier].target
    from sheetgen.problems.importing import FILE_DAMAGED  # noqa: PLC0415 - hardly ever

    raise UnreadableWorkbookError(FILE_DAMAGED, reason=f"la feuille {name} est introuvable")


def _date_styles(part: bytes) -> set[str]:
    """Return the numbers of the styles that show a date."""
    root = parse_part("styles", part)
    space = root.tag[1:].partition("}")[0]
    own = {
        item.get("numFmtId") or ""
        for item in root.iter(f"{{{space}}}numFmt")
        if _DATE_CODE.search(_QUOTED.sub("", item.get("formatCode") or ""))
    }
    cells = root.find(f"{{{space}}}cellXfs")
    found = set()
    for number, style in enumerate(cells if cells is not None else ()):
        form = style.get("numFmtId") or ""
        if form in own or (form.isdecimal() and int(form) in _DATE_FORMATS):
            found.add(str(number))
    return found


class _Sheet:
    """The XML of a sheet, to which rows are added."""

    def __init__(self, root: etree._Element, dates: set[str]) -> None:
        self._root = root
        self._space = str(root.tag)[1:].partition("}")[0]
        self._dates = dates
        self._data = root.find(self._tag("sheetData"))
        self._rows = {
            int(row.get("r") or 0): row
            for row in (() if self._data is None else self._data.iter(self._tag("row")))
        }

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def add(self, added: AddedRows) -> None:
        """Add the rows, and the headers of columns that were not there."""
        columns = dict(added.columns)
        for name in dict.fromkeys(name for row in added.rows for name in row):
            if name not in columns:
                columns[name] = max(columns.values(), default=-1) + 1
                self._put(added.header, columns[name], name, like=(added.header, columns[name] - 1))
        for number, row in enumerate(added.rows, start=added.after + 1):
            for name, value in sorted(row.items(), key=lambda item: columns[item[0]]):
                self._put(number, columns[name], value, like=(number - 1, columns[name]))
        self._widen()

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            row = etree.Element(self._tag("row"), r=str(number))
            before = max((known for known in self._rows if known < number), default=None)
            if self._data is None:
                message = "a sheet without sheetData"
                raise TypeError(message)
            place = 0 if before is None else self._data.index(self._rows[before]) + 1
            self._data.insert(place, row)
            self._rows[number] = row
        return self._rows[number]

    def _cell(self, number: int, column: int) -> etree._Element | None:
        address = cell_address(number - 1, column)
        row = self._rows.get(number)
        cells = () if row is None else row.iter(self._tag("c"))
        return next((cell for cell in cells if cell.get("r") == address), None)

    def _put(self, number: int, column: int, value: str | date, like: tuple[int, int]) -> None:
        """Write one cell, styled as it is already, else like another."""
        cell = self._cell(number, column)
        if cell is None:
            row = self._row(number)
            cell = etree.Element(self._tag("c"), r=cell_address(number - 1, column))
            row.insert(self._place(row, column), cell)
            model = self._cell(*like)
            if model is not None and model.get("s"):
                cell.set("s", model.get("s") or "")
            if row.get("spans"):
                del row.attrib["spans"]
        for child in list(cell):
            cell.remove(child)
        if isinstance(value, date) and cell.get("s") in self._dates:
            cell.attrib.pop("t", None)
            etree.SubElement(cell, self._tag("v")).text = str((value - _DAY_ZERO).days)
            return
        text = value.strftime("%d/%m/%Y") if isinstance(value, date) else value
        cell.set("t", "inlineStr")
        inside = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
        inside.set(_SPACE, "preserve")
        inside.text = text

    def _place(self, row: etree._Element, column: int) -> int:
        """Return where a cell goes among those of its row."""
        for place, cell in enumerate(row):
            if parse_address(cell.get("r") or "A1")[1] > column:
                return place
        return len(row)

    def _widen(self) -> None:
        """Take away the extent that the sheet says it has: it is optional, and no longer true."""
        extent = self._root.find(self._tag("dimension"))
        if extent is not None:
            self._root.remove(extent)
