"""The scales of a référentiel: what a mark may be, from lowest to highest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model.terms import NOT_OBSERVED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from sheetgen.model.terms import ScaleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One value of the scale.

    Attributes:
        colour: `RRGGBB`.
        shortcut: the letter or digit that may be typed in its place, a capital.
    """

    label: str
    points: Fraction
    acquired: bool
    colour: str | None = None
    definition: str | None = None
    shortcut: str | None = None


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
        unobserved: the letter or digit that may be typed in place of *Non observé*, a capital.
    """

    name: str = ""
    kind: ScaleKind
    levels: tuple[Level, ...] = ()
    minimum: Fraction
    maximum: Fraction
    step: Fraction | None = None
    acquired_from: Fraction
    unobserved: str | None = None

    @property
    def shortcuts(self) -> Mapping[str, str]:
        """Return what each letter or digit that may be typed stands for, best first."""
        found = {level.shortcut: level.label for level in self.levels if level.shortcut}
        return found | ({self.unobserved: NOT_OBSERVED} if self.unobserved else {})

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
