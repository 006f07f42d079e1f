"""The hidden sheet « _fiche »: the rows of the candidate whom « Fiche » shows, and its texts.

Everything is worked out for one candidate at a time, whatever the session's size: first where the
rows are, then a table whose n-th row is the candidate's n-th bloc, competency, épreuve, line of the
deliberation and criterion. Texts grow from row to row; the last one is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import DELIBERATION_HEADER_ROW, HEADER_ROW
from sheetgen.consolidation.sheets import card_people, criteria, short_marks
from sheetgen.consolidation.sheets.card_details import DIVERGENCES, marks_header
from sheetgen.consolidation.sheets.card_people import (
    ASSESSMENTS,
    BLOCKS,
    COMPETENCIES,
    CRITERIA,
    HEADER,
    MATTERS,
)
from sheetgen.consolidation.sheets.card_texts import ALL, FIRST, LINE, LONGEST_LIST, REST, Room
from sheetgen.consolidation.sheets.table_sheet import OWN_ROW, TableColumn, TableSheet, other_row
from sheetgen.model import CriterionState
from sheetgen.rules import DIVERGENT, Cell
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.consolidation.sheets.card_people import PeopleWriter, Places
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook, LiveSheet

from sheetgen.consolidation.layout import DeliberationColumn, juror_header, mark_header
from sheetgen.consolidation.styles import Style

_TYPED, _RANK, _NUMBER, _NAME, _OPINIONS, _RIGHT, _LEFT, _MISSED, _HEAD, _MIDDLE = (
    "Saisi",
    "Rang",
    "Candidat",
    "Nom",
    "Avis des jurés",
    "Texte à droite",
    "Texte à gauche",
    "Critères manquants",
    "Début des observations",
    "Écarts puis avis",
)
_PLACES = (BLOCKS, COMPETENCIES, CRITERIA, ASSESSMENTS, MATTERS)
_SCALARS = (
    *(_TYPED, _RANK, _NUMBER, _NAME, _OPINIONS, _RIGHT, _LEFT, _MISSED, _HEAD, _MIDDLE),
    *(title for places in _PLACES for title in (places.first, places.count)),
)
"""The rows above the table, one each: its title, then its value."""

_PEOPLE_TEXTS = {
    _NUMBER: card_people.NUMBER,
    _NAME: card_people.NAME,
    _OPINIONS: card_people.OPINIONS,
    _RIGHT: card_people.RIGHT,
    _LEFT: card_people.LEFT,
    _MISSED: card_people.MISSING,
}
"""Those of them that are texts of the candidate's row."""

HEADER_ROW_OF_TABLE = len(_SCALARS) + 2

_N = "n"
_BLOCK, _COMPETENCY, _ASSESSMENT, _MATTER = "Bloc", "Compétence", "Épreuve", "Objet"
_PLACE, _CODE, _TITLE, _OWN_BLOCK, _OWN_COMPETENCY = (
    "Place",
    "Critère",
    "Intitulé",
    "Bloc du critère",
    "Compétence du critère",
)
_STATE, _DIVERGENT, _ACQUIRED, _REMARK, _LAST, _BLOCK_RANK = (
    "État",
    "Écart",
    "Acquis",
    "Observations",
    "Dernier de sa compétence",
    "Rang du bloc",
)
_TOLD = "Raisons"
_LONGEST_REASONS = 8_000
"""In characters: beyond, no other reason is added; a cell holds 32,767."""

_MARKS, _ITEM, _CLASS, _MISSING = "Appréciations", "Ligne", "Ordre", "Manquants"
_NUMBERS = (_N, _PLACE, _DIVERGENT, _LAST, _BLOCK_RANK, _CLASS)
_NL = "CHAR(10)"


def _text_title(kind: int, *, right: bool) -> str:
    return f"Texte {'à droite' if right else 'à gauche'} {kind}"


