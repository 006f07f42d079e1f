"""The state of each grid of which something came back, for whoever shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import ReturnStatus

if TYPE_CHECKING:
    from sheetgen.model import CandidateId, JurorCode
    from sheetgen.returns.collect import Collection

TOLD_STATES = (
    ReturnStatus.ACCEPTED,
    ReturnStatus.INCOMPLETE,
    ReturnStatus.REJECTED,
    ReturnStatus.CONFLICT,
)
"""The states that a grid may have, in the order to show them; a duplicate is none of its own."""
TOLD_HEADINGS = ("Complètes", "Incomplètes", "Refusées", "En conflit", "Manquantes")
"""Headings of columns that count the grids in each of these states, then those that are missing."""


def state_of(collection: Collection) -> dict[tuple[CandidateId, JurorCode], ReturnStatus]:
    """Return the state of each grid something came back for.

    What counts wins over what does not.
    """
    states: dict[tuple[CandidateId, JurorCode], ReturnStatus] = {}
    for item in collection.returns:
        if item.candidate is None or item.juror is None or item.status not in TOLD_STATES:
            continue
        pair = (item.candidate, item.juror)
        if item.counts or pair not in states:
            states[pair] = item.status
    return states
