"""Tell whether a number format surely shows a number as it is: `0"/10"` shows 8 as « 8/10 ».

Source: ECMA-376 part 1, 18.8.31 (numFmts), for the sections of a format and what they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|general|standard|e[+-]|.', re.IGNORECASE | re.DOTALL
)
"""Quoted or escaped text, a space as wide as a letter, a filling, brackets, a word, a sign."""

_CONDITION = re.compile(r"\[\s*[<>=]")
_COLOUR = re.compile(r"\[(?!dbnum|natnum)[^\W\d_]{3,} ?[0-9]{0,2}\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_MOMENT_LETTERS = frozenset("dmyhsDMYHS")
_WHOLE_NUMBERS = frozenset(("general", "standard", "@"))
_MINUS = re.compile(r"[-−–—]")

_SEEN = "\0"
"""Stands for a digit that is shown, in the text around it."""

_FRACTION = re.compile(rf"{_SEEN}+\s+{_SEEN}+\s*/\s*[{_SEEN}1-9]+")
_SECTIONS = 3
"""For numbers above, below and equal to zero; the one after them is for texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A part of a format between semicolons.

    Attributes:
        text: what it shows, each digit as `_SEEN`.
        known: whether all that it holds is understood, and its texts look like no number.
        zero: whether it shows the number zero.
        conditional: whether it is for the numbers that meet a condition.
        textual: whether it may be for texts.
    """

    text: str
    known: bool
    zero: bool
    conditional: bool
    textual: bool

    def is_plain(self, *, negative: bool) -> bool:
        """Tell whether it shows a number and nothing that makes another of it."""
        before, _, rest = self.text.partition(_SEEN)
        inside, _, after = f"{_SEEN}{rest}".rpartition(_SEEN)
        if not self.known or _SEEN not in self.text or before.endswith((".", ",")):
            return False
        signed = _MINUS.search(before) or before.endswith("(") or _MINUS.match(after.lstrip())
        return bool(signed) == negative and not inside.replace(_SEEN, "").strip()


def shows_plainly(code: str, sign: int) -> bool:
    """Tell whether a format surely shows the numbers of a sign (-1, 0 or 1) as they are."""
    if not code:
        return True
    sections = _sections(code)
    if len(sections) > 1 and sections[-1].textual:
        del sections[-1]
    del sections[_SECTIONS:]
    if any(section.conditional for section in sections):
        used = sections
        if sign < 0 or sections[-1].conditional:
            return False
    elif len(sections) == 1 or sign > 0:
        used = sections[:1]
    else:
        used = sections[1:2] if sign < 0 else (sections[2:] or sections[:1])
    own = sign < 0 and len(sections) > 1  # else the sign is put before what the section shows
    return all(section.is_plain(negative=own) and (sign != 0 or section.zero) for section in used)


def _sections(code: str) -> list[_Section]:
    found: list[list[str]] = [[]]
    for piece in _PIECE.findall(code):
        if piece == ";":
            found.append([])
        else:
            found[-1].append(piece)
    return [_section(pieces) for pieces in found]


def _section(pieces: list[str]) -> _Section:
    text = ""
    known = True
    for piece in pieces:
        if piece in {"0", "#", "?"} or piece.lower() in _WHOLE_NUMBERS or _is_power(piece):
            text += _SEEN
        elif piece in {".", ","}:
            known = known and (piece == "." or _SEEN in text)
        elif len(piece) == 1:
            known = known and piece not in _MOMENT_LETTERS
            text += piece
        else:
            words = _words(piece)
            known = known and words is not None and not _is_numeric(words)
            text += words or ""
    text = _FRACTION.sub(_SEEN, text) if (divided := "/" in text) else text
    whole = any(piece == "0" or piece.lower() in _WHOLE_NUMBERS for piece in pieces)
    return _Section(
        text=text,
        known=known and not _is_numeric(text) and pieces.count(".") <= 1,
        zero=whole or divided,
        conditional=any(_CONDITION.match(piece) for piece in pieces),
        textual="@" in pieces,
    )


def _is_power(piece: str) -> bool:
    return piece.lower() in {"e+", "e-"}


def _words(piece: str) -> str | None:
    """Return the text that a piece of a format shows; None where that is not known."""
    if piece.startswith('"'):
        return piece.strip('"')
    if piece.startswith("_"):
        return " "
    if not piece.startswith("["):
        return piece[1:]
    if _COLOUR.fullmatch(piece) or _CONDITION.match(piece):
        return ""
    currency = _CURRENCY.fullmatch(piece)
    return currency[1] if currency else None


def _is_numeric(words: str) -> bool:
    return "/" in words or any(character.isnumeric() for character in words)
