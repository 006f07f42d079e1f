"""The référentiel as a whole: its parts by code, what belongs to what, the scales of its marks."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.fingerprint import fingerprint_of
from sheetgen.model.scales import Scale
from sheetgen.model.terms import NOTE, BlockRule, ScaleKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sheetgen.model.referential_parts import (
        Activity,
        AssessmentMethod,
        Block,
        Certification,
        Competency,
        Criterion,
    )
    from sheetgen.model.regulation import Mention, OptionGroup, Rules
    from sheetgen.model.terms import (
        AccessRoute,
        ActivityCode,
        BlockCode,
        CompetencyCode,
        CriterionCode,
        MethodCode,
    )


@dataclass(frozen=True, kw_only=True)
class Referential:
    """The master workbook, read and checked; every tuple is in the workbook's order.

    Every code refers to a record that exists, every bloc has a competency, every competency a
    criterion unless it takes evidence. No slots, so that the look-ups below are computed once and
    kept.

    Attributes:
        scale: the default scale.
        scales: those that have a name.
        note_bounds: the notes that « Règles » bound, where the default scale has levels and a
            criterion takes notes; see `notes`.
    """

    certification: Certification
    blocks: tuple[Block, ...]
    activities: tuple[Activity, ...]
    methods: tuple[AssessmentMethod, ...]
    competencies: tuple[Competency, ...]
    criteria: tuple[Criterion, ...]
    scale: Scale
    rules: Rules
    scales: tuple[Scale, ...] = ()
    note_bounds: Scale | None = None
    option_groups: tuple[OptionGroup, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @cached_property
    def block(self) -> Mapping[BlockCode, Block]:
        """Return blocs by code."""
        return {block.code: block for block in self.blocks}

    @cached_property
    def method(self) -> Mapping[MethodCode, AssessmentMethod]:
        """Return assessment methods by code."""
        return {method.code: method for method in self.methods}

    @cached_property
    def activity(self) -> Mapping[ActivityCode, Activity]:
        """Return activities by code."""
        return {activity.code: activity for activity in self.activities}

    @cached_property
    def competency(self) -> Mapping[CompetencyCode, Competency]:
        """Return competencies by code."""
        return {competency.code: competency for competency in self.competencies}

    @cached_property
    def criterion(self) -> Mapping[CriterionCode, Criterion]:
        """Return criteria by code."""
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def block_of(self) -> Mapping[CompetencyCode, BlockCode]:
        """Return the bloc of each competency, which its activity names or the competency itself."""
        found: dict[CompetencyCode, BlockCode] = {}
        for item in self.competencies:
            block = item.block if item.activity is None else self.activity[item.activity].block
            if block is None:
                raise ValueError(item.code)
            found[item.code] = block
        return found

    @cached_property
    def competencies_of(self) -> Mapping[BlockCode, tuple[Competency, ...]]:
        """Return each bloc's competencies, in the workbook's order."""
        found: dict[BlockCode, list[Competency]] = {block.code: [] for block in self.blocks}
        for competency in self.competencies:
            found[self.block_of[competency.code]].append(competency)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def criteria_of(self) -> Mapping[CompetencyCode, tuple[Criterion, ...]]:
        """Return each competency's criteria, in the workbook's order."""
        found: dict[CompetencyCode, list[Criterion]] = {c.code: [] for c in self.competencies}
        for criterion in self.criteria:
            found[criterion.competency].append(criterion)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def criteria_of_block(self) -> Mapping[BlockCode, tuple[Criterion, ...]]:
        """Return each bloc's criteria, competency by competency."""
        return {
            code: tuple(c for item in items for c in self.criteria_of[item.code])
            for code, items in self.competencies_of.items()
        }

    @cached_property
    def assessment_of(self) -> Mapping[CriterionCode, MethodCode | None]:
        """Return the épreuve of each criterion; None where it is judged over all that assess it."""
        found: dict[CriterionCode, MethodCode | None] = {}
        for item in self.criteria:
            methods = self.competency[item.competency].methods
            only = methods[0] if len(methods) == 1 else None
            found[item.code] = item.method or only
        return found

    @cached_property
    def has_routes(self) -> bool:
        """Return whether a modalité is for some ways to the certification alone."""
        return any(method.routes for method in self.methods)

    def applies(self, criterion: Criterion, access: AccessRoute | None) -> bool:
        """Return whether candidates who came this way are marked on a criterion."""
        if not self.has_routes:
            return True
        return any(self.method[code].used_for(access) for code in self._assessed_by(criterion))

    def is_covered(
        self, criterion: Criterion, methods: Collection[MethodCode], access: AccessRoute | None
    ) -> bool:
        """Return whether a juror of these modalités alone marks a criterion that applies."""
        return any(
            code in methods and self.method[code].used_for(access)
            for code in self._assessed_by(criterion)
        )

    def _assessed_by(self, criterion: Criterion) -> tuple[MethodCode, ...]:
        """Return the épreuve of a criterion; without one, every modalité of its competency."""
        assessment = self.assessment_of[criterion.code]
        if assessment is not None:
            return (assessment,)
        return self.competency[criterion.competency].methods

    @cached_property
    def criteria_of_assessment(self) -> Mapping[MethodCode, tuple[Criterion, ...]]:
        """Return each épreuve's criteria, in the workbook's order; an épreuve has at least one."""
        found: dict[MethodCode, list[Criterion]] = {method.code: [] for method in self.methods}
        for criterion in self.criteria:
            assessment = self.assessment_of[criterion.code]
            if assessment is not None:
                found[assessment].append(criterion)
        return {code: tuple(items) for code, items in found.items() if items}

    @cached_property
    def assessments(self) -> tuple[AssessmentMethod, ...]:
        """Return the épreuves: the methods to which at least one criterion belongs."""
        return tuple(item for item in self.methods if item.code in self.criteria_of_assessment)

    @cached_property
    def uses_assessments(self) -> bool:
        """Return whether a rule names épreuves, or a condition does."""
        return any(self.rule_of(block.code).names_assessments for block in self.blocks) or any(
            item.condition for item in self.assessments
        )

    @cached_property
    def deciding_assessments(self) -> frozenset[MethodCode]:
        """Return the épreuves to be passed for something: a bloc, or an épreuve that they open."""
        conditions = (code for item in self.assessments for code in item.condition)
        return frozenset(conditions) | self._assessments_of(
            lambda rule: rule.names_assessments and rule is not BlockRule.ASSESSMENT_MEAN
        )

    @cached_property
    def averaged_assessments(self) -> frozenset[MethodCode]:
        """Return the épreuves of blocs that their mean decides."""
        return self._assessments_of(lambda rule: rule is BlockRule.ASSESSMENT_MEAN)

    def _assessments_of(self, ruled: Callable[[BlockRule], bool]) -> frozenset[MethodCode]:
        """Return the épreuves of the blocs that are ruled so."""
        found = (
            self.assessment_of[criterion.code]
            for block in self.blocks
            if ruled(self.rule_of(block.code))
            for criterion in self.criteria_of_block[block.code]
        )
        return frozenset(code for code in found if code is not None)

    def threshold_of(self, method: AssessmentMethod) -> Fraction:
        """Return the « Seuil » in force for an épreuve."""
        common = self.rules.assessment_threshold
        return common if method.threshold is None else method.threshold

    def floor_of(self, method: AssessmentMethod) -> Fraction:
        """Return the « Plancher » in force for an épreuve."""
        return self.rules.assessment_floor if method.floor is None else method.floor

    def rule_of(self, block: BlockCode) -> BlockRule:
        """Return the « Validé si » in force for a bloc."""
        return self.block[block].rule or self.rules.block_rule

    @property
    def notes(self) -> Scale:
        """Return the notes that « Règles » bound, which a barème is a share of."""
        return self.scale if self.scale.kind is ScaleKind.NOTE else self.note_bounds or NOTES

    @cached_property
    def scale_of(self) -> Mapping[CriterionCode, Scale]:
        """Return the scale on which each criterion is marked."""
        named = {scale.name: scale for scale in self.scales}
        found: dict[CriterionCode, Scale] = {}
        for item in self.criteria:
            if item.out_of is not None:
                found[item.code] = self._notes_up_to(item.out_of)
            elif item.scale is None:
                found[item.code] = self.scale
            else:
                found[item.code] = self.notes if item.scale == NOTE else named[item.scale]
        return found

    @cached_property
    def scales_in_use(self) -> tuple[Scale, ...]:
        """Return the default scale, then the others that criteria are marked on, each once."""
        used = (self.scale_of[item.code] for item in self.criteria)
        return tuple(dict.fromkeys((self.scale, *used)))

    @cached_property
    def mixes_scales(self) -> bool:
        """Return whether a criterion has a barème, or another scale than the default."""
        has_out_of = any(item.out_of is not None for item in self.criteria)
        return has_out_of or len(self.scales_in_use) > 1

    def _notes_up_to(self, out_of: Fraction) -> Scale:
        """Return the notes from 0 to a barème, acquired from the same share as notes are."""
        return Scale(
            kind=ScaleKind.NOTE,
            minimum=Fraction(0),
            maximum=out_of,
            step=self.notes.step,
            acquired_from=self.notes.share(self.notes.acquired_from) * out_of,
            unobserved=self.notes.unobserved,
        )

    @cached_property
    def scale_of_assessment(self) -> Mapping[MethodCode, Scale]:
        """Return the scale on which each épreuve's score is read.

        The sum of its barèmes where they weigh as much as they count for, the scale of its criteria
        where they have one, else the default scale.
        """
        return {
            code: self._sum_of(criteria) or self._common_notes(criteria) or self.scale
            for code, criteria in self.criteria_of_assessment.items()
        }

    @cached_property
    def score_scales(self) -> tuple[Scale, ...]:
        """Return the default scale, then the others on which scores are read, each once."""
        own = self.scale_of_assessment.values() if self.uses_assessments else ()
        return tuple(dict.fromkeys((self.scale, *own)))

    @property
    def reads_notes(self) -> bool:
        """Return whether people read some score as a note."""
        return any(scale.kind is ScaleKind.NOTE for scale in self.score_scales)

    def _sum_of(self, criteria: Sequence[Criterion]) -> Scale | None:
        """Return the notes up to the sum of barèmes; None where they do not add up."""
        parts = [(item.weight, item.out_of) for item in criteria if item.out_of is not None]
        weights = {weight / out_of for weight, out_of in parts}
        if len(parts) < len(criteria) or len(weights) > 1:
            return None
        return self._notes_up_to(sum((out_of for _, out_of in parts), Fraction(0)))

    def _common_notes(self, criteria: Sequence[Criterion]) -> Scale | None:
        """Return the notes that all these criteria are marked on; None where they differ."""
        scales = {self.scale_of[item.code] for item in criteria}
        (scale, *others) = scales
        return None if others or scale.kind is not ScaleKind.NOTE else scale

    def carried_points(self, points: Fraction, criterion: Criterion) -> Fraction:
        """Return points that « Règles » state, on the criterion's own scale.

        A barème is a share of the notes, any other scale of the default one; the minimum of the
        default scale stays the minimum of any.
        """
        scale = self.scale_of[criterion.code]
        if scale is self.scale:
            return points
        if points == self.scale.minimum:
            return scale.minimum
        return scale.at_share(self._stated_on(criterion).share(points))

    def carried_gap(self, gap: Fraction, criterion: Criterion) -> Fraction:
        """Return a gap between two marks that « Règles » state, on the criterion's own scale."""
        scale = self.scale_of[criterion.code]
        if scale is self.scale:
            return gap
        return gap * scale.span / self._stated_on(criterion).span

    def _stated_on(self, criterion: Criterion) -> Scale:
        return self.scale if criterion.out_of is None else self.notes

    @cached_property
    def fingerprint(self) -> str:
        """Return the SHA-256, in hexadecimal, of what a juror saw: codes, texts, scales.

        Rules, weights and flags may change without voiding the grids that are out.
        """
        return fingerprint_of(self)


NOTES = Scale(
    kind=ScaleKind.NOTE,
    minimum=Fraction(0),
    maximum=Fraction(20),
    step=Fraction(1, 2),
    acquired_from=Fraction(10),
)
"""The notes of a school that says nothing of them: on 20, by halves, acquired from 10."""
