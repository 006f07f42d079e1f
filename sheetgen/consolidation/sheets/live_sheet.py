"""One sheet of the consolidation: its columns, its head, its page.

Its table is written from the top down, and no row is come back to (`table_sheet`).
"""

from __future__ import annotations

import math
from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from xlsxwriter.utility import xl_col_to_name

from sheetgen.consolidation.plan import NOTE_ROW
from sheetgen.consolidation.styles import WORDS, Style
from sheetgen.excel import sheet_prefix, text_fit
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import Readings
from sheetgen.text import numeric_dates_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.plan import WorkbookPlan
    from sheetgen.consolidation.sheets.lists import Lists
    from sheetgen.consolidation.styles import ConsolidationStyles
    from sheetgen.excel import Content, StampedWorkbook, StampedWorksheet
    from sheetgen.excel.palette import Tone
    from sheetgen.model import SessionDecisions
    from sheetgen.rules import Addresses, Formulas

Workings = TypeVar("Workings", bound="Addresses")

_BODY = text_fit.Font(size=11)
_HEADING = text_fit.Font(size=11, bold=True)
_LEAST_HEIGHT = 18.0
"""Of a row, in points."""

SCREEN = 1245, 520
"""The pixels that a screen of 1366 × 768 leaves to cells, wide and high.

LibreOffice draws a column a fiftieth wider than Excel, of whose pixels these are.
"""

_BUTTON = 1.5
"""In characters: what a filter's button covers of a title's cell, beside the cell's margins."""

_CHARACTER = 7
"""In pixels: what a sheet counts the widths of its columns in."""

_PAGE_WIDTH, _PAGE_HEIGHT = 784, 500
_POINTS_PER_CHARACTER = 5.5
"""In points: what a page holds, and the width of a character."""

