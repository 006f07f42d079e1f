"""The people of a session: candidates, with their turn before the jury, and jurors."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import (
    AccessRoute,
    BlockCode,
    CandidateId,
    CertificationOutcome,
    JurorCode,
    JurorRole,
    Route,
    Sex,
    Status,
)
from sheetgen.text import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

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
