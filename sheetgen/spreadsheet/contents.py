"""The content of a workbook that was read, whatever its format; and the refusal of another.

Cells are kept sparse, at addresses that count from zero: those that are empty and only carry a
style may reach as far as they like. These records travel from the process that read a file to the
one that uses it (`contained`), whose decoder checks them against the annotations below: nothing
else can come out of a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003 - read at run time, by the decoder
from dataclasses import field
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Kind, Location, Problem
from sheetgen.problems.returns import DAMAGED_WORKBOOK, FAR_CELL
from sheetgen.problems.source_files import SHEET_TOO_FULL
from sheetgen.spreadsheet.limits import too_far

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Position = tuple[int, int]
"""Row and column, both counted from zero: `D14` is `(13, 3)`."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


@lru_cache(maxsize=1_000)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from zero: 0 is `A`, 26 is `AA`."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=10_000)  # the same few addresses in every sheet of every grid
def cell_address(row: int, column: int) -> str:
    """Return the address of a cell counted from zero: `(13, 3)` is `D14`."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(maxsize=10_000)
def parse_address(address: str) -> Position:
    """Return the place of a cell, from its address: `D14` is `(13, 3)`.

    Raises:
        ValueError: the text is no address.
    """
    found = _REFERENCE.fullmatch(address)
    if found is None:
        message = f"{address!r} is not the address of a cell"
        raise ValueError(message)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date, a time of day, both, or a duration: what a cell formatted as one shows.

    Attributes:
        day: the date; None for a time of day or a duration.
        clock: the time of day; None for a date alone.
        length: a duration, which has neither.
    """

    day: date | None = None
    clock: time | None = None
    length: timedelta | None = None

    @property
    def value(self) -> datetime | date | time | timedelta:
        """Return the date and time as the standard library does.

        Midnight where nothing is known.
        """
        if self.day is not None:
            return self.day if self.clock is None else datetime.combine(self.day, self.clock)
        return self.clock or self.length or time()


RawCell = str | float | bool | Moment
"""A cell's value; every number is a float, and an empty or faulty cell is an empty text."""


class SharedCells(dict[int, RawCell]):
    """The values of a row, by column, that several workbooks have: nobody changes them.

    Attributes:
        words: what a reader of workbooks found in them, and would find again.
    """

    __slots__ = ("words",)

    def __init__(self, cells: Mapping[int, RawCell]) -> None:
        """Know nothing yet of what is in them."""
        super().__init__(cells)
        self.words: object = None


_NOTHING: Mapping[int, RawCell] = {}

UNSEEN_FORMULA = "="
"""Stands for a formula whose text the file does not show plainly at its cell."""


