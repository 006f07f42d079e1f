"""The last sheet: what the rules make of this juror's own marks, and the juror's opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.excel import formats, palette, text_fit
from sheetgen.grid import contract
from sheetgen.grid.block_plan import BODY, BOLD
from sheetgen.grid.contract import INDENT
from sheetgen.grid.owner import SIGNED_ELSEWHERE
from sheetgen.grid.write import workings
from sheetgen.model import AssessmentOutcome, BlockOutcome, CompetencyOutcome, ScaleKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.format import Format

    from sheetgen.grid.plan import GridPlan
    from sheetgen.grid.write.calculation import Calculation, Outcome
    from sheetgen.grid.write.grid_package import GridWorkbook
    from sheetgen.grid.write.grid_sheet import GridSheet
    from sheetgen.grid.write.grid_styles import GridStyles
    from sheetgen.model import Scale

_CODE, _TITLE, _SCORE, _OUTCOME, _NOTE = range(5)
_HEADER_ROW, _FIRST_ROW = 3, 4
_TITLE_LINES = 2
"""The lines of a title that the summary shows; the whole stands on the bloc's sheet."""

_LEAST_CHART, _CHART_PER_BLOCK, _LARGEST_CHART = 90, 26, 360
"""Heights in points: around the bars, for each bar, and what fits on the first printed page."""

_ROW_HEIGHT = 19

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
        noted = grid.referential.reads_notes
        self._widths = contract.NOTED_WIDTHS if noted else contract.SUMMARY_WIDTHS
        self._notes = range(_NOTE, len(self._widths) - 1)
        """The column of notes, where there is one."""
        self._last = len(self._widths) - 1
        """The column of the chart."""

    def write(self, workbook: GridWorkbook) -> None:
        """Write the whole sheet."""
        self._sheet.set_widths(self._widths)
        self._write_head()
        lines = list(self._lines())
        table = sum(self._write_line(row, *line) for row, line in enumerate(lines, _FIRST_ROW))
        last = _FIRST_ROW + len(lines) - 1
        self._write_colours(last)
        row = self._make_room(last + 1, self._chart_height - table)
        self._write_chart(workbook)
        row = self._write_inputs(row)
        worksheet = self._sheet.worksheet
        worksheet.freeze_panes(_HEADER_ROW + 1, 0)
        worksheet.repeat_rows(_HEADER_ROW)
        worksheet.print_area(0, 0, row - 1, self._last)

    def _write_head(self) -> None:
        sheet, styles, members = self._sheet, self._styles, self._grid.owner.members
        sheet.set_height(0, 30)
        title = "Synthèse des évaluations" if members else "Synthèse de vos évaluations"
        sheet.write_across(0, (_CODE, self._last), title, styles.title)
        those = "des seules évaluations de cette grille" if members else "de vos seules évaluations"
        caution = (
            f"Résultats calculés à partir {those}. "
            "La décision appartient au jury, réuni en délibération."
        )
        for row, line in enumerate((self._grid.owner.line, caution), start=1):
            sheet.set_height(row, _ROW_HEIGHT)
            sheet.write_across(row, (_CODE, self._last), line, styles.subtitle)
        sheet.set_height(_HEADER_ROW, 22)
        for column, name in enumerate(contract.SUMMARY_HEADER):
            style = styles.header_text if column == _TITLE else styles.header
            sheet.write((_HEADER_ROW, column), name, style)
        for column in self._notes:
            sheet.write((_HEADER_ROW, column), contract.SUMMARY_NOTE, styles.header)

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

    def _make_room(self, row: int, points: float) -> int:
        """Leave a row free, and as many as the chart still takes; return the next free row."""
        while True:
            self._sheet.set_height(row, _ROW_HEIGHT)
            row, points = row + 1, points - _ROW_HEIGHT
            if points <= 0:
                return row

    def _write_chart(self, workbook: GridWorkbook) -> None:
        """Write the score of each bloc, at the right of the table's first rows."""
        codes, scores = workings.chart_ranges(self._grid)
        primary = self._grid.referential.certification.colour or palette.PRIMARY
        word, label_format, axis = _bars(self._grid.referential.scale)
        title = f"{word} par bloc"
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": title,
                "categories": f"={codes}",
                "values": f"={scores}",
                "fill": {"color": f"#{palette.darkened(primary)}"},
                "data_labels": {"value": True, "num_format": label_format},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        lines = {"visible": True, "line": {"color": f"#{palette.BORDER}", "width": 0.5}}
        chart.set_x_axis({**axis, "major_gridlines": lines})
        chart.set_y_axis({"reverse": True, "crossing": "max"})
        width = self._widths[self._last] * 7 - 6
        chart.set_size({"width": width, "height": self._chart_height * 96 / 72})
        described = ", ".join(block.block.code for block in self._grid.blocks)
        self._sheet.insert_chart(
            (_FIRST_ROW, self._last),
            chart,
            f"Graphique : {word.lower()} de chaque bloc ({described})",
        )

    def _write_inputs(self, row: int) -> int:
        """Write the juror's opinion, remarks and place to sign; return the next free row."""
        answers, styles = self._calculation.answers, self._styles
        room = sum(self._widths[_SCORE:]) - INDENT
        for label, text in (
            (contract.OPINION_LABEL, answers.opinion or ""),
            (contract.REMARKS_LABEL, answers.remarks or ""),
        ):
            self._sheet.set_height(row, max(66, text_fit.height(text, room, BODY)))
            self._sheet.write((row, _TITLE), label, styles.label)
            self._sheet.write_across(row, (_SCORE, self._last), text, styles.long_comment)
            row += 1
        owner = self._grid.owner
        self._sheet.set_height(row, max(56, owner.heights.signature))
        self._sheet.write((row, _TITLE), owner.signature, styles.label)
        said = SIGNED_ELSEWHERE if owner.members else ""
        self._sheet.write_across(row, (_SCORE, self._last), said, styles.text)
        return row + 1


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
