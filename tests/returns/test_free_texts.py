"""Whatever a juror wrote in their own words reaches the jury's files unharmed, and harms none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest
from conftest import EXAMPLES, ROOT, Workplace
from openpyxl import load_workbook
from returns.desk import raw_cell

from sheetgen import commands
from sheetgen.commands import Inputs, Options
from sheetgen.grid.read import read_grid

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "{{ candidat.nom }} {% for x in y %} {# rien #}",
    "=cmd|'/C calc'!A0",
    "<w:p/> & ]]> « guillemets » 'apostrophe' \\ fin",
    "ligne un\nligne deux\ttabulation",
    "Zoé 😀 日本語 שלום e\u0301",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "a\u202eb\u200bc",
    "x" * 32_767,
]
"""What a spreadsheet can hold and a template, a formula or XML would act upon."""

HIDDEN = ["a_x001B_[31mb", "a_x0000_b", "a_xD800_b"]
"""As XML holds them: an escape, a NUL, half a character."""


def escaped(text: str) -> str:
    """A text for XML."""
    for letter, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(letter, entity)
    return text


@pytest.fixture
def consolidated(workplace: Workplace) -> Path:
    """The folder of a consolidation that rests on one grid with these texts."""
    inputs = Inputs(
        referential=EXAMPLES / "referential.xlsx",
        session=EXAMPLES / "session.xlsx",
        templates=ROOT / "templates",
        output=workplace.folder / "outputs",
    )
    commands.generate(inputs, Options(reports=False))
    (grid,) = (workplace.outputs / "grilles" / "J1").glob("grille_C01_*.xlsx")
    data = grid.read_bytes()
    read = read_grid(data)
    rows = [row for row in read.rows if str(row.code.value).count(".") == 2]
    for row, text in zip(rows, [*TEXTS, *HIDDEN], strict=False):
        inline = f'<is><t xml:space="preserve">{escaped(text)}</t></is>'
        data = raw_cell(data, row.mark.sheet, row.comment.cell, f"inlineStr|{inline}")
        acquired = "inlineStr|<is><t>Acquis</t></is>"
        data = raw_cell(data, row.mark.sheet, row.mark.cell, acquired)
    returned = workplace.outputs / "retours" / "grille.xlsx"
    returned.parent.mkdir(parents=True, exist_ok=True)
    returned.write_bytes(data)
    result = commands.consolidate(inputs, [], Options())
    found = {problem.code for problem in result.problems}
    assert found == {"grid-missing", "marks-blank", "declaration-blank"}
    return workplace.outputs


def test_free_texts_reach_json_workbook_and_report_unharmed(consolidated: Path) -> None:
    """The jury reads what was written, to the letter, in each of its files."""
    record = json.loads((consolidated / "consolidation" / "decisions.json").read_text("utf-8"))
    candidate = next(item for item in record["candidates"] if item["id"] == "C01")
    comments = [
        mark["comment"]
        for block in candidate["blocks"]
        for competency in block["competencies"]
        for criterion in competency["criteria"]
        for mark in criterion["marks"]
    ]
    assert set(TEXTS) <= set(comments)
    book = load_workbook(consolidated / "consolidation" / "consolidation.xlsx")
    written = {cell.value for row in book["Critères"].iter_rows() for cell in row if cell.value}
    short = {text for text in TEXTS if len(text) < 1_000}
    assert all(any(text in str(value) for value in written) for text in short)
    (report,) = (consolidated / "consolidation" / "rapports").glob("rapport_C01_*.docx")
    document = docx.Document(str(report))
    body = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert all(text in body for text in short)
