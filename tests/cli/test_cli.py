"""The command line as a user meets it: words, exit statuses, files written and files left alone."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT, Workplace
from openpyxl import load_workbook

from sheetgen import commands as pipeline
from sheetgen.cli import main
from sheetgen.commands import Inputs, Options

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMANDS = tuple(main.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_french(command: str) -> None:
    """Every command explains itself in French, down to the library's own words."""
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("Utilisation : ")
    assert "Affiche cette aide" in result.output
    for english in ("Usage:", "Options:", "Show this", "default:", "required"):
        assert english not in result.output


def test_misspelt_command_is_suggested() -> None:
    """A misspelt command is refused with status 2 and the nearest one."""
    result = CliRunner().invoke(main, ["consolider"])
    assert result.exit_code == 2
    assert "La commande 'consolider' n'existe pas. Vouliez-vous dire 'consolidate' ?" in (
        result.output
    )


def loaded(*arguments: str) -> set[str]:
    """The modules that a command has loaded by its end."""
    code = (
        "import sys; from sheetgen.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.splitlines()[-1].split())


UNUSED = {
    "alembic",
    "concurrent.futures.process",
    "dask",
    "distributed",
    "docx",
    "docxtpl",
    "jinja2",
    "openpyxl",
    "python_calamine",
    "sqlalchemy",
}


UNUSED_WITHOUT_WORD = {
    "concurrent.futures",
    "rich.progress",
    "rich.table",
    "sheetgen.documents.contexts.report",
    "sheetgen.returns",
    "sheetgen.seals",
}


def test_help_loads_nothing_of_what_it_tells() -> None:
    """`sheetgen --help` pays neither for libraries nor for the commands."""
    assert not loaded("--help") & {*UNUSED, "lxml", "sheetgen.commands", "xlsxwriter"}


def test_grids_without_word_load_no_library_that_they_do_not_use(tmp_path: Path) -> None:
    """Those of Word, of the register and of source workbooks take as long as hundreds of grids."""
    names = [f"--{name}" for name in ("referential", "session", "templates")]
    places = ["examples/referential.xlsx", "examples/session.xlsx", "templates"]
    named = [word for pair in zip(names, places, strict=True) for word in pair]
    command = ["generate", "--no-reports", *named, "--output", str(tmp_path), "--jobs", "1"]
    unused = {*UNUSED, *UNUSED_WITHOUT_WORD}
    if sys.platform == "linux":  # whose copies of the command read the sources
        unused.add("multiprocessing.forkserver")
    assert not loaded(*command) & unused


def test_a_name_between_colons_is_no_picture(tmp_path: Path) -> None:
    """What a user named is shown to the letter."""
    done = CliRunner().invoke(main, ["init", str(tmp_path / ":x:")])
    assert str(tmp_path / ":x:") in done.output


def test_check_accepts_the_example(workplace: Workplace) -> None:
    """The shipped files have no error: status 0, and the warnings on exemptions are said."""
    result = workplace.run("check")
    assert result.exit_code == 0
    assert "L'exemption du critère C3.3.1 n'a pas d'effet" in result.output
    assert "21 grille(s) à générer" in result.output


REFERENTIAL_DEFECTS = {
    "Critères!A10": "C1.1.1",
    "Compétences!B4": "A9.9",
    "Compétences!E5": "-1",
    "Critères!C7": None,
    "Critères!D8": "beaucoup",
    "Modalités!B2": "=A1",
    "Règles!B7": "moyene",
    "Échelle!B3": "2",
}
SESSION_DEFECTS = {"Session!B4": "31/02/2026", "Jurés!F3": "peut-être"}


def _planted(source: Path, target: Path, defects: Mapping[str, str | None]) -> Path:
    workbook = load_workbook(source)
    for place, value in defects.items():
        sheet, cell = place.split("!")
        workbook[sheet][cell] = value
    workbook.save(target)
    return target


def test_check_finds_every_planted_defect(tmp_path: Path, workplace: Workplace) -> None:
    """Ten planted defects are ten problems, each naming its cell, in one run with status 1."""
    referential = _planted(
        ROOT / "referential.xlsx", tmp_path / "referential.xlsx", REFERENTIAL_DEFECTS
    )
    session = _planted(EXAMPLES / "session.xlsx", tmp_path / "session.xlsx", SESSION_DEFECTS)
    result = workplace.run(
        "check", "--referential", str(referential), "--session", str(session), "--json"
    )
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    found = [
        (f"{item['sheet']}!{item['cell']}", item["code"])
        for item in json.loads(result.stdout)["problems"]
        if item["severity"] == "error"
    ]
    assert sorted(found) == sorted(
        [
            ("Compétences!B4", "reference-unknown"),
            ("Compétences!E5", "number-out-of-range"),
            ("Critères!A10", "code-duplicate"),
            ("Critères!C7", "value-missing"),
            ("Critères!D8", "number-unreadable"),
            ("Jurés!F3", "yes-no-unreadable"),
            ("Modalités!B2", "cell-formula"),
            ("Règles!B7", "choice-unknown"),
            ("Session!B4", "date-impossible"),
            ("Échelle!B3", "scale-points-equal"),
        ]
    )


def test_missing_file_is_one_message(workplace: Workplace) -> None:
    """A référentiel that is not there is said in one message, without a traceback."""
    result = workplace.run("check", "--referential", "nulle-part.xlsx")
    assert result.exit_code == 1
    assert "nulle-part.xlsx" in result.output
    assert "Traceback" not in result.output


def test_unknown_option_is_a_usage_error(workplace: Workplace) -> None:
    """A usage error exits with status 2."""
    assert workplace.run("check", "--nimporte").exit_code == 2


def test_generate_writes_a_grid_per_assignment(workplace: Workplace) -> None:
    """Each juror has a folder with a grid per candidate, named in ASCII; reports are blank."""
    result = workplace.run("generate")
    assert result.exit_code == 0, result.output
    grids = sorted(
        path.relative_to(workplace.outputs).as_posix()
        for path in (workplace.outputs / "grilles").rglob("*.xlsx")
    )
    assert len(grids) == 21
    assert "grilles/J1/grille_C01_J1_Exemple.xlsx" in grids
    assert all(name.isascii() for name in grids)
    reports = {path.name for path in (workplace.outputs / "rapports").iterdir()}
    assert "rapport_C01_Exemple.docx" in reports
    assert "feuille-emargement.docx" in reports
    assert len(reports) == 10


def test_exemption_without_effect_is_said_by_check_alone(workplace: Workplace) -> None:
    """The reason of an exemption without effect is confidential: no other command prints it."""
    output = workplace.run("generate", "--no-reports").output
    assert "C3.3.1" not in output
    assert "C4.4.4" not in output


def test_generate_twice_changes_nothing(workplace: Workplace) -> None:
    """A second run on unchanged inputs gives the same bytes and leaves every file as it is."""
    workplace.run("generate")
    before = {path: path.stat().st_mtime_ns for path in workplace.outputs.rglob("*.*")}
    result = workplace.run("generate", "--json")
    assert result.exit_code == 0
    assert {item["written"] for item in json.loads(result.stdout)["files"]} == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in workplace.outputs.rglob("*.*")} == before


