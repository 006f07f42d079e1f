"""Establish whose grid a returned file is from three places, or refuse it with the reason.

The stamp in the hidden sheet, the custom document properties and the printed code each name the
grid. Two of them suffice; one does not, since a sheet can be copied from another grid; and two that
disagree are refused.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid.contract import owner_line
from sheetgen.grid.identity import (
    FIELDS,
    OPTIONAL_FIELDS,
    SCHEMA,
    SigningKey,
    grid_code,
    is_signed,
)
from sheetgen.grid.read import text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CandidateId,
    JurorCode,
    Referential,
    Session,
    Status,
    told_candidate,
    told_juror,
    told_marker,
)
from sheetgen.problems import Location, Problem
from sheetgen.problems import grids as kinds
from sheetgen.returns.members import check_group
from sheetgen.returns.values import shown
from sheetgen.session_folder import GridRecord, Person, person_of
from sheetgen.text.fold import Part, fold, natural_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.grid.read import ReadGrid
    from sheetgen.model import Assignment

Pair = tuple[CandidateId, JurorCode]
"""Whose marks and by whom: what a grid is known by."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """The grids that the administrator expects back; no slots, so that look-ups are cached.

    `made` is the record of the grids that were made.
    """

    referential: Referential
    session: Session
    key: SigningKey
    made: GridRecord = field(default_factory=GridRecord)

    @cached_property
    def assignments(self) -> Mapping[Pair, Assignment]:
        """Return the assignment of each candidate and juror: a grid was to be made for each."""
        return {(item.candidate, item.juror): item for item in self.session.assignments}

    @cached_property
    def candidates(self) -> Mapping[str, Person]:
        """Return the candidates as people, by number."""
        return {item.id: person_of(item) for item in self.session.candidates}

    @cached_property
    def jurors(self) -> Mapping[str, Person]:
        """Return the jurors as people, by code."""
        return {item.code: person_of(item) for item in self.session.jurors}

    @cached_property
    def assigned_pair_of_code(self) -> Mapping[str, Pair]:
        """Return the candidate and juror of each grid by the code printed on it."""
        return {self.code_of(pair): pair for pair in self.assignments}

    def search_pair(self, code: str) -> Pair | None:
        """Search all who may have been assigned before: too many to cache, and seldom asked for."""
        assignable = (
            (candidate.id, juror.code)
            for candidate in self.session.candidates
            for juror in self.session.markers
        )
        pairs = (*self.made.current, *assignable)
        return next((pair for pair in pairs if self.code_of(pair) == code), None)

    @cached_property
    def pair_of_line(self) -> Mapping[str, Pair]:
        """Return each candidate and juror of a grid by the line, folded, that its sheets bear."""
        return {
            fold(owner_line(self.session, assignment)): pair
            for pair, assignment in self.assignments.items()
        }

    def was_made(self, pair: Pair) -> bool:
        """Return whether the grid was ever made.

        Without a record, every grid is taken to have been.
        """
        return not self.made.grids or pair in self.made.current

    def code_of(self, pair: Pair) -> str:
        """Return the code printed on a grid, whether or not its people are still of the session."""
        return grid_code(self.key, self.session.code, *pair)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """The identity that one place in the grid claims."""

    place: str
    fields: Mapping[str, str]

    def __str__(self) -> str:
        candidate = shown(self.fields.get("candidate", "inconnu"))
        juror = shown(self.fields.get("juror", "inconnu"))
        session = self.fields.get("session")
        end = f", session {shown(session)}" if session else ""
        return f"candidat n° {candidate}, juré {juror}{end} ({self.place})"

    @property
    def whole(self) -> bool:
        """Return whether every field that a stamp must have is there."""
        return all(self.fields.get(name) for name in FIELDS if name not in OPTIONAL_FIELDS)

    @property
    def pair(self) -> Pair:
        """Return the candidate and the juror that it names."""
        return (
            CandidateId(self.fields.get("candidate", "")),
            JurorCode(self.fields.get("juror", "")),
        )

    def contradicts(self, other: _Claim) -> bool:
        """Return whether both name a session, a candidate or a juror, and not the same."""
        return any(
            self.fields[name] != other.fields[name]
            for name in ("session", "candidate", "juror")
            if name in self.fields and name in other.fields
        )


def identify(
    grid: ReadGrid, expected: Expected, location: Location
) -> tuple[Pair | None, Problem | None]:
    """Return the candidate and juror of a grid, and why it is refused.

    The pair is kept where known.
    """
    claims = [
        _Claim(place=place, fields=fields)
        for place, fields in (("feuille cachée", grid.stamp), ("propriétés", grid.properties))
        if fields
    ]
    if len(claims) == 2 and claims[0].contradicts(claims[1]):
        return None, kinds.IDENTITY_CONTRADICTORY.at(location, one=claims[0], other=claims[1])
    claims = [claim for claim in claims if claim.whole]
    # Two places of a grid that say the same are right or wrong together: the first is named.
    alike = len(claims) == 2 and claims[0].fields == claims[1].fields
    for claim in claims[:1] if alike else claims:
        if problem := _check_claim(claim, expected, location):
            known = _known(claim.pair, expected)
            if problem.code in CARRIED_OVER:
                # What is no longer asked for is refused for that, whatever it was made from.
                problem = _check_pair(claim.pair, expected, location) or problem
            return known, problem
    claims += _printed_claims(grid, expected, claims)
    for claim in claims[1:]:
        if claims[0].contradicts(claim):
            return None, kinds.IDENTITY_CONTRADICTORY.at(location, one=claims[0], other=claim)
    if len(claims) < 2:
        return _check_lost(grid, claims, expected, location)
    pair = claims[0].pair
    problem = _check_pair(pair, expected, location)
    return (pair if problem is None else _known(pair, expected)), problem


def _with_name(number: str, people: Sequence[Person] | None) -> str:
    """Return a number or code, with whom it was given to if that is on record."""
    return f"{shown(number)} ({people[-1]})" if people else shown(number)


def _known(pair: Pair, expected: Expected) -> Pair | None:
    session = expected.session
    return pair if pair[0] in session.candidate and pair[1] in session.juror else None


def _check_lost(
    grid: ReadGrid, claims: list[_Claim], expected: Expected, location: Location
) -> tuple[Pair | None, Problem]:
    """Return the problems of a file that proves too little."""
    if claims:
        found = f"une seule marque est lisible ({claims[0].place}), il en faut deux"
        pair = _known(claims[0].pair, expected)
        return pair, kinds.IDENTITY_LOST.at(location, found=found)
    if grid.rows or grid.codes or grid.stamp or grid.properties:
        found = "aucune de ses trois marques n'est lisible"
        return None, kinds.IDENTITY_LOST.at(location, found=found)
    return None, kinds.NOT_A_GRID.at(location)


def _check_claim(claim: _Claim, expected: Expected, location: Location) -> Problem | None:
    """Return what is wrong with one set of fields on its own."""
    fields = claim.fields
    if fields["schema"] != SCHEMA:
        return _schema_problem(fields["schema"], location)
    if fields["session"] != expected.session.code:
        return kinds.OTHER_SESSION.at(
            location, found=shown(fields["session"]), expected=expected.session.code
        )
    if not is_signed(expected.key, {**dict.fromkeys(FIELDS, ""), **fields}):
        return kinds.SIGNATURE_WRONG.at(location, place=claim.place)
    if fields["fingerprint"] != expected.referential.fingerprint:
        return _referential_problem(fields, expected.referential, location)
    return None


def _schema_problem(found: str, location: Location) -> Problem:
    """Return a grid of another version of the contract.

    Older or newer, by the number at its end.
    """
    family, _, number = found.rpartition("/")
    ours, _, current = SCHEMA.rpartition("/")
    if family == ours and number.isascii() and number.isdecimal() and len(number) < 9:
        kind = kinds.NEWER_SCHEMA if int(number) > int(current) else kinds.OLDER_SCHEMA
    else:
        kind = kinds.OTHER_SCHEMA
    return kind.at(location, found=shown(found), expected=SCHEMA)


def _referential_problem(
    fields: Mapping[str, str], referential: Referential, location: Location
) -> Problem:
    found, current = fields.get("version", ""), referential.certification.version or ""
    kind = kinds.OTHER_REFERENTIAL
    if found and current and found != current:
        older = _version_key(found) < _version_key(current)
        kind = kinds.OLDER_REFERENTIAL if older else kinds.NEWER_REFERENTIAL
    return kind.at(
        location,
        found=_referential_name(found, fields["fingerprint"]),
        expected=_referential_name(current, referential.fingerprint),
    )


CARRIED_OVER = frozenset({kinds.OLDER_REFERENTIAL.code, kinds.OTHER_REFERENTIAL.code})
"""Refusals of a grid that is known to be its juror's: what still fits is kept for a correction."""

