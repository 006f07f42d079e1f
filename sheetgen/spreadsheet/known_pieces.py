"""Pieces of parts that were read before, byte for byte: most rows and texts of grids made alike.

A part is cut where its items (rows, shared texts) end, what is known is left out, and the rest is
parsed as any part is. That is exact: without comments, instructions and CDATA, `</row>` is nothing
but the end of a row, and a piece that has one beginning and one end of a row is well formed by
itself. A piece is known from a part whose declaration and root tag were the same, so that it was in
the same encoding and its names meant the same, as it declares no namespace; a part that has
anything unusual is not cut.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Content = TypeVar("Content")

_DECLARATION = rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>\s*)?"
_ATTRIBUTES = rb"(?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*"

_MOST_BYTES = 12 << 20
"""Bytes of pieces that are kept of a kind, with what was read of them some forty megabytes."""

_ENOUGH_TO_TELL = 20_000
"""Pieces, of some hundred grids, after which half of them are to come again for cutting to be worth
it."""


@dataclass(frozen=True, slots=True)
class CutPart(Generic[Content]):
    """A part cut where its items end.

    Attributes:
        pieces: each with items, and without the end of its last one.
        known: the items of pieces that were read before.
        unknown: how many items each other piece has.
        items: the unknown pieces, each with its end, in the order of `unknown`.
        around: what stands before the first piece, and after the last one.
        opening: what the first piece must have before it: declaration, root, holder.
    """

    pieces: Sequence[bytes]
    known: dict[bytes, Sequence[Content]]
    unknown: Mapping[bytes, int]
    items: bytes
    around: tuple[bytes, bytes]
    opening: bytes

    @property
    def rest(self) -> bytes:
        """Return the part with the unknown pieces alone."""
        return self.items.join(self.around)


class KnownPieces(Generic[Content]):
    """The pieces that were read of one kind of part; all are forgotten once they are too many."""

    def __init__(self, root: str, holder: str, item: str, *, repeated: bool) -> None:
        """Know nothing yet.

        Args:
            root: the tag of such a part.
            holder: the tag of what holds its items: the root's, or that of a child of it.
            item: their tag.
            repeated: whether a part may have the same item twice, which is read once; otherwise a
                part that does is not cut.
        """
        self._repeated = repeated
        self._beginning = re.compile(_DECLARATION + b"<" + root.encode() + _ATTRIBUTES + b">")
        self._items = re.compile(
            rb"\s*(?:<%b(?: [^<>]*)?/>\s*)*<%b(?: [^<>]*)?>" % (item.encode(), item.encode())
        )
        self._item, self._end = f"<{item}".encode(), f"</{item}>".encode()
        self._holder = holder.encode()
        self._in_root = root == holder
        self._opening = b"" if self._in_root else b"<%b>" % self._holder
        self._found: dict[tuple[bytes, bool], dict[bytes, Sequence[Content]]] = {}
        self._met: Counter[tuple[bytes, bool]] = Counter()
        self._again: Counter[tuple[bytes, bool]] = Counter()
        self._bytes = 0

    def cut(self, body: bytes, *, apart: bool = False) -> CutPart[Content] | None:
        """Return a part cut where its items end; None where that could be wrong.

        Args:
            body: the part.
            apart: whether the same bytes are read otherwise here than elsewhere.
        """
        beginning = self._beginning.match(body)
        if beginning is None:
            return None
        context = beginning[0], apart
        if 2 * self._again[context] < self._met[context] > _ENOUGH_TO_TELL:
            return None  # of a program that writes hardly a piece twice alike
        start = beginning.end()
        if not self._in_root:
            start = body.find(self._opening, start) + len(self._opening)
        last = body.rfind(self._end, 0, body.rfind(b"</%b>" % self._holder))
        if not beginning.end() <= start <= last:
            return None
        pieces = body[start:last].split(self._end)
        known = self._known(context)
        others = [piece for piece in pieces if piece not in known]
        self._met[context] += len(pieces)
        self._again[context] += len(pieces) - len(others)
        around = before, after = body[:start], body[last + len(self._end) :]
        # Of the pieces that are known, this was found before.
        unknown = {piece: self._count(piece) for piece in others}
        usual = self._are_usual((before[beginning.end() :], after), holders=2)
        if not (usual and self._are_usual(unknown, holders=0) and all(unknown.values())):
            return None
        if len(unknown) < len(others) and not self._repeated:
            return None
        items = self._end.join((*unknown, b""))
        return CutPart(pieces, known, unknown, items, around, beginning[0] + self._opening)

    def add(self, part: CutPart[Content], piece: bytes, items: Sequence[Content]) -> None:
        """Keep what was read of an unknown piece of a part, which is well formed."""
        part.known[piece] = items
        self._bytes += len(piece)

    def _known(self, context: tuple[bytes, bool]) -> dict[bytes, Sequence[Content]]:
        if self._bytes > _MOST_BYTES:
            self._found.clear()
            self._bytes = 0
        return self._found.setdefault(context, {})

    def _are_usual(self, some: Iterable[bytes], *, holders: int) -> bool:
        """Return whether nothing there is unusual, and the holder's tag there so often."""
        joined = b"".join(some)
        held = self._in_root or joined.count(self._holder) == holders
        return held and b"<!" not in joined and b"<?" not in joined

    def _count(self, piece: bytes) -> int:
        """Return how many items a piece has, of which the last has its end there.

        0 if it may have others, or if what looks like one may be of another namespace.
        """
        found = None if b"xmlns" in piece else self._items.match(piece)
        items = 0 if found is None else found[0].count(self._item)
        return items if items == piece.count(self._item) else 0
