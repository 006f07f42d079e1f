"""The sheet « Compétences »: each candidate's competencies, from the rows of their criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import Style
from sheetgen.model import CompetencyOutcome
from sheetgen.rules import Cell, CompetencyCells, Readings, place
from sheetgen.rules.excel import among

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CompetencyRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.excel import Content

TITLE = "Intitulé"
ACQUIRED = "Critères acquis"

CELLS = CompetencyCells(
    outcome=layout.OUTCOME,
    score=layout.SCORE,
    acquired=Readings("Acquise au pire", "Acquise au mieux"),
    attained=Readings("Score au pire", "Score au mieux"),
    weight="Poids",
    mandatory="Obligatoire",
)
"""The columns of the rules' workings; all but the first two are hidden."""

_STYLES = {CELLS.outcome: Style.OUTCOME, CELLS.score: Style.SCORE}


def add_competencies(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    return LiveSheet(
        book,
        layout.COMPETENCIES_SHEET,
        [
            SheetColumn(layout.CANDIDATE, 10),
            SheetColumn(layout.NAME, 28),
            SheetColumn(layout.BLOCK, 8),
            SheetColumn(layout.COMPETENCY, 12),
            SheetColumn(TITLE, 80),
            SheetColumn(CELLS.outcome, 17),
            SheetColumn(CELLS.score, 11),
            SheetColumn(ACQUIRED, 11),
            *(SheetColumn(title) for title in (CELLS.weight, CELLS.mandatory)),
            *(SheetColumn(title) for title in (*CELLS.acquired, *CELLS.attained)),
        ],
    )


class CompetenciesWriter:
    """Fills the sheet from its head down, a candidate at a time."""

    def __init__(self, sheet: LiveSheet, criteria: LiveSheet) -> None:
        self.sheet = sheet
        self.criteria = criteria
        self.last_row = HEADER_ROW
        self._known = {item.code: item for item in sheet.book.decisions.referential.competencies}
        self._letters = sheet.letters(CELLS)
        self._criteria_letters = criteria.letters(criteria_sheet.CELLS)
        sheet.head(
            "Compétences : score et résultat",
            "Tout est calculé d'après la feuille Critères, selon les règles du référentiel.",
        )
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's competencies."""
        for block in candidate.blocks:
            for item in block.competencies:
                self._write_row(candidate, block, item)

    def finish(self) -> None:
        """Write what holds for the whole table."""
        rows = HEADER_ROW + 1, max(self.last_row, HEADER_ROW + 1)
        outcomes = [outcome.value for outcome in CompetencyOutcome]
        self.sheet.tint(CELLS.outcome, *rows, outcomes)
        self.sheet.end(HEADER_ROW, self.last_row)
        self.sheet.page(rows[1])

    def _write_row(self, candidate: CandidateRow, block: BlockRow, item: CompetencyRow) -> None:
        sheet, book = self.sheet, self.sheet.book
        row = self.last_row = item.row
        competency = self._known[item.decision.code]
        name = book.plan.name_of(candidate.candidate)
        texts: dict[str, Content] = {
            layout.CANDIDATE: candidate.candidate.id,
            layout.NAME: name,
            layout.BLOCK: block.decision.code,
            layout.COMPETENCY: competency.code,
            TITLE: competency.title,
        }
        for title, content in texts.items():
            sheet.write(row, title, content, Style.TEXT)
        first, last = item.criteria[0].row, item.criteria[-1].row
        contents = book.formulas.competency(
            competency,
            item.decision,
            place(self._criteria_letters, first, last, f"'{self.criteria.name}'"),
            place(self._letters, row),
        )
        sheet.write_workings(row, CELLS, contents, _STYLES)
        sheet.write(row, ACQUIRED, _acquired(item, self.criteria), Style.COUNT)
        sheet.fit(row, [(layout.NAME, name), (TITLE, competency.title)])


def _acquired(item: CompetencyRow, criteria: LiveSheet) -> Cell:
    """Return the number of criteria acquired, out of those that are not exempt."""
    first, last = item.criteria[0].row, item.criteria[-1].row
    total = sum(not criterion.exempt for criterion in item.criteria)
    acquired = sum(bool(criterion.decision.acquired) for criterion in item.criteria)
    count = among(criteria.range(criteria_sheet.ACQUIRED, first, last), layout.YES)
    return Cell(f'={count}&" / {total}"', f"{acquired} / {total}")