class SpreadsheetFormat(Enum):
    """The formats a workbook may come in; the values are file endings."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"


class UnreadableWorkbookError(Exception):
    """A workbook that cannot be read, and the problem to say so with.

    Attributes:
        kind: the kind of problem.
        sheet: where it is, as far as can be said.
        cell: likewise.
        values: what fills the kind's message.
    """

    def __init__(self, kind: Kind, sheet: str = "", cell: str = "", **values: object) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.sheet = sheet
        self.cell = cell
        self.values = values

    def at(self, file: str) -> Problem:
        """Return the refusal as a problem of the file that the user knows by this name."""
        location = Location(file=file, sheet=self.sheet, cell=self.cell)
        return self.kind.at(location, **self.values)


def damaged(reason: str, sheet: str = "", at: Position | None = None) -> UnreadableWorkbookError:
    """Return the refusal of a workbook that says something impossible; `reason` is French."""
    cell = "" if at is None else cell_address(*at)
    return UnreadableWorkbookError(DAMAGED_WORKBOOK, sheet, cell, reason=reason)


def too_far_away(sheet: str, at: Position) -> UnreadableWorkbookError:
    """Return the refusal of a workbook for a stray cell."""
    row, column = at
    found = f"ligne {row + 1}, colonne {column + 1}"
    return UnreadableWorkbookError(FAR_CELL, sheet, cell_address(row, column), found=found)


def too_full(sheet: str, limit: int) -> UnreadableWorkbookError:
    """Return the refusal of a workbook for a sheet with more filled cells than this."""
    written = f"{limit:,}".replace(",", "\u202f")
    return UnreadableWorkbookError(SHEET_TOO_FULL, sheet, limit=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRange:
    """A rectangle of merged cells, both corners included, counted from zero."""

    first: Position
    last: Position

    def __contains__(self, position: Position) -> bool:
        """Return whether the cell lies in it."""
        (top, left), (bottom, right) = self.first, self.last
        return top <= position[0] <= bottom and left <= position[1] <= right


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet, hidden or not.

    Attributes:
        rows: the values of filled cells by row and then by column, both in order.
        formulas: the formula of each cell that holds one, with its `=`; `"="` alone where the file
            does not show its text at that cell.
        errors: the error of each cell that shows one, as « #DIV/0! »; its value is an empty text.
        shown: what a cell shows, as « 50 % » for 0.5, where its number format makes it another
            number, or none.
        merged: merged ranges, where the format lets them be seen.
        formats: the number formats of numbers and dates, as Excel writes them, where they were
            asked for; no cell of the usual format is among them.
    """

    name: str
    rows: Mapping[int, Mapping[int, RawCell]] = field(default_factory=dict)
    formulas: Mapping[Position, str] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)
    shown: Mapping[Position, str] = field(default_factory=dict)
    merged: tuple[MergedRange, ...] = ()
    formats: Mapping[Position, str] = field(default_factory=dict)

    def row(self, row: int) -> Mapping[int, RawCell]:
        """Return the values of a row, counted from zero, by column."""
        return self.rows.get(row, _NOTHING)

    def value(self, row: int, column: int) -> RawCell:
        """Return the value at a place counted from zero; an empty text where nothing stands."""
        return self.row(row).get(column, "")

    @property
    def left(self) -> int:
        """Return the first column that is filled anywhere; 0 in an empty sheet."""
        return min(map(min, self.rows.values()), default=0)

    def lines(self) -> list[int]:
        """Return the rows where anything is, in order: a value, a formula, or an error."""
        return sorted(self.rows.keys() | {row for row, _ in (*self.formulas, *self.errors)})

    def filled_right_of(self, row: int, column: int) -> list[int]:
        """Return the columns further right, in order, where the row shows something."""
        shown = {place for line, place in self.errors if line == row}
        return sorted(place for place in shown | self.row(row).keys() if place > column)

    def merge_at(self, row: int, column: int) -> MergedRange | None:
        """Return the merged range that the cell is part of."""
        return next((item for item in self.merged if (row, column) in item), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWorkbook:
    """All sheets of a workbook, in its order, and its custom document properties as texts.

    Attributes:
        form: the format it really is in, whatever its name says.
    """

    form: SpreadsheetFormat
    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> RawSheet | None:
        """Return the sheet of exactly this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def refuse_far_cells(
    sheet: str, rows: Mapping[int, Mapping[int, RawCell]], others: Collection[Position]
) -> None:
    """Refuse a sheet whose cells span more than is ever laid out, naming the first too far.

    Args:
        sheet: its name.
        rows: its values.
        others: further cells that hold something.

    Raises:
        UnreadableWorkbookError: there is such a cell.
    """
    last_row = max(max(rows, default=-1), max(others, default=(-1, -1))[0])
    columns = max(set().union(*rows.values()), default=-1)
    last_column = max(columns, max(map(itemgetter(1), others), default=-1))
    if not too_far(last_row + 1, last_column + 1):
        return
    places = {(row, column) for row, cells in rows.items() for column in cells}
    right = 0
    for row, column in sorted(places.union(others)):
        right = max(right, column)
        if too_far(row + 1, right + 1):
            raise too_far_away(sheet, (row, column))


def cover_formulas(
    ranges: Sequence[MergedRange],
    rows: Mapping[int, Mapping[int, RawCell]],
    errors: Mapping[Position, str],
    formulas: dict[Position, str],
) -> None:
    """Add to the formulas the cells that show a result of one that stands elsewhere.

    Args:
        ranges: what array formulas and data tables fill.
        rows: the sheet's values.
        errors: its errors.
        formulas: its formulas so far.
    """
    for filled in ranges:
        if filled.first != filled.last:
            for place in _shown_in(filled, rows, errors):
                formulas.setdefault(place, UNSEEN_FORMULA)


def _shown_in(
    filled: MergedRange,
    rows: Mapping[int, Mapping[int, RawCell]],
    errors: Mapping[Position, str],
) -> Iterator[Position]:
    (top, left), (bottom, right) = filled.first, filled.last
    lines = range(top, bottom + 1) if bottom - top < len(rows) else tuple(rows)
    for row in lines:
        if top <= row <= bottom:
            for column in rows.get(row, ()):
                if left <= column <= right:
                    yield row, column
    yield from (place for place in errors if place in filled)
