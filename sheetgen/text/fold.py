"""Comparing and sorting texts as a reader would, wherever people may write a word their way.

Case, accents, kinds of apostrophe and of space never matter; the words and their order do. Names
that hold numbers are sorted by them: C1.10 follows C1.9. A reason is compulsory where a candidate
will read it or a court may ask for it: `says_something` tells one from a dash, « RAS » or « voir
ci-dessus », which fill the cell and give none.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

APOSTROPHES = dict.fromkeys("\u2019\u2018\u02bb\u02bc\ua78c\u00b4`\u2032\uff07", "'")
"""Signs written for an apostrophe; names of Polynesia have two of their own."""

_APOSTROPHES = str.maketrans(APOSTROPHES)
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad", None))

Part = str | tuple[int, str]
"""A text, or a number as the count of its digits and these: `int` refuses the longest."""

_DIGITS = re.compile("([0-9]+)")

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
"""Few letters of a text, and the only ones that may be accents."""

_CYRILLIC = (
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
)
_GREEK = "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_LOOK_ALIKES = str.maketrans(
    _CYRILLIC + _GREEK + _DASHES, "abekmhopctyxijs" + "abezhikmnoptyx" + "-" * len(_DASHES)
)
"""Small letters whose capitals, or which themselves, look like Latin ones; dashes."""


def fold(text: str) -> str:
    """Return the letters of a text without what does not matter.

    Two that read the same give the same.
    """
    return _folded(text)


@lru_cache(4096)  # a session's grids repeat the référentiel's texts and the scale's labels
def _folded(text: str) -> str:
    if text.isascii():  # as codes and most labels are: nothing to decompose
        return " ".join(text.replace("`", "'").lower().split())
    plain = text.translate(_APOSTROPHES).translate(_INVISIBLE)
    return " ".join(_without_accents(plain.casefold()).split())


def _without_accents(text: str) -> str:
    return _NOT_ASCII.sub(_unless_accent, unicodedata.normalize("NFD", text))


def _unless_accent(found: re.Match[str]) -> str:
    return "" if unicodedata.category(found[0]) == "Mn" else found[0]


SPELT_OUT = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
"""Small letters that are no letter with an accent, as whoever lacks them types them."""

_SPELT_OUT = str.maketrans(SPELT_OUT)


def letters_of(text: str) -> str:
    """Return the letters and digits of a text alone, folded and spelt out: « D’Haÿ », « d hay »."""
    return "".join(letter for letter in fold(text).translate(_SPELT_OUT) if letter.isalnum())


def fold_name(text: str) -> str:
    """Fold like `fold`, and drop spaces: for the names of sheets, columns and rows."""
    return fold(text).replace(" ", "")


def appearance(text: str) -> str:
    """Fold like `fold_name`, and take letters of other scripts for those that they look like."""
    plain = unicodedata.normalize("NFKD", fold_name(text))
    letters = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
    return letters.translate(_LOOK_ALIKES)


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `text` most resembles, or None when it resembles none."""
    by_folded = {fold(choice): choice for choice in choices}
    close = difflib.get_close_matches(fold(text), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def natural_parts(text: str) -> list[Part]:
    """Return a key that sorts runs of digits by their value, however long they are."""
    # Splitting on a group gives texts at even places and digits at odd ones, so that the places
    # compared always hold the same type.
    parts: list[Part] = list(_DIGITS.split(text))
    parts[1::2] = [_number(str(digits)) for digits in parts[1::2]]
    return parts


def _number(digits: str) -> tuple[int, str]:
    plain = digits.lstrip("0")
    return len(plain), plain


_WORD = re.compile(r"[^\W_]+")
_WORD_BY_WORD = re.compile(
    "[\x00-\x7f\xa0\xab\xbb\xc0-\xff\u0152\u0153\u2013\u2014\u2018\u2019\u2026]*"
)
_LONG_WORD, _SHORT_WORD, _WORDS, DISTINCT = 4, 2, 2, 3
"""One word of four letters says something, or two words of two; of three different letters."""

SHORTEST = _LONG_WORD
"""The fewest characters of a reason that says something."""

_FILLERS = frozenset(
    """
    idem ibid ibidem ditto item ok oui non ras neant nihil rien sans objet so nc na nr np tbd
    todo aucun aucune aucuns aucunes pas de du des la le les l d un une et ou a au aux en par
    que qui ce cet cette ces cela ca est etre dire signaler ajouter preciser mentionner motiver
    justifier commentaire commentaires remarque remarques observation observations motivation
    raison raisons justification texte vide voir cf ci dessus dessous haut bas plus supra infra
    meme memes chose pareil identique precedent precedente avant apres ligne bloc completer
    complete remplir venir suivre attente azerty qwerty xyz abc abcd lorem ipsum merci svp jury
    decision applicable particulier special null none nan motif motifs
    proposition adoptee
    """.split()  # noqa: SIM905 (forty lines of quotes would say no more)
)
"""Words that a reason may hold and that are none by themselves, as `fold` leaves them."""

_ACCENTED = """
    néant signaler préciser complété compléter décision même mêmes précédent précédente après
    adoptée
"""
_PHRASES = (
    *("aucun commentaire", "aucune observation", "aucune remarque", "cf plus haut"),
    *("cf ci-dessus", "décision du jury", "idem ci-dessus", "idem que ci-dessus", "même motif"),
    *("ok ok", "pas de commentaire", "pas de remarque", "proposition adoptée", "r a s"),
    *("rien à dire", "rien à signaler", "sans commentaire", "sans objet", "voir ci-dessous"),
    *("voir ci-dessus", "voir plus haut", "à compléter", "à préciser"),
)

FILLINGS = tuple(
    sorted(text for text in {*_FILLERS, *_ACCENTED.split(), *_PHRASES} if len(text) >= SHORTEST)
)
"""Whole texts that fill a cell and say nothing, in small letters and without dots."""


FILLING_WORDS = tuple(sorted({*_FILLERS, *_ACCENTED.split()}))
"""Words that give no reason however many there are, as they may be typed in small letters."""

LETTERS = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæ"
SIGNS = " 0123456789,;:!?'’-–—/()«»…_*\u00a0\u202f"
"""All that reasons in French are written with, in small letters and without dots."""


def only_fills(text: str) -> bool:
    """Return whether a text is too short, has no letter, or nothing but words that fill a cell.

    That much of `says_something` a formula of any spreadsheet can tell, which parts words at spaces
    alone: what it says nothing of may still be no reason.
    """
    plain = " ".join(filter(None, text.replace(".", " ").split(" "))).lower()  # as TRIM does
    if len(plain) < SHORTEST or plain.upper() == plain or plain in FILLINGS:
        return True
    letters = [letter for letter in plain if letter in LETTERS]
    if len(letters) + sum(letter in SIGNS for letter in plain) < len(plain):
        return False  # another script: nothing is known of its words
    said = len(letters) - sum(len(word) for word in plain.split(" ") if word in FILLING_WORDS)
    return said < SHORTEST or len(set(letters)) < DISTINCT


def says_something(text: str | None) -> bool:
    """Return whether a reason has a word of four letters or two shorter ones, fillers apart.

    Digits, punctuation, single letters and one letter repeated count for nothing.
    """
    if text is None:
        return False
    if not _WORD_BY_WORD.fullmatch(text):  # some signs of it may join letters or part them
        text = _without_accents(text.translate(_APOSTROPHES).translate(_INVISIBLE))
    words: list[str] = []
    for word in _WORD.findall(text):
        letters = _letters_that_say(word)
        if len(letters) >= _LONG_WORD and len(set(letters)) >= DISTINCT:
            return True
        if letters:
            words.append(letters)
    if len(set("".join(words))) < DISTINCT:
        return False
    return len(words) >= _WORDS or any(len(word) >= _LONG_WORD for word in words)


@lru_cache(4096)  # words come again
def _letters_that_say(word: str) -> str:
    """Return a word's letters, folded; none of a filler, of one letter or of one repeated."""
    folded = fold(word)
    letters = "".join(filter(str.isalpha, folded))
    letters = letters[: sum(map(str.isalpha, word))]  # « ß » is one letter, not « ss »
    says_nothing = folded in _FILLERS or len(letters) < _SHORT_WORD or len(set(letters)) == 1
    return "" if says_nothing else letters
