"""Three sessions in a row for the same people, each prepared by `register next`: real commands.

June 2026, before two juries; December 2026, closed twice; June 2027. What is expected of them is
worked by hand in `register/test_three_sessions.py`.
"""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import deliberations
import openpyxl
import report_world
import workbooks
from click.testing import CliRunner
from conftest import ROOT
from lively_school import LivelySchool
from school import Answer
from workbooks import rows_of

from sheetgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result
    from workbooks import Sheets

YES, HALF, NO = "Acquis", "Partiellement acquis", "Non acquis"
RULES = """
Règle | Valeur
Compétence acquise si | pourcentage de critères
Seuil compétence | 50
Jurés minimum | 1
Conservation des épreuves | 6
Conservation des compétences | 12
Rattrapage | 2
Délai de rattrapage | 18
"""


def referential() -> Sheets:
    """BC01 by competencies, BC02 by its épreuves E1 and E2, and one option of two."""
    sheets = workbooks.referential_sheets()
    sheets["Blocs"] = rows_of(
        """
        Code | Activité | Intitulé  | Statut | Groupe  | Validé si
        BC01 | A1       | Préparer  |        |         |
        BC02 | A2       | Conduire  |        |         | toutes les épreuves
        OP1  | A3       | Traduire  | Option | Langues |
        OP2  | A4       | Voyager   | Option | Langues |
        """
    )
    sheets["Options"] = rows_of("Groupe | Nombre requis\nLangues | 1")
    sheets["Activités"] = rows_of("Code | Bloc | Intitulé")
    sheets["Modalités"] = rows_of(
        """
        Code | Type         | Description | Intitulé
        M1   | Étude de cas | Un dossier  |
        M2   | Entretien    | Un échange  |
        E1   | Écrit        | Deux heures | Écrit
        E2   | Oral         | Vingt min.  | Oral
        """
    )
    sheets["Compétences"] = rows_of(
        """
        Code | Bloc | Intitulé  | Modalité
        C1.1 | BC01 | Observer  | M1 ; M2
        C1.2 | BC01 | Décrire   | M1 ; M2
        C2.1 | BC02 | Décider   | E1
        C2.2 | BC02 | Défendre  | E2
        C3.1 | OP1  | Traduire  | M1 ; M2
        C4.1 | OP2  | Voyager   | M1 ; M2
        """
    )
    sheets["Critères"] = rows_of(
        "Code | Compétence | Intitulé\n"
        + "\n".join(
            f"{code}.1 | {code} | Critère de {code}"
            for code in ("C1.1", "C1.2", "C2.1", "C2.2", "C3.1", "C4.1")
        )
    )
    sheets["Règles"] = rows_of(RULES)
    return sheets


