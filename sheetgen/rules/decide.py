"""From the jurors' marks to what is proposed, criterion by criterion up to the certification."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sheetgen.model import (
    BlockCode,
    BlockDecision,
    BlockOutcome,
    Candidate,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    Competency,
    CompetencyDecision,
    Criterion,
    CriterionCode,
    CriterionDecision,
    JurorCode,
    JurorRole,
    Mark,
    Referential,
    Session,
    Status,
)
from sheetgen.rules.block import BlockResult, block_condition
from sheetgen.rules.certification import CertificationCondition
from sheetgen.rules.competency import CompetencyResult, competency_condition
from sheetgen.rules.criterion import CriterionRule
from sheetgen.rules.merge import Seat

Marks = Mapping[CriterionCode, Mark]
"""One juror's valid marks on one candidate; a criterion that is absent is missing."""


class RuleBook:
    """The rules a school chose, each in its class, applied level by level."""

    def __init__(self, referential: Referential) -> None:
        scale, rules = referential.scale, referential.rules
        self.referential = referential
        self.criterion = CriterionRule(scale, rules)
        self.competency = competency_condition(scale, rules)
        self.block = block_condition(rules)
        self.certification = CertificationCondition(rules)

    def judge_competency(
        self, competency: Competency, decisions: Sequence[CriterionDecision]
    ) -> CompetencyResult:
        """Apply the rules to a competency, from its criteria as decided."""
        criteria = self.referential.criteria_of[competency.code]
        counted_criteria = [
            self.criterion.count(criterion, decision)
            for criterion, decision in zip(criteria, decisions, strict=True)
        ]
        return self.competency.judge(competency, counted_criteria)

    def judge_block(self, block: BlockCode, decisions: Sequence[CompetencyDecision]) -> BlockResult:
        """Apply the rules to a bloc, from its criteria as decided."""
        competencies = self.referential.competencies_of[block]
        judged = [
            self.judge_competency(competency, decision.criteria)
            for competency, decision in zip(competencies, decisions, strict=True)
        ]
        return self.block.judge(block, judged)

    def decide_block(
        self, block: BlockCode, decide: Callable[[Criterion], CriterionDecision]
    ) -> BlockDecision:
        """Return a presented bloc, its criteria decided one by one."""
        judged = []
        competencies = []
        for competency in self.referential.competencies_of[block]:
            criteria = tuple(map(decide, self.referential.criteria_of[competency.code]))
            result = self.judge_competency(competency, criteria)
            judged.append(result)
            competencies.append(
                CompetencyDecision(
                    code=competency.code,
                    outcome=result.outcome,
                    score=result.score,
                    criteria=criteria,
                )
            )
        block_result = self.block.judge(block, judged)
        return BlockDecision(
            code=block,
            outcome=block_result.outcome,
            score=block_result.score,
            reasons=block_result.reasons,
            competencies=tuple(competencies),
        )


def seats_of(session: Session, candidate: CandidateId, block: BlockCode) -> tuple[Seat, ...]:
    """Return the jurors assigned to a candidate's bloc, in the session's order."""
    assigned = [
        session.juror[assignment.juror]
        for assignment in session.assignments_of[candidate]
        if block in assignment.blocks
    ]
    return tuple(
        Seat(
            juror=juror.code,
            weight=juror.weight,
            president=juror.role is JurorRole.PRESIDENT,
        )
        for juror in assigned
    )


def decide_session(
    referential: Referential,
    session: Session,
    marks: Mapping[tuple[CandidateId, JurorCode], Marks],
) -> tuple[CandidateDecision, ...]:
    """Decide every candidate by the rules; return the proposals by candidate number.

    Args:
        referential: with the rules.
        session: candidates, jurors, assignments, exemptions.
        marks: the valid marks of each grid that counts. A candidate and juror absent from it is a
            grid missing, refused or in conflict.
    """
    return tuple(
        decide_each(referential, session, lambda candidate, juror: marks.get((candidate, juror)))
    )


def decide_each(
    referential: Referential,
    session: Session,
    marks_of: Callable[[CandidateId, JurorCode], Marks | None],
) -> Iterator[CandidateDecision]:
    """Yield the proposals for one candidate after the other, by candidate number.

    Args:
        referential: with the rules.
        session: candidates, jurors, assignments, exemptions.
        marks_of: gives the valid marks of one juror's grid on one candidate, when it comes to them;
            None where that grid is missing, refused or in conflict.
    """
    book = RuleBook(referential)
    for candidate in sorted(session.candidates, key=lambda item: item.id):
        jurors = (assignment.juror for assignment in session.assignments_of[candidate.id])
        given = {juror: marks_of(candidate.id, juror) for juror in jurors}
        counted = {juror: marks for juror, marks in given.items() if marks is not None}
        yield _decide_candidate(book, session, candidate, counted)


def decide_candidate(
    referential: Referential,
    session: Session,
    candidate: Candidate,
    marks_by_juror: Mapping[JurorCode, Marks],
) -> CandidateDecision:
    """Return the proposals for one candidate; arguments as for `decide_session`."""
    return _decide_candidate(RuleBook(referential), session, candidate, marks_by_juror)


def decide_grid(
    referential: Referential,
    exemptions: Collection[CriterionCode],
    blocks: Sequence[BlockCode],
    marks: Marks,
) -> tuple[BlockDecision, ...]:
    """Apply the rules to one juror's own marks, for the blocs that juror marks.

    Args:
        referential: with the rules.
        exemptions: the candidate's criteria exempted with effect.
        blocks: the blocs of the grid.
        marks: the juror's valid marks.
    """
    book = RuleBook(referential)

    def decide(criterion: Criterion) -> CriterionDecision:
        mark = marks.get(criterion.code)
        seat = Seat(juror=mark.juror if mark else JurorCode(""))
        exempt = criterion.code in exemptions
        return book.criterion.decide(criterion, [(seat, mark)], exempt=exempt)

    return tuple(book.decide_block(block, decide) for block in blocks)


def _decide_candidate(
    book: RuleBook,
    session: Session,
    candidate: Candidate,
    marks_by_juror: Mapping[JurorCode, Marks],
) -> CandidateDecision:
    present = candidate.status is Status.PRESENT
    exemptions = session.exemptions_of[candidate.id]

    def decide_block(block: BlockCode) -> BlockDecision:
        if block in candidate.held:
            return BlockDecision(code=block, outcome=BlockOutcome.ALREADY_HELD)
        if not present or block not in candidate.presented:
            return BlockDecision(code=block, outcome=BlockOutcome.NOT_PRESENTED)
        seats = seats_of(session, candidate.id, block)
        given = [(seat, marks_by_juror.get(seat.juror, {})) for seat in seats]

        def decide(criterion: Criterion) -> CriterionDecision:
            ballots = [(seat, marks.get(criterion.code)) for seat, marks in given]
            exempt = criterion.code in exemptions
            return book.criterion.decide(criterion, ballots, exempt=exempt)

        return book.decide_block(block, decide)

    blocks = tuple(decide_block(block.code) for block in book.referential.blocks)
    if not present:
        outcome = CertificationOutcome.ABSENT
        return CandidateDecision(candidate=candidate.id, outcome=outcome, blocks=blocks)
    return CandidateDecision(
        candidate=candidate.id,
        outcome=book.certification.judge(blocks),
        blocks=blocks,
        reasons=book.certification.reasons(blocks),
    )
