"""Fixtures of the whole suite: one LibreOffice per test process, the shipped files, the example."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from office import Office, office
from tries import DEEP, USUAL

from sheetgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"

# A slow machine is no failure. In `make test` the cases of a property follow from its source alone,
# so that what passes here passes elsewhere; `make deep` draws new ones at each run, and keeps those
# that failed in .hypothesis.
settings.register_profile(
    "sheetgen",
    deadline=None,
    max_examples=USUAL,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    deadline=None,
    max_examples=DEEP,
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
    database=DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "examples"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Load the profile that the command line names.

    Not as this file is read: tests import it too, and their copy would undo the choice.
    """
    profile = config.getoption("--hypothesis-profile") or "sheetgen"
    settings.load_profile(profile)
    if profile == "sheetgen":
        # Drawn besides are words and numbers of the modules loaded by then: which tests a process
        # did before, by chance, would choose the cases.
        patch.object(providers, "_get_local_constants", Constants).start()


# A shell that starts the tests in the background has them ignore Ctrl+C, and what they start too:
# the tests of interruption would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Only the register's own tests record what they close.
os.environ["SHEETGEN_NO_REGISTER"] = "true"


OFFICE_FIXTURES = frozenset({"libreoffice", "french"})
"""The fixtures that start a LibreOffice: whatever test asks for one is marked `office`."""


SERVER_FIXTURES = frozenset({"postgresql", "address", "register"})
"""Likewise for a PostgreSQL server: marked `database`."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark what needs LibreOffice, before `-m` chooses; skip what this system cannot do."""
    for item in items:
        if OFFICE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.office)
        if SERVER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        if os.name != "posix" and item.get_closest_marker("posix"):
            item.add_marker(pytest.mark.skip(reason="needs what POSIX systems have"))
        if sys.platform != "linux" and item.get_closest_marker("linux"):
            item.add_marker(pytest.mark.skip(reason="needs what Linux alone has"))


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[Office]:
    """A LibreOffice that serves every test of this process."""
    with office() as running:
        yield running


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A folder in which commands are run on the example session and its référentiel."""

    folder: Path

    @property
    def outputs(self) -> Path:
        """Return the folder that the commands write for the example session."""
        return self.folder / "outputs" / "DEMO-2026"

    def run(self, command: str, *arguments: str) -> Result:
        """A command as a user types it, with the example's files."""
        options = {
            "--referential": EXAMPLES / "referential.xlsx",
            "--session": EXAMPLES / "session.xlsx",
            "--templates": ROOT / "templates",
            "--output": self.folder / "outputs",
        }
        given = [part for pair in options.items() if pair[0] not in arguments for part in pair]
        return CliRunner().invoke(main, [command, *map(str, given), *arguments])

    def copied(self, folder: Path) -> Workplace:
        """Return a copy in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Workplace(folder=folder)


@pytest.fixture(scope="session")
def complete_example(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """Return the example session with all its grids, consolidated and not closed; to be copied."""
    place = Workplace(folder=tmp_path_factory.mktemp("complete"))
    (place.outputs / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place.outputs / ".sheetgen" / "key")
    for name in ("retours", "retour-tardif"):
        shutil.copytree(EXAMPLES / name, place.outputs / "retours", dirs_exist_ok=True)
    assert place.run("consolidate", "--no-reports").exit_code == 0
    return place


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """An empty folder, with the test key that signs the example's grids."""
    place = Workplace(folder=tmp_path)
    private = place.outputs / ".sheetgen"
    private.mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", private / "key")
    return place
