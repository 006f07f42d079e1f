"""Disability arrangements: their effect, and why an exemption has none; never their cause."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.model import (
    Accommodation,
    AccommodationKind,
    CandidateId,
    CriterionCode,
    JuryDecision,
    Referential,
    Status,
)
from sheetgen.problems import sources as kinds
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.problems import Problem
    from sheetgen.sources.checks import Codes
    from sheetgen.sources.people import CandidateEntry
    from sheetgen.sources.read import Row, SourceTable

_UNDECIDED = {
    JuryDecision.REFUSED: "le jury l'a refusée",
    JuryDecision.PENDING: "la décision du jury est en attente",
    None: "la décision du jury n'est pas notée",
}


def build_accommodation(row: Row, candidates: Codes, criteria: Codes) -> Accommodation:
    """Return the record of an arrangement whose row is without error."""
    criterion = row.get("criterion", str)
    return Accommodation(
        candidate=CandidateId(candidates[row.need("candidate", str)]),
        kind=row.need("kind", AccommodationKind),
        criterion=None if criterion is None else CriterionCode(criteria[criterion]),
        instruction=row.get("instruction", str),
        opinion_date=row.get("opinion_date", dt.date),
        capacity_preserved=row.get("capacity_preserved", bool),
        not_applicable_in_practice=row.get("not_applicable_in_practice", bool),
        decision=row.get("decision", JuryDecision),
        decision_date=row.get("decision_date", dt.date),
    )


def check_accommodations(table: SourceTable) -> Iterator[Problem]:
    """Yield the problems of exemptions that show without the référentiel."""
    first: dict[tuple[str, str], Row] = {}
    for row in table.rows:
        if row.get("kind", AccommodationKind) is not AccommodationKind.EXEMPTION:
            continue
        criterion = row.get("criterion", str)
        if criterion is None:
            if "criterion" not in row.faulty:
                yield kinds.EXEMPTION_WITHOUT_CRITERION.at(row.at("criterion"))
            continue
        key = fold(row.get("candidate", str) or ""), fold(criterion)
        other = first.setdefault(key, row)
        if other is not row:
            yield kinds.ACCOMMODATION_DUPLICATE.at(
                row.at("criterion"), criterion=criterion, other=other.at("criterion").cell
            )
        yield from _check_effect(row, criterion)


def _check_effect(row: Row, criterion: str) -> Iterator[Problem]:
    """Yield the conditions that an exemption lacks, said at the first of them."""
    lacking: dict[str, str] = {}
    if row.get("opinion_date", dt.date) is None:
        lacking["opinion_date"] = "l'avis du référent handicap n'est pas daté"
    for attribute, condition in (
        ("capacity_preserved", "Capacité professionnelle préservée"),
        ("not_applicable_in_practice", "Critère sans objet dans la pratique future"),
    ):
        answer = row.get(attribute, bool)
        if answer is not True:
            said = "n'est pas rempli" if answer is None else "est à Non"
            lacking[attribute] = f"« {condition} » {said}"
    decision = row.get("decision", JuryDecision)
    if decision is not JuryDecision.GRANTED:
        lacking["decision"] = _UNDECIDED[decision]
    if lacking and not row.faulty & set(lacking):
        yield kinds.EXEMPTION_WITHOUT_EFFECT.at(
            row.at(next(iter(lacking))),
            criterion=criterion,
            missing=" ; ".join(lacking.values()),
        )


def check_exempted_blocks(
    table: SourceTable, entries: Mapping[str, CandidateEntry], referential: Referential
) -> Iterator[Problem]:
    """Find arrangements on a criterion of a bloc that the candidate does not present.

    `entries` are by folded number.
    """
    blocks = {
        fold(criterion.code): block
        for block, criteria in referential.criteria_of_block.items()
        for criterion in criteria
    }
    for row in table.rows:
        entry = entries.get(fold(row.get("candidate", str) or ""))
        criterion = row.get("criterion", str) or ""
        block = blocks.get(fold(criterion))
        if entry is None or block is None or not entry.reliable:
            continue
        if entry.status is Status.PRESENT and block not in entry.presented:
            yield kinds.EXEMPTION_NOT_PRESENTED.at(
                row.at("criterion"), criterion=criterion, candidate=entry.told, block=block
            )
