"""The whole path on the real référentiel: grids generated, filled by LibreOffice, decided.

What is expected comes from a small reckoning of its own, for the shipped rules alone: it shares no
code with the rules under test.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT, Workplace
from office import Change, FillJob, Office
from python_calamine import CalamineWorkbook

from sheetgen.model import CandidateId
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sheetgen.model import BlockCode, Referential, Session

CHOICES = ("Acquis", "Partiellement acquis", "Non acquis", "Non observé")
POINTS = {"Acquis": 2, "Partiellement acquis": 1, "Non acquis": 0}

Marks = dict[tuple[str, str, str], str]
"""By candidate, juror and criterion; a blank mark is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The inputs as read, the jurors' choices, and the files they returned."""

    referential: Referential
    session: Session
    marks: Marks
    returned: Sequence[Path]
    candidates: Sequence[Mapping[str, Any]]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, libreoffice: Office) -> Case:
    """The example session, with arbitrary marks typed into every grid by LibreOffice."""
    place = Workplace(folder=tmp_path_factory.mktemp("main-job"))
    generated = place.run("generate", "--no-reports")
    assert generated.exit_code == 0, generated.output
    referential, _ = read_referential(ROOT / "referential.xlsx")
    assert referential is not None
    session, _ = read_session(EXAMPLES / "session.xlsx", referential)
    assert session is not None
    returns = place.outputs / "retours"
    marks: Marks = {}
    jobs = []
    chance = random.Random(20261123)  # noqa: S311 - arbitrary marks, the same at every run
    for grid in sorted((place.outputs / "grilles").rglob("*.xlsx")):
        declaration, cells = _cells_to_fill(grid)
        changes = [Change(sheet="Accueil", cell=declaration, value="Oui")]
        candidate, juror = grid.stem.split("_")[1:3]
        weights = chance.choice(((80, 8, 8, 4), (45, 25, 25, 5), (97, 1, 1, 1)))
        for sheet, cell, code in cells:
            value = chance.choices(CHOICES, weights)[0]
            if chance.random() < 0.002:
                continue
            marks[candidate, juror, code] = value
            changes.append(Change(sheet=sheet, cell=cell, value=value))
        jobs.append(FillJob(source=grid, target=returns / grid.name, changes=changes))
    libreoffice.fill(jobs)
    consolidated = place.run("consolidate", "--no-reports")
    assert consolidated.exit_code == 0, consolidated.output
    text = (place.outputs / "consolidation" / "decisions.json").read_text(encoding="utf-8")
    return Case(
        referential=referential,
        session=session,
        marks=marks,
        returned=[job.target for job in jobs],
        candidates=json.loads(text)["candidates"],
    )


def _cells_to_fill(grid: Path) -> tuple[str, list[tuple[str, str, str]]]:
    """The declaration's cell, and sheet, cell and criterion of each mark that the grid asks for."""
    found = []
    declaration = ""
    workbook = CalamineWorkbook.from_path(grid)
    for name in workbook.sheet_names:
        code = mark = None
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, start=1):
            if "Je déclare n’avoir aucun lien avec ce candidat" in row:
                declaration = f"B{number}"
            if code is None or mark is None:
                if {"Code", "Critère", "Évaluation"} <= set(map(str, row)):
                    code, mark = row.index("Code"), row.index("Évaluation")
                continue
            if str(row[code]).count(".") == 2 and row[mark] != "Exempté":
                found.append((name, f"{'ABCDEF'[mark]}{number}", str(row[code])))
    return declaration, found


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One competency or bloc: its outcome in JSON's words, its score."""

    outcome: str
    score: float | None


def _reckon_competency(rows: Sequence[tuple[str, Fraction | None]]) -> Reckoned:
    """The shipped rule: half of the criteria acquired; rows are states with points."""
    states = [state for state, _ in rows]
    left = [(state, points) for state, points in rows if state != "exempt"]
    if "missing" in states:
        return Reckoned("incomplete", None)
    if not left:
        return Reckoned("to_deliberate", None)
    sure = sum(1 for _, points in left if points is not None and points >= 2)
    open_ones = sum(1 for _, points in left if points is None)
    worst, best = 2 * sure >= len(left), 2 * (sure + open_ones) >= len(left)
    outcome = "to_deliberate" if worst != best else "acquired" if worst else "not_acquired"
    if open_ones:
        return Reckoned(outcome, None)
    total = sum((points for _, points in left if points is not None), Fraction(0))
    return Reckoned(outcome, float(total / 2 / len(left)))


def _reckon_block(competencies: Sequence[Reckoned]) -> Reckoned:
    """The shipped rule: every competency."""
    outcomes = {item.outcome for item in competencies}
    if "incomplete" in outcomes:
        outcome = "incomplete"
    elif "not_acquired" in outcomes:
        outcome = "not_validated"
    else:
        outcome = "to_deliberate" if "to_deliberate" in outcomes else "validated"
    scores = [item.score for item in competencies if item.score is not None]
    if len(scores) < len(competencies):
        return Reckoned(outcome, None)
    return Reckoned(outcome, sum(scores) / len(scores))


