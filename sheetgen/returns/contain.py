"""Reading each returned file in a process that may hang, swell or die without harm to the others.

A reader in another language can abort its whole process, which no `except` catches. So files are
inspected and read by worker processes (`returns.worker`), each with a limit on its memory where the
platform has one and on the time a file may take. A worker reads many files, one after another, and
answers each: one that dies or hangs gives away the file it was reading.
"""

from __future__ import annotations

import heapq
import pickle
import signal
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import READING_CRASHED, READING_TOO_LONG
from sheetgen.returns.limits import MEBIBYTE
from sheetgen.returns.reading_process import ReadingProcess
from sheetgen.returns.worker import READY, Read, Suspicion

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from sheetgen.returns.find import FoundFile

T = TypeVar("T")

_GRACE_SECONDS = 15
"""Beyond a file's own time, for processes to start on a slow machine."""

_FILES_AHEAD = 256
"""How far reading goes on past a file that takes its time: what is read meanwhile is kept."""


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
    known: dict[int, T | Problem | Suspicion] = {}
    with closing(crew.outcomes(files, min(jobs, len(files)))) as outcomes:
        for place, file in enumerate(files):
            while place not in known:
                known.update([next(outcomes)])
            outcome = known.pop(place)
            if isinstance(outcome, Suspicion):
                # Who read before it, in the same process, may be to blame: a fresh one tells.
                _, outcome = next(crew.outcomes([file], 1))
            yield file, outcome.problem if isinstance(outcome, Suspicion) else outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crew(Generic[T]):
    """How worker processes are started, given files, and heard."""

    read: Read[T]
    seconds: float
    memory: int

    def outcomes(
        self, files: Sequence[FoundFile], jobs: int
    ) -> Generator[tuple[int, T | Problem | Suspicion], None, None]:
        """What became of each file, by its place, as it is known."""
        waiting = list(range(len(files)))  # a heap: what a lost worker leaves is read first
        team: list[ReadingProcess] = []
        try:
            while waiting or any(worker.given for worker in team):
                while waiting and len(team) < max(1, jobs):
                    team.append(ReadingProcess.start(self.read, self.memory))
                self._hand_out(files, waiting, team)
                for worker, answered in self._attend(team):
                    answer = worker.hear() if answered else None
                    worker.deadline = time.monotonic() + self.seconds
                    if answer == READY:
                        continue
                    place = worker.given.popleft().place
                    if answer is not None:
                        yield place, pickle.loads(answer)  # noqa: S301 - made by `worker`
                        continue
                    team.remove(worker)
                    for left in worker.given:
                        heapq.heappush(waiting, left.place)
                    yield place, self._failure(files[place], worker, late=not answered)
        finally:
            for worker in team:
                worker.stop()

    def _hand_out(
        self, files: Sequence[FoundFile], waiting: list[int], team: Sequence[ReadingProcess]
    ) -> None:
        """Gives each worker a few files ahead, fewer as they run out: none waits for another."""
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
        """The workers that have something to say, or ought to have: whether they have."""
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
        self, file: FoundFile, worker: ReadingProcess, *, late: bool
    ) -> Problem | Suspicion:
        """What a worker died of, or was stopped for, on this file."""
        location = Location(file=file.name)
        exit_code = None if late else worker.exit_code()
        worker.stop()
        if late and worker.ready:
            return READING_TOO_LONG.at(location, seconds=f"{self.seconds:g}")
        reason = "aucune réponse" if exit_code is None else _name(exit_code)
        return Suspicion(problem=READING_CRASHED.at(location, reason=reason))


def _name(exit_code: int) -> str:
    with suppress(ValueError):
        return f"arrêt brutal ({signal.Signals(-exit_code).name})"
    return f"arrêt brutal ({exit_code})"