def first_session() -> Sheets:
    """Two people of one name before jury A; before B, one who gets all and one who never came."""
    sheets = workbooks.session_sheets()
    sheets["Session"] = rows_of(
        """
        Champ | Valeur
        Code | JUIN
        Date | 15/06/2026
        Heure | 14h30
        Adresse | 1 rue des Essais, 75000 Paris
        Numéro de PV | PV-1
        Représentant du certificateur | Ada Exemple
        """
    )
    sheets["Candidats"] = rows_of(
        """
        N° | Nom | Prénom | Date de naissance | Parcours | Statut | Options | Jury
        001 | Exemple | Zoé | 14/03/1998 | Certification complète |        | OP1 | A
        002 | Exemple | Zoé | 09/09/1999 | Certification complète |        | OP2 | A
        003 | Titré   | Max | 01/01/1992 | Certification complète |        | OP1 | B
        004 | Absente | Léa | 02/02/1993 | Certification complète | Absent | OP1 | B
        """
    )
    sheets["Jurés"] = rows_of(
        """
        Code | Nom   | Prénom | Externe | Rôle      | Jury
        J1   | Blanc | Élise  | Oui     | Président | A
        J2   | Noir  | Farid  | Oui     | Président | B
        """
    )
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting(LivelySchool):
    """One session of several, in a workbook of its own.

    Attributes:
        code: the session's.
        day: when the jury sits, and closes.
        register: the register's address.
    """

    code: str
    day: date
    register: str

    @property
    def outputs(self) -> Path:
        """Return the session's folder."""
        return self.folder / "outputs" / self.code

    @property
    def book(self) -> Path:
        """Return the session's workbook."""
        return self.folder / f"{self.code}.xlsx"

    @property
    def consolidation(self) -> Path:
        """Return the jury's workbook."""
        return self.outputs / "consolidation" / "consolidation.xlsx"

    def run(self, command: str, *arguments: str) -> Answer:
        """A command with the register, of which `register …` too."""
        result = self.invoke(*command.split(), *arguments, "--json")
        report = json.loads(result.stdout)
        return Answer(status=result.exit_code, problems=report["problems"], report=report)

    def invoke(self, *command: str) -> Result:
        """Run a command on this session's workbook and register."""
        result = CliRunner().invoke(main, self.typed(*command))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    def typed(self, *command: str) -> list[str]:
        """Return a command with the options that name this session's workbook and register."""
        places = {
            "--referential": self.folder / "referential.xlsx",
            "--session": self.book,
            "--templates": ROOT / "templates",
            "--output": self.folder / "outputs",
        }
        asked = {"register show": 0, "register next": 1}.get(" ".join(command[:2]), 4)
        options = [str(part) for pair in list(places.items())[:asked] for part in pair]
        if command[0] != "register" and command[0] in ("check", "generate", "finalize", "extract"):
            options += ["--with-register"]
        if command[0] != "consolidate":
            options += ["--register", self.register]
        return [*command, *options]

    def prepare(self, cells: Mapping[str, str]) -> Answer:
        """Have `register next` write the workbook, then fill in what is the school's."""
        answer = self.run("register next", str(self.book), "--date", f"{self.day:%d/%m/%Y}")
        assert answer.status == 0, answer.problems
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(self.book)
        said = {"Code": self.code, **SAID, **cells}
        for row in book["Session"].iter_rows(min_row=2):
            row[1].value = said.get(str(row[0].value), row[1].value)
        header = [cell.value for cell in book["Jurés"][1]]
        for name, value in JUROR.items():
            book["Jurés"].cell(2, header.index(name) + 1).value = value
        book.save(self.book)
        return answer

    def type(self, number: str, sheet: str = "Candidats", **cells: str | None) -> None:
        """Fill in cells of a candidate's row, a new one after the last where there is none."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(self.book)
        found = book[sheet]
        header = [cell.value for cell in found[1]]
        row = 2
        while found.cell(row, 1).value not in (None, number):
            row += 1
        found.cell(row, 1).value = number
        for name, value in cells.items():
            found.cell(row, header.index(name.replace("_", " ")) + 1).value = value
        book.save(self.book)

    def rows(self, sheet: str) -> list[dict[str, str]]:
        """Return what a sheet of the workbook says, as texts, blanks left out."""
        book = openpyxl.load_workbook(self.book)
        header, *rows = book[sheet].iter_rows(values_only=True)
        return [
            {
                str(name): f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)
                for name, value in zip(header, row, strict=True)
                if value is not None
            }
            for row in rows
            if row[0]
        ]

    def sit(self, marks: Mapping[tuple[str, str, str], str]) -> None:
        """Make the grids, have them marked in the order of criteria, and consolidate."""
        made = self.run("generate", "--no-reports")
        assert made.status == 0, made.problems
        for (juror, number, name), levels in marks.items():
            given = dict(item.split("=") for item in levels.split())
            words = {"2": YES, "1": HALF, "0": NO}
            self.mark(juror, number, f"_{name}", {f"C{k}.1": words[v] for k, v in given.items()})
        done = self.run("consolidate", "--no-reports")
        assert done.status == 0, done.problems

    def close(
        self, *arguments: str, decided: Mapping[tuple[object, object], str] | None = None
    ) -> Answer:
        """Have the jury adopt the proposals, all but those decided otherwise, and close."""
        self.deliberate(decided)
        return self.run("finalize", str(self.consolidation), *arguments)

    def deliberate(self, decided: Mapping[tuple[object, object], str] | None = None) -> None:
        """Have the jury write that it adopts the proposals but those, with a reason for each."""
        book = openpyxl.load_workbook(self.consolidation)
        rows = [[cell.value for cell in row] for row in book["Délibération"].iter_rows()]
        head = next(place for place, row in enumerate(rows) if "Objet" in row)
        subject = rows[head].index("Objet")
        serial = (self.day - date(1899, 12, 30)).days
        cells: dict[str, Any] = {**deliberations.CLOSED, "D5": "Oui", "D6": serial}
        for place, row in enumerate(rows[head + 1 :], start=head + 2):
            if row[0] is None:
                break
            cells[f"G{place}"] = "Maquette non conforme"
            if decided and (row[0], row[subject]) in decided:
                cells[f"F{place}"] = decided[row[0], row[subject]]
        deliberations.fill(self.consolidation, cells)

    def paper(self, name: str) -> str:
        """Return the text of a paper of the closing."""
        text = report_world.read_all((self.outputs / "final" / f"{name}.docx").read_bytes())
        return text.replace("\xa0", " ")


SAID = {
    "Heure": "14:30",
    "Adresse": "1 rue des Essais, 75000 Paris",
    "Représentant du certificateur": "Ada Exemple",
}
JUROR = {"Code": "J1", "Nom": "Blanc", "Prénom": "Élise", "Externe": "Oui", "Rôle": "Président"}