def test_generate_keeps_a_grid_that_differs(workplace: Workplace) -> None:
    """A grid that somebody changed is kept, said, and replaced only with --force."""
    workplace.run("generate", "--no-reports")
    grid = workplace.outputs / "grilles" / "J1" / "grille_C01_J1_Exemple.xlsx"
    original = grid.read_bytes()
    grid.write_bytes(b"changed")
    kept = workplace.run("generate", "--no-reports")
    assert kept.exit_code == 1
    assert "Un fichier différent porte déjà ce nom" in kept.output
    assert grid.read_bytes() == b"changed"
    assert workplace.run("generate", "--no-reports", "--force").exit_code == 0
    assert grid.read_bytes() == original


@pytest.mark.posix
def test_a_key_that_was_put_there_becomes_private(workplace: Workplace) -> None:
    """A copied key may be readable by all: generate keeps it and lets its owner alone read it."""
    key = workplace.outputs / ".sheetgen" / "key"
    key.chmod(0o644)
    workplace.run("generate", "--no-reports")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_bytes() == (EXAMPLES / "sheetgen.key").read_bytes()


def test_without_a_message_template_drafts_carry_the_shipped_one(workplace: Workplace) -> None:
    """Neither the text file nor, without Word, the folder of templates is required."""
    templates = workplace.folder / "mine"
    arguments = ("--no-reports", "--templates", str(templates))
    assert workplace.run("generate", *arguments).exit_code == 0
    draft = (workplace.outputs / "envois" / "J1.eml").read_bytes()
    workplace.run("generate", "--no-reports")
    assert (workplace.outputs / "envois" / "J1.eml").read_bytes() == draft
    templates.mkdir()
    checked = workplace.run("check", *arguments, "--json")
    assert checked.exit_code == 0
    codes = [item["code"] for item in json.loads(checked.stdout)["problems"]]
    assert codes.count("message-missing") == 1
    assert workplace.run("consolidate", *arguments).exit_code == 0


