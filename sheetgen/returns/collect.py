"""From files found to returns that count: identity, marks, duplicates and conflicts.

The order and the names of the files change nothing but the names reported.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import LONGEST_TEXT
from sheetgen.files import Spool, pickle_by_values
from sheetgen.grid import contract
from sheetgen.grid.read import ReadGrid, text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    Mark,
    Return,
    ReturnStatus,
    returns_that_count,
    told_candidate,
    told_grid,
    told_juror,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import common_grids as common_kinds
from sheetgen.problems import grid_marks as mark_kinds
from sheetgen.problems import grids as kinds
from sheetgen.problems import several_grids as several_kinds
from sheetgen.problems.isolating import unforeseen
from sheetgen.problems.made import GRID_NEVER_MADE
from sheetgen.returns.bearers import check_bearers
from sheetgen.returns.findings import Finding, ReadMarks
from sheetgen.returns.identify import (
    CARRIED_OVER,
    Expected,
    Pair,
    corrected_files,
    find_foreign_sheets,
    identify,
)
from sheetgen.returns.marks import MarkReader
from sheetgen.returns.members import Declared, read_declarations, unite_declarations
from sheetgen.returns.not_open import Unopened
from sheetgen.returns.preferring import find_preferred
from sheetgen.returns.settle import Draft, settle_grid
from sheetgen.returns.stand_ins import (
    Seats,
    choose_seats,
    received_of,
    set_aside_others,
    told_name,
)
from sheetgen.returns.strangers import with_advice
from sheetgen.returns.values import cut_to_fit, is_perhaps_cut, is_too_long, shown
from sheetgen.rules import CandidateScope
from sheetgen.spreadsheet import check_ending
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sheetgen.model import CandidateId, CriterionCode, JurorCode, Session
    from sheetgen.returns.deciding_ahead import DecidingAhead
    from sheetgen.returns.find import FoundFile


_HELD = 2_000
"""Grids whose readings stay in memory, some thirty megabytes: those of a thousand candidates."""


@dataclass(frozen=True, kw_only=True)
class Collection:
    """The returns of a session, and what is missing; sorted, whatever the files' order.

    No slots, so that the look-up is kept.

    Attributes:
        missing: grids of which nothing counts: not returned, rejected or in conflict.
        unasked: grids that did not come back and need not: the candidate sits nothing of them.
        problems: those of no single return: a preferred file that is not there, a grid not
            returned.
        seats: whose grids count and whose are asked for, where somebody is replaced too.
        readings: by file name, what was read of each grid whose identity is established, loaded
            as it is asked for; where the return is rejected, it serves to write a correction alone.
    """

    returns: tuple[Return, ...]
    missing: tuple[Pair, ...]
    seats: Seats
    unasked: tuple[Pair, ...] = ()
    problems: tuple[Problem, ...] = ()
    readings: Mapping[str, ReadMarks] = field(default_factory=dict)

    @cached_property
    def counted(self) -> Mapping[Pair, Return]:
        """Return the return that counts for each candidate and juror who has one."""
        return returns_that_count(self.returns)

    def marks_of(self, item: Return) -> Mapping[CriterionCode, Mark]:
        """Return the valid marks of a return; none where it was rejected."""
        rejected = item.status is ReturnStatus.REJECTED
        return {} if rejected else self.readings[item.file].marks

    def marks_that_count(
        self, candidate: CandidateId, juror: JurorCode
    ) -> Mapping[CriterionCode, Mark] | None:
        """Return a juror's valid marks on a candidate; None where no grid of theirs counts."""
        item = self.counted.get((candidate, juror))
        return None if item is None else self.marks_of(item)


def collect_returns(
    read: Iterable[tuple[FoundFile, ReadGrid | Problem]],
    expected: Expected,
    preferred: Sequence[str] = (),
    ahead: DecidingAhead | None = None,
) -> Collection:
    """Return every file as a return, those that count apart from those that do not.

    Args:
        read: the files, in any order.
        expected: the grids that are to come back.
        preferred: the files designated with `--prefer`.
        ahead: hears of each grid that has marks, while others are still being read.
    """
    pickle_by_values(Finding, Location, Mark, Problem)
    readings = Spool[str, ReadMarks](held=_HELD)
    drafts = _read_drafts(read, expected, readings, ahead)
    chosen, problems = find_preferred(drafts, preferred)
    by_pair = _settle_grids(drafts, chosen, expected.session)
    session = expected.session
    seats = choose_seats(session, received_of(drafts))
    deciding = replace(expected, session=replace(session, assignments=seats.counting))
    unopened = Unopened(expected=deciding, readings=readings)
    closed = unopened.close(drafts)
    seats = choose_seats(session, received_of(drafts))
    set_aside_others(session, seats, drafts, expected.made.own_seats)
    returns = tuple(draft.item for draft in drafts)
    received = returns_that_count(returns)
    asked = ((item.candidate, item.juror) for item in seats.asked)
    missing = sorted(pair for pair in asked if pair not in received)
    absent = (
        item
        for item in seats.asked
        if (pair := (item.candidate, item.juror)) in missing and pair not in by_pair
    )
    unasked = tuple(unopened.unasked(absent, closed))
    missing = [pair for pair in missing if pair not in unasked]
    problems.extend(_not_returned(pair, expected, seats) for pair in missing if pair not in by_pair)
    return Collection(
        returns=returns,
        missing=tuple(missing),
        seats=seats,
        unasked=unasked,
        problems=tuple(problems),
        readings=readings,
    )


