"""Printing where some characters cannot be shown: a Windows code page, an ASCII pipe."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from io import TextIOWrapper

_ERRORS = "sheetgen.nearest"

_NEAREST = {
    "✔": "V",
    "✘": "X",
    "◆": "?",
    "●": "O",
    "▲": "!",
    "·": "-",
    "–": "-",
    "—": "-",
    "…": "...",
    "’": "'",
    "«": '"',
    "»": '"',
    "œ": "oe",
    "Œ": "OE",
    "≥": ">=",
    "→": "->",
    "⏎": "\\n",
    **{chr(0x2400 + code): f"\\x{code:02x}" for code in range(0x20)},
    "\u2421": "\\x7f",
}


def print_on_any_terminal() -> None:
    """Make standard output and error replace characters they lack by similar ones."""
    codecs.register_error(_ERRORS, _replace)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_ERRORS)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_nearest(letter, error.encoding) for letter in lacking), error.end


def _nearest(letter: str, encoding: str) -> str:
    plain = _NEAREST.get(letter) or "".join(
        part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)
    )
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return plain
