"""The colours of the workbooks, and the contrast that makes them readable (WCAG 2.1, level AA).

Every text stands at 4.5:1 or more on its ground, whatever colours the school chose; no colour says
what a word or a symbol beside it does not. Colours are `RRGGBB`.
"""

from __future__ import annotations

from sheetgen.lazy_dataclass import dataclass

INK = "1F2933"
BLACK = "000000"
WHITE = "FFFFFF"
PRIMARY = "1F4E79"
LOCKED = "EEF1F5"
INPUT = "FFFBE6"
BORDER = "9AA5B1"
MUTED = "52606D"
BAR = "A9C7E8"
RED = "A61B1B"
AMBER = "C77700"
"""Of a bar between those of red and green: as a text's colour it would be too light."""

READABLE = 4.5


@dataclass(frozen=True, slots=True)
class Tone:
    """A text colour on a ground, and the symbol that says the same."""

    ink: str
    ground: str
    symbol: str = ""

    @property
    def silent(self) -> Tone:
        """Return the tone without its symbol, for a text that already has one."""
        return Tone(self.ink, self.ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two `RRGGBB` colours, from 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(ground: str) -> str:
    """Return white or black, whichever reads better on the ground; one always can be read."""
    return max((WHITE, BLACK), key=lambda colour: contrast(colour, ground))


def darkened(colour: str) -> str:
    """Return the colour, made as dark as it takes to be read on every light ground of a grid."""
    while min(contrast(colour, ground) for ground in (WHITE, LOCKED, INPUT)) < READABLE:
        channels = [int(colour[start : start + 2], 16) * 9 // 10 for start in (0, 2, 4)]
        colour = "".join(f"{channel:02X}" for channel in channels)
    return colour


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
