"""The hidden sheet « _fiche »: the rows of the candidate whom « Fiche » shows, and its texts.

Everything is worked out for one candidate at a time, whatever the session's size: first where the
rows are, then a table whose n-th row is the candidate's n-th bloc, competency, épreuve, line of the
deliberation and criterion (`card_columns`). Texts grow from row to row; the last one is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import DeliberationColumn, juror_header, mark_header
from sheetgen.consolidation.sheets import card_columns as columns
from sheetgen.consolidation.sheets import card_people, criteria, short_marks
from sheetgen.consolidation.sheets.card_columns import HEADER_ROW_OF_TABLE, WorkingLine
from sheetgen.consolidation.sheets.card_people import (
    ASSESSMENTS,
    BLOCKS,
    COMPETENCIES,
    CRITERIA,
    HEADER,
    MATTERS,
)
from sheetgen.consolidation.sheets.card_texts import ALL, FIRST, LONGEST_LIST, REST
from sheetgen.consolidation.sheets.shown_candidate import NEW_LINE, room_taken
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, other_row
from sheetgen.consolidation.styles import Style
from sheetgen.model import CriterionState
from sheetgen.rules import DIVERGENT, Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.consolidation.sheets.card_columns import Formulas
    from sheetgen.consolidation.sheets.card_people import Places
    from sheetgen.consolidation.sheets.live_sheet import LiveSheet
    from sheetgen.consolidation.sheets.shown_candidate import ShownCandidate

_LONGEST_REASONS = 8_000
"""In characters: beyond, no other reason is added; a cell holds 32,767."""


class CardWorkings:
    """Writes the sheet, once all others are."""

    def __init__(self, shown: ShownCandidate) -> None:
        self.shown = shown
        self.sheet = shown.sheet
        self.sheets = shown.sheets
        self._people = shown.people
        self._slots = range(1, shown.sheet.book.plan.seats + 1)

    def write(self, chooser: str, head: str) -> None:
        """Write the sheet.

        Args:
            chooser: the address of the cell where a candidate is chosen.
            head: the formula, without its sign, of what comes before all observations.
        """
        for row, title in enumerate(columns.SCALARS, start=1):
            self.sheet.write_at(row, 0, title, Style.HIDDEN)
            formula, blank = self._scalar_formula(title, chooser, head)
            self.sheet.write_at(row, 1, Cell(f"={formula}", blank), Style.HIDDEN)
        for title in self.sheet.columns:
            self.sheet.write(HEADER_ROW_OF_TABLE, title, title, Style.HEADER)
        for rank, row in enumerate(range(HEADER_ROW_OF_TABLE + 1, self.shown.last_row + 1), 1):
            line = WorkingLine(rows=(row, row - 1, row + 1), alike=rank == 1, rank=rank)
            self.sheet.add(line, self._shape)
        self.sheet.worksheet.hide()

    def _of_people(self, title: str) -> str:
        last = max(self._people.last_row, HEADER + 1)
        return self._people.sheet.range(title, HEADER + 1, last)

    def _scalar_formula(self, title: str, chooser: str, head: str) -> tuple[str, str | int]:
        """Return a formula, without its sign, and what it amounts to while nobody is chosen."""
        own = {
            columns.TYPED: lambda: f'TRIM({chooser}&"")',
            columns.HEAD: lambda: head,
            columns.MIDDLE: self._middle_formula,
        }
        if title in own:
            return own[title](), ""
        if title == columns.RANK:
            return self._rank_formula(), 0
        found = (
            f"INDEX({self._of_people(columns.PEOPLE_TEXTS.get(title, title))},{self.shown.rank})"
        )
        if title in columns.PEOPLE_TEXTS:
            return f'IF({self.shown.rank}=0,"",{found}&"")', ""
        return f"IF({self.shown.rank}=0,0,{found})", 0

    def _middle_formula(self) -> str:
        """Return the formula of the text up to what is not acquired."""
        opinions = self.shown.scalar(columns.OPINIONS)
        if self.sheets.criteria is None:
            head, told = self.shown.scalar(columns.HEAD), self.shown.scalar(columns.RIGHT)
            after = f'IF({told}="",{opinions},{told})'
            return f'{head}&IF(OR({head}="",{after}=""),"",{NEW_LINE})&{after}'
        told = self.shown.end(columns.text_title(FIRST, right=True))
        return f'{told}&IF(OR({told}="",{opinions}=""),"",{NEW_LINE})&{opinions}'

    def _rank_formula(self) -> str:
        """Return who is meant: by the list's text, number, whole or family name; by one alone."""
        typed, ranks = self.shown.scalar(columns.TYPED), self._of_people(card_people.RANK)
        found = "0"
        known = card_people.FAMILY, card_people.NAME, card_people.NUMBER, card_people.LABEL
        for title in known:
            same = f"({self._of_people(title)}={typed})"
            found = f"IF(SUMPRODUCT(--{same})=1,SUMPRODUCT({same}*{ranks}),{found})"
        return f'IF({typed}="",0,{found})'

    # A row of the table.

    def _own(self, title: str) -> str:
        return f"${self.sheet.letter(title)}${OWN_ROW}"

    def _before(self, title: str) -> str:
        return f"${self.sheet.letter(title)}${other_row(1)}"

    def _shape(self, line: WorkingLine) -> Formulas:
        found = [*self._things(), (columns.TOLD, self._reasons(first=line.alike))]
        if self.sheets.criteria is not None:
            found += self._criterion(self.sheets.criteria, first=line.alike)
            found += self._jurors(self.sheets.criteria, first=line.alike)
            found += self._texts(first=line.alike)
        return {title: f"={formula}" for title, formula in found}

    def _things(self) -> Iterator[tuple[str, str]]:
        """Yield the n-th bloc with its jurors, competency, épreuve and line."""
        sheets = self.sheets
        wanted: list[tuple[str, Places, LiveSheet, str]] = [
            (columns.BLOCK, BLOCKS, sheets.blocks, layout.BLOCK),
            (columns.COMPETENCY, COMPETENCIES, sheets.competencies, layout.COMPETENCY),
            (columns.MATTER, MATTERS, sheets.deliberation, DeliberationColumn.SUBJECT.value),
        ]
        for slot in self._slots:
            title = columns.slot_title("Juré du bloc", slot)
            wanted.append((title, BLOCKS, sheets.blocks, juror_header(slot)))
        if sheets.assessments is not None:
            wanted.append((columns.ASSESSMENT, ASSESSMENTS, sheets.assessments, layout.ASSESSMENT))
        for title, places, sheet, column in wanted:
            cells = self.shown.column(places, sheet, column)
            there = f"{self._own(columns.N)}<={self.shown.scalar(places.count)}"
            yield title, f'IF({there},INDEX({cells},{self.shown.nth(places)})&"","")'

    def _reasons(self, *, first: bool) -> str:
        """Return the formula of why the lines so far are proposed, and of the jury's reasons."""
        told = []
        for title, before, after in (
            (layout.BASIS, "▸ ", " : "),
            (DeliberationColumn.REASON.value, "✎ Motif du jury, ", " : "),
        ):
            cells = self.shown.column(MATTERS, self.sheets.deliberation, title)
            found = f"INDEX({cells},{self.shown.nth(MATTERS)})"
            said = f"{text(before)}&{self._own(columns.MATTER)}&{text(after)}&{found}&{NEW_LINE}"
            told.append(f'IF({found}="","",{said})')
        so_far = '""' if first else self._before(columns.TOLD)
        there = f"{self._own(columns.N)}<={self.shown.scalar(MATTERS.count)}"
        short = f"LEN({so_far})<{_LONGEST_REASONS}"
        return f'{so_far}&IF({there},IF({short},{"&".join(told)},""),"")'

    def _criterion(self, sheet: LiveSheet, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield what the n-th criterion is and came to."""
        there = f"{self._own(columns.N)}<={self.shown.scalar(CRITERIA.count)}"
        yield columns.PLACE, f"IF({there},{self.shown.nth(CRITERIA)},0)"
        for title, column in (
            (columns.CODE, layout.CRITERION),
            (columns.TITLE, criteria.TITLE),
            (columns.OWN_BLOCK, layout.BLOCK),
            (columns.OWN_COMPETENCY, layout.COMPETENCY),
            (columns.STATE, layout.STATE),
            (columns.ACQUIRED, criteria.ACQUIRED),
        ):
            yield title, self._of_criterion(sheet, column)
        divergent = f"INDEX({self.shown.column(CRITERIA, sheet, criteria.CELLS.divergence)}"
        divergent += f",{self._own(columns.PLACE)})={text(DIVERGENT)}"
        yield columns.DIVERGENT, f"IF({self._own(columns.PLACE)}=0,0,IF({divergent},1,0))"
        remarks = self.shown.column(CRITERIA, sheet, criteria.COMMENTS)
        remark = f"INDEX({remarks},{self._own(columns.PLACE)})"
        told = f'SUBSTITUTE({remark}&"",{NEW_LINE}," · ")'
        yield columns.REMARK, f'IF({self._own(columns.PLACE)}=0,"",{told})'
        own = self._own(columns.OWN_COMPETENCY)
        after = f"${self.sheet.letter(columns.OWN_COMPETENCY)}${other_row(2)}"
        yield columns.LAST, f'IF(OR({own}="",{own}={after}),0,1)'
        same = f"({self.shown.table(columns.BLOCK)}={self._own(columns.OWN_BLOCK)})"
        found = f"SUMPRODUCT({same}*{self.shown.table(columns.N)})"
        yield columns.BLOCK_RANK, f"IF({self._own(columns.PLACE)}=0,0,{found})"
        missing = text(CriterionState.MISSING.value)
        before = '""' if first else self._before(columns.MISSING)
        awaited = f"AND({self._own(columns.STATE)}={missing},LEN({before})<{LONGEST_LIST})"
        yield columns.MISSING, f'{before}&IF({awaited}," "&{self._own(columns.CODE)},"")'

    def _of_criterion(self, sheet: LiveSheet, column: str) -> str:
        cells = self.shown.column(CRITERIA, sheet, column)
        return f'IF({self._own(columns.PLACE)}=0,"",INDEX({cells},{self._own(columns.PLACE)})&"")'

    def _jurors(self, sheet: LiveSheet, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield the marks: as they are, in short, and those of a competency joined."""
        lists = self.sheet.book.lists
        marks = []
        for slot in self._slots:
            juror, mark = columns.slot_title("Juré", slot), columns.slot_title("Appréciation", slot)
            yield juror, self._of_criterion(sheet, juror_header(slot))
            cells = self.shown.column(CRITERIA, sheet, mark_header(slot))
            given = f"INDEX({cells},{self._own(columns.PLACE)})"
            awaited = text(short_marks.MISSING)
            shown = f'IF({given}="",{awaited},{given}&"")'
            yield mark, f'IF({self._own(juror)}="","",{shown})'
            same = f"({lists.said}={self._own(mark)})"
            short = f"INDEX({lists.said_short},SUMPRODUCT({same}*{lists.said_ranks}))"
            yield (
                columns.slot_title("Abrégé", slot),
                f'IF({self._own(mark)}="","",IF(SUMPRODUCT(--{same})=0,{self._own(mark)},{short}))',
            )
            told = f'{self._own(juror)}&" "&{self._own(mark)}'
            apart = '" · "&' if slot > 1 else ""
            marks.append(f'IF({self._own(juror)}="","",{apart}{told})')
        yield columns.MARKS, "&".join(marks) or '""'
        for slot in self._slots:
            cells = self.shown.table(columns.slot_title("Juré du bloc", slot))
            seated = f"INDEX({cells},{self._own(columns.BLOCK_RANK)})"
            own = '"-"'
            for other in reversed(self._slots):
                juror, short = (
                    columns.slot_title("Juré", other),
                    columns.slot_title("Abrégé", other),
                )
                own = f"IF({self._own(juror)}={seated},{self._own(short)},{own})"
            yield (
                columns.slot_title("Du juré", slot),
                f'IF({self._own(columns.BLOCK_RANK)}=0,"",IF({seated}="","",{own}))',
            )
            joined = columns.slot_title("De la compétence", slot)
            mark = self._own(columns.slot_title("Du juré", slot))
            if first:
                yield joined, mark
                continue
            same = f"{self._own(columns.OWN_COMPETENCY)}={self._before(columns.OWN_COMPETENCY)}"
            going = f'IF(AND({mark}<>"",{same}),{self._before(joined)}&" ","")'
            yield joined, f"{going}&{mark}"

    def _texts(self, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield the line told of a criterion, and the texts so far."""
        code, remark = self._own(columns.CODE), self._own(columns.REMARK)
        apart = f'{code}&" "&{self._own(columns.TITLE)}&" : "&{self._own(columns.MARKS)}'
        apart = f'"◆ "&{apart}&IF({remark}="",""," — "&{remark})'
        plain = f'IF({remark}="","",{code}&" "&{remark})'
        yield columns.ITEM, f"IF({self._own(columns.DIVERGENT)}=1,{apart},{plain})"
        lost = f"{self._own(columns.ACQUIRED)}={text(layout.NO)}"
        other = f"IF({lost},{REST},{ALL})"
        yield (
            columns.CLASS,
            f'IF({self._own(columns.ITEM)}="",0,IF({self._own(columns.DIVERGENT)}=1,{FIRST},{other}))',
        )
        starts = {
            FIRST: (self.shown.scalar(columns.HEAD), '""'),
            REST: (
                self.shown.scalar(columns.MIDDLE),
                self.shown.end(columns.text_title(FIRST, right=False)),
            ),
            ALL: (
                self.shown.end(columns.text_title(REST, right=True)),
                self.shown.end(columns.text_title(REST, right=False)),
            ),
        }
        for kind, begun in starts.items():
            titles = [columns.text_title(kind, right=right) for right in (True, False)]
            right, left = begun if first else [self._before(title) for title in titles]
            own = f"{self._own(columns.CLASS)}={kind}"
            open_ = f"{room_taken(right)}<{self.shown.room.right}"
            yield titles[0], f"IF(AND({own},{open_}),{self._longer(right)},{right})"
            after = f"{room_taken(right)}>={self.shown.room.right}"
            spare = f"{room_taken(left)}<{self.shown.room.left}"
            yield titles[1], f"IF(AND({own},{after},{spare}),{self._longer(left)},{left})"

    def _longer(self, so_far: str) -> str:
        return f'{so_far}&IF({so_far}="","",{NEW_LINE})&{self._own(columns.ITEM)}'
