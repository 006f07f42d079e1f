"""A worksheet part of an .xlsx, as spreadsheets usually write it: values, formulas, errors, merges.

The part is taken apart into its rows and cells by patterns that leave nothing between them, and
what stands around them is held to be XML by a parser, once for all the grids that share it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.grids.addresses import Position, parse_address
from sheetgen.grids.usual_rows import CellContext, UsualRows, read_rows
from sheetgen.grids.usual_xml import (
    DECLARATION,
    LARGEST,
    MAIN,
    UnusualError,
    check_well_formed,
    unescape,
    usual_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = re.compile(f'{DECLARATION}(<worksheet (?:[^<>]* )?xmlns="{MAIN}"[^<>]*>)'.encode())
_FOOTER = re.compile(rb"<odd(Header|Footer)>([^<]*)</odd\1>")
_PLACE = "([A-Z]{1,3}[1-9][0-9]{0,6})"
_DIMENSION = re.compile(f'<dimension ref="{_PLACE}(?::{_PLACE})?" ?/>'.encode())
_MERGE = re.compile(f'<mergeCell ref="{_PLACE}:{_PLACE}" ?/>'.encode())
_MERGES = re.compile(rb'<mergeCells(?: count="[0-9]+")?>((?:<mergeCell [^<>]*>)+)</mergeCells>')

_ROW_SHAPE = re.compile(r'(?: [A-Za-z0-9:]+="[^"<&>]*")*')
_OTHER_CELL = re.compile(rb'<c (?!r="[AB][1-9])')
_ADDRESSED = b'<c r="'
_ROW_END = b"</row>"


def read_usual_sheet(part: bytes, context: CellContext) -> UsualRows:
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
    rows = read_rows(usual_text(body), context)
    _check_head(head)
    _check_rows(root[1], rows.shapes)
    rows.details.merged.extend(_read_merges(root[1] + _without_footers(tail)))
    return rows


def read_stamp_columns(part: bytes, context: CellContext) -> UsualRows:
    """The values of the first two columns of a sheet of which nothing more is asked.

    Raises:
        UnusualError: they are not written the usual way.
    """
    head, _, body = part.partition(b"<sheetData>")
    body, _, _ = body.partition(b"</sheetData>")
    if not _ROOT.match(head) or b"<!" in part:
        raise UnusualError
    *rows, _ = body.split(_ROW_END)
    stamped = b"".join(row + _ROW_END for row in map(_first_columns, rows) if row)
    return read_rows(usual_text(stamped), context)


def _first_columns(row: bytes) -> bytes:
    """A row up to its first cell that is in another column; nothing where that is its first cell.

    Cells stand in their order.
    """
    other = _OTHER_CELL.search(row)
    if other is None:
        return row
    if not row.startswith(_ADDRESSED, other.start()):
        raise UnusualError
    beginning = row[: other.start()]
    return beginning if _ADDRESSED in beginning else b""


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
    extents = sum(1 for _ in _DIMENSION.finditer(head))
    if document.count(b"sheetData") != 1 or document.count(b"dimension") != extents:
        raise UnusualError


def _without_footers(tail: bytes) -> bytes:
    """What follows the rows, without the name that each candidate's footers bear."""
    start = tail.find(b"<headerFooter")
    return tail if start < 0 else tail[:start] + _FOOTER.sub(_nothing, tail[start:])


def _nothing(footer: re.Match[bytes]) -> bytes:
    unescape(usual_text(footer[2]))
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
