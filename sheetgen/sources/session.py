"""The session, from its workbook: read, checked against the référentiel, and resolved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.model import Notation, Referential, Session
from sheetgen.problems import has_errors
from sheetgen.problems import source_files as file_kinds
from sheetgen.problems import sources as kinds
from sheetgen.rules import CandidateScope, mark_in_common
from sheetgen.sources.accommodations import (
    build_accommodation,
    check_accommodations,
    check_exempted_blocks,
)
from sheetgen.sources.assignments import read_assignments
from sheetgen.sources.checks import (
    Codes,
    check_codes,
    check_doubts,
    check_references,
    check_weights,
)
from sheetgen.sources.common_notation import check_common_codes, check_groups
from sheetgen.sources.kept_results import (
    build_kept_result,
    check_kept_days,
    check_kept_results,
)
from sheetgen.sources.named_juries import jury_names
from sheetgen.sources.panel import Panel
from sheetgen.sources.particulars import (
    build_absence,
    build_evidence,
    check_access_routes,
    check_documents,
    check_evidence,
    check_particulars,
    check_shown,
)
from sheetgen.sources.passages import check_days, check_passages
from sheetgen.sources.people import (
    CandidateEntry,
    SessionNames,
    build_candidate,
    build_juror,
    check_entries,
    check_people,
    read_entries,
)
from sheetgen.sources.read import SourceBook, check_printed, in_order, read_book, read_fields
from sheetgen.sources.schema import SESSION
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sheetgen.model import Assignment
    from sheetgen.problems import Problem
    from sheetgen.sources.read import Opening, Row


_JURY_TOO_SMALL = {kinds.JURORS_TOO_FEW.code, kinds.EXTERNALS_TOO_FEW.code}


def read_session(
    path: Path, referential: Referential | None, opening: Opening | None = None
) -> tuple[Session | None, list[Problem]]:
    """Return the session and every problem of its workbook; None when an error leaves it unknown.

    A jury that is too small is an error all the same, but one that only closing waits for: grids
    and proposals can be written. Without a référentiel, what does not depend on it is checked all
    the same, and there is no session to return.

    Args:
        path: of the workbook.
        referential: the session's.
        opening: of that workbook, where somebody has begun to read it.
    """
    book = read_book(path, SESSION, opening)
    problems = list(book.problems)
    if not book.tables:
        return None, problems
    fields, faults = read_fields(book.tables["Session"], file_kinds.FIELD_UNKNOWN)
    problems += faults
    problems += check_printed(book.tables["Session"], fields)
    problems += _check_tables(book, referential)
    problems += check_doubts(book.tables, fields.get("date", dt.date))
    problems += check_documents(book.tables["Pièces"], fields.get("date", dt.date))
    problems += check_kept_days(book.tables["Résultats conservés"], fields.get("date", dt.date))
    problems += check_days(fields)
    problems += check_passages(book.tables["Candidats"], fields)
    if referential is None:
        return None, in_order(problems, SESSION)
    problems += _check_expiry(fields, referential)
    entries = read_entries(book.tables["Candidats"], referential)
    problems += check_entries(entries, referential)
    problems += check_particulars(entries, book.tables["Absences"], referential)
    problems += check_kept_results(entries, book.tables, referential)
    problems += check_shown(book.tables["Pièces"], referential)
    problems += check_evidence(book.tables["Pièces"], entries, referential)
    problems += check_weights(book.tables["Jurés"], referential.rules)
    problems += check_exempted_blocks(
        book.tables["Aménagements"], {fold(entry.id): entry for entry in entries}, referential
    )
    assignments, faults = read_assignments(
        Panel(
            referential=referential,
            entries={entry.id: entry for entry in entries},
            jurors=book.tables["Jurés"],
            rows=book.tables["Affectations"],
        )
    )
    problems += faults
    problems += check_common_codes(fields, book.tables["Jurés"])
    problems = in_order(problems, SESSION)
    if has_errors(item for item in problems if item.code not in _JURY_TOO_SMALL):
        return None, problems
    session = _build(book, fields, entries, assignments, referential)
    if session.notation is Notation.COMMON:
        session = mark_in_common(referential, session)
        found = list(check_groups(session, fields.at("notation")))
        problems = in_order([*problems, *found], SESSION)
        if has_errors(found):
            return None, problems
    return session, problems


def _check_tables(book: SourceBook, referential: Referential | None) -> Iterator[Problem]:
    """Find problems of cells and codes, and those of people and arrangements by themselves."""
    targets = {
        name: Codes.of(book.tables[name])
        for name in ("Candidats", "Jurés")
        if book.tables[name].has(book.tables[name].key)
    }
    if referential is not None:
        targets |= _codes_of(referential)
    for table in book.tables.values():
        yield from table.problems
        yield from check_references(table, targets)
    yield from check_codes(book.tables["Candidats"])
    yield from check_codes(book.tables["Jurés"])
    yield from check_people(book.tables["Candidats"], book.tables["Jurés"])
    yield from check_access_routes(book.tables["Candidats"], referential)
    yield from check_accommodations(book.tables["Aménagements"])


def _codes_of(referential: Referential) -> dict[str, Codes]:
    """Return the codes of a référentiel that a session may name, by sheet."""
    return {
        "Blocs": Codes("Blocs", referential.block),
        "Modalités": Codes("Modalités", referential.method),
        "Compétences": Codes("Compétences", referential.competency),
        "Critères": Codes("Critères", referential.criterion),
    }


def _check_expiry(fields: Row, referential: Referential) -> Iterator[Problem]:
    """Find a session held after the certification has lapsed."""
    date, expiry = fields.get("date", dt.date), referential.certification.expiry_date
    if date is not None and expiry is not None and date > expiry:
        yield kinds.CERTIFICATION_EXPIRED.at(
            fields.at("date"), date=f"{date:%d/%m/%Y}", expiry=f"{expiry:%d/%m/%Y}"
        )


def _build(
    book: SourceBook,
    fields: Row,
    entries: tuple[CandidateEntry, ...],
    assignments: tuple[Assignment, ...],
    referential: Referential,
) -> Session:
    """Return the record, from rows that are known to be without error."""
    candidates = Codes.of(book.tables["Candidats"])
    names = SessionNames(
        day=fields.get("date", dt.date),
        juries=jury_names(book.tables["Candidats"].rows),
        candidates=candidates,
        jurors=Codes.of(book.tables["Jurés"]),
    )
    codes = {**_codes_of(referential), "Candidats": candidates}
    session = Session(
        code=fields.need("code", str),
        title=fields.get("title", str),
        date=fields.get("date", dt.date),
        time=fields.get("time", dt.time),
        address=fields.get("address", str),
        centre=fields.get("centre", str),
        minutes_number=fields.get("minutes_number", str),
        representative=fields.get("representative", str),
        return_deadline=fields.get("return_deadline", dt.date),
        anonymous=fields.get("anonymous", bool) or False,
        notation=fields.get("notation", Notation) or Notation.INDIVIDUAL,
        last_day=fields.get("last_day", dt.date),
        candidates=tuple(build_candidate(entry, names) for entry in entries),
        jurors=tuple(build_juror(row, names) for row in book.tables["Jurés"].rows),
        assignments=assignments,
        accommodations=tuple(
            build_accommodation(row, candidates, codes["Critères"])
            for row in book.tables["Aménagements"].rows
        ),
        absences=tuple(build_absence(row, codes) for row in book.tables["Absences"].rows),
        evidence=tuple(build_evidence(row, codes) for row in book.tables["Pièces"].rows),
        kept_results=tuple(
            build_kept_result(row, codes) for row in book.tables["Résultats conservés"].rows
        ),
    )
    # A grid with nothing in it is not made, nor expected back.
    holding = tuple(
        item
        for item in assignments
        if CandidateScope.of_grid(referential, session, item).holds_something
    )
    return session if holding == assignments else replace(session, assignments=holding)
