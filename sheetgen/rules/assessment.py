"""One épreuve, over the criteria that a candidate is marked on in all blocs presented.

An épreuve may open only once others are passed, may not have been sat, or be kept from another
session. Its result counts in every bloc that it has criteria of.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sheetgen.model import (
    AbsenceRule,
    AssessmentMethod,
    AssessmentOutcome,
    CriterionState,
)
from sheetgen.rules.cells import AssessmentCells, without_formulas
from sheetgen.rules.exact import exact_mean
from sheetgen.rules.excel import Value, at_least, number, text
from sheetgen.rules.judged_assessment import AssessmentKind, AssessmentResult
from sheetgen.rules.readings import Reading, Readings
from sheetgen.rules.telling import shown, shown_readings, step
from sheetgen.rules.told_competency import listed_criteria

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sheetgen.model import Referential
    from sheetgen.rules.cells import AssessedCells
    from sheetgen.rules.counted_criterion import CountedCriterion
    from sheetgen.rules.telling import Step

_NONE = Fraction(0)
_WHOLE = Fraction(1)


class AssessmentRule:
    """The condition to pass an épreuve: open, sat, and its score at its threshold."""

    def __init__(self, method: AssessmentMethod, referential: Referential) -> None:
        threshold, rules = referential.threshold_of(method), referential.rules
        self.method = method
        self.threshold = Readings(threshold, threshold - rules.deliberation_zone)
        self.floor = referential.floor_of(method)
        self.scale = referential.scale_of_assessment[method.code]
        self._sat_again = rules.absence is AbsenceRule.TO_SIT_AGAIN

    def keep(self, score: Fraction) -> AssessmentResult:
        """Return the result kept from another session: its conditions and the zone play no part."""
        passed = score >= self.threshold.worst
        return AssessmentResult(
            method=self.method,
            opened=Readings(worst=True, best=True),
            threshold=Readings(self.threshold.worst, self.threshold.worst),
            floor=self.floor,
            passed=Readings(passed, passed),
            attained=Readings(score, score),
            score=score,
            outcome=AssessmentOutcome.KEPT,
            scale=self.scale,
        )

    def judge(
        self,
        counted_criteria: Sequence[CountedCriterion],
        conditions: Sequence[AssessmentResult],
        *,
        absent: bool,
    ) -> AssessmentResult:
        """Return the épreuve in both readings, and what is proposed for it.

        Args:
            counted_criteria: its criteria, as marked, whether it is open or not.
            conditions: the results of the épreuves that open it.
            absent: whether the candidate did not sit it.
        """
        left = tuple(item for item in counted_criteria if item.counted)
        opened = Readings.both(lambda reading: all(c.passed.of(reading) for c in conditions))
        waits = any(item.incomplete for item in conditions)
        closed = not opened.best and not opened.worst
        missing = any(item.missing for item in counted_criteria) and not absent

        def attained_in(reading: Reading) -> Fraction:
            if absent or not opened.of(reading):
                return _NONE
            return _mean(left, reading) if left else _none_left(reading)

        def passed_in(reading: Reading) -> bool:
            if absent or not opened.of(reading):
                return False
            if not left:
                return reading is Reading.BEST
            return attained_in(reading) >= self.threshold.of(reading)

        passed, attained = Readings.both(passed_in), Readings.both(attained_in)
        outcome = _outcome(passed, waits=waits, closed=closed, absent=absent, missing=missing)
        score = None
        if outcome is AssessmentOutcome.NOT_OPEN:
            score = _NONE
        elif outcome is AssessmentOutcome.ABSENT:
            score = None if self._sat_again else _NONE
        elif outcome is not AssessmentOutcome.INCOMPLETE and opened.agree:
            known = bool(left) and not any(item.is_open for item in left)
            score = attained.worst if known else None
        return AssessmentResult(
            method=self.method,
            counted_criteria=left,
            conditions=tuple(conditions),
            opened=opened,
            threshold=self.threshold,
            floor=self.floor,
            passed=passed,
            attained=attained,
            score=score,
            outcome=outcome,
            to_sit_again=outcome is AssessmentOutcome.ABSENT and self._sat_again,
            scale=self.scale,
        )

    def explain(self, result: AssessmentResult) -> Iterator[Step]:
        """Yield how an épreuve came out, from its conditions and criteria."""
        if result.outcome is AssessmentOutcome.KEPT:
            yield step(
                "Résultat conservé d'une autre session : {score}, pour un seuil de {threshold}.",
                score=shown(result.attained.worst, result.told),
                threshold=shown(result.threshold.worst, result.told),
            )
            return
        if result.conditions:
            yield step(
                "Elle n'est ouverte qu'une fois réussie chaque épreuve de sa condition "
                "({conditions}) : elle {opened}.",
                conditions=", ".join(
                    f"{item.method.code} {str(item.outcome.value).lower()}"
                    for item in result.conditions
                ),
                opened=_opened_text(result),
            )
        if result.outcome is AssessmentOutcome.ABSENT:
            again = "à représenter" if result.to_sit_again else "échec"
            yield step("Le candidat n'y était pas ; règle « {rule} ».", rule=again)
        elif result.outcome is AssessmentOutcome.INCOMPLETE:
            yield step("Des appréciations sont encore attendues.")
        elif result.outcome is not AssessmentOutcome.NOT_OPEN:
            yield from self._explain_score(result)

    def _explain_score(self, result: AssessmentResult) -> Iterator[Step]:
        left = result.counted_criteria
        if not left:
            yield step("Aucun critère n'est à prendre en compte : le jury en décide.")
            return
        yield step("Critères comptés : {criteria}.", criteria=listed_criteria(left))
        yield step(
            "Résultat de {attained}, pour un seuil de {threshold}.",
            attained=shown_readings(result.attained, result.told),
            threshold=shown_readings(result.threshold, result.told),
        )
        if result.outcome is AssessmentOutcome.TO_DELIBERATE:
            yield step("Réussie au mieux et non au pire, elle est à la décision du jury.")

    def formulas(
        self,
        kind: AssessmentKind,
        criteria: AssessedCells[str],
        conditions: Sequence[AssessmentCells[str]],
        at: AssessmentCells[str],
    ) -> AssessmentCells[str]:
        """Return the formulas of one épreuve's row; empty for what stands as a value.

        Args:
            kind: what they depend on beside the rule.
            criteria: ranges of the rows of all the candidate's criteria, its own among them.
            conditions: the rows of the épreuves that open it.
            at: addresses of the row's own cells.
        """
        if kind.kept:
            return without_formulas(at)
        own = f"({criteria.assessment}={text(self.method.code)})"
        weight = f"SUMPRODUCT({own}*{criteria.counted})"
        opened = Readings.both(lambda reading: _opened_formula(conditions, reading))
        if kind.absent:
            missing = unknown = "FALSE"
            passed = attained = Readings("", "")
        else:
            missing = f"SUMPRODUCT({own}*({criteria.state}={text(CriterionState.MISSING.value)}))>0"
            open_ = f"({criteria.share.worst}<>{criteria.share.best})"
            open_criteria = f"SUMPRODUCT({own}*({criteria.counted}>0)*{open_})>0"
            unknown = f"OR({weight}=0,{open_criteria})"
            attained = Readings.both(
                lambda reading: self._attained_formula(
                    f"SUMPRODUCT({own}*{criteria.counted}*{criteria.share.of(reading)})/{weight}",
                    weight,
                    at.opened.of(reading) if conditions else "",
                    _none_left(reading),
                )
            )
            passed = Readings.both(
                lambda reading: self._passed_formula(
                    at_least(at.attained.of(reading), self.threshold.of(reading)),
                    weight,
                    at.opened.of(reading) if conditions else "",
                    _none_left(reading),
                )
            )
        return AssessmentCells(
            outcome=self._outcome_formula(kind, missing, at),
            score=self._score_formula(kind, unknown, at),
            waits=_waits_formula(conditions),
            opened=opened,
            passed=passed,
            attained=attained,
        )

    @staticmethod
    def values(result: AssessmentResult) -> AssessmentCells[Value]:
        """Return the values of an épreuve's row."""
        return AssessmentCells(
            outcome=result.outcome.value,
            score="" if result.score is None else float(result.score),
            waits=int(result.waits),
            opened=Readings(int(result.opened.worst), int(result.opened.best)),
            passed=Readings(int(result.passed.worst), int(result.passed.best)),
            attained=Readings(float(result.attained.worst), float(result.attained.best)),
        )

    @staticmethod
    def _attained_formula(mean: str, weight: str, opened: str, none_left: Fraction) -> str:
        attained = f"IF({weight}=0,{number(none_left)},{mean})"
        return f"=IF({opened}=1,{attained},0)" if opened else f"={attained}"

    @staticmethod
    def _passed_formula(reached: str, weight: str, opened: str, none_left: Fraction) -> str:
        passed = f"IF({weight}=0,{number(none_left)},IF({reached},1,0))"
        return f"=IF({opened}=1,{passed},0)" if opened else f"={passed}"

    @staticmethod
    def _outcome_formula(
        kind: AssessmentKind,
        missing: str,
        at: AssessmentCells[str],
    ) -> str:
        """Return the first outcome that holds, in the order of `_outcome`."""
        words = {outcome: text(outcome.value) for outcome in AssessmentOutcome}
        if kind.absent:
            told = words[AssessmentOutcome.ABSENT]
            if not kind.gated:
                return ""
        else:
            decided = (
                f"IF({at.passed.worst}<>{at.passed.best},{words[AssessmentOutcome.TO_DELIBERATE]},"
                f"IF({at.passed.worst}=1,{words[AssessmentOutcome.PASSED]},"
                f"{words[AssessmentOutcome.FAILED]}))"
            )
            told = f"IF({missing},{words[AssessmentOutcome.INCOMPLETE]},{decided})"
        if kind.gated:
            closed = f"AND({at.opened.worst}=0,{at.opened.best}=0)"
            told = f"IF({closed},{words[AssessmentOutcome.NOT_OPEN]},{told})"
            told = f"IF({at.waits}=1,{words[AssessmentOutcome.INCOMPLETE]},{told})"
        return f"={told}"

    def _score_formula(self, kind: AssessmentKind, unknown: str, at: AssessmentCells[str]) -> str:
        incomplete, closed = (
            f"{at.outcome}={text(word.value)}"
            for word in (AssessmentOutcome.INCOMPLETE, AssessmentOutcome.NOT_OPEN)
        )
        if kind.absent:
            absent = '""' if self._sat_again else "0"
            return f'=IF({incomplete},"",IF({closed},0,{absent}))' if kind.gated else ""
        unsure = f"OR({incomplete},{at.opened.worst}<>{at.opened.best})"
        known = f'IF({unsure},"",IF({unknown},"",{at.attained.worst}))'
        return f"=IF({closed},0,{known})"


