"""A grid filled by real key strokes, in a LibreOffice that is seen, is read back mark by mark."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from conftest import Workplace
from example_files import CANDIDATE, EXAMPLES, JUROR, lettered_referential
from screen import LAPTOP, screen
from screen_measures import WAYS, fill, marks_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.deep


@pytest.mark.parametrize("way", ["Tab", "letters", "shortcuts"])
def test_every_mark_that_is_typed_is_the_mark_that_is_read(way: str, tmp_path: Path) -> None:
    """71 criteria marked by keys alone, saved by Ctrl+S, consolidated: each mark is right."""
    place = Workplace(folder=tmp_path)
    (place.outputs / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
    given = ["--referential", str(lettered_referential(tmp_path))] if way == "shortcuts" else []
    assert place.run("generate", "--no-reports", *given).exit_code == 0
    (grid,) = (place.outputs / "grilles" / JUROR).glob(f"*_{CANDIDATE}_*.xlsx")
    with screen(LAPTOP) as shown:
        typed = {item.code: item.mark for item in fill(shown, grid, WAYS[way])}
        shutil.copyfile(shown.save(), place.outputs / "retours" / grid.name)
    assert typed == marks_of(grid)
    assert len(typed) == 71
    told = place.run("consolidate", *given)
    assert told.exit_code == 0, told.output
    decisions = json.loads((place.outputs / "consolidation" / "decisions.json").read_text("utf-8"))
    assert dict(_read(decisions)) == typed


def test_a_letter_is_not_completed_by_a_word_that_stands_for_a_mark(tmp_path: Path) -> None:
    """« a » for Acquis stays « a » above « Absent », which no juror may give."""
    title = EXAMPLES / "referentiels" / "titre-developpeur"
    files = ["--referential", str(title / "referential.xlsx")]
    files += ["--session", str(title / "session.xlsx")]
    place = Workplace(folder=tmp_path)
    assert place.run("generate", "--no-reports", *files).exit_code == 0
    (grid,) = (place.outputs.parent / "DEV-2026" / "grilles" / "J1").glob("*_D05_*.xlsx")
    with screen(LAPTOP) as shown:
        shown.open(grid)
        shown.go("BC01")
        cell = shown.cursor()
        shown.write("a")
        shown.press("Return")
        assert shown.values("BC01", f"{cell}:{cell}") == [["a"]]


def _read(decisions: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each criterion of the candidate, with the juror's mark."""
    candidate = next(item for item in decisions["candidates"] if item["id"] == CANDIDATE)
    for block in candidate["blocks"]:
        for competency in block["competencies"]:
            for criterion in competency["criteria"]:
                for mark in criterion["marks"]:
                    assert mark["juror"] == JUROR
                    yield criterion["code"], mark["value"]
