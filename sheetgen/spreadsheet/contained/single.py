"""Reading one file that lies on disk, in a process of its own."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems.returns import FILE_CHANGED
from sheetgen.spreadsheet.contained.crew import Crew
from sheetgen.spreadsheet.contents import UnreadableWorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sheetgen.problems import Problem
    from sheetgen.spreadsheet.contained.worker import ReadFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOnDisk:
    """A file by its path; what is read must be what it held when it was found."""

    name: str
    path: Path
    sha256: str

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            UnreadableWorkbookError: they are no longer there.
        """
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadableWorkbookError(FILE_CHANGED) from error


def read_alone(
    path: Path, data: bytes, how: ReadFile[T], *, seconds: float, memory: int
) -> T | Problem:
    """Return the result of a file, or why it was refused, as `begin_alone` does."""
    with begin_alone(path, data, how, seconds=seconds, memory=memory) as result:
        return result()


@contextmanager
def begin_alone(
    path: Path, data: bytes, how: ReadFile[T], *, seconds: float, memory: int
) -> Iterator[Callable[[], T | Problem]]:
    """Begin to read a file; the function given waits for its result, or why it was refused.

    One process for one file costs the least as a copy of this one, where that is safe.

    Args:
        path: where it lies; the process reads it there.
        data: the bytes that it holds.
        how: what is called on them, and what may come of it.
        seconds: that it may take.
        memory: bytes that the process may take, where the platform can hold it to that.
    """
    file = FileOnDisk(name=path.as_posix(), path=path, sha256=hashlib.sha256(data).hexdigest())
    crew = Crew(how=how, seconds=seconds, memory=memory, copied=True)
    with crew.begin([file], jobs=1) as results:
        yield lambda: next(results)[1]
