"""Finding columns by header and answers by label in a workbook that somebody may have rearranged.

It is opened in a process that may die, as a return is read. Nothing is known by its position, and
only cells that can be named are given back.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.files import explain, file_digest
from sheetgen.grid.read import ReadCell, text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import deliberation as kinds
from sheetgen.problems.returns import UNREADABLE_FILE
from sheetgen.returns import FoundFile
from sheetgen.spreadsheet import RawWorkbook, Scope, cell_address, read_workbook
from sheetgen.spreadsheet.contained import ReadFile, begin_contained
from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.spreadsheet import RawCell, RawSheet

_SECONDS = 120.0
"""A consolidation is far larger than a grid: twenty thousand rows at 300 candidates."""

_MEMORY = 4 << 30


def open_consolidation(path: Path) -> RawWorkbook | Problem:
    """Return the workbook's content, whatever application saved it, or why it is unreadable."""
    with begin_consolidations([path], jobs=1) as opened:
        return next(opened)


@contextmanager
def begin_consolidations(
    paths: Sequence[Path], jobs: int
) -> Iterator[Iterator[RawWorkbook | Problem]]:
    """Begin to read workbooks; give what yields what `open_consolidation` returns for each.

    It waits for one at a time, so that no two are in memory.

    Args:
        paths: the workbooks, in the order in which they are yielded.
        jobs: processes that read.
    """
    found = [_find(path) for path in paths]
    files = [item for item in found if isinstance(item, FoundFile)]
    with begin_contained(files, _READ, jobs=jobs, seconds=_SECONDS, memory=_MEMORY) as results:
        yield (item if isinstance(item, Problem) else next(results)[1] for item in found)


def _find(path: Path) -> FoundFile | Problem:
    """Return a file as the reader is given it, or why it cannot be read."""
    try:
        size, digest = path.stat().st_size, file_digest(path)
    except OSError as error:
        return UNREADABLE_FILE.at(Location(file=str(path)), reason=explain(error))
    return FoundFile(name=str(path), path=path, sha256=digest, size=size)


_TYPED_FORMULA = 250
"""Characters of a formula, about, that the jury may have typed and is shown: most of those in
« Délibération » are longer, and are as they were written or matter to nobody."""

# What follows from the marks, and which nobody writes in, is most of the workbook.
_SCOPE = Scope(
    left_out=(
        layout.SUMMARY_SHEET,
        layout.BLOCKS_SHEET,
        layout.ASSESSMENTS_SHEET,
        layout.COMPETENCIES_SHEET,
        layout.DIVERGENCES_SHEET,
        layout.CARD_SHEET,
        layout.PEOPLE_SHEET,
        layout.WORKINGS_SHEET,
        layout.DETAILS_SHEET,
        layout.LISTS_SHEET,
    ),
    formula=_TYPED_FORMULA,
    columns={layout.CRITERIA_SHEET: layout.MARK_COLUMNS},
)
_READ = ReadFile(read=partial(read_workbook, scope=_SCOPE), answer=RawWorkbook)


_LONGEST_HEADER = 80
"""No header and no label is as long, whatever spaces surround it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryTable:
    """A sheet's table: where its header row is, and its columns by header as declared."""

    file: str
    sheet: RawSheet
    header_row: int
    columns: Mapping[str, int]

    def cell(self, row: int, header: str) -> ReadCell:
        """Return the cell under a header, in a row counted from zero."""
        return read_cell(self.sheet, row, self.columns[header])

    def text(self, row: int, header: str) -> str:
        """Return the text that a person sees under a header, in a row counted from zero."""
        column = self.columns[header]
        return self.sheet.errors.get((row, column)) or text_of(self.sheet.value(row, column))

    def optional_cell(self, row: int, header: str) -> ReadCell | None:
        """Return the cell under a header that the table may lack."""
        return self.cell(row, header) if header in self.columns else None

    def rows(self) -> Iterator[int]:
        """Yield the rows below the header, counted from zero, but for those that repeat it."""
        first = next(iter(self.columns))
        header = _folded(first)
        for row in self.sheet.lines():
            if (
                row > self.header_row
                and _folded(self.sheet.value(row, self.columns[first])) != header
            ):
                yield row

    def at(self, cell: ReadCell) -> Location:
        """Return the place of a cell, for problems."""
        return Location(file=self.file, sheet=cell.sheet, cell=cell.cell)

    def at_header(self, header: str) -> Location:
        """Return the place of a column's header, for problems about what is not there."""
        return self.at(self.cell(self.header_row, header))


