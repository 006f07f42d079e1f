"""The sheet « Décisions »: each candidate's blocs, from the rows of their competencies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW, Coverage
from sheetgen.consolidation.sheets import competencies as competencies_sheet
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.assessments import rows_of
from sheetgen.consolidation.sheets.notes import note_columns
from sheetgen.consolidation.sheets.rule_columns import outcome_columns, working_columns
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn, TableSheet, other_row
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import BlockOutcome, CompetencyOutcome
from sheetgen.rules import BlockCells, BlockPlaces, Readings, place, without_formulas
from sheetgen.rules.excel import among, text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sheetgen.consolidation.plan import BlockRow, CandidateRow
    from sheetgen.consolidation.sheets.assessments import AssessmentsSheet
    from sheetgen.consolidation.sheets.competencies import CompetenciesSheet
    from sheetgen.consolidation.sheets.criteria import CriteriaSheet
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.consolidation.sheets.table_sheet import Held
    from sheetgen.model import Block, BlockDecision
    from sheetgen.rules import BlockKind, Value

TITLE = "Intitulé"
ACQUIRED = "Compétences acquises"
REASONS = "Motifs"

CELLS = BlockCells(
    outcome=layout.OUTCOME,
    score=layout.SCORE,
    validated=Readings("Validé au pire", "Validé au mieux"),
)
"""The titles of the columns of the rules' workings, for formulas that refer to them."""

_COMPUTED_OUTCOME = "Résultat calculé"
_COMPUTED_REASONS = "Motifs calculés"
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

_COMPETENCIES = other_row(1), other_row(2)
_CRITERIA = other_row(3), other_row(4)
_FIRST_ASSESSMENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The sheets that a bloc's row is computed from."""

    competencies: CompetenciesSheet
    criteria: CriteriaSheet
    assessments: AssessmentsSheet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLine:
    """A row to write.

    Attributes:
        alike: which bloc it is, out of how many competencies and criteria it is computed, and on
            what its formulas depend; None where it stands as decided.
        values: what the rules' formulas amount to.
    """

    rows: tuple[int, ...]
    alike: tuple[Hashable, int, bool, BlockKind] | None
    candidate: str
    name: str
    block: Block
    item: BlockRow
    values: BlockCells[Value]
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockShape:
    """The formulas that rows have in common; none where they stand as decided."""

    formulas: BlockCells[str]
    acquired: str = ""
    reasons: str = ""


_Column: TypeAlias = "TableColumn[BlockLine, BlockShape]"
BlocksSheet: TypeAlias = "TableSheet[BlockLine, BlockShape]"


def add_blocks(book: ConsolidationBook) -> BlocksSheet:
    """Add the sheet, still empty."""
    columns: list[_Column] = [
        TableColumn(layout.CANDIDATE, 8, style=Style.TEXT, value=lambda line: line.candidate),
        TableColumn(layout.NAME, 22, style=Style.TEXT, value=lambda line: line.name, fitted=True),
        TableColumn(layout.BLOCK, 8, style=Style.TEXT, value=lambda line: line.item.decision.code),
        TableColumn(TITLE, 38, style=Style.TEXT, value=lambda line: line.block.title, fitted=True),
        *outcome_columns(CELLS, BlockOutcome, (15, 9)),
        TableColumn(
            ACQUIRED,
            12,
            style=Style.COUNT,
            value=_acquired,
            formula=lambda shape: shape.acquired,
        ),
        TableColumn(
            REASONS,
            49,
            style=Style.TEXT,
            value=lambda line: line.reasons,
            formula=lambda shape: shape.reasons,
            fitted=True,
        ),
        *working_columns(CELLS, "validated"),
        TableColumn(
            _COMPUTED_OUTCOME,
            value=lambda line: line.values.outcome if line.alike else None,
        ),
        TableColumn(_COMPUTED_REASONS, value=lambda line: line.reasons if line.alike else None),
    ]
    columns += note_columns(
        book.decisions.referential.scale,
        columns,
        CELLS.score,
        lambda line: line.item.decision.score,
    )
    columns += [_juror_column(slot) for slot in range(1, book.plan.seats + 1)]
    return TableSheet(book, layout.BLOCKS_SHEET, columns)


def _juror_column(slot: int) -> _Column:
    """Return a hidden column of the codes of those who mark the bloc."""

    def code(line: BlockLine) -> Held:
        jurors = line.item.jurors
        return jurors[slot - 1].code if slot <= len(jurors) else None

    return TableColumn(layout.juror_header(slot), value=code)


def _acquired(line: BlockLine) -> Held:
    """Return the number of competencies acquired, out of those of which something is asked."""
    competencies = line.item.competencies
    if not competencies:
        return None
    asked = _count_asked(line.item)
    word = CompetencyOutcome.ACQUIRED
    acquired = sum(plan.decision.outcome is word for plan in competencies)
    return f"{acquired} / {asked}"


