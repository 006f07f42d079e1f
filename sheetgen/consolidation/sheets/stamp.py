"""The very hidden sheet that says what the workbook was made from, for `finalize` to compare."""

from __future__ import annotations

import json
from itertools import zip_longest
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import Stamp
from sheetgen.consolidation.ordering import return_key
from sheetgen.consolidation.plan import Coverage
from sheetgen.consolidation.sheets.table_sheet import TableColumn, TableSheet
from sheetgen.consolidation.styles import Style
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CERTIFICATION, MENTION, NO_MENTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from sheetgen.consolidation.plan import CandidateRow, WorkbookPlan
    from sheetgen.consolidation.sheets.live_sheet import ConsolidationBook
    from sheetgen.model import Referential

_TABLES = (
    layout.STAMP_RETURNS,
    layout.STAMP_PROPOSALS,
    (*layout.STAMP_PEOPLE, layout.STAMP_ABSENT_SEAL),
)
"""The headers of the three tables, side by side; a column stays empty between two."""

_PROPOSALS_COLUMN = len(layout.STAMP_RETURNS) + 1
"""The index of the first column of the table of proposals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StampLine:
    """A row of the three tables: what each holds there, if anything."""

    rows: tuple[int]
    tables: Sequence[Sequence[str | None]]
    alike: None = None


def _columns() -> list[TableColumn[StampLine, None]]:
    """Return the columns of the three tables, an empty one between two."""
    return [
        TableColumn(title, 30, value=_text_at(table, place))
        for table, titles in enumerate(_TABLES)
        for place, title in enumerate(titles if titles is _TABLES[-1] else (*titles, ""))
    ]


def _text_at(table: int, place: int) -> Callable[[StampLine], str | None]:
    def value(line: StampLine) -> str | None:
        cells = line.tables[table]
        return cells[place] if place < len(cells) else None

    return value


class StampWriter:
    """Writes the session, the référentiel, the returns that count, and what is proposed.

    Proposals are gathered while candidates pass by, and written at the end.
    """

    def __init__(self, book: ConsolidationBook) -> None:
        self.sheet: TableSheet[StampLine, None] = TableSheet(book, layout.STAMP_SHEET, _columns())
        self._proposals: list[tuple[str, ...]] = []
        self._people: list[tuple[str, ...]] = []
        self._absent: list[tuple[str, ...]] = []

    def write(self, candidate: CandidateRow) -> None:
        """Gather who a candidate is and what is proposed, where this workbook asks the jury."""
        plan = self.sheet.book.plan
        if plan.coverage is Coverage.VOLUME:
            return
        self._proposals += _proposals(candidate, plan)
        who, came = candidate.candidate, candidate.deliberation_row is not None
        if not plan.decisions.session.anonymous:
            born = who.birth_date.isoformat() if who.birth_date else ""
            people = self._people if came else self._absent
            people.append((who.id, who.last_name, who.first_name, born))
        elif not came:
            self._absent.append((who.id, "", "", "", _seal(candidate, plan)))

    def finish(self) -> None:
        """Write the sheet."""
        sheet, plan = self.sheet, self.sheet.book.plan
        decisions = plan.decisions
        values = {
            Stamp.SCHEMA: layout.SCHEMA,
            Stamp.SESSION: decisions.session.code,
            Stamp.REFERENTIAL: decisions.referential.certification.version,
            Stamp.FINGERPRINT: decisions.referential.fingerprint,
            Stamp.PROVISIONAL: layout.YES if plan.decisions.provisional else layout.NO,
        }
        mean = _fraction(decisions.referential.rules.general_mean) or layout.NO_GENERAL_MEAN
        shape = _shape(decisions.referential)
        for row, (stamp, value) in enumerate(values.items(), start=1):
            sheet.write_at(row, 0, stamp.value, Style.HIDDEN)
            sheet.write_at(row, 1, value, Style.HIDDEN)
            if row == 1:
                sheet.write_at(row, _PROPOSALS_COLUMN, layout.STAMP_GENERAL_MEAN, Style.HIDDEN)
                sheet.write_at(row, _PROPOSALS_COLUMN + 1, mean, Style.HIDDEN)
            if row == 2 and shape:
                sheet.write_at(row, _PROPOSALS_COLUMN, layout.STAMP_SHAPE, Style.HIDDEN)
                sheet.write_at(row, _PROPOSALS_COLUMN + 1, shape, Style.HIDDEN)
        counted = sorted((item for item in decisions.returns if item.counts), key=return_key)
        returns = (
            (item.file, item.sha256, item.candidate, item.juror, item.status.value)
            for item in counted
        )
        header_row = len(values) + 2
        people = (*self._people, *self._absent)
        rows = (_TABLES, *zip_longest(returns, self._proposals, people, fillvalue=()))
        for row, tables in enumerate(rows, start=header_row):
            sheet.add(StampLine(rows=(row,), tables=tables), lambda _: None)
        sheet.worksheet.very_hidden()


def _proposals(candidate: CandidateRow, plan: WorkbookPlan) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a candidate: blocs, then the certification.

    None for one who did not come.
    """
    if candidate.deliberation_row is None:
        return
    number, decision = candidate.candidate.id, candidate.decision
    for block in decision.blocks:
        review = plan.carried.line(number, block.code).review or ""
        yield number, block.code, block.outcome.value, _fraction(block.score), review
    review = plan.carried.line(number, CERTIFICATION).review or ""
    seal = _seal(candidate, plan)
    yield number, CERTIFICATION, decision.outcome.value, "", review, seal
    if plan.decisions.referential.mentions:
        review = plan.carried.line(number, MENTION).review or ""
        yield number, MENTION, decision.mention or NO_MENTION, "", review


def _shape(referential: Referential) -> str:
    """Return what an award and its mention rest on; empty for blocs that are all needed alike."""
    blocks = referential.blocks
    noted: dict[str, dict[str, object]] = {
        "options": {item.code: item.group for item in blocks if item.is_optional},
        "weights": {item.code: str(item.weight) for item in blocks if item.weight != 1},
        "required": {item.name: item.required for item in referential.option_groups},
        "mentions": {item.label: str(item.threshold) for item in referential.mentions},
    }
    return json.dumps(noted, ensure_ascii=False) if any(noted.values()) else ""


def _seal(candidate: CandidateRow, plan: WorkbookPlan) -> str:
    """Return the digest of a candidate's name of now; empty where names are shown."""
    return plan.decisions.seals.get(candidate.candidate.id, ("",))[0]


def _fraction(value: Fraction | None) -> str:
    """Return an exact number as a text; empty where it is not known."""
    return "" if value is None else str(value)