def test_a_jury_that_is_too_small_is_an_error_that_stops_no_grid(workplace: Workplace) -> None:
    """Whoever fell ill, the others mark and their marks are gathered; the status says the error."""
    book = load_workbook(EXAMPLES / "session.xlsx")
    rows = book["Affectations"]
    last = next(row[0].row for row in rows.iter_rows() if row[0].value == "C01")
    rows.delete_rows(last)
    session = workplace.folder / "session.xlsx"
    book.save(session)
    for command in ("check", "generate", "consolidate"):
        result = workplace.run(command, "--no-reports", "--session", str(session))
        assert result.exit_code == 1
        assert "Jurés minimum est 2" in result.output
    assert len(list((workplace.outputs / "grilles").rglob("*.xlsx"))) == 20
    assert (workplace.outputs / "consolidation" / "decisions.json").exists()


def test_generate_never_touches_returns(workplace: Workplace) -> None:
    """What lies in retours/ is left alone, with --force too."""
    returned = workplace.outputs / "retours" / "grille_C01_J1_Exemple.xlsx"
    returned.parent.mkdir()
    returned.write_bytes(b"returned")
    workplace.run("generate", "--no-reports", "--force")
    assert returned.read_bytes() == b"returned"
    assert list(returned.parent.iterdir()) == [returned]


@pytest.mark.posix
def test_key_is_private_and_kept(tmp_path: Path) -> None:
    """The first `generate` makes a key that only its owner reads; later ones keep it."""
    place = Workplace(folder=tmp_path)
    place.run("generate", "--no-reports")
    key = place.outputs / ".sheetgen" / "key"
    made = key.read_text(encoding="ascii")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(bytes.fromhex(made)) == 32
    place.run("generate", "--no-reports", "--force")
    assert key.read_text(encoding="ascii") == made


def test_consolidate_without_key_says_so(tmp_path: Path) -> None:
    """Without the key nothing can be trusted: one error, and nothing is written."""
    place = Workplace(folder=tmp_path)
    result = place.run("consolidate")
    assert result.exit_code == 1
    assert "La clé de signature de cette session est introuvable." in result.output
    assert not (place.outputs / "consolidation").exists()


def test_unusable_key_is_said(workplace: Workplace) -> None:
    """A key file that holds no key is an error, and is not replaced."""
    key = workplace.outputs / ".sheetgen" / "key"
    key.write_text("not a key", encoding="ascii")
    result = workplace.run("generate", "--no-reports")
    assert result.exit_code == 1
    assert "ne contient pas de clé" in result.output
    assert key.read_text(encoding="ascii") == "not a key"