def _opened_formula(conditions: Sequence[AssessmentCells[str]], reading: Reading) -> str:
    if not conditions:
        return ""
    return f"=MIN({','.join(item.passed.of(reading) for item in conditions)})"


def _waits_formula(conditions: Sequence[AssessmentCells[str]]) -> str:
    if not conditions:
        return ""
    incomplete = text(AssessmentOutcome.INCOMPLETE.value)
    waiting = ",".join(f"{item.outcome}={incomplete}" for item in conditions)
    return f"=IF(OR({waiting}),1,0)"


def _opened_text(result: AssessmentResult) -> str:
    if result.waits:
        return "attend des appréciations"
    if result.opened.agree:
        return "est ouverte" if result.opened.worst else "n'est pas ouverte"
    return "n'est ouverte qu'au mieux"


def _outcome(
    passed: Readings[bool], *, waits: bool, closed: bool, absent: bool, missing: bool
) -> AssessmentOutcome:
    """Return the outcome, the first that holds in the order of DESIGN section 10."""
    if waits:
        return AssessmentOutcome.INCOMPLETE
    if closed:
        return AssessmentOutcome.NOT_OPEN
    if absent:
        return AssessmentOutcome.ABSENT
    if missing:
        return AssessmentOutcome.INCOMPLETE
    if not passed.agree:
        return AssessmentOutcome.TO_DELIBERATE
    return AssessmentOutcome.PASSED if passed.worst else AssessmentOutcome.FAILED


def _none_left(reading: Reading) -> Fraction:
    return _WHOLE if reading is Reading.BEST else _NONE


def _mean(left: Sequence[CountedCriterion], reading: Reading) -> Fraction:
    """Return Σ weight·share / Σ weight."""
    return exact_mean([item.share(reading) for item in left], [item.counted for item in left])
