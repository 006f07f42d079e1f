"""Texts as cells, prompts, properties and references hold them: Excel's lengths, cuts, characters.

Excel counts UTF-16 units: an emoji is two or more.
"""

from __future__ import annotations

import re

LONGEST_TEXT = 32_767
"""Of a cell."""

LONGEST_TITLE, LONGEST_PROMPT, LONGEST_ERROR = 32, 255, 224
"""Of a data validation's texts."""

_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold: halves of characters, and two codes that are none."""


def excel_length(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut_text(text: str, length: int) -> str:
    """Return the text, cut and ended by « … » where Excel counts more characters than `length`."""
    if 2 * len(text) <= length or excel_length(text) <= length:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (length - 1)]
    return units.decode("utf-16-le", "ignore").rstrip() + "…"


def storable(text: str) -> str:
    """Return the text as a cell can hold it: cut at the limit, a sign for what is no character."""
    if 2 * len(text) <= LONGEST_TEXT and text.isprintable():  # nearly all, and no such sign
        return text
    return cut_text(_NO_CHARACTER.sub("\ufffd", text), LONGEST_TEXT)


def sheet_prefix(name: str) -> str:
    """Return the prefix of an address on another sheet, always quoted."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'!"