def _slot(what: str, slot: int) -> str:
    return f"{what} {slot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingLine:
    """A row of the table; `alike` says whether it is the first one."""

    rows: tuple[int, int, int]
    alike: bool
    rank: int


Formulas: TypeAlias = "Mapping[str, str]"
WorkingsSheet: TypeAlias = "TableSheet[WorkingLine, Formulas]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSheets:
    """The sheets that a card is made from; without criteria, the workbook is an index."""

    blocks: LiveSheet
    deliberation: LiveSheet
    summary: LiveSheet
    competencies: LiveSheet
    criteria: LiveSheet | None
    assessments: LiveSheet | None


def add_workings(book: ConsolidationBook) -> WorkingsSheet:
    """Add the sheet, still empty."""
    return TableSheet(book, layout.WORKINGS_SHEET, [_column(title) for title in _titles(book)])


def _titles(book: ConsolidationBook) -> Iterator[str]:
    slots = range(1, book.plan.seats + 1)
    yield from (_N, _BLOCK)
    yield from (_slot("Juré du bloc", slot) for slot in slots)
    yield from (_COMPETENCY, _ASSESSMENT, _MATTER, _TOLD)
    if not book.plan.detailed:
        return
    yield from (_PLACE, _CODE, _TITLE, _OWN_BLOCK)
    yield from (_OWN_COMPETENCY, _STATE, _DIVERGENT, _ACQUIRED, _REMARK, _LAST, _BLOCK_RANK)
    for what in ("Juré", "Appréciation", "Abrégé", "Du juré", "De la compétence"):
        yield from (_slot(what, slot) for slot in slots)
    yield from (_MARKS, _ITEM, _CLASS, _MISSING)
    for kind in (FIRST, REST, ALL):
        yield from (_text_title(kind, right=right) for right in (True, False))


def _column(title: str) -> TableColumn[WorkingLine, Formulas]:
    def value(line: WorkingLine) -> str | int:
        if title == _N:
            return line.rank
        return 0 if title in _NUMBERS else ""

    return TableColumn(
        title,
        20,
        style=Style.HIDDEN,
        value=value,
        formula=lambda shape: shape.get(title, ""),
    )


