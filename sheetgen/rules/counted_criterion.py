"""The weight and points that one criterion counts for, and the facts that its row depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState
from sheetgen.rules.exact import exact_sum
from sheetgen.rules.reasons import ReasonCode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from sheetgen.model import Criterion, Reason, Scale
    from sheetgen.rules.cells import AssessedCells, AssessmentCells, CriterionCells
    from sheetgen.rules.readings import Reading, Readings

DIVERGENT = "≠"
"""What flags a criterion on which the jurors' points lie too far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCriterion:
    """The weight and points that one criterion counts for.

    Attributes:
        criterion: with its flags.
        state: what the jurors' marks amount to.
        counted: its weight, 0 when it is left out.
        points: what it is taken for; the scale's bounds where that is open.
        acquired: whether those points are acquired.
        eliminates: whether those points lose the bloc.
        scale: the criterion's own.
        limit: the points, on that scale, at or below which an eliminatory criterion eliminates.
        is_sure: whether a score may rest on it; not where its épreuve is open in one reading only,
            nor where it was not sat and is to be.
        gated: whether its épreuve is open in one reading only.
    """

    criterion: Criterion
    state: CriterionState
    counted: Fraction
    points: Readings[Fraction]
    acquired: Readings[bool]
    eliminates: Readings[bool]
    scale: Scale
    limit: Fraction
    is_sure: bool = True
    gated: bool = False

    def share(self, reading: Reading) -> Fraction:
        """Return its points as a share of its scale, from 0 to 1."""
        return self.scale.share(self.points.of(reading))

    @property
    def missing(self) -> bool:
        """Return whether a mark is still to come."""
        return self.state is CriterionState.MISSING

    @property
    def is_open(self) -> bool:
        """Return whether it counts and its points are not known."""
        return self.counted > 0 and not (self.points.agree and self.is_sure)

    @property
    def undecided(self) -> Reason:
        """Return the reason for the jury to decide, where it is open."""
        if self.gated:
            cause = "l’ouverture de son épreuve est à délibérer"
            return ReasonCode.UNDECIDED_CRITERION.because(self.criterion.code, cause=cause)
        unseen = self.state is CriterionState.NOT_OBSERVED
        cause = "aucun juré ne l’a observé" if unseen else "les jurés ne s’accordent pas"
        return ReasonCode.UNDECIDED_CRITERION.because(self.criterion.code, cause=cause)


def counted_weight(items: Iterable[CountedCriterion]) -> Fraction:
    """Return Σ weight of criteria, those left out weighing nothing."""
    return exact_sum(item.counted for item in items)


LEFT_OUT = frozenset({CriterionState.EXEMPT, CriterionState.NOT_APPLICABLE, CriterionState.KEPT})
"""The states in which no mark of this session counts."""


CONSTANT = frozenset({CriterionState.NOT_APPLICABLE, CriterionState.KEPT, CriterionState.ABSENT})
"""The states in which a row has no formulas, save for an épreuve that may not open."""


@dataclass(frozen=True, slots=True)
class CriterionKind:
    """The facts that a criterion's formulas depend on, beside its record and its jurors.

    Attributes:
        settled: its state whatever is marked; None where marks decide.
        mixed: whether the criteria of its competency are on several scales, or on another one than
            the default.
        assessed: whether it counts in an épreuve that rules look at.
        gated: whether that épreuve opens only once others are passed.
    """

    settled: CriterionState | None = None
    mixed: bool = False
    assessed: bool = False
    gated: bool = False


@dataclass(frozen=True, slots=True)
class CriterionPlaces:
    """The places of a criterion's row, and of what it rests on beside its jurors' points.

    Attributes:
        at: the row's own cells.
        assessed: likewise, of what it counts for in its épreuve; None where no rule looks at any.
        gate: the row of its épreuve; None where nothing is a condition of it.
    """

    at: CriterionCells[str]
    assessed: AssessedCells[str] | None = None
    gate: AssessmentCells[str] | None = None
