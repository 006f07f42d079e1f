"""The rows at the right of « Fiche »: what is proposed, and what the jury decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.deliberation_check import (
    DECISION_DUE,
    DONE,
    MARKS_DUE,
    REASON_DUE,
    REVIEW_DUE,
    TO_DECIDE,
)
from sheetgen.consolidation.sheets.card_page import CHECK, DECISION, FIRST_ROW, PROPOSAL, SUBJECT
from sheetgen.consolidation.sheets.card_people import BLOCKS, MATTERS
from sheetgen.consolidation.styles import FAVOURABLE, OPEN, UNFAVOURABLE, WAITING, WORDS, Style
from sheetgen.model import CERTIFICATION, BlockOutcome, CertificationOutcome
from sheetgen.rules import Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.sheets.card_page import CardPage

_OUTCOMES = tuple(dict.fromkeys(word.value for word in (*BlockOutcome, *CertificationOutcome)))
_CHECK_TONES = {
    MARKS_DUE: UNFAVOURABLE,
    TO_DECIDE: WAITING,
    DECISION_DUE: OPEN,
    REVIEW_DUE: OPEN,
    REASON_DUE: UNFAVOURABLE,
    DONE: FAVOURABLE,
}


class CardMatters:
    """Writes a row for each bloc, the certification and the mention."""

    def __init__(self, page: CardPage) -> None:
        self._page = page
        self.sheet, self.sheets, self.shown = page.sheet, page.sheets, page.shown

    def write(self) -> None:
        """Write the rows, and colour their words."""
        sheet, deliberation = self.sheet, self.sheets.deliberation
        blocks = {block.code for block in sheet.book.decisions.referential.blocks}
        for subject in self._page.plan.matters:
            row, rank = self._page.plan.matter_row(subject), self.shown.rank_of(MATTERS, subject)
            link = Cell(self._page.link(subject, rank), subject)
            sheet.write(row, SUBJECT, link, Style.CARD_WAY)
            held = '""'
            if subject in blocks:
                own = self.shown.rank_of(BLOCKS, subject)
                held = self.shown.looked_up(BLOCKS, self.sheets.blocks, layout.OUTCOME, own)
                held = f'IF({own}=0,"",{held}&"")'
            elif subject == CERTIFICATION:
                held = f'IF({self.shown.rank}=0,"",{self._page.of_summary(CERTIFICATION)})'
            for title in (PROPOSAL, DECISION, CHECK):
                found = self.shown.looked_up(MATTERS, deliberation, title, rank)
                other = held if title == PROPOSAL else '""'
                style = Style.CARD_OUTCOME_CELL if title != CHECK else Style.CARD_NAME
                self._page.put(row, title, f'=IF({rank}=0,{other},{found}&"")', style)
        rows = FIRST_ROW, FIRST_ROW + len(self._page.plan.matters) - 1
        for word in _OUTCOMES:
            sheet.tint_when(PROPOSAL, rows, text(word), WORDS[word])
            sheet.tint_when(DECISION, rows, text(word), WORDS[word])
        for said, tone in _CHECK_TONES.items():
            sheet.tint_when(CHECK, rows, text(said), tone.silent)
