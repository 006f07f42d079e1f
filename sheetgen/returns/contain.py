"""Reading each returned file in a process that may hang, swell or die without harm to the others.

A reader in another language can abort its whole process, which no `except` catches. So files are
inspected and read by worker processes, each with a limit on its memory where the platform has one
and on the time a file may take; a worker that dies gives away the file it was reading.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import (
    FILE_CHANGED,
    READING_CRASHED,
    READING_TOO_HEAVY,
    READING_TOO_LONG,
)
from sheetgen.returns.files import UnreadableFileError
from sheetgen.returns.inspect import inspect_workbook
from sheetgen.returns.limits import MEBIBYTE

if TYPE_CHECKING:
    from sheetgen.returns.find import FoundFile

try:
    import resource
except ImportError:  # Windows: inspection and time-outs alone contain a file there
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

_GRACE_SECONDS = 15
"""Beyond a file's own time, for processes to start on a slow machine."""

Read = Callable[[bytes, SpreadsheetFormat, str], T]
"""Makes something of a workbook's bytes, format and name. It is found by its name in a new process,
so it is a module's function, and what it gives can be pickled."""


def read_contained(
    files: Sequence[FoundFile],
    read: Read[T],
    *,
    jobs: int,
    seconds: float = 6,
    memory: int = 1024 * MEBIBYTE,
) -> Iterator[tuple[FoundFile, T | Problem]]:
    """What `read` makes of each file, in their order, or why it was refused.

    Args:
        files: the files to read.
        read: called on each file that is a workbook safe to open.
        jobs: worker processes.
        seconds: that one file may take.
        memory: bytes that a worker may take, where the platform can hold it to that.
    """
    crew = _Crew(read=read, seconds=seconds, memory=memory)
    known: dict[int, T | Problem | _Suspicion] = {}
    with closing(crew.outcomes(files, max(1, min(jobs, len(files))))) as outcomes:
        for place, file in enumerate(files):
            while place not in known:
                known.update([next(outcomes, (place, _lost(file)))])
            outcome = known.pop(place)
            if isinstance(outcome, _Suspicion):
                # Who read before it, in the same process, may be to blame: a fresh one tells.
                outcome = next(crew.outcomes([file], 1), (0, outcome))[1]
            yield file, outcome.problem if isinstance(outcome, _Suspicion) else outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspicion:
    """A failure that may come from the state of the process."""

    problem: Problem


def _lost(file: FoundFile) -> _Suspicion:
    reason = "aucune réponse"
    return _Suspicion(problem=READING_CRASHED.at(Location(file=file.name), reason=reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crew(Generic[T]):
    """How worker processes are started, given files, and heard."""

    read: Read[T]
    seconds: float
    memory: int

    def outcomes(
        self, files: Sequence[FoundFile], workers: int
    ) -> Generator[tuple[int, T | Problem | _Suspicion], None, None]:
        """What became of each file, by its place, as it is known.

        Few files are handed over at a time: a pool that breaks down forgets what waits in its
        queue. This ends early when the workers no longer answer, which a file's own time limit
        normally prevents; a task that a dying worker took with it has none.
        """
        waiting = deque(range(len(files)))
        pending: dict[Future[T | Problem | _Suspicion], int] = {}
        with self._pool(workers) as pool:
            while waiting or pending:
                while waiting and len(pending) < 2 * workers:
                    place = waiting.popleft()
                    pending[self._schedule(pool, files[place])] = place
                done, _ = wait(pending, self.seconds + _GRACE_SECONDS, FIRST_COMPLETED)
                if not done:
                    return
                for future in done:
                    place = pending.pop(future)
                    yield place, self._outcome(files[place], future)

    @contextmanager
    def _pool(self, workers: int) -> Iterator[ProcessPool]:
        """Worker processes, stopped at the end whatever they are doing."""
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        pool = ProcessPool(
            max_workers=workers,
            initializer=_start_worker,
            initargs=(self.memory,),
            context=multiprocessing.get_context(method),
        )
        try:
            yield pool
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _schedule(self, pool: ProcessPool, file: FoundFile) -> Future[T | Problem | _Suspicion]:
        """What a worker will make of the file."""
        task = partial(_read_one, self.read, self.memory)
        try:
            return pool.schedule(task, args=(file,), timeout=self.seconds)
        except RuntimeError as broken:  # the pool broke down before
            failed: Future[T | Problem | _Suspicion] = Future()
            failed.set_exception(BrokenProcessPool(str(broken)))
            return failed

    def _outcome(
        self, file: FoundFile, future: Future[T | Problem | _Suspicion]
    ) -> T | Problem | _Suspicion:
        """What a worker made of the file, or what it died of."""
        location = Location(file=file.name)
        try:
            return future.result()
        except FutureTimeoutError:
            return READING_TOO_LONG.at(location, seconds=f"{self.seconds:g}")
        except ProcessExpired as death:
            return _Suspicion(problem=READING_CRASHED.at(location, reason=_name(death.exitcode)))
        except BrokenProcessPool:
            return _lost(file)


def _name(exit_code: int) -> str:
    with suppress(ValueError):
        return f"arrêt brutal ({signal.Signals(-exit_code).name})"
    return f"arrêt brutal ({exit_code})"


def _start_worker(memory: int) -> None:
    """Silences the reader's own outcries and limits the memory of this process."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        # Some systems know the limit and refuse to set it: time-outs remain.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _read_one(read: Read[T], memory: int, file: FoundFile) -> T | Problem | _Suspicion:
    location = Location(file=file.name)
    try:
        data = file.read()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return FILE_CHANGED.at(location)
        return read(data, inspect_workbook(data), file.name)
    except (UnreadableFileError, UnreadableWorkbookError) as refusal:
        return refusal.at(file.name)
    except MemoryError:
        limit = memory // MEBIBYTE
        return _Suspicion(problem=READING_TOO_HEAVY.at(location, limit=limit))
    except BaseException as failure:  # noqa: BLE001
        # Whatever a file makes the reader raise, a panic included, refuses that file alone.
        reason = f"{type(failure).__name__} : {failure}"
        return READING_CRASHED.at(location, reason=reason)
