"""The commands write the same bytes and say the same, whoever does their work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLES, ROOT

from sheetgen.cli import main
from sheetgen.commands import Inputs, Options, check, shares
from sheetgen.consolidation import division
from sheetgen.documents import school_templates
from sheetgen.processes import executing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from distributed import LocalCluster

    from sheetgen.documents import Templates
    from sheetgen.problems import Problem

OUTPUTS = Path("outputs") / "DEMO-2026"
INPUTS = {
    "--referential": EXAMPLES / "referential.xlsx",
    "--session": EXAMPLES / "session.xlsx",
    "--templates": ROOT / "templates",
}


_CLOSED_AT = re.compile(rb'"made": "[0-9T:+-]{25}"')
"""The moment of a closing, in its record."""


def run(command: str, *arguments: str) -> Result:
    """A command in the current folder, on the example."""
    options = [str(part) for option in INPUTS.items() for part in option]
    return CliRunner().invoke(main, [command, *options, *arguments])


def life_of_a_session(*options: str) -> list[str]:
    """Return what all commands say, from the grids to the papers, in the current folder."""
    (OUTPUTS / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", OUTPUTS / ".sheetgen" / "key")
    said = [run("generate", "--json", *options)]
    shutil.copytree(EXAMPLES / "retours", OUTPUTS / "retours", dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "retour-tardif", OUTPUTS / "retours", dirs_exist_ok=True)
    said.append(run("consolidate", "--json", *options))
    said.append(run("finalize", str(EXAMPLES / "deliberation.xlsx"), "--json", *options))
    assert [result.exit_code for result in said] == [0, 0, 0], said[-1].output
    return [result.stdout for result in said]


def files_below(folder: Path) -> Mapping[str, bytes]:
    """Every file by its path, but for the folder and the moment of closing."""
    return {
        path.relative_to(folder).as_posix(): _CLOSED_AT.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "returns.json"
    }


@pytest.fixture(scope="module", autouse=True)
def _divided() -> Iterator[None]:
    """The example's consolidation is too large for one workbook, so that volumes are shared too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "MOST_BYTES", 700_000)
        yield


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Mapping[str, bytes]]:
    """Return what one process says and writes."""
    folder = tmp_path_factory.mktemp("alone")
    former = Path.cwd()
    os.chdir(folder)
    try:
        said = life_of_a_session("--jobs", "1")
    finally:
        os.chdir(former)
    return said, files_below(folder)


def test_two_processes_do_the_same(
    alone: tuple[list[str], Mapping[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the example large enough for two: the same messages, the same bytes in every file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(executing, "SECONDS_WORTH_A_PROCESS", 0.01)
    monkeypatch.setattr(shares, "LARGE_SESSION", 0)
    said, files = alone
    assert life_of_a_session("--jobs", "2") == said
    assert files_below(tmp_path) == files


def test_a_cluster_does_the_same(
    alone: tuple[list[str], Mapping[str, bytes]],
    cluster: LocalCluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the folder that its workers run in, with paths that start from here."""
    monkeypatch.chdir(tmp_path)
    said, files = alone
    assert life_of_a_session("--scheduler", cluster.scheduler_address) == said
    assert files_below(tmp_path) == files
    assert len([name for name in files if name.endswith(".docx")]) > 60
    assert len([name for name in files if "/blocs/consolidation_BC" in name]) == 5


def test_what_another_process_reads_is_told_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After what is wrong with the session, before what is with the message to jurors."""
    templates = shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (templates / "rapport-jury.docx").write_bytes(b"")
    (templates / "message-jures.txt").write_bytes(b"\xff")
    inputs = Inputs(
        referential=EXAMPLES / "referential.xlsx",
        session=tmp_path / "session.xlsx",
        templates=templates,
        output=tmp_path,
    )
    here, read_templates = os.getpid(), school_templates.read_templates

    def read_elsewhere(folder: Path, logo: bytes | None) -> tuple[Templates, list[Problem]]:
        assert os.getpid() != here
        return read_templates(folder, logo)

    with monkeypatch.context() as patch:
        patch.setattr(school_templates, "read_templates", read_elsewhere)
        checked = check(inputs, Options(), apart=True)
    codes = [problem.code for problem in checked.errors]
    assert codes == ["source-file-missing", "template-unreadable", "message-unreadable"]
    assert checked == check(inputs, Options())
    assert checked.templates is not None


@pytest.mark.usefixtures("impatient")
def test_a_cluster_that_does_not_answer_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 1, in French; no grid is made by who was not asked to."""
    monkeypatch.chdir(tmp_path)
    result = run("generate", "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert "Erreur tcp://127.0.0.1:9 : Aucun ordonnanceur Dask ne peut être joint" in result.output
    assert "ou relancer sans --scheduler." in result.output
    assert not (OUTPUTS / "grilles").exists()


WITHOUT_THE_EXTRA = """
import sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, *arguments):
        return None if name.startswith("distributed") else super().find_spec(name, *arguments)

sys.meta_path = [Without if finder is PathFinder else finder for finder in sys.meta_path]
from sheetgen.cli import main
main(["generate", "--scheduler", "tcp://127.0.0.1:8786"])
"""


def test_without_the_extra_the_option_is_a_usage_error(tmp_path: Path) -> None:
    """Status 2, with what to install."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_EXTRA],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "'--scheduler'" in done.stderr
    assert "le paquet « distributed » n'est pas installé" in done.stderr
    assert 'pip install "sheetgen[cluster]"' in done.stderr
