"""Marks in a few letters, so that those of a whole competency stand on one line.

« Partiellement acquis » becomes P, « Non observé » O; a note stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.consolidation.styles import WORDS
from sheetgen.model import NOT_OBSERVED, CriterionState
from sheetgen.text import exact_number
from sheetgen.text.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from sheetgen.model import Scale

MISSING = "…"
"""Stands for a mark that is awaited."""

ELSEWHERE = "-"
"""Stands for the mark of a juror of the bloc to whom this criterion is not given."""

_WHOLE = 2
"""A label of so few characters is its own short form."""

_SETTLED = (
    CriterionState.EXEMPT,
    CriterionState.NOT_APPLICABLE,
    CriterionState.NOT_OPEN,
    CriterionState.KEPT,
    CriterionState.ABSENT,
)
"""The sign in place of a mark where none counts."""


def shorten_marks(scales: list[Scale]) -> dict[str, str]:
    """Return the short form of each label of these scales and of each state, no two alike."""
    short: dict[str, str] = {}
    for label in (*(level.label for scale in scales for level in scale.levels), NOT_OBSERVED):
        if label not in short:
            used = {fold(text) for text in short.values()}
            short[label] = next(form for form in _forms(label) if fold(form) not in used)
    for state in _SETTLED:
        short.setdefault(state.value, WORDS[state.value].symbol)
    return short


def short_mark(value: str | Fraction, short: Mapping[str, str]) -> str:
    """Return a mark in short: a note as it is."""
    return short.get(value, value) if isinstance(value, str) else exact_number(value)


def legend(short: Mapping[str, str]) -> str:
    """Return what the short forms stand for."""
    settled = {state.value for state in _SETTLED}
    shown = [
        label if label.startswith(f"{form} ") else f"{form} {label}"
        for label, form in short.items()
        if form != label and label not in settled
    ]
    return " · ".join([*shown, f"{MISSING} attendue", "● – sans appréciation"])


def _forms(label: str) -> Iterator[str]:
    """Yield shorter and longer forms of a label, at last one that no other has."""
    if len(label) <= _WHOLE:
        yield label
    words = re.findall(r"\w+", label)
    if words and words[0].isdigit():
        yield words[0]
    yield from (word[0].upper() for word in words)
    yield "".join(word[0] for word in words).upper()
    for length in range(2, len(label)):
        yield label[:length].strip()
    yield label
    number = 2
    while True:
        yield f"{label} {number}"
        number += 1
