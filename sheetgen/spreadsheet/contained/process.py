"""A worker process as `crew` sees it: started, given files, heard, stopped."""

from __future__ import annotations

import pickle
import sys
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Self

from sheetgen.processes import process_context
from sheetgen.spreadsheet.contained import worker
from sheetgen.spreadsheet.contained.worker import READY, read_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from sheetgen.spreadsheet.contained.worker import FileToRead

READERS = ("sheetgen.spreadsheet.xlsx",)
"""What nearly every file needs, loaded one time for all processes."""

_BYTES_AHEAD = 4096
"""What may wait in a worker's line, about ten files: less than any system's lines hold, so that
giving one more to a worker that hangs never blocks."""

_ANSWER_BYTES = 1 << 29
"""More than what is read of any workbook takes: a longer answer is none."""

_ENDING_SECONDS = 5
"""For a process that has closed its line, or said what it should not, to end."""


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
    def start(cls, read: Callable[[bytes], object], memory: int) -> Self:
        """Start a new one; if it cannot start, it is heard like one that died at once."""
        context = process_context([worker.__name__, *READERS, read.__module__])
        ours, theirs = context.Pipe()
        process = context.Process(target=read_files, args=(theirs, read, memory), daemon=True)
        with theirs, suppress(OSError, EOFError), _program_left_out(read.__module__):
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
