"""The cells of one .xlsx worksheet: each read exactly, or refused at its address.

Whatever stands inside the rows is understood or refused (`xlsx_rows`). What stands around them
(widths, conditional formats, drawings…) is not looked at. Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import io
from itertools import islice, pairwise
from string import digits
from typing import TYPE_CHECKING, NamedTuple, cast

from lxml import etree

from sheetgen.spreadsheet.contents import (
    UNSEEN_FORMULA,
    MergedRange,
    Moment,
    Position,
    RawCell,
    RawSheet,
    cover_formulas,
    damaged,
    refuse_far_cells,
    too_full,
)
from sheetgen.spreadsheet.known_pieces import KnownPieces
from sheetgen.spreadsheet.limits import MEBIBYTE
from sheetgen.spreadsheet.markup import (
    PARSING,
    NotUnderstoodError,
    broken_markup,
    check_document,
    children,
    parse_part,
    refuse_definition,
    refuse_text,
    refuse_what_must_be_understood,
    split_tag,
)
from sheetgen.spreadsheet.xlsx_rows import (
    BETWEEN_ROWS,
    MAIN,
    CellContent,
    LineReader,
    RowContent,
    read_range,
)
from sheetgen.text.fold import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.spreadsheet.known_pieces import CutPart
    from sheetgen.spreadsheet.limits import Scope
    from sheetgen.spreadsheet.markup import Element
    from sheetgen.spreadsheet.xlsx_values import Tables

_WHOLE_BYTES = 8 * MEBIBYTE
"""A part up to this size is parsed at one time; a larger one row by row, each forgotten after."""

_LONGEST_HEADER = 80

_ROWS: KnownPieces[RowContent] = KnownPieces("worksheet", "sheetData", "row", repeated=False)


class _Frame(NamedTuple):
    """The surroundings of the rows of a part that could be cut at them, up to its footer.

    Attributes:
        space: the namespace of a sheet's own elements.
        rows: those after the last that has cells.
        merged: the merged cells.
    """

    space: str
    rows: Sequence[RowContent]
    merged: Sequence[MergedRange]


_FRAMES: dict[tuple[bytes, bytes, bool], _Frame] = {}
"""Those of parts that were read whole, by what stands before and after the rows of a sheet, and
whether it is bare: the lists and the colours of grids made alike are the same to the letter."""

_MOST_FRAMES = 500
"""Some five megabytes; all are forgotten once they are more."""

_DATA_END, _FOOTER, _ROOT_END = b"</sheetData>", b"<headerFooter", b"</worksheet>"


def _keep_frame(key: tuple[bytes, bytes, bool], frame: _Frame) -> None:
    if len(_FRAMES) >= _MOST_FRAMES:
        _FRAMES.clear()
    _FRAMES[key] = frame


def _part_footer(after: bytes) -> tuple[bytes, bytes]:
    """Part what follows the rows at the footer of its pages, which may name a candidate."""
    usual, found, rest = after.partition(_FOOTER)
    if not found or _FOOTER in rest or b"mergeCell" in rest:
        return after, _ROOT_END
    return usual, found + rest


def read_sheet(names: tuple[str, str], body: bytes, tables: Tables, scope: Scope) -> RawSheet:
    """Return a worksheet's cells.

    Args:
        names: the sheet's and that of the part that it is in, for what is wrong with it.
        body: the part's bytes.
        tables: what its cells refer to.
        scope: how much of it is wanted: beyond the columns that are, nothing is looked at.

    Raises:
        UnreadableWorkbookError: it is not well formed, or holds what cannot be read exactly.
    """
    name, part = names
    reading = _SheetReading(name, part, tables, scope)
    try:
        if len(body) > _WHOLE_BYTES:
            reading.read_in_pieces(body)
        else:
            reading.read_whole(body)
    except NotUnderstoodError as error:
        raise damaged(error.reason, name) from error
    return reading.sheet()


class _SheetReading:
    """A worksheet while it is read; positions count from zero."""

    def __init__(self, name: str, part: str, tables: Tables, scope: Scope) -> None:
        self._name = name
        self._part = part
        self._tables = tables
        self._bare = name in scope.bare
        self._headers = frozenset(map(fold_name, scope.columns.get(name, ())))
        """Those of the columns that are wanted, until the row that has them is found."""
        self._longest = scope.formula
        self._anywhere = scope.anywhere
        self._most = scope.cells
        self._filled = 0
        self._rows: dict[int, dict[int, RawCell]] = {}
        self._formulas: dict[Position, str] = {}
        self._errors: dict[Position, str] = {}
        self._shown: dict[Position, str] = {}
        self._formats: dict[Position, str] = {}
        self._merged: list[MergedRange] = []
        self._covered: list[MergedRange] = []
        self._seen_rows: set[int] = set()

    def sheet(self) -> RawSheet:
        """Return the sheet that was read.

        Raises:
            UnreadableWorkbookError: a cell lies too far away.
        """
        rows = self._rows
        if any(left > right for left, right in pairwise(rows)):
            rows = dict(sorted(rows.items()))
        if not self._anywhere:
            refuse_far_cells(self._name, rows, (*self._formulas, *self._errors))
        cover_formulas(self._covered, rows, self._errors, self._formulas)
        return RawSheet(
            name=self._name,
            rows=rows,
            formulas=self._formulas,
            errors=self._errors,
            shown=self._shown,
            merged=tuple(self._merged),
            formats=self._formats,
        )

    # The part as a whole.

    def read_whole(self, body: bytes) -> None:
        """Read a part that is parsed at one time, but for the rows that are known."""
        cut = None if self._headers else _ROWS.cut(body, apart=self._bare)
        if cut is None or not self._read_cut(cut):
            root = parse_part(self._part, body)
            self._begin(root)
            for section in children(root, self._space):
                if section.tag == self._data_tag:
                    for line in children(section, self._space):
                        self._take(self._reader.read(line))
                else:
                    self._read_merges(section)

    def _read_cut(self, cut: CutPart[RowContent]) -> bool:
        """Read a part that could be cut at its rows; return whether it could be read so."""
        before, after = cut.around
        usual, footer = _part_footer(after)
        known = _FRAMES.get((before, usual, self._bare))
        if known is None:
            root = parse_part(self._part, cut.rest)
            self._begin(root)
            data = root.find(self._data_tag)
            if data is None:
                return False
        else:
            root = parse_part(self._part, b"".join((cut.opening, cut.items, _DATA_END, footer)))
            self._begin_in(known.space)
            self._merged.extend(known.merged)
            data = root[0]
        lines = children(data, self._space)
        self._take_pieces(cut, lines)
        last = [self._reader.read(line) for line in lines] if known is None else known.rows
        for row in last:
            self._take(row)
        for section in children(root, self._space):
            self._read_merges(section)
        if known is None and all(row.said for row in last):
            in_root = root.find(f"{{{self._space}}}headerFooter") is not None
            if footer == _ROOT_END or (in_root and _FOOTER not in before):
                _keep_frame((before, usual, self._bare), _Frame(self._space, last, self._merged))
        return True

    def _take_pieces(self, cut: CutPart[RowContent], lines: Iterator[Element]) -> None:
        """Take the rows of all pieces; `lines` yields those of the unknown ones."""
        for piece in cut.pieces:
            rows = cut.known.get(piece)
            if rows is None:
                rows = [self._reader.read(line) for line in islice(lines, cut.unknown[piece])]
                if all(row.said for row in rows):
                    _ROWS.add(cut, piece, rows)
            for row in rows:
                self._take(row)

    def read_in_pieces(self, body: bytes) -> None:
        """Read a part row by row, in little memory: what it has between its rows is refused."""
        refuse_definition(body)
        events = etree.iterparse(io.BytesIO(body), tag="{*}row", **PARSING)
        last: Element | None = None
        try:
            for _, found in events:
                line = cast("Element", found)
                if last is None:
                    self._begin(cast("Element", line.getroottree().getroot()))
                data = line.getparent()
                if data is None or data.tag != self._data_tag:
                    continue
                if line.getprevious() is not last:
                    raise NotUnderstoodError(BETWEEN_ROWS)
                self._take(self._reader.read(line))
                line.clear(keep_tail=True)
                if last is not None:
                    refuse_text(last.tail)
                    data.remove(last)
                last = line
        except etree.XMLSyntaxError as error:
            raise broken_markup(self._part, error) from error
        root = cast("Element", events.root)
        check_document(root, self._part)
        if last is None:
            self._begin(root)
        for section in children(root, self._space):
            if section.tag == self._data_tag:
                if any(line is not last for line in children(section, self._space)):
                    raise NotUnderstoodError(BETWEEN_ROWS)
            else:
                self._read_merges(section)

    def _begin(self, root: Element) -> None:
        space, kind = split_tag(root.tag)
        if kind != "worksheet" or space not in MAIN:
            reason = f"la partie « {self._part} » n'est pas une feuille de calcul"
            raise damaged(reason, self._name)
        refuse_what_must_be_understood(root, space)
        self._begin_in(space)

    def _begin_in(self, space: str) -> None:
        self._space = space
        self._data_tag, self._merges_tag = f"{{{space}}}sheetData", f"{{{space}}}mergeCells"
        self._merge_tag = f"{{{space}}}mergeCell"
        self._reader = LineReader(self._name, space, bare=self._bare)

    def _read_merges(self, section: Element) -> None:
        """Read the merged cells, if this is where they are listed."""
        if section.tag != self._merges_tag:
            return
        for item in children(section, self._space):
            if item.tag == self._merge_tag:
                found = read_range(self._name, item.get("ref"), "une fusion de cellules")
                self._merged.append(found)

    # Its rows, from what is written in them to what that stands for.

    def _take(self, content: RowContent) -> None:
        row, _, texts, others, formulas, covered = content
        if row in self._seen_rows:
            raise damaged(f"la ligne {row + 1} y figure deux fois", self._name)
        self._seen_rows.add(row)
        self._count(len(texts) + len(others))
        self._reader.after(row)
        if formulas:
            self._formulas |= self._wanted(formulas)
            self._covered += covered
        known = self._tables.texts
        cells: dict[int, RawCell] = {
            column: text for column, number, own in texts if (text := own or known.get(number))
        }
        if len(cells) < len(texts):  # some are empty, or written in another way
            cells = {}
            for column, number, own in texts:
                shared = own or self._value(row, CellContent(column, "s", number, None))
                if shared != "":
                    cells[column] = shared
        for cell in others:
            found = self._value(row, cell)
            if cell.kind == "e":
                self._errors[row, cell.column] = str(found) or "#VALUE!"
            elif found != "":
                cells[cell.column] = found
                if not isinstance(found, str):
                    self._note_format((row, cell.column), found, cell.style)
        if cells:
            self._rows[row] = dict(sorted(cells.items())) if texts and others else cells
        if self._headers:
            self._find_headers(cells)

    def _wanted(self, formulas: Mapping[Position, str]) -> Mapping[Position, str]:
        """Return formulas with no more text than is wanted."""
        longest = self._longest
        if longest is None:
            return formulas
        return {
            place: UNSEEN_FORMULA if len(formula) > longest else formula
            for place, formula in formulas.items()
        }

    def _find_headers(self, cells: Mapping[int, RawCell]) -> None:
        """Have the columns that are wanted read alone from here on, if this row has the headers."""
        found = {
            column: fold_name(value[:_LONGEST_HEADER]).rstrip(digits)
            for column, value in cells.items()
            if isinstance(value, str)
        }
        if self._headers <= set(found.values()):
            self._reader.want(column for column, said in found.items() if said in self._headers)
            self._headers = frozenset()

    def _count(self, filled: int) -> None:
        self._filled += filled
        if self._most is not None and self._filled > self._most:
            raise too_full(self._name, self._most)

    def _value(self, row: int, cell: CellContent) -> RawCell:
        if not cell.text:
            return ""
        try:
            return self._tables.value(cell.kind, cell.text, cell.style)
        except NotUnderstoodError as error:
            raise damaged(error.reason, self._name, (row, cell.column)) from error

    def _note_format(self, place: Position, found: RawCell, style: str | None) -> None:
        """Take note of what a number shows where that is another, and of its format if wanted."""
        if isinstance(found, float) and (shown := self._tables.shown(found, style)):
            self._shown[place] = shown
        if self._tables.codes and isinstance(found, float | Moment):
            code = self._tables.code(style)
            if code:
                self._formats[place] = code
