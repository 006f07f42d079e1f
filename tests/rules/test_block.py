"""Validation of a bloc, for every rule value, in both readings, and why when it is not."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
from strategies import COMPETENCY_RULES

from sheetgen.model import BlockOutcome, BlockRule, CompetencyRule, CriterionCode, Merge, Rules
from sheetgen.rules import decide_candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.model import BlockDecision, Competency, Criterion

VALIDATED = BlockOutcome.VALIDATED
NOT_VALIDATED = BlockOutcome.NOT_VALIDATED
TO_DELIBERATE = BlockOutcome.TO_DELIBERATE
INCOMPLETE = BlockOutcome.INCOMPLETE

THREE = [builders.criterion(f"C1.{place}.1") for place in (1, 2, 3)]
"""One criterion in each of three competencies: what happens to it happens to its competency."""


def decide(
    criteria: Iterable[Criterion],
    points: str,
    rules: Rules,
    *,
    competencies: Iterable[Competency] = (),
    exempt: Iterable[str] = (),
) -> BlockDecision:
    """One bloc, marked by one juror."""
    known = builders.referential(criteria, competencies=competencies, rules=rules)
    exemptions = frozenset(map(CriterionCode, exempt))
    marks = builders.own_marks(known, points)
    return builders.decide_grid(known, exemptions, [known.blocks[0].code], marks)[0]


def reasons(decision: BlockDecision) -> list[tuple[str, str]]:
    """The reasons without their sentences."""
    return [(reason.code, reason.item) for reason in decision.reasons]


def threshold(rule: BlockRule, value: str) -> Rules:
    """This bloc rule at this threshold."""
    return Rules(block_rule=rule, block_threshold=Fraction(value))


def test_a_bloc_with_all_its_competencies_is_validated() -> None:
    """« toutes les compétences », and no reason is needed."""
    decision = decide(THREE, "2 2 2", Rules())
    assert decision.outcome is VALIDATED
    assert decision.score == 1
    assert decision.reasons == ()


def test_one_competency_not_acquired_loses_the_bloc() -> None:
    """« toutes les compétences », and the reason names it."""
    decision = decide(THREE, "2 1 2", Rules())
    assert decision.outcome is NOT_VALIDATED
    assert decision.score == Fraction(5, 6)
    assert reasons(decision) == [("competency_not_acquired", "C1.2")]
    assert decision.reasons[0].message == "Compétence C1.2 : non acquise."


@pytest.mark.parametrize(
    ("value", "expected"), [("2/3", VALIDATED), ("0.6666", VALIDATED), ("0.6667", NOT_VALIDATED)]
)
def test_a_share_of_the_competencies_is_asked_for(value: str, expected: BlockOutcome) -> None:
    """« pourcentage de compétences »: two of three, reached at equality."""
    decision = decide(THREE, "2 2 0", threshold(BlockRule.PERCENTAGE, value))
    assert decision.outcome is expected


def test_a_share_of_the_competencies_is_weighted() -> None:
    """A competency of weight 2 is half of the three."""
    competencies = [builders.competency("C1.1", weight=2)]
    rules = threshold(BlockRule.PERCENTAGE, "0.5")
    assert decide(THREE, "2 0 0", rules, competencies=competencies).outcome is VALIDATED
    assert decide(THREE, "0 2 0", rules, competencies=competencies).outcome is NOT_VALIDATED


def test_a_share_not_reached_is_explained() -> None:
    """By how far it is, and by the competencies not acquired."""
    decision = decide(THREE, "2 0 0", threshold(BlockRule.PERCENTAGE, "0.665"))
    assert reasons(decision) == [
        ("below_threshold", "BC01"),
        ("competency_not_acquired", "C1.2"),
        ("competency_not_acquired", "C1.3"),
    ]
    assert decision.reasons[0].message == (
        "Bloc BC01 : résultat de 33,33 %, pour un seuil de 66,5 %."
    )


@pytest.mark.parametrize(("points", "expected"), [("2 1 1", VALIDATED), ("1 1 1", NOT_VALIDATED)])
def test_a_mean_of_the_scores_is_asked_for(points: str, expected: BlockOutcome) -> None:
    """« moyenne »: two thirds of the points are asked for, acquired or not."""
    assert decide(THREE, points, threshold(BlockRule.MEAN, "2/3")).outcome is expected


def test_a_mean_is_weighted_by_the_competencies() -> None:
    """(3·1 + 1·0 + 1·0) / 5 = 3/5."""
    competencies = [builders.competency("C1.1", weight=3)]
    decision = decide(THREE, "2 0 0", threshold(BlockRule.MEAN, "0.6"), competencies=competencies)
    assert decision.outcome is VALIDATED
    assert decision.score == Fraction(3, 5)


@pytest.mark.parametrize(
    ("floor", "expected", "why"),
    [("0.5", VALIDATED, []), ("0.51", NOT_VALIDATED, [("below_floor", "C1.3")])],
)
def test_no_score_may_be_below_the_floor(
    floor: str, expected: BlockOutcome, why: list[tuple[str, str]]
) -> None:
    """A mean of 5/6 does not make up for a competency under the floor."""
    rules = Rules(
        block_rule=BlockRule.MEAN,
        block_threshold=Fraction(1, 2),
        competency_floor=Fraction(floor),
    )
    decision = decide(THREE, "2 2 1", rules)
    assert decision.outcome is expected
    assert reasons(decision) == why


@pytest.mark.parametrize("rule", [BlockRule.ALL, BlockRule.PERCENTAGE])
def test_the_floor_is_for_the_mean_alone(rule: BlockRule) -> None:
    """Other rules look at what is acquired."""
    rules = Rules(
        block_rule=rule,
        block_threshold=Fraction(1, 2),
        competency_rule=CompetencyRule.MEAN,
        competency_floor=Fraction("0.9"),
    )
    assert decide(THREE, "1 1 1", rules).outcome is VALIDATED


@pytest.mark.parametrize(
    ("points", "expected"),
    [("2 2 1", VALIDATED), ("2 1 1", TO_DELIBERATE), ("1 1 1", NOT_VALIDATED)],
)
def test_just_below_the_threshold_the_jury_decides(points: str, expected: BlockOutcome) -> None:
    """75 % asked for with a zone of 10 points: 4/6 is in it, 3/6 is not."""
    rules = Rules(
        block_rule=BlockRule.MEAN,
        block_threshold=Fraction("0.75"),
        deliberation_zone=Fraction("0.1"),
    )
    assert decide(THREE, points, rules).outcome is expected


def test_the_zone_is_given_as_the_reason() -> None:
    """With the figures; the score is known."""
    rules = Rules(
        block_rule=BlockRule.MEAN,
        block_threshold=Fraction("0.75"),
        deliberation_zone=Fraction("0.1"),
    )
    decision = decide(THREE, "2 1 1", rules)
    assert decision.score == Fraction(2, 3)
    assert reasons(decision) == [("in_deliberation_zone", "BC01")]
    assert decision.reasons[0].message == (
        "BC01 : résultat de 66,66 %, dans la zone de délibération sous le seuil de 75 %."
    )


def test_the_zone_never_lowers_the_floor() -> None:
    """A score in the zone below the floor is below the floor."""
    rules = Rules(
        block_rule=BlockRule.MEAN,
        block_threshold=Fraction("0.6"),
        competency_floor=Fraction("0.55"),
        deliberation_zone=Fraction("0.1"),
    )
    assert decide(THREE, "2 2 1", rules).outcome is NOT_VALIDATED


@pytest.mark.parametrize("rule", COMPETENCY_RULES)
def test_an_eliminatory_criterion_loses_the_bloc(rule: BlockRule) -> None:
    """At the threshold or below it, whatever the rest; above it, it does no harm."""
    criteria = [*THREE[:2], builders.criterion("C1.3.1", eliminatory=True)]
    rules = Rules(
        competency_rule=CompetencyRule.MEAN,
        competency_threshold=Fraction(0),
        block_rule=rule,
        block_threshold=Fraction(0),
        eliminatory_points=Fraction(1),
    )
    assert decide(criteria, "0 0 2", rules).outcome is VALIDATED
    decision = decide(criteria, "2 2 1", rules)
    assert decision.outcome is NOT_VALIDATED
    assert reasons(decision) == [("eliminatory_criterion", "C1.3.1")]
    assert decision.reasons[0].message == (
        "Critère éliminatoire C1.3.1 : 1 point, au niveau du seuil éliminatoire (1 point) "
        "ou au-dessous."
    )


def test_an_eliminatory_criterion_that_is_exempt_eliminates_nobody() -> None:
    """It is left out of everything."""
    criteria = [builders.criterion("C1.1.1", eliminatory=True), builders.criterion("C1.1.2")]
    assert decide(criteria, "0 2", Rules(), exempt=["C1.1.1"]).outcome is VALIDATED


def test_an_eliminatory_criterion_not_observed_goes_to_the_jury() -> None:
    """Its competency is acquired without it; at worst it would lose the bloc all the same."""
    criteria = [builders.criterion("C1.1.1", eliminatory=True), builders.criterion("C1.1.2")]
    decision = decide(criteria, "- 2", Rules())
    assert decision.outcome is TO_DELIBERATE
    assert reasons(decision) == [("undecided_criterion", "C1.1.1")]
    assert decision.reasons[0].message == (
        "Critère C1.1.1 : à délibérer, aucun juré ne l’a observé."
    )


@pytest.mark.parametrize("rule", COMPETENCY_RULES)
def test_a_mandatory_competency_not_acquired_loses_the_bloc(rule: BlockRule) -> None:
    """Whatever the rest reaches."""
    competencies = [builders.competency("C1.1", mandatory=True)]
    rules = threshold(rule, "0.5")
    decision = decide(THREE, "1 2 2", rules, competencies=competencies)
    assert decision.outcome is NOT_VALIDATED
    assert ("mandatory_competency", "C1.1") in reasons(decision)


def test_a_mandatory_criterion_is_named_where_it_loses_the_bloc() -> None:
    """Beside the competency it loses."""
    criteria = [builders.criterion("C1.1.1", mandatory=True), builders.criterion("C1.1.2")]
    decision = decide(criteria, "0 2", Rules())
    assert reasons(decision) == [
        ("mandatory_criterion", "C1.1.1"),
        ("competency_not_acquired", "C1.1"),
    ]


def test_a_competency_to_deliberate_leaves_the_bloc_to_the_jury() -> None:
    """The reasons go down to the criterion."""
    decision = decide(THREE, "2 - 2", Rules())
    assert decision.outcome is TO_DELIBERATE
    assert decision.score is None
    assert reasons(decision) == [
        ("competency_to_deliberate", "C1.2"),
        ("undecided_criterion", "C1.2.1"),
    ]


def test_jurors_who_disagree_are_a_reason() -> None:
    """Under unanimity, one found the criterion acquired and one did not."""
    known = builders.referential({"C1.1": 1}, rules=Rules(merge=Merge.UNANIMITY))
    session = builders.session(known)
    marks = builders.marks(known, J1="2", J2="0")
    decision = decide_candidate(known, session, session.candidates[0], marks).blocks[0]
    assert decision.outcome is TO_DELIBERATE
    assert decision.reasons[1].message == (
        "Critère C1.1.1 : à délibérer, les jurés ne s’accordent pas."
    )


def test_a_competency_lost_settles_what_another_leaves_open() -> None:
    """The bloc is lost in both readings."""
    decision = decide(THREE, "0 - 2", Rules())
    assert decision.outcome is NOT_VALIDATED
    assert reasons(decision) == [("competency_not_acquired", "C1.1")]


def test_a_competency_in_its_zone_is_a_reason() -> None:
    """With its own figures."""
    criteria = [builders.criterion(f"C1.1.{place}") for place in (1, 2, 3)]
    rules = Rules(competency_threshold=Fraction("0.4"), deliberation_zone=Fraction("0.1"))
    decision = decide(criteria, "2 0 0", rules)
    assert decision.outcome is TO_DELIBERATE
    assert reasons(decision) == [
        ("competency_to_deliberate", "C1.1"),
        ("in_deliberation_zone", "C1.1"),
    ]


def test_a_competency_without_a_criterion_left_is_a_reason() -> None:
    """The jury judges whether the overall professional capacity stands."""
    decision = decide(THREE, "2 2 2", Rules(), exempt=["C1.3.1"])
    assert decision.outcome is TO_DELIBERATE
    assert reasons(decision) == [("nothing_left", "C1.3")]


def test_a_missing_mark_makes_the_bloc_incomplete() -> None:
    """Even where an eliminatory criterion already loses it; the reasons say what is missing."""
    criteria = [builders.criterion("C1.1.1", eliminatory=True), *THREE[1:]]
    decision = decide(criteria, "0 . .", Rules())
    assert decision.outcome is INCOMPLETE
    assert decision.score is None
    assert reasons(decision) == [("missing_marks", "C1.2"), ("missing_marks", "C1.3")]
    assert decision.reasons[0].message == "Compétence C1.2 : appréciations manquantes (C1.2.1)."
