"""Trying a school's rules: imaginary jurors mark alike throughout, and the real rules decide."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    AccessRoute,
    Assignment,
    BlockDecision,
    Candidate,
    CandidateDecision,
    CandidateId,
    CompetencyDecision,
    Juror,
    JurorCode,
    JurorRole,
    Mark,
    Referential,
    Route,
    Scale,
    ScaleKind,
    Session,
)
from sheetgen.rules import decide_candidate
from sheetgen.text import exact_number

if TYPE_CHECKING:
    from fractions import Fraction

_TRIED = CandidateId("1")


@dataclass(frozen=True, slots=True)
class MarkTried:
    """A mark that imaginary jurors give: what a school calls it, and its points."""

    label: str
    points: Fraction


@dataclass(frozen=True, kw_only=True)
class Trials:
    """The marks worth trying under a référentiel's rules, and what they give."""

    referential: Referential

    @cached_property
    def lowest(self) -> MarkTried:
        """Return the lowest mark of the scale."""
        return self._mark(self.referential.scale.minimum)

    @cached_property
    def highest(self) -> MarkTried:
        """Return the highest mark of the scale."""
        return self._mark(self.referential.scale.maximum)

    @cached_property
    def acquired(self) -> MarkTried:
        """Return the lowest mark that is acquired."""
        scale = self.referential.scale
        if scale.step is None:
            return self._mark(scale.acquired_from)
        return self._mark(scale.minimum + scale.step * self._steps_to_acquisition)

    @cached_property
    def refused(self) -> MarkTried | None:
        """Return the highest mark that is not acquired; None where every mark is acquired."""
        scale = self.referential.scale
        if scale.step is None:
            return self._mark(max(x.points for x in scale.levels if not x.acquired))
        if not self._steps_to_acquisition:
            return None
        return self._mark(scale.minimum + scale.step * (self._steps_to_acquisition - 1))

    @cached_property
    def _steps_to_acquisition(self) -> int:
        """Return the number of steps of a scale of notes to the first that is acquired."""
        scale = self.referential.scale
        steps = (scale.acquired_from - scale.minimum) / (scale.step or 1)
        return -(-steps.numerator // steps.denominator)

    @property
    def has_two_values(self) -> bool:
        """Return whether a mark can only be acquired or not."""
        scale = self.referential.scale
        if scale.kind is ScaleKind.LEVELS or scale.step is None:
            return len(scale.levels) == 2
        return scale.minimum + scale.step == scale.maximum

    def decide(self, *marks: MarkTried) -> CandidateDecision:
        """Decide on a candidate to whom each juror gives one mark throughout."""
        known = self.referential
        blocks = tuple(block.code for block in known.blocks)
        candidate = Candidate(
            id=_TRIED,
            last_name="",
            first_name="",
            route=Route.FULL,
            presented=blocks,
            access_route=self._access,
        )
        jurors = tuple(
            Juror(
                code=JurorCode(str(place)),
                last_name="",
                first_name="",
                role=JurorRole.MEMBER if place else JurorRole.PRESIDENT,
            )
            for place in range(len(marks))
        )
        session = Session(
            code="",
            candidates=(candidate,),
            jurors=jurors,
            assignments=tuple(
                Assignment(candidate=_TRIED, juror=juror.code, blocks=blocks) for juror in jurors
            ),
        )
        given = {
            juror.code: {
                item.code: Mark(
                    juror=juror.code,
                    criterion=item.code,
                    value=mark.label,
                    points=self._points_on(known.scale_of[item.code], mark),
                )
                for item in known.criteria
            }
            for juror, mark in zip(jurors, marks, strict=True)
        }
        return decide_candidate(known, session, candidate, given)

    @cached_property
    def _access(self) -> str | None:
        """Return the way by which candidates are marked on the most criteria."""
        known = self.referential
        if not any(method.routes for method in known.methods):
            return None
        counts = {
            route: sum(known.applies(item, route) for item in known.criteria)
            for route in AccessRoute
        }
        return str(max(counts, key=lambda route: counts[route]).value)

    def _points_on(self, scale: Scale, mark: MarkTried) -> Fraction:
        """Return the like of a mark on a criterion's own scale."""
        if scale is self.referential.scale:
            return mark.points
        if mark == self.lowest:
            return scale.minimum
        if mark == self.highest:
            return scale.maximum
        points = points_of(scale)
        if mark.points >= self.referential.scale.acquired_from:
            return min(value for value in points if value >= scale.acquired_from)
        return max((value for value in points if value < scale.acquired_from), default=points[0])

    def throughout(self, mark: MarkTried) -> CandidateDecision:
        """Decide on a candidate to whom two jurors give this mark throughout."""
        return self.decide(mark, mark)

    def criteria_counts(self) -> Counter[int]:
        """Count the competencies by number of criteria, where these have equal weights."""
        known = self.referential
        return Counter(
            len(criteria)
            for criteria in known.criteria_of.values()
            if len({item.weight for item in criteria}) == 1
        )

    def competency_counts(self) -> Counter[int]:
        """Count the blocs by number of competencies, where these have equal weights."""
        known = self.referential
        return Counter(
            len(competencies)
            for competencies in known.competencies_of.values()
            if len({item.weight for item in competencies}) == 1
        )

    def _mark(self, points: Fraction) -> MarkTried:
        labels = {level.points: level.label for level in self.referential.scale.levels}
        return MarkTried(labels.get(points, exact_number(points)), points)


def points_of(scale: Scale) -> tuple[Fraction, ...]:
    """Return every number of points that a mark on a scale can be worth, lowest first."""
    if scale.step is None:
        return tuple(level.points for level in reversed(scale.levels))
    steps = int(scale.span / scale.step)
    return tuple(scale.minimum + place * scale.step for place in range(steps + 1))


def competencies(decision: CandidateDecision) -> tuple[CompetencyDecision, ...]:
    """Return every competency of a decision."""
    return tuple(item for block in decision.blocks for item in block.competencies)


def blocks_named(blocks: list[BlockDecision], total: int) -> str:
    """Return which blocs a warning is about: all of them, one, or several by their codes."""
    codes = ", ".join(block.code for block in blocks)
    if len(blocks) == total:
        return "tous les blocs" if total > 1 else f"le bloc {codes}"
    return f"le bloc {codes}" if len(blocks) == 1 else f"les blocs {codes}"
