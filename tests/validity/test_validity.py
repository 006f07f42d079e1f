"""Every kind of file written here opens in Office without a repair prompt.

The judge is Microsoft's own validator, against the schemas of Office 2016.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import grid_files
import pytest
import strategies
from click.testing import CliRunner
from conftest import EXAMPLES, ROOT, Workplace
from ooxml import validate

from sheetgen.cli import main
from sheetgen.grid.write import Stamper
from sheetgen.model import Route

if TYPE_CHECKING:
    from pathlib import Path

    from grid_files import GridFile

    from sheetgen.model import Referential, Session


def kinds_of_grid() -> dict[str, GridFile]:
    """A grid of every kind, by name."""
    known = builders.referential({"C1.1": 2, "C2.1": 2})
    session = builders.session(known)
    notes = replace(known, scale=builders.note_scale())
    hundredths = replace(known, scale=builders.note_scale(step="0.01"))
    coloured = replace(
        known,
        certification=replace(known.certification, colour="FFD400", certifier="École & <fils>"),
        scale=replace(
            known.scale,
            levels=tuple(replace(level, colour="C6EFCE") for level in known.scale.levels),
        ),
    )
    alone = builders.candidate(presented=["BC02"], route=Route.BLOCKS)
    marks = builders.own_marks(known, "2 0 - .")
    exempt = builders.session(known, accommodations=[builders.exemption("C1.1.1")])
    return {
        "full": grid_files.write(known, session),
        "filled": grid_files.write(known, session, marks=marks),
        "bloc-only": grid_files.write(known, builders.session(known, candidates=[alone])),
        "exempt": grid_files.write(known, exempt),
        "notes": grid_files.write(notes, session, marks=builders.own_marks(notes, "12.5 0 - .")),
        "hundredths": grid_files.write(hundredths, session),
        "branded": grid_files.write(coloured, session, marks=marks, logo=grid_files.PIXEL),
        "stamped": stamped(known, exempt),
        "stamped-notes": stamped(notes, builders.session(notes, candidates=[alone])),
    }


def stamped(known: Referential, session: Session) -> GridFile:
    """The session's first grid, put together from parts."""
    stamper = Stamper(referential=known, session=session, key=grid_files.KEY)
    grid = grid_files.write(known, session)
    return replace(grid, data=stamper.make(grid.plan.assignment))


def test_grids_of_every_kind_are_valid(tmp_path: Path) -> None:
    """Full, filled, for a bloc alone, exemptions, notes, many notes, colours, a logo; stamped."""
    assert validate(saved(kinds_of_grid(), tmp_path)) == []


def test_grids_of_any_scale_and_rules_are_valid(tmp_path: Path) -> None:
    """Over labels that look like formulas, weights, flags and partial assignments."""
    grids = {
        f"{number}": grid_files.write(scenario.referential, scenario.session)
        for number, scenario in enumerate(strategies.sample_scenarios(12))
        if scenario.session.assignments
    }
    assert len(grids) > 8
    assert validate(saved(grids, tmp_path)) == []


def saved(grids: dict[str, GridFile], folder: Path) -> list[Path]:
    """The grids as files."""
    paths = []
    for name, grid in grids.items():
        path = folder / f"{name}.xlsx"
        path.write_bytes(grid.data)
        paths.append(path)
    return paths


@pytest.mark.parametrize(
    "path", ["referential.xlsx", "examples/referential.xlsx", "examples/session.xlsx"]
)
def test_the_shipped_workbooks_are_valid(path: str) -> None:
    """Microsoft's validator finds nothing in the repository's own files."""
    assert validate([ROOT / path]) == []


def test_templates_are_valid() -> None:
    """Those that a school starts from."""
    templates = sorted((ROOT / "templates").glob("*.docx"))
    assert templates != []
    assert validate(templates) == []


def test_everything_the_commands_write_is_valid(workplace: Workplace) -> None:
    """A grid of each juror, a blank and a filled report, the jury's workbook, on the example."""
    assert workplace.run("generate").exit_code == 0
    assert workplace.run("consolidate", str(EXAMPLES / "retours")).exit_code == 0
    written = [
        path for ending in ("xlsx", "docx") for path in workplace.outputs.rglob(f"*.{ending}")
    ]
    first = {(path.parent.name, path.suffix): path for path in sorted(written, reverse=True)}
    assert first.keys() >= {("consolidation", ".xlsx"), ("rapports", ".docx")}
    assert validate(first.values()) == []


def test_what_an_import_writes_is_valid(tmp_path: Path) -> None:
    """A draft, and a session to which a list was added: one of the example, one just made."""
    source = EXAMPLES / "import" / "referentiel.docx"
    draft, session, fresh = (tmp_path / f"{name}.xlsx" for name in ("r", "s", "neuf"))
    shutil.copyfile(EXAMPLES / "session.xlsx", session)
    people = tmp_path / "liste.csv"
    people.write_text("Nom;Prénom;Né le\nDurand;Al;28/02/1990\n", encoding="utf-8")
    for arguments in (
        [str(source), "-o", str(draft)],
        ["--candidates", str(people), "--session", str(session)],
        ["--jurors", str(people), "--session", str(fresh)],
    ):
        assert CliRunner().invoke(main, ["import", *arguments]).exit_code == 0
    assert validate([draft, session, fresh]) == []


def test_a_file_that_breaks_the_schema_is_told(tmp_path: Path) -> None:
    """The validator itself works: an element that no schema knows is named with its part."""
    known = builders.referential({"C1.1": 1})
    grid = grid_files.write(known, builders.session(known))
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in grid.parts.items():
            archive.writestr(name, part.replace(b"<sheetData>", b"<nonsense/><sheetData>"))
    found = validate([path])
    assert len(found) == 5
    assert all("nonsense" in text and "/xl/worksheets/sheet" in text for text in found)
