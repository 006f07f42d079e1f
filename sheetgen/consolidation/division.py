"""Into how many workbooks a session's consolidation goes.

One, as long as its largest sheet is one that people can open and `finalize` reads back. Beyond,
`consolidation.xlsx` is an index, where the jury decides, and the criteria are in volumes, a bloc
each; a bloc that is still too large is cut between two candidates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sheetgen.consolidation.criteria_sheet import count_columns
from sheetgen.consolidation.plan import HEADER_ROW, Coverage, WorkbookPlan
from sheetgen.model import CriterionState
from sheetgen.naming import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import BlockCode, CandidateId, SessionDecisions

NAME = "consolidation.xlsx"
"""The workbook in which the jury decides."""

VOLUMES = "blocs"
"""The folder of the volumes, beside it."""

MOST_ROWS = 100_000
MOST_CELLS = 2_000_000
"""Of one sheet: Excel's own limit is ten times the rows, but it takes minutes to open them, and no
return with more is read (`returns.limits`)."""


def plan_consolidation(
    decisions: SessionDecisions, most_cells: int = MOST_CELLS
) -> tuple[WorkbookPlan, ...]:
    """The workbooks to write: the jury's first, alone or followed by its volumes.

    Args:
        decisions: gone through once.
        most_cells: of one sheet of criteria.
    """
    sizes = _measure(decisions)
    blocks = tuple(block.code for block in decisions.referential.blocks)
    people = tuple(sizes.people)
    rows = sum(sizes.criteria.values())
    most_rows = min(MOST_ROWS, most_cells // count_columns(max(sizes.seats.values(), default=0)))
    volumes: tuple[WorkbookPlan, ...] = ()
    if rows + HEADER_ROW > most_rows:
        volumes = tuple(_plan_volumes(decisions, sizes, most_cells))
    whole = WorkbookPlan(
        decisions=decisions,
        name=NAME,
        coverage=Coverage.INDEX if volumes else Coverage.WHOLE,
        people=people,
        blocks=blocks,
        seats=max(sizes.seats.values(), default=0),
        criteria=rows,
        missing_marks=sizes.missing_marks,
        volumes=volumes,
    )
    return (whole, *volumes)


@dataclass(slots=True)
class _Sizes:
    """What decides how a session is divided.

    Attributes:
        people: in the session's order.
        criteria: rows of criteria, by bloc and candidate who presents it.
        seats: the most jurors that a candidate has, by bloc.
    """

    people: list[CandidateId] = field(default_factory=list)
    criteria: dict[tuple[BlockCode, CandidateId], int] = field(default_factory=dict)
    seats: Counter[BlockCode] = field(default_factory=Counter)
    missing_marks: int = 0


def _measure(decisions: SessionDecisions) -> _Sizes:
    sizes = _Sizes()
    for candidate in decisions.session.candidates:
        decision = decisions.decided.get(candidate.id)
        if decision is None:
            continue
        sizes.people.append(candidate.id)
        assigned = decisions.session.assignments_of[candidate.id]
        for block in decision.blocks:
            criteria = [item for group in block.competencies for item in group.criteria]
            if not criteria:
                continue
            sizes.criteria[block.code, candidate.id] = len(criteria)
            seats = sum(block.code in item.blocks for item in assigned)
            sizes.seats[block.code] = max(sizes.seats[block.code], seats)
            sizes.missing_marks += sum(item.state is CriterionState.MISSING for item in criteria)
    return sizes


def _plan_volumes(
    decisions: SessionDecisions, sizes: _Sizes, most_cells: int
) -> Iterator[WorkbookPlan]:
    for block in decisions.referential.blocks:
        counts = [
            (person, sizes.criteria[block.code, person])
            for person in sizes.people
            if (block.code, person) in sizes.criteria
        ]
        seats = sizes.seats[block.code]
        most_rows = min(MOST_ROWS, most_cells // count_columns(seats)) - HEADER_ROW
        parts = list(_cut(counts, most_rows))
        for number, part in enumerate(parts, start=1):
            end = f"_partie_{number}" if len(parts) > 1 else ""
            yield WorkbookPlan(
                decisions=decisions,
                name=f"{VOLUMES}/consolidation_{file_stem(block.code)}{end}.xlsx",
                coverage=Coverage.VOLUME,
                people=tuple(person for person, _ in part),
                blocks=(block.code,),
                seats=seats,
                criteria=sum(rows for _, rows in part),
                missing_marks=sizes.missing_marks,
            )


def _cut(
    counts: Sequence[tuple[CandidateId, int]], most_rows: int
) -> Iterator[list[tuple[CandidateId, int]]]:
    """Candidates with their rows, in parts of so many rows at most; a part has one at least."""
    part: list[tuple[CandidateId, int]] = []
    filled = 0
    for person, rows in counts:
        if part and filled + rows > most_rows:
            yield part
            part, filled = [], 0
        part.append((person, rows))
        filled += rows
    if part:
        yield part
