"""What goes back to jurors whose grids do not count in full: corrected workbooks and a message.

A corrected workbook is the juror's grid made anew: their valid marks and their comments are in it,
what is to be looked at again is flagged, and it is a return like any other once it comes back.
Nothing of a grid whose identity is not established is carried over: whose marks they are is what is
not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.folders import SessionFolder
from sheetgen.grids.calculation import Answers, Review
from sheetgen.grids.identity import stamp_grid
from sheetgen.grids.marking import shortened
from sheetgen.grids.plan import plan_grid
from sheetgen.grids.write import write_grid
from sheetgen.model import ReturnStatus
from sheetgen.naming import file_stem
from sheetgen.problems import Severity
from sheetgen.problems import grids as kinds
from sheetgen.returns.findings import Finding, Standing
from sheetgen.returns.requests import Request, render_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, CriterionCode, JurorCode, Mark, Return
    from sheetgen.returns.collect import Collection
    from sheetgen.returns.findings import ReadMarks
    from sheetgen.returns.identify import Expected, Pair

MESSAGE_NAME = "message_{juror}.txt"
"""The file of the message to a juror, beside the workbooks to correct."""

_LONGEST_TEXT = 32_767
"""What a cell holds in Excel."""

_NOT_THE_JURORS = frozenset({kinds.TIE_DECLARED.code, kinds.NEWER_REFERENTIAL.code})
"""Refusals that no other version of the grid would mend."""

_OWED = frozenset(
    {
        kinds.COMMENT_MISSING.code,
        kinds.COMMENT_SAYS_NOTHING.code,
        kinds.DECLARATION_BLANK.code,
        kinds.DECLARATION_UNREADABLE.code,
    }
)
"""What a juror owes on a grid that counts."""


def render_corrections(
    collection: Collection, expected: Expected, logo: bytes | None = None
) -> Iterator[tuple[str, bytes]]:
    """Everything that goes back to jurors: file names in the folder of corrections, and contents.

    For each juror a message, and a workbook, named as their grid, for each grid that is incomplete,
    faulty or refused for what it holds. Jurors who owe nothing have none.
    """
    folder = SessionFolder(root=Path())
    session = expected.session
    came = _returns_by_pair(collection)
    assigned: dict[JurorCode, list[Assignment]] = {}
    for assignment in session.assignments:
        assigned.setdefault(assignment.juror, []).append(assignment)
    for juror in session.jurors:
        requests = []
        for assignment in assigned.get(juror.code, ()):
            due = _find_due(assignment, came, collection)
            if due is None:
                continue
            name = folder.grid(session, due.assignment).name
            if due.corrected:
                yield name, _render_workbook(due, expected, logo)
            requests.append(due.request(name if due.corrected else None))
        if requests:
            message = render_message(expected, juror, requests)
            yield MESSAGE_NAME.format(juror=file_stem(juror.code)), message.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A grid that a juror still owes, in whole or in part; no return when none came back."""

    assignment: Assignment
    returns: tuple[Return, ...]
    marks: ReadMarks | None

    @property
    def first(self) -> Return | None:
        """The return that it is about, the one that counts where there is one."""
        return self.returns[0] if self.returns else None

    @property
    def corrected(self) -> bool:
        """Whether the juror gets a workbook to correct."""
        return self.first is not None and self.first.status in (
            ReturnStatus.INCOMPLETE,
            ReturnStatus.REJECTED,
        )

    @property
    def findings(self) -> Iterator[Finding]:
        """What is to be looked at again, criterion by criterion."""
        if self.marks is not None:
            yield from (item for item in self.marks.findings.values() if self._is_due(item))

    def _is_due(self, item: Finding) -> bool:
        if item.standing is Standing.VALID:
            # Under the present référentiel a changed text is the administrator's to look at.
            rejected = self.first is not None and self.first.status is ReturnStatus.REJECTED
            return item.changed and rejected
        return item.standing is not Standing.EXEMPT

    def kept(self) -> Mapping[CriterionCode, Mark]:
        """The valid marks on criteria that still read as the juror read them."""
        if self.marks is None:
            return {}
        again = {item.criterion for item in self.findings}
        return {code: mark for code, mark in self.marks.marks.items() if code not in again}

    def request(self, file: str | None) -> Request:
        """What to ask of the juror."""
        said = [
            problem
            for item in self.returns[:1]
            for problem in item.problems
            if problem.code in _OWED
            or (item.status is ReturnStatus.REJECTED and problem.severity is Severity.ERROR)
        ]
        return Request(
            assignment=self.assignment,
            returns=self.returns,
            findings=tuple(self.findings),
            said=tuple(said),
            file=file,
        )


def _returns_by_pair(collection: Collection) -> Mapping[Pair, Sequence[Return]]:
    """What came back of each grid, but for what only repeats the rest."""
    came: dict[Pair, list[Return]] = {}
    for item in collection.returns:
        if item.candidate is None or item.juror is None or item.status is ReturnStatus.DUPLICATE:
            continue
        came.setdefault((item.candidate, item.juror), []).append(item)
    return came


def _find_due(
    assignment: Assignment, returned: Mapping[Pair, Sequence[Return]], collection: Collection
) -> _Due | None:
    """What the juror still owes of one grid; None where nothing more is asked of them."""
    came = sorted(
        returned.get((assignment.candidate, assignment.juror), ()),
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
    """Whether nothing more is asked of the juror on account of this return."""
    codes = {problem.code for problem in item.problems}
    if item.status is ReturnStatus.ACCEPTED:
        return not codes & _OWED
    return bool(codes & _NOT_THE_JURORS)


def _render_workbook(due: _Due, expected: Expected, logo: bytes | None) -> bytes:
    session, referential = expected.session, expected.referential
    item = due.first
    marks = due.kept()
    given = {} if due.marks is None else due.marks.findings
    return write_grid(
        plan_grid(referential, session, due.assignment, logo),
        stamp_grid(expected.key, referential, session, due.assignment),
        marks,
        Answers(
            declaration=item.declaration if item else None,
            opinion=_fitting(item.opinion) if item else None,
            remarks=_fitting(item.remarks) if item else None,
        ),
        Review(
            reasons={finding.criterion: finding.reason for finding in due.findings},
            comments={
                code: shortened(finding.comment, _LONGEST_TEXT)
                for code, finding in given.items()
                if code not in marks
            },
        ),
    )


def _fitting(text: str | None) -> str | None:
    return None if text is None else shortened(text, _LONGEST_TEXT)
