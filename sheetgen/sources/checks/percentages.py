"""Percentages of « Règles »: ambiguous ones, their share of the scale, the counts they refuse.

Where marks are notes, a bare number may mean either; 66,67 is meant as two thirds, and refuses two
of three.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockRule, CompetencyRule, Scale, ScaleKind
from sheetgen.problems import regulations, source_cells
from sheetgen.rules import percentage, points
from sheetgen.sources.read import Quantity, written_share
from sheetgen.sources.schema import REFERENTIAL, ValueKind
from sheetgen.text import cut_number, exact_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sheetgen.problems import Problem
    from sheetgen.sources.checks.outcomes import Regulation
    from sheetgen.sources.read import Row
    from sheetgen.sources.schema import FieldSpec, ValueSpec

_ABOUT_JURIES = "minimum_external"
"""The one percentage that nobody would take for a mark."""

_A_DISTANCE = "deliberation_zone"
"""The one percentage that is no place on the scale, but a distance."""

_SHARES = tuple(
    item
    for item in REFERENTIAL.sheet("Règles").fields
    if item.kind in (ValueKind.PERCENTAGE, ValueKind.THRESHOLD) and item.attribute != _ABOUT_JURIES
)


def check_shares(rules: Row, scale: Scale | None) -> Iterator[Problem]:
    """Find percentages that may be marks; tell which, if the scale does not begin at 0."""
    if rules.get("scale_kind", ScaleKind) is not ScaleKind.NOTE:
        return
    maximum = rules.get("note_maximum", Fraction)
    for field in _SHARES:
        written = _written(rules, field)
        if written is None or not written.number:
            continue
        if _may_be_a_note(written, maximum):
            yield source_cells.PERCENTAGE_OR_NOTE.at(
                rules.at(field.attribute),
                name=field.name,
                found=exact_number(written.number),
                maximum=exact_number(maximum or Fraction(0)),
            )
        elif scale is None or not scale.minimum or written.number > 100:
            continue
        elif _asks_a_mean(rules, field) and written.whole != scale.maximum - scale.minimum:
            # Over the span, as « 5/15 » from 5 to 20, it counts from the minimum already.
            yield _share_of_scale(rules, field, written, scale)


def check_own_share(rules: Row, row: Row, spec: ValueSpec) -> Iterator[Problem]:
    """Find a percentage of a row that may be a mark, where marks are notes."""
    if rules.get("scale_kind", ScaleKind) is ScaleKind.NOTE:
        yield from check_share_of(row, spec, rules.get("note_maximum", Fraction))


def check_share_of(row: Row, spec: ValueSpec, maximum: Fraction | None) -> Iterator[Problem]:
    """Find a percentage of a row that may be a mark; `maximum` is the highest note."""
    cell = row.cells.get(spec.attribute)
    written = None if cell is None else written_share(spec, cell)
    if written is not None and maximum is not None and _may_be_a_note(written, maximum):
        yield source_cells.PERCENTAGE_OR_NOTE.at(
            row.at(spec.attribute),
            name=spec.name,
            found=exact_number(written.number),
            maximum=exact_number(maximum),
        )


def _may_be_a_note(written: Quantity, maximum: Fraction | None) -> bool:
    """Return whether a number that stands alone may be meant on the scale of notes."""
    bare = not written.is_percentage and written.number >= 1
    return bare and maximum is not None and maximum != 100 and written.number <= maximum


def _written(rules: Row, field: FieldSpec) -> Quantity | None:
    """Return the percentage that the rule's cell writes.

    None where it is blank, faulty or a count.
    """
    cell = rules.cells.get(field.attribute)
    if cell is None or field.attribute in rules.faulty:
        return None
    counts = rules.get("competency_rule", CompetencyRule) in (
        CompetencyRule.COUNT,
        CompetencyRule.ALL,
    )
    if field.kind is ValueKind.THRESHOLD and counts:
        return None
    return written_share(field, cell)


def _asks_a_mean(rules: Row, field: FieldSpec) -> bool:
    """Return whether a mean must reach the percentage: a share of criteria is no note."""
    competency = rules.get("competency_rule", CompetencyRule) is CompetencyRule.MEAN
    rule = rules.get("block_rule", BlockRule)
    block = rule in (BlockRule.MEAN, BlockRule.ASSESSMENT_MEAN)
    assessments = rule is not None and rule.names_assessments
    return {
        "competency_threshold": competency,
        "block_threshold": block,
        "competency_floor": rule is BlockRule.MEAN,
        "general_mean": True,
        "assessment_threshold": assessments,
        "assessment_floor": rules.get("block_rule", BlockRule) is BlockRule.ASSESSMENT_MEAN,
        _A_DISTANCE: competency or block or assessments,
    }[field.attribute]


def _share_of_scale(rules: Row, field: FieldSpec, written: Quantity, scale: Scale) -> Problem:
    span = scale.maximum - scale.minimum
    above = span * written.number / 100
    note = cut_number(scale.minimum + above)
    told = {
        "name": field.name,
        "share": percentage(written.number / 100),
        "minimum": exact_number(scale.minimum),
        "maximum": exact_number(scale.maximum),
    }
    place = rules.at(field.attribute)
    meant = written.number / 100 * (written.whole or 0)
    if field.attribute == _A_DISTANCE:
        return source_cells.PERCENTAGE_SHARE.at(place, **told, meaning=points(above))
    # A ratio over anything but the highest note, as 6/10 from 5 to 20, is no note of the scale.
    if written.whole != scale.maximum or meant < scale.minimum:
        return source_cells.PERCENTAGE_SHARE.at(place, **told, meaning=f"la note {note}")
    return source_cells.NOTE_SHARE.at(
        place,
        **told,
        note=note,
        found=f"{exact_number(meant)}/{exact_number(written.whole)}",
        meant=exact_number(meant),
        ratio=f"{exact_number(meant - scale.minimum)}/{exact_number(span)}",
    )


_FIELDS = {item.attribute: item for item in REFERENTIAL.sheet("Règles").fields}
_JURIES = range(2, 8)
"""Sizes of a jury worth trying."""

_ACQUIRED = ("critère acquis", "critères acquis")
"""The words after 1 and after a larger number."""

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
            yield regulations.PERCENTAGE_OF_ONE.at(tried.at(attribute), name=field.name)
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
    return regulations.FRACTION_MISSED.at(
        tried.at(field.attribute),
        name=field.name,
        found=f"{exact_number(written.number)} %",
        fraction=fraction,
        refused=refused,
        needed=part + 1,
        below=f"{exact_number(Fraction(cut, 100))} %",
    )
