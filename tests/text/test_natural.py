"""Names in the order of their numbers, however long these are."""

from __future__ import annotations

from sheetgen.text.fold import natural_parts


def test_numbers_are_sorted_by_their_value() -> None:
    """Leading zeros weigh nothing."""
    names = ["C1.10", "C1.9", "C1.010", "C1"]
    assert sorted(names, key=natural_parts) == ["C1", "C1.9", "C1.10", "C1.010"]


def test_a_number_of_any_length_is_sorted() -> None:
    """An `int` would raise beyond 4,300 digits."""
    long, longer = "a" + "9" * 5_000, "a1" + "0" * 5_000
    assert sorted([longer, long, "a2"], key=natural_parts) == ["a2", long, longer]
