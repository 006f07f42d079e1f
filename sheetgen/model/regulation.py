"""The school's decision rules, as « Règles », « Options » and « Mentions » state them."""

from __future__ import annotations

from fractions import Fraction

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import (
    AbsenceRule,
    BlockRule,
    CommentRule,
    CompetencyRule,
    Merge,
    TieBreak,
    Unobserved,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The school's decision rules, as read from « Règles » with the defaults filled in.

    Attributes:
        divergence: points between two jurors from which a criterion is flagged; None is never.
        competency_threshold: a number of criteria for `COUNT`, else a fraction of 1.
        block_threshold: a fraction of 1.
        competency_floor: a fraction of 1, for the bloc rule `MEAN` alone.
        general_mean: a fraction of 1 that the presented blocs' mean must reach; None is none.
        eliminatory_points: an eliminatory criterion at or below it loses the bloc.
        deliberation_zone: a fraction of 1 below the thresholds, within which the jury decides.
        minimum_jurors: jurors assigned per candidate and presented bloc.
        minimum_external: fraction of those who must be external.
        assessment_threshold: a fraction of 1, for épreuves that have none of their own.
        assessment_floor: likewise, for the bloc rule `ASSESSMENT_MEAN` alone.
        absence: what an épreuve is for a candidate who did not sit it.
        assessments_kept_months: months for which an épreuve passed in a failed bloc is kept; None
            for none. Like those that follow, it prepares sessions to come and decides nothing in
            this one.
        assessments_kept_from: a fraction of 1 that such an épreuve must reach; None for a pass.
        competencies_kept_months: likewise, for a competency acquired.
        most_resits: times that a candidate may come back; None for any number.
        resit_months: months after the first session within which they may; None for ever.
        most_resit_blocks: blocs failed with which they may still come back; None for any number.
    """

    merge: Merge = Merge.MEAN
    tie_break: TieBreak = TieBreak.DELIBERATION
    divergence: Fraction | None = Fraction(2)
    competency_rule: CompetencyRule = CompetencyRule.PERCENTAGE
    competency_threshold: Fraction = Fraction(1, 2)
    block_rule: BlockRule = BlockRule.ALL
    block_threshold: Fraction = Fraction(1)
    competency_floor: Fraction = Fraction(0)
    general_mean: Fraction | None = None
    eliminatory_points: Fraction = Fraction(0)
    deliberation_zone: Fraction = Fraction(0)
    unobserved: Unobserved = Unobserved.TO_DELIBERATE
    comment: CommentRule = CommentRule.NOT_ACQUIRED
    minimum_jurors: int = 2
    minimum_external: Fraction = Fraction(1, 2)
    assessment_threshold: Fraction = Fraction(1, 2)
    assessment_floor: Fraction = Fraction(0)
    absence: AbsenceRule = AbsenceRule.FAILED
    assessments_kept_months: int | None = None
    assessments_kept_from: Fraction | None = None
    competencies_kept_months: int | None = None
    most_resits: int | None = None
    resit_months: int | None = None
    most_resit_blocks: int | None = None

    @property
    def limits_resits(self) -> bool:
        """Return whether a rule says who may come back, or what they keep."""
        said = (
            self.most_resits,
            self.resit_months,
            self.most_resit_blocks,
            self.assessments_kept_months,
            self.competencies_kept_months,
        )
        return any(item is not None for item in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """A group of optional blocs, so many of which the certification needs."""

    name: str
    required: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A distinction that the general mean gives; `threshold` is a fraction of 1."""

    label: str
    threshold: Fraction
