"""The parts that a bloc is judged on, its result, and what its row in a sheet depends on."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from sheetgen.model import BlockOutcome, MethodCode, Reason
    from sheetgen.rules.assessment import AssessmentRule
    from sheetgen.rules.cells import AssessmentCells, CompetencyCells, CriterionCells
    from sheetgen.rules.judged_assessment import AssessmentResult
    from sheetgen.rules.judged_competency import CompetencyResult
    from sheetgen.rules.readings import Readings


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResults:
    """The results that a bloc is judged on.

    Attributes:
        competencies: those of which something is asked.
        assessments: the épreuves that have a criterion of the bloc.
        to_sit_again: the modalités that the candidate did not sit and is to sit again.
    """

    competencies: tuple[CompetencyResult, ...]
    assessments: tuple[AssessmentResult, ...] = ()
    to_sit_again: tuple[MethodCode, ...] = ()

    @property
    def scored(self) -> tuple[CompetencyResult, ...]:
        """Return the competencies that enter a mean."""
        return tuple(item for item in self.competencies if item.has_score)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockResult:
    """The outcome that the rules give one bloc, with its score and reasons.

    Attributes:
        validated: in each reading.
        score: what is reported, None where it cannot be said.
        outcome: what is proposed.
        reasons: why, unless validated.
        threshold: what was asked of it, in each reading; None where nothing was compared.
    """

    validated: Readings[bool]
    score: Fraction | None
    outcome: BlockOutcome
    reasons: tuple[Reason, ...]
    threshold: Readings[Fraction] | None = None


class Scored(Enum):
    """The share of a bloc's competencies that have a score by nature."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BlockKind:
    """The facts that a bloc's formulas depend on, beside its rule.

    Attributes:
        settled: whether it stands as a value, nothing of it being asked of the candidate.
        lost: whether something of it has to be sat again, whatever the rest.
        by_competencies: whether all competencies decide, since nothing that its rule counts is
            left.
        scored: which of its competencies have a score.
        assessments: the épreuves that its rule looks at; empty where it looks at none.
        to_sit_again: those to sit again, unless they do not open.
    """

    settled: bool = False
    lost: bool = False
    by_competencies: bool = False
    scored: Scored = Scored.ALL
    assessments: tuple[MethodCode, ...] = ()
    to_sit_again: tuple[MethodCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSources:
    """The rows that a bloc's formulas are computed from.

    Attributes:
        criteria: ranges of its criteria; None where it has none.
        competencies: ranges of its competencies.
        scored: which of these have a score by nature.
        assessments: the épreuves that its rule looks at, each with its rule and its row.
        to_sit_again: the rows of the épreuves to sit again, unless they do not open.
    """

    criteria: CriterionCells[str] | None
    competencies: CompetencyCells[str]
    scored: Scored
    assessments: Sequence[tuple[AssessmentRule, AssessmentCells[str]]] = ()
    to_sit_again: Sequence[AssessmentCells[str]] = ()

    @property
    def is_plain(self) -> bool:
        """Return whether a bloc with a score cannot be incomplete."""
        return self.scored is Scored.ALL and not self.assessments

    @property
    def mean_weights(self) -> str:
        """Return the range of the weights in a mean."""
        all_scored = self.scored is Scored.ALL
        return self.competencies.weight if all_scored else self.competencies.scored
