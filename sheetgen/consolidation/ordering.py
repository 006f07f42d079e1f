"""The order of arrays in what is written: that of a reader counting, so C1.10 follows C1.9."""

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


def mark_key(mark: Mark) -> tuple[list[str | int], str]:
    """Marks of one criterion by juror."""
    return natural_key(mark.juror)


def return_key(item: Return) -> tuple[object, ...]:
    """Returns by candidate, juror and file; those whose identity is not established come first."""
    return (
        natural_key(item.candidate or ""),
        natural_key(item.juror or ""),
        natural_key(item.file),
        item.sha256,
    )


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
