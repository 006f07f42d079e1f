"""The fields of what follows a failure: coming back or not, until when, and what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import NOTHING, listed
from sheetgen.model import CertificationOutcome, CompetencyCode, MethodCode
from sheetgen.rules import resit_after, score_text
from sheetgen.text import date_text

if TYPE_CHECKING:
    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import CandidateDecision, Referential, SessionDecisions
    from sheetgen.rules import KeptUntil, Resit


def resit_context(decisions: SessionDecisions, decision: CandidateDecision) -> Context:
    """Return whether the candidate may come back, as the rules say, and with what."""
    right = resit_after(decisions.referential, decisions.session, decision)
    return {
        "ajourne": right is not None and not right.refusal,
        "refuse": right is not None and bool(right.refusal),
        "rattrapage": NOTHING if right is None else _told(right, decision),
        "conserves": [_kept(decisions.referential, item) for item in (right.kept if right else ())],
    }


def _told(right: Resit, decision: CandidateDecision) -> str:
    if right.refusal:
        return f"Refus, sans possibilité de se représenter : {right.refusal}."
    absent = decision.outcome is CertificationOutcome.ABSENT
    times = {None: "", 1: ", une fois au plus"}.get(right.left, f", {right.left} fois au plus")
    end = f", jusqu’au {date_text(right.until)} compris" if right.until else ""
    plural = "s" if len(right.blocks) > 1 else ""
    blocks = f"bloc{plural} à présenter : {listed(right.blocks)}"
    return (
        f"{'Possibilité' if absent else 'Ajournement, avec possibilité'} de se représenter{times}"
        f"{end} ; {blocks}."
    )


def _kept(referential: Referential, item: KeptUntil) -> Context:
    method = referential.method.get(MethodCode(item.code))
    if method is None:
        scale, title = referential.scale, referential.competency[CompetencyCode(item.code)].title
    else:
        scale, title = referential.scale_of_assessment[method.code], method.name
    return {
        "code": item.code,
        "intitule": title,
        "score": NOTHING if item.score is None else score_text(item.score, scale),
        "valable": date_text(item.until) if item.until else NOTHING,
    }
