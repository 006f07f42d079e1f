"""Rows that are to the letter as made and filled in are looked up: nothing else is read of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from returns.desk import DESK

from sheetgen.grid.read import ReadGrid, read_grid
from sheetgen.returns.collect import Collection, collect_returns
from sheetgen.returns.find import FoundFile
from sheetgen.returns.rows import RowReader
from sheetgen.spreadsheet import Moment, SpreadsheetFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from sheetgen.grid.read import ReadTable
    from sheetgen.spreadsheet import RawCell

GRID = read_grid(DESK.grid("2"))
ROW = 6
"""Of C1.1.2, in the first table."""

TITLE = DESK.referential.criteria[1].title
MARKS: tuple[RawCell, ...] = (
    "Acquis", "Partiellement acquis", "Non observé", "acquis", " Acquis ", "Acquis\n", "A", "",
    " ", "Aquis", "Exempté", "Absent", 2.0, True, Moment(),
)  # fmt: skip
COMMENTS: tuple[RawCell, ...] = (
    "", " ", "Vu", " Vu\r\nbien ", "RAS", 3.0, False, "é" * 255, "😀" * 9_000, "x" * 20_000,
    "x" * 33_000,
)  # fmt: skip
TITLES: tuple[RawCell | None, ...] = (
    None, TITLE, f"{TITLE}\n(critère éliminatoire)", f"  {TITLE.upper()}", f"{TITLE} ou non", "",
    5.0,
)  # fmt: skip
TABLE = GRID.tables[0]
BESIDE = (
    replace(TABLE, formulas={(ROW, 2): '="Acquis"'}),
    replace(TABLE, formulas={(ROW, 3): "=A1"}),
    replace(TABLE, errors={(ROW, 3): "#N/A"}),
    replace(TABLE, errors={(ROW, 2): "#N/A"}),
    replace(TABLE, merged={(ROW, 2): "C7:D7"}),
    replace(TABLE, merged={(ROW, 3): "D7:D8"}),
    replace(TABLE, shown={(ROW, 2): "50 %"}),
)


def grids() -> Iterator[ReadGrid]:
    """Yield grids of which one row is filled in each of these ways."""
    code, title, mark, comment = TABLE.lines[ROW]
    assert (code, title, mark) == ("C1.1.2", TITLE, "Partiellement acquis")
    lines = [
        *((code, title, *pair) for pair in product(MARKS, COMMENTS)),
        *((code, other, value, comment) for other, value in product(TITLES, MARKS)),
        *((other, title, mark, comment) for other in ("c1.1.2", "C1.1.1", "C9", "", " ", 1.0)),
    ]
    for line in lines:
        grid = with_line(TABLE, line)
        yield grid
        if line[:2] == (code, title):
            yield replace(grid, form=SpreadsheetFormat.XLS)
    for table, value in product(BESIDE, MARKS):
        yield with_line(table, (code, title, value, comment))


def with_line(table: ReadTable, line: tuple[RawCell, RawCell | None, RawCell, RawCell]) -> ReadGrid:
    """Return the grid with a first table of which one row says something else."""
    changed = replace(table, lines={**table.lines, ROW: line})
    return replace(GRID, tables=(changed, *GRID.tables[1:]))


def collect(grid: ReadGrid) -> Collection:
    """Return what is made of a grid."""
    file = FoundFile(name="g.xlsx", path=Path("g.xlsx"), sha256="0" * 64, size=1)
    return collect_returns([(file, grid)], DESK.expected)


def test_a_row_that_is_looked_up_gives_what_reading_it_with_care_gives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Marks, comments and problems alike, however a row is filled in."""
    cases = list(grids())
    quick = [collect(grid) for grid in cases]
    looked_up = RowReader.read_usual
    usual: list[bool] = []

    def careful(self: RowReader, *row: object) -> None:
        usual.append(looked_up(self, *row) is not None)  # type: ignore[arg-type]

    monkeypatch.setattr(RowReader, "read_usual", careful)
    for grid, found in zip(cases, quick, strict=True):
        again = collect(grid)
        assert found.returns == again.returns
        assert dict(found.readings) == dict(again.readings)
    assert 0 < usual.count(False) < len(cases) < usual.count(True)
