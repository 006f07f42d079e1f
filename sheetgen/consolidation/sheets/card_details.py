"""The hidden sheet « _compétences » of an index: what « Fiche » shows of criteria, as values.

The criteria of a session too large for one workbook are in its volumes. Its index, where the jury
decides, has a row per competency of each candidate, with the marks of each juror in short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import short_marks
from sheetgen.consolidation.sheets.notes import NOTE
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import NoteScore, Seating

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CompetencyRow, CriterionRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.consolidation.sheets.table_sheet import Held
    from sheetgen.model import CriterionState, Juror, JurorCode
    from sheetgen.rules import CandidateJudgement, Seat

DIVERGENCES = "Écarts"
MOST_PEOPLE = 2000
"""Beyond, an index with these rows would be larger than `finalize` reads."""


def marks_header(slot: int) -> str:
    """Return the header over the marks by the juror of a bloc's slot."""
    return f"De la compétence {slot}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailLine:
    """A row to write."""

    rows: tuple[int]
    item: CompetencyRow
    marks: Sequence[str]
    alike: None = None


_Column: TypeAlias = "TableColumn[DetailLine, None]"
DetailsSheet: TypeAlias = "TableSheet[DetailLine, None]"


def add_details(book: ConsolidationBook) -> DetailsSheet:
    """Add the sheet, still empty."""
    note = NoteScore(book.decisions.referential.scale)
    columns: list[_Column] = [
        TableColumn(layout.COMPETENCY, 20, value=lambda line: line.item.decision.code),
        TableColumn(layout.OUTCOME, 20, value=lambda line: line.item.decision.outcome.value),
        TableColumn(layout.SCORE, 20, value=lambda line: line.item.decision.score),
        *(
            [TableColumn(NOTE, 20, value=lambda line: note.value(line.item.decision.score))]
            if note.is_note
            else []
        ),
        TableColumn(DIVERGENCES, 20, value=_divergences),
        *(_marks_column(slot) for slot in range(1, book.plan.seats + 1)),
    ]
    return TableSheet(book, layout.DETAILS_SHEET, columns)


def _divergences(line: DetailLine) -> Held:
    return sum(item.decision.divergent for item in line.item.criteria)


def _marks_column(slot: int) -> _Column:
    return TableColumn(marks_header(slot), 20, value=lambda line: line.marks[slot - 1])


class DetailsWriter:
    """Fills the sheet, a candidate at a time."""

    def __init__(self, sheet: DetailsSheet) -> None:
        self.sheet = sheet
        known = sheet.book.decisions.referential
        self._criterion = {item.code: item for item in known.criteria}
        for title in sheet.columns:
            sheet.write(HEADER_ROW, title, title, Style.HEADER)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's competencies."""
        if len(self.sheet.book.plan.people) > MOST_PEOPLE:
            return
        session = self.sheet.book.decisions.session
        seating = Seating(session, candidate.judgement.scope, candidate.candidate.id)
        for block in candidate.blocks:
            for item in block.competencies:
                marks = self._marks(block, item, seating, candidate.judgement)
                marks += [""] * (self.sheet.book.plan.seats - len(marks))
                line = DetailLine(rows=(item.row,), item=item, marks=marks)
                self.sheet.add(line, lambda _: None)

    def finish(self) -> None:
        """Hide the sheet."""
        self.sheet.worksheet.hide()

    def _marks(
        self,
        block: BlockRow,
        item: CompetencyRow,
        seating: Seating,
        judgement: CandidateJudgement,
    ) -> list[str]:
        """Return the marks of each juror of the bloc, criterion by criterion."""
        told: list[list[str]] = []
        seats: tuple[Seat, ...] = ()
        seated: frozenset[JurorCode] = frozenset()
        for row in item.criteria:
            criterion = self._criterion[row.decision.code]
            found = seating.on(criterion)
            if found is not seats:
                seats, seated = found, frozenset(seat.juror for seat in found)
            told.append(self._shorts(row, block.jurors, seated, judgement.scope.settled(criterion)))
        return [" ".join(given) for given in zip(*told, strict=True)]

    def _shorts(
        self,
        row: CriterionRow,
        jurors: Sequence[Juror],
        seated: Collection[JurorCode],
        settled: CriterionState | None,
    ) -> list[str]:
        """Return in short what each of these jurors gives on a criterion, or what stands there."""
        short = self.sheet.book.lists.short
        if settled is None:
            given = {
                mark.juror: short_marks.short_mark(mark.value, short) for mark in row.decision.marks
            }
            absent = short_marks.MISSING
        else:
            given, absent = {}, short.get(settled.value, settled.value)
        return [
            given.get(juror.code, absent) if juror.code in seated else short_marks.ELSEWHERE
            for juror in jurors
        ]
