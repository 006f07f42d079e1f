"""From a sheet to its rows: the header found, cells parsed, every defect reported."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING, TypeVar

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import source_cells as cell_kinds
from sheetgen.problems import source_files as file_kinds
from sheetgen.sources.read.cell_display import CellFault, shown
from sheetgen.sources.read.cell_values import Value, parse_cell, parse_default, suggestion
from sheetgen.sources.read.names import match_names
from sheetgen.sources.read.opening import (
    MAXIMUM_COLUMNS,
    MAXIMUM_ROWS,
    Sheet,
    SourceCell,
)
from sheetgen.spreadsheet import cell_address
from sheetgen.text.fold import fold, fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.sources.schema import ColumnSpec, SheetSpec, ValueSpec

T = TypeVar("T")

_HEADER_ROWS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The values of a row, by attribute.

    Attributes:
        values: what was read, or the default; absent where blank without one, or faulty.
        cells: where each value is written, or would be.
        faulty: attributes that are wrong or, though required, blank.
    """

    file: str
    sheet: str
    values: Mapping[str, Value]
    cells: Mapping[str, SourceCell]
    faulty: frozenset[str] = frozenset()

    def get(self, attribute: str, type_: type[T]) -> T | None:
        """Return the value if there is one."""
        value = self.values.get(attribute)
        return value if isinstance(value, type_) else None

    def need(self, attribute: str, type_: type[T]) -> T:
        """Return the value, which a row without problems has.

        Raises:
            TypeError: it has none; the caller did not look at the problems first.
        """
        value = self.values.get(attribute)
        if not isinstance(value, type_):
            raise TypeError(attribute)
        return value

    def at(self, attribute: str) -> Location:
        """Return the location of the value.

        The sheet alone when its column or row does not exist.
        """
        cell = self.cells.get(attribute)
        return Location(file=self.file, sheet=self.sheet, cell=cell.reference if cell else "")

    def shown(self, attribute: str) -> str:
        """Return the cell as a reader sees it."""
        return shown(self.cells[attribute])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A sheet's rows.

    Attributes:
        found: the workbook has the sheet.
        exists: rows could be looked for; False without the sheet or without a header.
        header: where each column's header is, by attribute.
        problems: those of the header and the cells.
    """

    spec: SheetSpec
    file: str
    sheet: str
    found: bool = False
    exists: bool = False
    header: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """Return the attribute of the first column: the code, where rows have one."""
        return self.spec.columns[0].attribute

    def has(self, attribute: str) -> bool:
        """Return whether rows could say it: the column exists, under its name or a misspelt one."""
        return attribute in self.header

    def by_code(self) -> dict[str, Row]:
        """Return rows by their folded code; of two rows with one code, the first."""
        found: dict[str, Row] = {}
        for row in self.rows:
            code = row.get(self.key, str)
            if code is not None:
                found.setdefault(fold(code), row)
        return found

    def at_header(self, attribute: str) -> Location:
        """Return the location of a column's header; the sheet if the column does not exist."""
        return Location(file=self.file, sheet=self.sheet, cell=self.header.get(attribute, ""))


def read_table(file: str, spec: SheetSpec, sheet: Sheet | None) -> SourceTable:
    """Return a sheet's rows, and every problem of its header and cells."""
    if sheet is None:
        return SourceTable(spec=spec, file=file, sheet=spec.name)
    table = SourceTable(spec=spec, file=file, sheet=sheet.name, found=True)
    problems = list(_check_size(file, sheet))
    if not sheet.rows and not spec.required:
        return replace(table, exists=True, problems=tuple(problems))
    header_row = _find_header(sheet, spec)
    if header_row is None:
        first = Location(file=file, sheet=sheet.name, cell="A1")
        columns = quoted((column.name for column in spec.columns), last="et")
        problems.append(file_kinds.HEADER_MISSING.at(first, rows=_HEADER_ROWS, columns=columns))
        return replace(table, problems=tuple(problems))
    places, faults = _match_header(file, spec, sheet, header_row)
    problems += faults
    rows, faults = _read_rows(file, spec, sheet, _Body(header_row=header_row, places=places))
    problems += faults
    if spec.required and not rows and not spec.fields:
        below = Location(file=file, sheet=sheet.name, cell=f"A{header_row + 1}")
        problems.append(empty_sheet(spec, below))
    header = {
        column.attribute: sheet.rows[header_row][place].reference
        for column, place in places.items()
    }
    return replace(table, exists=True, header=header, rows=rows, problems=tuple(problems))


