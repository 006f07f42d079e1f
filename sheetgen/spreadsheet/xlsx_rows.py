"""The rows of one .xlsx worksheet: each understood to the last attribute, or refused at its cell.

What is written in a row is kept apart from what it stands for: texts and styles are numbers here,
which the tables of a workbook explain. So a row says the same wherever the same bytes stand, and
`known_pieces` need not look at it twice. Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from string import digits
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.spreadsheet.contents import (
    MergedRange,
    Position,
    column_letters,
    damaged,
    parse_address,
)
from sheetgen.spreadsheet.markup import (
    BLANK,
    NotUnderstoodError,
    kept_text,
    plain_text,
    refuse_text,
    seen,
    split_tag,
)
from sheetgen.spreadsheet.xlsx_values import OWN_TEXTS, own_text, rich_text, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheetgen.spreadsheet.markup import Element

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of a workbook's parts: the usual, and that of Strict OOXML."""

BETWEEN_ROWS = "un élément inconnu se trouve entre les lignes"

_ROW_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_ROW_ATTRIBUTES = frozenset(
    (
        *("r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel"),
        *("collapsed", "thickTop", "thickBot", "ph"),
    )
)
_ONLY_NUMBER = ["r"]
_CELL_ATTRIBUTES = frozenset(("r", "s", "t", "cm", "vm", "ph"))
_COVERING = frozenset(("array", "dataTable"))
"""Kinds of formula whose results stand in other cells, too, without a formula there."""

_BARE_COLUMNS = 2


class CellContent(NamedTuple):
    """A cell in which something is written.

    Attributes:
        column: counted from zero.
        kind: the cell's type, as its attribute `t` says.
        text: what is written in it.
        style: the number of its style, as written.
    """

    column: int
    kind: str | None
    text: str
    style: str | None


class RowContent(NamedTuple):
    """A row, its cells in order.

    Attributes:
        row: counted from zero.
        said: whether it bears its number, so that it is the same after other rows.
        texts: by column, the number of each shared text, as it is written; or no number, and the
            text that is written there itself.
        cells: the others in which something is written.
        formulas: by place.
        covered: the ranges that show results of its formulas.
    """

    row: int
    said: bool
    texts: Sequence[tuple[int, str, str]]
    cells: Sequence[CellContent]
    formulas: Mapping[Position, str]
    covered: Sequence[MergedRange]


