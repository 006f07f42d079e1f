"""The candidate whom « Fiche » shows, as formulas: their rows, their marks, the texts on them.

Each member is an address or a formula, without its sign, that holds for whoever is shown: « Fiche »
is made of them, as are the formulas of the hidden sheet « _fiche » themselves (`card_workings`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, HEADER_ROW
from sheetgen.consolidation.sheets import card_columns as columns
from sheetgen.consolidation.sheets.card_columns import HEADER_ROW_OF_TABLE
from sheetgen.consolidation.sheets.card_details import DIVERGENCES, marks_header
from sheetgen.consolidation.sheets.card_people import (
    ASSESSMENTS,
    BLOCKS,
    COMPETENCIES,
    MATTERS,
)
from sheetgen.consolidation.sheets.card_texts import ALL, LINE, Room
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.sheets.card_columns import WorkingsSheet
    from sheetgen.consolidation.sheets.card_people import PeopleWriter, Places
    from sheetgen.consolidation.sheets.live_sheet import LiveSheet

NEW_LINE = "CHAR(10)"
"""The end of a line, in a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheets:
    """The sheets that a card is made from; without criteria, the workbook is an index."""

    blocks: LiveSheet
    deliberation: LiveSheet
    summary: LiveSheet
    competencies: LiveSheet
    criteria: LiveSheet | None
    assessments: LiveSheet | None


class ShownCandidate:
    """The addresses and formulas of what is known of the candidate who is shown."""

    def __init__(
        self, sheet: WorkingsSheet, sheets: CardSheets, people: PeopleWriter, room: Room
    ) -> None:
        self.sheet = sheet
        self.sheets = sheets
        self.people = people
        self.room = room
        told = columns.PLACES if sheets.criteria is not None else (BLOCKS, COMPETENCIES, MATTERS)
        told = (*told, ASSESSMENTS)
        rows = max(1, *(people.most.get(places, 0) for places in told))
        self.last_row = HEADER_ROW_OF_TABLE + rows

    @property
    def rank(self) -> str:
        """Return the address of the shown candidate's rank; 0 for none."""
        return self.scalar(columns.RANK)

    @property
    def typed(self) -> str:
        """Return the address of what was typed to choose a candidate."""
        return self.scalar(columns.TYPED)

    def scalar(self, title: str) -> str:
        """Return the address of what stands above the table."""
        return f"'{self.sheet.name}'!$B${columns.SCALARS.index(title) + 1}"

    def column(self, places: Places, sheet: LiveSheet, title: str) -> str:
        """Return the rows below the header of another sheet's column."""
        header = DELIBERATION_HEADER_ROW if places is MATTERS else HEADER_ROW
        return sheet.range(title, header + 1, header + max(self.people.counts.get(places, 0), 1))

    def nth(self, places: Places) -> str:
        """Return the place of the n-th row of the candidate, in a row of the table."""
        return f"{self.scalar(places.first)}+${self.sheet.letter(columns.N)}${OWN_ROW}-1"

    def rank_of(self, places: Places, code: str) -> str:
        """Return the rank of a bloc, competency, épreuve or line of the candidate; 0 for none."""
        titles = {
            BLOCKS: columns.BLOCK,
            COMPETENCIES: columns.COMPETENCY,
            ASSESSMENTS: columns.ASSESSMENT,
            MATTERS: columns.MATTER,
        }
        return f"SUMPRODUCT(({self.table(titles[places])}={text(code)})*{self.table(columns.N)})"

    def looked_up(self, places: Places, sheet: LiveSheet, title: str, rank: str) -> str:
        """Return a cell of the candidate's row of this rank."""
        cells = self.column(places, sheet, title)
        return f"INDEX({cells},{self.scalar(places.first)}+{rank}-1)"

    def marks_of(self, code: str, slot: int) -> str:
        """Return the marks of a competency's criteria by the juror of a bloc's slot."""
        if self.sheets.criteria is None:
            return self._detail(code, marks_header(slot), '""')
        own = f"({self.table(columns.OWN_COMPETENCY)}={text(code)})"
        last = f"SUMPRODUCT({own}*{self.table(columns.LAST)}*{self.table(columns.N)})"
        cells = self.table(columns.slot_title("De la compétence", slot))
        return f'IF({last}=0,"",INDEX({cells},{last}))'

    def _detail(self, code: str, title: str, none: str) -> str:
        """Return what an index holds of a competency."""
        rank = self.rank_of(COMPETENCIES, code)
        found = self.looked_up(COMPETENCIES, self.sheets.competencies, title, rank)
        return f'IF({rank}=0,{none},{found}&"")'

    def divergences_of(self, code: str) -> str:
        """Return how many criteria of a competency jurors stand far apart on."""
        if self.sheets.criteria is None:
            rank = self.rank_of(COMPETENCIES, code)
            found = self.looked_up(COMPETENCIES, self.sheets.competencies, DIVERGENCES, rank)
            return f"IF({rank}=0,0,{found})"
        own = f"({self.table(columns.OWN_COMPETENCY)}={text(code)})"
        return f"SUMPRODUCT({own}*{self.table(columns.DIVERGENT)})"

    @property
    def reasons(self) -> str:
        """Return why all lines are proposed, and the jury's own reasons."""
        return self.end(columns.TOLD)

    @property
    def missing(self) -> str:
        """Return the codes of the criteria that are awaited."""
        if self.sheets.criteria is None:
            return self.scalar(columns.MISSED)
        return self.end(columns.MISSING)

    @property
    def texts(self) -> tuple[str, str]:
        """Return the addresses of the texts at the right and at the left."""
        if self.sheets.criteria is None:
            return self.scalar(columns.MIDDLE), self.scalar(columns.LEFT)
        return (
            self.end(columns.text_title(ALL, right=True)),
            self.end(columns.text_title(ALL, right=False)),
        )

    @property
    def full(self) -> str:
        """Return whether there was more to tell than both hold."""
        return f"{room_taken(self.texts[1])}>={self.room.left}"

    def table(self, title: str) -> str:
        """Return the rows of a column of the table."""
        return self.sheet.range(title, HEADER_ROW_OF_TABLE + 1, self.last_row)

    def end(self, title: str) -> str:
        """Return the address of the last row of a column of the table, where a text is whole."""
        return self.sheet.cell(title, self.last_row)


def room_taken(told: str) -> str:
    """Return the formula, without its sign, of the room that a text takes, in characters."""
    ends = f'LEN({told})-LEN(SUBSTITUTE({told},{NEW_LINE},""))'
    return f"LEN({told})+{LINE}*({ends})"
