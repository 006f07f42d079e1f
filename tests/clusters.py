"""Dask clusters of this machine, for as long as a test needs them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from distributed import LocalCluster

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def running(workers: int) -> Iterator[LocalCluster]:
    """A cluster of this machine that nobody else can reach."""
    with LocalCluster(
        n_workers=workers,
        processes=True,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
    ) as cluster:
        yield cluster
