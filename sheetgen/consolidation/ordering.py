"""The order of what is written.

Files for programs sort codes as texts; those for people as a reader counts: C1.10 follows C1.9.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetgen.model import Mark, Return
    from sheetgen.problems import Problem

_DIGITS = re.compile(r"(\d+)")


def natural_key(text: str) -> tuple[list[str | int], str]:
    """A key that sorts runs of digits by their value; equal only for equal texts."""
    # Splitting on a group gives texts at even places and digits at odd ones, so that the places
    # compared always hold the same type.
    parts: list[str | int] = list(_DIGITS.split(text))
    parts[1::2] = [int(part) for part in parts[1::2]]
    return parts, text


def mark_key(mark: Mark) -> str:
    """Marks of one criterion by juror."""
    return mark.juror


def return_key(item: Return) -> tuple[object, ...]:
    """Returns by candidate, juror and file; those whose identity is not established come first."""
    return (item.candidate or "", item.juror or "", item.file, item.sha256)


def problem_key(problem: Problem) -> tuple[object, ...]:
    """Problems by place."""
    place = problem.location
    return (
        natural_key(place.file),
        natural_key(place.sheet),
        natural_key(place.cell),
        problem.code,
        problem.message,
    )
