"""The sheet « Compétences »: each candidate's competencies, from the rows of their criteria."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.notes import note_columns
from sheetgen.consolidation.sheets.rule_columns import outcome_columns, working_columns
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn, TableSheet, other_row
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CompetencyOutcome
from sheetgen.rules import CompetencyCells, Readings, place, without_formulas
from sheetgen.rules.excel import among

if TYPE_CHECKING:
    from collections.abc import Hashable

    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CompetencyRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook, LiveSheet
    from sheetgen.model import Competency
    from sheetgen.rules import CandidateJudgement, CompetencyKind, Formulas, Value

TITLE = "Intitulé"
ACQUIRED = "Critères acquis"

CELLS = CompetencyCells(
    outcome=layout.OUTCOME,
    score=layout.SCORE,
    acquired=Readings("Acquise au pire", "Acquise au mieux"),
    attained=Readings("Score au pire", "Score au mieux"),
    weight="Poids",
    mandatory="Obligatoire",
    scored="Poids dans une moyenne",
)
"""The titles of the columns of the rules' workings, for formulas that refer to them."""

_FIRST_CRITERION, _LAST_CRITERION = other_row(1), other_row(2)


@dataclass(frozen=True, kw_only=True)
class CompetencyLine:
    """A row to write; no slots, so that what a line like another one needs not is not worked out.

    Attributes:
        alike: how many criteria count, and what the rules' formulas depend on.
    """

    rows: tuple[int, ...]
    alike: tuple[int, Hashable, CompetencyKind]
    candidate: str
    name: str
    block: str
    competency: Competency
    item: CompetencyRow
    kind: CompetencyKind
    formulas: Formulas
    judgement: CandidateJudgement

    @cached_property
    def values(self) -> CompetencyCells[Value]:
        """Return what the rules' formulas amount to."""
        return self.formulas.competency_values(self.judgement, self.item.decision)

    @property
    def acquired(self) -> int:
        """Return the number of criteria acquired."""
        return sum(bool(criterion.decision.acquired) for criterion in self.item.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyShape:
    """The formulas that rows have in common."""

    formulas: CompetencyCells[str]
    acquired: str


_Column: TypeAlias = "TableColumn[CompetencyLine, CompetencyShape]"
CompetenciesSheet: TypeAlias = "TableSheet[CompetencyLine, CompetencyShape]"


def add_competencies(book: ConsolidationBook) -> CompetenciesSheet:
    """Add the sheet, still empty."""
    columns: list[_Column] = [
        TableColumn(
            layout.CANDIDATE, 10, style=Style.TEXT, value=lambda line: line.candidate, own=True
        ),
        TableColumn(
            layout.NAME, 24, style=Style.TEXT, value=lambda line: line.name, own=True, fitted=True
        ),
        TableColumn(layout.BLOCK, 8, style=Style.TEXT, value=lambda line: line.block),
        TableColumn(
            layout.COMPETENCY, 12, style=Style.TEXT, value=lambda line: line.competency.code
        ),
        TableColumn(
            TITLE, 74, style=Style.TEXT, value=lambda line: line.competency.title, fitted=True
        ),
        *outcome_columns(CELLS, CompetencyOutcome, (17, 11)),
        TableColumn(
            ACQUIRED,
            11,
            style=Style.COUNT,
            value=_acquired,
            formula=lambda shape: shape.acquired,
        ),
        *working_columns(CELLS, "weight", "mandatory", "acquired", "attained"),
        *working_columns(CELLS, *(["scored"] if _some_unscored(book) else [])),
    ]
    columns += note_columns(
        book.decisions.referential.scale,
        columns,
        CELLS.score,
        lambda line: line.item.decision.score,
    )
    return TableSheet(book, layout.COMPETENCIES_SHEET, columns)


def _some_unscored(book: ConsolidationBook) -> bool:
    """Return whether a competency may have no score by nature."""
    known = book.decisions.referential
    return (
        bool(book.decisions.session.kept_results)
        or any(item.routes for item in known.methods)
        or any(item.by_evidence for item in known.competencies)
    )


def _acquired(line: CompetencyLine) -> str | None:
    """Return the number of criteria acquired, out of those that count here; None without any."""
    if line.kind.settled:
        return None
    return f"{line.acquired} / {line.alike[0]}"


_CONSTANTS = without_formulas(CELLS)
"""The formulas of a row that no mark changes."""


class CompetenciesWriter:
    """Fills the sheet from its head down, a candidate at a time."""

    def __init__(self, sheet: CompetenciesSheet, criteria: LiveSheet) -> None:
        self.sheet = sheet
        self.criteria = criteria
        self.last_row = HEADER_ROW
        self._known = {item.code: item for item in sheet.book.decisions.referential.competencies}
        sheet.head(
            "Compétences : score et résultat",
            "Tout est calculé d'après la feuille Critères, selon les règles du référentiel.",
        )
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's competencies."""
        for block in candidate.blocks:
            for item in block.competencies:
                line = self._line(candidate, block, item)
                self.sheet.add(line, self._shape, _same(line))
                self.last_row = item.row

    def finish(self) -> None:
        """Write what holds for the whole table."""
        self.sheet.complete(HEADER_ROW, self.last_row)

    def _line(
        self, candidate: CandidateRow, block: BlockRow, item: CompetencyRow
    ) -> CompetencyLine:
        book = self.sheet.book
        competency = self._known[item.decision.code]
        kind = book.formulas.competency_kind(candidate.judgement, competency)
        return CompetencyLine(
            rows=(
                item.row,
                *(place.row for place in (*item.criteria[:1], *item.criteria[-1:])),
            ),
            alike=(
                sum(not criterion.left_out for criterion in item.criteria),
                book.formulas.form(competency),
                kind,
            ),
            kind=kind,
            candidate=candidate.candidate.id,
            name=candidate.name,
            block=block.decision.code,
            competency=competency,
            item=item,
            formulas=book.formulas,
            judgement=candidate.judgement,
        )

    def _shape(self, line: CompetencyLine) -> CompetencyShape:
        if line.kind.settled:
            return CompetencyShape(formulas=_CONSTANTS, acquired="")
        sheet, criteria = self.sheet, self.criteria
        rows = _FIRST_CRITERION, _LAST_CRITERION
        cells = criteria.range(criteria_sheet.ACQUIRED, *rows)
        return CompetencyShape(
            formulas=sheet.book.formulas.competency_formulas(
                line.competency,
                line.kind,
                place(criteria.letters(criteria_sheet.CELLS), *rows, f"'{criteria.name}'"),
                place(sheet.letters(CELLS), OWN_ROW),
            ),
            acquired=f'={among(cells, layout.YES)}&" / {line.alike[0]}"',
        )


def _same(line: CompetencyLine) -> Hashable | None:
    """Return what a line holds but for its candidate; None where its decision does not say it."""
    decision = line.item.decision
    if decision.score is None or not line.formulas.settles(decision):
        return None
    score = decision.score.numerator, decision.score.denominator
    return line.alike, decision.code, decision.outcome, score, line.acquired
