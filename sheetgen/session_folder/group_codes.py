"""Groups that mark in common keep the code that their grids bear, however `Jurés` is sorted by now.

A group's code is its members', in the order of the sheet: with the rows in another order it would
be another code, and grids of the same people would be refused as those of others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.model import group_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import Juror, JurorCode, Session
    from sheetgen.session_folder.grid_record import GridRecord


def keep_group_codes(session: Session, made: GridRecord) -> Session:
    """Return the session with each group as its last grid on record names its members."""
    if not session.groups:
        return session
    recorded = {
        frozenset(codes): codes
        for grid in made.grids
        if (codes := tuple(code for code, _ in grid.members))
    }
    kept: Mapping[JurorCode, Juror] = {
        group.code: group_of([session.juror[code] for code in recorded[members]])
        for group in session.groups
        if (members := frozenset(person.code for person in group.members)) in recorded
    }
    codes_now = {code: group.code for code, group in kept.items()}
    return replace(
        session,
        groups=tuple(kept.get(group.code, group) for group in session.groups),
        assignments=tuple(
            replace(
                item,
                juror=codes_now.get(item.juror, item.juror),
                instead_of=item.instead_of and codes_now.get(item.instead_of, item.instead_of),
            )
            for item in session.assignments
        ),
    )
