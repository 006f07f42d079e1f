"""Errands of a session beside its six steps: an explanation, a paper verified, the register."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetgen import commands
from sheetgen.desk.answers import Answer, answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.documents import ToldDecision

_GENUINE = "Document authentique. Comparer avec ce qui y est imprimé :"
_WITHDRAWN = "Document retiré. Voici ce qui fut signé :"


class DeskErrand(Enum):
    """The errands, each a command."""

    EXPLAIN = "explain"
    RECORD = "record"
    VERIFY = "verify"


def run_errand(
    errand: DeskErrand,
    inputs: commands.Inputs,
    options: commands.Options,
    request: Mapping[str, Any],
) -> Answer:
    """Run a command and return what came of it.

    Args:
        errand: which.
        inputs: the places of the school's files.
        options: as the settings say.
        request: `candidate`, `item` and `word` of an explanation; `address` of a paper.
    """
    match errand:
        case DeskErrand.EXPLAIN:
            return _explain(inputs, options, request)
        case DeskErrand.RECORD:
            recorded = commands.record_session(inputs, options)
            told = f"La session {recorded.recorded} est au registre {recorded.place}."
            answer = answered(recorded.problems, [told] if recorded.recorded else ())
            return answer | {"passing": True}  # the papers are as they were
        case DeskErrand.VERIFY:
            asked = commands.VerifyRequest(address=str(request["address"]))
            verified = commands.verify(asked, options)
            answer = answered(verified.problems)
            if verified.genuine or verified.withdrawn:
                answer["lines"] = [_GENUINE if verified.genuine else _WITHDRAWN]
            if verified.statement is not None:
                answer["statement"] = list(verified.statement.told())
            return answer


def _explain(
    inputs: commands.Inputs, options: commands.Options, request: Mapping[str, Any]
) -> Answer:
    asked = commands.ExplainRequest(
        candidate=str(request["candidate"]),
        item=str(request["item"]) or None,
        word=bool(request.get("word")),
    )
    result = commands.explain_decision(inputs, asked, options)
    answer = answered(result.problems)
    if result.told is not None:
        answer["explained"] = _explained(result.told)
    if result.document is not None:
        answer["document"] = str(Path(result.document))
    return answer


def _explained(told: ToldDecision) -> Answer:
    session, candidate = told.session, told.candidate
    return {
        "decided": told.closing is not None,
        "jurors": [
            f"{juror.code} : {juror.full_name}, {juror.role.value}"
            for juror in session.people_marking(session.assignments_of[candidate.id])
        ],
        "parts": [
            {
                "name": part.name,
                "title": part.title,
                "steps": [step.text for step in part.steps],
            }
            for part in told.explanations
        ],
    }
