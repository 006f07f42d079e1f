"""Read a returned workbook as a grid, before anything is checked.

Sheets are known by their header cells, criteria by the code in their row; names, order and position
mean nothing. Nothing here depends on the session, so that it can run in a contained process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - read at run time, by a decoder
from dataclasses import field
from datetime import time
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.grid import contract
from sheetgen.grid.contract import Column
from sheetgen.grid.identity import FIELDS, PROPERTY_PREFIX
from sheetgen.grid.read.words import NEEDED, BrokenSheet, Columns, find_columns, find_words
from sheetgen.lazy_dataclass import dataclass
from sheetgen.spreadsheet import (
    Moment,
    Position,
    RawCell,
    RawSheet,
    RawWorkbook,
    Scope,
    SpreadsheetFormat,
    cell_address,
    read_workbook,
)
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_SCOPE = Scope(bare=(contract.STAMP_SHEET,))
"""The stamp is held against its signature, and half of a grid's cells are the workings below it."""

_INK = re.compile(r"\S")
_LONGEST_FOLDED = 1_000
"""A longer text is not searched for letters that are seen: thousands of cells may share it."""

_CONSTANT = re.compile(r'=?"([^"]*)"')
"""A formula that is a mere text, as a locked criterion's is."""

_LONGEST_TEXT = 200_000
"""Characters that are read of a cell."""


class ReadCell(NamedTuple):
    """A cell as it came back.

    Attributes:
        value: empty text for an empty cell and for an error.
        formula: its text where the format lets it be seen.
        error: such as `#N/A`.
        merged: the range it is merged into, as `C4:C5`.
        shown: what it shows, as « 50 % », where its number format makes that another number.
    """

    sheet: str
    cell: str
    value: RawCell = ""
    formula: str | None = None
    error: str | None = None
    merged: str | None = None
    shown: str | None = None

    @property
    def plain(self) -> bool:
        """Return whether its value is all that there is to know of it."""
        return self[3:] == _NOTHING_ELSE

    @property
    def blank(self) -> bool:
        """Return whether nothing is in it but spaces and invisible characters."""
        if self.error is not None or self.formula is not None or not isinstance(self.value, str):
            return False
        first = _INK.search(self.value)
        if first is None or len(self.value) > _LONGEST_FOLDED:
            return first is None
        return not (first[0].isalnum() or fold(self.value))


_NOTHING_ELSE = (None, None, None, None)


_Line = tuple[RawCell, RawCell | None, RawCell, RawCell]


class ReadRow(NamedTuple):
    """A row of a bloc's sheet that has a code, or a mark although it has none.

    Its cells are made when they are asked for: of most rows the bare values are enough.

    Attributes:
        number: counted from zero.
        line: the values of its code, title, mark and comment.
        plain: whether these are all that there is to know of it.
    """

    table: ReadTable
    number: int
    line: _Line
    plain: bool

    @property
    def code(self) -> ReadCell:
        """Return the cell of its code."""
        return self.table.cell(self.number, self.table.code, self.line[0], plain=self.plain)

    @property
    def title(self) -> str | None:
        """Return the criterion's text; None where the sheet has lost its column."""
        return None if self.line[1] is None else text_of(self.line[1])

    @property
    def mark(self) -> ReadCell:
        """Return the cell of its mark."""
        return self.table.cell(self.number, self.table.mark, self.line[2], plain=self.plain)

    @property
    def mark_address(self) -> str:
        """Return the address of its mark alone."""
        return cell_address(self.number, self.table.mark)

    @property
    def comment(self) -> ReadCell:
        """Return the cell of its comment."""
        return self.table.cell(self.number, self.table.comment, self.line[3], plain=self.plain)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """The rows of a bloc's sheet that have a code or a mark, as bare values.

    Grids are read in one process and judged in another: cells that are no records yet go from one
    to the other five times faster.

    Attributes:
        sheet: its name.
        code: the column of codes, counted from zero, as `mark` and `comment` are.
        lines: by row, what its code, title, mark and comment are; None for a title where the sheet
            has lost its column.
        formulas: of these cells, by place; so are errors and merged ranges.
        shown: of the marks, what their number format shows as another number.
    """

    sheet: str
    code: int
    mark: int
    comment: int
    lines: Mapping[int, _Line]
    formulas: Mapping[Position, str]
    errors: Mapping[Position, str]
    merged: Mapping[Position, str]
    shown: Mapping[Position, str]

    def rows(self) -> Iterator[ReadRow]:
        """Yield each row with something in its code or its mark besides spaces."""
        unusual = {row for row, _ in (*self.formulas, *self.errors, *self.merged, *self.shown)}
        for number, line in self.lines.items():
            row = ReadRow(self, number, line, number not in unusual)
            code = line[0]
            # Most codes begin with a letter, which is seen.
            filled = isinstance(code, str) and code[:1].isalnum()
            if filled or not (row.code.blank and row.mark.blank):
                yield row

    def cell(self, row: int, column: int, value: RawCell, *, plain: bool) -> ReadCell:
        """Return one of its cells, with all that there is to know of it unless it is plain."""
        if plain:
            return ReadCell(self.sheet, cell_address(row, column), value)
        place = row, column
        formula = self.formulas.get(place)
        # A program that calculates nothing keeps no value beside it.
        constant = _CONSTANT.fullmatch(formula) if formula and value == "" else None
        return ReadCell(
            self.sheet,
            cell_address(row, column),
            constant[1] if constant else value,
            formula,
            self.errors.get(place),
            self.merged.get(place),
            self.shown.get(place),
        )


