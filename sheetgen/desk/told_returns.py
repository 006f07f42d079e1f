"""Returns as the page shows them: what came back, juror by juror and candidate by candidate."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sheetgen.desk.answers import Answer, answered
from sheetgen.model import ReturnStatus, Status
from sheetgen.returns import TOLD_HEADINGS, TOLD_STATES, read_history, state_of
from sheetgen.session_folder.paths import SessionFolder

if TYPE_CHECKING:
    from sheetgen.commands import Inputs, Surveyed
    from sheetgen.model import CandidateId, JurorCode, Session
    from sheetgen.returns import Collection

_MISSING = "Manquante"


def told_returns(inputs: Inputs, result: Surveyed) -> Answer:
    """Return the state of each juror's and candidate's grids, with what `status` says."""
    session, collection = result.checked.session, result.collection
    folder = None if session is None else SessionFolder.of(inputs.output, session)
    answer = answered(result.problems, (), folder, returned=True)
    if session is None or folder is None:
        return answer
    answer["title"], answer["code"] = session.title, session.code
    answer["anonymous"] = session.anonymous
    answer["people"] = [{"code": juror.code, "name": juror.full_name} for juror in session.jurors]
    answer["codes"] = _codes(result)
    known = result.checked.referential
    blocks = () if known is None else known.blocks
    answer["blocks"] = {block.code: block.title for block in blocks}
    if collection is None:
        return answer
    answer |= _told(session, collection)
    answer["conflicts"] = _conflicts(session, collection, folder)
    expected = len(collection.seats.counting) - len(collection.unasked)
    answer["expected"], answer["received"] = expected, expected - len(collection.missing)
    answer["lines"] = [f"{answer['received']} grille(s) reçue(s) sur {expected}."]
    return answer


def _codes(result: Surveyed) -> list[str]:
    """Return the codes of what may be explained, the blocs first."""
    known = result.checked.referential
    if known is None:
        return []
    parts = (known.blocks, known.competencies, known.assessments, known.criteria)
    return [str(item.code) for part in parts for item in part]


def _told(session: Session, collection: Collection) -> Answer:
    states = state_of(collection)
    asked = [
        (item.candidate, item.juror)
        for item in collection.seats.known
        if (item.candidate, item.juror) not in collection.unasked
    ]
    answer: Answer = {"headings": list(TOLD_HEADINGS)}
    answer["jurors"] = [
        {
            "name": f"{juror.code} {juror.full_name}",
            "expected": len(pairs),
            "counts": [
                Counter(states.get(pair) for pair in pairs)[state] for state in (*TOLD_STATES, None)
            ],
        }
        for juror in session.markers
        if (pairs := [pair for pair in asked if pair[1] == juror.code])
    ]
    answer["candidates"] = [
        {
            "id": person.id,
            "name": person.id if session.anonymous else f"{person.id} {person.full_name}",
            "told": "" if person.status is Status.PRESENT else person.status.value,
            "grids": [
                {
                    "juror": juror,
                    "state": states[candidate, juror].value
                    if (candidate, juror) in states
                    else _MISSING,
                }
                for candidate, juror in asked
                if candidate == person.id
            ],
        }
        for person in session.in_turn
    ]
    return answer


def _conflicts(session: Session, collection: Collection, folder: SessionFolder) -> list[Answer]:
    """Return the grids of which several returns differ: one of each may be preferred."""
    history = read_history(folder.history)
    chosen = () if history is None else history.preferred
    files: dict[tuple[CandidateId, JurorCode], list[str]] = defaultdict(list)
    for item in collection.returns:
        if item.status is ReturnStatus.CONFLICT and item.candidate and item.juror:
            files[item.candidate, item.juror].append(item.file)
    return [
        {
            "grid": f"{juror} {session.juror[juror].full_name}, candidat {candidate}",
            "files": [{"file": name, "chosen": name in chosen} for name in sorted(names)],
        }
        for (candidate, juror), names in sorted(files.items())
    ]
