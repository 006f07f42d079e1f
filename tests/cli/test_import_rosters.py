"""`sheetgen import --candidates` and `--jurors`: lists that others export, added to a session."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner
from conftest import EXAMPLES

from sheetgen.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

MOODLE = (
    "Surname,First name,Email address,Groups,Date of birth\n"
    "D’Été,Zoé,zoe@example.org,G1,28/02/1990\n"
    '"LE  GALL","Anne\nMarie",am@example.org,,03/04/1991\n'
)
EXAMINATION = (
    "N° candidat;NOM;Prénoms;Né(e) le;Commune de naissance;Sexe;NIR\n"
    "2026-17;MARTIN;Léa;1er avril 1999;Saint-Malo;Féminin;299043528800\n"
    "2026-18;MARTIN;Luc;13.05.2001;Paris;H;101057510000\n"
)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """The example's session, to be added to."""
    return shutil.copyfile(EXAMPLES / "session.xlsx", tmp_path / "session.xlsx")


def add(session: Path, text: str | bytes, *arguments: str, kind: str = "candidates") -> Result:
    """Add a list, given as the bytes of a CSV file."""
    path = session.with_name("liste.csv")
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return CliRunner().invoke(
        main, ["import", f"--{kind}", str(path), "--session", str(session), *arguments]
    )


def codes(result: Result) -> list[str]:
    """The codes of what a run with --json tells."""
    return [item["code"] for item in json.loads(result.stdout)["problems"]]


def people(session: Path, sheet: str = "Candidats") -> list[dict[str, Any]]:
    """The filled rows of a sheet, by the names of its columns."""
    header, *rows = openpyxl.load_workbook(session)[sheet].iter_rows(values_only=True)
    return [
        {str(name): value for name, value in zip(header, row, strict=True) if value is not None}
        for row in rows
        if any(row)
    ]


def test_a_list_is_added_and_all_else_is_as_it_was(session: Path) -> None:
    """The sheet alone changes, below its last row; the mapping is shown."""
    before = zipfile.ZipFile(io.BytesIO(session.read_bytes()))
    rows = people(session)
    result = add(session, MOODLE)
    assert result.exit_code == 0, result.output
    assert "Surname → Nom\n" in result.output
    assert "Groups → rien n'en est pris" in result.output
    after = zipfile.ZipFile(session)
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["xl/worksheets/sheet3.xml"]
    assert after.namelist() == before.namelist()
    assert people(session)[: len(rows)] == rows
    assert people(session)[len(rows) :] == [
        {
            "N°": "C11",
            "Nom": "D’Été",
            "Prénom": "Zoé",
            "Email": "zoe@example.org",
            "Date de naissance": datetime(1990, 2, 28),  # noqa: DTZ001 - as openpyxl reads a day
        },
        {
            "N°": "C12",
            "Nom": "LE GALL",
            "Prénom": "Anne Marie",
            "Email": "am@example.org",
            "Date de naissance": datetime(1991, 4, 3),  # noqa: DTZ001 - likewise
        },
    ]


def test_a_list_added_twice_adds_nothing(session: Path) -> None:
    """Who is there is known by code, or by name and birth date; not a byte changes."""
    add(session, MOODLE)
    before = session.read_bytes()
    result = add(session, MOODLE, "--json")
    assert (result.exit_code, codes(result)[-1]) == (0, "import-roster-there")
    assert session.read_bytes() == before


def test_an_examination_s_list_makes_a_session(tmp_path: Path) -> None:
    """Letters of Windows, dates in words, closed values as the session writes them; no NIR."""
    target = tmp_path / "session.xlsx"
    result = add(target, EXAMINATION.encode("cp1252"))
    assert result.exit_code == 0, result.output
    assert people(target)[0] == {
        "N°": "2026-17",
        "Nom": "MARTIN",
        "Prénom": "Léa",
        "Date de naissance": datetime(1999, 4, 1),  # noqa: DTZ001 - as openpyxl reads a day
        "Lieu de naissance": "Saint-Malo",
        "Sexe": "F",
    }
    assert people(target)[1]["Sexe"] == "M"
    assert "299043528800" not in str(people(target))


AMBIGUOUS = "Nom;Prénom;Date de naissance\nUn;Ève;03/04/1990\nDeux;Ève;05/05/1990\n"


def test_an_ambiguous_date_is_asked(session: Path) -> None:
    """03/04 is nobody's guess: nothing is written until it is said, or another date shows it."""
    before = session.read_bytes()
    refused = add(session, AMBIGUOUS, "--json")
    assert refused.exit_code == 1
    assert codes(refused) == ["import-roster-date-ambiguous"]
    assert session.read_bytes() == before
    problem = json.loads(refused.stdout)["problems"][0]
    assert (problem["cell"], "--dates" in problem["hint"]) == ("C2", True)


