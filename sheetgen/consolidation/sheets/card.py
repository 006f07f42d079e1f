"""The sheet « Fiche »: all that a jury discusses of one candidate, on one screen and one page.

A candidate is chosen in a list, or typed: number or name. At the left blocs, competencies and
épreuves with each juror's marks; at the right the proposals with what the jury decided, then the
reasons, what is missing, divergences, opinions and observations. Everything is live: formulas of
whoever is shown (`shown_candidate`), by way of a hidden sheet (`card_workings`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
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
from sheetgen.consolidation.layout import DeliberationColumn
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, HEADER_ROW
from sheetgen.consolidation.sheets import card_people, short_marks, summary
from sheetgen.consolidation.sheets.card_people import (
    ASSESSMENTS,
    BLOCKS,
    COMPETENCIES,
    HEADER,
    MATTERS,
    PeopleWriter,
)
from sheetgen.consolidation.sheets.card_texts import Room
from sheetgen.consolidation.sheets.card_workings import CardWorkings
from sheetgen.consolidation.sheets.live_sheet import (
    SCREEN,
    HeadHeights,
    LiveSheet,
    SheetColumn,
)
from sheetgen.consolidation.sheets.notes import NOTE
from sheetgen.consolidation.sheets.shown_candidate import CardSheets, ShownCandidate
from sheetgen.consolidation.styles import (
    FAVOURABLE,
    OPEN,
    UNFAVOURABLE,
    WAITING,
    WORDS,
    OutOf,
    Style,
)
from sheetgen.excel import text_fit
from sheetgen.model import (
    CERTIFICATION,
    MENTION,
    AssessmentOutcome,
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    Status,
)
from sheetgen.rules import Cell, NoteScore
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.consolidation.plan import CandidateRow
    from sheetgen.consolidation.sheets.card_columns import WorkingsSheet
    from sheetgen.consolidation.sheets.card_people import PeopleSheet, Places
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.excel.palette import Tone

CODE, TITLE, OUTCOME, SCORE, DIVERGENCES = "Code", "Intitulé", "Résultat", "Score", "Écarts"
GAP = ""
SUBJECT, PROPOSAL, DECISION, CHECK = (
    item.value
    for item in (
        DeliberationColumn.SUBJECT,
        DeliberationColumn.PROPOSAL,
        DeliberationColumn.DECISION,
        DeliberationColumn.CHECK,
    )
)
_CHOOSER_ROW, _IDENTITY_ROW, _STATE_ROW, _HEADER_ROW = 1, 2, 3, 4
_FIRST_ROW = _HEADER_ROW + 1
_LINE = 13.5
"""Of a line, in points: 18 pixels."""

_PAGE_LINES = 40
"""The lines of a page of A4 as wide as the sheet, below its header."""

_CHARACTER, _FILLED = 6.4, 1.05
"""The pixels of a character, and how far a place for a text is filled by what is counted."""

_LEAST_TEXT = 8
"""The fewest lines that a text is worth beginning on."""

_MARKS_WIDTH, _LEAST_MARKS = 30, 6
_FEWEST_ZOOM = 60
_INVITATION = "Choisir un candidat dans la cellule jaune : taper son numéro ou son nom, ou Alt + ↓."
_TEXTS = "Raisons, écarts, avis et observations"
_NOTHING_PRESENTED = "Aucun bloc présenté"
_NOTHING_TO_DECIDE = " : le jury n'a rien à décider."
_MORE = f"{_TEXTS} (la suite est dans la feuille {layout.CRITERIA_SHEET})"
_BODY = text_fit.Font(size=11)


def chooser_rule(source: str) -> dict[str, object]:
    """Return the validation of the cell where a candidate is chosen: a list, or what is typed."""
    return {
        "validate": "list",
        "source": f"={source}",
        "show_error": False,
    }


def add_card(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    seats = max(book.plan.seats, 1)
    marks = max(_LEAST_MARKS, _MARKS_WIDTH // seats)
    columns = [
        SheetColumn(CODE, 8),
        SheetColumn(TITLE, 29),
        SheetColumn(OUTCOME, 15),
        SheetColumn(SCORE, 8),
        SheetColumn(DIVERGENCES, 5),
        *(SheetColumn(_juror_title(slot), marks) for slot in range(1, seats + 1)),
        SheetColumn(GAP, 1),
        SheetColumn(SUBJECT, 13),
        SheetColumn(PROPOSAL, 19),
        SheetColumn(DECISION, 19),
        SheetColumn(CHECK, 22),
    ]
    return LiveSheet(book, layout.CARD_SHEET, columns)


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


def _juror_title(slot: int) -> str:
    return layout.juror_header(slot)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlan:
    """The rows of the sheet: where each part of it stands."""

    lines: int
    matters: Sequence[str]

    @property
    def text_row(self) -> int:
        """Return the header of the text at the right."""
        return _FIRST_ROW + len(self.matters)

    @property
    def rest_row(self) -> int:
        """Return the header of the text at the left, below all lines."""
        return _FIRST_ROW + self.lines

    @property
    def last_row(self) -> int:
        """Return the last row of the page."""
        least = max(self.rest_row, self.text_row) + _LEAST_TEXT
        return max(least, _HEADER_ROW + _PAGE_LINES)


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
        self._assessments = known.assessments if sheets.assessments is not None else ()
        lines = len(known.blocks) + len(known.competencies) + len(self._assessments)
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
        chooser = f"'{self.sheet.name}'!$B${_CHOOSER_ROW}"
        CardWorkings(self.shown).write(chooser, self._head_formula())
        self._write_top()
        self._write_lines()
        self._write_matters()
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
        for row in (_CHOOSER_ROW, _HEADER_ROW):
            sheet.write(row, GAP, None, Style.CARD)
        if not sheet.book.decisions.provisional:
            sheet.worksheet.set_row(_STATE_ROW - 1, None, None, {"hidden": True})
        sheet.write_at(_CHOOSER_ROW, 0, layout.CANDIDATE, Style.CARD_LABEL)
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
        sheet.write(_CHOOSER_ROW, DIVERGENCES, Cell(self._way(link, "1"), link), Style.CARD_LINK)
        row = self._matter_row(CERTIFICATION)
        for first, end, title in ((SUBJECT, PROPOSAL, PROPOSAL), (DECISION, CHECK, DECISION)):
            cell = f"${sheet.letter(title)}${row}"
            said = f'{text(f"{title.split()[0]} : ")}&IF({cell}="","…",{cell})'
            told = f'=IF({self.shown.rank}=0,"",{said})'
            self._merge(_CHOOSER_ROW, (first, end), Cell(told, ""), Style.CARD_OUTCOME)
        for word, tone in _CERTIFYING.items():
            for title, columns in ((PROPOSAL, (SUBJECT, PROPOSAL)), (DECISION, (DECISION, CHECK))):
                rule = {
                    "type": "formula",
                    "criteria": f"=${sheet.letter(title)}${row}={text(word)}",
                    "format": styles.conditional(tone.silent),
                }
                span = sheet.index(columns[0]), 0, sheet.index(columns[1])
                sheet.worksheet.conditional_format(0, span[0], 0, span[2], rule)
        self._merge(
            _IDENTITY_ROW,
            (CODE, self._last_title),
            Cell(self._identity(), _INVITATION),
            Style.CARD_TEXT,
        )
        legend = short_marks.legend(sheet.book.lists.short)
        self._merge(_IDENTITY_ROW, (SUBJECT, CHECK), legend, Style.CARD_LEGEND)

    def _identity(self) -> str:
        """Return the formula of who is shown, or why nobody is."""
        titles = [summary.ROUTE, summary.STATUS]
        if self.sheet.book.decisions.session.juries.names != (None,):
            titles.append(summary.JURY)
        parts = [self._of_summary(title) for title in titles]
        if summary.JURY in titles:
            parts[-1] = f'"Jury "&{parts[-1]}'
        parts.append(f'{self._of_summary(summary.HELD)}&" blocs acquis"')
        divergences = self._of_summary(summary.DIVERGENCES)
        # Of whoever did not come, the summary counts none.
        parts.append(f'IF({divergences}="",0,{divergences})&" écart(s)"')
        told = '&" · "&'.join([f"{self.shown.scalar(card_people.NAME)}", *parts])
        typed = self.shown.typed
        unknown = f'"✘ « "&{typed}&" » n\'est pas un candidat, ou pas un seul : taper son numéro."'
        unknown = unknown.replace("\\'", "'")
        return f'=IF({self.shown.rank}>0,{told},IF({typed}="",{text(_INVITATION)},{unknown}))'

    def _of_summary(self, title: str) -> str:
        people = max(len(self.sheet.book.plan.people), 1)
        cells = self.sheets.summary.range(title, HEADER_ROW + 1, HEADER_ROW + people)
        return f'INDEX({cells},{self.shown.rank})&""'

    # The lines at the left.

    def _write_lines(self) -> None:
        sheet, known = self.sheet, self.sheet.book.decisions.referential
        for column, title in enumerate(sheet.columns):
            if title != GAP:
                sheet.write_at(_HEADER_ROW, column, title, Style.HEADER)
        row = _FIRST_ROW
        for block in known.blocks:
            self._write_block(row, block.code, block.title)
            row += 1
            for competency in known.competencies:
                if known.block_of[competency.code] == block.code:
                    self._write_competency(row, competency.code, competency.title)
                    row += 1
        for method in self._assessments:
            self._write_assessment(row, method.code, method.name)
            row += 1
        self._tint_lines(row - 1)

    def _write_block(self, row: int, code: str, title: str) -> None:
        self._name(row, code, title, bold=True)
        rank = self.shown.rank_of(BLOCKS, code)
        score = self._score_title
        self._put(
            row,
            OUTCOME,
            self._of(BLOCKS, self.sheets.blocks, layout.OUTCOME, rank),
            Style.CARD_BLOCK,
        )
        self._put(
            row,
            SCORE,
            self._of(BLOCKS, self.sheets.blocks, score, rank),
            self._score_style(bold=True),
        )
        self.sheet.write(row, DIVERGENCES, None, Style.CARD_BLOCK)
        for slot in self._slots:
            title_ = layout.juror_header(slot)
            told = self._of(BLOCKS, self.sheets.blocks, title_, rank)
            self._put(row, _juror_title(slot), told, Style.CARD_BLOCK)

    def _write_competency(self, row: int, code: str, title: str) -> None:
        self._name(row, code, title)
        shown, sheet = self.shown, self.sheets.competencies
        rank = shown.rank_of(COMPETENCIES, code)
        self._put(
            row, OUTCOME, self._of(COMPETENCIES, sheet, layout.OUTCOME, rank), Style.CARD_CELL
        )
        score = self._of(COMPETENCIES, sheet, self._score_title, rank)
        self._put(row, SCORE, score, self._score_style())
        count = shown.divergences_of(code)
        self._put(row, DIVERGENCES, f'=IF({count}=0,"","◆ "&{count})', Style.CARD_CELL)
        for slot in self._slots:
            self._put(row, _juror_title(slot), f"={shown.marks_of(code, slot)}", Style.CARD_MARKS)

    def _write_assessment(self, row: int, code: str, title: str) -> None:
        sheet = self.sheets.assessments
        if sheet is None:
            return
        self._name(row, code, title)
        rank = self.shown.rank_of(ASSESSMENTS, code)
        self._put(row, OUTCOME, self._of(ASSESSMENTS, sheet, layout.OUTCOME, rank), Style.CARD_CELL)
        known = self.sheet.book.decisions.referential
        scale = known.scale_of_assessment[code]  # type: ignore[index]
        noted = NOTE in sheet.columns and NoteScore(scale).is_note
        score = self._of(ASSESSMENTS, sheet, NOTE if noted else layout.SCORE, rank)
        style = OutOf(Style.POINTS, scale.maximum) if noted else Style.CARD_SCORE
        self._put(row, SCORE, score, style)
        for title_ in (DIVERGENCES, *map(_juror_title, self._slots)):
            self.sheet.write(row, title_, None, Style.CARD_CELL)

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

    def _of(self, places: Places, sheet: LiveSheet, title: str, rank: str) -> str:
        """Return the formula of a cell of the candidate's row of this rank; blank for none."""
        found = self.shown.looked_up(places, sheet, title, rank)
        return f'=IF({rank}=0,"",IF({found}="","",{found}))'

    def _put(self, row: int, title: str, formula: str, style: Style | OutOf) -> None:
        cell = Cell(formula, "")
        sheet = self.sheet
        sheet.worksheet.put(row - 1, sheet.index(title), cell, sheet.book.styles[style])

    def _merge(
        self, row: int, columns: tuple[str, str], content: Cell | str, style: Style, last: int = 0
    ) -> None:
        """Write one cell over these columns, down to a last row."""
        sheet = self.sheet
        first, end = map(sheet.index, columns)
        look = sheet.book.styles[style]
        sheet.worksheet.merge_range(row - 1, first, max(last, row) - 1, end, "", look)
        sheet.worksheet.put(row - 1, first, content, look)

    def _tint_lines(self, last: int) -> None:
        words: Mapping[str, Tone] = {
            item.value: WORDS[item.value]
            for kind in (BlockOutcome, CompetencyOutcome, AssessmentOutcome)
            for item in kind
        }
        for word, tone in words.items():
            self.sheet.tint_when(OUTCOME, (_FIRST_ROW, last), text(word), tone)
        rule = {
            "type": "formula",
            "criteria": f'=${self.sheet.letter(DIVERGENCES)}{_FIRST_ROW}<>""',
            "format": self.sheet.book.styles.conditional(OPEN.silent),
        }
        column = self.sheet.index(DIVERGENCES)
        self.sheet.worksheet.conditional_format(_FIRST_ROW - 1, column, last - 1, column, rule)

    # What is proposed and decided, at the right.

    def _matter_row(self, subject: str) -> int:
        return _FIRST_ROW + list(self.plan.matters).index(subject)

    def _write_matters(self) -> None:
        sheet, deliberation = self.sheet, self.sheets.deliberation
        blocks = {block.code for block in sheet.book.decisions.referential.blocks}
        for subject in self.plan.matters:
            row, rank = self._matter_row(subject), self.shown.rank_of(MATTERS, subject)
            sheet.write(row, SUBJECT, Cell(self._way(subject, rank), subject), Style.CARD_WAY)
            held = '""'
            if subject in blocks:
                own = self.shown.rank_of(BLOCKS, subject)
                held = self.shown.looked_up(BLOCKS, self.sheets.blocks, layout.OUTCOME, own)
                held = f'IF({own}=0,"",{held}&"")'
            elif subject == CERTIFICATION:
                held = f'IF({self.shown.rank}=0,"",{self._of_summary(CERTIFICATION)})'
            for title in (PROPOSAL, DECISION, CHECK):
                found = self.shown.looked_up(MATTERS, deliberation, title, rank)
                other = held if title == PROPOSAL else '""'
                style = Style.CARD_OUTCOME_CELL if title != CHECK else Style.CARD_NAME
                self._put(row, title, f'=IF({rank}=0,{other},{found}&"")', style)
        rows = _FIRST_ROW, _FIRST_ROW + len(self.plan.matters) - 1
        for word in _OUTCOMES:
            sheet.tint_when(PROPOSAL, rows, text(word), WORDS[word])
            sheet.tint_when(DECISION, rows, text(word), WORDS[word])
        for said, tone in _CHECK_TONES.items():
            sheet.tint_when(CHECK, rows, text(said), tone.silent)

    def _way(self, told: str, rank: str) -> str:
        """Return the formula of a link to the jury's decision on the line of this rank."""
        first = self.shown.scalar(MATTERS.first)
        letter = self.sheets.deliberation.letter(DECISION)
        row = f"IF(OR({first}=0,{rank}=0),1,{first}+{rank}-1)+{DELIBERATION_HEADER_ROW}"
        place = text(f"#'{layout.DELIBERATION_SHEET}'!{letter}")
        return f"=HYPERLINK({place}&{row},{text(told)})"

    # The texts.

    def _head_formula(self) -> str:
        """Return the formula, without its sign, of what is missing and of the reasons."""
        grids, awaited = self._of_summary(summary.MISSING_GRIDS), self.shown.missing
        status = self._of_summary(summary.STATUS)
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
        self._merge(plan.text_row, (SUBJECT, CHECK), heading, Style.HEADER)
        right, left = shown.texts
        top = plan.text_row + 1
        self._merge(top, (SUBJECT, CHECK), Cell(f"={right}", ""), Style.CARD_BOX, plan.last_row)
        self._merge(plan.rest_row, (CODE, self._last_title), "Observations, suite", Style.HEADER)
        top = plan.rest_row + 1
        cell = Cell(f"={left}", "")
        self._merge(top, (CODE, self._last_title), cell, Style.CARD_BOX, plan.last_row)

    def _lay_out(self) -> None:
        sheet, plan = self.sheet, self.plan
        for row in range(_FIRST_ROW, plan.last_row + 1):
            sheet.worksheet.set_row(row - 1, _LINE)
        sheet.worksheet.freeze_panes(_HEADER_ROW, 0)
        top = 102 if sheet.book.decisions.provisional else 72
        wide = sum(column.pixels for column in sheet.columns.values())
        high = top + max(plan.lines, len(plan.matters) + _LEAST_TEXT) * 18
        zoom = min(100, SCREEN[0] * 100 // wide, SCREEN[1] * 100 // high)
        sheet.worksheet.set_zoom(max(zoom, _FEWEST_ZOOM))
        sheet.page(plan.last_row)
        sheet.worksheet.fit_to_pages(1, 1)
        sheet.worksheet.set_selection(_CHOOSER_ROW - 1, 1, _CHOOSER_ROW - 1, 1)


_CERTIFYING = {item.value: WORDS[item.value] for item in CertificationOutcome}
_OUTCOMES = tuple(dict.fromkeys(word.value for word in (*BlockOutcome, *CertificationOutcome)))
_CHECK_TONES = {
    MARKS_DUE: UNFAVOURABLE,
    TO_DECIDE: WAITING,
    DECISION_DUE: OPEN,
    REVIEW_DUE: OPEN,
    REASON_DUE: UNFAVOURABLE,
    DONE: FAVOURABLE,
}
