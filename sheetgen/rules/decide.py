"""From the jurors' marks to what is proposed, criterion by criterion up to the certification."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sheetgen.model import (
    Assignment,
    BlockCode,
    BlockDecision,
    BlockOutcome,
    Candidate,
    CandidateDecision,
    CandidateId,
    CertificationOutcome,
    Criterion,
    CriterionCode,
    CriterionDecision,
    CriterionState,
    Juror,
    JurorCode,
    Mark,
    Referential,
    Session,
    Status,
)
from sheetgen.rules.candidate_scope import CandidateScope
from sheetgen.rules.judging import CandidateJudgement
from sheetgen.rules.rule_book import RuleBook
from sheetgen.rules.votes import Seat

Marks = Mapping[CriterionCode, Mark]
"""One juror's valid marks on one candidate; a criterion that is absent is missing."""

_NO_MARKS: Marks = {}


def seats_of(session: Session, candidate: CandidateId, block: BlockCode) -> tuple[Seat, ...]:
    """Return the jurors assigned to a candidate's bloc, in the session's order."""
    return tuple(
        _seat(session, assignment)
        for assignment in session.assignments_of[candidate]
        if block in assignment.blocks
    )


def jury_of(session: Session, candidate: CandidateId, block: BlockCode) -> tuple[Juror, ...]:
    """Return who sits for a candidate's bloc: those who mark it, évaluateurs apart, each by name.

    A bloc that évaluateurs alone mark, or nobody because documents show it, because all of it is
    kept or was not sat, is the candidate's whole jury's, as `check` counts it.
    """
    seats = seats_of(session, candidate, block)
    marking = [person for seat in seats for person in session.juror[seat.juror].people]
    sitting = tuple(juror for juror in marking if juror.sits)
    if sitting:
        return sitting
    return session.juries.sitting(session.candidate[candidate].jury)


class Seating:
    """The jurors who mark a candidate's criteria, in the session's order."""

    def __init__(self, session: Session, scope: CandidateScope, candidate: CandidateId) -> None:
        """Take the candidate's assignments; who marks what is looked up when asked for."""
        self._session = session
        self._scope = scope
        self._assignments = session.assignments_of[candidate]
        self._by_block: dict[BlockCode, tuple[Sequence[Assignment], tuple[Seat, ...]]] = {}

    def on(self, criterion: Criterion) -> tuple[Seat, ...]:
        """Return the jurors who mark a criterion; of a bloc that is not divided, the same tuple."""
        block = self._scope.referential.block_of[criterion.competency]
        if block not in self._by_block:
            assigned = [item for item in self._assignments if block in item.blocks]
            seats = tuple(_seat(self._session, item) for item in assigned)
            divided = any(item.methods_for(block) is not None for item in assigned)
            self._by_block[block] = assigned if divided else (), seats
        divided_among, seats = self._by_block[block]
        if not divided_among:
            return seats
        return tuple(
            seat
            for assignment, seat in zip(divided_among, seats, strict=True)
            if self._scope.is_marked_by(assignment, block, criterion)
        )


def seats_on(
    session: Session, scope: CandidateScope, candidate: CandidateId, criterion: Criterion
) -> tuple[Seat, ...]:
    """Return the jurors who mark one criterion of a candidate, in the session's order."""
    return Seating(session, scope, candidate).on(criterion)


def _seat(session: Session, assignment: Assignment) -> Seat:
    juror = session.juror[assignment.juror]
    presides = session.juries.presides(juror, session.candidate[assignment.candidate].jury)
    return Seat(
        juror=juror.code,
        weight=juror.weight,
        president=presides,
        in_common=bool(juror.members),
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
    known: Callable[[CandidateId], CandidateDecision | None] = lambda _: None,
) -> Iterator[CandidateDecision]:
    """Yield the proposals for one candidate after the other, by candidate number.

    Args:
        referential: with the rules.
        session: candidates, jurors, assignments, exemptions.
        marks_of: gives the valid marks of one juror's grid on one candidate, when it comes to them;
            None where that grid is missing, refused or in conflict.
        known: gives the proposals for a candidate where they were made before, of these marks.
    """
    book = RuleBook(referential)
    for candidate in sorted(session.candidates, key=lambda item: item.id):
        decided = known(candidate.id)
        if decided is not None:
            yield decided
            continue
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


