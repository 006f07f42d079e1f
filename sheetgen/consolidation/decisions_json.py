"""Decisions to `decisions.json`, the shape of DESIGN section 7 (`docs/decisions.schema.json`).

Arrays are sorted by code, as texts: candidates by number, marks by juror, returns by candidate,
juror and file; problems by place. The same decisions
always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sheetgen.consolidation.ordering import (
    mark_key,
    problem_key,
    return_key,
)
from sheetgen.files import gathered, replacing, write_json
from sheetgen.model import JurorCode
from sheetgen.rules import resit_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction
    from pathlib import Path

    from sheetgen.model import (
        BlockDecision,
        CandidateDecision,
        CandidateId,
        CompetencyDecision,
        CriterionDecision,
        Mark,
        Reason,
        Return,
        Session,
        SessionDecisions,
    )
    from sheetgen.problems import Problem

SCHEMA = "sheetgen.decisions/1"
"""What the file says it is; a new number if a key ever changes its meaning."""


def write_decisions_json(path: Path, decisions: SessionDecisions) -> None:
    """Write `decisions.json` whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    with replacing(path) as draft, draft.open("wb") as file:
        # Fractions are finite, and so is what is written of them.
        write_json(file, decisions_members(decisions), finite=True)


def render_decisions(decisions: SessionDecisions) -> dict[str, object]:
    """Return the content of `decisions.json`, ready for the `json` module."""
    return gathered(decisions_members(decisions))


def decisions_members(decisions: SessionDecisions) -> Iterator[tuple[str, object]]:
    """Like `render_decisions`, member by member: candidates are rendered when asked for."""
    session = decisions.session
    referential = decisions.referential
    yield "schema", SCHEMA
    yield (
        "session",
        {
            "code": session.code,
            "title": session.title,
            "date": session.date.isoformat() if session.date else None,
        },
    )
    yield (
        "referential",
        {
            "title": referential.certification.title,
            "version": referential.certification.version,
            "fingerprint": referential.fingerprint,
        },
    )
    yield "provisional", decisions.provisional
    decided = decisions.decided
    yield (
        "candidates",
        (_render_candidate(decisions, decided[number]) for number in sorted(decided)),
    )
    yield "returns", map(_render_return, sorted(decisions.returns, key=return_key))
    groups, missing = _members_by_code(session), sorted(decisions.missing)
    yield (
        "missing",
        (
            {"candidate": candidate, "juror": juror, **_jurors(juror, groups)}
            for candidate, juror in missing
        ),
    )
    yield "problems", _render_problems(decisions.problems)


_Groups = Mapping[JurorCode, list[str]]
"""The members of those who mark in common, by the code of their group."""


def _members_by_code(session: Session) -> _Groups:
    return {group.code: sorted(x.code for x in group.members) for group in session.groups}


def _jurors(juror: JurorCode, groups: _Groups) -> dict[str, object]:
    """Return who marked in common, as a further member of an object; nothing of one juror."""
    return {"jurors": groups[juror]} if juror in groups else {}


def _render_candidate(
    decisions: SessionDecisions, decision: CandidateDecision
) -> dict[str, object]:
    """Return one candidate's object in `decisions.json`."""
    session = decisions.session
    candidate, groups = session.candidate[decision.candidate], _members_by_code(session)
    return {
        "id": candidate.id,
        "last_name": candidate.last_name,
        "first_name": candidate.first_name,
        "route": candidate.route.key,
        "status": candidate.status.key,
        "outcome": decision.outcome.key,
        "blocks": [
            _render_block(block, groups)
            for block in sorted(decision.blocks, key=lambda item: item.code)
        ],
        "reasons": _render_reasons(decision.reasons),
        "mean": _score(decision.mean),
        "mention": decision.mention,
        "assessments": [
            {"code": item.code, "outcome": item.outcome.key, "score": _score(item.score)}
            for item in sorted(decision.assessments, key=lambda item: item.code)
        ],
        **({} if candidate.jury is None else {"jury": candidate.jury}),
        **_render_kept(session, candidate.id),
        **_render_renounced(session, candidate.id),
        **_render_resit(decisions, decision),
    }


