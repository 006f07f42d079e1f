"""Explanations of decisions, on screen and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.screen_tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.documents import ToldDecision
    from sheetgen.rules import Step


def explanation_lines(told: ToldDecision) -> Iterator[str]:
    """Yield the lines of an explanation: whose it is, who marked, then each thing and its steps."""
    session, candidate = told.session, told.candidate
    name = "" if session.anonymous else f", {candidate.full_name}"
    yield f"Candidat {escape(candidate.id)}{escape(name)} — session {escape(session.code)}"
    for assignment in session.assignments_of[candidate.id]:
        juror = session.juror[assignment.juror]
        said = "notation commune" if juror.members else juror.role.value
        yield f"{escape(juror.code)} : {escape(juror.full_name)}, {said}"
    for item in told.explanations:
        yield ""
        yield f"[bold]{escape(item.name)}[/] — {escape(item.title)}"
        *steps, last = item.steps
        for step in steps:
            yield f"  {escape(step.text)}"
        yield f"  [bold]{escape(last.text)}[/]"
    yield ""


def explanation_record(told: ToldDecision) -> dict[str, object]:
    """Return an explanation as JSON has it; shares are fractions of 1."""
    return {
        "candidate": told.candidate.id,
        "decided": told.closing is not None,
        "explanations": [
            {
                "kind": item.kind,
                "code": item.code,
                "title": item.title,
                "outcome": item.outcome,
                "steps": [_step_record(step) for step in item.steps],
            }
            for item in told.explanations
        ],
    }


def _step_record(step: Step) -> dict[str, object]:
    figures = [
        {"name": item.name, "value": float(item.value), "text": item.text} for item in step.figures
    ]
    return {"text": step.text, "figures": figures}
