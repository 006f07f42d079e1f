"""The cases that a property test tries: some in `make test`, ten times as many in `make deep`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = 100
"""Cases in the profile of `make test`, where a test names no number; others are in proportion."""

DEEP = 10 * USUAL
"""The same in the profile of `make deep`."""


def tries(usual: int, *, unchecked: Iterable[HealthCheck] = ()) -> settings:
    """Return the settings of a property test.

    Args:
        usual: how many cases `make test` tries; fewer where each writes or recalculates a workbook.
        unchecked: what hypothesis is not to mind.
    """
    loaded = settings.get_profile(settings.get_current_profile_name())
    return settings(
        max_examples=usual * loaded.max_examples // USUAL,
        suppress_health_check=(*loaded.suppress_health_check, *unchecked),
    )


def one_in(usual: int) -> pytest.MarkDecorator:
    """Return what gives a test `every`: it takes one case in so many, and each in `make deep`.

    For cases that are always the same, each opened by a program that takes its time.
    """
    return pytest.mark.parametrize("every", [usual, pytest.param(1, marks=pytest.mark.deep)])
