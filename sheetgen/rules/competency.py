"""One competency, over the criteria left: what every value of « Compétence acquise si » shares.

`competency_conditions` has a class for each value.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.caches import forget_oldest
from sheetgen.model import (
    Competency,
    CompetencyOutcome,
    CriterionState,
    Reason,
    Rules,
    Scale,
)
from sheetgen.rules.cells import CompetencyCells, CriterionCells, without_formulas
from sheetgen.rules.counted_criterion import counted_weight
from sheetgen.rules.exact import exact_sum
from sheetgen.rules.excel import (
    Value,
    among,
    divided,
    minus,
    text,
)
from sheetgen.rules.judged_competency import CompetencyKind, CompetencyResult, CompetencySources
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode
from sheetgen.rules.telling import step
from sheetgen.rules.told_competency import (
    explain_awaited,
    explain_left,
    explain_outcome,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.telling import Step


_KEPT = 4_096
"""The most entries of the cache of results: many candidates' criteria count for the same."""


class CompetencyCondition(ABC):
    """The condition to acquire a competency: each value says what its criteria must reach."""

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.span = scale.maximum - scale.minimum
        self.threshold = Readings(
            rules.competency_threshold, rules.competency_threshold - rules.deliberation_zone
        )
        self._judged: dict[tuple[object, ...], CompetencyResult] = {}

    @abstractmethod
    def reached(self, counted_criteria: Sequence[CountedCriterion], reading: Reading) -> bool:
        """Return whether the criteria left, at least one, reach what is asked."""

    @abstractmethod
    def formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return the condition as a formula over the competency's rows."""

    @abstractmethod
    def explain_reached(self, left: Sequence[CountedCriterion]) -> Step:
        """Return what is asked of the criteria left, at least one, and what they reach."""

    def explain(self, result: CompetencyResult) -> Iterator[Step]:
        """Yield how a competency came out, from its criteria to what is proposed."""
        left = [item for item in result.counted_criteria if item.counted]
        if result.outcome is CompetencyOutcome.INCOMPLETE:
            yield from explain_awaited(result.counted_criteria)
            return
        yield from explain_left(result.counted_criteria, left)
        if left:
            for item in left:
                if item.criterion.mandatory and not item.acquired.worst:
                    yield step(
                        "Le critère {code} est obligatoire, et il n'est pas acquis{reading} : la "
                        "compétence ne peut pas l'être.",
                        code=item.criterion.code,
                        reading=" au pire" if item.acquired.best else "",
                    )
            yield self.explain_reached(left)
        yield from explain_outcome(result, self.scale)

    def hesitation(
        self,
        competency: Competency,  # noqa: ARG002 - for the rules with a zone
        counted_criteria: Sequence[CountedCriterion],  # noqa: ARG002 - likewise
    ) -> Iterator[Reason]:
        """Yield why they reach it at best only, beyond what is open in a criterion."""
        yield from ()

    def judge(
        self,
        competency: Competency,
        counted_criteria: Sequence[CountedCriterion],
        *,
        waits: bool = False,
    ) -> CompetencyResult:
        """Return the competency in both readings, and what is proposed for it.

        Args:
            competency: with its weight and flag.
            counted_criteria: its criteria.
            waits: whether an épreuve of its criteria waits for marks of another to open.
        """
        # By identity: the result holds the criteria, so that no others can take their place.
        key = competency.code, waits, *map(id, counted_criteria)
        found = self._judged.get(key)
        if found is None or found.competency is not competency:
            found = self._judged[key] = self._judge(competency, counted_criteria, waits=waits)
            forget_oldest(self._judged, _KEPT)
        return found

    def _judge(
        self, competency: Competency, counted_criteria: Sequence[CountedCriterion], *, waits: bool
    ) -> CompetencyResult:
        left = [item for item in counted_criteria if item.counted]
        acquired = Readings.both(lambda reading: self._acquired(left, reading))
        known = bool(left) and not waits and not any(item.is_open for item in left)
        worst = self._attained(left, Reading.WORST)
        attained = Readings(worst, worst if known else self._attained(left, Reading.BEST))
        reasons: tuple[Reason, ...] = ()
        if waits or any(item.missing for item in counted_criteria):
            outcome = CompetencyOutcome.INCOMPLETE
        elif not acquired.agree:
            outcome = CompetencyOutcome.TO_DELIBERATE
            reasons = tuple(self._open(competency, left))
        elif acquired.worst:
            outcome = CompetencyOutcome.ACQUIRED
        else:
            outcome = CompetencyOutcome.NOT_ACQUIRED
        return CompetencyResult(
            competency=competency,
            counted_criteria=tuple(counted_criteria),
            acquired=acquired,
            attained=attained,
            score=attained.worst if known else None,
            outcome=outcome,
            reasons=reasons,
            threshold=self.threshold,
        )

    def formulas(
        self, kind: CompetencyKind, criteria: CriterionCells[str], at: CompetencyCells[str]
    ) -> CompetencyCells[str]:
        """Return the formulas of one competency's row; empty for what stands as a value.

        Args:
            kind: what they depend on beside the rule.
            criteria: ranges of its criteria's rows.
            at: addresses of the row's own cells.
        """
        if kind.settled:
            return without_formulas(at)
        sources = CompetencySources(criteria, mixed=kind.mixed)
        return CompetencyCells(
            outcome=self._outcome_formula(criteria, at),
            score=self._score_formula(criteria, at),
            acquired=Readings.both(lambda reading: self._acquired_formula(sources, reading)),
            attained=Readings.both(lambda reading: self._attained_formula(sources, reading)),
            weight="",
            mandatory="",
            scored="",
        )

    @staticmethod
    def values(result: CompetencyResult) -> CompetencyCells[Value]:
        """Return the values of a competency's row, by the marks in its criteria's rows."""
        acquired = result.acquired if result.applies else Readings(worst=True, best=True)
        attained: Readings[Value] = Readings("", "")
        if result.has_score:
            attained = Readings(float(result.attained.worst), float(result.attained.best))
        weight = float(result.competency.weight) if result.applies else 0.0
        return CompetencyCells(
            outcome=result.outcome.value,
            score="" if result.score is None else float(result.score),
            acquired=Readings(int(acquired.worst), int(acquired.best)),
            attained=attained,
            weight=weight,
            mandatory=int(result.competency.mandatory and result.applies),
            scored=weight if result.has_score else 0.0,
        )

    def _acquired(self, left: Sequence[CountedCriterion], reading: Reading) -> bool:
        if not left:
            return reading is Reading.BEST
        if any(item.criterion.mandatory and not item.acquired.of(reading) for item in left):
            return False
        return self.reached(left, reading)

    def _open(self, competency: Competency, left: Sequence[CountedCriterion]) -> Iterator[Reason]:
        if not left:
            yield ReasonCode.NOTHING_LEFT.because(competency.code)
            return
        yield ReasonCode.COMPETENCY_TO_DELIBERATE.because(competency.code)
        for item in left:
            if item.is_open:
                yield item.undecided
        if not self.reached(left, Reading.WORST):
            yield from self.hesitation(competency, left)

    def _acquired_formula(self, sources: CompetencySources, reading: Reading) -> str:
        criteria = sources.criteria
        none_left = 1 if reading is Reading.BEST else 0
        lost = (
            f"SUMPRODUCT(({criteria.counted}>0)*{criteria.mandatory}"
            f"*(1-{criteria.acquired.of(reading)}))>0"
        )
        reached = f"IF({self.formula(sources, reading)},1,0)"
        return f"=IF(SUM({criteria.counted})=0,{none_left},IF({lost},0,{reached}))"

    def _attained(self, left: Sequence[CountedCriterion], reading: Reading) -> Fraction:
        if not left:
            return Fraction(1 if reading is Reading.BEST else 0)
        return self.scored(left, reading) / counted_weight(left)

    def _attained_formula(self, sources: CompetencySources, reading: Reading) -> str:
        criteria = sources.criteria
        none_left = 1 if reading is Reading.BEST else 0
        score = f"{self.scored_formula(sources, reading)}/SUM({criteria.counted})"
        return f"=IF(SUM({criteria.counted})=0,{none_left},{score})"

    def scored(self, left: Sequence[CountedCriterion], reading: Reading) -> Fraction:
        """Return Σ weight·(points − minimum)/(maximum − minimum), each on its own scale."""
        if any(item.scale is not self.scale for item in left):
            return exact_sum(item.counted * item.share(reading) for item in left)
        points = exact_sum(item.counted * item.points.of(reading) for item in left)
        if self.scale.minimum:
            points -= self.scale.minimum * counted_weight(left)
        return points / self.span

    def scored_formula(self, sources: CompetencySources, reading: Reading) -> str:
        """Return `scored` as a formula."""
        criteria = sources.criteria
        if sources.mixed:
            return f"SUMPRODUCT({criteria.counted}*{criteria.share.of(reading)})"
        points = minus(criteria.value.of(reading), self.scale.minimum)
        return divided(f"SUMPRODUCT({criteria.counted}*{points})", self.span)

    @staticmethod
    def _score_formula(criteria: CriterionCells[str], at: CompetencyCells[str]) -> str:
        counted = f"({criteria.counted}>0)"
        unknown = f"SUMPRODUCT({counted}*({criteria.value.worst}<>{criteria.value.best}))"
        if criteria.unsure:
            unknown = f"{unknown}+SUMPRODUCT({counted}*{criteria.unsure})"
        if criteria.waits:
            unknown = f"{unknown}+SUM({criteria.waits})"
        return f'=IF(OR(SUM({criteria.counted})=0,{unknown}>0),"",{at.attained.worst})'

    @staticmethod
    def _outcome_formula(criteria: CriterionCells[str], at: CompetencyCells[str]) -> str:
        words = {outcome: text(outcome.value) for outcome in CompetencyOutcome}
        missing = among(criteria.state, CriterionState.MISSING.value)
        if criteria.waits:
            missing = f"{missing}+SUM({criteria.waits})"
        decided = (
            f"IF({at.acquired.worst}=1,{words[CompetencyOutcome.ACQUIRED]},"
            f"{words[CompetencyOutcome.NOT_ACQUIRED]})"
        )
        return (
            f"=IF({missing}>0,{words[CompetencyOutcome.INCOMPLETE]},"
            f"IF({at.acquired.worst}<>{at.acquired.best},"
            f"{words[CompetencyOutcome.TO_DELIBERATE]},{decided}))"
        )
