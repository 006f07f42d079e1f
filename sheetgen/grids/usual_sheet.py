"""A worksheet part of an .xlsx, as spreadsheets usually write it: values, formulas, errors, merges.

The part is taken apart into its rows and cells by patterns that leave nothing between them, and
what stands around them is held to be XML by a parser, once for all the grids that share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.grids.addresses import Position, parse_address
from sheetgen.grids.sheet_xml import SheetDetails
from sheetgen.grids.usual_xml import (
    DECLARATION,
    LARGEST,
    MAIN,
    UnusualError,
    check_well_formed,
    kept,
    unescape,
    usual_text,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_ROOT = re.compile(f'{DECLARATION}(<worksheet (?:[^<>]* )?xmlns="{MAIN}"[^<>]*>)'.encode())
_FOOTER = re.compile(rb"<odd(Header|Footer)>[^<&]*(?:&(?:amp|quot|apos|lt|gt);[^<&]*)*</odd\1>")
_PLACE = "([A-Z]{1,3}[1-9][0-9]{0,6})"
_MERGE = re.compile(f'<mergeCell ref="{_PLACE}:{_PLACE}"/>'.encode())
_MERGES = re.compile(rb'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell [^<>]*>)+)</mergeCells>')

_ROW_SHAPE = re.compile(r'(?: [A-Za-z0-9:]+="[^"<&>]*")*')
_FORMULA = (
    r'<f(?: t="[a-z]+")?(?: aca="[a-z]+")?(?: ref="[A-Z0-9:]+")?(?: ca="1")?(?: si="[0-9]+")?/?>'
)
_PIECE = re.compile(
    # What carries a style alone, and then the next row, one cell that is filled, or the end.
    r'((?:<c r="[A-Z]{1,2}[1-9][0-9]{0,4}"(?: s="[0-9]+")?/>)*'
    r'(?:(?:</row>)?<row r="[1-9][0-9]{0,4}"([^<>]*)>'
    r'|<c r="([A-Z]{1,2}[1-9][0-9]{0,4})"(?: s="([0-9]+)")?'
    r'(?:( t="inlineStr"><is><t(?: xml:space="preserve")?>)([^<]+)</t></is>'
    r'|(?: t="([a-z]+)")?>(?!</c>)'
    rf"(?:({_FORMULA})(?:(?<!/>)([^<]*)</f>)?)?(?:(<v>)([^<]*)</v>)?)"
    r"</c>|(?:</row>)?\Z))"
)
_STAMP_CELL = re.compile(rb'<c r="[AB][0-9]+"(?:[^>/]*(?:/>|>.*?</c>))?')
_NUMBER = re.compile(r"-?[0-9]{1,17}(?:\.[0-9]{1,20})?(?:[Ee][+-]?[0-9]{1,2})?")
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_TRUTHS = {"0": False, "1": True}

_CELL_END = "</c>"
_LONGEST_KEPT = 2_048
"""Characters of a stretch that is taken apart once for all files; few are a fifth as long."""

UsualCell = str | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualSheet:
    """The filled area of a sheet, all rows of one width, and what is not in its values."""

    rows: tuple[tuple[UsualCell, ...], ...]
    first: Position
    details: SheetDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class CellContext:
    """What cells refer to.

    Attributes:
        texts: the workbook's texts, by their number as written; `UnusualError` for what is none.
        numeric: the styles, as written, that show a number as a number and not as a date.
    """

    texts: Mapping[str, str]
    numeric: Collection[str]


def read_usual_sheet(part: bytes, context: CellContext) -> UsualSheet:
    """Everything a worksheet part holds.

    Raises:
        UnusualError: it is not written the usual way, or not to be trusted.
    """
    if len(part) > LARGEST:
        raise UnusualError
    head, _, rest = part.partition(b"<sheetData>")
    body, _, tail = rest.partition(b"</sheetData>")
    root = _ROOT.match(head)
    if root is None:
        raise UnusualError
    reader = _BodyReader(context)
    reader.read(usual_text(body))
    _check_head(head)
    _check_rows(root[1], frozenset(reader.shapes))
    return reader.sheet(_read_merges(root[1] + _without_footers(tail)))


def read_stamp_columns(part: bytes, context: CellContext) -> UsualSheet:
    """The values of the first two columns of a sheet of which nothing more is asked.

    Raises:
        UnusualError: they are not written the usual way.
    """
    head, _, body = part.partition(b"<sheetData>")
    unaddressed = body.count(b"<c ") != body.count(b'<c r="')
    if not _ROOT.match(head) or unaddressed or b"<!" in part:
        raise UnusualError
    reader = _BodyReader(context)
    reader.read(f'<row r="1">{usual_text(b"".join(_STAMP_CELL.findall(body)))}</row>')
    return reader.sheet(())


@lru_cache(maxsize=256)
def _check_rows(root: bytes, shapes: frozenset[str]) -> None:
    """Refuses what rows say of themselves if it is no XML; `shapes` is each thing said once."""
    if not all(map(_ROW_SHAPE.fullmatch, shapes)):
        raise UnusualError
    rows = "".join(f"<row{shape}/>" for shape in sorted(shapes))
    check_well_formed(root + rows.encode() + b"</worksheet>")


def _check_head(head: bytes) -> None:
    """Refuses what stands before the rows if it is no XML, or if those are not where it says."""
    document = head + b"<sheetData/></worksheet>"
    check_well_formed(document)
    if document.count(b"sheetData") != 1:
        raise UnusualError


def _without_footers(tail: bytes) -> bytes:
    """What follows the rows, without the name that each candidate's footers bear."""
    start = tail.find(b"<headerFooter")
    return tail if start < 0 else tail[:start] + _FOOTER.sub(_nothing, tail[start:])


