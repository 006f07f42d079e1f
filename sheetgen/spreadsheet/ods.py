"""Reading .ods: its content in one strict pass of lxml, of each cell its direct children alone.

What lies over a cell (text boxes, shapes, notes) and what tracked changes keep of deleted cells are
no part of it. Source: OpenDocument 1.3 part 3, 9 and 19.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.returns import NO_SHEET, PASSWORD_PROTECTED
from sheetgen.spreadsheet.contents import (
    MergedRange,
    RawCell,
    RawSheet,
    RawWorkbook,
    SpreadsheetFormat,
    UnreadableWorkbookError,
    cover_formulas,
    damaged,
    refuse_far_cells,
    too_far_away,
)
from sheetgen.spreadsheet.limits import CELLS, COLUMNS, ROWS
from sheetgen.spreadsheet.literals import read_duration, read_moment, read_number
from sheetgen.spreadsheet.markup import (
    BLANK,
    NotUnderstoodError,
    parse_part,
    refuse_text,
    split_tag,
)
from sheetgen.spreadsheet.number_formats import NumberKind, shown_number
from sheetgen.spreadsheet.ods_text import (
    ASIDE,
    DRAWINGS,
    OFFICE,
    TABLE,
    TEXT,
    paragraph_text,
    read_count,
)
from sheetgen.spreadsheet.relations import read_ods_properties
from sheetgen.spreadsheet.shown_texts import other_than

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.spreadsheet.containers import Package
    from sheetgen.spreadsheet.contents import Position
    from sheetgen.spreadsheet.markup import Element

CONTENT, MANIFEST, META = "content.xml", "META-INF/manifest.xml", "meta.xml"
_MANIFEST_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"

_ROW_GROUPS = frozenset(("table-rows", "table-header-rows", "table-row-group"))
_CELLS = frozenset(("table-cell", "covered-table-cell"))
_TYPE, _FORMULA, _STRING = (
    f"{{{OFFICE}}}value-type",
    f"{{{TABLE}}}formula",
    f"{{{OFFICE}}}string-value",
)
_ERROR = re.compile(r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!)|Err:[0-9]{3}")
"""What a formula shows that failed, where the program does not say so in another way."""

_BESIDE = frozenset(
    ((TABLE, "detective"), (TABLE, "cell-range-source"), (OFFICE, "event-listeners"))
)
"""Elements of a cell, besides drawings and notes, that are no part of what it shows."""

_TRUTHS = {"true": True, "false": False}


def read_ods(package: Package) -> RawWorkbook:
    """Return everything that a workbook's sheets hold.

    Raises:
        UnreadableWorkbookError: it is encrypted, a part is not well formed, or a cell holds what
            cannot be read exactly.
    """
    _refuse_encrypted(package)
    content = parse_part(CONTENT, package.part(CONTENT))
    sheets: list[RawSheet] = []
    names: set[str] = set()
    for table in _tables(content):
        reading = _TableReading(name=table.get(f"{{{TABLE}}}name") or "")
        if reading.name.casefold() in names:
            raise damaged("deux de ses feuilles portent le même nom", reading.name)
        names.add(reading.name.casefold())
        sheets.append(reading.read(table))
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    properties = {}
    if META in package:
        properties = read_ods_properties(parse_part(META, package.part(META)))
    return RawWorkbook(form=SpreadsheetFormat.ODS, sheets=tuple(sheets), properties=properties)


def media_type(package: Package) -> str:
    """Return what the manifest says that the whole package is, empty if it says nothing.

    Raises:
        UnreadableWorkbookError: it is not well formed.
    """
    if MANIFEST not in package:
        return ""
    entries = parse_part(MANIFEST, package.part(MANIFEST)).iter(f"{{{_MANIFEST_SPACE}}}file-entry")
    return next(
        (
            item.get(f"{{{_MANIFEST_SPACE}}}media-type") or ""
            for item in entries
            if item.get(f"{{{_MANIFEST_SPACE}}}full-path") == "/"
        ),
        "",
    )


def _refuse_encrypted(package: Package) -> None:
    if MANIFEST not in package:
        return
    manifest = parse_part(MANIFEST, package.part(MANIFEST))
    if any(True for _ in manifest.iter(f"{{{_MANIFEST_SPACE}}}encryption-data")):
        raise UnreadableWorkbookError(PASSWORD_PROTECTED)


def _tables(content: Element) -> Iterator[Element]:
    body = content.find(f"{{{OFFICE}}}body")
    sheets = None if body is None else body.find(f"{{{OFFICE}}}spreadsheet")
    if sheets is not None:
        yield from sheets.iterchildren(f"{{{TABLE}}}table")


@dataclass(kw_only=True)
class _TableReading:
    """A sheet while it is read; positions count from zero."""

    name: str
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    shown: dict[Position, str] = field(default_factory=dict)
    merged: list[MergedRange] = field(default_factory=list)
    covered: list[MergedRange] = field(default_factory=list)
    row: int = 0
    cells: int = 0

    def read(self, table: Element) -> RawSheet:
        """Return the sheet."""
        try:
            for line in self._lines(table):
                self._read_line(line)
        except NotUnderstoodError as error:
            raise damaged(error.reason, self.name) from error
        refuse_far_cells(self.name, self.rows, (*self.formulas, *self.errors))
        cover_formulas(self.covered, self.rows, self.errors, self.formulas)
        return RawSheet(
            name=self.name,
            rows=self.rows,
            formulas=self.formulas,
            errors=self.errors,
            shown=self.shown,
            merged=tuple(self.merged),
        )

    def _lines(self, parent: Element) -> Iterator[Element]:
        """Yield the rows, those in groups included; columns, shapes and settings hold no cells."""
        for child in parent:
            space, name = split_tag(child.tag)
            if space == TABLE and name == "table-row":
                yield child
            elif space == TABLE and name in _ROW_GROUPS:
                yield from self._lines(child)

    def _read_line(self, line: Element) -> None:
        repeated = read_count(line, f"{{{TABLE}}}number-rows-repeated")
        column = 0
        refuse_text(line.text)
        for cell in line:
            space, name = split_tag(cell.tag)
            if space != TABLE or name not in _CELLS:
                reason = f"un élément inconnu (« {name[:40]} ») se trouve entre les cellules"
                raise damaged(reason, self.name, (self.row, column))
            try:
                refuse_text(cell.tail)
                count = read_count(cell, f"{{{TABLE}}}number-columns-repeated")
                self._read_cell(cell, column, (repeated, count))
            except NotUnderstoodError as error:
                raise damaged(error.reason, self.name, (self.row, column)) from error
            column += count
        self.row += repeated

    def _read_cell(self, cell: Element, column: int, times: tuple[int, int]) -> None:
        """Read a cell that stands for so many rows and columns from its place on."""
        place = self.row, column
        self._read_spans(cell, place)
        text = self._shown_text(cell)
        formula = cell.get(_FORMULA)
        kind = cell.get(_TYPE)
        if kind is None and formula is None and not text:
            return
        error = cell.get(f"{{{_CALC}}}value-type") == "error" or (
            formula is not None and kind in (None, "string") and _ERROR.fullmatch(text or "")
        )
        value = "" if error else _value(cell, kind, text or "")
        if value == "" and formula is None and not error:
            return
        shown = _shown_instead(kind, value, text)
        last = self.row + times[0] - 1, column + times[1] - 1
        self.cells += times[0] * times[1]
        if last[0] >= ROWS or last[1] >= COLUMNS or self.cells > CELLS:
            raise too_far_away(self.name, last)
        for row in range(self.row, last[0] + 1):
            for where in range(column, last[1] + 1):
                if formula is not None:
                    self.formulas[row, where] = f"={formula.partition('=')[2]}"
                if error:
                    self.errors[row, where] = text or "#VALUE!"
                elif value != "":
                    self.rows.setdefault(row, {})[where] = value
                    if shown:
                        self.shown[row, where] = shown

    def _read_spans(self, cell: Element, place: Position) -> None:
        for ranges, what in ((self.merged, "number"), (self.covered, "number-matrix")):
            down = read_count(cell, f"{{{TABLE}}}{what}-rows-spanned")
            across = read_count(cell, f"{{{TABLE}}}{what}-columns-spanned")
            if down > 1 or across > 1:
                last = place[0] + down - 1, place[1] + across - 1
                ranges.append(MergedRange(first=place, last=last))

    def _shown_text(self, cell: Element) -> str | None:
        """Return the cell's own paragraphs, one below the other; None where it has none."""
        found: list[str] = []
        refuse_text(cell.text)
        for child in cell:
            refuse_text(child.tail)
            space, name = split_tag(child.tag)
            if space == TEXT and name in ("p", "h"):
                found.append(paragraph_text(child))
            elif space not in DRAWINGS and (space, name) not in ASIDE | _BESIDE:
                reason = f"un élément inconnu (« {name[:40]} ») s'y trouve"
                raise NotUnderstoodError(reason)
        return "\n".join(found) if found else None


def _shown_instead(kind: str | None, value: RawCell, text: str | None) -> str:
    """Return what a number's cell shows, where that is another number or none."""
    if not isinstance(value, float):
        return ""
    if kind == "percentage":
        return shown_number(value, NumberKind.PERCENTAGE)
    return "" if text is None else other_than(text, value)


def _value(cell: Element, kind: str | None, text: str) -> RawCell:
    """Return the value of a cell of a type; `text` is what it shows."""
    if kind in (None, "string", "void"):
        said = cell.get(_STRING)
        return text if said is None else said
    if kind in ("float", "percentage", "currency"):
        return read_number(_said(cell, "value"))
    if kind == "boolean" and (truth := _said(cell, "boolean-value")) in _TRUTHS:
        return _TRUTHS[truth]
    if kind == "date":
        return read_moment(_said(cell, "date-value"))
    if kind == "time":
        return read_duration(_said(cell, "time-value"))
    reason = f"sa valeur n'est pas du type « {kind[:20]} »"
    raise NotUnderstoodError(reason)


def _said(cell: Element, attribute: str) -> str:
    return (cell.get(f"{{{OFFICE}}}{attribute}") or "").strip(BLANK)
