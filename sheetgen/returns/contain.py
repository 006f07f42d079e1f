"""Reading each returned file in a process that may hang, swell or die without harm to the others.

A reader in another language can abort its whole process, which no `except` catches. So files are
inspected and read by worker processes, each with a limit on its memory where the platform has one
and on the time a file may take; a worker that dies gives away the file it was reading.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from concurrent.futures import TimeoutError as FutureTimeoutError
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessPool

from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    FILE_CHANGED,
    READING_CRASHED,
    READING_TOO_HEAVY,
    READING_TOO_LONG,
)
from sheetgen.returns.find import FoundFile, UnreadableFileError
from sheetgen.returns.inspect import inspect_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

try:
    import resource
except ImportError:  # Windows: time-outs and inspection alone contain a file there
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

GIB = 1 << 30


def read_contained(
    files: Sequence[FoundFile],
    read: Callable[[bytes, SpreadsheetFormat, str], T],
    *,
    jobs: int,
    seconds: float = 10,
    memory: int = GIB,
) -> Iterator[tuple[FoundFile, T | Problem]]:
    """What `read` makes of each file, in their order, or why it was refused.

    Args:
        files: the files to read.
        read: given a workbook's bytes, format and name; importable by name, so that a new process
            can find it, and its result can be pickled.
        jobs: worker processes.
        seconds: that one file may take.
        memory: bytes that a worker may take, where the platform can hold it to that.
    """
    if not files:
        return
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPool(
        max_workers=max(1, min(jobs, len(files))),
        initializer=_start_worker,
        initargs=(memory,),
        context=multiprocessing.get_context(method),
    )
    try:
        task = partial(_read_one, read, memory)
        futures = [pool.schedule(task, args=(file,), timeout=seconds) for file in files]
        for file, future in zip(files, futures, strict=True):
            location = Location(file=file.name)
            try:
                yield file, future.result()
            except FutureTimeoutError:
                yield file, READING_TOO_LONG.at(location, seconds=f"{seconds:g}")
            except ProcessExpired as death:
                yield file, READING_CRASHED.at(location, reason=f"arrêt brutal ({death.exitcode})")
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _start_worker(memory: int) -> None:
    """Silences the reader's own outcries and limits the memory of this process."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _read_one(
    read: Callable[[bytes, SpreadsheetFormat, str], T], memory: int, file: FoundFile
) -> T | Problem:
    location = Location(file=file.name)
    try:
        data = file.read()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return FILE_CHANGED.at(location)
        return read(data, inspect_workbook(data), file.name)
    except UnreadableFileError as refusal:
        return refusal.at(file.name)
    except UnreadableWorkbookError as refusal:
        return refusal.at(file.name)
    except MemoryError:
        return READING_TOO_HEAVY.at(location, limit=memory >> 20)
    except BaseException as failure:  # noqa: BLE001
        # Whatever a file makes the reader raise, panics included, refuses that file alone.
        return READING_CRASHED.at(location, reason=f"{type(failure).__name__}: {failure}")
