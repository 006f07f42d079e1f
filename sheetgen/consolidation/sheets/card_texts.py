"""The texts of « Fiche » on a candidate's criteria: divergences, opinions, observations.

Where criteria are in the workbook its formulas tell them (`card_workings`); an index holds these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import CriterionState
from sheetgen.text import exact_number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sheetgen.consolidation.plan import CandidateRow, CriterionRow
    from sheetgen.model import Criterion, CriterionCode, SessionDecisions

FIRST, REST, ALL = 1, 2, 3
"""Divergences, what is not acquired, everything else: the order of the text."""

LINE = 42
"""The characters that the end of a line costs, on average, of the room of a text."""

_LONGEST_OPINION = 600

LONGEST_LIST = 220
"""Of the codes of what is missing, in characters: no other is added beyond."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The characters that the two places for texts hold, at the right and at the left."""

    right: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaTexts:
    """The texts that an index holds of a candidate's criteria."""

    right: str = ""
    left: str = ""
    missing: str = ""


def tell_opinions(decisions: SessionDecisions, candidate: CandidateRow) -> str:
    """Return each juror's overall opinion and remarks, or that no grid came."""
    told = []
    number = candidate.candidate.id
    for assignment in decisions.session.assignments_of[number]:
        juror = decisions.session.juror[assignment.juror]
        item = decisions.counted.get((number, juror.code))
        said = "grille non revenue"
        if item is not None:
            parts = [" ".join(text.split()) for text in (item.opinion, item.remarks) if text]
            said = shortened(" ".join(parts), _LONGEST_OPINION) or "sans avis"
        told.append(f"{juror.code} {juror.full_name} : {said}")
    return "\n".join(told)


def tell_criteria(
    candidate: CandidateRow,
    known: Mapping[CriterionCode, Criterion],
    opinions: str,
    room: Room,
    begun: str = "",
) -> CriteriaTexts:
    """Return divergences, opinions and observations as long as there is room, in this order.

    At the right they go on after a text that is begun.
    """
    items = list(_items(candidate, known))
    right, left = begun, ""
    for kind in (FIRST, REST, ALL):
        for own, told in items:
            if own == kind and _taken(right) < room.right:
                right = _longer(right, told)
            elif own == kind and _taken(left) < room.left:
                left = _longer(left, told)
        if kind == FIRST and opinions:
            right = _longer(right, opinions)
    missing = ""
    for _, row in candidate.criteria:
        if row.decision.state is CriterionState.MISSING and len(missing) < LONGEST_LIST:
            missing += f" {row.decision.code}"
    return CriteriaTexts(right=right, left=left, missing=missing)


def _items(
    candidate: CandidateRow, known: Mapping[CriterionCode, Criterion]
) -> Iterator[tuple[int, str]]:
    for block, row in candidate.criteria:
        decision = row.decision
        remark = " · ".join(
            f"{mark.juror} : {mark.comment}" for mark in decision.marks if mark.comment
        ).replace("\n", " · ")
        if decision.divergent:
            given = {mark.juror: mark.value for mark in decision.marks}
            codes = [juror.code for juror in block.jurors if juror.code in given]
            marks = " · ".join(f"{code} {_said(given[code])}" for code in codes)
            told = f"◆ {decision.code} {known[decision.code].title} : {marks}"
            yield FIRST, f"{told} — {remark}" if remark else told
        elif remark:
            yield _class(row), f"{decision.code} {remark}"


def _class(row: CriterionRow) -> int:
    return REST if row.decision.acquired is False else ALL


def _said(value: object) -> str:
    return value if isinstance(value, str) else exact_number(value)  # type: ignore[arg-type]


def _longer(so_far: str, told: str) -> str:
    return f"{so_far}\n{told}" if so_far else told


def _taken(told: str) -> int:
    return len(told) + LINE * told.count("\n")
