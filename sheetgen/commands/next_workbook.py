"""The workbook of a session for those who come back, from what the register holds on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetgen.model import Route
from sheetgen.register import IDENTITY, number_of
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents
from sheetgen.text import exact_share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sheetgen.register import NextCandidate
    from sheetgen.sources.write import Value

_ROUTES = {route.key: route.value for route in Route}


def next_contents(people: Sequence[NextCandidate], day: date | None) -> Contents:
    """Return what the workbook says: its candidates, and what they keep, each with its origin."""
    digits = max(2, len(str(len(people))))
    numbered = [(f"C{place:0{digits}}", item) for place, item in enumerate(people, start=1)]
    kept = list(_kept_rows(numbered))
    return Contents(
        fields={"Session": {} if day is None else {"Date": day}},
        rows={
            "Candidats": [_candidate_row(number, item) for number, item in numbered],
            **({"Résultats conservés": kept} if kept else {}),
        },
    )


def _candidate_row(number: str, item: NextCandidate) -> Mapping[str, Value]:
    person, attempt = item.person, item.attempt
    by_bloc = attempt["route"] == Route.BLOCKS.key
    said: dict[str, Any] = {
        "id": number,
        **{name: person[name] for name in IDENTITY},
        "identifier": person["identifier"] or number_of(person["id"]),
        "route": _ROUTES.get(attempt["route"]),
        "access_route": attempt["access_route"],
        "presented": " ; ".join(item.missing) if by_bloc else None,
        "held": " ; ".join(item.held) or None,
        "options": " ; ".join(item.options) or None,
        "sat_before": item.sat or None,
        "first_sat": item.first,
    }
    columns = SESSION.sheet("Candidats").columns
    return {column.name: said.get(column.attribute) for column in columns}


def _kept_rows(numbered: Sequence[tuple[str, NextCandidate]]) -> Iterator[Mapping[str, Value]]:
    for number, candidate in numbered:
        for item in candidate.kept:
            yield {
                "Candidat": number,
                "Objet": item.code,
                "Score": None if item.score is None else exact_share(item.score),
                "Date": item.day,
                "Session d'origine": item.origin,
                "Valable jusqu'au": item.until,
            }
