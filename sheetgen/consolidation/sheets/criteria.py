"""The sheet « Critères »: each candidate's criteria with every juror's mark, which may be changed.

A row has a slot for each juror assigned to the bloc. Marks are values, under the list of levels;
everything at their right follows. The mark as it was read stays in a hidden column, so that the
sheet shows what somebody changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import juror_header, mark_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets.live_sheet import LiveSheet, SheetColumn
from sheetgen.consolidation.styles import CHANGED, FAVOURABLE, OPEN, UNFAVOURABLE, Style
from sheetgen.model import EXEMPT, NOT_OBSERVED, CriterionState
from sheetgen.rules import DIVERGENT, Cell, CriterionCells, Readings, Slot, place, seats_of
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CompetencyRow, CriterionRow
    from sheetgen.consolidation.sheets.lists import Lists
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import Mark
    from sheetgen.rules import Seat

TITLE = "Intitulé"
ACQUIRED = "Acquis"
COMMENTS = "Observations des jurés"

CELLS = CriterionCells(
    points="Points",
    state=layout.STATE,
    divergence="Écart",
    top="Appui le plus fort",
    counted="Poids compté",
    value=Readings("Points au pire", "Points au mieux"),
    acquired=Readings("Acquis au pire", "Acquis au mieux"),
    eliminates=Readings("Éliminatoire au pire", "Éliminatoire au mieux"),
    mandatory="Obligatoire",
)
"""The columns of the rules' workings; all but the first three are hidden."""

_WIDEST_MARK = 26
_STYLES = {
    CELLS.points: Style.POINTS,
    CELLS.state: Style.STATE,
    CELLS.divergence: Style.OUTCOME,
}
_NOTE = (
    "Une appréciation jaune peut être changée pour en essayer l'effet : tout suit. Une valeur "
    "changée (✎) ne vaut pas décision."
)


def points_header(slot: int) -> str:
    """Return the header over the points of a slot's mark, hidden."""
    return f"Points {slot}"


def support_header(slot: int) -> str:
    """Return the header over the weight behind that mark, hidden."""
    return f"Appui {slot}"


def received_header(slot: int) -> str:
    """Return the header over the mark as it was read, hidden."""
    return f"Reçue {slot}"


def add_criteria(book: ConsolidationBook) -> LiveSheet:
    """Add the sheet, still empty."""
    labels = [level.label for level in book.decisions.referential.scale.levels]
    widest = min(max(len(label) for label in (*labels, NOT_OBSERVED)) + 3, _WIDEST_MARK)
    return LiveSheet(book, layout.CRITERIA_SHEET, _columns(book.plan.seats, widest))


def count_columns(seats: int) -> int:
    """Return the number of columns of the sheet if a row has room for so many jurors."""
    return len(_columns(seats, 0))


def _columns(seats: int, widest_mark: float) -> list[SheetColumn]:
    slots = range(1, seats + 1)
    hidden = [points_header, support_header, received_header]
    return [
        SheetColumn(layout.CANDIDATE, 10),
        SheetColumn(layout.NAME, 22),
        SheetColumn(layout.BLOCK, 8),
        SheetColumn(layout.COMPETENCY, 12),
        SheetColumn(layout.CRITERION, 10),
        SheetColumn(TITLE, 46),
        *(
            column
            for slot in slots
            for column in (
                SheetColumn(juror_header(slot), 8),
                SheetColumn(mark_header(slot), widest_mark),
            )
        ),
        SheetColumn(CELLS.points, 9),
        SheetColumn(ACQUIRED, 9),
        SheetColumn(CELLS.state, 15),
        SheetColumn(CELLS.divergence, 8),
        SheetColumn(COMMENTS, 44),
        *(SheetColumn(header(slot)) for header in hidden for slot in slots),
        *(SheetColumn(title) for title in (CELLS.top, CELLS.counted, CELLS.mandatory)),
        *(SheetColumn(title) for title in (*CELLS.value, *CELLS.acquired, *CELLS.eliminates)),
    ]


def changed_marks(sheet: LiveSheet) -> Cell:
    """Return the live count of marks that somebody changed in the workbook."""
    plan = sheet.book.plan
    if not plan.criteria or not plan.seats:
        return Cell("", 0)
    rows = HEADER_ROW + 1, HEADER_ROW + plan.criteria
    counts = []
    for slot in range(1, plan.seats + 1):
        shown = sheet.range(mark_header(slot), *rows)
        received = sheet.range(received_header(slot), *rows)
        counts.append(f"SUMPRODUCT(--({shown}<>{received}))")
    return Cell(f"={'+'.join(counts)}", 0)


def _flag_changes(sheet: LiveSheet, slot: int, rows: tuple[int, int]) -> None:
    column = sheet.index(mark_header(slot))
    shown, received = sheet.letter(mark_header(slot)), sheet.letter(received_header(slot))
    rule = {
        "type": "formula",
        "criteria": f"=${shown}{rows[0]}<>${received}{rows[0]}",
        "format": sheet.book.styles.conditional(CHANGED),
    }
    sheet.worksheet.conditional_format(rows[0] - 1, column, rows[1] - 1, column, rule)


