"""The last sheet: what the rules make of this juror's own marks, and the juror's opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import formats, palette, sheet_prefix, text_fit
from sheetgen.grid import contract
from sheetgen.grid.block_plan import BODY, BOLD
from sheetgen.grid.contract import INDENT
from sheetgen.grid.owner import SIGNED_ELSEWHERE
from sheetgen.grid.write import workings
from sheetgen.grid.write.grid_styles import DONE, WRONG
from sheetgen.model import AssessmentOutcome, BlockOutcome, CompetencyOutcome, ScaleKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format

    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.calculation import Calculation, Outcome
    from sheetgen.grid.write.grid_package import GridWorkbook
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Referential, Scale
    from sheetgen.spreadsheet import Position

_CODE, _TITLE, _SCORE, _OUTCOME, _NOTE = range(5)
_HEADER_ROW, _FIRST_ROW = range(2)
_TITLE_ROWS, _OWNER_ROWS, _CAUTION_ROWS = (1, 1), (2, 3), (4, 5)
"""The rows, at the right of the table, that say what it shows and of whom."""

_OPINION_ROW = 6
_TITLE_LINES = 1
"""The lines of a title that the summary shows; the whole stands on the sheet of texts."""

_LEAST_CHART, _CHART_PER_BLOCK, _LARGEST_CHART = 100, 22, 300
"""Heights in points: around the bars, for each bar, and what fits on the first printed page."""

_ROW_HEIGHT = 18
_OPINION_HEIGHT, _SIGNATURE_HEIGHT = 54, 36

Outcomes = AssessmentOutcome | BlockOutcome | CompetencyOutcome


class SummarySheet:
    """Writes the juror's summary; its outcomes and scores follow the marks."""

    def __init__(
        self, sheet: GridSheet, styles: GridStyles, grid: GridPlan, calculation: Calculation
    ) -> None:
        self._sheet = sheet
        self._styles = styles
        self._grid = grid
        self._calculation = calculation
        self._widths = _widths(grid.referential)
        self._label = len(self._widths) - 2
        """The column of what the juror is asked; the answers and the chart are at its right."""
        self._answer = self._label + 1
        self._notes = range(_NOTE, self._label)
        """The column of notes, where there is one."""
        self._heights: list[float] = []
        """Of the rows from the first of the table."""

    def write(self, workbook: GridWorkbook) -> None:
        """Write the whole sheet."""
        self._sheet.set_widths(self._widths)
        self._write_head()
        lines = list(self._lines())
        self._heights = [self._write_line(row, *line) for row, line in enumerate(lines, _FIRST_ROW)]
        self._write_colours(_FIRST_ROW + len(lines) - 1)
        row = self._write_inputs()
        self._write_chart(workbook, row)
        self._take_rows(row, self._chart_height)
        worksheet = self._sheet.worksheet
        worksheet.freeze_panes(_HEADER_ROW + 1, 0)
        worksheet.repeat_rows(_HEADER_ROW)
        worksheet.print_area(0, 0, _FIRST_ROW + len(self._heights) - 1, self._answer)
        place = opinion_place(self._grid.referential)
        worksheet.set_selection(*place, *place)

    def _take_rows(self, row: int, points: float, least: int = 0) -> int:
        """Return the row below as many rows as these points take, and at least a certain row.

        Rows are made where there are not enough.
        """
        while points > 0 or row < least:
            place = row - _FIRST_ROW
            if place == len(self._heights):
                self._sheet.set_height(row, _ROW_HEIGHT)
                self._heights.append(_ROW_HEIGHT)
            points -= self._heights[place]
            row += 1
        return row

    def _write_head(self) -> None:
        sheet, styles, members = self._sheet, self._styles, self._grid.owner.members
        sheet.set_height(_HEADER_ROW, 18)
        for column, name in enumerate(contract.SUMMARY_HEADER):
            style = styles.header_text if column == _TITLE else styles.header
            sheet.write((_HEADER_ROW, column), name, style)
        for column in self._notes:
            sheet.write((_HEADER_ROW, column), contract.SUMMARY_NOTE, styles.header)
        across = self._label, self._answer
        sheet.write_across(_HEADER_ROW, across, "À remplir", styles.header_text)
        target = f"{sheet_prefix(contract.HOME_SHEET)}A1"
        place = _TITLE_ROWS[0], self._label
        sheet.write_link(place, target, f"← {contract.HOME_SHEET}", styles.locked_link)
        title = "Synthèse des évaluations" if members else "Synthèse de vos évaluations"
        sheet.write((_TITLE_ROWS[0], self._answer), title, styles.block_title)
        those = "des seules évaluations de cette grille" if members else "de vos seules évaluations"
        caution = (
            f"Résultats calculés à partir {those}. "
            "La décision appartient au jury, réuni en délibération."
        )
        for rows, line in ((_OWNER_ROWS, self._grid.owner.line), (_CAUTION_ROWS, caution)):
            area = rows[0], self._label, rows[1], self._answer
            sheet.worksheet.merge_range(*area, "", styles.legend)
            sheet.write((rows[0], self._label), line, styles.legend)

    def _lines(self) -> Iterator[tuple[tuple[str, str], Outcome, tuple[Format, ...]]]:
        """Yield code and title, result, and the styles of the four cells."""
        styles, calculation = self._styles, self._calculation
        of_block = styles.heading_code, styles.heading, styles.heading_score, styles.outcome
        of_competency = styles.code, styles.text, styles.percentage, styles.word
        for block in self._grid.blocks:
            texts: tuple[str, str] = block.block.code, block.block.title
            yield texts, calculation.block(block), of_block
            for item in block.competencies:
                if not item.shown:
                    continue
                texts = item.competency.code, item.competency.title.split("\n")[0]
                yield texts, calculation.competency(item), of_competency
        for code in calculation.assessments:
            texts = code, f"Épreuve : {self._grid.referential.method[code].name}"
            yield texts, calculation.assessment(code), of_competency

    def _write_line(
        self, row: int, texts: tuple[str, str], result: Outcome, styles: tuple[Format, ...]
    ) -> float:
        """Write a line; return its height, in points."""
        sheet = self._sheet
        room = self._widths[_TITLE] - INDENT
        title = text_fit.shorten(texts[1], room, BOLD, lines=_TITLE_LINES)
        code_height = text_fit.height(texts[0], self._widths[_CODE], BOLD)
        height = max(_ROW_HEIGHT, text_fit.height(title, room, BOLD), code_height)
        sheet.set_height(row, height)
        sheet.write((row, _CODE), texts[0], styles[_CODE])
        sheet.write((row, _TITLE), title, styles[_TITLE])
        sheet.write((row, _SCORE), result.score, styles[_SCORE])
        sheet.write((row, _OUTCOME), result.outcome, styles[_OUTCOME])
        for column in self._notes:
            sheet.write((row, column), result.note, self._note_style(result, styles))
        return min(height, text_fit.MAXIMUM_HEIGHT)

    def _note_style(self, result: Outcome, styles: tuple[Format, ...]) -> Format:
        """Return the look of a note, bold on a bloc's line."""
        of_block = styles[_SCORE] is self._styles.heading_score
        own = self._styles.heading_note_on if of_block else self._styles.note_on
        return own(result.scale)

    def _write_colours(self, last: int) -> None:
        styles = self._styles
        area = (_FIRST_ROW, _OUTCOME, last, _OUTCOME)
        coloured: list[tuple[Outcomes, Format]] = [
            (CompetencyOutcome.ACQUIRED, styles.done),
            (BlockOutcome.VALIDATED, styles.done),
            (CompetencyOutcome.NOT_ACQUIRED, styles.wrong),
            (BlockOutcome.NOT_VALIDATED, styles.wrong),
            (CompetencyOutcome.TO_DELIBERATE, styles.to_do),
        ]
        if self._calculation.assessments:
            coloured += [
                (AssessmentOutcome.PASSED, styles.done),
                (AssessmentOutcome.KEPT, styles.done),
                (AssessmentOutcome.FAILED, styles.wrong),
                (AssessmentOutcome.ABSENT, styles.wrong),
            ]
        for outcome, style in coloured:
            self._sheet.format_word(area, outcome.value, style)

    @property
    def _chart_height(self) -> float:
        """Return the height in points."""
        wanted = _LEAST_CHART + _CHART_PER_BLOCK * len(self._grid.blocks)
        return min(wanted, _LARGEST_CHART)

    def _write_chart(self, workbook: GridWorkbook, row: int) -> None:
        """Write the score of each bloc in the colour of its result, below the answers."""
        codes, scores = workings.chart_ranges(self._grid)
        word, label_format, axis = _bars(self._grid.referential.scale)
        chart = workbook.add_chart({"type": "bar"})
        for outcome, values in scores.items():
            chart.add_series(
                {
                    "name": outcome.value,
                    "categories": f"={codes}",
                    "values": f"={values}",
                    "fill": {"color": f"#{_COLOURS[outcome]}"},
                    "data_labels": {"value": True, "num_format": label_format},
                    "gap": 60,
                    "overlap": 100,
                }
            )
        chart.set_title({"name": f"{word} par bloc", "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
        chart.set_x_axis({**axis, "major_gridlines": lines})
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        width = sum(self._widths[self._label :]) * 7 - 6
        chart.set_size({"width": width, "height": self._chart_height * 96 / 72 - 8})
        described = ", ".join(block.block.code for block in self._grid.blocks)
        self._sheet.insert_chart(
            (row, self._label),
            chart,
            f"Graphique : {word.lower()} de chaque bloc ({described})",
        )

    def _write_inputs(self) -> int:
        """Write the juror's opinion, remarks and place to sign; return the next free row."""
        answers, styles, owner = self._calculation.answers, self._styles, self._grid.owner
        room = self._widths[self._answer] - INDENT
        self._take_rows(_FIRST_ROW, 0, least=_OPINION_ROW)
        row = _OPINION_ROW
        for label, text in (
            (contract.OPINION_LABEL, answers.opinion or ""),
            (contract.REMARKS_LABEL, answers.remarks or ""),
        ):
            height = max(_OPINION_HEIGHT, text_fit.height(text, room, BODY))
            row = self._write_input(row, height, (label, text), styles.long_comment)
        said = SIGNED_ELSEWHERE if owner.members else ""
        height = max(_SIGNATURE_HEIGHT, owner.heights.signature)
        return self._write_input(row, height, (owner.signature, said), styles.text)

    def _write_input(self, row: int, height: float, texts: tuple[str, str], style: Format) -> int:
        """Write a label and the cell of its answer, as high as that; return the row below."""
        below = self._take_rows(row, height)
        for column, text, own in (
            (self._label, texts[0], self._styles.label),
            (self._answer, texts[1], style),
        ):
            if below - row > 1:
                self._sheet.worksheet.merge_range(row, column, below - 1, column, "", own)
            self._sheet.write((row, column), text, own)
        return below


_COLOURS = {
    BlockOutcome.VALIDATED: DONE.ink,
    BlockOutcome.NOT_VALIDATED: WRONG.ink,
    BlockOutcome.TO_DELIBERATE: palette.AMBER,
    BlockOutcome.INCOMPLETE: palette.MUTED,
}
"""The colour of a bloc's bar: that of its result in the table, amber where that nears red."""


def _widths(known: Referential) -> tuple[int, ...]:
    return contract.NOTED_WIDTHS if known.reads_notes else contract.SUMMARY_WIDTHS


def opinion_place(known: Referential) -> Position:
    """Return the cell of the juror's opinion, the first to fill."""
    return _OPINION_ROW, len(_widths(known)) - 1


def _bars(scale: Scale) -> tuple[str, str, dict[str, object]]:
    """Return what bars show on a scale, the format of their labels, and their axis."""
    if scale.kind is ScaleKind.NOTE:
        bounds = {"min": float(scale.minimum), "max": float(scale.maximum)}
        unit = float(scale.span) / 4
        return (
            "Note",
            formats.BAR_NOTE,
            {**bounds, "major_unit": unit, "num_format": formats.GENERAL},
        )
    axis = {"min": 0, "max": 1, "major_unit": 0.25, "num_format": formats.PERCENT}
    return "Score", formats.BAR_PERCENT, axis
