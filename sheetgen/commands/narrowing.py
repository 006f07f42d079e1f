"""Records narrowed to some of a session's people: what a share of the work takes along.

What is made for these people from the narrowed records is what would be made from the whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.documents import Settled
    from sheetgen.model import (
        Assignment,
        CandidateDecision,
        CandidateId,
        JurorCode,
        Session,
        SessionDecisions,
    )


def narrow_session(session: Session, people: Collection[CandidateId]) -> Session:
    """Return the session with these candidates alone, and the whole jury."""
    return replace(
        session,
        candidates=tuple(session.candidate[item] for item in people),
        assignments=tuple(
            assignment for item in people for assignment in session.assignments_of[item]
        ),
        accommodations=tuple(item for item in session.accommodations if item.candidate in people),
    )


def narrow_assignments(session: Session, assignments: Sequence[Assignment]) -> Session:
    """Return the session with these assignments alone, their candidates, and the whole jury."""
    people = dict.fromkeys(item.candidate for item in assignments)
    return replace(narrow_session(session, people), assignments=tuple(assignments))


def narrow_jurors(session: Session, jurors: Collection[JurorCode]) -> Session:
    """Return the session with these jurors' assignments alone, without arrangements."""
    assignments = [item for item in session.assignments if item.juror in jurors]
    return replace(narrow_assignments(session, assignments), accommodations=())


def narrow_decisions(
    decisions: SessionDecisions, part: Sequence[CandidateDecision]
) -> SessionDecisions:
    """Return the decisions on these candidates alone, as provisional as the whole."""
    people = dict.fromkeys(item.candidate for item in part)
    session = narrow_session(decisions.session, people)
    pairs = ((item.candidate, item.juror) for item in session.assignments)
    return replace(
        decisions,
        session=session,
        candidates=tuple(part),
        returns=tuple(decisions.counted[pair] for pair in pairs if pair in decisions.counted),
        missing=tuple(item for item in decisions.missing if item[0] in people),
        problems=(),
    )


def narrow_plan(plan: WorkbookPlan) -> WorkbookPlan:
    """Return the plan of a workbook, narrowed to some blocs of some candidates.

    The hashes of all returns stay, which the workbook bears, and what is missing, which it counts.
    """
    decisions = plan.decisions
    return replace(
        plan,
        decisions=replace(
            decisions,
            session=narrow_session(decisions.session, plan.people),
            candidates=tuple(_narrowed(decisions.decided[item], plan) for item in plan.people),
            returns=tuple(replace(item, problems=()) for item in decisions.counted.values()),
            problems=(),
        ),
    )


def _narrowed(decision: CandidateDecision, plan: WorkbookPlan) -> CandidateDecision:
    blocks = tuple(block for block in decision.blocks if block.code in plan.blocks)
    return replace(decision, blocks=blocks)


def narrow_settled(settled: Settled, part: Sequence[CandidateDecision]) -> Settled:
    """Return the jury's decisions on these candidates alone."""
    people = [decision.candidate for decision in part]
    rulings = settled.deliberation.rulings
    return replace(
        settled,
        decisions=narrow_decisions(settled.decisions, part),
        reissue=settled.reissue.of(people) if settled.reissue else None,
        deliberation=replace(
            settled.deliberation, rulings={number: rulings[number] for number in people}
        ),
    )
