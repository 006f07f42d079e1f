"""Find the criterion of a row by its code, as text or as a program may have kept it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid.read import text_of
from sheetgen.returns.values import read_number
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from sheetgen.grid.read import ReadCell
    from sheetgen.model import CriterionCode, Referential

_LONGEST = 20
"""A longer text is no misspelt code."""


@dataclass(frozen=True, kw_only=True)
class CodeReader:
    """Finds the criteria of one référentiel by code; no slots, so that look-ups are kept."""

    referential: Referential

    @cached_property
    def _code(self) -> Mapping[str, CriterionCode]:
        return {fold(item.code): item.code for item in self.referential.criteria}

    @cached_property
    def _longest(self) -> int:
        """Return the number of characters a code may take, spaces and what is not seen included."""
        return 1_000 + max((len(item.code) for item in self.referential.criteria), default=0)

    @cached_property
    def _code_of_number(self) -> Mapping[Fraction, CriterionCode]:
        """Return codes that a program may have kept as a number that is no other code's."""
        numbers = [(item.code, read_number(item.code)) for item in self.referential.criteria]
        values = [number for _, number in numbers]
        return {
            number: code
            for code, number in numbers
            if number is not None and values.count(number) == 1
        }

    def find(self, cell: ReadCell) -> CriterionCode | None:
        """Return the criterion whose code a cell holds."""
        if isinstance(cell.value, str):
            # Thousands of cells may share a text of millions of characters.
            return self._code.get(fold(cell.value)) if len(cell.value) <= self._longest else None
        number = read_number(cell.value)
        return None if number is None else self._code_of_number.get(number)

    def suggest(self, cell: ReadCell) -> str | None:
        """Return the criterion's code that a cell's text resembles."""
        text = text_of(cell.value)
        return nearest(text, self._code.values()) if len(text) <= _LONGEST else None

    def among(self, texts: frozenset[str]) -> list[CriterionCode]:
        """Return the criteria whose folded code is one of the texts."""
        return [code for folded, code in self._code.items() if folded in texts]
