"""The grid contract: what is where in a grid, declared once, written and read from here.

The words below are what the reader looks for; rows and columns may move on the juror's side, so a
mark is found by the criterion code in its row, never by its position. `plan_grid` says where the
writer puts everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING

from sheetgen import fitting
from sheetgen.model import (
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    Competency,
    Criterion,
    Referential,
    Route,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME_SHEET = "Accueil"
SUMMARY_SHEET = "Synthèse"
STAMP_SHEET = "_sheetgen"
CALCULATION_SHEET = "_calcul"
RESERVED_SHEETS = (HOME_SHEET, SUMMARY_SHEET, STAMP_SHEET, CALCULATION_SHEET)
"""Names that no bloc's sheet can take."""

CODE_LABEL = "Code de la grille"
DECLARATION_LABEL = "Je déclare n’avoir aucun lien avec ce candidat"
DECLARATION_DATE_LABEL = "Date de la déclaration"
OPINION_LABEL = "Avis global sur le candidat"
REMARKS_LABEL = "Remarques pour le jury"
"""Labels whose value stands in the next filled cell to their right."""

YES, NO = "Oui", "Non"


class Column(Enum):
    """The columns of a bloc's sheet, from left to right; the values are the header cells."""

    CODE = "Code"
    CRITERION = "Critère"
    MARK = "Évaluation"
    COMMENT = "Observations"
    POINTS = "Points"
    STATE = "Suivi"

    @property
    def index(self) -> int:
        """Its place, counted from 0."""
        return list(Column).index(self)


CONTRACT_COLUMNS = (
    Column.CODE,
    Column.CRITERION,
    Column.MARK,
    Column.COMMENT,
    Column.POINTS,
)
"""The header cells by which a bloc's sheet is known, whatever its name."""

SUMMARY_HEADER = ("Code", "Intitulé", "Score", "Résultat")

COLUMN_WIDTHS = {
    Column.CODE: 9,
    Column.CRITERION: 62,
    Column.MARK: 22,
    Column.COMMENT: 42,
    Column.POINTS: 8,
    Column.STATE: 17,
}
"""In characters, as Excel counts them; they add up to what a 1366-pixel screen shows."""

TITLE_ROW, IDENTITY_ROW, HEADER_ROW = 0, 1, 2
"""Rows of a bloc's sheet, counted from 0; the panes are frozen below the header."""

