"""The marks of the jurors on one criterion: the state and the points that they amount to."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from sheetgen.caches import forget_oldest
from sheetgen.model import Criterion, CriterionDecision, CriterionState, Mark, Rules, Scale
from sheetgen.rules.counted_criterion import DIVERGENT
from sheetgen.rules.exact import ratio
from sheetgen.rules.excel import at_least, is_number, text
from sheetgen.rules.merge import merge_rule
from sheetgen.rules.telling import shown_points, step
from sheetgen.rules.votes import Seat, Slot, Vote

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from fractions import Fraction

    from sheetgen.rules.telling import Step


_KEPT = 16_384
"""The most entries of the cache: many candidates have the same marks on a criterion."""


class _Amount(NamedTuple):
    """The points that votes amount to, None where they do not decide; and what follows."""

    points: Fraction | None
    acquired: bool | None
    divergent: bool


_NO_AMOUNT = _Amount(None, None, divergent=False)


class MarksRule:
    """The end of the order of the design's section 3: missing, not observed, merged.

    The divergence that `rules` state is a gap of this scale, as `Referential.carried_gap` gives it.
    """

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.merging = merge_rule(scale, rules)
        self._divergence = rules.divergence
        self._amounts: dict[Hashable, _Amount] = {}

    def decide(
        self, criterion: Criterion, ballots: Sequence[tuple[Seat, Mark | None]]
    ) -> CriterionDecision:
        """Return the marks of the jurors assigned, merged; a mark that is missing is None."""
        marks = sorted((mark for _, mark in ballots if mark), key=attrgetter("juror"))
        votes = [
            Vote(seat, mark.points)
            for seat, mark in ballots
            if mark is not None and mark.points is not None
        ]
        amount = _NO_AMOUNT
        if not ballots or len(marks) < len(ballots):
            state = CriterionState.MISSING
        elif not votes:
            state = CriterionState.NOT_OBSERVED
        else:
            amount = self._amount(votes)
            state = CriterionState.UNDECIDED if amount.points is None else CriterionState.MARKED
        return CriterionDecision(
            code=criterion.code,
            state=state,
            points=amount.points,
            acquired=amount.acquired,
            divergent=amount.divergent,
            marks=tuple(marks),
        )

    def _amount(self, votes: Sequence[Vote]) -> _Amount:
        """Return what votes, at least one, amount to. Cached: few sets of marks differ."""
        key = tuple(
            (ratio(vote.points), ratio(vote.seat.weight), vote.seat.president) for vote in votes
        )
        found = self._amounts.get(key)
        if found is None:
            points = self.merging.points(votes)
            acquired = None if points is None else points >= self.scale.acquired_from
            found = self._amounts[key] = _Amount(points, acquired, self._diverge(votes))
            forget_oldest(self._amounts, _KEPT)
        return found

    def _diverge(self, votes: Sequence[Vote]) -> bool:
        if self._divergence is None:
            return False
        points = [vote.points for vote in votes]
        return max(points) - min(points) >= self._divergence

    def explain_divergence(
        self, decision: CriterionDecision, votes: Sequence[Vote]
    ) -> Iterator[Step]:
        """Yield by how much the jurors lie too far apart, where they do.

        Args:
            decision: what their marks amount to.
            votes: the points that they gave.
        """
        if not decision.divergent or self._divergence is None:
            return
        points = [vote.points for vote in votes]
        yield step(
            "Les jurés s'écartent de {gap}, et un écart est signalé à partir de {limit} : "
            "le calcul n'en dépend pas.",
            gap=shown_points(max(points) - min(points), self.scale),
            limit=shown_points(self._divergence, self.scale),
        )

    def points_formula(self, slots: Sequence[Slot], top: str) -> str:
        """Return the merged points as a formula; empty without slots.

        Args:
            slots: where the points of each juror assigned stand.
            top: address of the largest weight behind one mark.
        """
        if not slots:
            return ""
        if len(slots) == 1:
            only = slots[0].points
            return f'=IF({is_number(only)},{only},"")'
        merged = self.merging.formula(slots, top)
        unknown = f"OR({_any_missing(slots)},{_count(slots)}=0)"
        return f'=IF({unknown},"",{merged})'

    @staticmethod
    def state_formula(slots: Sequence[Slot], points: str) -> str:
        """Return the state as a formula; `points` is where the merged points stand."""
        if not slots:
            return ""
        words = {state: text(state.value) for state in CriterionState}
        merged = f'IF({points}="",{words[CriterionState.UNDECIDED]},{words[CriterionState.MARKED]})'
        seen = f"IF({_count(slots)}=0,{words[CriterionState.NOT_OBSERVED]},{merged})"
        return f"=IF(OR({_any_missing(slots)}),{words[CriterionState.MISSING]},{seen})"

    def divergence_formula(self, slots: Sequence[Slot], state: str) -> str:
        """Return the flag of a divergence as a formula; `state` is where the state stands."""
        if self._divergence is None or not slots:
            return ""
        cells = ",".join(slot.points for slot in slots)
        apart = at_least(f"MAX({cells})-MIN({cells})", self._divergence)
        states = (CriterionState.MARKED, CriterionState.UNDECIDED)
        known = ",".join(f"{state}={text(item.value)}" for item in states)
        return f'=IF(OR({known}),IF({apart},{text(DIVERGENT)},""),"")'


def _any_missing(slots: Sequence[Slot]) -> str:
    return ",".join(f'{slot.points}=""' for slot in slots)


def _count(slots: Sequence[Slot]) -> str:
    return f"COUNT({','.join(slot.points for slot in slots)})"
