"""How far the filled cells of a sheet's XML reach, told without laying the sheet out.

A reader that lays it out takes all memory for one stray cell. Empty cells that only carry a style,
however far, do no harm and are not counted.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING
from xml.parsers import expat

from sheetgen.grids.addresses import parse_address
from sheetgen.grids.sheet_xml import BrokenPartError

if TYPE_CHECKING:
    from collections.abc import Mapping

ROWS = 100_000
COLUMNS = 1_000
CELLS = 2_000_000
"""Rows times columns of the area a sheet's filled cells span; a grid has hundreds of rows, the
consolidation of a thousand candidates 71,000."""

_REPEATED_SPACES = 32_767
"""Spaces that one mark stands for in .ods: the length of Excel's longest text."""

_USUAL = rb"""=["'](?:[A-Z]{1,2}[1-9][0-9]{0,4}|[1-9][0-9]{0,4})["']"""
_UNUSUAL_REFERENCES = {
    space: re.compile(re.escape(space) + rb"r(?!" + _USUAL + rb")\s*=")
    for space in (b" ", b"\n", b"\t", b"\r")
}
"""By the white space before it: what begins with a known byte is searched for far faster."""

_TEXTS = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_COUNT = re.compile(rb"""\buniqueCount\s*=\s*["']\s*([0-9]+)""")
_BEGINNING = 4096
"""Bytes of a part among which its first element is."""

_SHORTEST_TEXT = len("<si/>")


class FarCellError(Exception):
    """A filled cell lies beyond the limits; its place counts from zero."""

    def __init__(self, row: int, column: int, sheet: str = "") -> None:
        super().__init__(row, column)
        self.row = row
        self.column = column
        self.sheet = sheet


def too_far(rows: int, columns: int) -> bool:
    """Whether a sheet this large is refused."""
    return rows > ROWS or columns > COLUMNS or rows * columns > CELLS


def check_texts_count(part: bytes) -> None:
    """Refuses a shared-string part that announces more different texts than it has room for.

    The other count, of every use of a text, is larger as a rule and misleads no reader.

    Raises:
        BrokenPartError: the count cannot be true.
    """
    if part.find(b"sst", 0, _BEGINNING) < 0:  # as in most parts, which a pattern takes longer for
        return
    opening = _TEXTS.search(part, 0, _BEGINNING)
    counts = _COUNT.findall(opening[0]) if opening else []
    if any(int(count[:20]) > len(part) // _SHORTEST_TEXT for count in counts):
        reason = "il annonce plus de textes qu'il n'en contient"
        raise BrokenPartError(reason)


def check_sheet_extent(part: bytes) -> None:
    """Refuses a worksheet part of .xlsx or .xlsm with a filled cell beyond the limits.

    Raises:
        FarCellError: such a cell.
        BrokenPartError: the part is not XML, or an address is none.
    """
    if b"\0" in part or _has_unusual_reference(part) or _has_many_cells(part):
        _SheetWalk().parse(part)


def _has_unusual_reference(part: bytes) -> bool:
    # The line that most parts begin with may end in a way of its own.
    start = part.find(b"?>") + 4 if part.startswith(b"<?xml") else 0
    return any(
        part.find(space, start) >= 0 and unusual.search(part)
        for space, unusual in _UNUSUAL_REFERENCES.items()
    )


def _has_many_cells(part: bytes) -> bool:
    # Counting takes time, and what is short has no room for so many.
    return len(part) > CELLS and part.count(b"<c") > CELLS // 2


def check_content_extent(part: bytes) -> None:
    """Refuses the content of an .ods with a filled cell beyond the limits.

    Raises:
        FarCellError: such a cell.
        BrokenPartError: the part is not XML, or a count is none.
    """
    _ContentWalk().parse(part)


class _Walk(ABC):
    """Streams through a part, keeping the largest row and column of filled cells."""

    def __init__(self) -> None:
        self.sheet = ""
        self.rows = 0
        self.columns = 0

    def parse(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(part, True)  # noqa: FBT003
        except (expat.ExpatError, ValueError) as error:
            reason = "une de ses feuilles est illisible"
            raise BrokenPartError(reason, self.sheet) from error

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.open_element(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.close_element(name.rpartition(" ")[2])

    @abstractmethod
    def open_element(self, name: str, attributes: Mapping[str, str]) -> None: ...

    @abstractmethod
    def close_element(self, name: str) -> None: ...

    def fill(self, row: int, column: int) -> None:
        """Takes note of the last of some filled cells."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        if too_far(self.rows, self.columns):
            raise FarCellError(row, column, self.sheet)


class _SheetWalk(_Walk):
    def __init__(self) -> None:
        super().__init__()
        self._row = -1
        self._column = -1
        self._in_cell = False

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._in_cell:
            self.fill(self._row, self._column)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif name == "c":
            self._in_cell = True
            reference = attributes.get("r")
            if reference is None:
                self._column += 1
            else:
                self._row, self._column = parse_address(reference)

    def close_element(self, name: str) -> None:
        if name == "c":
            self._in_cell = False


class _ContentWalk(_Walk):
    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._repeated = 1
        self._column = 0
        self._last = -1

    def open_element(self, name: str, attributes: Mapping[str, str]) -> None:
        found = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        match name:
            case "table":
                self.sheet = found.get("name", "")
                self.rows = self.columns = self._row = 0
            case "table-row":
                self._repeated = int(found.get("number-rows-repeated", "1"))
                self._column, self._last = 0, -1
            case "table-cell" | "covered-table-cell":
                self._column += int(found.get("number-columns-repeated", "1"))
                if "value-type" in found or "formula" in found:
                    self._last = self._column - 1
                    self.fill(self._row, self._last)
            case "s" if int(found.get("c", "1")) > _REPEATED_SPACES:
                reason = "un texte répète des espaces sans fin"
                raise BrokenPartError(reason, self.sheet)

    def close_element(self, name: str) -> None:
        if name == "table-row":
            if self._last >= 0:
                self.fill(self._row + self._repeated - 1, self._last)
            self._row += self._repeated
