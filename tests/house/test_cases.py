"""Cases of properties follow from the test's source alone, whatever ran before in its process."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

if TYPE_CHECKING:
    from pathlib import Path


def drawn() -> list[tuple[str, int]]:
    """Return the cases of a property."""
    found: list[tuple[str, int]] = []

    @tries(200)
    @given(st.text(), st.integers())
    def collect(text: str, number: int) -> None:
        found.append((text, number))

    collect()
    return found


def test_a_module_that_is_loaded_by_chance_changes_no_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Nor do its words: what passes here passes elsewhere, in any order."""
    if pytestconfig.getoption("--hypothesis-profile"):
        pytest.skip("draws new cases at each run")
    before = drawn()
    module = ModuleType("loaded_by_chance")
    module.__file__ = str(tmp_path / "loaded_by_chance.py")
    words = [f"mot {number}" for number in range(1000, 1200)]
    (tmp_path / "loaded_by_chance.py").write_text(f"WORDS = {words!r}\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert drawn() == before