class LineReader:
    """Reads the rows of a sheet, one after the other."""

    def __init__(self, sheet: str, space: str, *, bare: bool) -> None:
        """Make ready for a sheet of a name, in a namespace; `bare` for its first two columns."""
        self._name = sheet
        self._bare = bare
        self._space = space
        self._row_tag, self._cell_tag = f"{{{space}}}row", f"{{{space}}}c"
        self._value_tag, self._formula_tag = f"{{{space}}}v", f"{{{space}}}f"
        self._inline_tag, self._text_tag = f"{{{space}}}is", f"{{{space}}}t"
        self._other_tag = f"{{{space}}}extLst"
        self._row = -1
        self._wanted: frozenset[str] | None = None
        self._columns: list[int] = []
        self._texts: list[tuple[int, str, str]] = []
        self._cells: list[CellContent] = []
        self._formulas: dict[Position, str] = {}
        self._covered: list[MergedRange] = []

    def after(self, row: int) -> None:
        """Take note that this row, counted from zero, is the last before the next one."""
        self._row = row

    @property
    def reach(self) -> tuple[int, int]:
        """Return the first and the last column of the row that was read last, which has cells."""
        return min(self._columns), max(self._columns)

    def want(self, columns: Iterable[int]) -> None:
        """Read of the next rows what stands in these columns alone, counted from zero."""
        self._wanted = frozenset(map(column_letters, columns))

    def read(self, line: Element) -> RowContent:
        """Return what is written in a row.

        Raises:
            UnreadableWorkbookError: something in it is not understood.
            NotUnderstoodError: it is no row.
        """
        if line.tag != self._row_tag:
            raise NotUnderstoodError(BETWEEN_ROWS)
        said = self._begin_row(line)
        columns = self._columns = []
        self._texts, self._cells, self._formulas, self._covered = [], [], {}, []
        if line.text:
            self._refuse_row_text(line.text)
        for item in line if self._wanted is None else self._wanted_of(line, self._wanted):
            if item.tag == self._cell_tag:
                self._read_cell(item, said=said)
            else:
                self._read_other(item, said=said)
            if item.tail:
                self._refuse_row_text(item.tail)
            if self._bare and columns and columns[-1] >= _BARE_COLUMNS - 1:
                break
        if columns != sorted(set(columns)):
            self._put_in_order(columns)
        return RowContent(self._row, said, self._texts, self._cells, self._formulas, self._covered)

    def _wanted_of(self, line: Element, wanted: frozenset[str]) -> Sequence[Element]:
        """Return the cells of a row in these columns; all where one does not say its column."""
        cells = [(item, item.get("r")) for item in line]
        if any(address is None for _, address in cells):
            return [item for item, _ in cells]
        return [item for item, address in cells if str(address).rstrip(digits).upper() in wanted]

    def _refuse_row_text(self, text: str) -> None:
        if text.strip(BLANK):
            reason = f"un texte se trouve entre les cellules de la ligne {self._row + 1}"
            raise damaged(reason, self._name)

    def _begin_row(self, line: Element) -> bool:
        """Take the row's number, or the next one where it has none; return whether it has."""
        self._row += 1
        attributes = line.keys()
        if attributes != _ONLY_NUMBER:
            unknown = next(filter(_is_unknown, set(attributes) - _ROW_ATTRIBUTES), None)
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

    def _read_other(self, item: Element, *, said: bool) -> None:
        """Read what stands in a row and is no cell: versions of one, or an extension."""
        column = self._columns[-1] + 1 if self._columns else 0
        try:
            for one in seen(item, self._space):
                if one.tag == self._cell_tag:
                    self._read_cell(one, said=said)
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
        self._texts.sort(key=itemgetter(0))
        self._cells.sort(key=lambda cell: cell.column)

    # Its cells.

    def _read_cell(self, item: Element, *, said: bool) -> None:
        """Read a cell of the row at hand; `said` is whether the row has a number of its own."""
        columns = self._columns
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
        if not (len(item) or item.text):
            return  # it has a style, as half of them
        try:
            text = self._read_content(item, kind, place)
        except NotUnderstoodError as error:
            raise damaged(error.reason, self._name, place) from error
        if kind == "s" and text:
            self._texts.append((column, text, ""))
        elif kind in OWN_TEXTS and text:
            self._texts.append((column, "", own_text(kind, text)))
        elif text or (text is not None and kind == "e"):
            self._cells.append(CellContent(column, kind, text, style))

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
        if inline is None:
            return ""
        only = inline[0] if len(inline) == 1 else None
        if only is None or only.tag != self._text_tag or inline.text or only.tail:
            return rich_text(inline, self._space)
        return unescaped(kept_text(only))

    def _refuse_unknown(self, child: Element) -> None:
        for one in seen(child, self._space):
            if one.tag != self._other_tag:
                raise _unknown(one)

    def _read_formula(self, formula: Element, place: Position) -> None:
        self._formulas[place] = f"={plain_text(formula)}"
        if formula.get("t") in _COVERING:
            found = read_range(self._name, formula.get("ref"), "la portée d'une formule")
            self._covered.append(found)


def read_range(sheet: str, reference: str | None, what: str) -> MergedRange:
    """Return the range that a reference names; `what` it is, in French.

    Raises:
        UnreadableWorkbookError: it names none.
    """
    try:
        return _parse_range(reference or "")
    except ValueError as error:
        reason = f"{what} est illisible (« {(reference or '')[:40]} »)"
        raise damaged(reason, sheet) from error


@lru_cache(maxsize=2_000)
def _parse_range(reference: str) -> MergedRange:
    first, colon, last = reference.strip(BLANK).partition(":")
    top, left = parse_address(first)
    bottom, right = parse_address(last) if colon else (top, left)
    return MergedRange(
        first=(min(top, bottom), min(left, right)), last=(max(top, bottom), max(left, right))
    )


def _is_unknown(attribute: str) -> bool:
    """Return whether an attribute may change what is read: a foreign one does not."""
    space, _ = split_tag(attribute)
    return not space or space in MAIN


def _unknown(element: Element) -> NotUnderstoodError:
    name = split_tag(element.tag)[1]
    return NotUnderstoodError(
        f"un élément inconnu (« {name[:40]} ») s'y trouve, ou y est deux fois"
    )
