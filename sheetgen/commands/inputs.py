"""The arguments of every command: where the files are, and how to run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

Step = Callable[[], None]
Progress = Callable[[str, int], "AbstractContextManager[Step]"]
"""Given what is being done and in how many steps, a context whose value is called at each step."""


@contextmanager
def no_progress(_what: str, _steps: int) -> Iterator[Step]:
    """Yield a step that shows nothing."""
    yield lambda: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The places of the school's files."""

    referential: Path
    session: Path
    templates: Path
    output: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The way to run: by whom, with Word documents or not, what to overwrite or prefer.

    Attributes:
        jobs: processes at most.
        scheduler: the address of a Dask cluster to be used instead; None without one.
        new_key: whether to sign with another key, so that the grids that are out count no more.
    """

    jobs: int = 1
    scheduler: str | None = None
    reports: bool = True
    force: bool = False
    new_key: bool = False
    preferred: tuple[str, ...] = ()
    progress: Progress = no_progress
