"""Writing one grid: one workbook for one candidate and one juror."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sheetgen.excel import palette, strict
from sheetgen.excel.cell_text import cut_text
from sheetgen.grid import contract
from sheetgen.grid.identity import PROPERTY_PREFIX, GridStamp
from sheetgen.grid.owner import PROPERTY_LENGTH
from sheetgen.grid.write.block_sheet import BlockSheet
from sheetgen.grid.write.calculation import Answers, Calculation, Review
from sheetgen.grid.write.grid_package import GridWorkbook
from sheetgen.grid.write.grid_sheet import GridSheet
from sheetgen.grid.write.grid_styles import GridStyles
from sheetgen.grid.write.hidden_sheet import write_hidden
from sheetgen.grid.write.home_sheet import HomeSheet
from sheetgen.grid.write.results_sheet import SummarySheet
from sheetgen.model import ScaleKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import CriterionCode, Mark

_A4 = 9
_PROTECTION = {
    "select_locked_cells": True,
    "format_columns": True,
    "format_rows": True,
}
_ONE_PAGE = 680
"""The height of a sheet, in points, that can still be read when printed on one page."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write_grid(
    plan: GridPlan,
    stamp: GridStamp,
    marks: Mapping[CriterionCode, Mark] | None = None,
    answers: Answers | None = None,
    review: Review | None = None,
) -> bytes:
    """Write the workbook of one grid; the same inputs always give the same bytes.

    Args:
        plan: what is in it and where.
        stamp: its identity.
        marks: the juror's marks, for a grid that is handed back to be corrected.
        answers: what the juror wrote elsewhere, likewise.
        review: what the juror is to look at again, likewise.

    Raises:
        UserWarning: XlsxWriter found something that Excel would refuse.
        UnwritableError: likewise.
    """
    calculation = Calculation(
        plan=plan,
        marks=marks or {},
        answers=answers or Answers(),
        review=review or Review(),
    )
    target = io.BytesIO()
    with strict(), GridWorkbook(target, {"in_memory": True}) as workbook:
        _write_workbook(workbook, plan, stamp, calculation)
    return target.getvalue()


def _write_workbook(
    workbook: GridWorkbook, plan: GridPlan, stamp: GridStamp, calculation: Calculation
) -> None:
    styles = GridStyles(
        workbook=workbook,
        primary=plan.referential.certification.colour or palette.PRIMARY,
        text_marks=plan.referential.scale.kind is ScaleKind.LEVELS,
    )
    home = GridSheet(workbook.add_worksheet(contract.HOME_SHEET))
    blocks = [GridSheet(workbook.add_worksheet(block.block.code)) for block in plan.blocks]
    summary = GridSheet(workbook.add_worksheet(contract.SUMMARY_SHEET))
    hidden = GridSheet(workbook.add_worksheet(contract.STAMP_SHEET))

    _write_properties(workbook, plan, stamp)
    HomeSheet(home, styles, plan, calculation).write(stamp)
    for sheet, block in zip(blocks, plan.blocks, strict=True):
        BlockSheet(sheet, styles, plan, calculation).write(block)
    SummarySheet(summary, styles, plan, calculation).write(workbook)
    for sheet in (home, *blocks, summary):
        _set_up(sheet, plan, stamp)
    write_hidden(hidden, stamp, plan, calculation)
    hidden.worksheet.very_hidden()
    hidden.worksheet.protect()
    home.worksheet.activate()


def _set_up(sheet: GridSheet, plan: GridPlan, stamp: GridStamp) -> None:
    """Set protection, screen and paper, the same for every sheet that a juror sees."""
    worksheet = sheet.worksheet
    worksheet.protect("", _PROTECTION)
    worksheet.hide_gridlines(2)
    worksheet.set_zoom(90)
    worksheet.set_paper(_A4)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 1 if sheet.height <= _ONE_PAGE else 0)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    worksheet.center_horizontally()
    worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    worksheet.set_plain_footer(f"&L&9{plan.owner.footer}&C&9Grille {stamp.code}&R&9Page &P / &N")


def _write_properties(workbook: GridWorkbook, plan: GridPlan, stamp: GridStamp) -> None:
    certification = plan.referential.certification
    day = plan.session.date
    created = datetime.combine(day, time(), tzinfo=UTC) if day else _EPOCH
    workbook.set_properties(
        {
            "title": plan.owner.title,
            "subject": cut_text(certification.title, PROPERTY_LENGTH),
            "author": cut_text(certification.certifier or "sheetgen", PROPERTY_LENGTH),
            "created": created.replace(tzinfo=None),
        }
    )
    for field, value in stamp.fields().items():
        workbook.set_custom_property(PROPERTY_PREFIX + field, value, "text")
