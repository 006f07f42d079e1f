"""The signs that a Word document takes from a font of symbols: « ≥ » may be written nowhere.

Word notes them by the font and a number. Those that change what a text says are known; any other is
given as Word numbers it, where whoever reads the text is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_SYMBOL: Mapping[int, str] = {
    0x2A: "*",
    0x2B: "+",
    0x2D: "−",
    0x3C: "<",
    0x3D: "=",
    0x3E: ">",
    0x7E: "~",
    0xA3: "≤",
    0xB3: "≥",
    0xB9: "≠",
    0xBB: "≈",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xD7: "·",
    0xA5: "∞",
    0xB0: "°",
    0xB2: "″",
    0xA2: "′",
    0xBC: "…",
    0xB7: "•",
    0xDE: "⇒",
    0xDB: "⇔",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xA0: "€",
    0xD6: "√",
    0xE5: "∑",
    0xCE: "∈",
    0xC6: "∅",
    0xC7: "∩",
    0xC8: "∪",
    0xD8: "¬",
    0xD9: "∧",
    0xDA: "∨",
    0x61: "α",
    0x62: "β",
    0x67: "γ",
    0x64: "δ",
    0x44: "Δ",
    0x6D: "μ",
    0x70: "π",
    0x53: "Σ",
}
_WINGDINGS: Mapping[int, str] = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0xA8: "☐",
    0x6F: "☐",
    0xA7: "▪",
    0xE0: "→",
    0xD8: "➢",
    0x6C: "●",
    0x6E: "■",
    0x71: "❑",
    0x76: "❖",
    0xF0: "⇨",
    0xE8: "➔",
    0xDF: "←",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_OWN = 0xF000
"""The amount that Word adds to the number of a sign in a font of symbols."""


def symbol(font: str, number: str) -> str:
    """Return the sign that a font has at a number, which is written in base 16."""
    try:
        place = int(number, 16) & 0xFFFF
    except ValueError:
        return ""
    signs = _FONTS.get(fold(font))
    if signs is None and not _OWN <= place < _OWN + 0x100:
        return chr(place)
    return (signs or {}).get(place & 0xFF) or chr(_OWN | place & 0xFF)
