"""From the jurors' points on one criterion to one number, or to none when the jury must decide.

One class per value of « Fusion des jurés », each with its Python, its Excel formula and its
explanation in French; `ties` has those of « Départage ». Those who did not observe are left out
before; at least one juror did observe.

Raising one juror's mark never lowers the merged points, nor any outcome that rests on them, under
`moyenne`, `médiane`, `minimum` and `maximum`. It may under `majorité`, whatever settles a tie (1, 1
and 0 are worth 1; 2, 1 and 0 make a tie), and under `unanimité` (1 and 1 are refused for 1 point; 2
and 1 are undecided, which at worst is 0).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, ClassVar

from sheetgen.model import Merge, Rules, Scale
from sheetgen.rules.exact import exact_mean
from sheetgen.rules.excel import at_least, below, is_number, number, times
from sheetgen.rules.telling import Shown, Step, joined, phrase, shown_number, shown_points, step
from sheetgen.rules.ties import TIE_RULES, Tie
from sheetgen.rules.votes import Vote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sheetgen.model import Mark
    from sheetgen.rules.excel import Value
    from sheetgen.rules.votes import Seat, Slot


class MergeRule(ABC):
    """The rule that makes one number of several jurors' points.

    Attributes:
        weighs: whether it looks at the jurors' weights.
    """

    weighs: ClassVar[bool] = False

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.rules = rules

    @abstractmethod
    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the merged points, None when undecided; `votes` is not empty."""

    @abstractmethod
    def formula(self, slots: Sequence[Slot], top: str) -> str:
        """Return the rule as a formula over at least two cells, one of which is a number."""

    @abstractmethod
    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return how these votes gave the merged points, None when undecided."""

    def support_formulas(self, slots: Sequence[Slot]) -> tuple[str, ...]:  # noqa: ARG002 - for majority alone
        """Return the formula of each slot's `support`; none where the merge needs no such cells."""
        return ()

    def support_values(
        self,
        seats: Sequence[Seat],  # noqa: ARG002 - for majority alone
        marks: Sequence[Mark | None],  # noqa: ARG002 - likewise
    ) -> tuple[Value, ...]:
        """Return the value of each seat's `support`, by its mark."""
        return ()

    def top_formula(self, slots: Sequence[Slot]) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula of the row's `top`; empty where the merge needs no such cell."""
        return ""

    def top_value(self, seats: Sequence[Seat], marks: Sequence[Mark]) -> Value:  # noqa: ARG002 - for majority alone
        """Return the value of the row's `top`, by the marks that were given."""
        return ""

    def told(self, votes: Sequence[Vote], *, weighted: bool = False) -> Shown:
        """Return the points of each juror, with their weight where that counts."""
        weighted = weighted and len({vote.seat.weight for vote in votes}) > 1
        return joined(
            phrase(
                "{juror} {points} (poids {weight})" if weighted else "{juror} {points}",
                juror=vote.seat.juror,
                points=shown_points(vote.points, self.scale),
                **({"weight": shown_number(vote.seat.weight)} if weighted else {}),
            )
            for vote in votes
        )

    def told_points(self, points: Fraction | None) -> Shown:
        """Return points of the scale in French; None is for the jury to decide."""
        return phrase("à délibérer") if points is None else shown_points(points, self.scale)


def _cells(slots: Sequence[Slot]) -> str:
    return ",".join(slot.points for slot in slots)


