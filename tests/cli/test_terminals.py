"""Commands on narrow or colourless terminals, through pipes, with old code pages, on Windows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT, Workplace
from openpyxl import load_workbook
from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3\d|9\d|4\d)(?:;[\d;]*)?m")


def run(
    place: Workplace, command: str, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, with these environment variables, output piped."""
    return subprocess.run(
        [sys.executable, "-m", "sheetgen", *typed(place, command, *arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(**variables),
    )


def typed(place: Workplace, command: str, *arguments: str) -> list[str]:
    """A command on the example's files."""
    options = {
        "--referential": EXAMPLES / "referential.xlsx",
        "--session": EXAMPLES / "session.xlsx",
        "--output": place.folder / "outputs",
    }
    given = [str(part) for pair in options.items() if pair[0] not in arguments for part in pair]
    return [command, *given, *arguments]


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without what changes terminals, and with these variables."""
    dropped = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8", "TERM"}
    return {key: value for key, value in os.environ.items() if key not in dropped} | variables


def on_a_terminal(command: Sequence[str], **variables: str) -> str:
    """Return what a command shows on a terminal."""
    import pty  # noqa: PLC0415 (Windows has none, and the other tests run there)

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sheetgen", *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env=environment(TERM="xterm-256color", **variables),
    )
    os.close(theirs)
    shown = bytearray()
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not data:
            break
        shown += data
    process.wait()
    os.close(ours)
    return shown.decode()


@pytest.mark.posix
def test_a_terminal_gets_colours(workplace: Workplace) -> None:
    """The colours that the other tests look for are there in the first place."""
    assert COLOUR.search(on_a_terminal(typed(workplace, "check")))


@pytest.mark.posix
def test_no_color_is_respected(workplace: Workplace) -> None:
    """With NO_COLOR set, a terminal gets no colour; the words stay."""
    shown = on_a_terminal(typed(workplace, "check"), NO_COLOR="1")
    assert not COLOUR.search(shown)
    assert "Attention" in shown


@pytest.mark.posix
def test_a_terminal_gets_no_line_wider_than_itself(workplace: Workplace) -> None:
    """On 70 columns, `check` of the example wraps at spaces and loses nothing."""
    command = typed(workplace, "check", "--referential", str(ROOT / "referential.xlsx"))
    shown = on_a_terminal(command, COLUMNS="70", NO_COLOR="1")
    lines = shown.replace("\r", "").replace("\x1b[0m", "").splitlines()
    words = " ".join(" ".join(lines).replace("\N{NO-BREAK SPACE}", " ").split())
    assert "7 champs de la feuille Certification ne sont pas remplis" in words
    assert [line for line in lines if len(line) > 70 and not line.strip().startswith("/")] == []


def test_a_pipe_gets_no_escape(workplace: Workplace) -> None:
    """What goes to a file or to another program is plain text, without a bar."""
    done = run(workplace, "generate", "--no-reports")
    assert done.returncode == 0
    assert ESCAPE.encode() not in done.stdout + done.stderr


LONG_NAMES = {
    "Candidats!B2": "Exemple de Nom Particulièrement Long et Composé",
    "Candidats!C2": "Marie-Antoinette Joséphine Bénédicte",
    "Candidats!B3": "Nomsansaucuneespacequidépassetouteslargeursraisonnables",
    "Jurés!B2": "Un Nom de Juré Vraiment Très Long, Composé Aussi",
}


def changed_session(target: Path, changes: dict[str, str]) -> Path:
    """The example's session with other values in these cells."""
    workbook = load_workbook(EXAMPLES / "session.xlsx")
    for place, value in changes.items():
        sheet, cell = place.split("!")
        workbook[sheet][cell] = value
    workbook.save(target)
    return target


@pytest.mark.parametrize("command", ["status", "consolidate"])
def test_tables_fit_the_terminal(tmp_path: Path, workplace: Workplace, command: str) -> None:
    """Long names are folded, whole; no line of a table is wider than the terminal."""
    session = changed_session(tmp_path / "session.xlsx", LONG_NAMES)
    options = ["--session", str(session), "--jobs", "1"]
    if command == "consolidate":
        options.append("--no-reports")
    shown = run(workplace, command, *options, COLUMNS="80").stdout.decode()
    lines = [line for line in shown.splitlines() if line[:1] in "┏┃┡│└"]
    assert lines
    assert max(map(cell_len, lines)) <= 80
    assert "Nomsansaucuneespacequidépassetouteslargeursraisonnables" in "".join(
        line.split("│")[2].strip() for line in lines if line.startswith("│") and line.count("│") > 3
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_any_code_page_is_enough(workplace: Workplace, encoding: str) -> None:
    """Characters that a terminal lacks are shown by their nearest; nothing crashes."""
    for command in ("status", "consolidate"):
        done = run(workplace, command, PYTHONIOENCODING=encoding)
        assert done.returncode in {0, 1}
        shown = (done.stdout + done.stderr).decode(encoding)
        assert "Traceback" not in shown
        assert "\\x" not in shown
    assert "Propositions" in shown
    assert ("✔ validé" in shown) == (encoding == "utf-8")
    assert ("V valid" in shown) == (encoding != "utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp850"])
def test_help_and_usage_errors_survive_any_code_page(encoding: str) -> None:
    """So do the library's own words."""
    for words in (["--help"], ["generate", "--help"], ["chek"], ["check", "--sesion"]):
        done = subprocess.run(
            [sys.executable, "-m", "sheetgen", *words],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env=environment(PYTHONIOENCODING=encoding),
        )
        assert done.returncode in {0, 2}
        assert b"Traceback" not in done.stderr


def test_json_is_utf_8_whatever_the_code_page(workplace: Workplace) -> None:
    """A program reads the same report on every machine."""
    done = run(workplace, "check", "--json", PYTHONIOENCODING="ascii")
    report = json.loads(done.stdout.decode("utf-8"))
    assert any("L'exemption du critère" in item["message"] for item in report["problems"])


def everybody_marks_everybody(target: Path) -> Path:
    """The example's session without assignments or incompatibilities: 36 grids."""
    workbook = load_workbook(EXAMPLES / "session.xlsx")
    assignments, jurors = workbook["Affectations"], workbook["Jurés"]
    assignments.delete_rows(2, assignments.max_row)
    headers = [cell.value for cell in jurors[1]]
    column = headers.index("Incompatible avec") + 1
    for row in range(2, jurors.max_row + 1):
        jurors.cell(row, column).value = None
    workbook.save(target)
    return target


SPAWN = """
import multiprocessing, sys
multiprocessing.set_start_method("spawn", force=True)
from sheetgen.cli import main
main(sys.argv[1:], prog_name="sheetgen")
"""


def spawned(place: Workplace, command: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A command whose processes start as on Windows and macOS: from nothing."""
    return subprocess.run(
        [sys.executable, "-c", SPAWN, *typed(place, command, *arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )


def test_grids_are_written_by_processes_started_from_nothing(
    tmp_path: Path, workplace: Workplace
) -> None:
    """Enough grids for several processes, started as Windows does, and the same bytes."""
    options = ["--session", str(everybody_marks_everybody(tmp_path / "session.xlsx"))]
    options += ["--no-reports", "--jobs"]
    done = spawned(workplace, "generate", *options, "2")
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    grids = sorted((workplace.outputs / "grilles").rglob("*.xlsx"))
    assert len(grids) >= 32
    before = [path.read_bytes() for path in grids]
    shutil.rmtree(workplace.outputs / "grilles")
    workplace.run("generate", *options, "1")
    assert [path.read_bytes() for path in grids] == before


def test_returns_are_read_by_processes_started_from_nothing(workplace: Workplace) -> None:
    """The example's returns, read by processes started as Windows does."""
    shutil.copytree(EXAMPLES / "retours", workplace.outputs / "retours")
    done = spawned(workplace, "status", "--jobs", "2", "--json")
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    report = json.loads(done.stdout)
    assert (report["received"], report["expected"]) == (20, 21)


def test_a_grid_that_cannot_be_replaced_is_said(workplace: Workplace) -> None:
    """What is in a grid's place, as Excel holding it open, is one message; the rest is written."""
    held = workplace.outputs / "grilles" / "J1" / "grille_C01_J1_Exemple.xlsx"
    held.mkdir(parents=True)
    result = workplace.run("generate", "--no-reports")
    assert result.exit_code == 1
    assert f"{held} : Le fichier ne peut pas être écrit : un dossier porte ce nom." in result.output
    assert "Le fermer s'il est ouvert dans Excel" in result.output
    others = [path for path in (workplace.outputs / "grilles").rglob("*.xlsx") if path.is_file()]
    assert len(others) == 20


def test_a_consolidation_that_cannot_be_replaced_is_said(workplace: Workplace) -> None:
    """A consolidation.xlsx held by another program is named itself, and not a passing draft."""
    held = workplace.outputs / "consolidation" / "decisions.csv"
    held.mkdir(parents=True)
    result = workplace.run("consolidate", "--no-reports")
    assert result.exit_code == 1
    assert f"{held} : Le fichier ne peut pas être écrit : un dossier porte ce nom." in result.output


def test_an_output_that_is_a_file_is_said(tmp_path: Path) -> None:
    """A file where the output folder should be is a message too."""
    place = Workplace(folder=tmp_path)
    (tmp_path / "outputs").write_text("")
    result = place.run("generate", "--no-reports")
    assert result.exit_code == 1
    assert "Le fichier ne peut pas être écrit" in result.output
    assert "Not a directory" not in result.output
    assert "File exists" not in result.output


def test_init_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A file where the workspace should go is a message."""
    (tmp_path / "pris").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "sheetgen", "init", str(tmp_path / "pris" / "ma-session")],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert done.returncode == 1
    assert "ne peut pas être préparé : un fichier porte" in done.stderr.decode()
