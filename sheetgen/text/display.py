"""Text as it is shown to a person: every character that would act, or hide, is shown as a sign.

A file's name and a cell's text come from somebody else. Printed raw, an escape sequence repaints a
terminal, a line end forges another message, a bidirectional override reverses what is read. All
that is shown goes through here: terminal, messages to jurors, notes, the sheet of problems. Data
(`decisions.json`, `--json`) keeps what was written, escaped in JSON's way.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LINE_ENDS = "\r\n|[\n\r\x85\u2028\u2029]"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters without a shape: controls, formats, half characters, line ends."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
"""Letters by category that print nothing, and what is no character at all."""

_LINE_END = re.compile(_LINE_ENDS)
_PLAIN = re.compile(r"[ -~À-ÿŒœ‘’“”«»…–—€°·]*")
"""Most texts: there is nothing to look for in them."""

_MANY = 4096


def visible(text: str) -> str:
    """Return the text on one line: line ends are ⏎, what is not seen is a sign or its code."""
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_sign, _LINE_END.sub("\n", text)))


@lru_cache(maxsize=_MANY)
def _sign(letter: str) -> str:
    """Return what stands for one character: itself, unless it acts or hides."""
    if letter == "\n":
        return "⏎"
    if letter < " ":
        return chr(0x2400 + ord(letter))
    if letter == "\x7f":
        return "\u2421"
    return escaped(letter) if acts_or_hides(letter) else letter


def acts_or_hides(letter: str) -> bool:
    """Return whether a character acts on what shows it, or is not seen there."""
    return unicodedata.category(letter) in _HIDDEN or letter in _FILLERS


def escaped(letter: str) -> str:
    """Return a character by its code: a backslash, then x, u or U and two, four or eight digits."""
    code = ord(letter)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
