"""Several jurors' marks on one criterion as one, for every merge and tie-break."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest

from sheetgen.model import CriterionState, Merge, Rules, TieBreak
from sheetgen.rules import decide_candidate, weighs_jurors

if TYPE_CHECKING:
    from sheetgen.model import CriterionDecision, Juror, Scale

HEAVY_PRESIDENT = (
    builders.juror("J1", weight=2, president=True),
    builders.juror("J2"),
    builders.juror("J3"),
)
EQUALS = tuple(builders.juror(f"J{place}", president=place == 1) for place in range(1, 6))


def merge(
    rules: Rules,
    points: str,
    *,
    jurors: tuple[Juror, ...] = EQUALS,
    scale: Scale | None = None,
) -> CriterionDecision:
    """One criterion, marked by as many of the jurors as there are points."""
    known = builders.referential({"C1.1": 1}, rules=rules, scale=scale)
    given = points.split()
    jury = jurors[: len(given)]
    session = builders.session(known, jurors=jury)
    marks = builders.marks(known, **{j.code: p for j, p in zip(jury, given, strict=True)})
    decision = decide_candidate(known, session, session.candidates[0], marks)
    return decision.blocks[0].competencies[0].criteria[0]


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        (Merge.MEAN, "2 1", "3/2"),
        (Merge.MEAN, "2 2 1", "5/3"),
        (Merge.MEDIAN, "2 0 0", "0"),
        (Merge.MEDIAN, "2 0 1 2", "3/2"),
        (Merge.MAJORITY, "2 0 0", "0"),
        (Merge.MAJORITY, "1 2 2 0", "2"),
        (Merge.MINIMUM, "2 1 2", "1"),
        (Merge.MAXIMUM, "0 1 0", "1"),
        (Merge.UNANIMITY, "2 2", "2"),
        (Merge.UNANIMITY, "0 1", "1/2"),
    ],
)
def test_jurors_of_equal_weight_are_merged(rule: Merge, points: str, expected: str) -> None:
    """Each merge, worked out by hand on the shipped scale."""
    decision = merge(Rules(merge=rule), points)
    assert decision.state is CriterionState.MARKED
    assert decision.points == Fraction(expected)


@pytest.mark.parametrize("rule", Merge)
def test_weights_are_said_to_count_where_they_change_a_mark(rule: Merge) -> None:
    """Of three unlike marks, and of three that are acquired: `check` warns by this alone."""
    notes = builders.note_scale()
    changed = [
        points
        for points in ("12 14 16", "12 16 16", "4 14 16")
        if merge(Rules(merge=rule), points, jurors=HEAVY_PRESIDENT, scale=notes).points
        != merge(Rules(merge=rule), points, scale=notes).points
    ]
    assert bool(changed) is weighs_jurors(rule)


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        (Merge.MEAN, "2 0 1", "5/4"),
        (Merge.MEDIAN, "2 0 1", "1"),
        (Merge.MAJORITY, "2 0 1", "2"),
        (Merge.MINIMUM, "2 0 1", "0"),
        (Merge.MAXIMUM, "0 1 1", "1"),
        (Merge.UNANIMITY, "0 1 1", "1/2"),
    ],
)
def test_a_juror_counts_twice_where_the_merge_is_weighted(
    rule: Merge, points: str, expected: str
) -> None:
    """With weights 2, 1 and 1: mean, majority and unanimity weigh, the others do not."""
    decision = merge(Rules(merge=rule), points, jurors=HEAVY_PRESIDENT)
    assert decision.points == Fraction(expected)


@pytest.mark.parametrize(
    ("tie_break", "points", "expected"),
    [
        (TieBreak.DELIBERATION, "2 1", None),
        (TieBreak.PRESIDENT, "1 2", "1"),
        (TieBreak.PRESIDENT, "0 2 2 1 1", None),
        (TieBreak.PRESIDENT, "- 2 1", None),
        (TieBreak.LOWER, "2 0 1", "0"),
        (TieBreak.HIGHER, "1 0 2 0 2", "2"),
        (TieBreak.HIGHER, "1 0 0", "0"),
    ],
)
def test_a_tied_majority_is_settled(tie_break: TieBreak, points: str, expected: str | None) -> None:
    """J1 presides; a president who marked none of the tied, or nothing, settles nothing."""
    decision = merge(Rules(merge=Merge.MAJORITY, tie_break=tie_break), points)
    assert decision.points == (None if expected is None else Fraction(expected))
    undecided = expected is None
    assert decision.state is (CriterionState.UNDECIDED if undecided else CriterionState.MARKED)


def test_a_majority_of_notes_is_of_equal_notes() -> None:
    """12.5 twice outweighs 20 once."""
    decision = merge(Rules(merge=Merge.MAJORITY), "12.5 20 12.5", scale=builders.note_scale())
    assert decision.points == Fraction(25, 2)


def test_a_tie_of_decimal_weights_is_a_tie() -> None:
    """0.1 and 0.2 together weigh exactly as much as 0.3."""
    jurors = tuple(
        builders.juror(f"J{place}", weight=weight)
        for place, weight in enumerate(["0.1", "0.2", "0.3"], start=1)
    )
    rules = Rules(merge=Merge.MAJORITY, tie_break=TieBreak.LOWER)
    assert merge(rules, "0 0 2", jurors=jurors).points == 0
    assert merge(rules, "2 2 0", jurors=jurors).points == 0


def test_jurors_who_disagree_on_acquired_leave_it_to_the_jury() -> None:
    """Under unanimity, one acquired and one not make an undecided criterion without points."""
    decision = merge(Rules(merge=Merge.UNANIMITY), "2 1")
    assert decision.state is CriterionState.UNDECIDED
    assert decision.points is None
    assert decision.acquired is None


@pytest.mark.parametrize("rule", Merge)
def test_those_who_did_not_observe_are_left_out(rule: Merge) -> None:
    """The one juror who observed decides, whatever the merge."""
    decision = merge(Rules(merge=rule), "- 1 -")
    assert decision.state is CriterionState.MARKED
    assert decision.points == 1


@pytest.mark.parametrize("rule", Merge)
def test_what_nobody_observed_has_no_points(rule: Merge) -> None:
    """All chose « Non observé »."""
    decision = merge(Rules(merge=rule), "- - -")
    assert decision.state is CriterionState.NOT_OBSERVED
    assert decision.points is None
    assert decision.acquired is None


@pytest.mark.parametrize("points", ["2 .", ". .", "- ."])
def test_one_blank_mark_makes_the_criterion_missing(points: str) -> None:
    """Blank is neither zero nor not observed."""
    decision = merge(Rules(), points)
    assert decision.state is CriterionState.MISSING
    assert decision.points is None
    assert not decision.divergent


def test_the_marks_that_are_there_are_kept_in_the_jurors_order() -> None:
    """A missing criterion still shows the marks that came back, sorted by juror."""
    decision = merge(Rules(), "2 . 0", jurors=tuple(reversed(HEAVY_PRESIDENT)))
    assert [str(mark.juror) for mark in decision.marks] == ["J1", "J3"]
    assert [mark.points for mark in decision.marks] == [0, 2]


def test_a_grid_that_did_not_come_back_makes_its_criteria_missing() -> None:
    """A juror absent from the marks has not marked anything."""
    known = builders.referential({"C1.1": 1})
    session = builders.session(known)
    marks = builders.marks(known, J1="2")
    decision = decide_candidate(known, session, session.candidates[0], marks)
    assert decision.blocks[0].competencies[0].criteria[0].state is CriterionState.MISSING


def test_a_bloc_without_a_juror_is_missing() -> None:
    """Nobody assigned is nobody's mark, even where grids came back."""
    known = builders.referential({"C1.1": 1, "C2.1": 1})
    session = builders.session(known, assignments=[("1", "J1", ["BC01"])])
    marks = builders.marks(known, J1="2 2")
    decision = decide_candidate(known, session, session.candidates[0], marks)
    states = [block.competencies[0].criteria[0].state for block in decision.blocks]
    assert states == [CriterionState.MARKED, CriterionState.MISSING]


