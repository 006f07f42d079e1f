"""The cells of one .xlsx worksheet: each read exactly, or refused at its address.

Whatever stands inside the rows is understood or refused. What stands around them (widths,
conditional formats, drawings…) is not looked at. Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from lxml import etree

from sheetgen.spreadsheet.contents import (
    MergedRange,
    Moment,
    Position,
    RawCell,
    RawSheet,
    cover_formulas,
    damaged,
    parse_address,
    refuse_far_cells,
)
from sheetgen.spreadsheet.limits import MEBIBYTE
from sheetgen.spreadsheet.markup import (
    BLANK,
    PARSING,
    NotUnderstoodError,
    broken_markup,
    check_document,
    children,
    parse_part,
    plain_text,
    refuse_definition,
    refuse_text,
    refuse_what_must_be_understood,
    seen,
    split_tag,
)
from sheetgen.spreadsheet.xlsx_values import rich_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.spreadsheet.limits import Scope
    from sheetgen.spreadsheet.markup import Element
    from sheetgen.spreadsheet.xlsx_values import Tables

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of a workbook's parts: the usual, and that of Strict OOXML."""

_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_ROW_ATTRIBUTES = frozenset(
    (
        *("r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel"),
        *("collapsed", "thickTop", "thickBot", "ph"),
    )
)
_CELL_ATTRIBUTES = frozenset(("r", "s", "t", "cm", "vm", "ph"))
_COVERING = frozenset(("array", "dataTable"))
"""Kinds of formula whose results stand in other cells, too, without a formula there."""

_WHOLE_BYTES = 8 * MEBIBYTE
"""A part up to this size is parsed at one time; a larger one row by row, each forgotten after."""

_BARE_COLUMNS = 2

_BETWEEN_ROWS = "un élément inconnu se trouve entre les lignes"


def read_sheet(names: tuple[str, str], body: bytes, tables: Tables, scope: Scope) -> RawSheet:
    """Return a worksheet's cells.

    Args:
        names: the sheet's and that of the part that it is in, for what is wrong with it.
        body: the part's bytes.
        tables: what its cells refer to.
        scope: how much of it is wanted: beyond two columns of a bare sheet, nothing is looked at.

    Raises:
        UnreadableWorkbookError: it is not well formed, or holds what cannot be read exactly.
    """
    name, part = names
    reading = _SheetReading(name, part, tables, scope)
    try:
        if len(body) > _WHOLE_BYTES:
            reading.read_in_pieces(body)
        else:
            reading.read_whole(body)
    except NotUnderstoodError as error:
        raise damaged(error.reason, name) from error
    return reading.sheet()


