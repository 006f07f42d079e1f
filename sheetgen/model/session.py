"""One jury session: who marks whom, what is known of each candidate, and its look-ups."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.juries import Juries
from sheetgen.model.terms import (
    Acceptance,
    AccommodationKind,
    BlockCode,
    CandidateId,
    CompetencyCode,
    CriterionCode,
    JurorCode,
    JuryDecision,
    MethodCode,
    Notation,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from sheetgen.model.people import Candidate, Juror


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """This juror marks this candidate on these blocs, in the référentiel's order, at least one.

    `methods` restricts blocs to what some modalités assess, each bloc at most once; a bloc that it
    does not name is marked whole. `juror` may be the code of a group that marks in common: `rank`
    is then the place of its grid among the candidate's grids of that kind, from 1; else 0.
    `instead_of` is whom this one replaces: it counts where the grid of that one did not come back,
    and until that is known both are assigned.
    """

    candidate: CandidateId
    juror: JurorCode
    blocks: tuple[BlockCode, ...]
    methods: tuple[tuple[BlockCode, tuple[MethodCode, ...]], ...] = ()
    rank: int = 0
    instead_of: JurorCode | None = None

    def methods_for(self, block: BlockCode) -> tuple[MethodCode, ...] | None:
        """Return the modalités to which a bloc is restricted, None where it is marked whole."""
        return next((codes for code, codes in self.methods if code == block), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A candidate did not sit an épreuve; `justified` is only printed, None unsaid."""

    candidate: CandidateId
    method: MethodCode
    justified: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A document that a candidate showed for a competency; `valid_until` counts that day."""

    candidate: CandidateId
    competency: CompetencyCode
    title: str | None = None
    obtained: dt.date | None = None
    valid_until: dt.date | None = None
    acceptance: Acceptance

    def is_valid_on(self, day: dt.date | None) -> bool:
        """Return whether it has not expired by that day; without a day, it has not."""
        return day is None or self.valid_until is None or day <= self.valid_until


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptResult:
    """A result of another session that the candidate keeps, of an épreuve or of a competency.

    Attributes:
        score: a fraction of 1; an épreuve's always has one.
        origin: the session it comes from.
        renounced: the candidate gives it up, and is marked again.
    """

    candidate: CandidateId
    method: MethodCode | None = None
    competency: CompetencyCode | None = None
    score: Fraction | None = None
    date: dt.date | None = None
    origin: str | None = None
    valid_until: dt.date | None = None
    renounced: bool = False

    @property
    def item(self) -> MethodCode | CompetencyCode | None:
        """Return the code of what is kept, as « Objet » says it."""
        return self.method or self.competency

    def is_valid_on(self, day: dt.date | None) -> bool:
        """Return whether it is still kept on that day; without a day, it is."""
        return day is None or self.valid_until is None or day <= self.valid_until


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
        """Return whether it takes effect as an exemption.

        Opinion, both conditions and the grant.
        """
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
        """Return whether jurors apply it.

        Only an exemption needs the jury's decision to be granted.
        """
        if self.kind is AccommodationKind.EXEMPTION:
            return self.exempts
        return self.decision in (None, JuryDecision.GRANTED)


def minutes_number(number: str | None, jury: str | None) -> str | None:
    """Return the number of the minutes; each named jury's have their own."""
    return number if jury is None or number is None else f"{number}-{jury}"


def minutes_origin(session: str, minutes: str | None) -> str:
    """Return where a result kept comes from: a session, and its minutes where they are numbered."""
    return session + (f", PV {minutes}" if minutes else "")


