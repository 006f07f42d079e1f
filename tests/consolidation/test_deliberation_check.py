"""« Contrôle » says of a reason what Python says, in a workbook of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from recalculation import recalculate

from sheetgen.consolidation.deliberation_check import (
    DONE,
    REASON_DUE,
    Fillings,
    LineCells,
    LineState,
    check_formula,
    check_value,
)
from sheetgen.consolidation.layout import Choice
from sheetgen.text import FILLING_WORDS, FILLINGS, LETTERS, SIGNS

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office

REASONS = (
    *("", "ok", "RAS.", "ok ok ok ok", "Motif  motif idem", "xxxx", "abab abab", "aa bb", "2026"),
    *("12 ok 34", "Même motif", "MÊME MÊME", "ok, ok", "Fraude", "Hors sujet", "à côté du sujet"),
    *(
        "Idem BC01 : analyse absente",
        "Обман доказан",
        "a\u00a0b\u00a0c",
        "L’oral n’a pas convaincu",
    ),
    *("vu", "peu clair", "ok vu", "R.A.S. vu à l'oral", "Œuvre non remise", "= 3", "<>", "…"),
)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A line for each reason, refused blocs all of them, beside the lists that formulas use."""
    path = tmp_path_factory.mktemp("motifs") / "motifs.xlsx"
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    sheet, lists = book.add_worksheet("Délibération"), book.add_worksheet("_listes")
    ranges = []
    for column, items in enumerate((FILLINGS, FILLING_WORDS, LETTERS, SIGNS)):
        for row, item in enumerate(items):
            lists.write_string(row, column, item)
        letter = "ABCD"[column]
        ranges.append(f"'_listes'!${letter}$1:${letter}${len(items)}")
    texts, words, letters, signs = ranges
    listed = Fillings(texts=texts, words=words, letters=letters, signs=signs)
    for row, reason in enumerate(REASONS, 1):
        cells = LineCells(
            proposal=f"$A${row}",
            decision=f"$B${row}",
            reason=f"$C${row}",
            fillings=listed,
            adoption="$F$1",
        )
        sheet.write_row(row - 1, 0, [Choice.NOT_VALIDATED.value, Choice.NOT_VALIDATED.value])
        sheet.write_string(row - 1, 2, reason)
        sheet.write_formula(row - 1, 3, check_formula(cells, review=False))
    book.close()
    return path


EXPECTED = [
    check_value(
        LineState(
            proposal=Choice.NOT_VALIDATED.value,
            decision=Choice.NOT_VALIDATED.value,
            reason=reason,
        )
    )
    for reason in REASONS
]


def test_ironcalc_agrees_with_python(workbook: Path) -> None:
    """Line by line."""
    found = recalculate(workbook)
    said = [found.value("Délibération", f"D{row}") for row in range(1, len(REASONS) + 1)]
    assert dict(zip(REASONS, said, strict=True)) == dict(zip(REASONS, EXPECTED, strict=True))
    assert {*said} == {REASON_DUE, DONE}


def test_libreoffice_agrees_with_python(workbook: Path, libreoffice: Office) -> None:
    """Line by line."""
    cells = libreoffice.recalculate([workbook])[workbook].sheets["Délibération"]
    said = [cells[f"D{row}"] for row in range(1, len(REASONS) + 1)]
    assert dict(zip(REASONS, said, strict=True)) == dict(zip(REASONS, EXPECTED, strict=True))
