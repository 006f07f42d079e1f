"""What one grid, one read and one report cost, against what else does the same; one process each.

Every way is timed in turn, round after round, so that a busy machine slows all alike; medians.
"""

from __future__ import annotations

import io
import shutil
import statistics
import tempfile
import time
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
from docxtpl import DocxTemplate
from lxml import etree
from sessions import KEY, filled, marked_otherwise, session_of
from unread import read_nothing

from sheetgen.documents import read_template, with_missing
from sheetgen.documents.contexts import blank_context
from sheetgen.grid import plan_grid
from sheetgen.grid.identity import stamp_grid
from sheetgen.grid.read import ReadGrid, read_grid
from sheetgen.grid.write import Stamper, write_grid
from sheetgen.problems import Problem
from sheetgen.returns import find_returns
from sheetgen.spreadsheet.contained import ReadFile, read_contained

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sheetgen.model import Candidate, Referential

_ROUNDS = 15
_MANY = 100
"""How often what is quick is done in one round, its time divided by that."""

_REPORTS = 8
"""Candidates whose reports are made in one round, its time divided by that."""

_SEVERAL = 10
"""Files that are read in one round by what takes long."""

_GRID = ReadFile(read=read_grid, answer=ReadGrid)
_NOTHING = ReadFile(read=read_nothing, answer=int)

_ALL = "sheetgen, checks and containment included"
STEP = "of which "
"""What the names of steps begin with, which are no way of their own."""

_FINDING = f"{STEP}finding and hashing"
_READING = f"{STEP}the workbook, and the grid in it"
_CONTAINMENT = f"{STEP}containment, its worker started"

Costs = dict[str, float]
"""Milliseconds, by the way of doing it; the first is sheetgen's."""

Way = tuple["Callable[[], object]", int]
"""What to time, and how many times over it does what is measured."""


def measure(ways: Mapping[str, Way], rounds: int = _ROUNDS) -> Costs:
    """The median of each way, in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (do, over) in ways.items():
            start = time.perf_counter()
            do()
            times[name].append((time.perf_counter() - start) * 1000 / over)
    return {name: statistics.median(found) for name, found in times.items()}


def grid_costs(referential: Referential) -> Costs:
    """One full grid of the référentiel."""
    session = session_of(referential, _MANY // 2)
    stamper = Stamper(referential=referential, session=session, key=KEY)
    assignments = session.assignments
    first = assignments[0]
    data = stamper.make(first)
    plain = write_grid(
        plan_grid(referential, session, first), stamp_grid(KEY, referential, session, first)
    )
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]

    def stamp() -> None:
        for assignment in assignments:
            stamper.make(assignment)

    def from_nothing() -> None:
        write_grid(
            plan_grid(referential, session, first), stamp_grid(KEY, referential, session, first)
        )

    def from_template() -> None:
        openpyxl.load_workbook(io.BytesIO(plain)).save(io.BytesIO())

    def deflate() -> None:
        for part in parts:
            zlib.compress(part, 6)

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells which parts it loses
        source = Path(folder) / "grille.xlsx"
        source.write_bytes(data)
        return measure(
            {
                "sheetgen": (stamp, len(assignments)),
                "openpyxl, template opened and saved": (from_template, 1),
                "XlsxWriter, from nothing": (from_nothing, 1),
                "deflating the parts, once": (deflate, 1),
                "copying the file": (lambda: shutil.copyfile(source, f"{folder}/copie.xlsx"), 1),
            }
        )


def read_costs(referential: Referential) -> Costs:
    """One filled grid, as it was made; no two hold the same marks."""
    session = session_of(referential, _MANY)
    stamper = Stamper(referential=referential, session=session, key=KEY)
    with tempfile.TemporaryDirectory() as folder:
        for place, assignment in enumerate(session.assignments):
            grid = filled(stamper.make(assignment), referential, place)
            Path(folder, f"{place}.xlsx").write_bytes(grid)
        return _read_costs(Path(folder))


def saved_read_costs(referential: Referential, returns: Path) -> Costs:
    """One grid as LibreOffice saves it: those of a folder, their marks changed again and again."""
    saved = [path.read_bytes() for path in sorted(returns.glob("*.xlsx"))]
    with tempfile.TemporaryDirectory() as folder:
        for place in range(2 * _MANY):
            grid = marked_otherwise(saved[place % len(saved)], referential, place)
            Path(folder, f"{place}.xlsx").write_bytes(grid)
        return _read_costs(Path(folder))


def _read_costs(folder: Path) -> Costs:
    """One of the folder's files: found, hashed, checked, and read in a worker started for them all.

    The steps are what a reading that leaves them out saves.
    """
    files, _ = find_returns([folder])
    several = [file.read() for file in files[:_SEVERAL]]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        costs = measure(
            {
                _ALL: (lambda: _read_folder(folder, _GRID), len(files)),
                "openpyxl, read-only": (lambda: _read_cells(several), _SEVERAL),
                "pandas": (lambda: _read_frames(several), _SEVERAL),
                _FINDING: (lambda: find_returns([folder]), len(files)),
                _CONTAINMENT: (lambda: _read_folder(folder, _NOTHING), len(files)),
            },
        )
    unread = costs.pop(_CONTAINMENT)
    costs[_CONTAINMENT] = unread - costs[_FINDING]
    costs[_READING] = costs[_ALL] - unread
    return costs


def _read_folder(folder: Path, how: ReadFile[Any]) -> None:
    """Reads each file of the folder, and makes the records of its rows that judging begins with."""
    files, _ = find_returns([folder])
    for _, found in read_contained(files, how, jobs=1):
        if isinstance(found, Problem):
            raise TypeError(found)
        if isinstance(found, ReadGrid) and not found.rows:
            message = "a grid without rows was read"
            raise ValueError(message)


def _read_cells(workbooks: Sequence[bytes]) -> None:
    for data in workbooks:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            list(sheet.values)


def _read_frames(workbooks: Sequence[bytes]) -> None:
    for data in workbooks:
        pd.read_excel(io.BytesIO(data), sheet_name=None)


def report_costs(referential: Referential, templates: Path) -> Costs:
    """One blank jury report, of several candidates in turn; both ways print the same text."""
    session = session_of(referential, _REPORTS)
    path = templates / "rapport-jury.docx"
    template, problems = read_template(path)
    if template is None:
        raise ValueError(problems)

    def filled(candidate: Candidate) -> bytes:
        return template.render_blank(referential, session, candidate)

    def filled_by_docxtpl(candidate: Candidate) -> bytes:
        engine = DocxTemplate(path)
        engine.render(with_missing(blank_context(referential, session, candidate), []))
        saved = io.BytesIO()
        engine.save(saved)
        return saved.getvalue()

    for candidate in session.candidates:
        if _text(filled(candidate)) != _text(filled_by_docxtpl(candidate)):
            message = f"the reports on {candidate.id} differ"
            raise ValueError(message)
    return measure(
        {
            "sheetgen": (lambda: list(map(filled, session.candidates)), _REPORTS),
            "docxtpl": (lambda: list(map(filled_by_docxtpl, session.candidates)), _REPORTS),
        },
        rounds=9,
    )


def _text(document: bytes) -> str:
    """What a document's body says."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return "".join(etree.fromstring(package.read("word/document.xml")).itertext())
