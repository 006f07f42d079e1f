"""The référentiel: the scale, the rules, and what the certification is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.model.terms import (
    ActivityCode,
    BlockCode,
    BlockRule,
    CommentRule,
    CompetencyCode,
    CompetencyRule,
    CriterionCode,
    Merge,
    MethodCode,
    ScaleKind,
    TieBreak,
    Unobserved,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One value of the scale; `colour` is `RRGGBB`."""

    label: str
    points: Fraction
    acquired: bool
    colour: str | None = None
    definition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The values of a mark: points distinct, every acquired level above every other.

    Attributes:
        kind: levels, or a number.
        levels: highest points first; empty for `NOTE`.
        minimum: the lowest points a mark can have.
        maximum: the highest.
        step: distance between two notes, counted from `minimum`; None for `LEVELS`.
        acquired_from: the lowest points that are acquired.
    """

    kind: ScaleKind
    levels: tuple[Level, ...] = ()
    minimum: Fraction
    maximum: Fraction
    step: Fraction | None = None
    acquired_from: Fraction


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """The title awarded, and by whom.

    Dates and most texts are absent until the school fills them.
    """

    title: str
    level: str
    eqf_level: str | None = None
    rncp_code: str | None = None
    nsf_code: str | None = None
    certifier: str | None = None
    decision_date: dt.date | None = None
    expiry_date: dt.date | None = None
    signatory: str | None = None
    signatory_title: str | None = None
    version: str | None = None
    legal_basis: str | None = None
    disability: str | None = None
    appeal: str | None = None
    logo: str | None = None
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the certification that can be acquired on its own, for life."""

    code: BlockCode
    activity: str | None = None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A group of competencies inside a bloc."""

    code: ActivityCode
    block: BlockCode
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentMethod:
    """A way to assess competencies; `block_variant` replaces it for bloc-only candidates."""

    code: MethodCode
    kind: str
    description: str
    block_variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """A competency, acquired or not on its criteria; `weight` is > 0."""

    code: CompetencyCode
    activity: ActivityCode
    title: str
    method: MethodCode
    weight: Fraction = Fraction(1)
    mandatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The only thing that is marked; `weight` is > 0."""

    code: CriterionCode
    competency: CompetencyCode
    title: str
    weight: Fraction = Fraction(1)
    mandatory: bool = False
    eliminatory: bool = False


@dataclass(frozen=True, kw_only=True)
class Referential:
    """The master workbook, read and checked; every tuple is in the workbook's order.

    Every code refers to a record that exists, every bloc has a competency and every competency a
    criterion. No slots, so that the look-ups below are computed once and kept.
    """

    certification: Certification
    blocks: tuple[Block, ...]
    activities: tuple[Activity, ...]
    methods: tuple[AssessmentMethod, ...]
    competencies: tuple[Competency, ...]
    criteria: tuple[Criterion, ...]
    scale: Scale
    rules: Rules

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
    def competencies_of(self) -> Mapping[BlockCode, tuple[Competency, ...]]:
        """Return each bloc's competencies, in the workbook's order."""
        found: dict[BlockCode, list[Competency]] = {block.code: [] for block in self.blocks}
        for competency in self.competencies:
            found[self.activity[competency.activity].block].append(competency)
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
    def fingerprint(self) -> str:
        """Return the SHA-256, in hexadecimal, of what a juror saw: codes, texts, scale.

        Rules, weights and flags may change without voiding the grids that are out.
        """
        seen = {
            "certification": [self.certification.title, self.certification.level],
            "blocks": [[b.code, b.title] for b in self.blocks],
            "activities": [[a.code, a.block, a.title] for a in self.activities],
            "methods": [[m.code, m.kind, m.description, m.block_variant] for m in self.methods],
            "competencies": [[c.code, c.activity, c.title, c.method] for c in self.competencies],
            "criteria": [[c.code, c.competency, c.title] for c in self.criteria],
            "scale": [
                self.scale.kind.key,
                [
                    [level.label, str(level.points), level.acquired, level.definition]
                    for level in self.scale.levels
                ],
                [str(self.scale.minimum), str(self.scale.maximum), str(self.scale.step)],
            ],
        }
        text = json.dumps(seen, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
