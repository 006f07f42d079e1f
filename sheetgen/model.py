"""The records every stage works on; the middle of the flow, with no input or output.

Sources become these records, grids are made from them, returns are read into them, and the rules
turn them into decisions. Texts are kept as the school wrote them. Points, weights, thresholds and
scores are `Fraction`, exact; a percentage is stored as a fraction of 1. `None` means absent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sheetgen.problems import Problem

BlockCode = NewType("BlockCode", str)
ActivityCode = NewType("ActivityCode", str)
CompetencyCode = NewType("CompetencyCode", str)
MethodCode = NewType("MethodCode", str)
CriterionCode = NewType("CriterionCode", str)
CandidateId = NewType("CandidateId", str)
JurorCode = NewType("JurorCode", str)

NOT_OBSERVED = "Non observé"
"""What a juror chooses for a criterion they could not observe; never a level of the scale."""

EXEMPT = "Exempté"
"""What a grid shows, locked, for a criterion the jury exempted; never a level of the scale."""


class Term(Enum):
    """A closed set whose values are the French words that users read and write."""

    @property
    def key(self) -> str:
        """The English word for it in `decisions.json`."""
        return self.name.lower()


class ScaleKind(Term):
    """What a mark is: a level of the scale, or a number."""

    LEVELS = "niveaux"
    NOTE = "note"


class Merge(Term):
    """How the marks of several jurors become one (rule « Fusion des jurés »)."""

    MEAN = "moyenne"
    MEDIAN = "médiane"
    MAJORITY = "majorité"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    UNANIMITY = "unanimité"


class TieBreak(Term):
    """What a tie becomes under the majority merge (rule « Départage »)."""

    DELIBERATION = "délibération"
    PRESIDENT = "président"
    LOWER = "inférieur"
    HIGHER = "supérieur"


class CompetencyRule(Term):
    """When a competency is acquired (rule « Compétence acquise si »)."""

    ALL = "tous les critères"
    COUNT = "nombre de critères"
    PERCENTAGE = "pourcentage de critères"
    MEAN = "moyenne"


class BlockRule(Term):
    """When a bloc is validated (rule « Bloc validé si »)."""

    ALL = "toutes les compétences"
    PERCENTAGE = "pourcentage de compétences"
    MEAN = "moyenne"


class Unobserved(Term):
    """What a criterion nobody observed counts as (rule « Critère non observé »)."""

    TO_DELIBERATE = "à délibérer"
    LEFT_OUT = "neutralisé"
    NOT_ACQUIRED = "non acquis"


class CommentRule(Term):
    """When a juror owes a comment (rule « Commentaire obligatoire »)."""

    NOT_ACQUIRED = "non acquis"
    NEVER = "jamais"


class Route(Term):
    """What the candidate came for."""

    FULL = "Certification complète"
    BLOCKS = "Capitalisation de blocs"


class Status(Term):
    """Whether the candidate came."""

    PRESENT = "Présent"
    ABSENT = "Absent"
    EXCUSED = "Excusé"
    WITHDRAWN = "Abandon"


class JurorRole(Term):
    """The juror's place in the jury."""

    PRESIDENT = "Président"
    MEMBER = "Membre"


class AccommodationKind(Term):
    """What a disability arrangement consists of."""

    EXEMPTION = "Exemption de critère"
    METHOD = "Adaptation de la modalité"
    ASSISTANCE = "Assistance d'un tiers"
    EXTRA_TIME = "Temps majoré"


class JuryDecision(Term):
    """What the jury decided on a requested arrangement."""

    GRANTED = "Accordée"
    REFUSED = "Refusée"
    PENDING = "En attente"


class CriterionState(Term):
    """What the jurors' marks on one criterion amount to."""

    MARKED = "Évalué"
    UNDECIDED = "À délibérer"
    EXEMPT = "Exempté"
    NOT_OBSERVED = "Non observé"
    MISSING = "Manquant"


class CompetencyOutcome(Term):
    """What is proposed for a competency."""

    ACQUIRED = "Acquise"
    NOT_ACQUIRED = "Non acquise"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplète"


class BlockOutcome(Term):
    """What is proposed for a bloc."""

    VALIDATED = "Validé"
    NOT_VALIDATED = "Non validé"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplet"
    ALREADY_HELD = "Déjà acquis"
    NOT_PRESENTED = "Non présenté"


class CertificationOutcome(Term):
    """What is proposed for the certification."""

    AWARDED = "Délivrée"
    PARTIAL = "Validation partielle"
    NOT_AWARDED = "Non délivrée"
    TO_DELIBERATE = "À délibérer"
    INCOMPLETE = "Incomplète"
    ABSENT = "Absent"


