"""All grids of a session, one after the other or in several processes."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

from sheetgen.grids.stamping import Stamper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.grids.identity import SigningKey
    from sheetgen.model import Assignment, Referential, Session

_WORTH_A_PROCESS = 24
"""Fewer grids than this are written sooner by one process than others take to start."""


def produce_grids(
    referential: Referential,
    session: Session,
    key: SigningKey,
    *,
    jobs: int,
    logo: bytes | None = None,
) -> Iterator[tuple[Assignment, bytes]]:
    """Each assignment with its grid's bytes, in the session's order."""
    maker = Stamper(referential=referential, session=session, key=key, logo=logo)
    assignments = session.assignments
    if jobs <= 1 or len(assignments) < _WORTH_A_PROCESS:
        for assignment in assignments:
            yield assignment, maker.make(assignment)
        return
    with ProcessPoolExecutor(jobs, initializer=_keep, initargs=(maker,)) as pool:
        chunk = max(1, min(16, len(assignments) // (jobs * 4)))
        made = pool.map(_make, assignments, chunksize=chunk)
        yield from zip(assignments, made, strict=True)


_stampers: list[Stamper] = []
"""In a worker process, the one stamper it was started with."""


def _keep(maker: Stamper) -> None:
    _stampers[:] = [maker]


def _make(assignment: Assignment) -> bytes:
    return _stampers[0].make(assignment)
