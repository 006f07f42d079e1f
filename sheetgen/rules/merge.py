"""From the jurors' points on one criterion to one number, or to none when the jury must decide.

One class per value of « Fusion des jurés » and of « Départage », each with its Python and its
Excel formula. Those who did not observe are left out before; at least one juror did observe.

Raising one juror's mark never lowers the merged points, nor any outcome that rests on them, under
`moyenne`, `médiane`, `minimum` and `maximum`. It may under `majorité`, whatever settles a tie (1, 1
and 0 are worth 1; 2, 1 and 0 make a tie), and under `unanimité` (1 and 1 are refused for 1 point; 2
and 1 are undecided, which at worst is 0).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from sheetgen.model import JurorCode, Merge, Rules, Scale, TieBreak
from sheetgen.rules.exact import exact_mean
from sheetgen.rules.excel import at_least, below, is_number, number, times

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A juror assigned to a candidate's bloc, as far as merging is concerned."""

    juror: JurorCode
    weight: Fraction = Fraction(1)
    president: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """The points one juror gave."""

    seat: Seat
    points: Fraction


@dataclass(frozen=True, slots=True)
class Slot:
    """The cells of one juror's points in a row.

    Attributes:
        points: address of the cell made by `Formulas.slot_points`.
        support: address of the cell made by `Formulas.supports`; empty when that makes none.
    """

    seat: Seat
    points: str
    support: str = ""