_NO_ERRORS = ("number_stored_as_text", "formula_differs")
"""What Excel would flag in green: candidates' numbers are texts, and rows have their own jurors."""
_EVERYWHERE = "A1:XFD1048576"
_PROTECTION = {
    "autofilter": True,
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidationBook:
    """The workbook being written, and what every sheet of it is written from.

    Attributes:
        stamped: whether rows are stamped; XlsxWriter writes each one otherwise.
    """

    workbook: StampedWorkbook
    styles: ConsolidationStyles
    plan: WorkbookPlan
    formulas: Formulas
    lists: Lists
    stamped: bool = True

    @property
    def decisions(self) -> SessionDecisions:
        """Return the decisions being written."""
        return self.plan.decisions


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table; one without a width is hidden.

    One that is `aside`, after all that is looked at first, may lie outside the screen.
    """

    title: str
    width: float = 0
    aside: bool = False

    @property
    def pixels(self) -> int:
        """Return what the column takes of a screen at 100 %."""
        return int(self.width * _CHARACTER + 5) if self.width else 0

    def title_width(self, lines: int) -> float:
        """Return how many characters wide its title is on so many lines, a filter beside it."""
        return _title_width(self.title, lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadHeights:
    """The heights of the rows above a table, in points; 0 hides one."""

    title: float = 28
    session: float = 18
    state: float = 34
    note: float = 18


class LiveSheet:
    """A sheet with one table; rows count from 1, columns are known by their titles."""

    def __init__(
        self,
        book: ConsolidationBook,
        name: str,
        columns: Sequence[SheetColumn],
        *,
        outlined: bool = True,
    ) -> None:
        """Add the sheet.

        Args:
            book: the workbook.
            name: the sheet's.
            columns: of its table.
            outlined: whether hidden columns are a group that can be opened, for which LibreOffice
                takes 29 pixels above the cells.
        """
        self.book = book
        self.name = name
        self._prefix = sheet_prefix(name)
        self.columns = {column.title: column for column in columns}
        self.worksheet: StampedWorksheet = book.workbook.add_worksheet(name)
        self._index = {column.title: place for place, column in enumerate(columns)}
        for place, column in enumerate(columns):
            hidden = {} if column.width else {"hidden": True, "level": 1 if outlined else 0}
            self.worksheet.set_column(place, place, column.width or None, None, hidden)
        self.shown = max((n for n, item in enumerate(columns, start=1) if item.width), default=0)
        wide = sum(column.pixels for column in columns if not column.aside)
        if wide > SCREEN[0] and not name.startswith("_"):
            self.worksheet.set_zoom(SCREEN[0] * 100 // wide)

    def index(self, title: str) -> int:
        """Return the column's index, from 0."""
        return self._index[title]

    def letter(self, title: str) -> str:
        """Return the column's letter."""
        return str(xl_col_to_name(self._index[title]))

    def cell(self, title: str, row: int | str) -> str:
        """Return the address of a cell, for a formula of another sheet.

        Here as below, a row may be a mark that stands for its number.
        """
        return f"{self._prefix}${self.letter(title)}${row}"

    def range(self, title: str, first: int | str, last: int | str) -> str:
        """Return a column's rows from first to last, for a formula of another sheet."""
        letter = self.letter(title)
        return f"{self._prefix}${letter}${first}:${letter}${last}"

    def letters(self, titles: Workings) -> Workings:
        """Return the rules' columns by their letters, for `place`; empty for one left out."""

        def letter(title: str) -> str:
            return self.letter(title) if title in self._index else ""

        def lettered(title: str | Readings[str]) -> str | Readings[str]:
            return title.map(letter) if isinstance(title, Readings) else letter(title)

        changes = {field.name: lettered(getattr(titles, field.name)) for field in fields(titles)}
        return replace(titles, **cast("dict[str, Any]", changes))

    def write(self, row: int, title: str, content: Content, style: Style) -> None:
        """Write one cell: a text as a text, a number as a number, None as an empty cell."""
        self.write_at(row, self._index[title], content, style)

    def write_at(self, row: int, column: int, content: Content, style: Style) -> None:
        """Like `write`, where a column has no title of its own; `column` counts from 0."""
        self.worksheet.put(row - 1, column, content, self.book.styles[style])

    def fit(self, row: int, texts: Sequence[tuple[str, str]]) -> None:
        """Give the row the height its wrapped texts need; `texts` are (column title, text)."""
        fitted = [(text, self.columns[title].width) for title, text in texts]
        self.worksheet.set_row(row - 1, row_height(fitted))

    def tint(self, title: str, first: int, last: int, words: Sequence[str]) -> None:
        """Give each of these words its colours and its symbol, on these rows of a column."""
        for word in words:
            self.tint_when(title, (first, last), f'"{word}"', WORDS[word])

    def tint_when(self, title: str, rows: tuple[int, int], value: str, tone: Tone) -> None:
        """Give the tone's colours and symbol to the cells of these rows that hold this value."""
        column = self._index[title]
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": value,
            "format": self.book.styles.conditional(tone),
        }
        self.worksheet.conditional_format(rows[0] - 1, column, rows[1] - 1, column, rule)

    def offer(self, title: str, rows: tuple[int, int], rule: dict[str, object]) -> None:
        """Hold these rows of a column to a data validation."""
        column = self._index[title]
        self.worksheet.data_validation(rows[0] - 1, column, rows[1] - 1, column, rule)

    def offer_many(
        self, title: str, runs: Sequence[tuple[int, int]], rule: dict[str, object]
    ) -> None:
        """Hold several runs of rows of a column to one data validation."""
        column = self._index[title]
        (first, last), *others = runs
        cells = [[start - 1, column, end - 1, column] for start, end in others]
        rule = {**rule, "other_cells": cells}
        self.worksheet.data_validation(first - 1, column, last - 1, column, rule)

    def head(self, title: str, note: str, heights: HeadHeights | None = None) -> None:
        """Write the rows above the table: title, session, how final it is, what the sheet tells."""
        provisional = self.book.plan.decisions.provisional
        loud = HeadHeights() if provisional else HeadHeights(state=20)
        points = heights or loud
        self._line(1, title, Style.TITLE, points.title)
        self._line(2, session_text(self.book.plan), Style.SUBTITLE, points.session)
        if provisional:
            self._line(3, provisional_text(self.book.plan), Style.PROVISIONAL, points.state)
        else:
            self._line(3, COMPLETE_TEXT, Style.COMPLETE, points.state)
        self._line(NOTE_ROW, note, Style.NOTE, points.note)

    def _line(self, row: int, text: str, style: Style, height: float) -> None:
        """Write one text across the table's width: empty cells at its right let it run over."""
        if height:
            self.worksheet.set_row(row - 1, height)
        else:
            self.worksheet.set_row(row - 1, None, None, {"hidden": True})
        for column in range(self.shown):
            self.write_at(row, column, text if column == 0 else None, style)

    def fits_on_a_page(self, points: float) -> bool:
        """Return whether rows of this height are printed on one page, fitted to its width."""
        width = sum(column.width for column in self.columns.values()) * _POINTS_PER_CHARACTER
        return points * min(1, _PAGE_WIDTH / width) <= _PAGE_HEIGHT

    def begin(
        self, header_row: int, *, frozen_columns: int, repeated: bool = True, height: float = 34
    ) -> None:
        """Write the header cells, and freeze what stays in sight: the head and some columns.

        Args:
            header_row: counted from 1.
            frozen_columns: those at the left that stay in sight.
            repeated: whether every page has the header.
            height: of the header, in points.
        """
        self.worksheet.set_row(header_row - 1, height)
        for title in self.columns:
            self.write(header_row, title, title, Style.HEADER)
        self.worksheet.freeze_panes(header_row, frozen_columns)
        if repeated:
            self.worksheet.repeat_rows(header_row - 1)

    def end(self, header_row: int, last_row: int) -> None:
        """Add the table's filter, once its last row is known."""
        last = max(last_row, header_row + 1)
        self.worksheet.autofilter(header_row - 1, 0, last - 1, self.shown - 1)

    def page(self, last_row: int) -> None:
        """Set up A4 landscape, one page wide, with a footer; protect without a key."""
        sheet = self.worksheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.hide_gridlines(2)
        sheet.print_area(0, 0, last_row - 1, self.shown - 1)
        if self.book.plan.decisions.provisional:
            sheet.set_header(f'&R&"{text_fit.FONT},Bold"&14PROVISOIRE')
        session = self.book.decisions.session.code[:60].replace("&", "&&")
        sheet.set_footer(f"&L{session}&C{self.name}&RPage &P / &N")
        sheet.ignore_errors(dict.fromkeys(_NO_ERRORS, _EVERYWHERE))
        sheet.protect("", _PROTECTION)


