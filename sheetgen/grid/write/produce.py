"""All grids of a session, each as it is asked for.

One process makes them faster than several would hand them over.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sheetgen.grid.write.stamping import Stamper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sheetgen.grid.identity import SigningKey
    from sheetgen.model import Assignment, Referential, Session


def produce_grids(
    referential: Referential, session: Session, key: SigningKey, logo: bytes | None = None
) -> Iterator[tuple[Assignment, Callable[[], bytes]]]:
    """Yield each assignment with what makes its grid's bytes, in the session's order."""
    stamper = Stamper(referential=referential, session=session, key=key, logo=logo)
    for assignment in session.assignments:
        yield assignment, partial(stamper.make, assignment)
