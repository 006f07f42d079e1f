"""Grids for tests: written in one line, and looked into part by part."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from office import Change

from sheetgen.grid import GridPlan, plan_grid
from sheetgen.grid.contract import SUMMARY_HEADER, SUMMARY_SHEET
from sheetgen.grid.identity import GridStamp, SigningKey, stamp_grid
from sheetgen.grid.read import parse_grid
from sheetgen.grid.write import write_grid
from sheetgen.returns import MarkReader
from sheetgen.spreadsheet import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl.workbook import Workbook

    from sheetgen.grid.read import ReadGrid
    from sheetgen.grid.write import Answers
    from sheetgen.model import (
        AssessmentDecision,
        Assignment,
        BlockDecision,
        CompetencyDecision,
        CriterionCode,
        Mark,
        Referential,
        Session,
    )
    from sheetgen.returns import ReadMarks

KEY = SigningKey(bytes(range(32)))
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
"""A PNG image, one pixel in size."""

Value = str | float
Cells = dict[tuple[str, str], Value]
"""Values by sheet and address; an empty cell is an empty text."""


@dataclass(frozen=True, kw_only=True)
class GridFile:
    """A grid as written, and what it was written from."""

    plan: GridPlan
    stamp: GridStamp
    data: bytes

    @cached_property
    def book(self) -> Workbook:
        """With its formulas."""
        return _open(self.data, values=False)

    @cached_property
    def values(self) -> Workbook:
        """With the values stored beside them."""
        return _open(self.data, values=True)

    @cached_property
    def parts(self) -> Mapping[str, bytes]:
        """The files in it, by name."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def stored(self) -> Cells:
        """The value stored beside every formula."""
        found: Cells = {}
        for sheet in self.book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        value = self.values[sheet.title][cell.coordinate].value
                        found[sheet.title, cell.coordinate] = _plain(value)
        return found

    def formulas(self) -> Iterator[str]:
        """Every formula: in cells, conditions, validations, names and charts."""
        for name, part in self.parts.items():
            if not name.endswith(".xml"):
                continue
            for element in ET.fromstring(part).iter():
                tag = element.tag.rpartition("}")[2]
                if tag in ("f", "formula", "formula1", "formula2", "definedName"):
                    yield element.text or ""

    def read_whole(self) -> ReadGrid:
        """Everything that `consolidate` finds in it."""
        return parse_grid(read_workbook(self.data))

    def read(self) -> ReadMarks:
        """Return the grid's marks as `consolidate` reads them."""
        reader = MarkReader(referential=self.plan.referential)
        whole, plan = self.read_whole(), self.plan
        return reader.read(whole, plan.scope, plan.assignment, "grille.xlsx", {})


def write(
    known: Referential,
    session: Session,
    assignment: Assignment | None = None,
    marks: Mapping[CriterionCode, Mark] | None = None,
    **given: Answers | bytes | None,
) -> GridFile:
    """A grid, of the session's first assignment unless another is given.

    `given` are `answers`, what the juror wrote outside the bloc sheets, and `logo`, an image.
    """
    chosen = assignment or session.assignments[0]
    logo, answers = given.get("logo"), given.get("answers")
    assert logo is None or isinstance(logo, bytes)
    assert not isinstance(answers, bytes)
    plan = plan_grid(known, session, chosen, logo)
    stamp = stamp_grid(KEY, known, session, chosen)
    return GridFile(plan=plan, stamp=stamp, data=write_grid(plan, stamp, marks, answers))


def summary_lines(cells: Mapping[str, Value]) -> dict[str, tuple[Value, Value]]:
    """Score and result by code, from the cells of a summary sheet; an empty score is ""."""
    rows: dict[int, dict[str, Value]] = {}
    for address, value in cells.items():
        letters, number = re.fullmatch(r"([A-Z]+)([0-9]+)", address).groups()  # type: ignore[union-attr]
        rows.setdefault(int(number), {})[letters] = value
    header = next(
        number
        for number, row in sorted(rows.items())
        if tuple(row.get(letter) for letter in "ABCD") == SUMMARY_HEADER
    )
    return {
        str(row["A"]): (row.get("C", ""), row.get("D", ""))
        for number, row in rows.items()
        if number > header and "A" in row
    }


def summary_of(book: Workbook) -> dict[str, tuple[Value, Value]]:
    """Return the summary of a workbook that was opened with its values."""
    sheet = book[SUMMARY_SHEET]
    cells = {
        cell.coordinate: _plain(cell.value)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    return summary_lines(cells)


def _open(data: bytes, *, values: bool) -> Workbook:
    """The workbook, to be looked at and never saved: openpyxl would lose parts, and warns so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* extension is not supported and will be removed")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def _plain(value: object) -> Value:
    if value is None:
        return ""
    return value if isinstance(value, str) else float(str(value))


def line(decision: AssessmentDecision | BlockDecision | CompetencyDecision) -> tuple[Value, Value]:
    """Return the score and the result, as a sheet shows them."""
    score = "" if decision.score is None else float(decision.score)
    return score, decision.outcome.value


def differences(found: Cells, expected: Cells) -> list[str]:
    """Return where values differ, numbers by more than floating point blurs."""
    return [
        f"{place}: {found.get(place)!r} found, {value!r} expected"
        for place, value in expected.items()
        if not same(found.get(place, ""), value)
    ]


def same(left: Value, right: Value) -> bool:
    """Return whether two cells say the same."""
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    return left == pytest.approx(right, abs=1e-9)


def assert_lines(
    found: Mapping[str, tuple[Value, Value]], expected: Mapping[str, tuple[Value, Value]]
) -> None:
    """The summary has these lines and no other, in these words and with these scores."""
    assert found.keys() == expected.keys()
    for code, (score, outcome) in expected.items():
        assert found[code][1] == outcome, code
        assert same(found[code][0], score), code


def typed(grid: GridFile, marks: Mapping[CriterionCode, Mark]) -> Iterator[Change]:
    """Return what a juror would type, mark by mark."""
    for block in grid.plan.blocks:
        for item in block.criteria:
            mark = marks.get(item.criterion.code)
            if mark and item.is_asked:
                value = mark.value if isinstance(mark.value, str) else float(mark.value)
                cell = f"C{item.row + 1}"
                yield Change(sheet=block.block.code, cell=cell, value=value)
