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

    def seal(self, candidate: Candidate) -> str:
        """Return the digest of a candidate's whole name, as two spellings of one give the same."""
        name = fold(_HYPHENS.sub(" ", f"{candidate.last_name} {candidate.first_name}"))
        return hmac.new(self.key, f"name\n{name}".encode(), hashlib.sha256).hexdigest()
