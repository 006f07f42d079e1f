"""Laws that hold for every référentiel, session and marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import pytest
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from tries import tries

from sheetgen.model import (
    BlockOutcome,
    CertificationOutcome,
    CompetencyOutcome,
    CriterionState,
    Merge,
    Rules,
    TieBreak,
)
from sheetgen.rules import ReasonCode, decide_candidate, decide_session, seats_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import DrawFn
    from strategies import MarksByPair, Scenario

    from sheetgen.model import BlockDecision, CandidateDecision

MONOTONE = (Merge.MEAN, Merge.MEDIAN, Merge.MINIMUM, Merge.MAXIMUM)
"""The merges under which raising one mark never lowers anything."""

BLOCK_RANK = {
    BlockOutcome.NOT_VALIDATED: 0,
    BlockOutcome.TO_DELIBERATE: 1,
    BlockOutcome.VALIDATED: 2,
}
COMPETENCY_RANK = {
    CompetencyOutcome.NOT_ACQUIRED: 0,
    CompetencyOutcome.TO_DELIBERATE: 1,
    CompetencyOutcome.ACQUIRED: 2,
}
CERTIFICATION_RANK = {
    CertificationOutcome.NOT_AWARDED: 0,
    CertificationOutcome.PARTIAL: 1,
    CertificationOutcome.AWARDED: 2,
}


def decide(scenario: Scenario) -> tuple[CandidateDecision, ...]:
    """Return what is proposed for the scenario's candidates."""
    return decide_session(scenario.referential, scenario.session, scenario.marks)


def blocks(scenario: Scenario) -> Iterator[BlockDecision]:
    """Every bloc of every candidate."""
    for decision in decide(scenario):
        yield from decision.blocks


@tries(60)
@given(scenario=strategies.scenarios(), data=st.data())
def test_the_order_of_people_and_marks_changes_nothing(
    scenario: Scenario, data: st.DataObject
) -> None:
    """Candidates, jurors, assignments and grids in any order give the same decisions."""
    session = replace(
        scenario.session,
        candidates=tuple(data.draw(st.permutations(scenario.session.candidates))),
        jurors=tuple(data.draw(st.permutations(scenario.session.jurors))),
        assignments=tuple(data.draw(st.permutations(scenario.session.assignments))),
    )
    marks = dict(data.draw(st.permutations(list(scenario.marks.items()))))
    assert decide(replace(scenario, session=session, marks=marks)) == decide(scenario)


@tries(60)
@given(scenario=strategies.scenarios())
def test_a_candidate_is_decided_alone_as_among_others(scenario: Scenario) -> None:
    """What others got plays no part."""
    alone = [
        decide_candidate(
            scenario.referential,
            scenario.session,
            candidate,
            {
                juror: marks
                for (person, juror), marks in scenario.marks.items()
                if person == candidate.id
            },
        )
        for candidate in scenario.session.candidates
    ]
    assert tuple(alone) == decide(scenario)


@tries(60)
@given(scenario=strategies.scenarios(), merge=st.sampled_from(MONOTONE), data=st.data())
def test_raising_a_mark_never_lowers_anything(
    scenario: Scenario, merge: Merge, data: st.DataObject
) -> None:
    """No outcome and no score, up to the certification where both are decided."""
    known = scenario.referential
    rules = replace(known.rules, merge=merge)
    lower = replace(scenario, referential=replace(known, rules=rules))
    higher = replace(lower, marks=data.draw(raised(lower)))
    for before, after in zip(decide(lower), decide(higher), strict=True):
        ranks = [CERTIFICATION_RANK.get(decision.outcome) for decision in (before, after)]
        assert None in ranks or ranks[0] <= ranks[1]  # type: ignore[operator] # neither is None
        for old, new in zip(before.blocks, after.blocks, strict=True):
            assert BLOCK_RANK.get(old.outcome, 0) <= BLOCK_RANK.get(new.outcome, 0)
            assert old.score is None or (new.score is not None and old.score <= new.score)
            for was, now in zip(old.competencies, new.competencies, strict=True):
                assert COMPETENCY_RANK.get(was.outcome, 0) <= COMPETENCY_RANK.get(now.outcome, 0)


@st.composite
def raised(draw: DrawFn, scenario: Scenario) -> MarksByPair:
    """The scenario's marks, one of which is worth more."""
    marked = [
        (pair, mark)
        for pair, marks in scenario.marks.items()
        for mark in marks.values()
        if mark.points is not None and mark.points < scenario.referential.scale.maximum
    ]
    assume(marked)
    pair, mark = draw(st.sampled_from(marked))
    better = [
        points
        for points in strategies.all_points(scenario.referential.scale)
        if mark.points is not None and points > mark.points
    ]
    points = draw(st.sampled_from(better))
    mark = builders.mark(scenario.referential, mark.juror, mark.criterion, points)
    return {**scenario.marks, pair: {**scenario.marks[pair], mark.criterion: mark}}


