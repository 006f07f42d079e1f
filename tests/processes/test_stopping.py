"""A command that is interrupted, killed, or loses a process: one message, nothing left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import docx
import psutil
import pytest
from conftest import ROOT
from process_tree import ended

from sheetgen.model import JurorRole, Route
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.posix  # signals, and groups of processes

ENDLESS = (
    "{% for a in range(99999) %}{% for b in range(99999) %}"
    "{% if a == b + 1 %}{{ session.code }}{% endif %}{% endfor %}{% endfor %}"
)


@pytest.fixture
def large_session(tmp_path: Path) -> Path:
    """A session whose grids are worth two processes: 700 candidates before two jurors."""
    file = tmp_path / "session.xlsx"
    candidates = [
        {"N°": f"{place:03}", "Nom": f"Nom{place}", "Prénom": "Zoé", "Parcours": Route.FULL.value}
        for place in range(700)
    ]
    jurors = [
        {"Code": code, "Nom": code, "Prénom": "Odile", "Externe": "Oui", "Rôle": role.value}
        for code, role in (("J1", JurorRole.PRESIDENT), ("J2", JurorRole.MEMBER))
    ]
    contents = Contents(
        fields={"Session": {"Code": "GRANDE"}}, rows={"Candidats": candidates, "Jurés": jurors}
    )
    write_source_workbook(file, SESSION, contents)
    return file


def begin(session: Path, output: Path, *options: str) -> psutil.Popen:
    """`generate` by two processes, as a terminal would run it, where it hears Ctrl+C."""
    command = [sys.executable, "-m", "sheetgen", "generate", "--jobs", "2", "--output", str(output)]
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return psutil.Popen(
            [*command, "--referential", "referential.xlsx", "--session", str(session), *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, heard)


def servers_of(command: psutil.Process) -> list[psutil.Process]:
    """Return the process that workers are copies of; readers of sources come and go meanwhile."""
    found: list[psutil.Process] = []
    for child in command.children():
        with suppress(psutil.Error):
            if "multiprocessing.forkserver" in " ".join(child.cmdline()):
                found.append(child)
    return found


def copied_of(command: psutil.Process) -> list[psutil.Process]:
    """Return the process that the others are copies of, once it is loading what they need."""
    found: list[psutil.Process] = []
    for child in servers_of(command):
        with suppress(psutil.Error):
            if child.cpu_times().user > 0.1:
                found.append(child)
    return found


def workers_of(command: psutil.Process) -> list[psutil.Process]:
    """Processes started by the server of copies: workers, after who reads sources elsewhere."""
    found: list[psutil.Process] = []
    for child in servers_of(command):
        with suppress(psutil.Error):
            found += child.children()
    return found


def first(
    of: Callable[[psutil.Process], list[psutil.Process]], command: psutil.Popen, *, after: int = 0
) -> psutil.Process:
    """The first such process that comes after so many others, as soon as there is one."""
    seen: dict[int, psutil.Process] = {}
    while command.poll() is None:
        for process in of(command):
            seen.setdefault(process.pid, process)
        if len(seen) > after:
            return list(seen.values())[after]
        time.sleep(0.01)
    pytest.fail(command.stderr.read())


SOURCES = 0 if sys.platform == "linux" else 2
"""How many source workbooks are read, each by such a process, before grids are made. Linux copies
the command itself for that."""


def test_a_worker_that_is_killed_is_one_message(large_session: Path, tmp_path: Path) -> None:
    """Status 1, in French, without a traceback; every grid there is, is whole."""
    command = begin(large_session, tmp_path, "--no-reports")
    first(workers_of, command, after=SOURCES).kill()
    _, said = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "Un processus de travail s'est arrêté brutalement" in said
    assert "Traceback" not in said
    for grid in (tmp_path / "GRANDE" / "grilles").rglob("*.xlsx"):
        assert zipfile.is_zipfile(grid)


def test_an_interruption_is_one_word(large_session: Path, tmp_path: Path) -> None:
    """Ctrl+C reaches each process of the terminal; those that are just starting say nothing."""
    command = begin(large_session, tmp_path)
    first(copied_of, command)
    os.killpg(command.pid, signal.SIGINT)
    try:
        _, said = command.communicate(timeout=30)
    except subprocess.TimeoutExpired:  # lxml loses an interruption that comes while it is loaded
        os.killpg(command.pid, signal.SIGINT)
        _, said = command.communicate(timeout=60)
    assert (command.returncode, said) == (1, "\nInterrompu.\n")


@pytest.fixture
def endless_templates(tmp_path: Path) -> Path:
    """Templates of which one takes for ever to be tried."""
    templates = shutil.copytree(ROOT / "templates", tmp_path / "templates")
    report = docx.Document(str(templates / "rapport-jury.docx"))
    report.add_paragraph(ENDLESS)
    report.save(str(templates / "rapport-jury.docx"))
    return templates


@pytest.mark.parametrize("reports", [True, False])
def test_no_process_outlives_the_command(
    large_session: Path, endless_templates: Path, tmp_path: Path, *, reports: bool
) -> None:
    """Whatever became of it: neither what tries a template that never ends, nor who makes grids."""
    options = ["--templates", str(endless_templates)] if reports else ["--no-reports"]
    command = begin(large_session, tmp_path, *options)
    first(workers_of, command, after=SOURCES)
    others = command.children(recursive=True)
    command.kill()
    assert ended(others)
    command.communicate(timeout=60)
