"""Writing one grid: one workbook for one candidate and one juror."""

from __future__ import annotations

import io
import warnings
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from sheetgen.grids import layout
from sheetgen.grids.calculation import Answers, Calculation
from sheetgen.grids.identity import PROPERTY_PREFIX, Stamp
from sheetgen.grids.styles import PRIMARY, Styles
from sheetgen.grids.write_block import write_block
from sheetgen.grids.write_home import HomeSheet
from sheetgen.grids.write_summary import write_summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from sheetgen.grids.layout import GridPlan
    from sheetgen.model import CriterionCode, Mark

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_PROTECTION = {
    "select_locked_cells": True,
    "format_columns": True,
    "format_rows": True,
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def write_grid(
    plan: GridPlan,
    stamp: Stamp,
    marks: Mapping[CriterionCode, Mark] | None = None,
    answers: Answers | None = None,
) -> bytes:
    """The workbook of one grid; the same inputs always give the same bytes.

    Args:
        plan: what is in it and where.
        stamp: its identity.
        marks: the juror's marks, for a grid that is handed back to be corrected.
        answers: what the juror wrote elsewhere, likewise.

    Raises:
        UserWarning: XlsxWriter found something that Excel would refuse.
    """
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Workbook(target, _OPTIONS) as workbook:
            _write_workbook(workbook, plan, stamp, (marks or {}, answers or Answers()))
    return target.getvalue()


def _write_workbook(
    workbook: Workbook,
    plan: GridPlan,
    stamp: Stamp,
    given: tuple[Mapping[CriterionCode, Mark], Answers],
) -> None:
    primary = plan.referential.certification.colour or PRIMARY
    styles = Styles(workbook=workbook, primary=primary)
    calculation = Calculation(plan=plan, marks=given[0], answers=given[1], primary=primary)
    _write_properties(workbook, plan, stamp)
    home = workbook.add_worksheet(layout.HOME_SHEET)
    blocks = [workbook.add_worksheet(block.block.code) for block in plan.blocks]
    summary = workbook.add_worksheet(layout.SUMMARY_SHEET)
    hidden = workbook.add_worksheet(layout.CALCULATION_SHEET)
    identity = workbook.add_worksheet(layout.STAMP_SHEET)

    HomeSheet(home, styles, plan, calculation).write(stamp)
    for sheet, block in zip(blocks, plan.blocks, strict=True):
        write_block(sheet, styles, plan, block, calculation)
    write_summary(workbook, summary, styles, plan, calculation)
    for sheet in (home, *blocks, summary):
        _set_up(sheet, plan, stamp)
    calculation.write(hidden)
    for row, (name, value) in enumerate(stamp.fields().items()):
        identity.write_string(row, 0, name)
        identity.write_string(row, 1, value)
    for sheet in (hidden, identity):
        sheet.very_hidden()
        sheet.protect()
    home.activate()


def _set_up(sheet: Worksheet, plan: GridPlan, stamp: Stamp) -> None:
    """Protection, screen and paper, the same for every sheet that a juror sees."""
    sheet.protect("", _PROTECTION)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.center_horizontally()
    juror = plan.session.juror[plan.assignment.juror]
    who = f"{plan.candidate_name} · Juré {juror.code}".replace("&", "&&")[:110]
    sheet.set_footer(f"&L&9{who}&C&9Grille {stamp.code}&R&9Page &P / &N")


def _write_properties(workbook: Workbook, plan: GridPlan, stamp: Stamp) -> None:
    certification = plan.referential.certification
    day = plan.session.date
    created = datetime.combine(day, time(), tzinfo=UTC) if day else _EPOCH
    workbook.set_properties(
        {
            "title": f"Grille d’évaluation — {plan.candidate_name}"[:255],
            "subject": certification.title[:255],
            "author": (certification.certifier or "sheetgen")[:255],
            "created": created.replace(tzinfo=None),
            "language": "fr-FR",
        }
    )
    for name, value in stamp.fields().items():
        workbook.set_custom_property(PROPERTY_PREFIX + name, value, "text")
