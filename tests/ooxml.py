"""Microsoft's Open XML validator on files written here: what it accepts, Office opens as it is.

`scripts/install-validator` brings the program; `make test` runs that first.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

OFFICE_VERSION = "Office2016"
"""The oldest that files are made for; what it opens, later ones do."""


class ValidatorMissing(Exception):  # noqa: N818 (it names the state, and is no fault of the code)
    """The validator is not installed."""


def validate(paths: Iterable[Path]) -> list[str]:
    """Everything wrong with the files, each with its file and part; empty when all are valid.

    Raises:
        ValidatorMissing: run `sh scripts/install-validator` first.
    """
    program = _find_validator()
    return [
        f"{path.name}, {error['path']}: {error['description']}"
        for path in paths
        for error in _errors(program, path)
    ]


def _errors(program: Path, path: Path) -> list[dict[str, str]]:
    command = [str(program), str(path), OFFICE_VERSION]
    answer = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    found: list[dict[str, str]] = json.loads(answer.stdout)["errors"]
    return found


def _find_validator() -> Path:
    """The stand-alone program for this machine, which needs no Node.js once it is there."""
    packages = Path(sys.prefix) / "ooxml-validator" / "node_modules" / "@xarsh"
    for name in ("ooxml-validator", "ooxml-validator.exe"):
        for program in sorted(packages.glob(f"ooxml-validator-*/{name}")):
            return program
    message = f"no validator under {packages}: run sh scripts/install-validator {sys.prefix}"
    raise ValidatorMissing(message)
