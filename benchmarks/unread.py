"""A reader that reads nothing: what containing a returned file costs by itself.

It stands alone, since the processes that are to use it load this module and what it imports.
"""

from __future__ import annotations


def read_nothing(data: bytes) -> int:
    """Make nothing of a file but its length."""
    return len(data)
