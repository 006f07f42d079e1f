"""The codes before a document's texts, as schools write them: « C1.1 – », « (C.1.1) », « B1C2 ».

A code is taken whole or not at all: « C1.1- » is never C1 followed by a text.
"""

from __future__ import annotations

import re

from sheetgen.lazy_dataclass import dataclass

_BLANK = "[ \u00a0\u202f]"
_LEVELS = rf"(?:{_BLANK}?\.\d{{1,3}}|[\-–\u2011_]\d{{1,3}}|[.\-][a-z](?![\w'’]))"
"""The pattern behind a code's first number, once for each level below it."""

_SEPARATOR = r"(?:\s*(?:[:)/]|\.(?!\d))+\s?[-–—]?|\s*[-–—](?!\d)|\s)\s*"
_CODE = re.compile(
    rf"(?P<open>[\[(])?(?P<code>(?P<block>BC?\d{{1,2}}[.\-–_/]?)C\d{{1,3}}{_LEVELS}*"
    rf"|(?:[A-Z]{{1,4}}\.?|[A-Z][a-z])\d{{1,3}}{_LEVELS}*[a-z]?"
    rf"|[A-Z]{_BLANK}\d{{1,3}}{_LEVELS}+|CP?{_BLANK}\d{{1,2}}"
    r"|[a-z]\d{1,2}(?:\.\d{1,3})+|\d{1,3}(?:\.\d{1,3})+)"
    rf"(?![\w])(?!{_BLANK}?\.\d)(?(open)[\])])(?:{_SEPARATOR}(?=\S)|[.:)]?$)"
)
_LETTERS = re.compile(r"[A-Za-z]+")
_BLANKS = re.compile(_BLANK)
_DASHES = re.compile("[–\u2011]")
_UNSEEN = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""Signs that nobody sees: hyphens where a word may be cut, joints of no width."""

_ACTIVITY = re.compile(
    r"(?P<word>activit[ée]s?(?:[ -]types?)?|t[âa]che|mission)\s*(?:n[°o]\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[:.–—-]?\s*",
    re.IGNORECASE,
)
_COMPETENCY = re.compile(
    r"comp[ée]tence(?: professionnelle)?\s*(?:n[°o]\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})*)"
    r"\s*(?:[:.–—-]+\s*|$)",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?:(?P<full>RNCP\d{3,6}BC\d{1,2})|(?P<word>bloc(?:s)?(?:\s+de\s+comp[ée]tences?)?|ccp)\s*"
    r"(?:n[°o]\s*)?(?:(?P<number>\d{1,2})|(?P<letter>(?-i:[A-Z]))(?=\s*[:.–—-]))"
    r"|(?P<short>BC\s?\d{1,2}))(?![.\-–_/]?C\d)\b\s*[:.–—-]*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A text and the code that stood before it.

    Attributes:
        code: as it is to be written; empty without one.
        mark: what was cut off before the text, to the letter.
        text: the rest.
    """

    code: str = ""
    mark: str = ""
    text: str


def split_code(text: str, letters: str) -> Coded:
    """Return a text without the code before it, where that begins with one of these letters.

    Args:
        text: that may begin with a code.
        letters: those with which the codes sought begin, in capitals; a code of numbers alone is
            one where it has a dot; C alone takes « Compétence 1 : » for C1 as well, and the code
            of a competency may have its bloc's before it.
    """
    seen = text.translate(_UNSEEN)
    told = _COMPETENCY.match(seen) if letters == "C" else None
    if told is not None:
        return _cut(text, told, f"C{told['number']}")
    found = _CODE.match(seen)
    if found is None:
        return Coded(text=text)
    code = found["code"]
    word = None if found["block"] else _LETTERS.match(code)
    first = "C" if found["block"] else word and word[0][0].upper()
    if first and first not in letters:
        return Coded(text=text)
    return _cut(text, found, _DASHES.sub("-", _BLANKS.sub("", code)))


def _cut(text: str, found: re.Match[str], code: str) -> Coded:
    """Return the text behind a code that was matched without the signs that nobody sees."""
    left, end = found.end(), len(text)
    for place, sign in enumerate(text):
        if ord(sign) in _UNSEEN:
            continue
        if not left:
            end = place
            break
        left -= 1
    return Coded(code=code, mark=found[0].strip(), text=text[end:])


def split_activity(text: str) -> Coded:
    """Return an activity without its code: « A1.1 », « Activité 1 : »."""
    found = _ACTIVITY.match(text.translate(_UNSEEN))
    if found is not None:
        return _cut(text, found, f"A{found['number']}")
    return split_code(text, "ATM")


def split_block(text: str) -> Coded | None:
    """Return the title of a bloc without its code; None for a text that names none."""
    found = _BLOCK.match(text.translate(_UNSEEN))
    if found is None:
        return None
    number = found["letter"] or f"{int(found['number'] or 0):02d}"
    code = found["full"] or found["short"] or f"BC{number}"
    return _cut(text, found, code.upper().replace(" ", ""))


def has_code(text: str) -> bool:
    """Return whether a text begins with the code of a bloc, an activity or a competency."""
    return (
        split_block(text) is not None
        or bool(split_activity(text).code)
        or bool(split_code(text, "C").code)
    )
