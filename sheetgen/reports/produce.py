"""Documents by the dozen, one after the other or in several processes: the same, in their order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.reports.missing import MissingFields
from sheetgen.reports.template import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.problems import Problem

Render = Callable[..., bytes]
"""Makes one document; it is given `missing`, the fields that documents lack, to add to."""

_WORTH_A_PROCESS = 12
"""Fewer documents than this are made sooner by one process than others take to start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """One document, or why there is none, and the fields that it lacks."""

    document: bytes | Problem
    missing: MissingFields


def produce_documents(renders: Sequence[Render], *, jobs: int) -> Iterator[Produced]:
    """Every document, in the order given.

    Args:
        renders: what makes each; sent to other processes, once and all together.
        jobs: processes at most.
    """
    if jobs <= 1 or len(renders) < _WORTH_A_PROCESS:
        yield from map(_produced, renders)
        return
    with ProcessPoolExecutor(jobs, initializer=_keep, initargs=(renders,)) as pool:
        chunk = max(1, min(16, len(renders) // (jobs * 4)))
        yield from pool.map(_produce, range(len(renders)), chunksize=chunk)


def _produced(render: Render) -> Produced:
    missing = MissingFields()
    try:
        return Produced(document=render(missing=missing), missing=missing)
    except RenderError as error:
        return Produced(document=error.problem, missing=missing)


_renders: list[Render] = []
"""In a worker process, what makes the documents."""


def _keep(renders: Sequence[Render]) -> None:
    _renders[:] = renders


def _produce(place: int) -> Produced:
    return _produced(_renders[place])
