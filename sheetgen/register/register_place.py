"""The place of a register, looked at without loading a database's library."""

from __future__ import annotations

from pathlib import Path


def may_be_there(address: str) -> bool:
    """Return whether a register may be at an address; False where it is a file's, and none is."""
    return "://" in address or Path(address).exists()
