"""Keyed digests of who a line is about: they tell whether it is still the same person, not who.

A session marked by number shows no name in its consolidation; a digest made with the session's key
can be compared by whoever has that key, and guessed by nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sheetgen.matching import fold

if TYPE_CHECKING:
    from sheetgen.grids.identity import SigningKey
    from sheetgen.model import Candidate

_HYPHENS = re.compile(r"[-\u2010-\u2015]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealer:
    """Makes the digests of a session's candidates."""

    key: SigningKey

    def seals(self, candidate: Candidate) -> tuple[str, str]:
        """Return the digests of the name and of the birth date; empty for one that is not known."""
        name = fold(_HYPHENS.sub(" ", f"{candidate.last_name} {candidate.first_name}"))
        birth = candidate.birth_date
        return self._digest("name", name), self._digest("birth", birth.isoformat() if birth else "")

    def _digest(self, what: str, text: str) -> str:
        if not text:
            return ""
        return hmac.new(self.key, f"{what}\n{text}".encode(), hashlib.sha256).hexdigest()
