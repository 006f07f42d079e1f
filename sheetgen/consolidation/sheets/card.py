"""The sheet « Fiche »: all that a jury discusses of one candidate, on one screen and one page.

A candidate is chosen in a list, or typed: number or name. At the left blocs, competencies and
épreuves with each juror's marks; at the right the proposals with what the jury decided, then the
reasons, what is missing, divergences, opinions and observations. Everything is live: formulas of
whoever is shown (`shown_candidate`), by way of a hidden sheet (`card_workings`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.sheets import card_people, short_marks, summary
from sheetgen.consolidation.sheets.card_lines import CardLines
from sheetgen.consolidation.sheets.card_matters import CardMatters
from sheetgen.consolidation.sheets.card_page import (
    CHECK,
    CHOOSER_ROW,
    CODE,
    DECISION,
    DIVERGENCES,
    FIRST_ROW,
    GAP,
    IDENTITY_ROW,
    LEAST_TEXT,
    PAGE_HEADER_ROW,
    PROPOSAL,
    SCORE,
    STATE_ROW,
    SUBJECT,
    CardPage,
    CardPlan,
    chooser_rule,
)
from sheetgen.consolidation.sheets.card_people import HEADER, MATTERS, PeopleWriter
from sheetgen.consolidation.sheets.card_texts import Room
from sheetgen.consolidation.sheets.card_workings import CardWorkings
from sheetgen.consolidation.sheets.live_sheet import SCREEN, HeadHeights, LiveSheet
from sheetgen.consolidation.sheets.shown_candidate import CardSheets, ShownCandidate
from sheetgen.consolidation.styles import WORDS, Style
from sheetgen.model import CERTIFICATION, MENTION, CertificationOutcome, Status
from sheetgen.rules import Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from sheetgen.consolidation.plan import CandidateRow
    from sheetgen.consolidation.sheets.card_columns import WorkingsSheet
    from sheetgen.consolidation.sheets.card_people import PeopleSheet

_LINE = 13.5
"""Of a line, in points: 18 pixels."""

_CHARACTER, _FILLED = 6.4, 1.05
"""The pixels of a character, and how far a place for a text is filled by what is counted."""

_FEWEST_ZOOM = 60
_INVITATION = "Choisir un candidat dans la cellule jaune : taper son numéro ou son nom, ou Alt + ↓."
_TEXTS = "Raisons, écarts, avis et observations"
_NOTHING_PRESENTED = "Aucun bloc présenté"
_NOTHING_TO_DECIDE = " : le jury n'a rien à décider."
_MORE = f"{_TEXTS} (la suite est dans la feuille {layout.CRITERIA_SHEET})"
_CERTIFYING = {item.value: WORDS[item.value] for item in CertificationOutcome}


class CardWriter:
    """Notes where each candidate's rows are, then writes the sheet.

    `sheets` are those that it shows.
    """

    def __init__(
        self, sheet: LiveSheet, people: PeopleSheet, workings: WorkingsSheet, sheets: CardSheets
    ) -> None:
        self.sheet = sheet
        self.sheets = sheets
        self._workings_sheet = workings
        known = sheet.book.decisions.referential
        lines = len(known.blocks) + len(known.competencies)
        lines += len(known.assessments) if sheets.assessments is not None else 0
        matters = [*(block.code for block in known.blocks), CERTIFICATION]
        self.plan = CardPlan(
            lines=lines, matters=[*matters, *([MENTION] if known.mentions else [])]
        )
        self._last_mark = sheet.index(GAP) - 1
        self._fill = Room(
            right=self._room(self.plan.text_row, SUBJECT, CHECK),
            left=self._room(self.plan.rest_row, CODE, self._last_title),
        )
        self.people = PeopleWriter(people, self._fill)

    def write(self, candidate: CandidateRow) -> None:
        """Note where the candidate's rows are."""
        self.people.write(candidate)

    def finish(self) -> None:
        """Write the sheet, and what it is worked out from."""
        self.people.finish()
        self.shown = ShownCandidate(self._workings_sheet, self.sheets, self.people, self._fill)
        self._page = CardPage(
            sheet=self.sheet, sheets=self.sheets, plan=self.plan, shown=self.shown
        )
        chooser = f"'{self.sheet.name}'!$B${CHOOSER_ROW}"
        CardWorkings(self.shown).write(chooser, self._head_formula())
        self._write_top()
        CardLines(self._page).write()
        CardMatters(self._page).write()
        self._write_texts()
        self._lay_out()

    @property
    def _last_title(self) -> str:
        return list(self.sheet.columns)[self._last_mark]

    def _room(self, header: int, first: str, last: str) -> int:
        """Return how many characters the lines below a header hold in these columns."""
        columns = list(self.sheet.columns.values())
        own = columns[self.sheet.index(first) : self.sheet.index(last) + 1]
        width = sum(item.pixels for item in own)
        return int((self.plan.last_row - header) * width / _CHARACTER * _FILLED)

    # What stands above.

    def _write_top(self) -> None:
        sheet = self.sheet
        sheet.head("", "", HeadHeights(title=24, session=15, state=22.5, note=_LINE + 1.5))
        for row in (CHOOSER_ROW, PAGE_HEADER_ROW):
            sheet.write(row, GAP, None, Style.CARD)
        if not sheet.book.decisions.provisional:
            sheet.worksheet.set_row(STATE_ROW - 1, None, None, {"hidden": True})
        sheet.write_at(CHOOSER_ROW, 0, layout.CANDIDATE, Style.CARD_LABEL)
        last = sheet.index(SCORE)
        styles = sheet.book.styles
        sheet.worksheet.merge_range(0, 1, 0, last, "", styles[Style.CARD_CHOICE])
        source = self.people.sheet.range(
            card_people.LABEL, HEADER + 1, max(self.people.last_row, HEADER + 1)
        )
        sheet.worksheet.data_validation(0, 1, 0, 1, chooser_rule(source))
        if self._last_mark > last + 1:
            sheet.worksheet.merge_range(0, last + 1, 0, self._last_mark, "", styles[Style.CARD])
        link = f"{layout.DELIBERATION_SHEET} →"
        cell = Cell(self._page.link(link, "1"), link)
        sheet.write(CHOOSER_ROW, DIVERGENCES, cell, Style.CARD_LINK)
        row = self.plan.matter_row(CERTIFICATION)
        for first, end, title in ((SUBJECT, PROPOSAL, PROPOSAL), (DECISION, CHECK, DECISION)):
            own = f"${sheet.letter(title)}${row}"
            said = f'{text(f"{title.split()[0]} : ")}&IF({own}="","…",{own})'
            told = f'=IF({self.shown.rank}=0,"",{said})'
            self._page.merge(CHOOSER_ROW, (first, end), Cell(told, ""), Style.CARD_OUTCOME)
        for word, tone in _CERTIFYING.items():
            for title, columns in ((PROPOSAL, (SUBJECT, PROPOSAL)), (DECISION, (DECISION, CHECK))):
                rule = {
                    "type": "formula",
                    "criteria": f"=${sheet.letter(title)}${row}={text(word)}",
                    "format": styles.conditional(tone.silent),
                }
                first_column, last_column = map(sheet.index, columns)
                sheet.worksheet.conditional_format(0, first_column, 0, last_column, rule)
        self._page.merge(
            IDENTITY_ROW,
            (CODE, self._last_title),
            Cell(self._identity(), _INVITATION),
            Style.CARD_TEXT,
        )
        legend = short_marks.legend(sheet.book.lists.short)
        self._page.merge(IDENTITY_ROW, (SUBJECT, CHECK), legend, Style.CARD_LEGEND)

    def _identity(self) -> str:
        """Return the formula of who is shown, or why nobody is."""
        titles = [summary.ROUTE, summary.STATUS]
        if self.sheet.book.decisions.session.juries.names != (None,):
            titles.append(summary.JURY)
        parts = [self._page.of_summary(title) for title in titles]
        if summary.JURY in titles:
            parts[-1] = f'"Jury "&{parts[-1]}'
        parts.append(f'{self._page.of_summary(summary.HELD)}&" blocs acquis"')
        divergences = self._page.of_summary(summary.DIVERGENCES)
        # Of whoever did not come, the summary counts none.
        parts.append(f'IF({divergences}="",0,{divergences})&" écart(s)"')
        told = '&" · "&'.join([f"{self.shown.scalar(card_people.NAME)}", *parts])
        typed = self.shown.typed
        nobody = " » n'est pas un candidat, ou pas un seul : taper son numéro."
        unknown = f"{text('✘ « ')}&{typed}&{text(nobody)}"
        return f'=IF({self.shown.rank}>0,{told},IF({typed}="",{text(_INVITATION)},{unknown}))'

    # The texts.

    def _head_formula(self) -> str:
        """Return the formula, without its sign, of what is missing and of the reasons."""
        grids, awaited = self._page.of_summary(summary.MISSING_GRIDS), self.shown.missing
        status = self._page.of_summary(summary.STATUS)
        present = f"{status}={text(Status.PRESENT.value)}"
        idle = f"IF({present},{text(_NOTHING_PRESENTED)},{status})&{text(_NOTHING_TO_DECIDE)}"
        parts = (
            f'IF({self.shown.scalar(MATTERS.first)}=0,{idle}&CHAR(10),"")',
            f'IF({grids}="","","… Grille attendue de "&{grids}&CHAR(10))',
            f'IF({awaited}="","","… Critères incomplets :"&{awaited}&CHAR(10))',
            self.shown.reasons,
        )
        return f'IF({self.shown.rank}=0,"",{"&".join(parts)})'

    def _write_texts(self) -> None:
        shown, plan = self.shown, self.plan
        heading = Cell(f"=IF({shown.full},{text(_MORE)},{text(_TEXTS)})", _TEXTS)
        self._page.merge(plan.text_row, (SUBJECT, CHECK), heading, Style.HEADER)
        right, left = shown.texts
        top = plan.text_row + 1
        self._page.merge(
            top, (SUBJECT, CHECK), Cell(f"={right}", ""), Style.CARD_BOX, plan.last_row
        )
        self._page.merge(
            plan.rest_row, (CODE, self._last_title), "Observations, suite", Style.HEADER
        )
        top = plan.rest_row + 1
        cell = Cell(f"={left}", "")
        self._page.merge(top, (CODE, self._last_title), cell, Style.CARD_BOX, plan.last_row)

    def _lay_out(self) -> None:
        sheet, plan = self.sheet, self.plan
        for row in range(FIRST_ROW, plan.last_row + 1):
            sheet.worksheet.set_row(row - 1, _LINE)
        sheet.worksheet.freeze_panes(PAGE_HEADER_ROW, 0)
        top = 102 if sheet.book.decisions.provisional else 72
        wide = sum(column.pixels for column in sheet.columns.values())
        high = top + max(plan.lines, len(plan.matters) + LEAST_TEXT) * 18
        zoom = min(100, SCREEN[0] * 100 // wide, SCREEN[1] * 100 // high)
        sheet.worksheet.set_zoom(max(zoom, _FEWEST_ZOOM))
        sheet.page(plan.last_row)
        sheet.worksheet.fit_to_pages(1, 1)
        sheet.worksheet.set_selection(CHOOSER_ROW - 1, 1, CHOOSER_ROW - 1, 1)
