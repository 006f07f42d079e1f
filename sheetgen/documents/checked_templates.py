"""The shipped templates that were checked before they were shipped: those bytes, and no others.

A template that somebody edited, be it in a checkout, is checked whenever it is read.
`checked_templates.txt` is written with the reference pages, from templates without any fault.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

CHECKED = Path(__file__).with_name("checked_templates.txt")


def was_checked(name: str, data: bytes) -> bool:
    """Return whether these bytes are the template shipped under this name, without fault."""
    return told_line(name, data) in _lines()


def told_line(name: str, data: bytes) -> str:
    """Return the line that says that a template of this name and these bytes has no fault."""
    return f"{hashlib.sha256(data).hexdigest()}  {name}"


@cache
def _lines() -> frozenset[str]:
    return frozenset(CHECKED.read_text(encoding="utf-8").splitlines())
