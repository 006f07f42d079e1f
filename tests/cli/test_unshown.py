"""A référentiel that grids cannot show yet: `check` accepts it, `generate` refuses it whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner
from conftest import ROOT
from shaped_workbooks import shaped_referential, shaped_session
from workbooks import save

from sheetgen.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def run(command: str, folder: Path) -> tuple[int, list[str]]:
    """The status of a command on the shaped workbooks, and the codes of what it tells."""
    options = {
        "--referential": save(folder / "referential.xlsx", shaped_referential()),
        "--session": save(folder / "session.xlsx", shaped_session()),
        "--templates": ROOT / "templates",
        "--output": folder / "outputs",
    }
    arguments = [str(part) for pair in options.items() for part in pair]
    result = CliRunner().invoke(main, [command, *arguments, "--json", "--no-reports"])
    told = json.loads(result.stdout)["problems"]
    return result.exit_code, [item["code"] for item in told]


def test_generate_names_what_cannot_be_shown_and_writes_nothing(tmp_path: Path) -> None:
    """One problem for all of it, and no grid that would be wrong."""
    assert run("generate", tmp_path) == (1, ["not-shown-yet"])
    assert not (tmp_path / "outputs").exists()


def test_check_accepts_it(tmp_path: Path) -> None:
    """Nothing is wrong with it."""
    assert run("check", tmp_path) == (0, [])
