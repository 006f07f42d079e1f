"""The content of one grid, and its rows: planned once, then written sheet by sheet.

Texts are cut into as many rows as it takes to show them whole, since Excel stops a row at 409
points. All rows are counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count
from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.grid.contract import INDENT, Column
from sheetgen.grid.owner import Owner, owner_of
from sheetgen.grid.working_rows import band_rows
from sheetgen.model import (
    NOT_OBSERVED,
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    Competency,
    Criterion,
    CriterionCode,
    Referential,
    Route,
    Scale,
    Session,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TITLE_ROW, IDENTITY_ROW, HEADER_ROW = 0, 1, 2
"""Rows of a bloc's sheet; the panes are frozen below the header."""

BODY = text_fit.Font()
BOLD = text_fit.Font(bold=True)
TITLE = text_fit.Font(size=16, bold=True)

SHEET_WIDTH = sum(column.width for column in Column)

_TITLE_LINES = 2
"""The lines of a bloc's title that the frozen part of its sheet shows."""

_MOST_VARIANTS = 256
"""Variants of blocs whose plans are kept; exemptions make many."""

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

    `calculation_row` is its row among the workings of the very hidden sheet.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockVariant:
    """All that a bloc's sheet depends on beside the référentiel: equal variants have equal sheets.

    Attributes:
        code: the bloc's.
        bloc_only: whether the candidate sits blocs only, as some methods provide for.
        exempt: the candidate's exempt criteria, of this bloc.
    """

    code: BlockCode
    bloc_only: bool
    exempt: frozenset[CriterionCode]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSheetPlan:
    """A bloc's sheet, named by its code.

    Attributes:
        variant: which of the bloc's sheets it is.
        title: what the frozen part shows of the bloc's code and title.
        titles: the same whole, below the header; empty where `title` is whole.
    """

    variant: BlockVariant
    block: Block
    title: str
    titles: tuple[TextRow, ...]
    competencies: tuple[CompetencyPart, ...]
    calculation_row: int
    last_row: int

    @property
    def criteria(self) -> tuple[CriterionRows, ...]:
        """Return its criteria in the référentiel's order."""
        return tuple(item for plan in self.competencies for item in plan.criteria)

    @property
    def last_calculation_row(self) -> int:
        """Return the last row of its band."""
        competencies = (item.calculation_row for item in self.competencies)
        return max(*competencies, *(item.calculation_row for item in self.criteria))


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
    return GridPlanner(referential, session, logo).plan(assignment)


class GridPlanner:
    """Plans the grids of a session; each variant of a bloc is planned once."""

    def __init__(
        self, referential: Referential, session: Session, logo: bytes | None = None
    ) -> None:
        self._referential = referential
        self._session = session
        self._logo = logo
        self._block = lru_cache(_MOST_VARIANTS)(self._plan_block)

    def plan(self, assignment: Assignment) -> GridPlan:
        """Return the place of everything in the grid of one assignment."""
        return GridPlan(
            referential=self._referential,
            session=self._session,
            assignment=assignment,
            owner=owner_of(self._session, assignment),
            blocks=tuple(map(self._block, self.variants(assignment))),
            logo=self._logo,
        )

    def variants(self, assignment: Assignment) -> tuple[BlockVariant, ...]:
        """Return the variants of the blocs that a grid holds, in its order."""
        candidate = self._session.candidate[assignment.candidate]
        exempt = self._session.exemptions_of[candidate.id]
        known = self._referential
        return tuple(
            BlockVariant(
                code=code,
                bloc_only=candidate.route is Route.BLOCKS,
                exempt=exempt & {item.code for item in known.criteria_of_block[code]},
            )
            for code in assignment.blocks
        )

    @cached_property
    def _bands(self) -> Mapping[BlockCode, int]:
        return band_rows(self._referential)

    def _plan_block(self, variant: BlockVariant) -> BlockSheetPlan:
        return _BlockPlanner(self._referential, variant, self._bands[variant.code]).plan()


class _BlockPlanner:
    """Hands out the rows of one bloc's sheet, and those of its workings."""

    def __init__(self, referential: Referential, variant: BlockVariant, band: int) -> None:
        self._referential = referential
        self._variant = variant
        self._band = band
        self._least = least_height(referential.scale)
        self._competency_rows = count(band)
        self._criterion_rows = count(band)

    def plan(self) -> BlockSheetPlan:
        """Return the bloc's sheet."""
        rows = count(HEADER_ROW + 1)
        code = self._variant.code
        block = self._referential.block[code]
        whole = f"{block.code} — {block.title}"
        title = text_fit.shorten(whole, SHEET_WIDTH - INDENT, TITLE, lines=_TITLE_LINES)
        return BlockSheetPlan(
            variant=self._variant,
            block=block,
            title=title,
            titles=() if title == whole else _text_rows(rows, whole, _METHOD_WIDTH, BOLD),
            competencies=tuple(
                self._plan_competency(competency, rows)
                for competency in self._referential.competencies_of[code]
            ),
            calculation_row=self._band,
            last_row=next(rows) - 1,
        )

    def _plan_competency(self, competency: Competency, rows: Iterator[int]) -> CompetencyPart:
        bloc_only = self._variant.bloc_only
        method = "\n".join(
            method_text(self._referential.method[code], bloc_only=bloc_only)
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
        )

    def _plan_criterion(self, criterion: Criterion, rows: Iterator[int]) -> CriterionRows:
        return CriterionRows(
            criterion=criterion,
            exempt=criterion.code in self._variant.exempt,
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
