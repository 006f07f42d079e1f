"""Keyed digests of names: they tell whether somebody is still the same person, not who it is.

A session marked by number shows no name in its consolidation; a digest made with the session's key
can be compared by whoever has that key, and guessed by nobody.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from sheetgen.session_folder import person_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.grid.identity import SigningKey
    from sheetgen.model import CandidateId, Session


def seal_names(session: Session, key: SigningKey) -> Mapping[CandidateId, tuple[str, ...]]:
    """Return the digests of each candidate's names: of now first, then former ones.

    Nothing in a session that shows its names, which are compared themselves.
    """
    if not session.anonymous:
        return {}
    found: dict[CandidateId, tuple[str, ...]] = {}
    for candidate in session.candidates:
        person = person_of(candidate)
        names = (min(person.names), *sorted(person.names | person.names_before))
        found[candidate.id] = tuple(_seal(key, name) for name in names)
    return found


def _seal(key: SigningKey, name: str) -> str:
    return hmac.new(key, f"name\n{name}".encode(), hashlib.sha256).hexdigest()
