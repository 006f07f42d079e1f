"""The reports of `--json`: what each command really prints is what its documented schema says."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import make_docs
import pytest
from cdc_schema import write_answer, write_declared_title
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT, Workplace
from json_page import COMMANDS, read_schema
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from sheetgen.cli import main
from sheetgen.seals import (
    Statement,
    VerificationFacts,
    new_pair,
    render_verification,
    seal,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DECISIONS: Mapping[str, Any] = json.loads(
    (ROOT / "docs" / "decisions.schema.json").read_text(encoding="utf-8")
)


def closed(schema: Any) -> Any:
    """The schema with no other keys than those it names, at any depth."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    narrowed = {key: closed(value) for key, value in schema.items()}
    if schema.get("type") == "object":
        narrowed["additionalProperties"] = False
    return narrowed


def errors_of(command: str, report: Mapping[str, Any]) -> list[str]:
    """Return what of a report is not as its schema says, with the place of each."""
    known = DRAFT202012.create_resource(closed(DECISIONS))
    registry = Registry().with_resource(DECISIONS["$id"], known)
    validator = Draft202012Validator(
        closed(read_schema(command)),
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(report)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return each command's report on the example, and on inputs or returns that cannot be used."""
    place = Workplace(folder=tmp_path_factory.mktemp("json"))
    private = place.outputs / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")

    def run(command: str, *arguments: str) -> dict[str, Any]:
        result = place.run(command, *arguments, "--json", "--no-reports")
        report: dict[str, Any] = json.loads(result.stdout)
        assert report["status"] == result.exit_code
        return report

    def run_import(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(main, ["import", *arguments, "--json"])
        report: dict[str, Any] = json.loads(result.stdout)
        assert report["status"] == result.exit_code
        return report

    source = str(EXAMPLES / "import" / "referentiel.txt")
    made = str(place.folder / "brouillon.xlsx")
    roster = place.folder / "liste.csv"
    roster.write_text("Nom;Prénom;Groupe\nDurand;Al;G1\n", encoding="utf-8")
    nowhere = ("--session", str(place.folder / "nulle-part.xlsx"))
    deliberation = str(EXAMPLES / "deliberation.xlsx")
    found = {
        "import": run_import(source, "-o", made),
        "import, of a list": run_import(
            *("--candidates", str(roster), "--session", str(place.folder / "liste.xlsx"))
        ),
        "import, over a workbook": run_import(source, "-o", made),
        "check": run("check"),
        "check, without a session": run("check", *nowhere),
        "generate": run("generate"),
        "generate, again": run("generate"),
        "status, without a session": run("status", *nowhere),
    }
    returns = place.outputs / "retours"
    shutil.copytree(EXAMPLES / "retours", returns, dirs_exist_ok=True)
    shutil.copyfile(returns / "grille_C01_J1_Exemple.xlsx", returns / "encore.xlsx")
    (returns / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    found["status"] = run("status")
    found["consolidate, incomplete"] = run("consolidate")
    found["finalize, refused"] = run("finalize", deliberation)
    (returns / "photo.xlsx").unlink()
    (returns / "encore.xlsx").unlink()
    shutil.copytree(EXAMPLES / "retour-tardif", returns, dirs_exist_ok=True)
    found["consolidate"] = run("consolidate")
    found["finalize"] = run("finalize", deliberation)
    found["status, of a closed session"] = run("status")
    found["extract"] = run("extract", "C07")
    found["extract, of nobody"] = run("extract", "C99")
    shaped = EXAMPLES / "referentiels" / "titre-developpeur"
    away = (
        *("--referential", str(shaped / "referential.xlsx")),
        *("--session", str(shaped / "session.xlsx")),
    )
    found["generate, where somebody is absent"] = run("generate", *away)
    found["status, where somebody is absent"] = run("status", *away)
    waiting = _waiting_for_a_document(place.folder)
    run("generate", *waiting)
    found["status, where a document is awaited"] = run("status", *waiting)
    found["explain"] = run("explain", "C05")
    found["explain, as a document"] = run("explain", "C02", "BC04", "--word")
    found["explain, of nobody"] = run("explain", "C99")
    found |= _on_register(place)
    return found


def _waiting_for_a_document(folder: Path) -> tuple[str, ...]:
    """Return the options of a session whose documents the school has not accepted yet."""
    shaped, session = EXAMPLES / "referentiels" / "diplome-soin", folder / "session-soin.xlsx"
    book = load_workbook(shaped / "session.xlsx")
    (column,) = (cell.column for cell in book["Pièces"][1] if cell.value == "Acceptée")
    for row in range(2, book["Pièces"].max_row + 1):
        if book["Pièces"].cell(row, 1).value:
            book["Pièces"].cell(row, column).value = "En attente"
    book.save(session)
    referential = shaped / "referential.xlsx"
    return ("--referential", str(referential), "--session", str(session))


def _on_register(place: Workplace) -> dict[str, dict[str, Any]]:
    """Return what each command on a register prints, before there is one and after."""
    where = ("--register", str(place.folder / "register.sqlite"))

    def run(command: str, *arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(main, ["register", command, *arguments, *where, "--json"])
        report: dict[str, Any] = json.loads(result.stdout)
        assert report["status"] == result.exit_code
        return report

    session = (
        *("--referential", str(EXAMPLES / "referential.xlsx")),
        *("--session", str(EXAMPLES / "session.xlsx")),
        *("--output", str(place.folder / "outputs")),
    )
    book = str(place.folder / "registre.xlsx")
    return {
        "register show, of none": run("show"),
        "register record": run("record", *session),
        "register show, in all": run("show"),
        "register show": run("show", "exemple"),
        "register export": run("export", book),
        "register import": run("import", book),
        "register next": run("next", str(place.folder / "suivante.xlsx"), *session[:2]),
        "register statistics": run("statistics", *session[4:]),
        "register statistics, over a file": run("statistics", "-o", book, *session[4:]),
        "register key": run("key"),
        "register publish, of no key": run("publish", str(place.folder / "site"), *session[:2]),
        **_verified(place.folder),
        **_declared(place.folder),
        "dossier": _dossier(place, "C01"),
        "dossier, of nobody": _dossier(place, "C99"),
        "register forget, in years to come": run("forget", "--date", "2050-01-01", *session[4:]),
        "register forget": run("forget", "--yes", "--history", *session[4:]),
        "register import, of nothing": run("import", str(place.folder / "nulle-part.xlsx")),
    }


def _declared(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the commands on the declaration print, of the example and of nothing."""
    source = EXAMPLES / "referential.xlsx"
    referential = write_declared_title(folder / "declared.xlsx", source)
    where = ("--register", str(folder / "register.sqlite"), "--referential", str(referential))

    def run(command: str, *arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(main, ["cpf", command, *arguments, *where, "--json"])
        report: dict[str, Any] = json.loads(result.stdout)
        assert report["status"] == result.exit_code
        return report

    workbook, flow = folder / "à déclarer.xlsx", folder / "flux.xml"
    found = {"cpf prepare": run("prepare", str(workbook))}
    book = load_workbook(workbook)
    sheet = book["À déclarer"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Dossier CPF")
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, column).value = "123"
    book.save(workbook)
    found["cpf prepare, read back"] = run("prepare", str(workbook))
    found["cpf export"] = run("export", str(flow))
    (first, *others) = re.findall("<cpf:idTechnique>(.*?)<", flow.read_text("utf-8"))
    answer = write_answer(folder / "accusé.xml", others, {first: "Aucun titulaire"})
    found["cpf report"] = run("report", str(answer), "--letters", str(folder / "courriels"))
    found["cpf report, of nothing"] = run("report", str(folder / "nulle-part.xml"))
    found["cpf export, over a file"] = run("export", str(flow))
    return found


def _dossier(place: Workplace, candidate: str) -> dict[str, Any]:
    """Return what `dossier` prints of a sample of one."""
    output = ("--output", str(place.folder / "outputs"))
    result = CliRunner().invoke(main, ["dossier", *output, "--candidate", candidate, "--json"])
    report: dict[str, Any] = json.loads(result.stdout)
    assert report["status"] == result.exit_code
    return report


def _verified(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what `verify` prints of a paper, and of something else."""
    pair = new_pair(folder / "verify.key")
    statement = Statement(
        kind="parchemin",
        number="P-2026-00001",
        holder="Zoé Exemple",
        birth_date="",
        code="RNCP1",
        title="Titre",
        day="2026-06-24",
        certifier="École",
    )
    facts = VerificationFacts(
        certifier="École", keys=[pair.public], withdrawn={}, titles=[], made=date(2026, 7, 1)
    )
    page = folder / "verify.html"
    page.write_bytes(render_verification(facts))

    def run(address: str) -> dict[str, Any]:
        result = CliRunner().invoke(main, ["verify", "--page", str(page), address, "--json"])
        report: dict[str, Any] = json.loads(result.stdout)
        assert report["status"] == result.exit_code
        return report

    address = seal(statement, pair).address("https://ecole.example.org/")
    return {"verify": run(address), "verify, altered": run(address[:-9])}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_schema_is_one(command: str) -> None:
    """Each is a JSON Schema, whose every key is explained in French."""
    Draft202012Validator.check_schema(read_schema(command))


def test_every_report_is_as_documented(reports: dict[str, dict[str, Any]]) -> None:
    """No key missing, none of another kind, and none that the documentation does not name."""
    found = {
        run: errors
        for run, report in reports.items()
        if (errors := errors_of(run.partition(",")[0], report))
    }
    assert found == {}


def test_the_reports_show_every_key(reports: dict[str, dict[str, Any]]) -> None:
    """What the schemas name is really printed by one run or the other."""
    for command in COMMANDS:
        of_command = [report for run, report in reports.items() if run.startswith(command)]
        printed = {key for report in of_command for key in report}
        assert printed == set(read_schema(command)["properties"])


def test_a_key_that_is_not_documented_is_seen(reports: dict[str, dict[str, Any]]) -> None:
    """At the top, and inside what a report takes from elsewhere."""
    report = {**reports["check"], "other": 1}
    assert errors_of("check", report) == [
        "$: Additional properties are not allowed ('other' was unexpected)"
    ]
    (problem, *_) = reports["check"]["problems"]
    report = {**reports["check"], "problems": [{**problem, "other": 1}]}
    assert errors_of("check", report) == [
        "$.problems[0]: Additional properties are not allowed ('other' was unexpected)"
    ]


def test_every_command_with_json_is_documented() -> None:
    """Those whose help names the option, and no other."""
    offering = [
        name
        for name, command in make_docs.commands().items()
        if any("--json" in option.opts for option in command.params)
    ]
    assert sorted(offering) == sorted(COMMANDS)
