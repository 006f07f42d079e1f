"""Épreuves that do not open, and grids of which nothing is asked any more.

Only all the grids of a candidate together say which épreuves open: so this comes once they are
settled. Blanks of an épreuve that does not open are owed no longer, and marks there are ignored.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState, ReturnStatus
from sheetgen.problems import grid_marks as mark_kinds
from sheetgen.returns.findings import FindingState
from sheetgen.returns.rows import tell_blanks
from sheetgen.rules import CandidateScope, RuleBook, judge_candidate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sheetgen.files import Spool
    from sheetgen.model import Assignment, CandidateId, CriterionCode, Referential
    from sheetgen.problems import Problem
    from sheetgen.returns.findings import ReadMarks
    from sheetgen.returns.identify import Expected, Pair
    from sheetgen.returns.settle import Draft


@dataclass(frozen=True, kw_only=True)
class Unopened:
    """The épreuves that a session's settled returns leave closed; no slots: look-ups are kept.

    Attributes:
        readings: of every file; those whose blanks are owed no longer are kept anew.
    """

    expected: Expected
    readings: Spool[str, ReadMarks]

    @property
    def _known(self) -> Referential:
        return self.expected.referential

    @cached_property
    def _is_gated(self) -> bool:
        """Return whether an épreuve opens only once others are passed."""
        return any(item.condition for item in self._known.assessments)

    @cached_property
    def _book(self) -> RuleBook:
        return RuleBook(self._known)

    def close(self, drafts: Sequence[Draft]) -> Mapping[CandidateId, Collection[CriterionCode]]:
        """Return the criteria of épreuves that do not open, by candidate, once told and not owed.

        Args:
            drafts: all returns of the session, settled.
        """
        if not self._is_gated:
            return {}
        counted: dict[CandidateId, list[Draft]] = {}
        for draft in drafts:
            if draft.pair is not None and draft.item.counts:
                counted.setdefault(draft.pair[0], []).append(draft)
        found = {
            candidate.id: self._closed(candidate.id, counted.get(candidate.id, ()))
            for candidate in self.expected.session.candidates
        }
        for number, group in counted.items():
            for draft in group:
                if found[number]:
                    self._settle(draft, found[number])
        return found

    def _closed(self, number: CandidateId, group: Iterable[Draft]) -> Collection[CriterionCode]:
        session = self.expected.session
        marks = {
            draft.pair[1]: self.readings[draft.item.file].marks
            for draft in group
            if draft.pair is not None
        }
        judgement = judge_candidate(self._book, session, session.candidate[number], marks)
        return {
            item.code
            for block in judgement.scope.blocks
            for item in self._known.criteria_of_block[block]
            if judgement.criterion(item).state is CriterionState.NOT_OPEN
        }

    def _settle(self, draft: Draft, closed: Collection[CriterionCode]) -> None:
        """Take a return's blanks there for what they are, and tell of marks there."""
        reading = self.readings[draft.item.file]
        marked = [code for code in reading.marks if code in closed]
        blank = [
            code
            for code, item in reading.findings.items()
            if code in closed and item.state is FindingState.BLANK
        ]
        for problem in self._ignored(marked, reading):
            draft.add(problem)
        if not blank:
            return
        for code in blank:
            finding = reading.findings[code]
            reading.findings[code] = replace(finding, state=FindingState.CLOSED)
        self.readings.put(draft.item.file, reading)
        others = [x for x in draft.item.problems if x.code != mark_kinds.MARKS_BLANK.code]
        draft.item = replace(
            draft.item,
            status=ReturnStatus.ACCEPTED if reading.complete else ReturnStatus.INCOMPLETE,
            problems=(*self._still_blank(reading, draft.item.file), *others),
        )

    def _still_blank(self, reading: ReadMarks, file: str) -> Iterator[Problem]:
        for block in self._known.blocks:
            codes = (item.code for item in self._known.criteria_of_block[block.code])
            yield from tell_blanks(
                [reading.findings[code] for code in codes if code in reading.findings], file
            )

    def _ignored(self, marked: Sequence[CriterionCode], reading: ReadMarks) -> Iterator[Problem]:
        """Yield one problem for each épreuve that does not open and has marks, at the first."""
        by_assessment: dict[str, list[CriterionCode]] = {}
        for code in marked:
            by_assessment.setdefault(self._known.assessment_of[code] or "", []).append(code)
        for assessment, codes in by_assessment.items():
            found = ", ".join(codes)
            yield mark_kinds.NOT_OPEN_MARKED.at(
                reading.findings[codes[0]].location,
                assessment=assessment,
                count=len(codes),
                found=found,
            )

    def unasked(
        self,
        assignments: Iterable[Assignment],
        closed: Mapping[CandidateId, Collection[CriterionCode]],
    ) -> Iterator[Pair]:
        """Yield, of grids that did not come back, those of which nothing is asked."""
        session = self.expected.session
        for item in assignments:
            shut = closed.get(item.candidate, ())
            if not shut and not session.absences_of.get(item.candidate):
                continue
            scope = CandidateScope.of_grid(self._known, session, item)
            held = [x for block in scope.blocks for x in scope.criteria_marked(block)]
            if all(criterion.code in shut or scope.is_absent(criterion) for criterion in held):
                yield item.candidate, item.juror
