"""The README's tour: its commands, read from it, and a place to run them as they are typed there.

A step stands between `<!-- tour: NAME -->` and `<!-- end -->`: a block of console lines, in which
`$ ` begins a command and what follows is what it prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_STEP = re.compile(r"<!-- tour: (\S+) -->\n```console\n(.*?)```\n<!-- end -->", re.DOTALL)
_PROMPT = "$ "
_WIDTH = 100
"""Of a line in the README; longer ones are cut there."""


class TourError(Exception):
    """A command of the tour fails; the message is what it printed."""

    def __init__(self, command: str, printed: str) -> None:
        super().__init__(f"{command}\n{printed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One block of the tour."""

    name: str
    commands: tuple[str, ...]


def read_steps(text: str) -> list[Step]:
    """The steps of a README, in order."""
    return [
        Step(name=name, commands=tuple(_commands(block))) for name, block in _STEP.findall(text)
    ]


def rewrite_tour(text: str, printed: Callable[[str], str]) -> str:
    """The README with what each command prints; `printed` runs one and returns that."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for command in _commands(match[2]):
            lines.append(f"{_PROMPT}{command}")
            lines += [_cut(line.rstrip()) for line in printed(command).splitlines()]
        content = "".join(f"{line}\n" for line in lines)
        return f"<!-- tour: {match[1]} -->\n```console\n{content}```\n<!-- end -->"

    return _STEP.sub(block, text)


def _commands(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(_PROMPT):
            yield line.removeprefix(_PROMPT)


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"


@contextmanager
def typed_commands() -> Iterator[Mapping[str, str]]:
    """The environment in which `sheetgen` is this checkout's, installed or not."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "sheetgen"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sheetgen "$@"\n', "utf-8")
        program.chmod(0o755)
        path = os.pathsep.join((folder, os.environ["PATH"]))
        sources = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        # A setting of the person who runs it would show in what is printed.
        others = {key: text for key, text in os.environ.items() if not key.startswith("SHEETGEN_")}
        # What is only shown is recorded beside the rest of what is shown.
        register = str(Path("outputs") / "register.sqlite")
        yield {**others, "PATH": path, "PYTHONPATH": sources, "SHEETGEN_REGISTER": register}


def print_of(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints in a folder, on a plain terminal 80 columns wide.

    Raises:
        TourError: the command fails.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env={**environment, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        check=False,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise TourError(command, done.stdout)
    return done.stdout
