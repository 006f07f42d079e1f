"""Try what a school's rules grant or refuse to everybody."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    BlockOutcome,
    BlockRule,
    CertificationOutcome,
    CompetencyOutcome,
    CompetencyRule,
    Merge,
    ScaleKind,
)
from sheetgen.problems import regulations as kinds
from sheetgen.rules import ReasonCode
from sheetgen.sources.checks.trials import Trials, blocks_named, competencies
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import BlockDecision, Referential, Scale
    from sheetgen.problems import Location, Problem
    from sheetgen.sources.read import Row


@dataclass(frozen=True, slots=True)
class Regulation:
    """A référentiel's rules, tried, and where each is written."""

    trials: Trials
    rules: Row

    @property
    def referential(self) -> Referential:
        """Return the référentiel tried."""
        return self.trials.referential

    @property
    def has_rules_of_all(self) -> bool:
        """Return whether the rules of « Règles » alone decide on every competency and bloc."""
        known = self.referential
        return not known.uses_assessments and not any(
            rule is not None or threshold is not None
            for rule, threshold in (
                *((item.rule, item.threshold) for item in known.blocks),
                *((item.rule, item.threshold) for item in known.competencies),
            )
        )

    def at(self, *attributes: str) -> Location:
        """Return the location of the first of these rules that is written; else the sheet."""
        places = [self.rules.at(attribute) for attribute in attributes]
        return next((place for place in places if place.cell), places[0])

    def named(self, blocks: list[BlockDecision]) -> str:
        """Return these blocs in words."""
        return blocks_named(blocks, len(self.referential.blocks))


def check_outcomes(tried: Regulation) -> Iterator[Problem]:
    """Warn of rules that grant what no juror grants, or refuse what every juror grants."""
    yield from _check_acquisition(tried)
    if tried.has_rules_of_all:
        yield from _check_lenient(tried)
        yield from _check_zone(tried)
    yield from _check_eliminatory(tried)
    if tried.has_rules_of_all:
        perfect = list(_check_maximum_needed(tried))
        yield from perfect or _check_acquired_refused(tried)
    yield from _check_one_juror(tried)
    if tried.referential.rules.minimum_jurors == 1:
        yield kinds.JURY_OF_ONE.at(tried.at("minimum_jurors"))


def _check_acquisition(tried: Regulation) -> Iterator[Problem]:
    """Find a scale of notes on which every note is acquired, or one alone."""
    scale, trials = tried.referential.scale, tried.trials
    if scale.kind is not ScaleKind.NOTE:
        return
    found, place = exact_number(scale.acquired_from), tried.at("note_acquired")
    if trials.refused is None:
        yield kinds.ACQUIRED_AT_MINIMUM.at(place, found=found)
    elif trials.acquired == trials.highest and not trials.has_two_values:
        yield kinds.ACQUIRED_AT_MAXIMUM.at(place, found=found)


def _check_lenient(tried: Regulation) -> Iterator[Problem]:
    """Find marks not acquired that, given throughout, acquire a competency or validate a bloc.

    The lowest mark that does is the one named.
    """
    rules, trials = tried.referential.rules, tried.trials
    marks = [trials.lowest, *([trials.refused] if trials.refused is not None else [])]
    tries = [(mark, trials.throughout(mark)) for mark in marks]
    acquired = [
        (mark, item)
        for mark, decision in tries
        for item in competencies(decision)
        if item.outcome is CompetencyOutcome.ACQUIRED
    ]
    if acquired and trials.refused is not None:
        mark, item = acquired[0]
        counts = rules.competency_rule is CompetencyRule.MEAN
        yield kinds.RULES_LENIENT.at(
            tried.at("competency_threshold", "competency_rule"),
            level=mark.label,
            score=_written(
                item.score if counts else None, tried.referential.scale, of_marks=counts
            ),
        )
    for mark, decision in tries:
        lenient = [block for block in decision.blocks if _validated_alone(block)]
        if lenient:
            counts = rules.block_rule is BlockRule.MEAN
            yield kinds.BLOCK_LENIENT.at(
                tried.at("block_threshold", "block_rule"),
                level=mark.label,
                blocks=tried.named(lenient),
                score=_written(
                    lenient[0].score if counts else None, tried.referential.scale, of_marks=counts
                ),
            )
            return


def _validated_alone(block: BlockDecision) -> bool:
    """Return whether a bloc is validated although not every competency is acquired."""
    return block.outcome is BlockOutcome.VALIDATED and any(
        item.outcome is not CompetencyOutcome.ACQUIRED for item in block.competencies
    )


def _written(share: Fraction | None, scale: Scale, *, of_marks: bool = True) -> str:
    """Return a share of the scale as a cell of « Règles » may say it: on notes, over the highest.

    What is no share of marks, as one of criteria, is a percentage.
    """
    found = share or Fraction(0)
    if of_marks and scale.kind is ScaleKind.NOTE:
        return f"{exact_number(found * scale.maximum)}/{exact_number(scale.maximum)}"
    return f"{exact_number(found * 100)} %"


