"""One cluster for all tests that need one, and a short patience."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dask
import pytest
from clusters import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import LocalCluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """Two worker processes, which run in the folder of the first test whatever others do."""
    with running(2) as made:
        yield made


@pytest.fixture
def impatient() -> Iterator[None]:
    """Dask's own time-out, made short."""
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}):
        yield
