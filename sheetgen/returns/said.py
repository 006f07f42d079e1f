"""What a returned grid says on a criterion, in words: as two returns are compared and told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid.read.grid import text_of
from sheetgen.returns.findings import Standing
from sheetgen.text.french import shortened

if TYPE_CHECKING:
    from sheetgen.returns.findings import Finding

_LONGEST = 80
"""Characters of a text that a message quotes."""


def content_of(finding: Finding) -> tuple[str, str]:
    """Return a criterion's mark in words and its comment: what two returns are compared by."""
    return said_of(finding), finding.comment


def said_of(finding: Finding) -> str:
    """Return a criterion's mark in words, or why there is none."""
    if finding.mark is not None:
        return quoted_text(text_of_mark(finding))
    if finding.standing is Standing.REFUSED:
        return f"{quoted_text(finding.written)} (refusé)"
    return str(finding.standing.value)


def text_of_mark(finding: Finding) -> str:
    """Return a valid mark as its grid shows it, in the référentiel's spelling."""
    value = "" if finding.mark is None else finding.mark.value
    return value if isinstance(value, str) else text_of(float(value))


def quoted_text(text: str | None) -> str:
    """Return a text in quotation marks, on one line and cut; « rien » where there is none."""
    plain = " ".join((text or "").split())
    return f"« {shortened(plain, _LONGEST)} »" if plain else "rien"
