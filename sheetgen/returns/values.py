"""From what a cell holds to what it says: a mark, a criterion's code, or neither and why.

Values match after trimming, whatever their case, accents and apostrophes. A program that kept a
label as a number, a truth value or a text is understood where only one label can be meant; so is a
code. Texts longer than a cell of Excel holds are refused where they are read, cut where they go
back: other programs store longer ones, and no workbook made here could hold them. Others again cut
texts much earlier, in .xls: that can only be guessed.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.excel.cell_text import LONGEST_TEXT, cut_text, excel_length
from sheetgen.grid.read import text_of
from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import NOT_OBSERVED, Level, Scale, ScaleKind
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import grid_marks as kinds
from sheetgen.spreadsheet import SpreadsheetFormat
from sheetgen.text import exact_number, shortened
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sheetgen.grid.read import ReadCell, ReadGrid, ReadRow
    from sheetgen.model import CriterionCode, Referential
    from sheetgen.spreadsheet import RawCell

_NOT_OBSERVED = fold(NOT_OBSERVED)
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
_PERCENTAGE = re.compile(r"(.+?) ?%")
_LONGEST = 60
_TRUTH = {True: ("vrai", "true"), False: ("faux", "false")}
"""What a truth value was typed as, in the languages of spreadsheets here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """The value of a mark: `points` are None when not observed."""

    value: str | Fraction
    points: Fraction | None


@dataclass(frozen=True, kw_only=True)
class ValueReader:
    """Reads marks on one scale; no slots, so that the look-ups are kept."""

    scale: Scale

    def usual(self, cell: ReadCell) -> ReadValue | None:
        """Return what a plain cell says that holds, to the letter, what its list offers.

        None for any other, which is to be read.
        """
        value = cell.value
        return self.offered.get(value) if isinstance(value, str) and cell.plain else None

    @cached_property
    def offered(self) -> Mapping[str, ReadValue]:
        """Return the value of each text that the list offers; levels and *Non observé* alone."""
        offered = {
            level.label: ReadValue(value=level.label, points=level.points)
            for level in self.scale.levels
            if self.scale.kind is ScaleKind.LEVELS and level.label == shown(level.label)
        }
        return {NOT_OBSERVED: ReadValue(value=NOT_OBSERVED, points=None), **offered}

    def read(
        self, value: RawCell, location: Location, shown_as: str | None = None
    ) -> ReadValue | Problem:
        """Return what a filled cell says, or the problem to refuse it with.

        Args:
            value: what the cell holds.
            location: where it is.
            shown_as: what it shows, as « 50 % », where that is another number.
        """
        if isinstance(value, str) and len(value) > self._longest:
            # No mark, whatever it begins with: and folding it takes its time.
            value = f"{value[:_LONGEST]}…"
        level = self._find_level(value)
        if level is None and self._is_not_observed(value):
            return ReadValue(value=NOT_OBSERVED, points=None)
        if self.scale.kind is ScaleKind.NOTE:
            return self._read_note(value, location, shown_as)
        if level is None:
            labels = [item.label for item in self.scale.levels]
            return kinds.NOT_A_LEVEL.at(
                location,
                found=shown(value),
                near=_suggestion(value, [*labels, NOT_OBSERVED]),
                allowed=quoted([*labels, NOT_OBSERVED]),
            )
        return ReadValue(value=level.label, points=level.points)

    @cached_property
    def _longest(self) -> int:
        """Return the number of characters a mark may take, spaces and what is not seen included."""
        return 1_000 + max((len(level.label) for level in self.scale.levels), default=0)

    @cached_property
    def _spelt(self) -> Mapping[str, Level]:
        """Return levels by their label to the letter, as dropdowns give it."""
        return {level.label: level for level in self.scale.levels}

    @cached_property
    def _level(self) -> Mapping[str, Level]:
        return {fold(level.label): level for level in self.scale.levels}

    @cached_property
    def _level_of_number(self) -> Mapping[Fraction, Level]:
        """Return levels whose label is a number that is no other label's."""
        numbers = [(level, _label_number(level.label)) for level in self.scale.levels]
        values = [number for _, number in numbers]
        return {
            number: level
            for level, number in numbers
            if number is not None and values.count(number) == 1
        }

    @cached_property
    def _typed(self) -> Mapping[str, Level]:
        """Return levels by the letter or digit that may be typed in their place."""
        return {fold(level.shortcut): level for level in self.scale.levels if level.shortcut}

    def _is_not_observed(self, value: RawCell) -> bool:
        if isinstance(value, str):
            return fold(value) in (_NOT_OBSERVED, fold(self.scale.unobserved or NOT_OBSERVED))
        return bool(self.scale.unobserved) and _digit(value) == self.scale.unobserved

    def _find_level(self, value: RawCell) -> Level | None:
        if isinstance(value, str):
            spelt = self._spelt.get(value)
            if spelt is not None:
                return spelt
            folded = fold(value)
            return self._level.get(folded) or self._typed.get(folded)
        if isinstance(value, bool):
            return next((self._level[word] for word in _TRUTH[value] if word in self._level), None)
        number = read_number(value)
        if number is None:
            return None
        return self._level_of_number.get(number) or self._typed.get(_digit(value))

    def _read_note(
        self, value: RawCell, location: Location, shown_as: str | None
    ) -> ReadValue | Problem:
        scale = self.scale
        step = scale.step or Fraction(1)
        allowed = {
            "low": exact_number(scale.minimum),
            "high": exact_number(scale.maximum),
            "step": exact_number(step),
        }
        if shown_as is not None:
            kept = shown(value)
            return kinds.NOTE_SHOWN_OTHERWISE.at(location, found=shown_as, kept=kept, **allowed)
        number = read_number(value)
        if number is None:
            near = _suggestion(value, [NOT_OBSERVED])
            return kinds.NOT_A_NOTE.at(location, found=shown(value), near=near, **allowed)
        if not scale.minimum <= number <= scale.maximum:
            return kinds.NOTE_OUT_OF_BOUNDS.at(location, found=shown(value), **allowed)
        if (number - scale.minimum) % step:
            return kinds.NOTE_OUT_OF_STEP.at(location, found=shown(value), **allowed)
        return ReadValue(value=number, points=number)


