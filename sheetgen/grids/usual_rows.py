"""Rows and cells of a worksheet part as spreadsheets usually write them, taken apart by patterns.

Values are taken out of the rows first. What is left of a row, its addresses, styles and formulas,
is the same in grid after grid, and is taken apart once for them all. Patterns leave nothing between
them: what they do not account for is `UnusualError`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.grids.addresses import Position, parse_address
from sheetgen.grids.sheet_xml import SheetDetails
from sheetgen.grids.usual_xml import UnusualError, kept, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

UsualCell = str | float | bool

_VALUE_END, _INLINE_END = "</v>", "</t>"
_TAKEN_OUT = ">\x01"
"""Stands where a value was: no part that is read here has this character."""

_ROW_END, _CELL_END = "</row>", "</c>"
_ROW = re.compile(r'((?:<row r="[1-9][0-9]{0,4}"[^<>]*/>)*)<row r="([1-9][0-9]{0,4})"([^<>]*)>')
_ROW_WITHOUT_CELLS = re.compile(r'<row r="[1-9][0-9]{0,4}"([^<>]*)/>')
_STYLED = r'<c r="[A-Z]{1,2}[1-9][0-9]{0,4}"(?: s="[0-9]+")?(?: t="n")? ?/>'
"""A cell that carries a style alone."""

_STYLED_CELLS = re.compile(f"(?:{_STYLED})*")
_FORMULA = (
    r'<f(?: t="[a-z]+")?(?: aca="[a-z]+")?(?: ref="[A-Z0-9:]+")?(?: ca="1")?(?: si="[0-9]+")?'
)
_CELL = re.compile(
    rf'(?:{_STYLED})*<c r="([A-Z]{{1,2}})([1-9][0-9]{{0,4}})"(?: s="([0-9]+)")?'
    rf'(?: t="([A-Za-z]+)")?>(?:({_FORMULA})(?:/>|>([^<]*)</f>))?'
    '(?:<v ?/>|<v>(\x01)</v>|<is><t( xml:space="preserve")?>(\x01)</t></is>)?'
)
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,20})?(?:[Ee][+-]?[0-9]{1,2})?")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_TRUTHS = {"0": False, "1": True}

_LONGEST_KEPT = 4_096
"""Characters of a row that is kept, without its values; few have a quarter of that."""


class Texts(dict[str, str]):
    """The workbook's texts, by their number as cells write it."""

    def __missing__(self, number: str) -> str:
        raise UnusualError


class CellContext(NamedTuple):
    """What cells refer to.

    Attributes:
        texts: the workbook's.
        numeric: the styles, as written, that show a number as a number and not as a date.
    """

    texts: Texts
    numeric: AbstractSet[str]


class UsualRows(NamedTuple):
    """The rows of a sheet.

    Attributes:
        values: of filled cells by row and column, in order, counted from zero.
        details: what else is in the cells.
        shapes: each thing that rows say of themselves, besides their numbers.
    """

    values: Mapping[int, Mapping[int, UsualCell]]
    details: SheetDetails
    shapes: frozenset[str]


def read_rows(body: str, context: CellContext) -> UsualRows:
    """All that stands between the beginning and the end of a sheet's rows.

    Raises:
        UnusualError: something is not written the usual way.
    """
    body, inlined = _take_out(body, _INLINE_END)
    body, ordinary = _take_out(body, _VALUE_END)
    *rows, end = body.split(_ROW_END)
    values: dict[int, Mapping[int, UsualCell]] = {}
    details = SheetDetails()
    shapes = {_read_rows_without_cells(end)}
    styles: set[str] = set()
    last, texts = -1, context.texts
    for row in rows:
        known = _take_apart(row) if len(row) <= _LONGEST_KEPT else _take_apart.__wrapped__(row)
        number, slots, formulas, numeric, said = known
        if number <= last:  # a row that is there twice
            raise UnusualError
        last = number
        shapes.add(said)
        if formulas:
            details.formulas.update(formulas)
        styles |= numeric
        cells: dict[int, UsualCell] = {}
        for column, inline, read in slots:
            written = next(inlined if inline else ordinary)
            if read is None:
                cells[column] = texts[written]
            elif read is _error:
                details.errors[number, column] = _error(written)
            elif (value := read(written)) != "":
                cells[column] = value
        if cells:
            values[number] = cells
    if not styles <= context.numeric:
        raise UnusualError
    return UsualRows(values, details, frozenset().union(*shapes))