def judge_grid(referential: Referential, scope: CandidateScope, marks: Marks) -> CandidateJudgement:
    """Apply the rules to one juror's own marks on what is in scope; evidence is not looked at."""
    book = RuleBook(referential)

    def merged(criterion: Criterion) -> CriterionDecision:
        mark = marks.get(criterion.code)
        seat = Seat(juror=mark.juror if mark else JurorCode(""))
        return book.rule_of(criterion).marks.decide(criterion, [(seat, mark)])

    return CandidateJudgement(book, scope, merged, evidence=None)


def judge_candidate(
    book: RuleBook,
    session: Session,
    candidate: Candidate,
    marks_by_juror: Mapping[JurorCode, Marks],
) -> CandidateJudgement:
    """Return a candidate judged, with what each judgement looked at."""
    scope = book.scopes.shared(CandidateScope.of(book.referential, session, candidate))
    seating = Seating(session, scope, candidate.id)

    def merged(criterion: Criterion) -> CriterionDecision:
        ballots = [
            (seat, marks_by_juror.get(seat.juror, _NO_MARKS).get(criterion.code))
            for seat in seating.on(criterion)
        ]
        return book.rule_of(criterion).marks.decide(criterion, ballots)

    return _judge(book, session, candidate, scope, merged)


def judge_again(
    book: RuleBook, session: Session, candidate: Candidate, decision: CandidateDecision
) -> CandidateJudgement:
    """Return a candidate judged as they were decided, from the record of it.

    Of the blocs that it holds: a part of a session has a record of some of them.
    """
    whole = CandidateScope.of(book.referential, session, candidate)
    held = {block.code for block in decision.blocks}
    scope = book.scopes.shared(
        replace(whole, blocks=tuple(code for code in whole.blocks if code in held))
    )
    seating = Seating(session, scope, candidate.id)

    decided: dict[CriterionCode, CriterionDecision] = {}

    def merged(criterion: Criterion) -> CriterionDecision:
        if not decided:  # of most candidates nothing is asked that their record does not say
            for block in decision.blocks:
                for competency in block.competencies:
                    decided.update({item.code: item for item in competency.criteria})
        known = decided[criterion.code]
        if known.state is not CriterionState.NOT_OPEN:
            return known
        given = {mark.juror: mark for mark in known.marks}
        ballots = [(seat, given.get(seat.juror)) for seat in seating.on(criterion)]
        return book.rule_of(criterion).marks.decide(criterion, ballots)

    return _judge(book, session, candidate, scope, merged)


def _judge(
    book: RuleBook,
    session: Session,
    candidate: Candidate,
    scope: CandidateScope,
    merged: Callable[[Criterion], CriterionDecision],
) -> CandidateJudgement:
    return CandidateJudgement(
        book,
        scope,
        merged,
        evidence=session.evidence_of[candidate.id],
        day=session.date,
    )


def _decide_candidate(
    book: RuleBook,
    session: Session,
    candidate: Candidate,
    marks_by_juror: Mapping[JurorCode, Marks],
) -> CandidateDecision:
    return decide_judged(judge_candidate(book, session, candidate, marks_by_juror), candidate)


def decide_judged(judgement: CandidateJudgement, candidate: Candidate) -> CandidateDecision:
    """Return the proposals for a candidate who is judged."""
    book = judgement.book

    def decide_block(block: BlockCode) -> BlockDecision:
        if block in candidate.held:
            return BlockDecision(code=block, outcome=BlockOutcome.ALREADY_HELD)
        if block not in judgement.scope.blocks:
            return BlockDecision(code=block, outcome=BlockOutcome.NOT_PRESENTED)
        return judgement.block(block).decision

    blocks = tuple(decide_block(block.code) for block in book.referential.blocks)
    if candidate.status is not Status.PRESENT:
        outcome = CertificationOutcome.ABSENT
        return CandidateDecision(candidate=candidate.id, outcome=outcome, blocks=blocks)
    outcome = book.certification.judge(blocks)
    used = judgement.assessments.values() if book.referential.uses_assessments else ()
    return CandidateDecision(
        candidate=candidate.id,
        outcome=outcome,
        blocks=blocks,
        reasons=book.certification.reasons(blocks),
        assessments=tuple(item.decision for item in used),
        mean=book.certification.mean(blocks),
        mention=book.certification.mention(outcome, blocks),
    )
