"""Tables of a PDF: cells by their lines, rows that a page has cut in two joined again."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Self

from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.importing.cell_texts import RULE, is_bullet
from sheetgen.sources.importing.document import DocumentCell, ReadBlock, ReadParagraph, told_place
from sheetgen.sources.importing.pdf_lines import (
    TextLine,
    fills,
    glued,
    lines_of_words,
    paragraphs_of,
)
from sheetgen.sources.importing.pdf_turned import UPRIGHT, laid_straight
from sheetgen.sources.importing.source_codes import has_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sheetgen.sources.importing.pdf_turned import Box

_NEAR = 4.0
"""Points by which the same line of a table may differ from page to page."""

_STOPS = ".;:!?…"
_CUT = "coupé par un changement de page : vérifier la jointure"


@dataclass(slots=True, kw_only=True)
class PdfCell:
    """A cell by its corners, in points, with its words; then by its place, with its texts."""

    left: float
    top: float
    right: float
    bottom: float
    words: list[Mapping[str, Any]] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    paragraphs: list[ReadParagraph] = field(default_factory=list)
    row: int = 0
    rows: int = 1

    @property
    def corners(self) -> Box:
        """Return where the cell begins and ends: left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(slots=True, kw_only=True)
class PageTable:
    """A table of one page; of several, once it has been continued.

    Attributes:
        cells: in the order in which they are read.
        edges: where columns begin and end.
        height: rows so far.
        page: its first page.
    """

    cells: list[PdfCell]
    edges: list[float]
    height: int = 0
    page: int = 0
    finished: bool = False

    @classmethod
    def of(cls, boxes: Iterable[tuple[float, float, float, float]]) -> Self | None:
        """Return the table of these cells; None where they are none."""
        cells = [
            PdfCell(left=left, top=top, right=right, bottom=bottom)
            for left, top, right, bottom in boxes
        ]
        if len(cells) < 2:
            return None
        edges = _edges(side for cell in cells for side in (cell.left, cell.right))
        levels = _edges(side for cell in cells for side in (cell.top, cell.bottom))
        for cell in cells:
            cell.row = _nearest(levels, cell.top)
            cell.rows = max(1, _nearest(levels, cell.bottom) - cell.row)
        cells.sort(key=lambda cell: (cell.row, cell.left))
        return cls(cells=cells, edges=edges, height=len(levels) - 1)

    @property
    def top(self) -> float:
        """Return where the table begins on its page."""
        return min(cell.top for cell in self.cells)

    @property
    def has_text(self) -> bool:
        """Return whether any cell holds a word: frames and rules are tables, too."""
        return any(cell.words for cell in self.cells)

    def take(self, word: Mapping[str, Any], middle: tuple[float, float]) -> bool:
        """Put a word into the cell that it stands in, if there is one."""
        across, down = middle
        for cell in self.cells:
            if cell.left <= across <= cell.right and cell.top <= down <= cell.bottom:
                cell.words.append(word)
                return True
        return False

    def lines(self) -> Iterator[TextLine]:
        """Yield the lines of all cells."""
        for cell in self.cells:
            yield from lines_of_words(cell.words, cell.right)

    def finish(self, page: int) -> None:
        """Make paragraphs of the words of each cell."""
        if self.finished:
            return
        for cell in self.cells:
            column = _nearest(self.edges, cell.left)
            place = f"page {page}, {told_place(('ligne', cell.row + 1), ('colonne', column + 1))}"
            for words, frame in laid_straight(cell.words, cell.corners):
                left = min(word["x0"] for word in words)
                padding = min(max(left - frame[0], 0), 12)
                cell.lines = lines_of_words(words, frame[2] - padding)
                found = paragraphs_of(cell.lines, place)
                if frame != cell.corners:
                    found = [replace(item, doubt=item.doubt or UPRIGHT) for item in found]
                cell.paragraphs += found
        self.finished = True


def _edges(sides: Iterable[float]) -> list[float]:
    """Return the lines of a table in one direction, those that are nearly one as one."""
    found: list[float] = []
    for side in sorted(sides):
        if not found or side - found[-1] > _NEAR:
            found.append(side)
    return found


def _nearest(edges: Sequence[float], side: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - side))


