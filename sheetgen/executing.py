"""Work cut into shares, each done whole by one process: this one, others here, or a Dask cluster's.

A task is a module's function that does a share, files included, and yields what became of each of
its items; so results come in the items' order, whoever did what, and little travels back.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetgen.problems import Location, Problem
from sheetgen.problems import executing as kinds

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Share = TypeVar("Share")
Result = TypeVar("Result")

Task = Callable[[Share], Iterator[Result]]
"""Found by its name in another process, so it is a module's function; shares and results can be
pickled."""

SECONDS_WORTH_A_PROCESS = 1.0
"""Of work: about twice what a process takes to start, libraries included."""

_MOST_PROCESSES = 61
"""Windows waits for no more of them at a time."""

_SHARES_OF_A_WORKER = 4
"""So that one who is slow, or whose share is hard, does not keep the others waiting for long."""


class WorkersLostError(Exception):
    """Work that cannot go on; `problem` says why. What was done until then stays."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Item, Share]):
    """Items to be done, and how some of them make a share.

    Attributes:
        items: read as shares are made, so that they need not be in memory all at once.
        count: how many they are.
        share: what the task is given for some of them; as small as these need, since it travels.
        sizes: the fewest items that are worth a share of their own, and the most that one holds.
    """

    items: Iterable[Item]
    count: int
    share: Callable[[Sequence[Item]], Share]
    sizes: tuple[int, int]

    def shares(self, workers: int) -> Iterator[Share]:
        """The shares, in order, for so many workers."""
        least, most = self.sizes
        pieces = 1
        if workers > 1:
            # As many for each, so that all have done at about the same time.
            each = self.count // (workers * least)
            pieces = workers * max(1, min(_SHARES_OF_A_WORKER, each))
        size = max(1, min(most, -(-self.count // pieces)))
        items = iter(self.items)
        while piece := tuple(islice(items, size)):
            yield self.share(piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """This process alone, which does everything itself as the results are asked for.

    Attributes:
        base: the folder that relative paths start from, where it is not that of who does the work.
    """

    base: Path = Path()

    def run(
        self, task: Task[Share, Result], work: Work[Item, Share]
    ) -> Generator[Result, None, None]:
        """What the task yields for each share, in the order of the items.

        Raises:
            WorkersLostError: those who do the work are gone.
        """
        for share in work.shares(workers=1):
            yield from task(share)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolWorkers(Workers):
    """Workers behind an executor, of which `count` work at the same time."""

    executor: Executor
    count: int
    where: str

    def run(
        self, task: Task[Share, Result], work: Work[Item, Share]
    ) -> Generator[Result, None, None]:
        """As for one process; few shares are under way at a time, however many there are."""
        pending: deque[Future[list[Result]]] = deque()
        try:
            for share in work.shares(self.count):
                pending.append(self._submit(task, share))
                if len(pending) > 2 * self.count:
                    yield from self._result(pending.popleft())
            while pending:
                yield from self._result(pending.popleft())
        finally:
            for future in pending:
                future.cancel()

    def _submit(self, task: Task[Share, Result], share: Share) -> Future[list[Result]]:
        from concurrent.futures import BrokenExecutor

        try:
            return self.executor.submit(_done, task, share)
        except BrokenExecutor as death:
            raise self._lost() from death

    def _result(self, future: Future[list[Result]]) -> list[Result]:
        from concurrent.futures import BrokenExecutor

        try:
            return future.result()
        except BrokenExecutor as death:
            raise self._lost() from death

    def _lost(self) -> WorkersLostError:
        return WorkersLostError(kinds.WORKER_LOST.at(Location(file=self.where)))


def _done(task: Task[Share, Result], share: Share) -> list[Result]:
    """In a worker: everything that the task yields."""
    return list(task(share))


def expect_processes(modules: Sequence[str]) -> None:
    """Begins to start what processes come from, while there is something else to do.

    They are then there at once, with these modules, which are loaded one time for all of them.
    Where the system has nothing of the kind, this does nothing.
    """
    import multiprocessing

    if _method() == "forkserver":
        from multiprocessing import forkserver

        multiprocessing.set_forkserver_preload([*modules])
        forkserver.ensure_running()


def _method() -> str:
    """How processes are started."""
    import multiprocessing

    # Forking this very process would be quicker, but it may have threads, whose locks stay shut.
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"


@contextmanager
def open_processes(jobs: int, effort: float, where: str) -> Iterator[Workers]:
    """Processes of this machine, dismissed at the end; or this one alone where that is as good.

    Args:
        jobs: processes at most.
        effort: the seconds that the work takes one process, about.
        where: what is worked on, for the problem that tells of one that died.
    """
    count = min(jobs, _MOST_PROCESSES, int(effort / SECONDS_WORTH_A_PROCESS))
    if count < 2:
        yield Workers()
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(_method())
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(count, context, initializer=_leave_interrupts) as executor:
        try:
            yield PoolWorkers(executor=executor, count=count, where=where)
        except WorkersLostError:
            # One that was starting while the executor ended the others waits for a lock that the
            # dead one held, and the executor for it: neither would ever end.
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise


def _leave_interrupts() -> None:
    """In a worker: Ctrl+C is for who gave the work, and the files begun get finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
