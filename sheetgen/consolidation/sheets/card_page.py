"""The page of « Fiche », still empty: its columns, its rows, and what each part writes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import DeliberationColumn
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, HEADER_ROW
from sheetgen.consolidation.sheets.card_people import MATTERS
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.sheets.card_people import Places
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.consolidation.sheets.shown_candidate import CardSheets, ShownCandidate
    from sheetgen.consolidation.styles import OutOf, Style

CODE, TITLE, OUTCOME, SCORE, DIVERGENCES = "Code", "Intitulé", "Résultat", "Score", "Écarts"
GAP = ""
SUBJECT, PROPOSAL, DECISION, CHECK = (
    item.value
    for item in (
        DeliberationColumn.SUBJECT,
        DeliberationColumn.PROPOSAL,
        DeliberationColumn.DECISION,
        DeliberationColumn.CHECK,
    )
)
CHOOSER_ROW, IDENTITY_ROW, STATE_ROW, PAGE_HEADER_ROW = 1, 2, 3, 4
FIRST_ROW = PAGE_HEADER_ROW + 1
_PAGE_LINES = 40
"""The lines of a page of A4 as wide as the sheet, below its header."""

LEAST_TEXT = 8
"""The fewest lines that a text is worth beginning on."""

_MARKS_WIDTH, _LEAST_MARKS = 30, 6


def chooser_rule(source: str) -> dict[str, object]:
    """Return the validation of the cell where a candidate is chosen: a list, or what is typed."""
    return {
        "validate": "list",
        "source": f"={source}",
        "show_error": False,
    }


def add_card(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    seats = max(book.plan.seats, 1)
    marks = max(_LEAST_MARKS, _MARKS_WIDTH // seats)
    columns = [
        SheetColumn(CODE, 8),
        SheetColumn(TITLE, 29),
        SheetColumn(OUTCOME, 15),
        SheetColumn(SCORE, 8),
        SheetColumn(DIVERGENCES, 5),
        *(SheetColumn(layout.juror_header(slot), marks) for slot in range(1, seats + 1)),
        SheetColumn(GAP, 1),
        SheetColumn(SUBJECT, 13),
        SheetColumn(PROPOSAL, 19),
        SheetColumn(DECISION, 19),
        SheetColumn(CHECK, 22),
    ]
    return LiveSheet(book, layout.CARD_SHEET, columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlan:
    """The rows of the sheet: where each part of it stands."""

    lines: int
    matters: Sequence[str]

    def matter_row(self, subject: str) -> int:
        """Return the row of what the jury decides: a bloc, the certification or the mention."""
        return FIRST_ROW + list(self.matters).index(subject)

    @property
    def text_row(self) -> int:
        """Return the header of the text at the right."""
        return FIRST_ROW + len(self.matters)

    @property
    def rest_row(self) -> int:
        """Return the header of the text at the left, below all lines."""
        return FIRST_ROW + self.lines

    @property
    def last_row(self) -> int:
        """Return the last row of the page."""
        least = max(self.rest_row, self.text_row) + LEAST_TEXT
        return max(least, PAGE_HEADER_ROW + _PAGE_LINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPage:
    """The sheet to write, the sheets that it shows, and the candidate who is shown of them."""

    sheet: LiveSheet
    sheets: CardSheets
    plan: CardPlan
    shown: ShownCandidate

    def of(self, places: Places, sheet: LiveSheet, title: str, rank: str) -> str:
        """Return the formula of a cell of the candidate's row of this rank; blank for none."""
        found = self.shown.looked_up(places, sheet, title, rank)
        return f'=IF({rank}=0,"",IF({found}="","",{found}))'

    def put(self, row: int, title: str, formula: str, style: Style | OutOf) -> None:
        """Write a formula, empty while nobody is shown."""
        cell = Cell(formula, "")
        sheet = self.sheet
        sheet.worksheet.put(row - 1, sheet.index(title), cell, sheet.book.styles[style])

    def merge(
        self, row: int, columns: tuple[str, str], content: Cell | str, style: Style, last: int = 0
    ) -> None:
        """Write one cell over these columns, down to a last row."""
        sheet = self.sheet
        first, end = map(sheet.index, columns)
        look = sheet.book.styles[style]
        sheet.worksheet.merge_range(row - 1, first, max(last, row) - 1, end, "", look)
        sheet.worksheet.put(row - 1, first, content, look)

    def link(self, told: str, rank: str) -> str:
        """Return the formula of a link to the jury's decision on the line of this rank."""
        first = self.shown.scalar(MATTERS.first)
        letter = self.sheets.deliberation.letter(DECISION)
        row = f"IF(OR({first}=0,{rank}=0),1,{first}+{rank}-1)+{DELIBERATION_HEADER_ROW}"
        place = text(f"#'{layout.DELIBERATION_SHEET}'!{letter}")
        return f"=HYPERLINK({place}&{row},{text(told)})"

    def of_summary(self, title: str) -> str:
        """Return the formula, without its sign, of what « Synthèse » says of the candidate."""
        people = max(len(self.sheet.book.plan.people), 1)
        cells = self.sheets.summary.range(title, HEADER_ROW + 1, HEADER_ROW + people)
        return f'INDEX({cells},{self.shown.rank})&""'
