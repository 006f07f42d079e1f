"""The file of a session's signing key, by which its grids are known to be its own."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from sheetgen.grid.identity import SigningKey

if TYPE_CHECKING:
    from pathlib import Path

_KEY_BYTES = 32


class UnusableKeyError(Exception):
    """A signing key file that holds no key."""


def read_key(path: Path) -> SigningKey | None:
    """Return the signing key, or None where there is no file.

    Raises:
        UnusableKeyError: the file holds no key.
        OSError: it cannot be read.
    """
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise UnusableKeyError(str(path)) from error
    try:
        key = bytes.fromhex(text)
    except ValueError as error:
        raise UnusableKeyError(str(path)) from error
    if len(key) != _KEY_BYTES:
        raise UnusableKeyError(str(path))
    return SigningKey(key)


def create_key(path: Path) -> SigningKey:
    """Create a signing key, in a file that only its owner can read.

    Raises:
        FileExistsError: there is one already; it is never replaced.
        OSError: it cannot be written.
    """
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key.hex()}\n")
    return SigningKey(key)


def protect_key(path: Path) -> None:
    """Let only its owner read a key that was put there, from a backup for example."""
    with suppress(OSError):  # some file systems have no such permissions
        path.chmod(0o600)
