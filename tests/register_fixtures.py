"""Fixtures of registers: each in a file, and each in a database of a real PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from postgresql import Server, server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server for every test of this process."""
    # Its owner may not look into pytest's own folders.
    folder = Path(tempfile.mkdtemp(prefix="sheetgen-pg-"))
    try:
        with server(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a register that is not there yet, in both kinds of database."""
    if request.param == "sqlite":
        return str(tmp_path / "register.sqlite")
    running: Server = request.getfixturevalue("postgresql")
    running.empty()
    return running.url("postgres")
