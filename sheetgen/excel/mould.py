"""Workbooks, sheets and rows that are written once, then filled as often as it takes.

Each is written by XlsxWriter with marks in place of what differs, and cut at the marks. What comes
out is, part by part, what XlsxWriter would have written; where that is not certain, it has to be
written again.

A workbook lists the texts of its cells once, and its sheets say the places in that list; but for
these and the numbers of formats, a sheet's XML depends on nothing outside the sheet. A `SheetPart`
is such XML, or some of it, without those places. A row is cut wherever it says its own number, its
height or a cell's value, and where a formula says the number of another row (`gap_mark`).
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import excel_length
from sheetgen.files import GappedFile, Member, pack, whole_member
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

_GAP = "gap-{}-6f1d0c93e2b84a57"
_GAPS = re.compile(_GAP.format("([0-9]+)").encode())
_SHARED_TEXT = re.compile(rb"<si><t[^>]*>(.*?)</t></si>", re.DOTALL)

_LONGEST = 200
"""In Excel's characters; the shortest limit is that of a footer: 255, of which some are taken."""

_AWKWARD = re.compile(r"^$|^\s|\s$|[\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^<r>")
"""Texts that XlsxWriter writes in a way of its own, or leaves out."""


def gap_mark(number: int) -> str:
    """Return the mark that stands for the text of the gap of this number."""
    return _GAP.format(number)


def has_gap(content: bytes) -> bool:
    """Return whether such a mark stands in what was written."""
    return _GAPS.search(content) is not None


def is_plain(text: str) -> bool:
    """Return whether XlsxWriter writes the text as it is, wherever it stands."""
    return excel_length(text) <= _LONGEST and _AWKWARD.search(text) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookMould:
    """A workbook's parts: those that are the same whatever the texts, and those with gaps.

    Attributes:
        in_cells: the numbers of the gaps whose texts stand in cells.
        shared: the other texts in cells, as they stand in the file.
    """

    parts: tuple[Member | GappedFile, ...]
    in_cells: tuple[int, ...]
    shared: Collection[bytes]

    @classmethod
    def of(cls, contents: Mapping[str, bytes], in_cells: tuple[int, ...]) -> WorkbookMould:
        """Return the mould of a workbook written with marks in its gaps, given as its parts."""
        parts: list[Member | GappedFile] = []
        for name, content in contents.items():
            first, *rest = _GAPS.split(content)
            if rest:
                gaps = zip(map(int, rest[::2]), rest[1::2], strict=True)
                parts.append(GappedFile(name, first, gaps))
            else:
                parts.append(whole_member(name, content))
        shared = frozenset(_SHARED_TEXT.findall(contents.get("xl/sharedStrings.xml", b"")))
        return cls(parts=tuple(parts), in_cells=in_cells, shared=shared)

    def fill(self, texts: Sequence[str]) -> bytes | None:
        """Return the workbook with these plain texts, by the numbers of their gaps.

        None where a text in a cell stands in another one too: the file lists equal texts once.
        """
        escaped = [_escaped(text) for text in texts]
        own = {escaped[gap] for gap in self.in_cells}
        if len(own) < len(self.in_cells) or not own.isdisjoint(self.shared):
            return None
        return pack(
            part.fill(escaped) if isinstance(part, GappedFile) else part for part in self.parts
        )


def _escaped(text: str) -> bytes:
    """Return the text as XlsxWriter writes it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


SHARED_TEXTS = "xl/sharedStrings.xml"
"""The part of a workbook that lists the texts of its cells."""

_PLACE = re.compile(rb'(?<= t="s"><v>)([0-9]+)(?=</v></c>)')
"""The place of a cell's text in the list; no text looks so, its `<` is written `&lt;`."""