@pytest.mark.parametrize(
    ("order", "expected"), [("jj/mm/aaaa", date(1990, 4, 3)), ("mm/jj/aaaa", date(1990, 3, 4))]
)
def test_the_order_of_dates_can_be_said(session: Path, order: str, expected: date) -> None:
    """Either order, by its own words."""
    assert add(session, AMBIGUOUS, "--dates", order).exit_code == 0
    (row,) = [row for row in people(session) if row["Nom"] == "Un"]
    assert row["Date de naissance"].date() == expected


BAD_LISTS = {
    "no names": ("Ville;Âge\nParis;20\n", "import-roster-columns"),
    "one column": ("Nom\nDurand\n", "import-roster-without-columns"),
    "a name is missing": ("Nom;Prénom\nDurand;\n", "import-roster-name-missing"),
    "two digits": ("Nom;Prénom;Né le\nDurand;Al;28/02/90\n", "import-roster-date-unreadable"),
    "no such day": ("Nom;Prénom;Né le\nDurand;Al;31/02/1990\n", "import-roster-date-unreadable"),
    "joined names": ("Nom complet;Email\nJean Pierre Paul;a@x\n", "import-roster-names-joined"),
    "a code taken": ("N°;Nom;Prénom\nC01;Durand;Al\n", "import-roster-code-taken"),
    "a PDF": ("%PDF-1.7\n", "import-file-unknown"),
    "nothing": (" \n", "import-file-empty"),
    "headings alone": ("Nom;Prénom\n;\n", "import-roster-empty"),
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_a_list_that_cannot_be_added_is_told(name: str, session: Path) -> None:
    """One error with its place, and the session is as it was."""
    text, code = BAD_LISTS[name]
    before = session.read_bytes()
    result = add(session, text, "--json")
    assert result.exit_code == 1
    assert codes(result) == [code], result.stdout
    assert session.read_bytes() == before


def test_a_refused_list_makes_no_session(tmp_path: Path) -> None:
    """A session that was not there is not left half made."""
    target = tmp_path / "session.xlsx"
    assert add(target, BAD_LISTS["no names"][0]).exit_code == 1
    assert not target.exists()


def test_namesakes_are_told_and_not_added(session: Path) -> None:
    """The same name, without code or date to tell them apart."""
    result = add(session, "Nom;Prénom\nexemple;ZOE\n", "--json")
    assert codes(result) == ["import-roster-namesake"]
    assert result.exit_code == 0
    assert len([row for row in people(session) if row["Prénom"] == "Zoé"]) == 1


def test_names_in_one_column_are_told_apart_by_capitals(session: Path) -> None:
    """On either side of the first name."""
    text = "Nom et prénom;Email\nDE LA TOUR Anne-Laure;a@x.fr\nPaul DUPONT;p@x.fr\n"
    assert add(session, text).exit_code == 0
    added = [(row["Nom"], row["Prénom"]) for row in people(session)[-2:]]
    assert added == [("DE LA TOUR", "Anne-Laure"), ("DUPONT", "Paul")]


def test_jurors_from_a_spreadsheet(session: Path) -> None:
    """The sheet that has the headings, wherever it is in the workbook; closed values folded."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Liste du 3 mai"])
    sheet = book.create_sheet("Jury")
    sheet.append(["Membres du jury"])
    sheet.append(["Nom", "Prénom", "Entreprise", "Extérieur", "Rôle", "Mail"])
    sheet.append(["Dupuis", "Ada", "ACME", "oui", "président", "ada@x.fr"])
    path = session.with_name("jures.xlsx")
    book.save(path)
    result = CliRunner().invoke(
        main, ["import", "--jurors", str(path), "--session", str(session), "--json"]
    )
    assert result.exit_code == 0, result.output
    assert people(session, "Jurés")[-1] == {
        "Code": "J5",
        "Nom": "Dupuis",
        "Prénom": "Ada",
        "Organisme": "ACME",
        "Externe": "Oui",
        "Rôle": "Président",
        "Email": "ada@x.fr",
    }


def test_a_session_of_before_gets_the_columns_it_lacks(tmp_path: Path) -> None:
    """A column that the sheet does not have comes after its last one."""
    book = openpyxl.load_workbook(EXAMPLES / "session.xlsx")
    sheet = book["Candidats"]
    while sheet.max_column > 12:
        sheet.delete_cols(13)
    session = tmp_path / "session.xlsx"
    book.save(session)
    assert add(session, "Nom;Prénom;Lieu de naissance\nDurand;Al;Brest\n").exit_code == 0
    header = [cell.value for cell in openpyxl.load_workbook(session)["Candidats"][1]]
    assert header[12:] == ["Lieu de naissance"]
    assert people(session)[-1]["Lieu de naissance"] == "Brest"


def test_documents_and_lists_are_not_imported_at_once(session: Path) -> None:
    """A usage error, as is an import of nothing."""
    assert add(session, MOODLE, "document.docx").exit_code == 2
    assert CliRunner().invoke(main, ["import"]).exit_code == 2
