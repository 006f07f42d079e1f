"""The findings of one returned grid: each criterion asked is in one of five states.

The words for what a grid says on a criterion stand here too, to compare two returns and tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from sheetgen.grid.read import text_of
from sheetgen.text import shortened, visible

if TYPE_CHECKING:
    from sheetgen.model import CriterionCode, Mark
    from sheetgen.problems import Location, Problem


class FindingState(Enum):
    """The states of a criterion in a grid, never taken for one another.

    *Non observé* is a mark, hence `VALID`.
    """

    VALID = "évalué"
    BLANK = "à évaluer"
    ABSENT = "ligne absente"
    REFUSED = "refusé"
    EXEMPT = "exempté"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The state of one criterion that the juror was to mark, in one grid.

    Attributes:
        mark: only when valid.
        written: what stands in the cell, as a message quotes it.
        refusal: only when refused.
        location: the mark's cell; without a cell when the row is absent.
        changed: whether the criterion's text in the grid is not the référentiel's.
    """

    criterion: CriterionCode
    state: FindingState
    location: Location
    mark: Mark | None = None
    written: str = ""
    comment: str = ""
    refusal: Problem | None = None
    changed: bool = False

    @property
    def reason(self) -> str:
        """Return why the juror is to look at it again, in a sentence."""
        if self.refusal is not None:
            return visible(f"{self.refusal.message} {self.refusal.hint}".strip())
        if self.changed and self.mark is not None:
            return (
                "Le texte de ce critère a été corrigé depuis votre évaluation "
                f"(« {self.written} ») : l'évaluer de nouveau."
            )
        if self.state is FindingState.ABSENT:
            return "La ligne de ce critère manquait dans votre fichier : à évaluer."
        return "À évaluer."


@dataclass(kw_only=True)
class ReadMarks:
    """The findings on every criterion asked in one grid, in the référentiel's order.

    Attributes:
        corrects: SHA-256 of the returns that this one corrects, the latest first; none for a grid
            that was first sent.
        cut: texts that were refused for their length, by label, cut so that a grid can hold them.
    """

    file: str
    findings: dict[CriterionCode, Finding] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    corrects: tuple[str, ...] = ()
    cut: dict[str, str] = field(default_factory=dict)

    @property
    def marks(self) -> dict[CriterionCode, Mark]:
        """Return the valid ones."""
        return {code: item.mark for code, item in self.findings.items() if item.mark is not None}

    @property
    def complete(self) -> bool:
        """Return whether every criterion that is not exempt has a valid mark."""
        return all(
            item.state in (FindingState.VALID, FindingState.EXEMPT)
            for item in self.findings.values()
        )


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
