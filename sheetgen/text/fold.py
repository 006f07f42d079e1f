"""Comparing texts as a reader would: used wherever a school or a juror may write a word their way.

Case, accents, kinds of apostrophe and of space never matter; the words and their order do.
"""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4`\u2032\uff07", "'"))
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", None))


def fold(text: str) -> str:
    """Return the letters of a text without what does not matter.

    Two that read the same give the same.
    """
    if text.isascii():  # as codes and most labels are: nothing to decompose
        return " ".join(text.replace("`", "'").lower().split())
    plain = text.translate(_APOSTROPHES).translate(_INVISIBLE)
    letters = unicodedata.normalize("NFD", plain.casefold())
    kept = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    return " ".join(kept.split())


def fold_name(text: str) -> str:
    """Fold like `fold`, and drop spaces: for the names of sheets, columns and rows."""
    return fold(text).replace(" ", "")


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `text` most resembles, or None when it resembles none."""
    by_folded = {fold(choice): choice for choice in choices}
    close = difflib.get_close_matches(fold(text), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None
