"""Writing one grid: one workbook for one candidate and one juror."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from sheetgen.excel import strict
from sheetgen.excel.cell_text import cut_text
from sheetgen.files import pack, whole_member
from sheetgen.grid import contract
from sheetgen.grid.identity import PROPERTY_PREFIX, GridStamp
from sheetgen.grid.owner import PROPERTY_LENGTH
from sheetgen.grid.write.block_sheet import BlockSheet
from sheetgen.grid.write.calculation import Answers, Calculation, Review
from sheetgen.grid.write.grid_package import GridWorkbook
from sheetgen.grid.write.grid_sheet import ONE_PAGE, GridSheet
from sheetgen.grid.write.grid_styles import GridStyles
from sheetgen.grid.write.hidden_sheet import write_band, write_head
from sheetgen.grid.write.home_sheet import HomeSheet
from sheetgen.grid.write.results_sheet import SummarySheet
from sheetgen.grid.write.text_sheet import TextSheet
from sheetgen.rules import Formulas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.grid.block_plan import BlockSheetPlan
    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import CriterionCode, Mark

_A4 = 9
_PROTECTION = {
    "select_locked_cells": True,
    "format_columns": True,
    "format_rows": True,
}
_OPEN_CELLS = {**_PROTECTION, "select_locked_cells": False}
"""On a bloc's sheet the cursor goes from one open cell to the next: Enter leads to the next
criterion, over the headings between them."""

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
    with strict(), GridWorkbook() as workbook:
        styles = GridStyles.of(workbook, plan.referential)
        sheets = GridSheets(workbook, styles, stamp, calculation)
        sheets.write_frame()
        sheets.write_blocks()
    return pack(whole_member(name, content) for name, content in workbook.parts.items())


class GridSheets:
    """Writes the sheets of a grid: those of its blocs, and the others that frame them."""

    def __init__(
        self,
        workbook: GridWorkbook,
        styles: GridStyles,
        stamp: GridStamp,
        calculation: Calculation,
    ) -> None:
        self._workbook = workbook
        self._styles = styles
        self._stamp = stamp
        self._calculation = calculation
        self._plan = calculation.plan
        self.home = self._add(contract.HOME_SHEET)
        self.blocks = [self._add(block.block.code) for block in self._plan.blocks]
        self.summary = self._add(contract.SUMMARY_SHEET)
        self.texts = self._add(contract.TEXT_SHEET)
        self.hidden = self._add(contract.STAMP_SHEET)

    def _add(self, name: str) -> GridSheet:
        return GridSheet(self._workbook.add_worksheet(name))

    def write_frame(self) -> None:
        """Write the first sheet, the summary, the stamp, and what the document says of itself."""
        parts = self._styles, self._plan, self._calculation
        _write_properties(self._workbook, self._plan, self._stamp)
        HomeSheet(self.home, *parts).write(self._stamp)
        SummarySheet(self.summary, *parts).write(self._workbook)
        TextSheet(self.texts, self._styles, self._plan).write(self._workbook)
        for sheet in (self.home, self.summary, self.texts):
            self._set_up(sheet)
        formulas = Formulas(self._plan.referential)
        write_head(self.hidden, self._stamp, formulas, self._calculation)
        self.hidden.worksheet.very_hidden()
        self.hidden.worksheet.protect()
        self.home.worksheet.activate()

    def write_blocks(self) -> None:
        """Write the sheets of the blocs, and their workings."""
        for block in self._plan.blocks:
            self.write_block(block, self._plan.after(block))

    def write_block(self, block: BlockSheetPlan, following: BlockSheetPlan | None) -> None:
        """Write the sheet of a bloc, which leads to the one that follows, and its workings."""
        sheet = self.blocks[self._plan.blocks.index(block)]
        self._block_sheet(sheet).write(block, following)
        self._set_up(sheet, _OPEN_CELLS)
        formulas = Formulas(self._plan.referential)
        write_band(self.hidden, formulas, block, self._calculation)

    def announce_blocks(self) -> None:
        """Tell the workbook of the sheets of the blocs, and of workings, written elsewhere."""
        for sheet, block in zip(self.blocks, self._plan.blocks, strict=True):
            self._block_sheet(sheet).set_pages(block)
            sheet.worksheet.elsewhere = True
            self.hidden.worksheet.reach(block.last_calculation_row, 0)

    def _block_sheet(self, sheet: GridSheet) -> BlockSheet:
        return BlockSheet(sheet, self._styles, self._plan, self._calculation)

    def _set_up(self, sheet: GridSheet, protection: Mapping[str, bool] = _PROTECTION) -> None:
        """Set protection, screen and paper, alike for every sheet that a juror sees."""
        worksheet = sheet.worksheet
        worksheet.protect("", protection)
        worksheet.hide_gridlines(2)
        worksheet.set_zoom(contract.ZOOM)
        worksheet.set_paper(_A4)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 1 if sheet.height <= ONE_PAGE else 0)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        worksheet.center_horizontally()
        worksheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        owner, code = self._plan.owner, self._stamp.code
        worksheet.set_plain_footer(f"&L&9{owner.footer}&C&9Grille {code}&R&9Page &P / &N")


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
