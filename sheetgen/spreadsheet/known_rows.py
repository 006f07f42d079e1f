"""Rows that were read before, byte for byte: of grids made alike nine rows in ten are the same.

A part is cut where its rows end, what is known is taken out of it, and the rest is parsed as any
part is. That is exact: without comments, instructions and CDATA, `</row>` is nothing but the end of
a row, and a piece that has one beginning and one end of a row is well formed by itself. A piece is
known from a part whose declaration and first tag were the same, so that it was in the same
encoding and its names meant the same; a part that has anything unusual around its rows is not cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.spreadsheet.xlsx_rows import RowContent

_BEGINNING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>\s*)?"
    rb"<worksheet(?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*>"
)
"""A part's declaration, if any, and the tag of its root."""

_FIRST, _LAST = b"<sheetData>", b"</sheetData>"
_ROW, _END = b"<row", b"</row>"
_ROWS = re.compile(rb"\s*(?:<row(?: [^<>]*)?/>\s*)*<row(?: [^<>]*)?>")
"""Empty rows that end as they begin, and the beginning of one that does not."""

_MOST_BYTES = 12 << 20
"""Bytes of rows that are kept, some forty megabytes of memory with what was read of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutSheet:
    """The part of a sheet, cut where its rows end.

    Attributes:
        context: what gives the pieces their meaning.
        before: what precedes them.
        pieces: rows, the end of the last one left out.
        after: what follows them.
    """

    context: tuple[bytes, bool]
    before: bytes
    pieces: Sequence[bytes]
    after: bytes

    def only(self, pieces: Sequence[bytes]) -> bytes:
        """Return the part with these pieces alone."""
        ends = (*pieces, self.after) if pieces else (self.after,)
        return self.before + _END.join(ends)


def cut_sheet(body: bytes, *, bare: bool) -> CutSheet | None:
    """Return a part cut where its rows end; None where that could be wrong.

    Args:
        body: the part.
        bare: whether some columns alone are read of it, which makes other rows of the same bytes.
    """
    beginning = _BEGINNING.match(body)
    if beginning is None or body.count(b"<?") != beginning[0].count(b"<?") or b"<!" in body:
        return None
    start, end = body.find(_FIRST) + len(_FIRST), body.find(_LAST)
    last = body.rfind(_END, start, end)
    if not beginning.end() <= start <= last or body.count(b"sheetData") > 2:
        return None
    return CutSheet(
        context=(beginning[0], bare),
        before=body[:start],
        pieces=body[start:last].split(_END),
        after=body[last + len(_END) :],
    )


def count_rows(piece: bytes) -> int:
    """Return how many rows a piece has, of which the last has its end there; 0 if others may be."""
    found = _ROWS.match(piece)
    rows = 0 if found is None else found[0].count(_ROW)
    return rows if rows == piece.count(_ROW) else 0


@dataclass(slots=True)
class KnownRows:
    """The rows of each piece, by its bytes; all are forgotten once they are too many."""

    _found: dict[tuple[bytes, bool], dict[bytes, Sequence[RowContent]]] = field(
        default_factory=dict
    )
    _bytes: int = 0

    def of(self, context: tuple[bytes, bool]) -> dict[bytes, Sequence[RowContent]]:
        """Return the pieces that are known in a context."""
        if self._bytes > _MOST_BYTES:
            self._found.clear()
            self._bytes = 0
        return self._found.setdefault(context, {})

    def add(self, sheet: CutSheet, piece: bytes, rows: Sequence[RowContent]) -> None:
        """Keep a piece, where it says the same wherever it stands."""
        if all(row.said for row in rows):
            self._found.setdefault(sheet.context, {})[piece] = rows
            self._bytes += len(piece)
