"""Tasks that worker processes find by their name, and what they are given."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.processes import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


def numbers(
    items: Iterable[int], count: int, sizes: tuple[int, int] = (1, 1_000)
) -> Work[int, Sequence[int]]:
    """Numbers to work on; a share is some of them."""
    return Work(items=items, count=count, share=list, sizes=sizes)


def double(share: Sequence[int]) -> Iterator[int]:
    """Twice each number."""
    for number in share:
        yield 2 * number


def who(share: Sequence[int]) -> Iterator[int]:
    """The process that does each number."""
    for _ in share:
        yield os.getpid()


def die_at_seven(share: Sequence[int]) -> Iterator[int]:
    """Each number, until the process is killed as a system short of memory would kill it."""
    for number in share:
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        yield number


def where_it_works(here: int, *, killed: bool) -> int:
    """The process, which must be `here`: any other is killed, or the task fails there."""
    if os.getpid() != here:
        if killed:
            os.kill(os.getpid(), signal.SIGKILL)
        message = "no such attribute"
        raise AttributeError(message)
    return here


def fail(share: Sequence[int]) -> Iterator[int]:
    """Fail as another version might."""
    yield from share
    message = "no such attribute"
    raise AttributeError(message)


@dataclass(frozen=True, kw_only=True)
class Errand:
    """Numbers, each of which makes a file in a folder."""

    numbers: Sequence[int]
    folder: Path


def leave(share: Errand) -> Iterator[int]:
    """Each number, once its file is there."""
    for number in share.numbers:
        (share.folder / str(number)).touch()
        yield number
