"""One criterion: what the jurors' marks amount to, and what that counts for in its competency."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sheetgen.model import (
    AbsenceRule,
    Criterion,
    CriterionDecision,
    CriterionState,
    Mark,
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
from sheetgen.rules.merge import merge_rule
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.telling import shown_points, step
from sheetgen.rules.told_criterion import explain_counted, explain_state
from sheetgen.rules.unobserved import unobserved_rule
from sheetgen.rules.votes import Seat, Slot, Vote

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from sheetgen.model import MethodCode
    from sheetgen.rules.judged_assessment import AssessmentResult
    from sheetgen.rules.telling import Step

_KEPT = 16_384
"""The most entries of each cache: many candidates have the same marks on a criterion."""

_EMPTY = Readings("", "")


class _Amount(NamedTuple):
    """The points that votes amount to, None where they do not decide; and what follows."""

    points: Fraction | None
    acquired: bool | None
    divergent: bool


_NO_AMOUNT = _Amount(None, None, divergent=False)


class CriterionRule:
    """The order of the design's section 3: exempt, missing, not observed, merged.

    The points that `rules` state are points of this scale, as `Referential.carried_points` and
    `carried_gap` give them.
    """

    def __init__(self, scale: Scale, rules: Rules) -> None:
        self.scale = scale
        self.merging = merge_rule(scale, rules)
        self.unobserved = unobserved_rule(rules)
        self.divergence = rules.divergence
        self._eliminatory_points = rules.eliminatory_points
        self._sat_again = rules.absence is AbsenceRule.TO_SIT_AGAIN
        self._amounts: dict[Hashable, _Amount] = {}
        self._counts: dict[Hashable, CountedCriterion] = {}
        self._values: dict[Hashable, tuple[CountedCriterion, CriterionCells[Value]]] = {}

    def decide(
        self, criterion: Criterion, ballots: Sequence[tuple[Seat, Mark | None]], *, exempt: bool
    ) -> CriterionDecision:
        """Return the marks of the jurors assigned, merged; a mark that is missing is None."""
        if exempt:
            return CriterionDecision(code=criterion.code, state=CriterionState.EXEMPT)
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
            (_ratio(vote.points), _ratio(vote.seat.weight), vote.seat.president) for vote in votes
        )
        found = self._amounts.get(key)
        if found is None:
            points = self.merging.points(votes)
            acquired = None if points is None else points >= self.scale.acquired_from
            found = self._amounts[key] = _Amount(points, acquired, self._diverge(votes))
            _forget(self._amounts)
        return found

    def _diverge(self, votes: Sequence[Vote]) -> bool:
        if self.divergence is None:
            return False
        points = [vote.points for vote in votes]
        return max(points) - min(points) >= self.divergence

    def count(self, criterion: Criterion, decision: CriterionDecision) -> CountedCriterion:
        """Return what the decision counts for, at worst and at best.

        A result kept, and an épreuve that is open in one reading only, are not known here: see
        `keep` and `close`.
        """
        key = criterion.code, decision.state, _ratio(decision.points)
        found = self._counts.get(key)
        if found is None or found.criterion is not criterion:
            found = self._counts[key] = self._count(criterion, decision)
            _forget(self._counts)
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
            yield self.merging.explain(votes, decision.points)
        else:
            yield explain_state(item)
        if decision.divergent and self.divergence is not None:
            points = [vote.points for vote in votes]
            yield step(
                "Les jurés s'écartent de {gap}, et un écart est signalé à partir de {limit} : "
                "le calcul n'en dépend pas.",
                gap=shown_points(max(points) - min(points), self.scale),
                limit=shown_points(self.divergence, self.scale),
            )
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
            points=self._points(slots, at.top),
            state=_state(slots, at.points),
            divergence=self._divergence_formula(slots, at),
            top=self.merging.top_formula(slots),
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
        top = self.merging.top_value(seats, decision.marks) if kind.settled is None else ""
        ratio = _ratio(decision.points)
        key = item.criterion.code, decision.state, ratio, decision.divergent, top, waits
        known = self._values.get(key)
        if known is None or known[0] is not item:
            made = self._values_of(item, decision, top, mixed=kind.mixed, waits=waits)
            known = self._values[key] = item, made
            _forget(self._values)
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
            points=self._points(slots, top),
            state=_state(slots, at.points),
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

    def _points(self, slots: Sequence[Slot], top: str) -> str:
        if not slots:
            return ""
        if len(slots) == 1:
            only = slots[0].points
            return f'=IF({is_number(only)},{only},"")'
        merged = self.merging.formula(slots, top)
        unknown = f"OR({_any_missing(slots)},{_count(slots)}=0)"
        return f'=IF({unknown},"",{merged})'

    def _divergence_formula(self, slots: Sequence[Slot], at: CriterionCells[str]) -> str:
        if self.divergence is None or not slots:
            return ""
        cells = ",".join(slot.points for slot in slots)
        apart = at_least(f"MAX({cells})-MIN({cells})", self.divergence)
        states = (CriterionState.MARKED, CriterionState.UNDECIDED)
        known = ",".join(f"{at.state}={text(state.value)}" for state in states)
        return f'=IF(OR({known}),IF({apart},{text(DIVERGENT)},""),"")'

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


def _ratio(number: Fraction | None) -> tuple[int, int] | None:
    """Return a number as a key, which is looked up seven times faster than a fraction."""
    return None if number is None else number.as_integer_ratio()


def _forget(known: dict[Hashable, Any]) -> None:
    """Drop the oldest entry of a cache that is full."""
    if len(known) > _KEPT:
        del known[next(iter(known))]


def _state(slots: Sequence[Slot], points: str) -> str:
    if not slots:
        return ""
    words = {state: text(state.value) for state in CriterionState}
    merged = f'IF({points}="",{words[CriterionState.UNDECIDED]},{words[CriterionState.MARKED]})'
    seen = f"IF({_count(slots)}=0,{words[CriterionState.NOT_OBSERVED]},{merged})"
    return f"=IF(OR({_any_missing(slots)}),{words[CriterionState.MISSING]},{seen})"


def _any_missing(slots: Sequence[Slot]) -> str:
    return ",".join(f'{slot.points}=""' for slot in slots)


def _count(slots: Sequence[Slot]) -> str:
    return f"COUNT({','.join(slot.points for slot in slots)})"