def _render_kept(session: Session, candidate: CandidateId) -> dict[str, object]:
    """Return what the candidate keeps of another session; nothing where that is nothing."""
    codes = sorted(str(item.item) for item in session.kept_of[candidate])
    return {"kept": codes} if codes else {}


def _render_renounced(session: Session, candidate: CandidateId) -> dict[str, object]:
    """Return what the candidate gave up of another session; nothing where that is nothing."""
    codes = sorted(
        str(item.item)
        for item in session.kept_results
        if item.candidate == candidate and item.renounced
    )
    return {"renounced": codes} if codes else {}


def _render_resit(decisions: SessionDecisions, decision: CandidateDecision) -> dict[str, object]:
    """Return what follows a failure, as a further member; nothing where no rule says it."""
    right = resit_after(decisions.referential, decisions.session, decision)
    if right is None:
        return {}
    said = {
        "allowed": not right.refusal,
        "refusal": right.refusal or None,
        "until": right.until.isoformat() if right.until else None,
        "left": right.left,
        "blocks": list(right.blocks),
        "kept": [
            {
                "code": item.code,
                "score": _score(item.score),
                "until": item.until.isoformat() if item.until else None,
            }
            for item in right.kept
        ],
    }
    return {"resit": said}


def _render_block(block: BlockDecision, groups: _Groups) -> dict[str, object]:
    return {
        "code": block.code,
        "outcome": block.outcome.key,
        "score": _score(block.score),
        "reasons": _render_reasons(block.reasons),
        "competencies": [
            _render_competency(competency, groups)
            for competency in sorted(block.competencies, key=lambda item: item.code)
        ],
    }


def _render_reasons(reasons: Iterable[Reason]) -> list[dict[str, object]]:
    return [
        {"code": reason.code, "item": reason.item, "message": reason.message} for reason in reasons
    ]


def _render_competency(competency: CompetencyDecision, groups: _Groups) -> dict[str, object]:
    return {
        "code": competency.code,
        "outcome": competency.outcome.key,
        "score": _score(competency.score),
        "criteria": [
            _render_criterion(criterion, groups)
            for criterion in sorted(competency.criteria, key=lambda item: item.code)
        ],
    }


def _render_criterion(criterion: CriterionDecision, groups: _Groups) -> dict[str, object]:
    return {
        "code": criterion.code,
        "state": criterion.state.key,
        "points": _points(criterion.points),
        "acquired": criterion.acquired,
        "divergent": criterion.divergent,
        "marks": [_render_mark(mark, groups) for mark in sorted(criterion.marks, key=mark_key)],
    }


def _render_mark(mark: Mark, groups: _Groups) -> dict[str, object]:
    return {
        "juror": mark.juror,
        "value": mark.value if isinstance(mark.value, str) else _points(mark.value),
        "points": _points(mark.points),
        "comment": mark.comment,
        "sheet": mark.sheet,
        "cell": mark.cell,
        **_jurors(mark.juror, groups),
    }


def _render_return(item: Return) -> dict[str, object]:
    return {
        "file": item.file,
        "sha256": item.sha256,
        "candidate": item.candidate,
        "juror": item.juror,
        "status": item.status.key,
        "opinion": item.opinion,
        "remarks": item.remarks,
        "declaration": item.declaration,
        "typed_by": item.typed_by,
        "problems": list(_render_problems(item.problems)),
        **(
            {
                "declarations": [
                    {"juror": juror, "declaration": declared}
                    for juror, declared in sorted(item.declarations)
                ]
            }
            if item.declarations
            else {}
        ),
    }


def _render_problems(problems: Iterable[Problem]) -> Iterator[dict[str, object]]:
    for problem in sorted(problems, key=problem_key):
        yield {
            "code": problem.code,
            "severity": problem.severity.value,
            "file": problem.location.file,
            "sheet": problem.location.sheet or None,
            "cell": problem.location.cell or None,
            "message": problem.message,
            "hint": problem.hint,
        }


def _score(score: Fraction | None) -> float | None:
    """Return a fraction of 1 as the nearest JSON number, always with its decimal point."""
    return None if score is None else float(score)


def _points(points: Fraction | None) -> int | float | None:
    """Return points as a reader writes them: 2, 1.5."""
    if points is None:
        return None
    return points.numerator if points.denominator == 1 else float(points)