@dataclass(frozen=True, kw_only=True)
class ReadGrid:
    """Everything a returned workbook says as a grid; no slots: its rows are made once.

    Attributes:
        form: the format it really is in.
        stamp: the fields of the hidden sheet, empty when it is lost.
        properties: the same from the custom document properties.
        codes: printed grid codes found.
        owners: the lines of bloc sheets that name the candidate and the juror.
        tables: of the bloc sheets that can be read; `broken` are the others.
        answers: by label, the cells that hold the answer; none where the label is gone.
        declarants: for each declaration that stands beside a name, that name and the answer.
    """

    form: SpreadsheetFormat | None = None
    stamp: Mapping[str, str]
    properties: Mapping[str, str]
    codes: tuple[ReadCell, ...] = ()
    owners: tuple[ReadCell, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    broken: tuple[BrokenSheet, ...] = ()
    answers: Mapping[str, tuple[ReadCell, ...]] = field(default_factory=dict)
    declarants: tuple[tuple[str, ReadCell], ...] = ()

    @cached_property
    def rows(self) -> Sequence[ReadRow]:
        """Return the rows of all tables."""
        return tuple(row for table in self.tables for row in table.rows())


def read_grid(data: bytes) -> ReadGrid:
    """Read a file's bytes as a grid.

    Raises:
        UnreadableWorkbookError: it is no workbook that can be read.
    """
    return parse_grid(read_workbook(data, _SCOPE))


def parse_grid(workbook: RawWorkbook) -> ReadGrid:
    """Read a workbook as a grid; fields are empty where it says nothing."""
    tables: list[ReadTable] = []
    broken: list[BrokenSheet] = []
    codes: list[ReadCell] = []
    owners: list[ReadCell] = []
    answers: dict[str, list[ReadCell]] = {}
    declarants: list[tuple[str, ReadCell]] = []
    for sheet in workbook.sheets:
        if sheet.name == contract.STAMP_SHEET:
            continue
        words = find_words(sheet)
        columns = find_columns(sheet, words)
        if columns is None:
            codes.extend(_read_cell(sheet, *place) for place in words.codes)
            for label, place in words.labels:
                answer = _read_answer(sheet, label, place)
                answers.setdefault(label, []).append(answer)
                if label == contract.DECLARATION_LABEL:
                    declarants.extend((name, answer) for name in _names_before(sheet, place))
            continue
        owners.extend(_read_cell(sheet, *place) for place in words.owners)
        if isinstance(columns, BrokenSheet):
            broken.append(columns)
        else:
            tables.append(_read_table(sheet, columns))
    return ReadGrid(
        form=workbook.form,
        stamp=_read_stamp(workbook),
        properties={
            name: text
            for name in FIELDS
            if (text := workbook.properties.get(PROPERTY_PREFIX + name, "").strip())
        },
        codes=tuple(codes),
        owners=tuple(owners),
        tables=tuple(tables),
        broken=tuple(broken),
        answers={label: tuple(cells) for label, cells in answers.items()},
        declarants=tuple(declarants),
    )


def text_of(value: RawCell) -> str:
    """Return a cell's value as a French spreadsheet shows it, without what surrounds it.

    Of a text far beyond what a cell of Excel holds, its beginning as it is: that is too long too.
    """
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            return value[:_LONGEST_TEXT]
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    return _moment_text(value)


def _moment_text(moment: Moment) -> str:
    if moment.day is not None:
        return f"{moment.day:%d/%m/%Y}" + (f" {moment.clock:%H:%M}" if moment.clock else "")
    if moment.length is None:
        return str(moment.clock or time())
    minutes, seconds = divmod(round(moment.length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _read_table(sheet: RawSheet, columns: Columns) -> ReadTable:
    code, mark, comment = (columns.places[column] for column in NEEDED)
    title = columns.places.get(Column.CRITERION)
    formulas, errors = (
        {place: text for place, text in found.items() if place[1] in (code, mark, comment)}
        for found in (sheet.formulas, sheet.errors)
    )
    # Something is in a code or in a mark, be it only spaces.
    rows = {row for row, cells in sheet.rows.items() if code in cells or mark in cells}
    rows.update(row for row, column in (*formulas, *errors) if column != comment)
    lines: dict[int, _Line] = {}
    for row in sorted(rows - columns.header_rows):
        find = sheet.row(row).get
        criterion = None if title is None else find(title, "")
        lines[row] = (find(code, ""), criterion, find(mark, ""), find(comment, ""))
    return ReadTable(
        sheet=sheet.name,
        code=code,
        mark=mark,
        comment=comment,
        lines=lines,
        formulas=formulas,
        errors=errors,
        merged={**_merges(sheet, mark), **_merges(sheet, comment)},
        shown={place: text for place, text in sheet.shown.items() if place[1] == mark},
    )


def _merges(sheet: RawSheet, column: int) -> dict[Position, str]:
    """Return the merged range of each of a column's cells, as far as the sheet is filled."""
    top, bottom = min(sheet.rows, default=0), max(sheet.rows, default=-1)
    return {
        (row, column): f"{cell_address(*merge.first)}:{cell_address(*merge.last)}"
        for merge in sheet.merged
        if merge.first[1] <= column <= merge.last[1]
        for row in range(max(top, merge.first[0]), min(bottom, merge.last[0]) + 1)
    }


def _read_cell(sheet: RawSheet, row: int, column: int) -> ReadCell:
    return ReadCell(
        sheet=sheet.name,
        cell=cell_address(row, column),
        value=sheet.value(row, column),
        formula=sheet.formulas.get((row, column)),
        error=sheet.errors.get((row, column)),
    )


def _read_stamp(workbook: RawWorkbook) -> Mapping[str, str]:
    sheet = workbook.sheet(contract.STAMP_SHEET)
    if sheet is None:
        return {}
    found = {}
    for cells in sheet.rows.values():
        name, value = cells.get(0, ""), cells.get(1, "")
        # A number of candidate may have become a number; the signature tells whether it is right.
        text = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
        if text and isinstance(name, str) and name in FIELDS:
            found[name] = text
    return found


_ANSWERS = (fold(contract.YES), fold(contract.NO))


def _read_answer(sheet: RawSheet, label: str, place: Position) -> ReadCell:
    """Return a label's answer: the next filled cell to its right, or else the next cell."""
    row, column = place
    filled = sheet.filled_right_of(row, column)
    if label == contract.DECLARATION_LABEL:
        # What Oui means is written further right.
        filled = [right for right in filled if _is_yes_or_no(sheet.value(row, right))]
    return _read_cell(sheet, row, filled[0] if filled else column + 1)


def _names_before(sheet: RawSheet, place: Position) -> Iterator[str]:
    """Yield the text nearest before a cell of its row, where there is one."""
    row, column = place
    cells = sheet.rows.get(row, {})
    filled = [left for left, value in cells.items() if left < column and text_of(value)]
    if filled:
        yield text_of(cells[max(filled)])


def _is_yes_or_no(value: RawCell) -> bool:
    return isinstance(value, str) and fold(value) in _ANSWERS
