"""The sheet « Écarts »: where jurors stand far apart, each with the mark and comment of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import mark_header
from sheetgen.consolidation.plan import HEADER_ROW
from sheetgen.consolidation.sheets import criteria as criteria_sheet
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet, other_row
from sheetgen.consolidation.styles import FAVOURABLE, OPEN, Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import DIVERGENT, points_value
from sheetgen.rules.excel import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.consolidation.plan import BlockRow, CandidateRow, CriterionRow
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook, LiveSheet
    from sheetgen.model import Criterion, Juror, Mark, Session

JUROR = "Juré"
MARK = "Appréciation"
POINTS = "Points"
COMMENT = "Observation"
NOW = "Écart actuel"
TITLE = "Intitulé"

_STILL = f"{DIVERGENT} Écart"
_SETTLED = "✔ Levé"
_NONE = "✔ Aucun écart à signaler entre jurés."
_IN_COMMON = (
    "✔ Notation commune : le jury remplit une seule grille par candidat, sans écart possible."
)
_CRITERION_ROW = other_row(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DivergenceLine:
    """A row to write; `alike` is the juror's slot in the row of the criterion."""

    rows: tuple[int, ...]
    alike: int
    candidate: str
    name: str
    block: str
    criterion: Criterion
    juror: Juror
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class DivergenceShape:
    """The formulas that rows have in common."""

    mark: str
    points: str
    now: str


DivergencesSheet: TypeAlias = "TableSheet[DivergenceLine, DivergenceShape]"


def add_divergences(book: ConsolidationBook) -> DivergencesSheet:
    """Add the sheet, still empty."""
    return TableSheet(
        book,
        layout.DIVERGENCES_SHEET,
        [
            TableColumn(
                layout.CANDIDATE, 8, style=Style.TEXT, value=lambda line: line.candidate, own=True
            ),
            TableColumn(
                layout.NAME,
                19,
                style=Style.TEXT,
                value=lambda line: line.name,
                own=True,
                fitted=True,
            ),
            TableColumn(layout.BLOCK, 7, style=Style.TEXT, value=lambda line: line.block),
            TableColumn(
                layout.CRITERION, 9, style=Style.TEXT, value=lambda line: line.criterion.code
            ),
            TableColumn(
                TITLE, 36, style=Style.TEXT, value=lambda line: line.criterion.title, fitted=True
            ),
            TableColumn(
                JUROR,
                18,
                style=Style.TEXT,
                value=lambda line: f"{line.juror.code} · {line.juror.full_name}",
                own=True,
                fitted=True,
            ),
            TableColumn(
                MARK,
                19,
                style=Style.OUTCOME,
                value=lambda line: line.mark.value,
                formula=lambda shape: shape.mark,
            ),
            TableColumn(
                POINTS,
                8,
                style=Style.POINTS,
                value=lambda line: points_value(line.mark),
                formula=lambda shape: shape.points,
            ),
            TableColumn(
                COMMENT,
                38,
                style=Style.TEXT,
                value=lambda line: line.mark.comment,
                own=True,
                fitted=True,
            ),
            TableColumn(
                NOW,
                11,
                style=Style.OUTCOME,
                value=lambda _: _STILL,
                formula=lambda shape: shape.now,
                tones={_STILL: OPEN.silent, _SETTLED: FAVOURABLE.silent},
            ),
        ],
    )


def _all_in_common(session: Session) -> bool:
    """Return whether each candidate has one grid, filled in by several jurors."""
    return bool(session.assignments) and all(
        len(items) == 1 and session.juror[items[0].juror].members
        for items in session.assignments_of.values()
        if items
    )


class DivergencesWriter:
    """Fills the sheet from its head down: a row for each juror of each divergence, marks live."""

    def __init__(self, sheet: DivergencesSheet, criteria: LiveSheet) -> None:
        self.sheet = sheet
        self.criteria = criteria
        self.last_row = HEADER_ROW
        self._known = {item.code: item for item in sheet.book.decisions.referential.criteria}
        sheet.head(
            "Écarts entre jurés",
            "Écarts relevés à la consolidation ; les appréciations suivent la feuille Critères.",
        )
        sheet.begin(HEADER_ROW, frozen_columns=2)

    def write(self, candidate: CandidateRow) -> None:
        """Write the rows of one candidate's divergences."""
        for block, item in candidate.criteria:
            if item.decision.divergent:
                for line in self._lines(candidate, block, item):
                    same = line.alike, line.criterion.code, line.mark.value
                    self.sheet.add(line, self._shape, same)

    def finish(self) -> None:
        """Write what holds for the whole table."""
        if self.last_row == HEADER_ROW:
            common = _all_in_common(self.sheet.book.decisions.session)
            none = _IN_COMMON if common else _NONE
            self.sheet.write(HEADER_ROW + 1, layout.CANDIDATE, none, Style.SUBTITLE)
        self.sheet.complete(HEADER_ROW, self.last_row)

    def _lines(
        self, candidate: CandidateRow, block: BlockRow, item: CriterionRow
    ) -> Iterator[DivergenceLine]:
        # A divergence is told only where every juror assigned has a mark.
        marks = {mark.juror: mark for mark in item.decision.marks}
        jurors = (juror for juror in block.jurors if juror.code in marks)
        for slot, juror in enumerate(jurors, start=1):
            self.last_row += 1
            yield DivergenceLine(
                rows=(self.last_row, item.row),
                alike=slot,
                candidate=candidate.candidate.id,
                name=candidate.name,
                block=block.decision.code,
                criterion=self._known[item.decision.code],
                juror=juror,
                mark=marks[juror.code],
            )

    def _shape(self, line: DivergenceLine) -> DivergenceShape:
        """Return the juror's mark, its points, and whether the divergence is still there, live."""
        shown, points, flag = (
            self.criteria.cell(title, _CRITERION_ROW)
            for title in (
                mark_header(line.alike),
                criteria_sheet.points_header(line.alike),
                criteria_sheet.CELLS.divergence,
            )
        )
        return DivergenceShape(
            mark=f'=IF({shown}="","",{shown})',
            points=f"={points}",
            now=f"=IF({flag}={text(DIVERGENT)},{text(_STILL)},{text(_SETTLED)})",
        )
