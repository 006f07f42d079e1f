"""Every text can be read on its ground, whatever colours the school chose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetgen.excel import palette


def colours() -> st.SearchStrategy[str]:
    """Any colour, as `RRGGBB`."""
    return st.integers(0, 0xFFFFFF).map(lambda value: f"{value:06X}")


@given(colour=colours())
def test_a_text_is_readable_on_any_ground(colour: str) -> None:
    """White or black reaches 4.5:1 on every colour there is."""
    assert palette.contrast(palette.text_on(colour), colour) >= 4.5


@given(colour=colours())
def test_any_colour_is_darkened_until_it_reads_on_light_grounds(colour: str) -> None:
    """On white, on grey and on yellow; a colour that does already is kept."""
    text = palette.darkened(colour)
    grounds = (palette.WHITE, palette.LOCKED, palette.INPUT)
    assert min(palette.contrast(text, ground) for ground in grounds) >= 4.5
    assert palette.darkened(text) == text


def test_contrast_is_that_of_wcag() -> None:
    """21:1 for black on white, 1:1 for a colour on itself, and a known pair between them."""
    assert palette.contrast("000000", "FFFFFF") == pytest.approx(21)
    assert palette.contrast("336699", "336699") == pytest.approx(1)
    assert palette.contrast("FFFFFF", "767676") == pytest.approx(4.54, abs=0.005)
