"""The jury's workbook where marks were given in common: whose they are, and no divergence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import builders
import consolidated
import pytest
from openpyxl import load_workbook

from sheetgen.model import CandidateId, JurorCode
from sheetgen.rules import decide_session, mark_in_common

if TYPE_CHECKING:
    from openpyxl import Workbook

KNOWN = builders.referential({"C1.1": 2})
TOGETHER = JurorCode("J1+J2")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of one candidate, whom two jurors marked in common."""
    session = mark_in_common(KNOWN, builders.session(KNOWN))
    marks = {(CandidateId("1"), TOGETHER): builders.marks(KNOWN, **{TOGETHER: "2 0"})[TOGETHER]}
    decided = decide_session(KNOWN, session, marks)
    decisions = builders.session_decisions(KNOWN, session, decided)
    path = tmp_path_factory.mktemp("common") / "consolidation.xlsx"
    return load_workbook(consolidated.write(path, decisions), data_only=True)


def test_a_mark_stands_under_the_code_of_all(book: Workbook) -> None:
    """One juror's place in the row, wide enough for the code."""
    rows = consolidated.table(book["Critères"])
    assert [(row["Juré 1"], row["Appréciation 1"]) for row in rows] == [
        (TOGETHER, "Acquis"),
        (TOGETHER, "Non acquis"),
    ]
    assert "Juré 2" not in rows[0]


def test_no_divergence_is_possible_and_it_is_said(book: Workbook) -> None:
    """The sheet says why it is empty."""
    said = [cell.value for row in book["Écarts"].iter_rows() for cell in row if cell.value]
    assert any(str(text).startswith("✔ Notation commune") for text in said)


def test_the_code_is_explained_beside_the_jurors(book: Workbook) -> None:
    """By the names of its members, after those of each."""
    cells = [[cell.value for cell in row] for row in book["Synthèse"].iter_rows()]
    jury = [row[:3] for row in cells if row[0] in ("J1", "J2", TOGETHER)]
    assert [row[:2] for row in jury] == [
        ["J1", "Prénom J1 Nom J1"],
        ["J2", "Prénom J2 Nom J2"],
        [TOGETHER, "Prénom J1 Nom J1 et Prénom J2 Nom J2"],
    ]
    assert jury[-1][2] == "Notation commune"
