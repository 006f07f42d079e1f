"""The fields of what jurors sit with: the attendance sheet, and the page of instructions.

Who is expected, on either side of the table; which session, and until when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    NOTHING,
    certification_context,
    listed,
    person_context,
    session_context,
    whole_jury_context,
)
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from sheetgen.documents.contexts.identities import Context
    from sheetgen.model import Candidate, Referential, Session


def attendance_context(referential: Referential, session: Session) -> Context:
    """Return the fields of the attendance sheet.

    People sign under their names. In an anonymous session their numbers, and the order of the
    session, would tell the jury who is who: both are left out.
    """
    people = session.candidates
    if session.anonymous:
        people = tuple(sorted(people, key=lambda item: fold(f"{item.last_name} {item.first_name}")))
    return {
        "document": {
            "titre": f"Feuille d’émargement – session {session.code}",
            "reference": session.code,
        },
        "certification": certification_context(referential),
        "session": session_context(session),
        "candidats": [_expected(session, person) for person in people],
        "jury": whole_jury_context(session),
    }


def _expected(session: Session, person: Candidate) -> Context:
    number = NOTHING if session.anonymous else person.id
    return {**person_context(person), "numero": number, "blocs": listed(person.presented)}


def instructions_context(referential: Referential, session: Session) -> Context:
    """Return the fields of the jurors' instructions; nothing in them is of a candidate."""
    return {
        "document": {
            "titre": f"Consignes aux jurés – session {session.code}",
            "reference": session.code,
        },
        "certification": certification_context(referential),
        "session": session_context(session),
    }