def _read_drafts(
    read: Iterable[tuple[FoundFile, ReadGrid | Problem]],
    expected: Expected,
    readings: Spool[str, ReadMarks],
    ahead: DecidingAhead | None,
) -> list[Draft]:
    """Return each file as a return of its own, by name; add its marks to `readings`."""
    reader = _ReturnReader(expected=expected, marks=MarkReader(referential=expected.referential))
    drafts = []
    for file, result in read:
        item, marks = reader.read_apart(file, result)
        if marks is not None:
            readings.add(file.name, marks)
            if ahead is not None:
                ahead.hear(item, marks)
        drafts.append(Draft(item=item, readings=readings))
    drafts.sort(key=lambda draft: draft.item.file)
    return drafts


def _settle_grids(
    drafts: Iterable[Draft], chosen: frozenset[str], session: Session
) -> dict[Pair, list[Draft]]:
    """Settle which file of each grid counts; return the files of each."""
    by_pair: dict[Pair, list[Draft]] = {}
    for draft in drafts:
        if draft.pair is not None:
            by_pair.setdefault(draft.pair, []).append(draft)
    for pair, group in by_pair.items():
        try:
            settle_grid(group, chosen, told_grid(session, pair))
            if (marker := session.juror[pair[1]]).members:
                unite_declarations(group, marker)
        except Exception as error:  # noqa: BLE001 - the files of one grid stop no other's
            for draft in group:
                problem = unforeseen(error, Location(file=draft.item.file))
                draft.become(ReturnStatus.REJECTED, problem)
    return by_pair


