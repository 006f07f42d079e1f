"""A bloc's sheet: competencies, their criteria, and the cells that the juror fills."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.excel import mark_rule, sheet_prefix, text_fit
from sheetgen.excel.cell_text import LONGEST_PROMPT, LONGEST_TITLE, cut_text
from sheetgen.grid import block_plan as plan
from sheetgen.grid import contract, sentences
from sheetgen.grid.contract import Column
from sheetgen.grid.owner import mark_error
from sheetgen.grid.write.calculation import DONE, REFUSED, TO_JUSTIFY, TO_MARK
from sheetgen.grid.write.grid_sheet import LINK_PROMPT
from sheetgen.grid.write.grid_styles import typed_colours
from sheetgen.grid.write.results_sheet import opinion_place
from sheetgen.grid.write.text_sheet import text_name
from sheetgen.grid.write.workings import Workings
from sheetgen.model import CompetencyOutcome
from sheetgen.rules.excel import Cell, is_number, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format

    from sheetgen.excel import Content
    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart, CriterionRows, TextRow
    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.calculation import Calculation
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Referential, Scale

_FIRST, _LAST = Column.CODE.index, Column.STATE.index
_TEXT_HEADERS = (Column.CRITERION, Column.COMMENT)


class BlockSheet:
    """Writes one bloc's sheet; its marks and comments are those that the calculation holds."""

    def __init__(
        self, sheet: GridSheet, styles: GridStyles, grid: GridPlan, calculation: Calculation
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._grid = grid
        self._calculation = calculation
        self._workings = Workings.of(grid)

    def write(self, block: BlockSheetPlan, following: BlockSheetPlan | None) -> None:
        """Write the whole sheet, which leads to the bloc that follows it."""
        self._sheet.set_widths([column.width for column in Column])
        self._write_head(block, following)
        for competency in block.competencies:
            if competency.headings:
                self._write_competency(competency)
            for criterion in competency.shown:
                self._write_criterion(criterion)
        self._write_colours(block)
        self._guard_links(block)
        worksheet = self._sheet.worksheet
        worksheet.freeze_panes(plan.HEADER_ROW + 1, 0)
        worksheet.set_selection(*block.first_cell, *block.first_cell)
        self.set_pages(block)

    def set_pages(self, block: BlockSheetPlan) -> None:
        """Set what is printed of it, which the workbook says for each of its sheets."""
        worksheet = self._sheet.worksheet
        worksheet.repeat_rows(plan.HEADER_ROW)
        worksheet.print_area(0, _FIRST, block.last_row, _LAST)

    def _write_head(self, block: BlockSheetPlan, following: BlockSheetPlan | None) -> None:
        sheet, styles = self._sheet, self._styles
        sheet.set_height(plan.HEADER_ROW, 18)
        for column in Column:
            style = styles.header_text if column in _TEXT_HEADERS else styles.header
            sheet.write((plan.HEADER_ROW, column.index), column.value, style)
        row = plan.STATE_ROW
        sheet.set_height(row, 18)
        sheet.write_link(
            (row, _FIRST),
            f"{sheet_prefix(contract.HOME_SHEET)}A1",
            f"← {contract.HOME_SHEET}",
            styles.home_link,
        )
        # Nothing stands in the column of marks: on a row of no criterion it would be a stray one.
        across = (Column.CRITERION.index, Column.MARK.index)
        sheet.write_across(row, across, self._grid.owner.line, styles.subtitle)
        target, name = link_after(self._grid.referential, following)
        sheet.write_link((row, Column.COMMENT.index), target, name, styles.home_link)
        left = self._calculation.progress(block.criteria).to_do
        sheet.worksheet.merge_range(row, Column.POINTS.index, row, _LAST, "", styles.state)
        sheet.write((row, Column.POINTS.index), left, styles.state)
        first, *others = block.titles
        sheet.set_height(first.row, first.height)
        sheet.write_across(
            first.row, (_FIRST, Column.CRITERION.index), first.text, styles.block_title
        )
        for line in others:
            sheet.set_height(line.row, line.height)
            sheet.write_across(
                line.row, (_FIRST, Column.CRITERION.index), line.text, styles.block_title
            )
        across = (Column.COMMENT.index, _LAST)
        sheet.write_across(first.row, across, block.aside, styles.note)

    def _write_competency(self, item: CompetencyPart) -> None:
        sheet, styles = self._sheet, self._styles
        outcome: Content = ""
        if item.shown:
            outcome = self._calculation.competency(item).outcome
        for line in item.headings:
            self._write_line(line, Column.COMMENT.index, styles.short_heading)
            sheet.write_across(line.row, (Column.POINTS.index, _LAST), "", styles.outcome)
        first = item.headings[0].row
        self._write_whole(first, item)
        sheet.write((first, Column.POINTS.index), outcome, styles.outcome)
        for line in item.methods:
            self._write_line(line, _LAST, styles.short_method)
        for part in item.parts:
            for line in part.rows:
                self._write_line(line, _LAST, styles.part())
            if part.code:
                sheet.write((part.rows[0].row, _FIRST), part.code, styles.part_code())
            for line in part.details:
                self._write_line(line, _LAST, styles.short_method)

    def _write_whole(self, row: int, item: CompetencyPart) -> None:
        """Write the code of a competency, from which its whole text is one click away."""
        code = item.competency.code
        name = text_name(self._grid.referential, item.competency)
        self._sheet.write_link((row, _FIRST), name, code, self._styles.heading_link)

    def _guard_links(self, block: BlockSheetPlan) -> None:
        """Make the links, open to the cursor, refuse what is typed; codes say their whole text."""
        for column in (_FIRST, Column.COMMENT.index):
            self._sheet.refuse_typing((plan.STATE_ROW, column), "", LINK_PROMPT)
        for item in block.competencies:
            if not item.headings:
                continue
            place = item.headings[0].row, _FIRST
            title = cut_text(f"{item.competency.code} : texte entier", LONGEST_TITLE)
            whole = sentences.competency_heading(item.competency)
            self._sheet.refuse_typing(place, title, cut_text(whole, LONGEST_PROMPT))

    def _write_line(self, line: TextRow, last: int, style: Format) -> None:
        """Write a row of text from the column of criteria on, without a code."""
        self._sheet.set_height(line.row, line.height)
        self._sheet.write((line.row, _FIRST), "", style)
        self._sheet.write_across(line.row, (Column.CRITERION.index, last), line.text, style)

    def _write_criterion(self, item: CriterionRows) -> None:
        sheet, styles = self._sheet, self._styles
        for line in item.rows:
            sheet.set_height(line.row, line.height)
            for column in Column:
                sheet.write((line.row, column.index), "", styles.exempt)
            sheet.write((line.row, Column.CRITERION.index), line.text, styles.text)
        row = item.row
        points = styles.points_on(self._scale_of(item))
        sheet.write((row, Column.CODE.index), item.criterion.code, styles.code)
        sheet.write((row, Column.POINTS.index), self._calculation.points(item), points)
        sheet.write((row, Column.STATE.index), self._calculation.state(item), styles.state)
        if item.lock is not None:
            # A formula: LibreOffice completes what is typed by any text of the column, and « a »
            # for Acquis would become « Absent », which is refused.
            shown = Cell(f"={text(item.lock.value)}", item.lock.value)
            sheet.write(_mark_cell(item), shown, styles.exempt)
        else:
            self._write_mark(item)
            self._write_validation(item)

    def _scale_of(self, item: CriterionRows) -> Scale:
        return self._grid.referential.scale_of[item.criterion.code]

    def _write_mark(self, item: CriterionRows) -> None:
        sheet, styles = self._sheet, self._styles
        mark = self._calculation.marks.get(item.criterion.code)
        review = self._calculation.review
        code = item.criterion.code
        comment = mark.comment if mark else review.comments.get(code, "")
        room = Column.COMMENT.width - contract.INDENT
        needed = text_fit.height(comment, room, plan.BODY, padding=plan.PADDING)
        sheet.set_height(item.row, max(item.rows[0].height, needed), grows=True)
        sheet.write((item.row, Column.COMMENT.index), comment, styles.comment)
        value = mark.value if mark else ""
        sheet.write(_mark_cell(item), value, styles.mark_on(self._scale_of(item)))
        if code in review.reasons:
            sheet.write_note(_mark_cell(item), review.reasons[code])
            cell = xl_rowcol_to_cell(*_mark_cell(item), col_abs=True, row_abs=True)
            rule = {"type": "formula", "criteria": f'={cell}=""', "format": styles.wrong}
            sheet.format_if((*_mark_cell(item), *_mark_cell(item)), rule)

    def _write_validation(self, item: CriterionRows) -> None:
        scale = self._scale_of(item)
        choices = self._workings.choices_at(scale)
        cell = xl_rowcol_to_cell(*_mark_cell(item))
        texts = {
            "error_title": "Valeur refusée",
            "error_message": mark_error(scale),
        }
        rule = mark_rule(scale, cell, choices, scale.unobserved)
        self._sheet.validate(_mark_cell(item), rule | texts)

    def _write_colours(self, block: BlockSheetPlan) -> None:
        """Style states, outcomes, what is owed or refused, and the levels that have a colour."""
        sheet, styles = self._sheet, self._styles
        first, last = plan.HEADER_ROW + 1, block.last_row

        def column(item: Column) -> tuple[int, int, int, int]:
            return first, item.index, last, item.index

        # First of all: LibreOffice gives a cell the first format that holds.
        for scale, (top, bottom) in self._colour_ranges(block, first, last):
            self._write_typed(scale, top, bottom)
        state = xl_rowcol_to_cell(first, Column.STATE.index, col_abs=True)
        for word, style in (
            (TO_MARK, styles.to_do),
            (TO_JUSTIFY, styles.to_do),
            (REFUSED, styles.wrong),
            (DONE, styles.done),
        ):
            sheet.format_word(column(Column.STATE), word, style)
        for word, item, style in (
            (REFUSED, Column.MARK, styles.wrong),
            (TO_JUSTIFY, Column.COMMENT, styles.to_do),
        ):
            rule = {"type": "formula", "criteria": f'={state}="{word}"', "format": style}
            sheet.format_if(column(item), rule)
        for outcome, style in (
            (CompetencyOutcome.ACQUIRED, styles.done),
            (CompetencyOutcome.NOT_ACQUIRED, styles.wrong),
            (CompetencyOutcome.TO_DELIBERATE, styles.to_do),
        ):
            sheet.format_word(column(Column.POINTS), outcome.value, style)
        for scale, (top, bottom) in self._colour_ranges(block, first, last):
            self._write_level_colours(scale, top, bottom)

    def _colour_ranges(
        self, block: BlockSheetPlan, first: int, last: int
    ) -> Iterator[tuple[Scale, tuple[int, int]]]:
        """Yield rows whose marks are on one scale; all of them where there is one scale."""
        known = self._grid.referential
        if not known.mixes_scales:
            yield known.scale, (first, last)
            return
        for scale, items in groupby(block.criteria, key=self._scale_of):
            rows = [item.row for item in items]
            yield scale, (rows[0], rows[-1])

    def _write_typed(self, scale: Scale, first: int, last: int) -> None:
        """Show a level's label in place of what may be typed for it."""
        column = Column.MARK.index
        cell = xl_rowcol_to_cell(first, column, col_abs=True)
        for typed, (label, colour) in typed_colours(scale).items():
            rule = {
                "type": "formula",
                "criteria": f"=UPPER({cell})={text(typed)}",
                "format": self._styles.typed_level(label, colour),
            }
            self._sheet.format_if((first, column, last, column), rule)

    def _write_level_colours(self, scale: Scale, first: int, last: int) -> None:
        points = xl_rowcol_to_cell(first, Column.POINTS.index, col_abs=True)
        for level in scale.levels:
            if level.colour:
                # By its points: a label may be longer than a text in a formula can be.
                condition = f"=AND({is_number(points)},{points}={number(level.points)})"
                style = self._styles.given_level(level.colour)
                rule = {"type": "formula", "criteria": condition, "format": style}
                self._sheet.format_if((first, Column.MARK.index, last, Column.MARK.index), rule)


def link_after(known: Referential, following: BlockSheetPlan | None) -> tuple[str, str]:
    """Return the first cell to fill after a bloc, and the words of the link that leads there."""
    sheet = contract.SUMMARY_SHEET if following is None else following.block.code
    place = opinion_place(known) if following is None else following.first_cell
    return (
        f"{sheet_prefix(sheet)}{xl_rowcol_to_cell(*place)}",
        f"{sheet} ➜ (LibreOffice : Ctrl+clic)",
    )


def _mark_cell(item: CriterionRows) -> tuple[int, int]:
    return item.row, Column.MARK.index
