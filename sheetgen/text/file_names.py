"""File names that every system accepts, made from the codes that a school chooses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

LONGEST_STEM = 60
"""Characters; leaves room for folders under the 260 that Windows allows in a path."""

GRID_SHEETS = ("Accueil", "Synthèse", "_sheetgen", "Référentiel")
"""The sheets of a grid that are no bloc's: the first, the summary, the stamp, the whole texts."""

RESERVED_SHEETS = (*GRID_SHEETS, "History", "Certification")
"""Names that no bloc may have: other sheets of a grid, what Excel reserves, a jury's « Objet »."""

_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


@lru_cache(maxsize=16_384)  # a command names each person's files several times
def file_stem(text: str) -> str:
    """Return a file name without its ending, for a code.

    ASCII, safe on Windows, at most 60 characters.

    Two codes may share one; whoever names files with them checks that, ignoring case.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    letters = plain.encode("ascii", "ignore").decode()
    stem = _UNSAFE.sub("-", letters).strip("._-")
    if not stem:
        return f"x{_digest(text)}"
    if _RESERVED.match(stem):
        stem = f"x-{stem}"
    if len(stem) > LONGEST_STEM:
        stem = f"{stem[: LONGEST_STEM - 9].rstrip('._-')}-{_digest(text)}"
    return stem


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
