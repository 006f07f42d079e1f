"""The example session and its marks: whole, consistent, and with the outcomes its README tells."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheetgen.jury import open_consolidation
from sheetgen.jury.form import CellReader, Form, read_form
from sheetgen.jury.sheet_tables import shown
from sheetgen.model import (
    NOT_OBSERVED,
    CandidateDecision,
    CandidateId,
    CriterionCode,
    JurorCode,
    Mark,
    Referential,
    Session,
)
from sheetgen.problems import Problem, Severity
from sheetgen.rules import decide_session
from sheetgen.sources import read_referential, read_session

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
DATA = ROOT / "tests" / "data"

GridMarks = dict[tuple[CandidateId, JurorCode], dict[CriterionCode, Mark]]


@pytest.fixture(scope="module")
def referential() -> Referential:
    """The example's référentiel."""
    found, _ = read_referential(EXAMPLES / "referential.xlsx")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def read(referential: Referential) -> tuple[Session | None, list[Problem]]:
    """The example session as the program reads it, with what it says about it."""
    return read_session(EXAMPLES / "session.xlsx", referential)


@pytest.fixture(scope="module")
def session(read: tuple[Session | None, list[Problem]]) -> Session:
    """The example session."""
    assert read[0] is not None, [str(problem) for problem in read[1]]
    return read[0]


@pytest.fixture(scope="module")
def marks(referential: Referential) -> GridMarks:
    """The marks of the grids that came back in time."""
    return read_marks("marks.csv", referential)


@pytest.fixture(scope="module")
def late_marks(referential: Referential) -> GridMarks:
    """The marks of the grid that came back late."""
    return read_marks("late_marks.csv", referential)


def read_marks(name: str, referential: Referential) -> GridMarks:
    """The marks of a file, each one a level of the shipped scale or not observed."""
    points = {level.label: level.points for level in referential.scale.levels}
    found: GridMarks = defaultdict(dict)
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            key = CandidateId(row["candidat"]), JurorCode(row["juré"])
            value = row["évaluation"]
            assert value in points or value == NOT_OBSERVED
            code = CriterionCode(row["critère"])
            assert code not in found[key], f"{key} marks {code} twice"
            found[key][code] = Mark(
                juror=key[1],
                criterion=code,
                value=value,
                points=points.get(value),
                comment=row["observations"],
            )
    return found


@pytest.fixture(
    scope="module",
    params=[EXAMPLES / "deliberation.xlsx", DATA / "deliberation-ancienne.xlsx"],
    ids=["present", "former"],
)
def deliberated(request: pytest.FixtureRequest) -> Form:
    """The sheet « Délibération » of deliberation.xlsx, and as a jury filled it in formerly.

    Workbooks that juries have may be laid out as formerly, without the reasons of the proposals or
    a link to `Fiche`; they say the same.
    """
    workbook = open_consolidation(request.param)
    assert not isinstance(workbook, Problem)
    reader = CellReader("deliberation.xlsx")
    form = read_form(workbook, reader)
    assert form is not None, reader.problems
    return form


@pytest.fixture(scope="module")
def decisions(
    referential: Referential, session: Session, marks: GridMarks
) -> dict[str, CandidateDecision]:
    """Return what is proposed for each candidate."""
    return {item.candidate: item for item in decide_session(referential, session, marks)}


def test_the_jurys_workbook_opens_with_what_stays_in_sight() -> None:
    """As it was laid out before LibreOffice typed in it: the titles and the names are frozen."""
    book = openpyxl.load_workbook(EXAMPLES / "deliberation.xlsx")
    frozen = {name: book[name].freeze_panes for name in ("Synthèse", "Délibération", "Fiche")}
    assert frozen == {"Synthèse": "C6", "Délibération": "E12", "Fiche": "A5"}


