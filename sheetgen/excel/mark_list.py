"""The list and validation of a mark in a cell: in a grid and in the consolidation alike.

A list is offered as long as a person can scroll it: levels always, notes up to 200 steps. Finer
notes are typed and a formula checks them; no list of them is then written anywhere.
"""

from __future__ import annotations

from fractions import Fraction

from sheetgen.model import NOT_OBSERVED, Scale, ScaleKind
from sheetgen.rules.excel import is_number, number, text
from sheetgen.text import exact_number

MOST_STEPS = 200
"""The most steps between the lowest and the highest note of a list."""


def listed_marks(scale: Scale) -> list[str | Fraction]:
    """Return the values of the list of a mark, best first, then *Non observé*.

    Empty where notes are typed.
    """
    if scale.kind is ScaleKind.LEVELS:
        return [*(level.label for level in scale.levels), NOT_OBSERVED]
    step = scale.step or Fraction(1)
    steps = int((scale.maximum - scale.minimum) / step)
    if steps > MOST_STEPS:
        return []
    return [*(scale.minimum + place * step for place in range(steps, -1, -1)), NOT_OBSERVED]


def mark_rule(
    scale: Scale, cell: str, choices: str, unobserved: str | None = None
) -> dict[str, object]:
    """Return what mark cells accept, as XlsxWriter's validation options without their texts.

    Args:
        scale: of the référentiel.
        cell: relative address of the first cell, within its sheet.
        choices: the range that holds `listed_marks`; empty where notes are typed.
        unobserved: what may be typed in place of *Non observé*, where notes are typed.
    """
    if choices:
        return {"validate": "list", "source": f"={choices}"}
    low, high = number(scale.minimum), number(scale.maximum)
    steps = f"ROUND(({cell}-{low})/{number(scale.step or 1)}"
    valid = f"AND({cell}>={low},{cell}<={high},{steps},6)={steps},0))"
    unseen = f"{cell}={text(NOT_OBSERVED)}"
    if unobserved:
        unseen = f"OR({unseen},UPPER({cell})={text(unobserved)})"
    return {"validate": "custom", "value": f"=IF({is_number(cell)},{valid},{unseen})"}


def note_refusal(scale: Scale) -> str:
    """Return what the cell of a note says of a value that it refuses."""
    return f"Saisir une note {notes_in_words(scale)}, ou « {NOT_OBSERVED} »."


def notes_in_words(scale: Scale) -> str:
    """Return the values of a note in words, as in « de 0 à 20, par pas de 0,5 »."""
    return (
        f"de {exact_number(scale.minimum)} à {exact_number(scale.maximum)}, "
        f"par pas de {exact_number(scale.step or Fraction(1))}"
    )
