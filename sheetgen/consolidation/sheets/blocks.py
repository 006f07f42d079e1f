"""The sheet « Décisions »: each candidate's blocs, from the rows of their competencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW, Coverage
from sheetgen.consolidation.sheets import competencies as competencies_sheet
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import Style
from sheetgen.model import BlockOutcome, CompetencyOutcome
from sheetgen.rules import BlockCells, Cell, Readings, place
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import BlockRow, CandidateRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook

TITLE = "Intitulé"
ACQUIRED = "Compétences acquises"
REASONS = "Motifs"

CELLS = BlockCells(
    outcome=layout.OUTCOME,
    score=layout.SCORE,
    validated=Readings("Validé au pire", "Validé au mieux"),
)
"""The columns of the rules' workings; all but the first two are hidden."""

_COMPUTED_OUTCOME = "Résultat calculé"
_COMPUTED_REASONS = "Motifs calculés"
_STYLES = {CELLS.outcome: Style.OUTCOME, CELLS.score: Style.SCORE}
_TRIED = "Résultat changé par un essai dans la feuille Critères."
_DECIDED = f"le jury décide dans la feuille {layout.DELIBERATION_SHEET}"
_LIVE = "Tout est calculé d'après les feuilles Critères et Compétences"
_NOTES = {
    Coverage.WHOLE: f"{_LIVE} ; {_DECIDED}.",
    Coverage.INDEX: (
        f"Le détail de chaque bloc est dans les classeurs de la feuille {layout.VOLUMES_SHEET} ; "
        f"{_DECIDED}."
    ),
    Coverage.VOLUME: f"{_LIVE} ; {_DECIDED} de consolidation.xlsx.",
}
"""What each kind of workbook's sheet is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The sheets that a bloc's row is computed from."""

    competencies: LiveSheet
    criteria: LiveSheet


def add_blocks(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    return LiveSheet(
        book,
        layout.BLOCKS_SHEET,
        [
            SheetColumn(layout.CANDIDATE, 10),
            SheetColumn(layout.NAME, 28),
            SheetColumn(layout.BLOCK, 8),
            SheetColumn(TITLE, 48),
            SheetColumn(CELLS.outcome, 17),
            SheetColumn(CELLS.score, 11),
            SheetColumn(ACQUIRED, 13),
            SheetColumn(REASONS, 62),
            *(SheetColumn(title) for title in CELLS.validated),
            SheetColumn(_COMPUTED_OUTCOME),
            SheetColumn(_COMPUTED_REASONS),
        ],
    )


class BlocksWriter:
    """Fills the sheet from its head down, a candidate at a time.

    Without the sheets of competencies and criteria, which are then in other workbooks, what is
    computed stands as values.
    """

    def __init__(self, sheet: LiveSheet, details: Details | None) -> None:
        self.sheet = sheet
        self.details = details
        self.last_row = HEADER_ROW
        self._letters = sheet.letters(CELLS)
        sheet.head("Décisions proposées, bloc par bloc", _NOTES[sheet.book.plan.coverage])
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's blocs."""
        for item in candidate.blocks:
            self._write_row(candidate, item)

    def finish(self) -> None:
        """Write what holds for the whole table."""
        rows = HEADER_ROW + 1, max(self.last_row, HEADER_ROW + 1)
        self.sheet.tint(CELLS.outcome, *rows, [outcome.value for outcome in BlockOutcome])
        self.sheet.end(HEADER_ROW, self.last_row)
        self.sheet.page(rows[1])

    def _write_row(self, candidate: CandidateRow, item: BlockRow) -> None:
        sheet, plan = self.sheet, self.sheet.book.plan
        row = self.last_row = item.row
        name = plan.name_of(candidate.candidate)
        title = plan.decisions.referential.block[item.decision.code].title
        sheet.write(row, layout.CANDIDATE, candidate.candidate.id, Style.TEXT)
        sheet.write(row, layout.NAME, name, Style.TEXT)
        sheet.write(row, layout.BLOCK, item.decision.code, Style.TEXT)
        sheet.write(row, TITLE, title, Style.TEXT)
        sheet.write_workings(row, CELLS, self._cells(item), _STYLES)
        competencies = self.details.competencies if self.details else None
        sheet.write(row, ACQUIRED, _acquired(item, competencies), Style.COUNT)
        reasons = "\n".join(reason.message for reason in item.decision.reasons)
        if self.details and item.competencies:
            _write_live_reasons(sheet, item, reasons)
        else:
            sheet.write(row, REASONS, reasons, Style.TEXT)
        sheet.fit(row, [(layout.NAME, name), (TITLE, title), (REASONS, reasons)])

    def _cells(self, item: BlockRow) -> BlockCells[Cell]:
        formulas = self.sheet.book.formulas
        if self.details is None or not item.competencies:
            return formulas.block_as_decided(item.decision)
        criteria, competencies = self.details.criteria, self.details.competencies
        marked = list(item.criteria)
        return formulas.block(
            item.decision,
            place(
                criteria.letters(criteria_sheet.CELLS),
                marked[0].row,
                marked[-1].row,
                f"'{criteria.name}'",
            ),
            place(
                competencies.letters(competencies_sheet.CELLS),
                item.competencies[0].row,
                item.competencies[-1].row,
                f"'{competencies.name}'",
            ),
            place(self._letters, item.row),
        )


def _acquired(item: BlockRow, competencies: LiveSheet | None) -> Cell | None:
    """Return the number of competencies acquired out of all, live where they are in the book."""
    if not item.competencies:
        return None
    word = CompetencyOutcome.ACQUIRED
    total = len(item.competencies)
    acquired = sum(plan.decision.outcome is word for plan in item.competencies)
    shown = f"{acquired} / {total}"
    if competencies is None:
        return Cell("", shown)
    first, last = item.competencies[0].row, item.competencies[-1].row
    count = among(competencies.range(competencies_sheet.CELLS.outcome, first, last), word.value)
    return Cell(f'={count}&" / {total}"', shown)


def _write_live_reasons(sheet: LiveSheet, item: BlockRow, reasons: str) -> None:
    """Write the reasons of the computed outcome, which a try in the workbook puts out of date."""
    row = item.row
    outcome = item.decision.outcome.value
    sheet.write(row, _COMPUTED_OUTCOME, outcome, Style.HIDDEN)
    sheet.write(row, _COMPUTED_REASONS, reasons, Style.HIDDEN)
    shown, computed, kept = (
        f"${sheet.letter(title)}${row}"
        for title in (CELLS.outcome, _COMPUTED_OUTCOME, _COMPUTED_REASONS)
    )
    formula = f'=IF({shown}={computed},{kept}&"",{text(_TRIED)})'
    sheet.write(row, REASONS, Cell(formula, reasons), Style.TEXT)
