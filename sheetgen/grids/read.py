"""What a returned workbook says as a grid, before anyone judges it: the reading side.

Sheets are known by their header cells, criteria by the code in their row; names, order and position
mean nothing. Nothing here depends on the session, so that it can run in a contained process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.grids import layout
from sheetgen.grids.identity import CODE_PATTERN, FIELDS, PROPERTY_PREFIX
from sheetgen.grids.layout import Column
from sheetgen.grids.raw import (
    RawCell,
    RawSheet,
    RawWorkbook,
    SpreadsheetFormat,
    cell_address,
    read_raw,
)
from sheetgen.matching import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCell:
    """A cell as it came back.

    Attributes:
        value: empty text for an empty cell and for an error.
        formula: its text where the format lets it be seen.
        error: such as `#N/A`.
        merged: the range it is merged into, as `C4:C5`.
    """

    sheet: str
    cell: str
    value: RawCell = ""
    formula: str | None = None
    error: str | None = None
    merged: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row of a bloc's sheet that has something in its code column."""

    code: str
    code_cell: ReadCell
    title: str
    mark: ReadCell
    comment: ReadCell


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenSheet:
    """A sheet that has a bloc's header but cannot be read: a column is missing, or there twice."""

    sheet: str
    cell: str
    column: Column
    twice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGrid:
    """Everything a returned workbook says as a grid.

    Attributes:
        stamp: the fields of the hidden sheet, empty when it is lost.
        properties: the same from the custom document properties.
        codes: printed grid codes found, as written.
    """

    stamp: Mapping[str, str]
    properties: Mapping[str, str]
    codes: tuple[ReadCell, ...]
    rows: tuple[ReadRow, ...]
    broken: tuple[BrokenSheet, ...]
    declaration: ReadCell | None
    opinion: ReadCell | None
    remarks: ReadCell | None


def read_grid(data: bytes, form: SpreadsheetFormat, name: str) -> ReadGrid:  # noqa: ARG001
    """What a file's bytes say as a grid; `name` is there for `returns.contain`, which calls this.

    Raises:
        UnreadableWorkbookError: it is no workbook that can be read.
    """
    return parse_grid(read_raw(data, form))


def parse_grid(workbook: RawWorkbook) -> ReadGrid:
    """What a workbook says as a grid; empty fields where it says nothing."""
    rows: list[ReadRow] = []
    broken: list[BrokenSheet] = []
    for sheet in workbook.sheets:
        columns = _find_columns(sheet)
        if isinstance(columns, BrokenSheet):
            broken.append(columns)
        elif columns is not None:
            rows.extend(_read_rows(sheet, columns))
    labelled = _find_labels(workbook)
    return ReadGrid(
        stamp=_read_stamp(workbook),
        properties={
            name: text
            for name in FIELDS
            if (text := workbook.properties.get(PROPERTY_PREFIX + name, "").strip())
        },
        codes=tuple(_find_codes(workbook)),
        rows=tuple(rows),
        broken=tuple(broken),
        declaration=labelled.get(layout.DECLARATION_LABEL),
        opinion=labelled.get(layout.OPINION_LABEL),
        remarks=labelled.get(layout.REMARKS_LABEL),
    )


def text_of(value: RawCell) -> str:
    """A cell's value as text: a number the way a person writes it, without a trailing `.0`."""
    if isinstance(value, float) and not isinstance(value, bool):
        return f"{value:.15g}"
    return str(value).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    header_row: int
    places: Mapping[Column, int]


_FOLDED = {fold(column.value): column for column in layout.CONTRACT_COLUMNS}
_NEEDED = (Column.CODE, Column.MARK, Column.COMMENT)


def _find_columns(sheet: RawSheet) -> _Columns | BrokenSheet | None:
    """Where the contract's columns are; None for a sheet that is no bloc's."""
    for row, cells in sheet.numbered_rows():
        found: dict[Column, list[int]] = {}
        for column, value in enumerate(cells, start=sheet.first[1]):
            known = _FOLDED.get(fold(value)) if isinstance(value, str) and value else None
            if known:
                found.setdefault(known, []).append(column)
        if len(found) < 3:
            continue
        for needed in _NEEDED:
            places = found.get(needed, [])
            if len(places) != 1:
                return BrokenSheet(
                    sheet=sheet.name,
                    cell=cell_address(row, places[1] if places else sheet.first[1]),
                    column=needed,
                    twice=bool(places),
                )
        return _Columns(
            header_row=row, places={column: places[0] for column, places in found.items()}
        )
    return None


def _read_rows(sheet: RawSheet, columns: _Columns) -> Iterator[ReadRow]:
    for row, _ in sheet.numbered_rows():
        if row <= columns.header_row:
            continue
        code_cell = _read_cell(sheet, row, columns.places[Column.CODE])
        code = text_of(code_cell.value)
        if not code:
            continue
        title_column = columns.places.get(Column.CRITERION)
        title = "" if title_column is None else text_of(sheet.value(row, title_column))
        yield ReadRow(
            code=code,
            code_cell=code_cell,
            title=title,
            mark=_read_cell(sheet, row, columns.places[Column.MARK]),
            comment=_read_cell(sheet, row, columns.places[Column.COMMENT]),
        )


def _read_cell(sheet: RawSheet, row: int, column: int) -> ReadCell:
    merge = sheet.merge_at(row, column) if sheet.merged else None
    return ReadCell(
        sheet=sheet.name,
        cell=cell_address(row, column),
        value=sheet.value(row, column),
        formula=sheet.formulas.get((row, column)),
        error=sheet.errors.get((row, column)),
        merged=None
        if merge is None
        else f"{cell_address(*merge.first)}:{cell_address(*merge.last)}",
    )


def _read_stamp(workbook: RawWorkbook) -> Mapping[str, str]:
    sheet = workbook.sheet(layout.STAMP_SHEET)
    if sheet is None:
        return {}
    found = {}
    for row, _ in sheet.numbered_rows():
        name = text_of(sheet.value(row, 0))
        value = text_of(sheet.value(row, 1))
        if name in FIELDS and value:
            found[name] = value
    return found


def _find_codes(workbook: RawWorkbook) -> Iterator[ReadCell]:
    """Grid codes on sheets that a person sees, wherever they were moved to."""
    for sheet in workbook.sheets:
        if sheet.name == layout.STAMP_SHEET:
            continue
        for row, cells in sheet.numbered_rows():
            for column, value in enumerate(cells, start=sheet.first[1]):
                if isinstance(value, str) and CODE_PATTERN.fullmatch(value.strip().upper()):
                    yield _read_cell(sheet, row, column)


_LABELS = {
    fold(label): label
    for label in (layout.DECLARATION_LABEL, layout.OPINION_LABEL, layout.REMARKS_LABEL)
}


def _find_labels(workbook: RawWorkbook) -> dict[str, ReadCell]:
    """The cell at the right of each label; the first where a label stands twice."""
    found: dict[str, ReadCell] = {}
    for sheet in workbook.sheets:
        for row, cells in sheet.numbered_rows():
            for column, value in enumerate(cells, start=sheet.first[1]):
                label = _LABELS.get(fold(value)) if isinstance(value, str) and value else None
                if label and label not in found:
                    found[label] = _read_cell(sheet, row, column + 1)
    return found
