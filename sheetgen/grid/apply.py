"""Sentences on what a juror applies to one candidate, for the grid on screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import AccommodationKind, CriterionState

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from sheetgen.grid.plan import GridPlan
    from sheetgen.model import CandidateId, CriterionCode, Session


def particular_lines(grid: GridPlan, *, on_paper: bool = False) -> list[str]:
    """Return what this juror marks of the candidate, where it is not all, and what was not sat.

    On paper nothing is locked: its lines say « Absent », and have no box.
    """
    restricted = dict.fromkeys(code for _, codes in grid.assignment.methods for code in codes)
    absent = [item.criterion.code for item in grid.criteria if item.lock is CriterionState.ABSENT]
    lines = []
    if restricted:
        names = (f"{code} ({grid.referential.method[code].name})" for code in restricted)
        lines.append(f"Vous évaluez les seuls critères de : {', '.join(names)}.")
    if absent:
        locked = "" if on_paper else ", déjà verrouillés"
        lines.append(f"Candidat absent : rien à évaluer pour {', '.join(absent)}{locked}.")
    return lines


def arrangement_lines(grid: GridPlan) -> list[str]:
    """Return what this juror must apply for this candidate, and nothing of why."""
    exempt = exempted(grid.session, grid.assignment.candidate, _marked(grid))
    return [*_exempted_line(exempt), *_told(grid.session, grid.assignment.candidate, exempt, None)]


def general_lines(grid: GridPlan) -> list[str]:
    """Return what this juror must apply that concerns no bloc of the grid more than another."""
    candidate = grid.assignment.candidate
    return _told(grid.session, candidate, frozenset(), lambda code: code not in _marked(grid))


def block_lines(
    session: Session, candidate: CandidateId, criteria: AbstractSet[CriterionCode]
) -> tuple[str, ...]:
    """Return what must be applied for a candidate in the bloc of these criteria."""
    exempt = exempted(session, candidate, criteria)
    told = _told(session, candidate, exempt, lambda code: code in criteria)
    return (*_exempted_line(exempt), *told)


def exempted(
    session: Session, candidate: CandidateId, criteria: AbstractSet[CriterionCode]
) -> frozenset[CriterionCode]:
    """Return those of the criteria from which the candidate is exempt."""
    return frozenset(session.exemptions_of[candidate] & criteria)


def _marked(grid: GridPlan) -> frozenset[CriterionCode]:
    return frozenset(item.criterion.code for item in grid.criteria)


def _exempted_line(exempt: AbstractSet[CriterionCode]) -> list[str]:
    if not exempt:
        return []
    return [f"Critères exemptés, à ne pas évaluer : {', '.join(sorted(exempt))}."]


def _told(
    session: Session,
    candidate: CandidateId,
    exempt: AbstractSet[CriterionCode],
    wanted: Callable[[CriterionCode | None], bool] | None,
) -> list[str]:
    """Return the arrangements on the criteria that are wanted, those of none at all included."""
    lines = []
    for item in session.accommodations_of.get(candidate, ()):
        if not item.applies:
            continue
        if item.kind is AccommodationKind.EXEMPTION:
            if item.instruction and item.criterion in exempt:
                lines.append(f"{item.criterion} : {item.instruction}")
        elif wanted is None or wanted(item.criterion):
            lines.append(" : ".join(filter(None, (item.kind.value, item.instruction))))
    return lines
