"""File names made from codes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.text import file_stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("J1", "J1"),
        ("Élise Œuvré", "Elise-OEuvre"),
        ("2026/06", "2026-06"),
        ("a:b*c?", "a-b-c"),
        (" ..J1.. ", "J1"),
        ("CON", "x-CON"),
        ("nul.txt", "x-nul.txt"),
        ("console", "console"),
        ("A" * 60, "A" * 60),
    ],
)
def test_a_code_becomes_a_plain_name(text: str, expected: str) -> None:
    """Letters and digits stay, accents go, the rest becomes a hyphen."""
    assert file_stem(text) == expected


def test_long_and_unwritable_codes_keep_apart() -> None:
    """Where a code must be cut or has no ASCII letter, a digest tells it from others."""
    assert file_stem("A" * 61) != file_stem("A" * 62)
    assert file_stem("日本") != file_stem("中国")
    assert re.fullmatch("x[0-9a-f]{8}", file_stem("日本"))


@given(st.text())
def test_every_text_gives_a_safe_name(text: str) -> None:
    """ASCII, short, never hidden, never reserved, and its own name when named again."""
    stem = file_stem(text)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", stem)
    assert not stem.endswith(".")
    assert file_stem(stem) == stem
