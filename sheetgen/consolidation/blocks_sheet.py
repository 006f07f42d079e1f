"""The sheet « Décisions »: each candidate's blocs, from the rows of their competencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import competencies_sheet, criteria_sheet, layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheet import Column, Sheet
from sheetgen.consolidation.styles import Style
from sheetgen.model import BlockOutcome, CompetencyOutcome
from sheetgen.rules import BlockCells, Cell, Readings, place
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import BlockPlan
    from sheetgen.consolidation.sheet import Book

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


def add_blocks(book: Book) -> Sheet:
    """The sheet, still empty."""
    return Sheet(
        book,
        layout.BLOCKS_SHEET,
        [
            Column(layout.CANDIDATE, 10),
            Column(layout.NAME, 28),
            Column(layout.BLOCK, 8),
            Column(TITLE, 48),
            Column(CELLS.outcome, 17),
            Column(CELLS.score, 11),
            Column(ACQUIRED, 13),
            Column(REASONS, 62),
            *(Column(title) for title in CELLS.validated),
            Column(_COMPUTED_OUTCOME),
            Column(_COMPUTED_REASONS),
        ],
    )


def write_blocks(sheet: Sheet, competencies: Sheet, criteria: Sheet) -> None:
    """Every row, then what holds for the whole table."""
    book = sheet.book
    sheet.head(
        "Décisions proposées, bloc par bloc",
        "Tout est calculé d'après les feuilles Critères et Compétences ; le jury décide dans la "
        f"feuille {layout.DELIBERATION_SHEET}.",
    )
    last_row = HEADER_ROW
    for candidate in book.plan.candidates:
        for item in candidate.blocks:
            row = last_row = item.row
            name = book.plan.name(candidate.candidate)
            title = book.decisions.referential.block[item.decision.code].title
            sheet.write(row, layout.CANDIDATE, candidate.candidate.id, Style.TEXT)
            sheet.write(row, layout.NAME, name, Style.TEXT)
            sheet.write(row, layout.BLOCK, item.decision.code, Style.TEXT)
            sheet.write(row, TITLE, title, Style.TEXT)
            contents = (
                _cells(sheet, item, competencies, criteria)
                if item.competencies
                else book.formulas.block_not_assessed(item.decision.outcome)
            )
            sheet.write_workings(row, CELLS, contents, _STYLES)
            sheet.write(row, ACQUIRED, _acquired(item, competencies), Style.COUNT)
            reasons = "\n".join(reason.message for reason in item.decision.reasons)
            _write_reasons(sheet, item, reasons)
            sheet.fit(row, [(layout.NAME, name), (TITLE, title), (REASONS, reasons)])
    rows = HEADER_ROW + 1, max(last_row, HEADER_ROW + 1)
    sheet.tint(CELLS.outcome, *rows, [outcome.value for outcome in BlockOutcome])
    sheet.table(HEADER_ROW, last_row, frozen_columns=2)
    sheet.page(rows[1])


def _cells(sheet: Sheet, item: BlockPlan, competencies: Sheet, criteria: Sheet) -> BlockCells[Cell]:
    marked = list(item.criteria)
    return sheet.book.formulas.block(
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
        place(sheet.letters(CELLS), item.row),
    )


def _acquired(item: BlockPlan, competencies: Sheet) -> Cell | None:
    """How many competencies are acquired, out of all."""
    if not item.competencies:
        return None
    word = CompetencyOutcome.ACQUIRED
    total = len(item.competencies)
    acquired = sum(plan.decision.outcome is word for plan in item.competencies)
    first, last = item.competencies[0].row, item.competencies[-1].row
    count = among(competencies.range(competencies_sheet.CELLS.outcome, first, last), word.value)
    return Cell(f'={count}&" / {total}"', f"{acquired} / {total}")


def _write_reasons(sheet: Sheet, item: BlockPlan, reasons: str) -> None:
    """The reasons of the computed outcome, which a try in the workbook puts out of date."""
    row = item.row
    if not item.competencies:
        sheet.write(row, REASONS, None, Style.TEXT)
        return
    outcome = item.decision.outcome.value
    sheet.write(row, _COMPUTED_OUTCOME, outcome, Style.HIDDEN)
    sheet.write(row, _COMPUTED_REASONS, reasons, Style.HIDDEN)
    shown, computed, kept = (
        f"${sheet.letter(title)}${row}"
        for title in (CELLS.outcome, _COMPUTED_OUTCOME, _COMPUTED_REASONS)
    )
    formula = f'=IF({shown}={computed},{kept}&"",{text(_TRIED)})'
    sheet.write(row, REASONS, Cell(formula, reasons), Style.TEXT)
