"""The returns, and the proposals made from them, from criterion to certification."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import (
    AssessmentOutcome,
    BlockCode,
    BlockOutcome,
    CandidateId,
    CertificationOutcome,
    CompetencyCode,
    CompetencyOutcome,
    CriterionCode,
    CriterionState,
    JurorCode,
    MethodCode,
    ReturnStatus,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from sheetgen.model.referential import Referential
    from sheetgen.model.session import Session
    from sheetgen.problems import Problem


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
        declaration: True when the juror declared no tie, False when they declared one, None blank;
            of several, what holds for all of them.
        declarations: of a grid filled in together, what each of those declared, by code.
        typed_by: who typed it from a grid on paper, as written; None for what the juror typed.
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
    typed_by: str | None = None
    declarations: tuple[tuple[JurorCode, bool | None], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> bool:
        """Return whether its valid marks enter the decisions."""
        return self.status in (ReturnStatus.ACCEPTED, ReturnStatus.INCOMPLETE)


def returns_that_count(
    returns: Iterable[Return],
) -> dict[tuple[CandidateId, JurorCode], Return]:
    """Return the return that counts for each candidate and juror who has one."""
    return {
        (item.candidate, item.juror): item
        for item in returns
        if item.counts and item.candidate is not None and item.juror is not None
    }


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


_LEFT_OUT = frozenset({CriterionState.NOT_APPLICABLE, CriterionState.EXEMPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetencyDecision:
    """One competency of one candidate; `score` is in [0, 1], None where it cannot be said."""

    code: CompetencyCode
    outcome: CompetencyOutcome
    score: Fraction | None = None
    criteria: tuple[CriterionDecision, ...] = ()

    @property
    def rests_on_kept(self) -> bool:
        """Return whether all that counts in it is kept of another session."""
        counted = {item.state for item in self.criteria} - _LEFT_OUT
        return counted == {CriterionState.KEPT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason why a bloc is not simply validated, or a certification not awarded.

    Attributes:
        code: stable.
        item: what it is about.
        message: a sentence.
    """

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
class AssessmentDecision:
    """One épreuve of one candidate; `score` is in [0, 1], None where it cannot be said."""

    code: MethodCode
    outcome: AssessmentOutcome
    score: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateDecision:
    """The proposals for one candidate, bloc by bloc in the référentiel's order.

    Attributes:
        reasons: why the certification is not awarded where no bloc says so.
        assessments: the épreuves, in the référentiel's order; empty where no rule uses them.
        mean: the general mean of the presented blocs, in [0, 1]; None where it cannot be said.
        mention: the label of the distinction that goes with an award; None for none.
    """

    candidate: CandidateId
    outcome: CertificationOutcome
    blocks: tuple[BlockDecision, ...]
    reasons: tuple[Reason, ...] = ()
    assessments: tuple[AssessmentDecision, ...] = ()
    mean: Fraction | None = None
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class KeptDecisions(Collection[CandidateDecision]):
    """Candidates' decisions in the order of a mapping that may load each only when asked for it."""

    by_candidate: Mapping[CandidateId, CandidateDecision]

    def __iter__(self) -> Iterator[CandidateDecision]:
        return iter(self.by_candidate.values())

    def __len__(self) -> int:
        return len(self.by_candidate)

    def __contains__(self, item: object) -> bool:
        return item in self.by_candidate.values()


@dataclass(frozen=True, kw_only=True)
class SessionDecisions:
    """Everything a consolidation says: what `decisions.json` holds.

    Attributes:
        candidates: may be far more than fit in memory (`KeptDecisions`): to be gone through, one
            at a time, or looked up in `decided`.
        missing: the grids that do not count: not returned, rejected or in conflict.
        provisional: whether any mark of the session is still to come, whoever's decisions are held
            here, so that nothing is the jury's last word.
        seals: by candidate of an anonymous session, digests of their names, that of now first: the
            jury's workbook notes it, so that nobody's decision becomes another's.
    """

    referential: Referential
    session: Session
    candidates: Collection[CandidateDecision]
    returns: tuple[Return, ...]
    missing: tuple[tuple[CandidateId, JurorCode], ...]
    problems: tuple[Problem, ...]
    provisional: bool
    seals: Mapping[CandidateId, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def decided(self) -> Mapping[CandidateId, CandidateDecision]:
        """Return the proposals for each candidate, by number."""
        if isinstance(self.candidates, KeptDecisions):
            return self.candidates.by_candidate
        return {item.candidate: item for item in self.candidates}

    @cached_property
    def awaited_evidence(self) -> int:
        """Return how many competencies wait for what a candidate is to show as evidence."""
        shown = {item.code for item in self.referential.competencies if item.by_evidence}
        if not shown:
            return 0
        return sum(
            competency.code in shown and competency.outcome is CompetencyOutcome.INCOMPLETE
            for candidate in self.candidates
            for block in candidate.blocks
            for competency in block.competencies
        )

    @cached_property
    def returned_of(self) -> frozenset[CandidateId]:
        """Return the candidates of whom a grid came back, whether it counts or not."""
        return frozenset(item.candidate for item in self.returns if item.candidate is not None)

    @cached_property
    def counted(self) -> Mapping[tuple[CandidateId, JurorCode], Return]:
        """Return the return that counts for each candidate and juror who has one."""
        return returns_that_count(self.returns)

    @cached_property
    def markers(self) -> Mapping[CandidateId, tuple[JurorCode, ...]]:
        """Return the jurors of whom a grid counts, by candidate."""
        found: dict[CandidateId, list[JurorCode]] = {}
        for candidate, juror in self.counted:
            found.setdefault(candidate, []).append(juror)
        return {candidate: tuple(jurors) for candidate, jurors in found.items()}