def _check_zone(tried: Regulation) -> Iterator[Problem]:
    """Find a zone that reaches down to nothing: the lowest marks are to be deliberated."""
    lowest = tried.trials.lowest
    decision = tried.trials.throughout(lowest)
    if any(x.outcome is CompetencyOutcome.TO_DELIBERATE for x in competencies(decision)):
        threshold = "Seuil compétence"
    elif any(block.outcome is BlockOutcome.TO_DELIBERATE for block in decision.blocks):
        threshold = "Seuil bloc"
    else:
        return
    yield kinds.NOTHING_REFUSED.at(
        tried.at("deliberation_zone"),
        zone=_written(tried.referential.rules.deliberation_zone, tried.referential.scale),
        threshold=threshold,
        level=lowest.label,
    )


def _check_eliminatory(tried: Regulation) -> Iterator[Problem]:
    """Find criteria that lose the bloc although acquired, even at their best."""
    trials = tried.trials
    if trials.refused is None:
        return
    for kind, mark in (
        (kinds.ELIMINATES_ALL, trials.highest),
        (kinds.ELIMINATES_ACQUIRED, trials.acquired),
    ):
        lost = [block for block in trials.throughout(mark).blocks if _eliminated(block)]
        if lost:
            yield kind.at(
                tried.at("eliminatory_points"),
                found=exact_number(tried.referential.rules.eliminatory_points),
                level=mark.label,
                blocks=tried.named(lost),
            )
            return


def _eliminated(block: BlockDecision) -> bool:
    key = ReasonCode.ELIMINATORY_CRITERION.key
    return any(reason.code == key for reason in block.reasons)


def _check_maximum_needed(tried: Regulation) -> Iterator[Problem]:
    """Find means that must be the maximum: one mark below it refuses."""
    rules = tried.referential.rules
    for attribute, fallback, name, refused, asked in (
        (
            "competency_threshold",
            "competency_rule",
            "Seuil compétence",
            "la compétence",
            rules.competency_rule is CompetencyRule.MEAN and rules.competency_threshold == 1,
        ),
        (
            "block_threshold",
            "block_rule",
            "Seuil bloc",
            "le bloc",
            rules.block_rule is BlockRule.MEAN and rules.block_threshold == 1,
        ),
        (
            "competency_floor",
            "block_rule",
            "Plancher compétence",
            "le bloc",
            rules.block_rule is BlockRule.MEAN and rules.competency_floor == 1,
        ),
        (
            "general_mean",
            "general_mean",
            "Moyenne générale minimale",
            "la certification",
            rules.general_mean == 1,
        ),
    ):
        if asked:
            yield kinds.MAXIMUM_NEEDED.at(
                tried.at(attribute, fallback),
                name=name,
                whole=_written(Fraction(1), tried.referential.scale),
                level=tried.trials.highest.label,
                refused=refused,
            )


def _check_acquired_refused(tried: Regulation) -> Iterator[Problem]:
    """Find an acquired level that, given throughout, a mean of points refuses.

    With notes, a threshold above the note that acquires is an ordinary regulation.
    """
    mark = tried.trials.acquired
    if tried.referential.scale.kind is ScaleKind.NOTE:
        return
    decision = tried.trials.throughout(mark)
    blocks = decision.blocks
    if any(_eliminated(block) for block in blocks):
        return
    if any(x.outcome is CompetencyOutcome.NOT_ACQUIRED for x in competencies(decision)):
        refused, threshold, attribute = "la compétence", "Seuil compétence", "competency_threshold"
    elif any(block.outcome is BlockOutcome.NOT_VALIDATED for block in blocks):
        floor = any(
            reason.code == ReasonCode.BELOW_FLOOR.key
            for block in blocks
            for reason in block.reasons
        )
        refused, threshold, attribute = "le bloc", "Seuil bloc", "block_threshold"
        if floor:
            threshold, attribute = "Plancher compétence", "competency_floor"
    elif decision.outcome is CertificationOutcome.PARTIAL:
        refused, threshold = "la certification", "Moyenne générale minimale"
        attribute = "general_mean"
    else:
        return
    yield kinds.ACQUIRED_REFUSED.at(
        tried.at(attribute), level=mark.label, refused=refused, threshold=threshold
    )


def _check_one_juror(tried: Regulation) -> Iterator[Problem]:
    """Find whether one of three jurors, who does not acquire, decides for the two who do."""
    trials = tried.trials
    mean = tried.referential.rules.merge is Merge.MEAN
    if not mean or not trials.has_two_values or trials.refused is None:
        return
    alone = trials.decide(trials.acquired, trials.acquired, trials.refused)
    together = trials.throughout(trials.acquired)
    if any(
        one.outcome is CompetencyOutcome.NOT_ACQUIRED and all_.outcome is CompetencyOutcome.ACQUIRED
        for one, all_ in zip(competencies(alone), competencies(together), strict=True)
    ):
        yield kinds.ONE_JUROR_REFUSES.at(tried.at("merge"), level=trials.refused.label)
