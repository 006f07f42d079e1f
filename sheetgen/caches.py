"""Caches that hold so many entries at most, so that a large session fits in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping


def forget_oldest(known: MutableMapping[Any, Any], most: int) -> None:
    """Take the oldest entries out until there are at most so many."""
    while len(known) > most:
        del known[next(iter(known))]
