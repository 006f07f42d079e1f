"""The parts of a référentiel: the certification, and a record for each row of its sheets."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import (
    AccessRoute,
    ActivityCode,
    BlockCode,
    BlockRule,
    BlockStatus,
    CompetencyCode,
    CompetencyRule,
    CriterionCode,
    MethodCode,
    Proof,
)
from sheetgen.text import fold_name

if TYPE_CHECKING:
    import datetime as dt


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
    verification_page: str | None = None
    colour: str | None = None
    cdc_client: str | None = None
    cdc_contract: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of the certification that can be acquired on its own, for life.

    Attributes:
        group: the options among which it counts; None where it is no option, or one of none.
        weight: its weight in the general mean, > 0.
        rule: its own « Validé si »; None for the rule of all.
        threshold: its own « Seuil », a fraction of 1; None for the rule of all.
    """

    code: BlockCode
    activity: str | None = None
    title: str
    status: BlockStatus = BlockStatus.MANDATORY
    group: str | None = None
    weight: Fraction = Fraction(1)
    rule: BlockRule | None = None
    threshold: Fraction | None = None

    @property
    def is_optional(self) -> bool:
        """Return whether the certification can be awarded without it."""
        return self.status is BlockStatus.OPTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A group of competencies inside a bloc."""

    code: ActivityCode
    block: BlockCode
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentMethod:
    """A way to assess competencies; an épreuve where a criterion belongs to it.

    Attributes:
        block_variant: what replaces it for bloc-only candidates.
        title: a short name.
        weight: its weight in a mean of épreuves, > 0.
        threshold: its own « Seuil », a fraction of 1; None for the rule of all.
        floor: its own « Plancher », likewise.
        condition: the épreuves that must be passed for it to open.
        routes: those for which it is used; empty for all.
        collective: whether candidates sit it together, which is only printed; None unsaid.
    """

    code: MethodCode
    kind: str
    description: str
    block_variant: str | None = None
    title: str | None = None
    weight: Fraction = Fraction(1)
    threshold: Fraction | None = None
    floor: Fraction | None = None
    condition: tuple[MethodCode, ...] = ()
    routes: tuple[AccessRoute, ...] = ()
    collective: bool | None = None

    @property
    def name(self) -> str:
        """Return what to call it in a list: its short name, else its kind."""
        return self.title or self.kind

    @property
    def kind_beside(self) -> str | None:
        """Return its kind, where its name says something else."""
        return None if fold_name(self.name) == fold_name(self.kind) else self.kind

    def used_for(self, route: AccessRoute | None) -> bool:
        """Return whether candidates who came this way are assessed by it."""
        return not self.routes or route in self.routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """A competency, acquired or not on its criteria, or on the evidence shown.

    Attributes:
        activity: None where it names its bloc alone.
        block: as written beside the activity, or in its place.
        methods: those that assess it, in the workbook's order; none only where it takes evidence.
        weight: its weight in its bloc, > 0.
        proof: by assessment, or by evidence; the latter has no criteria.
        rule: its own « Acquise si »; None for the rule of all.
        threshold: its own « Seuil », a count for `COUNT`, else a fraction of 1; None for the rule
            of all.
    """

    code: CompetencyCode
    activity: ActivityCode | None = None
    block: BlockCode | None = None
    title: str
    methods: tuple[MethodCode, ...] = ()
    weight: Fraction = Fraction(1)
    mandatory: bool = False
    proof: Proof = Proof.ASSESSMENT
    rule: CompetencyRule | None = None
    threshold: Fraction | None = None

    @property
    def by_evidence(self) -> bool:
        """Return whether a document from elsewhere shows it, rather than criteria."""
        return self.proof is Proof.EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """The only thing that is marked; `weight` is > 0.

    Attributes:
        method: the épreuve written for it; `Referential.assessment_of` says which it belongs to.
        group: the title under which consecutive criteria stand.
        out_of: its barème, the highest note it can get; None without one.
        scale: the scale it names, or `NOTE`; None for the default scale, or for its barème.
    """

    code: CriterionCode
    competency: CompetencyCode
    title: str
    weight: Fraction = Fraction(1)
    mandatory: bool = False
    eliminatory: bool = False
    method: MethodCode | None = None
    group: str | None = None
    out_of: Fraction | None = None
    scale: str | None = None
