"""Registers for tests: each in a file, and each in a database of a real PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pg8000.native
import pytest
from postgresql import PASSWORD, Server, server

from sheetgen.register import Register, open_register

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
    with closing(
        pg8000.native.Connection("postgres", "127.0.0.1", port=running.port, password=PASSWORD)
    ) as admin:
        # Emptied, which is quicker than made.
        admin.run("DROP SCHEMA public CASCADE")
        admin.run("CREATE SCHEMA public")
    return running.url("postgres")


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    """A new register in both kinds of database."""
    made = open_register(address, create=True)
    assert made is not None
    yield made
    made.close()
