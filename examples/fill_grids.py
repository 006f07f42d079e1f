"""Fills the example's grids as its jurors would: LibreOffice opens each, types and saves it.

Run after `sheetgen generate` on the example session with the test key in place (see README.md):

    python examples/fill_grids.py [GRIDS]

The marks are those of marks.csv, and of late_marks.csv for what came back after the first
consolidation; the rest is in opinions.csv. What a grid is for, and where its cells are, is read in
the grid.
"""

from __future__ import annotations

import argparse
import csv
import sys
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from office import Change, FillJob, office

from sheetgen.grid.contract import (
    DECLARATION_LABEL,
    HOME_SHEET,
    OPINION_LABEL,
    REMARKS_LABEL,
    STAMP_SHEET,
    SUMMARY_SHEET,
    Column,
)
from sheetgen.text import GRID_SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLES = Path(__file__).resolve().parent
GRIDS = EXAMPLES.parent / "outputs" / "DEMO-2026" / "grilles"
RETURNS = {"marks.csv": EXAMPLES / "retours", "late_marks.csv": EXAMPLES / "retour-tardif"}
"""Where the grids go whose marks are in each file."""

GridKey = tuple[str, str]
"""A candidate's number and a juror's code."""


class GridMismatchError(Exception):
    """The grids and the data do not go together; the message says where."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What one juror writes in one grid: `(mark, comment)` by criterion, text by label.

    `returns` is the folder that the grid goes to.
    """

    returns: Path
    marks: Mapping[str, tuple[str, str]]
    texts: Mapping[str, str]


def read_answers() -> dict[GridKey, Answers]:
    """What every juror returned, from the data files."""
    marks: dict[GridKey, dict[str, tuple[str, str]]] = defaultdict(dict)
    returns: dict[GridKey, Path] = {}
    for name, folder in RETURNS.items():
        for row in _rows(name):
            key = row["candidat"], row["juré"]
            marks[key][row["critère"]] = row["évaluation"], row["observations"]
            returns[key] = folder
    texts = {
        (row["candidat"], row["juré"]): {
            OPINION_LABEL: row["avis"],
            REMARKS_LABEL: row["remarques"],
            DECLARATION_LABEL: row["déclaration"],
        }
        for row in _rows("opinions.csv")
    }
    return {
        key: Answers(returns=returns[key], marks=marks[key], texts=texts.get(key, {}))
        for key in marks
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def plan_jobs(grids: Path) -> list[FillJob]:
    """The work for LibreOffice, one job for each grid that is returned.

    Raises:
        GridMismatchError: a grid lacks a criterion that is marked, or marks lack their grid.
    """
    answers = read_answers()
    jobs = []
    for path in sorted(grids.rglob("*.xlsx")):
        book = open_grid(path)
        given = answers.pop(identity(book), None)
        if given is not None:
            target = given.returns / path.name
            jobs.append(FillJob(source=path, target=target, changes=changes(path, book, given)))
    if answers:
        raise GridMismatchError(grids, f"no grid for {', '.join('/'.join(key) for key in answers)}")
    return jobs


def open_grid(path: Path) -> Workbook:
    """The grid, to be looked at and never saved: openpyxl would lose parts, and warns so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported and will be removed")
        return openpyxl.load_workbook(path)


def identity(book: Workbook) -> GridKey:
    """Whose grid it is, as its stamp says."""
    stamp = {
        row[0]: str(row[1]) for row in book[STAMP_SHEET].iter_rows(max_col=2, values_only=True)
    }
    return stamp["candidate"], stamp["juror"]


def changes(path: Path, book: Workbook, answers: Answers) -> list[Change]:
    """Every cell that the juror fills.

    Raises:
        GridMismatchError: the grid lacks a criterion that is marked, or a label.
    """
    found: list[Change] = []
    marks = dict(answers.marks)
    for sheet in book.worksheets:
        if sheet.title not in GRID_SHEETS:
            found.extend(mark_changes(sheet, marks))
    texts = {label: text for label, text in answers.texts.items() if text}
    for name in (HOME_SHEET, SUMMARY_SHEET):
        for label in tuple(texts):
            cell = input_beside(book[name], label)
            if cell is not None:
                text = texts.pop(label)
                found.append(Change(sheet=name, cell=cell.coordinate, value=text))
    if marks or texts:
        raise GridMismatchError(path, f"no place for {', '.join((*marks, *texts))}")
    return found


def mark_changes(sheet: Worksheet, left: dict[str, tuple[str, str]]) -> Iterator[Change]:
    """The marks and comments of one bloc's sheet, taken out of those that are `left` to write."""
    columns: dict[str, int] = {}
    for row in sheet.iter_rows():
        texts = {str(cell.value): place for place, cell in enumerate(row)}
        if not columns and Column.CODE.value in texts and Column.MARK.value in texts:
            columns = texts
        elif columns:
            code = str(row[columns[Column.CODE.value]].value)
            if code in left:
                mark, comment = left.pop(code)
                for column, text in ((Column.MARK, mark), (Column.COMMENT, comment)):
                    if text:
                        cell = row[columns[column.value]]
                        yield Change(sheet=sheet.title, cell=cell.coordinate, value=text)


def input_beside(sheet: Worksheet, label: str) -> Cell | MergedCell | None:
    """The first unlocked cell to the right of the label, None where the sheet has no such label."""
    for row in sheet.iter_rows():
        for place, cell in enumerate(row):
            if cell.value == label:
                return next(
                    (beside for beside in row[place:] if not beside.protection.locked), None
                )
    return None


def main() -> None:
    """Fills the grids, and leaves in the folders of returns nothing but them."""
    parser = argparse.ArgumentParser(description="Fill the example's grids with LibreOffice.")
    parser.add_argument("grids", nargs="?", type=Path, default=GRIDS)
    jobs = plan_jobs(parser.parse_args().grids)
    with office() as libreoffice:
        libreoffice.fill(jobs)
    for folder in RETURNS.values():
        filled = {job.target for job in jobs if job.target.parent == folder}
        for stale in set(folder.glob("*.xlsx")) - filled:
            stale.unlink()
        print(f"{len(filled)} grid(s) filled in {folder.name}")


if __name__ == "__main__":
    main()
