"""Work in shares: done by this process, by others of this machine, or by a Dask cluster's.

`open_processes` and `open_cluster` give `Workers`, which take `Work` and give each result in its
order; `meanwhile` does one thing in the background. Dask, an extra, is loaded by `open_cluster`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.processes.executing import (
    Item,
    Share,
    Task,
    Work,
    Workers,
    WorkersLostError,
    copying_context,
    may_be_copied,
    meanwhile,
    open_processes,
    process_context,
    serve,
    unheard,
)

if TYPE_CHECKING:
    from sheetgen.processes.cluster import open_cluster
else:
    __getattr__ = late(
        __name__,
        cluster=("open_cluster",),
    )

__all__ = [
    "Item",
    "Share",
    "Task",
    "Work",
    "Workers",
    "WorkersLostError",
    "copying_context",
    "may_be_copied",
    "meanwhile",
    "open_cluster",
    "open_processes",
    "process_context",
    "serve",
    "unheard",
]
