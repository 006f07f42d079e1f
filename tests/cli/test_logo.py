"""The certifier's logo: from its path in the référentiel to the grids and the papers."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Workplace
from openpyxl import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

LOGO_ROW = 16


def _with_logo(folder: Path, name: str) -> Path:
    """The shipped référentiel, naming this logo."""
    book = load_workbook(ROOT / "referential.xlsx")
    sheet = book["Certification"]
    assert sheet.cell(LOGO_ROW, 1).value == "Logo"
    sheet.cell(LOGO_ROW, 2).value = name
    target = folder / "referential.xlsx"
    book.save(target)
    return target


def test_logo_stands_in_grids(tmp_path: Path, workplace: Workplace) -> None:
    """A logo beside the référentiel is found by its relative path and put into each grid."""
    image = (ROOT / "docs" / "images" / "grille.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(image)
    referential = _with_logo(tmp_path, "logo.png")
    result = workplace.run("generate", "--no-reports", "--referential", str(referential))
    assert result.exit_code == 0, result.output
    grid = workplace.outputs / "grilles" / "J1" / "grille_C01_J1_Exemple.xlsx"
    with zipfile.ZipFile(grid) as package:
        assert package.read("xl/media/image1.png") == image


@pytest.mark.parametrize(
    ("content", "code"), [(None, "logo-unreadable"), (b"not an image", "logo-unusable")]
)
def test_logo_that_cannot_be_used_is_said(
    tmp_path: Path, workplace: Workplace, content: bytes | None, code: str
) -> None:
    """A logo that is missing or no image is a warning, and the rest goes on."""
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    referential = _with_logo(tmp_path, "logo.png")
    result = workplace.run("check", "--referential", str(referential), "--json")
    assert result.exit_code == 0
    assert code in {item["code"] for item in json.loads(result.stdout)["problems"]}
