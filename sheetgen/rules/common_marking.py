"""The jurors who mark in common: those whose grids of a candidate would hold the same criteria."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetgen.model import group_of
from sheetgen.rules.candidate_scope import CandidateScope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import Assignment, CriterionCode, Juror, JurorCode, Referential, Session


def mark_in_common(referential: Referential, session: Session) -> Session:
    """Return the session with one assignment for those whose grids would hold the same criteria.

    Évaluateurs keep their own grids, and so does who would be alone in a group.
    """
    assignments: list[Assignment] = []
    groups: dict[JurorCode, Juror] = {}
    for candidate in session.candidates:
        rank = 0
        for item in _groups(referential, session, session.assignments_of[candidate.id]):
            if len(item) == 1:
                assignments.append(item[0])
                continue
            rank += 1
            group = group_of([session.juror[one.juror] for one in item])
            groups[group.code] = group
            # Of grids that hold the same, the one that restricts least says the least.
            plainest = min(item, key=lambda one: len(one.methods))
            assignments.append(replace(plainest, juror=group.code, rank=rank))
    return replace(session, assignments=tuple(assignments), groups=tuple(groups.values()))


def _groups(
    referential: Referential, session: Session, assignments: tuple[Assignment, ...]
) -> Iterator[list[Assignment]]:
    """Yield the assignments of one candidate, those of one group together, in the jurors' order."""
    found: dict[tuple[CriterionCode, ...] | JurorCode, list[Assignment]] = {}
    for item in assignments:
        scope = CandidateScope.of_grid(referential, session, item)
        held = tuple(x.code for block in scope.blocks for x in scope.criteria_marked(block))
        found.setdefault(held if session.juror[item.juror].sits else item.juror, []).append(item)
    yield from found.values()
