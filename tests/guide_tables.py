"""The worked examples of the guide, read from its tables: a mark above each says what it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = re.compile(r"(?:^<!-- exemple : (.+) -->\n)?((?:^\|.*\|$\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a table of the guide.

    Attributes:
        shows: the mark above the table; empty where there is none.
        cells: header and content of each cell; two columns may have the same header.
    """

    shows: str
    cells: tuple[tuple[str, str], ...]

    def __getitem__(self, header: str) -> str:
        """The content of the first cell under this header."""
        return next(content for name, content in self.cells if name == header)

    def __contains__(self, header: str) -> bool:
        """Return whether there is such a column."""
        return any(name == header for name, _ in self.cells)

    def __str__(self) -> str:
        """A name for the test of this row."""
        return f"{self.shows}: {' | '.join(content for _, content in self.cells)}"


def read_examples(page: Path) -> list[Example]:
    """Every row of every table of a page, those without a mark included."""
    found = []
    for table in _TABLE.finditer(page.read_text(encoding="utf-8")):
        header, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table[2].splitlines()
        ]
        for row in rows:
            cells = tuple(zip(header, row, strict=True))
            found.append(Example(table[1] or "", cells))
    return found
