"""The fields of the jurors' page of instructions: which session, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.documents.contexts.identities import certification_context, session_context

if TYPE_CHECKING:
    from sheetgen.documents.contexts.subject import Context
    from sheetgen.model import Referential, Session


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
