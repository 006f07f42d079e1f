"""The fields of an explanation: how one candidate was decided, for that candidate.

It names nobody else but the jurors: what it tells is the candidate's own, arrangements included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    Context,
    certification_context,
    closing_time_context,
    member_context,
    person_context,
    session_context,
)
from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from sheetgen.model import Candidate, Closing, Referential, Session
    from sheetgen.rules import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDecision:
    """The explanation of a decision on one candidate, or of a part of it.

    Attributes:
        explanations: in order; the last is what was asked about.
        closing: when the jury decided; None of a proposal.
    """

    referential: Referential
    session: Session
    candidate: Candidate
    explanations: tuple[Explanation, ...]
    closing: Closing | None = None


def explanation_context(told: ToldDecision) -> Context:
    """Return the fields of the explanation of a decision."""
    session, person = told.session, told.candidate
    last = told.explanations[-1]
    jurors = session.people_marking(session.assignments_of[person.id])
    return {
        "document": {
            "titre": f"Explication – {person.full_name} – session {session.code}",
            "reference": f"{session.code} / {person.id} / {last.code}",
            "objet": last.name,
            "conclusion": last.steps[-1].text,
            "definitif": told.closing is not None,
        },
        "certification": certification_context(told.referential),
        "session": session_context(session),
        "cloture": closing_time_context(told.closing),
        "candidat": person_context(person),
        "jury": {"membres": [member_context(session, juror) for juror in jurors]},
        "explications": [_explained(item) for item in told.explanations],
    }


def _explained(item: Explanation) -> Context:
    *steps, last = item.steps
    return {
        "code": item.code,
        "nom": item.name,
        "intitule": item.title,
        "resultat": item.outcome,
        "grand": item.kind in ("block", "certification"),
        "etapes": [{"texte": step.text} for step in steps],
        "conclusion": last.text,
    }
