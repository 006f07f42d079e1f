"""The last sheet: what the rules make of this juror's own marks, and the juror's opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen import fitting
from sheetgen.grids import layout
from sheetgen.grids.cells import write_cell

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from sheetgen.grids.calculation import Calculation, Outcome
    from sheetgen.grids.layout import GridPlan
    from sheetgen.grids.styles import Styles

_CODE, _TITLE, _SCORE, _OUTCOME = range(4)
_WIDTHS = (34, 86, 12, 22)
_HEADER_ROW = layout.SUMMARY_FIRST_ROW - 1
_CHART_ROWS = 13
_ROW_PIXELS = 20


def write_summary(
    workbook: Workbook,
    sheet: Worksheet,
    styles: Styles,
    plan: GridPlan,
    calculation: Calculation,
) -> None:
    """Writes the juror's summary; its outcomes and scores follow the marks."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    _write_head(sheet, styles, plan)
    for block in plan.blocks:
        _write_line(
            sheet,
            (block.summary_row, block.block.code, block.block.title),
            (styles.code, styles.heading, styles.percentage, styles.outcome),
            calculation.block_result(block),
        )
        for competency in block.competencies:
            _write_line(
                sheet,
                (
                    competency.summary_row,
                    competency.competency.code,
                    competency.competency.title.split("\n")[0],
                ),
                (styles.text, styles.text, styles.percentage, styles.state),
                calculation.competency_result(competency),
            )
    last = plan.blocks[-1].competencies[-1].summary_row
    _write_colours(sheet, styles, last)
    row = _write_opinion(sheet, styles, calculation, last + 2)
    row = _write_signature(sheet, styles, plan, row)
    _write_chart(workbook, sheet, plan, calculation, row + 1)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.print_area(0, 0, row + 1 + _CHART_ROWS, len(_WIDTHS) - 1)


def _write_head(sheet: Worksheet, styles: Styles, plan: GridPlan) -> None:
    last = len(_WIDTHS) - 1
    juror = plan.session.juror[plan.assignment.juror]
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, "", styles.title)
    sheet.write_string(0, 0, "Synthèse de vos évaluations", styles.title)
    lines = (
        f"{plan.candidate_name}   ·   Juré : {juror.full_name} ({juror.code})",
        (
            "Résultats calculés à partir de vos seules évaluations. "
            "La décision appartient au jury, réuni en délibération."
        ),
    )
    for row, line in enumerate(lines, start=1):
        sheet.set_row(row, 19)
        sheet.merge_range(row, 0, row, last, "", styles.subtitle)
        sheet.write_string(row, 0, line, styles.subtitle)
    sheet.set_row(_HEADER_ROW, 22)
    for column, name in enumerate(layout.SUMMARY_HEADER):
        sheet.write_string(_HEADER_ROW, column, name, styles.header)


def _write_line(
    sheet: Worksheet,
    item: tuple[int, str, str],
    formats: tuple[object, object, object, object],
    result: Outcome,
) -> None:
    row, code, title = item
    sheet.set_row(row, max(19, fitting.height(title, _WIDTHS[_TITLE], layout.HEADING_FONT)))
    sheet.write_string(row, _CODE, code, formats[_CODE])
    sheet.write_string(row, _TITLE, title, formats[_TITLE])
    write_cell(sheet, (row, _SCORE), result.score, formats[_SCORE])
    write_cell(sheet, (row, _OUTCOME), result.outcome, formats[_OUTCOME])


def _write_colours(sheet: Worksheet, styles: Styles, last: int) -> None:
    for words, style in (
        (("Acquise", "Validé"), styles.done),
        (("Non acquise", "Non validé"), styles.wrong),
        (("À délibérer",), styles.to_do),
    ):
        for word in words:
            sheet.conditional_format(
                layout.SUMMARY_FIRST_ROW,
                _OUTCOME,
                last,
                _OUTCOME,
                {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style},
            )


def _write_opinion(sheet: Worksheet, styles: Styles, calculation: Calculation, row: int) -> int:
    answers = calculation.answers
    for label, text, height in (
        (layout.OPINION_LABEL, answers.opinion, 54),
        (layout.REMARKS_LABEL, answers.remarks, 72),
    ):
        width = sum(_WIDTHS[_TITLE:])
        needed = fitting.height(text, width, layout.BODY_FONT) if text else 0
        sheet.set_row(row, min(fitting.MAXIMUM_HEIGHT, max(height, needed)))
        sheet.write_string(row, _CODE, label, styles.label)
        sheet.merge_range(row, _TITLE, row, _OUTCOME, "", styles.comment)
        if text:
            sheet.write_string(row, _TITLE, text, styles.comment)
        row += 1
    return row


def _write_signature(sheet: Worksheet, styles: Styles, plan: GridPlan, row: int) -> int:
    juror = plan.session.juror[plan.assignment.juror]
    sheet.set_row(row, 60)
    sheet.write_string(row, _CODE, f"Date et signature de {juror.full_name}", styles.label)
    sheet.merge_range(row, _TITLE, row, _OUTCOME, "", styles.value)
    return row + 1


def _write_chart(
    workbook: Workbook, sheet: Worksheet, plan: GridPlan, calculation: Calculation, row: int
) -> None:
    codes, scores = calculation.chart_ranges
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Score par bloc",
            "categories": f"={codes}",
            "values": f"={scores}",
            "fill": {"color": f"#{calculation.primary}"},
            "data_labels": {"value": True, "num_format": "0 %;;"},
            "gap": 60,
        }
    )
    chart.set_title({"name": "Score par bloc", "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {"min": 0, "max": 1, "num_format": "0 %", "major_gridlines": {"visible": True}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 900, "height": _CHART_ROWS * _ROW_PIXELS})
    described = ", ".join(block.block.code for block in plan.blocks)
    sheet.insert_chart(
        row,
        0,
        chart,
        {"description": f"Graphique : score de chaque bloc ({described})", "object_position": 2},
    )
