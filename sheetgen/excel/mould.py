"""A workbook that is written once, then filled with other texts as often as it takes.

It is written with marks in place of the texts that differ, and cut at the marks. What comes out is,
part by part, what XlsxWriter would have written with those texts; where that is not certain, it has
to be written again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import excel_length
from sheetgen.files import Beginning, Member, pack, whole_member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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
class _Part:
    """A part with gaps: what stands before the first, then each gap's number and what follows."""

    beginning: Beginning
    rest: tuple[tuple[int, bytes], ...]

    def fill(self, texts: Sequence[bytes]) -> Member:
        """Return the part with a text in each gap, by the gap's number."""
        return self.beginning.finish(
            b"".join(piece for gap, after in self.rest for piece in (texts[gap], after))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookMould:
    """A workbook's parts: those that are the same whatever the texts, and those with gaps.

    Attributes:
        in_cells: the numbers of the gaps whose texts stand in cells.
        shared: the other texts in cells, as they stand in the file.
    """

    parts: tuple[Member | _Part, ...]
    in_cells: tuple[int, ...]
    shared: Collection[bytes]

    @classmethod
    def of(cls, contents: Mapping[str, bytes], in_cells: tuple[int, ...]) -> WorkbookMould:
        """Return the mould of a workbook written with marks in its gaps, given as its parts."""
        parts: list[Member | _Part] = []
        for name, content in contents.items():
            first, *rest = _GAPS.split(content)
            if rest:
                gaps = zip(map(int, rest[::2]), rest[1::2], strict=True)
                parts.append(_Part(beginning=Beginning(name, first), rest=tuple(gaps)))
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
        return pack(part.fill(escaped) if isinstance(part, _Part) else part for part in self.parts)


def _escaped(text: str) -> bytes:
    """Return the text as XlsxWriter writes it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