class CardWorkings:
    """Writes the sheet, once all others are, and says where « Fiche » finds things in it."""

    def __init__(
        self, sheet: WorkingsSheet, sheets: CardSheets, people: PeopleWriter, room: Room
    ) -> None:
        self.sheet = sheet
        self.sheets = sheets
        self.people = people
        self.room = room
        self._slots = range(1, sheet.book.plan.seats + 1)
        told = _PLACES if sheets.criteria is not None else (BLOCKS, COMPETENCIES, MATTERS)
        told = (*told, ASSESSMENTS)
        self._rows = max(1, *(people.most.get(places, 0) for places in told))
        self._last_row = HEADER_ROW_OF_TABLE + self._rows

    @property
    def rank(self) -> str:
        """Return the address of the shown candidate's rank; 0 for none."""
        return self.scalar(_RANK)

    @property
    def typed(self) -> str:
        """Return the address of what was typed to choose a candidate."""
        return self.scalar(_TYPED)

    def scalar(self, title: str) -> str:
        """Return the address of what stands above the table."""
        return f"'{self.sheet.name}'!$B${_SCALARS.index(title) + 1}"

    def write(self, chooser: str, head: str) -> None:
        """Write the sheet.

        Args:
            chooser: the address of the cell where a candidate is chosen.
            head: the formula, without its sign, of what comes before all observations.
        """
        for row, title in enumerate(_SCALARS, start=1):
            self.sheet.write_at(row, 0, title, Style.HIDDEN)
            formula, blank = self._scalar_formula(title, chooser, head)
            self.sheet.write_at(row, 1, Cell(f"={formula}", blank), Style.HIDDEN)
        for title in self.sheet.columns:
            self.sheet.write(HEADER_ROW_OF_TABLE, title, title, Style.HEADER)
        for rank in range(1, self._rows + 1):
            row = HEADER_ROW_OF_TABLE + rank
            line = WorkingLine(rows=(row, row - 1, row + 1), alike=rank == 1, rank=rank)
            self.sheet.add(line, self._shape)
        self.sheet.worksheet.hide()

    def _people(self, title: str) -> str:
        last = max(self.people.last_row, HEADER + 1)
        return self.people.sheet.range(title, HEADER + 1, last)

    def _scalar_formula(self, title: str, chooser: str, head: str) -> tuple[str, str | int]:
        """Return a formula, without its sign, and what it amounts to while nobody is chosen."""
        own = {
            _TYPED: lambda: f'TRIM({chooser}&"")',
            _HEAD: lambda: head,
            _MIDDLE: self._middle_formula,
        }
        if title in own:
            return own[title](), ""
        if title == _RANK:
            return self._rank_formula(), 0
        found = f"INDEX({self._people(_PEOPLE_TEXTS.get(title, title))},{self.rank})"
        if title in _PEOPLE_TEXTS:
            return f'IF({self.rank}=0,"",{found}&"")', ""
        return f"IF({self.rank}=0,0,{found})", 0

    def _middle_formula(self) -> str:
        """Return the formula of the text up to what is not acquired."""
        opinions = self.scalar(_OPINIONS)
        if self.sheets.criteria is None:
            head, told = self.scalar(_HEAD), self.scalar(_RIGHT)
            after = f'IF({told}="",{opinions},{told})'
            return f'{head}&IF(OR({head}="",{after}=""),"",{_NL})&{after}'
        told = self._end(_text_title(FIRST, right=True))
        return f'{told}&IF(OR({told}="",{opinions}=""),"",{_NL})&{opinions}'

    def _rank_formula(self) -> str:
        """Return who is meant: by the list's text, number, whole or family name; by one alone."""
        typed, ranks = self.scalar(_TYPED), self._people(card_people.RANK)
        found = "0"
        known = card_people.FAMILY, card_people.NAME, card_people.NUMBER, card_people.LABEL
        for title in known:
            same = f"({self._people(title)}={typed})"
            found = f"IF(SUMPRODUCT(--{same})=1,SUMPRODUCT({same}*{ranks}),{found})"
        return f'IF({typed}="",0,{found})'

    # The rows of other sheets, by their places below the header.

    def column(self, places: Places, sheet: LiveSheet, title: str) -> str:
        """Return the rows below the header of another sheet's column."""
        header = DELIBERATION_HEADER_ROW if places is MATTERS else HEADER_ROW
        return sheet.range(title, header + 1, header + max(self.people.counts.get(places, 0), 1))

    def nth(self, places: Places) -> str:
        """Return the place of the n-th row of the candidate, in a row of the table."""
        return f"{self.scalar(places.first)}+${self.sheet.letter(_N)}${OWN_ROW}-1"

    def rank_of(self, places: Places, code: str) -> str:
        """Return the rank of a bloc, competency, épreuve or line of the candidate; 0 for none."""
        titles = {
            BLOCKS: _BLOCK,
            COMPETENCIES: _COMPETENCY,
            ASSESSMENTS: _ASSESSMENT,
            MATTERS: _MATTER,
        }
        return f"SUMPRODUCT(({self._table(titles[places])}={text(code)})*{self._table(_N)})"

    def looked_up(self, places: Places, sheet: LiveSheet, title: str, rank: str) -> str:
        """Return a cell of the candidate's row of this rank."""
        cells = self.column(places, sheet, title)
        return f"INDEX({cells},{self.scalar(places.first)}+{rank}-1)"

    def marks_of(self, code: str, slot: int) -> str:
        """Return the marks of a competency's criteria by the juror of a bloc's slot."""
        if self.sheets.criteria is None:
            return self._detail(code, marks_header(slot), '""')
        last = f"SUMPRODUCT(({self._table(_OWN_COMPETENCY)}={text(code)})*{self._table(_LAST)}*"
        last += f"{self._table(_N)})"
        cells = self._table(_slot("De la compétence", slot))
        return f'IF({last}=0,"",INDEX({cells},{last}))'

    def _detail(self, code: str, title: str, none: str) -> str:
        """Return what an index holds of a competency."""
        rank = self.rank_of(COMPETENCIES, code)
        found = self.looked_up(COMPETENCIES, self.sheets.competencies, title, rank)
        return f'IF({rank}=0,{none},{found}&"")'

    def divergences_of(self, code: str) -> str:
        """Return how many criteria of a competency jurors stand far apart on."""
        if self.sheets.criteria is None:
            rank = self.rank_of(COMPETENCIES, code)
            found = self.looked_up(COMPETENCIES, self.sheets.competencies, DIVERGENCES, rank)
            return f"IF({rank}=0,0,{found})"
        own = f"({self._table(_OWN_COMPETENCY)}={text(code)})"
        return f"SUMPRODUCT({own}*{self._table(_DIVERGENT)})"

    @property
    def reasons(self) -> str:
        """Return why all lines are proposed, and the jury's own reasons."""
        return self._end(_TOLD)

    @property
    def missing(self) -> str:
        """Return the codes of the criteria that are awaited."""
        if self.sheets.criteria is None:
            return self.scalar(_MISSED)
        return self._end(_MISSING)

    @property
    def texts(self) -> tuple[str, str]:
        """Return the addresses of the texts at the right and at the left."""
        if self.sheets.criteria is None:
            return self.scalar(_MIDDLE), self.scalar(_LEFT)
        return (
            self._end(_text_title(ALL, right=True)),
            self._end(_text_title(ALL, right=False)),
        )

    @property
    def full(self) -> str:
        """Return whether there was more to tell than both hold."""
        return f"{self._taken(self.texts[1])}>={self.room.left}"

    def _table(self, title: str) -> str:
        return self.sheet.range(title, HEADER_ROW_OF_TABLE + 1, self._last_row)

    def _end(self, title: str) -> str:
        return self.sheet.cell(title, self._last_row)

    # A row of the table.

    def _own(self, title: str) -> str:
        return f"${self.sheet.letter(title)}${OWN_ROW}"

    def _before(self, title: str) -> str:
        return f"${self.sheet.letter(title)}${other_row(1)}"

    def _shape(self, line: WorkingLine) -> Formulas:
        found = [*self._things(), (_TOLD, self._reasons(first=line.alike))]
        if self.sheets.criteria is not None:
            found += self._criterion(self.sheets.criteria, first=line.alike)
            found += self._jurors(self.sheets.criteria, first=line.alike)
            found += self._texts(first=line.alike)
        return {title: f"={formula}" for title, formula in found}

    def _things(self) -> Iterator[tuple[str, str]]:
        """Yield the n-th bloc with its jurors, competency, épreuve and line."""
        sheets = self.sheets
        wanted: list[tuple[str, Places, LiveSheet, str]] = [
            (_BLOCK, BLOCKS, sheets.blocks, layout.BLOCK),
            (_COMPETENCY, COMPETENCIES, sheets.competencies, layout.COMPETENCY),
            (_MATTER, MATTERS, sheets.deliberation, DeliberationColumn.SUBJECT.value),
        ]
        for slot in self._slots:
            title = _slot("Juré du bloc", slot)
            wanted.append((title, BLOCKS, sheets.blocks, juror_header(slot)))
        if sheets.assessments is not None:
            wanted.append((_ASSESSMENT, ASSESSMENTS, sheets.assessments, layout.ASSESSMENT))
        for title, places, sheet, column in wanted:
            cells = self.column(places, sheet, column)
            there = f"{self._own(_N)}<={self.scalar(places.count)}"
            yield title, f'IF({there},INDEX({cells},{self.nth(places)})&"","")'

    def _reasons(self, *, first: bool) -> str:
        """Return the formula of why the lines so far are proposed, and of the jury's reasons."""
        told = []
        for title, before, after in (
            (layout.BASIS, "▸ ", " : "),
            (DeliberationColumn.REASON.value, "✎ Motif du jury, ", " : "),
        ):
            cells = self.column(MATTERS, self.sheets.deliberation, title)
            found = f"INDEX({cells},{self.nth(MATTERS)})"
            said = f"{text(before)}&{self._own(_MATTER)}&{text(after)}&{found}&{_NL}"
            told.append(f'IF({found}="","",{said})')
        so_far = '""' if first else self._before(_TOLD)
        there = f"{self._own(_N)}<={self.scalar(MATTERS.count)}"
        short = f"LEN({so_far})<{_LONGEST_REASONS}"
        return f'{so_far}&IF({there},IF({short},{"&".join(told)},""),"")'

    def _criterion(self, sheet: LiveSheet, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield what the n-th criterion is and came to."""
        there = f"{self._own(_N)}<={self.scalar(CRITERIA.count)}"
        yield _PLACE, f"IF({there},{self.nth(CRITERIA)},0)"
        for title, column in (
            (_CODE, layout.CRITERION),
            (_TITLE, criteria.TITLE),
            (_OWN_BLOCK, layout.BLOCK),
            (_OWN_COMPETENCY, layout.COMPETENCY),
            (_STATE, layout.STATE),
            (_ACQUIRED, criteria.ACQUIRED),
        ):
            yield title, self._of_criterion(sheet, column)
        divergent = f"INDEX({self.column(CRITERIA, sheet, criteria.CELLS.divergence)}"
        divergent += f",{self._own(_PLACE)})={text(DIVERGENT)}"
        yield _DIVERGENT, f"IF({self._own(_PLACE)}=0,0,IF({divergent},1,0))"
        remark = f"INDEX({self.column(CRITERIA, sheet, criteria.COMMENTS)},{self._own(_PLACE)})"
        told = f'SUBSTITUTE({remark}&"",{_NL}," · ")'
        yield _REMARK, f'IF({self._own(_PLACE)}=0,"",{told})'
        own = self._own(_OWN_COMPETENCY)
        after = f"${self.sheet.letter(_OWN_COMPETENCY)}${other_row(2)}"
        yield _LAST, f'IF(OR({own}="",{own}={after}),0,1)'
        same = f"({self._table(_BLOCK)}={self._own(_OWN_BLOCK)})"
        found = f"SUMPRODUCT({same}*{self._table(_N)})"
        yield _BLOCK_RANK, f"IF({self._own(_PLACE)}=0,0,{found})"
        missing = text(CriterionState.MISSING.value)
        before = '""' if first else self._before(_MISSING)
        awaited = f"AND({self._own(_STATE)}={missing},LEN({before})<{LONGEST_LIST})"
        yield _MISSING, f'{before}&IF({awaited}," "&{self._own(_CODE)},"")'

    def _of_criterion(self, sheet: LiveSheet, column: str) -> str:
        cells = self.column(CRITERIA, sheet, column)
        return f'IF({self._own(_PLACE)}=0,"",INDEX({cells},{self._own(_PLACE)})&"")'

    def _jurors(self, sheet: LiveSheet, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield the marks: as they are, in short, and those of a competency joined."""
        lists = self.sheet.book.lists
        marks = []
        for slot in self._slots:
            juror, mark = _slot("Juré", slot), _slot("Appréciation", slot)
            yield juror, self._of_criterion(sheet, juror_header(slot))
            cells = self.column(CRITERIA, sheet, mark_header(slot))
            given = f"INDEX({cells},{self._own(_PLACE)})"
            awaited = text(short_marks.MISSING)
            shown = f'IF({given}="",{awaited},{given}&"")'
            yield mark, f'IF({self._own(juror)}="","",{shown})'
            same = f"({lists.said}={self._own(mark)})"
            short = f"INDEX({lists.said_short},SUMPRODUCT({same}*{lists.said_ranks}))"
            yield (
                _slot("Abrégé", slot),
                f'IF({self._own(mark)}="","",IF(SUMPRODUCT(--{same})=0,{self._own(mark)},{short}))',
            )
            told = f'{self._own(juror)}&" "&{self._own(mark)}'
            apart = '" · "&' if slot > 1 else ""
            marks.append(f'IF({self._own(juror)}="","",{apart}{told})')
        yield _MARKS, "&".join(marks) or '""'
        for slot in self._slots:
            cells = self._table(_slot("Juré du bloc", slot))
            seated = f"INDEX({cells},{self._own(_BLOCK_RANK)})"
            own = '"-"'
            for other in reversed(self._slots):
                juror, short = _slot("Juré", other), _slot("Abrégé", other)
                own = f"IF({self._own(juror)}={seated},{self._own(short)},{own})"
            yield (
                _slot("Du juré", slot),
                f'IF({self._own(_BLOCK_RANK)}=0,"",IF({seated}="","",{own}))',
            )
            joined = _slot("De la compétence", slot)
            mark = self._own(_slot("Du juré", slot))
            if first:
                yield joined, mark
                continue
            same = f"{self._own(_OWN_COMPETENCY)}={self._before(_OWN_COMPETENCY)}"
            going = f'IF(AND({mark}<>"",{same}),{self._before(joined)}&" ","")'
            yield joined, f"{going}&{mark}"

    def _texts(self, *, first: bool) -> Iterator[tuple[str, str]]:
        """Yield the line told of a criterion, and the texts so far."""
        code, remark = self._own(_CODE), self._own(_REMARK)
        apart = f'{code}&" "&{self._own(_TITLE)}&" : "&{self._own(_MARKS)}'
        apart = f'"◆ "&{apart}&IF({remark}="",""," — "&{remark})'
        plain = f'IF({remark}="","",{code}&" "&{remark})'
        yield _ITEM, f"IF({self._own(_DIVERGENT)}=1,{apart},{plain})"
        lost = f"{self._own(_ACQUIRED)}={text(layout.NO)}"
        other = f"IF({lost},{REST},{ALL})"
        yield (
            _CLASS,
            f'IF({self._own(_ITEM)}="",0,IF({self._own(_DIVERGENT)}=1,{FIRST},{other}))',
        )
        starts = {
            FIRST: (self.scalar(_HEAD), '""'),
            REST: (
                self.scalar(_MIDDLE),
                self._end(_text_title(FIRST, right=False)),
            ),
            ALL: (
                self._end(_text_title(REST, right=True)),
                self._end(_text_title(REST, right=False)),
            ),
        }
        for kind, begun in starts.items():
            titles = [_text_title(kind, right=right) for right in (True, False)]
            right, left = begun if first else [self._before(title) for title in titles]
            own = f"{self._own(_CLASS)}={kind}"
            open_ = f"{self._taken(right)}<{self.room.right}"
            yield titles[0], f"IF(AND({own},{open_}),{self._longer(right)},{right})"
            after = f"{self._taken(right)}>={self.room.right}"
            spare = f"{self._taken(left)}<{self.room.left}"
            yield titles[1], f"IF(AND({own},{after},{spare}),{self._longer(left)},{left})"

    def _longer(self, so_far: str) -> str:
        return f'{so_far}&IF({so_far}="","",{_NL})&{self._own(_ITEM)}'

    @staticmethod
    def _taken(told: str) -> str:
        """Return the room that a text takes, in characters."""
        ends = f'LEN({told})-LEN(SUBSTITUTE({told},{_NL},""))'
        return f"LEN({told})+{LINE}*({ends})"