def continue_table(table: PageTable, after: PageTable, page: int) -> bool:
    """Add to a table the one at the top of the next page, if that goes on with it."""
    if any(abs(table.edges[_nearest(table.edges, edge)] - edge) > _NEAR for edge in after.edges):
        return False
    table.finish(table.page)
    after.finish(page)
    if _repeats_headings(table, after):
        repeated = {cell.row for cell in after.cells if cell.row == 0}
        after.cells = [cell for cell in after.cells if cell.row not in repeated]
        for cell in after.cells:
            cell.row -= 1
        after.height -= 1
    shift = table.height
    first = [cell for cell in after.cells if cell.row == 0]
    if first and not _begins_anew(first):
        shift -= 1
        _join_row(table, [cell for cell in first if cell.rows == 1])
    for cell in first:
        if not cell.paragraphs and cell.rows > 1 - (shift < table.height):
            _extend_above(table, cell, shift + cell.rows)
    for cell in after.cells:
        cell.row += shift
    kept = [cell for cell in after.cells if cell.paragraphs]
    joined = {id(cell) for cell in first} if shift < table.height else set()
    for cell in kept:
        if id(cell) in joined and cell.rows == 1:
            continue
        if id(cell) in joined:
            _join_cell(table, cell)
            continue
        table.cells.append(cell)
    table.height = shift + after.height
    return True


def _repeats_headings(table: PageTable, after: PageTable) -> bool:
    """Return whether the first row of a page is the first row of the table again."""
    return bool(_texts(after, 0)) and _texts(after, 0) == _texts(table, 0)


def _texts(table: PageTable, row: int) -> list[str]:
    return [item.text for cell in table.cells if cell.row == row for item in cell.paragraphs]


def _begins_anew(first: Sequence[PdfCell]) -> bool:
    """Return whether a row at the top of a page begins with codes: one that was cut has none."""
    for cell in first:
        if cell.paragraphs and has_code(cell.paragraphs[0].text):
            return True
    told = [cell.paragraphs[0].text for cell in first if cell.paragraphs]
    # Every cell begins a sentence: a row is hardly ever cut between two of them everywhere.
    return len(told) == len(first) and all(text[:1].isupper() for text in told)


def _join_row(table: PageTable, cells: Sequence[PdfCell]) -> None:
    for cell in cells:
        _join_cell(table, cell)


def _above(table: PageTable, cell: PdfCell) -> PdfCell | None:
    """Return the lowest cell of a table in a cell's column."""
    column = _nearest(table.edges, cell.left)
    inside = [item for item in table.cells if _nearest(table.edges, item.left) == column]
    return max(inside, key=lambda item: item.row, default=None)


def _join_cell(table: PageTable, cell: PdfCell) -> None:
    """Add the texts of a cell to those of the one above it, which a page has cut."""
    if not cell.paragraphs:
        return
    above = _above(table, cell)
    if above is None or not above.paragraphs or above.row + above.rows < table.height:
        table.cells.append(cell)  # the row that was cut had nothing of this column yet
        return
    first, *rest = cell.paragraphs
    last = above.paragraphs[-1]
    if _is_one(above, cell):
        text, _ = glued(last.text, first.text)
        above.paragraphs[-1] = ReadParagraph(
            text=text,
            place=f"{last.place} et {first.place}",
            level=last.level,
            close=last.close,
            doubt=_CUT,
        )
    else:
        above.paragraphs.append(
            ReadParagraph(
                text=first.text, place=first.place, level=first.level, close=False, doubt=_CUT
            )
        )
    above.paragraphs += rest
    above.lines = cell.lines


def _is_one(above: PdfCell, cell: PdfCell) -> bool:
    """Return whether the last paragraph of a cell and the first of its continuation are one."""
    before, after = above.paragraphs[-1].text, cell.paragraphs[0].text
    if is_bullet(after) or not above.lines or not cell.lines:
        return False
    if before[-1:] in _STOPS and not after[:1].islower():
        # Two sentences: of one paragraph, unless the cell sets its paragraphs apart.
        spaced = any(not item.close for item in above.paragraphs[1:])
        return not spaced and fills(above.lines[-1], cell.lines[0])
    if RULE.fullmatch(before) or RULE.fullmatch(after):
        return False
    return after[:1].islower() or fills(above.lines[-1], cell.lines[0])


def _extend_above(table: PageTable, cell: PdfCell, bottom: int) -> None:
    """Let the cell above go on down to a row: on the next page a merged cell is empty."""
    above = _above(table, cell)
    if above is not None and above.row + above.rows >= table.height:
        above.rows = max(above.rows, bottom - above.row)


def lay_out(table: PageTable, place: str) -> ReadBlock:
    """Return a table as texts with their places."""
    table.finish(table.page)
    cells = [
        DocumentCell(
            row=cell.row,
            column=(left := _nearest(table.edges, cell.left)),
            rows=cell.rows,
            columns=max(1, _nearest(table.edges, cell.right) - left),
            paragraphs=tuple(cell.paragraphs),
        )
        for cell in table.cells
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return ReadBlock(place=place, cells=tuple(cells))
