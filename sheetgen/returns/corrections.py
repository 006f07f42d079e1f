"""The corrected workbooks and the message for jurors whose grids do not count in full.

A corrected workbook is the juror's grid made anew: their valid marks and their comments are in it,
what is to be looked at again is flagged, and it is a return like any other once it comes back.
Nothing of a grid whose identity is not established is carried over: whose marks they are is what is
not known.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import cut_text
from sheetgen.grid import contract, plan_grid
from sheetgen.grid.identity import stamp_grid
from sheetgen.grid.write import Answers, Review, write_grid
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus
from sheetgen.problems import Location, Severity
from sheetgen.problems import common_grids as common_kinds
from sheetgen.problems import grid_marks as mark_kinds
from sheetgen.problems import grids as kinds
from sheetgen.problems.isolating import isolated
from sheetgen.returns.findings import Finding, FindingState
from sheetgen.returns.requests import GridRequest, render_message
from sheetgen.returns.values import cut_to_fit
from sheetgen.session_folder.paths import SessionFolder
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, CriterionCode, JurorCode, Mark, Return
    from sheetgen.problems import Problem
    from sheetgen.returns.collect import Collection
    from sheetgen.returns.findings import ReadMarks
    from sheetgen.returns.identify import Expected, Pair

MESSAGE_NAME = "message_{juror}.txt"
"""The file of the message to a juror, beside the workbooks to correct."""

_LONGEST_REASON = 1_000
"""Characters of a reason in a note: longer ones are read by nobody there."""

_NOT_THE_JURORS = frozenset(
    {
        kinds.TIE_DECLARED.code,
        kinds.NEWER_REFERENTIAL.code,
        common_kinds.MEMBER_TIE_DECLARED.code,
        common_kinds.GROUP_CHANGED.code,
    }
)
"""Refusals that no other version of the grid would mend."""

_DECLARATIONS = frozenset(
    {
        kinds.DECLARATION_BLANK.code,
        kinds.DECLARATION_UNREADABLE.code,
        common_kinds.MEMBERS_UNDECLARED.code,
        common_kinds.MEMBER_DECLARATION_UNREADABLE.code,
    }
)
"""Declarations that a juror still owes."""

_OWED = _DECLARATIONS | {
    mark_kinds.COMMENT_MISSING.code,
    mark_kinds.COMMENT_TOO_LONG.code,
    mark_kinds.ANSWER_TOO_LONG.code,
    mark_kinds.COMMENT_SAYS_NOTHING.code,
}
"""What a juror owes on a grid that counts."""


def render_corrections(
    collection: Collection,
    expected: Expected,
    problems: list[Problem],
    logo: bytes | None = None,
) -> Iterator[tuple[str, bytes]]:
    """Yield what goes back to jurors: file names in the folder of corrections, and contents.

    For each juror who was handed grids a message, and a workbook, named as their grid, for each
    grid that is incomplete, faulty or refused for what it holds. Jurors who owe nothing have none.
    What cannot be made is added to the problems, and the others are made.
    """
    folder = SessionFolder(root=Path())
    session = expected.session
    came = _returns_by_pair(collection)
    assigned: dict[JurorCode, list[Assignment]] = {}
    for assignment in session.assignments:
        holder = session.juror[assignment.juror].holder
        assigned.setdefault(holder.code, []).append(assignment)
    for juror in session.jurors:
        requests = []
        for assignment in assigned.get(juror.code, ()):
            due = _find_due(assignment, came, collection)
            if _pair_of(assignment) in collection.unasked:
                continue
            if due is None or not (due.returns or expected.was_made(_pair_of(assignment))):
                continue
            name = folder.grid(session, due.assignment).name
            data = None
            if due.corrected:
                with isolated(problems, Location(file=f"{folder.corrections}/{name}")):
                    data = _render_workbook(due, expected, logo)
            if data is not None:
                yield name, data
            requests.append(due.request(None if data is None else name))
        if requests:
            name = MESSAGE_NAME.format(juror=file_stem(juror.code))
            message = None
            with isolated(problems, Location(file=f"{folder.corrections}/{name}")):
                message = render_message(expected, juror, requests).encode("utf-8", "replace")
            if message is not None:
                yield name, message


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A grid that a juror still owes, in whole or in part; no return when none came back."""

    assignment: Assignment
    returns: tuple[Return, ...]
    marks: ReadMarks | None

    @property
    def first(self) -> Return | None:
        """Return the file to correct, the one that counts where there is one; None for none."""
        return self.returns[0] if self.returns else None

    @property
    def corrected(self) -> bool:
        """Return whether the juror gets a workbook to correct."""
        return self.first is not None and self.first.status in (
            ReturnStatus.INCOMPLETE,
            ReturnStatus.REJECTED,
        )

    @property
    def findings(self) -> Iterator[Finding]:
        """Return what is to be looked at again, criterion by criterion."""
        if self.marks is not None:
            yield from (item for item in self.marks.findings.values() if self._is_due(item))

    def _is_due(self, item: Finding) -> bool:
        if item.state is FindingState.VALID:
            # Under the present référentiel a changed text is the administrator's to look at.
            rejected = self.first is not None and self.first.status is ReturnStatus.REJECTED
            return item.changed and rejected
        return item.state.is_owed

    def kept(self) -> Mapping[CriterionCode, Mark]:
        """Return the valid marks on criteria that still read as the juror read them."""
        if self.marks is None:
            return {}
        again = {item.criterion for item in self.findings}
        return {code: mark for code, mark in self.marks.marks.items() if code not in again}

    def answers(self) -> Answers:
        """Return what the juror wrote outside the bloc sheets, as far as cells hold it."""
        item, cut = self.first, {} if self.marks is None else self.marks.cut
        if item is None:
            return Answers()
        opinion = item.opinion or cut.get(contract.OPINION_LABEL)
        remarks = item.remarks or cut.get(contract.REMARKS_LABEL)
        return Answers(
            declaration=item.declaration,
            declarations=dict(item.declarations),
            opinion=None if opinion is None else cut_to_fit(opinion),
            remarks=None if remarks is None else cut_to_fit(remarks),
            typed_by=item.typed_by,
        )

    @property
    def undeclared(self) -> str:
        """Return why the declaration is to be looked at again; empty where it is not."""
        problems = () if self.first is None else self.first.problems
        said = dict.fromkeys(item.message for item in problems if item.code in _DECLARATIONS)
        return " ".join(said)

    def lineage(self) -> Sequence[str]:
        """Return the SHA-256 of the file the workbook is made from, then of those it corrected."""
        former = () if self.marks is None else self.marks.corrects
        return () if self.first is None else (self.first.sha256, *former)

    def request(self, file: str | None) -> GridRequest:
        """Return the request to the juror."""
        said = [
            problem
            for item in self.returns[:1]
            for problem in item.problems
            if problem.code in _OWED
            or (item.status is ReturnStatus.REJECTED and problem.severity is Severity.ERROR)
        ]
        return GridRequest(
            assignment=self.assignment,
            returns=self.returns,
            findings=tuple(self.findings),
            said=tuple(said),
            file=file,
        )


