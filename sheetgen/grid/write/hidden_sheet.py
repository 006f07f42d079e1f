"""The very hidden sheet: the stamp, and the workings that every live cell refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol

from sheetgen.excel import listed_marks, sheet_prefix
from sheetgen.grid.contract import NO, YES, Column
from sheetgen.grid.write import workings
from sheetgen.grid.write.calculation import NOT_TO_MARK, TO_JUSTIFY, address_in_row
from sheetgen.rules import (
    BlockPlaces,
    Cell,
    CriterionPlaces,
    Formulas,
    Seat,
    Slot,
    pairs,
    place,
)
from sheetgen.rules.excel import constant, text

if TYPE_CHECKING:
    from sheetgen.excel import Content
    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.plan import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.grid.write.calculation import Calculation
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.rules import Addresses, Contents


def write_head(sheet: GridSheet, stamp: GridStamp, calculation: Calculation) -> None:
    """Write the stamp, and the lists beside it."""
    plan = calculation.plan
    for row, (name, value) in enumerate(stamp.fields().items()):
        sheet.write((row, 0), name)
        sheet.write((row, 1), value)
    scale = plan.referential.scale
    answers = map(constant, (YES, NO))
    points = (constant(float(level.points)) for level in scale.levels)
    codes = (constant(block.block.code) for block in plan.blocks)
    for column, contents in (
        (workings.CHOICES, listed_marks(scale)),
        (workings.LEVEL_POINTS, points),
        (workings.YES_NO, answers),
        (workings.CHART_CODE, codes),
        (workings.CHART_SCORE, map(calculation.charted, plan.blocks)),
    ):
        for row, content in enumerate(contents, start=workings.FIRST_ROW):
            sheet.write(xl_cell_to_rowcol(f"{column}{row}"), content)


def write_band(
    sheet: GridSheet, formulas: Formulas, block: BlockSheetPlan, calculation: Calculation
) -> None:
    """Write the workings of a bloc, which are the same in every grid that holds its sheet."""
    writer = _Workings(sheet, formulas, calculation)
    for competency in block.competencies:
        for criterion in competency.criteria:
            writer.write_criterion(block, criterion)
        writer.write_competency(competency)
    writer.write_block(block)


class _Workings:
    """Writes the tables of the workings, a row at a time."""

    def __init__(self, sheet: GridSheet, formulas: Formulas, calculation: Calculation) -> None:
        self._sheet = sheet
        self._calculation = calculation
        self._formulas = formulas
        self._levels = workings.levels_at(calculation.plan.referential.scale)

    def write_criterion(self, block: BlockSheetPlan, plan: CriterionRows) -> None:
        """Write one criterion: its mark's points, a comment owed or not, what it counts for."""
        row = plan.calculation_row + 1
        code = plan.criterion.code
        points, owed = constant(NOT_TO_MARK), constant(0)
        if not plan.exempt:
            sheet = sheet_prefix(block.block.code)
            mark_cell = f"{sheet}{address_in_row(plan, Column.MARK)}"
            mark = self._calculation.marks.get(code)
            points = self._formulas.slot_points(plan.criterion, mark_cell, self._levels, mark)
            state = f"{sheet}{address_in_row(plan, Column.STATE)}"
            is_owed = self._calculation.state(plan).value == TO_JUSTIFY
            owed = Cell(f"=IF({state}={text(TO_JUSTIFY)},1,0)", int(is_owed))
        self._write(f"{workings.CRITERION_CODE}{row}", constant(code))
        self._write(f"{workings.SLOT}{row}", points)
        self._write(f"{workings.OWED}{row}", owed)
        at = place(workings.CRITERION, row)
        slot = Slot(Seat(juror=self._calculation.plan.assignment.juror), f"${workings.SLOT}${row}")
        contents = self._formulas.criterion(
            self._calculation.judgement, plan.criterion, [slot], CriterionPlaces(at)
        )
        self._write_all(at, contents)

    def write_competency(self, plan: CompetencyPart) -> None:
        """Write one competency, over its criteria's rows."""
        row = plan.calculation_row + 1
        self._write(f"{workings.COMPETENCY_CODE}{row}", constant(plan.competency.code))
        at = place(workings.COMPETENCY, row)
        criteria = place(workings.CRITERION, *workings.rows_of(plan.criteria))
        decision = self._calculation.competencies[plan.competency.code]
        judgement = self._calculation.judgement
        contents = self._formulas.competency(judgement, decision, criteria, at)
        self._write_all(at, contents)

    def write_block(self, plan: BlockSheetPlan) -> None:
        """Write one bloc, over its criteria's and its competencies' rows."""
        row = plan.calculation_row + 1
        at = place(workings.BLOCK, row)
        criteria = place(workings.CRITERION, *workings.rows_of(plan.criteria))
        rows = [item.calculation_row + 1 for item in plan.competencies]
        competencies = place(workings.COMPETENCY, rows[0], rows[-1])
        decision = self._calculation.blocks[plan.block.code]
        below = BlockPlaces(criteria=criteria, competencies=competencies)
        judgement = self._calculation.judgement
        self._write_all(at, self._formulas.block(judgement, decision, below, at))

    def _write_all(self, addresses: Addresses, contents: Contents) -> None:
        for address, cell in pairs(addresses, contents):
            self._write(address, cell)

    def _write(self, address: str, content: Content) -> None:
        self._sheet.write(xl_cell_to_rowcol(address), content)
