"""Workbooks as text: what `git diff` shows of them once set up as CONTRIBUTING.md says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from conftest import ROOT
from openpyxl import Workbook, load_workbook
from workbook_to_text import workbook_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCRIPT = ROOT / "scripts" / "workbook_to_text.py"


def saved(path: Path, *rows: Sequence[str | float | date | time | None]) -> Path:
    """A workbook of one sheet, « Blocs », with these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Blocs"
    for row in rows:
        sheet.append([*row])
    book.save(path)
    return path


def test_rows_are_lines_under_their_sheet(tmp_path: Path) -> None:
    """Cells stand between bars; what ends a row empty, and empty rows, are left out."""
    path = saved(tmp_path / "a.xlsx", ("Code", "Intitulé", None), (None, None), ("BC01", "Un"))
    assert list(workbook_lines(path)) == ["## Blocs", "Code | Intitulé", "BC01 | Un"]


def test_values_are_shown_on_one_line(tmp_path: Path) -> None:
    """Line breaks, dates, times, formulas and numbers each have their text."""
    moment = datetime.fromisoformat("2026-06-15T09:30")
    path = saved(
        tmp_path / "a.xlsx",
        ("un\ndeux", date(2026, 6, 15), time(9, 30), moment, "=SUM(A1:A2)", 0.5, True),
    )
    assert list(workbook_lines(path))[1] == (
        "un ⏎ deux | 2026-06-15 | 09:30:00 | 2026-06-15T09:30:00 | =SUM(A1:A2) | 0.5 | True"
    )


def test_hidden_sheets_are_shown_and_named_so(tmp_path: Path) -> None:
    """A hidden sheet may change too: it is shown, and said to be hidden."""
    path = saved(tmp_path / "a.xlsx", ("Code",))
    book = load_workbook(path)
    book.create_sheet("Listes").sheet_state = "hidden"
    book.save(path)
    assert list(workbook_lines(path)) == ["## Blocs", "Code", "## Listes (hidden)"]


def test_file_that_is_no_workbook_is_said_to_be_none(tmp_path: Path) -> None:
    """A damaged file does not stop the diff of the others."""
    path = tmp_path / "a.xlsx"
    path.write_text("plain text", encoding="utf-8")
    assert list(workbook_lines(path)) == ["Not a workbook that can be read: File is not a zip file"]


def test_shipped_workbook_is_converted() -> None:
    """The référentiel's sheets and rows are there, its long texts on one line each."""
    lines = list(workbook_lines(ROOT / "referential.xlsx"))
    assert "## Blocs" in lines
    assert "BC01 | A1 | Elaboration d’un plan de développement commercial" in lines


def test_git_shows_what_changed_in_a_workbook(tmp_path: Path) -> None:
    """With the repository's attributes and the setting of CONTRIBUTING.md, a diff is readable."""
    shutil.copyfile(ROOT / ".gitattributes", tmp_path / ".gitattributes")

    def git(*arguments: str) -> str:
        command = [
            "git",
            "-C",
            str(tmp_path),
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
        ]
        setting = ["-c", f'diff.workbook.textconv="{sys.executable}" "{SCRIPT}"']
        done = subprocess.run(
            [*command, *setting, *arguments], capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout

    git("init", "--quiet")
    saved(tmp_path / "a.xlsx", ("Code", "Intitulé"), ("BC01", "Un"), ("BC02", "Deux"))
    git("add", ".")
    git("commit", "--quiet", "--message", "first")
    saved(tmp_path / "a.xlsx", ("Code", "Intitulé"), ("BC01", "Premier"), ("BC02", "Deux"))
    changed = [line for line in git("diff").splitlines() if line[0] in "+-"][2:]
    assert changed == ["-BC01 | Un", "+BC01 | Premier"]