def _nothing(footer: re.Match[bytes]) -> bytes:
    usual_text(footer[0])
    return b""


@lru_cache(maxsize=256)
def _read_merges(document: bytes) -> Sequence[tuple[Position, Position]]:
    """The merged ranges of a sheet without rows; the same come with every grid."""
    check_well_formed(document)
    block = _MERGES.search(document)
    found = _MERGE.findall(block[1]) if block else []
    if document.count(b"mergeCell") != (2 + len(found) if block else 0):
        raise UnusualError
    if b"sheetData" in document:
        raise UnusualError
    return tuple(
        (parse_address(top.decode()), parse_address(bottom.decode())) for top, bottom in found
    )


class _Text(NamedTuple):
    """The number of a text, as a cell writes it."""

    number: str


class _Cell(NamedTuple):
    """A filled cell.

    Attributes:
        held: its value; None where it only carries a formula.
        style: as written, where the value is a number.
        error: what it shows instead of a value.
    """

    position: Position
    held: UsualCell | _Text | None
    formula: str | None
    style: str | None
    error: str | None


class _Stretch(NamedTuple):
    """What stands between two filled cells, and the second.

    Attributes:
        turns: for each end or beginning of a row, whether it needs an open row and leaves one.
        shapes: what rows say of themselves, besides their number.
        cell: None after the last one.
    """

    turns: tuple[tuple[bool, bool], ...]
    shapes: frozenset[str]
    cell: _Cell | None


@lru_cache(maxsize=8192)
def _take_apart(stretch: str, end: str = _CELL_END) -> _Stretch:
    """What a stretch of a sheet holds, up to the end of a filled cell or of the sheet.

    Most of them are the same in many grids: their texts, and the few marks there are to give.

    Raises:
        UnusualError: something in it is not written the usual way.
    """
    turns: list[tuple[bool, bool]] = []
    shapes: set[str] = set()
    cell, length = None, -len(end)
    for piece in _PIECE.findall(stretch + end):
        whole, shape, reference = piece[:3]
        length += len(whole)
        if reference:
            cell = _read_cell(piece)
        elif whole:
            turns.append(_turn(whole, shape))
            shapes.add(shape.removesuffix("/"))
    if length != len(stretch):
        raise UnusualError
    return _Stretch(turns=tuple(turns), shapes=frozenset(shapes), cell=cell)


