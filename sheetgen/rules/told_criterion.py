"""Explanation of a criterion: its state where no mark decides, its thresholds, its flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import CriterionState
from sheetgen.rules.telling import shown_points, shown_points_readings, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.telling import Step

_STATES: Mapping[CriterionState, str] = {
    CriterionState.NOT_APPLICABLE: "Ce qui l'évalue est réservé à d'autres voies d'accès : il "
    "n'est pas compté.",
    CriterionState.KEPT: "Le résultat est conservé d'une autre session : il n'est pas évalué de "
    "nouveau.",
    CriterionState.EXEMPT: "Le candidat en est exempté : il n'est pas compté.",
    CriterionState.NOT_OPEN: "Son épreuve n'est pas ouverte, quoi que disent les grilles : il "
    "compte au minimum.",
    CriterionState.ABSENT: "Le candidat n'était pas à l'épreuve : il compte au minimum.",
    CriterionState.MISSING: "Une appréciation est encore attendue : rien n'en est décidé.",
}


def explain_state(item: CountedCriterion) -> Step:
    """Return why a criterion is in a state that no merged mark gives."""
    return step(_STATES[item.state])


def explain_counted(item: CountedCriterion) -> Iterator[Step]:
    """Yield the points that a criterion counts for, whether acquired, and whether it eliminates."""
    scale = item.scale
    if item.gated:
        yield step("L'ouverture de son épreuve est à délibérer : au pire, il compte au minimum.")
    if item.state is CriterionState.KEPT:
        yield step(
            "Il compte pour {points}, sa part du résultat conservé : {acquired}.",
            points=shown_points_readings(item.points, scale),
            acquired=_either(
                item, "acquis avec son épreuve", "non acquis, son épreuve ne l'étant pas"
            ),
        )
    else:
        yield step(
            "Il compte pour {points} ; un critère est acquis à partir de {goal} : {acquired}.",
            points=shown_points_readings(item.points, scale),
            goal=shown_points(scale.acquired_from, scale),
            acquired=_either(item, "acquis", "non acquis"),
        )
    if not item.criterion.eliminatory or item.state is CriterionState.KEPT:
        return
    loses = "il fait perdre le bloc" if item.eliminates.best else "au pire, il fait perdre le bloc"
    yield step(
        "Il est éliminatoire, à {limit} ou au-dessous : {result}.",
        limit=shown_points(item.limit, scale),
        result=loses if item.eliminates.worst or item.eliminates.best else "il n'élimine pas",
    )


def _either(item: CountedCriterion, yes: str, no: str) -> str:
    """Return whether it is acquired, in words; at worst and at best where these differ."""
    if item.acquired.agree:
        return yes if item.acquired.worst else no
    return f"{no} au pire, {yes} au mieux"
