"""`cpf prepare`: who is to be declared, and a workbook of what is missing, read back filled."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    CPF_STATES,
    INCOMPLETE,
    REFUSED,
    TO_EXPORT,
    CpfAnswer,
    CpfRefusedError,
    certification_key,
    emitter_of,
    examined,
    line_of,
    most_urgent,
    on_declared,
    read_declared,
)
from sheetgen.commands.cpf_workbook import (
    READ,
    SHEET,
    OpenDeclaration,
    workbook_spec,
    write_prepared,
)
from sheetgen.commands.writing import locks_reported
from sheetgen.declaration import Emitter
from sheetgen.files import replacing
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Term
from sheetgen.problems import Location, has_errors
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from sheetgen.commands.cpf_answers import DeclaredLine
    from sheetgen.commands.inputs import Options
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson
    from sheetgen.sources.read import Row

_SHOWN = (TO_EXPORT, INCOMPLETE, REFUSED)


def prepare_declaration(
    options: Options, referential: Path, path: Path, today: dt.date
) -> CpfAnswer:
    """Read a workbook back where there is one, then write who is to be declared, as they are now.

    Args:
        options: where the register is.
        referential: that of the certification.
        path: of the workbook; it is replaced only once all of it was read.
        today: the day from which days left are counted.
    """
    from sheetgen.register import find_certification

    known, problems = read_declared(referential)
    if known is None:
        return CpfAnswer(problems=tuple(problems))
    emitter = emitter_of(known, referential)

    def prepare(connection: Connection, place: str, draft: Path) -> CpfAnswer:
        certification = find_certification(connection, certification_key(known))
        if certification is None:
            why = f"personne n'a encore présenté « {known.certification.title} »"
            nobody = kinds.CPF_NOTHING_TO_EXPORT.at(Location(file=place), why=why)
            return CpfAnswer(place=place, problems=(nobody,))
        corrected = None
        if path.exists():
            corrected = _take_back(connection, certification, path)
        book = _Workbook(path=path, draft=draft)
        answer = _write(connection, certification, known, book, today)
        told = [] if isinstance(emitter, Emitter) else emitter
        return CpfAnswer(
            place=place,
            file=path,
            corrected=corrected,
            counts=answer.counts,
            people=answer.people,
            problems=(*told, *answer.problems),
        )

    def written(draft: Path) -> CpfAnswer:
        def act(connection: Connection, place: str) -> CpfAnswer:
            return prepare(connection, place, draft)

        return on_declared(options, act, writes=True)

    refused: list[Problem] = []
    answer = CpfAnswer()
    # What was typed is replaced only once the register holds it for good.
    with (
        locks_reported(refused, path),
        suppress(_NothingWrittenError),
        replacing(path) as draft,
    ):
        answer = written(draft)
        if answer.file is None:
            raise _NothingWrittenError
    if refused:
        return CpfAnswer(place=answer.place, problems=(*answer.problems, *refused))
    return answer


class _NothingWrittenError(Exception):
    """Raised to leave the workbook as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Workbook:
    """The workbook as people know it, and the draft that is to take its place."""

    path: Path
    draft: Path


def _take_back(connection: Connection, certification: int, path: Path) -> int:
    """Take a filled workbook into the register; return how many people it completed.

    Raises:
        CpfRefusedError: something in it is wrong; then nothing of it is taken.
    """
    from sheetgen.jury import current_user
    from sheetgen.register import Identity, check_row, declared_people, note, person_by_identifier
    from sheetgen.sources.checks import check_codes
    from sheetgen.sources.read import read_book

    book = read_book(path, workbook_spec())
    problems = [*book.problems, *(i for table in book.tables.values() for i in table.problems)]
    if SHEET in book.tables:
        problems += check_codes(book.tables[SHEET])
    if has_errors(problems):
        raise CpfRefusedError(*problems)
    rows: dict[int, Row] = {}
    for row in book.tables[SHEET].rows:
        number = row.get("number", str)
        if not number:
            continue
        found = person_by_identifier(connection, number)
        if found is None or not number.upper().startswith("REG-"):
            problems.append(kinds.CPF_PREPARED_UNKNOWN.at(row.at("number"), found=number))
            continue
        rows[found["id"]] = row
        said = {name: value for name in READ if (value := row.values.get(name)) is not None}
        names = {name: found[name] for name in ("last_name", "first_name")}
        of_another = check_row(connection, found, Identity(**(names | said)), row.at("number"))
        problems += [of_another] if of_another else []
    if has_errors(problems):
        raise CpfRefusedError(*problems)
    if not rows:
        return 0
    known = {item.person: item for item in declared_people(connection, certification, list(rows))}
    changed = [
        person
        for person, row in rows.items()
        if person in known and _complete(connection, certification, known[person], row)
    ]
    note(connection, current_user(), "cpf-completed", file=path.name, people=len(changed))
    return len(changed)


def _complete(connection: Connection, certification: int, person: DeclaredPerson, row: Row) -> bool:
    """Note what a row says and the register does not; return whether there was anything."""
    from sheetgen.register import Identity, say_passage, write_person

    said = {name: row.values.get(name) for name in READ}
    plain = {
        name: value.value if isinstance(value, Term) else value for name, value in said.items()
    }
    new = {
        name: value
        for name, value in plain.items()
        if value is not None and value != person.row[name]
    }
    if new:
        names = {name: person.row[name] for name in ("last_name", "first_name")}
        write_person(connection, person.person, Identity(**{**names, **new}))
    declared = {
        name: str(value)
        for name in ("access_route", "mention")
        if (value := row.get(name, str)) is not None and value != getattr(person, name)
    }
    if declared:
        say_passage(connection, certification, person.person, declared)
    return bool(new or declared)


def _write(
    connection: Connection,
    certification: int,
    referential: Referential,
    book: _Workbook,
    today: dt.date,
) -> CpfAnswer:
    """Write the workbook of who is still to be declared, and tell what is missing at its cells.

    Raises:
        OSError: the file cannot be written.
    """
    from sheetgen.register import count_blocks_alone, declared_people

    lines: list[DeclaredLine] = []
    open_people: list[OpenDeclaration] = []
    problems: list[Problem] = []
    place = Location(file=str(book.path), sheet=SHEET)
    for person in declared_people(connection, certification):
        if person.is_taken_back:
            problems.append(kinds.CPF_TAKEN_BACK.at(place, name=person.name, number=person.number))
        found = examined(person, referential)
        line = line_of(person, found, today)
        lines.append(line)
        if line.state in _SHOWN:
            open_people.append(OpenDeclaration(person=person, found=found, line=line))
    problems += write_prepared(book.draft, book.path, open_people)
    alone = count_blocks_alone(connection, certification)
    if alone:
        problems.append(kinds.CPF_BLOCKS_ALONE.at(place, count=alone))
    counts = Counter(line.state for line in lines)
    return CpfAnswer(
        counts={state: counts[state] for state in CPF_STATES},
        people=most_urgent(lines),
        problems=tuple(problems),
    )
