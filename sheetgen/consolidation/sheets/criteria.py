"""The sheet « Critères »: each candidate's criteria with every juror's mark, which may be changed.

A row has a slot for each juror assigned to the bloc. Marks are values, under the list of levels;
everything at their right follows. The mark as it was read stays in a hidden column, so that the
sheet shows what somebody changed.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import juror_header, mark_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets.rule_columns import working_columns
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import (
    FAVOURABLE,
    OPEN,
    UNFAVOURABLE,
    WORDS,
    OutOf,
    Style,
)
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import NOT_OBSERVED, CriterionState
from sheetgen.rules import (
    DIVERGENT,
    AssessedCells,
    Cell,
    CriterionCells,
    Readings,
    points_value,
)
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from sheetgen.consolidation.plan import AssessmentRow, CriterionRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook, LiveSheet
    from sheetgen.consolidation.sheets.table_sheet import Held
    from sheetgen.model import Criterion, Mark, MethodCode
    from sheetgen.rules import (
        CandidateJudgement,
        CriterionKind,
        Formulas,
        Seat,
        Value,
    )

TITLE = "Intitulé"
ACQUIRED = "Acquis"
COMMENTS = "Observations des jurés"

CELLS = CriterionCells(
    points="Points",
    state=layout.STATE,
    divergence="Écart",
    top="Appui le plus fort",
    counted="Poids compté",
    value=Readings("Points au pire", "Points au mieux"),
    acquired=Readings("Acquis au pire", "Acquis au mieux"),
    eliminates=Readings("Éliminatoire au pire", "Éliminatoire au mieux"),
    mandatory="Obligatoire",
    share=Readings("Part au pire", "Part au mieux"),
    unsure="Incertain",
    waits="En attente",
)
"""The titles of the columns of the rules' workings, for formulas that refer to them."""

ASSESSED = AssessedCells(
    assessment="Compte dans l'épreuve",
    points="Points reçus",
    state="État reçu",
    counted="Poids dans l'épreuve",
    share=Readings("Part dans l'épreuve au pire", "Part dans l'épreuve au mieux"),
)
"""The titles of the columns of what a criterion counts for in its épreuve."""

_WIDEST_MARK = 15
"""The characters that a column of marks, or of jurors' codes, is wide at the most."""


def points_header(slot: int) -> str:
    """Return the header over the points of a slot's mark, hidden."""
    return f"Points {slot}"


def support_header(slot: int) -> str:
    """Return the header over the weight behind that mark, hidden."""
    return f"Appui {slot}"


def received_header(slot: int) -> str:
    """Return the header over the mark as it was read, hidden."""
    return f"Reçue {slot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBlock:
    """All that the rows of one candidate's bloc have in common."""

    candidate: str
    name: str
    code: str
    assessments: Sequence[AssessmentRow]
    judgement: CandidateJudgement


@dataclass(frozen=True, kw_only=True)
class CriterionLine:
    """A row to write; no slots, so that what a line like another one needs not is not worked out.

    Attributes:
        alike: stands for what its formulas depend on, beside its rows.
        seated: the jurors assigned, with their marks; None for a mark that is missing.
    """

    rows: tuple[int, ...]
    alike: int
    block: MarkedBlock
    criterion: Criterion
    item: CriterionRow
    kind: CriterionKind
    seated: Sequence[tuple[Seat, Mark | None]]
    formulas: Formulas

    @cached_property
    def values(self) -> CriterionCells[Value]:
        """Return the values of the rules' formulas."""
        seats = [seat for seat, _ in self.seated]
        return self.formulas.criterion_values(self.block.judgement, self.criterion, seats)

    @cached_property
    def supports(self) -> Sequence[Value]:
        """Return the weights behind the marks; none where the merge needs none."""
        if self.kind.settled is not None:
            return ()
        seats, marks = [seat for seat, _ in self.seated], [mark for _, mark in self.seated]
        return self.formulas.support_values(self.criterion, seats, marks)

    @cached_property
    def assessed(self) -> AssessedCells[Value]:
        """Return what the criterion counts for in its épreuve."""
        return self.formulas.assessed_values(self.block.judgement, self.criterion)

    @property
    def assessment(self) -> MethodCode | None:
        """Return the épreuve that the criterion belongs to, if any."""
        return self.formulas.assessment_of(self.criterion)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionShape:
    """The formulas that rows have in common.

    Attributes:
        settled: whether no mark counts, so that there are none of points and supports.
        gated: whether the épreuve may not open.
        maximum: the highest note, where it is to be said; None elsewhere.
    """

    settled: bool
    gated: bool
    maximum: Fraction | None
    seats: int
    at: CriterionCells[str]
    formulas: CriterionCells[str]
    points: Sequence[str]
    supports: Sequence[str]
    assessed: AssessedCells[str]


