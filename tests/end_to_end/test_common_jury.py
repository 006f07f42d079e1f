"""One grid for the whole jury, by the command line: from the session to the papers it signs.

Three jurors mark in common; one of them knows a candidate, whom the two others mark. LibreOffice
fills in the grids and the jury's workbook.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import report_world
import workbooks
from click.testing import CliRunner
from conftest import ROOT
from handing_world import text_of
from office import Change, FillJob
from python_calamine import CalamineWorkbook
from registered import content_of
from xlsxwriter.utility import xl_rowcol_to_cell

from sheetgen.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from office import Office
    from workbooks import Sheets

JUNE_15, HALF_PAST_FIVE = 46188, 17.5 / 24
"""As a spreadsheet stores 15/06/2026 and 17:30."""

OPINION = "Avis global sur le candidat"
DECLARED = "Je déclare n’avoir aucun lien avec ce candidat"
THREE, TWO = "Élise Blanc, Farid Noir et Gaëlle Roux", "Élise Blanc et Farid Noir"


def session() -> Sheets:
    """A jury of three, marking in common; J3 trained candidate 002, and that alone says it."""
    sheets = workbooks.session_sheets()
    sheets["Session"].append(["Notation", "Commune"])
    sheets["Jurés"] = workbooks.rows_of(
        """
        Code | Nom   | Prénom  | Externe | Rôle      | Email          | Incompatible avec
        J1   | Blanc | Élise   | Oui     | Président | j1@example.org |
        J2   | Noir  | Farid   | Oui     | Membre    | j2@example.org |
        J3   | Roux  | Gaëlle  | Non     | Membre    | j3@example.org | 002
        """
    )
    return sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The folder of that session."""

    folder: Path

    @property
    def outputs(self) -> Path:
        """Return what commands write for it."""
        return self.folder / "outputs" / "2026-06"

    def run(self, command: str, *arguments: str) -> Result:
        """A command as a user types it."""
        files = {
            "--session": self.folder / "session.xlsx",
            "--referential": self.folder / "referential.xlsx",
            "--templates": ROOT / "templates",
            "--output": self.folder / "outputs",
        }
        options = [str(part) for pair in files.items() for part in pair]
        return CliRunner().invoke(main, [command, *options, *arguments])

    def decisions(self, folder: str) -> dict[str, Any]:
        """Return the content of `decisions.json`."""
        text = (self.outputs / folder / "decisions.json").read_text(encoding="utf-8")
        return dict(json.loads(text))

    def paper(self, name: str) -> str:
        """Return every text of a final paper."""
        return report_world.read_all((self.outputs / "final" / name).read_bytes())


def filled(grid: Path, target: Path, blank: str = "") -> FillJob:
    """Return what a jury types in a grid: all is acquired, each declares but one at most."""
    changes = []
    book = CalamineWorkbook.from_path(grid)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, start=1):
            if name == "Accueil" and DECLARED in row and row[0] != blank:
                changes.append(Change(sheet=name, cell=f"C{number}", value="Oui"))
            if name.startswith("BC") and re.fullmatch(r"C\d\.\d\.\d", str(row[0])):
                changes.append(Change(sheet=name, cell=f"C{number}", value="Acquis"))
            if name == "Synthèse" and OPINION in row:
                beside = xl_rowcol_to_cell(number - 1, row.index(OPINION) + 1)
                changes.append(Change(sheet=name, cell=beside, value="Un avis partagé."))
    return FillJob(source=grid, target=target, changes=changes)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, libreoffice: Office) -> Room:
    """The session, closed; what its commands said is kept beside it."""
    place = Room(folder=tmp_path_factory.mktemp("room"))
    workbooks.save(place.folder / "session.xlsx", session())
    workbooks.save(place.folder / "referential.xlsx", workbooks.referential_sheets())
    said = {"generate": place.run("generate", "--paper", "J2")}
    returns = place.outputs / "retours"
    grids = sorted((place.outputs / "grilles").rglob("*.xlsx"))
    blank = "Gaëlle Roux (J3)"
    jobs = [
        filled(grid, returns / grid.name, blank if "003" in grid.name else "") for grid in grids
    ]
    libreoffice.fill(jobs)
    said["consolidate"] = place.run("consolidate")
    made = place.outputs / "consolidation" / "consolidation.xlsx"
    answers: dict[str, str | float] = {"D5": "Oui", "D6": JUNE_15, "D7": HALF_PAST_FIVE}
    changes = [Change(sheet="Délibération", cell=c, value=v) for c, v in answers.items()]
    decided = place.folder / "décidée.xlsx"
    libreoffice.fill([FillJob(source=made, target=decided, changes=changes)])
    register = str(place.folder / "register.sqlite")
    said["finalize"] = place.run(
        "finalize", str(decided), "--with-register", "--register", register
    )
    for command, result in said.items():
        assert result.exit_code == 0, f"{command}: {result.output}"
        (place.folder / f"{command}.txt").write_text(result.output, encoding="utf-8")
    return place