def _merge(given: Sequence[str | None], *, exempt: bool) -> tuple[str, Fraction | None]:
    """The shipped merge: the mean; every juror of the example weighs 1."""
    if exempt:
        return "exempt", None
    if any(mark is None for mark in given):
        return "missing", None
    points = [POINTS[mark] for mark in given if mark in POINTS]
    if not points:
        return "not_observed", None
    return "marked", Fraction(sum(points), len(points))


def test_decisions_are_what_the_rules_give(case: Case) -> None:
    """Every criterion, competency, bloc and candidate comes out as reckoned apart."""
    session, referential = case.session, case.referential
    compared = 0
    for candidate in case.candidates:
        record = session.candidate[candidate["id"]]
        exempt = session.exemptions_of[record.id]
        for block in candidate["blocks"]:
            if block["code"] not in record.presented:
                assert block["outcome"] in ("already_held", "not_presented")
                continue
            jurors = [
                item.juror
                for item in session.assignments_of[record.id]
                if block["code"] in item.blocks
            ]
            reckoned = []
            for competency in block["competencies"]:
                rows = []
                for criterion in competency["criteria"]:
                    code = criterion["code"]
                    given = [case.marks.get((record.id, juror, code)) for juror in jurors]
                    state, points = _merge(given, exempt=code in exempt)
                    assert criterion["state"] == state, (record.id, code)
                    assert criterion["points"] == (None if points is None else float(points))
                    rows.append((state, points))
                expected = _reckon_competency(rows)
                reckoned.append(expected)
                assert competency["outcome"] == expected.outcome, (record.id, competency["code"])
                assert competency["score"] == pytest.approx(expected.score)
                compared += 1
            expected = _reckon_block(reckoned)
            assert block["outcome"] == expected.outcome, (record.id, block["code"])
            assert block["score"] == pytest.approx(expected.score)
            assert len(block["competencies"]) == len(referential.competencies_of[block["code"]])
    assert compared > 100


def test_every_mark_is_traced_to_its_cell(case: Case) -> None:
    """Each mark of the decisions is the one typed, with the sheet and cell it was typed into."""
    for candidate in case.candidates:
        for block in candidate["blocks"]:
            for competency in block["competencies"]:
                for criterion in competency["criteria"]:
                    for mark in criterion["marks"]:
                        key = (candidate["id"], mark["juror"], criterion["code"])
                        assert mark["value"] == case.marks[key]
                        assert mark["sheet"] == block["code"]
                        assert mark["cell"].startswith("C")


WORDS = {
    "acquired": "Acquise",
    "not_acquired": "Non acquise",
    "to_deliberate": "À délibérer",
    "incomplete": "Incomplète",
}
BLOCK_WORDS = {
    "validated": "Validé",
    "not_validated": "Non validé",
    "to_deliberate": "À délibérer",
    "incomplete": "Incomplet",
}


def test_each_juror_sees_the_same_for_their_own_marks(case: Case, libreoffice: Office) -> None:
    """Recalculated by LibreOffice, each returned grid's Synthèse is what the rules give."""
    recalculated = libreoffice.recalculate(case.returned)
    for path in case.returned:
        workbook = recalculated[path]
        assert workbook.errors == ()
        number, juror = path.stem.split("_")[1:3]
        candidate = CandidateId(number)
        shown = _shown(workbook.sheets["Synthèse"])
        for block in _assigned(case, candidate, juror):
            reckoned = []
            for competency in case.referential.competencies_of[block]:
                rows = [
                    _merge(
                        [case.marks.get((candidate, juror, criterion.code))],
                        exempt=criterion.code in case.session.exemptions_of[candidate],
                    )
                    for criterion in case.referential.criteria_of[competency.code]
                ]
                expected = _reckon_competency(rows)
                reckoned.append(expected)
                assert shown[competency.code][1] == WORDS[expected.outcome]
                assert shown[competency.code][0] == pytest.approx(expected.score)
            expected = _reckon_block(reckoned)
            assert shown[block][1] == BLOCK_WORDS[expected.outcome]
            assert shown[block][0] == pytest.approx(expected.score)


def _assigned(case: Case, candidate: str, juror: str) -> Sequence[BlockCode]:
    return next(
        item.blocks
        for item in case.session.assignments
        if (item.candidate, item.juror) == (candidate, juror)
    )


def _shown(cells: Mapping[str, str | float]) -> dict[str, tuple[float | None, str]]:
    """Each code of the summary with its score and result."""
    rows: dict[int, dict[str, str | float]] = {}
    for address, value in cells.items():
        letters = address.rstrip("0123456789")
        rows.setdefault(int(address[len(letters) :]), {})[letters] = value
    header = next(
        row for row in rows.values() if {"Code", "Score", "Résultat"} <= set(row.values())
    )
    column = {str(name): letter for letter, name in header.items()}
    found: dict[str, tuple[float | None, str]] = {}
    for row in rows.values():
        code = str(row.get(column["Code"], ""))
        score = row.get(column["Score"])
        if code.startswith(("C", "BC")) and code != "Code":
            number = score if isinstance(score, float) else None
            found[code] = (number, str(row.get(column["Résultat"], "")))
    return found
