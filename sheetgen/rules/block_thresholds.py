"""The conditions on blocs that compare a share of their competencies with a threshold."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.rules.block import BlockCondition, tell_not_acquired
from sheetgen.rules.excel import at_least, times
from sheetgen.rules.judged_competency import competency_weight
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode, percentage, result_text
from sheetgen.rules.telling import joined, shown_readings, step
from sheetgen.rules.told_block import explain_floor, listed_outcomes, score_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import BlockCode, Reason
    from sheetgen.rules.judged_block import BlockSources, PartResults
    from sheetgen.rules.telling import Step


class BlockThreshold(BlockCondition):
    """A share of the bloc must reach the threshold, which the zone lowers at best."""

    @abstractmethod
    def gained(self, parts: PartResults, reading: Reading) -> Fraction:
        """Return what is compared with threshold · Σ weight."""

    @abstractmethod
    def gained_formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return `gained` as a formula."""

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether gained ≥ threshold · Σ weight."""
        asked = self.threshold.of(reading) * self.weight(parts)
        return self.gained(parts, reading) >= asked

    def told(self, share: Fraction) -> str:
        """Return what it compares, or compares it with: a note where people give notes."""
        return result_text(share, self.scale)

    def weight(self, parts: PartResults) -> Fraction:
        """Return Σ weight over what it counts."""
        return competency_weight(parts.competencies)

    def weight_formula(self, sources: BlockSources) -> str:
        """Return `weight` as a formula."""
        return f"SUM({sources.competencies.weight})"

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        asked = times(self.threshold.of(reading), self.weight_formula(sources))
        return at_least(self.gained_formula(sources, reading), asked)

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield how far the bloc is from the threshold."""
        attained = self.gained(parts, Reading.BEST) / self.weight(parts)
        if attained < self.threshold.best:
            yield ReasonCode.BELOW_THRESHOLD.because(
                block,
                attained=self.told(attained),
                threshold=self.told(self.threshold.worst),
            )

    def hesitation(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield the zone, where that alone makes the difference."""
        attained = self.gained(parts, Reading.WORST) / self.weight(parts)
        if self.threshold.best <= attained < self.threshold.worst:
            yield ReasonCode.IN_DELIBERATION_ZONE.because(
                block,
                attained=self.told(attained),
                threshold=self.told(self.threshold.worst),
            )

    def attained(self, parts: PartResults) -> Readings[Fraction]:
        """Return what is compared with the threshold, as a share."""
        return Readings.both(lambda reading: self.gained(parts, reading) / self.weight(parts))


class CompetencyPercentage(BlockThreshold):
    """« pourcentage de compétences »: the acquired ones weigh enough."""

    def told(self, share: Fraction) -> str:
        """Return a share of the competencies, which is no note."""
        return percentage(share)

    def gained(self, parts: PartResults, reading: Reading) -> Fraction:
        """Return Σ weight acquired."""
        return competency_weight([item for item in parts.competencies if item.acquired.of(reading)])

    def gained_formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return `gained` as a formula."""
        competencies = sources.competencies
        return f"SUMPRODUCT({competencies.weight}*{competencies.acquired.of(reading)})"

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield the distance, and the competencies not acquired."""
        yield from super().shortfall(block, parts)
        yield from tell_not_acquired(parts.competencies)

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield the share that is acquired, and what is asked."""
        yield step(
            "Règle « pourcentage de compétences » : celles qui sont acquises pèsent {attained}, "
            "pour un seuil de {threshold} ({listed}).",
            attained=shown_readings(self.attained(parts), self.told),
            threshold=shown_readings(self.threshold, self.told),
            listed=listed_outcomes(parts.competencies),
        )


class CompetencyMean(BlockThreshold):
    """« moyenne »: the mean of the scores is high enough, and none is below the floor."""

    def has_parts(self, parts: PartResults) -> bool:
        """Return whether a competency has a score by nature."""
        return bool(parts.scored)

    def weight(self, parts: PartResults) -> Fraction:
        """Return Σ weight over the competencies that have a score."""
        return competency_weight(parts.scored)

    def gained(self, parts: PartResults, reading: Reading) -> Fraction:
        """Return Σ weight·score."""
        scores = (item.competency.weight * item.attained.of(reading) for item in parts.scored)
        return sum(scores, Fraction(0))

    def weight_formula(self, sources: BlockSources) -> str:
        """Return `weight` as a formula."""
        return f"SUM({sources.mean_weights})"

    def gained_formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return `gained` as a formula."""
        return f"SUMPRODUCT({sources.mean_weights}*{sources.competencies.attained.of(reading)})"

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether the mean and every score reach theirs; the zone never lowers the floor."""
        return super().reached(parts, reading) and all(
            item.attained.of(reading) >= self.floor for item in parts.scored
        )

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        mean = super().formula(sources, reading)
        if self.floor == 0:
            return mean
        lowest = f"MIN({sources.competencies.attained.of(reading)})"
        return f"AND({mean},{at_least(lowest, self.floor)})"

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield why the bloc falls short: the mean, and each competency below the floor."""
        yield from super().shortfall(block, parts)
        for item in parts.scored:
            if item.attained.best < self.floor:
                yield ReasonCode.BELOW_FLOOR.because(
                    item.competency.code,
                    attained=self.told(item.attained.best),
                    threshold=self.told(self.floor),
                )

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield the mean of the scores and what is asked, then the floor."""
        yield step(
            "Règle « moyenne » : {listed}, soit {attained}, pour un seuil de {threshold}.",
            listed=joined(
                score_of(item.competency.code, item.attained, item.competency.weight, self.told)
                for item in parts.scored
            ),
            attained=shown_readings(self.attained(parts), self.told),
            threshold=shown_readings(self.threshold, self.told),
        )
        for item in parts.scored if self.floor else ():
            yield explain_floor(item.competency.code, item.attained, self.floor, self.told)
