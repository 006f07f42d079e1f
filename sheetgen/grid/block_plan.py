"""The rows of one bloc's sheet: what stands on it and where, counted from 0; `block_planner` plans.

Texts are cut into as many rows as it takes to show them whole, since Excel stops a row at 409
points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.grid.contract import Column
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from sheetgen.grid.asked import BlockVariant
    from sheetgen.model import Block, Competency, Criterion, CriterionState

HEADER_ROW, STATE_ROW, TITLE_ROW = range(3)
"""Rows of a bloc's sheet: the header, the only one that is frozen; whose marks, what is left and
links; the bloc's title and what may be typed."""

BODY = text_fit.Font()
BOLD = text_fit.Font(bold=True)
TITLE = text_fit.Font(size=14, bold=True)
SUBTITLE = text_fit.Font(size=12, bold=True)
SMALL = text_fit.Font(size=10)
SMALL_BOLD = text_fit.Font(size=10, bold=True)

SHEET_WIDTH = sum(column.width for column in Column)

PADDING = 2
"""Points that a row of a bloc's sheet leaves above and below its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """One row of a text that may need several; `height` is in points."""

    row: int
    text: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SubHeading:
    """The lines above some criteria of a competency: their épreuve, or the title of a group.

    Attributes:
        code: of the épreuve; empty for a group.
        rows: its name.
        details: what else is said of it.
    """

    code: str = ""
    rows: tuple[TextRow, ...]
    details: tuple[TextRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRows:
    """A criterion's rows: the first takes the mark, any others only carry on its text.

    Attributes:
        lock: why no mark is asked; None where one is.
        rows: none where the grid does not show it, though it has its row among the workings.
        calculation_row: its row among the workings of the very hidden sheet.
    """

    criterion: Criterion
    lock: CriterionState | None = None
    rows: tuple[TextRow, ...]
    calculation_row: int

    @property
    def row(self) -> int:
        """Return the row of the mark."""
        return self.rows[0].row

    @property
    def is_asked(self) -> bool:
        """Return whether the juror is to mark it."""
        return self.lock is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyPart:
    """A competency's heading, its assessment methods and its criteria.

    Attributes:
        headings: none where the grid does not show it.
        methods: what is said of all that assesses it, in short.
        method_text: the same whole, whatever the épreuves among it.
        parts: épreuves and groups, each above the criteria that follow its rows.
        criteria: all, in the order of their rows.
    """

    competency: Competency
    headings: tuple[TextRow, ...]
    methods: tuple[TextRow, ...]
    method_text: str = ""
    parts: tuple[SubHeading, ...] = ()
    criteria: tuple[CriterionRows, ...]
    calculation_row: int

    @property
    def shown(self) -> tuple[CriterionRows, ...]:
        """Return the criteria that the grid shows."""
        return tuple(item for item in self.criteria if item.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSheetPlan:
    """A bloc's sheet, named by its code.

    Attributes:
        variant: which of the bloc's sheets it is.
        titles: the bloc's code and title, below the header.
        aside: beside the title, what the letters stand for that may be typed, and what concerns
            this candidate in this bloc alone.
        competencies: all, whether shown or not.
    """

    variant: BlockVariant
    block: Block
    titles: tuple[TextRow, ...]
    aside: str
    competencies: tuple[CompetencyPart, ...]
    calculation_row: int
    last_row: int

    @property
    def criteria(self) -> tuple[CriterionRows, ...]:
        """Return the criteria that it shows, in the order of their rows."""
        return tuple(item for plan in self.competencies for item in plan.shown)

    @property
    def all_criteria(self) -> tuple[CriterionRows, ...]:
        """Return every criterion that has a row among the workings."""
        return tuple(item for plan in self.competencies for item in plan.criteria)

    @property
    def first_cell(self) -> tuple[int, int]:
        """Return the first cell to fill; the first mark where none is asked."""
        asked = (item for item in self.criteria if item.is_asked)
        return next(asked, self.criteria[0]).row, Column.MARK.index

    @property
    def last_calculation_row(self) -> int:
        """Return the last row of its band."""
        competencies = (item.calculation_row for item in self.competencies)
        return max(*competencies, *(item.calculation_row for item in self.all_criteria))
