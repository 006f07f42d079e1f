"""Commands that die half-way: killed as a machine stops, or on a disk that takes no more."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from conftest import EXAMPLES, ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import Workplace

_KILL = """
import os, signal, sys
from pathlib import Path
left = int(sys.argv[1])
moved = Path.replace
def come_nearer():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def replace(path, target):
    come_nearer()
    return moved(path, target)
Path.replace = replace
{more}
from sheetgen.cli.commands import main
main(sys.argv[2:], prog_name="sheetgen")
"""
"""sheetgen, killed when it is about to put its n-th file in place."""

_COMMITS = """
from sqlalchemy.engine.default import DefaultDialect
committed = DefaultDialect.do_commit
def do_commit(dialect, connection):
    come_nearer()
    committed(dialect, connection)
    come_nearer()
DefaultDialect.do_commit = do_commit
"""
"""Before each commit of a database and after it, too."""

_FILL = """
import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from sheetgen.cli.commands import main
main(sys.argv[2:], prog_name="sheetgen")
"""
"""sheetgen, whose files the system lets grow to so many bytes."""


def arguments_for(place: Workplace) -> list[str]:
    """Return the options that name the example's files and the folder of a place."""
    options = {
        "--referential": EXAMPLES / "referential.xlsx",
        "--session": EXAMPLES / "session.xlsx",
        "--templates": ROOT / "templates",
        "--output": place.folder / "outputs",
    }
    return [str(part) for pair in options.items() for part in pair]


def is_killed(after: int, arguments: Sequence[str], *, commits: bool = False) -> bool:
    """Run a command until it has put so many files in place; whether it was killed then.

    With `commits`, what a database commits counts twice, before and after.
    """
    program = _KILL.replace("{more}", _COMMITS if commits else "")
    return _run(program, after, arguments).returncode == -signal.SIGKILL


def run_on_full_disk(limit: int, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file beyond so many bytes."""
    return _run(_FILL, limit, arguments)


def _run(program: str, number: int, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    # Of a module that it is the first to load, Python may leave a cache that is cut short.
    command = [sys.executable, "-B", "-c", program, str(number), *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
