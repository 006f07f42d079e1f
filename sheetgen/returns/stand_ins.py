"""Jurors who are replaced: which of two grids counts for a candidate, and which is still asked for.

The replaced juror's grid counts where it came back complete, in the name of who marked. An
incomplete one counts until the stand-in's is there; else the stand-in's counts. Nothing more is
asked of who is replaced.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ReturnStatus, told_candidate
from sheetgen.problems import Location
from sheetgen.problems import several_grids as kinds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sheetgen.model import Assignment, JurorCode, Session
    from sheetgen.problems import Kind
    from sheetgen.returns.identify import Pair
    from sheetgen.returns.settle import Draft

Chain = tuple["Assignment", ...]
"""One grid: the assignment of a juror, then of who replaces them, then of who replaces that one."""


def chains_of(session: Session) -> Iterator[Chain]:
    """Yield the session's grids, in the order of its assignments; most have one juror alone."""
    following: Mapping[Pair, Assignment] = {
        (item.candidate, item.instead_of): item
        for item in session.assignments
        if item.instead_of is not None
    }
    for item in session.assignments:
        if item.instead_of is None:
            chain = [item]
            while (last := (item.candidate, chain[-1].juror)) in following:
                chain.append(following[last])
            yield tuple(chain)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """The assignments of a session, once it is known what came back.

    Attributes:
        counting: those whose grid counts, or is waited for: what is decided from.
        asked: those of which something may still be asked.
        taken_over: the replaced jurors, by whom the grid is asked of now.
    """

    counting: tuple[Assignment, ...]
    asked: tuple[Assignment, ...]
    taken_over: Mapping[Pair, tuple[JurorCode, ...]] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Assignment, ...]:
        """Return those that count or are asked for, in the session's order."""
        return tuple(dict.fromkeys((*self.counting, *self.asked)))


def choose_seats(session: Session, received: Mapping[Pair, ReturnStatus]) -> Seats:
    """Return which assignments count, for grids that came back complete or incomplete."""
    counting: list[Assignment] = []
    asked: list[Assignment] = []
    taken_over: dict[Pair, tuple[JurorCode, ...]] = {}
    for chain in chains_of(session):
        states = [received.get((item.candidate, item.juror)) for item in chain]
        last = len(chain) - 1
        seat = last
        if ReturnStatus.ACCEPTED in states:
            seat = states.index(ReturnStatus.ACCEPTED)
        elif ReturnStatus.INCOMPLETE in states:
            seat = max(x for x, state in enumerate(states) if state is ReturnStatus.INCOMPLETE)
        counting.append(chain[seat])
        if seat == last or states[seat] is ReturnStatus.INCOMPLETE:
            asked.append(chain[last])
            if last:
                end = chain[last]
                taken_over[end.candidate, end.juror] = tuple(item.juror for item in chain[:last])
    return Seats(
        counting=_ordered(session, counting), asked=_ordered(session, asked), taken_over=taken_over
    )


def _ordered(session: Session, items: Sequence[Assignment]) -> tuple[Assignment, ...]:
    kept = set(items)
    return tuple(item for item in session.assignments if item in kept)


def received_of(drafts: Iterable[Draft]) -> Mapping[Pair, ReturnStatus]:
    """Return the status of each grid of which a return counts."""
    return {draft.pair: draft.item.status for draft in drafts if draft.pair and draft.item.counts}


def set_aside_others(
    session: Session, seats: Seats, drafts: Iterable[Draft], own_seats: Collection[Pair]
) -> None:
    """Make those that do not count of a replaced juror's return and their stand-in's duplicates.

    Args:
        session: of now.
        seats: which of them count.
        drafts: what came back.
        own_seats: grids that were made for a juror who stood in for nobody then.
    """
    came = {draft.pair: draft for draft in drafts if draft.pair and draft.item.counts}
    kept = {(item.candidate, item.juror) for item in seats.counting}
    for chain in chains_of(session):
        pairs = [(item.candidate, item.juror) for item in chain]
        counted = next((pair for pair in pairs if pair in kept and pair in came), None)
        if counted is None:
            continue
        place = pairs.index(counted)
        for pair in pairs[:place]:
            if pair in came:
                _set_aside(session, pair, came[pair], counted, kinds.REPLACED_GRID_LEFT)
        for pair in pairs[place + 1 :]:
            if pair in came:
                seated = pair in own_seats
                kind = kinds.SEATED_STAND_IN_LEFT if seated else kinds.STAND_IN_NOT_NEEDED
                _set_aside(session, pair, came[pair], counted, kind)


def _set_aside(session: Session, pair: Pair, draft: Draft, counted: Pair, kind: Kind) -> None:
    problem = kind.at(
        Location(file=draft.item.file),
        juror=session.juror[pair[1]].full_name,
        candidate=told_candidate(session, pair[0]),
        other=session.juror[counted[1]].full_name,
    )
    # What was wrong with a grid that does not count is nobody's to mend.
    draft.item = replace(draft.item, status=ReturnStatus.DUPLICATE, problems=(problem,))


def told_name(session: Session, pair: Pair, seats: Seats) -> str:
    """Return who is to be asked for a grid, and in whose place, as a message says it."""
    name = session.juror[pair[1]].full_name
    replaced = seats.taken_over.get(pair)
    return f"{name}, qui remplace {session.juror[replaced[-1]].full_name}" if replaced else name
