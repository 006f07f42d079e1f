"""The cells of one .xlsx worksheet: each read exactly, or refused at its address.

Whatever stands inside the rows is understood or refused (`xlsx_rows`). What stands around them
(widths, conditional formats, drawings…) is not looked at. Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

import io
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
from sheetgen.spreadsheet.known_cells import KnownCells
from sheetgen.spreadsheet.known_pieces import KnownPieces
from sheetgen.spreadsheet.known_rows import KnownRow
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

    from sheetgen.spreadsheet.known_cells import NewRows
    from sheetgen.spreadsheet.known_pieces import CutPart
    from sheetgen.spreadsheet.limits import Scope
    from sheetgen.spreadsheet.markup import Element
    from sheetgen.spreadsheet.xlsx_values import Tables

_WHOLE_BYTES = 8 * MEBIBYTE
"""A part up to this size is parsed at one time; a larger one row by row, each forgotten after."""

_LONGEST_HEADER = 80


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


_FOOTER = "headerFooter"

_ROWS: KnownPieces[KnownRow, _Frame] = KnownPieces(
    "worksheet", "sheetData", "row", repeated=False, footer=(_FOOTER, "mergeCell")
)

_CELLS = KnownCells()

_DATA_END, _ROOT_END = b"</sheetData>", b"</worksheet>"


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
        self._alike = scope.alike
        self._most = scope.cells
        self._filled = 0
        self._held = scope.cells is not None or scope.formula is not None
        self._rows: dict[int, Mapping[int, RawCell]] = {}
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
        lines = sorted(rows)
        if lines != list(rows):
            rows = {row: rows[row] for row in lines}
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
        cut = None if self._headers or not self._alike else _ROWS.cut(body, apart=self._bare)
        if cut is None or not self._read_cut(cut):
            root = parse_part(self._part, body)
            self._begin(root)
            for section in children(root, self._space):
                if section.tag == self._data_tag:
                    for line in children(section, self._space):
                        self._take(self._reader.read(line))
                else:
                    self._read_merges(section)

    def _read_cut(self, cut: CutPart[KnownRow, _Frame]) -> bool:
        """Read a part that could be cut at its rows; return whether it could be read so."""
        frame = cut.frame
        if frame is None:
            return self._read_new_frame(cut)
        self._begin_in(frame.space)
        self._merged.extend(frame.merged)
        new = _CELLS.cut(cut.opening, cut.unknown, whole=self._bare)
        footer = cut.new_footer
        if not (new.items or footer):
            self._take_pieces(cut, new, iter(()))
        else:
            body = b"".join((cut.opening, new.items, _DATA_END, footer, _ROOT_END))
            root = parse_part(self._part, body)
            self._take_pieces(cut, new, children(root[0], self._space))
            if footer:
                _ROWS.add_footer(cut)
        for row in frame.rows:
            self._take(row)
        return True

    def _read_new_frame(self, cut: CutPart[KnownRow, _Frame]) -> bool:
        new = _CELLS.cut(cut.opening, cut.unknown, whole=self._bare)
        root = parse_part(self._part, cut.around_items(new.items))
        self._begin(root)
        data = root.find(self._data_tag)
        if data is None:
            return False
        lines = children(data, self._space)
        self._take_pieces(cut, new, lines)
        last = [self._reader.read(line) for line in lines]
        for row in last:
            self._take(row)
        for section in children(root, self._space):
            self._read_merges(section)
        if all(row.said for row in last) and (not cut.footer or self._ends_in_footer(root, cut)):
            _ROWS.add_frame(cut, _Frame(self._space, last, self._merged))
        return True

    def _ends_in_footer(self, root: Element, cut: CutPart[KnownRow, _Frame]) -> bool:
        """Return whether the footer where the part was cut is a child of the root."""
        found = root.find(f"{{{self._space}}}{_FOOTER}") is not None
        return found and _FOOTER.encode() not in b"".join(cut.around)

    def _take_pieces(
        self, cut: CutPart[KnownRow, _Frame], new: NewRows, lines: Iterator[Element]
    ) -> None:
        """Take the rows of all pieces; `lines` yields what was parsed of those that are new."""
        waiting = list(cut.begun)
        for piece in cut.pieces:
            rows = cut.known.pieces.get(piece)
            if rows is not None:
                waiting += rows
                continue
            self._take_known(waiting)
            waiting.clear()
            read = new.read(piece, lines, self._reader)
            if read is None:
                read = [self._read_alone(cut.opening, piece)]
            for content in read:
                self._take(content)
            if not new.is_new(piece) and all(content.said for content in read):
                _ROWS.add(cut, piece, list(map(KnownRow, read)))
        self._take_known(waiting)

    def _read_alone(self, opening: bytes, piece: bytes) -> RowContent:
        """Return a row that was parsed at its cells, parsed as it is."""
        body = b"".join((opening, piece, b"</row>", _DATA_END, _ROOT_END))
        root = parse_part(self._part, body)
        return self._reader.read(root[0][0])

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

    def _take_known(self, known: Sequence[KnownRow]) -> None:
        """Take rows that were read before, with their values if their texts are what they were."""
        texts, seen = self._tables.texts, self._seen_rows
        for again in known:
            row = again.row
            if again.pick is None or self._held or row in seen:
                self._take(again.content)
                continue
            try:
                same = again.pick(texts) == again.texts
            except KeyError:
                same = False
            if not same:
                self._take(again.content)
                _ROWS.weigh(again.keep(texts, self._rows.get(row, {})))
                continue
            seen.add(row)
            if again.formulas:
                self._formulas.update(again.formulas)
                self._covered += again.content.covered
            if again.cells:
                self._rows[row] = again.cells
        if known:
            self._reader.after(known[-1].row)

    def _take(self, content: RowContent) -> None:
        row, _, texts, others, formulas, covered = content
        if row in self._seen_rows:
            raise damaged(f"la ligne {row + 1} y figure deux fois", self._name)
        self._seen_rows.add(row)
        if self._most is not None:
            self._count(len(texts) + len(others), self._most)
        if formulas:
            self._formulas |= formulas if self._longest is None else self._wanted(formulas)
            self._covered += covered
        cells = self._values(content) if texts or others else {}
        if cells:
            self._rows[row] = cells
        if self._headers:
            self._find_headers(cells)

    def _values(self, content: RowContent) -> Mapping[int, RawCell]:
        """Return the values of a row's cells, by column."""
        row, _, texts, others, _, _ = content
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
        return dict(sorted(cells.items())) if texts and others else cells

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

    def _count(self, filled: int, most: int) -> None:
        self._filled += filled
        if self._filled > most:
            raise too_full(self._name, most)

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
