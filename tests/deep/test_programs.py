"""Grids saved anew by programs that jurors may have, each driven for real: `make deep`."""

from __future__ import annotations

from subprocess import CalledProcessError
from typing import TYPE_CHECKING

import builders
import compatibility
import pytest
from compatibility_page import render_table
from ironcalc import WorkbookError
from make_workbooks import ROOT
from programs import Way, find_ways
from returns.desk import Desk, marks

from sheetgen.model import ReturnStatus
from sheetgen.problems import grid_marks as kinds
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from office import Office

pytestmark = pytest.mark.deep


@pytest.fixture(scope="module")
def ways(libreoffice: Office) -> Sequence[Way]:
    """Every program in every format that it writes and sheetgen reads."""
    return [way for way in find_ways(libreoffice) if way.ending != ".fods"]


def test_the_page_says_what_becomes_of_grids_that_programs_saved_anew(
    libreoffice: Office, tmp_path: Path
) -> None:
    """After a change that is meant: `.venv/bin/python scripts/compatibility.py`."""
    outcomes = compatibility.measure(libreoffice, tmp_path)
    assert [item for item in outcomes if item.changed and not item.rejected] == []
    page = compatibility.PAGE.read_text(encoding="utf-8")
    assert render_table(outcomes).splitlines() == [
        line for line in page.partition("## Ce qui a été")[2].splitlines() if line.startswith("|")
    ]


def test_notes_that_programs_saved_anew_are_the_same(ways: Sequence[Way], tmp_path: Path) -> None:
    """Numbers with decimals, zero, the highest, and not observed, whatever the format."""
    known = builders.referential({"C1.1": 6}, scale=builders.note_scale(step="1/10"))
    desk = Desk(referential=known, session=builders.session(known))
    source = tmp_path / "grille.xlsx"
    source.write_bytes(desk.grid(points="12.3 0 20 - 0.1 19.9"))
    expected = ["123/10", "0", "20", "Non observé", "1/10", "199/10"]
    for place, way in enumerate(ways):
        target = tmp_path / str(place) / f"rendue{way.ending}"
        target.parent.mkdir()
        way.save({source: target})
        collection = desk.collect({target.name: target.read_bytes()})
        assert [str(mark.value) for mark in marks(collection).values()] == expected, way
        assert collection.returns[0].status is ReturnStatus.ACCEPTED, way


def test_sources_that_programs_saved_anew_say_the_same(libreoffice: Office, tmp_path: Path) -> None:
    """A school may fill its workbooks with what it likes, as long as that writes an .xlsx."""
    files = [ROOT / "examples" / name for name in ("referential.xlsx", "session.xlsx")]
    usual = _read_sources(*files)
    for place, way in enumerate(find_ways(libreoffice)):
        if way.ending != ".xlsx":
            continue
        targets = [tmp_path / str(place) / file.name for file in files]
        targets[0].parent.mkdir()
        try:
            way.save(dict(zip(files, targets, strict=True)))
        except (CalledProcessError, WorkbookError):
            continue  # some cannot open what openpyxl wrote
        assert _read_sources(*targets) == usual, way


def _read_sources(first: Path, second: Path) -> tuple[object, ...]:
    referential, problems = read_referential(first)
    session, others = read_session(second, referential)
    said = [(item.code, item.location.cell) for item in (*problems, *others)]
    return referential, session, said


def test_blank_grids_that_programs_saved_anew_stay_blank(
    ways: Sequence[Way], tmp_path: Path
) -> None:
    """No program makes a mark of a case that nobody filled."""
    desk = Desk()
    source = tmp_path / "grille.xlsx"
    source.write_bytes(desk.grid(points=""))
    for place, way in enumerate(ways):
        target = tmp_path / str(place) / f"rendue{way.ending}"
        target.parent.mkdir()
        way.save({source: target})
        collection = desk.collect({target.name: target.read_bytes()})
        (item,) = collection.returns
        assert marks(collection) == {}, way
        assert item.status is ReturnStatus.INCOMPLETE, way
        assert kinds.MARKS_BLANK.code in {problem.code for problem in item.problems}, way
