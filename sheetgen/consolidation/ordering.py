"""The order of what is written.

Files for programs sort codes as texts; those for people as a reader counts: C1.10 follows C1.9.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from sheetgen.text.fold import Part, natural_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sheetgen.model import Mark, Return
    from sheetgen.problems import Problem


def natural_key(text: str) -> tuple[list[Part], str]:
    """Return a key that sorts runs of digits by their value; equal only for equal texts."""
    return natural_parts(text), text


mark_key: Callable[[Mark], str] = attrgetter("juror")
"""Gives a key that sorts marks of one criterion by juror."""


def return_key(item: Return) -> tuple[object, ...]:
    """Return a key that sorts returns by candidate, juror and file, unidentified ones first."""
    return (item.candidate or "", item.juror or "", item.file, item.sha256)


def problem_key(problem: Problem) -> tuple[object, ...]:
    """Return a key that sorts problems by place."""
    place = problem.location
    return (
        natural_key(place.file),
        natural_key(place.sheet),
        natural_key(place.cell),
        problem.code,
        problem.message,
    )
