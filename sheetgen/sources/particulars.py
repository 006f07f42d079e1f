"""Particulars of a candidate: the way they came, options, absences, evidence."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.model import (
    Absence,
    Acceptance,
    AccessRoute,
    CandidateId,
    CompetencyCode,
    Evidence,
    MethodCode,
    Route,
    Status,
    access_of,
)
from sheetgen.problems import quoted, shaping
from sheetgen.sources.checks import check_past
from sheetgen.sources.read import suggestion
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import BlockCode, Referential
    from sheetgen.problems import Problem
    from sheetgen.sources.checks import Codes
    from sheetgen.sources.people import CandidateEntry
    from sheetgen.sources.read import Row, SourceTable

_ROUTES = tuple(route.value for route in AccessRoute)


def check_access_routes(
    candidates: SourceTable, referential: Referential | None
) -> Iterator[Problem]:
    """Warn of ways to the certification that are not among those known.

    Where épreuves depend on it, that of a candidate who is present is an error, told elsewhere.
    """
    by_route = referential is not None and any(item.routes for item in referential.methods)
    for row in candidates.rows:
        written = row.get("access_route", str)
        present = row.get("status", Status) in (None, Status.PRESENT)
        if by_route and present and "status" not in row.faulty:
            continue
        if written is not None and access_of(written) is None:
            yield shaping.ACCESS_ROUTE_UNKNOWN.at(
                row.at("access_route"),
                found=written,
                suggestion=suggestion(written, _ROUTES),
                allowed=quoted(_ROUTES),
            )


def check_shown(evidence: SourceTable, referential: Referential) -> Iterator[Problem]:
    """Find evidence of competencies that the jury assesses."""
    asked = {fold(item.code) for item in referential.competencies if item.by_evidence}
    known = {fold(item.code) for item in referential.competencies}
    for row in evidence.rows:
        code = row.get("competency", str)
        if code is not None and fold(code) in known - asked:
            yield shaping.EVIDENCE_NOT_EXPECTED.at(row.at("competency"), found=code)


def check_documents(evidence: SourceTable, day: dt.date | None) -> Iterator[Problem]:
    """Find days of documents that cannot be, and those accepted that no longer hold on the day."""
    yield from check_past((("Date d'obtention", "obtained", row) for row in evidence.rows), day)
    for row in evidence.rows:
        obtained, last = row.get("obtained", dt.date), row.get("valid_until", dt.date)
        if last is None:
            continue
        if obtained is not None and last < obtained:
            yield shaping.EVIDENCE_DAYS_REVERSED.at(
                row.at("valid_until"), found=f"{last:%d/%m/%Y}", obtained=f"{obtained:%d/%m/%Y}"
            )
        elif day is not None and last < day and row.get("acceptance", Acceptance) is Acceptance.YES:
            yield shaping.EVIDENCE_EXPIRED.at(
                row.at("valid_until"),
                candidate=row.shown("candidate"),
                competency=row.shown("competency"),
                found=f"{last:%d/%m/%Y}",
                day=f"{day:%d/%m/%Y}",
            )


_NAMED = 10
"""How many candidates a message still names."""


def check_evidence(
    evidence: SourceTable, entries: tuple[CandidateEntry, ...], referential: Referential
) -> Iterator[Problem]:
    """Tell of whom no document is entered yet, competency by competency."""
    asked = {fold(item.code) for item in referential.competencies if item.by_evidence}
    # A code that is wrong is told where it stands; somebody else's document may be meant there.
    if any(fold(row.get("competency", str) or "") not in asked for row in evidence.rows):
        return
    said = {
        (fold(row.get("candidate", str) or ""), fold(row.get("competency", str) or ""))
        for row in evidence.rows
    }
    for competency in referential.competencies:
        block = referential.block_of[competency.code]
        lacking = [
            entry.id
            for entry in entries
            if competency.by_evidence
            and entry.status is Status.PRESENT
            and block in entry.presented
            and (fold(entry.id), fold(competency.code)) not in said
        ]
        if lacking:
            more = len(lacking) - _NAMED
            yield shaping.EVIDENCE_UNSAID.at(
                evidence.at_header("competency"),
                code=competency.code,
                block=block,
                candidates=", ".join(lacking[:_NAMED]) + (f" et {more} autres" * (more > 0)),
            )


def check_particulars(
    entries: tuple[CandidateEntry, ...], absences: SourceTable, referential: Referential
) -> Iterator[Problem]:
    """Find ways, options and absences that do not go with the référentiel."""
    by_route = referential.has_routes
    for entry in entries:
        if not entry.reliable:
            continue
        if entry.status is Status.PRESENT and by_route and "access_route" not in entry.row.faulty:
            yield from _check_route(entry, referential)
        yield from _check_options(entry, referential)
    yield from _check_absences(entries, absences, referential)


def _check_route(entry: CandidateEntry, referential: Referential) -> Iterator[Problem]:
    """Check that a candidate's way says which épreuves they sit, some in each bloc."""
    written = entry.row.get("access_route", str)
    place = entry.row.at("access_route")
    if entry.access is None:
        yield shaping.ACCESS_ROUTE_NEEDED.at(
            place,
            candidate=entry.told,
            found="vide" if written is None else f"« {written} »",
            allowed=quoted(_ROUTES),
        )
        return
    idle = [code for code in entry.presented if not _applies(code, entry.access, referential)]
    if idle:
        yield shaping.NOTHING_APPLIES.at(
            place, candidate=entry.told, blocks=quoted(idle, last="et"), route=entry.access.value
        )


