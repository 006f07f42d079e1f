"""Property tests try as many cases as the command asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tries import DEEP, USUAL, tries

if TYPE_CHECKING:
    import pytest

COLLECTED = tries(3)
"""What a test has that asks for three cases, as of when its module is read."""


@given(drawn=st.none())
def test_the_profile_is_the_one_that_was_asked_for(
    pytestconfig: pytest.Config, drawn: None
) -> None:
    """Drawn ten times as often in `make deep`, and always the same in `make test`."""
    assert drawn is None
    asked = pytestconfig.getoption("--hypothesis-profile") or "sheetgen"
    assert settings.get_current_profile_name() == asked
    factor = DEEP // USUAL if asked == "deep" else 1
    assert COLLECTED.max_examples == 3 * factor
    assert COLLECTED.derandomize is (asked != "deep")
