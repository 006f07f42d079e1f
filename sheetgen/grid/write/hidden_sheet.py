"""The very hidden sheet: the stamp, then the workings that every live cell refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol

from sheetgen.excel import listed_marks, sheet_prefix
from sheetgen.grid.contract import NO, YES, Column
from sheetgen.grid.write import workings
from sheetgen.grid.write.calculation import NOT_TO_MARK, TO_JUSTIFY, address_in_row
from sheetgen.rules import Cell, Formulas, Seat, Slot, pairs, place
from sheetgen.rules.excel import constant, is_number, text

if TYPE_CHECKING:
    from sheetgen.excel import Content
    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.plan import BlockSheetPlan, CompetencyPart, CriterionRows, GridPlan
    from sheetgen.grid.write.calculation import Calculation
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.rules import BlockCells, CompetencyCells, CriterionCells

    Addresses = CriterionCells[str] | CompetencyCells[str] | BlockCells[str]
    Contents = CriterionCells[Cell] | CompetencyCells[Cell] | BlockCells[Cell]


def write_hidden(
    sheet: GridSheet, stamp: GridStamp, plan: GridPlan, calculation: Calculation
) -> None:
    """Write the whole sheet."""
    for row, (name, value) in enumerate(stamp.fields().items()):
        sheet.write((row, 0), name)
        sheet.write((row, 1), value)
    writer = _Workings(sheet, plan, calculation)
    writer.write_choices()
    for block in plan.blocks:
        for competency in block.competencies:
            for criterion in competency.criteria:
                writer.write_criterion(block, criterion)
            writer.write_competency(competency)
        writer.write_block(block)


class _Workings:
    """Writes the tables of the workings, a row at a time."""

    def __init__(self, sheet: GridSheet, plan: GridPlan, calculation: Calculation) -> None:
        self._sheet = sheet
        self._plan = plan
        self._calculation = calculation
        self._formulas = Formulas(plan.referential)
        self._levels = workings.levels_at(plan.referential.scale)

    def write_choices(self) -> None:
        """Write what a mark may be, the points of the levels, and what the declaration may be."""
        scale = self._plan.referential.scale
        for row, choice in enumerate(listed_marks(scale), start=workings.FIRST_ROW):
            self._write(f"{workings.CHOICES}{row}", choice)
        for row, level in enumerate(scale.levels, start=workings.FIRST_ROW):
            self._write(f"{workings.LEVEL_POINTS}{row}", constant(float(level.points)))
        for row, answer in enumerate((YES, NO), start=workings.FIRST_ROW):
            self._write(f"{workings.YES_NO}{row}", constant(answer))

    def write_criterion(self, block: BlockSheetPlan, plan: CriterionRows) -> None:
        """Write one criterion: its mark's points, a comment owed or not, what it counts for."""
        row = plan.calculation_row + 1
        code = plan.criterion.code
        points, owed = constant(NOT_TO_MARK), constant(0)
        if not plan.exempt:
            sheet = sheet_prefix(block.block.code)
            mark_cell = f"{sheet}{address_in_row(plan, Column.MARK)}"
            mark = self._calculation.marks.get(code)
            points = self._formulas.slot_points(mark_cell, self._levels, mark)
            state = f"{sheet}{address_in_row(plan, Column.STATE)}"
            is_owed = self._calculation.state(plan).value == TO_JUSTIFY
            owed = Cell(f"=IF({state}={text(TO_JUSTIFY)},1,0)", int(is_owed))
        self._write(f"{workings.CRITERION_CODE}{row}", constant(code))
        self._write(f"{workings.SLOT}{row}", points)
        self._write(f"{workings.OWED}{row}", owed)
        at = place(workings.CRITERION, row)
        slot = Slot(Seat(juror=self._plan.assignment.juror), f"${workings.SLOT}${row}")
        decision = self._calculation.criteria[code]
        self._write_all(at, self._formulas.criterion(plan.criterion, decision, [slot], at))

    def write_competency(self, plan: CompetencyPart) -> None:
        """Write one competency, over its criteria's rows."""
        row = plan.calculation_row + 1
        self._write(f"{workings.COMPETENCY_CODE}{row}", constant(plan.competency.code))
        at = place(workings.COMPETENCY, row)
        criteria = place(workings.CRITERION, *workings.rows_of(plan.criteria))
        decision = self._calculation.competencies[plan.competency.code]
        contents = self._formulas.competency(plan.competency, decision, criteria, at)
        self._write_all(at, contents)

    def write_block(self, plan: BlockSheetPlan) -> None:
        """Write one bloc, over its criteria's and its competencies' rows."""
        row = plan.calculation_row + 1
        self._write(f"{workings.BLOCK_CODE}{row}", constant(plan.block.code))
        at = place(workings.BLOCK, row)
        criteria = place(workings.CRITERION, *workings.rows_of(plan.criteria))
        rows = [item.calculation_row + 1 for item in plan.competencies]
        competencies = place(workings.COMPETENCY, rows[0], rows[-1])
        decision = self._calculation.blocks[plan.block.code]
        self._write_all(at, self._formulas.block(decision, criteria, competencies, at))
        score = 0.0 if decision.score is None else float(decision.score)
        charted = Cell(f"=IF({is_number(at.score)},{at.score},0)", score)
        self._write(f"{workings.BLOCK_CHART}{row}", charted)

    def _write_all(self, addresses: Addresses, contents: Contents) -> None:
        for address, cell in pairs(addresses, contents):
            self._write(address, cell)

    def _write(self, address: str, content: Content) -> None:
        self._sheet.write(xl_cell_to_rowcol(address), content)
