"""The sheet of texts: each competency and what assesses it, whole, one click from its bloc.

A bloc's sheet shows of both what fits on a line or two, so that criteria show. A link leads here
from the code of each competency by a name of the workbook: what a bloc's sheet holds then does not
depend on where its texts stand.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import sheet_prefix, text_fit
from sheetgen.grid import contract, sentences
from sheetgen.grid.block_plan import BODY, BOLD
from sheetgen.grid.contract import INDENT, TEXT_WIDTHS, Column

if TYPE_CHECKING:
    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart
    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.grid_package import GridWorkbook
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Competency, Referential

_CODE, _TEXT, _METHOD = range(3)
_HEADER = ("Code", "Compétence", "Modalités d’évaluation")


def text_name(referential: Referential, competency: Competency) -> str:
    """Return the name of the workbook that stands for the place of a competency's texts."""
    return f"texte_{referential.competencies.index(competency) + 1}"


class TextSheet:
    """Writes the sheet: bloc by bloc, a row for each competency, more for a very long one."""

    def __init__(self, sheet: GridSheet, styles: GridStyles, grid: GridPlan) -> None:
        self._sheet = sheet
        self._styles = styles
        self._grid = grid
        self._row = 0

    def write(self, workbook: GridWorkbook) -> None:
        """Write the whole sheet, and name its places in the workbook."""
        sheet, worksheet = self._sheet, self._sheet.worksheet
        sheet.set_widths(TEXT_WIDTHS)
        row = self._next_row(18)
        for column, name in enumerate(_HEADER):
            style = self._styles.header if column == _CODE else self._styles.header_text
            sheet.write((row, column), name, style)
        for block in self._grid.blocks:
            self._write_block(block)
            for part in block.competencies:
                if part.headings:
                    self._write_competency(workbook, block, part)
        worksheet.freeze_panes(1, 0)
        worksheet.repeat_rows(0)
        worksheet.print_area(0, _CODE, self._row - 1, _METHOD)

    def _next_row(self, height: float) -> int:
        row = self._row
        self._sheet.set_height(row, height)
        self._row += 1
        return row

    def _write_block(self, block: BlockSheetPlan) -> None:
        room = TEXT_WIDTHS[_TEXT] + TEXT_WIDTHS[_METHOD] - INDENT
        for line in text_fit.split(block.block.title, room, BOLD):
            row = self._next_row(max(20, text_fit.height(line, room, BOLD)))
            self._sheet.write((row, _CODE), block.block.code, self._styles.heading_code)
            self._sheet.write_across(row, (_TEXT, _METHOD), line, self._styles.heading)

    def _write_competency(
        self, workbook: GridWorkbook, block: BlockSheetPlan, part: CompetencyPart
    ) -> None:
        sheet, styles = self._sheet, self._styles
        texts = sentences.competency_heading(part.competency), part.method_text
        rooms = [width - INDENT for width in TEXT_WIDTHS[_TEXT:]]
        split = map(text_fit.split, texts, rooms, (BOLD, BODY))
        code = part.competency.code
        code_height = text_fit.height(code, TEXT_WIDTHS[_CODE], BOLD)
        first = self._row
        for lines in zip_longest(*split, fillvalue=""):
            heights = map(text_fit.height, lines, rooms, (BOLD, BODY))
            row = self._next_row(min(text_fit.MAXIMUM_HEIGHT, max(20, code_height, *heights)))
            sheet.write((row, _CODE), "", styles.text)
            sheet.write((row, _TEXT), lines[0], styles.whole_heading)
            sheet.write((row, _METHOD), lines[1], styles.whole_text)
        target = sheet_prefix(block.block.code)
        place = part.headings[0].row, Column.CODE.index
        sheet.write_link(
            (first, _CODE), f"{target}{xl_rowcol_to_cell(*place)}", code, styles.whole_link
        )
        cell = xl_rowcol_to_cell(first, _CODE, row_abs=True, col_abs=True)
        name = text_name(self._grid.referential, part.competency)
        workbook.define_name(name, f"={sheet_prefix(contract.TEXT_SHEET)}{cell}")
