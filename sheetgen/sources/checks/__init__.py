"""Try a school's rules on everybody: percentages understood, rules tried, effects sought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.sources.checks.effects import check_effects
from sheetgen.sources.checks.outcomes import Regulation, check_outcomes
from sheetgen.sources.checks.percentages import check_shares
from sheetgen.sources.checks.thirds import check_thirds
from sheetgen.sources.checks.trials import Trials

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import Referential
    from sheetgen.problems.records import Problem
    from sheetgen.sources.read.tables import Row

__all__ = ["check_regulation", "check_shares"]


def check_regulation(referential: Referential, rules: Row) -> Iterator[Problem]:
    """Warn, with the consequence, of rules that grant all, refuse all or have no effect.

    Args:
        referential: without error.
        rules: the rows of « Règles », for where each rule is written.
    """
    tried = Regulation(Trials(referential=referential), rules)
    yield from check_outcomes(tried)
    yield from check_effects(tried)
    yield from check_thirds(tried)
