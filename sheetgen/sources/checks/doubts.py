"""Warnings about people and days of a session that are possible, and most often mistakes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.model import AccommodationKind, JuryDecision
from sheetgen.problems import regulations
from sheetgen.problems import sources as kinds
from sheetgen.rules import weighs_jurors
from sheetgen.sources.read import told_in
from sheetgen.sources.schema import ValueKind
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sheetgen.model import Rules
    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable


def check_doubts(tables: Mapping[str, SourceTable], session: dt.date | None) -> Iterator[Problem]:
    """Find days to come that should be past, people named twice, undecided accommodations.

    `session` is its day: opinions and decisions on accommodations may wait for it.
    """
    candidates, jurors = tables["Candidats"], tables["Jurés"]
    yield from check_past(_days(candidates))
    yield from check_past(_days(tables["Aménagements"]), session)
    yield from _check_homonyms(candidates)
    yield from _check_jurors(candidates, jurors)
    yield from _check_pending(tables["Aménagements"])


def check_weights(jurors: SourceTable, rules: Rules) -> Iterator[Problem]:
    """Find weights that differ and that the way to merge does not look at."""
    weights = {row.values.get("weight") for row in jurors.rows if "weight" not in row.faulty}
    if len(weights) > 1 and not weighs_jurors(rules.merge):
        yield regulations.WEIGHTS_IGNORED.at(jurors.at_header("weight"), merge=rules.merge.value)


def is_to_come(day: dt.date, session: dt.date | None = None) -> bool:
    """Return whether a day is after today, and after that of the session where one is given."""
    return day > max(dt.datetime.now().astimezone().date(), session or dt.date.min)


def check_past(
    rows: Iterable[tuple[str, str, Row]], session: dt.date | None = None
) -> Iterator[Problem]:
    """Find days that are to come, given as name, attribute and row."""
    for name, attribute, row in rows:
        day = row.get(attribute, dt.date)
        if day is not None and is_to_come(day, session):
            yield kinds.DATE_TO_COME.at(row.at(attribute), name=name, found=f"{day:%d/%m/%Y}")


def _days(table: SourceTable) -> Iterator[tuple[str, str, Row]]:
    """Yield every date of a sheet's rows, as `check_past` takes them."""
    for row in table.rows:
        for column in table.spec.columns:
            if column.kind is ValueKind.DATE:
                yield column.name, column.attribute, row


def _name(row: Row) -> tuple[str, str] | None:
    """Return a person's folded name; None where a part of it is blank or faulty."""
    last, first = row.get("last_name", str), row.get("first_name", str)
    return None if last is None or first is None else (fold(last), fold(first))


def _check_homonyms(candidates: SourceTable) -> Iterator[Problem]:
    """Find candidates of one name that no other date of birth tells apart."""
    first: dict[tuple[str, str], list[Row]] = {}
    for row in candidates.rows:
        name = _name(row)
        if name is None:
            continue
        born = row.get("birth_date", dt.date)
        others = first.setdefault(name, [])
        for other in others:
            known = other.get("birth_date", dt.date)
            if born is None or known is None or born == known:
                told = "la même date de naissance" if born and known else "aucune autre date"
                yield kinds.CANDIDATE_TWICE.at(
                    row.at("last_name"),
                    found=f"{row.shown('first_name')} {row.shown('last_name')}",
                    other=other.at("last_name").cell,
                    birth=told,
                )
                break
        others.append(row)


def _check_jurors(candidates: SourceTable, jurors: SourceTable) -> Iterator[Problem]:
    """Find jurors who are candidates, and jurors who are there twice."""
    people = {name: row for row in candidates.rows if (name := _name(row)) is not None}
    seen: dict[tuple[str, str], Row] = {}
    for row in jurors.rows:
        name = _name(row)
        if name is None:
            continue
        found = f"{row.shown('first_name')} {row.shown('last_name')}"
        if name in people:
            yield kinds.JUROR_IS_CANDIDATE.at(
                row.at("last_name"), found=found, candidate=told_in(people[name])
            )
        other = seen.setdefault(name, row)
        if other is not row:
            yield kinds.JUROR_TWICE.at(
                row.at("last_name"), found=found, other=other.at("last_name").cell
            )


def _check_pending(accommodations: SourceTable) -> Iterator[Problem]:
    """Find accommodations that the jury has still to decide; an exemption says so by itself."""
    for row in accommodations.rows:
        kind = row.get("kind", AccommodationKind)
        pending = row.get("decision", JuryDecision) is JuryDecision.PENDING
        if pending and kind is not None and kind is not AccommodationKind.EXEMPTION:
            yield kinds.ACCOMMODATION_PENDING.at(
                row.at("decision"),
                nature=kind.value,
                candidate=row.get("candidate", str) or "de la ligne",
            )
