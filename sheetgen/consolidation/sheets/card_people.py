"""The hidden sheet « _candidats »: where each candidate's rows are, for « Fiche » to find them.

A row per candidate, of values: the text under which a list offers them, and the places of their
rows below the headers of the other sheets, first and how many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, HEADER_ROW
from sheetgen.consolidation.sheets.card_details import MOST_PEOPLE
from sheetgen.consolidation.sheets.card_texts import (
    CriteriaTexts,
    Room,
    tell_criteria,
    tell_opinions,
)
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.consolidation.plan import CandidateRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook

LABEL = "Choix"
NUMBER = layout.CANDIDATE
NAME = layout.NAME
FAMILY = "Nom de famille"
RANK = "Rang"
OPINIONS = "Avis des jurés"
RIGHT, LEFT, MISSING = "Texte à droite", "Texte à gauche", "Manquants"

HEADER = 1
"""The row of the headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The columns that say where the rows of one sheet are: the first one's place, how many."""

    first: str
    count: str

    @classmethod
    def of(cls, name: str) -> Places:
        """Return the titles of both columns for the sheet of this name."""
        return cls(first=f"{name} : première", count=f"{name} : nombre")


BLOCKS = Places.of(layout.BLOCKS_SHEET)
COMPETENCIES = Places.of(layout.COMPETENCIES_SHEET)
CRITERIA = Places.of(layout.CRITERIA_SHEET)
ASSESSMENTS = Places.of(layout.ASSESSMENTS_SHEET)
MATTERS = Places.of(layout.DELIBERATION_SHEET)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A row to write."""

    rows: tuple[int]
    rank: int
    number: str
    name: str
    family: str
    label: str
    opinions: str
    texts: CriteriaTexts
    blocks: tuple[int, int]
    competencies: tuple[int, int]
    criteria: tuple[int, int]
    assessments: tuple[int, int]
    matters: tuple[int, int]
    alike: None = None


_Column: TypeAlias = "TableColumn[PersonLine, None]"
PeopleSheet: TypeAlias = "TableSheet[PersonLine, None]"


def add_people(book: ConsolidationBook) -> PeopleSheet:
    """Add the sheet, still empty."""
    columns: list[_Column] = [
        _column(LABEL, lambda line: line.label),
        _column(NUMBER, lambda line: line.number),
        _column(NAME, lambda line: line.name),
        _column(RANK, lambda line: line.rank),
        _column(OPINIONS, lambda line: line.opinions),
        *_places(BLOCKS, lambda line: line.blocks),
        *_places(COMPETENCIES, lambda line: line.competencies),
        *_places(CRITERIA, lambda line: line.criteria),
        *_places(ASSESSMENTS, lambda line: line.assessments),
        *_places(MATTERS, lambda line: line.matters),
        _column(RIGHT, lambda line: line.texts.right),
        _column(LEFT, lambda line: line.texts.left),
        _column(MISSING, lambda line: line.texts.missing),
        _column(FAMILY, lambda line: line.family),
    ]
    return TableSheet(book, layout.PEOPLE_SHEET, columns)


def _column(title: str, value: Callable[[PersonLine], str | int]) -> _Column:
    return TableColumn(title, 24, style=Style.HIDDEN, value=value)


def _places(titles: Places, of: Callable[[PersonLine], tuple[int, int]]) -> tuple[_Column, _Column]:
    return (
        _column(titles.first, lambda line: of(line)[0]),
        _column(titles.count, lambda line: of(line)[1]),
    )


class PeopleWriter:
    """Fills the sheet, a candidate at a time, and notes how long the other sheets' tables are."""

    def __init__(self, sheet: PeopleSheet, room: Room) -> None:
        self.sheet = sheet
        self._room = room
        self._known = {item.code: item for item in sheet.book.decisions.referential.criteria}
        self.last_row = HEADER
        self.counts: dict[Places, int] = {}
        self.most: dict[Places, int] = {}
        for title in sheet.columns:
            sheet.write(HEADER, title, title, Style.HEADER)

    def write(self, candidate: CandidateRow) -> None:
        """Write the candidate's row."""
        self.last_row += 1
        plan = self.sheet.book.plan
        number, name = candidate.candidate.id, candidate.name
        matters = [item.deliberation_row for item in candidate.blocks]
        matters += [candidate.deliberation_row, candidate.mention_row]
        shown = plan.decisions.session.anonymous
        opinions = tell_opinions(plan.decisions, candidate)
        line = PersonLine(
            rows=(self.last_row,),
            rank=self.last_row - HEADER,
            number=number,
            name="" if shown else name,
            family="" if shown else candidate.candidate.last_name,
            label=number if shown else f"{number} · {name}",
            opinions=opinions,
            texts=self._tell(candidate, opinions),
            blocks=self._place(BLOCKS, [item.row for item in candidate.blocks]),
            competencies=self._place(
                COMPETENCIES,
                [item.row for block in candidate.blocks for item in block.competencies],
            ),
            criteria=self._place(CRITERIA, [item.row for _, item in candidate.criteria]),
            assessments=self._place(ASSESSMENTS, [item.row for item in candidate.assessments]),
            matters=self._place(MATTERS, [row for row in matters if row is not None]),
        )
        self.sheet.add(line, lambda _: None)

    def finish(self) -> None:
        """Hide the sheet."""
        self.sheet.worksheet.hide()

    def _tell(self, candidate: CandidateRow, opinions: str) -> CriteriaTexts:
        """Return the texts of criteria that have no rows in this workbook."""
        plan = self.sheet.book.plan
        if plan.detailed or len(plan.people) > MOST_PEOPLE:
            return CriteriaTexts()
        return tell_criteria(candidate, self._known, opinions, self._room)

    def _place(self, places: Places, rows: list[int]) -> tuple[int, int]:
        """Return where rows are below their sheet's header, counted from 1; note how many."""
        header = DELIBERATION_HEADER_ROW if places is MATTERS else HEADER_ROW
        count = len(rows)
        self.counts[places] = max(self.counts.get(places, 0), max(rows, default=header) - header)
        self.most[places] = max(self.most.get(places, 0), count)
        return (rows[0] - header if rows else 0), count
