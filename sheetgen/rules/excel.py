"""Writing formulas: numbers, texts and comparisons as every spreadsheet program reads them.

Formulas use English names and commas, as in the file; each program shows them in its own language.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from sheetgen.lazy_dataclass import dataclass

SAFE_FUNCTIONS = frozenset(
    [
        "AND",
        "AVERAGEIF",
        "CHAR",
        "COUNT",
        "COUNTBLANK",
        "COUNTIF",
        "COUNTIFS",
        "EXACT",
        "HYPERLINK",
        "IF",
        "IFERROR",
        "INDEX",
        "LEN",
        "LOWER",
        "MATCH",
        "MAX",
        "MEDIAN",
        "MIN",
        "OR",
        "ROUND",
        "SUBSTITUTE",
        "SUM",
        "SUMIF",
        "SUMIFS",
        "SUMPRODUCT",
        "TRIM",
        "UPPER",
        "VLOOKUP",
    ]
)
"""The functions a formula may use: the same in Excel 2016, LibreOffice 7 and Google Sheets."""

PLACES = 9
"""Decimals to which both sides of a comparison are rounded: a sum of thirds then meets its goal."""


Value: TypeAlias = float | str
"""A number or a text, which a cell holds or its formula gives."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The formula or value to write in a cell.

    Attributes:
        formula: with its leading `=`; empty for a cell that holds `value` itself.
        value: what the formula amounts to, to be stored beside it.
    """

    formula: str
    value: Value


def constant(value: Value) -> Cell:
    """Return a cell that holds a value and no formula."""
    return Cell("", value)


def number(value: Fraction | int) -> str:
    """Return the number as a formula writes it, in parentheses when negative."""
    if value < 0:
        return f"({_unsigned(value)})"
    return _unsigned(value)


def _unsigned(value: Fraction | int) -> str:
    if Fraction(value).denominator == 1:
        return str(int(value))
    return repr(float(value)).upper()


def text(value: str) -> str:
    """Return the text as a formula quotes it."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def at_least(left: str, right: str | Fraction) -> str:
    """Return the condition left ≥ right, both rounded to `PLACES` decimals."""
    return f"{_rounded(left)}>={_rounded(right)}"


def at_most(left: str, right: str | Fraction) -> str:
    """Return the condition left ≤ right, both rounded to `PLACES` decimals."""
    return f"{_rounded(left)}<={_rounded(right)}"


def below(left: str, right: str | Fraction) -> str:
    """Return the condition left < right, both rounded to `PLACES` decimals."""
    return f"{_rounded(left)}<{_rounded(right)}"


def _rounded(side: str | Fraction) -> str:
    if isinstance(side, str):
        return f"ROUND({side},{PLACES})"
    if (side * 10**PLACES).denominator == 1:
        return number(side)
    return f"ROUND({number(side)},{PLACES})"


def minus(term: str, value: Fraction) -> str:
    """Return the difference term − value, the term alone when value is 0."""
    return term if value == 0 else f"({term}-{number(value)})"


def divided(term: str, value: Fraction) -> str:
    """Return the quotient term / value, the term alone when value is 1."""
    return term if value == 1 else f"{term}/{number(value)}"


def times(value: Fraction, term: str) -> str:
    """Return the product value × term, the term alone when value is 1."""
    return term if value == 1 else f"{number(value)}*{term}"


def is_number(cell: str) -> str:
    """Return the condition that the cell holds a number, and neither a text nor nothing."""
    return f"COUNT({cell})=1"


def among(range_: str, value: str) -> str:
    """Return how many cells of the range hold this text; no wildcards, unlike COUNTIF."""
    return f"SUMPRODUCT(--({range_}={text(value)}))"
