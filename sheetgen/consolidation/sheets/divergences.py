"""The sheet « Écarts »: where jurors stand far apart, each with the mark and comment of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import mark_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import FAVOURABLE, OPEN, Style
from sheetgen.rules import DIVERGENT, UNSEEN, Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CriterionRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import Mark

JUROR = "Juré"
MARK = "Appréciation"
POINTS = "Points"
COMMENT = "Observation"
NOW = "Écart actuel"
TITLE = "Intitulé"

_STILL = f"{DIVERGENT} Écart"
_SETTLED = "✔ Levé"
_NONE = "✔ Aucun écart à signaler entre jurés."


def add_divergences(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    return LiveSheet(
        book,
        layout.DIVERGENCES_SHEET,
        [
            SheetColumn(layout.CANDIDATE, 10),
            SheetColumn(layout.NAME, 24),
            SheetColumn(layout.BLOCK, 8),
            SheetColumn(layout.CRITERION, 10),
            SheetColumn(TITLE, 48),
            SheetColumn(JUROR, 22),
            SheetColumn(MARK, 20),
            SheetColumn(POINTS, 9),
            SheetColumn(COMMENT, 50),
            SheetColumn(NOW, 13),
        ],
    )


class DivergencesWriter:
    """Fills the sheet from its head down: a row for each juror of each divergence, marks live."""

    def __init__(self, sheet: LiveSheet, criteria: LiveSheet) -> None:
        self.sheet = sheet
        self.criteria = criteria
        self.last_row = HEADER_ROW
        sheet.head(
            "Écarts entre jurés",
            "Écarts relevés à la consolidation ; les appréciations suivent la feuille Critères.",
        )
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's divergences."""
        for block, item in candidate.criteria:
            if item.decision.divergent:
                self._write_rows(candidate, block, item)

    def finish(self) -> None:
        """Write what holds for the whole table."""
        sheet = self.sheet
        rows = HEADER_ROW + 1, max(self.last_row, HEADER_ROW + 1)
        if self.last_row == HEADER_ROW:
            sheet.write(HEADER_ROW + 1, layout.CANDIDATE, _NONE, Style.SUBTITLE)
        sheet.tint_when(NOW, rows, text(_STILL), OPEN.silent)
        sheet.tint_when(NOW, rows, text(_SETTLED), FAVOURABLE.silent)
        sheet.end(HEADER_ROW, self.last_row)
        sheet.page(rows[1])

    def _write_rows(self, candidate: CandidateRow, block: BlockRow, item: CriterionRow) -> None:
        sheet = self.sheet
        # A divergence is told only where every juror assigned has a mark.
        marks = {mark.juror: mark for mark in item.decision.marks}
        for slot, juror in enumerate(block.jurors, start=1):
            row = self.last_row = self.last_row + 1
            mark = marks[juror.code]
            texts = _texts(sheet.book, (candidate, block, item))
            texts |= {JUROR: f"{juror.code} · {juror.full_name}", COMMENT: mark.comment}
            for column, content in texts.items():
                sheet.write(row, column, content, Style.TEXT)
            sheet.fit(row, list(texts.items()))
            _write_marks(sheet, row, (self.criteria, item, slot), mark)


def _texts(
    book: ConsolidationBook, where: tuple[CandidateRow, BlockRow, CriterionRow]
) -> dict[str, str]:
    """Return the texts of a divergence, by column."""
    candidate, block, item = where
    title = next(
        criterion.title
        for criterion in book.decisions.referential.criteria_of_block[block.decision.code]
        if criterion.code == item.decision.code
    )
    return {
        layout.CANDIDATE: candidate.candidate.id,
        layout.NAME: book.plan.name_of(candidate.candidate),
        layout.BLOCK: block.decision.code,
        layout.CRITERION: item.decision.code,
        TITLE: title,
    }


def _write_marks(
    sheet: LiveSheet, row: int, source: tuple[LiveSheet, CriterionRow, int], mark: Mark
) -> None:
    """Write the juror's mark, its points, and whether the divergence is still there, all live."""
    criteria, item, slot = source
    shown = criteria.cell(mark_header(slot), item.row)
    points = criteria.cell(criteria_sheet.points_header(slot), item.row)
    flag = criteria.cell(criteria_sheet.CELLS.divergence, item.row)
    given = mark.value if isinstance(mark.value, str) else float(mark.value)
    counted = UNSEEN if mark.points is None else float(mark.points)
    sheet.write(row, MARK, Cell(f'=IF({shown}="","",{shown})', given), Style.OUTCOME)
    sheet.write(row, POINTS, Cell(f"={points}", counted), Style.POINTS)
    now = f"=IF({flag}={text(DIVERGENT)},{text(_STILL)},{text(_SETTLED)})"
    sheet.write(row, NOW, Cell(now, _STILL), Style.OUTCOME)