class CriteriaWriter:
    """Fills the sheet from its head down, a candidate at a time."""

    def __init__(self, sheet: LiveSheet, lists: Lists) -> None:
        self.sheet = sheet
        self.lists = lists
        self.listed = lists.ranges
        self.formulas = sheet.book.formulas
        self.session = sheet.book.decisions.session
        self.letters = sheet.letters(CELLS)
        referential = sheet.book.decisions.referential
        self.criterion = {item.code: item for item in referential.criteria}
        self.headers = [
            (juror_header(slot), mark_header(slot), received_header(slot))
            for slot in range(1, sheet.book.plan.seats + 1)
        ]
        sheet.head("Critères : appréciations de chaque juré", _NOTE)
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's criteria."""
        for block in candidate.blocks:
            for competency in block.competencies:
                self._write_competency(candidate, block, competency)

    def finish(self) -> None:
        """Write what holds for the whole table."""
        sheet = self.sheet
        last_row = HEADER_ROW + sheet.book.plan.criteria
        rows = HEADER_ROW + 1, max(last_row, HEADER_ROW + 1)
        for slot in range(1, sheet.book.plan.seats + 1):
            header = mark_header(slot)
            sheet.offer(header, rows, self.lists.mark(f"{sheet.letter(header)}{rows[0]}"))
            _flag_changes(sheet, slot, rows)
        noted = [state.value for state in CriterionState if state is not CriterionState.MARKED]
        sheet.tint(CELLS.state, *rows, noted)
        sheet.tint_when(ACQUIRED, rows, text(layout.YES), FAVOURABLE)
        sheet.tint_when(ACQUIRED, rows, text(layout.NO), UNFAVOURABLE)
        sheet.tint_when(CELLS.divergence, rows, text(DIVERGENT), OPEN)
        sheet.end(HEADER_ROW, last_row)
        sheet.page(rows[1])

    def _write_competency(
        self, candidate: CandidateRow, block: BlockRow, competency: CompetencyRow
    ) -> None:
        seats = seats_of(self.session, candidate.candidate.id, block.decision.code)
        for item in competency.criteria:
            criterion = self.criterion[item.decision.code]
            texts = {
                layout.CANDIDATE: candidate.candidate.id,
                layout.NAME: self.sheet.book.plan.name_of(candidate.candidate),
                layout.BLOCK: block.decision.code,
                layout.COMPETENCY: competency.decision.code,
                layout.CRITERION: criterion.code,
                TITLE: criterion.title,
                COMMENTS: _comments(item.decision.marks),
            }
            for title, content in texts.items():
                self.sheet.write(item.row, title, content, Style.TEXT)
            self._write_marks(item, seats)
            self._write_workings(item, seats)
            wrapped = [(title, texts[title]) for title in (layout.NAME, TITLE, COMMENTS)]
            marks = [
                (mark_header(1), mark.value)
                for mark in item.decision.marks
                if isinstance(mark.value, str)
            ]
            self.sheet.fit(item.row, [*wrapped, *marks])

    def _write_marks(self, item: CriterionRow, seats: Sequence[Seat]) -> None:
        marks = _by_seat(item, seats)
        for place_, (juror, shown, received) in enumerate(self.headers):
            if place_ >= len(seats):
                self.sheet.write(item.row, juror, None, Style.NO_MARK)
                self.sheet.write(item.row, shown, None, Style.NO_MARK)
                continue
            mark = marks[place_]
            value = EXEMPT if item.exempt else mark.value if mark else None
            self.sheet.write(item.row, juror, seats[place_].juror, Style.CODE)
            self.sheet.write(item.row, shown, value, Style.NO_MARK if item.exempt else Style.MARK)
            if value is not None:
                self.sheet.write(item.row, received, value, Style.HIDDEN)

    def _write_workings(self, item: CriterionRow, seats: Sequence[Seat]) -> None:
        sheet, row = self.sheet, item.row
        marks = _by_seat(item, seats)
        slots = [
            Slot(
                seat,
                f"${sheet.letter(points_header(slot))}${row}",
                f"${sheet.letter(support_header(slot))}${row}",
            )
            for slot, seat in enumerate(seats, start=1)
        ]
        if not item.exempt:
            for slot, mark in enumerate(marks, start=1):
                address = f"${sheet.letter(mark_header(slot))}${row}"
                cell = self.formulas.slot_points(address, self.listed, mark)
                sheet.write(row, points_header(slot), cell, Style.HIDDEN)
            for slot, cell in enumerate(self.formulas.supports(slots, marks), start=1):
                sheet.write(row, support_header(slot), cell, Style.HIDDEN)
        at = place(self.letters, row)
        criterion = self.criterion[item.decision.code]
        contents = self.formulas.criterion(criterion, item.decision, slots, at)
        sheet.write_workings(row, CELLS, contents, _STYLES)
        sheet.write(row, ACQUIRED, _acquired(item, at), Style.OUTCOME)


def _acquired(item: CriterionRow, at: CriterionCells[str]) -> Cell:
    marked = text(CriterionState.MARKED.value)
    yes, no = text(layout.YES), text(layout.NO)
    formula = f'=IF({at.state}={marked},IF({at.acquired.worst}=1,{yes},{no}),"")'
    words = {True: layout.YES, False: layout.NO, None: ""}
    return Cell(formula, words[item.decision.acquired])


def _by_seat(item: CriterionRow, seats: Sequence[Seat]) -> list[Mark | None]:
    found = {mark.juror: mark for mark in item.decision.marks}
    return [found.get(seat.juror) for seat in seats]


def _comments(marks: Sequence[Mark]) -> str:
    return "\n".join(f"{mark.juror} : {mark.comment}" for mark in marks if mark.comment)
