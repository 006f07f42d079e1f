"""The row of each thing on each sheet, settled before anything is written.

A candidate's blocs follow one another in their sheet, so do a bloc's competencies and a
competency's criteria: every formula reaches over a short range, and none over a whole sheet.
Candidates are planned one at a time, so that a session of any size is written in constant memory.
Rows count from 1, as in the addresses that formulas hold.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.consolidation.carried import Carried
from sheetgen.consolidation.layout import ANONYMOUS
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AssessmentDecision,
    BlockDecision,
    Candidate,
    CandidateDecision,
    CompetencyDecision,
    CriterionDecision,
    CriterionState,
    Juror,
    Session,
    SessionDecisions,
    Status,
)
from sheetgen.rules import Formulas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import BlockCode, CandidateId
    from sheetgen.rules import CandidateJudgement

NOTE_ROW = 4
"""What a sheet is for, under its title."""

HEADER_ROW = 5
"""The header of every table but the deliberation's, whose fields come first."""

DELIBERATION_HEADER_ROW = 11


_LEFT_OUT = (CriterionState.EXEMPT, CriterionState.NOT_APPLICABLE, CriterionState.KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One row of the criteria sheet."""

    row: int
    decision: CriterionDecision

    @property
    def exempt(self) -> bool:
        """Return whether the jury exempted it, so that nobody's mark counts."""
        return self.decision.state is CriterionState.EXEMPT

    @property
    def left_out(self) -> bool:
        """Return whether no mark of this session counts on it."""
        return self.decision.state in _LEFT_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyRow:
    """One row of the competencies sheet, and its criteria."""

    row: int
    decision: CompetencyDecision
    criteria: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow:
    """One row of the blocs sheet, its competencies and the jurors assigned to it.

    `competencies` and `jurors` are empty, and `deliberation_row` None, for a bloc that is held or
    not presented.
    """

    row: int
    decision: BlockDecision
    competencies: tuple[CompetencyRow, ...]
    jurors: tuple[Juror, ...]
    deliberation_row: int | None

    @property
    def criteria(self) -> Iterator[CriterionRow]:
        """Yield its criteria, in order."""
        return (item for competency in self.competencies for item in competency.criteria)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRow:
    """One row of the sheet of épreuves."""

    row: int
    decision: AssessmentDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """One row of the summary, and the candidate's blocs.

    `name` is as lists show the candidate. `deliberation_row`, and `mention_row` below it, are None
    for a candidate who did not come, and the latter where the certification has no mentions.
    """

    row: int
    candidate: Candidate
    name: str
    decision: CandidateDecision
    judgement: CandidateJudgement
    blocks: tuple[BlockRow, ...]
    assessments: tuple[AssessmentRow, ...]
    deliberation_row: int | None
    mention_row: int | None = None

    @property
    def criteria(self) -> Iterator[tuple[BlockRow, CriterionRow]]:
        """Yield its criteria, in order."""
        return ((block, item) for block in self.blocks for item in block.criteria)


class Coverage(Enum):
    """The part of a session that a workbook shows.

    A session too large for one workbook has an index, where the jury decides, and volumes, each
    with a bloc's criteria of some candidates. What an index says of criteria are values; the rest
    is live.
    """

    WHOLE = "whole"
    INDEX = "index"
    VOLUME = "volume"


@dataclass(frozen=True, kw_only=True)
class WorkbookPlan:
    """One workbook: who and what it shows. Without `slots`, for the sake of cached properties.

    Attributes:
        name: its path in the folder of the consolidation, with `/`.
        people: who have rows, in the session's order.
        blocks: of which blocs, in the référentiel's order.
        seats: how many jurors a row must have room for.
        criteria: how many rows of criteria there are.
        missing_marks: how many criteria of the whole session still wait for a mark.
        volumes: those that an index leads to.
        carried: what the jury had written in the workbook that this one replaces.
    """

    decisions: SessionDecisions
    name: str
    coverage: Coverage
    people: tuple[CandidateId, ...]
    blocks: tuple[BlockCode, ...]
    seats: int
    criteria: int
    missing_marks: int
    volumes: tuple[WorkbookPlan, ...] = ()
    carried: Carried = field(default_factory=Carried)

    def candidates(self) -> Iterator[CandidateRow]:
        """Yield one candidate after the other, each with the rows that are theirs."""
        rows = _Rows()
        for number in self.people:
            yield self._plan_candidate(self.decisions.decided[number], rows)

    @property
    def detailed(self) -> bool:
        """Return whether criteria and competencies have rows here, so that all above is live."""
        return self.coverage is not Coverage.INDEX

    def _name_of(self, candidate: Candidate) -> str:
        """Return the candidate as a list shows them, or the word that stands for it."""
        if self.decisions.session.anonymous:
            return ANONYMOUS
        return f"{candidate.last_name} {candidate.first_name}"

    def narrowed(self, decision: CandidateDecision) -> CandidateDecision:
        """Return a decision without the blocs not shown, where nothing rests on what they share."""
        session, number = self.decisions.session, decision.candidate
        if (
            self.coverage is not Coverage.VOLUME
            or self.decisions.referential.uses_assessments
            or session.absences_of[number]
            or session.kept_of[number]
        ):
            return decision
        blocks = tuple(block for block in decision.blocks if block.code in self._shown)
        return replace(decision, blocks=blocks)

    @cached_property
    def formulas(self) -> Formulas:
        """Return the rules, as formulas."""
        return Formulas(self.decisions.referential)

    @cached_property
    def _shown(self) -> frozenset[BlockCode]:
        return frozenset(self.blocks)

    def _plan_candidate(self, decision: CandidateDecision, rows: _Rows) -> CandidateRow:
        candidate = self.decisions.session.candidate[decision.candidate]
        blocks = tuple(
            _plan_block(self.decisions.session, candidate, block, rows)
            for block in decision.blocks
            if block.code in self._shown
        )
        present = candidate.status is Status.PRESENT
        mentions = self.decisions.referential.mentions
        return CandidateRow(
            row=rows.take("candidate"),
            candidate=candidate,
            name=self._name_of(candidate),
            decision=decision,
            judgement=self.formulas.judge(
                self.decisions.session, candidate, self.narrowed(decision)
            ),
            blocks=blocks,
            assessments=tuple(
                AssessmentRow(row=rows.take("assessment"), decision=item)
                for item in decision.assessments
            ),
            deliberation_row=rows.take("deliberation") if present else None,
            mention_row=rows.take("deliberation") if present and mentions else None,
        )


@dataclass(slots=True)
class _Rows:
    """The next free row of each sheet."""

    candidate: int = HEADER_ROW + 1
    block: int = HEADER_ROW + 1
    competency: int = HEADER_ROW + 1
    criterion: int = HEADER_ROW + 1
    assessment: int = HEADER_ROW + 1
    deliberation: int = DELIBERATION_HEADER_ROW + 1

    def take(self, sheet: str, count: int = 1) -> int:
        """Take so many next rows of this sheet, and return the first."""
        row: int = getattr(self, sheet)
        setattr(self, sheet, row + count)
        return row


def _plan_block(
    session: Session, candidate: Candidate, decision: BlockDecision, rows: _Rows
) -> BlockRow:
    competencies = tuple(_plan_competency(item, rows) for item in decision.competencies)
    jurors = tuple(
        session.juror[item.juror]
        for item in session.assignments_of[candidate.id]
        if decision.code in item.blocks
    )
    return BlockRow(
        row=rows.take("block"),
        decision=decision,
        competencies=competencies,
        jurors=jurors,
        deliberation_row=rows.take("deliberation") if competencies else None,
    )


def _plan_competency(decision: CompetencyDecision, rows: _Rows) -> CompetencyRow:
    first = rows.take("criterion", len(decision.criteria))
    criteria = tuple(
        CriterionRow(row=row, decision=item) for row, item in enumerate(decision.criteria, first)
    )
    return CompetencyRow(row=rows.take("competency"), decision=decision, criteria=criteria)
