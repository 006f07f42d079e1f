"""Grids told by what they say; the deadline and the session's title apart."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import JurorRole

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sheetgen.model import Assignment, CandidateId, Referential, Session
    from sheetgen.session_folder.grid_record import MadeGrid


@dataclass(frozen=True, kw_only=True)
class GridContents:
    """Tells grids of a session by what they say; no slots, so that what they share is kept."""

    referential: Referential
    session: Session

    def of(self, assignment: Assignment) -> str:
        """Return a hash of what the grid of one assignment says."""
        session = self.session
        candidate = session.candidate[assignment.candidate].full_name
        juror = session.juror[assignment.juror].full_name
        return self._hash(assignment, candidate, juror, session.date)

    def asks_as(self, grid: MadeGrid, assignment: Assignment, day: dt.date | None) -> bool:
        """Return whether a grid that was made says the same, names and the session's date apart.

        Args:
            grid: as it was made.
            assignment: of now.
            day: the session's date when it was made.
        """
        session = self.session
        candidate = session.candidate[assignment.candidate].full_name
        juror = session.juror[assignment.juror].full_name
        headings = product(
            (candidate, str(grid.candidate_was)), (juror, str(grid.juror_was)), (session.date, day)
        )
        return any(self._hash(assignment, *heading) == grid.content for heading in headings)

    def _hash(
        self, assignment: Assignment, candidate_name: str, juror_name: str, day: dt.date | None
    ) -> str:
        session = self.session
        candidate = session.candidate[assignment.candidate]
        said = [
            "" if session.anonymous else candidate_name,
            juror_name,
            candidate.route.key,
            str(day),
            list(assignment.blocks),
            self._arrangements.get(candidate.id, []),
            self.referential.fingerprint,
            self._flags,
        ]
        particulars = self._particulars(assignment)
        return content_digest([*said, particulars] if particulars else said)

    def _particulars(self, assignment: Assignment) -> list[str]:
        """Return what of a candidate's way and past, or a juror's part, is in a grid."""
        session, known = self.session, self.referential
        candidate = session.candidate[assignment.candidate]
        has_routes = any(item.routes for item in known.methods)
        assessor = session.juror[assignment.juror].role is JurorRole.ASSESSOR
        return [
            *(f"{block} {' '.join(methods)}" for block, methods in assignment.methods),
            *([candidate.access.key] if has_routes and candidate.access else []),
            *sorted(f"{code} absent" for code in session.absences_of[candidate.id]),
            *(f"{x.method or x.competency} {x.score}" for x in session.kept_of[candidate.id]),
            *([assignment.juror] if assessor else []),
            *(f"{x.code} {' '.join(x.condition)}" for x in known.assessments if x.condition),
        ]

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


def content_digest(said: object) -> str:
    """Return a hash of what a grid says."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
