"""All grids of a session, one after the other or in several processes."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.grids.identity import SigningKey, stamp_grid
from sheetgen.grids.plan import plan_grid
from sheetgen.grids.write import write_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    maker = _Maker(referential=referential, session=session, key=key, logo=logo)
    assignments = session.assignments
    if jobs <= 1 or len(assignments) < _WORTH_A_PROCESS:
        for assignment in assignments:
            yield assignment, maker.make(assignment)
        return
    with ProcessPoolExecutor(jobs, initializer=_keep, initargs=(maker,)) as pool:
        chunk = max(1, min(16, len(assignments) // (jobs * 4)))
        made = pool.map(_make, assignments, chunksize=chunk)
        yield from zip(assignments, made, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """What every grid of a session has in common."""

    referential: Referential
    session: Session
    key: SigningKey
    logo: bytes | None

    def make(self, assignment: Assignment) -> bytes:
        """One grid."""
        plan = plan_grid(self.referential, self.session, assignment, self.logo)
        return write_grid(plan, stamp_grid(self.key, self.referential, self.session, assignment))


_makers: list[_Maker] = []
"""In a worker process, the one maker it was started with."""


def _keep(maker: _Maker) -> None:
    _makers[:] = [maker]


def _make(assignment: Assignment) -> bytes:
    return _makers[0].make(assignment)
