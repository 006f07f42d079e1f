"""Pieces of parts that were read before, byte for byte: most rows and texts of grids made alike.

A part is cut where its items (rows, shared texts) end, what is known is left out, and the rest is
parsed as any part is. That is exact: without comments, instructions and CDATA, `</row>` is nothing
but the end of a row, and a piece that has one beginning and one end of a row is well formed by
itself. A piece is known from a part whose declaration and root tag were the same, so that it was in
the same encoding and its names meant the same, as it declares no namespace; a part that has
anything unusual is not cut. A process reads one part after another, in one thread: between the cut
of a part and the taking of its pieces nothing else becomes known, and nothing is forgotten.

What stands around the items of a sheet, lists and colours, comes again too, but for the footer of
its pages, which may name a candidate: a frame is what stands before and after it. That is one
element, as none else bears its tag, and where one was another is as well formed.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Content = TypeVar("Content")
Frame = TypeVar("Frame")

_DECLARATION = rb"(?:\xef\xbb\xbf)?(?:<\?xml [^<>]*\?>\s*)?"
_ATTRIBUTES = rb"(?:\s+[A-Za-z_][\w:.-]*\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*"

_MOST_BYTES = 12 << 20
"""Bytes of pieces that are kept of a kind, with what was read of them some forty megabytes."""

_MOST_BEGINNINGS = 200
"""Declarations with root tags of which anything is kept."""

_LONGEST_BEGINNING = 1 << 12

_ENOUGH_TO_TELL = 20_000
"""Pieces, of some hundred grids, after which half of them are to come again for cutting to be worth
it."""


_LONG_RUN = 40
"""Pieces from which on it is worth to keep them as one, too."""

_MOST_RUNS = 8


@dataclass(frozen=True, slots=True)
class Run(Generic[Content]):
    """Known pieces with which a part begins, as one.

    Attributes:
        body: their bytes.
        pieces: how many they are.
        items: all that they hold.
    """

    body: bytes
    pieces: int
    items: Sequence[Content]


@dataclass(slots=True)
class Known(Generic[Content, Frame]):
    """All that was read of parts that begin alike, and how many pieces of theirs came again."""

    pieces: dict[bytes, Sequence[Content]] = field(default_factory=dict)
    frames: dict[tuple[bytes, bytes, bytes], Frame] = field(default_factory=dict)
    footers: set[bytes] = field(default_factory=set)
    runs: list[Run[Content]] = field(default_factory=list)
    met: int = 0
    again: int = 0

    @property
    def is_vain(self) -> bool:
        """Return whether they are of a program that writes hardly a piece twice alike."""
        return 2 * self.again < self.met > _ENOUGH_TO_TELL

    def forget(self) -> None:
        """Forget everything but what is counted."""
        self.pieces, self.frames, self.footers, self.runs = {}, {}, set(), []

    def run_in(self, body: bytes, start: int, end: int) -> Run[Content] | None:
        """Return a run that a part has there, none of it after the end."""
        for run in self.runs:
            if body.startswith(run.body, start) and start + len(run.body) <= end:
                return run
        return None


@dataclass(slots=True)
class CutPart(Generic[Content, Frame]):
    """A part cut where its items end.

    Attributes:
        begun: the items of the pieces before those, which are all known.
        pieces: each with items, and without the end of its last one.
        known: what was read before of parts that begin so.
        unknown: how many items each other piece has.
        items: the unknown pieces, each with its end, in the order of `unknown`.
        around: what stands before the first piece, between the last one and the footer, and after.
        footer: the footer of its pages, where that may vary.
        opening: what the first piece must have before it: declaration, root, holder.
        frame: what was kept of parts with the same around them.
    """

    begun: Sequence[Content]
    pieces: Sequence[bytes]
    known: Known[Content, Frame]
    unknown: Mapping[bytes, int]
    items: bytes
    around: tuple[bytes, bytes, bytes]
    footer: bytes
    opening: bytes
    frame: Frame | None

    def around_items(self, items: bytes) -> bytes:
        """Return the part with these items alone."""
        before, after, end = self.around
        return b"".join((before, items, after, self.footer, end))

    @property
    def new_footer(self) -> bytes:
        """Return the footer if it was not read before, where there was another."""
        return b"" if self.footer in self.known.footers else self.footer


class KnownPieces(Generic[Content, Frame]):
    """The pieces that were read of one kind of part; all are forgotten once they are too many."""

    def __init__(
        self, root: str, holder: str, item: str, *, repeated: bool, footer: tuple[str, ...] = ()
    ) -> None:
        """Know nothing yet.

        Args:
            root: the tag of such a part.
            holder: the tag of what holds its items: the root's, or that of a child of it.
            item: their tag.
            repeated: whether a part may have the same item twice, which is read once; otherwise a
                part that does is not cut.
            footer: the tag of the child of the root from which parts may differ, then what tags
                that are read beside the items contain: where it comes later, nothing may differ.
        """
        self._repeated = repeated
        self._root = f"<{root}".encode()
        self._beginning = re.compile(_DECLARATION + self._root + _ATTRIBUTES + b">")
        self._items = re.compile(
            rb"\s*(?:<%b(?: [^<>]*)?/>\s*)*<%b(?: [^<>]*)?>" % (item.encode(), item.encode())
        )
        self._item, self._end = f"<{item}".encode(), f"</{item}>".encode()
        self._plain = f"<{item} ".encode(), f"<{item}>".encode()
        self._holder = holder.encode()
        self._holder_end = b"</%b>" % self._holder
        self._in_root = root == holder
        self._opening = b"" if self._in_root else b"<%b>" % self._holder
        self._footer = f"<{footer[0]}".encode() if footer else b""
        self._footer_end = f"</{footer[0]}>".encode() if footer else b""
        self._beside = [self._footer, *(tag.encode() for tag in footer[1:])]
        self._found: dict[tuple[bytes, bool], Known[Content, Frame]] = {}
        self._bytes = 0

    def cut(self, body: bytes, *, apart: bool = False) -> CutPart[Content, Frame] | None:
        """Return a part cut where its items end; None where that could be wrong.

        Args:
            body: the part.
            apart: whether the same bytes are read otherwise here than elsewhere.
        """
        # Neither the declaration nor the root tag has another such sign in it.
        beginning = body[: body.find(b">", body.find(self._root)) + 1]
        known = self._known_after(beginning, apart=apart)
        if known is None or known.is_vain:
            return None
        start = len(beginning)
        if not self._in_root:
            start = body.find(self._opening, start) + len(self._opening)
        last = body.rfind(self._end, 0, body.rfind(self._holder_end))
        if not len(beginning) <= start <= last:
            return None
        end = last + len(self._end)
        run = known.run_in(body, start, end)
        rest = start if run is None else start + len(run.body)
        pieces = body[rest:last].split(self._end) if rest < end else []
        others = set(pieces).difference(known.pieces)
        before = 0 if run is None else run.pieces
        known.met += before + len(pieces)
        known.again += before + len(pieces) - len(others)
        after, footer, tail = self._part_footer(body[end:])
        around = body[:start], after, tail
        frame = known.frames.get(around)
        # Of what is known, this was found before.
        outside = around[0][len(beginning) :], after, tail
        if frame is None and not self._are_usual(*outside, holders=2):
            return None
        if footer not in known.footers and not self._are_usual(footer, holders=0):
            return None
        unknown = self._count_items(pieces, others) if others else {}
        if unknown is None:
            return None
        self._lengthen(known, run, pieces, others)
        begun = () if run is None else run.items
        items = self._end.join((*unknown, b""))
        opening = beginning + self._opening
        return CutPart(begun, pieces, known, unknown, items, around, footer, opening, frame)

    def add(self, part: CutPart[Content, Frame], piece: bytes, items: Sequence[Content]) -> None:
        """Keep what was read of an unknown piece of a part, which is well formed."""
        part.known.pieces[piece] = items
        self._bytes += len(piece)

    def add_frame(self, part: CutPart[Content, Frame], frame: Frame) -> None:
        """Keep what was read around the items of a part, but for its footer."""
        part.known.frames[part.around] = frame
        self._bytes += sum(map(len, part.around))

    def add_footer(self, part: CutPart[Content, Frame]) -> None:
        """Take note that a footer was read in the place of another, and is well formed."""
        part.known.footers.add(part.footer)
        self._bytes += len(part.footer)

    def weigh(self, more: int) -> None:
        """Take note that what is kept of pieces takes more bytes."""
        self._bytes += more

    def _lengthen(
        self,
        known: Known[Content, Frame],
        run: Run[Content] | None,
        pieces: Sequence[bytes],
        others: Collection[bytes],
    ) -> None:
        """Keep a longer run, if many known pieces follow this one."""
        count = len(pieces)
        if count >= _LONG_RUN and others:
            count = next(place for place, piece in enumerate(pieces) if piece in others)
        if count < _LONG_RUN:
            return
        body = self._end.join((*pieces[:count], b""))
        items = [item for piece in pieces[:count] for item in known.pieces[piece]]
        if run is not None:
            body, count, items = run.body + body, run.pieces + count, [*run.items, *items]
        known.runs[:] = Run(body, count, items), *known.runs[: _MOST_RUNS - 1]
        self._bytes += len(body)

    def _known_after(self, beginning: bytes, *, apart: bool) -> Known[Content, Frame] | None:
        """Return what is known of parts that begin so; None where they are not to be cut."""
        if self._bytes > _MOST_BYTES:
            for one in self._found.values():
                one.forget()
            self._bytes = 0
        if len(beginning) > _LONGEST_BEGINNING:
            return None
        found = self._found.get((beginning, apart))
        if found is None and self._beginning.fullmatch(beginning):
            if len(self._found) >= _MOST_BEGINNINGS:
                self._found.clear()
            found = self._found[beginning, apart] = Known()
        return found

    def _part_footer(self, after: bytes) -> tuple[bytes, bytes, bytes]:
        """Part what follows the items before and after the footer, if it has one and just one."""
        start = after.find(self._footer) if self._footer else -1
        if start < 0 or any(after.find(tag, start + 1) >= 0 for tag in self._beside):
            return after, b"", b""
        end = after.find(self._footer_end, start)
        if end < 0:
            return after, b"", b""
        end += len(self._footer_end)
        if end == len(after):  # it is not in the root, which had its end before
            return after, b"", b""
        return after[:start], after[start:end], after[end:]

    def _are_usual(self, *some: bytes, holders: int) -> bool:
        """Return whether nothing there is unusual, with the holder's tag there `holders` times."""
        joined = b"".join(some)
        held = self._in_root or joined.count(self._holder) == holders
        return held and b"<!" not in joined and b"<?" not in joined

    def _count_items(
        self, pieces: Sequence[bytes], others: Collection[bytes]
    ) -> dict[bytes, int] | None:
        """Return how many items each unknown piece has; None where that could be wrong."""
        listed = [piece for piece in pieces if piece in others]
        if len(others) < len(listed) and not self._repeated:
            return None
        joined = b"".join(others)
        if b"xmlns" in joined or not self._are_usual(joined, holders=0):
            return None  # what looks like an item may be of another namespace
        begun = all(piece.startswith(self._plain) for piece in others)
        if begun and joined.count(self._item) == len(others):
            return dict.fromkeys(listed, 1)
        counted = {piece: self._count(piece) for piece in listed}
        return counted if all(counted.values()) else None

    def _count(self, piece: bytes) -> int:
        """Return how many items a piece has, of which the last has its end there.

        0 if it may have others.
        """
        found = self._items.match(piece)
        items = 0 if found is None else found[0].count(self._item)
        return items if items == piece.count(self._item) else 0
