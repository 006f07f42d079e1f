"""The example session's files that are shown and measured, made anew in a folder."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from openpyxl import load_workbook

from sheetgen.cli import main as program
from sheetgen.grid import plan_grid
from sheetgen.grid.identity import SigningKey, stamp_grid
from sheetgen.grid.write import write_grid
from sheetgen.model import NOT_OBSERVED, Mark
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import Assignment, CriterionCode, Referential

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
MARKS = EXAMPLES / "marks.csv"
CANDIDATE, JUROR = "C02", "J1"
LETTERS = {"Acquis": "A", "Partiellement acquis": "P", "Non acquis": "X", NOT_OBSERVED: "O"}
"""What may be typed for each mark, in the référentiel with letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFiles:
    """Where they are.

    Attributes:
        blank: a grid as the juror gets it.
        lettered: another, where a letter stands for each mark.
        filled: a grid as they left it.
        paper: a blank one, to fill in with a pen.
        consolidation: the jury's workbook, before it decides.
        final: the folder of papers to sign.
    """

    blank: Path
    lettered: Path
    filled: Path
    paper: Path
    consolidation: Path
    final: Path


def make_example_files(folder: Path) -> ExampleFiles:
    """Run the commands on the example session, all its grids returned, and close it."""
    place = folder / "outputs" / "DEMO-2026"
    (place / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place / ".sheetgen" / "key")
    options = {
        "--referential": EXAMPLES / "referential.xlsx",
        "--session": EXAMPLES / "session.xlsx",
        "--templates": ROOT / "templates",
        "--output": folder / "outputs",
    }
    given = [str(part) for pair in options.items() for part in pair]
    _run(["generate", "--paper", JUROR, *given])
    for source in (EXAMPLES / "retours", EXAMPLES / "retour-tardif"):
        for path in sorted(source.glob("*.xlsx")):
            shutil.copyfile(path, place / "retours" / path.name)
    _run(["consolidate", *given])
    consolidation = folder / "consolidation.xlsx"
    shutil.copyfile(place / "consolidation" / "consolidation.xlsx", consolidation)
    _run(["finalize", str(EXAMPLES / "deliberation.xlsx"), *given])
    (blank,) = (place / "grilles" / JUROR).glob(f"*_{CANDIDATE}_*.xlsx")
    (paper,) = (place / "papier" / JUROR).glob(f"*_{CANDIDATE}_*.docx")
    lettered = lettered_referential(folder)
    options |= {"--referential": lettered, "--output": folder / "lettered"}
    _run(["generate", "--no-reports", *(str(part) for pair in options.items() for part in pair)])
    (with_letters,) = (folder / "lettered").rglob(f"grille_{CANDIDATE}_{JUROR}_*.xlsx")
    filled = folder / "grille.xlsx"
    filled.write_bytes(_filled_grid())
    return ExampleFiles(
        blank=blank,
        lettered=with_letters,
        filled=filled,
        paper=paper,
        consolidation=consolidation,
        final=place / "final",
    )


def lettered_referential(folder: Path) -> Path:
    """Write the example's référentiel with a letter for each mark, and return where."""
    book = load_workbook(EXAMPLES / "referential.xlsx")
    scale, rules = book["Échelle"], book["Règles"]
    (column,) = (cell.column for cell in scale[1] if cell.value == "Raccourci")
    for row in range(2, scale.max_row + 1):
        if label := scale.cell(row, 1).value:
            scale.cell(row, column, LETTERS[str(label)])
    (row,) = (cell.row for cell in rules["A"] if cell.value == "Raccourci Non observé")
    rules.cell(row, 2, LETTERS[NOT_OBSERVED])
    target = folder / "lettered.xlsx"
    book.save(target)
    return target


def _run(arguments: list[str]) -> None:
    told = CliRunner(env={"SHEETGEN_NO_REGISTER": "true"}).invoke(program, arguments)
    if told.exit_code:
        raise ValueError(told.output)


def _filled_grid() -> bytes:
    """Return the grid of candidate and juror, with the marks that the example gives."""
    referential, problems = read_referential(EXAMPLES / "referential.xlsx")
    if referential is None:
        raise ValueError(problems)
    session, problems = read_session(EXAMPLES / "session.xlsx", referential)
    if session is None:
        raise ValueError(problems)
    assignment = next(
        a for a in session.assignments if (a.candidate, a.juror) == (CANDIDATE, JUROR)
    )
    stamp = stamp_grid(SigningKey(bytes(32)), referential, session, assignment)
    plan = plan_grid(referential, session, assignment)
    return write_grid(plan, stamp, _marks(referential, assignment))


def _marks(referential: Referential, assignment: Assignment) -> Mapping[CriterionCode, Mark]:
    """Return the marks of marks.csv for one grid."""
    points = {level.label: level.points for level in referential.scale.levels}
    with MARKS.open(encoding="utf-8", newline="") as file:
        rows = {
            row["critère"]: row
            for row in csv.DictReader(file, delimiter=";")
            if (row["candidat"], row["juré"]) == (assignment.candidate, assignment.juror)
        }
    return {
        item.code: Mark(
            juror=assignment.juror,
            criterion=item.code,
            value=rows[item.code]["évaluation"],
            points=points.get(rows[item.code]["évaluation"]),
            comment=rows[item.code]["observations"],
        )
        for item in referential.criteria
        if item.code in rows
    }
