"""Registers for tests: each in a file, and each in a database of a real PostgreSQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from register_fixtures import address, postgresql
from resit_years import Years

from sheetgen.register import Register, open_register

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["address", "postgresql", "register"]


@pytest.fixture
def register(address: str) -> Iterator[Register]:
    """A new register in both kinds of database."""
    made = open_register(address, create=True)
    assert made is not None
    yield made
    made.close()


@pytest.fixture(scope="session")
def years(tmp_path_factory: pytest.TempPathFactory) -> Years:
    """The three sessions, closed into a register in a file; not to be changed."""
    return Years(tmp_path_factory.mktemp("years"))
