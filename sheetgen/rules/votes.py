"""The jurors' marks on one criterion as merging sees them: seats, votes, and their cells."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from sheetgen.model import JurorCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A juror assigned to a candidate's bloc, as far as merging is concerned.

    `in_common` tells that several fill in that grid together, and are one juror here.
    """

    juror: JurorCode
    weight: Fraction = Fraction(1)
    president: bool = False
    in_common: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """The points one juror gave."""

    seat: Seat
    points: Fraction


@dataclass(frozen=True, slots=True)
class Slot:
    """The cells of one juror's points in a row.

    Attributes:
        points: address of the cell made by `Formulas.slot_points_formula`.
        support: that of the cell made by `Formulas.support_formulas`; empty where that gives none.
    """

    seat: Seat
    points: str
    support: str = ""