class ReturnStatus(Term):
    """What became of a returned file."""

    ACCEPTED = "Acceptée"
    INCOMPLETE = "Incomplète"
    REJECTED = "Refusée"
    DUPLICATE = "Doublon"
    CONFLICT = "En conflit"


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
    """What a mark may be. Points are distinct; every acquired level stands above every other.

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
    """What is awarded, and by whom; dates and most texts are absent until the school fills them."""

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
    """What can be acquired on its own, for life."""

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
    """How competencies are assessed; `block_variant` replaces it for bloc-only candidates."""

    code: MethodCode
    kind: str
    description: str
    block_variant: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency:
    """What is acquired or not, on its criteria; `weight` is > 0."""

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
        """Blocs by code."""
        return {block.code: block for block in self.blocks}

    @cached_property
    def method(self) -> Mapping[MethodCode, AssessmentMethod]:
        """Assessment methods by code."""
        return {method.code: method for method in self.methods}

    @cached_property
    def activity(self) -> Mapping[ActivityCode, Activity]:
        """Activities by code."""
        return {activity.code: activity for activity in self.activities}

    @cached_property
    def competencies_of(self) -> Mapping[BlockCode, tuple[Competency, ...]]:
        """Each bloc's competencies, in the workbook's order."""
        found: dict[BlockCode, list[Competency]] = {block.code: [] for block in self.blocks}
        for competency in self.competencies:
            found[self.activity[competency.activity].block].append(competency)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def criteria_of(self) -> Mapping[CompetencyCode, tuple[Criterion, ...]]:
        """Each competency's criteria, in the workbook's order."""
        found: dict[CompetencyCode, list[Criterion]] = {c.code: [] for c in self.competencies}
        for criterion in self.criteria:
            found[criterion.competency].append(criterion)
        return {code: tuple(items) for code, items in found.items()}

    @cached_property
    def criteria_of_block(self) -> Mapping[BlockCode, tuple[Criterion, ...]]:
        """Each bloc's criteria, competency by competency."""
        return {
            code: tuple(c for item in items for c in self.criteria_of[item.code])
            for code, items in self.competencies_of.items()
        }

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, over what a juror saw: codes, texts, scale (DESIGN section 5).

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
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person to be assessed.

    Attributes:
        presented: codes of the blocs presented, in the référentiel's order, blanks resolved; empty
            when the candidate did not come.
        held: codes of the blocs already acquired, in the référentiel's order.
    """

    id: CandidateId
    last_name: str
    first_name: str
    birth_date: dt.date | None = None
    email: str | None = None
    route: Route = Route.FULL
    presented: tuple[BlockCode, ...] = ()
    held: tuple[BlockCode, ...] = ()
    status: Status = Status.PRESENT
    access_route: str | None = None

    @property
    def full_name(self) -> str:
        """First name, then last name, as on a diploma."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Juror:
    """A person who marks; `weight` is > 0 and counts in weighted merges."""

    code: JurorCode
    last_name: str
    first_name: str
    title: str | None = None
    organisation: str | None = None
    external: bool = False
    role: JurorRole = JurorRole.MEMBER
    weight: Fraction = Fraction(1)
    email: str | None = None
    incompatible_with: tuple[CandidateId, ...] = ()

    @property
    def full_name(self) -> str:
        """First name, then last name."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """This juror marks this candidate on these blocs, in the référentiel's order, at least one."""

    candidate: CandidateId
    juror: JurorCode
    blocks: tuple[BlockCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accommodation:
    """A disability arrangement: its effect, never its cause (DESIGN section 4)."""

    candidate: CandidateId
    kind: AccommodationKind
    criterion: CriterionCode | None = None
    instruction: str | None = None
    opinion_date: dt.date | None = None
    capacity_preserved: bool | None = None
    not_applicable_in_practice: bool | None = None
    decision: JuryDecision | None = None
    decision_date: dt.date | None = None

    @property
    def exempts(self) -> bool:
        """Whether it takes effect as an exemption: opinion, both conditions and the grant."""
        return (
            self.kind is AccommodationKind.EXEMPTION
            and self.criterion is not None
            and self.opinion_date is not None
            and self.capacity_preserved is True
            and self.not_applicable_in_practice is True
            and self.decision is JuryDecision.GRANTED
        )

    @property
    def applies(self) -> bool:
        """Whether jurors apply it: only an exemption needs the jury's decision to be granted."""
        if self.kind is AccommodationKind.EXEMPTION:
            return self.exempts
        return self.decision in (None, JuryDecision.GRANTED)


@dataclass(frozen=True, kw_only=True)
class Session:
    """One jury session, read and checked against its référentiel.

    `assignments` are resolved: one for each candidate and juror that has a grid, none for a
    candidate who did not come. No slots, so that the look-ups are computed once and kept.
    """

    code: str
    title: str | None = None
    date: dt.date | None = None
    time: dt.time | None = None
    address: str | None = None
    centre: str | None = None
    minutes_number: str | None = None
    representative: str | None = None
    return_deadline: dt.date | None = None
    anonymous: bool = False
    candidates: tuple[Candidate, ...]
    jurors: tuple[Juror, ...]
    assignments: tuple[Assignment, ...]
    accommodations: tuple[Accommodation, ...] = ()

    @cached_property
    def candidate(self) -> Mapping[CandidateId, Candidate]:
        """Candidates by number."""
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def juror(self) -> Mapping[JurorCode, Juror]:
        """Jurors by code."""
        return {juror.code: juror for juror in self.jurors}

    @cached_property
    def assignments_of(self) -> Mapping[CandidateId, tuple[Assignment, ...]]:
        """Each candidate's assignments, in the jurors' order; empty for one who did not come."""
        order = {juror.code: place for place, juror in enumerate(self.jurors)}
        found: dict[CandidateId, list[Assignment]] = {c.id: [] for c in self.candidates}
        for assignment in self.assignments:
            found[assignment.candidate].append(assignment)
        return {
            candidate: tuple(sorted(items, key=lambda item: order[item.juror]))
            for candidate, items in found.items()
        }

    @cached_property
    def exemptions_of(self) -> Mapping[CandidateId, frozenset[CriterionCode]]:
        """Each candidate's criteria exempted with effect."""
        found: dict[CandidateId, set[CriterionCode]] = {c.id: set() for c in self.candidates}
        for item in self.accommodations:
            if item.exempts and item.criterion is not None:
                found[item.candidate].add(item.criterion)
        return {candidate: frozenset(codes) for candidate, codes in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One juror's mark on one criterion, and where it was read.

    Attributes:
        value: the level's label as the référentiel writes it, `NOT_OBSERVED`, or a note.
        points: the level's points or the note; None when not observed.
        comment: the juror's observation, empty when there is none.
    """

    juror: JurorCode
    criterion: CriterionCode
    value: str | Fraction
    points: Fraction | None
    comment: str = ""
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A grid that came back, and what was made of it.

    Attributes:
        file: path under the folder it was found in, with `/`; a zip's member follows `!/`.
        sha256: of the file's bytes, in hexadecimal.
        candidate: None while the file's identity is not established.
        juror: likewise.
        opinion: the juror's overall opinion, as written.
        declaration: True when the juror declared no tie, False when they declared one, None blank.
        marks: the valid ones, by criterion.
        problems: everything said about this file.
    """

    file: str
    sha256: str
    candidate: CandidateId | None = None
    juror: JurorCode | None = None
    status: ReturnStatus
    opinion: str | None = None
    remarks: str | None = None
    declaration: bool | None = None
    marks: Mapping[CriterionCode, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether its valid marks enter the decisions."""
        return self.status in (ReturnStatus.ACCEPTED, ReturnStatus.INCOMPLETE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionDecision:
    """One criterion of one candidate, merged over the jurors assigned.

    `points` are None unless marked; `acquired` likewise. `marks` are sorted by juror.
    """

    code: CriterionCode
    state: CriterionState
    points: Fraction | None = None
    acquired: bool | None = None
    divergent: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyDecision:
    """One competency of one candidate; `score` is in [0, 1], None where it cannot be said."""

    code: CompetencyCode
    outcome: CompetencyOutcome
    score: Fraction | None = None
    criteria: tuple[CriterionDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a bloc is not simply validated: a stable code, the item it is about, a sentence."""

    code: str
    item: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDecision:
    """One bloc of one candidate; without competencies when held or not presented."""

    code: BlockCode
    outcome: BlockOutcome
    score: Fraction | None = None
    reasons: tuple[Reason, ...] = ()
    competencies: tuple[CompetencyDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDecision:
    """What is proposed for one candidate, bloc by bloc in the référentiel's order."""

    candidate: CandidateId
    outcome: CertificationOutcome
    blocks: tuple[BlockDecision, ...]


@dataclass(frozen=True, kw_only=True)
class SessionDecisions:
    """Everything a consolidation says: what `decisions.json` holds.

    `missing` are the grids that do not count: not returned, rejected or in conflict.
    """

    referential: Referential
    session: Session
    candidates: tuple[CandidateDecision, ...]
    returns: tuple[Return, ...]
    missing: tuple[tuple[CandidateId, JurorCode], ...]
    problems: tuple[Problem, ...]

    @property
    def provisional(self) -> bool:
        """Whether a mark is still to come, so that nothing here is the jury's last word."""
        return bool(self.missing) or any(
            decision.outcome is CertificationOutcome.INCOMPLETE for decision in self.candidates
        )

    @cached_property
    def counted(self) -> Mapping[tuple[CandidateId, JurorCode], Return]:
        """The return that counts for each candidate and juror who has one."""
        return {
            (item.candidate, item.juror): item
            for item in self.returns
            if item.counts and item.candidate is not None and item.juror is not None
        }
