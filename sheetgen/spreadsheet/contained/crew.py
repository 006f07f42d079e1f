"""Reading each file in a process that may hang, swell or die without harm to the others.

A reader in another language can abort its whole process, which no `except` catches. So files are
read by worker processes (`worker`), each with a limit on its memory where the platform has one and
on the time a file may take. A worker reads many files, one after another, and answers each: one
that dies, hangs or says what nobody asked gives away the file it was reading.
"""

from __future__ import annotations

import heapq
import signal
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import READING_CRASHED, READING_TOO_LONG
from sheetgen.spreadsheet.contained.answers import Answer, ReadFile
from sheetgen.spreadsheet.contained.process import ReadingProcess
from sheetgen.spreadsheet.contained.worker import READY, FileToRead
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

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
    crew = _Crew(how=how, seconds=seconds, memory=memory)
    known: dict[int, Answer[T]] = {}
    with closing(crew.outcomes(files, min(jobs, len(files)))) as outcomes:
        for place, file in enumerate(files):
            while place not in known:
                known.update([next(outcomes)])
            answer = known.pop(place)
            if answer.suspect:
                # Who read before it, in the same process, may be to blame: a fresh one tells.
                _, answer = next(crew.outcomes([file], 1))
            yield file, crew.outcome(file, answer)


_NO_ANSWER = "réponse incompréhensible"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crew(Generic[T]):
    """The worker processes: starts them, gives them files, and hears their answers."""

    how: ReadFile[T]
    seconds: float
    memory: int

    def outcome(self, file: FileToRead, answer: Answer[T]) -> T | Problem:
        """Return the result of a file: an answer is accepted if well-formed and about it."""
        problem = answer.problem
        if problem is not None and problem.location.file == file.name:
            return problem
        if answer.result is not None and problem is None:
            return answer.result
        return READING_CRASHED.at(Location(file=file.name), reason=_NO_ANSWER)

    def outcomes(
        self, files: Sequence[FileToRead], jobs: int
    ) -> Generator[tuple[int, Answer[T]], None, None]:
        """Yield the result of each file, with its index, as soon as it is known."""
        decoder = self.how.decoder()
        waiting = list(range(len(files)))  # a heap: what a lost worker leaves is read first
        team: list[ReadingProcess] = []
        try:
            while waiting or any(worker.given for worker in team):
                while waiting and len(team) < max(1, jobs):
                    team.append(ReadingProcess.start(self.how.read, self.memory))
                self._hand_out(files, waiting, team)
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
                        answer = self._failure(files[place], worker, late=not answered)
                    yield place, answer
        finally:
            for worker in team:
                worker.stop()

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

    def _failure(self, file: FileToRead, worker: ReadingProcess, *, late: bool) -> Answer[T]:
        """Return the reason why a worker died, or was stopped, on this file."""
        location = Location(file=file.name)
        exit_code = None if late else worker.exit_code()
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
