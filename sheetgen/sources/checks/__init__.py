"""Checks of what the school wrote: codes, structure, doubts, and its rules tried on everybody.

`check_regulation` tries the rules: percentages understood, outcomes of imaginary marks, effects
sought. The other names are the checks of one sheet or of all, called where they are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.sources.checks.doubts import check_doubts, check_past, check_weights, is_to_come
from sheetgen.sources.checks.effects import check_effects
from sheetgen.sources.checks.outcomes import Regulation, check_outcomes
from sheetgen.sources.checks.own_rules import WITHOUT_THRESHOLD, check_own_rules, own_threshold
from sheetgen.sources.checks.percentages import check_share_of, check_shares, check_thirds
from sheetgen.sources.checks.shape import check_shape
from sheetgen.sources.checks.structure import (
    STRUCTURE_CHECKS,
    Codes,
    check_codes,
    check_references,
    most_criteria,
)
from sheetgen.sources.checks.trials import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import Referential
    from sheetgen.problems import Problem
    from sheetgen.sources.read import Row

__all__ = [
    "STRUCTURE_CHECKS",
    "WITHOUT_THRESHOLD",
    "Codes",
    "check_codes",
    "check_doubts",
    "check_own_rules",
    "check_past",
    "check_references",
    "check_regulation",
    "check_shape",
    "check_share_of",
    "check_shares",
    "check_weights",
    "is_to_come",
    "most_criteria",
    "own_threshold",
]


def check_regulation(referential: Referential, rules: Row) -> Iterator[Problem]:
    """Warn, with the consequence, of rules that grant all, refuse all or have no effect.

    Args:
        referential: without error.
        rules: the rows of « Règles », for where each rule is written.
    """
    tried = Regulation(Trials(referential=referential), rules)
    yield from check_outcomes(tried)
    yield from check_effects(tried)
    if tried.has_rules_of_all:
        yield from check_thirds(tried)