def find_sheet(workbook: RawWorkbook, name: str) -> RawSheet | None:
    """Return the sheet of this name, whatever its case and accents.

    The one just so before any other.
    """
    named = [sheet for sheet in workbook.sheets if fold_name(sheet.name) == fold_name(name)]
    exact = [sheet for sheet in named if sheet.name == name]
    return next(iter(exact or named), None)


def find_table(
    file: str, sheet: RawSheet, headers: Sequence[str], optional: Sequence[str] = ()
) -> JuryTable | list[Problem]:
    """Return the table under the row with the most of these headers, or why there is none.

    Columns that are optional are there where their header is, once.
    """
    wanted = {fold_name(header): header for header in (*headers, *optional)}
    meant: dict[RawCell, str | None] = {}  # a large sheet says the same few things again and again
    found: dict[int, list[tuple[str, int]]] = {}
    for row, cells in sheet.rows.items():
        for column, value in cells.items():
            if value not in meant:
                meant[value] = wanted.get(_folded(value))
            header = meant[value]
            if header is not None:
                found.setdefault(row, []).append((header, column))
    if not found:
        return [_missing(file, sheet, min(sheet.rows, default=0), header) for header in headers]
    header_row = max(found, key=lambda row: (len({name for name, _ in found[row]}), -row))
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for header, column in found[header_row]:
        if header in columns:
            place = Location(file=file, sheet=sheet.name, cell=cell_address(header_row, column))
            problems.append(kinds.DELIBERATION_COLUMN_TWICE.at(place, found=header))
        columns.setdefault(header, column)
    problems += [
        _missing(file, sheet, header_row, header) for header in headers if header not in columns
    ]
    if problems:
        return problems
    ordered = {header: columns[header] for header in (*headers, *optional) if header in columns}
    return JuryTable(file=file, sheet=sheet, header_row=header_row, columns=ordered)


def _missing(file: str, sheet: RawSheet, row: int, header: str) -> Problem:
    place = Location(file=file, sheet=sheet.name, cell=cell_address(row, sheet.left))
    return kinds.DELIBERATION_COLUMN_MISSING.at(place, found=header)


def find_answer(sheet: RawSheet, label: str) -> ReadCell | None:
    """Return the first filled cell right of a label, or else the one beside it.

    None without the label.
    """
    place = next(_cells_saying(sheet, label), None)
    if place is None:
        return None
    row, column = place
    merged = sheet.merge_at(row, column)
    beside = (merged.last[1] if merged else column) + 1
    filled = sheet.filled_right_of(row, beside - 1)
    return read_cell(sheet, row, filled[0] if filled else beside)


def _cells_saying(sheet: RawSheet, label: str) -> Iterator[tuple[int, int]]:
    wanted = _folded(label)
    for row, cells in sheet.rows.items():
        for column, value in cells.items():
            if _folded(value) == wanted:
                yield row, column


def _folded(value: RawCell) -> str:
    """Return a header or a label as it is compared; empty for what is none."""
    return _folded_text(value) if isinstance(value, str) and len(value) <= _LONGEST_HEADER else ""


@lru_cache(maxsize=16_384)
def _folded_text(text: str) -> str:
    return fold_name(text)


def read_cell(sheet: RawSheet, row: int, column: int) -> ReadCell:
    """Return a cell with what there is to know of it.

    `merged` only where it reaches over other rows.
    """
    merged = sheet.merge_at(row, column)
    over_rows = merged is not None and merged.first[0] != merged.last[0]
    return ReadCell(
        sheet=sheet.name,
        cell=cell_address(row, column),
        value=sheet.value(row, column),
        formula=sheet.formulas.get((row, column)),
        error=sheet.errors.get((row, column)),
        merged=f"{cell_address(*merged.first)}:{cell_address(*merged.last)}"
        if merged is not None and over_rows
        else None,
    )


def shown(cell: ReadCell) -> str:
    """Return the text that a person sees in the cell."""
    return cell.error or text_of(cell.value)