def _read_cell(piece: tuple[str, ...]) -> _Cell:
    _, _, reference, style, inline, text, kind, formula, hidden, shown, value = piece
    held: UsualCell | _Text | None
    numeric = error = None
    if kind == "s":
        held = _Text(value)
    elif inline:
        held = kept(text, preserved="preserve" in inline)
    elif kind in ("", "n"):
        held = _number(value)
        numeric = style if value else None
    else:
        held = _other(kind, value) if shown else None
        error = value if kind == "e" and shown else None
    return _Cell(
        position=parse_address(reference),
        held=held,
        formula="=" + unescape(hidden) if formula else None,
        style=numeric,
        error=error,
    )


def _turn(whole: str, shape: str) -> tuple[bool, bool]:
    """Whether a row has to be open before, and is after one ended, one began, or both."""
    _, ended, begun = whole.rpartition("</row>")
    if begun and not begun.startswith("<row "):
        raise UnusualError
    return bool(ended), bool(begun) and not shape.endswith("/")


def _number(value: str) -> float | None:
    if not value:
        return None
    if not _NUMBER.fullmatch(value):
        raise UnusualError
    return float(value)


def _other(kind: str, value: str) -> str | bool:
    if kind == "str":
        return kept(value, preserved=False)
    if kind == "b" and value in _TRUTHS:
        return _TRUTHS[value]
    if kind != "e" or value not in _ERRORS:
        raise UnusualError
    return ""


class _BodyReader:
    """Reads rows and their cells.

    Attributes:
        shapes: what rows say of themselves, besides their number.
    """

    def __init__(self, context: CellContext) -> None:
        self.shapes: set[str] = set()
        self._texts = context.texts
        self._numeric = context.numeric
        self._details = SheetDetails()
        self._values: dict[Position, UsualCell | None] = {}

    def read(self, body: str) -> None:
        """Takes note of all the rows of a sheet, which are all that may stand there."""
        *stretches, end = body.split(_CELL_END)
        values, texts, numeric, formulas = (
            self._values, self._texts, self._numeric, self._details.formulas,
        )  # fmt: skip
        opened = False
        for stretch in stretches:
            take_apart = _take_apart if len(stretch) <= _LONGEST_KEPT else _take_apart.__wrapped__
            turns, shapes, cell = take_apart(stretch)
            if turns:
                opened = self._turn(turns, opened=opened)
                self.shapes |= shapes
            if cell is None:
                raise UnusualError
            position, held, formula, style, error = cell
            if position in values or not opened:  # a cell that is there twice, or in no row
                raise UnusualError
            if formula is not None:
                formulas[position] = formula
            if error is not None:
                self._details.errors[position] = error
            if style is not None and style not in numeric:
                raise UnusualError
            values[position] = texts[held.number] if isinstance(held, _Text) else held
        turns, shapes, _ = _take_apart.__wrapped__(end, "")
        self.shapes |= shapes
        if self._turn(turns, opened=opened):
            raise UnusualError

    @staticmethod
    def _turn(turns: Sequence[tuple[bool, bool]], *, opened: bool) -> bool:
        for before, after in turns:
            if before != opened:
                raise UnusualError
            opened = after
        return opened

    def sheet(self, merged: Sequence[tuple[Position, Position]]) -> UsualSheet:
        """The sheet whose rows were read."""
        self._details.merged.extend(merged)
        filled = {place: value for place, value in self._values.items() if value is not None}
        if not filled:
            return UsualSheet(rows=(), first=(0, 0), details=self._details)
        columns = {column for _, column in filled}
        top, left, width = min(filled)[0], min(columns), max(columns) - min(columns) + 1
        if width * (max(filled)[0] - top + 1) > LARGEST:  # a stray cell far from the others
            raise UnusualError
        rows: list[list[UsualCell]] = [[""] * width for _ in range(top, max(filled)[0] + 1)]
        for (line, column), value in filled.items():
            rows[line - top][column - left] = value
        return UsualSheet(rows=tuple(map(tuple, rows)), first=(top, left), details=self._details)