@pytest.mark.parametrize(
    ("rules", "before", "after"),
    [
        (Rules(merge=Merge.UNANIMITY), "1 1", "2 1"),
        (Rules(merge=Merge.MAJORITY), "1 1 0", "2 1 0"),
        (Rules(merge=Merge.MAJORITY, tie_break=TieBreak.PRESIDENT), "0 1 1", "0 2 1"),
        (Rules(merge=Merge.MAJORITY, tie_break=TieBreak.LOWER), "1 1 0", "2 1 0"),
        (Rules(merge=Merge.MAJORITY, tie_break=TieBreak.HIGHER), "1 1 1 0 0 0", "2 1 1 0 0 0"),
    ],
)
def test_raising_a_mark_may_lower_the_points_where_jurors_must_agree(
    rules: Rules, before: str, after: str
) -> None:
    """One point is lost: unanimity and majorities break up, whatever settles the tie."""
    known = builders.referential({"C1.1": 1}, rules=rules)
    count = len(before.split())
    session = builders.session(
        known, jurors=[builders.juror(f"J{n}", president=n == 1) for n in range(1, count + 1)]
    )
    points = []
    for row in (before, after):
        given_points = {f"J{n}": value for n, value in enumerate(row.split(), start=1)}
        marks = builders.marks(known, **given_points)
        decision = decide_candidate(known, session, session.candidates[0], marks)
        points.append(decision.blocks[0].competencies[0].criteria[0].points or 0)
    assert points == [1, 0]


@tries(60)
@given(scenario=strategies.scenarios())
def test_an_exempt_criterion_is_as_good_as_absent(scenario: Scenario) -> None:
    """Removed from the référentiel, where its competency keeps another, it changes nothing."""
    candidate = scenario.session.candidates[0]
    known = scenario.referential
    exempt = scenario.session.exemptions_of[candidate.id]
    removed = {
        item.code
        for items in known.criteria_of.values()
        if any(item.code not in exempt for item in items)
        for item in items
        if item.code in exempt
    }
    session = replace(
        scenario.session,
        candidates=(candidate,),
        assignments=tuple(
            item for item in scenario.session.assignments if item.candidate == candidate.id
        ),
        accommodations=tuple(
            item for item in scenario.session.accommodations if item.candidate == candidate.id
        ),
    )
    shorter = replace(
        known, criteria=tuple(item for item in known.criteria if item.code not in removed)
    )
    [whole] = decide_session(known, session, scenario.marks)
    [rest] = decide_session(shorter, session, scenario.marks)
    assert without_criteria(whole) == without_criteria(rest)


def without_criteria(decision: CandidateDecision) -> CandidateDecision:
    """The decision, down to its competencies."""
    return replace(
        decision,
        blocks=tuple(
            replace(
                block,
                competencies=tuple(replace(item, criteria=()) for item in block.competencies),
            )
            for block in decision.blocks
        ),
    )


@tries(60)
@given(scenario=strategies.scenarios())
def test_a_bloc_is_incomplete_just_where_a_mark_is_missing(scenario: Scenario) -> None:
    """A presented bloc, a criterion not exempt, a juror who gave nothing or no juror at all."""
    for decision in decide(scenario):
        candidate = scenario.session.candidate[decision.candidate]
        for block in decision.blocks:
            seats = seats_of(scenario.session, candidate.id, block.code)
            grids = [scenario.marks.get((candidate.id, seat.juror), {}) for seat in seats]
            missing = block.code in candidate.presented and any(
                not grids or any(item.code not in grid for grid in grids)
                for item in scenario.referential.criteria_of_block[block.code]
                if item.code not in scenario.session.exemptions_of[candidate.id]
            )
            assert (block.outcome is BlockOutcome.INCOMPLETE) == missing


@tries(60)
@given(scenario=strategies.scenarios())
def test_every_bloc_that_is_not_simply_validated_says_why(scenario: Scenario) -> None:
    """At least one reason, of a known code, about something in the bloc; none otherwise."""
    explained = (BlockOutcome.NOT_VALIDATED, BlockOutcome.TO_DELIBERATE, BlockOutcome.INCOMPLETE)
    codes = {code.key for code in ReasonCode}
    for block in blocks(scenario):
        assert bool(block.reasons) == (block.outcome in explained)
        inside = {str(block.code)}
        for competency in block.competencies:
            inside |= {competency.code, *(item.code for item in competency.criteria)}
        for reason in block.reasons:
            assert reason.code in codes
            assert reason.item in inside


@tries(60)
@given(scenario=strategies.scenarios())
def test_scores_are_shares_and_points_are_on_the_scale(scenario: Scenario) -> None:
    """In [0, 1]; between the bounds, and there for a marked criterion alone."""
    scale = scenario.referential.scale
    for block in blocks(scenario):
        assert block.score is None or 0 <= block.score <= 1
        for competency in block.competencies:
            assert competency.score is None or 0 <= competency.score <= 1
            for criterion in competency.criteria:
                assert (criterion.points is not None) == (criterion.state is CriterionState.MARKED)
                assert (criterion.acquired is not None) == (criterion.points is not None)
                if criterion.points is not None:
                    assert scale.minimum <= criterion.points <= scale.maximum
