"""The very hidden sheet that a grid's live cells refer to: the same formulas as the jury's.

Three tables side by side, one row per criterion, per competency and per bloc, after the list of
what a mark may be. Every formula carries its true value, computed by the rules in Python, since
Protected View, previewers and LibreOffice show what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol

from sheetgen.grids import layout
from sheetgen.grids.cells import write_cell
from sheetgen.grids.layout import BlockPlan, Column, CompetencyPlan, CriterionPlan, GridPlan
from sheetgen.grids.marking import allowed_marks
from sheetgen.model import (
    BlockDecision,
    CommentRule,
    CompetencyDecision,
    CriterionCode,
    CriterionDecision,
    Mark,
    ScaleKind,
)
from sheetgen.rules import (
    BlockCells,
    Cell,
    CompetencyCells,
    CriterionCells,
    Formulas,
    Readings,
    ScaleRanges,
    Seat,
    Slot,
    decide_grid,
    pairs,
    place,
)
from sheetgen.rules.excel import below, constant, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

_CHOICES, _LEVEL_POINTS = "A", "B"
_CRITERION_CODE, _SLOT, _TO_WRITE = "D", "E", "F"
_CRITERION: CriterionCells[str] = CriterionCells(
    points="G",
    state="H",
    divergence="",
    top="",
    counted="I",
    value=Readings("J", "K"),
    acquired=Readings("L", "M"),
    eliminates=Readings("N", "O"),
    mandatory="P",
)
_COMPETENCY_CODE = "R"
_COMPETENCY: CompetencyCells[str] = CompetencyCells(
    outcome="S",
    score="T",
    acquired=Readings("U", "V"),
    attained=Readings("W", "X"),
    weight="Y",
    mandatory="Z",
)
_BLOCK_CODE, _BLOCK_CHART = "AB", "AC"
_BLOCK: BlockCells[str] = BlockCells(outcome="AD", score="AE", validated=Readings("AF", "AG"))

TO_MARK, TO_JUSTIFY, REFUSED, DONE = (
    "● À évaluer",
    "✎ À motiver",
    "⚠ Valeur refusée",
    "✔ Évalué",
)
NOT_TO_MARK = "— Exempté"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the juror wrote outside the bloc sheets; empty in a fresh grid."""

    declaration: bool | None = None
    opinion: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A line of the summary sheet."""

    score: Cell
    outcome: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A line of the first sheet: how many are marked, as a share of 1, and what is left to do."""

    count: Cell
    share: Cell
    to_do: Cell


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """A grid's formulas with their values; no slots, so that decisions are made once."""

    plan: GridPlan
    marks: Mapping[CriterionCode, Mark] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    primary: str

    @cached_property
    def _formulas(self) -> Formulas:
        return Formulas(self.plan.referential)

    @cached_property
    def _blocks(self) -> Mapping[str, BlockDecision]:
        assignment = self.plan.assignment
        decided = decide_grid(
            self.plan.referential,
            self.plan.session.exemptions_of[assignment.candidate],
            assignment.blocks,
            self.marks,
        )
        return {block.code: block for block in decided}

    @cached_property
    def _competencies(self) -> Mapping[str, CompetencyDecision]:
        return {item.code: item for block in self._blocks.values() for item in block.competencies}

    @cached_property
    def _criteria(self) -> Mapping[str, CriterionDecision]:
        return {
            item.code: item
            for competency in self._competencies.values()
            for item in competency.criteria
        }

    @cached_property
    def choices(self) -> str:
        """The range of what a mark may be."""
        count = len(allowed_marks(self.plan.referential.scale))
        return f"{layout.CALCULATION_SHEET}!${_CHOICES}$2:${_CHOICES}${count + 1}"

    @property
    def chart_ranges(self) -> tuple[str, str]:
        """The ranges of the blocs' codes and scores."""
        last = len(self.plan.blocks) + 1
        sheet = layout.CALCULATION_SHEET
        return (
            f"{sheet}!${_BLOCK_CODE}$2:${_BLOCK_CODE}${last}",
            f"{sheet}!${_BLOCK_CHART}$2:${_BLOCK_CHART}${last}",
        )

    def points(self, plan: CriterionPlan) -> Cell:
        """The points shown on a criterion's row: a number, or empty."""
        source = f"{layout.CALCULATION_SHEET}!${_CRITERION.points}${plan.calculation_row + 1}"
        points = self._criteria[plan.criterion.code].points
        return _shown(source, "" if points is None else float(points))

    def state(self, plan: CriterionPlan) -> Cell:
        """What is still to do on a criterion's row."""
        if plan.exempt:
            return constant(NOT_TO_MARK)
        row = plan.row + 1
        mark = f"${_column(Column.MARK)}${row}"
        comment = f"${_column(Column.COMMENT)}${row}"
        slot = f"{layout.CALCULATION_SHEET}!${_SLOT}${plan.calculation_row + 1}"
        done = text(DONE)
        given = self.marks.get(plan.criterion.code)
        value = TO_MARK if given is None else DONE
        if self.plan.referential.rules.comment is CommentRule.NOT_ACQUIRED:
            low = below(slot, self.plan.referential.scale.acquired_from)
            owed = f'IF({comment}="",{text(TO_JUSTIFY)},{done})'
            done = f"IF(ISNUMBER({slot}),IF({low},{owed},{done}),{done})"
            if given is not None and not given.comment and self._is_low(given):
                value = TO_JUSTIFY
        refused = f'IF({slot}="",{text(REFUSED)},{done})'
        return Cell(f'=IF({mark}="",{text(TO_MARK)},{refused})', value)

    def _is_low(self, mark: Mark) -> bool:
        acquired_from = self.plan.referential.scale.acquired_from
        return mark.points is not None and mark.points < acquired_from

    def competency_outcome(self, plan: CompetencyPlan) -> Cell:
        """The outcome of a competency, as its heading shows it."""
        return self.competency_result(plan).outcome

    def competency_result(self, plan: CompetencyPlan) -> Outcome:
        """A competency's line of the summary."""
        decision = self._competencies[plan.competency.code]
        at = place(_COMPETENCY, plan.calculation_row + 1, sheet=layout.CALCULATION_SHEET)
        return Outcome(
            score=_shown(at.score, "" if decision.score is None else float(decision.score)),
            outcome=Cell(f"={at.outcome}", decision.outcome.value),
        )

    def block_result(self, plan: BlockPlan) -> Outcome:
        """A bloc's line of the summary."""
        decision = self._blocks[plan.block.code]
        at = place(_BLOCK, plan.calculation_row + 1, sheet=layout.CALCULATION_SHEET)
        return Outcome(
            score=_shown(at.score, "" if decision.score is None else float(decision.score)),
            outcome=Cell(f"={at.outcome}", decision.outcome.value),
        )

    def progress(self, plan: BlockPlan) -> Progress:
        """A bloc's line of the first sheet."""
        asked = [item for item in plan.criteria if not item.exempt]
        total = len(asked)
        rows = _rows(plan.criteria)
        left = f'SUMPRODUCT(--({_range(_SLOT, rows)}=""))'
        owed = f"SUM({_range(_TO_WRITE, rows)})"
        unmarked = sum(1 for item in asked if item.criterion.code not in self.marks)
        unwritten = sum(1 for item in asked if self.state(item).value == TO_JUSTIFY)
        if unmarked:
            to_do = f"● {unmarked} critère(s) à évaluer"
        elif unwritten:
            to_do = f"✎ {unwritten} observation(s) à écrire"
        else:
            to_do = "✔ Terminé"
        return Progress(
            count=Cell(f'=({total}-{left})&" / {total}"', f"{total - unmarked} / {total}"),
            share=Cell(f"=({total}-{left})/{total}", (total - unmarked) / total)
            if total
            else constant(1),
            to_do=Cell(
                f'=IF({left}>0,"● "&{left}&" critère(s) à évaluer",'
                f'IF({owed}>0,"✎ "&{owed}&" observation(s) à écrire","✔ Terminé"))',
                to_do,
            ),
        )

    def write(self, sheet: Worksheet) -> None:
        """Writes the whole sheet."""
        self._write_choices(sheet)
        for header, columns in (
            ("Critère", (_CRITERION_CODE,)),
            ("Compétence", (_COMPETENCY_CODE,)),
            ("Bloc", (_BLOCK_CODE,)),
        ):
            sheet.write_string(f"{columns[0]}1", header)
        for block in self.plan.blocks:
            for competency in block.competencies:
                for criterion in competency.criteria:
                    self._write_criterion(sheet, block, criterion)
                self._write_competency(sheet, competency)
            self._write_block(sheet, block)

    def _write_choices(self, sheet: Worksheet) -> None:
        scale = self.plan.referential.scale
        sheet.write_string(f"{_CHOICES}1", "Évaluations")
        sheet.write_string(f"{_LEVEL_POINTS}1", "Points du niveau")
        for row, choice in enumerate(allowed_marks(scale), start=2):
            if isinstance(choice, str):
                sheet.write_string(f"{_CHOICES}{row}", choice)
            else:
                sheet.write_number(f"{_CHOICES}{row}", choice)
        for row, level in enumerate(scale.levels, start=2):
            sheet.write_number(f"{_LEVEL_POINTS}{row}", float(level.points))

    def _write_criterion(self, sheet: Worksheet, block: BlockPlan, plan: CriterionPlan) -> None:
        row = plan.calculation_row + 1
        code = plan.criterion.code
        decision = self._criteria[code]
        own = f"'{block.block.code.replace(chr(39), chr(39) * 2)}'!"
        slot_cell = constant(NOT_TO_MARK)
        to_write = constant(0)
        if not plan.exempt:
            mark_cell = f"{own}${_column(Column.MARK)}${plan.row + 1}"
            slot_cell = self._formulas.slot_points(mark_cell, self._ranges, self.marks.get(code))
            state = f"{own}${_column(Column.STATE)}${plan.row + 1}"
            to_write = Cell(
                f"=IF({state}={text(TO_JUSTIFY)},1,0)", int(self.state(plan).value == TO_JUSTIFY)
            )
        _write(sheet, f"{_CRITERION_CODE}{row}", constant(code))
        _write(sheet, f"{_SLOT}{row}", slot_cell)
        _write(sheet, f"{_TO_WRITE}{row}", to_write)
        at = place(_CRITERION, row)
        seat = Seat(juror=self.plan.assignment.juror)
        slots = [Slot(seat, f"${_SLOT}${row}")]
        for address, cell in pairs(
            at, self._formulas.criterion(plan.criterion, decision, slots, at)
        ):
            _write(sheet, address, cell)

    @property
    def _ranges(self) -> ScaleRanges:
        scale = self.plan.referential.scale
        if scale.kind is not ScaleKind.LEVELS:
            return ScaleRanges()
        last = len(scale.levels) + 1
        return ScaleRanges(
            labels=f"${_CHOICES}$2:${_CHOICES}${last}",
            points=f"${_LEVEL_POINTS}$2:${_LEVEL_POINTS}${last}",
        )

    def _write_competency(self, sheet: Worksheet, plan: CompetencyPlan) -> None:
        row = plan.calculation_row + 1
        decision = self._competencies[plan.competency.code]
        first, last = _rows(plan.criteria)
        at = place(_COMPETENCY, row)
        _write(sheet, f"{_COMPETENCY_CODE}{row}", constant(plan.competency.code))
        criteria = place(_CRITERION, first, last)
        for address, cell in pairs(
            at, self._formulas.competency(plan.competency, decision, criteria, at)
        ):
            _write(sheet, address, cell)

    def _write_block(self, sheet: Worksheet, plan: BlockPlan) -> None:
        row = plan.calculation_row + 1
        decision = self._blocks[plan.block.code]
        criteria = place(_CRITERION, *_rows(plan.criteria))
        rows = [item.calculation_row + 1 for item in plan.competencies]
        competencies = place(_COMPETENCY, rows[0], rows[-1])
        at = place(_BLOCK, row)
        _write(sheet, f"{_BLOCK_CODE}{row}", constant(plan.block.code))
        for address, cell in pairs(at, self._formulas.block(decision, criteria, competencies, at)):
            _write(sheet, address, cell)
        score = 0.0 if decision.score is None else float(decision.score)
        _write(
            sheet, f"{_BLOCK_CHART}{row}", Cell(f"=IF(ISNUMBER({at.score}),{at.score},0)", score)
        )


def _column(column: Column) -> str:
    return "ABCDEFGH"[column.index]


def _rows(criteria: tuple[CriterionPlan, ...]) -> tuple[int, int]:
    """The first and last calculation rows of criteria that follow one another, from 1."""
    return criteria[0].calculation_row + 1, criteria[-1].calculation_row + 1


def _range(column: str, rows: tuple[int, int]) -> str:
    return f"{layout.CALCULATION_SHEET}!${column}${rows[0]}:${column}${rows[1]}"


def _shown(source: str, value: float | str) -> Cell:
    """A cell that repeats a number from elsewhere, or stays empty."""
    return Cell(f'=IF(ISNUMBER({source}),{source},"")', value)


def _write(sheet: Worksheet, address: str, cell: Cell) -> None:
    write_cell(sheet, xl_cell_to_rowcol(address), cell)
