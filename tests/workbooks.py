"""Workbooks for tests, written as text tables: a sheet's rows are lines, its cells stand between |.

`referential_sheets` and `session_sheets` are a small complete certification and session; a test
changes what it is about and saves the rest as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Rows = list[list[object]]
Sheets = dict[str, Rows]


def rows_of(text: str) -> Rows:
    """The cells of a table in text; an empty cell is None, everything else is text."""
    lines = [line.strip().strip("|") for line in text.strip().splitlines()]
    return [[cell.strip() or None for cell in line.split("|")] for line in lines]


@dataclass(frozen=True)
class Styled:
    """A value with an Excel number format."""

    value: object
    number_format: str


def save(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook; a cell that is a `Styled` value gets its format."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, content in enumerate(cells, start=1):
                cell = sheet.cell(row=row, column=column)
                if isinstance(content, Styled):
                    cell.value = content.value
                    cell.number_format = content.number_format
                else:
                    cell.value = content
    book.save(path)
    return path


def place(sheets: Sheets, sheet: str, cell: str, value: object) -> None:
    """Put a value in a cell of a sheet, by its reference; the rows grow as needed."""
    column = ord(cell[0]) - ord("A")
    row = int(cell[1:]) - 1
    rows = sheets[sheet]
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value


def referential_sheets() -> Sheets:
    """Two blocs, three competencies, four criteria, the shipped scale and rules."""
    return {
        "Certification": rows_of(
            """
            Champ | Valeur
            Intitulé | Responsable d'essais
            Niveau | 6
            Niveau CEC | 6
            Code RNCP | RNCP00000
            Code NSF | 312
            Certificateur | École des essais
            Date de décision France compétences | 15/06/2024
            Date d'échéance | 15/06/2029
            Signataire | Ada Exemple
            Qualité du signataire | Directrice
            Voies de recours | Écrire au jury.
            """
        ),
        "Blocs": rows_of(
            """
            Code | Activité | Intitulé
            BC01 | A1       | Préparer
            BC02 | A2       | Conduire
            """
        ),
        "Activités": rows_of(
            """
            Code | Bloc | Intitulé
            A1.1 | BC01 | Analyser
            A2.1 | BC02 | Mener
            """
        ),
        "Modalités": rows_of(
            """
            Code | Type         | Description   | Capitalisation de bloc
            M1   | Étude de cas | Un dossier    | Un dossier court
            M2   | Oral         | Vingt minutes |
            """
        ),
        "Compétences": rows_of(
            """
            Code | Activité | Intitulé | Modalité | Poids | Obligatoire
            C1.1 | A1.1     | Observer | M1       | 1     | Non
            C1.2 | A1.1     | Décrire  | M1       | 2     | Oui
            C2.1 | A2.1     | Décider  | M2       |       |
            """
        ),
        "Critères": rows_of(
            """
            Code   | Compétence | Intitulé              | Poids | Obligatoire | Éliminatoire
            C1.1.1 | C1.1       | Les faits sont relevés | 1     | Non         | Non
            C1.1.2 | C1.1       | Les sources sont citées | 0,5  | Non         | Oui
            C1.2.1 | C1.2       | Le plan est suivi     |       |             |
            C2.1.1 | C2.1       | Le choix est motivé   | 1     | Oui         | Non
            """
        ),
        "Échelle": rows_of(
            """
            Libellé              | Points | Acquis | Couleur | Définition
            Acquis               | 2      | Oui    | C6EFCE  | Tout y est.
            Partiellement acquis | 1      | Non    |         |
            Non acquis           | 0      | Non    |         |
            """
        ),
        "Règles": rows_of(
            """
            Règle | Valeur
            Compétence acquise si | pourcentage de critères
            Seuil compétence | 50
            """
        ),
    }


def session_sheets() -> Sheets:
    """Three candidates who came, one who did not, three jurors, nobody assigned by name."""
    return {
        "Session": rows_of(
            """
            Champ | Valeur
            Code | 2026-06
            Intitulé | Session de juin
            Date | 15/06/2026
            Heure | 14h30
            Adresse | 1 rue des Essais, 75000 Paris
            Numéro de PV | PV-1
            Représentant du certificateur | Ada Exemple
            """
        ),
        "Candidats": rows_of(
            "N° | Nom | Prénom | Parcours | Blocs présentés | Blocs déjà acquis | Statut"
            " | Date de naissance"
            """
            001 | Martin | Alix   | Certification complète  |      |      |         | 01/02/1990
            002 | Durand | Benoît | Certification complète  |      | BC01 | Présent | 03/04/1991
            003 | Petit  | Chloé  | Capitalisation de blocs | BC02 |      |         | 05/06/1992
            004 | Moreau | Driss  | Certification complète  |      |      | Absent  |
            """
        ),
        "Jurés": rows_of(
            """
            Code | Nom   | Prénom | Externe | Rôle      | Poids | Incompatible avec
            J1   | Blanc | Élise  | Oui     | Président | 2     |
            J2   | Noir  | Farid  | Oui     | Membre    |       |
            J3   | Roux  | Gaël   | Non     |           |       |
            """
        ),
        "Affectations": rows_of("Candidat | Juré | Blocs"),
        "Aménagements": rows_of(
            "Candidat | Nature | Critère | Consigne au jury | Avis du référent handicap"
            " | Capacité professionnelle préservée | Critère sans objet dans la pratique future"
            " | Décision du jury | Date de décision"
        ),
    }
