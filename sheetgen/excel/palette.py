"""The colours of a grid, and the contrast that makes them readable (WCAG 2.1, level AA).

Every text stands at 4.5:1 or more on its ground, whatever colours the school chose.
"""

from __future__ import annotations

INK = "1F2933"
BLACK = "000000"
WHITE = "FFFFFF"
PRIMARY = "1F4E79"
LOCKED = "EEF1F5"
INPUT = "FFFBE6"
BORDER = "9AA5B1"
MUTED = "52606D"
BAR = "A9C7E8"
TO_DO = "9A3E06"
TO_DO_GROUND = "FFF1E0"
DONE = "1E6B3A"
DONE_GROUND = "E6F4EA"
WRONG = "A61B1B"
WRONG_GROUND = "FDE8E8"

READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two `RRGGBB` colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(ground: str) -> str:
    """White or black, whichever reads better on the ground; one of them is always readable."""
    return max((WHITE, BLACK), key=lambda colour: contrast(colour, ground))


def darkened(colour: str) -> str:
    """The colour itself, or as dark as it takes to be read on every light ground of a grid."""
    while min(contrast(colour, ground) for ground in (WHITE, LOCKED, INPUT)) < READABLE:
        channels = [int(colour[start : start + 2], 16) * 9 // 10 for start in (0, 2, 4)]
        colour = "".join(f"{channel:02X}" for channel in channels)
    return colour


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