class MergeRule(ABC):
    """The rule that makes one number of several jurors' points."""

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.rules = rules

    @abstractmethod
    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the merged points, None when undecided; `votes` is not empty."""

    @abstractmethod
    def formula(self, slots: Sequence[Slot], top: str) -> str:
        """Return the rule as a formula over at least two cells, one of which is a number."""


def _cells(slots: Sequence[Slot]) -> str:
    return ",".join(slot.points for slot in slots)


class MeanMerge(MergeRule):
    """« moyenne »: the mean, weighted by the jurors' weights."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return Σ weight·points / Σ weight."""
        return exact_mean([vote.points for vote in votes], [vote.seat.weight for vote in votes])

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: SUM and COUNT of a cell are 0 where it holds a text: not observed."""
        if len({slot.seat.weight for slot in slots}) == 1:
            return f"SUM({_cells(slots)})/COUNT({_cells(slots)})"
        total = "+".join(times(slot.seat.weight, f"SUM({slot.points})") for slot in slots)
        weight = "+".join(times(slot.seat.weight, f"COUNT({slot.points})") for slot in slots)
        return f"({total})/({weight})"


class MedianMerge(MergeRule):
    """« médiane »: the plain median, the mean of the two middle ones for an even number."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the median, whatever the weights."""
        return median(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MEDIAN leaves texts out."""
        return f"MEDIAN({_cells(slots)})"


class MinimumMerge(MergeRule):
    """« minimum »: the lowest."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the lowest points."""
        return min(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MIN leaves texts out."""
        return f"MIN({_cells(slots)})"


class MaximumMerge(MergeRule):
    """« maximum »: the highest."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the highest points."""
        return max(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MAX leaves texts out."""
        return f"MAX({_cells(slots)})"


class UnanimityMerge(MeanMerge):
    """« unanimité »: the weighted mean if all or none find it acquired, else undecided."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the mean where the jurors agree."""
        acquired = {vote.points >= self.scale.acquired_from for vote in votes}
        return super().points(votes) if len(acquired) == 1 else None

    def formula(self, slots: Sequence[Slot], top: str) -> str:
        """Return the formula: all acquired when the lowest is, none when the highest is not."""
        goal = self.scale.acquired_from
        every = at_least(f"MIN({_cells(slots)})", goal)
        none = below(f"MAX({_cells(slots)})", goal)
        return f'IF(OR({every},{none}),{super().formula(slots, top)},"")'


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


class DeliberationTie(TieRule):
    """« délibération »: the jury decides."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:  # noqa: ARG002 - nothing to look at
        """Return None: undecided."""
        return None

    def formula(self, tie: Tie) -> str:
        """Return the formula, empty where the lowest and highest differ."""
        return f'IF({tie.lowest}={tie.highest},{tie.lowest},"")'


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


class LowerTie(TieRule):
    """« inférieur »: the lowest of the tied."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the lowest points."""
        return min(vote.points for vote in tied)

    def formula(self, tie: Tie) -> str:
        """Return the lowest of those that lead."""
        return tie.lowest


class HigherTie(TieRule):
    """« supérieur »: the highest of the tied."""

    def settle(self, tied: Sequence[Vote]) -> Fraction | None:
        """Return the highest points."""
        return max(vote.points for vote in tied)

    def formula(self, tie: Tie) -> str:
        """Return the highest of those that lead."""
        return tie.highest


TIE_RULES: Mapping[TieBreak, Callable[[], TieRule]] = {
    TieBreak.DELIBERATION: DeliberationTie,
    TieBreak.PRESIDENT: PresidentTie,
    TieBreak.LOWER: LowerTie,
    TieBreak.HIGHER: HigherTie,
}


class MajorityMerge(MergeRule):
    """« majorité »: the mark with the largest total weight.

    Its formula needs one more cell per juror, the weight behind that juror's mark (`support`), and
    one per row, the largest of those (`top`).
    """

    def __init__(self, scale: Scale, rules: Rules) -> None:
        super().__init__(scale, rules)
        self._tie = TIE_RULES[rules.tie_break]()

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the leading points, or what the tie becomes."""
        top = self.top(votes)
        leading = [vote for vote in votes if self.support(vote, votes) == top]
        if len({vote.points for vote in leading}) == 1:
            return leading[0].points
        return self._tie.settle(leading)

    def formula(self, slots: Sequence[Slot], top: str) -> str:
        """Return the leading points where one mark leads; else as the tie rule says."""
        return self._tie.formula(
            Tie(
                lowest=f"MIN({_leading(slots, top, otherwise=_BEYOND)})",
                highest=f"MAX({_leading(slots, top, otherwise=-_BEYOND)})",
                slots=slots,
                top=top,
            )
        )

    def support(self, vote: Vote, votes: Sequence[Vote]) -> Fraction:
        """Return the total weight of those who gave the same points."""
        same = (other.seat.weight for other in votes if other.points == vote.points)
        return sum(same, Fraction(0))

    def support_formula(self, slot: Slot, slots: Sequence[Slot]) -> str:
        """Return a juror's support as a formula, 0 for a juror who gave no points."""
        same = "+".join(
            f"{number(other.seat.weight)}*({other.points}={slot.points})" for other in slots
        )
        return f"IF({is_number(slot.points)},{same},0)"

    def top(self, votes: Sequence[Vote]) -> Fraction:
        """Return the largest total weight behind one mark, 0 without votes."""
        return max((self.support(vote, votes) for vote in votes), default=Fraction(0))

    def top_formula(self, slots: Sequence[Slot]) -> str:
        """Return the top as a formula over the cells of support."""
        return f"MAX({','.join(slot.support for slot in slots)})"


_BEYOND = 10**9


def _leading(slots: Sequence[Slot], top: str, *, otherwise: int) -> str:
    return ",".join(
        f"IF({at_least(slot.support, top)},{slot.points},{number(otherwise)})" for slot in slots
    )


MERGE_RULES: Mapping[Merge, Callable[[Scale, Rules], MergeRule]] = {
    Merge.MEAN: MeanMerge,
    Merge.MEDIAN: MedianMerge,
    Merge.MAJORITY: MajorityMerge,
    Merge.MINIMUM: MinimumMerge,
    Merge.MAXIMUM: MaximumMerge,
    Merge.UNANIMITY: UnanimityMerge,
}


def merge_rule(scale: Scale, rules: Rules) -> MergeRule:
    """Return the merge the school chose."""
    return MERGE_RULES[rules.merge](scale, rules)