def test_an_exempt_criterion_holds_no_mark() -> None:
    """What a juror wrote there all the same is ignored."""
    known = builders.referential({"C1.1": 2})
    session = builders.session(known, accommodations=[builders.exemption("C1.1.1")])
    marks = builders.marks(known, J1="0 2", J2="0 2")
    decision = decide_candidate(known, session, session.candidates[0], marks)
    exempt = decision.blocks[0].competencies[0].criteria[0]
    assert exempt.state is CriterionState.EXEMPT
    assert exempt.points is None
    assert exempt.acquired is None
    assert exempt.marks == ()


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        (Merge.MEAN, "2 0", True),
        (Merge.MEAN, "2 1", False),
        (Merge.MINIMUM, "2 - 0", True),
        (Merge.UNANIMITY, "0 2 1", True),
        (Merge.MEAN, "2 0 .", False),
        (Merge.MEAN, "- -", False),
    ],
)
def test_jurors_too_far_apart_are_flagged(rule: Merge, points: str, expected: bool) -> None:
    """Two points apart, the default, reached exactly; never where a mark is missing."""
    assert merge(Rules(merge=rule), points).divergent is expected


def test_nothing_is_flagged_where_the_school_wants_no_flag() -> None:
    """« Écart à signaler » left blank."""
    assert not merge(Rules(divergence=None), "2 0").divergent


@pytest.mark.parametrize(("points", "expected"), [("2 2", True), ("2 1", False), ("1 1", False)])
def test_merged_points_are_acquired_from_the_lowest_acquired_level(
    points: str, expected: bool
) -> None:
    """On the shipped scale only 2 points are acquired; 1.5 are not."""
    assert merge(Rules(), points).acquired is expected


@pytest.mark.parametrize(("points", "expected"), [("10 10", True), ("9.5 10", False)])
def test_a_merged_note_is_acquired_from_the_note_the_school_says(
    points: str, expected: bool
) -> None:
    """10 out of 20 is acquired, 9.75 is not."""
    assert merge(Rules(), points, scale=builders.note_scale()).acquired is expected
