"""Words of a PDF that are written upwards or downwards, as titles of blocs beside a table are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pdfplumber.page import Page

    Word = Mapping[str, Any]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in points."""

UPRIGHT = "écrit à la verticale : vérifier"

_UP, _DOWN = "écrit vers le haut", "écrit vers le bas"
_DIRECTIONS: Mapping[str, Mapping[str, str]] = {
    _UP: {"line_dir_rotated": "ltr", "char_dir_rotated": "btt"},
    _DOWN: {"line_dir_rotated": "rtl", "char_dir_rotated": "ttb"},
}
_SIDES = ("x0", "top", "x1", "bottom")


def words_of(page: Page) -> list[Word]:
    """Return the words of a page, each as it is read; of those that are turned, `turn` says how."""
    found: list[Word] = []
    turns = {_turn(letter) for letter in page.chars}
    for turn in sorted(turns):
        part = page if len(turns) == 1 else page.filter(partial(_is, turn))
        words = part.extract_words(
            x_tolerance_ratio=0.2, keep_blank_chars=False, **_DIRECTIONS.get(turn, {})
        )
        found += [{**word, "turn": turn} for word in words]
    return found


def _turn(letter: Word) -> str:
    """Return how a letter is turned; empty where it stands upright, or askew."""
    if letter["upright"]:
        return ""
    return _UP if letter["matrix"][1] > 0 else _DOWN


def _is(turn: str, item: Word) -> bool:
    return item["object_type"] != "char" or _turn(item) == turn


def laid_straight(words: Sequence[Word], box: Box) -> Iterator[tuple[list[Word], Box]]:
    """Yield words by the way in which they are written, turned upright with their box."""
    for turn in ("", _UP, _DOWN):
        own = [word for word in words if word.get("turn", "") == turn]
        if own and turn:
            yield [_straight(word, turn) for word in own], _turned(box, turn)
        elif own:
            yield own, box


def _straight(word: Word, turn: str) -> Word:
    left, top, right, bottom = (word[side] for side in _SIDES)
    return {**word, **dict(zip(_SIDES, _turned((left, top, right, bottom), turn), strict=True))}


def _turned(box: Box, turn: str) -> Box:
    """Return where a box stands once the page is turned so that its words are upright."""
    left, top, right, bottom = box
    if turn == _UP:
        return -bottom, left, -top, right
    return top, -right, bottom, -left
