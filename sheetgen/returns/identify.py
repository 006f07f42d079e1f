"""Whose grid a returned file is: established from three places, or refused with the reason.

The stamp in the hidden sheet, the custom document properties and the printed code each name the
grid. Two of them suffice; one does not, since a sheet can be copied from another grid; and two that
disagree are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheetgen.grids.identity import FIELDS, SCHEMA, SigningKey, grid_code, is_signed
from sheetgen.grids.read import ReadGrid, text_of
from sheetgen.model import Assignment, CandidateId, JurorCode, Referential, Session
from sheetgen.problems import Location, Problem
from sheetgen.problems import grids as kinds

Pair = tuple[CandidateId, JurorCode]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What the administrator expects back; no slots, so that the look-ups are kept."""

    referential: Referential
    session: Session
    key: SigningKey

    @cached_property
    def assignments(self) -> Mapping[Pair, Assignment]:
        """Each grid that was to be generated."""
        return {(item.candidate, item.juror): item for item in self.session.assignments}

    @cached_property
    def pair_of_code(self) -> Mapping[str, Pair]:
        """Each candidate and juror of the session by the code printed on their grid."""
        return {
            grid_code(self.key, self.session.code, candidate.id, juror.code): (
                candidate.id,
                juror.code,
            )
            for candidate in self.session.candidates
            for juror in self.session.jurors
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What one place says of the grid's identity."""

    place: str
    candidate: str
    juror: str

    def __str__(self) -> str:
        return f"candidat n° {self.candidate}, juré {self.juror} ({self.place})"


def identify(
    grid: ReadGrid, expected: Expected, location: Location
) -> tuple[Pair | None, Problem | None]:
    """The candidate and juror of a grid, and why it is refused; the pair is kept where known."""
    for fields in (grid.stamp, grid.properties):
        if fields and (problem := _check_fields(fields, expected, location)):
            return _known_pair(fields, expected), problem
    claims = list(_claims(grid, expected))
    if not claims:
        problem = (
            kinds.IDENTITY_LOST.at(location, found="aucune marque d'identité n'est lisible")
            if grid.rows or grid.broken or grid.codes
            else kinds.NOT_A_GRID.at(location)
        )
        return None, problem
    first, *others = claims
    for other in others:
        if (other.candidate, other.juror) != (first.candidate, first.juror):
            return None, kinds.IDENTITY_CONTRADICTORY.at(location, one=first, other=other)
    pair = (CandidateId(first.candidate), JurorCode(first.juror))
    if not others:
        found = f"une seule marque est lisible ({first.place}), il en faut deux"
        return pair, kinds.IDENTITY_LOST.at(location, found=found)
    return pair, _check_pair(pair, expected, location)


def _known_pair(fields: Mapping[str, str], expected: Expected) -> Pair | None:
    pair = (CandidateId(fields.get("candidate", "")), JurorCode(fields.get("juror", "")))
    known = pair[0] in expected.session.candidate and pair[1] in expected.session.juror
    return pair if known else None


def _check_fields(
    fields: Mapping[str, str], expected: Expected, location: Location
) -> Problem | None:
    """What is wrong with one set of fields on its own."""
    schema = fields.get("schema", "")
    if schema != SCHEMA:
        return kinds.OTHER_SCHEMA.at(location, found=schema or "inconnu", expected=SCHEMA)
    session = fields.get("session", "")
    if session != expected.session.code:
        return kinds.OTHER_SESSION.at(location, found=session, expected=expected.session.code)
    if not is_signed(expected.key, {**dict.fromkeys(FIELDS, ""), **fields}):
        return kinds.SIGNATURE_WRONG.at(location)
    fingerprint = fields.get("fingerprint", "")
    if fingerprint != expected.referential.fingerprint:
        return kinds.OTHER_REFERENTIAL.at(
            location,
            found=_referential_name(fields.get("version", ""), fingerprint),
            expected=_referential_name(
                expected.referential.certification.version or "",
                expected.referential.fingerprint,
            ),
        )
    return None


def _referential_name(version: str, fingerprint: str) -> str:
    mark = f"empreinte {fingerprint[:12]}"
    return f"version {version}, {mark}" if version else mark


def _claims(grid: ReadGrid, expected: Expected) -> Iterator[_Claim]:
    for place, fields in (("feuille cachée", grid.stamp), ("propriétés", grid.properties)):
        if fields:
            yield _Claim(place=place, candidate=fields["candidate"], juror=fields["juror"])
    seen: set[str] = set()
    for cell in grid.codes:
        code = text_of(cell.value).upper()
        if code in seen:
            continue
        seen.add(code)
        pair = expected.pair_of_code.get(code)
        place = f"code {code}"
        if pair is None:
            yield _Claim(place=place, candidate="inconnu", juror="inconnu")
        else:
            yield _Claim(place=place, candidate=pair[0], juror=pair[1])


def _check_pair(pair: Pair, expected: Expected, location: Location) -> Problem | None:
    candidate, juror = pair
    if candidate not in expected.session.candidate:
        return kinds.UNKNOWN_CANDIDATE.at(location, found=candidate)
    if juror not in expected.session.juror:
        return kinds.UNKNOWN_JUROR.at(location, found=juror)
    if pair not in expected.assignments:
        return kinds.NOT_ASSIGNED.at(location, candidate=candidate, juror=juror)
    return None
