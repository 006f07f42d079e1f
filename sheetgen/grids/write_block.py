"""A bloc's sheet: competencies, their criteria, and the cells that the juror fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen import fitting
from sheetgen.grids import layout
from sheetgen.grids.cells import write_cell
from sheetgen.grids.layout import Column
from sheetgen.grids.marking import allowed_marks, mark_error, mark_prompt
from sheetgen.model import EXEMPT, NOT_OBSERVED, ScaleKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from sheetgen.grids.calculation import Calculation
    from sheetgen.grids.layout import BlockPlan, CompetencyPlan, CriterionPlan, GridPlan
    from sheetgen.grids.styles import Styles
    from sheetgen.model import Scale

_FIRST, _LAST = Column.CODE.index, Column.STATE.index
_LONGEST_LIST = 200
"""A note's steps are offered as a list up to here, and checked by a formula beyond."""

_TITLE_LENGTH = 32


def write_block(
    sheet: Worksheet, styles: Styles, plan: GridPlan, block: BlockPlan, calculation: Calculation
) -> None:
    """Writes one bloc's sheet; its marks and comments are those that `calculation` holds."""
    for column, width in layout.COLUMN_WIDTHS.items():
        sheet.set_column(column.index, column.index, width)
    _write_head(sheet, styles, plan, block)
    for competency in block.competencies:
        _write_competency(sheet, styles, competency, calculation)
        for criterion in competency.criteria:
            _write_criterion(sheet, styles, criterion, calculation)
    _write_validation(sheet, plan.referential.scale, block, calculation)
    _write_colours(sheet, styles, block)
    sheet.freeze_panes(layout.HEADER_ROW + 1, Column.MARK.index)
    sheet.set_selection(block.criteria[0].row, Column.MARK.index, *_mark_cell(block.criteria[0]))
    sheet.repeat_rows(layout.HEADER_ROW)
    sheet.print_area(0, _FIRST, block.last_row, _LAST)


def _mark_cell(criterion: CriterionPlan) -> tuple[int, int]:
    return criterion.row, Column.MARK.index


def _write_head(sheet: Worksheet, styles: Styles, plan: GridPlan, block: BlockPlan) -> None:
    title = f"{block.block.code} — {block.block.title}"
    width = sum(layout.COLUMN_WIDTHS.values())
    title_height = fitting.height(title, width, fitting.Font(size=16, bold=True))
    sheet.set_row(layout.TITLE_ROW, max(28, min(title_height, fitting.MAXIMUM_HEIGHT)))
    sheet.merge_range(layout.TITLE_ROW, _FIRST, layout.TITLE_ROW, _LAST, "", styles.title)
    sheet.write_string(layout.TITLE_ROW, _FIRST, title, styles.title)
    juror = plan.session.juror[plan.assignment.juror]
    identity = f"{plan.candidate_name}   ·   Juré : {juror.full_name} ({juror.code})"
    sheet.set_row(layout.IDENTITY_ROW, 20)
    sheet.merge_range(layout.IDENTITY_ROW, _FIRST, layout.IDENTITY_ROW, _LAST, "", styles.subtitle)
    sheet.write_string(layout.IDENTITY_ROW, _FIRST, identity, styles.subtitle)
    sheet.set_row(layout.HEADER_ROW, 22)
    for column in Column:
        sheet.write_string(layout.HEADER_ROW, column.index, column.value, styles.header)


def _write_competency(
    sheet: Worksheet, styles: Styles, plan: CompetencyPlan, calculation: Calculation
) -> None:
    for line in plan.headings:
        first = line is plan.headings[0]
        sheet.set_row(line.row, line.height)
        code = plan.competency.code if first else ""
        sheet.write_string(line.row, Column.CODE.index, code, styles.heading)
        _merge_text(sheet, line, (Column.CRITERION.index, Column.COMMENT.index), styles.heading)
        sheet.merge_range(line.row, Column.POINTS.index, line.row, _LAST, "", styles.outcome)
        if first:
            cell = calculation.competency_outcome(plan)
            write_cell(sheet, (line.row, Column.POINTS.index), cell, styles.outcome)
    for line in plan.methods:
        sheet.set_row(line.row, line.height)
        sheet.write_blank(line.row, Column.CODE.index, None, styles.method)
        _merge_text(sheet, line, (Column.CRITERION.index, _LAST), styles.method)


