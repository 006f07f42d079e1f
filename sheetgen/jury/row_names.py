"""Check that the rows the jury filled in still name the people whose numbers they bear.

A number says who is decided on only as long as the name beside it is theirs: two columns sorted
apart, two numbers exchanged or a line typed over since would give a decision to somebody else. The
hidden sheet tells the names and birth dates that the workbook was made with, so that a name which
was corrected since is known for what it is.

A session marked by number shows no name in its consolidation: keyed digests tell whether somebody
is still the same person, not who it is. One can be compared by whoever has the session's key, and
guessed by nobody.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.consolidation import layout
from sheetgen.consolidation.layout import DeliberationColumn as Column
from sheetgen.jury.sheet_tables import JuryTable, find_sheet, find_table, shown
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CertificationOutcome
from sheetgen.problems import Location
from sheetgen.problems import made as kinds
from sheetgen.session_folder import Person, PersonMatch, compare_persons, named_apart, person_of
from sheetgen.spreadsheet import parse_address
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sheetgen.grid.identity import SigningKey
    from sheetgen.jury.form import Form
    from sheetgen.model import Candidate, CandidateId, Session, SessionDecisions
    from sheetgen.problems import Problem
    from sheetgen.spreadsheet import RawWorkbook


def seal_names(session: Session, key: SigningKey) -> Mapping[CandidateId, tuple[str, ...]]:
    """Return the digests of each candidate's names: of now first, then former ones.

    Nothing in a session that shows its names, which are compared themselves.
    """
    if not session.anonymous:
        return {}
    found: dict[CandidateId, tuple[str, ...]] = {}
    for candidate in session.candidates:
        person = person_of(candidate)
        names = (min(person.names), *sorted(person.names | person.names_before))
        found[candidate.id] = tuple(_seal(key, name) for name in names)
    return found


def _seal(key: SigningKey, name: str) -> str:
    return hmac.new(key, f"name\n{name}".encode(), hashlib.sha256).hexdigest()


def check_names(
    workbook: RawWorkbook, form: Form, decisions: SessionDecisions, file: str
) -> Iterator[Problem]:
    """Find rows that name somebody else than the candidate of that number; names corrected since.

    Nothing is said of rows whose names were cleared, as those of an anonymous session are.

    Args:
        workbook: the one that the jury filled in.
        form: its sheet « Délibération ».
        decisions: what is proposed, to the session's people of now.
        file: its name, for problems.
    """
    headers = (Column.CANDIDATE.value, Column.LAST_NAME.value, Column.FIRST_NAME.value)
    table = find_table(file, form.table.sheet, headers)
    if not isinstance(table, JuryTable):
        return
    people = {fold(item.id): person_of(item) for item in decisions.session.candidates}
    numbers = {
        fold(item.candidate): item.candidate
        for item in decisions.candidates
        if item.outcome is not CertificationOutcome.ABSENT
    }
    written = read_people(workbook, file)
    found: dict[tuple[str, str], list[_NamedRow]] = {}
    for row in form.rows:
        number = fold(shown(row.candidate))
        named = _NamedRow.of(table, parse_address(row.candidate.cell)[0])
        if number in numbers and named is not None:
            found.setdefault((number, str(named.person)), []).append(named)
    for (number, name), rows in found.items():
        match = judge_name(rows[0].person, written.get(number), people[number], people.values())
        if match is PersonMatch.SAME:
            continue
        kind = kinds.ROW_NAMES_ANOTHER if match is PersonMatch.ANOTHER else kinds.ROW_NAMES_FORMER
        yield kind.at(
            rows[0].place,
            candidate=numbers[number],
            found=name,
            now=people[number],
            cells=", ".join(row.place.cell for row in rows),
        )
    here = {number: rows[0].place for (number, _), rows in found.items()}
    yield from _check_births(written, decisions.session, here)
    yield from _check_absent(written, decisions, file)
    present = {fold(shown(row.candidate)) for row in form.rows}
    sealed = read_absent_seals(workbook, file)
    absent = {
        number: written.get(fold(number))
        for number in _read_numbers(workbook, file)
        if fold(number) not in present and (fold(number) in written or fold(number) in sealed)
    }
    yield from _check_gone(absent, decisions.session, file)


def _check_births(
    written: Mapping[str, Person], session: Session, places: Mapping[str, Location]
) -> Iterator[Problem]:
    """Find candidates of the same name whose birth date is no longer that of the workbook.

    Args:
        written: who the workbook was made for, by folded number.
        session: of now.
        places: where the sheet names them, likewise.
    """
    for candidate in session.candidates:
        number = fold(candidate.id)
        then, now = written.get(number), person_of(candidate)
        if then is None or number not in places or then.birth_date in (None, now.birth_date):
            continue
        if compare_persons(replace(then, birth_date=None), now) is PersonMatch.ANOTHER:
            continue
        heirs = [
            other
            for other in session.candidates
            if other.birth_date == then.birth_date and not _was_theirs(other, written)
        ]
        yield kinds.BIRTH_DATE_CHANGED.at(
            places[number],
            candidate=candidate.id,
            name=now,
            found=f"{then.birth_date:%d/%m/%Y}",
            now=f"le {now.birth_date:%d/%m/%Y}" if now.birth_date else "rien",
            elsewhere="".join(
                f" Cette date est maintenant celle du candidat n° {heir.id}, {heir.full_name}."
                for heir in heirs[:1]
            ),
        )


def _was_theirs(candidate: Candidate, written: Mapping[str, Person]) -> bool:
    then = written.get(fold(candidate.id))
    return then is not None and then.birth_date == candidate.birth_date


def _check_absent(
    written: Mapping[str, Person], decisions: SessionDecisions, file: str
) -> Iterator[Problem]:
    """Find candidates without a row, for they did not come, in whose place there is another."""
    people = {fold(item.id): person_of(item) for item in decisions.session.candidates}
    for item in decisions.candidates:
        number = fold(item.candidate)
        then = written.get(number)
        if then is None or item.outcome is not CertificationOutcome.ABSENT:
            continue
        if compare_persons(then, people[number], people.values()) is PersonMatch.ANOTHER:
            before, now = named_apart(then, people[number])
            place = Location(file=file, sheet=layout.DELIBERATION_SHEET)
            yield kinds.ABSENT_REPLACED.at(place, candidate=item.candidate, then=before, now=now)


def _check_gone(
    absent: Mapping[str, Person | None], session: Session, file: str
) -> Iterator[Problem]:
    """Find people without a row who are in the session no more.

    Args:
        absent: who they were, by number; None for a session marked by number.
        session: of now.
        file: the workbook's name.
    """
    people = {fold(item.id) for item in session.candidates}
    for number, then in absent.items():
        if fold(number) in people:
            continue
        moved = next(
            (
                item
                for item in session.candidates
                if then is not None
                and compare_persons(then, person_of(item)) is not PersonMatch.ANOTHER
            ),
            None,
        )
        yield kinds.ABSENT_GONE.at(
            Location(file=file, sheet=layout.DELIBERATION_SHEET),
            candidate=number,
            name=f", {then}" if then is not None else "",
            elsewhere=f" {then} est maintenant le candidat n° {moved.id}." if moved else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _NamedRow:
    """The name on a row, and the cell that it begins in."""

    person: Person
    place: Location

    @classmethod
    def of(cls, table: JuryTable, row: int) -> _NamedRow | None:
        """Return the name on a row of the sheet; None where both cells are blank."""
        last, first = (
            table.cell(row, header) for header in (Column.LAST_NAME.value, Column.FIRST_NAME.value)
        )
        if last.blank and first.blank:
            return None
        person = Person(last_name=shown(last), first_name=shown(first))
        return cls(person=person, place=table.at(last))


def judge_name(
    named: Person, written: Person | None, now: Person, others: Collection[Person]
) -> PersonMatch:
    """Return whether a row's name is that of the candidate of now.

    Args:
        named: on the row.
        written: who the workbook was made for, with their birth date; None where it does not say.
        now: who has the number today.
        others: everybody of the session.
    """
    directly = compare_persons(named, now, others)
    if written is None:
        return directly
    since = compare_persons(written, now, others)
    if since is PersonMatch.ANOTHER or directly is not PersonMatch.ANOTHER:
        return since if since is PersonMatch.ANOTHER else directly
    return since if compare_persons(named, written) is PersonMatch.SAME else PersonMatch.ANOTHER


def read_people(workbook: RawWorkbook, file: str) -> Mapping[str, Person]:
    """Return the candidates by folded number, as the workbook was made with them."""
    sheet = find_sheet(workbook, layout.STAMP_SHEET)
    table = None if sheet is None else find_table(file, sheet, layout.STAMP_PEOPLE)
    if not isinstance(table, JuryTable):
        return {}
    people = {}
    for row in table.rows():
        number, last, first, born = (table.text(row, header) for header in layout.STAMP_PEOPLE)
        if number and (last or first):
            people[fold(number)] = Person(
                last_name=last, first_name=first, birth_date=_read_day(born)
            )
    return people


def read_absent_seals(workbook: RawWorkbook, file: str) -> Mapping[str, str]:
    """Return the sealed names of those who did not come to an anonymous session, by number."""
    sheet = find_sheet(workbook, layout.STAMP_SHEET)
    headers = (layout.STAMP_PEOPLE[0], layout.STAMP_ABSENT_SEAL)
    table = None if sheet is None else find_table(file, sheet, headers)
    if not isinstance(table, JuryTable):
        return {}
    rows = [[table.text(row, header) for header in headers] for row in table.rows()]
    return {fold(number): seal for number, seal in rows if seal}


def _read_numbers(workbook: RawWorkbook, file: str) -> list[str]:
    """Return the numbers of the candidates that the workbook was made with."""
    sheet = find_sheet(workbook, layout.STAMP_SHEET)
    header = layout.STAMP_PEOPLE[0]
    table = None if sheet is None else find_table(file, sheet, (header, layout.STAMP_PEOPLE[1]))
    if not isinstance(table, JuryTable):
        return []
    return list(filter(None, (table.text(row, header) for row in table.rows())))


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
