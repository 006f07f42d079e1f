"""The rules on a criterion that nobody observed: one class per value of the rule.

`CriterionRule` builds its formulas from the same values as its Python.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from sheetgen.model import Unobserved
from sheetgen.rules.telling import shown_points, step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from sheetgen.model import Rules, Scale
    from sheetgen.rules.telling import Step


class UnobservedRule(ABC):
    """The rule on a criterion that nobody observed."""

    counts = True

    @abstractmethod
    def best(self, scale: Scale) -> Fraction:
        """Return the points it is taken for at best; at worst they are the scale's minimum."""

    @abstractmethod
    def explain(self, scale: Scale) -> Step:
        """Return what becomes of a criterion that nobody observed."""


class UndecidedUnobserved(UnobservedRule):
    """« à délibérer »: anything, until the jury decides."""

    def best(self, scale: Scale) -> Fraction:
        """Return the scale's maximum."""
        return scale.maximum

    def explain(self, scale: Scale) -> Step:
        """Return that it may be anything."""
        return step(
            "Aucun juré ne l'a observé ; règle « à délibérer » : il compte pour {worst} au pire et "
            "{best} au mieux.",
            worst=shown_points(scale.minimum, scale),
            best=shown_points(self.best(scale), scale),
        )


class LeftOutUnobserved(UnobservedRule):
    """« neutralisé »: left out, as an exempt criterion is."""

    counts = False

    def best(self, scale: Scale) -> Fraction:
        """Return the scale's maximum, which nothing looks at."""
        return scale.maximum

    def explain(self, scale: Scale) -> Step:  # noqa: ARG002 - no points of the scale count
        """Return that it does not count."""
        return step("Aucun juré ne l'a observé ; règle « neutralisé » : il n'est pas compté.")


class NotAcquiredUnobserved(UnobservedRule):
    """« non acquis »: the minimum."""

    def best(self, scale: Scale) -> Fraction:
        """Return the scale's minimum."""
        return scale.minimum

    def explain(self, scale: Scale) -> Step:
        """Return that it counts at the minimum."""
        return step(
            "Aucun juré ne l'a observé ; règle « non acquis » : il compte pour {points}.",
            points=shown_points(self.best(scale), scale),
        )


UNOBSERVED_RULES: Mapping[Unobserved, Callable[[], UnobservedRule]] = {
    Unobserved.TO_DELIBERATE: UndecidedUnobserved,
    Unobserved.LEFT_OUT: LeftOutUnobserved,
    Unobserved.NOT_ACQUIRED: NotAcquiredUnobserved,
}


def unobserved_rule(rules: Rules) -> UnobservedRule:
    """Return the treatment the school chose."""
    return UNOBSERVED_RULES[rules.unobserved]()
