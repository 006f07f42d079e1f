"""The shipped files, far from the checkout: built, installed, put to work."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, ROOT

from sheetgen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _pytest.mark import ParameterSet

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

SUPPORTED = [
    (3, int(found[1]))
    for classifier in PROJECT["classifiers"]
    if (found := re.fullmatch(r"Programming Language :: Python :: 3\.(\d+)", classifier))
]
"""The versions of Python that the package says it supports, oldest first."""

ASK_VERSION = "import sys; print(*sys.version_info[:2], sys.executable)"

INSTALL_SECONDS = 120


def environment() -> dict[str, str]:
    """This process's environment without what would lead Python back to the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SHEETGEN_")}
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        kept.pop(name, None)
    return kept


@functools.cache
def interpreters() -> dict[tuple[int, int], str]:
    """A working Python of each supported version that the machine has."""
    found: dict[tuple[int, int], str] = {}
    for candidate in candidates():
        try:
            done = subprocess.run(
                [candidate, "-c", ASK_VERSION],
                capture_output=True,
                text=True,
                timeout=20,
                check=True,
                env=environment(),
            )
        except (OSError, subprocess.SubprocessError):
            continue  # a name that leads to no interpreter
        major, minor, path = done.stdout.split(maxsplit=2)
        if (int(major), int(minor)) in SUPPORTED:
            found.setdefault((int(major), int(minor)), path.strip())
    return found


def candidates() -> Iterator[str]:
    """Return where a Python may be: this one, those on the path, those of pyenv."""
    yield sys.executable
    for major, minor in SUPPORTED:
        named = shutil.which(f"python{major}.{minor}")
        if named:
            yield named
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(path) for path in sorted(versions.glob("3.*/bin/python")))


def ends_of_python() -> list[ParameterSet]:
    """Return this version, and for `make deep` the oldest and the newest that the machine has."""
    own = sys.version_info[:2]
    versions = sorted(interpreters())
    others = sorted({versions[0], versions[-1]} - {own})
    marked = [(own, ()), *((version, (pytest.mark.deep,)) for version in others)]
    return [pytest.param(x, marks=marks, id=f"{x[0]}.{x[1]}") for x, marks in marked]


def files_of_the_repository() -> set[str]:
    """Return the files that git keeps."""
    git = shutil.which("git")
    assert git
    done = subprocess.run(
        [git, "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name for name in done.stdout.split("\0") if name and (ROOT / name).exists()}


def test_the_sdist_is_the_repository(built: Path) -> None:
    """Who gets the sdist can run `make test`: nothing that git keeps is left out, save git's."""
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert files_of_the_repository() - names == set()


def test_the_wheel_carries_data_and_no_tests(wheel: Path) -> None:
    """The référentiel, the templates, French words and types are inside; tests are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = {path.name for path in (ROOT / "templates").iterdir()}
    assert {
        "sheetgen/py.typed",
        "sheetgen/locale/fr/LC_MESSAGES/messages.mo",
        "sheetgen/desk/messages.md",
        "sheetgen/desk/pages/bureau.js",
        "sheetgen/workspace/referential.xlsx",
        *(f"sheetgen/workspace/templates/{name}" for name in templates),
    } <= names
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"sheetgen", f"sheetgen-{__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".key")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The wheel in a virtual environment of its own, and a folder far from the checkout."""

    scripts: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A program of the environment, run in the folder."""
        return subprocess.run(
            [str(self.scripts / program), *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=self.folder,
            env=environment() | {"PYTHONUTF8": "1"},
        )


@pytest.fixture(scope="module", params=ends_of_python())
def installed(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    """The wheel installed for one version of Python."""
    version: tuple[int, int] = request.param
    folder = tmp_path_factory.mktemp("installed")
    home = folder / "venv"
    make = [interpreters()[version], "-m", "venv", "--without-pip", str(home)]
    subprocess.run(make, check=True, capture_output=True, env=environment())
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    if version == sys.version_info[:2]:
        # The dependencies are those of this environment: only the wheel is installed.
        install(scripts / "python", "--no-deps", str(wheel))
        (site,) = home.glob("**/site-packages")
        paths = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
        (site / "dependencies.pth").write_text("\n".join(paths), encoding="utf-8")
    else:
        install(scripts / "python", str(wheel))
    (folder / "ailleurs").mkdir()
    return Installed(scripts=scripts, folder=folder / "ailleurs")


def install(python: Path, *what: str) -> None:
    """Installs with this environment's pip for another interpreter."""
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    try:
        done = subprocess.run(
            [*pip, *what],
            capture_output=True,
            text=True,
            timeout=INSTALL_SECONDS,
            check=False,
            env=environment(),
        )
    except subprocess.TimeoutExpired:
        pytest.fail(f"pip took more than {INSTALL_SECONDS} s: can the package index be reached?")
    if done.returncode:
        pytest.fail(f"pip cannot install {what}: can the package index be reached?\n{done.stderr}")


def test_what_runs_is_what_was_installed(installed: Installed) -> None:
    """The checkout plays no part in what follows."""
    done = installed.run("python", "-c", "import sheetgen; print(sheetgen.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.scripts.parent), done.stderr


@pytest.mark.parametrize("words", [("sheetgen",), ("python", "-m", "sheetgen")], ids=" ".join)
def test_both_ways_in_work(installed: Installed, words: Iterable[str]) -> None:
    """The command and the module are the same program, in French."""
    done = installed.run(*words, "--version")
    assert (done.returncode, done.stdout) == (0, f"sheetgen, version {__version__}\n"), done.stderr
    done = installed.run(*words, "chek")
    assert done.returncode == 2
    assert "La commande 'chek' n'existe pas. Vouliez-vous dire 'check' ?" in done.stderr


def test_the_main_job_runs_from_the_wheel(installed: Installed) -> None:
    """A workspace, the example's session, its grids, its returns: decisions as in the checkout."""
    assert installed.run("sheetgen", "init", "session").returncode == 0
    workspace = installed.folder / "session"
    shutil.copyfile(EXAMPLES / "session.xlsx", workspace / "session.xlsx")
    here = Installed(scripts=installed.scripts, folder=workspace)
    checked = here.run("sheetgen", "check", "--json")
    assert checked.returncode == 0, checked.stdout
    private = workspace / "outputs" / "DEMO-2026" / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
    generated = here.run("sheetgen", "generate", "--no-reports")
    assert generated.returncode == 0, generated.stderr
    grids = list((private.parent / "grilles").rglob("*.xlsx"))
    assert len(grids) == 21
    shutil.copytree(EXAMPLES / "retours", private.parent / "retours", dirs_exist_ok=True)
    consolidated = here.run("sheetgen", "consolidate", "--no-reports", "--json")
    assert consolidated.returncode == 0, consolidated.stderr
    outcomes = [
        item["outcome"] for item in json.loads(consolidated.stdout)["decisions"]["candidates"]
    ]
    assert outcomes[:4] == ["awarded", "partial", "awarded", "not_awarded"]