@pytest.mark.parametrize("name", ["session", "referential"])
def test_a_workbook_is_made_from_its_data(tmp_path: Path, name: str) -> None:
    """Both workbooks are what their script makes of their data, byte for byte."""
    made = tmp_path / f"{name}.xlsx"
    subprocess.run(
        [sys.executable, str(EXAMPLES / f"make_{name}.py"), str(made)],
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    assert made.read_bytes() == (EXAMPLES / f"{name}.xlsx").read_bytes()


def test_the_referential_fills_in_the_shipped_certification_alone(referential: Referential) -> None:
    """Grids of one are grids of the other; nothing that papers need is blank."""
    shipped, _ = read_referential(ROOT / "referential.xlsx")
    assert shipped is not None
    assert replace(referential, certification=shipped.certification) == shipped
    assert referential.fingerprint == shipped.fingerprint
    said = {
        item.name: getattr(referential.certification, item.name)
        for item in fields(referential.certification)
    }
    before = {name: getattr(shipped.certification, name) for name in said}
    assert {name for name in said if said[name] != before[name]} == {
        "eqf_level",
        "rncp_code",
        "nsf_code",
        "certifier",
        "decision_date",
        "expiry_date",
        "signatory",
        "signatory_title",
        "appeal",
    }
    assert all(before[name] is None for name in said if said[name] != before[name])
    assert said["certifier"] == "École fictive du commerce"


def test_the_session_has_no_error(read: tuple[Session | None, list[Problem]]) -> None:
    """`check` says nothing but that two exemptions have no effect, C09's and C10's."""
    problems = read[1]
    assert {problem.severity for problem in problems} == {Severity.WARNING}
    assert {problem.location.sheet for problem in problems} == {"Aménagements"}
    assert {problem.location.cell[1:] for problem in problems} == {"6", "7"}


def test_every_grid_is_marked_whole(
    referential: Referential, session: Session, marks: GridMarks, late_marks: GridMarks
) -> None:
    """All of a juror's criteria have a mark; one grid alone is late."""
    expected = {
        (item.candidate, item.juror): {
            criterion.code
            for block in item.blocks
            for criterion in referential.criteria_of_block[block]
            if criterion.code not in session.exemptions_of[item.candidate]
        }
        for item in session.assignments
    }
    assert set(late_marks) == {(CandidateId("C10"), JurorCode("J2"))}
    assert {key: set(given) for key, given in (marks | late_marks).items()} == expected


def test_every_mark_that_is_not_acquired_has_its_comment(
    marks: GridMarks, late_marks: GridMarks
) -> None:
    """The rule « Commentaire obligatoire » is kept, so that the demo warns of nothing."""
    silent = [
        (key, mark.criterion)
        for key, given in (marks | late_marks).items()
        for mark in given.values()
        if mark.value != "Acquis" and not mark.comment
    ]
    assert silent == []


def test_every_returned_grid_has_its_opinion(marks: GridMarks, late_marks: GridMarks) -> None:
    """Each juror wrote an opinion and declared no tie, once for each grid returned."""
    with (EXAMPLES / "opinions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["candidat"], row["juré"]) for row in rows] == list(marks | late_marks)
    assert all(row["avis"] and row["déclaration"] == "Oui" for row in rows)


def consolidate(folder: Path, *returned: str) -> dict[str, Any]:
    """Consolidate folders of the example, with nothing else said of their grids."""
    kept = folder / "DEMO-2026" / ".sheetgen"
    kept.mkdir(parents=True)
    shutil.copy(EXAMPLES / "sheetgen.key", kept / "key")
    (kept / "key").chmod(0o600)
    places = [str(EXAMPLES / name) for name in returned]
    command = [sys.executable, "-m", "sheetgen", "consolidate", *places]
    options = [
        *("--referential", str(EXAMPLES / "referential.xlsx")),
        *("--session", str(EXAMPLES / "session.xlsx")),
        *("--output", str(folder)),
    ]
    subprocess.run([*command, *options, "--no-reports"], check=True, cwd=ROOT, capture_output=True)
    written = folder / "DEMO-2026" / "consolidation" / "decisions.json"
    decided: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return decided


def marks_in(decided: dict[str, Any]) -> set[tuple[str, ...]]:
    """Candidate, juror, criterion, mark and comment of every mark that counts."""
    return {
        (candidate["id"], mark["juror"], criterion["code"], mark["value"], mark["comment"])
        for candidate in decided["candidates"]
        for block in candidate["blocks"]
        for competency in block["competencies"]
        for criterion in competency["criteria"]
        for mark in criterion["marks"]
    }


def marks_of(marks: GridMarks) -> set[tuple[str, ...]]:
    """Return the marks of the data as those of a grid are given."""
    return {
        (*key, mark.criterion, str(mark.value), mark.comment)
        for key, given in marks.items()
        for mark in given.values()
    }


def test_the_returned_grids_hold_the_marks(marks: GridMarks, tmp_path: Path) -> None:
    """What LibreOffice saved is accepted without a remark, and is marks.csv to the letter."""
    decided = consolidate(tmp_path, "retours")
    assert {(item["status"], *item["problems"]) for item in decided["returns"]} == {("accepted",)}
    assert decided["missing"] == [{"candidate": "C10", "juror": "J2"}]
    assert marks_in(decided) == marks_of(marks)


def test_the_late_grid_completes_the_session(
    marks: GridMarks, late_marks: GridMarks, tmp_path: Path
) -> None:
    """With the grid of retour-tardif/ nothing is missing, and every mark of the data is there."""
    decided = consolidate(tmp_path, "retours", "retour-tardif")
    assert {(item["status"], *item["problems"]) for item in decided["returns"]} == {("accepted",)}
    assert len(decided["returns"]) == 21
    assert (decided["missing"], decided["provisional"]) == ([], False)
    assert marks_in(decided) == marks_of(marks | late_marks)


def test_the_jury_wrote_its_data(deliberated: Form) -> None:
    """deliberation.xlsx holds what deliberation.toml says, and nothing else in any cell to fill."""
    data = tomllib.loads((EXAMPLES / "deliberation.toml").read_text(encoding="utf-8"))
    wanted = {
        (item["Candidat"], item["Objet"]): (item.get("Décision du jury", ""), item["Motif"])
        for item in data["Décisions"]
    }
    found = {
        (shown(row.candidate), shown(row.subject)): (shown(row.decision), shown(row.reason))
        for row in deliberated.rows
        if not (row.decision.blank and row.reason.blank)
    }
    assert found == wanted
    fields = data["Délibération"]
    assert set(deliberated.answers) == set(fields)
    texts = ("Le jury adopte les propositions laissées vides", "Incidents", "Observations")
    assert {name: shown(deliberated.answers[name]) for name in texts} == {
        name: fields[name] for name in texts
    }


def test_the_jury_reasons_every_kind_of_decision(deliberated: Form) -> None:
    """It settles what is to be deliberated, overrides a proposal, and reasons what is refused."""
    decided = {
        (shown(row.candidate), shown(row.subject), shown(row.proposal)): shown(row.decision)
        for row in deliberated.rows
        if not row.reason.blank
    }
    assert decided[("C05", "BC02", "À délibérer")] == "Validé"
    assert decided[("C09", "BC02", "Non validé")] == "Validé"
    refused = [key for key, decision in decided.items() if not decision]
    assert {proposal for *_, proposal in refused} == {"Non validé", "Non délivrée"}
    assert len(refused) == 8


@pytest.mark.parametrize(
    ("candidate", "certification", "blocks"),
    [
        ("C01", "awarded", "validated validated validated validated validated"),
        ("C02", "partial", "not_validated validated validated not_validated validated"),
        ("C03", "awarded", "validated already_held validated validated validated"),
        (
            "C04",
            "not_awarded",
            "not_validated not_validated not_validated not_validated not_validated",
        ),
        ("C05", "to_deliberate", "validated to_deliberate validated validated validated"),
        (
            "C06",
            "absent",
            "not_presented not_presented not_presented not_presented not_presented",
        ),
        (
            "C07",
            "partial",
            "validated not_presented validated not_presented already_held",
        ),
        ("C08", "awarded", "validated validated validated validated validated"),
        ("C09", "partial", "validated not_validated validated validated validated"),
        (
            "C10",
            "incomplete",
            "not_presented not_presented not_presented incomplete not_presented",
        ),
    ],
)
def test_outcomes_are_those_of_the_readme(
    decisions: dict[str, CandidateDecision], candidate: str, certification: str, blocks: str
) -> None:
    """Every kind of outcome occurs, for the candidate the README names."""
    decided = decisions[candidate]
    assert decided.outcome.key == certification
    assert " ".join(block.outcome.key for block in decided.blocks) == blocks


def test_jurors_diverge_on_five_criteria(decisions: dict[str, CandidateDecision]) -> None:
    """One divergence for C02, four in C09's bloc BC02."""
    divergent = [
        (decided.candidate, criterion.code)
        for decided in decisions.values()
        for block in decided.blocks
        for competency in block.competencies
        for criterion in competency.criteria
        if criterion.divergent
    ]
    assert divergent == [
        ("C02", "C4.4.3"),
        ("C09", "C2.1.2"),
        ("C09", "C2.1.3"),
        ("C09", "C2.1.4"),
        ("C09", "C2.3.1"),
    ]
