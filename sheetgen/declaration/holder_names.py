"""Names as the receiver compares them: capitals without accents. They are so in a flow alone."""

from __future__ import annotations

import re
import unicodedata

from sheetgen.text.fold import APOSTROPHES, SPELT_OUT

_LETTERS = str.maketrans(
    {
        **{letter.upper(): plain.upper() for letter, plain in SPELT_OUT.items()},
        "ẞ": "SS",
        "İ": "I",
        **{sign.upper(): plain for sign, plain in APOSTROPHES.items()},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)
_KEPT = re.compile(r"[^A-Z0-9 '.,()/-]")
_NAME = re.compile(r"'?[A-Z][A-Z '.-]*")


def plain_name(text: str) -> str:
    """Return a name in capitals, accents, ligatures and curved apostrophes told plainly."""
    return " ".join(_KEPT.sub("", _bare(text)).split())


def is_name(text: str) -> bool:
    """Return whether a text may be a name, every letter of which a flow can hold."""
    return _NAME.fullmatch(_bare(text)) is not None


def is_place(text: str) -> bool:
    """Return whether a flow can hold every letter of a place."""
    bare = _bare(text)
    return all(letter.isascii() for letter in bare if letter.isalpha()) and bool(plain_name(text))


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.upper().translate(_LETTERS))
    bare = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join(bare.split())
