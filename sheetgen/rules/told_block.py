"""Explanation of a bloc: all that comes before its rule, its parts, its outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockOutcome
from sheetgen.rules.judged_competency import CompetencyResult
from sheetgen.rules.readings import Readings
from sheetgen.rules.telling import (
    Shown,
    phrase,
    shown,
    shown_points,
    shown_points_readings,
    shown_readings,
    shown_score,
    step,
)
from sheetgen.rules.told_competency import weight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sheetgen.model import Scale
    from sheetgen.rules.judged_assessment import AssessmentResult
    from sheetgen.rules.judged_block import BlockResult, PartResults
    from sheetgen.rules.telling import Step


def count_passed(
    items: Sequence[CompetencyResult] | Sequence[AssessmentResult],
) -> Readings[Fraction]:
    """Return how many competencies are acquired, or épreuves passed, in each reading."""
    both = [x.acquired if isinstance(x, CompetencyResult) else x.passed for x in items]
    return Readings.both(lambda reading: Fraction(sum(item.of(reading) for item in both)))


def listed_outcomes(items: Sequence[CompetencyResult] | Sequence[AssessmentResult]) -> str:
    """Return competencies or épreuves, each with its outcome in words."""
    named = (
        (x.competency.code if isinstance(x, CompetencyResult) else x.method.code, x.outcome)
        for x in items
    )
    return ", ".join(f"{code} {str(outcome.value).lower()}" for code, outcome in named) or "aucune"


def score_of(
    code: str, attained: Readings[Fraction], weight: Fraction, told: Callable[[Fraction], str]
) -> Shown:
    """Return one part of a mean: its score, and its weight unless that is 1."""
    return phrase(
        "{code} {score}{weight}",
        code=code,
        score=shown_readings(attained, told),
        weight="" if weight == 1 else weight_of(weight),
    )


def explain_floor(
    code: str, attained: Readings[Fraction], floor: Fraction, told: Callable[[Fraction], str]
) -> Step:
    """Return how one part of a mean stands to the floor."""
    if attained.worst >= floor:
        result = "atteint"
    else:
        result = "atteint au mieux seulement" if attained.best >= floor else "non atteint"
    return step(
        "Plancher de {floor} pour {code}, qui a {attained} : {result}.",
        floor=shown(floor, told),
        code=code,
        attained=shown_readings(attained, told),
        result=result,
    )


def explain_before(parts: PartResults) -> Iterator[Step]:
    """Yield what loses a bloc whatever its rule: absences, eliminatory and mandatory parts."""
    for method in parts.to_sit_again:
        yield step(
            "Le candidat n'était pas à {code}, qui est à représenter : le bloc n'est pas validé.",
            code=method,
        )
    for item in parts.competencies:
        for counted in item.counted_criteria:
            if counted.eliminates.worst or counted.eliminates.best:
                yield step(
                    "Le critère {code} est éliminatoire, à {limit} ou au-dessous, et il compte "
                    "pour {points} : le bloc est perdu{reading}.",
                    code=counted.criterion.code,
                    limit=shown_points(counted.limit, counted.scale),
                    points=shown_points_readings(counted.points, counted.scale),
                    reading="" if counted.eliminates.agree else " au pire",
                )
        if item.competency.mandatory and not item.acquired.worst:
            yield step(
                "La compétence {code} est obligatoire, et elle n'est pas acquise{reading} : le "
                "bloc est perdu{reading}.",
                code=item.competency.code,
                reading=" au pire" if item.acquired.best else "",
            )


def explain_block_outcome(result: BlockResult, scale: Scale | None) -> Iterator[Step]:
    """Yield a bloc's score, and that the jury is to decide where it is."""
    if result.score is not None:
        yield step("Son score est de {score}.", score=shown_score(result.score, scale))
    if result.outcome is BlockOutcome.TO_DELIBERATE:
        yield step("Validé au mieux et non au pire, il est à la décision du jury.")
