"""The fields of a candidate's transcript: what they obtained by bloc, épreuve and competency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.candidate_result import CandidateResult
from sheetgen.documents.contexts.settled_papers import opening_context
from sheetgen.model import ScaleKind
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from sheetgen.documents.contexts.identities import Context
    from sheetgen.documents.settled import Settled
    from sheetgen.model import CandidateDecision, Referential


def transcript_context(settled: Settled, decision: CandidateDecision) -> Context:
    """Return the fields of a candidate's transcript: marks by bloc, épreuve and competency."""
    result = CandidateResult(settled=settled, decision=decision)
    session, referential = settled.decisions.session, settled.decisions.referential
    person, blocks = result.candidate, result.blocks
    return {
        **opening_context(
            settled,
            f"Relevé de notes – {person.full_name} – session {session.code}",
            f"{session.code} / {person.id}",
            ("releve", person.id, ""),
        ),
        "releve": {
            "echelle": _scale_text(referential),
            "epreuves_utilisees": referential.uses_assessments,
            "moyenne_generale": decision.mean is not None,
        },
        "candidat": result.person,
        "blocs": blocks,
        "blocs_presentes": [block for block in blocks if block["presente"]],
        "epreuves": result.assessments(),
    }


def _scale_text(referential: Referential) -> str:
    """Return in a sentence how marks are given, for who reads a transcript."""
    scale = referential.scale
    if scale.kind is ScaleKind.NOTE:
        low, high = exact_number(scale.minimum), exact_number(scale.maximum)
        acquired = exact_number(scale.acquired_from)
        return f"Notes de {low} à {high} ; un critère est acquis à partir de {acquired}."
    levels = ", ".join(level.label for level in scale.levels)
    return (
        f"Échelle d’appréciation : {levels}. Un score est la part des points de l’échelle obtenue."
    )
