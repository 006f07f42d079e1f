"""Sentences on what a juror applies to one candidate, for the grid on screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.model import AccommodationKind, CriterionState

if TYPE_CHECKING:
    from sheetgen.grid.plan import GridPlan


def particular_lines(grid: GridPlan) -> list[str]:
    """Return what this juror marks of the candidate, where it is not all, and what was not sat."""
    restricted = dict.fromkeys(code for _, codes in grid.assignment.methods for code in codes)
    absent = [item.criterion.code for item in grid.criteria if item.lock is CriterionState.ABSENT]
    lines = []
    if restricted:
        names = (f"{code} ({grid.referential.method[code].name})" for code in restricted)
        lines.append(f"Vous évaluez les seuls critères de : {', '.join(names)}.")
    if absent:
        lines.append(
            f"Candidat absent : rien à évaluer pour {', '.join(absent)}, déjà verrouillés."
        )
    return lines


def arrangement_lines(grid: GridPlan) -> list[str]:
    """Return what this juror must apply for this candidate, and nothing of why."""
    marked = {item.criterion.code for item in grid.criteria}
    exempt = sorted(grid.session.exemptions_of[grid.assignment.candidate] & marked)
    lines = []
    if exempt:
        lines.append(f"Critères exemptés, à ne pas évaluer : {', '.join(exempt)}.")
    for item in grid.session.accommodations:
        if item.candidate != grid.assignment.candidate or not item.applies:
            continue
        if item.kind is not AccommodationKind.EXEMPTION:
            lines.append(" : ".join(filter(None, (item.kind.value, item.instruction))))
        elif item.instruction and item.criterion in exempt:
            lines.append(f"{item.criterion} : {item.instruction}")
    return lines
