"""The browser of the desk's tests, and an example to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsers import opened_browser
from desks import RunningDesk, running_desk
from example_session import ExampleSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium; while it is open, nothing else of asyncio may run."""
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """Run a desk in an empty folder, in which nothing is to be made."""
    with running_desk(tmp_path_factory.mktemp("empty")) as running:
        yield running
        assert running.process.poll() is None
        assert list(running.folder.iterdir()) == []


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> ExampleSession:
    """Prepare an example whose grids are made, and are all back."""
    place = ExampleSession(
        name="titre-developpeur", folder=tmp_path_factory.mktemp("prepared") / "session"
    )
    place.init()
    place.run("generate")
    place.return_grids()
    return place
