"""One criterion: what the jurors' marks amount to, and what that counts for in its competency."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    Criterion,
    CriterionDecision,
    CriterionState,
    Mark,
    Reason,
    Rules,
    Scale,
)
from sheetgen.rules.cells import CriterionCells
from sheetgen.rules.excel import Cell, at_least, at_most, constant, is_number, number, text
from sheetgen.rules.merge import MajorityMerge, Seat, Slot, Vote, merge_rule
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.reasons import ReasonCode
from sheetgen.rules.unobserved import unobserved_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

DIVERGENT = "≠"
"""What flags a criterion on which the jurors' points lie too far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCriterion:
    """The weight and points that one criterion counts for.

    Attributes:
        criterion: with its flags.
        state: what the jurors' marks amount to.
        counted: its weight, 0 when it is left out.
        points: what it is taken for; the scale's bounds where that is open.
        acquired: whether those points are acquired.
        eliminates: whether those points lose the bloc.
    """

    criterion: Criterion
    state: CriterionState
    counted: Fraction
    points: Readings[Fraction]
    acquired: Readings[bool]
    eliminates: Readings[bool]

    @property
    def missing(self) -> bool:
        """Return whether a mark is still to come."""
        return self.state is CriterionState.MISSING

    @property
    def is_open(self) -> bool:
        """Return whether it counts and its points are not known."""
        return self.counted > 0 and not self.points.agree

    @property
    def undecided(self) -> Reason:
        """Return the reason for the jury to decide, where it is open."""
        unseen = self.state is CriterionState.NOT_OBSERVED
        cause = "aucun juré ne l’a observé" if unseen else "les jurés ne s’accordent pas"
        return ReasonCode.UNDECIDED_CRITERION.because(self.criterion.code, cause=cause)


