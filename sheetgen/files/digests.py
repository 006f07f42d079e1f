"""The SHA-256 by which files are known again."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_WORTH_A_THREAD = 1_000_000
"""Bytes of which the hash takes several times as long as starting a thread."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def digested_meanwhile(data: bytes) -> Iterator[Callable[[], str]]:
    """Yield what gives the SHA-256 of the bytes, computed by a thread while they are written.

    The thread has ended when the block has: a process may be copied again then.
    """
    if len(data) < _WORTH_A_THREAD:
        yield lambda: sha256(data)
        return
    digests: list[str] = []
    thread = Thread(target=lambda: digests.append(sha256(data)))
    thread.start()

    def digest() -> str:
        thread.join()
        return digests[0]

    try:
        yield digest
    finally:
        thread.join()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file of any size, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