_Column: TypeAlias = "TableColumn[CriterionLine, CriterionShape]"
CriteriaSheet: TypeAlias = "TableSheet[CriterionLine, CriterionShape]"


def add_criteria(book: ConsolidationBook) -> CriteriaSheet:
    """Add the sheet, still empty."""
    labels = [level.label for scale in book.lists.scales for level in scale.levels]
    widest = min(max(len(label) for label in (*labels, NOT_OBSERVED)) + 3, _WIDEST_MARK)
    one_scale = len(book.lists.scales) == 1
    room = max(map(len, (item.code for item in book.decisions.session.groups)), default=0) + 2
    columns = _columns(book.plan.seats, widest, book.lists.mark if one_scale else None, room)
    columns += _added_columns(book.formulas)
    return TableSheet(book, layout.CRITERIA_SHEET, columns)


@cache  # asked for every candidate's bloc
def count_columns(seats: int) -> int:
    """Return the number of columns of the sheet if a row has room for so many jurors."""
    return len(_columns(seats, 0, None))


def _columns(
    seats: int,
    widest_mark: float,
    rule: Callable[[str], dict[str, object]] | None,
    widest_code: int = 0,
) -> list[_Column]:
    slots = range(1, seats + 1)
    return [
        TableColumn(
            layout.CANDIDATE, 8, style=Style.TEXT, value=lambda line: line.block.candidate, own=True
        ),
        TableColumn(
            layout.NAME,
            17,
            style=Style.TEXT,
            value=lambda line: line.block.name,
            own=True,
            fitted=True,
        ),
        TableColumn(layout.BLOCK, 6, style=Style.TEXT, value=lambda line: line.block.code),
        TableColumn(
            layout.COMPETENCY, 9, style=Style.TEXT, value=lambda line: line.criterion.competency
        ),
        TableColumn(layout.CRITERION, 9, style=Style.TEXT, value=lambda line: line.criterion.code),
        TableColumn(
            TITLE, 36, style=Style.TEXT, value=lambda line: line.criterion.title, fitted=True
        ),
        *(
            column
            for slot in slots
            for column in _mark_columns(slot, widest_mark, rule, widest_code)
        ),
        TableColumn(
            CELLS.points,
            8,
            style=_points_style,
            value=lambda line: line.values.points,
            formula=lambda shape: shape.formulas.points,
        ),
        TableColumn(
            ACQUIRED,
            8,
            style=Style.OUTCOME,
            value=lambda line: _ACQUIRED_WORDS[line.item.decision.acquired],
            formula=_acquired_formula,
            tones={layout.YES: FAVOURABLE, layout.NO: UNFAVOURABLE},
        ),
        TableColumn(
            CELLS.state,
            13,
            style=Style.STATE,
            value=lambda line: line.values.state,
            formula=lambda shape: shape.formulas.state,
            tones={state.value: WORDS[state.value] for state in _NOTED_STATES},
        ),
        TableColumn(
            CELLS.divergence,
            7,
            style=Style.OUTCOME,
            value=lambda line: line.values.divergence,
            formula=lambda shape: shape.formulas.divergence,
            tones={DIVERGENT: OPEN},
        ),
        TableColumn(
            COMMENTS,
            80,
            aside=True,
            style=Style.TEXT,
            value=_comments,
            own=True,
            fitted=True,
        ),
        *(_points_column(slot) for slot in slots),
        *(_support_column(slot) for slot in slots),
        *(TableColumn(received_header(slot), value=_shown(slot)) for slot in slots),
        *working_columns(CELLS, "top", "counted", "mandatory", "value", "acquired", "eliminates"),
    ]


_NOTED_STATES = [state for state in CriterionState if state is not CriterionState.MARKED]
_ACQUIRED_WORDS = {True: layout.YES, False: layout.NO, None: ""}
_Content = TypeVar("_Content")