class CriterionRule:
    """The order of DESIGN section 3: exempt, missing, not observed, merged."""

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.merging = merge_rule(scale, rules)
        self._unobserved = unobserved_rule(rules)
        self._divergence = rules.divergence
        self._eliminatory_points = rules.eliminatory_points

    def decide(
        self, criterion: Criterion, ballots: Sequence[tuple[Seat, Mark | None]], *, exempt: bool
    ) -> CriterionDecision:
        """Return the marks of the jurors assigned, merged; None is a mark that is missing."""
        if exempt:
            return CriterionDecision(code=criterion.code, state=CriterionState.EXEMPT)
        marks = sorted((mark for _, mark in ballots if mark), key=lambda mark: mark.juror)
        votes = [
            Vote(seat, mark.points)
            for seat, mark in ballots
            if mark is not None and mark.points is not None
        ]
        points = None
        if not ballots or len(marks) < len(ballots):
            state = CriterionState.MISSING
        elif not votes:
            state = CriterionState.NOT_OBSERVED
        else:
            points = self.merging.points(votes)
            state = CriterionState.UNDECIDED if points is None else CriterionState.MARKED
        return CriterionDecision(
            code=criterion.code,
            state=state,
            points=points,
            acquired=None if points is None else points >= self.scale.acquired_from,
            divergent=self._diverge(state, votes),
            marks=tuple(marks),
        )

    def _diverge(self, state: CriterionState, votes: Sequence[Vote]) -> bool:
        if self._divergence is None:
            return False
        if state not in (CriterionState.MARKED, CriterionState.UNDECIDED):
            return False
        points = [vote.points for vote in votes]
        return max(points) - min(points) >= self._divergence

    def count(self, criterion: Criterion, decision: CriterionDecision) -> CountedCriterion:
        """Return what the decision counts for, at worst and at best."""
        state = decision.state
        left_out = state is CriterionState.EXEMPT or (
            state is CriterionState.NOT_OBSERVED and not self._unobserved.counts
        )
        if decision.points is not None:
            points = Readings(decision.points, decision.points)
        elif state is CriterionState.NOT_OBSERVED:
            points = Readings(self.scale.minimum, self._unobserved.best(self.scale))
        else:
            points = Readings(self.scale.minimum, self.scale.maximum)
        return CountedCriterion(
            criterion=criterion,
            state=state,
            counted=Fraction(0) if left_out else criterion.weight,
            points=points,
            acquired=points.map(lambda value: value >= self.scale.acquired_from),
            eliminates=points.map(
                lambda value: (
                    criterion.eliminatory and not left_out and value <= self._eliminatory_points
                )
            ),
        )

    def cells(
        self,
        criterion: Criterion,
        decision: CriterionDecision,
        slots: Sequence[Slot],
        at: CriterionCells[str],
    ) -> CriterionCells[Cell]:
        """Return the formulas of one row, with what they amount to.

        Args:
            criterion: the row's.
            decision: what the marks in the row give.
            slots: where the points of each juror assigned stand.
            at: addresses of the row's own cells.
        """
        item = self.count(criterion, decision)
        exempt = decision.state is CriterionState.EXEMPT
        present = () if exempt else slots
        state = constant(decision.state.value) if exempt else self._state(decision, slots, at)
        return CriterionCells(
            points=self._points(decision, present, at),
            state=state,
            divergence=self._divergence_cell(decision, present, at),
            top=self._top(decision, present),
            counted=self._counted(criterion, item, at),
            value=Readings(
                Cell(self._value(at, Reading.WORST), float(item.points.worst)),
                Cell(self._value(at, Reading.BEST), float(item.points.best)),
            ),
            acquired=Readings.both(
                lambda reading: Cell(
                    f"=IF({at_least(at.value.of(reading), self.scale.acquired_from)},1,0)",
                    int(item.acquired.of(reading)),
                )
            ),
            eliminates=Readings.both(
                lambda reading: self._eliminates(criterion, item, at, reading)
            ),
            mandatory=constant(int(criterion.mandatory)),
        )

    def supports(self, slots: Sequence[Slot], marks: Sequence[Mark | None]) -> tuple[Cell, ...]:
        """Return the further cell of each slot that the merge needs.

        None, save for a majority of many.
        """
        if not isinstance(self.merging, MajorityMerge) or len(slots) < 2:
            return ()
        points = [None if mark is None else mark.points for mark in marks]
        votes = [
            Vote(slot.seat, value)
            for slot, value in zip(slots, points, strict=True)
            if value is not None
        ]
        return tuple(
            Cell(
                f"={self.merging.support_formula(slot, slots)}",
                0 if value is None else float(self.merging.support(Vote(slot.seat, value), votes)),
            )
            for slot, value in zip(slots, points, strict=True)
        )

    def _top(self, decision: CriterionDecision, slots: Sequence[Slot]) -> Cell:
        if not isinstance(self.merging, MajorityMerge) or len(slots) < 2:
            return constant("")
        seats = {slot.seat.juror: slot.seat for slot in slots}
        votes = [
            Vote(seats[mark.juror], mark.points)
            for mark in decision.marks
            if mark.points is not None
        ]
        return Cell(f"={self.merging.top_formula(slots)}", float(self.merging.top(votes)))

    def _points(
        self, decision: CriterionDecision, slots: Sequence[Slot], at: CriterionCells[str]
    ) -> Cell:
        if not slots:
            return constant("")
        value = "" if decision.points is None else float(decision.points)
        if len(slots) == 1:
            only = slots[0].points
            return Cell(f'=IF({is_number(only)},{only},"")', value)
        merged = self.merging.formula(slots, at.top)
        unknown = f"OR({_any_missing(slots)},{_count(slots)}=0)"
        return Cell(f'=IF({unknown},"",{merged})', value)

    @staticmethod
    def _state(decision: CriterionDecision, slots: Sequence[Slot], at: CriterionCells[str]) -> Cell:
        words = {state: text(state.value) for state in CriterionState}
        if not slots:
            return constant(decision.state.value)
        merged = (
            f'IF({at.points}="",{words[CriterionState.UNDECIDED]},{words[CriterionState.MARKED]})'
        )
        seen = f"IF({_count(slots)}=0,{words[CriterionState.NOT_OBSERVED]},{merged})"
        return Cell(
            f"=IF(OR({_any_missing(slots)}),{words[CriterionState.MISSING]},{seen})",
            decision.state.value,
        )

    def _divergence_cell(
        self, decision: CriterionDecision, slots: Sequence[Slot], at: CriterionCells[str]
    ) -> Cell:
        if self._divergence is None or not slots:
            return constant("")
        cells = ",".join(slot.points for slot in slots)
        apart = at_least(f"MAX({cells})-MIN({cells})", self._divergence)
        states = (CriterionState.MARKED, CriterionState.UNDECIDED)
        known = ",".join(f"{at.state}={text(state.value)}" for state in states)
        return Cell(
            f'=IF(OR({known}),IF({apart},{text(DIVERGENT)},""),"")',
            DIVERGENT if decision.divergent else "",
        )

    def _counted(
        self, criterion: Criterion, item: CountedCriterion, at: CriterionCells[str]
    ) -> Cell:
        weight = float(item.counted)
        if item.state is CriterionState.EXEMPT or self._unobserved.counts:
            return constant(weight)
        unseen = f"{at.state}={text(CriterionState.NOT_OBSERVED.value)}"
        return Cell(f"=IF({unseen},0,{number(criterion.weight)})", weight)

    def _value(self, at: CriterionCells[str], reading: Reading) -> str:
        if reading is Reading.WORST:
            otherwise = number(self.scale.minimum)
        else:
            unseen = f"{at.state}={text(CriterionState.NOT_OBSERVED.value)}"
            maximum, best = self.scale.maximum, self._unobserved.best(self.scale)
            otherwise = number(maximum)
            if best != maximum:
                otherwise = f"IF({unseen},{number(best)},{otherwise})"
        return f"=IF({is_number(at.points)},{at.points},{otherwise})"

    def _eliminates(
        self,
        criterion: Criterion,
        item: CountedCriterion,
        at: CriterionCells[str],
        reading: Reading,
    ) -> Cell:
        if not criterion.eliminatory:
            return constant(0)
        low = at_most(at.value.of(reading), self._eliminatory_points)
        return Cell(f"=IF({at.counted}=0,0,IF({low},1,0))", int(item.eliminates.of(reading)))


def _any_missing(slots: Sequence[Slot]) -> str:
    return ",".join(f'{slot.points}=""' for slot in slots)


def _count(slots: Sequence[Slot]) -> str:
    return f"COUNT({','.join(slot.points for slot in slots)})"
