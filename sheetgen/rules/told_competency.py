"""Explanation of a competency: the criteria that count, its score, its outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import CompetencyOutcome, ScaleKind
from sheetgen.rules.readings import Readings
from sheetgen.rules.telling import (
    Shown,
    joined,
    phrase,
    shown_number,
    shown_points_readings,
    shown_score,
    step,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import Scale
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.judged_competency import CompetencyResult
    from sheetgen.rules.telling import Step


def count_acquired(left: Sequence[CountedCriterion]) -> Readings[Fraction]:
    """Return how many criteria are acquired, in each reading."""
    return Readings.both(lambda reading: Fraction(sum(item.acquired.of(reading) for item in left)))


def is_note(item: CountedCriterion) -> bool:
    """Return whether a criterion is marked by a number."""
    return item.scale.kind is ScaleKind.NOTE


def listed_criteria(left: Sequence[CountedCriterion]) -> Shown:
    """Return criteria with the points that they count for, and their weights where these differ."""
    weighted = len({item.counted for item in left}) > 1
    return joined(
        phrase(
            # A note says its maximum by itself.
            "{code} {points}{weight}" if is_note(item) else "{code} {points} de {maximum}{weight}",
            code=item.criterion.code,
            points=shown_points_readings(item.points, item.scale),
            maximum="" if is_note(item) else shown_number(item.scale.maximum),
            weight=phrase(" (poids {weight})", weight=shown_number(item.counted))
            if weighted
            else "",
        )
        for item in left
    )


def weight_of(weight: Fraction) -> Shown:
    """Return a weight between brackets, to follow what has it."""
    return phrase(" (poids {weight})", weight=shown_number(weight))


def explain_left(
    criteria: Sequence[CountedCriterion], left: Sequence[CountedCriterion]
) -> Iterator[Step]:
    """Yield the criteria that count, and those that do not."""
    if left:
        yield step("Critères comptés : {criteria}.", criteria=listed_criteria(left))
    out = [item.criterion.code for item in criteria if not item.counted]
    if out:
        yield step("Laissés de côté : {codes}.", codes=", ".join(out))
    if criteria and not left:
        yield step(
            "Aucun critère n'est à prendre en compte : acquise au mieux, non acquise au pire, et "
            "le jury apprécie la capacité professionnelle d'ensemble."
        )


def explain_awaited(criteria: Sequence[CountedCriterion]) -> Iterator[Step]:
    """Yield what a competency that cannot be decided yet waits for."""
    missing = [item.criterion.code for item in criteria if item.missing]
    if missing:
        yield step("Des appréciations manquent : {codes}.", codes=", ".join(missing))
    else:
        yield step("L'épreuve d'un critère attend les appréciations d'une autre pour s'ouvrir.")


def explain_outcome(result: CompetencyResult, scale: Scale) -> Iterator[Step]:
    """Yield a competency's score, where it has one, and what is proposed for it."""
    if result.score is not None and result.has_score:
        yield step("Son score est de {score}.", score=shown_score(result.score, scale))
    if result.outcome is CompetencyOutcome.TO_DELIBERATE:
        yield step("Acquise au mieux et non au pire, elle est à la décision du jury.")
