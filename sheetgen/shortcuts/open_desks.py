"""Note which desk is open, so that a second click on a shortcut opens its page again.

A desk that holds its folder's file is alive: the system lets go of it when a process dies. Its
address, token included, lies in the user's own folder, where nobody else may read. Both are of one
computer: a home on the network may be seen from several.
"""

from __future__ import annotations

import json
import os
import platform
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sheetgen.files import HeldElsewhereError, held_alone
from sheetgen.shortcuts.user_places import UserPlaces, find_places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_PATIENCE = 3
"""Seconds for an answer of a desk that is there."""


@contextmanager
def hold_desk(folder: Path, places: UserPlaces | None = None) -> Iterator[Callable[[str], None]]:
    """Hold a folder's desk while the block runs; yield what notes its address.

    Args:
        folder: the workspace.
        places: of the user; found where they are not given.

    Where the user's folder cannot be written to, nothing is held, and the address not noted.

    Raises:
        HeldElsewhereError: another process holds it.
    """
    note = _note(folder, places or find_places())
    with ExitStack() as held:
        try:
            note.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            held.enter_context(held_alone(note.with_suffix(".lock")))
            note.unlink(missing_ok=True)
        except OSError:
            yield lambda _: None
            return
        try:
            yield partial(_write_note, note)
        finally:
            with suppress(OSError):
                note.unlink(missing_ok=True)


def _write_note(note: Path, address: str) -> None:
    """Write an address where nobody else may read it, as far as it can be written."""
    with suppress(OSError):
        note.unlink(missing_ok=True)
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"address": address}, file)


def find_address(folder: Path, places: UserPlaces) -> str | None:
    """Return the address of the desk that is open for a folder; None unless it answers there."""
    try:
        address = json.loads(_note(folder, places).read_text(encoding="utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    parts = urlsplit(str(address))
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=_PATIENCE)
    try:
        # Without the token: whoever else listens there by now learns nothing.
        connection.request("HEAD", "/")
        return str(address) if connection.getresponse().status == 403 else None
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()


def _note(folder: Path, places: UserPlaces) -> Path:
    """Return the file that holds the address of a folder's desk on this computer."""
    key = f"{platform.node()}\n{os.path.normcase(folder.resolve())}"
    number = sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return places.state / f"bureau-{number}.json"


__all__ = ["HeldElsewhereError", "find_address", "hold_desk"]
