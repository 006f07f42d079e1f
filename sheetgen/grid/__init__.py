"""The grid: one workbook, one candidate, one juror; what its writer and its reader share.

`contract` holds its words and columns, `identity` what says whose it is and that it is ours; both
are open as a whole, since writer, reader and returns are held to all of them. `plan_grid` lays out
what a grid asks, on screen and on paper: a `GridPlan` of bloc sheets, competencies and criteria;
`arrangement_lines` and `particular_lines` say what the juror applies, `competency_in_short` and
`criterion_flags` what weighs on a bloc. `write` and `read` are the
two sides, with faces of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid import contract, identity
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.grid.apply import arrangement_lines, particular_lines
    from sheetgen.grid.block_plan import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.grid.plan import GridPlan, plan_grid
    from sheetgen.grid.sentences import competency_in_short, criterion_flags
else:
    __getattr__ = late(
        __name__,
        apply=("arrangement_lines", "particular_lines"),
        block_plan=("BlockSheetPlan", "CompetencyPart", "CriterionRows"),
        plan=(
            "GridPlan",
            "plan_grid",
        ),
        sentences=("competency_in_short", "criterion_flags"),
    )

__all__ = [
    "BlockSheetPlan",
    "CompetencyPart",
    "CriterionRows",
    "GridPlan",
    "arrangement_lines",
    "competency_in_short",
    "contract",
    "criterion_flags",
    "identity",
    "particular_lines",
    "plan_grid",
]
