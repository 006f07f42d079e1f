"""The workers of an existing Dask cluster: machines that share a folder and a version of sheetgen.

What is wrong with the cluster is known before any work is given to it, as far as can be.
"""

from __future__ import annotations

import gc
import logging
import os
import secrets
import time
import warnings
from concurrent.futures import CancelledError, wait
from contextlib import contextmanager, suppress
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import dask
from dask.utils import parse_timedelta
from distributed import Client, KilledWorker

from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Kind, Location
from sheetgen.problems import executing as kinds
from sheetgen.processes.executing import PoolWorkers, WorkersLostError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future

Result = TypeVar("Result")

_LOGGERS = ("distributed", "distributed.client", "tornado.application")
"""Loggers of Dask, silenced: their English warnings are reported as problems instead."""

_PACKAGE = "sheetgen"

_SILENT = "il a cessé de répondre"

_LOOK_SECONDS = 1.0
"""Between two looks at a cluster that is waited for."""

_ANSWER_SECONDS = 5.0
"""Given to a scheduler to say that it is there, after something has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterWorkers(PoolWorkers):
    """Those of a cluster; `patience` are the seconds to wait for one when there is none."""

    client: Client
    patience: float

    def _result(self, future: Future[list[Result]]) -> list[Result]:
        since = time.monotonic()
        while not wait([future], _LOOK_SECONDS).done:
            if self.client.status != "running":
                raise self._silent()
            if self.client.scheduler_info()["workers"]:
                since = time.monotonic()
            elif time.monotonic() - since > self.patience:
                raise _error(kinds.CLUSTER_EMPTY, self.where)
        try:
            return future.result()
        except KilledWorker as death:
            raise self._lost() from death
        except CancelledError as silence:
            raise self._silent() from silence
        except Exception as failure:  # another version may make anything of the work
            if self._scheduler_is_gone():  # Dask loses what it was just told, or half of it
                raise self._silent() from failure
            reason = f"{type(failure).__name__} : {failure}"
            raise _error(kinds.SHARE_FAILED, self.where, reason=reason) from failure

    def _scheduler_is_gone(self) -> bool:
        """Ask it: what it was doing may fail before the client sees that it has gone."""
        scheduler = self.client.scheduler
        if self.client.status == "running" and scheduler is not None:
            with suppress(Exception):  # Dask raises anything
                self.client.sync(scheduler.identity, callback_timeout=_ANSWER_SECONDS)
                return False
        return True

    def _silent(self) -> WorkersLostError:
        return _error(kinds.SCHEDULER_UNREACHABLE, self.where, reason=_SILENT)


@contextmanager
def open_cluster(address: str, folder: Path) -> Iterator[ClusterWorkers]:
    """Open the cluster's workers, all of which see the folder; release them at the end.

    Raises:
        WorkersLostError: there are none, or they are of no use.
        OSError: nothing can be written in the folder.
    """
    patience = parse_timedelta(dask.config.get("distributed.comm.timeouts.connect"))
    with _connected(address, patience) as client:
        with _token(folder.absolute()) as token:
            count = _examine(client, address, token, patience)
        yield ClusterWorkers(
            base=Path.cwd(),
            # Two shares alike are two shares: nothing is remembered from another run.
            executor=client.get_executor(pure=False),
            count=count,
            where=address,
            client=client,
            patience=patience,
        )


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Client]:
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    client, reason = None, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions of what matters are told otherwise
            client = Client(address, timeout=patience, set_as_default=False)
    except OSError:
        reason = "il n'y a pas de réponse"
    except Exception:  # noqa: BLE001 - the library raises anything for an address that is none
        reason = "ce n'est pas une adresse"
    if client is None:
        # A client half made is closed as it is collected: here, not in a thread that it waits for.
        gc.collect()
        raise _error(kinds.SCHEDULER_UNREACHABLE, address, reason=reason)
    with client:
        yield client


@contextmanager
def _token(folder: Path) -> Iterator[Path]:
    """Make a file that was not in the folder before, for as long as workers are asked for it."""
    token = folder / f".{secrets.token_hex(8)}"
    write_whole(token, b"")
    try:
        yield token
    finally:
        token.unlink()


def _examine(client: Client, address: str, token: Path, patience: float) -> int:
    """Return the number of tasks the workers do at a time, once all are known to be usable.

    Raises:
        WorkersLostError: one is not, or there is none.
    """
    try:
        client.wait_for_workers(1, timeout=patience)
        versions = client.run(metadata.version, _PACKAGE, on_error="return")
        sights = client.run(os.path.isfile, str(token), on_error="return")
        threads: Mapping[str, int] = client.nthreads()
    except TimeoutError as empty:
        raise _error(kinds.CLUSTER_EMPTY, address) from empty
    except OSError as failure:
        raise _error(kinds.SCHEDULER_UNREACHABLE, address, reason=_SILENT) from failure
    expected = metadata.version(_PACKAGE)
    for worker, version in versions.items():
        if version != expected:
            found = version if isinstance(version, str) else "absent"
            details = {"worker": worker, "found": found, "expected": expected}
            raise _error(kinds.WORKER_VERSION, address, **details)
    for worker, seen in sights.items():
        if seen is not True:
            raise _error(kinds.WORKER_BLIND, address, worker=worker, folder=token.parent)
    return sum(threads.values())


def _error(kind: Kind, address: str, **details: object) -> WorkersLostError:
    return WorkersLostError(kind.at(Location(file=address), address=address, **details))