_OF_ITS_PEOPLE = CARRIED_OVER | {
    kinds.NEWER_REFERENTIAL.code,
    kinds.NOT_ASSIGNED.code,
    kinds.GRID_OF_ABSENT.code,
}
"""Refusals of a grid whose signature proves for which number and code it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReturnReader:
    """Makes a return of each file by itself, as if it were the only one."""

    expected: Expected
    marks: MarkReader

    def read_apart(
        self, file: FoundFile, result: ReadGrid | Problem
    ) -> tuple[Return, ReadMarks | None]:
        """Read a file as `read` does, but refuse this file alone whatever goes wrong."""
        try:
            return self.read(file, result)
        except Exception as error:  # noqa: BLE001 - a file that nobody foresaw stops no other
            problem = unforeseen(error, Location(file=file.name))
            rejected = ReturnStatus.REJECTED
            refused = Return(
                file=file.name, sha256=file.sha256, status=rejected, problems=(problem,)
            )
            return refused, None

    def read(self, file: FoundFile, result: ReadGrid | Problem) -> tuple[Return, ReadMarks | None]:
        """Return the file as a return, and its marks once its identity is established."""
        location = Location(file=file.name)
        item = Return(file=file.name, sha256=file.sha256, status=ReturnStatus.REJECTED)
        if isinstance(result, Problem):
            return replace(item, problems=(with_advice(result),)), None
        said = [] if result.form is None else check_ending(file.name, result.form)
        pair, refusals, renamed = self._identify(result, location)
        if pair is not None:
            item = replace(item, candidate=pair[0], juror=pair[1])
        if pair is None or any(refusal.code not in CARRIED_OVER for refusal in refusals):
            return replace(item, problems=(*said, *refusals)), None
        said.extend(renamed)
        session = self.expected.session
        told = {
            "candidate": told_candidate(session, pair[0]),
            "juror": told_juror(session, pair[1]),
        }
        marker, declaration = session.juror[pair[1]], None
        each: Declared = ()
        if marker.members:
            declaration, each, declared = read_declarations(
                result, marker, told["candidate"], location
            )
            said.extend(declared)
        elif marker.sits:
            declaration, declared = _read_declaration(result, location, told)
            said.extend(declared)
        answers = {label: _read_answer(result, label, location, said) for label in _ANSWERS}
        fitting = {label: text for label, text in answers.items() if not is_too_long(text)}
        item = replace(
            item,
            declaration=declaration,
            declarations=each,
            opinion=fitting.get(contract.OPINION_LABEL) or None,
            remarks=fitting.get(contract.REMARKS_LABEL) or None,
            typed_by=fitting.get(contract.TYPED_BY_LABEL) or None,
        )
        if declaration is False:
            return replace(item, problems=(*refusals, *said)), None
        marks = self._read_marks(result, pair, file.name)
        marks.corrects = corrected_files(result)
        marks.cut = {label: cut_to_fit(answers[label]) for label in answers.keys() - fitting.keys()}
        if refusals:
            return replace(item, problems=refusals), marks
        status = ReturnStatus.ACCEPTED if marks.complete else ReturnStatus.INCOMPLETE
        return replace(item, status=status, problems=(*marks.problems, *said)), marks

    def _identify(
        self, grid: ReadGrid, location: Location
    ) -> tuple[Pair | None, tuple[Problem, ...], list[Problem]]:
        """Return whose grid it is, why it is refused, and which names were corrected since.

        It is nobody's where its number or its code has gone to somebody else.
        """
        pair, problem = identify(grid, self.expected, location)
        refusals: tuple[Problem, ...] = () if problem is None else (problem,)
        if pair is None:
            return None, refusals, []
        stranger, renamed = check_bearers(grid, pair, self.expected, location)
        if stranger is not None:
            # A grid that proves nothing by itself is refused for that.
            proven = problem is None or problem.code in _OF_ITS_PEOPLE
            return None, (stranger,) if proven else refusals, []
        return pair, refusals, renamed

    def _read_marks(self, grid: ReadGrid, pair: Pair, file: str) -> ReadMarks:
        assignment = self.expected.assignments[pair]
        known, session = self.expected.referential, self.expected.session
        scope = self.marks.scopes.shared(CandidateScope.of_grid(known, session, assignment))
        return self.marks.read(
            grid,
            scope,
            assignment,
            file,
            find_foreign_sheets(grid, pair, self.expected, file),
        )


def _read_declaration(
    grid: ReadGrid, whole: Location, told: Mapping[str, str]
) -> tuple[bool | None, list[Problem]]:
    """Return the declaration of no tie: a « Non » anywhere outweighs the rest."""
    filled = [cell for cell in grid.answers.get(contract.DECLARATION_LABEL, ()) if not cell.blank]
    answers = {fold(text_of(cell.value)): cell for cell in reversed(filled)}
    refused = answers.get(fold(contract.NO))
    if refused is not None:
        at_cell = Location(file=whole.file, sheet=refused.sheet, cell=refused.cell)
        return False, [kinds.TIE_DECLARED.at(at_cell, **told)]
    if fold(contract.YES) in answers:
        return True, []
    if not filled:
        return None, [kinds.DECLARATION_BLANK.at(whole, **told)]
    at_cell = Location(file=whole.file, sheet=filled[0].sheet, cell=filled[0].cell)
    found = filled[0].error or shown(filled[0].value)
    return None, [kinds.DECLARATION_UNREADABLE.at(at_cell, found=found, **told)]


_ANSWERS = (contract.OPINION_LABEL, contract.REMARKS_LABEL, contract.TYPED_BY_LABEL)
"""The labels beside which the juror writes a text of their own."""


def _read_answer(grid: ReadGrid, label: str, whole: Location, said: list[Problem]) -> str:
    """Return what the juror wrote beside a label; texts of several cells one below the other.

    Grids of before do not ask who typed them: only of the other labels is it said that one is gone.
    """
    cells = grid.answers.get(label, ())
    if not cells and label != contract.TYPED_BY_LABEL:
        said.append(kinds.ANSWER_LOST.at(whole, label=label))
    texts = dict.fromkeys(text_of(cell.value) for cell in cells)
    found = "\n".join(text for text in texts if fold(text))
    if is_too_long(found):
        longest = max(cells, key=lambda cell: len(text_of(cell.value)))
        at_cell = Location(file=whole.file, sheet=longest.sheet, cell=longest.cell)
        said.append(mark_kinds.ANSWER_TOO_LONG.at(at_cell, label=label, limit=LONGEST_TEXT))
    for cell in cells:
        if is_perhaps_cut(grid, cell.value):
            at_cell = Location(file=whole.file, sheet=cell.sheet, cell=cell.cell)
            said.append(mark_kinds.ANSWER_PERHAPS_CUT.at(at_cell, label=label))
    return found


def _not_returned(pair: Pair, expected: Expected, seats: Seats) -> Problem:
    juror, place = expected.session.juror[pair[1]], Location(file="retours")
    candidate = told_candidate(expected.session, pair[0])
    if juror.members:
        is_made = expected.was_made(pair)
        common = (
            common_kinds.COMMON_GRID_MISSING if is_made else common_kinds.COMMON_GRID_NEVER_MADE
        )
        holder = juror.holder.full_name
        return common.at(place, names=juror.full_name, candidate=candidate, holder=holder)
    kind = several_kinds.GRID_MISSING if expected.was_made(pair) else GRID_NEVER_MADE
    name = told_name(expected.session, pair, seats)
    told = told_juror(expected.session, juror.code)
    return kind.at(place, juror=told, candidate=candidate, name=name)