def _applies(block: BlockCode, access: AccessRoute, referential: Referential) -> bool:
    """Return whether something in a bloc is asked of those who came this way."""
    return any(item.by_evidence for item in referential.competencies_of[block]) or any(
        referential.applies(item, access) for item in referential.criteria_of_block[block]
    )


def _check_options(entry: CandidateEntry, referential: Referential) -> Iterator[Problem]:
    """Check a candidate's options: optional blocs, not held, presented, as many as are asked."""
    place = entry.row.at("options")
    for code in entry.options:
        if not referential.block[code].is_optional:
            yield shaping.OPTION_NOT_OPTIONAL.at(place, found=code)
        elif code in entry.held:
            yield shaping.OPTION_HELD.at(place, candidate=entry.told, found=code)
        elif code not in entry.registered:
            yield shaping.OPTION_BESIDE_PRESENTED.at(place, candidate=entry.told, found=code)
    if entry.status is not Status.PRESENT or entry.row.get("route", Route) is not Route.FULL:
        return
    for group in referential.option_groups:
        taken = [
            code
            for code in (*entry.presented, *entry.held)
            if referential.block[code].is_optional and referential.block[code].group == group.name
        ]
        if len(taken) < group.required:
            yield shaping.OPTIONS_TOO_FEW.at(
                place if place.cell else entry.row.at("id"),
                candidate=entry.told,
                found=len(taken),
                group=group.name,
                required=group.required,
            )


def _check_absences(
    entries: tuple[CandidateEntry, ...], absences: SourceTable, referential: Referential
) -> Iterator[Problem]:
    """Find absences said twice, or where the candidate has nothing to sit."""
    by_route = referential.has_routes
    known = {fold(entry.id): entry for entry in entries}
    methods = {fold(item.code): item.code for item in referential.methods}
    first: dict[tuple[str, str], Row] = {}
    for row in absences.rows:
        candidate, method = (fold(row.get(item, str) or "") for item in ("candidate", "method"))
        if candidate not in known or method not in methods:
            continue
        entry = known[candidate]
        other = first.setdefault((candidate, method), row)
        if other is not row:
            yield shaping.ABSENCE_TWICE.at(
                row.at("method"),
                candidate=entry.told,
                found=methods[method],
                other=other.at("method").cell,
            )
        elif entry.status is not Status.PRESENT or (by_route and entry.access is None):
            continue
        elif entry.reliable and not _sits(entry, methods[method], referential):
            yield shaping.ABSENCE_FOREIGN.at(
                row.at("method"), candidate=entry.told, found=methods[method]
            )


def _sits(entry: CandidateEntry, method: MethodCode, referential: Referential) -> bool:
    """Return whether a candidate has a criterion to be marked on by a modalité."""
    return any(
        referential.is_covered(criterion, (method,), entry.access)
        for block in entry.presented
        for criterion in referential.criteria_of_block[block]
    )


def build_absence(row: Row, codes: Mapping[str, Codes]) -> Absence:
    """Return the record of a row without error."""
    return Absence(
        candidate=CandidateId(codes["Candidats"][row.need("candidate", str)]),
        method=MethodCode(codes["Modalités"][row.need("method", str)]),
        justified=row.get("justified", bool),
    )


def build_evidence(row: Row, codes: Mapping[str, Codes]) -> Evidence:
    """Return the record of a row without error."""
    return Evidence(
        candidate=CandidateId(codes["Candidats"][row.need("candidate", str)]),
        competency=CompetencyCode(codes["Compétences"][row.need("competency", str)]),
        title=row.get("title", str),
        obtained=row.get("obtained", dt.date),
        valid_until=row.get("valid_until", dt.date),
        acceptance=row.need("acceptance", Acceptance),
    )
