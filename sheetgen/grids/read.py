"""What a returned workbook says as a grid, before anyone judges it: the reading side.

Sheets are known by their header cells, criteria by the code in their row; names, order and position
mean nothing. Nothing here depends on the session, so that it can run in a contained process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.grids import layout
from sheetgen.grids.identity import FIELDS, PROPERTY_PREFIX
from sheetgen.grids.layout import Column
from sheetgen.grids.raw import (
    MergedRange,
    Position,
    RawCell,
    RawSheet,
    RawWorkbook,
    SpreadsheetFormat,
    cell_address,
    read_raw,
)
from sheetgen.grids.words import NEEDED, BrokenSheet, Columns, find_columns, find_words
from sheetgen.matching import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


# Cells are made, and sent from one process to another, by the hundred: tuples with names cost a
# third of what other records do.


class ReadCell(NamedTuple):
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

    @property
    def blank(self) -> bool:
        """Whether nothing was put in it: spaces and invisible characters are nothing."""
        if self.error is not None or self.formula is not None or not isinstance(self.value, str):
            return False
        text = self.value.strip()
        return not text or not (text[0].isalnum() or fold(text))


class ReadRow(NamedTuple):
    """A row of a bloc's sheet that has a code, or a mark although it has none.

    Attributes:
        title: the criterion's text; None where the sheet has lost its column.
    """

    code: ReadCell
    title: str | None
    mark: ReadCell
    comment: ReadCell


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadGrid:
    """Everything a returned workbook says as a grid.

    Attributes:
        form: the format it really is in.
        stamp: the fields of the hidden sheet, empty when it is lost.
        properties: the same from the custom document properties.
        codes: printed grid codes found.
        owners: the lines of bloc sheets that name the candidate and the juror.
        answers: by label, the cells that hold the answer; none where the label is gone.
    """

    form: SpreadsheetFormat | None = None
    stamp: Mapping[str, str]
    properties: Mapping[str, str]
    codes: tuple[ReadCell, ...] = ()
    owners: tuple[ReadCell, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    broken: tuple[BrokenSheet, ...] = ()
    answers: Mapping[str, tuple[ReadCell, ...]] = field(default_factory=dict)


def read_grid(data: bytes, form: SpreadsheetFormat, name: str) -> ReadGrid:  # noqa: ARG001
    """What a file's bytes say as a grid; `name` is there for `returns.contain`, which calls this.

    Raises:
        UnreadableWorkbookError: it is no workbook that can be read.
    """
    # The stamp is held against its signature, and half of a grid's cells are the workings below it.
    return parse_grid(read_raw(data, form, bare=(layout.STAMP_SHEET,)), form)


def parse_grid(workbook: RawWorkbook, form: SpreadsheetFormat | None = None) -> ReadGrid:
    """What a workbook says as a grid; empty fields where it says nothing."""
    rows: list[ReadRow] = []
    broken: list[BrokenSheet] = []
    codes: list[ReadCell] = []
    owners: list[ReadCell] = []
    answers: dict[str, list[ReadCell]] = {}
    for sheet in workbook.sheets:
        if sheet.name == layout.STAMP_SHEET:
            continue
        words = find_words(sheet)
        columns = find_columns(sheet, words)
        if columns is None:
            codes.extend(_read_cell(sheet, *place) for place in words.codes)
            for label, place in words.labels:
                answers.setdefault(label, []).append(_read_answer(sheet, label, place))
            continue
        owners.extend(_read_cell(sheet, *place) for place in words.owners)
        if isinstance(columns, BrokenSheet):
            broken.append(columns)
        else:
            rows.extend(_read_rows(sheet, columns))
    return ReadGrid(
        form=form,
        stamp=_read_stamp(workbook),
        properties={
            name: text
            for name in FIELDS
            if (text := workbook.properties.get(PROPERTY_PREFIX + name, "").strip())
        },
        codes=tuple(codes),
        owners=tuple(owners),
        rows=tuple(rows),
        broken=tuple(broken),
        answers={label: tuple(cells) for label, cells in answers.items()},
    )


def text_of(value: RawCell) -> str:
    """A cell's value as a French spreadsheet shows it, without what surrounds it."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _read_rows(sheet: RawSheet, columns: Columns) -> Iterator[ReadRow]:
    code, mark, comment = (columns.places[column] for column in NEEDED)
    title = columns.places.get(Column.CRITERION)
    merged = {column: _merges(sheet, column) for column in (mark, comment)}
    left = sheet.first[1]
    for row, cells in sheet.numbered_rows():
        # The headers that places come from are cells of this sheet, whose rows are of one width.
        at_code, at_mark = cells[code - left], cells[mark - left]
        if row in columns.header_rows or not (
            _says(sheet, (row, code), at_code) or _says(sheet, (row, mark), at_mark)
        ):
            continue
        read = ReadRow(
            code=_cell(sheet, (row, code), at_code),
            title=None if title is None else text_of(cells[title - left]),
            mark=_cell(sheet, (row, mark), at_mark, merged[mark].get(row)),
            comment=_cell(sheet, (row, comment), cells[comment - left], merged[comment].get(row)),
        )
        if not (read.code.blank and read.mark.blank):
            yield read


