"""A file held by one process at a time, for what two people may not do at once."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""A system's answers where somebody else holds a file."""


class HeldElsewhereError(Exception):
    """Raised when another process holds the file."""


@contextmanager
def held_alone(path: Path) -> Iterator[None]:
    """Hold a file that nobody else may hold, and remove it after; the system lets go of a dead one.

    A file system that knows nothing of holding a file is used without.

    Raises:
        HeldElsewhereError: another process holds it.
        OSError: it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = _opened(path)
    try:
        yield
    finally:
        # Windows refuses to remove what is open: the file stays, and keeps nobody out.
        with suppress(OSError):
            path.unlink()
        file.close()


def _opened(path: Path) -> BinaryIO:
    """Return the file, held; not one that whoever held it before has removed meanwhile."""
    while True:
        file = path.open("ab")
        try:
            _take(file.fileno())
        except OSError as error:
            if error.errno in _HELD:
                file.close()
                raise HeldElsewhereError(str(path)) from error
        with suppress(FileNotFoundError):
            if os.path.samestat(path.stat(), os.fstat(file.fileno())):
                return file
        file.close()
