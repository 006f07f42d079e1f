"""The conditions on competencies: one class per value of « Compétence acquise si »."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import CompetencyRule
from sheetgen.rules.competency import CompetencyCondition
from sheetgen.rules.counted_criterion import counted_weight
from sheetgen.rules.excel import at_least, number, times
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode, percentage, result_text
from sheetgen.rules.telling import plural, shown_number, shown_readings, step
from sheetgen.rules.told_competency import count_acquired
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sheetgen.model import Competency, Reason, Rules, Scale
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.judged_competency import CompetencySources
    from sheetgen.rules.telling import Step


class EveryCriterion(CompetencyCondition):
    """« tous les critères »: each is acquired."""

    def reached(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> bool:
        """Return whether every criterion is acquired."""
        return all(item.acquired.of(reading) for item in counted_criteria)

    def formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return the formula that every criterion counted is acquired."""
        criteria = sources.criteria
        return f"SUMPRODUCT(({criteria.counted}>0)*(1-{criteria.acquired.of(reading)}))=0"

    def explain_reached(self, left: Sequence[CountedCriterion]) -> Step:
        """Return how many are acquired, of all."""
        return step(
            "Règle « tous les critères » : {acquired} sur {asked} {word}.",
            acquired=shown_readings(count_acquired(left), exact_number),
            asked=shown_number(len(left)),
            word=plural(len(left), "est acquis", "sont acquis"),
        )


class CriteriaCount(CompetencyCondition):
    """« nombre de critères »: so many are acquired, or all when fewer are left."""

    def __init__(self, scale: Scale, rules: Rules) -> None:
        super().__init__(scale, rules)
        self.count = rules.competency_threshold

    def reached(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> bool:
        """Return whether enough criteria are acquired; weights and the zone play no part."""
        return sum(item.acquired.of(reading) for item in counted_criteria) >= min(
            self.count, Fraction(len(counted_criteria))
        )

    def formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return the formula, counted through the criteria that have a weight left."""
        criteria = sources.criteria
        acquired = f"SUMPRODUCT(({criteria.counted}>0)*{criteria.acquired.of(reading)})"
        asked = f"MIN({number(self.count)},SUMPRODUCT(--({criteria.counted}>0)))"
        return at_least(acquired, asked)

    def explain_reached(self, left: Sequence[CountedCriterion]) -> Step:
        """Return how many are acquired, and how many are asked."""
        return step(
            "Règle « nombre de critères » : {acquired} acquis sur {left}, pour {asked} demandés.",
            acquired=shown_readings(count_acquired(left), exact_number),
            left=shown_number(len(left)),
            asked=shown_number(min(self.count, Fraction(len(left)))),
        )


class _Threshold(CompetencyCondition):
    """A share of the competency must reach the threshold, which the zone lowers at best."""

    @abstractmethod
    def gained(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> Fraction:
        """Return what is compared with threshold · Σ weight."""

    @abstractmethod
    def gained_formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return `gained` as a formula."""

    def reached(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> bool:
        """Return whether gained ≥ threshold · Σ weight."""
        asked = self.threshold.of(reading) * counted_weight(counted_criteria)
        return self.gained(counted_criteria, reading) >= asked

    def formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return the condition as a formula over the competency's rows."""
        asked = times(self.threshold.of(reading), f"SUM({sources.criteria.counted})")
        return at_least(self.gained_formula(sources, reading), asked)

    def told(self, share: Fraction) -> str:
        """Return what it compares, or compares it with: a note where people give notes."""
        return result_text(share, self.scale)

    def hesitation(
        self, competency: Competency, counted_criteria: Sequence[CountedCriterion]
    ) -> Iterator[Reason]:
        """Yield the zone, where that alone makes the difference."""
        attained = self.gained(counted_criteria, Reading.WORST) / counted_weight(counted_criteria)
        if self.threshold.best <= attained < self.threshold.worst:
            yield ReasonCode.IN_DELIBERATION_ZONE.because(
                competency.code,
                attained=self.told(attained),
                threshold=self.told(self.threshold.worst),
            )

    def attained(self, left: Sequence[CountedCriterion]) -> Readings[Fraction]:
        """Return what is compared with the threshold, as a share."""
        return Readings.both(lambda reading: self.gained(left, reading) / counted_weight(left))


class CriteriaPercentage(_Threshold):
    """« pourcentage de critères »: the acquired ones weigh enough."""

    def told(self, share: Fraction) -> str:
        """Return a share of the criteria, which is no note."""
        return percentage(share)

    def gained(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> Fraction:
        """Return Σ weight acquired."""
        return counted_weight([item for item in counted_criteria if item.acquired.of(reading)])

    def gained_formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return `gained` as a formula."""
        criteria = sources.criteria
        return f"SUMPRODUCT({criteria.counted}*{criteria.acquired.of(reading)})"

    def explain_reached(self, left: Sequence[CountedCriterion]) -> Step:
        """Return the share that is acquired, and what is asked."""
        return step(
            "Règle « pourcentage de critères » : ceux qui sont acquis pèsent {attained}, pour un "
            "seuil de {threshold}.",
            attained=shown_readings(self.attained(left), self.told),
            threshold=shown_readings(self.threshold, self.told),
        )


class CriteriaMean(_Threshold):
    """« moyenne »: the score is high enough."""

    def gained(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> Fraction:
        """Return score · Σ weight."""
        return self.scored(counted_criteria, reading)

    def gained_formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return `gained` as a formula."""
        return self.scored_formula(sources, reading)

    def explain_reached(self, left: Sequence[CountedCriterion]) -> Step:
        """Return the score, and what is asked."""
        return step(
            "Règle « moyenne » : résultat de {attained}, pour un seuil de {threshold}.",
            attained=shown_readings(self.attained(left), self.told),
            threshold=shown_readings(self.threshold, self.told),
        )


COMPETENCY_CONDITIONS: Mapping[CompetencyRule, type[CompetencyCondition]] = {
    CompetencyRule.ALL: EveryCriterion,
    CompetencyRule.COUNT: CriteriaCount,
    CompetencyRule.PERCENTAGE: CriteriaPercentage,
    CompetencyRule.MEAN: CriteriaMean,
}


def competency_condition(scale: Scale, rules: Rules) -> CompetencyCondition:
    """Return the condition of the rule the school chose."""
    return COMPETENCY_CONDITIONS[rules.competency_rule](scale, rules)
