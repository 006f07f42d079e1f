"""Describe the content of a grid that is made now, as the record of grids keeps it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid.identity import SigningKey, grid_code
from sheetgen.model.fingerprint import (
    competency_seen,
    criterion_seen,
    further_scales_seen,
    method_seen,
)
from sheetgen.session_folder.grid_record import MadeGrid, MadeSession
from sheetgen.session_folder.persons import person_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sheetgen.model import Assignment, CandidateId, Referential, Session

_SHORT = 16
"""Hexadecimal digits that tell one text from another."""

SCALE, CERTIFICATION = "Échelle", "Certification"
"""Sheets whose texts have no code: they stand for it where texts are compared."""


@dataclass(frozen=True, kw_only=True)
class GridDescriber:
    """Describes the grids of a session; no slots, so that what they share is worked out once."""

    referential: Referential
    session: Session
    key: SigningKey
    today: dt.date

    def describe(self, assignment: Assignment) -> MadeGrid:
        """Return the grid of one assignment."""
        session = self.session
        return MadeGrid(
            code=grid_code(self.key, session.code, assignment.candidate, assignment.juror),
            candidate=assignment.candidate,
            candidate_was=person_of(session.candidate[assignment.candidate], former=False),
            juror=assignment.juror,
            juror_was=person_of(session.juror[assignment.juror], former=False),
            blocks=assignment.blocks,
            fingerprint=self.referential.fingerprint,
            content=self._content(assignment),
            deadline=session.return_deadline,
            made_on=self.today,
        )

    def _content(self, assignment: Assignment) -> str:
        session = self.session
        candidate = session.candidate[assignment.candidate]
        said = [
            "" if session.anonymous else candidate.full_name,
            session.juror[assignment.juror].full_name,
            candidate.route.key,
            str(session.date),
            list(assignment.blocks),
            self._arrangements.get(candidate.id, []),
            self.referential.fingerprint,
            self._flags,
        ]
        return _digest(said)

    @cached_property
    def _arrangements(self) -> Mapping[CandidateId, list[list[str | None]]]:
        """Return the arrangements that jurors apply for each candidate."""
        found: dict[CandidateId, list[list[str | None]]] = {}
        for item in self.session.accommodations:
            if item.applies:
                said = [item.kind.key, item.criterion, item.instruction]
                found.setdefault(item.candidate, []).append(said)
        return found

    @cached_property
    def _flags(self) -> list[str]:
        """Return the flags of the grid: compulsory or eliminatory."""
        known = self.referential
        return [
            *(item.code for item in known.competencies if item.mandatory),
            *(f"{item.code} obligatoire" for item in known.criteria if item.mandatory),
            *(f"{item.code} éliminatoire" for item in known.criteria if item.eliminatory),
        ]


def describe_session(session: Session) -> MadeSession:
    """Return the facts that tell the session from another one of its code."""
    return MadeSession(
        code=session.code,
        title=session.title,
        date=session.date,
        candidates=tuple(person_of(item, former=False) for item in session.candidates),
        jurors=tuple(person_of(item, former=False) for item in session.jurors),
    )


def describe_texts(referential: Referential) -> Mapping[str, str]:
    """Return a hash by code for each text a juror sees, to tell it from a corrected one."""
    scale = referential.scale
    said: dict[str, list[object]] = {}

    def note(code: object, *texts: object) -> None:
        said.setdefault(str(code), []).extend(texts)

    note(CERTIFICATION, referential.certification.title, referential.certification.level)
    note(SCALE, scale.kind.key, str(scale.minimum), str(scale.maximum), str(scale.step))
    for level in scale.levels:
        note(SCALE, level.label, str(level.points), level.acquired, level.definition)
    for scales in further_scales_seen(referential).values():
        note(SCALE, scales)
    for block in referential.blocks:
        note(block.code, block.title)
    for activity in referential.activities:
        note(activity.code, activity.block, activity.title)
    for method in referential.methods:
        note(*method_seen(method))
    for competency in referential.competencies:
        note(*competency_seen(competency))
    for criterion in referential.criteria:
        note(*criterion_seen(criterion))
    return {code: _digest(texts)[:_SHORT] for code, texts in said.items()}


def changed_codes(former: Mapping[str, str], referential: Referential) -> list[str]:
    """Return codes whose text changed, came or went; in the référentiel's order."""
    current = describe_texts(referential)
    gone = [code for code in former if code not in current]
    return [*(code for code in current if former.get(code) != current[code]), *gone]


def _digest(said: object) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
