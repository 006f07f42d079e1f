"""A juror without a computer: paper printed, a pen, and somebody who types what was ticked."""

from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EXAMPLES, Workplace
from fill_grids import input_beside, open_grid
from handing_world import text_of

from sheetgen.grid.contract import DECLARATION_LABEL, HOME_SHEET, TYPED_BY_LABEL

if TYPE_CHECKING:
    from pathlib import Path

TYPIST = "Claire Greffière"
_RETURN_BY = "Date limite de retour"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Return the example session, generated with the third juror's grids on paper."""
    made = Workplace(folder=tmp_path_factory.mktemp("pen"))
    (made.outputs / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", made.outputs / ".sheetgen" / "key")
    done = made.run("generate", "--paper", "j3")
    assert done.exit_code == 0, done.output
    return made


def typed(grid: Path, target: Path) -> None:
    """Type a mark for every criterion of a grid, and by whom that was done."""
    book = open_grid(grid)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4) if sheet.title.startswith("BC") else ():
            if str(row[0].value).count(".") == 2 and row[2].value is None:
                row[2].value = "Acquis"
    home = book[HOME_SHEET]
    for label, text in ((DECLARATION_LABEL, "Oui"), (TYPED_BY_LABEL, TYPIST)):
        cell = input_beside(home, label)
        assert cell is not None
        cell.value = text
    book.save(target)


def test_paper_lies_apart_with_its_archive_and_its_draft(place: Workplace) -> None:
    """One document per candidate of that juror, packed whole, for that juror alone."""
    paper = place.outputs / "papier"
    names = sorted(path.name for path in (paper / "J3").iterdir())
    grids = sorted(path.stem for path in (place.outputs / "grilles" / "J3").iterdir())
    assert [name.replace("papier", "grille").removesuffix(".docx") for name in names] == grids
    with zipfile.ZipFile(paper / "J3.zip") as archive:
        assert archive.namelist() == names
    assert b"X-Unsent: 1" in (paper / "J3.eml").read_bytes()
    assert sorted(path.name for path in paper.iterdir()) == ["J3", "J3.eml", "J3.zip"]


def test_a_second_generate_keeps_paper_up_to_date(place: Workplace, tmp_path: Path) -> None:
    """Without the option too, once there is some: what is printed tomorrow says the new date."""
    shutil.copytree(place.folder, tmp_path / "place")
    again = Workplace(folder=tmp_path / "place")
    book = open_grid(EXAMPLES / "session.xlsx")
    book["Session"]["B4"] = "29/06/2026"
    book.save(tmp_path / "session.xlsx")
    form = again.outputs / "papier" / "J3" / "papier_C04_J3_Lafiction.docx"
    before = form.read_bytes()
    assert again.run("generate", "--session", str(tmp_path / "session.xlsx")).exit_code == 0
    assert form.read_bytes() != before


def test_the_mail_says_by_when_paper_comes_back(place: Workplace, tmp_path: Path) -> None:
    """As the session does; a session without such a day has no such line."""
    draft = text_of((place.outputs / "papier" / "J3.eml").read_bytes())
    book = open_grid(EXAMPLES / "session.xlsx")
    (row,) = [row for row in book["Session"].iter_rows() if row[0].value == _RETURN_BY]
    assert f"\n   Date limite de retour : {row[1].value:%d/%m/%Y}\n" in draft
    row[1].value = None
    book.save(tmp_path / "session.xlsx")
    shutil.copytree(place.folder, tmp_path / "place")
    again = Workplace(folder=tmp_path / "place")
    assert again.run("generate", "--session", str(tmp_path / "session.xlsx")).exit_code == 0
    without = text_of((again.outputs / "papier" / "J3.eml").read_bytes())
    assert "limite" not in without
    assert "vous pourrez relire.\n\nCes grilles" in without
    assert "ensemble" not in draft


def test_who_typed_is_in_the_decisions(place: Workplace, tmp_path: Path) -> None:
    """Of that grid alone; grids of before, without the cell, are read as ever."""
    shutil.copytree(place.folder, tmp_path / "place")
    here = Workplace(folder=tmp_path / "place")
    returns = here.outputs / "retours"
    for name in ("retours", "retour-tardif"):
        shutil.copytree(EXAMPLES / name, returns, dirs_exist_ok=True)
    name = "grille_C04_J3_Lafiction.xlsx"
    typed(here.outputs / "grilles" / "J3" / name, returns / name)
    done = here.run("consolidate", "--no-reports")
    assert done.exit_code == 0
    assert TYPED_BY_LABEL not in done.output
    text = (here.outputs / "consolidation" / "decisions.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["returns"]
    assert {item["status"] for item in found} == {"accepted"}
    assert {
        (item["candidate"], item["juror"], item["typed_by"]) for item in found if item["typed_by"]
    } == {("C04", "J3", TYPIST)}


def test_paper_for_nobody_is_refused_and_the_rest_made(workplace: Workplace) -> None:
    """A code that no juror has is told with those there are."""
    result = workplace.run("generate", "--no-reports", "--paper", "J9")
    assert result.exit_code == 1
    assert "« J9 » n'est le code d'aucun juré" in result.output
    assert "1 erreur(s)" in result.output  # no folder of paper is missed
    assert len(list((workplace.outputs / "grilles").rglob("*.xlsx"))) == 21
