"""Work cut into shares, each done whole by one process: this one, others here, or a Dask cluster's.

A task is a module's function that does a share, files included, and yields what became of each of
its items; so results come in the items' order, whoever did what, and little travels back.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems import executing as kinds

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from contextlib import AbstractContextManager
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext, ForkContext, ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Share = TypeVar("Share")
Result = TypeVar("Result")

Task = Callable[[Share], Iterator[Result]]
"""Found by its name in another process, so it is a module's function; shares and results can be
pickled."""

_Pending: TypeAlias = "deque[Future[list[Result]]]"
"""Shares that were given to workers, the first one first."""

SECONDS_WORTH_A_PROCESS = 1.0
"""Of work: about twice what a process takes to start, libraries included."""

_MOST_PROCESSES = 61
"""Windows waits for no more of them at a time."""

_SHARES_OF_A_WORKER = 8
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
        """Yield the shares, in order, for so many workers."""
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
        count: how many work at the same time.
    """

    base: Path = Path()
    count: int = 1

    @property
    def apart(self) -> bool:
        """Return whether shares travel, so that each is to hold no more than it needs."""
        return False

    def run(
        self, task: Task[Share, Result], work: Work[Item, Share]
    ) -> Generator[Result, None, None]:
        """Yield the results of the task on each share, in the order of the items.

        Raises:
            WorkersLostError: those who do the work are gone.
        """
        for share in work.shares(workers=1):
            yield from task(share)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolWorkers(Workers):
    """Workers behind an executor; `where` is what is worked on, for who dies of it."""

    executor: Executor
    where: str

    @property
    def apart(self) -> bool:
        """Return whether shares travel: they do."""
        return True

    def run(
        self, task: Task[Share, Result], work: Work[Item, Share]
    ) -> Generator[Result, None, None]:
        """Yield the results of the task on each share, in the order of the items.

        The workers begin at once, whenever the results are asked for.
        """
        shares = iter(work.shares(self.count))
        first = deque(self._submit(task, share) for share in islice(shares, 2 * self.count + 1))
        return self._results(task, shares, first)

    def _results(
        self, task: Task[Share, Result], shares: Iterator[Share], pending: _Pending[Result]
    ) -> Generator[Result, None, None]:
        """Yield the results of shares that were given; give another one for each that is done."""
        try:
            while pending:
                yield from self._result(pending.popleft())
                pending.extend(self._submit(task, share) for share in islice(shares, 1))
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
    """Return everything that the task yields; run in a worker."""
    return list(task(share))


def process_context(modules: Sequence[str] = ()) -> SpawnContext | ForkServerContext:
    """Return the multiprocessing context: forked from a prepared server where possible.

    That one begins to start now, while there is something else to do.

    Args:
        modules: loaded one time for all of them, if none has started before.
    """
    import multiprocessing

    # Copying this very process would be quicker, but it may have threads, whose locks stay shut.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    if modules:
        context.set_forkserver_preload([*modules])
    with suppress(OSError):  # it is tried again as a process starts
        _start_server()
    return context


def copying_context(modules: Sequence[str]) -> ForkContext | SpawnContext | ForkServerContext:
    """Return the multiprocessing context in which one process, or a few, cost the least.

    Its processes are copies of this one where that is safe, which saves starting a server and
    loading everything there again. Otherwise it is `process_context`.

    Args:
        modules: loaded one time for all of them.
    """
    if not _is_light() or not may_be_copied():
        return process_context(modules)
    import multiprocessing

    for module in modules:
        import_module(module)
    return multiprocessing.get_context("fork")


_LIGHT_BYTES = 256 << 20
"""Of addresses, all of which count towards what a copy may take: more than any command has before
it has read its sources."""

_THREADS, _ADDRESSES = 17, 20
"""Places in /proc/self/stat, counted from what follows the program's name."""


