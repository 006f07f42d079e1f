"""A school whose session lives: two juries in two rooms, grids filled and sent back."""

from __future__ import annotations

import json
import shutil
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
import workbooks
from school import School

from sheetgen.grid import contract
from sheetgen.grid.read import read_grid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from workbooks import Sheets


def two_juries() -> Sheets:
    """Two candidates before jury A, one before jury B; J1 and J2 mark A, J3 and J4 mark B."""
    sheets = workbooks.session_sheets()
    sheets["Session"] += workbooks.rows_of("Date limite de retour | 22/06/2026\nFin | 16/06/2026")
    sheets["Candidats"] = workbooks.rows_of(
        "N° | Nom | Prénom | Date de naissance | Parcours | Statut | Jury | Passage | Salle"
        " | Nom de naissance | Lieu de naissance | Identifiant"
        """
        001 | Martin | Alix   | 28/02/1990 | Certification complète | | A | 10h30 | 12 | Duval | Brest | DOSSIER-2017
        002 | Durand | Benoît | 01/07/1985 | Certification complète | | A | 9h30  | 12 |       |       | DOSSIER-2018
        003 | Petit  | Chloé  | 11/11/1999 | Certification complète | | B | 16/06/2026 9h | 14 | | | DOSSIER-2019
        """  # noqa: E501 - a table
    )
    sheets["Jurés"] = workbooks.rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle      | Email          | Jury | Incompatible avec
        J1   | Blanc | Élise  | Oui     | Président | j1@example.org | A    |
        J2   | Noir  | Farid  | Oui     | Membre    | j2@example.org | A    |
        J3   | Roux  | Gaël   | Oui     | Président | j3@example.org | B    |
        J4   | Vert  | Ida    | Oui     |           | j4@example.org | B    |
        """
    )
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class LivelySchool(School):
    """A school that has grids filled, and closes its session."""

    def mark(
        self,
        juror: str,
        number: str,
        name: str,
        level: str | Mapping[str, str],
        *,
        rows: int = 9,
    ) -> Path:
        """Have a juror mark the first criteria of a grid, alike or by code, and send it back."""
        path = self.outputs / "retours" / self.grid(juror, number, name).name
        shutil.copyfile(self.grid(juror, number, name), path)
        declared = read_grid(path.read_bytes()).answers.get(contract.DECLARATION_LABEL, ())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl drops what Excel added
            book = openpyxl.load_workbook(path)
        for answer in declared:
            book[answer.sheet][answer.cell] = "Oui"
        for sheet in book.worksheets:
            header = {
                str(cell.value): cell
                for row in sheet.iter_rows(max_row=12)
                for cell in row
                if cell.value is not None
            }
            if "Évaluation" not in header:
                continue
            codes, marks = (header[x].column for x in ("Code", "Évaluation"))
            for row in range(header["Code"].row + 1, sheet.max_row + 1):
                cell, code = sheet.cell(row, marks), str(sheet.cell(row, codes).value or "")
                if code.count(".") == 2 and not cell.value and rows > 0:
                    cell.value = level if isinstance(level, str) else level[code]
                    rows -= 1
        book.save(path)
        return path

    def decisions(self, folder: str = "consolidation") -> dict[str, Any]:
        """Return the decisions, proposed or final."""
        text = (self.outputs / folder / "decisions.json").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def markers(self, number: str) -> dict[str, set[str]]:
        """Return who marked a candidate, and with what."""
        found: dict[str, set[str]] = {}
        for person in self.decisions()["candidates"]:
            for block in person["blocks"] if person["id"] == number else ():
                for competency in block["competencies"]:
                    for criterion in competency["criteria"]:
                        for mark in criterion["marks"]:
                            found.setdefault(mark["juror"], set()).add(mark["value"])
        return found


class CommonSchool(LivelySchool):
    """A school of two juries, each of which marks in common."""

    def grid(self, juror: str, number: str, name: str = "") -> Path:
        """A grid as generated for those whom this juror holds it for."""
        return self.outputs / "grilles" / juror / f"grille_{number}_jury{name}.xlsx"
