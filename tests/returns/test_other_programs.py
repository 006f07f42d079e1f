"""Grids that other programs than Excel and LibreOffice saved anew are read back exactly.

`make deep` drives more of them: tests/deep/test_programs.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ironcalc
import pytest
from office import Change, FillJob
from returns.desk import CELLS, DESK, edited, marks, said

from sheetgen.grid.write import Answers
from sheetgen.model import CriterionCode, ReturnStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from office import Office


def saved_by_openpyxl(data: bytes, folder: Path) -> bytes:  # noqa: ARG001 - as the others
    """The grid opened and saved by openpyxl."""
    return edited(data, lambda book: None)  # noqa: ARG005 - it changes nothing


def saved_by_ironcalc(data: bytes, folder: Path) -> bytes:
    """The grid opened, calculated and saved by ironcalc."""
    source, target = folder / "reçue.xlsx", folder / "rendue.xlsx"
    source.write_bytes(data)
    book = ironcalc.load_from_xlsx(str(source), "fr", "Europe/Paris", "fr")
    book.evaluate()
    book.save_to_xlsx(str(target))
    return target.read_bytes()


@pytest.mark.parametrize("save", [saved_by_openpyxl, saved_by_ironcalc])
def test_a_grid_saved_by_a_library_is_read_back_exactly(
    tmp_path: Path, save: Callable[[bytes, Path], bytes]
) -> None:
    """Marks, comments, answers and identity are those of the original; nothing is said."""
    original = DESK.grid()
    before = DESK.collect({"grille.xlsx": original})
    after = DESK.collect({"grille.xlsx": save(original, tmp_path)})
    (item,), (same,) = before.returns, after.returns
    assert same.status is ReturnStatus.ACCEPTED
    assert marks(after) == marks(before)
    for name in ("candidate", "juror", "declaration", "opinion", "remarks", "problems"):
        assert getattr(same, name) == getattr(item, name)


def written(length: int) -> str:
    """An observation of so many characters, none of them a blank at its end."""
    return ("Argumente. " * 40)[: length - 1] + "…"


@pytest.mark.parametrize(
    ("ending", "length", "expected"),
    [
        (".xls", 255, ["answer-perhaps-cut", "comment-perhaps-cut"]),
        (".xls", 254, []),
        (".xls", 300, []),
        (".xlsx", 255, []),
    ],
)
def test_a_text_that_may_be_cut_is_pointed_out(
    libreoffice: Office, tmp_path: Path, ending: str, length: int, expected: list[str]
) -> None:
    """Some programs cut the texts of an .xls to 255 characters; they count all the same."""
    text = written(length)
    source, target = tmp_path / "grille.xlsx", tmp_path / f"rendue{ending}"
    source.write_bytes(DESK.grid(answers=Answers(declaration=True, opinion=text, remarks="Rien")))
    sheet, cell = CELLS["C1.1.3"]
    change = Change(sheet=sheet, cell=f"D{cell[1:]}", value=text)
    libreoffice.fill([FillJob(source=source, target=target, changes=[change])])
    collection = DESK.collect({target.name: target.read_bytes()})
    (item,) = collection.returns
    assert item.status is ReturnStatus.ACCEPTED
    assert [code for code, _, _ in said(item.problems)] == expected
    assert item.opinion == text
    assert marks(collection)[CriterionCode("C1.1.3")].comment == text
