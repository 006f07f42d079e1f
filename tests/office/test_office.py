"""The driver on a real LibreOffice: what it writes, reads, refuses and leaves behind."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import office
import openpyxl
import pytest
from docx import Document
from office import CellError, Change, FillJob, OfficeError, OfficeMissing, Trial
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from office import Office

pytestmark = pytest.mark.office


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    """A small protected workbook: two unlocked cells, one restricted to a list, and a total."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "BC01"
    sheet["A1"] = "Code"
    sheet["B1"] = 1
    sheet["B3"] = "=B1+B2"
    for address in ("B1", "B2"):
        sheet[address].protection = Protection(locked=False)
    listed = DataValidation(type="list", formula1='"Acquis,Non acquis"')
    sheet.add_data_validation(listed)
    listed.add("B1")
    sheet.protection.enable()
    path = tmp_path / "grille été.xlsx"
    book.save(path)
    return path


def read(path: Path) -> dict[str, object]:
    """The values cached in the first sheet."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet = book.worksheets[0]
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}


def test_fill_writes_texts_numbers_and_blanks(
    libreoffice: Office, grid: Path, tmp_path: Path
) -> None:
    """A saved copy holds what was written, its formula follows, and the source is untouched."""
    before = grid.read_bytes()
    target = tmp_path / "retours" / "G-012.xlsx"
    changes = [
        Change(sheet="BC01", cell="B1", value=None),
        Change(sheet="BC01", cell="B2", value=12.5),
    ]
    libreoffice.fill([FillJob(source=grid, target=target, changes=changes)])
    assert read(target) == {"A1": "Code", "B2": 12.5, "B3": 12.5}
    assert grid.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["grille été.xlsx", "retours"]


def test_fill_keeps_a_text_a_text(libreoffice: Office, grid: Path, tmp_path: Path) -> None:
    """A text that looks like a formula or a number stays a text, its line break included."""
    target = tmp_path / "rendu.xlsx"
    changes = [
        Change(sheet="BC01", cell="B1", value="=1+1"),
        Change(sheet="BC01", cell="B2", value="12\nd’accord"),
    ]
    libreoffice.fill([FillJob(source=grid, target=target, changes=changes)])
    cells = libreoffice.recalculate([target])[target].sheets["BC01"]
    assert cells["B1"] == "=1+1"
    assert cells["B2"] == "12\nd’accord"


def test_fill_writes_a_formula_when_told(libreoffice: Office, grid: Path, tmp_path: Path) -> None:
    """A change marked as a formula is one, and its value is calculated."""
    target = tmp_path / "rendu.xlsx"
    change = Change(sheet="BC01", cell="B2", value="=SUM(B1;40)", formula=True)
    libreoffice.fill([FillJob(source=grid, target=target, changes=[change])])
    assert read(target)["B2"] == 41
    assert read(target)["B3"] == 42


def test_a_change_is_tried_out_without_being_saved(libreoffice: Office, grid: Path) -> None:
    """The cells before and after it; a locked one is refused as when the workbook is filled."""
    saved = grid.read_bytes()
    change = Change(sheet="BC01", cell="B2", value=12.5)
    ((before, after),) = libreoffice.try_out([Trial(source=grid, changes=[change])])
    assert before.sheets["BC01"] == {"A1": "Code", "B1": 1, "B3": 1}
    assert after.sheets["BC01"] == {"A1": "Code", "B1": 1, "B2": 12.5, "B3": 13.5}
    assert grid.read_bytes() == saved
    locked = Trial(source=grid, changes=[Change(sheet="BC01", cell="A1", value="Autre")])
    with pytest.raises(OfficeError, match="BC01!A1 is locked"):
        libreoffice.try_out([locked])


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls", ".xlsm"])
def test_fill_saves_in_the_format_of_the_ending(
    libreoffice: Office, grid: Path, tmp_path: Path, ending: str
) -> None:
    """Every spreadsheet format that a juror may send back can be written and read again."""
    target = tmp_path / f"rendu{ending}"
    change = Change(sheet="BC01", cell="B2", value=2)
    libreoffice.fill([FillJob(source=grid, target=target, changes=[change])])
    signature = {".ods": b"PK", ".xlsx": b"PK", ".xlsm": b"PK", ".xls": b"\xd0\xcf\x11\xe0"}
    assert target.read_bytes().startswith(signature[ending])
    assert libreoffice.recalculate([target])[target].sheets["BC01"]["B3"] == 3


def test_fill_refuses_a_locked_cell_and_still_does_the_rest(
    libreoffice: Office, grid: Path, tmp_path: Path
) -> None:
    """What a juror could not type is refused by name; the other workbooks are filled."""
    locked = FillJob(
        source=grid,
        target=tmp_path / "a.xlsx",
        changes=[Change(sheet="BC01", cell="A1", value="Autre")],
    )
    unknown = FillJob(
        source=grid,
        target=tmp_path / "b.xlsx",
        changes=[Change(sheet="BC09", cell="A1", value="Autre")],
    )
    good = FillJob(
        source=grid,
        target=tmp_path / "c.xlsx",
        changes=[Change(sheet="BC01", cell="B2", value=5)],
    )
    with pytest.raises(OfficeError) as failure:
        libreoffice.fill([locked, unknown, good])
    assert str(failure.value).splitlines() == [
        f"{grid}: BC01!A1 is locked",
        f"{grid}: it has no sheet BC09",
    ]
    assert not (tmp_path / "a.xlsx").exists()
    assert read(tmp_path / "c.xlsx")["B3"] == 6


def test_recalculate_replaces_values_that_were_cached(libreoffice: Office, grid: Path) -> None:
    """A file without cached values shows its formulas' results."""
    assert read(grid) == {"A1": "Code", "B1": 1}
    found = libreoffice.recalculate([grid])[grid]
    assert found.sheets == {"BC01": {"A1": "Code", "B1": 1.0, "B3": 1.0}}
    assert found.errors == ()


