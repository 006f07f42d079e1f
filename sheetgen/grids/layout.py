"""The grid contract: what is where in a grid, declared once, written and read from here.

The words below are what the reader looks for; rows and columns may move on the juror's side, so a
mark is found by the criterion code in its row, never by its position. `plan_grid` says where the
writer puts everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sheetgen import fitting
from sheetgen.model import (
    AssessmentMethod,
    Assignment,
    Block,
    Competency,
    Criterion,
    Referential,
    Route,
    Session,
)

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
    exempt = session.exemptions_of[assignment.candidate]
    bloc_only = session.candidate[assignment.candidate].route is Route.BLOCKS
    blocks: list[BlockPlan] = []
    criterion_row = competency_row = 1
    summary_row = SUMMARY_FIRST_ROW
    for block_row, code in enumerate(assignment.blocks, start=1):
        row = HEADER_ROW + 1
        block_summary_row = summary_row
        summary_row += 1
        competencies: list[CompetencyPlan] = []
        for competency in referential.competencies_of[code]:
            method = referential.method[competency.method]
            headings = _text_rows(row, competency_heading(competency), _HEADING_WIDTH, HEADING_FONT)
            row += len(headings)
            methods = _text_rows(
                row, method_text(method, bloc_only=bloc_only), _METHOD_WIDTH, BODY_FONT
            )
            row += len(methods)
            criteria: list[CriterionPlan] = []
            for criterion in referential.criteria_of[competency.code]:
                rows = _text_rows(
                    row, criterion.title, COLUMN_WIDTHS[Column.CRITERION], BODY_FONT, least=32
                )
                row += len(rows)
                criteria.append(
                    CriterionPlan(
                        criterion=criterion,
                        exempt=criterion.code in exempt,
                        rows=rows,
                        calculation_row=criterion_row,
                    )
                )
                criterion_row += 1
            competencies.append(
                CompetencyPlan(
                    competency=competency,
                    headings=headings,
                    methods=methods,
                    criteria=tuple(criteria),
                    calculation_row=competency_row,
                    summary_row=summary_row,
                )
            )
            competency_row += 1
            summary_row += 1
        blocks.append(
            BlockPlan(
                block=referential.block[code],
                competencies=tuple(competencies),
                calculation_row=block_row,
                summary_row=block_summary_row,
                last_row=row - 1,
            )
        )
    return GridPlan(
        referential=referential, session=session, assignment=assignment, blocks=tuple(blocks)
    )


_HEADING_WIDTH = sum(
    COLUMN_WIDTHS[column] for column in (Column.CRITERION, Column.MARK, Column.COMMENT)
)
_METHOD_WIDTH = sum(COLUMN_WIDTHS.values()) - COLUMN_WIDTHS[Column.CODE]


def competency_heading(competency: Competency) -> str:
    """A competency's text, with the flag that weighs on its outcome."""
    return f"{competency.title}\n(compétence obligatoire)" if competency.mandatory else competency.title


def criterion_flags(criterion: Criterion) -> str:
    """What a juror should know of a criterion beside its text; empty as a rule."""
    flags = []
    if criterion.mandatory:
        flags.append("obligatoire")
    if criterion.eliminatory:
        flags.append("éliminatoire")
    return f"({', '.join(flags)})" if flags else ""


def method_text(method: AssessmentMethod, *, bloc_only: bool) -> str:
    """The assessment method as this candidate sits it."""
    variant = method.block_variant if bloc_only else None
    parts = [f"Modalité : {method.kind}", method.description]
    if variant:
        parts.append(f"Candidat en capitalisation de bloc : {variant}")
    return "\n".join(parts)


def _text_rows(
    first_row: int, text: str, columns: float, font: fitting.Font, *, least: float = 20
) -> tuple[TextRow, ...]:
    parts = fitting.split(text, columns, font)
    return tuple(
        TextRow(
            row=first_row + place,
            text=part,
            height=min(fitting.MAXIMUM_HEIGHT, max(least, fitting.height(part, columns, font))),
        )
        for place, part in enumerate(parts)
    )
