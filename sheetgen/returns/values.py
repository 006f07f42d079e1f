"""From what a mark's cell holds to what it says: a level or a note, or why it is neither.

Values match after trimming, whatever their case, accents and apostrophes. A program that kept a
label as a number, a truth value or a text is understood where only one label can be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.grid.read import text_of
from sheetgen.model import NOT_OBSERVED, Level, Scale, ScaleKind
from sheetgen.problems import Location, Problem, quoted
from sheetgen.problems import grids as kinds
from sheetgen.text import exact_number, shortened
from sheetgen.text.fold import fold, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
        if level is None and isinstance(value, str) and fold(value) == _NOT_OBSERVED:
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

    def _find_level(self, value: RawCell) -> Level | None:
        if isinstance(value, str):
            return self._spelt.get(value) or self._level.get(fold(value))
        if isinstance(value, bool):
            return next((self._level[word] for word in _TRUTH[value] if word in self._level), None)
        number = read_number(value)
        return None if number is None else self._level_of_number.get(number)

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
