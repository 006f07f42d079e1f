"""The scales of a référentiel: what a mark may be, from lowest to highest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from sheetgen.model.terms import ScaleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One value of the scale; `colour` is `RRGGBB`."""

    label: str
    points: Fraction
    acquired: bool
    colour: str | None = None
    definition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The values of a mark: points distinct, every acquired level above every other.

    Attributes:
        name: as « Échelle » names it; empty for the default scale, for notes and for a barème.
        kind: levels, or a number.
        levels: highest points first; empty for `NOTE`.
        minimum: the lowest points a mark can have.
        maximum: the highest.
        step: distance between two notes, counted from `minimum`; None for `LEVELS`.
        acquired_from: the lowest points that are acquired.
    """

    name: str = ""
    kind: ScaleKind
    levels: tuple[Level, ...] = ()
    minimum: Fraction
    maximum: Fraction
    step: Fraction | None = None
    acquired_from: Fraction

    @property
    def span(self) -> Fraction:
        """Return the points between its lowest and its highest mark."""
        return self.maximum - self.minimum

    def share(self, points: Fraction) -> Fraction:
        """Return points of this scale as a share of it, from 0 to 1."""
        return (points - self.minimum) / self.span

    def at_share(self, share: Fraction) -> Fraction:
        """Return the points of this scale that such a share of it is."""
        return self.minimum + share * self.span
