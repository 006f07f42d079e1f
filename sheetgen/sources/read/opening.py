"""Opening a source workbook: its sheets as plain cells, or the one reason why it cannot be read.

It is read as any file of others is: by `spreadsheet`, in a process that may die.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Kind, Location, Problem, returns
from sheetgen.problems import source_files as kinds
from sheetgen.sources.schema import REFERENTIAL, SESSION
from sheetgen.spreadsheet import (
    UNSEEN_FORMULA,
    Moment,
    RawSheet,
    RawWorkbook,
    Scope,
    SpreadsheetFormat,
    cell_address,
    limits,
    read_workbook,
)
from sheetgen.spreadsheet.contained import ReadFile, begin_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sheetgen.spreadsheet import MergedRange, Position

MAXIMUM_ROWS = 20_000
MAXIMUM_COLUMNS = 200
MAXIMUM_CELLS = 500_000
"""Filled cells of a sheet: as many as 20,000 candidates have with half of the columns filled."""

_SECONDS = 60.0
_MEMORY = 1 << 30
_SOURCES = frozenset(
    sheet.name for book in (REFERENTIAL, SESSION) for sheet in (*book.sheets, *book.drafts)
)
"""Names of sheets, by which one source is told where the other was meant."""

_SYSTEM_REASONS: Mapping[type[Exception], str] = {
    IsADirectoryError: "c'est un dossier",
    PermissionError: "accès refusé",
}
_OTHER_FORMATS = {
    SpreadsheetFormat.XLS: "ancien format Excel .xls",
    SpreadsheetFormat.XLSB: "format Excel binaire .xlsb",
    SpreadsheetFormat.ODS: "format OpenDocument .ods",
}
"""What is read of a juror and not of a school: the formats of their cells are not."""

_KINDS: Mapping[str, Kind] = {
    returns.PASSWORD_PROTECTED.code: kinds.FILE_ENCRYPTED,
    returns.RIGHTS_MANAGED.code: kinds.FILE_RIGHTS_MANAGED,
    returns.WORKBOOK_TOO_LARGE.code: kinds.FILE_TOO_LARGE,
}
"""How a refusal is told of a school's workbook; every other makes it no workbook."""

_SEEN_NOWHERE = "=…"
"""Stands in messages for a formula whose text the file has elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCell:
    """A cell as it was written.

    Attributes:
        value: text, number, bool, date, time, duration; None for a blank. The text of a formula or
            of an error, when it is one.
        kind: `f` for a formula, `e` for an error, `v` for a value.
        number_format: Excel's, empty for a blank and for the usual one.
    """

    reference: str
    value: object = None
    kind: str = "v"
    number_format: str = ""

    @property
    def is_blank(self) -> bool:
        """Return whether nothing but spaces is written there."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet's rows that hold something: row number, then the non-blank cells by column number.

    `stray` is the first cell found beyond the largest row or column that is read.
    """

    name: str
    rows: Mapping[int, Mapping[int, SourceCell]]
    stray: str | None = None


Opened = tuple[tuple[Sheet, ...], "list[Problem]"]
"""A workbook's sheets; none, and the reason, when it cannot be read."""

Opening = Callable[[], Opened]
"""Waits for a workbook that is being read."""


def open_source(path: Path, names: Iterable[str] = ()) -> Opened:
    """Return the workbook's sheets; the arguments are those of `begin_source`."""
    with begin_source(path, names) as opened:
        return opened()


@contextmanager
def begin_source(path: Path, names: Iterable[str] = ()) -> Iterator[Opening]:
    """Begin to read a workbook in another process, while this one does something else.

    Of sheets that no source has, and that `names` has not, the name alone is read.
    """
    place = Location(file=path.as_posix())
    data = _read_bytes(path, place)
    if isinstance(data, Problem):
        refused = data
        yield lambda: ((), [refused])
        return
    scope = Scope(
        sheets=tuple(sorted(_SOURCES.union(names))),
        formats=True,
        anywhere=True,
        cells=MAXIMUM_CELLS,
        alike=False,
    )
    reading = ReadFile(read=partial(read_workbook, scope=scope), answer=RawWorkbook)
    with begin_alone(path, data, reading, seconds=_SECONDS, memory=_MEMORY) as result:
        yield lambda: _opened(result(), place)


