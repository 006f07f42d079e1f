"""The fields of the attendance sheet: who is expected, on either side of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import (
    certification_context,
    person_context,
    session_context,
    whole_jury_context,
)
from sheetgen.documents.contexts.subject import NOTHING, listed
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from sheetgen.documents.contexts.subject import Context
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
