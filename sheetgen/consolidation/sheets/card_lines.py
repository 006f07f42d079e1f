"""The lines at the left of « Fiche »: blocs, competencies, épreuves, with each juror's marks."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.sheets.card_page import (
    CODE,
    DIVERGENCES,
    FIRST_ROW,
    GAP,
    OUTCOME,
    PAGE_HEADER_ROW,
    SCORE,
    TITLE,
)
from sheetgen.consolidation.sheets.card_people import ASSESSMENTS, BLOCKS, COMPETENCIES
from sheetgen.consolidation.sheets.notes import NOTE
from sheetgen.consolidation.styles import OPEN, WORDS, OutOf, Style
from sheetgen.excel import text_fit
from sheetgen.model import AssessmentOutcome, BlockOutcome, CompetencyOutcome
from sheetgen.rules import NoteScore
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.consolidation.sheets.card_page import CardPage
    from sheetgen.excel.palette import Tone


def cut_to_width(told: str, width: float, font: text_fit.Font) -> str:
    """Return a text on one line, cut anywhere and ended by « … » where it is wider than that."""
    whole = " ".join(told.split())
    room = width * 7.6
    if text_fit.text_width(whole, font) <= room:
        return whole
    kept = bisect_right(
        range(1, len(whole)),
        room,
        key=lambda length: text_fit.text_width(f"{whole[:length]}…", font),
    )
    return f"{whole[:kept].rstrip()}…"


class CardLines:
    """Writes the lines, one for each bloc, competency and épreuve of the référentiel."""

    def __init__(self, page: CardPage) -> None:
        self._page = page
        self.sheet, self.sheets, self.shown = page.sheet, page.sheets, page.shown

    def write(self) -> None:
        """Write the headers, then every line."""
        sheet, known = self.sheet, self.sheet.book.decisions.referential
        for column, title in enumerate(sheet.columns):
            if title != GAP:
                sheet.write_at(PAGE_HEADER_ROW, column, title, Style.HEADER)
        row = FIRST_ROW
        for block in known.blocks:
            self._write_block(row, block.code, block.title)
            row += 1
            for competency in known.competencies:
                if known.block_of[competency.code] == block.code:
                    self._write_competency(row, competency.code, competency.title)
                    row += 1
        for method in known.assessments if self.sheets.assessments is not None else ():
            self._write_assessment(row, method.code, method.name)
            row += 1
        self._tint_lines(row - 1)

    def _write_block(self, row: int, code: str, title: str) -> None:
        self._name(row, code, title, bold=True)
        rank = self.shown.rank_of(BLOCKS, code)
        outcome = self._page.of(BLOCKS, self.sheets.blocks, layout.OUTCOME, rank)
        self._page.put(row, OUTCOME, outcome, Style.CARD_BLOCK)
        score = self._page.of(BLOCKS, self.sheets.blocks, self._score_title, rank)
        self._page.put(row, SCORE, score, self._score_style(bold=True))
        self.sheet.write(row, DIVERGENCES, None, Style.CARD_BLOCK)
        for slot in self._slots:
            juror = layout.juror_header(slot)
            told = self._page.of(BLOCKS, self.sheets.blocks, juror, rank)
            self._page.put(row, juror, told, Style.CARD_BLOCK)

    def _write_competency(self, row: int, code: str, title: str) -> None:
        self._name(row, code, title)
        shown, sheet = self.shown, self.sheets.competencies
        rank = shown.rank_of(COMPETENCIES, code)
        self._page.put(
            row, OUTCOME, self._page.of(COMPETENCIES, sheet, layout.OUTCOME, rank), Style.CARD_CELL
        )
        score = self._page.of(COMPETENCIES, sheet, self._score_title, rank)
        self._page.put(row, SCORE, score, self._score_style())
        count = shown.divergences_of(code)
        self._page.put(row, DIVERGENCES, f'=IF({count}=0,"","◆ "&{count})', Style.CARD_CELL)
        for slot in self._slots:
            self._page.put(
                row, layout.juror_header(slot), f"={shown.marks_of(code, slot)}", Style.CARD_MARKS
            )

    def _write_assessment(self, row: int, code: str, title: str) -> None:
        sheet = self.sheets.assessments
        if sheet is None:
            return
        self._name(row, code, title)
        rank = self.shown.rank_of(ASSESSMENTS, code)
        self._page.put(
            row, OUTCOME, self._page.of(ASSESSMENTS, sheet, layout.OUTCOME, rank), Style.CARD_CELL
        )
        known = self.sheet.book.decisions.referential
        scale = known.scale_of_assessment[code]  # type: ignore[index]
        noted = NOTE in sheet.columns and NoteScore(scale).is_note
        score = self._page.of(ASSESSMENTS, sheet, NOTE if noted else layout.SCORE, rank)
        style = OutOf(Style.POINTS, scale.maximum) if noted else Style.CARD_SCORE
        self._page.put(row, SCORE, score, style)
        for unused in (DIVERGENCES, *map(layout.juror_header, self._slots)):
            self.sheet.write(row, unused, None, Style.CARD_CELL)

    @property
    def _slots(self) -> range:
        return range(1, self.sheet.book.plan.seats + 1)

    @property
    def _score_title(self) -> str:
        return NOTE if NOTE in self.sheets.blocks.columns else layout.SCORE

    def _score_style(self, *, bold: bool = False) -> Style | OutOf:
        scale = self.sheet.book.decisions.referential.scale
        style = Style.CARD_BLOCK_SCORE if bold else Style.CARD_SCORE
        return OutOf(style, scale.maximum) if self._score_title == NOTE else style

    def _name(self, row: int, code: str, title: str, *, bold: bool = False) -> None:
        style = Style.CARD_BLOCK_NAME if bold else Style.CARD_NAME
        font = text_fit.Font(size=11, bold=bold)
        width = self.sheet.columns[TITLE].width - 1
        self.sheet.write(row, CODE, code, style)
        self.sheet.write(row, TITLE, cut_to_width(title, width, font), style)

    def _tint_lines(self, last: int) -> None:
        words: Mapping[str, Tone] = {
            item.value: WORDS[item.value]
            for kind in (BlockOutcome, CompetencyOutcome, AssessmentOutcome)
            for item in kind
        }
        for word, tone in words.items():
            self.sheet.tint_when(OUTCOME, (FIRST_ROW, last), text(word), tone)
        rule = {
            "type": "formula",
            "criteria": f'=${self.sheet.letter(DIVERGENCES)}{FIRST_ROW}<>""',
            "format": self.sheet.book.styles.conditional(OPEN.silent),
        }
        column = self.sheet.index(DIVERGENCES)
        self.sheet.worksheet.conditional_format(FIRST_ROW - 1, column, last - 1, column, rule)
