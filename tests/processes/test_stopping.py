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


def helpers_of(command: psutil.Process) -> list[psutil.Process]:
    """Return who works for the command: copies of itself under Linux, elsewhere of a server."""
    children = command.children()
    if sys.platform == "linux":
        return children
    found: list[psutil.Process] = []
    for child in children:
        with suppress(psutil.Error):
            if "multiprocessing.forkserver" in " ".join(child.cmdline()):
                found += child.children()
    return found


SOURCES = 2
"""How many source workbooks are read, each by a process of its own, before others begin."""


def after_sources(command: psutil.Popen) -> psutil.Process:
    """The first process after those that read sources, as soon as it is there.

    It tries the templates, or makes grids where no Word document is asked for.
    """
    seen: dict[int, psutil.Process] = {}
    while command.poll() is None:
        for process in helpers_of(command):
            seen.setdefault(process.pid, process)
        if len(seen) > SOURCES:
            return list(seen.values())[SOURCES]
        time.sleep(0.01)
    pytest.fail(command.stderr.read())


def test_a_worker_that_is_killed_is_one_message(large_session: Path, tmp_path: Path) -> None:
    """Status 1, in French, without a traceback; every grid there is, is whole."""
    command = begin(large_session, tmp_path, "--no-reports")
    after_sources(command).kill()
    _, said = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "Un processus de travail s'est arrêté brutalement" in said
    assert "Traceback" not in said
    for grid in (tmp_path / "GRANDE" / "grilles").rglob("*.xlsx"):
        assert zipfile.is_zipfile(grid)


@pytest.mark.parametrize("options", [[], ["--no-reports"]])
def test_an_interruption_is_one_word(
    large_session: Path, tmp_path: Path, options: list[str]
) -> None:
    """Ctrl+C reaches each process of the terminal; those that are just starting say nothing."""
    command = begin(large_session, tmp_path, *options)
    after_sources(command)
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
    after_sources(command)
    others = command.children(recursive=True)
    command.kill()
    assert ended(others)
    command.communicate(timeout=60)
