"""Percentages where marks are notes: ambiguous ones, and what share of the scale they are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import BlockRule, CompetencyRule, Scale, ScaleKind
from sheetgen.problems import sources as kinds
from sheetgen.rules import percentage, points
from sheetgen.sources.read import Quantity, written_share
from sheetgen.sources.schema import REFERENTIAL, ValueKind
from sheetgen.text import cut_number, exact_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row
    from sheetgen.sources.schema import FieldSpec

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
        bare = not written.is_percentage and written.number >= 1
        if bare and maximum is not None and maximum != 100 and written.number <= maximum:
            yield kinds.PERCENTAGE_OR_NOTE.at(
                rules.at(field.attribute),
                name=field.name,
                found=exact_number(written.number),
                maximum=exact_number(maximum),
            )
        elif scale is None or not scale.minimum or written.number > 100:
            continue
        elif _asks_a_mean(rules, field) and written.whole != scale.maximum - scale.minimum:
            # Over the span, as « 5/15 » from 5 to 20, it counts from the minimum already.
            yield _share_of_scale(rules, field, written, scale)


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
    block = rules.get("block_rule", BlockRule) is BlockRule.MEAN
    return {
        "competency_threshold": competency,
        "block_threshold": block,
        "competency_floor": block,
        "general_mean": True,
        _A_DISTANCE: competency or block,
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
        return kinds.PERCENTAGE_SHARE.at(place, **told, meaning=points(above))
    # A ratio over anything but the highest note, as 6/10 from 5 to 20, is no note of the scale.
    if written.whole != scale.maximum or meant < scale.minimum:
        return kinds.PERCENTAGE_SHARE.at(place, **told, meaning=f"la note {note}")
    return kinds.NOTE_SHARE.at(
        place,
        **told,
        note=note,
        found=f"{exact_number(meant)}/{exact_number(written.whole)}",
        meant=exact_number(meant),
        ratio=f"{exact_number(meant - scale.minimum)}/{exact_number(span)}",
    )
