"""Check who candidates are to the school, and when they come: identifiers, days, passages."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sheetgen.model import Passage
from sheetgen.problems import registering as kinds
from sheetgen.sources.read import WrittenPassage
from sheetgen.text import fold, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row, SourceTable


def check_identifiers(candidates: SourceTable) -> Iterator[Problem]:
    """Find identifiers that two candidates bear."""
    first: dict[str, Row] = {}
    for row in candidates.rows:
        found = row.get("identifier", str)
        if found is None:
            continue
        other = first.setdefault(fold(found), row)
        if other is not row:
            yield kinds.IDENTIFIER_TWICE.at(
                row.at("identifier"), found=found, other=other.at("identifier").cell
            )


def check_days(fields: Row) -> Iterator[Problem]:
    """Find a session that ends before it begins."""
    first, last = fields.get("date", dt.date), fields.get("last_day", dt.date)
    if first is not None and last is not None and last < first:
        yield kinds.DAYS_REVERSED.at(
            fields.at("last_day"), found=f"{last:%d/%m/%Y}", first=f"{first:%d/%m/%Y}"
        )


def check_passages(candidates: SourceTable, fields: Row) -> Iterator[Problem]:
    """Find passages without a day, and those that are on no day of the session."""
    first = fields.get("date", dt.date)
    last = fields.get("last_day", dt.date) or first
    for row in candidates.rows:
        written = row.get("passage", WrittenPassage)
        if written is None or fields.faulty & {"date", "last_day"}:
            continue
        day = written.day or first
        if day is None and written.time is not None:
            yield kinds.PASSAGE_WITHOUT_DAY.at(row.at("passage"), found=time_text(written.time))
        elif day and first and last and last >= first and not first <= day <= last:
            yield kinds.PASSAGE_OUTSIDE.at(
                row.at("passage"), found=f"{day:%d/%m/%Y}", days=_days_text(first, last)
            )


def _days_text(first: dt.date, last: dt.date) -> str:
    if last <= first:
        return f"le {first:%d/%m/%Y}"
    return f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}"


def read_passage(row: Row, session_day: dt.date | None) -> Passage | None:
    """Return the turn of a candidate whose row is without error; a time alone is of that day."""
    written = row.get("passage", WrittenPassage)
    day = None if written is None else written.day or session_day
    return None if written is None or day is None else Passage(day=day, time=written.time)
