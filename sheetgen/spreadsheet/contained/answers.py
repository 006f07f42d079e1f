"""The answers of a reading process about a file, and the check that each is well-formed.

A process that parsed a hostile file may have been taken over by it, so nothing that it says is
unpickled: it is decoded by msgspec as exactly the type that was asked for, which can make no other
object and call nothing. At worst it lies about the file, or about those that it was given besides.
"""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003 - as below
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from sheetgen.problems import Problem  # noqa: TC001 - read at run time, by the decoder

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