def test_recalculate_names_every_formula_in_error(libreoffice: Office, tmp_path: Path) -> None:
    """Errors are found in any cell of any sheet, with what the cell shows."""
    book = openpyxl.Workbook()
    first, second = book.worksheets[0], book.create_sheet("Seconde feuille")
    first.title = "Une"
    first["A1"] = "=INCONNUE(1)"
    first["AB3"] = "=1/0"
    first["A2"] = "=1+1"
    second["C2"] = '=1+"deux"'
    second["C3"] = "=SUM(1,"
    second["D3"] = "=NA()"
    path = tmp_path / "erreurs.xlsx"
    book.save(path)
    found = libreoffice.recalculate([path])[path]
    assert set(found.errors) == {
        CellError(sheet="Seconde feuille", cell="C3", text="Err:511"),
        CellError(sheet="Une", cell="A1", text="#NAME?"),
        CellError(sheet="Une", cell="AB3", text="#DIV/0!"),
        CellError(sheet="Seconde feuille", cell="C2", text="#VALUE!"),
        CellError(sheet="Seconde feuille", cell="D3", text="#N/A"),
    }
    assert found.sheets["Une"]["A2"] == 2


def test_convert_prints_workbooks_and_documents(
    libreoffice: Office, grid: Path, tmp_path: Path
) -> None:
    """A workbook and a Word document become PDF files under the same names."""
    report = tmp_path / "rapport.docx"
    document = Document()
    document.add_paragraph("Rapport du jury")
    document.save(str(report))
    made = libreoffice.convert([grid, report], tmp_path / "pdf", ".pdf")
    assert made == [tmp_path / "pdf" / "grille été.pdf", tmp_path / "pdf" / "rapport.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)


def test_convert_refuses_a_format_that_does_not_fit(
    libreoffice: Office, grid: Path, tmp_path: Path
) -> None:
    """A workbook does not become a Word document, and a missing file is named."""
    with pytest.raises(OfficeError, match=r"it cannot be saved as \.docx"):
        libreoffice.convert([grid], tmp_path, ".docx")
    with pytest.raises(OfficeError, match=r"rien\.xlsx: No such file or directory"):
        libreoffice.convert([tmp_path / "rien.xlsx"], tmp_path, ".pdf")


def test_a_job_that_takes_too_long_is_given_up(libreoffice: Office, grid: Path) -> None:
    """A job past its time fails by name, and the next one is served by a new LibreOffice."""
    with pytest.raises(OfficeError, match=r"did not finish within 0\.001 seconds"):
        libreoffice.recalculate([grid], timeout=0.001)
    assert libreoffice.recalculate([grid])[grid].sheets["BC01"]["B3"] == 1


def test_nothing_runs_or_remains_once_the_block_is_left(
    grid: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a process nor a temporary folder outlives the block, even when it fails."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    message = "stop"
    with pytest.raises(KeyError), office.office() as running:  # noqa: PT012 (the work matters)
        running.recalculate([grid])
        (folder,) = scratch.iterdir()
        raise KeyError(message)
    assert list(scratch.iterdir()) == []
    running_programs = subprocess.run(
        ["/bin/ps", "axww"], capture_output=True, text=True, check=True
    ).stdout
    assert folder.name not in running_programs


def test_a_killed_client_leaves_nothing_behind(grid: Path, tmp_path: Path) -> None:
    """When the program that uses the driver is killed, LibreOffice ends and its folder goes."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    script = f"""
        import os, signal, sys
        from pathlib import Path
        sys.path.insert(0, {str(Path(office.__file__).parent)!r})
        from office import office
        with office() as running:
            running.recalculate([Path({str(grid)!r})])
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run(
        [sys.executable, "-c", dedent(script)], env={"TMPDIR": str(scratch)}, check=False
    )
    assert ended.returncode == -9
    wait_until_empty(scratch)


def wait_until_empty(folder: Path) -> None:
    """Returns once the folder is empty; fails after a minute."""
    for _ in range(300):
        if not any(folder.iterdir()):
            return
        time.sleep(0.2)
    pytest.fail(f"{folder} still holds {list(folder.iterdir())}")


def test_a_missing_installation_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice on the machine, the message gives the command that brings it."""
    monkeypatch.setattr(office, "find_libreoffice", lambda: None)
    with pytest.raises(OfficeMissing) as failure, office.office():
        pass
    assert str(failure.value) == (
        "LibreOffice was not found. Install it, on Debian or Ubuntu: apt-get install "
        "libreoffice-calc libreoffice-writer python3-uno poppler-utils"
    )


def test_a_libreoffice_that_does_not_start_is_reported(grid: Path) -> None:
    """A program that ends at once is an error that names the file, and no wait."""
    found = office.find_office()
    broken = office.Installation(program=Path("/bin/false"), python=found.python)
    with (
        office.office(broken) as running,
        pytest.raises(OfficeError, match=r"été\.xlsx: LibreOffice ended at once"),
    ):
        running.recalculate([grid])


def test_a_driver_that_ends_is_reported(grid: Path) -> None:
    """Where the program that drives LibreOffice is gone, the work is refused, not awaited."""
    found = office.find_office()
    gone = office.Installation(program=found.program, python=Path("/bin/false"))
    with office.office(gone) as running, pytest.raises(OfficeError, match="the LibreOffice driver"):
        running.recalculate([grid])