def _take_out(rows: str, end: str) -> tuple[str, Iterator[str]]:
    """The rows without the values that come before such an end, and these values in order."""
    *pieces, rest = rows.split(end)
    parts = [piece.rpartition(">") for piece in pieces]
    values = [part[2] for part in parts]
    if "<" in "".join(values):
        raise UnusualError
    left = [part[0] for part in parts]
    left.append(rest)
    return (_TAKEN_OUT + end).join(left), iter(values)


class _Row(NamedTuple):
    """A row that has cells, without its values.

    Attributes:
        number: counted from zero.
        slots: of each value, in order: its column, whether it is written in its cell as a text is,
            and what reads it; None for a shared text.
        formulas: by place.
        numeric: the styles of its numbers, as written.
        shapes: what this row, and empty ones before it, say of themselves besides their numbers.
    """

    number: int
    slots: tuple[tuple[int, bool, Callable[[str], UsualCell] | None], ...]
    formulas: Mapping[Position, str]
    numeric: frozenset[str]
    shapes: frozenset[str]


@lru_cache(maxsize=4096)
def _take_apart(row: str) -> _Row:
    """A row, without its end and its values, and the empty ones before it."""
    opening = _ROW.match(row)
    if opening is None or opening[3].endswith("/"):
        raise UnusualError
    before, number, shape = opening.groups()
    *cells, rest = row[opening.end() :].split(_CELL_END)
    if not _STYLED_CELLS.fullmatch(rest):
        raise UnusualError
    slots: list[tuple[int, bool, Callable[[str], UsualCell] | None]] = []
    formulas: dict[Position, str] = {}
    numeric: set[str] = set()
    last = -1
    for written in cells:
        found = _CELL.fullmatch(written)
        if found is None:
            raise UnusualError
        letters, line, style, kind, formula, hidden, value, preserved, text = found.groups("")
        position = parse_address(letters + line)
        column = position[1]
        if line != number or column <= last:  # elsewhere than its row, or there twice
            raise UnusualError
        if formula and text:
            raise UnusualError
        last = column
        if formula:
            formulas[position] = "=" + unescape(hidden)
        if value and kind in ("", "n"):
            numeric.add(style)
        if value or text:
            read = _reader(kind, inline=bool(text), preserved=bool(preserved))
            slots.append((column, bool(text), read))
        elif kind not in ("", "n") and not (formula and kind == "str"):
            raise UnusualError
    return _Row(
        number=int(number) - 1,
        slots=tuple(slots),
        formulas=formulas,
        numeric=frozenset(numeric),
        shapes=_read_rows_without_cells(before) | {shape},
    )


def _read_rows_without_cells(rows: str) -> frozenset[str]:
    """What empty rows say of themselves besides their numbers."""
    if _ROW_WITHOUT_CELLS.sub("", rows):
        raise UnusualError
    return frozenset(_ROW_WITHOUT_CELLS.findall(rows))


def _reader(kind: str, *, inline: bool, preserved: bool) -> Callable[[str], UsualCell] | None:
    """What reads the values of such cells; None for a shared text."""
    if inline != (kind == "inlineStr"):
        raise UnusualError
    if inline:
        return _preserved_text if preserved else _text
    if kind == "s":
        return None
    try:
        return _READERS[kind]
    except KeyError as error:
        raise UnusualError from error


@lru_cache(maxsize=4096)
def _text(written: str) -> str:
    return kept(written, preserved=False)


def _preserved_text(written: str) -> str:
    return kept(written, preserved=True)


@lru_cache(maxsize=1024)
def _number(written: str) -> float | str:
    if not written:
        return ""
    if not _NUMBER.fullmatch(written):
        raise UnusualError
    return float(written)


def _truth(written: str) -> bool:
    if written not in _TRUTHS:
        raise UnusualError
    return _TRUTHS[written]


def _error(written: str) -> str:
    if written not in _ERRORS:
        raise UnusualError
    return written


_READERS: Mapping[str, Callable[[str], UsualCell]] = {
    "": _number,
    "n": _number,
    "str": _text,
    "b": _truth,
    "e": _error,
}