class MeanMerge(MergeRule):
    """« moyenne »: the mean, weighted by the jurors' weights."""

    weighs = True

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

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return the mean of what the jurors gave."""
        return step(
            "Fusion des jurés « moyenne » : {given}, soit {points}.",
            given=self.told(votes, weighted=True),
            points=self.told_points(merged),
        )


class MedianMerge(MergeRule):
    """« médiane »: the plain median, the mean of the two middle ones for an even number."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the median, whatever the weights."""
        return median(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MEDIAN leaves texts out."""
        return f"MEDIAN({_cells(slots)})"

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return the middle of what the jurors gave."""
        return step(
            "Fusion des jurés « médiane » : {given} ; la valeur du milieu est {points}.",
            given=self.told(votes),
            points=self.told_points(merged),
        )


class MinimumMerge(MergeRule):
    """« minimum »: the lowest."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the lowest points."""
        return min(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MIN leaves texts out."""
        return f"MIN({_cells(slots)})"

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return the lowest of what the jurors gave."""
        return step(
            "Fusion des jurés « minimum » : {given} ; la plus basse est {points}.",
            given=self.told(votes),
            points=self.told_points(merged),
        )


class MaximumMerge(MergeRule):
    """« maximum »: the highest."""

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the highest points."""
        return max(vote.points for vote in votes)

    def formula(self, slots: Sequence[Slot], top: str) -> str:  # noqa: ARG002 - for majority alone
        """Return the formula: MAX leaves texts out."""
        return f"MAX({_cells(slots)})"

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return the highest of what the jurors gave."""
        return step(
            "Fusion des jurés « maximum » : {given} ; la plus haute est {points}.",
            given=self.told(votes),
            points=self.told_points(merged),
        )


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

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return whether the jurors agree, and the mean where they do."""
        given, goal = self.told(votes, weighted=True), self.told_points(self.scale.acquired_from)
        if merged is None:
            return step(
                "Fusion des jurés « unanimité » : {given} ; les uns atteignent {goal}, les autres "
                "non, et le jury en décide.",
                given=given,
                goal=goal,
            )
        return step(
            "Fusion des jurés « unanimité » : {given} ; tous sont {side} {goal}, et leur moyenne "
            "est {points}.",
            given=given,
            side="à partir de" if merged >= self.scale.acquired_from else "sous",
            goal=goal,
            points=self.told_points(merged),
        )


class MajorityMerge(MergeRule):
    """« majorité »: the mark with the largest total weight.

    With several jurors, its formula needs one more cell for each, the weight behind that juror's
    mark (`support`), and one for the row, the largest of those (`top`).
    """

    weighs = True

    def __init__(self, scale: Scale, rules: Rules) -> None:
        super().__init__(scale, rules)
        self._tie = TIE_RULES[rules.tie_break]()

    def points(self, votes: Sequence[Vote]) -> Fraction | None:
        """Return the leading points, or what the tie becomes."""
        top = self._top(votes)
        leading = [vote for vote in votes if self._support(vote, votes) == top]
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

    def support_formulas(self, slots: Sequence[Slot]) -> tuple[str, ...]:
        """Return the formula of each juror's support, 0 for a juror who gave no points."""
        if len(slots) < 2:
            return ()
        return tuple(f"=IF({is_number(slot.points)},{_same(slot, slots)},0)" for slot in slots)

    def support_values(
        self, seats: Sequence[Seat], marks: Sequence[Mark | None]
    ) -> tuple[Value, ...]:
        """Return the weight behind each juror's mark, 0 for a juror who gave no points."""
        if len(seats) < 2:
            return ()
        points = [None if mark is None else mark.points for mark in marks]
        given = list(zip(seats, points, strict=True))
        votes = [Vote(seat, value) for seat, value in given if value is not None]
        return tuple(
            0 if value is None else float(self._support(Vote(seat, value), votes))
            for seat, value in given
        )

    def top_formula(self, slots: Sequence[Slot]) -> str:
        """Return the largest of the cells of support as a formula."""
        return "" if len(slots) < 2 else f"=MAX({','.join(slot.support for slot in slots)})"

    def top_value(self, seats: Sequence[Seat], marks: Sequence[Mark]) -> Value:
        """Return the largest weight behind one mark."""
        if len(seats) < 2:
            return ""
        seated = {seat.juror: seat for seat in seats}
        given = ((seated[mark.juror], mark.points) for mark in marks)
        return float(self._top([Vote(seat, value) for seat, value in given if value is not None]))

    @staticmethod
    def _support(vote: Vote, votes: Sequence[Vote]) -> Fraction:
        """Return the total weight of those who gave the same points."""
        same = (other.seat.weight for other in votes if other.points == vote.points)
        return sum(same, Fraction(0))

    def _top(self, votes: Sequence[Vote]) -> Fraction:
        """Return the largest total weight behind one mark, 0 without votes."""
        return max((self._support(vote, votes) for vote in votes), default=Fraction(0))

    def explain(self, votes: Sequence[Vote], merged: Fraction | None) -> Step:
        """Return the marks that lead, and what a tie became."""
        top = self._top(votes)
        leading = sorted({vote.points for vote in votes if self._support(vote, votes) == top})
        tied = len(leading) > 1
        return step(
            "Fusion des jurés « majorité » : {given} ; {leading} {has} le plus de poids ({top})"
            "{tie}{result}.",
            given=self.told(votes, weighted=True),
            leading=joined(map(self.told_points, leading), " et "),
            has="ont" if tied else "a",
            top=shown_number(top),
            tie=f" : {self._tie.told}" if tied else "",
            result=phrase(", soit {points}", points=self.told_points(merged))
            if tied and merged is not None
            else "",
        )


_BEYOND = 10**9


def _same(slot: Slot, slots: Sequence[Slot]) -> str:
    return "+".join(
        f"{number(other.seat.weight)}*({other.points}={slot.points})" for other in slots
    )


def _leading(slots: Sequence[Slot], top: str, *, otherwise: int) -> str:
    return ",".join(
        f"IF({at_least(slot.support, top)},{slot.points},{number(otherwise)})" for slot in slots
    )


MERGE_RULES: Mapping[Merge, type[MergeRule]] = {
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


def weighs_jurors(merge: Merge) -> bool:
    """Return whether a way to merge looks at the jurors' weights."""
    return MERGE_RULES[merge].weighs
