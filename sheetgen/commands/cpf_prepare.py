"""`cpf prepare`: who is to be declared, and a workbook of what is missing, read back filled."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import (
    INCOMPLETE,
    REFUSED,
    STATES,
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
from sheetgen.commands.writing import locks_reported
from sheetgen.declaration import MENTIONS, Emitter, term_of
from sheetgen.files import replacing
from sheetgen.model import AccessRoute, Term
from sheetgen.problems import Location, has_errors
from sheetgen.problems import declaring as kinds

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from sheetgen.commands.cpf_answers import DeclaredLine
    from sheetgen.commands.inputs import Options
    from sheetgen.declaration import Examined
    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.register import Connection, DeclaredPerson
    from sheetgen.sources.read import Row
    from sheetgen.sources.schema import WorkbookSpec
    from sheetgen.sources.write import Value

_SHOWN = (TO_EXPORT, INCOMPLETE, REFUSED)
_SHEET = "À déclarer"
_READ = (
    "last_name",
    "first_name",
    "birth_name",
    "other_first_names",
    "sex",
    "birth_date",
    "birth_place",
    "birth_insee_code",
    "birth_postcode",
    "birth_country",
    "cpf_file",
)
"""The parts of an identity that the workbook shows and completes."""


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


def workbook_spec() -> WorkbookSpec:
    """Return what the workbook holds: identities and the rest of what is declared."""
    from sheetgen.register import IDENTITY_COLUMNS
    from sheetgen.sources.schema import (
        CODE_LENGTH,
        ColumnSpec,
        SheetSpec,
        ValueKind,
        WorkbookSpec,
    )

    shown = (
        ColumnSpec(name="État", attribute="state", width=22, help="Où en est la déclaration."),
        ColumnSpec(
            name="Jours restants",
            attribute="left",
            width=10,
            help="Jusqu'à la fin des trois mois ; négatif : en retard.",
        ),
        ColumnSpec(
            name="À compléter",
            attribute="missing",
            width=60,
            help="Ce qui manque ou ne va pas ; le programme ne lit pas cette colonne.",
        ),
        ColumnSpec(
            name="Message de la Caisse",
            attribute="message",
            width=40,
            help="Pourquoi la déclaration fut refusée.",
        ),
    )
    sheet = SheetSpec(
        name=_SHEET,
        required=False,
        help="Qui est à déclarer, une personne par ligne. Ce qui est rempli ici remplace ce que le "
        "registre savait ; ce qui est vide n'efface rien. Jamais de numéro de sécurité sociale.",
        frozen=3,
        columns=(
            ColumnSpec(
                name="N°",
                attribute="number",
                kind=ValueKind.CODE,
                required=True,
                width=12,
                maximum_length=CODE_LENGTH,
                help="Le numéro de la personne au registre : ne pas le modifier.",
            ),
            *(IDENTITY_COLUMNS[name] for name in _READ),
            ColumnSpec(
                name="Voie d'accès",
                attribute="access_route",
                choices=AccessRoute,
                width=22,
                maximum_length=255,
                help="Telle qu'elle est déclarée.",
            ),
            ColumnSpec(
                name="Mention",
                attribute="mention",
                width=24,
                maximum_length=255,
                help=f"Telle qu'elle est déclarée : {' ; '.join(MENTIONS.values())}.",
            ),
            ColumnSpec(
                name="Date du jury",
                attribute="day",
                kind=ValueKind.DATE,
                width=14,
                help="Le délai de trois mois en part ; elle se corrige au registre, pas ici.",
            ),
            *shown,
        ),
    )
    return WorkbookSpec(
        title="Déclaration",
        sheets=(sheet,),
        introduction="Ce classeur montre qui est à déclarer à la Caisse des Dépôts, et ce qui "
        "manque à l'identité de chacun.",
        steps=(
            "Compléter ce que la colonne À compléter demande, et corriger ce qui ne va pas.",
            (
                "Enregistrer, fermer, puis relancer « sheetgen cpf prepare » avec ce classeur : il "
                "est repris dans le registre, et refait avec ce qui reste."
            ),
            "Quand plus rien ne manque : « sheetgen cpf export ».",
        ),
    )


def _take_back(connection: Connection, certification: int, path: Path) -> int:
    """Take a filled workbook into the register; return how many people it completed.

    Raises:
        CpfRefusedError: something in it is wrong; then nothing of it is taken.
    """
    from sheetgen.jury import current_user
    from sheetgen.register import declared_people, note, person_by_identifier
    from sheetgen.sources.checks import check_codes
    from sheetgen.sources.read import read_book

    book = read_book(path, workbook_spec())
    problems = [*book.problems, *(i for table in book.tables.values() for i in table.problems)]
    if _SHEET in book.tables:
        problems += check_codes(book.tables[_SHEET])
    if has_errors(problems):
        raise CpfRefusedError(*problems)
    rows: dict[int, Row] = {}
    for row in book.tables[_SHEET].rows:
        number = row.get("number", str)
        if not number:
            continue
        found = person_by_identifier(connection, number)
        if found is None or not number.upper().startswith("REG-"):
            problems.append(kinds.CPF_PREPARED_UNKNOWN.at(row.at("number"), found=number))
        else:
            rows[found["id"]] = row
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

    said = {name: row.values.get(name) for name in _READ}
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
    from sheetgen.sources.write import Contents, write_source_workbook

    lines: list[DeclaredLine] = []
    open_people: list[tuple[DeclaredPerson, Examined, DeclaredLine]] = []
    problems: list[Problem] = []
    place = Location(file=str(book.path), sheet=_SHEET)
    for person in declared_people(connection, certification):
        if person.is_taken_back:
            problems.append(kinds.CPF_TAKEN_BACK.at(place, name=person.name, number=person.number))
        found = examined(person, referential)
        line = line_of(person, found, today)
        lines.append(line)
        if line.state in _SHOWN:
            open_people.append((person, found, line))
    open_people.sort(key=lambda item: (item[2].days_left is None, item[2].days_left or 0))
    spec = workbook_spec()
    rows = [_cells(spec, *item) for item in open_people]
    write_source_workbook(book.draft, spec, Contents(rows={_SHEET: rows}))
    problems += _told(book, spec, open_people)
    alone = count_blocks_alone(connection, certification)
    if alone:
        problems.append(kinds.CPF_BLOCKS_ALONE.at(place, count=alone))
    counts = Counter(line.state for line in lines)
    return CpfAnswer(
        counts={state: counts[state] for state in STATES},
        people=most_urgent(lines),
        problems=tuple(problems),
    )


def _cells(
    spec: WorkbookSpec, person: DeclaredPerson, found: Examined, line: DeclaredLine
) -> dict[str, Value]:
    """Return a person's row, by name of column."""
    here = Location(file="")
    said: dict[str, Value] = {
        "number": person.number,
        **{name: person.row[name] for name in _READ},
        "access_route": person.access_route,
        "mention": person.mention,
        "day": person.day,
        "state": STATES[line.state],
        "left": None if line.days_left is None else str(line.days_left),
        "missing": " ".join(flaw.at(here).message for flaw in found.flaws) or None,
        "message": line.message,
    }
    return {
        column.name: value
        for column in spec.sheet(_SHEET).columns
        if (value := said[column.attribute]) is not None
    }


def _told(
    book: _Workbook,
    spec: WorkbookSpec,
    people: list[tuple[DeclaredPerson, Examined, DeclaredLine]],
) -> list[Problem]:
    """Return what is wrong with each person, at the cell of the workbook just written."""
    from sheetgen.sources.read import read_book

    table = read_book(book.draft, spec).tables.get(_SHEET)
    cells = {} if table is None else table.by_code()
    problems = []
    for person, found, line in people:
        row = cells.get(person.number.lower())

        def place(attribute: str, row: Row | None = row) -> Location:
            cell = "" if row is None else row.at(attribute).cell
            return Location(file=str(book.path), sheet=_SHEET, cell=cell)

        problems += [flaw.at(place(flaw.attribute)) for flaw in found.flaws]
        if line.days_left is not None and line.days_left < 0 and person.day is not None:
            problems.append(
                kinds.CPF_LATE.at(
                    place("left"),
                    name=person.name,
                    term=f"{term_of(person.day):%d/%m/%Y}",
                    days=-line.days_left,
                )
            )
    return problems
