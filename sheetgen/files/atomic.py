"""Writing a file so that its reader finds the former one or the new one, never a part of it."""

from __future__ import annotations

import re
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DRAFT = re.compile(r"^\..*\.[0-9a-f]{16}(\.\w+)?$")
"""The name of a file that is being written."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path beside `path` to write to; it replaces `path` on success, else is removed.

    Raises:
        OSError: the folder cannot be written to, or `path` is held open by another program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two machines of a cluster may have processes of one number, and do one piece of work again.
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(8)}{path.suffix}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def remove_drafts(folder: Path) -> None:
    """Remove what a run that was killed had begun to write under a folder and not put in place.

    Raises:
        OSError: a draft cannot be removed.
    """
    for path in list(folder.rglob(".*")) if folder.is_dir() else ():
        if _DRAFT.search(path.name) and path.is_file():
            path.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file at once, in the way of `replacing`.

    Raises:
        OSError: likewise.
    """
    with replacing(path) as draft:
        draft.write_bytes(data)
