"""The very hidden sheet: the stamp, and the workings that every live cell refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol

from sheetgen.excel import sheet_prefix
from sheetgen.grid.contract import NO, YES, Column
from sheetgen.grid.working_rows import typed_marks
from sheetgen.grid.write import workings
from sheetgen.grid.write.calculation import LOCKED, TO_JUSTIFY, address_in_row
from sheetgen.grid.write.workings import Workings
from sheetgen.rules import BlockPlaces, Cell, CriterionPlaces, RowCells, Seat, Slot, pairs, place
from sheetgen.rules.excel import constant, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.excel import Content
    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.grid.identity import GridStamp
    from sheetgen.grid.write.calculation import Calculation
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.model import MethodCode, Scale
    from sheetgen.rules import Addresses, Contents, CriterionCells, Formulas


def write_head(
    sheet: GridSheet, stamp: GridStamp, formulas: Formulas, calculation: Calculation
) -> None:
    """Write the stamp, the lists beside it, and the épreuves where rules look at them."""
    plan = calculation.plan
    for row, (name, value) in enumerate(stamp.fields().items()):
        sheet.write((row, 0), name)
        sheet.write((row, 1), value)
    answers = map(constant, (YES, NO))
    codes = (constant(block.block.code) for block in plan.blocks)
    for column, contents in (
        (workings.YES_NO, answers),
        (workings.CHART_CODE, codes),
        (workings.CHART_SCORE, map(calculation.charted, plan.blocks)),
        *(
            (column, [calculation.bar(*item, outcome) for item in enumerate(plan.blocks)])
            for outcome, column in workings.CHART_BARS.items()
        ),
    ):
        for row, content in enumerate(contents, start=workings.FIRST_ROW):
            sheet.write(xl_cell_to_rowcol(f"{column}{row}"), content)
    known = Workings.of(plan)
    # The extent that the sheet declares is the same whichever rows are written elsewhere.
    sheet.worksheet.reach(0, known.last_column)
    for scale, columns in known.lists.items():
        _write_list(sheet, scale, columns)
    for scale, column in known.shortcuts.items():
        for row, level in enumerate(scale.levels, start=workings.FIRST_ROW):
            sheet.write(xl_cell_to_rowcol(f"{column}{row}"), level.shortcut or "")
    writer = _Writer(sheet, formulas, calculation)
    for code in known.assessments:
        if code in calculation.assessments:
            writer.write_assessment(code)


def _write_list(sheet: GridSheet, scale: Scale, columns: tuple[str, str]) -> None:
    """Write what a mark may be on a scale, and the points of its levels."""
    points = (constant(float(level.points)) for level in scale.levels)
    for column, contents in zip(columns, (typed_marks(scale), points), strict=True):
        for row, content in enumerate(contents, start=workings.FIRST_ROW):
            sheet.write(xl_cell_to_rowcol(f"{column}{row}"), content)


def write_band(
    sheet: GridSheet, formulas: Formulas, block: BlockSheetPlan, calculation: Calculation
) -> None:
    """Write the workings of a bloc, which are the same in every grid that holds its sheet."""
    writer = _Writer(sheet, formulas, calculation)
    for competency in block.competencies:
        for criterion in competency.criteria:
            writer.write_criterion(block, criterion)
        writer.write_competency(competency)
    writer.write_block(block)


class _Writer:
    """Writes the tables of the workings, a row at a time."""

    def __init__(self, sheet: GridSheet, formulas: Formulas, calculation: Calculation) -> None:
        self._sheet = sheet
        self._calculation = calculation
        self._judgement = calculation.judgement
        self._rows = RowCells(formulas)
        self._known = Workings.of(calculation.plan)

    def write_assessment(self, code: MethodCode) -> None:
        """Write one épreuve, over the rows of all criteria."""
        known, rows = self._known, self._known.assessments
        row = xl_cell_to_rowcol(rows[code].outcome)[0] + 1
        self._write(f"{workings.ASSESSMENT_CODE}{row}", constant(code))
        contents = self._rows.assessment(self._judgement, code, known.assessed, rows)
        self._write_all(rows[code], contents)

    def write_criterion(self, block: BlockSheetPlan, plan: CriterionRows) -> None:
        """Write one criterion: its mark's points, a comment owed or not, what it counts for."""
        row = plan.calculation_row + 1
        code = plan.criterion.code
        points, owed, slots = constant(LOCKED.get(plan.lock, "—")), constant(0), []
        if plan.is_asked:
            sheet = sheet_prefix(block.block.code)
            mark_cell = f"{sheet}{address_in_row(plan, Column.MARK)}"
            mark = self._calculation.marks.get(code)
            scale = self._calculation.plan.referential.scale_of[code]
            listed = self._known.levels_at(scale)
            points = self._rows.slot_points(plan.criterion, mark_cell, listed, mark)
            state = f"{sheet}{address_in_row(plan, Column.STATE)}"
            is_owed = self._calculation.state(plan).value == TO_JUSTIFY
            owed = Cell(f"=IF({state}={text(TO_JUSTIFY)},1,0)", int(is_owed))
            seat = Seat(juror=self._calculation.plan.assignment.juror)
            slots = [Slot(seat, f"${workings.SLOT}${row}")]
        self._write(f"{workings.CRITERION_CODE}{row}", constant(code))
        self._write(f"{workings.SLOT}{row}", points)
        self._write(f"{workings.OWED}{row}", owed)
        places = self._places(plan)
        judged = self._judgement, plan.criterion, slots, places
        self._write_all(places.at, self._rows.criterion(*judged))
        if places.assessed is not None:
            self._write_all(places.assessed, self._rows.assessed(*judged))

    def _places(self, plan: CriterionRows) -> CriterionPlaces:
        at = place(self._known.criterion, plan.calculation_row + 1)
        if not self._known.assessments:
            return CriterionPlaces(at)
        code = self._calculation.plan.referential.assessment_of[plan.criterion.code]
        gate = None if code is None else self._known.assessments.get(code)
        return CriterionPlaces(at, assessed=self._known.assessed_at(plan), gate=gate)

    def write_competency(self, plan: CompetencyPart) -> None:
        """Write one competency, over its criteria's rows."""
        row = plan.calculation_row + 1
        self._write(f"{workings.COMPETENCY_CODE}{row}", constant(plan.competency.code))
        at = place(self._known.competency, row)
        criteria = self._rows_of(plan.criteria)
        decision = self._calculation.competencies[plan.competency.code]
        contents = self._rows.competency(self._judgement, decision, criteria, at)
        self._write_all(at, contents)

    def _rows_of(self, criteria: Sequence[CriterionRows]) -> CriterionCells[str] | None:
        if not criteria:
            return None
        return place(self._known.criterion, *workings.rows_of(criteria))

    def write_block(self, plan: BlockSheetPlan) -> None:
        """Write one bloc, over its criteria's and its competencies' rows."""
        at = workings.block_at(plan, sheet="")
        rows = [item.calculation_row + 1 for item in plan.competencies]
        below = BlockPlaces(
            criteria=self._rows_of(plan.all_criteria),
            competencies=place(self._known.competency, rows[0], rows[-1]),
            assessments=self._known.assessments,
        )
        decision = self._calculation.blocks[plan.block.code]
        self._write_all(at, self._rows.block(self._judgement, decision, below, at))

    def _write_all(self, addresses: Addresses, contents: Contents) -> None:
        for address, cell in pairs(addresses, contents):
            self._write(address, cell)

    def _write(self, address: str, content: Content) -> None:
        self._sheet.write(xl_cell_to_rowcol(address), content)