def _returns_by_pair(collection: Collection) -> Mapping[Pair, Sequence[Return]]:
    """Return what came back of each grid, but for what only repeats the rest."""
    came: dict[Pair, list[Return]] = {}
    for item in collection.returns:
        if item.candidate is None or item.juror is None or item.status is ReturnStatus.DUPLICATE:
            continue
        came.setdefault((item.candidate, item.juror), []).append(item)
    return came


def _pair_of(assignment: Assignment) -> Pair:
    return assignment.candidate, assignment.juror


def _find_due(
    assignment: Assignment, returned: Mapping[Pair, Sequence[Return]], collection: Collection
) -> _Due | None:
    """Return what the juror still owes of one grid; None where nothing more is asked of them."""
    came = sorted(
        returned.get(_pair_of(assignment), ()),
        key=lambda item: (_ORDER.index(item.status), item.sha256, item.file),
    )
    if came and came[0].status is not ReturnStatus.REJECTED:
        came = [item for item in came if item.status is came[0].status]
    if any(_is_settled(item) for item in came):
        return None
    marks = collection.readings.get(came[0].file) if came else None
    return _Due(assignment=assignment, returns=tuple(came), marks=marks)


_ORDER = (
    ReturnStatus.ACCEPTED,
    ReturnStatus.INCOMPLETE,
    ReturnStatus.CONFLICT,
    ReturnStatus.REJECTED,
)
"""Which of several returns of one grid a juror is told about."""


def _is_settled(item: Return) -> bool:
    """Return whether nothing more is asked of the juror on account of this return."""
    codes = {problem.code for problem in item.problems}
    if item.status is ReturnStatus.ACCEPTED:
        return not codes & _OWED
    return bool(codes & _NOT_THE_JURORS)


def _render_workbook(due: _Due, expected: Expected, logo: bytes | None) -> bytes:
    session, referential = expected.session, expected.referential
    given = {} if due.marks is None else due.marks.findings
    # A comment that is too long counts nowhere; its juror gets as much of it as a cell holds.
    marks = {
        code: replace(mark, comment=cut_to_fit(given[code].comment))
        for code, mark in due.kept().items()
    }
    return write_grid(
        plan_grid(referential, session, due.assignment, logo),
        stamp_grid(expected.key, referential, session, due.assignment, due.lineage()),
        marks,
        due.answers(),
        Review(
            reasons={
                finding.criterion: cut_text(finding.reason, _LONGEST_REASON)
                for finding in due.findings
            },
            comments={
                code: cut_to_fit(finding.comment)
                for code, finding in given.items()
                if code not in marks
            },
            declaration=due.undeclared,
        ),
    )
