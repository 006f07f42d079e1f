"""Check that the workbook says what the returns say: a jury decides on nothing else.

The hidden sheet names the returns it was made from by their hash; the sheet « Critères » shows
every mark. Both are compared with the returns as they are now.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sheetgen.consolidation import Coverage, layout
from sheetgen.consolidation.layout import Stamp
from sheetgen.grid.read import ReadCell, text_of
from sheetgen.jury.sheet_tables import JuryTable, find_sheet, find_table, read_cell, shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CandidateId,
    CriterionCode,
    CriterionDecision,
    JurorCode,
    Session,
    SessionDecisions,
    told_candidate,
    told_juror,
    told_marker,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import consolidated as kinds
from sheetgen.rules import seats_on
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.problems import Kind
    from sheetgen.spreadsheet import RawSheet, RawWorkbook

_Pair = tuple[CandidateId, JurorCode]
_Place = tuple[str, str, str]
"""Candidate, criterion and juror, folded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The problems found with where the workbook comes from.

    `foreign` says that it is none of this session's, so that nothing else in it matters.
    """

    problems: tuple[Problem, ...] = ()
    foreign: bool = False


def check_origin(workbook: RawWorkbook, plan: WorkbookPlan, file: str) -> Origin:
    """Find every difference between a workbook and the returns it would be made from now.

    Args:
        workbook: the jury's, or one of its volumes.
        plan: the same as it would be written now.
        file: its name, for problems.
    """
    stamp = find_sheet(workbook, layout.STAMP_SHEET)
    criteria = find_sheet(workbook, layout.CRITERIA_SHEET)
    if stamp is None or (criteria is None and plan.detailed):
        name = layout.CRITERIA_SHEET if stamp is not None else layout.STAMP_SHEET
        lost = f"sa feuille « {name} » manque"
        problem = kinds.NOT_CONSOLIDATION.at(Location(file=file), lost=lost)
        return Origin(problems=(problem,), foreign=True)
    foreign = _check_stamp(stamp, plan.decisions, file)
    if foreign is not None:
        return Origin(problems=(foreign,), foreign=True)
    returns = find_table(file, stamp, layout.STAMP_RETURNS)
    if not isinstance(returns, JuryTable):
        return Origin(problems=tuple(returns), foreign=True)
    differing = dict(_compare_returns(returns, plan.decisions))
    # A volume is made with the jury's workbook, which tells of the returns for all.
    told = () if plan.coverage is Coverage.VOLUME else tuple(differing.values())
    marks = () if criteria is None else _check_marks(criteria, plan, set(differing), file)
    return Origin(problems=(*told, *marks))


def _check_marks(
    criteria: RawSheet, plan: WorkbookPlan, differing: set[_Pair], file: str
) -> Iterable[Problem]:
    """Find marks that are not as they would be written now, but for returns said to differ."""
    table = find_table(file, criteria, _mark_headers(plan))
    if not isinstance(table, JuryTable):
        return table
    return _MarkComparison(
        table=table,
        expected=_expected_marks(plan, differing),
        session=plan.decisions.session,
    ).problems()


def _check_stamp(stamp: RawSheet, decisions: SessionDecisions, file: str) -> Problem | None:
    """Return the first reason why the workbook is none of this session's."""
    said = {text_of(stamp.value(row, 0)): read_cell(stamp, row, 1) for row in stamp.rows}
    wanted: tuple[tuple[Stamp, str, Kind], ...] = (
        (Stamp.SCHEMA, layout.SCHEMA, kinds.OTHER_CONSOLIDATION_VERSION),
        (Stamp.SESSION, decisions.session.code, kinds.CONSOLIDATION_OTHER_SESSION),
        (
            Stamp.FINGERPRINT,
            decisions.referential.fingerprint,
            kinds.CONSOLIDATION_OTHER_REFERENTIAL,
        ),
    )
    for stamped, expected, kind in wanted:
        cell = said.get(stamped.value)
        if cell is None:
            lost = f"sa feuille « {stamp.name} » ne dit pas « {stamped.value} »"
            return kinds.NOT_CONSOLIDATION.at(Location(file=file, sheet=stamp.name), lost=lost)
        if shown(cell) != expected:
            place = Location(file=file, sheet=cell.sheet, cell=cell.cell)
            return kind.at(place, found=shown(cell), expected=expected)
    return None


