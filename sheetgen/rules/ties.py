"""Several marks with the same, largest weight: one class per value of « Départage »."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import TieBreak
from sheetgen.rules.excel import at_least

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from sheetgen.rules.votes import Slot, Vote


@dataclass(frozen=True, slots=True)
class Tie:
    """The cells a tie is settled from: formulas of the lowest and highest leading points."""

    lowest: str
    highest: str
    slots: Sequence[Slot]
    top: str


class TieRule(ABC):
    """The rule for several marks with the same, largest weight."""

    @abstractmethod
    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the points, None when undecided; `tied` are the votes for the leading marks."""

    @abstractmethod
    def formula(self, tie: Tie) -> str:
        """Return the rule as a formula, also right where only one mark leads."""

    @property
    @abstractmethod
    def told(self) -> str:
        """Return what the rule does with a tie, as the end of a sentence."""


class DeliberationTie(TieRule):
    """« délibération »: the jury decides."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:  # noqa: ARG002 - nothing to look at
        """Return None: undecided."""
        return None

    def formula(self, tie: Tie) -> str:
        """Return the formula, empty where the lowest and highest differ."""
        return f'IF({tie.lowest}={tie.highest},{tie.lowest},"")'

    @property
    def told(self) -> str:
        """Return what the rule does with a tie, as the end of a sentence."""
        return "à égalité, le jury en décide"


class PresidentTie(TieRule):
    """« président »: the president's mark if it is among the tied, else the jury decides."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the president's points."""
        return next((vote.points for vote in tied if vote.seat.president), None)

    def formula(self, tie: Tie) -> str:
        """Return the president's cell where its support is the largest."""
        chosen = '""'
        for slot in tie.slots:
            if slot.seat.president:
                chosen = f'IF({at_least(slot.support, tie.top)},{slot.points},"")'
        return f"IF({tie.lowest}={tie.highest},{tie.lowest},{chosen})"

    @property
    def told(self) -> str:
        """Return what the rule does with a tie, as the end of a sentence."""
        return "à égalité, la valeur du président l'emporte si elle en est, sinon le jury en décide"


class LowerTie(TieRule):
    """« inférieur »: the lowest of the tied."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the lowest points."""
        return min(vote.points for vote in tied)

    def formula(self, tie: Tie) -> str:
        """Return the lowest of those that lead."""
        return tie.lowest

    @property
    def told(self) -> str:
        """Return what the rule does with a tie, as the end of a sentence."""
        return "à égalité, la plus basse est retenue"


class HigherTie(TieRule):
    """« supérieur »: the highest of the tied."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the highest points."""
        return max(vote.points for vote in tied)

    def formula(self, tie: Tie) -> str:
        """Return the highest of those that lead."""
        return tie.highest

    @property
    def told(self) -> str:
        """Return what the rule does with a tie, as the end of a sentence."""
        return "à égalité, la plus haute est retenue"


TIE_RULES: Mapping[TieBreak, Callable[[], TieRule]] = {
    TieBreak.DELIBERATION: DeliberationTie,
    TieBreak.PRESIDENT: PresidentTie,
    TieBreak.LOWER: LowerTie,
    TieBreak.HIGHER: HigherTie,
}
