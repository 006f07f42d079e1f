"""Deciding candidates while the grids of others are still being read.

Reading is done by other processes, and this one mostly waits for them. Only once all files are
there is it known which of them count: a second grid may contradict the first, a stand-in's may
come, a file may be preferred. So a decision that was made ahead is used only where, in the end, the
same assignments and the very same files count for its candidate; any other is made again.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus
from sheetgen.rules import RuleBook, decide_judged, judge_candidate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import (
        CandidateDecision,
        CandidateId,
        CriterionCode,
        JurorCode,
        Mark,
        Referential,
        Return,
        Session,
    )
    from sheetgen.returns.collect import Collection
    from sheetgen.returns.findings import ReadMarks

    Came = dict[JurorCode, tuple[str, Mapping[CriterionCode, Mark]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedAhead:
    """The decisions made before it was known which grids count.

    Attributes:
        session: as it was then.
        made: by candidate, the files that a decision rests on, juror by juror, and the decision.
    """

    session: Session
    made: dict[CandidateId, tuple[tuple[str, ...], CandidateDecision]] = field(default_factory=dict)

    def find(
        self, session: Session, collection: Collection, number: CandidateId
    ) -> CandidateDecision | None:
        """Return a candidate's proposals, if they rest on the grids that count; else None."""
        files, decision = self.made.get(number, (None, None))
        assigned = session.assignments_of[number]
        if files is None or assigned != self.session.assignments_of[number]:
            return None
        counted = [collection.counted.get((number, item.juror)) for item in assigned]
        same = files == tuple(None if item is None else item.file for item in counted)
        return decision if same else None


class DecidingAhead:
    """Decides each candidate as soon as a complete grid of each of their jurors was read.

    Args:
        most: of how many candidates, the first by number, this is done: it stays in memory.
    """

    def __init__(self, referential: Referential, session: Session, most: int) -> None:
        self.decided = DecidedAhead(session=session)
        self._referential = referential
        first = sorted(item.id for item in session.candidates)[:most]
        self._came: dict[CandidateId, Came] = {number: {} for number in first}

    @cached_property
    def _book(self) -> RuleBook:
        return RuleBook(self._referential)

    def hear(self, item: Return, reading: ReadMarks) -> None:
        """Take a grid that was read, and decide its candidate if nothing else is waited for."""
        number, juror, session = item.candidate, item.juror, self.decided.session
        if number is None or juror is None or item.status is not ReturnStatus.ACCEPTED:
            return
        came = self._came.get(number)
        if came is None:  # decided, or one of those beyond the first
            return
        came[juror] = item.file, reading.marks
        jurors = [assigned.juror for assigned in session.assignments_of[number]]
        if all(juror in came for juror in jurors):
            del self._came[number]
            candidate = session.candidate[number]
            marks = {juror: came[juror][1] for juror in jurors}
            judged = judge_candidate(self._book, session, candidate, marks)
            files = tuple(came[juror][0] for juror in jurors)
            self.decided.made[number] = files, decide_judged(judged, candidate)
