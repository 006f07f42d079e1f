"""One bloc, over its competencies: one class per value of « Bloc validé si »."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    BlockRule,
    CompetencyOutcome,
    Reason,
    Rules,
)
from sheetgen.rules.cells import BlockCells, CompetencyCells, CriterionCells
from sheetgen.rules.competency import CompetencyResult
from sheetgen.rules.exact import exact_mean, exact_sum
from sheetgen.rules.excel import Value, among, at_least, text, times
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode, percentage, points

if TYPE_CHECKING:
    from sheetgen.rules.criterion import CountedCriterion

CompetencyResults = Sequence[CompetencyResult]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockResult:
    """The outcome that the rules give one bloc, with its score and reasons.

    Attributes:
        validated: in each reading.
        score: what is reported, None where it cannot be said.
        outcome: what is proposed.
        reasons: why, unless validated.
    """

    validated: Readings[bool]
    score: Fraction | None
    outcome: BlockOutcome
    reasons: tuple[Reason, ...]


class BlockCondition(ABC):
    """The condition to validate a bloc: each value says what its competencies must reach."""

    def __init__(self, rules: Rules) -> None:
        self.threshold = Readings(
            rules.block_threshold, rules.block_threshold - rules.deliberation_zone
        )
        self.floor = rules.competency_floor
        self._eliminatory_points = rules.eliminatory_points

    @abstractmethod
    def reached(self, competencies: CompetencyResults, reading: Reading) -> bool:
        """Return whether the competencies reach what is asked."""

    @abstractmethod
    def formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""

    @abstractmethod
    def shortfall(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        """Yield why they do not reach it even at best."""

    def hesitation(
        self,
        block: BlockCode,  # noqa: ARG002 - for the rules with a zone
        competencies: CompetencyResults,  # noqa: ARG002 - likewise
    ) -> Iterator[Reason]:
        """Yield why they reach it at best only, beyond what is open in a competency."""
        yield from ()

    def judge(self, block: BlockCode, competencies: CompetencyResults) -> BlockResult:
        """Return the bloc in both readings, what is proposed for it and why."""
        validated = Readings.both(lambda reading: self._validated(competencies, reading))
        scores = [item.score for item in competencies if item.score is not None]
        if any(item.outcome is CompetencyOutcome.INCOMPLETE for item in competencies):
            outcome, reasons = BlockOutcome.INCOMPLETE, _missing(competencies)
        elif not validated.agree:
            outcome, reasons = BlockOutcome.TO_DELIBERATE, self._open(block, competencies)
        elif validated.worst:
            outcome, reasons = BlockOutcome.VALIDATED, iter(())
        else:
            outcome, reasons = BlockOutcome.NOT_VALIDATED, self._lost(block, competencies)
        known = len(scores) == len(competencies)
        return BlockResult(
            validated=validated,
            score=_mean(competencies, scores) if known else None,
            outcome=outcome,
            reasons=tuple(reasons),
        )

    def formulas(
        self,
        criteria: CriterionCells[str],
        competencies: CompetencyCells[str],
        at: BlockCells[str],
    ) -> BlockCells[str]:
        """Return the formulas of one bloc's row.

        Args:
            criteria: ranges of its criteria's rows.
            competencies: ranges of its competencies' rows.
            at: addresses of the row's own cells.
        """
        return BlockCells(
            outcome=_outcome_formula(competencies, at),
            score=_score_formula(competencies),
            validated=Readings.both(
                lambda reading: self._validated_formula(criteria, competencies, reading)
            ),
        )

    @staticmethod
    def values(result: BlockResult) -> BlockCells[Value]:
        """Return what those formulas amount to, by what the marks in its criteria's rows give."""
        return BlockCells(
            outcome=result.outcome.value,
            score="" if result.score is None else float(result.score),
            validated=Readings(int(result.validated.worst), int(result.validated.best)),
        )

    def _validated(self, competencies: CompetencyResults, reading: Reading) -> bool:
        if any(item.eliminates.of(reading) for item in _counted_criteria(competencies)):
            return False
        if any(
            item.competency.mandatory and not item.acquired.of(reading) for item in competencies
        ):
            return False
        return self.reached(competencies, reading)

    def _validated_formula(
        self, criteria: CriterionCells[str], competencies: CompetencyCells[str], reading: Reading
    ) -> str:
        lost = (
            f"SUM({criteria.eliminates.of(reading)})"
            f"+SUMPRODUCT({competencies.mandatory}*(1-{competencies.acquired.of(reading)}))>0"
        )
        return f"=IF({lost},0,IF({self.formula(competencies, reading)},1,0))"

    def _lost(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        for item in _counted_criteria(competencies):
            if item.eliminates.best:
                yield ReasonCode.ELIMINATORY_CRITERION.because(
                    item.criterion.code,
                    points=points(item.points.best),
                    limit=points(self._eliminatory_points),
                )
        for judged in competencies:
            if judged.competency.mandatory and not judged.acquired.best:
                yield ReasonCode.MANDATORY_COMPETENCY.because(judged.competency.code)
            for item in judged.counted_criteria:
                if item.counted and item.criterion.mandatory and not item.acquired.best:
                    yield ReasonCode.MANDATORY_CRITERION.because(item.criterion.code)
        if not self.reached(competencies, Reading.BEST):
            yield from self.shortfall(block, competencies)

    def _open(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        for judged in competencies:
            yield from judged.reasons
            if judged.outcome is not CompetencyOutcome.TO_DELIBERATE:
                yield from (item.undecided for item in judged.counted_criteria if item.is_open)
        if not self.reached(competencies, Reading.WORST):
            yield from self.hesitation(block, competencies)


class EveryCompetency(BlockCondition):
    """« toutes les compétences »: each is acquired."""

    def reached(self, competencies: CompetencyResults, reading: Reading) -> bool:
        """Return whether every competency is acquired."""
        return all(item.acquired.of(reading) for item in competencies)

    def formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return the formula that every competency is acquired."""
        return f"SUMPRODUCT(1-{competencies.acquired.of(reading)})=0"

    def shortfall(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:  # noqa: ARG002 - each speaks for itself
        """Yield the competencies not acquired."""
        yield from _not_acquired(competencies)


class _Threshold(BlockCondition):
    """A share of the bloc must reach the threshold, which the zone lowers at best."""

    @abstractmethod
    def gained(self, competencies: CompetencyResults, reading: Reading) -> Fraction:
        """Return what is compared with threshold · Σ weight."""

    @abstractmethod
    def gained_formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return `gained` as a formula."""

    def reached(self, competencies: CompetencyResults, reading: Reading) -> bool:
        """Return whether gained ≥ threshold · Σ weight."""
        asked = self.threshold.of(reading) * _weight(competencies)
        return self.gained(competencies, reading) >= asked

    def formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        asked = times(self.threshold.of(reading), f"SUM({competencies.weight})")
        return at_least(self.gained_formula(competencies, reading), asked)

    def shortfall(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        """Yield how far the bloc is from the threshold."""
        attained = self.gained(competencies, Reading.BEST) / _weight(competencies)
        if attained < self.threshold.best:
            yield ReasonCode.BELOW_THRESHOLD.because(
                block,
                attained=percentage(attained),
                threshold=percentage(self.threshold.worst),
            )

    def hesitation(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        """Yield the zone, where that alone makes the difference."""
        attained = self.gained(competencies, Reading.WORST) / _weight(competencies)
        if self.threshold.best <= attained < self.threshold.worst:
            yield ReasonCode.IN_DELIBERATION_ZONE.because(
                block,
                attained=percentage(attained),
                threshold=percentage(self.threshold.worst),
            )


class CompetencyPercentage(_Threshold):
    """« pourcentage de compétences »: the acquired ones weigh enough."""

    def gained(self, competencies: CompetencyResults, reading: Reading) -> Fraction:
        """Return Σ weight acquired."""
        return _weight([item for item in competencies if item.acquired.of(reading)])

    def gained_formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return `gained` as a formula."""
        return f"SUMPRODUCT({competencies.weight}*{competencies.acquired.of(reading)})"

    def shortfall(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        """Yield the distance, and the competencies not acquired."""
        yield from super().shortfall(block, competencies)
        yield from _not_acquired(competencies)


class CompetencyMean(_Threshold):
    """« moyenne »: the mean of the scores is high enough, and none is below the floor."""

    def gained(self, competencies: CompetencyResults, reading: Reading) -> Fraction:
        """Return Σ weight·score."""
        scores = (item.competency.weight * item.attained.of(reading) for item in competencies)
        return sum(scores, Fraction(0))

    def gained_formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return `gained` as a formula."""
        return f"SUMPRODUCT({competencies.weight}*{competencies.attained.of(reading)})"

    def reached(self, competencies: CompetencyResults, reading: Reading) -> bool:
        """Return whether the mean and every score reach theirs; the zone never lowers the floor."""
        return super().reached(competencies, reading) and all(
            item.attained.of(reading) >= self.floor for item in competencies
        )

    def formula(self, competencies: CompetencyCells[str], reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        mean = super().formula(competencies, reading)
        if self.floor == 0:
            return mean
        lowest = f"MIN({competencies.attained.of(reading)})"
        return f"AND({mean},{at_least(lowest, self.floor)})"

    def shortfall(self, block: BlockCode, competencies: CompetencyResults) -> Iterator[Reason]:
        """Yield why the bloc falls short: the mean, and each competency below the floor."""
        yield from super().shortfall(block, competencies)
        for item in competencies:
            if item.attained.best < self.floor:
                yield ReasonCode.BELOW_FLOOR.because(
                    item.competency.code,
                    attained=percentage(item.attained.best),
                    threshold=percentage(self.floor),
                )


def _counted_criteria(competencies: CompetencyResults) -> Iterator[CountedCriterion]:
    for judged in competencies:
        yield from judged.counted_criteria


def _weight(competencies: CompetencyResults) -> Fraction:
    return exact_sum(item.competency.weight for item in competencies)


def _mean(competencies: CompetencyResults, scores: Sequence[Fraction]) -> Fraction:
    return exact_mean(scores, [item.competency.weight for item in competencies])


def _missing(competencies: CompetencyResults) -> Iterator[Reason]:
    for judged in competencies:
        codes = [item.criterion.code for item in judged.counted_criteria if item.missing]
        if codes:
            yield ReasonCode.MISSING_MARKS.because(
                judged.competency.code, criteria=", ".join(codes)
            )


def _not_acquired(competencies: CompetencyResults) -> Iterator[Reason]:
    for judged in competencies:
        if not judged.acquired.best:
            yield ReasonCode.COMPETENCY_NOT_ACQUIRED.because(judged.competency.code)


def _score_formula(competencies: CompetencyCells[str]) -> str:
    weights, scores = competencies.weight, competencies.score
    mean = f"SUMPRODUCT({weights}*{scores})/SUM({weights})"
    return f'=IF(COUNT({scores})<COUNT({weights}),"",{mean})'


def _outcome_formula(competencies: CompetencyCells[str], at: BlockCells[str]) -> str:
    words = {outcome: text(outcome.value) for outcome in BlockOutcome}
    incomplete = among(competencies.outcome, CompetencyOutcome.INCOMPLETE.value)
    decided = (
        f"IF({at.validated.worst}=1,{words[BlockOutcome.VALIDATED]},"
        f"{words[BlockOutcome.NOT_VALIDATED]})"
    )
    return (
        f"=IF({incomplete}>0,{words[BlockOutcome.INCOMPLETE]},"
        f"IF({at.validated.worst}<>{at.validated.best},"
        f"{words[BlockOutcome.TO_DELIBERATE]},{decided}))"
    )


BLOCK_RULINGS: Mapping[BlockRule, Callable[[Rules], BlockCondition]] = {
    BlockRule.ALL: EveryCompetency,
    BlockRule.PERCENTAGE: CompetencyPercentage,
    BlockRule.MEAN: CompetencyMean,
}


def block_condition(rules: Rules) -> BlockCondition:
    """Return the rule the school chose."""
    return BLOCK_RULINGS[rules.block_rule](rules)