_MOST_CODES = 5
"""The codes of a file that are searched among all pairs: a grid prints one."""

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _version_key(version: str) -> list[Part]:
    """Return a key that sorts versions: 1.9 before 1.10, 15/06/2025 before 01/02/2026."""
    return natural_parts(_DAY.sub(r"\3/\2/\1", version))


def _referential_name(version: str, fingerprint: str) -> str:
    mark = f"empreinte {fingerprint[:12]}"
    return f"version {shown(version)}, {mark}" if version else mark


def _printed_claims(grid: ReadGrid, expected: Expected, others: list[_Claim]) -> list[_Claim]:
    """Return the claims of the printed codes; a mere lookalike is ignored beside a true one.

    A code is that of the other places' grid even when its people are no longer of the session.
    """
    codes = list(dict.fromkeys(text_of(cell.value).upper() for cell in grid.codes))
    named = dict.fromkeys(claim.pair for claim in others)
    known = {expected.code_of(pair): pair for pair in named}
    searched = iter(range(_MOST_CODES))
    pairs = {
        code: known.get(code)
        or expected.assigned_pair_of_code.get(code)
        or (None if next(searched, None) is None else expected.search_pair(code))
        for code in codes
    }
    claims = [
        _Claim(place=f"code imprimé {code}", fields={"candidate": pair[0], "juror": pair[1]})
        for code, pair in pairs.items()
        if pair is not None
    ]
    if codes and not claims and others:
        unknown = {"candidate": "inconnu", "juror": "inconnu"}
        claims = [_Claim(place=f"code imprimé {codes[0]}", fields=unknown)]
    return claims


