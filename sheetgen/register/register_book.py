"""The register as a workbook: what `register export` writes and `register import` reads.

People are corrected there, and what was acquired before the register is added. What closings
recorded is shown, and left as it is.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import Term
from sheetgen.problems import Location, Problem, has_errors
from sheetgen.problems import recorded as kinds
from sheetgen.register.acquired import acquired_by
from sheetgen.register.facts import FULL_IDENTITY, RECORDED, Identity
from sheetgen.register.known_people import (
    REGISTER_NUMBER,
    check_identifiers,
    check_row,
    match_people,
    number_of,
    person_by_identifier,
    write_person,
)
from sheetgen.register.newcomers import told_newcomers
from sheetgen.register.numbering import add_certification
from sheetgen.register.register_database import note
from sheetgen.register.register_tables import HOLDING, PERSON
from sheetgen.sources.checks import check_codes
from sheetgen.sources.read import read_book
from sheetgen.sources.schema import (
    CODE_LENGTH,
    LABEL_LENGTH,
    SESSION,
    ColumnSpec,
    SheetSpec,
    ValueKind,
    WorkbookSpec,
)
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from sheetgen.sources.read import Row


def _text(name: str, attribute: str, help_text: str, width: int = 20) -> ColumnSpec:
    return ColumnSpec(
        name=name, attribute=attribute, help=help_text, width=width, maximum_length=LABEL_LENGTH
    )


BIRTH_POSTCODE = ColumnSpec(
    name="Code postal de naissance",
    attribute="birth_postcode",
    width=14,
    maximum_length=9,
    help="Code postal de la commune de naissance, avec le pays, si le code INSEE n'est pas connu.",
)
"""A part of an identity that no session asks for."""

IDENTITY_COLUMNS = {
    **{column.attribute: column for column in SESSION.sheet("Candidats").columns},
    BIRTH_POSTCODE.attribute: BIRTH_POSTCODE,
}
"""The columns that may say who somebody is, by attribute."""

PEOPLE = SheetSpec(
    name="Personnes",
    help="Qui est au registre, une personne par ligne. Ce qui est rempli ici remplace ce que le "
    "registre savait ; ce qui est vide n'efface rien.",
    columns=(
        ColumnSpec(
            name="N°",
            attribute="number",
            kind=ValueKind.CODE,
            required=True,
            width=12,
            maximum_length=CODE_LENGTH,
            help="REG-… : une personne du registre. Pour en ajouter une : n'importe quel autre "
            "code, que la feuille Acquis reprend.",
        ),
        *(IDENTITY_COLUMNS[name] for name in FULL_IDENTITY),
    ),
)
"""The sheet of people, whose columns are those of « Candidats » that say who somebody is."""

HELD = SheetSpec(
    name="Acquis",
    required=False,
    help="Ce qui est acquis à vie. Les lignes d'origine « Registre » viennent des sessions closes "
    "et ne se changent pas ici.",
    columns=(
        ColumnSpec(
            name="Personne",
            attribute="person",
            kind=ValueKind.REFERENCE,
            references="Personnes",
            required=True,
            width=12,
            help="N° de la feuille Personnes.",
        ),
        ColumnSpec(
            name="Certification",
            attribute="certification",
            required=True,
            width=40,
            help="Intitulé de la certification.",
        ),
        _text("Code RNCP", "rncp_code", "Code de la certification (RNCP37827).", 14),
        ColumnSpec(
            name="Bloc",
            attribute="block",
            width=10,
            maximum_length=CODE_LENGTH,
            blank_means="la certification entière",
            help="Code du bloc (BC01). Vide : la certification entière.",
        ),
        ColumnSpec(name="Intitulé", attribute="title", width=40, help="Intitulé du bloc."),
        ColumnSpec(
            name="Date",
            attribute="day",
            kind=ValueKind.DATE,
            width=14,
            help="Date du jury.",
        ),
        _text("Session", "session", "Session où cela fut acquis."),
        _text("Numéro de PV", "minutes_number", "Procès-verbal qui le dit."),
        _text("Numéro du document", "paper", "Numéro de l'attestation ou du parchemin."),
        _text("Origine", "origin", "Registre : d'une session close ici. Autre : d'où cela vient."),
    ),
)
"""The sheet of what people hold for life, by closings or taken in by hand."""

REGISTER_BOOK = WorkbookSpec(
    title="Registre",
    sheets=(PEOPLE, HELD),
    introduction="Ce classeur montre ce que tient le registre : qui, et ce que chacun détient. Il "
    "sert aussi à corriger une identité, et à reprendre ce qui fut acquis avant le registre.",
    steps=(
        "Corriger ou ajouter des personnes dans la feuille Personnes, une par ligne.",
        (
            "Ajouter dans la feuille Acquis ce qui fut acquis avant le registre : une ligne par "
            "bloc, ou par certification. Les lignes d'origine Registre viennent des sessions "
            "closes : les changer ici est sans effet."
        ),
        (
            "Enregistrer, fermer, puis reprendre le tout avec « sheetgen register import » suivi "
            "du nom de ce classeur."
        ),
    ),
)
"""The workbook of the register."""

_TAKEN_IN = "Reprise"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """The result of an import: people added and corrected, holdings added and corrected."""

    added: int = 0
    corrected: int = 0
    held: int = 0
    changed: int = 0


def write_register_book(connection: Connection, path: Path) -> None:
    """Write everybody and all that they hold.

    Raises:
        OSError: the file cannot be written.
    """
    # An identity that was forgotten is nobody's row.
    query = select(PERSON).where(PERSON.c.last_name != "")
    query = query.order_by(PERSON.c.last_name, PERSON.c.id)
    rows = list(connection.execute(query).mappings())
    people = [
        {
            column.name: number_of(row["id"]) if column.attribute == "number" else value
            for column in PEOPLE.columns
            if (value := row.get(column.attribute, "")) is not None
        }
        for row in rows
    ]
    named = {row["id"] for row in rows}
    held = [
        {
            "Personne": number_of(item.person),
            "Certification": item.certification,
            "Code RNCP": item.rncp_code,
            "Bloc": item.block or None,
            "Intitulé": item.title or None,
            "Date": item.day,
            "Session": item.session or None,
            "Numéro de PV": item.minutes_number,
            "Numéro du document": item.number,
            "Origine": item.origin,
        }
        for item in acquired_by(connection)
        if item.person in named
    ]
    contents = Contents(rows={PEOPLE.name: people, HELD.name: held})
    write_source_workbook(path, REGISTER_BOOK, contents)


def read_register_book(
    connection: Connection, path: Path, by: str
) -> tuple[TakenIn | None, list[Problem]]:
    """Take in a workbook: whole, or nothing of it where something is wrong.

    Args:
        connection: one that writes.
        path: of the workbook.
        by: who takes it in.
    """
    book = read_book(path, REGISTER_BOOK)
    problems = [
        *book.problems,
        *(item for table in book.tables.values() for item in table.problems),
    ]
    if PEOPLE.name in book.tables:
        problems += check_codes(book.tables[PEOPLE.name])
    if has_errors(problems):
        return None, problems
    people = [row for row in book.tables[PEOPLE.name].rows if row.get("number", str)]
    held = list(book.tables[HELD.name].rows)
    identities = {row.need("number", str): identity_in(row) for row in people}
    places = {row.need("number", str): row.at("number") for row in people}
    matches, found = _match_rows(connection, identities, places)
    problems += found
    problems += [
        kinds.PERSON_UNLISTED.at(row.at("person"), found=row.need("person", str))
        for row in held
        if row.need("person", str) not in identities
    ]
    if has_errors(problems):
        return None, problems
    persons = {
        number: write_person(connection, matches[number], identity)
        for number, identity in identities.items()
    }
    added = sum(1 for person in matches.values() if person is None)
    news = [_take_in(connection, persons[row.need("person", str)], row) for row in held]
    taken = TakenIn(
        added=added,
        corrected=len(matches) - added,
        held=news.count("added"),
        changed=news.count("changed"),
    )
    note(connection, by, "imported", file=path.name, added=added, held=taken.held)
    return taken, problems


def _match_rows(
    connection: Connection, people: Mapping[str, Identity], places: Mapping[str, Location]
) -> tuple[dict[str, int | None], list[Problem]]:
    """Return the person of each row, None for somebody new."""
    known: dict[str, int | None] = {}
    problems = list(check_identifiers(people, places))
    for number in people:
        if number.upper().startswith(REGISTER_NUMBER):
            row = person_by_identifier(connection, number)
            if row is None:
                problems.append(kinds.REGISTER_NUMBER_UNKNOWN.at(places[number], identifier=number))
            else:
                known[number] = row["id"]
                of_another = check_row(connection, row, people[number], places[number])
                problems += [of_another] if of_another else []
    new = {number: item for number, item in people.items() if number not in known}
    new = {n: item for n, item in new.items() if not n.upper().startswith(REGISTER_NUMBER)}
    matches, found = match_people(connection, new, places, {})
    persons = {number: item.person for number, item in matches.items()}
    # Rows that bear a number do not count as seated: an exported workbook has everybody's.
    told = told_newcomers(connection, new, places, persons)
    return known | persons, [*problems, *found, *told]


def identity_in(row: Row) -> Identity:
    """Return the identity that a row of a workbook says."""
    said = {name: row.values.get(name) for name in FULL_IDENTITY}
    terms = {name: value.value for name, value in said.items() if isinstance(value, Term)}
    return Identity(**(said | terms))


def _take_in(connection: Connection, person: int, row: Row) -> str:
    """Note what a row says somebody holds; return `added`, `changed` or an empty text."""
    origin = row.get("origin", str) or _TAKEN_IN
    if origin == RECORDED:
        return ""
    certification = add_certification(
        connection, row.get("rncp_code", str), row.need("certification", str)
    )
    said = {
        "title": row.get("title", str),
        "date": row.get("day", date),
        "session": row.get("session", str),
        "minutes_number": row.get("minutes_number", str),
        "number": row.get("paper", str),
        "origin": origin,
    }
    block = row.get("block", str) or ""
    same = (
        HOLDING.c.person == person,
        HOLDING.c.certification == certification,
        HOLDING.c.block == block,
    )
    found = connection.execute(select(HOLDING).where(*same)).mappings().first()
    if found is None:
        values = {"person": person, "certification": certification, "block": block, **said}
        connection.execute(HOLDING.insert().values(**values))
        return "added"
    if all(found[name] == value for name, value in said.items()):
        return ""
    connection.execute(HOLDING.update().where(*same).values(**said))
    return "changed"