def read_number(value: RawCell) -> Fraction | None:
    """Return the number that a cell shows, a text with a decimal comma included.

    None for anything else.

    A space inside is not passed over: « 1 2 » may be two marks.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return Fraction(f"{value:.15g}") if abs(value) < 1e12 else None
    if isinstance(value, str) and _NUMBER.fullmatch(text := fold(value)):
        return Fraction(text.replace(",", "."))
    return None


def _digit(value: RawCell) -> str:
    """Return the digit that a program kept as a number; an empty text for anything else."""
    if isinstance(value, bool) or not isinstance(value, float):
        return ""
    return str(int(value)) if value.is_integer() and 0 <= value <= 9 else ""


def shown(value: RawCell) -> str:
    """Return a cell's value as messages quote it."""
    text = " ".join(text_of(value).split())
    return shortened(text, _LONGEST)


def _label_number(label: str) -> Fraction | None:
    percentage = _PERCENTAGE.fullmatch(label.strip())
    if percentage is None:
        return read_number(label)
    number = read_number(percentage[1])
    return None if number is None else number / 100


def _suggestion(value: RawCell, choices: Iterable[str]) -> str:
    near = nearest(value, choices) if isinstance(value, str) else None
    return f" Vouliez-vous dire « {near} » ?" if near else ""


_LONGEST_CODE = 20
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

    @cached_property
    def _spelt(self) -> Mapping[str, CriterionCode]:
        """Return the criterion found for each code to the letter."""
        return {item.code: self._code[fold(item.code)] for item in self.referential.criteria}

    def find_row(self, row: ReadRow) -> CriterionCode | None:
        """Return the criterion whose code a row has; one to the letter takes no cell."""
        written = row.line[0]
        spelt = self._spelt.get(written) if isinstance(written, str) else None
        return spelt or self.find(row.code)

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
        return nearest(text, self._code.values()) if len(text) <= _LONGEST_CODE else None

    def among(self, texts: frozenset[str]) -> list[CriterionCode]:
        """Return the criteria whose folded code is one of the texts."""
        return [code for folded, code in self._code.items() if folded in texts]


_CUT_TEXT = 255
"""What some programs cut the texts of an .xls to: all that a cell of Excel 95 held."""


def is_perhaps_cut(grid: ReadGrid, value: RawCell) -> bool:
    """Return whether the program that saved the grid may have left out the end of a cell's text."""
    return (
        grid.form is SpreadsheetFormat.XLS
        and isinstance(value, str)
        and excel_length(value) == _CUT_TEXT
    )


def is_too_long(text: str) -> bool:
    """Return whether no cell of Excel holds the text."""
    # Most are far from the limit, and counting takes a copy of the text.
    return len(text) > LONGEST_TEXT // 2 and excel_length(text) > LONGEST_TEXT


def cut_to_fit(text: str) -> str:
    """Return the text, cut and ended by « … » where a cell of Excel would not hold it."""
    return cut_text(text, LONGEST_TEXT)
