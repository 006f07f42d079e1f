"""The fields of a grid on paper: the criteria of one candidate for one juror, with boxes to tick.

It asks just what the grid on screen asks, of the same plan; what is ticked is typed there later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    certification_context,
    session_context,
)
from sheetgen.grid import (
    arrangement_lines,
    competency_in_short,
    contract,
    criterion_flags,
    particular_lines,
    plan_grid,
)
from sheetgen.model import NOT_OBSERVED, CriterionState, ScaleKind
from sheetgen.text import exact_number, shortened

if TYPE_CHECKING:
    from sheetgen.documents.contexts.identities import Context
    from sheetgen.grid import BlockSheetPlan, CompetencyPart, CriterionRows
    from sheetgen.model import Assignment, Referential, Scale, Session

BOX = "\N{BALLOT BOX}"
_SPACE = "\N{NO-BREAK SPACE}"
_HEADING = 150
"""The characters of a competency that stand on its line; the whole text is in the grid."""

_LOCKED = {CriterionState.EXEMPT: "Exempté : rien à évaluer", CriterionState.ABSENT: "Absent"}


def paper_grid_context(
    referential: Referential, session: Session, assignment: Assignment
) -> Context:
    """Return the fields of one grid on paper."""
    plan = plan_grid(referential, session, assignment)
    candidate = contract.candidate_name(session, assignment)
    marker = session.juror[assignment.juror]
    lines = [*particular_lines(plan, on_paper=True), *arrangement_lines(plan)]
    return {
        "document": {
            "titre": f"Grille à remplir sur papier – {candidate} – session {session.code}",
            "reference": f"{session.code} / {assignment.candidate} / {assignment.juror}",
        },
        "certification": certification_context(referential),
        "session": session_context(session),
        "grille": {
            "candidat": candidate,
            "jure": contract.juror_name(session, assignment),
            "siege": marker.sits,
            "plusieurs": bool(marker.members),
        },
        "consignes": [{"texte": text} for text in lines],
        "signataires": [{"nom": person.full_name} for person in marker.people],
        "blocs": [_block(referential, block) for block in plan.blocks],
    }


def _block(referential: Referential, plan: BlockSheetPlan) -> Context:
    shown = [part for part in plan.competencies if part.shown]
    return {
        "code": plan.block.code,
        "intitule": plan.block.title,
        "competences": [_competency(referential, part) for part in shown],
    }


def _competency(referential: Referential, part: CompetencyPart) -> Context:
    return {
        "code": part.competency.code,
        "intitule": shortened(competency_in_short(part.competency), _HEADING),
        "criteres": [_criterion(referential, item) for item in part.shown],
    }


def _criterion(referential: Referential, item: CriterionRows) -> Context:
    method = referential.assessment_of[item.criterion.code]
    scale = referential.scale_of[item.criterion.code]
    locked = _LOCKED.get(item.lock) if item.lock else None
    boxes = [] if locked else boxes_of(scale)
    flags = ", ".join(criterion_flags(item.criterion))
    return {
        "code": item.criterion.code,
        "intitule": f"{item.criterion.title} (critère {flags})" if flags else item.criterion.title,
        "choix": locked or choices_of(scale),
        "ligne": locked or note_line(scale),
        "cases": [{"libelle": label.replace(" ", _SPACE)} for label in boxes],
        "a_evaluer": item.lock is None,
        "epreuve": method or NOTHING,
        "groupe": item.criterion.group or NOTHING,
    }


def choices_of(scale: Scale) -> str:
    """Return what is to be ticked, or the line on which a note is written."""
    return note_line(scale) + "   ".join(map(_ticked, boxes_of(scale)))


def note_line(scale: Scale) -> str:
    """Return the line on which a note is written; empty where there are levels to tick."""
    if scale.kind is not ScaleKind.NOTE:
        return ""
    return f"………… / {exact_number(scale.maximum)}".replace(" ", _SPACE) + "   "


def boxes_of(scale: Scale) -> list[str]:
    """Return what stands beside each box to tick."""
    return [*(level.label for level in scale.levels), NOT_OBSERVED]


def _ticked(label: str) -> str:
    """Return a box and its label, which stay on one line."""
    return f"{BOX}{_SPACE}{label.replace(' ', _SPACE)}"
