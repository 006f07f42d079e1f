"""The content of one grid, and its rows: planned once, then written sheet by sheet.

Texts are cut into as many rows as it takes to show them whole, since Excel stops a row at 409
points. All rows are counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.grid.contract import INDENT, Column
from sheetgen.grid.owner import Owner, owner_of
from sheetgen.model import (
    NOT_OBSERVED,
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    Competency,
    Criterion,
    Referential,
    Route,
    Scale,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE_ROW, IDENTITY_ROW, HEADER_ROW = 0, 1, 2
"""Rows of a bloc's sheet; the panes are frozen below the header."""

SUMMARY_FIRST_ROW = 4
"""The first row below the header of the summary sheet."""

BODY = text_fit.Font()
BOLD = text_fit.Font(bold=True)
TITLE = text_fit.Font(size=16, bold=True)

SHEET_WIDTH = sum(column.width for column in Column)

_TITLE_LINES = 2
"""The lines of a bloc's title that the frozen part of its sheet shows."""

_LEAST_HEIGHT = 33
"""In points: room for a mark and two lines of comment, on the shortest criterion too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """One row of a text that may need several; `height` is in points."""

    row: int
    text: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRows:
    """A criterion's rows: the first takes the mark, any others only carry on its text.

    `calculation_row` is its row among the workings of the hidden sheet.
    """

    criterion: Criterion
    exempt: bool
    rows: tuple[TextRow, ...]
    calculation_row: int

    @property
    def row(self) -> int:
        """Return the row of the mark."""
        return self.rows[0].row


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyPart:
    """A competency's heading, its assessment method and its criteria."""

    competency: Competency
    headings: tuple[TextRow, ...]
    methods: tuple[TextRow, ...]
    criteria: tuple[CriterionRows, ...]
    calculation_row: int
    summary_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSheetPlan:
    """A bloc's sheet, named by its code.

    Attributes:
        title: what the frozen part shows of the bloc's code and title.
        titles: the same whole, below the header; empty where `title` is whole.
    """

    block: Block
    title: str
    titles: tuple[TextRow, ...]
    competencies: tuple[CompetencyPart, ...]
    calculation_row: int
    summary_row: int
    last_row: int

    @property
    def criteria(self) -> tuple[CriterionRows, ...]:
        """Return its criteria in the référentiel's order."""
        return tuple(item for plan in self.competencies for item in plan.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPlan:
    """Everything that is in one grid, and where; `logo` is a PNG or JPEG image."""

    referential: Referential
    session: Session
    assignment: Assignment
    owner: Owner
    blocks: tuple[BlockSheetPlan, ...]
    logo: bytes | None = None

    @property
    def criteria(self) -> tuple[CriterionRows, ...]:
        """Return its criteria in the référentiel's order."""
        return tuple(item for plan in self.blocks for item in plan.criteria)


def plan_grid(
    referential: Referential,
    session: Session,
    assignment: Assignment,
    logo: bytes | None = None,
) -> GridPlan:
    """Return the place of everything in the grid of one assignment."""
    planner = _Planner(referential, session, assignment)
    return GridPlan(
        referential=referential,
        session=session,
        assignment=assignment,
        owner=owner_of(session, assignment),
        blocks=tuple(planner.plan_block(code) for code in assignment.blocks),
        logo=logo,
    )


class _Planner:
    """Hands out rows in the order of the sheets."""

    def __init__(self, referential: Referential, session: Session, assignment: Assignment) -> None:
        candidate = session.candidate[assignment.candidate]
        self._referential = referential
        self._exempt = session.exemptions_of[candidate.id]
        self._bloc_only = candidate.route is Route.BLOCKS
        self._least = least_height(referential.scale)
        self._block_rows = count(1)
        self._competency_rows = count(1)
        self._criterion_rows = count(1)
        self._summary_rows = count(SUMMARY_FIRST_ROW)

    def plan_block(self, code: BlockCode) -> BlockSheetPlan:
        """Return a bloc's sheet; its line in the summary comes before its competencies'."""
        rows = count(HEADER_ROW + 1)
        block = self._referential.block[code]
        whole = f"{block.code} — {block.title}"
        title = text_fit.shorten(whole, SHEET_WIDTH - INDENT, TITLE, lines=_TITLE_LINES)
        summary_row = next(self._summary_rows)
        return BlockSheetPlan(
            block=block,
            title=title,
            titles=() if title == whole else _text_rows(rows, whole, _METHOD_WIDTH, BOLD),
            competencies=tuple(
                self._plan_competency(competency, rows)
                for competency in self._referential.competencies_of[code]
            ),
            calculation_row=next(self._block_rows),
            summary_row=summary_row,
            last_row=next(rows) - 1,
        )

    def _plan_competency(self, competency: Competency, rows: Iterator[int]) -> CompetencyPart:
        method = "\n".join(
            method_text(self._referential.method[code], bloc_only=self._bloc_only)
            for code in competency.methods
        )
        code_height = _code_height(competency.code)
        return CompetencyPart(
            competency=competency,
            headings=_text_rows(
                rows, competency_heading(competency), _HEADING_WIDTH, BOLD, least=code_height
            ),
            methods=_text_rows(rows, method, _METHOD_WIDTH, BODY),
            criteria=tuple(
                self._plan_criterion(criterion, rows)
                for criterion in self._referential.criteria_of[competency.code]
            ),
            calculation_row=next(self._competency_rows),
            summary_row=next(self._summary_rows),
        )

    def _plan_criterion(self, criterion: Criterion, rows: Iterator[int]) -> CriterionRows:
        return CriterionRows(
            criterion=criterion,
            exempt=criterion.code in self._exempt,
            rows=_text_rows(
                rows,
                criterion_text(criterion),
                Column.CRITERION.width - INDENT,
                BODY,
                least=max(self._least, _code_height(criterion.code)),
            ),
            calculation_row=next(self._criterion_rows),
        )


_HEADING_WIDTH = (
    sum(column.width for column in (Column.CRITERION, Column.MARK, Column.COMMENT)) - INDENT
)
_METHOD_WIDTH = SHEET_WIDTH - Column.CODE.width - INDENT


def competency_heading(competency: Competency) -> str:
    """Return a competency's text, with the flag that weighs on its bloc."""
    return (
        f"{competency.title}\n(compétence obligatoire)"
        if competency.mandatory
        else competency.title
    )


def criterion_text(criterion: Criterion) -> str:
    """Return a criterion's text, with the flags that weigh on its competency and its bloc."""
    flags = []
    if criterion.mandatory:
        flags.append("obligatoire")
    if criterion.eliminatory:
        flags.append("éliminatoire")
    return f"{criterion.title}\n(critère {', '.join(flags)})" if flags else criterion.title


def method_text(method: AssessmentMethod, *, bloc_only: bool) -> str:
    """Return the assessment method as this candidate sits it."""
    variant = method.block_variant if bloc_only else None
    parts = [f"Modalité : {method.kind}", method.description]
    if variant:
        parts.append(f"Candidat en capitalisation de bloc : {variant}")
    return "\n".join(parts)


def least_height(scale: Scale) -> float:
    """Return the height, in points, at which a criterion's row shows any mark whole."""
    labels = [*(level.label for level in scale.levels), NOT_OBSERVED]
    tallest = max(text_fit.height(label, Column.MARK.width, BOLD) for label in labels)
    return max(_LEAST_HEIGHT, tallest)


def _code_height(code: str) -> float:
    return text_fit.height(code, Column.CODE.width, BOLD)


def _text_rows(
    rows: Iterator[int], text: str, columns: float, font: text_fit.Font, *, least: float = 0
) -> tuple[TextRow, ...]:
    """Return the rows of a text; the first is at least so high, as far as a row can be."""
    parts = text_fit.split(text, columns, font)
    heights = [text_fit.height(part, columns, font) for part in parts]
    heights[0] = max(heights[0], least)
    return tuple(
        TextRow(row=next(rows), text=part, height=min(height, text_fit.MAXIMUM_HEIGHT))
        for part, height in zip(parts, heights, strict=True)
    )