def _count_asked(item: BlockRow) -> int:
    left_out = CompetencyOutcome.NOT_APPLICABLE
    return sum(plan.decision.outcome is not left_out for plan in item.competencies)


def _as_decided(decision: BlockDecision) -> BlockCells[Value]:
    """Return the values of a bloc that is held, not presented, or judged elsewhere."""
    score = "" if decision.score is None else float(decision.score)
    return BlockCells(outcome=decision.outcome.value, score=score, validated=Readings("", ""))


class BlocksWriter:
    """Fills the sheet from its head down, a candidate at a time.

    Without the sheets of competencies and criteria, which are then in other workbooks, what is
    computed stands as values.
    """

    def __init__(self, sheet: BlocksSheet, details: Details | None) -> None:
        self.sheet = sheet
        self.details = details
        self.last_row = HEADER_ROW
        sheet.head("Décisions proposées, bloc par bloc", _NOTES[sheet.book.plan.coverage])
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's blocs."""
        for item in candidate.blocks:
            self.sheet.add(self._line(candidate, item), self._shape)
            self.last_row = item.row

    def finish(self) -> None:
        """Write what holds for the whole table."""
        self.sheet.complete(HEADER_ROW, self.last_row)

    def _line(self, candidate: CandidateRow, item: BlockRow) -> BlockLine:
        book, decision = self.sheet.book, item.decision
        if self.details is None or not item.competencies:
            return self._still(candidate, item)
        block = book.decisions.referential.block[decision.code]
        kind = book.formulas.block_kind(candidate.judgement, decision.code)
        criteria = [row.row for row in item.criteria]
        below = [row.row for row in item.competencies]
        rows = {row.decision.code: row.row for row in candidate.assessments}
        return replace(
            self._still(candidate, item),
            rows=(
                item.row,
                below[0],
                below[-1],
                *criteria[:1],
                *criteria[-1:],
                *(rows[code] for code in (*kind.assessments, *kind.to_sit_again)),
            ),
            alike=(book.formulas.form(block), _count_asked(item), bool(criteria), kind),
            values=book.formulas.block_values(candidate.judgement, decision),
        )

    def _still(self, candidate: CandidateRow, item: BlockRow) -> BlockLine:
        """Return the row of a bloc that stands as decided."""
        decision = item.decision
        return BlockLine(
            rows=(item.row,),
            alike=None,
            candidate=candidate.candidate.id,
            name=candidate.name,
            block=self.sheet.book.decisions.referential.block[decision.code],
            item=item,
            values=_as_decided(decision),
            reasons="\n".join(reason.message for reason in decision.reasons),
        )

    def _shape(self, line: BlockLine) -> BlockShape:
        if self.details is None or line.alike is None:
            return BlockShape(formulas=without_formulas(CELLS))
        _, asked, has_criteria, kind = line.alike
        sheet = self.sheet
        competencies = self.details.competencies
        outcomes = competencies.range(competencies_sheet.CELLS.outcome, *_COMPETENCIES)
        count = among(outcomes, CompetencyOutcome.ACQUIRED.value)
        shown, computed, kept = (
            f"${sheet.letter(title)}${OWN_ROW}"
            for title in (CELLS.outcome, _COMPUTED_OUTCOME, _COMPUTED_REASONS)
        )
        return BlockShape(
            formulas=sheet.book.formulas.block_formulas(
                line.block.code,
                kind,
                self._below(self.details, kind, has_criteria=has_criteria),
                place(sheet.letters(CELLS), OWN_ROW),
            ),
            acquired=f'={count}&" / {asked}"',
            # A try in the workbook puts the reasons of the computed outcome out of date.
            reasons=f'=IF({shown}={computed},{kept}&"",{text(_TRIED)})',
        )

    @staticmethod
    def _below(details: Details, kind: BlockKind, *, has_criteria: bool) -> BlockPlaces:
        """Return the rows that the formulas of a bloc of this kind refer to."""
        criteria, competencies = details.criteria, details.competencies
        codes = (*kind.assessments, *kind.to_sit_again)
        first = _FIRST_ASSESSMENT if has_criteria else _FIRST_ASSESSMENT - len(_CRITERIA)
        return BlockPlaces(
            criteria=place(criteria.letters(criteria_sheet.CELLS), *_CRITERIA, f"'{criteria.name}'")
            if has_criteria
            else None,
            competencies=place(
                competencies.letters(competencies_sheet.CELLS),
                *_COMPETENCIES,
                f"'{competencies.name}'",
            ),
            assessments=rows_of(details.assessments, codes, first) if details.assessments else {},
        )
