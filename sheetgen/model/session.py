"""One jury session: its people, who marks whom, and its arrangements."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.model.juries import Juries
from sheetgen.model.terms import (
    Acceptance,
    AccessRoute,
    AccommodationKind,
    BlockCode,
    CandidateId,
    CertificationOutcome,
    CompetencyCode,
    CriterionCode,
    JurorCode,
    JurorRole,
    JuryDecision,
    MethodCode,
    Notation,
    Route,
    Sex,
    Status,
)
from sheetgen.text import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping


_ACCESS_ROUTES = {fold(route.value): route for route in AccessRoute}


def access_of(text: str | None) -> AccessRoute | None:
    """Return the way that « Voie d'accès » says, None where it is blank or another than known."""
    return _ACCESS_ROUTES.get(fold(text or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A candidate's turn before the jury; `time` is None where only the day is said."""

    day: dt.date
    time: dt.time | None = None

    @property
    def text(self) -> str:
        """Return the turn as lists show it, « 15/06/2026 09:30 », or the day alone."""
        return f"{self.day:%d/%m/%Y}" + (f" {self.time:%H:%M}" if self.time else "")

    @property
    def order(self) -> tuple[dt.date, bool, str]:
        """Return the key by which turns follow each other; those without a time end their day."""
        return (self.day, self.time is None, f"{self.time or ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person to be assessed.

    Attributes:
        presented: codes of the blocs presented, in the référentiel's order, blanks resolved; empty
            when the candidate did not come.
        held: codes of the blocs already acquired, in the référentiel's order.
        registered: codes of the blocs that the session enters the candidate for, whether they came
            or not, blanks resolved.
        access_route: « Voie d'accès » as written; `access` says which it is.
        options: codes of the optional blocs chosen, in the référentiel's order.
        former_name: names that grids made before may bear, separated by `;`.
        birth_name: with what follows down to `identifier`, who they are to the State and the
            school; no grid and no juror's mail says any of it.
        other_first_names: those after the first, as the civil register orders them.
        birth_insee_code: that of the commune, or 99 and three digits for a country.
        cpf_file: the number of the file under which their training is paid.
        identifier: the school's own, which stays theirs from one session to the next.
        jury: the name of the jury before which they come, None where there is one for all.
        sat_before: how many times they came for this certification before this session.
        first_sat: the day of the first.
    """

    id: CandidateId
    last_name: str
    first_name: str
    birth_date: dt.date | None = None
    email: str | None = None
    route: Route = Route.FULL
    presented: tuple[BlockCode, ...] = ()
    held: tuple[BlockCode, ...] = ()
    registered: tuple[BlockCode, ...] = ()
    status: Status = Status.PRESENT
    access_route: str | None = None
    former_name: str | None = None
    options: tuple[BlockCode, ...] = ()
    birth_name: str | None = None
    other_first_names: str | None = None
    civility: str | None = None
    sex: Sex | None = None
    birth_place: str | None = None
    birth_insee_code: str | None = None
    birth_country: str | None = None
    cpf_file: str | None = None
    identifier: str | None = None
    jury: str | None = None
    passage: Passage | None = None
    room: str | None = None
    sat_before: int = 0
    first_sat: dt.date | None = None

    @property
    def full_name(self) -> str:
        """Return the first name, then the last name, as on a diploma."""
        return f"{self.first_name} {self.last_name}"

    @property
    def civil_name(self) -> str:
        """Return the civility, every first name and the last name, as official papers print it.

        First names stand as the civil register lists them: with a comma between all, or none.
        """
        others = self.other_first_names or ""
        first_names = filter(None, (self.first_name, others))
        names = (self.civility, (", " if "," in others else " ").join(first_names), self.last_name)
        return " ".join(filter(None, names))

    @property
    def access(self) -> AccessRoute | None:
        """Return the way they came, None where it is blank or another than those known."""
        return access_of(self.access_route)

    def outcome_text(self, outcome: CertificationOutcome) -> str:
        """Return the outcome in words; one who did not come is what « Statut » says."""
        absent = outcome is CertificationOutcome.ABSENT
        return str(self.status.value if absent else outcome.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Juror:
    """A person who marks; `weight` is > 0 and counts in weighted merges.

    `former_name` holds names that grids made before may bear, separated by `;`. `jury` is the name
    of the jury in which they sit, None for all of them; `replaces` is the juror whom they stand in
    for. `members` are those of a group that marks in common, which stands for one juror wherever
    marks are given; empty for a person.
    """

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
    former_name: str | None = None
    jury: str | None = None
    replaces: JurorCode | None = None
    members: tuple[Juror, ...] = ()

    @property
    def people(self) -> tuple[Juror, ...]:
        """Return those who give its marks: the members of a group, or the juror alone."""
        return self.members or (self,)

    @property
    def holder(self) -> Juror:
        """Return who is handed the grids: of a group, whoever presides, else its first member."""
        if not self.members:
            return self
        presiding = (item for item in self.members if item.role is JurorRole.PRESIDENT)
        return next(presiding, self.members[0])

    @property
    def sits(self) -> bool:
        """Return whether they sit in the jury, rather than mark for it alone."""
        return self.role is not JurorRole.ASSESSOR

    @property
    def full_name(self) -> str:
        """Return the first name, then the last name, as on a diploma; of a group, each one's."""
        if self.members:
            return joined_names(self.members)
        return f"{self.first_name} {self.last_name}"


def joined_names(jurors: Iterable[Juror]) -> str:
    """Return the names of jurors as a sentence lists them: « A, B et C »."""
    *others, last = (juror.full_name for juror in jurors)
    return f"{', '.join(others)} et {last}" if others else last


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
        return {
            person.id: tuple(item for item in self.evidence if item.candidate == person.id)
            for person in self.candidates
        }

    @cached_property
    def kept_of(self) -> Mapping[CandidateId, tuple[KeptResult, ...]]:
        """Return the results that each candidate keeps on the session's date."""
        return {
            person.id: tuple(
                item
                for item in self.kept_results
                if item.candidate == person.id
                and item.is_valid_on(self.date)
                and not item.renounced
            )
            for person in self.candidates
        }
