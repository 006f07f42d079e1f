"""The commands write the same bytes and say the same, whoever does their work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLES, ROOT

from sheetgen import executing
from sheetgen.cli import main
from sheetgen.consolidation import division
from sheetgen.model import JurorRole, Route
from sheetgen.sources.schema import SESSION
from sheetgen.sources.write import Contents, write_source_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from distributed import LocalCluster

OUTPUTS = Path("outputs") / "DEMO-2026"
INPUTS = {
    "--referential": ROOT / "referential.xlsx",
    "--session": EXAMPLES / "session.xlsx",
    "--templates": ROOT / "templates",
}


def run(command: str, *arguments: str) -> Result:
    """A command in the current folder, on the example."""
    options = [str(part) for option in INPUTS.items() for part in option]
    return CliRunner().invoke(main, [command, *options, *arguments])


def life_of_a_session(*options: str) -> list[str]:
    """What all commands say, from the grids to the papers, in the current folder."""
    (OUTPUTS / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", OUTPUTS / ".sheetgen" / "key")
    said = [run("generate", "--json", *options)]
    shutil.copytree(EXAMPLES / "retours", OUTPUTS / "retours", dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "retour-tardif", OUTPUTS / "retours", dirs_exist_ok=True)
    said.append(run("consolidate", "--json", *options))
    said.append(run("finalize", str(EXAMPLES / "deliberation.xlsx"), "--json", *options))
    assert [result.exit_code for result in said] == [0, 0, 0], said[-1].output
    return [result.output for result in said]


def files_below(folder: Path) -> Mapping[str, bytes]:
    """Every file by its path, but what tells in which folder the session was."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
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
    """What one process says and writes."""
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


def workers_of(command: psutil.Process) -> list[psutil.Process]:
    """Processes started by one that the command started, as its workers are."""
    return [
        worker
        for child in command.children()
        for worker in child.children()
        if "resource_tracker" not in " ".join(worker.cmdline())
    ]


def test_a_worker_that_is_killed_is_one_message(large_session: Path, tmp_path: Path) -> None:
    """Status 1, in French, without a traceback; every grid there is, is whole."""
    options = [str(part) for option in INPUTS.items() for part in option]
    options += ["--session", str(large_session), "--output", str(tmp_path), "--no-reports"]
    command = psutil.Popen(
        [sys.executable, "-m", "sheetgen", "generate", "--jobs", "2", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while command.is_running() and not (workers := workers_of(command)):
        time.sleep(0.01)
    workers[0].kill()
    _, said = command.communicate(timeout=60)
    assert command.returncode == 1
    assert "Un processus de travail s'est arrêté brutalement" in said
    assert "Traceback" not in said
    for grid in (tmp_path / "GRANDE" / "grilles").rglob("*.xlsx"):
        assert zipfile.is_zipfile(grid)
