"""The words for what a returned grid says on a criterion, to compare two returns and tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.grid.read import text_of
from sheetgen.returns.findings import FindingState
from sheetgen.text import shortened

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
    if finding.state is FindingState.REFUSED:
        return f"{quoted_text(finding.written)} (refusé)"
    return str(finding.state.value)


def text_of_mark(finding: Finding) -> str:
    """Return a valid mark as its grid shows it, in the référentiel's spelling."""
    value = "" if finding.mark is None else finding.mark.value
    return value if isinstance(value, str) else text_of(float(value))


def quoted_text(text: str | None) -> str:
    """Return a text in quotation marks, on one line and cut; « rien » where there is none."""
    plain = " ".join((text or "").split())
    return f"« {shortened(plain, _LONGEST)} »" if plain else "rien"
