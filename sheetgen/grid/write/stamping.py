"""Grids by stamping: what grids of one form share is written once, then each gets its own texts.

A form is all that a grid's bytes depend on, but for the texts of its owner and its stamp. One grid
of each form is written with marks in place of those texts, from the sheets of blocs that forms
share (`block_parts`), and cut at the marks; each grid is put together from the pieces. What comes
out is, but for the order in which the texts of cells are listed, what the writer would have written
(`grid`); where that is not certain, the writer writes it. One process makes a session's grids
faster than several would hand them over.
"""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING

from sheetgen.caches import forget_oldest
from sheetgen.excel import WorkbookMould, gap_mark, is_plain
from sheetgen.grid.identity import GridStamp, SigningKey, stamp_grid
from sheetgen.grid.owner import Heights, Owner, owner_of
from sheetgen.grid.plan import GridPlanner
from sheetgen.grid.write.block_parts import BlockParts
from sheetgen.grid.write.grid import write_grid
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CandidateId, JurorRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sheetgen.grid.asked import BlockVariant
    from sheetgen.model import (
        Accommodation,
        Assignment,
        BlockCode,
        MethodCode,
        Referential,
        Route,
        Session,
    )

_OWNER = ("candidate", "juror", "line", "signature", "footer", "title")
_STAMP = ("candidate", "juror", "code", "signature")
"""The texts that differ between grids of one form, in the order of their gaps."""

_IN_CELLS = (0, 1, 2, 3, 6, 7, 8, 9)
"""The gaps whose texts stand in cells, so that the file lists each only once."""

_MOST_MOULDS = 256
"""Moulds that are kept, some fifty kilobytes each; where there are more forms, the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """The key of a mould: what a grid's bytes depend on, but for its owner and stamp."""

    blocks: tuple[BlockVariant, ...]
    methods: tuple[tuple[BlockCode, tuple[MethodCode, ...]], ...]
    sits: bool
    members: tuple[str, ...]
    route: Route
    arrangements: tuple[Accommodation, ...]
    heights: Heights


@dataclass(kw_only=True)
class Stamper:
    """Makes the grids of a session; those of one form cost little after the first."""

    referential: Referential
    session: Session
    key: SigningKey
    logo: bytes | None = None
    _moulds: dict[_Form, WorkbookMould] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._arrangements = _arrangements(self.session)
        self._planner = GridPlanner(self.referential, self.session, self.logo)
        self._blocks = BlockParts(self.referential)

    def make(self, assignment: Assignment) -> bytes:
        """Return the grid of one assignment; the same inputs always give the same bytes."""
        stamp = stamp_grid(self.key, self.referential, self.session, assignment)
        owner = owner_of(self.session, assignment)
        texts = _texts(owner, stamp)
        filled = None
        if all(map(is_plain, texts)):
            filled = self._mould(assignment, owner, stamp).fill(texts)
        return filled or write_grid(self._planner.plan(assignment), stamp)

    def _mould(self, assignment: Assignment, owner: Owner, stamp: GridStamp) -> WorkbookMould:
        form = _Form(
            blocks=self._planner.variants(assignment),
            methods=assignment.methods,
            sits=self.session.juror[assignment.juror].role is not JurorRole.ASSESSOR,
            members=owner.members,
            route=self.session.candidate[assignment.candidate].route,
            arrangements=self._arrangements.get(assignment.candidate, ()),
            heights=owner.heights,
        )
        known = self._moulds.get(form)
        if known is None:
            known = self._moulds[form] = self._new_mould(assignment, owner, stamp)
            forget_oldest(self._moulds, _MOST_MOULDS)
        return known

    def _new_mould(self, assignment: Assignment, owner: Owner, stamp: GridStamp) -> WorkbookMould:
        marks = [gap_mark(number) for number in range(len(_OWNER) + len(_STAMP))]
        texts = dict(zip(_OWNER, marks, strict=False))
        marked_owner = Owner(**texts, heights=owner.heights, members=owner.members)
        marked_stamp = replace(stamp, **dict(zip(_STAMP, marks[len(_OWNER) :], strict=True)))
        plan = replace(self._planner.plan(assignment), owner=marked_owner)
        return WorkbookMould.of(self._blocks.write_grid(plan, marked_stamp), _IN_CELLS)


def _arrangements(session: Session) -> Mapping[CandidateId, tuple[Accommodation, ...]]:
    """Return what applies to each candidate, in the session's order, without saying to whom."""
    found: dict[CandidateId, tuple[Accommodation, ...]] = {}
    for item in session.accommodations:
        anyone = replace(item, candidate=CandidateId(""))
        found[item.candidate] = (*found.get(item.candidate, ()), anyone)
    return found


def _texts(owner: Owner, stamp: GridStamp) -> list[str]:
    """Return what fills the gaps of the form for one grid, in their order."""
    return [
        *(getattr(owner, name) for name in _OWNER),
        *(getattr(stamp, name) for name in _STAMP),
    ]


def produce_grids(
    referential: Referential, session: Session, key: SigningKey, logo: bytes | None = None
) -> Iterator[tuple[Assignment, Callable[[], bytes]]]:
    """Yield each assignment with what makes its grid's bytes, in the session's order."""
    stamper = Stamper(referential=referential, session=session, key=key, logo=logo)
    for assignment in session.assignments:
        yield assignment, partial(stamper.make, assignment)