def _merge_text(
    sheet: Worksheet, line: layout.TextRow, columns: tuple[int, int], style: object
) -> None:
    sheet.merge_range(line.row, columns[0], line.row, columns[1], "", style)
    sheet.write_string(line.row, columns[0], line.text, style)


def _write_criterion(
    sheet: Worksheet, styles: Styles, plan: CriterionPlan, calculation: Calculation
) -> None:
    for line in plan.rows:
        sheet.set_row(line.row, line.height)
        sheet.write_string(line.row, Column.CRITERION.index, line.text, styles.text)
        if line.row != plan.row:
            for column in Column:
                if column is not Column.CRITERION:
                    sheet.write_blank(line.row, column.index, None, styles.exempt)
    sheet.write_string(plan.row, Column.CODE.index, plan.criterion.code, styles.code)
    _write_mark(sheet, styles, plan, calculation)
    points = (plan.row, Column.POINTS.index)
    write_cell(sheet, points, calculation.points(plan), styles.points)
    write_cell(sheet, (plan.row, Column.STATE.index), calculation.state(plan), styles.state)


def _write_mark(
    sheet: Worksheet, styles: Styles, plan: CriterionPlan, calculation: Calculation
) -> None:
    row, column = _mark_cell(plan)
    if plan.exempt:
        sheet.write_string(row, column, EXEMPT, styles.exempt)
        sheet.write_blank(row, Column.COMMENT.index, None, styles.exempt)
        return
    mark = calculation.marks.get(plan.criterion.code)
    if mark is None:
        sheet.write_blank(row, column, None, styles.mark)
        sheet.write_blank(row, Column.COMMENT.index, None, styles.comment)
        return
    if isinstance(mark.value, str):
        sheet.write_string(row, column, mark.value, styles.mark)
    else:
        sheet.write_number(row, column, float(mark.value), styles.mark)
    sheet.write_string(row, Column.COMMENT.index, mark.comment, styles.comment)


def _write_validation(
    sheet: Worksheet, scale: Scale, block: BlockPlan, calculation: Calculation
) -> None:
    for criterion in block.criteria:
        if criterion.exempt:
            continue
        row, column = _mark_cell(criterion)
        rule = _validation_rule(scale, xl_rowcol_to_cell(row, column), calculation)
        sheet.data_validation(
            row,
            column,
            row,
            column,
            rule
            | {
                "input_title": f"Évaluer {criterion.criterion.code}"[:_TITLE_LENGTH],
                "input_message": mark_prompt(scale),
                "error_title": "Valeur refusée",
                "error_message": mark_error(scale),
            },
        )


def _validation_rule(scale: Scale, cell: str, calculation: Calculation) -> dict[str, object]:
    if len(allowed_marks(scale)) <= _LONGEST_LIST or scale.kind is ScaleKind.LEVELS:
        return {"validate": "list", "source": f"={calculation.choices}"}
    low, high, step = (float(value) for value in (scale.minimum, scale.maximum, scale.step or 1))
    steps = f"({cell}-{low:g})/{step:g}"
    formula = (
        f'=OR({cell}="{NOT_OBSERVED}",AND(ISNUMBER({cell}),{cell}>={low:g},{cell}<={high:g},'
        f"ROUND({steps},9)=ROUND({steps},0)))"
    )
    return {"validate": "custom", "value": formula}


def _write_colours(sheet: Worksheet, styles: Styles, block: BlockPlan) -> None:
    first, last = layout.HEADER_ROW + 1, block.last_row
    state = Column.STATE.index
    for words, style in (
        ("●", styles.to_do),
        ("✎", styles.to_do),
        ("⚠", styles.wrong),
        ("✔", styles.done),
    ):
        sheet.conditional_format(
            first,
            state,
            last,
            state,
            {"type": "text", "criteria": "begins with", "value": words, "format": style},
        )
    for word, style in (("Acquise", styles.done), ("Non acquise", styles.wrong)):
        sheet.conditional_format(
            first,
            Column.POINTS.index,
            last,
            Column.POINTS.index,
            {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style},
        )
