"""Percentages that round a fraction up, as 66,67 does two thirds: which counts they refuse."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockRule, CompetencyRule, ScaleKind
from sheetgen.problems import regulations as kinds
from sheetgen.sources.read import written_share
from sheetgen.sources.schema import REFERENTIAL
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sheetgen.problems import Problem
    from sheetgen.sources.checks.outcomes import Regulation
    from sheetgen.sources.read import Quantity
    from sheetgen.sources.schema import FieldSpec

_FIELDS = {item.attribute: item for item in REFERENTIAL.sheet("Règles").fields}
_JURIES = range(2, 8)
"""Sizes of a jury worth trying."""

_ACQUIRED = ("critère acquis", "critères acquis")
"""One of them, and several."""

_COUNTABLE = 20
"""Up to how many things a reader counts in fractions of them."""


def check_thirds(tried: Regulation) -> Iterator[Problem]:
    """Warn of thresholds just above k of n, and of a bare 1, which is 1 %."""
    for attribute, counts, nouns in _thresholds(tried):
        field = _FIELDS[attribute]
        cell = tried.rules.cells.get(attribute)
        written = None if cell is None else written_share(field, cell)
        if written is None:
            continue
        if written.number == 1 and not written.is_percentage:
            yield kinds.PERCENTAGE_OF_ONE.at(tried.at(attribute), name=field.name)
        missed = _missed(written, counts)
        if missed is not None:
            yield _above_fraction(tried, field, written, missed, nouns)


def _thresholds(tried: Regulation) -> Iterator[tuple[str, Iterable[int], tuple[str, str]]]:
    """Yield each percentage in force, the numbers of things it is a share of, and their names."""
    rules, trials = tried.referential.rules, tried.trials
    notes = tried.referential.scale.kind is ScaleKind.NOTE
    criteria, held = trials.criteria_counts(), trials.competency_counts()
    shares = rules.competency_rule is CompetencyRule.PERCENTAGE
    if shares or (rules.competency_rule is CompetencyRule.MEAN and not notes):
        yield "competency_threshold", criteria, _ACQUIRED
    if rules.block_rule is BlockRule.PERCENTAGE:
        yield "block_threshold", held, ("compétence acquise", "compétences acquises")
    elif rules.block_rule is BlockRule.MEAN and not notes:
        yield "block_threshold", held, ("compétence entière", "compétences entières")
        yield "competency_floor", criteria, _ACQUIRED
    if rules.general_mean is not None and not notes:
        yield "general_mean", {**criteria, **held}, _ACQUIRED
    yield "minimum_external", _JURIES, ("juré externe", "jurés externes")


def _missed(written: Quantity, counts: Iterable[int]) -> tuple[int, int] | None:
    """Return the k of n whose share the percentage rounds up; None where it stands for itself."""
    if written.whole is not None:
        return None
    for total in sorted(count for count in counts if count <= _COUNTABLE):
        wanted = math.ceil(written.number * total / 100) - 1
        if wanted < 1:
            continue
        exact = Fraction(100 * wanted, total)
        if exact < written.number and _rounds_to(exact, written.number):
            return wanted, total
    return None


def _rounds_to(exact: Fraction, written: Fraction) -> bool:
    """Return whether the percentage is the fraction, rounded to as many decimals as it has.

    With decimals, also where it is rounded up: nobody means 33,34 % but for a third.
    """
    decimals = 1
    while (written * decimals).denominator != 1 and decimals < 10**6:
        decimals *= 10
    nearest = math.floor(exact * decimals + Fraction(1, 2))
    raised = math.ceil(exact * decimals) if decimals > 1 else nearest
    return written * decimals in (nearest, raised)


def _above_fraction(
    tried: Regulation,
    field: FieldSpec,
    written: Quantity,
    missed: tuple[int, int],
    nouns: tuple[str, str],
) -> Problem:
    part, total = missed
    one, several = nouns
    if part == 1:
        refused = f"1 {one} sur {total} ne suffit pas"
    else:
        refused = f"{part} {several} sur {total} ne suffisent pas"
    share = Fraction(part, total)
    fraction = f"{share.numerator}/{share.denominator}"
    cut = math.floor(share * 10_000)
    return kinds.FRACTION_MISSED.at(
        tried.at(field.attribute),
        name=field.name,
        found=f"{exact_number(written.number)} %",
        fraction=fraction,
        refused=refused,
        needed=part + 1,
        below=f"{exact_number(Fraction(cut, 100))} %",
    )
