"""A score as the note that people read: its value and its formula, cut after two decimals."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import ScaleKind
from sheetgen.rules.excel import Cell, is_number, minus, times

if TYPE_CHECKING:
    from sheetgen.model import Scale

_HUNDREDTHS = 100
_BELOW = Fraction(49_999, 10_000_000)
"""Taken off before rounding to hundredths, which then cuts: no note seems to reach a threshold that
it misses. Less than half a hundredth, by more than floating point blurs."""


@dataclass(frozen=True, slots=True)
class NoteScore:
    """A score on a scale; nothing where the scale has levels, and people read a percentage."""

    scale: Scale

    @property
    def is_note(self) -> bool:
        """Return whether people read a note."""
        return self.scale.kind is ScaleKind.NOTE

    def formula(self, score: str, none: str = '""') -> str:
        """Return the note of the score that a cell holds, `none` where it holds none.

        Empty where people read no note.
        """
        if not self.is_note:
            return ""
        note = minus(times(self.scale.span, score), _BELOW - self.scale.minimum)
        return f"=IF({is_number(score)},ROUND({note},2),{none})"

    def value(self, score: Fraction | None) -> float | None:
        """Return what the formula amounts to; None for an empty text."""
        if score is None or not self.is_note:
            return None
        return math.floor(self.scale.at_share(score) * _HUNDREDTHS) / _HUNDREDTHS

    def cell(self, source: str, score: Fraction | None) -> Cell:
        """Return the cell of the note, from that of the score."""
        value = self.value(score)
        return Cell(self.formula(source), "" if value is None else value)
