"""Damage of every kind to real grids: no crash, no hang, and never a mark that is not there."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returns.desk import DESK, MARKED, marks, opened, values, with_parts
from tries import tries

from sheetgen.grid.read import ReadGrid, parse_grid, read_grid
from sheetgen.model import NOT_OBSERVED, Mark, ReturnStatus
from sheetgen.returns.collect import Collection, collect_returns
from sheetgen.returns.find import FoundFile, find_returns
from sheetgen.spreadsheet import (
    Moment,
    RawCell,
    RawSheet,
    RawWorkbook,
    parse_address,
    read_workbook,
)
from sheetgen.spreadsheet.contained import ReadFile, read_contained
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

Edit = Callable[[RawSheet], RawSheet]

GRID = DESK.grid()
RAW = read_workbook(GRID)
BLOCKS = ("BC01", "BC02")


def laid_out(sheet: RawSheet) -> list[list[RawCell]]:
    """The sheet's rows from the first, all of one width; empty texts where nothing stands."""
    width = 1 + max(column for cells in sheet.rows.values() for column in cells)
    height = 1 + max(sheet.rows)
    return [[sheet.value(row, column) for column in range(width)] for row in range(height)]


def with_rows(sheet: RawSheet, rows: Sequence[Sequence[RawCell]]) -> RawSheet:
    """The sheet with other rows."""
    filled = {
        row: {column: value for column, value in enumerate(cells) if value != ""}
        for row, cells in enumerate(rows)
    }
    return replace(sheet, rows={row: cells for row, cells in filled.items() if cells})


def put(sheet: RawSheet, *, row: int, column: int, value: RawCell) -> RawSheet:
    """Another content in a cell."""
    rows = laid_out(sheet)
    if row < len(rows):
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value
    return with_rows(sheet, rows)


def delete(sheet: RawSheet, *, row: int) -> RawSheet:
    """A row deleted."""
    rows = laid_out(sheet)
    return with_rows(sheet, [*rows[:row], *rows[row + 1 :]])


def copy(sheet: RawSheet, *, row: int, to: int) -> RawSheet:
    """A row inserted again elsewhere."""
    rows = laid_out(sheet)
    return with_rows(sheet, [*rows[:to], *rows[row : row + 1], *rows[to:]])


def swap(sheet: RawSheet, *, row: int, other: int) -> RawSheet:
    """Two rows exchanged."""
    rows = laid_out(sheet)
    if max(row, other) < len(rows):
        rows[row], rows[other] = rows[other], rows[row]
    return with_rows(sheet, rows)


def move(sheet: RawSheet, *, column: int, to: int) -> RawSheet:
    """A column moved."""
    rows = laid_out(sheet)
    for cells in rows:
        if column < len(cells):
            cells.insert(to, cells.pop(column))
    return with_rows(sheet, rows)


def fail(sheet: RawSheet, *, row: int, column: int) -> RawSheet:
    """A cell in error."""
    return replace(put(sheet, row=row, column=column, value=""), errors={(row, column): "#REF!"})


CONTENTS = st.one_of(
    st.sampled_from(
        (
            "",
            "Acquis",
            " acquis",
            "Non acquis",
            "Partiellement acquis",
            "Aquis",
            NOT_OBSERVED,
            "Exempté",
            "Code",
            "Critère",
            "Évaluation",
            "Observations",
            "Points",
            "C1.1.1",
            "c1.1.2",
            "C1.2.1",
            "C2.1.1",
            "C1.1",
            "Oui",
            "Non",
        )
    ),
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.dates().map(lambda day: Moment(day=day)),
)
ROWS = st.integers(2, 13)
COLUMNS = st.integers(0, 5)
EDITS = st.one_of(
    st.builds(partial, st.just(put), row=ROWS, column=st.integers(0, 6), value=CONTENTS),
    st.builds(partial, st.just(put), row=ROWS, column=st.just(2), value=CONTENTS),
    st.builds(partial, st.just(delete), row=ROWS),
    st.builds(partial, st.just(copy), row=ROWS, to=ROWS),
    st.builds(partial, st.just(swap), row=ROWS, other=ROWS),
    st.builds(partial, st.just(move), column=COLUMNS, to=COLUMNS),
    st.builds(partial, st.just(fail), row=ROWS, column=COLUMNS),
)


def edited(edits: Sequence[tuple[str, Edit]]) -> RawWorkbook:
    """The grid as filled, after these edits to its bloc sheets, one after the other."""
    sheets = {sheet.name: sheet for sheet in RAW.sheets}
    for name, edit in edits:
        sheets[name] = edit(sheets[name])
    return replace(RAW, sheets=tuple(sheets.values()))


def collected(book: RawWorkbook) -> Collection:
    """Return what is made of one workbook."""
    file = FoundFile(name="rendu.xlsx", path=Path("rendu.xlsx"), sha256="0" * 64, size=1)
    return collect_returns([(file, parse_grid(book))], DESK.expected)