def empty_sheet(spec: SheetSpec, place: Location) -> Problem:
    """Return the problem of a sheet that needs a row and has none."""
    required = quoted((column.name for column in spec.columns if column.required), last="et")
    return file_kinds.SHEET_EMPTY.at(place, columns=required)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The place of a table: below which row, and the index of each column."""

    header_row: int
    places: Mapping[ColumnSpec, int]


def _read_rows(
    file: str, spec: SheetSpec, sheet: Sheet, body: _Body
) -> tuple[tuple[Row, ...], list[Problem]]:
    """Return the rows below the header that say something in a known column.

    In a sheet of names and values the name alone is parsed: what its value means depends on it.
    """
    parsed = [c for c in body.places if not spec.fields or c.attribute == "key"]
    told = [c.attribute for c in body.places if c.attribute != "help"]
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, written in sheet.rows.items():
        if number <= body.header_row:
            continue
        cells = {
            column.attribute: written.get(place)
            or SourceCell(reference=cell_address(number - 1, place - 1))
            for column, place in body.places.items()
        }
        if all(cells[attribute].is_blank for attribute in told):
            continue
        row, faults = parse_row(file, sheet.name, parsed, cells)
        rows.append(row)
        problems += faults
    return tuple(rows), problems


def _check_size(file: str, sheet: Sheet) -> Iterator[Problem]:
    if sheet.stray is not None:
        yield file_kinds.SHEET_TOO_LARGE.at(
            Location(file=file, sheet=sheet.name, cell=sheet.stray),
            rows=MAXIMUM_ROWS,
            columns=MAXIMUM_COLUMNS,
        )


def _find_header(sheet: Sheet, spec: SheetSpec) -> int | None:
    """Return the row, among the first, in which most of the declared columns are named."""
    names = {fold_name(column.name) for column in spec.columns}
    counts: Counter[int] = Counter()
    for number, cells in sheet.rows.items():
        if number <= _HEADER_ROWS:
            texts = {fold_name(c.value) for c in cells.values() if isinstance(c.value, str)}
            counts[number] = len(names & texts)
    best = max(counts, key=lambda number: (counts[number], -number), default=None)
    return best if best is not None and counts[best] else None


def _match_header(
    file: str, spec: SheetSpec, sheet: Sheet, header_row: int
) -> tuple[dict[ColumnSpec, int], list[Problem]]:
    cells = sheet.rows[header_row]
    places = list(cells)
    texts = [shown(cells[place]) for place in places]
    matches = match_names(texts, (column.name for column in spec.columns))
    names = tuple(column.name for column in spec.columns)

    def at(index: int) -> Location:
        return Location(file=file, sheet=sheet.name, cell=cells[places[index]].reference)

    problems = [
        file_kinds.COLUMN_DUPLICATE.at(at(i), found=texts[i], other=at(first).cell)
        for i, first in matches.duplicates
    ]
    problems += [
        file_kinds.COLUMN_MISSPELT.at(at(i), found=texts[i], expected=name)
        for i, name in matches.misspelt
    ]
    problems += [
        file_kinds.COLUMN_UNKNOWN.at(
            at(i),
            found=texts[i],
            suggestion=suggestion(texts[i], matches.missing),
            columns=quoted(names),
        )
        for i in matches.unknown
    ]
    row = Location(file=file, sheet=sheet.name, cell=f"A{header_row}")
    problems += [
        file_kinds.COLUMN_MISSING.at(row, expected=name)
        for name in matches.missing
        if spec.column(name).required
    ]
    columns = {spec.column(name): places[i] for name, i in matches.matched.items()}
    return columns, problems


def parse_row(
    file: str, sheet: str, specs: Iterable[ValueSpec], cells: Mapping[str, SourceCell]
) -> tuple[Row, list[Problem]]:
    """Return the values of a row's cells, defaults filled in, and the problems of faulty ones."""
    values: dict[str, Value] = {}
    faulty: set[str] = set()
    problems: list[Problem] = []
    for spec in specs:
        cell = cells[spec.attribute]
        value = _blank_value(spec) if cell.is_blank else parse_cell(spec, cell)
        if isinstance(value, CellFault):
            place = Location(file=file, sheet=sheet, cell=cell.reference)
            problems.append(value.kind.at(place, **value.values))
            faulty.add(spec.attribute)
        elif value is not None:
            values[spec.attribute] = value
    row = Row(file=file, sheet=sheet, values=values, cells=cells, faulty=frozenset(faulty))
    return row, problems


def _blank_value(spec: ValueSpec) -> Value | CellFault | None:
    if spec.required:
        said = spec.help.rstrip(".") or spec.kind.value
        expected = quoted(spec.allowed) or f"{said[:1].lower()}{said[1:]}"
        if spec.references is not None:
            expected = f"un code de la feuille {spec.references}"
        return CellFault(cell_kinds.VALUE_MISSING, {"name": spec.name, "expected": expected})
    return None if spec.blank_means is not None else parse_default(spec)
