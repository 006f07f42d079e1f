"""The process that reads returned files for `contain`: one after another, until no more come.

Everything here may hang, swell or die with the file that is being read. What was made of a file is
sent as soon as it is known, so that whoever waits knows at any time which file that is.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sheetgen.executing import serve
from sheetgen.grids.raw import SpreadsheetFormat, UnreadableWorkbookError
from sheetgen.grids.unpacking import forget_package
from sheetgen.problems import Location, Problem
from sheetgen.problems.returns import FILE_CHANGED, READING_CRASHED, READING_TOO_HEAVY
from sheetgen.returns.files import UnreadableFileError
from sheetgen.returns.inspect import inspect_workbook
from sheetgen.returns.limits import MEBIBYTE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sheetgen.returns.find import FoundFile

try:
    import resource
except ImportError:  # Windows: inspection and time-outs alone contain a file there
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

Read = Callable[[bytes, SpreadsheetFormat, str], T]
"""Makes something of a workbook's bytes, format and name. It is found by its name in a new process,
so it is a module's function, and what it gives can be pickled."""

READY = b""
"""What a worker says first: starting takes a moment that no file is to pay for."""


_OBJECTS_BETWEEN_COLLECTIONS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A failure that may come from the state of the process."""

    problem: Problem


def read_files(line: Connection, read: Read[T], memory: int) -> None:
    """Answers each file that comes down the line with what `read` makes of it, pickled."""
    _limit_process(memory)
    # Reading makes many objects and hardly any cycle: looking for these less often saves a tenth.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    line.send_bytes(READY)
    # Whoever asks may have gone.
    with suppress(EOFError, OSError):
        while True:
            line.send_bytes(_read_one(read, memory, pickle.loads(line.recv_bytes())))  # noqa: S301


def _limit_process(memory: int) -> None:
    """Silences the reader's own outcries and limits the memory of this process."""
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


def _read_one(read: Read[T], memory: int, file: FoundFile) -> bytes:
    """What `read` makes of the file, or the problem or suspicion that it raised; pickled."""
    try:
        return pickle.dumps(_read_safe(read, file), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        limit = memory // MEBIBYTE
        problem = READING_TOO_HEAVY.at(Location(file=file.name), limit=limit)
        return pickle.dumps(Suspicion(problem=problem))
    except BaseException as failure:  # noqa: BLE001
        # Whatever a file makes the reader raise, a panic included, refuses that file alone.
        reason = f"{type(failure).__name__} : {failure}"
        return pickle.dumps(READING_CRASHED.at(Location(file=file.name), reason=reason))


def _read_safe(read: Read[T], file: FoundFile) -> T | Problem:
    try:
        data = file.read()
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return FILE_CHANGED.at(Location(file=file.name))
        return read(data, inspect_workbook(data), file.name)
    except (UnreadableFileError, UnreadableWorkbookError) as refusal:
        return refusal.at(file.name)
    finally:
        forget_package()
