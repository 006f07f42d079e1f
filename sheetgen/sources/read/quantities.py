"""Read a cell as a number or a percentage: an exact fraction, never guessed."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.problems import source_cells as kinds
from sheetgen.sources.read.cell_display import (
    CellFault,
    PercentSign,
    clean,
    decimal_shown,
    fault,
    percent_sign,
    shown,
)
from sheetgen.sources.schema import ValueKind, ValueSpec
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from sheetgen.sources.read.opening import SourceCell

LARGEST = 1_000_000
"""No point, weight or count of a school's goes beyond."""

_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,15})?|[.,]\d{1,15})")
_RATIO = re.compile(r"(?P<part>[^/]+)/(?P<whole>[^/]+)")
_FORMATTED = "un nombre au format particulier (fraction, condition)"
_THOUSANDS = re.compile(r"(?<=\d)\s(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as written, before it is known whether it is a count or a percentage.

    `whole` is what a percentage was written over, as 20 in « 12/20 ».
    """

    number: Fraction
    is_percentage: bool
    whole: Fraction | None = None


def _number(cell: SourceCell) -> Quantity | None:
    """Return the exact decimal that the cell shows; None when it is no number."""
    value = cell.value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _formatted_quantity(decimal_shown(value), cell.number_format)
    if not isinstance(value, str):
        return None
    text = clean(value)
    is_percentage = text.endswith("%")
    number = _parse_decimal(text.removesuffix("%").rstrip())
    return None if number is None else Quantity(number=number, is_percentage=is_percentage)


def _formatted_quantity(number: Decimal, number_format: str) -> Quantity:
    """Return a number cell as its format shows it: 0.5 under `0%` and 50 under `0" %"` are 50 %."""
    sign = percent_sign(number, number_format)
    exact = Fraction(number)
    if sign is PercentSign.SCALED:
        return Quantity(number=exact * 100, is_percentage=True)
    # Under 1, it may as well be that fraction of 1: left bare, it is refused as ambiguous.
    literal = sign is PercentSign.LITERAL and not 0 < exact < 1
    return Quantity(number=exact, is_percentage=literal)


def _parse_decimal(text: str) -> Fraction | None:
    """Return the exact decimal that a text writes, grouped thousands and a comma allowed."""
    plain = _THOUSANDS.sub("", text).replace("\u2212", "-")
    return Fraction(Decimal(plain.replace(",", "."))) if _NUMBER.fullmatch(plain) else None


def parse_share(spec: ValueSpec, cell: SourceCell) -> Quantity | CellFault:
    """Return the number or percentage that a threshold says; « 12/20 » is 60 %."""
    value = cell.value
    if isinstance(value, date | time | timedelta):
        what = "une date" if isinstance(value, date) else "une heure"
        return fault(kinds.PERCENTAGE_NOT_TEXT, spec, shown(cell), found_as=what)
    if isinstance(value, int | float) and not isinstance(value, bool):
        sign = percent_sign(decimal_shown(value), cell.number_format)
        if sign is PercentSign.UNCLEAR:
            return fault(kinds.PERCENTAGE_NOT_TEXT, spec, shown(cell), found_as=_FORMATTED)
    ratio = _RATIO.fullmatch(clean(value)) if isinstance(value, str) else None
    if ratio is not None:
        return _ratio(spec, cell, ratio)
    quantity = _number(cell)
    if quantity is None:
        return fault(kinds.PERCENTAGE_UNREADABLE, spec, shown(cell))
    return quantity


def _ratio(spec: ValueSpec, cell: SourceCell, ratio: re.Match[str]) -> Quantity | CellFault:
    """Return a mark over its maximum: the part is from 0 to the whole, the whole above 0."""
    part, whole = (_parse_decimal(ratio[name].strip()) for name in ("part", "whole"))
    if part is None or whole is None:
        return fault(kinds.PERCENTAGE_UNREADABLE, spec, shown(cell))
    if whole <= 0 or not 0 <= part <= whole:
        return fault(kinds.PERCENTAGE_OUT_OF_RANGE, spec, shown(cell))
    return Quantity(number=part / whole * 100, is_percentage=True, whole=whole)


def written_share(spec: ValueSpec, cell: SourceCell) -> Quantity | None:
    """Return the percentage as its cell writes it, before its rule is applied.

    None where it is none.
    """
    if cell.is_blank or cell.kind in ("f", "e"):
        return None
    found = parse_share(spec, cell)
    return found if isinstance(found, Quantity) else None


def parse_number(spec: ValueSpec, cell: SourceCell) -> Fraction | CellFault:
    """Return the points, weight or count that the cell says, or its fault."""
    expected = spec.kind.value
    quantity = _number(cell)
    if quantity is None or quantity.is_percentage:
        return fault(kinds.NUMBER_UNREADABLE, spec, shown(cell), expected=f"un {expected}")
    number = quantity.number
    too_low = (spec.kind is ValueKind.WEIGHT and number <= 0) or (
        spec.kind is ValueKind.COUNT and (number < 1 or number.denominator != 1)
    )
    if too_low or abs(number) > LARGEST:
        return fault(kinds.NUMBER_OUT_OF_RANGE, spec, shown(cell), expected=f"un {expected}")
    return number


def parse_percentage(spec: ValueSpec, cell: SourceCell) -> Fraction | CellFault:
    """Return the fraction of 1 that the cell says, or its fault."""
    quantity = parse_share(spec, cell)
    return quantity if isinstance(quantity, CellFault) else as_percentage(spec, quantity)


def as_percentage(spec: ValueSpec, quantity: Quantity) -> Fraction | CellFault:
    """Return the fraction of 1 that a percentage says; a bare number between 0 and 1 is refused."""
    number = quantity.number
    text = exact_number(number)
    if not quantity.is_percentage and 0 < number < 1:
        return fault(kinds.PERCENTAGE_AMBIGUOUS, spec, text, as_fraction=exact_number(number * 100))
    if not 0 <= number <= 100:
        return fault(kinds.PERCENTAGE_OUT_OF_RANGE, spec, text)
    return number / 100


def _written(quantity: Quantity) -> str:
    """Return a quantity as it was written: « 3 », « 50 % » or « 12/20 »."""
    if quantity.whole is not None:
        part = quantity.number / 100 * quantity.whole
        return f"{exact_number(part)}/{exact_number(quantity.whole)}"
    return exact_number(quantity.number) + (" %" if quantity.is_percentage else "")


def as_count(spec: ValueSpec, quantity: Quantity) -> Fraction | CellFault:
    """Return the number of things that a quantity says, at least 1."""
    number = quantity.number
    if quantity.is_percentage or number.denominator != 1 or not 1 <= number <= LARGEST:
        text = _written(quantity)
        return fault(kinds.NUMBER_OUT_OF_RANGE, spec, text, expected=f"un {ValueKind.COUNT.value}")
    return number
