"""What a returned spreadsheet contains, cell by cell, whatever its format.

The reading side of a grid starts here: bytes become a `RawWorkbook`, which knows nothing of grids.
What is written the usual way is read by `usual`. The values of all else come from python-calamine;
what that does not show (formulas, errors, custom properties) comes from the file's own parts. Only
bytes that were looked at first (`returns.inspect`) are given to this module, and only in a process
that may die (`returns.contain`).
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from sheetgen.grids.addresses import Position, cell_address
from sheetgen.grids.extent import FarCellError
from sheetgen.grids.raw_parts import (
    Details,
    custom_properties,
    open_parts,
    read_ods,
    read_ooxml,
    read_xls_details,
    read_xlsb,
)
from sheetgen.grids.sheet_xml import BrokenPartError, SheetDetails
from sheetgen.grids.usual import read_usual
from sheetgen.grids.usual_xml import UnusualError
from sheetgen.problems import Kind, Location, Problem
from sheetgen.problems.returns import (
    DAMAGED_WORKBOOK,
    FAR_CELL,
    NO_SHEET,
    PASSWORD_PROTECTED,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = [
    "MergedRange",
    "Position",
    "RawCell",
    "RawSheet",
    "RawWorkbook",
    "SpreadsheetFormat",
    "UnreadableWorkbookError",
    "cell_address",
    "read_fully",
    "read_raw",
    "tell_far_cell",
]

RawCell = str | float | bool | datetime | date | time | timedelta
"""A cell's value; every number is a float, and an empty or faulty cell is an empty text."""

_NOTHING: Mapping[int, RawCell] = {}


