"""The sheet « Synthèse »: one line per candidate, then the session in figures and charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import block_header
from sheetgen.consolidation.plan import HEADER_ROW, NOTE_ROW
from sheetgen.consolidation.sheets import blocks as blocks_sheet
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.notes import note_columns
from sheetgen.consolidation.sheets.statistics import CountedSheets, Tally, write_statistics
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn, TableSheet, other_row
from sheetgen.consolidation.styles import WORDS, Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    BlockOutcome,
    CertificationOutcome,
    CriterionState,
)
from sheetgen.rules import DIVERGENT, BlockCells, Cell, Readings
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sheetgen.consolidation.plan import CandidateRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook, LiveSheet
    from sheetgen.model import BlockCode, CandidateId, CriterionDecision
    from sheetgen.rules import CertificationKind

ROUTE = "Parcours"
STATUS = "Statut"
HELD = "Blocs acquis"
MISSING_MARKS = "Critères incomplets"
JURY = "Jury"
MISSING_GRIDS = "Grilles manquantes"
DIVERGENCES = "Écarts"
MEAN = "Moyenne générale"

_HEAD, _ONE_LINE, _TWO_LINES = 140, 20, 32
"""In points: the head of the sheet, and rows."""

_IDENTITY = (layout.CANDIDATE, layout.NAME, ROUTE, STATUS, CERTIFICATION)
_NOTE = "Propositions calculées : elles suivent toute modification de la feuille Critères."
_STILL = (
    f"Propositions calculées ; le détail est dans les classeurs de la feuille "
    f"{layout.VOLUMES_SHEET}."
)
_ACQUIRED = (BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateLine:
    """A row to write.

    Attributes:
        alike: whether the candidate came, whether criteria are marked here, and on what the formula
            of the certification depends.
        grids: who still owes a grid.
    """

    rows: tuple[int, ...]
    alike: tuple[bool, bool, CertificationKind]
    item: CandidateRow
    name: str
    grids: str

    @property
    def outcomes(self) -> list[BlockOutcome]:
        """Return the outcomes of all blocs, in order."""
        return [block.decision.outcome for block in self.item.blocks]

    def count(self, told: Callable[[CriterionDecision], bool]) -> int | None:
        """Return how many criteria it is true of; None where none is marked."""
        marked = [row.decision for _, row in self.item.criteria]
        return sum(map(told, marked)) if marked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateShape:
    """The formulas that rows have in common; none where it stands as a value."""

    certification: str
    blocks: Sequence[str]
    held: str
    mean: str = ""
    mention: str = ""
    missing_marks: str = ""
    divergences: str = ""


_Column: TypeAlias = "TableColumn[CandidateLine, CandidateShape]"
SummarySheet: TypeAlias = "TableSheet[CandidateLine, CandidateShape]"


def add_summary(book: ConsolidationBook) -> SummarySheet:
    """Add the sheet, still empty."""
    blocks = book.decisions.referential.blocks
    columns: list[_Column] = [
        TableColumn(
            layout.CANDIDATE,
            8,
            style=Style.TEXT,
            value=lambda line: line.item.candidate.id,
            fitted=True,
        ),
        TableColumn(layout.NAME, 20, style=Style.TEXT, value=lambda line: line.name, fitted=True),
        TableColumn(
            ROUTE,
            15,
            style=Style.TEXT,
            value=lambda line: line.item.candidate.route.value,
            fitted=True,
        ),
        TableColumn(
            STATUS,
            10,
            style=Style.TEXT,
            value=lambda line: line.item.candidate.status.value,
            fitted=True,
        ),
        TableColumn(
            CERTIFICATION,
            17,
            style=Style.OUTCOME,
            value=lambda line: line.item.candidate.outcome_text(line.item.decision.outcome),
            formula=lambda shape: shape.certification,
        ),
        *(_block_column(block.code, place) for place, block in enumerate(blocks)),
        TableColumn(HELD, 8, style=Style.COUNT, value=_held, formula=lambda shape: shape.held),
        TableColumn(
            MISSING_MARKS,
            12,
            style=Style.COUNT,
            value=lambda line: line.count(lambda item: item.state is CriterionState.MISSING),
            formula=lambda shape: shape.missing_marks,
        ),
        TableColumn(
            MISSING_GRIDS, 13, style=Style.TEXT, value=lambda line: line.grids, fitted=True
        ),
        TableColumn(
            DIVERGENCES,
            8,
            style=Style.COUNT,
            value=lambda line: line.count(lambda item: item.divergent),
            formula=lambda shape: shape.divergences,
        ),
    ]
    if book.decisions.referential.mentions:
        columns += _MENTIONED
        columns += note_columns(
            book.decisions.referential.scale, columns, MEAN, lambda line: line.item.decision.mean
        )
    if book.decisions.session.juries.names != (None,):
        columns.append(_JURY)
    return TableSheet(book, layout.SUMMARY_SHEET, columns)


_JURY: _Column = TableColumn(
    JURY, 10, style=Style.TEXT, value=lambda line: line.item.candidate.jury, fitted=True
)


_MENTIONED: tuple[_Column, ...] = (
    TableColumn(
        MENTION,
        16,
        style=Style.OUTCOME,
        value=lambda line: line.item.decision.mention,
        formula=lambda shape: shape.mention,
    ),
    TableColumn(
        MEAN,
        11,
        style=Style.SCORE,
        value=lambda line: line.item.decision.mean,
        formula=lambda shape: shape.mean,
    ),
)


def _block_column(code: BlockCode, place: int) -> _Column:
    return TableColumn(
        block_header(code),
        13,
        style=Style.OUTCOME,
        value=lambda line: line.outcomes[place].value,
        formula=lambda shape: shape.blocks[place],
        tones={outcome.value: WORDS[outcome.value] for outcome in BlockOutcome},
    )


def _held(line: CandidateLine) -> str:
    held = sum(outcome in _ACQUIRED for outcome in line.outcomes)
    return f"{held} / {len(line.outcomes)}"


class SummaryWriter:
    """Fills the sheet from its head down: one line per candidate, then the figures.

    Without the sheet of criteria, which is then in other workbooks, what counts them are values.
    """

    def __init__(
        self, sheet: SummarySheet, counted: CountedSheets, criteria: LiveSheet | None
    ) -> None:
        self.sheet = sheet
        self.counted = counted
        self.blocks = counted.blocks
        self.criteria = criteria
        self.last_row = HEADER_ROW
        self._tally = Tally()
        self._mentions = bool(sheet.book.decisions.referential.mentions)
        self._missing: dict[CandidateId, list[str]] = {}
        for candidate, juror in sheet.book.decisions.missing:
            self._missing.setdefault(candidate, []).append(juror)
        sheet.head("Synthèse de la session", _NOTE if criteria else _STILL)
        self._write_invitation()
        # The figures and the jury are printed below: the header of the candidates is not theirs.
        alone = sheet.fits_on_a_page(_HEAD + len(sheet.book.plan.people) * _TWO_LINES)
        sheet.begin(HEADER_ROW, frozen_columns=2, repeated=not alone)

    def write(self, candidate: CandidateRow) -> None:
        """Write the candidate's line."""
        self.last_row = candidate.row
        marked = [row.row for _, row in candidate.criteria] if self.criteria else []
        line = CandidateLine(
            rows=(
                candidate.row,
                *(block.row for block in candidate.blocks),
                *marked[:1],
                *marked[-1:],
            ),
            alike=(
                candidate.decision.outcome is not CertificationOutcome.ABSENT,
                bool(marked),
                self.sheet.book.formulas.certification_kind(candidate.decision.blocks),
            ),
            item=candidate,
            name=candidate.name,
            grids=", ".join(self._missing.get(candidate.candidate.id, ())),
        )
        self.sheet.add(line, self._shape)
        self._tally.count(candidate.candidate, candidate.decision)

    def finish(self) -> None:
        """Write what holds for the whole table, then the figures and charts."""
        sheet = self.sheet
        rows = HEADER_ROW + 1, max(self.last_row, HEADER_ROW + 1)
        sheet.tint(CERTIFICATION, *rows, self._tally.words)
        jury, end = write_statistics(sheet, self.counted, rows, self._tally)
        whole = (jury - rows[1]) * _ONE_LINE + (end - jury) * _TWO_LINES
        breaks = [rows[1]] if sheet.fits_on_a_page(whole) else [rows[1], jury - 1]
        sheet.worksheet.set_h_pagebreaks(breaks)
        sheet.complete(HEADER_ROW, self.last_row, end)

    def _shape(self, line: CandidateLine) -> CandidateShape:
        """Return the outcomes from the sheet of blocs, and what is counted in that of criteria."""
        rows = [other_row(place) for place in range(1, len(line.item.blocks) + 1)]
        outcome, score = blocks_sheet.CELLS.outcome, blocks_sheet.CELLS.score
        outcomes = self.blocks.range(outcome, rows[0], rows[-1])
        came, marked, kind = line.alike
        blocks = BlockCells(
            outcome=outcomes,
            score=self.blocks.range(score, rows[0], rows[-1]),
            validated=Readings("", ""),
        )
        formulas = self.sheet.book.formulas
        shape = CandidateShape(
            certification=formulas.certification_formula(blocks, kind) if came else "",
            mean=formulas.mean_formula(blocks, kind) if came and self._mentions else "",
            mention=self._mention() if came and self._mentions else "",
            blocks=[f"={self.blocks.cell(outcome, row)}" for row in rows],
            held=f'={"+".join(among(outcomes, word.value) for word in _ACQUIRED)}&" / {len(rows)}"',
        )
        if self.criteria is None or not marked:
            return shape
        first, last = other_row(len(rows) + 1), other_row(len(rows) + 2)
        states = self.criteria.range(criteria_sheet.CELLS.state, first, last)
        flags = self.criteria.range(criteria_sheet.CELLS.divergence, first, last)
        return replace(
            shape,
            missing_marks=f"={among(states, CriterionState.MISSING.value)}",
            divergences=f"={among(flags, DIVERGENT)}",
        )

    def _mention(self) -> str:
        outcome, mean = (
            f"${self.sheet.letter(title)}${OWN_ROW}" for title in (CERTIFICATION, MEAN)
        )
        return self.sheet.book.formulas.mention_formula(outcome, mean)

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
        sheet.worksheet.write_url(
            NOTE_ROW - 1,
            len(_IDENTITY) + 3,
            f"internal:'{layout.CARD_SHEET}'!B1",
            sheet.book.styles[Style.LINK],
            "Fiche d'un candidat →",
        )
