"""Deciding candidates while the grids of others are still being read.

Reading is done by other processes, and this one mostly waits for them. Only once all files are
there is it known which of them count: a second grid may contradict the first, a stand-in's may
come, a file may be preferred. So a decision that was made ahead is used only where, in the end, the
same assignments and the very same files count for its candidate; any other is made again.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

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


class DecidingAhead:
    """Decides each candidate as soon as a complete grid of each of their jurors was read.

    Args:
        most: of how many candidates, the first by number, this is done: it stays in memory.
    """

    def __init__(self, referential: Referential, session: Session, most: int) -> None:
        self._referential = referential
        self._session = session
        first = sorted(item.id for item in session.candidates)[:most]
        self._came: dict[CandidateId, Came] = {number: {} for number in first}
        self._decided: dict[CandidateId, tuple[dict[JurorCode, str], CandidateDecision]] = {}

    @cached_property
    def _book(self) -> RuleBook:
        return RuleBook(self._referential)

    def hear(self, item: Return, reading: ReadMarks) -> None:
        """Take a grid that was read, and decide its candidate if nothing else is waited for."""
        number, juror, session = item.candidate, item.juror, self._session
        if number is None or juror is None or item.status is not ReturnStatus.ACCEPTED:
            return
        came = self._came.get(number)
        if came is None:  # decided, or one of those beyond the first
            return
        came[juror] = item.file, reading.marks
        if all(assigned.juror in came for assigned in session.assignments_of[number]):
            del self._came[number]
            candidate = session.candidate[number]
            marks = {juror: given for juror, (_, given) in came.items()}
            judged = judge_candidate(self._book, session, candidate, marks)
            files = {juror: file for juror, (file, _) in came.items()}
            self._decided[number] = files, decide_judged(judged, candidate)

    def decided(
        self, session: Session, collection: Collection, number: CandidateId
    ) -> CandidateDecision | None:
        """Return what was decided, if it rests on the grids that count; None for what did not."""
        files, decision = self._decided.get(number, (None, None))
        assigned = session.assignments_of[number]
        if assigned != self._session.assignments_of[number]:
            return None
        counted = {
            one.juror: item.file
            for one in assigned
            if (item := collection.counted.get((number, one.juror))) is not None
        }
        return decision if counted == files else None
