"""The content of a document that a school imports, whatever its format: texts, each with its place.

These records travel from the process that read a file to the one that uses it, whose decoder checks
them against the annotations below: nothing else can come out of a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NO_LIST = -1
"""The level of a paragraph that is no item of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadParagraph:
    """A paragraph to the letter.

    Attributes:
        text: as written, but for runs of blanks; a line end inside it is kept.
        place: where it was, in French.
        level: in a list, from 0; `NO_LIST` outside.
        doubt: what its reader was not sure of, in French.
        close: whether nothing blank stands between it and the paragraph before it.
    """

    text: str
    place: str
    level: int = NO_LIST
    doubt: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCell:
    """A cell, once, however many places it spans; places count from 0."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    paragraphs: tuple[ReadParagraph, ...] = ()

    @property
    def text(self) -> str:
        """Return the whole text, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBlock:
    """A table, or paragraphs that stand in none.

    Attributes:
        place: of the table, in French; empty for running text.
        cells: of the table, row by row.
        paragraphs: of running text.
        named: what its columns hold, where its reader laid them out: values of `ColumnRole`.
    """

    place: str = ""
    named: tuple[str, ...] = ()
    cells: tuple[DocumentCell, ...] = ()
    paragraphs: tuple[ReadParagraph, ...] = ()

    @property
    def columns(self) -> int:
        """Return the number of columns of the table."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def rows(self) -> Iterator[tuple[int, dict[int, DocumentCell]]]:
        """Yield each row's number with the cell that covers each of its columns."""
        covered: dict[int, dict[int, DocumentCell]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    covered.setdefault(row, {}).setdefault(column, cell)
        for row in sorted(covered):
            yield row, covered[row]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A whole document.

    Attributes:
        form: of the file, in French.
        blocks: tables and running text, in their order.
        aside: texts that stand outside the flow (boxes, headers, notes), which nothing is made of.
    """

    form: str
    blocks: tuple[ReadBlock, ...] = ()
    aside: tuple[ReadParagraph, ...] = ()

    def paragraphs(self) -> Iterator[ReadParagraph]:
        """Yield every paragraph of the document."""
        for block in self.blocks:
            yield from block.paragraphs
            for cell in block.cells:
                yield from cell.paragraphs
        yield from self.aside


_BLANKS = re.compile(r"[ \t\u2028]+")
_HARMFUL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Signs that only a font of symbols has; before a text such a sign is its bullet."""

_UNREADABLE = "un signe d'une police de symboles n'a pas pu être lu : l'écrire"


def tidy(text: str) -> str:
    """Return a text with line ends as they should be, one blank for several, no control signs.

    No-break spaces and every other character stay.
    """
    lines = _HARMFUL.sub("", _LINE_END.sub("\n", text)).split("\n")
    return "\n".join(filter(None, (_BLANKS.sub(" ", line).strip(" ") for line in lines)))


def told_place(*parts: tuple[str, int]) -> str:
    """Return a place in French, as in « tableau 2, ligne 3 », its numbers counted from 1."""
    return ", ".join(f"{name} {number}" for name, number in parts)


def numbered(
    texts: Iterable[tuple[str, int]], before: str, *, spaced: bool = True
) -> tuple[ReadParagraph, ...]:
    """Return the paragraphs of a cell, blank ones left out.

    Args:
        texts: each paragraph with its level, in order.
        before: the place of the cell.
        spaced: whether a blank paragraph tells two others apart.
    """
    found: list[ReadParagraph] = []
    close = False
    for number, (text, level) in enumerate(texts, start=1):
        plain = tidy(text)
        if not plain:
            close = False
            continue
        place = f"{before}, paragraphe {number}" if before else f"paragraphe {number}"
        doubt = _UNREADABLE if _PRIVATE.search(plain, 1) else ""
        found.append(
            ReadParagraph(text=plain, place=place, level=level, close=close and spaced, doubt=doubt)
        )
        close = True
    return tuple(found)
