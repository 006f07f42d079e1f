"""Cells that were read before, in rows that were not: those around a mark that differs.

A row is cut where its cells end, as a sheet is where its rows do (`known_pieces`), and what is new
is parsed as a row of its own, with the row's number. That says the same as in its row where each
cell bears its address and the row's tag has nothing that its cells depend on; a row of which that
cannot be seen is not cut. Nor does any row come here that declares a namespace: `known_pieces`
leaves its part whole. What was read is put together again in order.

Cells are known after the same beginning of a sheet and for a row of the same number alone. New ones
are parsed in the order in which rows are read, each once: as many come out as went in, so that none
is taken for another. A row that breaks this (a cell twice, one of another row) is not cut.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.spreadsheet.xlsx_rows import RowContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.spreadsheet.contents import MergedRange, Position
    from sheetgen.spreadsheet.markup import Element
    from sheetgen.spreadsheet.xlsx_rows import CellContent, LineReader

_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"(?: (?:x14ac:dyDescent|[A-Za-z]+)="[^"<>]*")*>')
_EMPTY_CELLS = re.compile(rb'(?:<c r="[^"<>]*"(?: [^<>]*)?/>)*')
_CELLS = re.compile(_EMPTY_CELLS.pattern + rb'<c r="[^"<>]*"(?: [^<>]*)?>')
_CELL, _CELL_END, _ROW_END = b"<c", b"</c>", b"</row>"

_FEWEST_PARTS = 3

_MOST_BYTES = 4 << 20
_WEIGHT = 400
"""Bytes that what was read of a few cells takes, beside their own."""


class ReadCells(NamedTuple):
    """Cells that stand one after another, as a row that has no others.

    Attributes:
        content: what is written in them.
        first: the first column, counted from zero.
        last: the last one.
    """

    content: RowContent
    first: int
    last: int


class KnownCells:
    """The cells that were read of sheets; they are forgotten once they are too many."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._found: dict[bytes, dict[bytes, ReadCells]] = {}
        self._bytes = 0

    def cut(self, opening: bytes, rows: Mapping[bytes, int], *, whole: bool) -> NewRows:
        """Return new rows of a sheet, cut at their cells.

        Args:
            opening: what stands before the rows of their sheet: nothing else is in its encoding,
                and means the same.
            rows: their bytes without the end of the last, and how many they are.
            whole: whether none is to be cut.
        """
        if self._bytes > _MOST_BYTES:
            self._found.clear()
            self._bytes = 0
        known = self._found.get(opening)
        if known is None:
            known = self._found[opening] = {}
            self._bytes += _WEIGHT + len(opening)
        new = NewRows(known, rows, whole=whole)
        self._bytes += new.weight
        return new


class NewRows:
    """Rows of a sheet of which the bytes were not met before, cut at their cells.

    Attributes:
        items: what is to be parsed of them, as rows of their own.
        weight: bytes that keeping it takes.
    """

    def __init__(
        self, known: dict[bytes, ReadCells], rows: Mapping[bytes, int], *, whole: bool
    ) -> None:
        """Cut rows; `known` are cells that were read before, and `whole` if none is to be cut."""
        self._known = known
        self._rows = rows
        self._parts: dict[bytes, Sequence[bytes]] = {}
        self._coming: dict[bytes, int] = {}
        self.items = b"".join([row + _ROW_END if whole else self._cut(row) for row in rows])
        self.weight = sum(map(len, self._coming)) + _WEIGHT * len(self._coming)

    def read(
        self, row: bytes, lines: Iterator[Element], reader: LineReader
    ) -> list[RowContent] | None:
        """Return the rows that some bytes are; None if their cells are not in order.

        Args:
            row: the bytes.
            lines: yields what was parsed, in order.
            reader: reads it.
        """
        parts = self._parts.get(row)
        if parts is None:
            return [reader.read(line) for line in islice(lines, self._rows[row])]
        found: list[ReadCells] = []
        for part in parts:
            cells = self._known.get(part)
            if cells is None:
                content = reader.read(next(lines))
                cells = self._known[part] = ReadCells(content, *reader.reach)
            found.append(cells)
        reader.after(found[0].content.row)  # of which nothing was parsed, if all is known
        joined = _joined(found)
        return None if joined is None else [joined]

    def is_new(self, row: bytes) -> bool:
        """Return whether cells of a row are new, too, so that it will hardly come again."""
        return not self._coming.keys().isdisjoint(self._parts.get(row, ()))

    def _cut(self, row: bytes) -> bytes:
        """Take note of a row's parts; return what is to be parsed of it."""
        parts = row.split(_CELL_END)
        if parts[-1]:
            parts[-1] += _ROW_END  # so that it is no part that ends in a cell
        else:
            parts.pop()
        tag = _ROW.match(row)
        if tag is None or len(parts) < _FEWEST_PARTS:
            return row + _ROW_END
        number = int(tag[1])
        begin = b'<row r="%b">' % tag[1]
        new: dict[bytes, int] = {}
        markup: list[bytes] = []
        for part in parts:
            known = self._known.get(part)
            met = self._coming.get(part) if known is None else known.content.row + 1
            if part in new or met not in (None, number):
                return row + _ROW_END  # some of its cells are there twice, or another row's
            if met is None:
                first = part is parts[0]
                cells = part[tag.end() :] if first else part
                markup.append(_as_row(tag[0] if first else begin, cells))
                new[part] = number
        if not all(markup):
            return row + _ROW_END
        self._parts[row] = parts
        self._coming.update(new)
        return b"".join(markup)


def _as_row(begin: bytes, cells: bytes) -> bytes:
    """Return cells as a row with this tag; nothing where that could be wrong."""
    if cells.endswith(_ROW_END):
        cells = cells[: -len(_ROW_END)]
        plain, end = _EMPTY_CELLS.fullmatch(cells), _ROW_END
    else:
        plain, end = _CELLS.match(cells), _CELL_END + _ROW_END
    if plain is None or plain[0].count(_CELL) != cells.count(_CELL):
        return b""
    return begin + cells + end


def _joined(found: Sequence[ReadCells]) -> RowContent | None:
    """Return the row that has all these cells; None if they are not in order."""
    row = found[0].content.row
    last = -1
    texts: list[tuple[int, str, str]] = []
    others: list[CellContent] = []
    formulas: dict[Position, str] = {}
    covered: list[MergedRange] = []
    for (_, _, some_texts, some_others, some_formulas, some_covered), first, end in found:
        if first <= last:
            return None
        last = end
        texts += some_texts
        others += some_others
        if some_formulas:
            formulas.update(some_formulas)
            covered += some_covered
    return RowContent(row, True, texts, others, formulas, covered)  # noqa: FBT003 - by place
