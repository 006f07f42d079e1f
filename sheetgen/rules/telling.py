"""The steps of an explanation: a French sentence, with the exact numbers that it shows.

Each rule class tells its own reasoning in such steps (`explain`), from the very values that it
compares; `Explainer` puts them in order. No sentence writes a number by itself: `step` fills them
in, and keeps them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.rules.reasons import percentage, points, result_text
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sheetgen.model import Scale
    from sheetgen.rules.readings import Readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a step shows.

    Attributes:
        name: what it is, in English.
        value: exact; a share is a fraction of 1.
        text: as the sentence has it.
    """

    name: str
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the reasoning: a sentence, and the numbers in it."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Numbers with their text, each under what is added to its name: one, or two readings."""

    text: str
    values: tuple[tuple[str, Fraction, str], ...]


def shown(value: Fraction | int, show: Callable[[Fraction], str] = percentage) -> Shown:
    """Return a number to fill a sentence with; a share of 1 unless `show` says otherwise."""
    exact = Fraction(value)
    text = show(exact)
    return Shown(text, (("", exact, text),))


def shown_score(value: Fraction, scale: Scale | None) -> Shown:
    """Return a score to fill a sentence with: a note where people give notes."""
    return shown(value, lambda found: result_text(found, scale))


def shown_points(value: Fraction, scale: Scale) -> Shown:
    """Return points of a scale to fill a sentence with."""
    return shown(value, lambda found: told_points(found, scale))


def shown_points_readings(values: Readings[Fraction], scale: Scale) -> Shown:
    """Return points of a scale at worst and at best, once where they agree."""
    return shown_readings(values, lambda found: told_points(found, scale))


def told_points(value: Fraction, scale: Scale) -> str:
    """Return points of a scale in French."""
    return points(value, scale)


def shown_number(value: Fraction | int) -> Shown:
    """Return a count or a weight to fill a sentence with."""
    return shown(value, exact_number)


def shown_readings(
    values: Readings[Fraction], show: Callable[[Fraction], str] = percentage
) -> Shown:
    """Return a number at worst and at best to fill a sentence with, once where they agree."""
    if values.agree:
        return shown(values.worst, show)
    worst, best = show(values.worst), show(values.best)
    parts = (("at_worst", values.worst, worst), ("at_best", values.best, best))
    return Shown(f"{worst} au pire et {best} au mieux", parts)


def joined(items: Iterable[Shown], link: str = " ; ") -> Shown:
    """Return several to fill one place of a sentence with."""
    found = list(items)
    return Shown(link.join(x.text for x in found), tuple(v for x in found for v in x.values))


def phrase(sentence: str, **said: Shown | str) -> Shown:
    """Return a part of a sentence, filled in, its numbers under the names given."""
    values = tuple(
        (f"{name}_{more}".rstrip("_"), value, text)
        for name, item in said.items()
        if isinstance(item, Shown)
        for more, value, text in item.values
    )
    texts = {name: x.text if isinstance(x, Shown) else x for name, x in said.items()}
    return Shown(sentence.format(**texts), values)


def step(sentence: str, **said: Shown | str) -> Step:
    """Return a step, its sentence filled in."""
    found = phrase(sentence, **said)
    figures = tuple(Figure(name=n, value=v, text=t) for n, v, t in found.values)
    return Step(text=found.text, figures=figures)


def plural(count: int, one: str, several: str) -> str:
    """Return the word for so many things."""
    return one if abs(count) < 2 else several