def test_one_grid_for_each_candidate_is_handed_to_the_president(room: Room) -> None:
    """Named for the jury, whoever is in it for that candidate."""
    grids = sorted((room.outputs / "grilles").rglob("*.xlsx"))
    names = [f"grille_{number}_jury.xlsx" for number in ("001", "002", "003")]
    assert [(path.parent.name, path.name) for path in grids] == [("J1", name) for name in names]
    mails = sorted(path.name for path in (room.outputs / "envois").glob("*.eml"))
    assert mails == ["J1.eml", "J2-jury.eml", "J3-jury.eml"]


def test_the_register_holds_what_was_decided_in_common(room: Room) -> None:
    """Each candidate with the decision on each bloc, as any session's; nothing of who marked."""
    held = content_of(str(room.folder / "register.sqlite"))
    decided = {
        (candidate["id"], block["code"], block["outcome"])
        for candidate in room.decisions("final")["candidates"]
        for block in candidate["blocks"]
    }
    numbers = {row[0]: row[3] for row in held["attempt"]}
    results = {(numbers[row[1]], row[3], row[5]) for row in held["result"] if row[2] == "block"}
    assert results == decided
    assert "J1+" not in str(held)


def test_decisions_say_who_marked(room: Room) -> None:
    """The group's code, and its members; what each declared."""
    found = room.decisions("final")
    schema = json.loads((ROOT / "docs" / "decisions.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema)
    marks = {
        candidate["id"]: {
            (mark["juror"], tuple(mark["jurors"]))
            for block in candidate["blocks"]
            for competency in block["competencies"]
            for criterion in competency["criteria"]
            for mark in criterion["marks"]
        }
        for candidate in found["candidates"]
    }
    assert marks == {
        "001": {("J1+J2+J3", ("J1", "J2", "J3"))},
        "002": {("J1+J2", ("J1", "J2"))},
        "003": {("J1+J2+J3", ("J1", "J2", "J3"))},
        "004": set(),
    }
    declared = {
        item["candidate"]: [each["declaration"] for each in item["declarations"]]
        for item in found["returns"]
    }
    assert declared == {"001": [True] * 3, "002": [True] * 2, "003": [True, True, None]}


def test_the_minutes_tell_who_marked_in_common_and_have_all_sign(room: Room) -> None:
    """Each member by name, with what they left blank; nothing of a fourth juror."""
    text = room.paper("proces-verbal.docx")
    common = "Les appréciations ont été données en commun, sur une même grille, par"
    assert f"{common} {THREE} (candidats 001, 003) ; {TWO} (candidat 002)." in text
    assert "n’a pas été remplie dans les grilles de Gaëlle Roux (candidat 003)" in text
    assert "2 membres sur 3 extérieurs" in text
    assert "J1+J2" not in text
    assert text.count("Gaëlle Roux") >= 3  # composition, sentences, signature


def test_the_other_papers_tell_it_too(room: Room) -> None:
    """A report has the opinion once, under who held the grid; a notification says it was shared."""
    report = room.paper("rapports/rapport_001_Martin.docx")
    assert "En commun : Un avis partagé." in report
    assert report.count("En commun, avec Élise Blanc") >= 2
    notice = room.paper("notifications/notification_001_Martin.docx")
    assert "ont été données en commun par les membres du jury." in notice
    absent = room.paper("notifications/notification_004_Moreau.docx")
    assert "en commun" not in absent


def test_the_jury_is_told_on_the_screen(room: Room) -> None:
    """What is still blank, by name; how a mark was given."""
    said = (room.folder / "consolidate.txt").read_text(encoding="utf-8")
    assert "n'est pas remplie par Gaëlle Roux" in said
    told = room.run("explain", "001", "C1.1.1").output
    assert f"J1+J2+J3 : {THREE}, notation commune" in told
    assert "J1+J2+J3, en commun : « Acquis », soit 2 points" in told
    assert "Notation commune : cette appréciation est celle de tous" in told


def test_the_next_session_names_people(room: Room) -> None:
    """Nobody has anything left to present here, and jurors are taken over one by one."""
    book = CalamineWorkbook.from_path(room.outputs / "final" / "session-suivante.xlsx")
    rows = book.get_sheet_by_name("Jurés").to_python()
    codes = [row[0] for row in rows if str(row[0]).startswith("J")]
    assert codes[-3:] == ["J1", "J2", "J3"]
    fields = book.get_sheet_by_name("Session").to_python()
    assert ["Notation", "Commune"] in [row[:2] for row in fields]


def test_a_quorum_missed_is_told_over_the_members(tmp_path: Path) -> None:
    """Three jurors are asked: the candidate whom one of them knows has two."""
    place = Room(folder=tmp_path)
    workbooks.save(place.folder / "session.xlsx", session())
    strict = workbooks.referential_sheets()
    strict["Règles"].append(["Jurés minimum", "3"])
    workbooks.save(place.folder / "referential.xlsx", strict)
    result = place.run("check")
    assert result.exit_code == 1
    assert "Candidat Benoît Durand (002)" in result.output
    assert "2 jurés" in result.output
    assert "Candidat Alix Martin (001)" not in result.output


def test_whoever_asks_for_paper_gets_the_grids_in_common(room: Room) -> None:
    """Not only who holds them; each member has a place to sign on them."""
    folder = room.outputs / "papier"
    assert sorted(path.name for path in folder.iterdir()) == ["J2", "J2.eml", "J2.zip"]
    papers = sorted((folder / "J2").iterdir())
    assert [path.name for path in papers] == [
        f"papier_{number}_jury.docx" for number in ("001", "002", "003")
    ]
    text = report_world.read_all(papers[0].read_bytes())
    assert all(text.count(name) >= 1 for name in ("Élise Blanc", "Farid Noir", "Gaëlle Roux"))
    assert "Gaëlle Roux" not in report_world.read_all(papers[1].read_bytes())
    assert "Jurés : Élise Blanc (J1), Farid Noir (J2), Gaëlle Roux (J3)" in text
    mail = text_of((folder / "J2.eml").read_bytes())
    assert "\nUne grille qui porte plusieurs noms se remplit ensemble, une seule fois" in mail


def test_all_sign_on_one_sheet_of_paper(libreoffice: Office, tmp_path: Path) -> None:
    """The declaration stands above every name, however many pages there are before."""
    sheets = workbooks.session_sheets()
    sheets["Session"].append(["Notation", "Commune"])
    sheets["Jurés"] = [["Code", "Nom", "Prénom", "Externe", "Rôle"]]
    for number in range(1, 9):
        role = "Président" if number == 1 else "Membre"
        sheets["Jurés"].append([f"J{number}", f"Nom{number}", "Odile", "Oui", role])
    place = Room(folder=tmp_path)
    workbooks.save(tmp_path / "session.xlsx", sheets)
    shutil.copyfile(ROOT / "referential.xlsx", tmp_path / "referential.xlsx")
    made = place.run("generate", "--paper", "J1")
    assert made.exit_code == 0, made.output
    papers = sorted((place.outputs / "papier" / "J1").glob("*.docx"))
    (pdf,) = libreoffice.convert(papers[:1], tmp_path / "pdf", ".pdf")
    program = shutil.which("pdftotext")
    assert program is not None, "pdftotext is part of poppler-utils"
    told = subprocess.run([program, str(pdf), "-"], capture_output=True, text=True, check=True)
    first, *pages = told.stdout.split("\f")
    assert "Jurés : " in first
    (signed,) = [page for page in pages if "Déclaration :" in page]
    assert all(f"Odile Nom{n}" in signed for n in range(1, 9))


def test_status_names_the_members_for_programs(room: Room) -> None:
    """Beside the group's code, of what came back and of what is missing."""
    report = json.loads(room.run("status", "--json").stdout)
    assert {item["candidate"]: item["jurors"] for item in report["returns"]} == {
        "001": ["J1", "J2", "J3"],
        "002": ["J1", "J2"],
        "003": ["J1", "J2", "J3"],
    }
