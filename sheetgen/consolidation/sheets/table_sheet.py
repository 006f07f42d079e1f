"""A sheet of the consolidation with a table of any length, whose columns are declared.

A column says once what it holds: a line's value, and the formula of all lines of one shape. Of each
shape XlsxWriter writes one row; the others are stamped (`excel/mould`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, Protocol, TypeAlias, TypeVar

from sheetgen.caches import forget_oldest
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn, text_height
from sheetgen.consolidation.styles import OutOf, Style
from sheetgen.excel import RowCell, gap_mark, without_gaps
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.excel import Content, CutRow, RowMould
    from sheetgen.excel.palette import Tone


class TableLine(Protocol):
    """One row to write."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Return its own row, from 1, then those that its formulas name."""

    @property
    def alike(self) -> Hashable:
        """Return what its formulas and styles depend on, beside those rows."""


Held: TypeAlias = str | float | Fraction | None
"""What a cell may hold; None and an empty text leave it blank."""

Line = TypeVar("Line", bound=TableLine)
Shape = TypeVar("Shape")

OWN_ROW = gap_mark(0)
"""Stands in a formula for the number of the line's own row."""


def other_row(place: int) -> str:
    """Return what stands in a formula for the number of another row, by its place in `rows`."""
    return gap_mark(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn(SheetColumn, Generic[Line, Shape]):
    """A column of such a table; one without a width is hidden.

    Attributes:
        value: what a cell holds, or what its formula amounts to: a text, a number, or nothing.
        formula: for all lines of a shape; rows are `OWN_ROW` and `other_row`. Empty for none.
        style: of the cells, for all lines of a shape where that matters.
        own: whether lines differ in it that are the same else (`TableSheet.add`).
        fitted: whether a row is made high enough for its text.
        tones: the words that take colours, with theirs.
        validation: what the cells accept, from the relative address of the first one.
    """

    value: Callable[[Line], Held]
    formula: Callable[[Shape], str] | None = None
    style: Style | OutOf | Callable[[Shape], Style | OutOf] = Style.HIDDEN
    own: bool = False
    fitted: bool = False
    tones: Mapping[str, Tone] | None = None
    validation: Callable[[str], dict[str, object]] | None = None

    def formula_of(self, shape: Shape) -> str:
        """Return the formula, empty for none."""
        return self.formula(shape) if self.formula else ""

    def style_of(self, shape: Shape) -> Style | OutOf:
        """Return the style."""
        return self.style if isinstance(self.style, (Style, OutOf)) else self.style(shape)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The row of a shape, its mould, and what writes the values in it, each by its column's index.

    So many of these are texts of the shared list.
    """

    row: CutRow
    mould: RowMould
    listed: int
    writers: Sequence[tuple[int, Callable[[Held], bytes]]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A line as it was written, for those that are the same but for their own columns.

    Attributes:
        mould: of its row, the texts of the other columns in it.
        height: in points, what these ask for; 0 for nothing.
        tall: whether its row says a height.
        listed: how many cells hold a text of the shared list, its own among them.
        own: for each of its own cells its column among the own ones, and what writes it.
    """

    mould: RowMould
    height: float
    tall: bool
    listed: int
    own: Sequence[tuple[int, Callable[[Held], bytes]]]


_KEPT = 8_192
"""The most lines kept to be repeated: more than one session's criteria have of different marks."""


class TableSheet(LiveSheet, Generic[Line, Shape]):
    """A sheet whose lines are added from the top down.

    Each method that takes `shape` asks it, for the first line of each kind, for what the formulas
    and styles of all such lines are made from.
    """

    def __init__(
        self,
        book: ConsolidationBook,
        name: str,
        columns: Sequence[TableColumn[Line, Shape]],
        *,
        outlined: bool = True,
        title_lines: int = 2,
    ) -> None:
        """Add the sheet, still empty; a column is as wide as its title in so many lines asks."""
        columns = [_roomy(column, title_lines) for column in columns]
        super().__init__(book, name, columns, outlined=outlined)
        self._declared = columns
        self._values = [column.value for column in columns]
        self._fitted = _fitted(columns)
        self._own = [place for place, column in enumerate(columns) if column.own]
        self._own_values = [columns[place].value for place in self._own]
        self._own_fitted = _fitted([columns[place] for place in self._own])
        self._stamps: dict[Hashable, _Stamp] = {}
        self._written: dict[Hashable, _Written] = {}

    def add(self, line: Line, shape: Callable[[Line], Shape], same: Hashable | None = None) -> None:
        """Add a line below the former ones.

        Args:
            line: the line.
            shape: see above.
            same: all that its columns depend on, `alike` included, save those that are `own`; None
                where hardly two lines are the same. Of lines for which it is equal, the first is
                written whole, and the others are that one with their own cells.
        """
        if same is not None and self.book.stamped:
            own = [value_of(line) for value_of in self._own_values]
            same = (same, len(line.rows), *_kinds(own))
            written = self._written.get(same)
            if written is not None and self._add_again(line.rows, own, written):
                return
        self._add(line, shape, same)

    def _add_again(self, rows: Sequence[int], own: Sequence[Held], written: _Written) -> bool:
        """Add a line like one that was written, and return True; False where heights differ."""
        height = self._height_of(max(written.height, _points(own, self._own_fitted)))
        if bool(height) is not written.tall:
            return False
        texts = [b"%d" % row for row in rows]
        texts.append(height)
        texts += [write(own[at]) for at, write in written.own]
        self.worksheet.add_row(rows[0], written.mould.fill(texts), written.listed)
        return True

    def _add(self, line: Line, shape: Callable[[Line], Shape], same: Hashable | None) -> None:
        values = [value_of(line) for value_of in self._values]
        points = _points(values, self._fitted)
        height = self._height_of(points)
        rows = line.rows
        if not self.book.stamped:
            cells = self._cells(shape(line), values, rows)
            written = self.worksheet.render_row(rows[0], cells, points or None)
            self.worksheet.add_row(rows[0], written.encode())
            return
        # Nothing is asked of a value but its type: that is all that a row's shape depends on.
        key = (line.alike, len(rows), bool(height), *_kinds(values))
        stamp = self._stamps.get(key)
        if stamp is None:
            made = self._new_stamp(shape(line), values, len(rows), tall=bool(height))
            stamp = self._stamps[key] = made
        texts = [b"%d" % row for row in rows]
        texts.append(height)
        texts += [write(values[at]) for at, write in stamp.writers]
        self.worksheet.add_row(rows[0], stamp.mould.fill(texts), stamp.listed)
        if same is not None:
            self._keep(same, stamp, values, texts)

    def _height_of(self, points: float) -> bytes:
        """Return a height as the file says it; empty for the usual one, and for none."""
        return self.worksheet.height_of(points) if points else b""

    def _keep(
        self, same: Hashable, stamp: _Stamp, values: Sequence[Held], texts: Sequence[bytes]
    ) -> None:
        """Note how a line was written, for those that are the same."""
        first = len(texts) - len(stamp.writers)
        writers = list(enumerate(stamp.writers, start=first))
        own = [(place, *item) for place, item in writers if item[0] in self._own]
        kept = [*range(first), *(place for place, _, _ in own)]
        self._written[same] = _Written(
            mould=stamp.row.half_filled(
                {place: texts[place] for place, _ in writers if place not in kept},
                {former: place for place, former in enumerate(kept)},
            ),
            height=_points(values, [item for item in self._fitted if item[0] not in self._own]),
            tall=bool(texts[first - 1]),
            listed=stamp.listed,
            own=[(self._own.index(column), write) for _, column, write in own],
        )
        forget_oldest(self._written, _KEPT)

    def complete(self, header_row: int, last_row: int, page_end: int = 0) -> None:
        """Write what holds for whole columns, once the last line is known; filter, page.

        The page ends with the table, or at a row below it.
        """
        rows = header_row + 1, max(last_row, header_row + 1)
        for column in self._declared:
            if column.validation:
                first = f"{self.letter(column.title)}{rows[0]}"
                self.offer(column.title, rows, column.validation(first))
            for word, tone in (column.tones or {}).items():
                self.tint_when(column.title, rows, text(word), tone)
        self.end(header_row, last_row)
        self.page(page_end or rows[1])

    def _cells(
        self, shape: Shape, values: Sequence[Held], rows: Sequence[object]
    ) -> Iterator[RowCell]:
        """Yield the cells of a row that names these rows; none for a hidden one that is empty."""
        for place, (column, value) in enumerate(zip(self._declared, values, strict=True)):
            formula, style = column.formula_of(shape), column.style_of(shape)
            if formula:
                yield RowCell(place, _live(formula, value, rows), self.book.styles[style])
            elif value not in (None, "") or style is not Style.HIDDEN:
                yield RowCell(place, value, self.book.styles[style])

    def _new_stamp(self, shape: Shape, values: Sequence[Held], rows: int, *, tall: bool) -> _Stamp:
        samples = [_sample(value) for value in values]
        cells = list(self._cells(shape, samples, [gap_mark(place) for place in range(rows)]))
        row = self.worksheet.cut_row(cells, tall=tall, rows=rows)
        return _Stamp(
            row=row,
            mould=row.mould(),
            listed=sum(isinstance(cell.content, str) for cell in cells),
            writers=[(cell.column, self._writer(cell.content)) for cell in cells if cell.content],
        )

    def _writer(self, sample: Content) -> Callable[[Held], bytes]:
        """Return what writes a value as the file says it, where a sample stands for it."""
        if isinstance(sample, Cell):
            return self.worksheet.result_of
        return self.worksheet.text_of if isinstance(sample, str) else self.worksheet.number_of


def _roomy(column: TableColumn[Line, Shape], lines: int) -> TableColumn[Line, Shape]:
    """Return the column, wide enough for its title and a filter's button unless it is hidden."""
    width = column.title_width(lines) if column.width else 0
    return replace(column, width=width) if width > column.width else column


def _fitted(columns: Sequence[TableColumn[Line, Shape]]) -> list[tuple[int, float]]:
    """Return the places and the widths of columns whose rows are high enough for their texts."""
    return [(place, column.width) for place, column in enumerate(columns) if column.fitted]


def _points(values: Sequence[Held], fitted: Sequence[tuple[int, float]]) -> float:
    """Return the height of a row, in points; 0 where no text asks for one."""
    points = 0.0
    for place, width in fitted:
        value = values[place]
        if value and isinstance(value, str):
            points = max(points, text_height(value, width))
    return points


def _kinds(values: Sequence[Held]) -> list[type | None]:
    """Return what the shape of a row asks of its values; None for an empty text."""
    return [value.__class__ if value != "" else None for value in values]


def _sample(value: Held) -> Held:
    if value is None or value == "":
        return None
    return "texte" if isinstance(value, str) else 1


def _live(formula: str, value: Held, rows: Sequence[object]) -> Cell:
    if value is None:
        value = ""
    result = float(value) if isinstance(value, Fraction) else value
    return Cell(without_gaps(formula, rows), result)
