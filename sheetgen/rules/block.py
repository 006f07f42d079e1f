"""One bloc: what every value of « Bloc validé si » shares, and « toutes les compétences ».

That one decides, too, where what another counts is not there. `block_thresholds` has the other
conditions over competencies, `block_conditions` those that look at épreuves, and the list of all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.model import (
    AssessmentOutcome,
    BlockCode,
    BlockOutcome,
    CompetencyOutcome,
    Reason,
    Rules,
)
from sheetgen.rules.cells import BlockCells, without_formulas
from sheetgen.rules.exact import exact_mean
from sheetgen.rules.excel import Value, among, text
from sheetgen.rules.judged_block import BlockKind, BlockResult, BlockSources, PartResults, Scored
from sheetgen.rules.judged_competency import CompetencyResult
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode, points
from sheetgen.rules.telling import plural, shown_number, shown_readings, step
from sheetgen.rules.told_block import (
    count_passed,
    explain_before,
    explain_block_outcome,
    listed_outcomes,
)
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.model import Scale
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.telling import Step

CompetencyResults = Sequence[CompetencyResult]


class BlockCondition(ABC):
    """The condition to validate a bloc: each value says what its competencies must reach."""

    def __init__(self, rules: Rules, scale: Scale | None = None) -> None:
        self.rules = rules
        self.scale = scale
        self.threshold = Readings(
            rules.block_threshold, rules.block_threshold - rules.deliberation_zone
        )
        self.floor = rules.competency_floor

    @abstractmethod
    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether the bloc reaches what is asked."""

    @abstractmethod
    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""

    @abstractmethod
    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield why they do not reach it even at best."""

    @abstractmethod
    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield what is asked of the parts of a bloc, and what they reach."""

    def explain(self, parts: PartResults, result: BlockResult) -> Iterator[Step]:
        """Yield how a bloc came out, from its parts to what is proposed."""
        if result.outcome is BlockOutcome.INCOMPLETE:
            yield from (step("{reason}", reason=reason.message) for reason in result.reasons)
            return
        if not self.has_parts(parts):
            yield step("Rien de ce que la règle compte n'est évalué : les compétences décident.")
            yield from EveryCompetency(self.rules, self.scale).explain(parts, result)
            return
        yield from explain_before(parts)
        yield from self.explain_reached(parts)
        yield from explain_block_outcome(result, self.scale)

    def hesitation(
        self,
        block: BlockCode,  # noqa: ARG002 - for the rules with a zone
        parts: PartResults,  # noqa: ARG002 - likewise
    ) -> Iterator[Reason]:
        """Yield why they reach it at best only, beyond what is open in a competency."""
        yield from ()

    def has_parts(self, parts: PartResults) -> bool:  # noqa: ARG002 - for the rules over fewer parts
        """Return whether anything that it counts is there; else all competencies decide."""
        return True

    def is_incomplete(self, parts: PartResults) -> bool:
        """Return whether something is still to come, so that the bloc cannot be decided."""
        return not parts.competencies or any(
            item.outcome is CompetencyOutcome.INCOMPLETE for item in parts.competencies
        )

    def score(self, parts: PartResults) -> Fraction | None:
        """Return what is reported: the mean of the scores, None where one is unknown."""
        scored = parts.scored
        scores = [item.score for item in scored if item.score is not None]
        return _mean(scored, scores) if scored and len(scores) == len(scored) else None

    def judge(self, block: BlockCode, parts: PartResults) -> BlockResult:
        """Return the bloc in both readings, what is proposed for it and why."""
        if not self.has_parts(parts):
            return EveryCompetency(self.rules, self.scale).judge(block, parts)
        validated = Readings.both(lambda reading: self._validated(parts, reading))
        score = self.score(parts)
        if self.is_incomplete(parts):
            outcome, reasons, score = BlockOutcome.INCOMPLETE, self.awaited(block, parts), None
        elif not validated.agree:
            outcome, reasons = BlockOutcome.TO_DELIBERATE, self._open(block, parts)
        elif validated.worst:
            outcome, reasons = BlockOutcome.VALIDATED, iter(())
        else:
            outcome, reasons = BlockOutcome.NOT_VALIDATED, self._lost(block, parts)
        return BlockResult(
            validated=validated,
            score=score,
            outcome=outcome,
            reasons=tuple(reasons),
            threshold=self.threshold,
        )

    def formulas(
        self, kind: BlockKind, sources: BlockSources, at: BlockCells[str]
    ) -> BlockCells[str]:
        """Return the formulas of one bloc's row; empty for what stands as a value.

        Args:
            kind: what they depend on beside the rule.
            sources: the rows below it.
            at: addresses of the row's own cells.
        """
        if kind.settled:
            return replace(without_formulas(at), score=_NO_SCORE)
        if kind.by_competencies:
            every = EveryCompetency(self.rules)
            return every.formulas(replace(kind, by_competencies=False), sources, at)
        score = "" if self.is_unscored(kind) else self.score_formula(sources)
        if score and not sources.is_plain:
            incomplete = f"{at.outcome}={text(BlockOutcome.INCOMPLETE.value)}"
            score = f'IF({incomplete},"",{score})'
        return BlockCells(
            outcome=_outcome_formula(sources, at),
            score=f"={score}" if score else _NO_SCORE,
            validated=Readings.both(
                lambda reading: "" if kind.lost else self._validated_formula(sources, reading)
            ),
        )

    def is_unscored(self, kind: BlockKind) -> bool:
        """Return whether it has no score by nature."""
        return kind.scored is Scored.NONE

    def score_formula(self, sources: BlockSources) -> str:
        """Return `score` as a formula."""
        weights, scores = sources.mean_weights, sources.competencies.score
        mean = f"SUMPRODUCT({weights}*{scores})/SUM({weights})"
        count = f"COUNT({weights})"
        if sources.scored is not Scored.ALL:
            count = f"SUMPRODUCT(--({weights}>0))"
        return f'IF(COUNT({scores})<{count},"",{mean})'

    @staticmethod
    def values(result: BlockResult) -> BlockCells[Value]:
        """Return the values of a bloc's row, by the marks in its criteria's rows."""
        return BlockCells(
            outcome=result.outcome.value,
            score="" if result.score is None else float(result.score),
            validated=Readings(int(result.validated.worst), int(result.validated.best)),
        )

    def _validated(self, parts: PartResults, reading: Reading) -> bool:
        if parts.to_sit_again:
            return False
        if any(item.eliminates.of(reading) for item in _counted_criteria(parts.competencies)):
            return False
        if any(
            item.competency.mandatory and not item.acquired.of(reading)
            for item in parts.competencies
        ):
            return False
        return self.reached(parts, reading)

    def _validated_formula(self, sources: BlockSources, reading: Reading) -> str:
        competencies = sources.competencies
        unacquired = f"(1-{competencies.acquired.of(reading)})"
        lost = f"SUMPRODUCT({competencies.mandatory}*{unacquired})"
        if sources.criteria is not None:
            lost = f"SUM({sources.criteria.eliminates.of(reading)})+{lost}"
        for cells in sources.to_sit_again:
            lost += f"+IF({cells.outcome}={text(AssessmentOutcome.ABSENT.value)},1,0)"
        return f"=IF({lost}>0,0,IF({self.formula(sources, reading)},1,0))"

    def awaited(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield what is still to come."""
        if not parts.competencies:
            yield ReasonCode.NOTHING_APPLIES.because(block)
        yield from _missing(parts.competencies)

    def _lost(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        for method in parts.to_sit_again:
            yield ReasonCode.ASSESSMENT_TO_SIT_AGAIN.because(method)
        for item in _counted_criteria(parts.competencies):
            if item.eliminates.best:
                yield ReasonCode.ELIMINATORY_CRITERION.because(
                    item.criterion.code,
                    points=points(item.points.best, item.scale),
                    limit=points(item.limit, item.scale),
                )
        for judged in parts.competencies:
            if judged.competency.mandatory and not judged.acquired.best:
                yield ReasonCode.MANDATORY_COMPETENCY.because(judged.competency.code)
            for item in judged.counted_criteria:
                if item.counted and item.criterion.mandatory and not item.acquired.best:
                    yield ReasonCode.MANDATORY_CRITERION.because(item.criterion.code)
        if not self.reached(parts, Reading.BEST):
            yield from self.shortfall(block, parts)

    def _open(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        for judged in parts.competencies:
            yield from judged.reasons
            if judged.outcome is not CompetencyOutcome.TO_DELIBERATE:
                yield from (item.undecided for item in judged.counted_criteria if item.is_open)
        if not self.reached(parts, Reading.WORST):
            yield from self.hesitation(block, parts)


class EveryCompetency(BlockCondition):
    """« toutes les compétences »: each is acquired."""

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether every competency is acquired."""
        return all(item.acquired.of(reading) for item in parts.competencies)

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the formula that every competency is acquired."""
        return f"SUMPRODUCT(1-{sources.competencies.acquired.of(reading)})=0"

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:  # noqa: ARG002 - each speaks for itself
        """Yield the competencies not acquired."""
        yield from tell_not_acquired(parts.competencies)

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield how many competencies are acquired, of all."""
        yield step(
            "Règle « toutes les compétences » : {acquired} sur {asked} {word} ({listed}).",
            acquired=shown_readings(count_passed(parts.competencies), exact_number),
            asked=shown_number(len(parts.competencies)),
            word=plural(len(parts.competencies), "est acquise", "sont acquises"),
            listed=listed_outcomes(parts.competencies),
        )


def _counted_criteria(competencies: CompetencyResults) -> Iterator[CountedCriterion]:
    for judged in competencies:
        yield from judged.counted_criteria


def _mean(competencies: CompetencyResults, scores: Sequence[Fraction]) -> Fraction:
    return exact_mean(scores, [item.competency.weight for item in competencies])


def _missing(competencies: CompetencyResults) -> Iterator[Reason]:
    for judged in competencies:
        if judged.outcome is CompetencyOutcome.INCOMPLETE:
            yield from judged.reasons
        codes = [item.criterion.code for item in judged.counted_criteria if item.missing]
        if codes:
            yield ReasonCode.MISSING_MARKS.because(
                judged.competency.code, criteria=", ".join(codes)
            )


def tell_not_acquired(competencies: CompetencyResults) -> Iterator[Reason]:
    """Yield each competency that is not acquired even at best, with its own reasons."""
    for judged in competencies:
        if not judged.acquired.best:
            yield ReasonCode.COMPETENCY_NOT_ACQUIRED.because(judged.competency.code)
            yield from judged.reasons


_NO_SCORE = '=""'
"""An empty text, which another cell can repeat: a blank cell repeated is 0."""


def _outcome_formula(sources: BlockSources, at: BlockCells[str]) -> str:
    words = {outcome: text(outcome.value) for outcome in BlockOutcome}
    incomplete = among(sources.competencies.outcome, CompetencyOutcome.INCOMPLETE.value)
    for _, cells in sources.assessments:
        awaited = f"{cells.outcome}={text(AssessmentOutcome.INCOMPLETE.value)}"
        incomplete += f"+IF({awaited},1,0)"
    decided = (
        f"IF({at.validated.worst}=1,{words[BlockOutcome.VALIDATED]},"
        f"{words[BlockOutcome.NOT_VALIDATED]})"
    )
    return (
        f"=IF({incomplete}>0,{words[BlockOutcome.INCOMPLETE]},"
        f"IF({at.validated.worst}<>{at.validated.best},"
        f"{words[BlockOutcome.TO_DELIBERATE]},{decided}))"
    )
