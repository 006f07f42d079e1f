"""The plan of one bloc's sheet: which texts and criteria stand on it, one after another."""

from __future__ import annotations

from itertools import count, groupby
from typing import TYPE_CHECKING

from sheetgen.excel import text_fit
from sheetgen.grid import sentences
from sheetgen.grid.asked import lock_of
from sheetgen.grid.block_plan import (
    BODY,
    BOLD,
    PADDING,
    SHEET_WIDTH,
    SMALL,
    SMALL_BOLD,
    SUBTITLE,
    TITLE_ROW,
    BlockSheetPlan,
    CompetencyPart,
    CriterionRows,
    SubHeading,
    TextRow,
)
from sheetgen.grid.contract import INDENT, Column
from sheetgen.grid.owner import how_to_mark
from sheetgen.model import (
    NOT_OBSERVED,
    Competency,
    Criterion,
    CriterionState,
    MethodCode,
    Referential,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.grid.asked import BlockVariant
    from sheetgen.model import BlockCode, CriterionCode, Scale
    from sheetgen.rules import CandidateScope

_COMPETENCY_LINES = 2
_METHOD_LINES, _BLOC_ONLY_LINES = 1, 2
"""The lines that a bloc's sheet shows of a competency and of its modalités: one that is sat
otherwise for a bloc alone says so in two. Each stands whole on the sheet of texts."""


class BlockPlanner:
    """Hands out the rows of one bloc's sheet, and those of its workings."""

    def __init__(
        self, referential: Referential, variant: BlockVariant, scope: CandidateScope, band: int
    ) -> None:
        self._referential = referential
        self._variant = variant
        self._scope = scope
        self._band = band
        self._words = sentences.Sentences(referential)
        self._described: set[MethodCode] = set()
        self._rows = count(TITLE_ROW)
        self._competency_rows = count(band)
        self._criterion_rows = count(band)

    def plan(self) -> BlockSheetPlan:
        """Return the bloc's sheet."""
        code = self._variant.code
        block = self._referential.block[code]
        title = f"{block.code} — {block.title}"
        aside = "\n".join(filter(None, [self._how_to_mark(code), *self._variant.notes]))
        beside = text_fit.height(aside, _ASIDE_WIDTH, SMALL_BOLD, padding=PADDING)
        return BlockSheetPlan(
            variant=self._variant,
            block=block,
            titles=self._text_rows(title, _TITLE_WIDTH, SUBTITLE, least=beside),
            aside=aside,
            competencies=tuple(map(self._plan_competency, self._referential.competencies_of[code])),
            calculation_row=self._band,
            last_row=next(self._rows) - 1,
        )

    def _how_to_mark(self, code: BlockCode) -> str:
        """Return how marks are given on a bloc's sheet."""
        criteria = self._referential.criteria_of_block[code]
        scales = {self._referential.scale_of[item.code]: None for item in criteria}
        return how_to_mark(*(scales or [self._referential.scale]))

    def _plan_competency(self, competency: Competency) -> CompetencyPart:
        locks = {
            item.code: lock_of(self._scope, item)
            for item in self._referential.criteria_of[competency.code]
        }
        shown = [item for item in self._criteria_of(competency) if locks[item.code] in _SHOWN]
        if not shown and not self._is_announced(competency):
            return self._hidden(competency, locks)
        headings = self._short_rows(
            sentences.competency_in_short(competency),
            (_HEADING_WIDTH, _COMPETENCY_LINES),
            SMALL_BOLD,
            least=_code_height(competency.code),
        )
        methods: tuple[TextRow, ...] = ()
        parts: list[SubHeading] = []
        criteria: list[CriterionRows] = []
        if self._is_divided(competency, shown):
            for code, items in groupby(shown, key=self._assessment_of):
                parts.append(self._plan_part(competency, code))
                self._plan_criteria(list(items), locks, parts, criteria)
        else:
            methods = self._method_rows(competency)
            self._plan_criteria(shown, locks, parts, criteria)
        hidden = [item for item in locks if locks[item] not in _SHOWN]
        criteria.extend(self._without_rows(self._referential.criterion[x], locks) for x in hidden)
        return CompetencyPart(
            competency=competency,
            headings=headings,
            methods=methods,
            method_text=self._words.methods(
                self._used(competency), competency, bloc_only=self._variant.bloc_only
            ),
            parts=tuple(parts),
            criteria=tuple(criteria),
            calculation_row=next(self._competency_rows),
        )

    def _method_rows(self, competency: Competency) -> tuple[TextRow, ...]:
        """Return the modalités of a competency, cut, then what a juror must know whole."""
        text, whole = self._words.methods_in_short(
            self._used(competency), bloc_only=self._variant.bloc_only
        )
        rows = self._short_rows(text, (_METHOD_WIDTH, self._method_lines), SMALL) if text else ()
        if competency.by_evidence:
            whole = [*whole, sentences.BY_EVIDENCE]
        return (
            *rows,
            *(row for line in whole for row in self._text_rows(line, _METHOD_WIDTH, SMALL)),
        )

    @property
    def _method_lines(self) -> int:
        return _BLOC_ONLY_LINES if self._variant.bloc_only else _METHOD_LINES

    def _is_announced(self, competency: Competency) -> bool:
        """Return whether a competency is shown although nothing is to be marked: by evidence."""
        assignment = self._scope.assignment
        restricted = assignment and assignment.methods_for(self._variant.code)
        is_kept = competency.code in self._scope.kept_competencies
        return competency.by_evidence and not restricted and not is_kept

    def _hidden(
        self, competency: Competency, locks: dict[CriterionCode, CriterionState | None]
    ) -> CompetencyPart:
        criteria = self._referential.criteria_of[competency.code]
        return CompetencyPart(
            competency=competency,
            headings=(),
            methods=(),
            criteria=tuple(self._without_rows(item, locks) for item in criteria),
            calculation_row=next(self._competency_rows),
        )

    def _without_rows(
        self, criterion: Criterion, locks: dict[CriterionCode, CriterionState | None]
    ) -> CriterionRows:
        return CriterionRows(
            criterion=criterion,
            lock=locks[criterion.code],
            rows=(),
            calculation_row=next(self._criterion_rows),
        )

    def _assessment_of(self, criterion: Criterion) -> MethodCode | None:
        return self._referential.assessment_of[criterion.code]

    def _criteria_of(self, competency: Competency) -> Sequence[Criterion]:
        """Return a competency's criteria, by épreuve where it has several; those of none last."""
        order: list[MethodCode | None] = [*competency.methods, None]
        criteria = self._referential.criteria_of[competency.code]
        return sorted(criteria, key=lambda item: order.index(self._assessment_of(item)))

    def _is_divided(self, competency: Competency, shown: Sequence[Criterion]) -> bool:
        """Return whether each épreuve of a competency stands above its criteria."""
        if len(self._used(competency)) < 2:
            return False
        return any(self._assessment_of(item) is not None for item in shown)

    def _used(self, competency: Competency) -> list[MethodCode]:
        """Return the modalités that this juror uses on this candidate."""
        assignment = self._scope.assignment
        block = self._referential.block_of[competency.code]
        mine = None if assignment is None else assignment.methods_for(block)
        return [
            code
            for code in competency.methods
            if self._referential.method[code].used_for(self._scope.access)
            and (mine is None or code in mine)
            and code not in self._scope.kept_assessments
        ]

    def _plan_part(self, competency: Competency, code: MethodCode | None) -> SubHeading:
        bloc_only, whole = self._variant.bloc_only, []
        if code is None:
            name = sentences.OVER_ALL
            details = self._words.names(self._used(competency))
        else:
            name = self._words.assessment_name(code)
            details = ""
            if code not in self._described:
                details = self._words.assessment_in_short(code, bloc_only=bloc_only)
            whole = self._words.opening(code)
            self._described.add(code)
        shown = code or ""
        rows = self._text_rows(name, _METHOD_WIDTH, BOLD, least=_code_height(shown))
        room = _METHOD_WIDTH, self._method_lines
        short = self._short_rows(details, room, SMALL) if details else ()
        opening = [row for line in whole for row in self._text_rows(line, _METHOD_WIDTH, SMALL)]
        return SubHeading(code=shown, rows=rows, details=(*short, *opening))

    def _plan_criteria(
        self,
        shown: Sequence[Criterion],
        locks: dict[CriterionCode, CriterionState | None],
        parts: list[SubHeading],
        criteria: list[CriterionRows],
    ) -> None:
        """Plan criteria one below the other, each group under its title."""
        for title, items in groupby(shown, key=lambda item: item.group):
            if title:
                parts.append(SubHeading(rows=self._text_rows(title, _METHOD_WIDTH, BOLD)))
            criteria.extend(self._plan_criterion(item, locks[item.code]) for item in items)

    def _plan_criterion(self, criterion: Criterion, lock: CriterionState | None) -> CriterionRows:
        least = _least_height(self._referential.scale_of[criterion.code], PADDING)
        return CriterionRows(
            criterion=criterion,
            lock=lock,
            rows=self._text_rows(
                self._words.criterion(criterion),
                Column.CRITERION.width - INDENT,
                BODY,
                least=max(least, _code_height(criterion.code)),
            ),
            calculation_row=next(self._criterion_rows),
        )

    def _text_rows(
        self, text: str, columns: float, font: text_fit.Font, *, least: float = 0
    ) -> tuple[TextRow, ...]:
        """Return the rows of a text; the first is at least so high, as far as a row can be."""
        parts = text_fit.split(text, columns, font, padding=PADDING)
        heights = [text_fit.height(part, columns, font, padding=PADDING) for part in parts]
        heights[0] = max(heights[0], least)
        return tuple(
            TextRow(row=next(self._rows), text=part, height=min(height, text_fit.MAXIMUM_HEIGHT))
            for part, height in zip(parts, heights, strict=True)
        )

    def _short_rows(
        self, text: str, room: tuple[float, int], font: text_fit.Font, *, least: float = 0
    ) -> tuple[TextRow, ...]:
        """Return the row of a text cut where it takes more lines than there is room for."""
        columns, lines = room
        shown = text_fit.shorten(text, columns, font, lines=lines)
        return self._text_rows(shown, columns, font, least=least)


_SHOWN = (None, CriterionState.EXEMPT, CriterionState.ABSENT)
"""The locks of criteria that a grid shows."""

_HEADING_WIDTH = (
    sum(column.width for column in (Column.CRITERION, Column.MARK, Column.COMMENT)) - INDENT
)
_METHOD_WIDTH = SHEET_WIDTH - Column.CODE.width - INDENT
_ASIDE_WIDTH = (
    sum(column.width for column in (Column.COMMENT, Column.POINTS, Column.STATE)) - INDENT
)
_TITLE_WIDTH = Column.CODE.width + Column.CRITERION.width - INDENT


def _least_height(scale: Scale, padding: float) -> float:
    """Return the height, in points, at which a row shows any mark of a scale whole."""
    labels = [*(level.label for level in scale.levels), NOT_OBSERVED]
    width = Column.MARK.width
    return max(text_fit.height(label, width, BOLD, padding=padding) for label in labels)


def _code_height(code: str) -> float:
    return text_fit.height(code, Column.CODE.width, BOLD, padding=PADDING)
