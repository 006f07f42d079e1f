"""One criterion: what its marks, merged by `marks_rule`, count for in its competency."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.caches import forget_oldest
from sheetgen.model import (
    AbsenceRule,
    Criterion,
    CriterionDecision,
    CriterionState,
    Rules,
    Scale,
)
from sheetgen.rules.cells import AssessedCells, AssessmentCells, CriterionCells, without_formulas
from sheetgen.rules.counted_criterion import (
    CONSTANT,
    DIVERGENT,
    LEFT_OUT,
    CountedCriterion,
    CriterionKind,
    CriterionPlaces,
)
from sheetgen.rules.exact import ratio
from sheetgen.rules.excel import (
    Value,
    at_least,
    at_most,
    divided,
    is_number,
    minus,
    number,
    text,
)
from sheetgen.rules.marks_rule import MarksRule
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.telling import step
from sheetgen.rules.told_criterion import explain_counted, explain_state
from sheetgen.rules.unobserved import unobserved_rule

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from sheetgen.model import MethodCode
    from sheetgen.rules.judged_assessment import AssessmentResult
    from sheetgen.rules.telling import Step
    from sheetgen.rules.votes import Seat, Slot, Vote

_KEPT = 16_384
"""The most entries of each cache: many candidates have the same marks on a criterion."""

_EMPTY = Readings("", "")


class CriterionRule:
    """The weight and points that a criterion counts for, at worst and at best, by its state.

    The points that `rules` state are points of this scale, as `Referential.carried_points` gives
    them. `marks` says what the jurors' marks amount to.
    """

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.marks = MarksRule(scale, rules)
        self.unobserved = unobserved_rule(rules)
        self._eliminatory_points = rules.eliminatory_points
        self._sat_again = rules.absence is AbsenceRule.TO_SIT_AGAIN
        self._counts: dict[Hashable, CountedCriterion] = {}
        self._values: dict[Hashable, tuple[CountedCriterion, CriterionCells[Value]]] = {}

    def count(self, criterion: Criterion, decision: CriterionDecision) -> CountedCriterion:
        """Return what the decision counts for, at worst and at best.

        A result kept, and an épreuve that is open in one reading only, are not known here: see
        `keep` and `close`.
        """
        key = criterion.code, decision.state, ratio(decision.points)
        found = self._counts.get(key)
        if found is None or found.criterion is not criterion:
            found = self._counts[key] = self._count(criterion, decision)
            forget_oldest(self._counts, _KEPT)
        return found

    def _count(self, criterion: Criterion, decision: CriterionDecision) -> CountedCriterion:
        state = decision.state
        left_out = state in LEFT_OUT or (
            state is CriterionState.NOT_OBSERVED and not self.unobserved.counts
        )
        if decision.points is not None:
            points = Readings(decision.points, decision.points)
        elif state in (CriterionState.NOT_OPEN, CriterionState.ABSENT):
            points = Readings(self.scale.minimum, self.scale.minimum)
        elif state is CriterionState.NOT_OBSERVED:
            points = Readings(self.scale.minimum, self.unobserved.best(self.scale))
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
            scale=self.scale,
            limit=self._eliminatory_points,
            is_sure=state is not CriterionState.ABSENT or not self._sat_again,
        )

    def keep(
        self, criterion: Criterion, decision: CriterionDecision, result: AssessmentResult
    ) -> CountedCriterion:
        """Return what a criterion counts for whose épreuve is kept; it never eliminates."""
        return replace(
            self.count(criterion, decision),
            counted=criterion.weight,
            points=result.attained.map(self.scale.at_share),
            acquired=result.passed,
            eliminates=Readings(worst=False, best=False),
        )

    def close(self, item: CountedCriterion, opened: Readings[bool]) -> CountedCriterion:
        """Return what a criterion counts for whose épreuve is open in one reading only."""
        low = self.scale.minimum
        eliminates = item.criterion.eliminatory and item.counted > 0
        eliminates = eliminates and low <= self._eliminatory_points
        return replace(
            item,
            points=Readings.both(
                lambda reading: item.points.of(reading) if opened.of(reading) else low
            ),
            acquired=Readings.both(
                lambda reading: opened.of(reading) and item.acquired.of(reading)
            ),
            eliminates=Readings.both(
                lambda reading: item.eliminates.of(reading) if opened.of(reading) else eliminates
            ),
            is_sure=False,
            gated=True,
        )

    def explain(
        self, item: CountedCriterion, decision: CriterionDecision, votes: Sequence[Vote]
    ) -> Iterator[Step]:
        """Yield how a criterion came to count as it does, but for where it was marked.

        Args:
            item: what it counts for.
            decision: what its marks amount to.
            votes: the points that those jurors gave who are assigned and observed it.
        """
        state = decision.state
        if state is CriterionState.NOT_OBSERVED:
            yield self.unobserved.explain(self.scale)
        elif len(votes) == 1 and votes[0].seat.in_common:
            yield step(
                "Notation commune : cette appréciation est celle de tous, sans autre à fusionner."
            )
        elif state in (CriterionState.MARKED, CriterionState.UNDECIDED):
            yield self.marks.merging.explain(votes, decision.points)
        else:
            yield explain_state(item)
        yield from self.marks.explain_divergence(decision, votes)
        if item.counted and not item.missing:
            yield from explain_counted(item)

    def formulas(
        self,
        criterion: Criterion,
        slots: Sequence[Slot],
        kind: CriterionKind,
        places: CriterionPlaces,
    ) -> CriterionCells[str]:
        """Return the formulas of one row; empty for what stands as a value.

        Args:
            criterion: the row's.
            slots: where the points of each juror assigned stand; none where it is exempt.
            kind: what they depend on beside these.
            places: addresses of the row's own cells, and of its épreuve's.
        """
        at = places.at
        if kind.settled in CONSTANT:
            return self._constants(kind, places)
        plain = CriterionCells(
            points=self.marks.points_formula(slots, at.top),
            state=self.marks.state_formula(slots, at.points),
            divergence=self.marks.divergence_formula(slots, at.state),
            top=self.marks.merging.top_formula(slots),
            counted=self._counted(criterion, at.state) if slots else "",
            value=Readings.both(lambda reading: f"={self._value(at.points, at.state, reading)}"),
            acquired=at.value.map(lambda value: f"={self._acquired_formula(value)}"),
            eliminates=Readings.both(lambda reading: self._eliminates(criterion, at, reading)),
            mandatory="",
            share=at.value.map(lambda value: f"={self._share(value)}") if kind.mixed else _EMPTY,
            unsure="",
            waits="",
        )
        if not kind.assessed or places.assessed is None:
            return plain
        if kind.gated and places.gate is not None:
            return self._gated(plain, at, places.assessed, places.gate)
        if not slots:
            return plain
        merged = places.assessed
        return replace(plain, points=f"={merged.points}", state=f"={merged.state}")

    def _constants(self, kind: CriterionKind, places: CriterionPlaces) -> CriterionCells[str]:
        """Return the formulas of a row that no mark changes: some if its épreuve may not open."""
        at, none = places.at, without_formulas(places.at)
        if not kind.gated or places.gate is None:
            return none
        absent, closed = (text(x.value) for x in (CriterionState.ABSENT, CriterionState.NOT_OPEN))
        return replace(
            none,
            state=f"=IF({places.gate.is_closed},{closed},{absent})",
            unsure=f"=IF({at.state}={absent},1,0)" if self._sat_again else "",
            waits=f"={places.gate.waits}",
        )

    def _gated(
        self,
        plain: CriterionCells[str],
        at: CriterionCells[str],
        merged: AssessedCells[str],
        gate: AssessmentCells[str],
    ) -> CriterionCells[str]:
        """Return the formulas of a row whose épreuve may not open, or in one reading only."""
        closed, low = gate.is_closed, number(self.scale.minimum)
        worst, best = plain.value.map(lambda formula: formula.removeprefix("="))
        gained = self._acquired_formula(at.value.worst)
        return replace(
            plain,
            points=f'=IF({closed},"",{merged.points})' if plain.points else "",
            state=f"=IF({closed},{text(CriterionState.NOT_OPEN.value)},{merged.state})",
            value=Readings(f"=IF({at.unsure}=1,{low},{worst})", f"=IF({closed},{low},{best})"),
            acquired=Readings(f"=IF({at.unsure}=1,0,{gained})", plain.acquired.best),
            unsure=f"=IF(AND({gate.opened.worst}<>{gate.opened.best},{at.counted}>0),1,0)",
            waits=f"={gate.waits}",
        )

    def values(
        self,
        item: CountedCriterion,
        decision: CriterionDecision,
        seats: Sequence[Seat],
        kind: CriterionKind,
        *,
        waits: bool = False,
    ) -> CriterionCells[Value]:
        """Return the values of one row.

        Args:
            item: what the row's criterion counts for.
            decision: what the marks in the row give.
            seats: the jurors assigned.
            kind: what the formulas depend on.
            waits: whether its épreuve waits for marks of another to open.
        """
        top = self.marks.merging.top_value(seats, decision.marks) if kind.settled is None else ""
        points = ratio(decision.points)
        key = item.criterion.code, decision.state, points, decision.divergent, top, waits
        known = self._values.get(key)
        if known is None or known[0] is not item:
            made = self._values_of(item, decision, top, mixed=kind.mixed, waits=waits)
            known = self._values[key] = item, made
            forget_oldest(self._values, _KEPT)
        return known[1]

    @staticmethod
    def _values_of(
        item: CountedCriterion,
        decision: CriterionDecision,
        top: Value,
        *,
        mixed: bool,
        waits: bool,
    ) -> CriterionCells[Value]:
        shares: Readings[Value] = Readings("", "")
        if mixed:
            shares = Readings(float(item.share(Reading.WORST)), float(item.share(Reading.BEST)))
        return CriterionCells(
            points="" if decision.points is None else float(decision.points),
            state=decision.state.value,
            divergence=DIVERGENT if decision.divergent else "",
            top=top,
            counted=float(item.counted),
            value=Readings(float(item.points.worst), float(item.points.best)),
            acquired=Readings(int(item.acquired.worst), int(item.acquired.best)),
            eliminates=Readings(int(item.eliminates.worst), int(item.eliminates.best)),
            mandatory=int(item.criterion.mandatory),
            share=shares,
            unsure=int(not item.is_sure),
            waits=int(waits),
        )

    def assessed_formulas(
        self, criterion: Criterion, slots: Sequence[Slot], at: AssessedCells[str], top: str
    ) -> AssessedCells[str]:
        """Return the formulas of what a criterion counts for in its épreuve.

        Args:
            criterion: the row's.
            slots: as for `formulas`.
            at: addresses of the row's own cells.
            top: that of the largest weight behind one mark.
        """

        def share(reading: Reading) -> str:
            return f"={self._share(self._value(at.points, at.state, reading))}" if slots else ""

        return AssessedCells(
            assessment="",
            points=self.marks.points_formula(slots, top),
            state=self.marks.state_formula(slots, at.points),
            counted=self._counted(criterion, at.state) if slots else "",
            share=Readings.both(share),
        )

    def assessed_values(
        self, criterion: Criterion, decision: CriterionDecision, assessment: MethodCode
    ) -> AssessedCells[Value]:
        """Return the values of what a criterion counts for in its épreuve, by its marks."""
        item = self.count(criterion, decision)
        return AssessedCells(
            assessment=assessment,
            points="" if decision.points is None else float(decision.points),
            state=decision.state.value,
            counted=float(item.counted),
            share=Readings.both(lambda reading: float(item.share(reading))),
        )

    def _counted(self, criterion: Criterion, state: str) -> str:
        if self.unobserved.counts:
            return ""
        unseen = f"{state}={text(CriterionState.NOT_OBSERVED.value)}"
        return f"=IF({unseen},0,{number(criterion.weight)})"

    def _value(self, points: str, state: str, reading: Reading) -> str:
        if reading is Reading.WORST:
            otherwise = number(self.scale.minimum)
        else:
            unseen = f"{state}={text(CriterionState.NOT_OBSERVED.value)}"
            maximum, best = self.scale.maximum, self.unobserved.best(self.scale)
            otherwise = number(maximum)
            if best != maximum:
                otherwise = f"IF({unseen},{number(best)},{otherwise})"
        return f"IF({is_number(points)},{points},{otherwise})"

    def _acquired_formula(self, value: str) -> str:
        return f"IF({at_least(value, self.scale.acquired_from)},1,0)"

    def _share(self, value: str) -> str:
        return divided(minus(value, self.scale.minimum), self.scale.span)

    def _eliminates(self, criterion: Criterion, at: CriterionCells[str], reading: Reading) -> str:
        if not criterion.eliminatory:
            return ""
        low = at_most(at.value.of(reading), self._eliminatory_points)
        return f"=IF({at.counted}=0,0,IF({low},1,0))"
