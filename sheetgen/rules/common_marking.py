"""The jurors who mark in common: those whose grids of a candidate would hold the same criteria."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from sheetgen.model import group_of
from sheetgen.rules.candidate_scope import CandidateScope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.model import Assignment, CriterionCode, Juror, JurorCode, Referential, Session


_MOST_GROUPS = 32
"""Groups that one grid may have been made for; beyond, only the first and the last are known."""


def mark_in_common(referential: Referential, session: Session) -> Session:
    """Return the session with one assignment for those whose grids would hold the same criteria.

    Évaluateurs keep their own grids, and so does who would be alone in a group.
    """
    assignments: list[Assignment] = []
    groups: dict[JurorCode, Juror] = {}
    place = {juror.code: number for number, juror in enumerate(session.jurors)}
    for candidate in session.candidates:
        rank = 0
        own = session.assignments_of[candidate.id]
        following = {item.instead_of: item for item in own if item.instead_of is not None}
        first = tuple(item for item in own if item.instead_of is None)
        for item in _groups(referential, session, first):
            rank += len(item) > 1
            former: JurorCode | None = None
            for people in _in_turn(item, following):
                members = sorted(people, key=lambda one: place[one.juror])
                if len(members) == 1:
                    assignments.append(members[0])
                    continue
                group = group_of([session.juror[one.juror] for one in members])
                groups[group.code] = group
                # Of grids that hold the same, the one that restricts least says the least.
                plainest = min(members, key=lambda one: len(one.methods))
                assignments.append(
                    replace(plainest, juror=group.code, rank=rank, instead_of=former)
                )
                former = group.code
    return replace(session, assignments=tuple(assignments), groups=tuple(groups.values()))


def _in_turn(
    members: list[Assignment], following: Mapping[JurorCode, Assignment]
) -> Iterator[list[Assignment]]:
    """Yield who marks, then who does as those who are replaced give way to their stand-ins.

    They may have done so one after another, on different days: a grid of each group that there may
    have been between the first and the last one counts as theirs.
    """
    places = [list(_followers(item, following)) for item in members]
    if prod(map(len, places)) > _MOST_GROUPS:
        places = [[chain[0], *chain[-1:]] if len(chain) > 1 else chain for chain in places]
    steps = sorted(product(*(range(len(chain)) for chain in places)), key=lambda at: (sum(at), at))
    for step in steps if len(steps) <= _MOST_GROUPS else (steps[0], steps[-1]):
        yield [chain[at] for chain, at in zip(places, step, strict=True)]


def _followers(item: Assignment, following: Mapping[JurorCode, Assignment]) -> Iterator[Assignment]:
    """Yield an assignment, then that of who replaces its juror, and so on."""
    yield item
    while item.juror in following:
        item = following[item.juror]
        yield item


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