class _SheetReading:
    """A worksheet while it is read; positions count from zero."""

    def __init__(self, name: str, part: str, tables: Tables, scope: Scope) -> None:
        self._name = name
        self._part = part
        self._tables = tables
        self._bare = name in scope.bare
        self._anywhere = scope.anywhere
        self._rows: dict[int, dict[int, RawCell]] = {}
        self._formulas: dict[Position, str] = {}
        self._errors: dict[Position, str] = {}
        self._shown: dict[Position, str] = {}
        self._formats: dict[Position, str] = {}
        self._merged: list[MergedRange] = []
        self._covered: list[MergedRange] = []
        self._seen_rows: set[int] = set()
        self._row = -1

    def sheet(self) -> RawSheet:
        """Return the sheet that was read.

        Raises:
            UnreadableWorkbookError: a cell lies too far away.
        """
        rows = self._rows
        if any(left > right for left, right in pairwise(rows)):
            rows = dict(sorted(rows.items()))
        if not self._anywhere:
            refuse_far_cells(self._name, rows, (*self._formulas, *self._errors))
        cover_formulas(self._covered, rows, self._errors, self._formulas)
        return RawSheet(
            name=self._name,
            rows=rows,
            formulas=self._formulas,
            errors=self._errors,
            shown=self._shown,
            merged=tuple(self._merged),
            formats=self._formats,
        )

    # The part as a whole.

    def read_whole(self, body: bytes) -> None:
        """Read a part that is parsed at one time."""
        root = parse_part(self._part, body)
        self._begin(root)
        for section in children(root, self._space):
            if section.tag == self._data_tag:
                for line in children(section, self._space):
                    self._read_row(line)
            elif section.tag == self._merges_tag:
                self._read_merges(section)

    def read_in_pieces(self, body: bytes) -> None:
        """Read a part row by row, in little memory: what it has between its rows is refused."""
        refuse_definition(body)
        events = etree.iterparse(io.BytesIO(body), tag="{*}row", **PARSING)
        last: Element | None = None
        try:
            for _, found in events:
                line = cast("Element", found)
                if last is None:
                    self._begin(cast("Element", line.getroottree().getroot()))
                data = line.getparent()
                if data is None or data.tag != self._data_tag:
                    continue
                if line.getprevious() is not last:
                    raise NotUnderstoodError(_BETWEEN_ROWS)
                self._read_row(line)
                line.clear(keep_tail=True)
                if last is not None:
                    refuse_text(last.tail)
                    data.remove(last)
                last = line
        except etree.XMLSyntaxError as error:
            raise broken_markup(self._part, error) from error
        root = cast("Element", events.root)
        check_document(root, self._part)
        if last is None:
            self._begin(root)
        for section in children(root, self._space):
            if section.tag == self._data_tag:
                if any(line is not last for line in children(section, self._space)):
                    raise NotUnderstoodError(_BETWEEN_ROWS)
            elif section.tag == self._merges_tag:
                self._read_merges(section)

    def _begin(self, root: Element) -> None:
        space, kind = split_tag(root.tag)
        if kind != "worksheet" or space not in MAIN:
            reason = f"la partie « {self._part} » n'est pas une feuille de calcul"
            raise damaged(reason, self._name)
        refuse_what_must_be_understood(root, space)
        self._space = space
        self._data_tag, self._merges_tag = f"{{{space}}}sheetData", f"{{{space}}}mergeCells"
        self._row_tag, self._cell_tag = f"{{{space}}}row", f"{{{space}}}c"
        self._value_tag, self._formula_tag = f"{{{space}}}v", f"{{{space}}}f"
        self._inline_tag, self._other_tag = f"{{{space}}}is", f"{{{space}}}extLst"

    def _read_merges(self, section: Element) -> None:
        for item in children(section, self._space):
            if split_tag(item.tag) == (self._space, "mergeCell"):
                self._merged.append(self._range(item.get("ref"), "une fusion de cellules"))

    def _range(self, reference: str | None, what: str) -> MergedRange:
        first, colon, last = (reference or "").strip(BLANK).partition(":")
        try:
            top, left = parse_address(first)
            bottom, right = parse_address(last) if colon else (top, left)
        except ValueError as error:
            reason = f"{what} est illisible (« {(reference or '')[:40]} »)"
            raise damaged(reason, self._name) from error
        return MergedRange(
            first=(min(top, bottom), min(left, right)), last=(max(top, bottom), max(left, right))
        )

    # Its rows.

    def _read_row(self, line: Element) -> None:
        if line.tag != self._row_tag:
            raise NotUnderstoodError(_BETWEEN_ROWS)
        said = self._begin_row(line)
        columns: list[int] = []
        cells: dict[int, RawCell] = {}
        if line.text:
            self._refuse_row_text(line.text)
        for item in line:
            if item.tag == self._cell_tag:
                self._read_cell(item, columns, cells, said=said)
            else:
                self._read_other(item, columns, cells, said=said)
            if item.tail:
                self._refuse_row_text(item.tail)
            if self._bare and columns and columns[-1] >= _BARE_COLUMNS - 1:
                break
        if self._row in self._seen_rows:
            raise damaged(f"la ligne {self._row + 1} y figure deux fois", self._name)
        self._seen_rows.add(self._row)
        if cells:
            self._rows[self._row] = cells
        if columns != sorted(set(columns)):
            self._put_in_order(columns)

    def _refuse_row_text(self, text: str) -> None:
        if text.strip(BLANK):
            reason = f"un texte se trouve entre les cellules de la ligne {self._row + 1}"
            raise damaged(reason, self._name)

    def _begin_row(self, line: Element) -> bool:
        """Take the row's number, or the next one where it has none; return whether it has."""
        self._row += 1
        unknown = next(filter(_is_unknown, set(line.keys()) - _ROW_ATTRIBUTES), None)
        if unknown is not None:
            reason = f"la ligne {self._row + 1} porte un attribut inconnu (« {unknown} »)"
            raise damaged(reason, self._name)
        number = line.get("r")
        if number is None:
            return False
        if not _ROW_NUMBER.fullmatch(number.strip(BLANK)):
            raise damaged("le numéro d'une ligne est illisible", self._name)
        self._row = int(number) - 1
        return True

    def _read_other(
        self, item: Element, columns: list[int], cells: dict[int, RawCell], *, said: bool
    ) -> None:
        """Read what stands in a row and is no cell: versions of one, or an extension."""
        column = columns[-1] + 1 if columns else 0
        try:
            for one in seen(item, self._space):
                if one.tag == self._cell_tag:
                    self._read_cell(one, columns, cells, said=said)
                elif one.tag != self._other_tag:
                    raise _unknown(one)
        except NotUnderstoodError as error:
            raise damaged(error.reason, self._name, (self._row, column)) from error

    def _put_in_order(self, columns: Sequence[int]) -> None:
        """Order the row's cells, of which none may be there twice."""
        found: set[int] = set()
        for column in columns:
            if column in found:
                reason = "une cellule y figure deux fois"
                raise damaged(reason, self._name, (self._row, column))
            found.add(column)
        if self._row in self._rows:
            self._rows[self._row] = dict(sorted(self._rows[self._row].items()))

    # Its cells.

    def _read_cell(
        self, item: Element, columns: list[int], cells: dict[int, RawCell], *, said: bool
    ) -> None:
        """Read a cell of the row at hand; `said` is whether the row has a number of its own."""
        column = columns[-1] + 1 if columns else 0
        kind = style = unknown = None
        for key, value in item.items():
            if key == "r":
                column = self._column(value, free=not said and not columns)
            elif key == "s":
                style = value
            elif key == "t":
                kind = value
            elif key not in _CELL_ATTRIBUTES and _is_unknown(key):
                unknown = key
        columns.append(column)
        place = self._row, column
        if unknown is not None:
            raise damaged(f"elle porte un attribut inconnu (« {unknown} »)", self._name, place)
        try:
            text = self._read_content(item, kind, place)
            found = self._tables.value(kind, text, style) if text else ""
        except NotUnderstoodError as error:
            raise damaged(error.reason, self._name, place) from error
        if kind == "e":
            if text is not None:
                self._errors[place] = str(found) or "#VALUE!"
        elif found != "":
            cells[column] = found
            if not isinstance(found, str):
                self._note_format(place, found, style)

    def _note_format(self, place: Position, found: RawCell, style: str | None) -> None:
        """Take note of what a number shows where that is another, and of its format if wanted."""
        if isinstance(found, float) and (shown := self._tables.shown(found, style)):
            self._shown[place] = shown
        if self._tables.codes and isinstance(found, float | Moment):
            code = self._tables.code(style)
            if code:
                self._formats[place] = code

    def _read_content(self, item: Element, kind: str | None, place: Position) -> str | None:
        """Return what is written in a cell, and take note of its formula; None without a value."""
        text: str | None = None
        formula: Element | None = None
        inline: Element | None = None
        if item.text:
            refuse_text(item.text)
        for child in item:
            tag = child.tag
            if tag == self._value_tag and text is None:
                text = plain_text(child) if len(child) else child.text or ""
            elif tag == self._formula_tag and formula is None:
                formula = child
                self._read_formula(child, place)
            elif tag == self._inline_tag and inline is None:
                inline = child
            else:
                self._refuse_unknown(child)
            if child.tail:
                refuse_text(child.tail)
        if inline is not None or kind == "inlineStr":
            return self._inline_text(inline, kind, text)
        return text

    def _column(self, reference: str, *, free: bool) -> int:
        """Return the column of an address on the row at hand; `free` lets it choose the row."""
        try:
            row, column = parse_address(reference)
        except ValueError as error:
            reason = f"une adresse de cellule est illisible (« {reference[:40]} »)"
            raise damaged(reason, self._name) from error
        if row != self._row:
            if not free:
                reason = f"la cellule est rangée dans la ligne {self._row + 1}"
                raise damaged(reason, self._name, (row, column))
            self._row = row
        return column

    def _inline_text(self, inline: Element | None, kind: str | None, text: str | None) -> str:
        if kind != "inlineStr" or text:
            reason = "elle a deux valeurs, ou une valeur d'un autre type que le sien"
            raise NotUnderstoodError(reason)
        return "" if inline is None else rich_text(inline, self._space)

    def _refuse_unknown(self, child: Element) -> None:
        for one in seen(child, self._space):
            if one.tag != self._other_tag:
                raise _unknown(one)

    def _read_formula(self, formula: Element, place: Position) -> None:
        self._formulas[place] = f"={plain_text(formula)}"
        if formula.get("t") in _COVERING:
            self._covered.append(self._range(formula.get("ref"), "la portée d'une formule"))


def _is_unknown(attribute: str) -> bool:
    """Return whether an attribute may change what is read: a foreign one does not."""
    space, _ = split_tag(attribute)
    return not space or space in MAIN


def _unknown(element: Element) -> NotUnderstoodError:
    name = split_tag(element.tag)[1]
    return NotUnderstoodError(
        f"un élément inconnu (« {name[:40]} ») s'y trouve, ou y est deux fois"
    )
