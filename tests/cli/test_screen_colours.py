"""The colours of the screen are read on a dark terminal and on a light one."""

from __future__ import annotations

import pytest
from rich.color import Color

from sheetgen.cli import screen_colours

LEAST = 3.5
"""What WCAG asks of large or bold texts is 3; no colour has 4.6 on black and on white."""


def luminance(name: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [part / 255 for part in Color.parse(name).get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["GOOD", "CAUTION", "WRONG", "NOTE"])
def test_a_colour_is_read_on_black_and_on_white(name: str) -> None:
    """Plain yellow on white has a contrast of 1.1, and nobody reads it."""
    shade = luminance(getattr(screen_colours, name))
    assert (shade + 0.05) / 0.05 >= LEAST
    assert 1.05 / (shade + 0.05) >= LEAST
