"""The sheet « Épreuves »: each candidate's épreuves, from the rows of their criteria.

Only where rules look at épreuves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.notes import own_note_columns
from sheetgen.consolidation.sheets.rule_columns import outcome_columns, working_columns
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn, TableSheet, other_row
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AssessmentOutcome
from sheetgen.rules import AssessmentCells, Readings, place, without_formulas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sheetgen.consolidation.plan import AssessmentRow, CandidateRow
    from sheetgen.consolidation.sheets.criteria import CriteriaSheet
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import AssessmentMethod, MethodCode, Scale
    from sheetgen.rules import AssessmentKind, Value

TITLE = "Intitulé"

CELLS = AssessmentCells(
    outcome=layout.OUTCOME,
    score=layout.SCORE,
    waits="En attente",
    opened=Readings("Ouverte au pire", "Ouverte au mieux"),
    passed=Readings("Réussie au pire", "Réussie au mieux"),
    attained=Readings("Score au pire", "Score au mieux"),
)
"""The titles of the columns of the rules' workings, for formulas that refer to them."""

_NOTE = "Tout est calculé d'après la feuille Critères, selon les règles du référentiel."
_CRITERIA = other_row(1), other_row(2)
_FIRST_CONDITION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """A row to write.

    Attributes:
        alike: which épreuve it is and what its formulas depend on; None in place of these where it
            stands as decided.
        values: what the rules' formulas amount to.
    """

    rows: tuple[int, ...]
    alike: tuple[MethodCode, AssessmentKind | None]
    candidate: str
    name: str
    method: AssessmentMethod
    scale: Scale
    score: Fraction | None
    values: AssessmentCells[Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentShape:
    """The formulas that rows have in common, and the scale on which their score is read."""

    formulas: AssessmentCells[str]
    scale: Scale


_Column: TypeAlias = "TableColumn[AssessmentLine, AssessmentShape]"
AssessmentsSheet: TypeAlias = "TableSheet[AssessmentLine, AssessmentShape]"


def add_assessments(book: ConsolidationBook) -> AssessmentsSheet | None:
    """Add the sheet, still empty; None where no rule looks at épreuves."""
    if not book.formulas.has_assessments:
        return None
    columns: list[_Column] = [
        TableColumn(layout.CANDIDATE, 10, style=Style.TEXT, value=lambda line: line.candidate),
        TableColumn(layout.NAME, 28, style=Style.TEXT, value=lambda line: line.name, fitted=True),
        TableColumn(layout.ASSESSMENT, 10, style=Style.TEXT, value=lambda line: line.method.code),
        TableColumn(TITLE, 60, style=Style.TEXT, value=lambda line: line.method.name, fitted=True),
        *outcome_columns(CELLS, AssessmentOutcome, (17, 11)),
        *working_columns(CELLS, "waits", "opened", "passed", "attained"),
    ]
    known = book.decisions.referential
    columns += own_note_columns(
        known.scale_of_assessment.values(),
        columns,
        CELLS.score,
        lambda line: line.score,
        scales=(lambda line: line.scale, lambda shape: shape.scale),
    )
    return TableSheet(book, layout.ASSESSMENTS_SHEET, columns)


class AssessmentsWriter:
    """Fills the sheet from its head down, a candidate at a time.

    An épreuve with criteria in other workbooks, or that such an épreuve opens, stands as a value.
    """

    def __init__(self, sheet: AssessmentsSheet, criteria: CriteriaSheet | None) -> None:
        self.sheet = sheet
        self.criteria = criteria
        self.last_row = HEADER_ROW
        sheet.head("Épreuves : score et résultat", _NOTE)
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's épreuves."""
        for item in candidate.assessments:
            self.sheet.add(self._line(candidate, item), self._shape)
            self.last_row = item.row

    def finish(self) -> None:
        """Write what holds for the whole table."""
        self.sheet.complete(HEADER_ROW, self.last_row)

    def _line(self, candidate: CandidateRow, item: AssessmentRow) -> AssessmentLine:
        book, code = self.sheet.book, item.decision.code
        formulas, judgement = book.formulas, candidate.judgement
        known = book.decisions.referential
        kind = formulas.assessment_kind(judgement, code)
        live = self.criteria is not None and self._is_here(candidate, code)
        rows = {other.decision.code: other.row for other in candidate.assessments}
        criteria = [row.row for _, row in candidate.criteria] if live else []
        conditions = [rows[condition] for condition in kind.conditions] if live else []
        return AssessmentLine(
            rows=(item.row, *criteria[:1], *criteria[-1:], *conditions),
            alike=(code, kind if live else None),
            candidate=candidate.candidate.id,
            name=candidate.name,
            method=known.method[code],
            scale=known.scale_of_assessment[code],
            score=item.decision.score,
            values=formulas.assessment_values(judgement, code),
        )

    def _is_here(self, candidate: CandidateRow, code: MethodCode) -> bool:
        """Return whether all that an épreuve rests on has rows in this workbook."""
        scope, shown = candidate.judgement.scope, self.sheet.book.plan.blocks
        known = self.sheet.book.decisions.referential
        conditions = scope.conditions(known.method[code])
        return all(
            known.block_of[item.competency] in shown for item in scope.criteria_of_assessment[code]
        ) and all(self._is_here(candidate, condition) for condition in conditions)

    def _shape(self, line: AssessmentLine) -> AssessmentShape:
        code, kind = line.alike
        if self.criteria is None or kind is None:
            return AssessmentShape(formulas=_CONSTANTS, scale=line.scale)
        letters, criteria = self.sheet.letters(CELLS), self.criteria
        rows = {
            condition: place(letters, other_row(number))
            for number, condition in enumerate(kind.conditions, start=_FIRST_CONDITION)
        }
        return AssessmentShape(
            scale=line.scale,
            formulas=self.sheet.book.formulas.assessment_formulas(
                code,
                kind,
                place(criteria.letters(criteria_sheet.ASSESSED), *_CRITERIA, f"'{criteria.name}'"),
                {**rows, code: place(letters, OWN_ROW)},
            ),
        )


_CONSTANTS = without_formulas(CELLS)
"""The formulas of a row that stands as decided."""


def gate_of(sheet: AssessmentsSheet | None) -> AssessmentCells[str] | None:
    """Return the row of an épreuve, as the second one that a line of another sheet names."""
    if sheet is None:
        return None
    return place(sheet.letters(CELLS), other_row(1), sheet=f"'{sheet.name}'")


def rows_of(
    sheet: AssessmentsSheet, codes: Sequence[MethodCode], first: int
) -> dict[MethodCode, AssessmentCells[str]]:
    """Return the rows of épreuves, for a formula of another sheet.

    Args:
        sheet: theirs.
        codes: in the order in which the line of that formula names their rows.
        first: the place of the first one among these rows.
    """
    letters = sheet.letters(CELLS)
    return {
        code: place(letters, other_row(number), sheet=f"'{sheet.name}'")
        for number, code in enumerate(codes, start=first)
    }
