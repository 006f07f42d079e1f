"""Into how many workbooks a session's consolidation goes.

One, as long as people can open it and `finalize` reads it back. Beyond,
`consolidation.xlsx` is an index, where the jury decides, and the criteria are in volumes, a bloc
each; a bloc that is still too large is cut between two candidates.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from sheetgen.consolidation.plan import Coverage, WorkbookPlan
from sheetgen.consolidation.sheets.criteria import count_columns
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState
from sheetgen.text import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import BlockCode, CandidateId, SessionDecisions

NAME = "consolidation.xlsx"
"""The workbook in which the jury decides."""

VOLUMES = "blocs"
"""The folder of the volumes, beside it."""

MOST_BYTES = 80 << 20
"""Of one workbook, inflated: some three hundred candidates, which a spreadsheet opens in ten
seconds. `finalize` reads no larger one than 100 MiB (`spreadsheet.limits`)."""

_BYTES_OF_A_CELL = 120
"""What a cell of the criteria sheet takes in all, with its share of the sheets that rest on it."""


def plan_consolidation(decisions: SessionDecisions) -> tuple[WorkbookPlan, ...]:
    """Return the workbooks to write: the jury's first, alone or followed by its volumes."""
    sizes = _measure(decisions)
    seats = max((item.seats for item in sizes.shares.values()), default=0)
    whole = WorkbookPlan(
        decisions=decisions,
        name=NAME,
        coverage=Coverage.WHOLE,
        people=tuple(sizes.people),
        blocks=tuple(block.code for block in decisions.referential.blocks),
        seats=seats,
        criteria=sum(item.rows for item in sizes.shares.values()),
        missing_marks=sizes.missing_marks,
    )
    if sum(item.bytes(seats) for item in sizes.shares.values()) <= MOST_BYTES:
        return (whole,)
    volumes = tuple(_plan_volumes(whole, sizes))
    return (replace(whole, coverage=Coverage.INDEX, volumes=volumes), *volumes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """The share of one candidate's bloc: rows of criteria, jurors, characters of observations."""

    rows: int
    seats: int
    characters: int

    def bytes(self, seats: int) -> int:
        """Return the approximate size of a workbook whose rows have room for so many jurors."""
        return self.rows * count_columns(seats) * _BYTES_OF_A_CELL + 2 * self.characters


@dataclass(slots=True)
class _Sizes:
    """The sizes by which a session is divided; `people` are in the session's order."""

    people: list[CandidateId] = field(default_factory=list)
    shares: dict[tuple[BlockCode, CandidateId], _Share] = field(default_factory=dict)
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
            if criteria:
                sizes.shares[block.code, candidate.id] = _Share(
                    rows=len(criteria),
                    seats=sum(block.code in item.blocks for item in assigned),
                    characters=sum(len(mark.comment) for item in criteria for mark in item.marks),
                )
            sizes.missing_marks += sum(item.state is CriterionState.MISSING for item in criteria)
    return sizes


def _plan_volumes(whole: WorkbookPlan, sizes: _Sizes) -> Iterator[WorkbookPlan]:
    for block in whole.blocks:
        shares = [
            (person, sizes.shares[block, person])
            for person in sizes.people
            if (block, person) in sizes.shares
        ]
        seats = max((share.seats for _, share in shares), default=0)
        parts = list(_cut(shares, seats))
        for number, part in enumerate(parts, start=1):
            end = f"_partie_{number}" if len(parts) > 1 else ""
            yield replace(
                whole,
                name=f"{VOLUMES}/consolidation_{file_stem(block)}{end}.xlsx",
                coverage=Coverage.VOLUME,
                people=tuple(person for person, _ in part),
                blocks=(block,),
                seats=seats,
                criteria=sum(share.rows for _, share in part),
            )


def _cut(
    shares: Sequence[tuple[CandidateId, _Share]], seats: int
) -> Iterator[list[tuple[CandidateId, _Share]]]:
    """Yield candidates with their shares, in as few parts as fit in a workbook, of about one size.

    A last part of a few rows would help nobody.
    """
    sizes = [share.bytes(seats) for _, share in shares]
    number = -(-sum(sizes) // MOST_BYTES)
    most = sum(sizes) / max(number, 1)
    part: list[tuple[CandidateId, _Share]] = []
    filled = 0
    for item, size in zip(shares, sizes, strict=True):
        if part and filled + size / 2 > most:
            yield part
            part, filled = [], 0
        part.append(item)
        filled += size
    if part:
        yield part
