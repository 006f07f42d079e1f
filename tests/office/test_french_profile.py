"""Workbooks saved by a LibreOffice in French, and in English: nothing that is seen changes."""

from __future__ import annotations

import dataclasses
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import builders
import consolidated
import grid_files
import pytest
from office import Change, FillJob, office
from report_world import make_world
from word_packages import changed

from sheetgen.excel import formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grid_files import GridFile
    from office import Office

    from sheetgen.model import Referential

ROOT = Path(__file__).parents[2]
LEVELS = builders.referential({"C1.1": 3, "C2.1": 2})
NOTES = builders.referential({"C1.1": 2}, scale=builders.note_scale(step="1/4"))
FORMATS = frozenset(value for name, value in vars(formats).items() if name.isupper())
PASSING = "yyyy-mm-dd"
"""What openpyxl gives a date before it is told better; no cell keeps it."""


@pytest.fixture(scope="module")
def french() -> Iterator[Office]:
    """A LibreOffice as French users have it, whatever the machine's language."""
    with office(locale="fr-FR") as running:
        yield running


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A workbook of each kind: two grids, a consolidation, a référentiel, a session."""
    folder = tmp_path_factory.mktemp("written")
    names = ("grid", "notes", "consolidation", "session", "referential")
    paths = {name: folder / f"{name}.xlsx" for name in names}
    paths["grid"].write_bytes(grid(LEVELS, "2 1 2 0 2").data)
    paths["notes"].write_bytes(grid(NOTES, "12.25 8.5").data)
    rows = {
        ("1", "J1"): "2 2 2 2 2 0 0",
        ("1", "J2"): "2 0 2 2 2 0 1",
        ("2", "J1"): ". . . . . 2 2",
    }
    consolidated.write(paths["consolidation"], make_world(rows).decisions)
    shutil.copyfile(ROOT / "examples" / "session.xlsx", paths["session"])
    shutil.copyfile(ROOT / "referential.xlsx", paths["referential"])
    return paths


def grid(known: Referential, points: str) -> GridFile:
    """A grid with these marks."""
    return grid_files.write(known, builders.session(known), marks=builders.own_marks(known, points))


def codes(path: Path) -> set[str]:
    """The number formats of cells, conditions and charts."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            if re.search(r"styles\.xml|charts/chart", name):
                found.update(re.findall(r'formatCode="([^"]*)"', parts.read(name).decode()))
    return found


def test_every_number_format_written_is_declared_and_holds_no_bare_space(
    written: Mapping[str, Path],
) -> None:
    """A space beside digits is escaped: French takes it for a separator of thousands."""
    for name, path in written.items():
        found = {code.replace("&quot;", '"') for code in codes(path)}
        made = {code for code in found if re.fullmatch(r'"\S "@|General"( / |/)\d+"', code)}
        assert found - made <= {*FORMATS, PASSING}, name
    assert [code for code in FORMATS if re.search(r"(?<!\\) ", code) and "%" in code] == []


@pytest.mark.parametrize("language", ["french", pytest.param("english", marks=pytest.mark.deep)])
def test_numbers_dates_and_formulas_are_seen_alike_after_a_save(
    written: Mapping[str, Path],
    tmp_path: Path,
    language: str,
    libreoffice: Office,
    french: Office,
) -> None:
    """Texts shown, values, formulas and formats of every kind of workbook, the charts' too."""
    program = french if language == "french" else libreoffice
    files: Sequence[Path] = tuple(written.values())
    saved = program.convert(files, tmp_path, ".xlsx")
    seen = program.show([*files, *saved])
    for file, copy in zip(files, saved, strict=True):
        assert seen[copy] == seen[file]
        assert not [code for code in codes(copy) if "%" in code and "," in code]
    texts = {
        cell.text
        for file in (written["grid"], written["consolidation"])
        for cells in seen[file].values()
        for cell in cells.values()
    }
    point = "," if language == "french" else "."
    assert {"100 %", "83 %", f"87{point}5 %"} <= texts


def test_the_former_format_shows_nothing_but_zero_after_a_save_in_french(
    french: Office, tmp_path: Path
) -> None:
    """It is no longer written, for that; grids that have it are read, their marks untouched."""
    former = tmp_path / "former.xlsx"
    made = grid(LEVELS, "2 1 2 0 2")
    former.write_bytes(
        changed(made.data, "xl/styles.xml", lambda xml: xml.replace(formats.PERCENT, "0 %"))
    )
    (saved,) = french.convert([former], tmp_path / "saved", ".xlsx")
    percentages = {
        cell.text
        for cells in french.show([saved])[saved].values()
        for cell in cells.values()
        if "%" in cell.text
    }
    assert percentages == {"0%"}
    returned = dataclasses.replace(made, data=saved.read_bytes())
    assert returned.read().marks == made.read().marks


def test_a_grid_filled_in_french_is_read_exactly(french: Office, tmp_path: Path) -> None:
    """Notes are numbers there as elsewhere, whatever the mark of decimals on the screen."""
    made = grid(NOTES, "10 11")
    source, target = tmp_path / "grille.xlsx", tmp_path / "retour.xlsx"
    source.write_bytes(made.data)
    typed: dict[object, float] = {10: 12.25, 11: 0.5}
    changes = [
        Change(sheet="BC01", cell=cell.coordinate, value=typed[cell.value])
        for row in made.book["BC01"].iter_rows()
        for cell in row
        if cell.value in typed
    ]
    french.fill([FillJob(source=source, target=target, changes=changes)])
    returned = dataclasses.replace(made, data=target.read_bytes())
    assert [float(item.points or 0) for item in returned.read().marks.values()] == [12.25, 0.5]


@pytest.mark.parametrize("ending", [".xlsx", ".ods"])
def test_letters_show_as_labels_after_a_save(french: Office, tmp_path: Path, ending: str) -> None:
    """Typed in small letters, they count, are read and keep the format that shows the label."""
    levels = [
        dataclasses.replace(level, shortcut=typed)
        for level, typed in zip(builders.LEVELS, "APX", strict=True)
    ]
    scale = dataclasses.replace(builders.level_scale(levels), unobserved="O")
    known = builders.referential({"C1.1": 4}, scale=scale)
    written = grid_files.write(known, builders.session(known))
    source, saved, again = (tmp_path / name for name in ("a.xlsx", f"b{ending}", "c.xlsx"))
    source.write_bytes(written.data)
    changes = [
        Change(sheet="BC01", cell=f"C{row}", value=typed) for row, typed in enumerate("apxo", 6)
    ]
    french.fill([FillJob(source=source, target=saved, changes=changes)])
    french.fill([FillJob(source=saved, target=again, changes=[])])
    assert {formats.always(level.label) for level in levels} <= {
        code.replace("&quot;", '"') for code in codes(again)
    }
    cells = french.recalculate([again])[again].sheets["BC01"]
    assert [cells.get(f"E{row}") for row in range(6, 10)] == [2, 1, 0, None]
    read = grid_files.GridFile(plan=written.plan, stamp=written.stamp, data=saved.read_bytes())
    values = [mark.value for mark in read.read().marks.values()]
    assert values == ["Acquis", "Partiellement acquis", "Non acquis", "Non observé"]
