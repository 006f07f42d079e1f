"""Acquisition of a competency, for every rule value, in both readings."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest

from sheetgen.model import CompetencyOutcome, CompetencyRule, CriterionCode, Rules, Unobserved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.model import CompetencyDecision, Criterion, Scale

ACQUIRED = CompetencyOutcome.ACQUIRED
NOT_ACQUIRED = CompetencyOutcome.NOT_ACQUIRED
TO_DELIBERATE = CompetencyOutcome.TO_DELIBERATE
INCOMPLETE = CompetencyOutcome.INCOMPLETE


def plain(count: int) -> list[Criterion]:
    """So many criteria of weight 1."""
    return [builders.criterion(f"C1.1.{place}") for place in range(1, count + 1)]


def weighted(*weights: str) -> list[Criterion]:
    """Criteria of these weights."""
    return [
        builders.criterion(f"C1.1.{place}", weight=weight)
        for place, weight in enumerate(weights, start=1)
    ]


def decide(
    criteria: Iterable[Criterion],
    points: str,
    rules: Rules,
    *,
    exempt: Iterable[str] = (),
    scale: Scale | None = None,
) -> CompetencyDecision:
    """One competency, marked by one juror."""
    known = builders.referential(criteria, rules=rules, scale=scale)
    exemptions = frozenset(map(CriterionCode, exempt))
    marks = builders.own_marks(known, points)
    return builders.decide_grid(known, exemptions, [known.blocks[0].code], marks)[0].competencies[0]


def percentage(threshold: str, unobserved: Unobserved = Unobserved.TO_DELIBERATE) -> Rules:
    """« pourcentage de critères » at this threshold."""
    return Rules(
        competency_rule=CompetencyRule.PERCENTAGE,
        competency_threshold=Fraction(threshold),
        unobserved=unobserved,
    )


@pytest.mark.parametrize(("points", "expected"), [("2 2 2", ACQUIRED), ("2 2 1", NOT_ACQUIRED)])
def test_all_criteria_are_asked_for(points: str, expected: CompetencyOutcome) -> None:
    """« tous les critères »: one that is not acquired is enough to lose."""
    rules = Rules(competency_rule=CompetencyRule.ALL)
    assert decide(plain(3), points, rules).outcome is expected


@pytest.mark.parametrize(("points", "expected"), [("2 2 0", ACQUIRED), ("2 0 0", NOT_ACQUIRED)])
def test_so_many_criteria_are_asked_for(points: str, expected: CompetencyOutcome) -> None:
    """« nombre de critères »: two of three."""
    rules = Rules(competency_rule=CompetencyRule.COUNT, competency_threshold=Fraction(2))
    assert decide(plain(3), points, rules).outcome is expected


@pytest.mark.parametrize(("points", "expected"), [("0 2 2", ACQUIRED), ("0 2 0", NOT_ACQUIRED)])
def test_fewer_criteria_left_than_asked_for_must_all_be_acquired(
    points: str, expected: CompetencyOutcome
) -> None:
    """Three asked for, two left after an exemption."""
    rules = Rules(competency_rule=CompetencyRule.COUNT, competency_threshold=Fraction(3))
    assert decide(plain(3), points, rules, exempt=["C1.1.1"]).outcome is expected


@pytest.mark.parametrize(
    ("weights", "points", "threshold", "expected"),
    [
        ("1 1", "2 0", "1/2", ACQUIRED),
        ("1 1 1", "2 0 0", "1/2", NOT_ACQUIRED),
        ("1 1 1 1 1 1 1 1 1 1", "2 2 2 2 2 2 2 0 0 0", "0.7", ACQUIRED),
        ("0.1 0.2 0.7", "2 2 0", "0.3", ACQUIRED),
        ("1 1 1", "2 2 0", "0.6666", ACQUIRED),
        ("1 1 1", "2 2 0", "0.6667", NOT_ACQUIRED),
        ("1 1 1", "2 2 0", "2/3", ACQUIRED),
        ("133 67", "2 0", "0.665", ACQUIRED),
        ("133 67", "2 0", "0.6651", NOT_ACQUIRED),
        ("3 1", "2 0", "0.75", ACQUIRED),
        ("3 1", "0 2", "0.75", NOT_ACQUIRED),
    ],
)
def test_a_weighted_share_is_asked_for(
    weights: str, points: str, threshold: str, expected: CompetencyOutcome
) -> None:
    """« pourcentage de critères »: the threshold is reached at equality, exactly."""
    decision = decide(weighted(*weights.split()), points, percentage(threshold))
    assert decision.outcome is expected


@pytest.mark.parametrize(
    ("points", "threshold", "expected"),
    [
        ("2 1 0", "1/2", ACQUIRED),
        ("2 1 0", "0.51", NOT_ACQUIRED),
        ("2 1 1", "2/3", ACQUIRED),
        ("1 1 1", "1/2", ACQUIRED),
    ],
)
def test_a_mean_score_is_asked_for(
    points: str, threshold: str, expected: CompetencyOutcome
) -> None:
    """« moyenne »: what is partly acquired counts for its points."""
    rules = Rules(competency_rule=CompetencyRule.MEAN, competency_threshold=Fraction(threshold))
    assert decide(plain(3), points, rules).outcome is expected


def test_a_score_is_the_weighted_mean_between_the_scale_s_bounds() -> None:
    """(3·(2 − 0) + 1·(1 − 0)) / 2 / 4 = 7/8."""
    assert decide(weighted("3", "1"), "2 1", Rules()).score == Fraction(7, 8)


def test_the_lowest_points_are_a_score_of_zero_whatever_they_are() -> None:
    """From 1 to 5, a note of 2 is a quarter of the way."""
    scale = builders.note_scale(minimum=1, maximum=5, step=1, acquired_from=3)
    assert decide(plain(1), "2", Rules(), scale=scale).score == Fraction(1, 4)


@pytest.mark.parametrize("rule", CompetencyRule)
def test_a_mandatory_criterion_not_acquired_loses_the_competency(rule: CompetencyRule) -> None:
    """Whatever the rest reaches."""
    criteria = [builders.criterion("C1.1.1", mandatory=True), *plain(4)[1:]]
    rules = Rules(competency_rule=rule, competency_threshold=Fraction(1, 4))
    assert decide(criteria, "1 2 2 2", rules).outcome is NOT_ACQUIRED


def test_a_mandatory_criterion_that_is_exempt_asks_for_nothing() -> None:
    """It is left out of everything."""
    criteria = [builders.criterion("C1.1.1", mandatory=True), *plain(2)[1:]]
    decision = decide(criteria, "0 2", Rules(), exempt=["C1.1.1"])
    assert decision.outcome is ACQUIRED
    assert decision.score == 1


def test_one_missing_mark_makes_the_competency_incomplete() -> None:
    """Even where the rest suffices; nothing is scored."""
    decision = decide(plain(3), "2 2 .", percentage("1/2"))
    assert decision.outcome is INCOMPLETE
    assert decision.score is None


def test_a_competency_whose_criteria_are_all_exempt_goes_to_the_jury() -> None:
    """It is acquired at best and not at worst, without a score."""
    decision = decide(plain(2), "2 2", Rules(), exempt=["C1.1.1", "C1.1.2"])
    assert decision.outcome is TO_DELIBERATE
    assert decision.score is None


@pytest.mark.parametrize(
    ("treatment", "expected", "score"),
    [
        (Unobserved.TO_DELIBERATE, TO_DELIBERATE, None),
        (Unobserved.LEFT_OUT, ACQUIRED, Fraction(1)),
        (Unobserved.NOT_ACQUIRED, NOT_ACQUIRED, Fraction(1, 2)),
    ],
)
def test_the_unobserved_counts_as_the_school_says(
    treatment: Unobserved, expected: CompetencyOutcome, score: Fraction | None
) -> None:
    """One criterion acquired, one not observed, 60 % asked for."""
    decision = decide(plain(2), "2 -", percentage("0.6", treatment))
    assert decision.outcome is expected
    assert decision.score == score


@pytest.mark.parametrize(
    ("points", "expected"), [("2 2 -", ACQUIRED), ("0 0 -", NOT_ACQUIRED), ("2 0 -", TO_DELIBERATE)]
)
def test_the_unobserved_goes_to_the_jury_only_where_it_matters(
    points: str, expected: CompetencyOutcome
) -> None:
    """Half is asked for: both readings of the third criterion agree on the first two cases."""
    decision = decide(plain(3), points, percentage("1/2"))
    assert decision.outcome is expected
    assert decision.score is None


def test_a_competency_left_out_altogether_goes_to_the_jury() -> None:
    """Nothing observed and the unobserved left out leaves nothing."""
    decision = decide(plain(2), "- -", percentage("1/2", Unobserved.LEFT_OUT))
    assert decision.outcome is TO_DELIBERATE


@pytest.mark.parametrize(
    ("rule", "points", "expected"),
    [
        (CompetencyRule.PERCENTAGE, "2 2 2 0 0", ACQUIRED),
        (CompetencyRule.PERCENTAGE, "2 2 0 0 0", TO_DELIBERATE),
        (CompetencyRule.PERCENTAGE, "2 0 0 0 0", NOT_ACQUIRED),
        (CompetencyRule.MEAN, "2 2 2 0 0", ACQUIRED),
        (CompetencyRule.MEAN, "2 1 1 0 0", TO_DELIBERATE),
        (CompetencyRule.MEAN, "2 1 0 0 0", NOT_ACQUIRED),
    ],
)
def test_just_below_the_threshold_the_jury_decides(
    rule: CompetencyRule, points: str, expected: CompetencyOutcome
) -> None:
    """60 % asked for with a zone of 20 points: 40 % is still in it, with its score."""
    rules = Rules(
        competency_rule=rule,
        competency_threshold=Fraction("0.6"),
        deliberation_zone=Fraction("0.2"),
    )
    decision = decide(plain(5), points, rules)
    assert decision.outcome is expected
    assert decision.score is not None


@pytest.mark.parametrize("rule", [CompetencyRule.ALL, CompetencyRule.COUNT])
def test_the_zone_is_for_percentages_alone(rule: CompetencyRule) -> None:
    """A count is reached or it is not."""
    rules = Rules(
        competency_rule=rule, competency_threshold=Fraction(2), deliberation_zone=Fraction("0.9")
    )
    assert decide(plain(2), "2 0", rules).outcome is NOT_ACQUIRED
