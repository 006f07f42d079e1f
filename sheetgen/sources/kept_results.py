"""« Résultats conservés »: what a candidate keeps of another session, épreuve or competency."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    CandidateId,
    CompetencyCode,
    KeptResult,
    MethodCode,
    ScaleKind,
    Status,
)
from sheetgen.problems import registering as kinds
from sheetgen.sources.checks import Codes, check_past, check_share_of
from sheetgen.sources.read import suggestion
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.sources.people import CandidateEntry
    from sheetgen.sources.read import Row, SourceTable


def check_kept_days(table: SourceTable, day: dt.date | None) -> Iterator[Problem]:
    """Find days that cannot be, and results that are not kept any more on the session's day."""
    yield from check_past((("Date", "date", row) for row in table.rows), day)
    for row in table.rows:
        obtained, last = row.get("date", dt.date), row.get("valid_until", dt.date)
        if last is None or row.get("renounced", bool):
            continue
        if obtained is not None and last < obtained:
            yield kinds.KEPT_DAYS_REVERSED.at(
                row.at("valid_until"), found=f"{last:%d/%m/%Y}", obtained=f"{obtained:%d/%m/%Y}"
            )
        elif day is not None and last < day:
            yield kinds.KEPT_EXPIRED.at(
                row.at("valid_until"),
                item=row.shown("item"),
                candidate=row.shown("candidate"),
                found=f"{last:%d/%m/%Y}",
                day=f"{day:%d/%m/%Y}",
            )


def check_kept_results(
    entries: tuple[CandidateEntry, ...],
    tables: Mapping[str, SourceTable],
    referential: Referential,
) -> Iterator[Problem]:
    """Find results kept of nothing, twice, without the score they need, or to no effect."""
    table = tables["Résultats conservés"]
    known = {fold(entry.id): entry for entry in entries}
    score = table.spec.column("Score")
    notes = referential.scale.kind is ScaleKind.NOTE
    first: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        if "score" not in row.faulty and notes:
            yield from check_share_of(row, score, referential.scale.maximum)
        written, candidate = row.get("item", str), fold(row.get("candidate", str) or "")
        if written is None:
            continue
        wrong = _check_item(row, written, referential)
        if wrong is not None:
            yield wrong
            continue
        if candidate not in known:
            continue
        entry = known[candidate]
        other = first.setdefault((candidate, fold(written)), row)
        if other is not row:
            yield kinds.KEPT_TWICE.at(
                row.at("item"), candidate=entry.told, found=written, other=other.at("item").cell
            )
        elif entry.status is not Status.PRESENT or not entry.reliable:
            continue
        elif not _presents(entry, written, referential):
            yield kinds.KEPT_FOREIGN.at(row.at("item"), candidate=entry.told, found=written)
    yield from _check_absences(first, tables["Absences"])


def _check_item(row: Row, written: str, referential: Referential) -> Problem | None:
    """Return the problem of a code that is no épreuve or competency, or that lacks its score."""
    methods = Codes("Modalités", referential.method)
    competencies = Codes("Compétences", referential.competency)
    place = row.at("item")
    if written in methods and written in competencies:
        return kinds.KEPT_ITEM_AMBIGUOUS.at(place, found=written)
    if written in competencies:
        return None
    if written not in methods:
        near = suggestion(written, (*methods, *competencies))
        return kinds.KEPT_ITEM_UNKNOWN.at(place, found=written, suggestion=near)
    if methods[written] not in referential.assessment_of.values():
        return kinds.KEPT_NOT_ASSESSMENT.at(place, found=methods[written])
    if row.get("score", Fraction) is None and "score" not in row.faulty:
        return kinds.KEPT_SCORE_MISSING.at(row.at("score"), found=methods[written])
    return None


def _presents(entry: CandidateEntry, written: str, referential: Referential) -> bool:
    """Return whether an épreuve or a competency is part of what a candidate presents."""
    return any(
        fold(competency.code) == fold(written)
        or any(
            fold(referential.assessment_of[criterion.code] or "") == fold(written)
            and referential.applies(criterion, entry.access)
            for criterion in referential.criteria_of[competency.code]
        )
        for block in entry.presented
        for competency in referential.competencies_of[block]
    )


def _check_absences(
    kept: Mapping[tuple[str, str], Row], absences: SourceTable
) -> Iterator[Problem]:
    """Find absences at an épreuve whose result is kept."""
    for row in absences.rows:
        candidate, method = row.get("candidate", str), row.get("method", str)
        found = kept.get((fold(candidate or ""), fold(method or "")))
        if found is not None and not found.get("renounced", bool):
            yield kinds.KEPT_AND_ABSENT.at(row.at("method"), candidate=candidate, found=method)


def build_kept_result(row: Row, codes: Mapping[str, Codes]) -> KeptResult:
    """Return the record of a row without error."""
    written = row.need("item", str)
    methods, competencies = codes["Modalités"], codes["Compétences"]
    return KeptResult(
        candidate=CandidateId(codes["Candidats"][row.need("candidate", str)]),
        method=MethodCode(methods[written]) if written in methods else None,
        competency=CompetencyCode(competencies[written]) if written in competencies else None,
        score=row.get("score", Fraction),
        date=row.get("date", dt.date),
        origin=row.get("origin", str),
        valid_until=row.get("valid_until", dt.date),
        renounced=row.get("renounced", bool) is True,
    )