def _read_bytes(path: Path, place: Location) -> bytes | Problem:
    try:
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except FileNotFoundError:
        return kinds.FILE_MISSING.at(place)
    except (OSError, ValueError) as error:
        words = _SYSTEM_REASONS.get(type(error), "erreur de lecture")
        return kinds.FILE_UNREADABLE.at(place, reason=words)
    if len(data) > limits.FILE_BYTES:
        words = f"plus de {limits.FILE_BYTES // limits.MEBIBYTE} Mo"
        return kinds.FILE_TOO_LARGE.at(place, reason=words)
    return data


def _opened(book: RawWorkbook | Problem, place: Location) -> Opened:
    if isinstance(book, Problem):
        return (), [_refused(book)]
    if book.form in _OTHER_FORMATS:
        return (), [kinds.FILE_NOT_WORKBOOK.at(place, reason=_OTHER_FORMATS[book.form])]
    return tuple(_read_sheet(sheet) for sheet in book.sheets), []


def _refused(problem: Problem) -> Problem:
    """Return the refusal of a file as it is told of a source."""
    if problem.code == kinds.SHEET_TOO_FULL.code:
        return problem
    kind = _KINDS.get(problem.code, kinds.FILE_NOT_WORKBOOK)
    said = problem.message.removesuffix(".")
    if problem.code == returns.NOT_A_WORKBOOK.code:  # it says so of a grid
        said = said.partition(" : ")[2]
    return kind.at(problem.location, reason=said[:1].lower() + said[1:])


def _read_sheet(sheet: RawSheet) -> Sheet:
    rows: dict[int, dict[int, SourceCell]] = {}
    for (row, column), cell in _filled(sheet):
        if row >= MAXIMUM_ROWS or column >= MAXIMUM_COLUMNS:
            return Sheet(name=sheet.name, rows=rows, stray=cell.reference)
        rows.setdefault(row + 1, {})[column + 1] = cell
    _spread(rows, sheet.merged)
    return Sheet(name=sheet.name, rows=rows)


def _filled(sheet: RawSheet) -> Iterator[tuple[Position, SourceCell]]:
    """Yield the cells in which something is written, in order, each with its place from zero."""
    places = {(row, column) for row, cells in sheet.rows.items() for column in cells}
    for place in sorted(places.union(sheet.formulas, sheet.errors)):
        cell = _cell(sheet, place)
        if not cell.is_blank:
            yield place, cell


def _cell(sheet: RawSheet, place: Position) -> SourceCell:
    reference = cell_address(*place)
    if place in sheet.formulas:
        formula = sheet.formulas[place]
        text = _SEEN_NOWHERE if formula == UNSEEN_FORMULA else formula
        return SourceCell(reference=reference, value=text, kind="f")
    if place in sheet.errors:
        return SourceCell(reference=reference, value=sheet.errors[place], kind="e")
    value: object = sheet.value(*place)
    if isinstance(value, Moment):
        value = value.value
    return SourceCell(reference=reference, value=value, number_format=sheet.formats.get(place, ""))


def _spread(rows: dict[int, dict[int, SourceCell]], merged: Sequence[MergedRange]) -> None:
    """Repeat what cells merged downwards say in each row below that says something itself.

    That is how whoever looks at the sheet reads them.
    """
    ends: dict[int, dict[int, int]] = {}
    for span in merged:
        (top, left), (bottom, _) = span.first, span.last
        if top < bottom and left + 1 in rows.get(top + 1, ()):
            ends.setdefault(left + 1, {})[top + 1] = bottom + 1
    for column, bottoms in ends.items():
        last = 0
        for number, cells in rows.items():
            if number in bottoms and column in cells:
                spread, last = cells[column], bottoms[number]
            elif number <= last and column not in cells:
                cells[column] = replace(spread, reference=cell_address(number - 1, column - 1))
    if ends:
        for number, cells in rows.items():
            rows[number] = dict(sorted(cells.items()))