def _compare_returns(
    table: JuryTable, decisions: SessionDecisions
) -> Iterator[tuple[_Pair, Problem]]:
    """Yield the candidate and juror of each return that is not the one consolidated, and why."""
    file_column, hash_column, candidate_column, juror_column, _ = layout.STAMP_RETURNS
    stamped: set[_Pair] = set()
    for row in table.rows():
        name = table.cell(row, file_column)
        pair = (
            CandidateId(table.text(row, candidate_column)),
            JurorCode(table.text(row, juror_column)),
        )
        if not all(pair):
            continue
        stamped.add(pair)
        counted = decisions.counted.get(pair)
        said = {
            "name": f"« {shown(name)} »",
            "candidate": told_candidate(decisions.session, pair[0]),
            "marker": told_marker(decisions.session, pair[1]),
        }
        if counted is None:
            yield pair, kinds.CONSOLIDATED_RETURN_GONE.at(table.at(name), **said)
        elif counted.sha256 != table.text(row, hash_column):
            yield pair, kinds.CONSOLIDATED_RETURN_CHANGED.at(table.at(name), **said)
    for pair, item in decisions.counted.items():
        if pair not in stamped:
            yield (
                pair,
                kinds.RETURN_NOT_CONSOLIDATED.at(
                    table.at_header(file_column),
                    name=f"« {item.file} »",
                    candidate=told_candidate(decisions.session, pair[0]),
                    marker=told_marker(decisions.session, pair[1]),
                ),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExpectedCell:
    """The value that a cell of the criteria sheet should show; empty for a mark still missing."""

    candidate: CandidateId
    criterion: CriterionCode
    juror: JurorCode
    value: str


def _mark_headers(plan: WorkbookPlan) -> tuple[str, ...]:
    slots = range(1, plan.seats + 1)
    pairs = ((layout.juror_header(slot), layout.mark_header(slot)) for slot in slots)
    return (layout.CANDIDATE, layout.CRITERION, *(header for pair in pairs for header in pair))


def _expected_marks(
    plan: WorkbookPlan, differing: set[_Pair]
) -> Mapping[_Place, _ExpectedCell | None]:
    """Return every mark by its place; None for those of a return already said to differ."""
    found: dict[_Place, _ExpectedCell | None] = {}
    decisions = plan.decisions
    for item in plan.candidates():
        candidate, scope = item.candidate.id, item.judgement.scope
        for _, row in item.criteria:
            criterion = decisions.referential.criterion[row.decision.code]
            settled = scope.settled(criterion)
            for seat in seats_on(decisions.session, scope, candidate, criterion):
                place = _place(candidate, criterion.code, seat.juror)
                known = (candidate, seat.juror) not in differing
                found[place] = (
                    _ExpectedCell(
                        candidate=candidate,
                        criterion=criterion.code,
                        juror=seat.juror,
                        value=settled.value if settled else _shown_mark(row.decision, seat.juror),
                    )
                    if known
                    else None
                )
    return found


def _shown_mark(criterion: CriterionDecision, juror: JurorCode) -> str:
    mark = next((item for item in criterion.marks if item.juror == juror), None)
    if mark is None:
        return ""
    return mark.value if isinstance(mark.value, str) else text_of(float(mark.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _MarkComparison:
    """The criteria sheet beside what it should show."""

    table: JuryTable
    expected: Mapping[_Place, _ExpectedCell | None]
    session: Session

    def problems(self) -> Iterator[Problem]:
        """Yield the problems: marks changed, then marks gone."""
        seen: set[_Place] = set()
        for named, cell in self._cells():
            place = _place(*named)
            seen.add(place)
            if place in self.expected:
                yield from self._check(self.expected[place], cell)
            elif not cell.blank:
                yield self._unknown(named, cell)
        for place, expected in self.expected.items():
            if expected is not None and expected.value and place not in seen:
                yield kinds.CONSOLIDATED_MARK_MISSING.at(
                    self.table.at_header(layout.CRITERION),
                    candidate=told_candidate(self.session, expected.candidate),
                    criterion=expected.criterion,
                    marker=told_marker(self.session, expected.juror),
                    expected=_quoted(expected.value),
                )

    def _cells(self) -> Iterator[tuple[tuple[str, str, str], ReadCell]]:
        """Yield each cell of a mark, with the candidate, criterion and juror of its row."""
        slots = range(1, len(self.table.columns) // 2)
        for row in self.table.rows():
            candidate = self.table.text(row, layout.CANDIDATE)
            criterion = self.table.text(row, layout.CRITERION)
            for slot in slots:
                juror = self.table.text(row, layout.juror_header(slot))
                cell = self.table.cell(row, layout.mark_header(slot))
                if juror or not cell.blank:
                    yield (candidate, criterion, juror), cell

    def _unknown(self, named: tuple[str, str, str], cell: ReadCell) -> Problem:
        candidate, criterion, juror = (part or "?" for part in named)
        return kinds.CONSOLIDATED_MARK_UNKNOWN.at(
            self.table.at(cell),
            candidate=told_candidate(self.session, candidate),
            criterion=criterion,
            marker=told_marker(self.session, juror),
            found=_quoted(shown(cell)),
        )

    def _check(self, expected: _ExpectedCell | None, cell: ReadCell) -> Iterator[Problem]:
        """Yield the cell's problem if it does not show what it should.

        None is not to be compared.
        """
        found = shown(cell)
        # Most marks are as they were written: what they read like is asked of the others alone.
        if expected is None or found == expected.value or fold(found) == fold(expected.value):
            return
        yield kinds.CONSOLIDATED_MARK_CHANGED.at(
            self.table.at(cell),
            candidate=told_candidate(self.session, expected.candidate),
            criterion=expected.criterion,
            juror=told_juror(self.session, expected.juror),
            marker=told_marker(self.session, expected.juror),
            found=_quoted(found),
            expected=_quoted(expected.value),
        )


def _place(candidate: str, criterion: str, juror: str) -> _Place:
    return _folded(candidate), _folded(criterion), _folded(juror)


@lru_cache(maxsize=16_384)
def _folded(code: str) -> str:
    return fold(code)


def _quoted(value: str) -> str:
    return f"« {value} »" if value else "rien"
