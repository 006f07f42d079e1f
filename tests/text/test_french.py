"""Dates, times and numbers as a French document prints them."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from sheetgen.text.french import (
    SPACE,
    cut_number,
    date_text,
    dates_text,
    days_text,
    exact_number,
    numeric_dates_text,
    percent_text,
    shortened,
    time_text,
)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 6, 15), "15\u00a0juin\u00a02026"),
        (date(2026, 8, 1), "1er\u00a0août\u00a02026"),
        (date(1998, 12, 31), "31\u00a0décembre\u00a01998"),
    ],
)
def test_a_date_is_written_in_full(day: date, text: str) -> None:
    """The month is a word, the first day an ordinal, and no line breaks inside."""
    assert date_text(day) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([date(2026, 6, 18), date(2026, 6, 19)], "18 au 19 juin 2026"),
        ([date(2026, 7, 3), date(2026, 7, 1)], "1er au 3 juillet 2026"),
        ([date(2026, 6, 30), date(2026, 7, 1)], "30 juin au 1er juillet 2026"),
        ([date(2026, 12, 30), date(2027, 1, 2)], "30 décembre 2026 au 2 janvier 2027"),
        ([date(2026, 6, 18)], "18 juin 2026"),
        ([], ""),
    ],
)
def test_several_days_say_once_what_they_share(days: list[date], text: str) -> None:
    """The month, the year; « du » before them, but not before one day alone."""
    assert dates_text(days).replace(SPACE, " ") == text
    several = f"du {text}" if len(days) > 1 else text
    assert days_text(days).replace(SPACE, " ") == several


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ([date(2026, 7, 3), date(2026, 7, 1), date(2026, 7, 2)], "01/07/2026 au 03/07/2026"),
        ([date(2026, 6, 18), date(2026, 6, 18)], "18/06/2026"),
        ([], ""),
    ],
)
def test_days_in_numbers_give_both_ends(days: list[date], text: str) -> None:
    """Whole dates, each, as sheets write them."""
    assert numeric_dates_text(days) == text


@pytest.mark.parametrize(
    ("moment", "text"), [(time(9, 5), "9\u00a0h\u00a005"), (time(14), "14\u00a0h")]
)
def test_a_time_drops_minutes_that_are_nought(moment: time, text: str) -> None:
    """« 14 h », but « 9 h 05 »."""
    assert time_text(moment) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(12), "12"),
        (Fraction(25, 2), "12,5"),
        (Fraction(1, 20), "0,05"),
        (Fraction(2, 3), "0,66"),
        (Fraction(-3, 2), "-1,5"),
        (Fraction(-1, 1000), "0"),
    ],
)
def test_a_number_has_a_decimal_comma_and_two_decimals_at_most(number: Fraction, text: str) -> None:
    """Further decimals are cut, trailing noughts are dropped."""
    assert cut_number(number) == text


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (Fraction(1), "100\u00a0%"),
        (Fraction(2, 3), "66,6\u00a0%"),
        (Fraction(4999, 10000), "49,9\u00a0%"),
        (Fraction(0), "0\u00a0%"),
    ],
)
def test_a_percentage_never_seems_to_reach_what_it_misses(score: Fraction, text: str) -> None:
    """It is cut after one decimal: 49,99 % does not read as 50 %."""
    assert percent_text(score) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(12), "12"),
        (Fraction(-5, 2), "-2,5"),
        (Fraction(2, 3), "0,666666666666667"),
        (Fraction(10**310), "1" + "0" * 310),
    ],
)
def test_an_exact_number_has_the_digits_of_a_spreadsheet(number: Fraction, text: str) -> None:
    """Fifteen of them, whatever the size."""
    assert exact_number(number) == text


def test_a_text_is_cut_with_a_sign_of_it() -> None:
    """At the limit it is whole; beyond, its last character is « … »."""
    assert shortened("abcde", 5) == "abcde"
    assert shortened("abcdef", 5) == "abcd…"
