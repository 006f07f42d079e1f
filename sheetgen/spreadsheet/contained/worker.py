"""The process that reads files for `crew`: one after another, until no more come.

Everything here may hang, swell or die with the file that is being read. What was made of a file is
sent as soon as it is known, so that whoever waits knows at any time which file that is.

A process that parsed a hostile file may have been taken over by it, so nothing that it says is
unpickled: it is decoded by msgspec as exactly the type that was asked for, which can make no other
object and call nothing. At worst it lies about the file, or about those that it was given besides.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
from collections.abc import Callable  # noqa: TC003 - as below
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import (
    Location,
    Problem,
)
from sheetgen.problems.returns import FILE_CHANGED, READING_CRASHED, READING_TOO_HEAVY
from sheetgen.processes import serve
from sheetgen.spreadsheet.contents import UnreadableWorkbookError
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
Made = TypeVar("Made", covariant=True)  # noqa: PLC0105 - a name without « co » is plainer


class Answer(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """The result of reading one file.

    Attributes:
        result: what was made of it; None where it was refused.
        problem: why it was refused.
        suspect: whether the process may be to blame, rather than the file.
    """

    result: T | None = None
    problem: Problem | None = None
    suspect: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile(Generic[Made]):
    """The way a file is read, and what may come of it.

    Attributes:
        read: makes something of a file's bytes, or raises UnreadableWorkbookError. It is found by
            its name in a new process, so it is a module's function, or a partial one of it.
        answer: the type of what it makes, whose annotations say all that it may hold.
    """

    read: Callable[[bytes], Made]
    answer: type[Made]

    def decoder(self) -> msgspec.msgpack.Decoder[Answer[Made]]:
        """Return the decoder of answers, which raises `msgspec.MsgspecError` for other bytes."""
        return msgspec.msgpack.Decoder(Answer[self.answer])  # type: ignore[name-defined]


def encode(answer: Answer[T]) -> bytes:
    """Return an answer as bytes."""
    return msgspec.msgpack.encode(answer)


try:
    import resource
except ImportError:  # Windows: inspection and time-outs alone contain a file there
    resource = None  # type: ignore[assignment]


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