BODY_FONT = fitting.Font(size=11)
HEADING_FONT = fitting.Font(size=11, bold=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """One row of a text that may need several, as Excel stops a row at 409 points."""

    row: int
    text: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPlan:
    """A criterion's rows: the first takes the mark, any others only carry on its text.

    `calculation_row` is its row in the calculation sheet. Rows are counted from 0.
    """

    criterion: Criterion
    exempt: bool
    rows: tuple[TextRow, ...]
    calculation_row: int

    @property
    def row(self) -> int:
        """The row of the mark."""
        return self.rows[0].row


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyPlan:
    """A competency's heading, its assessment method and its criteria."""

    competency: Competency
    headings: tuple[TextRow, ...]
    methods: tuple[TextRow, ...]
    criteria: tuple[CriterionPlan, ...]
    calculation_row: int
    summary_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlan:
    """A bloc's sheet, named by its code."""

    block: Block
    competencies: tuple[CompetencyPlan, ...]
    calculation_row: int
    summary_row: int
    last_row: int

    @property
    def criteria(self) -> tuple[CriterionPlan, ...]:
        """Its criteria, competency by competency."""
        return tuple(item for plan in self.competencies for item in plan.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPlan:
    """Everything that is in one grid, and where."""

    referential: Referential
    session: Session
    assignment: Assignment
    blocks: tuple[BlockPlan, ...]

    @property
    def candidate_name(self) -> str:
        """How the grid names the candidate: by number alone under anonymity."""
        candidate = self.session.candidate[self.assignment.candidate]
        if self.session.anonymous:
            return f"Candidat n° {candidate.id}"
        return f"{candidate.last_name.upper()} {candidate.first_name} (n° {candidate.id})"


SUMMARY_FIRST_ROW = 4
"""The first row below the header of the summary sheet."""


def plan_grid(referential: Referential, session: Session, assignment: Assignment) -> GridPlan:
    """Where everything goes in the grid of one assignment."""
    planner = _Planner(referential, session, assignment)
    return GridPlan(
        referential=referential,
        session=session,
        assignment=assignment,
        blocks=tuple(planner.plan_block(code) for code in assignment.blocks),
    )


class _Planner:
    """Hands out rows in the order of the sheets."""

    def __init__(self, referential: Referential, session: Session, assignment: Assignment) -> None:
        candidate = session.candidate[assignment.candidate]
        self._referential = referential
        self._exempt = session.exemptions_of[candidate.id]
        self._bloc_only = candidate.route is Route.BLOCKS
        self._block_rows = count(1)
        self._competency_rows = count(1)
        self._criterion_rows = count(1)
        self._summary_rows = count(SUMMARY_FIRST_ROW)

    def plan_block(self, code: BlockCode) -> BlockPlan:
        """A bloc's sheet; its line in the summary comes before its competencies'."""
        rows = count(HEADER_ROW + 1)
        summary_row = next(self._summary_rows)
        competencies = tuple(
            self._plan_competency(competency, rows)
            for competency in self._referential.competencies_of[code]
        )
        return BlockPlan(
            block=self._referential.block[code],
            competencies=competencies,
            calculation_row=next(self._block_rows),
            summary_row=summary_row,
            last_row=next(rows) - 1,
        )

    def _plan_competency(self, competency: Competency, rows: Iterator[int]) -> CompetencyPlan:
        method = method_text(self._referential.method[competency.method], bloc_only=self._bloc_only)
        return CompetencyPlan(
            competency=competency,
            headings=_text_rows(rows, competency_heading(competency), _HEADING_WIDTH, HEADING_FONT),
            methods=_text_rows(rows, method, _METHOD_WIDTH, BODY_FONT),
            criteria=tuple(
                self._plan_criterion(criterion, rows)
                for criterion in self._referential.criteria_of[competency.code]
            ),
            calculation_row=next(self._competency_rows),
            summary_row=next(self._summary_rows),
        )

    def _plan_criterion(self, criterion: Criterion, rows: Iterator[int]) -> CriterionPlan:
        return CriterionPlan(
            criterion=criterion,
            exempt=criterion.code in self._exempt,
            rows=_text_rows(
                rows, criterion_text(criterion), COLUMN_WIDTHS[Column.CRITERION], BODY_FONT
            ),
            calculation_row=next(self._criterion_rows),
        )


_HEADING_WIDTH = sum(
    COLUMN_WIDTHS[column] for column in (Column.CRITERION, Column.MARK, Column.COMMENT)
)
_METHOD_WIDTH = sum(COLUMN_WIDTHS.values()) - COLUMN_WIDTHS[Column.CODE]


def competency_heading(competency: Competency) -> str:
    """A competency's text, with the flag that weighs on its outcome."""
    return (
        f"{competency.title}\n(compétence obligatoire)"
        if competency.mandatory
        else competency.title
    )


def criterion_text(criterion: Criterion) -> str:
    """A criterion's text, with the flags that weigh on the bloc."""
    flags = []
    if criterion.mandatory:
        flags.append("obligatoire")
    if criterion.eliminatory:
        flags.append("éliminatoire")
    return f"{criterion.title}\n(critère {', '.join(flags)})" if flags else criterion.title


def method_text(method: AssessmentMethod, *, bloc_only: bool) -> str:
    """The assessment method as this candidate sits it."""
    variant = method.block_variant if bloc_only else None
    parts = [f"Modalité : {method.kind}", method.description]
    if variant:
        parts.append(f"Candidat en capitalisation de bloc : {variant}")
    return "\n".join(parts)


_LEAST_HEIGHT = 32
"""In points: room for a mark and two lines of comment, on the shortest criterion too."""


def _text_rows(
    rows: Iterator[int], text: str, columns: float, font: fitting.Font
) -> tuple[TextRow, ...]:
    return tuple(
        TextRow(
            row=next(rows),
            text=part,
            height=min(
                fitting.MAXIMUM_HEIGHT, max(_LEAST_HEIGHT, fitting.height(part, columns, font))
            ),
        )
        for part in fitting.split(text, columns, font)
    )
