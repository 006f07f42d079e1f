"""Variables set what options set, and what a command refuses of them is refused without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sheetgen.cli import main
from sheetgen.workspace.environment import read_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "said",
    [
        "1",
        " 2 ",
        "0",
        "-1",
        "deux",
        "1.5",
        "true",
        "YES",
        "off",
        "oui",
        "vrai",
        "",
        "f",
        pytest.param("9" * 5000, id="huge"),
    ],
)
@pytest.mark.parametrize("variable", ["SHEETGEN_JOBS", "SHEETGEN_PDF"])
def test_what_a_command_refuses_is_refused(variable: str, said: str) -> None:
    """With the variable named, and what may be written."""
    _, problems = read_settings({variable: said})
    refused = CliRunner().invoke(main, ["generate"], env={variable: said}).exit_code == 2

    assert bool(problems) == refused
    if problems:
        assert str(problems[0]).startswith(f"variable {variable} : ")
        assert problems[0].hint.startswith("Écrire ")


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    """And the file before the default; what nobody set is none or the default."""
    (tmp_path / "sheetgen.toml").write_text('jobs = 3\noutput = "sorties"\npdf = true\n')
    settings, problems = read_settings({"SHEETGEN_JOBS": "2", "SHEETGEN_PDF": "no"})

    assert problems == []
    assert (settings["jobs"], settings["pdf"], settings["output"]) == (2, False, "sorties")
    assert (settings["session"], settings["key"], settings["quiet"]) == (
        "session.xlsx",
        None,
        False,
    )
