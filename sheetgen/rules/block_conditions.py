"""The conditions on blocs that look at épreuves, and the condition of each « Bloc validé si »."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockCode, BlockRule, CriterionCode, Reason, Rules
from sheetgen.rules.block import BlockCondition, EveryCompetency
from sheetgen.rules.block_thresholds import BlockThreshold, CompetencyMean, CompetencyPercentage
from sheetgen.rules.excel import at_least, divided, number, times
from sheetgen.rules.reasons import ReasonCode
from sheetgen.rules.telling import joined, plural, shown_number, shown_readings, step
from sheetgen.rules.told_block import count_passed, explain_floor, listed_outcomes, score_of
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import Scale
    from sheetgen.rules.judged_block import BlockKind, BlockSources, PartResults
    from sheetgen.rules.readings import Reading
    from sheetgen.rules.telling import Step


def _is_incomplete(parts: PartResults) -> bool:
    return any(item.incomplete for item in parts.assessments)


def _awaited(parts: PartResults) -> Iterator[Reason]:
    for item in parts.assessments:
        if item.incomplete:
            yield ReasonCode.ASSESSMENT_AWAITED.because(item.method.code)


def _failures(parts: PartResults) -> Iterator[Reason]:
    for item in parts.assessments:
        if not item.passed.best and not item.to_sit_again:
            yield item.failure()


def _hesitations(parts: PartResults) -> Iterator[Reason]:
    for item in parts.assessments:
        if not item.passed.agree:
            yield from item.hesitation()
            yield from item.uncertainty(_told(parts))


def _told(parts: PartResults) -> set[CriterionCode]:
    """Return the criteria of which the bloc itself tells what is open."""
    return {x.criterion.code for item in parts.competencies for x in item.counted_criteria}


class EveryAssessment(BlockCondition):
    """« toutes les épreuves »: each is passed."""

    def has_parts(self, parts: PartResults) -> bool:
        """Return whether an épreuve is there."""
        return bool(parts.assessments)

    def is_incomplete(self, parts: PartResults) -> bool:
        """Return whether a mark is still to come, in an épreuve too."""
        return super().is_incomplete(parts) or _is_incomplete(parts)

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether every épreuve is passed."""
        return all(item.passed.of(reading) for item in parts.assessments)

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        passed = ",".join(cells.passed.of(reading) for _, cells in sources.assessments)
        return f"MIN({passed})=1"

    def awaited(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield what is still to come, épreuves too."""
        yield from super().awaited(block, parts)
        yield from _awaited(parts)

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:  # noqa: ARG002 - each speaks for itself
        """Yield the épreuves that are not passed."""
        yield from _failures(parts)

    def hesitation(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:  # noqa: ARG002 - likewise
        """Yield the épreuves that are passed at best only."""
        yield from _hesitations(parts)

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield how many épreuves are passed, of all."""
        yield step(
            "Règle « toutes les épreuves » : {passed} sur {asked} {word} ({listed}).",
            passed=shown_readings(count_passed(parts.assessments), exact_number),
            asked=shown_number(len(parts.assessments)),
            word=plural(len(parts.assessments), "est réussie", "sont réussies"),
            listed=listed_outcomes(parts.assessments),
        )


class CompetenciesAndAssessments(EveryAssessment):
    """« compétences et épreuves »: each competency is acquired, and each épreuve passed."""

    def has_parts(self, parts: PartResults) -> bool:  # noqa: ARG002 - competencies are always there
        """Return that something is there, were it competencies alone."""
        return True

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether every competency is acquired and every épreuve passed."""
        acquired = all(item.acquired.of(reading) for item in parts.competencies)
        return acquired and super().reached(parts, reading)

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        acquired = EveryCompetency(self.rules).formula(sources, reading)
        if not sources.assessments:
            return acquired
        return f"AND({acquired},{super().formula(sources, reading)})"

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield the competencies that are not acquired, and the épreuves not passed."""
        yield from EveryCompetency(self.rules, self.scale).shortfall(block, parts)
        yield from super().shortfall(block, parts)

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield how many competencies are acquired and épreuves passed, of all."""
        yield step(
            "Règle « compétences et épreuves » : {acquired} compétence(s) acquise(s) sur "
            "{competencies} ({of_competencies}), {passed} épreuve(s) réussie(s) sur {assessments} "
            "({of_assessments}).",
            acquired=shown_readings(count_passed(parts.competencies), exact_number),
            competencies=shown_number(len(parts.competencies)),
            of_competencies=listed_outcomes(parts.competencies),
            passed=shown_readings(count_passed(parts.assessments), exact_number),
            assessments=shown_number(len(parts.assessments)),
            of_assessments=listed_outcomes(parts.assessments),
        )


class AssessmentMean(BlockThreshold):
    """« moyenne des épreuves »: the mean of the scores is high enough, and none below its floor."""

    def has_parts(self, parts: PartResults) -> bool:
        """Return whether an épreuve is there."""
        return bool(parts.assessments)

    def is_incomplete(self, parts: PartResults) -> bool:
        """Return whether a mark is still to come, in an épreuve too."""
        return super().is_incomplete(parts) or _is_incomplete(parts)

    def weight(self, parts: PartResults) -> Fraction:
        """Return Σ weight over the épreuves."""
        return sum((item.method.weight for item in parts.assessments), Fraction(0))

    def gained(self, parts: PartResults, reading: Reading) -> Fraction:
        """Return Σ weight·score."""
        scores = (item.method.weight * item.attained.of(reading) for item in parts.assessments)
        return sum(scores, Fraction(0))

    def weight_formula(self, sources: BlockSources) -> str:
        """Return `weight` as a formula."""
        return number(_weight(sources))

    def gained_formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return `gained` as a formula."""
        return "+".join(
            times(rule.method.weight, cells.attained.of(reading))
            for rule, cells in sources.assessments
        )

    def formula(self, sources: BlockSources, reading: Reading) -> str:
        """Return the condition as a formula over the bloc's rows."""
        asked = [super().formula(sources, reading)]
        asked += [
            at_least(cells.attained.of(reading), rule.floor)
            for rule, cells in sources.assessments
            if rule.floor
        ]
        return f"AND({','.join(asked)})" if len(asked) > 1 else asked[0]

    def is_unscored(self, kind: BlockKind) -> bool:  # noqa: ARG002 - its épreuves have scores
        """Return that it has a score."""
        return False

    def score_formula(self, sources: BlockSources) -> str:
        """Return `score` as a formula."""
        scores = [cells.score for _, cells in sources.assessments]
        weighed = "+".join(
            times(rule.method.weight, cells.score) for rule, cells in sources.assessments
        )
        mean = divided(f"({weighed})", _weight(sources))
        return f'IF(COUNT({",".join(scores)})<{len(scores)},"",{mean})'

    def reached(self, parts: PartResults, reading: Reading) -> bool:
        """Return whether the mean and every score reach theirs; the zone never lowers a floor."""
        return super().reached(parts, reading) and all(
            item.attained.of(reading) >= item.floor for item in parts.assessments
        )

    def score(self, parts: PartResults) -> Fraction | None:
        """Return the mean of the épreuves, None where the score of one is unknown."""
        scores = [(x.method.weight, x.score) for x in parts.assessments if x.score is not None]
        if len(scores) < len(parts.assessments):
            return None
        return sum((weight * score for weight, score in scores), Fraction(0)) / self.weight(parts)

    def awaited(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield what is still to come, épreuves too."""
        yield from super().awaited(block, parts)
        yield from _awaited(parts)

    def shortfall(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield the distance, the épreuves below their floor and those that did not open."""
        yield from super().shortfall(block, parts)
        for item in parts.assessments:
            if item.attained.best < item.floor:
                yield ReasonCode.ASSESSMENT_BELOW_FLOOR.because(
                    item.method.code,
                    attained=item.told(item.attained.best),
                    threshold=item.told(item.floor),
                )
            elif not item.opened.best:
                yield item.failure()

    def hesitation(self, block: BlockCode, parts: PartResults) -> Iterator[Reason]:
        """Yield the zone, what may not open, and what is open in other blocs."""
        yield from super().hesitation(block, parts)
        for item in parts.assessments:
            if not item.opened.agree:
                yield from item.hesitation()
            yield from item.uncertainty(_told(parts))

    def explain_reached(self, parts: PartResults) -> Iterator[Step]:
        """Yield the mean of the scores and what is asked, then the floors."""
        yield step(
            "Règle « moyenne des épreuves » : {listed}, soit {attained}, pour un seuil de "
            "{threshold}.",
            listed=joined(
                score_of(item.method.code, item.attained, item.method.weight, item.told)
                for item in parts.assessments
            ),
            attained=shown_readings(self.attained(parts), self.told),
            threshold=shown_readings(self.threshold, self.told),
        )
        for item in parts.assessments:
            if item.floor:
                yield explain_floor(item.method.code, item.attained, item.floor, item.told)


def _weight(sources: BlockSources) -> Fraction:
    weights = (rule.method.weight for rule, _ in sources.assessments)
    return sum(weights, Fraction(0))


BLOCK_CONDITIONS: Mapping[BlockRule, type[BlockCondition]] = {
    BlockRule.ALL: EveryCompetency,
    BlockRule.PERCENTAGE: CompetencyPercentage,
    BlockRule.MEAN: CompetencyMean,
    BlockRule.EVERY_ASSESSMENT: EveryAssessment,
    BlockRule.ASSESSMENT_MEAN: AssessmentMean,
    BlockRule.COMPETENCIES_AND_ASSESSMENTS: CompetenciesAndAssessments,
}


def block_condition(rules: Rules, scale: Scale | None = None) -> BlockCondition:
    """Return the condition of the rule the school chose; its reasons tell scores on the scale."""
    return BLOCK_CONDITIONS[rules.block_rule](rules, scale)
