"""Three sessions in a row for the same people, each prepared by `register next`: real commands.

June 2026, before two juries; December 2026, closed twice; June 2027. What is expected of them is
worked by hand in `register/test_three_sessions.py`, and in `register/test_three_declared.py` for
what is declared of them.
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


JUNE, DECEMBER, LATER = "JUIN", "DECEMBRE", "JUIN-27"
DAYS = {JUNE: date(2026, 6, 15), DECEMBER: date(2026, 12, 10), LATER: date(2027, 6, 10)}


class Years:
    """The three sessions, with each answer and workbook as it was then."""

    def __init__(self, folder: Path) -> None:
        workbooks.save(folder / "referential.xlsx", referential())
        register = str(folder / "register.sqlite")
        self.answers: dict[str, Answer] = {}
        self.next: dict[str, dict[str, dict[str, str]]] = {}
        self.kept: dict[str, list[dict[str, str]]] = {}
        self.june, self.december, self.later = (
            Sitting(folder=folder, code=code, day=day, register=register)
            for code, day in DAYS.items()
        )
        self._sit_in_june()
        self._sit_in_december()
        self._sit_a_year_later()

    def _sit_in_june(self) -> None:
        workbooks.save(self.june.book, first_session())
        self.june.sit(
            {
                ("J1", "001", "Exemple"): "1.1=2 1.2=2 2.1=1 2.2=0 3.1=2",
                ("J1", "002", "Exemple"): "1.1=2 1.2=0 2.1=0 2.2=0 4.1=2",
                ("J2", "003", "Titre"): "1.1=2 1.2=2 2.1=2 2.2=2 3.1=2",
            }
        )
        self._close(JUNE, self.june)

    def _sit_in_december(self) -> None:
        self._prepare(self.december, "PV-2")
        self.december.type("C02", Nom="Mariée", Ancien_nom="Exemple")
        self.december.type("C01", Options="OP1")
        self.december.type(
            "C04",
            Nom="Nouveau",
            Prénom="Max",
            Date_de_naissance="01/01/1992",
            Parcours="Certification complète",
        )
        self.answers["another surname"] = self.december.run("check", "--no-reports")
        self.december.type(
            "C04", Nom="Exemple", Prénom="Zoé", Date_de_naissance=None, Options="OP1"
        )
        self.answers["check in December"] = self.december.run("check", "--no-reports")
        self.december.sit(
            {
                ("J1", "C01", "Absente"): "1.1=2 1.2=2 2.1=0 2.2=0 3.1=0",
                ("J1", "C02", "Mariee"): "2.2=0",
                ("J1", "C03", "Exemple"): "1.2=2 2.1=0 2.2=0",
                ("J1", "C04", "Exemple"): "1.1=2 1.2=2 2.1=2 2.2=2 3.1=2",
            }
        )
        self.answers["a homonym"] = self.december.close()
        self.december.type("C04", Date_de_naissance="01/01/2001")
        self._close(DECEMBER, self.december)
        changed: Mapping[tuple[object, object], str] = {("C01", "BC02"): "Validé"}
        self._close("reopened", self.december, "--reopen", "Grille mal lue", decided=changed)

    def _sit_a_year_later(self) -> None:
        self._prepare(self.later, "PV-3")
        self.later.type("C01", Blocs_déjà_acquis="BC01", Présentations=None)
        self.later.type("C02", Blocs_déjà_acquis="BC01 ; BC02 ; OP2")
        self.later.type("C03", "Résultats conservés", Objet="E1", Score="50 %")
        self.answers["check a year later"] = self.later.run("check", "--no-reports")
        self._prepare(self.later, "PV-3")
        self.later.sit(
            {
                ("J1", "C01", "Absente"): "3.1=2",
                ("J1", "C02", "Exemple"): "2.1=2 2.2=0",
                ("J1", "C03", "Mariee"): "2.1=2 2.2=2",
            }
        )
        self._close(LATER, self.later)

    def _close(self, name: str, sitting: Sitting, *arguments: str, **decided: Any) -> None:
        answer = self.answers[name] = sitting.close(*arguments, **decided)
        assert answer.status == 0, [item["message"] for item in answer.problems]

    def _prepare(self, sitting: Sitting, minutes: str) -> None:
        sitting.book.unlink(missing_ok=True)
        self.answers[f"next {sitting.code}"] = sitting.prepare({"Numéro de PV": minutes})
        self.next[sitting.code] = {row["N°"]: row for row in sitting.rows("Candidats")}
        self.kept[sitting.code] = sitting.rows("Résultats conservés")
