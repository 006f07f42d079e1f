"""Reading each file in a process that may hang, swell or die without harm to the others.

A reader in another language can abort its whole process, which no `except` catches. So files are
read by worker processes (`worker`), each with a limit on its memory where the platform has one and
on the time a file may take. A worker reads many files, one after another, and answers each: one
that dies, hangs or says what nobody asked gives away the file it was reading.
"""

from __future__ import annotations

import heapq
import pickle
import signal
import sys
import time
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import msgspec

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import READING_CRASHED, READING_TOO_LONG
from sheetgen.processes import copying_context, process_context, unheard
from sheetgen.spreadsheet.contained.worker import READY, Answer, FileToRead, ReadFile, read_files
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

READERS = ("sheetgen.spreadsheet.xlsx",)
"""What nearly every file needs, loaded one time for all processes."""

_BYTES_AHEAD = 4096
"""What may wait in a worker's line, about ten files: less than any system's lines hold, so that
giving one more to a worker that hangs never blocks."""

_ANSWER_BYTES = 1 << 29
"""More than what is read of any workbook takes: a longer answer is none."""

_ENDING_SECONDS = 5
"""For a process that has closed its line to end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file that was given: its place among all, and the bytes that say so."""

    place: int
    size: int


class ReadingProcess:
    """A process that reads, and what it was given and has not answered yet.

    Attributes:
        line: what it is heard by.
        given: the files it is to read; it is reading the first.
        ready: whether it has started.
        deadline: when it is to speak next, on the monotonic clock.
    """

    def __init__(self, process: BaseProcess, line: Connection) -> None:
        self.line = line
        self.given: deque[Order] = deque()
        self.ready = False
        self.deadline = 0.0
        self._process = process

    @classmethod
    def start(cls, read: Callable[[bytes], object], memory: int, *, copied: bool) -> Self:
        """Start a new one; if it cannot start, it is heard like one that died at once.

        Args:
            read: what it calls on the bytes of each file.
            memory: bytes that it may take.
            copied: whether it is a copy of this process, where that is safe.
        """
        modules = [read_files.__module__, *READERS, read.__module__]
        context = copying_context(modules) if copied else process_context(modules)
        ours, theirs = context.Pipe()
        process = context.Process(target=read_files, args=(theirs, read, memory), daemon=True)
        with (
            theirs,
            unheard(context),
            suppress(OSError, EOFError),
            _program_left_out(read.__module__),
        ):
            process.start()
        return cls(process, ours)

    def take(self, place: int, file: FileToRead) -> bool:
        """Take one more file; return False if the process cannot, which is never if it has none."""
        order = pickle.dumps(file)
        waiting = sum(order.size for order in self.given)
        if self.given and waiting + len(order) > _BYTES_AHEAD:
            return False
        # One that has died is found out when it is heard.
        with suppress(OSError):
            self.line.send_bytes(order)
        self.given.append(Order(place=place, size=len(order)))
        return True

    def hear(self) -> bytes | None:
        """Return the process's message: that it is ready, or its answer; None once it has died."""
        try:
            said = self.line.recv_bytes(_ANSWER_BYTES)
        except (EOFError, OSError):
            return None
        self.ready = self.ready or said == READY
        return said

    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal; None if it never started or still runs."""
        if self._process.ident is None:
            return None
        self._process.join(_ENDING_SECONDS)
        return self._process.exitcode

    def stop(self) -> None:
        """Kill the process, whatever it is doing."""
        self.line.close()
        if self._process.ident is not None:
            self._process.kill()
            self._process.join()


@contextmanager
def _program_left_out(reader: str) -> Iterator[None]:
    """Keep a process that starts meanwhile from running this program's main module again.

    That is how others than this one find what was defined there; it may import far more than
    reading needs, and take longer than reading a hundred files.
    """
    main = sys.modules["__main__"]
    if reader != main.__name__:
        sys.modules["__main__"] = ModuleType(main.__name__)
    try:
        yield
    finally:
        sys.modules["__main__"] = main


T = TypeVar("T")
File = TypeVar("File", bound=FileToRead)

_GRACE_SECONDS = 15
"""Beyond a file's own time, for processes to start on a slow machine."""

_FILES_AHEAD = 256
"""How far reading goes on past a file that takes its time: what is read meanwhile is kept."""


def read_contained(
    files: Sequence[File],
    how: ReadFile[T],
    *,
    jobs: int,
    seconds: float = 6,
    memory: int = 1024 * MEBIBYTE,
) -> Iterator[tuple[File, T | Problem]]:
    """Yield the result of each file, in their order, or why it was refused.

    Args:
        files: the files to read.
        how: what is called on the bytes of each, and what may come of it.
        jobs: worker processes.
        seconds: that one file may take.
        memory: bytes that a worker may take, where the platform can hold it to that.
    """
    yield from Crew(how=how, seconds=seconds, memory=memory).read(files, jobs)


@contextmanager
def begin_contained(
    files: Sequence[File], how: ReadFile[T], *, jobs: int, seconds: float, memory: int
) -> Iterator[Iterator[tuple[File, T | Problem]]]:
    """Begin to read files; give what yields the results as `read_contained` does, and waits."""
    with Crew(how=how, seconds=seconds, memory=memory).begin(files, jobs) as results:
        yield results