def _says(sheet: RawSheet, place: Position, value: RawCell) -> bool:
    """Whether anything is in the cell, be it only spaces."""
    return value != "" or place in sheet.formulas or place in sheet.errors


def _merges(sheet: RawSheet, column: int) -> dict[int, MergedRange]:
    """The merged range that the column's cell is part of, by row, as far as the sheet is filled."""
    top, bottom = sheet.first[0], sheet.first[0] + len(sheet.rows) - 1
    return {
        row: merge
        for merge in sheet.merged
        if merge.first[1] <= column <= merge.last[1]
        for row in range(max(top, merge.first[0]), min(bottom, merge.last[0]) + 1)
    }


def _read_cell(sheet: RawSheet, row: int, column: int) -> ReadCell:
    return _cell(sheet, (row, column), sheet.value(row, column))


def _cell(
    sheet: RawSheet, place: Position, value: RawCell, merged: MergedRange | None = None
) -> ReadCell:
    return ReadCell(
        sheet.name,
        cell_address(*place),
        value,
        sheet.formulas.get(place),
        sheet.errors.get(place),
        _range(merged) if merged else None,
    )


def _range(merged: MergedRange) -> str:
    return f"{cell_address(*merged.first)}:{cell_address(*merged.last)}"


def _read_stamp(workbook: RawWorkbook) -> Mapping[str, str]:
    sheet = workbook.sheet(layout.STAMP_SHEET)
    if sheet is None:
        return {}
    found = {}
    for row, _ in sheet.numbered_rows():
        name, value = sheet.value(row, 0), sheet.value(row, 1)
        # A number of candidate may have become a number; the signature tells whether it is right.
        text = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
        if text and isinstance(name, str) and name in FIELDS:
            found[name] = text
    return found


_ANSWERS = (fold(layout.YES), fold(layout.NO))


def _read_answer(sheet: RawSheet, label: str, place: Position) -> ReadCell:
    """A label's answer: the next filled cell to its right, or else the next cell."""
    row, column = place
    filled = [
        right
        for right in range(column + 1, sheet.first[1] + len(sheet.rows[0]))
        if sheet.value(row, right) != "" or (row, right) in sheet.errors
    ]
    if label == layout.DECLARATION_LABEL:
        # What Oui means is written further right.
        filled = [right for right in filled if _is_yes_or_no(sheet.value(row, right))]
    return _read_cell(sheet, row, filled[0] if filled else column + 1)


def _is_yes_or_no(value: RawCell) -> bool:
    return isinstance(value, str) and fold(value) in _ANSWERS