_TEXT = re.compile(rb"<si>.*?</si>", re.DOTALL)
_LIST = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' count="%d" uniqueCount="%d">%b</sst>'
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's XML, or some of it.

    Attributes:
        pieces: one more than there are texts, which stand between them.
        texts: as `SHARED_TEXTS` holds them.
    """

    pieces: tuple[bytes, ...]
    texts: tuple[bytes, ...]

    @classmethod
    def of(cls, xml: bytes, listed: Sequence[bytes]) -> SheetPart:
        """Return the part of this XML, in a workbook that lists these texts."""
        split = _PLACE.split(xml)
        return cls(tuple(split[::2]), tuple(listed[int(place)] for place in split[1::2]))

    def fill(self, places: Mapping[bytes, bytes]) -> bytes:
        """Return the XML in a workbook where the texts have these places."""
        filled = [b""] * (2 * len(self.texts) + 1)
        filled[::2] = self.pieces
        filled[1::2] = [places[text] for text in self.texts]
        return b"".join(filled)


def listed_texts(parts: Mapping[str, bytes]) -> list[bytes]:
    """Return the texts that a workbook, given as its parts, lists."""
    return _TEXT.findall(parts.get(SHARED_TEXTS, b""))


def fill_sheets(
    sheets: Mapping[str, Sequence[SheetPart]], is_last: Callable[[bytes], object]
) -> dict[str, bytes]:
    """Return these parts of a workbook, each put together, and the list of their texts.

    Args:
        sheets: for the name of each part, what it consists of.
        is_last: whether a text goes to the end of the list.
    """
    used = [text for sheet in sheets.values() for part in sheet for text in part.texts]
    texts = sorted(dict.fromkeys(used), key=lambda text: bool(is_last(text)))
    places = {text: b"%d" % place for place, text in enumerate(texts)}
    filled = {name: b"".join(part.fill(places) for part in sheet) for name, sheet in sheets.items()}
    return {**filled, SHARED_TEXTS: _LIST % (len(used), len(texts), b"".join(texts))}


SAMPLE_ROW = 1_048_576
"""The row, from 1, where the sample stands: the last of a sheet, which no table reaches."""

SAMPLE_HEIGHT = "408.75"
"""The height that the sample has, if any, as the file says it."""

_OTHER = gap_mark(0).replace("0", "(?P<other>[0-9]+)", 1)
_ROW_GAPS = re.compile(
    rf'(?:<row|<c) r="[A-Z]*(?P<own>{SAMPLE_ROW})"'
    rf'|(?<=") ht="(?P<height>{re.escape(SAMPLE_HEIGHT)})" customHeight='
    rf"|{_OTHER}"
    r"|<v>(?P<value>[^<]*)</v>"
)
"""What stands between tags has no `<`, and a height comes before any cell."""

_OTHER_ROW = re.compile(_OTHER)


_OWN = b"\0"
"""Stands in a mould for the number of the row, which it says some sixty times; no XML has it."""


@dataclass(frozen=True, slots=True)
class RowMould:
    """A row with gaps, and where it says its own number.

    Attributes:
        template: the row, `%b` in each gap.
        in_order: gives the texts of the gaps in the order in which they stand in the row.
    """

    template: bytes
    in_order: Callable[[Sequence[bytes]], tuple[bytes, ...]]

    def fill(self, texts: Sequence[bytes]) -> bytes:
        """Return the row with these texts: numbers of rows, the height, then its cells' values."""
        return (self.template % self.in_order(texts)).replace(_OWN, texts[0])


@dataclass(frozen=True, slots=True)
class CutRow:
    """A row cut at its gaps, of which moulds are made.

    Attributes:
        pieces: one more than there are gaps, which stand between them.
        gaps: the numbers of the texts that fill them.
    """

    pieces: tuple[bytes, ...]
    gaps: tuple[int, ...]

    @classmethod
    def of(cls, sample: str, rows: int) -> CutRow:
        """Return a row that stands at `SAMPLE_ROW`, cut.

        Args:
            sample: as XlsxWriter wrote it.
            rows: how many rows it names, itself first: so many texts come before the height.
        """
        pieces, gaps, end = [""], [], 0
        for start, stop, gap in _gaps(sample, rows):
            pieces[-1] += sample[end:start]
            if gap:
                pieces.append("")
                gaps.append(gap)
            else:
                pieces[-1] += _OWN.decode()
            end = stop
        pieces[-1] += sample[end:]
        return cls(tuple(piece.encode() for piece in pieces), tuple(gaps))

    def mould(self) -> RowMould:
        """Return the mould of all such rows."""
        template = b"%b".join(piece.replace(b"%", b"%%") for piece in self.pieces)
        gaps = self.gaps
        if len(gaps) > 1:
            return RowMould(template, itemgetter(*gaps))
        # An `itemgetter` of one place gives no tuple.
        return RowMould(template, lambda texts: tuple(texts[gap] for gap in gaps))

    def half_filled(self, texts: Mapping[int, bytes], renumbered: Mapping[int, int]) -> RowMould:
        """Return the mould of the rows that have these texts, by the numbers of their gaps.

        The gaps that are left get other numbers.
        """
        pieces, gaps = [self.pieces[0]], []
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            if gap in texts:
                pieces[-1] += texts[gap] + piece
            else:
                pieces.append(piece)
                gaps.append(renumbered[gap])
        return CutRow(tuple(pieces), tuple(gaps)).mould()


def without_gaps(formula: str, texts: Sequence[object]) -> str:
    """Return a formula with these texts in its gaps, by their numbers."""
    return _OTHER_ROW.sub(lambda found: str(texts[int(found["other"])]), formula)


def _gaps(sample: str, rows: int) -> Iterator[tuple[int, int, int]]:
    """Yield where each gap begins and ends, and the number of its text."""
    value = rows
    for found in _ROW_GAPS.finditer(sample):
        if found["own"]:
            yield *found.span("own"), 0
        elif found["height"]:
            yield *found.span("height"), rows
        elif found["other"]:
            yield *found.span(), int(found["other"])
        else:
            value += 1
            yield *found.span("value"), value
