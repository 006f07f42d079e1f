"""The records of one competency judged: its outcome, and what its formulas depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CompetencyOutcome
from sheetgen.rules.exact import exact_sum

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from sheetgen.model import Competency, Reason
    from sheetgen.rules.cells import CriterionCells
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.readings import Readings


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyResult:
    """The outcome that the rules give one competency, with its score.

    Attributes:
        competency: with its weight and flag.
        counted_criteria: its criteria.
        acquired: in each reading.
        attained: the score in each reading, in [0, 1].
        score: what is reported, None where it cannot be said.
        outcome: what is proposed.
        reasons: why, where that is to deliberate, or rests on evidence.
        has_score: whether it has a score by nature, be it unknown.
        threshold: what was asked of it, in each reading; None where nothing was compared.
    """

    competency: Competency
    counted_criteria: tuple[CountedCriterion, ...]
    acquired: Readings[bool]
    attained: Readings[Fraction]
    score: Fraction | None
    outcome: CompetencyOutcome
    reasons: tuple[Reason, ...] = ()
    has_score: bool = True
    threshold: Readings[Fraction] | None = None

    @property
    def applies(self) -> bool:
        """Return whether something of it is asked of the candidate."""
        return self.outcome is not CompetencyOutcome.NOT_APPLICABLE


def competency_weight(competencies: Iterable[CompetencyResult]) -> Fraction:
    """Return Σ weight of competencies."""
    return exact_sum(item.competency.weight for item in competencies)


@dataclass(frozen=True, slots=True)
class CompetencyKind:
    """The facts that a competency's formulas depend on, beside its rule.

    Attributes:
        settled: whether it stands as a value: kept, shown by evidence, or not asked.
        mixed: whether its criteria are on several scales, or on another one than the default.
    """

    settled: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class CompetencySources:
    """The ranges of a competency's criteria, and whether they are counted by their shares."""

    criteria: CriterionCells[str]
    mixed: bool