@dataclass(frozen=True, kw_only=True)
class Session:
    """One jury session, read and checked against its référentiel.

    `assignments` are resolved: one for each candidate and juror that has a grid, none for a
    candidate who did not come. `groups` are those who mark in common, to whom assignments are then
    given in place of their members. No slots, so that the look-ups are computed once and kept.
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
    notation: Notation = Notation.INDIVIDUAL
    last_day: dt.date | None = None
    candidates: tuple[Candidate, ...]
    jurors: tuple[Juror, ...]
    assignments: tuple[Assignment, ...]
    accommodations: tuple[Accommodation, ...] = ()
    absences: tuple[Absence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    kept_results: tuple[KeptResult, ...] = ()
    groups: tuple[Juror, ...] = ()

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Return the first and the last day that are set."""
        return tuple(day for day in (self.date, self.last_day) if day)

    @cached_property
    def candidate(self) -> Mapping[CandidateId, Candidate]:
        """Return candidates by number."""
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def juror(self) -> Mapping[JurorCode, Juror]:
        """Return jurors by code, and groups that mark in common."""
        return {juror.code: juror for juror in self.markers}

    @cached_property
    def markers(self) -> tuple[Juror, ...]:
        """Return jurors in the session's order, each group just before its first member."""
        place = {juror.code: number for number, juror in enumerate(self.jurors)}
        groups = sorted(self.groups, key=lambda item: place[item.members[0].code])
        return tuple(
            marker
            for juror in self.jurors
            for marker in (*(x for x in groups if x.members[0].code == juror.code), juror)
        )

    def people_marking(self, assignments: Iterable[Assignment]) -> tuple[Juror, ...]:
        """Return who gives the marks of these assignments, person by person, each once."""
        marking = {person.code for item in assignments for person in self.juror[item.juror].people}
        return tuple(juror for juror in self.jurors if juror.code in marking)

    @cached_property
    def in_turn(self) -> tuple[Candidate, ...]:
        """Return the candidates in the order in which they come; who has no turn comes last.

        In an anonymous session, whose turns would tell who is who, the order is the workbook's.
        """
        if self.anonymous:
            return self.candidates
        waiting = [item for item in self.candidates if item.passage is None]
        called = [(item.passage.order, item) for item in self.candidates if item.passage]
        return (*(item for _, item in sorted(called, key=lambda pair: pair[0])), *waiting)

    @cached_property
    def juries(self) -> Juries:
        """Return the juries that its people make."""
        return Juries(candidates=self.candidates, jurors=self.jurors)

    @cached_property
    def assignments_of(self) -> Mapping[CandidateId, tuple[Assignment, ...]]:
        """Return each candidate's assignments, in the jurors' order.

        Empty for one who did not come.
        """
        order = {juror.code: place for place, juror in enumerate(self.markers)}
        found: dict[CandidateId, list[Assignment]] = {c.id: [] for c in self.candidates}
        for assignment in self.assignments:
            found[assignment.candidate].append(assignment)
        return {
            candidate: tuple(sorted(items, key=lambda item: order[item.juror]))
            for candidate, items in found.items()
        }

    @cached_property
    def exemptions_of(self) -> Mapping[CandidateId, frozenset[CriterionCode]]:
        """Return each candidate's criteria exempted with effect."""
        found: dict[CandidateId, set[CriterionCode]] = {c.id: set() for c in self.candidates}
        for item in self.accommodations:
            if item.exempts and item.criterion is not None:
                found[item.candidate].add(item.criterion)
        return {candidate: frozenset(codes) for candidate, codes in found.items()}

    @cached_property
    def accommodations_of(self) -> Mapping[CandidateId, tuple[Accommodation, ...]]:
        """Return the arrangements of each candidate who has any, in their order."""
        found: dict[CandidateId, tuple[Accommodation, ...]] = {}
        for item in self.accommodations:
            found[item.candidate] = (*found.get(item.candidate, ()), item)
        return found

    @cached_property
    def absences_of(self) -> Mapping[CandidateId, frozenset[MethodCode]]:
        """Return the épreuves that each candidate did not sit."""
        found: dict[CandidateId, set[MethodCode]] = {c.id: set() for c in self.candidates}
        for item in self.absences:
            found[item.candidate].add(item.method)
        return {candidate: frozenset(codes) for candidate, codes in found.items()}

    @cached_property
    def evidence_of(self) -> Mapping[CandidateId, tuple[Evidence, ...]]:
        """Return what each candidate showed as evidence."""
        found: dict[CandidateId, list[Evidence]] = {c.id: [] for c in self.candidates}
        for item in self.evidence:
            found.setdefault(item.candidate, []).append(item)
        return {candidate: tuple(items) for candidate, items in found.items()}

    @cached_property
    def kept_of(self) -> Mapping[CandidateId, tuple[KeptResult, ...]]:
        """Return the results that each candidate keeps on the session's date."""
        found: dict[CandidateId, list[KeptResult]] = {c.id: [] for c in self.candidates}
        for item in self.kept_results:
            if item.is_valid_on(self.date) and not item.renounced:
                found.setdefault(item.candidate, []).append(item)
        return {candidate: tuple(items) for candidate, items in found.items()}