def test_consolidate_the_example(workplace: Workplace) -> None:
    """The example's returns are read by default from retours/, and everything is written."""
    shutil.copytree(EXAMPLES / "retours", workplace.outputs / "retours")
    result = workplace.run("consolidate", "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    outcomes = {item["id"]: item["outcome"] for item in report["decisions"]["candidates"]}
    assert outcomes == {
        "C01": "awarded",
        "C02": "partial",
        "C03": "awarded",
        "C04": "not_awarded",
        "C05": "to_deliberate",
        "C06": "absent",
        "C07": "partial",
        "C08": "awarded",
        "C09": "partial",
        "C10": "incomplete",
    }
    assert report["decisions"]["missing"] == [{"candidate": "C10", "juror": "J2"}]
    written = {path.name for path in (workplace.outputs / "consolidation").iterdir()}
    assert written == {"consolidation.xlsx", "decisions.csv", "decisions.json", "rapports"}
    stored = json.loads(
        (workplace.outputs / "consolidation" / "decisions.json").read_text(encoding="utf-8")
    )
    assert stored == report["decisions"]


def test_consolidation_that_somebody_changed_is_kept(workplace: Workplace) -> None:
    """A consolidation.xlsx in which the jury wrote gets a numbered name, and that is said."""
    workplace.run("consolidate", "--no-reports")
    folder = workplace.outputs / "consolidation"
    workbook = folder / "consolidation.xlsx"
    workplace.run("consolidate", "--no-reports")
    assert not (folder / "consolidation-1.xlsx").exists()
    workbook.write_bytes(b"the jury wrote here")
    result = workplace.run("consolidate", "--no-reports")
    assert "conservé sous le nom consolidation-1.xlsx" in result.output
    assert (folder / "consolidation-1.xlsx").read_bytes() == b"the jury wrote here"
    assert workbook.read_bytes() != b"the jury wrote here"


def test_consolidate_says_what_changed_since(workplace: Workplace) -> None:
    """A return that came, changed or went since the last consolidation is named, once."""
    returns = workplace.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns)
    names = ("grille_C01_J1_Exemple.xlsx", "grille_C01_J2_Exemple.xlsx")
    late = (returns / names[0]).read_bytes()
    (returns / names[0]).unlink()
    assert "dernière consolidation" not in workplace.run("consolidate", "--no-reports").output
    (returns / names[0]).write_bytes(late)
    (returns / names[1]).unlink()
    result = workplace.run("consolidate", "--no-reports", "--json")
    found = {
        (item["code"], item["file"])
        for item in json.loads(result.stdout)["problems"]
        if item["code"].startswith("return-")
    }
    assert found == {("return-new", names[0]), ("return-gone", names[1])}
    assert "Rien à faire si le candidat a renoncé" in result.stdout
    assert "dernière consolidation" not in workplace.run("consolidate", "--no-reports").output


def test_status_is_1_while_a_grid_is_missing(workplace: Workplace) -> None:
    """`status` counts what came back and exits with 1 while anything is missing."""
    shutil.copytree(EXAMPLES / "retours", workplace.outputs / "retours")
    result = workplace.run("status", "--json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["received"], report["expected"]) == (20, 21)
    assert report["missing"] == [{"candidate": "C10", "juror": "J2"}]


def test_absences_are_shown_with_names_and_counts(workplace: Workplace, tmp_path: Path) -> None:
    """Two candidates did not sit a modalité: who, how many, and in the JSON."""
    shutil.copytree(EXAMPLES / "retours", workplace.outputs / "retours")
    book = openpyxl.load_workbook(EXAMPLES / "session.xlsx")
    sheet = book["Absences"]
    method = openpyxl.load_workbook(EXAMPLES / "referential.xlsx")["Modalités"]["A2"].value
    for row, values in enumerate([("C01", method, "Oui"), ("C02", method, None)], start=2):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value
    session = tmp_path / "session.xlsx"
    book.save(session)
    shown = " ".join(workplace.run("status", "--session", str(session)).output.split())
    assert re.search(rf"│{re.escape(method)}[^│]*│ *2│C01 ", shown)
    assert "(justifiée) · C02 " in shown
    report = json.loads(workplace.run("status", "--session", str(session), "--json").stdout)
    assert report["absences"] == [
        {"candidate": "C01", "method": method, "justified": True},
        {"candidate": "C02", "method": method, "justified": None},
    ]


def test_status_watches_until_all_is_back(tmp_path: Path) -> None:
    """`status --watch` shows each arrival, and ends with 0 when the last grid is there."""
    place = Workplace(folder=tmp_path)
    session = _planted(
        EXAMPLES / "session.xlsx", tmp_path / "session.xlsx", {"Candidats!I11": "Absent"}
    )
    private = place.outputs / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
    returns = place.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns)
    for extra in returns.glob("grille_C10_*"):
        extra.unlink()
    last = returns / "grille_C01_J1_Exemple.xlsx"
    late = last.read_bytes()
    last.unlink()
    options = ["--session", str(session), "--output", str(place.folder / "outputs")]
    command = [sys.executable, "-m", "sheetgen", "status", "--watch", *options]
    shown: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8") as watching:
        assert watching.stdout is not None
        for line in watching.stdout:
            shown.append(line)
            if line.startswith("18 grille(s)"):
                # Put there whole: half a grid would be one that came, and was refused.
                (tmp_path / last.name).write_bytes(late)
                (tmp_path / last.name).replace(last)
    counts = [line.strip() for line in shown if "grille(s) reçue(s)" in line]
    assert counts == ["18 grille(s) reçue(s) sur 19.", "19 grille(s) reçue(s) sur 19."]
    assert watching.returncode == 0