class SpreadsheetFormat(Enum):
    """The formats a grid may come back in; the values are file endings."""

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
        """The problem, for the file's name as the user knows it."""
        location = Location(file=file, sheet=self.sheet, cell=self.cell)
        return self.kind.at(location, **self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedRange:
    """A rectangle of merged cells, both corners included, counted from zero."""

    first: Position
    last: Position

    def __contains__(self, position: Position) -> bool:
        """Whether the cell lies in it."""
        (top, left), (bottom, right) = self.first, self.last
        return top <= position[0] <= bottom and left <= position[1] <= right


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet, hidden or not.

    Attributes:
        rows: the values of filled cells by row and then by column, both in order.
        formulas: the formula of each cell that holds one, with its `=`; `"="` alone where the file
            does not let its text be seen.
        errors: the error of each cell that shows one, as « #DIV/0! »; its value is an empty text.
            In .xls so is that of a formula whose result is stored as 0: LibreOffice stores 0 there
            for any text it has not recalculated.
        merged: merged ranges, where the format lets them be seen.
    """

    name: str
    rows: Mapping[int, Mapping[int, RawCell]] = field(default_factory=dict)
    formulas: Mapping[Position, str] = field(default_factory=dict)
    errors: Mapping[Position, str] = field(default_factory=dict)
    merged: tuple[MergedRange, ...] = ()

    def row(self, row: int) -> Mapping[int, RawCell]:
        """The values of a row, counted from zero, by column."""
        return self.rows.get(row, _NOTHING)

    def value(self, row: int, column: int) -> RawCell:
        """The value at a place counted from zero; an empty text where nothing stands."""
        return self.row(row).get(column, "")

    @property
    def left(self) -> int:
        """The first column that is filled anywhere; 0 in an empty sheet."""
        return min(map(min, self.rows.values()), default=0)

    def lines(self) -> list[int]:
        """The rows where anything is, in order: a value, a formula, or an error."""
        return sorted(self.rows.keys() | {row for row, _ in (*self.formulas, *self.errors)})

    def filled_right_of(self, row: int, column: int) -> list[int]:
        """The columns further right, in order, where the row shows something."""
        shown = {place for line, place in self.errors if line == row}
        return sorted(place for place in shown | self.row(row).keys() if place > column)

    def merge_at(self, row: int, column: int) -> MergedRange | None:
        """The merged range that the cell is part of."""
        return next((item for item in self.merged if (row, column) in item), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawWorkbook:
    """All sheets of a workbook, in its order, and its custom document properties as texts."""

    sheets: tuple[RawSheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet of exactly this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_raw(data: bytes, form: SpreadsheetFormat, bare: Collection[str] = ()) -> RawWorkbook:
    """Everything a workbook's sheets hold.

    Args:
        data: the workbook, inspected before.
        form: its format.
        bare: names of sheets of which the values of the first two columns are enough; what else is
            read of them, and checked, depends on the file.

    Raises:
        UnreadableWorkbookError: the reader refuses it, or what it holds cannot be trusted.
    """
    if form in (SpreadsheetFormat.XLSX, SpreadsheetFormat.XLSM):
        # What is wrong with the others is for the full readers to say.
        with suppress(UnusualError, BrokenPartError):
            return _read_usual(data, bare)
    return read_fully(data, form, bare)


def read_fully(data: bytes, form: SpreadsheetFormat, bare: Collection[str] = ()) -> RawWorkbook:
    """As `read_raw`, whatever way the workbook is written, and many times slower.

    Raises:
        UnreadableWorkbookError: as there.
    """
    try:
        read = _READ_DETAILS[form]
        details = read_ooxml(data, bare) if read is read_ooxml else read(data)
        sheets = tuple(_read_sheets(data, details))
    except PasswordError as reason:
        raise UnreadableWorkbookError(PASSWORD_PROTECTED) from reason
    except FarCellError as far:
        raise tell_far_cell(far) from far
    except BrokenPartError as broken:
        raise UnreadableWorkbookError(
            DAMAGED_WORKBOOK, broken.sheet, broken.cell, reason=broken.reason
        ) from broken
    except CalamineError as reason:
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=f"« {reason} »") from reason
    except BaseException as panic:
        # A panic of the Rust reader derives from BaseException and from nothing more precise.
        if type(panic).__name__ != "PanicException":
            raise
        raise UnreadableWorkbookError(DAMAGED_WORKBOOK, reason=f"« {panic} »") from panic
    if not sheets:
        raise UnreadableWorkbookError(NO_SHEET)
    return RawWorkbook(sheets=sheets, properties=details.properties)


def tell_far_cell(far: FarCellError, sheet: str = "") -> UnreadableWorkbookError:
    """The refusal of a workbook for a stray cell; `sheet` where the error does not name it."""
    return UnreadableWorkbookError(
        FAR_CELL,
        far.sheet or sheet,
        cell_address(far.row, far.column),
        found=f"ligne {far.row + 1}, colonne {far.column + 1}",
    )


def _read_usual(data: bytes, bare: Collection[str]) -> RawWorkbook:
    package = open_parts(data)
    sheets = tuple(
        RawSheet(
            name=name,
            rows=sheet.values,
            formulas=sheet.details.formulas,
            errors=sheet.details.errors,
            merged=tuple(MergedRange(first=top, last=end) for top, end in sheet.details.merged),
        )
        for name, sheet in read_usual(package, bare)
    )
    return RawWorkbook(sheets=sheets, properties=custom_properties(package))


_READ_DETAILS: Mapping[SpreadsheetFormat, Callable[[bytes], Details]] = {
    SpreadsheetFormat.XLSX: read_ooxml,
    SpreadsheetFormat.XLSM: read_ooxml,
    SpreadsheetFormat.XLSB: read_xlsb,
    SpreadsheetFormat.XLS: read_xls_details,
    SpreadsheetFormat.ODS: read_ods,
}


def _read_sheets(data: bytes, details: Details) -> Iterator[RawSheet]:
    names: set[str] = set()
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for place, entry in enumerate(workbook.sheets_metadata):
            if entry.name.casefold() in names:
                reason = "deux de ses feuilles portent le même nom"
                raise BrokenPartError(reason, entry.name)
            names.add(entry.name.casefold())
            if entry.typ is SheetTypeEnum.WorkSheet:
                known = details.sheets.get(entry.name, SheetDetails())
                yield _read_sheet(workbook.get_sheet_by_index(place), known)


def _read_sheet(sheet: CalamineSheet, known: SheetDetails) -> RawSheet:
    top, left = sheet.start or (0, 0)
    untrue = known.blank | known.errors.keys()
    rows = {
        row: {
            column: _plain(value)
            for column, value in enumerate(values, start=left)
            if value != "" and (row, column) not in untrue
        }
        for row, values in enumerate(sheet.to_python(), start=top)
    }
    seen = sheet.merged_cell_ranges
    merged = known.merged if seen is None else seen
    return RawSheet(
        name=sheet.name,
        rows={row: cells for row, cells in rows.items() if cells},
        formulas=known.formulas,
        errors=known.errors,
        merged=tuple(MergedRange(first=top, last=bottom) for top, bottom in merged),
    )


def _plain(value: RawCell) -> RawCell:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
