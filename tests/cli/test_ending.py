"""A command that cannot go on says so in one French line, and shows no Python."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT, Workplace

from sheetgen.cli.ending import ended_in_french

if TYPE_CHECKING:
    from pathlib import Path

FULL = "La sortie du programme ne peut pas être écrite : plus de place sur le disque.\n"


def begin(workplace: Workplace, *command: str, output: int) -> subprocess.Popen[str]:
    """A command under way, its standard output going to this descriptor."""
    paths = (
        *("--referential", str(EXAMPLES / "referential.xlsx")),
        *("--session", str(EXAMPLES / "session.xlsx")),
        *("--output", str(workplace.folder / "outputs")),
    )
    return subprocess.Popen(
        [sys.executable, "-m", "sheetgen", *command, *(paths if "--help" not in command else ())],
        stdout=output,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.linux
@pytest.mark.parametrize("command", [("check",), ("check", "--json"), ("--help",)])
def test_a_full_disk_is_one_line(workplace: Workplace, command: tuple[str, ...]) -> None:
    """Results, JSON and help alike; status 1."""
    full = os.open("/dev/full", os.O_WRONLY)
    process = begin(workplace, *command, output=full)
    os.close(full)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.endswith(FULL)
    assert "Traceback" not in said
    assert "Exception" not in said


def test_a_reader_who_has_gone_is_no_matter(workplace: Workplace) -> None:
    """Nothing is said of a pipe whose reader left, such as `| head`."""
    ours, theirs = os.pipe()
    os.close(ours)
    process = begin(workplace, "check", output=theirs)
    os.close(theirs)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert "Exception" not in said


@pytest.mark.posix
def test_a_watch_that_is_interrupted_is_one_word(workplace: Workplace) -> None:
    """Ctrl+C is how a watch ends: nothing of the library that watches is seen."""
    (workplace.outputs / "retours").mkdir(parents=True)
    ours, theirs = os.pipe()
    process = begin(workplace, "status", "--watch", output=theirs)
    os.close(theirs)
    shown = b""
    while "grille(s) reçue(s)".encode() not in shown:
        more = os.read(ours, 65_536)
        assert more, process.communicate()[1]
        shown += more
    said = None
    while said is None:  # an interruption that comes while a library is loaded may be lost
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            _, said = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 1
    assert said.endswith("\nInterrompu.\n")
    assert "KeyboardInterrupt" not in said


def test_what_nobody_foresaw_ends_with_a_landmark(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever uses the program sees no traceback."""
    with pytest.raises(SystemExit) as ended, ended_in_french():
        raise LookupError
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("sheetgen : Imprévu : la commande s'est arrêtée (repère cli/ending.py:")
    assert said.count("\n") == 1


INTERRUPTED = """
from gettext import gettext
from sheetgen.cli import main

gettext("Aborted!")  # words that are still to be loaded are code made of a text, too

@main.command()
def count():
    exec("raise KeyboardInterrupt")

main(["count"])
"""


def test_an_interruption_has_one_status_wherever_it_comes(tmp_path: Path) -> None:
    """Status 1, too, amid code that Python makes of a text, as it does for each dataclass."""
    (tmp_path / "interrupted.py").write_text(INTERRUPTED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        capture_output=True,
        cwd=tmp_path,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (1, "\nInterrompu.\n")


@pytest.mark.posix
def test_streams_that_were_closed_are_no_matter(tmp_path: Path) -> None:
    """A program started without a standard output has none: nothing is shown, all is done."""
    shell = 'exec "$0" -m sheetgen init "$1" >&- 2>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, sys.executable, str(tmp_path / "neuf")], check=False, cwd=ROOT
    )
    assert done.returncode == 0
    assert (tmp_path / "neuf" / "session.xlsx").exists()
