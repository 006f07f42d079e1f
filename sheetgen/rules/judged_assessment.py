"""The records of one épreuve judged: its outcome with its reasons, and what its row depends on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AssessmentDecision, AssessmentOutcome
from sheetgen.rules.reasons import ReasonCode, result_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from fractions import Fraction

    from sheetgen.model import AssessmentMethod, CriterionCode, MethodCode, Reason, Scale
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.readings import Readings


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentResult:
    """The outcome that the rules give one épreuve, with what they looked at.

    Attributes:
        method: the épreuve.
        counted_criteria: the criteria left, as they count in it.
        conditions: the results of the épreuves that open it.
        opened: whether it is open, in each reading.
        threshold: what its score must reach, in each reading.
        floor: what its score must reach for a mean of épreuves to count.
        passed: in each reading.
        attained: the score in each reading, in [0, 1].
        score: what is reported, None where it cannot be said.
        outcome: what is proposed.
        to_sit_again: the candidate was absent, and the school has absences sat again.
        scale: the one on which its reasons tell scores; None for percentages.
    """

    method: AssessmentMethod
    counted_criteria: tuple[CountedCriterion, ...] = ()
    conditions: tuple[AssessmentResult, ...] = ()
    opened: Readings[bool]
    threshold: Readings[Fraction]
    floor: Fraction
    passed: Readings[bool]
    attained: Readings[Fraction]
    score: Fraction | None
    outcome: AssessmentOutcome
    to_sit_again: bool = False
    scale: Scale | None = None

    @property
    def incomplete(self) -> bool:
        """Return whether a mark is still to come, here or in what opens it."""
        return self.outcome is AssessmentOutcome.INCOMPLETE

    @property
    def waits(self) -> bool:
        """Return whether what opens it is not known yet, marks being still to come there."""
        return any(item.incomplete for item in self.conditions)

    @property
    def decision(self) -> AssessmentDecision:
        """Return the record of the outcome."""
        return AssessmentDecision(code=self.method.code, outcome=self.outcome, score=self.score)

    def told(self, share: Fraction) -> str:
        """Return a share as its reasons tell it."""
        return result_text(share, self.scale)

    def failure(self) -> Reason:
        """Return the reason why it is not passed even at best."""
        code = self.method.code
        if self.outcome is AssessmentOutcome.NOT_OPEN or not self.opened.best:
            lost = ", ".join(c.method.code for c in self.conditions if not c.passed.best)
            return ReasonCode.ASSESSMENT_NOT_OPEN.because(code, conditions=lost)
        if self.outcome is AssessmentOutcome.ABSENT:
            return ReasonCode.ASSESSMENT_FAILED.because(code, cause="candidat absent")
        cause = (
            f"résultat de {self.told(self.attained.best)}, pour un seuil de "
            f"{self.told(self.threshold.worst)}"
        )
        return ReasonCode.ASSESSMENT_FAILED.because(code, cause=cause)

    def hesitation(self) -> Iterator[Reason]:
        """Yield why it is passed at best only, beyond what is open in a criterion."""
        if not self.opened.worst:
            lost = ", ".join(c.method.code for c in self.conditions if not c.passed.worst)
            yield ReasonCode.ASSESSMENT_OPENING_UNDECIDED.because(self.method.code, conditions=lost)
        elif self.threshold.best <= self.attained.worst < self.threshold.worst:
            yield ReasonCode.IN_DELIBERATION_ZONE.because(
                self.method.code,
                attained=self.told(self.attained.worst),
                threshold=self.told(self.threshold.worst),
            )

    def uncertainty(self, told: Collection[CriterionCode]) -> Iterator[Reason]:
        """Yield why its score is open, where no criterion among those told already says so."""
        if self.attained.agree:
            return
        code = self.method.code
        if not self.counted_criteria:
            yield ReasonCode.ASSESSMENT_UNDECIDED.because(code, cause="aucun critère n’y compte")
        codes = (item.criterion.code for item in self.counted_criteria if item.is_open)
        others = ", ".join(item for item in codes if item not in told)
        if others:
            cause = f"avec des critères d’autres blocs ({others})"
            yield ReasonCode.ASSESSMENT_UNDECIDED.because(code, cause=cause)


@dataclass(frozen=True, slots=True)
class AssessmentKind:
    """The facts that an épreuve's formulas depend on, beside its rule.

    Attributes:
        conditions: the épreuves that open it for this candidate; none where it is kept.
        kept: whether its result comes from another session.
        absent: whether the candidate did not sit it.
    """

    conditions: tuple[MethodCode, ...] = ()
    kept: bool = False
    absent: bool = False

    @property
    def gated(self) -> bool:
        """Return whether it opens only once others are passed."""
        return bool(self.conditions)