def columns_headed(sheet: RawSheet, header: str) -> set[int]:
    """The columns that hold this word anywhere."""
    return {
        column
        for cells in sheet.rows.values()
        for column, value in cells.items()
        if isinstance(value, str) and fold(value) == fold(header)
    }


@tries(80)
@given(edits=st.lists(st.tuples(st.sampled_from(BLOCKS), EDITS), max_size=8))
def test_no_edit_makes_a_mark_be_misread(edits: list[tuple[str, Edit]]) -> None:
    """Each mark read stands in its cell, in a column of marks, on the only row of its code."""
    book = edited(edits)
    for code, mark in marks(collected(book)).items():
        sheet = book.sheet(mark.sheet or "")
        assert sheet is not None
        row, column = parse_address(mark.cell or "")
        assert fold(str(sheet.value(row, column))) == fold(str(mark.value))
        assert (row, column) not in sheet.errors
        assert column in columns_headed(sheet, "Évaluation")
        bearing = [
            (other.name, place)
            for other in book.sheets
            if other.name in BLOCKS
            for place in other.rows
            if any(
                fold(str(other.value(place, at))) == fold(code)
                for at in columns_headed(other, "Code")
            )
        ]
        assert (sheet.name, row) in bearing
        assert sum(name == sheet.name for name, _ in bearing) == 1


@tries(80)
@given(
    code=st.sampled_from(sorted(MARKED)),
    value=CONTENTS,
)
def test_a_mark_typed_over_costs_no_other_mark(code: str, value: RawCell) -> None:
    """Whatever is typed in one cell, the others are read as they were given."""
    places = {
        (sheet.name, str(sheet.value(row, 0))): row
        for sheet in RAW.sheets
        if sheet.name in BLOCKS
        for row in sheet.rows
    }
    (name, row) = next((sheet, at) for (sheet, found), at in places.items() if found == code)
    collection = collected(edited([(name, partial(put, row=row, column=2, value=value))]))
    others = {other: read for other, read in values(collection).items() if other != code}
    assert others == {other: mark for other, mark in MARKED.items() if other != code}


def flipped(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out or put in twice."""
    damaged = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 40])):
        place = chance.randrange(len(damaged))
        match chance.randrange(4):
            case 0:
                damaged[place] ^= 1 << chance.randrange(8)
            case 1:
                damaged[place] = chance.randrange(256)
            case 2:
                del damaged[place : place + chance.randrange(1, 60)]
            case _:
                damaged[place:place] = damaged[place : place + chance.randrange(1, 60)]
    return bytes(damaged)


def damaged_inside(data: bytes, chance: random.Random) -> bytes:
    """The workbook with one of its parts damaged, the package itself being sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = chance.choice([name for name in package.namelist() if name.endswith(".xml")])
        content = package.read(part)
    return with_parts(data, {part: flipped(content, chance)})


def swapped_inside(data: bytes, chance: random.Random) -> bytes:
    """The workbook with digits of one sheet or of the shared texts changed: still good XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        part = chance.choice(
            [name for name in package.namelist() if "sheet" in name or "shared" in name]
        )
        content = bytearray(package.read(part))
    digits = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    for place in chance.sample(digits, min(3, len(digits))):
        content[place] = 48 + chance.randrange(10)
    return with_parts(data, {part: bytes(content)})


SECONDS = 6.0
"""What one kind of damage may take here."""


@pytest.mark.parametrize("damage", [flipped, damaged_inside, swapped_inside])
def test_damaged_files_are_read_truly_or_refused(
    tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    """Every file gets its return; what is read in one is what another reader sees in it."""
    chance = random.Random(20260615)  # noqa: S311 - the same damage every time
    for number in range(60):
        (tmp_path / f"{number}.xlsx").write_bytes(damage(GRID, chance))
    files, problems = find_returns([tmp_path])
    started = time.monotonic()
    read = read_contained(files, ReadFile(read=read_grid, answer=ReadGrid), jobs=2)
    collection = collect_returns(read, DESK.expected)
    assert time.monotonic() - started < 10 * SECONDS
    assert len(collection.returns) + len(problems) == 60
    for item in collection.returns:
        assert item.problems or item.status is ReturnStatus.ACCEPTED
        read_marks = collection.marks_of(item).values()
        if read_marks:
            assert_seen_by_another_reader((tmp_path / item.file).read_bytes(), read_marks)


def assert_seen_by_another_reader(data: bytes, given: Iterable[Mark]) -> None:
    """Each mark read is what openpyxl sees in its cell, as far as it sees anything."""
    try:
        book = opened(data)
    except Exception:  # noqa: BLE001 - openpyxl raises anything on damage that does no harm
        return
    for mark in given:
        if mark.sheet not in book.sheetnames or book[mark.sheet].max_row == 1:
            continue  # openpyxl sees no cell of a sheet whose XML namespace it does not know
        value = book[mark.sheet][mark.cell or ""].value
        assert fold(str(value)) == fold(str(mark.value))