def row_height(texts: Sequence[tuple[str, float]]) -> float:
    """Return the height in points of a row for wrapped texts, each in a column of this width."""
    return max((text_height(text, width) for text, width in texts), default=_LEAST_HEIGHT)


@lru_cache(maxsize=16_384)
def text_height(text: str, columns: float) -> float:
    """Return the height in points of a row for a wrapped text in a column of this width."""
    return min(max(_height(text, columns), _LEAST_HEIGHT), text_fit.MAXIMUM_HEIGHT)


COMPLETE_TEXT = "✔ Toutes les appréciations attendues sont là."


def session_text(plan: WorkbookPlan) -> str:
    """Return the session and the certification, on one line."""
    session = plan.decisions.session
    parts = [session.code, session.title, numeric_dates_text(session.days)]
    parts.append(plan.decisions.referential.certification.title)
    return " · ".join(part for part in parts if part)


def provisional_text(plan: WorkbookPlan) -> str:
    """Return what is still to come, in capitals."""
    grids, marks = len(plan.decisions.missing), plan.missing_marks
    parts = []
    if grids:
        parts.append(f"{grids} {'grilles manquent' if grids > 1 else 'grille manque'}")
    if marks:
        parts.append(f"{marks} {'critères incomplets' if marks > 1 else 'critère incomplet'}")
    if evidence := plan.decisions.awaited_evidence:
        parts.append(f"{evidence} {'pièces attendues' if evidence > 1 else 'pièce attendue'}")
    return f"⚠ PROVISOIRE : {', '.join(parts)}" if parts else "⚠ PROVISOIRE"


@lru_cache
def _title_width(title: str, lines: int) -> float:
    widest = max(text_fit.text_width(word, _HEADING) for word in title.split(" "))
    columns = widest / _CHARACTER + 1
    while len(text_fit.wrap(title, columns, _HEADING)) > lines:
        columns += 0.1
    return math.ceil(10 * (columns + _BUTTON)) / 10


def _height(text: str, columns: float) -> float:
    """Return the height that a text needs; 0 for one line."""
    lines = text.split("\n")
    # Measuring every character matters only where a line may take a second one.
    if max(map(len, lines)) * 1.4 < columns:
        return text_fit.lines_height(len(lines), _BODY) if len(lines) > 1 else 0
    return text_fit.height(text, columns, _BODY)