def may_be_copied() -> bool:
    """Return whether this process has one thread, those of libraries included.

    A lock that another thread holds would stay shut in a copy. Linux alone tells.
    """
    return _stated(_THREADS) == 1


def _is_light() -> bool:
    """Return whether a copy of this process may still take much, where that is limited."""
    return _stated(_ADDRESSES) <= _LIGHT_BYTES


def _stated(place: int) -> int:
    """Return a number that Linux states of this process; 0 elsewhere."""
    try:
        return int(Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()[place])
    except OSError:
        return 0


def unheard(context: BaseContext) -> AbstractContextManager[None]:
    """Return what keeps Ctrl+C from a copy of this process that starts meanwhile.

    The server that others are forked from never hears it.
    """
    return _uninterrupted() if context.get_start_method() == "fork" else nullcontext()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep Ctrl+C from a process that starts meanwhile; this one hears it afterwards."""
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def _start_server() -> None:
    """Start the process that others are forked from; Ctrl+C never reaches it."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # the server starts it too, and then hears signals again
    with _uninterrupted():
        forkserver.ensure_running()


@contextmanager
def meanwhile(task: Callable[[], Result], *, apart: bool) -> Iterator[Callable[[], Result]]:
    """Run the task in a background process; calling the returned function waits for its result.

    Args:
        task: changes nothing; like its result, it can be pickled.
        apart: whether a process is worth it; the task is otherwise done here, when it is asked for.
            So it is too where it failed over there, or no process could do it.
    """
    if not apart:
        yield task
        return
    context = copying_context(())
    line, far_end = context.Pipe()
    process = context.Process(target=_answer, args=(far_end,), daemon=True)
    with suppress(OSError, EOFError):
        with far_end, unheard(context):
            process.start()
        # Sent along with the process, a large one would be cut short by an interruption.
        line.send(task)

    def result() -> Result:
        try:
            found: Result = line.recv()
        except (EOFError, OSError):
            return task()
        return found

    try:
        yield result
    finally:
        line.close()
        if process.ident is not None:
            process.kill()
            process.join()


def _answer(line: Connection) -> None:
    """Send the task's result or its exception; run in the other process."""
    serve()
    with suppress(Exception):
        line.send(line.recv()())


@contextmanager
def open_processes(
    jobs: int, effort: float, where: str, *, copied: bool = False
) -> Iterator[Workers]:
    """Open processes of this machine, closed at the end; or this one alone where as good.

    Args:
        jobs: processes at most.
        effort: the seconds that the work takes one process, about.
        where: what is worked on, for the problem that tells of one that died.
        copied: whether they are copies of this process, where that is safe: worth it if it has
            loaded what they need, and holds little else.
    """
    count = min(jobs, _MOST_PROCESSES, int(effort / SECONDS_WORTH_A_PROCESS))
    if count < 2:
        yield Workers()
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    copies = copied and may_be_copied()
    context = multiprocessing.get_context("fork") if copies else process_context()
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(count, context, initializer=serve) as executor:
        with unheard(context):
            executor.submit(os.getpid)  # copies are all made with the first thing to do
        try:
            yield PoolWorkers(executor=executor, count=count, where=where)
        except WorkersLostError:
            # One that was starting while the executor ended the others waits for a lock that the
            # dead one held, and the executor for it: neither would ever end.
            for process in set(multiprocessing.active_children()) - others:
                process.kill()
            raise
        except BaseException:
            # What was given and is not begun yet need not be done.
            executor.shutdown(cancel_futures=True)
            raise


def serve() -> None:
    """Serve in another process that ends with this one and never by Ctrl+C.

    An interruption is for who gave the work, and the files begun get finished.
    """
    import multiprocessing
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    served = multiprocessing.parent_process()
    if served is not None:
        Thread(target=_end_with, args=(served,), daemon=True).start()


def _end_with(served: BaseProcess) -> None:
    served.join()
    os._exit(1)
