"""The content of one grid, and its rows: planned once, then written sheet by sheet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.caches import forget_oldest
from sheetgen.grid.asked import BlockVariant, variants_of
from sheetgen.grid.block_planner import BlockPlanner
from sheetgen.grid.owner import Owner, owner_of
from sheetgen.grid.working_rows import band_rows
from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules import CandidateScope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.grid.block_plan import BlockSheetPlan, CriterionRows
    from sheetgen.model import Assignment, BlockCode, Referential, Session

_MOST_VARIANTS = 256
"""Variants of blocs whose plans are kept; exemptions make many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPlan:
    """Everything that is in one grid, and where.

    Attributes:
        scope: its criteria, and what becomes of each whatever is marked.
        logo: a PNG or JPEG image.
    """

    referential: Referential
    session: Session
    assignment: Assignment
    scope: CandidateScope
    owner: Owner
    blocks: tuple[BlockSheetPlan, ...]
    logo: bytes | None = None

    @property
    def criteria(self) -> tuple[CriterionRows, ...]:
        """Return the criteria that it shows, bloc by bloc."""
        return tuple(item for plan in self.blocks for item in plan.criteria)

    def after(self, block: BlockSheetPlan) -> BlockSheetPlan | None:
        """Return the bloc that a juror fills in after another; None after the last."""
        later = self.blocks[self.blocks.index(block) + 1 :]
        return later[0] if later else None


def plan_grid(
    referential: Referential,
    session: Session,
    assignment: Assignment,
    logo: bytes | None = None,
) -> GridPlan:
    """Return the place of everything in the grid of one assignment."""
    return GridPlanner(referential, session, logo).plan(assignment)


class GridPlanner:
    """Plans the grids of a session; each variant of a bloc is planned once."""

    def __init__(
        self, referential: Referential, session: Session, logo: bytes | None = None
    ) -> None:
        self._referential = referential
        self._session = session
        self._logo = logo
        self._known: dict[BlockVariant, BlockSheetPlan] = {}

    def plan(self, assignment: Assignment) -> GridPlan:
        """Return the place of everything in the grid of one assignment."""
        scope = CandidateScope.of_grid(self._referential, self._session, assignment)
        return GridPlan(
            referential=self._referential,
            session=self._session,
            assignment=assignment,
            scope=scope,
            owner=owner_of(self._session, assignment),
            blocks=tuple(self._block(item, scope) for item in self.variants(assignment)),
            logo=self._logo,
        )

    def variants(self, assignment: Assignment) -> tuple[BlockVariant, ...]:
        """Return the variants of the blocs that a grid holds, in its order."""
        return variants_of(self._referential, self._session, assignment)

    @cached_property
    def _bands(self) -> Mapping[BlockCode, int]:
        return band_rows(self._referential)

    def _block(self, variant: BlockVariant, scope: CandidateScope) -> BlockSheetPlan:
        if variant not in self._known:
            band = self._bands[variant.code]
            planner = BlockPlanner(self._referential, variant, scope, band)
            self._known[variant] = planner.plan()
            forget_oldest(self._known, _MOST_VARIANTS)
        return self._known[variant]
