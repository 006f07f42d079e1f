"""A worksheet part of an .xlsx, as spreadsheets usually write it: values, formulas, errors, merges.

The part is taken apart into its rows and cells by patterns that leave nothing between them, and
what stands around them is held to be XML by a parser, once for all the grids that share it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

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

_NO_TEXT = "\0"
"""What no cell holds, for the number of a text that is none."""

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
        texts: the workbook's texts, by their number as written.
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
        length, opened = 0, False
        values, texts, formulas = self._values, self._texts, self._details.formulas
        for piece in _PIECE.findall(body):
            whole, shape, reference, style, inline, text, kind, formula, hidden, shown, value = (
                piece
            )
            length += len(whole)
            if not reference:
                opened = self._turn(whole, shape, opened=opened)
                continue
            position = parse_address(reference)
            if position in values or not opened:  # a cell that is there twice, or in no row
                raise UnusualError
            if formula:
                formulas[position] = "=" + unescape(hidden)
            if kind == "s":
                values[position] = texts.get(value, _NO_TEXT)
            elif inline:
                values[position] = kept(text, preserved="preserve" in inline)
            elif kind in ("", "n"):
                values[position] = self._number(value, style)
            else:
                values[position] = self._other(position, kind, value) if shown else None
        if length != len(body) or _NO_TEXT in values.values():
            raise UnusualError

    def _turn(self, whole: str, shape: str, *, opened: bool) -> bool:
        """Whether a row is open after one ended, one began, or both."""
        _, ended, begun = whole.rpartition("</row>")
        if bool(ended) != opened or (begun and not begun.startswith("<row ")):
            raise UnusualError
        if begun:
            self.shapes.add(shape.removesuffix("/"))
        return bool(begun) and not shape.endswith("/")

    def _number(self, value: str, style: str) -> float | None:
        if not value:
            return None
        if style not in self._numeric or not _NUMBER.fullmatch(value):
            raise UnusualError
        return float(value)

    def _other(self, position: Position, kind: str, value: str) -> str | bool:
        if kind == "str":
            return kept(value, preserved=False)
        if kind == "b" and value in _TRUTHS:
            return _TRUTHS[value]
        if kind != "e" or value not in _ERRORS:
            raise UnusualError
        self._details.errors[position] = value
        return ""

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