def _check_pair(pair: Pair, expected: Expected, location: Location) -> Problem | None:
    candidate, juror = pair
    if candidate not in expected.session.candidate:
        found = _with_name(candidate, expected.made.candidates.get(candidate))
        return kinds.UNKNOWN_CANDIDATE.at(location, found=found)
    if pair in expected.assignments:
        return None
    session = expected.session
    person = session.candidate[candidate]
    if person.status is not Status.PRESENT:
        told = told_candidate(session, candidate)
        return kinds.GRID_OF_ABSENT.at(
            location,
            who=f"Le candidat {told}" if session.anonymous else told,
            status=person.status.value,
            juror=told_juror(session, juror),
        )
    if problem := check_group(pair, expected.session, expected.made, location):
        return problem
    if juror not in expected.session.juror:
        found = _with_name(juror, expected.made.jurors.get(juror))
        return kinds.UNKNOWN_JUROR.at(location, found=found)
    told = told_juror(session, juror)
    return kinds.NOT_ASSIGNED.at(location, candidate=told_candidate(session, candidate), juror=told)


def corrected_files(grid: ReadGrid) -> tuple[str, ...]:
    """Return the SHA-256 of the files that an identified grid says it corrects, the latest first.

    Where its two places disagree (a sheet was copied), it says nothing.
    """
    named = {fields.get("corrects", "") for fields in (grid.stamp, grid.properties) if fields}
    return tuple(named.pop().split()) if len(named) == 1 else ()


def find_foreign_sheets(
    grid: ReadGrid, pair: Pair, expected: Expected, file: str
) -> Mapping[str, Problem]:
    """Return the problems of bloc sheets that bear another candidate's or juror's name.

    A line that is nobody's says nothing: a name may have been corrected since.
    """
    found = {}
    for cell in grid.owners:
        owner = expected.pair_of_line.get(fold(text_of(cell.value)))
        if owner is not None and owner != pair:
            found[cell.sheet] = kinds.SHEET_OF_ANOTHER.at(
                Location(file=file, sheet=cell.sheet, cell=cell.cell),
                candidate=told_candidate(expected.session, owner[0]),
                marker=told_marker(expected.session, owner[1]),
            )
    return found