def inputs_of(place: Workplace) -> Inputs:
    """The example's files, with what is written in this place."""
    return Inputs(
        referential=EXAMPLES / "referential.xlsx",
        session=EXAMPLES / "session.xlsx",
        templates=ROOT / "templates",
        output=place.folder / "outputs",
    )


def test_what_arrives_while_returns_are_read_is_not_missed(workplace: Workplace) -> None:
    """A grid dropped before the watch has begun is seen as one dropped after."""
    returns = workplace.outputs / "retours"
    returns.mkdir(parents=True)
    inputs = inputs_of(workplace)

    def survey() -> pipeline.Surveyed:
        return pipeline.survey(inputs, (), Options())

    first = survey()
    shutil.copy(EXAMPLES / "retours" / "grille_C01_J1_Exemple.xlsx", returns)
    second = next(pipeline.watch(first, survey))
    assert second.collection is not None
    assert [item.file for item in second.collection.returns] == ["grille_C01_J1_Exemple.xlsx"]


def test_a_folder_that_appears_under_watch_is_told_once(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One survey when it comes, then none until something else does."""
    monkeypatch.setattr("sheetgen.commands.status._LOOK_EVERY", 100)
    present, late = workplace.folder / "present", workplace.folder / "late"
    present.mkdir()
    inputs = inputs_of(workplace)

    def survey() -> pipeline.Surveyed:
        return pipeline.survey(inputs, (present, late), Options())

    surveys = pipeline.watch(survey(), survey)
    late.mkdir()
    (late / "one.pdf").write_bytes(b"%PDF-1.7")
    next(surveys)
    told: list[pipeline.Surveyed] = []
    waiting = threading.Thread(target=lambda: told.append(next(surveys)))
    waiting.start()
    waiting.join(0.5)  # five looks
    assert told == []
    (present / "two.pdf").write_bytes(b"%PDF-1.7")
    waiting.join(60)
    assert len(told) == 1


def test_status_names_what_is_no_grid(workplace: Workplace) -> None:
    """A stray file among the returns is named, and the others are read."""
    returns = workplace.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns)
    (returns / "notes.pdf").write_bytes(b"%PDF-1.7 not a grid")
    result = workplace.run("status")
    assert result.exit_code == 1
    assert "notes.pdf" in result.output
    assert "20 grille(s) reçue(s) sur 21." in result.output


def test_init_makes_a_workspace_that_checks(tmp_path: Path) -> None:
    """`init` gives a school its files; only the session remains to be filled."""
    folder = tmp_path / "école"
    result = CliRunner().invoke(main, ["init", str(folder)])
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == {
        "outputs",
        "referential.xlsx",
        "session.xlsx",
        "sheetgen.toml",
        "templates",
    }
    again = CliRunner().invoke(main, ["init", str(folder)])
    assert again.exit_code == 0
    assert "conservé" in again.output
    assert "un vrai exemple" not in again.output


# openpyxl says what it drops of a grid that it saves.
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_extract_keeps_the_choice_between_two_returns(workplace: Workplace) -> None:
    """What `consolidate --prefer` settled is settled in the extract too."""
    returns = workplace.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns)
    kept = returns / "grille_C01_J1_Exemple.xlsx"
    book = load_workbook(kept)
    mark = next(row[2] for row in book["BC01"].iter_rows() if row[0].value == "C1.1.1")
    mark.value = "Non observé"
    book.save(returns / "autre.xlsx")
    conflict = workplace.run("consolidate", "--no-reports")
    assert "grid-conflict" in workplace.run("consolidate", "--no-reports", "--json").stdout
    assert conflict.exit_code == 1
    chosen = workplace.run("consolidate", "--no-reports", "--prefer", kept.name)
    assert chosen.exit_code == 0, chosen.output
    assert workplace.run("extract", "C01").exit_code == 0
    proposed = workplace.outputs / "extraits" / "C01" / "decisions-proposees.json"
    (candidate,) = json.loads(proposed.read_text(encoding="utf-8"))["candidates"]
    assert candidate["outcome"] == "awarded"
