"""The sheet « Synthèse »: one line per candidate, then the session in figures and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import block_header
from sheetgen.consolidation.plan import HEADER_ROW, NOTE_ROW
from sheetgen.consolidation.sheets import blocks as blocks_sheet
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.sheets.statistics import Tally, write_statistics
from sheetgen.consolidation.styles import Style
from sheetgen.model import CERTIFICATION, BlockOutcome, CertificationOutcome, CriterionState
from sheetgen.rules import DIVERGENT, BlockCells, Cell, Readings
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.plan import CandidateRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import CandidateId

ROUTE = "Parcours"
STATUS = "Statut"
HELD = "Blocs acquis"
MISSING_MARKS = "Critères incomplets"
MISSING_GRIDS = "Grilles manquantes"
DIVERGENCES = "Écarts"

_IDENTITY = (layout.CANDIDATE, layout.NAME, ROUTE, STATUS, CERTIFICATION)
_NOTE = "Propositions calculées : elles suivent toute modification de la feuille Critères."
_STILL = (
    f"Propositions calculées ; le détail est dans les classeurs de la feuille "
    f"{layout.VOLUMES_SHEET}."
)
_ACQUIRED = (BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD)


def add_summary(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    return LiveSheet(
        book,
        layout.SUMMARY_SHEET,
        [
            SheetColumn(layout.CANDIDATE, 10),
            SheetColumn(layout.NAME, 26),
            SheetColumn(ROUTE, 24),
            SheetColumn(STATUS, 11),
            SheetColumn(CERTIFICATION, 21),
            *(
                SheetColumn(block_header(block.code), 16)
                for block in book.decisions.referential.blocks
            ),
            SheetColumn(HELD, 9),
            SheetColumn(MISSING_MARKS, 12),
            SheetColumn(MISSING_GRIDS, 22),
            SheetColumn(DIVERGENCES, 9),
        ],
    )


class SummaryWriter:
    """Fills the sheet from its head down: one line per candidate, then the figures.

    Without the sheet of criteria, which is then in other workbooks, what counts them are values.
    """

    def __init__(self, sheet: LiveSheet, blocks: LiveSheet, criteria: LiveSheet | None) -> None:
        self.sheet = sheet
        self.blocks = blocks
        self.criteria = criteria
        self.last_row = HEADER_ROW
        self._tally = Tally()
        self._missing: dict[CandidateId, list[str]] = {}
        for candidate, juror in sheet.book.decisions.missing:
            self._missing.setdefault(candidate, []).append(juror)
        sheet.head("Synthèse de la session", _NOTE if criteria else _STILL)
        self._write_invitation()
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the candidate's line."""
        self.last_row = candidate.row
        grids = ", ".join(self._missing.get(candidate.candidate.id, ()))
        _write_identity(self.sheet, candidate, grids)
        _write_outcomes(self.sheet, candidate, self.blocks)
        _write_counts(self.sheet, candidate, self.criteria)
        self._tally.count(candidate.candidate, candidate.decision)

    def finish(self) -> None:
        """Write what holds for the whole table, then the figures and charts."""
        sheet = self.sheet
        rows = HEADER_ROW + 1, max(self.last_row, HEADER_ROW + 1)
        outcomes = self._tally.words
        sheet.tint(CERTIFICATION, *rows, outcomes)
        for block in sheet.book.decisions.referential.blocks:
            sheet.tint(block_header(block.code), *rows, [outcome.value for outcome in BlockOutcome])
        sheet.end(HEADER_ROW, self.last_row)
        end = write_statistics(sheet, self.blocks, rows, self._tally)
        sheet.worksheet.set_h_pagebreaks([rows[1]])
        sheet.page(end)

    def _write_invitation(self) -> None:
        """Write what the figures rest on, live, and the way to the charts."""
        sheet = self.sheet
        changed = criteria_sheet.changed_marks(self.criteria) if self.criteria else Cell("", 0)
        if changed.formula:
            count = changed.formula.removeprefix("=")
            tried = '" appréciation(s) changée(s) dans la feuille Critères : essai, sans valeur."'
            formula = f'=IF({count}=0,{text(_NOTE)},"✎ "&({count})&{tried})'
            sheet.write_at(NOTE_ROW, 0, Cell(formula, _NOTE), Style.NOTE)
        target = HEADER_ROW + max(len(sheet.book.plan.people), 1) + 2
        sheet.worksheet.write_url(
            NOTE_ROW - 1,
            len(_IDENTITY),
            f"internal:'{sheet.name}'!A{target}",
            sheet.book.styles[Style.LINK],
            "Chiffres et graphiques ↓",
        )


def _write_identity(sheet: LiveSheet, item: CandidateRow, grids: str) -> None:
    name = sheet.book.plan.name_of(item.candidate)
    texts = {
        layout.CANDIDATE: item.candidate.id,
        layout.NAME: name,
        ROUTE: item.candidate.route.value,
        STATUS: item.candidate.status.value,
        MISSING_GRIDS: grids,
    }
    for title, content in texts.items():
        sheet.write(item.row, title, content, Style.TEXT)
    sheet.fit(item.row, list(texts.items()))


def _write_outcomes(sheet: LiveSheet, item: CandidateRow, blocks: LiveSheet) -> None:
    first, last = item.blocks[0].row, item.blocks[-1].row
    ranges = BlockCells(
        outcome=blocks.range(blocks_sheet.CELLS.outcome, first, last),
        score=blocks.range(blocks_sheet.CELLS.score, first, last),
        validated=Readings("", ""),
    )
    certification = sheet.book.formulas.certification(item.decision, ranges)
    if item.decision.outcome is CertificationOutcome.ABSENT:
        certification = Cell("", item.candidate.outcome_text(item.decision.outcome))
    sheet.write(item.row, CERTIFICATION, certification, Style.OUTCOME)
    for block in item.blocks:
        outcome = blocks.cell(blocks_sheet.CELLS.outcome, block.row)
        cell = Cell(f"={outcome}", block.decision.outcome.value)
        sheet.write(item.row, block_header(block.decision.code), cell, Style.OUTCOME)
    held = "+".join(among(ranges.outcome, outcome.value) for outcome in _ACQUIRED)
    total = len(item.blocks)
    count = sum(block.decision.outcome in _ACQUIRED for block in item.blocks)
    sheet.write(item.row, HELD, Cell(f'={held}&" / {total}"', f"{count} / {total}"), Style.COUNT)


def _write_counts(sheet: LiveSheet, item: CandidateRow, criteria: LiveSheet | None) -> None:
    """Write how many criteria of the candidate await a mark, and how many divide the jurors."""
    marked = [plan for _, plan in item.criteria]
    state, divergence = criteria_sheet.CELLS.state, criteria_sheet.CELLS.divergence
    counts: Sequence[tuple[str, str, str, int]] = (
        (
            MISSING_MARKS,
            state,
            CriterionState.MISSING.value,
            sum(plan.decision.state is CriterionState.MISSING for plan in marked),
        ),
        (DIVERGENCES, divergence, DIVERGENT, sum(plan.decision.divergent for plan in marked)),
    )
    for title, column, word, count in counts:
        formula = ""
        if marked and criteria is not None:
            cells = criteria.range(column, marked[0].row, marked[-1].row)
            formula = f"={among(cells, word)}"
        sheet.write(item.row, title, Cell(formula, count) if marked else None, Style.COUNT)
