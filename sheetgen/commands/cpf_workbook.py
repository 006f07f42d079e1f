"""The workbook of `cpf prepare`: who is to be declared, and what is missing, cell by cell.

The most urgent stand first. A cell that stops somebody is red, one to be looked at is orange; its
note says what is wrong and what the cell may hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.commands.cpf_answers import REFUSED, told_reason
from sheetgen.declaration import MENTIONS, term_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import AccessRoute
from sheetgen.problems import Location
from sheetgen.problems import declaring as kinds
from sheetgen.spreadsheet import cell_address

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.commands.cpf_answers import DeclaredLine
    from sheetgen.declaration import Examined
    from sheetgen.problems import Problem
    from sheetgen.register import DeclaredPerson
    from sheetgen.sources.schema import ColumnSpec, WorkbookSpec
    from sheetgen.sources.write import CellMark, Value

SHEET = "À déclarer"
READ = (
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

_NAMES = READ[:2]
_NEEDED = {
    "sex": "Obligatoire pour déclarer, sauf avec un dossier CPF.",
    "birth_date": "Obligatoire pour déclarer, sauf avec un dossier CPF.",
    "birth_insee_code": "Obligatoire pour déclarer, sauf avec le code postal et le pays (à "
    "l'étranger, le lieu et le pays), ou un dossier CPF.",
}
"""The columns without which nobody is declared, and what may stand in their place."""

_STOPS, _DOUBTFUL = "F8D7DA", "FFD8A8"
_COLOURS = {
    _STOPS: "À compléter ou à corriger : sans cela, la personne ne peut pas être déclarée.",
    _DOUBTFUL: "À vérifier ; la personne peut être déclarée ainsi.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeclaration:
    """Somebody who is still to be declared: what is known, what of it can be, and how urgent."""

    person: DeclaredPerson
    found: Examined
    line: DeclaredLine


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

    identity = {name: replace(IDENTITY_COLUMNS[name], need=_NEEDED.get(name, "")) for name in READ}
    number = ColumnSpec(
        name="N°",
        attribute="number",
        kind=ValueKind.CODE,
        required=True,
        width=12,
        maximum_length=CODE_LENGTH,
        help="Le numéro de la personne au registre : ne pas le modifier.",
    )
    urgency = (
        ColumnSpec(
            name="Jours restants",
            attribute="left",
            kind=ValueKind.POINTS,
            width=10,
            help="Jusqu'à la fin des trois mois ; négatif : en retard.",
        ),
        ColumnSpec(
            name="À compléter",
            attribute="missing",
            width=44,
            help="Ce qui manque ou ne va pas ; le programme ne lit pas cette colonne.",
        ),
    )
    sheet = SheetSpec(
        name=SHEET,
        required=False,
        help="Qui est à déclarer, une personne par ligne, les plus urgentes en tête. Ce qui est "
        "rempli ici remplace ce que le registre savait ; ce qui est vide n'efface rien. Jamais de "
        "numéro de sécurité sociale.",
        frozen=3,
        columns=(
            number,
            *(identity[name] for name in _NAMES),
            *urgency,
            *(identity[name] for name in READ if name not in _NAMES),
            *_rest(),
        ),
    )
    return WorkbookSpec(
        title="Déclaration",
        sheets=(sheet,),
        introduction="Ce classeur montre qui est à déclarer à la Caisse des Dépôts, et ce qui "
        "manque à l'identité de chacun.",
        steps=(
            (
                f"Feuille {SHEET}, de haut en bas : les plus urgents sont en tête. Remplir ou "
                "corriger les cellules rouges, vérifier les oranges : la note de chacune dit ce "
                "qui manque et ce qu'elle peut contenir, la colonne À compléter le redit."
            ),
            (
                "Enregistrer, fermer, puis relancer « sheetgen cpf prepare » avec ce classeur : il "
                "est repris dans le registre, et refait avec ce qui reste."
            ),
            "Quand plus rien n'est rouge : « sheetgen cpf export ».",
        ),
    )


def _rest() -> tuple[ColumnSpec, ...]:
    """Return the columns after those of the identity."""
    from sheetgen.sources.schema import ColumnSpec, ValueKind

    return (
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
            help="Jour de la délibération : le délai de trois mois en part. Elle se corrige au "
            "registre, pas ici.",
        ),
        ColumnSpec(name="État", attribute="state", width=22, help="Où en est la déclaration."),
        ColumnSpec(
            name="Message de la Caisse",
            attribute="message",
            width=40,
            help="Pourquoi la déclaration fut refusée.",
        ),
    )


def write_prepared(draft: Path, path: Path, people: list[OpenDeclaration]) -> list[Problem]:
    """Write the workbook of these people, the most urgent first; return what is wrong, by cell.

    Args:
        draft: the file that is written.
        path: the name that it is to have, for the problems.
        people: those who are to be declared.

    Raises:
        OSError: the file cannot be written.
    """
    from sheetgen.sources.write import CellMark, Contents, write_source_workbook

    people = sorted(
        people, key=lambda item: (item.line.days_left is None, item.line.days_left or 0)
    )
    spec = workbook_spec()
    columns = {
        column.attribute: (place, column.name)
        for place, column in enumerate(spec.sheet(SHEET).columns)
    }
    marks: dict[tuple[int, str], CellMark] = {}
    problems: list[Problem] = []
    for row, item in enumerate(people):

        def at(attribute: str, row: int = row) -> Location:
            cell = cell_address(row + 1, columns[attribute][0])
            return Location(file=str(path), sheet=SHEET, cell=cell)

        for flaw in item.found.flaws:
            problem = flaw.at(at(flaw.attribute))
            problems.append(problem)
            place = (row, columns[flaw.attribute][1])
            if flaw.stops or place not in marks:
                ground = _STOPS if flaw.stops else _DOUBTFUL
                marks[place] = CellMark(ground=ground, note=f"{problem.message} {problem.hint}")
        problems += _late(item, at("left"))
    contents = Contents(
        rows={SHEET: [_cells(spec, item) for item in people]},
        marks={SHEET: marks},
        colours=_COLOURS,
    )
    write_source_workbook(draft, spec, contents)
    return problems


def _late(item: OpenDeclaration, place: Location) -> list[Problem]:
    left, day = item.line.days_left, item.person.day
    if left is None or left >= 0 or day is None:
        return []
    term = f"{term_of(day):%d/%m/%Y}"
    return [kinds.CPF_LATE.at(place, name=item.person.name, term=term, days=-left)]


def _cells(spec: WorkbookSpec, item: OpenDeclaration) -> dict[str, Value]:
    """Return a person's row, by name of column."""
    person, line = item.person, item.line
    said: dict[str, Value] = {
        "number": person.number,
        **{name: person.row[name] for name in READ},
        "access_route": person.access_route,
        "mention": person.mention,
        "day": person.day,
        "state": line.told_state,
        "left": line.days_left,
        "missing": _to_complete(item),
        "message": line.message,
    }
    return {
        column.name: value
        for column in spec.sheet(SHEET).columns
        if (value := said[column.attribute]) is not None
    }


def _to_complete(item: OpenDeclaration) -> str | None:
    """Return why somebody was refused, what is missing, in a few words, and what else is wrong."""
    found = item.found
    missing = [
        str(flaw.values["what"]) for flaw in found.flaws if flaw.kind is kinds.CPF_IDENTITY_MISSING
    ]
    here = Location(file="")
    told = []
    if item.person.state == REFUSED:
        what = "Corrigé depuis." if item.line.corrected else "Tout vérifier."
        told.append(f"Refusé par la Caisse : {told_reason(item.line.message)}. {what}")
    if missing:
        told.append(f"Manque : {' ; '.join(missing)}.")
    told += [
        flaw.at(here).message for flaw in found.flaws if flaw.kind is not kinds.CPF_IDENTITY_MISSING
    ]
    return " ".join(told) or None