_NO_ANSWER = "réponse incompréhensible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew(Generic[T]):
    """The worker processes: starts them, gives them files, and hears their answers.

    The first three are what `read_contained` is given.

    Attributes:
        copied: whether they are copies of this process, where that is safe.
    """

    how: ReadFile[T]
    seconds: float
    memory: int
    copied: bool = False

    def read(self, files: Sequence[File], jobs: int) -> Iterator[tuple[File, T | Problem]]:
        """Yield the result of each file, in their order, or why it was refused."""
        with self.begin(files, jobs) as results:
            yield from results

    @contextmanager
    def begin(
        self, files: Sequence[File], jobs: int
    ) -> Iterator[Iterator[tuple[File, T | Problem]]]:
        """Begin to read; give what yields the results as `read` does, and waits for them."""
        with self._at_work(files, min(jobs, len(files))) as outcomes:
            yield self._in_order(files, outcomes)

    def _in_order(
        self, files: Sequence[File], outcomes: Iterator[tuple[int, Answer[T]]]
    ) -> Iterator[tuple[File, T | Problem]]:
        known: dict[int, Answer[T]] = {}
        for place, file in enumerate(files):
            while place not in known:
                known.update([next(outcomes)])
            answer = known.pop(place)
            if answer.suspect:
                # Who read before it, in the same process, may be to blame: a fresh one tells.
                with self._at_work([file], 1) as again:
                    _, answer = next(again)
            yield file, self.outcome(file, answer)

    def outcome(self, file: FileToRead, answer: Answer[T]) -> T | Problem:
        """Return the result of a file: an answer is accepted if well-formed and about it."""
        problem = answer.problem
        if problem is not None and problem.location.file == file.name:
            return problem
        if answer.result is not None and problem is None:
            return answer.result
        return READING_CRASHED.at(Location(file=file.name), reason=_NO_ANSWER)

    @contextmanager
    def _at_work(
        self, files: Sequence[FileToRead], jobs: int
    ) -> Iterator[Iterator[tuple[int, Answer[T]]]]:
        """Have the workers begin; give what yields each result, with its index, once it is known.

        The workers are stopped at the end, whether they were heard or not.
        """
        waiting = list(range(len(files)))  # a heap: what a lost worker leaves is read first
        team: list[ReadingProcess] = []
        try:
            self._set_to_work(files, jobs, waiting, team)
            yield self._outcomes(files, jobs, waiting, team)
        finally:
            for worker in team:
                worker.stop()

    def _outcomes(
        self,
        files: Sequence[FileToRead],
        jobs: int,
        waiting: list[int],
        team: list[ReadingProcess],
    ) -> Iterator[tuple[int, Answer[T]]]:
        decoder = self.how.decoder()
        while waiting or any(worker.given for worker in team):
            self._set_to_work(files, jobs, waiting, team)
            for worker, answered in self._attend(team):
                starting = not worker.ready
                said = worker.hear() if answered else None
                worker.deadline = time.monotonic() + self.seconds
                if starting and said == READY:
                    continue
                place = worker.given.popleft().place
                answer = _decoded(decoder, said)
                if answer is None:
                    team.remove(worker)
                    for left in worker.given:
                        heapq.heappush(waiting, left.place)
                    answer = self._failure(
                        files[place], worker, late=not answered, ended=said is None
                    )
                yield place, answer

    def _set_to_work(
        self,
        files: Sequence[FileToRead],
        jobs: int,
        waiting: list[int],
        team: list[ReadingProcess],
    ) -> None:
        """Have as many workers as are wanted, each with files to read."""
        while waiting and len(team) < max(1, jobs):
            team.append(ReadingProcess.start(self.how.read, self.memory, copied=self.copied))
        if team:
            self._hand_out(files, waiting, team)

    def _hand_out(
        self, files: Sequence[FileToRead], waiting: list[int], team: Sequence[ReadingProcess]
    ) -> None:
        """Give each worker a few files ahead, fewer as they run out: none waits for another."""
        first = min([*waiting[:1], *(worker.given[0].place for worker in team if worker.given)])
        share = 1 + len(waiting) // (2 * len(team))
        for worker in team:
            if not worker.given:
                starting = 0 if worker.ready else _GRACE_SECONDS
                worker.deadline = time.monotonic() + self.seconds + starting
            while waiting and waiting[0] < first + _FILES_AHEAD and len(worker.given) < share:
                if not worker.take(waiting[0], files[waiting[0]]):
                    break
                heapq.heappop(waiting)

    def _attend(self, team: Sequence[ReadingProcess]) -> list[tuple[ReadingProcess, bool]]:
        """Return the workers that have something to say, or ought to have: whether they have."""
        busy = [worker for worker in team if worker.given]
        patience = min(worker.deadline for worker in busy) - time.monotonic()
        speaking = wait([worker.line for worker in busy], max(0, patience))
        now = time.monotonic()
        return [
            (worker, worker.line in speaking)
            for worker in busy
            if worker.line in speaking or worker.deadline <= now
        ]

    def _failure(
        self, file: FileToRead, worker: ReadingProcess, *, late: bool, ended: bool
    ) -> Answer[T]:
        """Return the reason why a worker died, or was stopped, on this file.

        Args:
            file: the file.
            worker: the worker.
            late: whether it said nothing in time.
            ended: whether it closed its line rather than say what no reader may.
        """
        location = Location(file=file.name)
        exit_code = worker.exit_code() if ended and not late else None
        worker.stop()
        if late and worker.ready:
            return Answer(problem=READING_TOO_LONG.at(location, seconds=f"{self.seconds:g}"))
        reason = _NO_ANSWER if exit_code is None else _name(exit_code)
        return Answer(problem=READING_CRASHED.at(location, reason=reason), suspect=True)


def _decoded(decoder: msgspec.msgpack.Decoder[Answer[T]], said: bytes | None) -> Answer[T] | None:
    """Return an answer; None where there is none, or not of the type that was asked for."""
    with suppress(msgspec.MsgspecError):
        return None if said is None else decoder.decode(said)
    return None


def _name(exit_code: int) -> str:
    with suppress(ValueError):
        return f"arrêt brutal ({signal.Signals(-exit_code).name})"
    return f"arrêt brutal ({exit_code})"
