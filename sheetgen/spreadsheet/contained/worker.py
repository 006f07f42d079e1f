"""The process that reads files for `crew`: one after another, until no more come.

Everything here may hang, swell or die with the file that is being read. What was made of a file is
sent as soon as it is known, so that whoever waits knows at any time which file that is.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from sheetgen.problems import Location
from sheetgen.problems.returns import FILE_CHANGED, READING_CRASHED, READING_TOO_HEAVY
from sheetgen.processes import serve
from sheetgen.spreadsheet.contained.answers import Answer, encode
from sheetgen.spreadsheet.contents import UnreadableWorkbookError
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

try:
    import resource
except ImportError:  # Windows: inspection and time-outs alone contain a file there
    resource = None  # type: ignore[assignment]

T = TypeVar("T")


class FileToRead(Protocol):
    """A file as whoever found it knows it; it can be pickled."""

    @property
    def name(self) -> str:
        """Return the file's name as the user knows it."""

    @property
    def sha256(self) -> str:
        """Return the hash of its bytes as they were found, in hexadecimal."""

    def read(self) -> bytes:
        """Return the file's bytes.

        Raises:
            UnreadableWorkbookError: they are no longer there.
        """


READY = b""
"""What a worker says first: starting takes a moment that no file is to pay for."""

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def read_files(line: Connection, read: Callable[[bytes], T], memory: int) -> None:
    """Answer each file that comes down the line with what `read` makes of it."""
    _limit_process(memory)
    # Reading makes many objects and hardly any cycle: looking for these less often saves a tenth.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    line.send_bytes(READY)
    # Whoever asks may have gone.
    with suppress(EOFError, OSError):
        while True:
            # From the process that started this one: it is trusted, which the reverse is not.
            file = pickle.loads(line.recv_bytes())  # noqa: S301
            line.send_bytes(_read_one(read, memory, file))


def _limit_process(memory: int) -> None:
    """Silence the reader's own outcries and limit the memory of this process."""
    serve()
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        # Some systems know the limit and refuse to set it: time-outs remain.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory, hard))


def _read_one(read: Callable[[bytes], T], memory: int, file: FileToRead) -> bytes:
    """Return what `read` makes of the file, or the problem that it raised, encoded."""
    try:
        return encode(_read_safe(read, file))
    except MemoryError:
        limit = memory // MEBIBYTE
        problem = READING_TOO_HEAVY.at(Location(file=file.name), limit=limit)
        return encode(Answer[T](problem=problem, suspect=True))
    except BaseException as failure:  # noqa: BLE001
        # Whatever a file makes the reader raise, a panic included, refuses that file alone.
        reason = f"erreur interne ({type(failure).__name__})"
        return encode(
            Answer[T](problem=READING_CRASHED.at(Location(file=file.name), reason=reason))
        )


def _read_safe(read: Callable[[bytes], T], file: FileToRead) -> Answer[T]:
    try:
        data = file.read()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return Answer(problem=FILE_CHANGED.at(Location(file=file.name)))
        return Answer(result=read(data))
    except UnreadableWorkbookError as refusal:
        return Answer(problem=refusal.at(file.name))