def _added_columns(formulas: Formulas) -> list[_Column]:
    """Return the workings of épreuves, and of scales that differ; none where nothing needs them."""
    columns: list[_Column] = []
    if formulas.has_shares:
        columns += working_columns(CELLS, "share")
    if formulas.has_doubts:
        columns += working_columns(CELLS, "unsure", "waits")
    if formulas.has_assessments:
        counted = "assessment", "points", "state", "counted", "share"
        columns += working_columns(ASSESSED, *counted, value="assessed", formula="assessed")
        columns.append(
            TableColumn(
                layout.ASSESSMENT,
                10,
                aside=True,
                style=Style.TEXT,
                value=lambda line: line.assessment,
            )
        )
    return columns


def _mark_columns(
    slot: int,
    widest: float,
    rule: Callable[[str], dict[str, object]] | None,
    widest_code: int,
) -> tuple[_Column, _Column]:
    """Return the columns of a slot that people see: its juror, and the mark that may be changed."""

    def juror(line: CriterionLine) -> Held:
        return line.seated[slot - 1][0].juror if slot <= len(line.seated) else None

    def juror_style(shape: CriterionShape) -> Style:
        return Style.CODE if slot <= shape.seats else Style.NO_MARK

    def mark_style(shape: CriterionShape) -> Style | OutOf:
        if slot > shape.seats or shape.settled:
            return Style.NO_MARK
        return Style.MARK if shape.maximum is None else OutOf(Style.MARK, shape.maximum)

    return (
        TableColumn(
            juror_header(slot),
            min(max(8, widest_code), _WIDEST_MARK),
            style=juror_style,
            value=juror,
            own=True,
        ),
        TableColumn(
            mark_header(slot),
            widest,
            style=mark_style,
            value=_shown(slot),
            fitted=True,
            validation=rule,
        ),
    )


def _shown(slot: int) -> Callable[[CriterionLine], Held]:
    def value(line: CriterionLine) -> Held:
        if slot > len(line.seated):
            return None
        mark = line.seated[slot - 1][1]
        if line.kind.settled is not None:
            return line.kind.settled.value
        return mark.value if mark else None

    return value


def _points_column(slot: int) -> _Column:
    def value(line: CriterionLine) -> Held:
        if line.kind.settled is not None or slot > len(line.seated):
            return None
        return points_value(line.seated[slot - 1][1])

    return TableColumn(
        points_header(slot), value=value, formula=lambda shape: _nth(shape.points, slot)
    )


def _support_column(slot: int) -> _Column:
    return TableColumn(
        support_header(slot),
        value=lambda line: _nth(line.supports, slot),
        formula=lambda shape: _nth(shape.supports, slot),
    )


def _nth(items: Sequence[_Content], slot: int) -> _Content | Literal[""]:
    return items[slot - 1] if slot <= len(items) else ""


def _points_style(shape: CriterionShape) -> Style | OutOf:
    return Style.POINTS if shape.maximum is None else OutOf(Style.POINTS, shape.maximum)


def _acquired_formula(shape: CriterionShape) -> str:
    marked = text(CriterionState.MARKED.value)
    yes, no = text(layout.YES), text(layout.NO)
    # An épreuve that may not open leaves nothing acquired at worst, whatever was marked.
    acquired = shape.at.acquired.best if shape.gated else shape.at.acquired.worst
    return f'=IF({shape.at.state}={marked},IF({acquired}=1,{yes},{no}),"")'


def _comments(line: CriterionLine) -> str:
    marks = line.item.decision.marks
    return "\n".join(f"{mark.juror} : {mark.comment}" for mark in marks if mark.comment)


def changed_marks(sheet: LiveSheet) -> Cell:
    """Return the live count of marks that somebody changed in the workbook."""
    plan = sheet.book.plan
    if not plan.criteria or not plan.seats:
        return Cell("", 0)
    rows = HEADER_ROW + 1, HEADER_ROW + plan.criteria
    counts = []
    for slot in range(1, plan.seats + 1):
        shown = sheet.range(mark_header(slot), *rows)
        received = sheet.range(received_header(slot), *rows)
        counts.append(f"SUMPRODUCT(--({shown}<>{received}))")
    return Cell(f"={'+'.join(counts)}", 0)
