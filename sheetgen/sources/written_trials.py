"""« Essais »: examples of the school's règlement, decided as a session would decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    AccessRoute,
    AssessmentMethod,
    AssessmentOutcome,
    Block,
    BlockOutcome,
    Candidate,
    CandidateId,
    CertificationOutcome,
    Competency,
    CompetencyOutcome,
    Evidence,
    JurorCode,
    Mark,
)
from sheetgen.problems import Problem, quoted, trying
from sheetgen.rules import (
    CandidateJudgement,
    CandidateScope,
    Explainer,
    RuleBook,
    Seat,
    decide_judged,
)
from sheetgen.sources.read import suggestion
from sheetgen.sources.written_marks import MarksReader
from sheetgen.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sheetgen.model import BlockCode, Criterion, CriterionDecision, Referential
    from sheetgen.sources.read import Row, SourceTable
    from sheetgen.sources.written_marks import WrittenMarks

TrialOutcome: TypeAlias = (
    CompetencyOutcome | AssessmentOutcome | BlockOutcome | CertificationOutcome
)

_NOBODY = Candidate(id=CandidateId("1"), last_name="", first_name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Object:
    """One thing that a trial is about.

    Attributes:
        code: as the référentiel writes it.
        name: with what it is, in French.
        outcomes: those that it can have in a trial.
        block: the bloc that it is, or is part of; None for the certification and an épreuve.
        part: the competency, épreuve or bloc itself; None for the certification.
    """

    code: str
    name: str
    outcomes: tuple[TrialOutcome, ...]
    block: BlockCode | None
    part: Competency | AssessmentMethod | Block | None = None

    def decided(self, judgement: CandidateJudgement) -> TrialOutcome | None:
        """Return its outcome; None for an épreuve that does not apply."""
        if isinstance(self.part, Competency):
            return judgement.competency(self.part).outcome
        if isinstance(self.part, AssessmentMethod):
            result = judgement.assessments.get(self.part.code)
            return None if result is None else result.outcome
        if isinstance(self.part, Block):
            return judgement.block(self.part.code).result.outcome
        return decide_judged(judgement, _NOBODY).outcome

    def expected(self, text: str) -> TrialOutcome | None:
        """Return the outcome that a text says; None where it is none of its own."""
        folded = fold(text)
        return next((x for x in self.outcomes if fold(str(x.value)) == folded), None)


def check_trials(referential: Referential, table: SourceTable) -> Iterator[Problem]:
    """Yield the faults of the trials, and those that come out otherwise than expected."""
    trials = _Trials(referential)
    for row in table.rows:
        if not row.faulty:
            yield from trials.check(row)


class _Trials:
    """Decides the trials of one référentiel."""

    def __init__(self, referential: Referential) -> None:
        self._book = RuleBook(referential)
        self._known = referential
        self._reader = MarksReader(referential)
        self._objects = tuple(self._find_objects())

    def check(self, row: Row) -> Iterator[Problem]:
        """Yield what is wrong with one trial, or that it comes out otherwise."""
        marks, problems = self._reader.read(row.need("marks", str), row.at("marks"))
        problems += self._check_route(row, marks)
        found = self._object(row)
        if isinstance(found, tuple):
            item, expected = found
        else:
            problems.append(found)
        if problems or isinstance(found, Problem):
            yield from problems
            return
        judgement = self._judge(item, marks)
        outcome = item.decided(judgement)
        if outcome is None and not self._known.uses_assessments:
            yield trying.TRIAL_WITHOUT_RESULT.at(row.at("object"), found=item.code)
        elif outcome is None:
            route = "" if marks.access is None else str(marks.access.value)
            yield trying.TRIAL_OUT_OF_PLACE.at(row.at("object"), found=item.code, route=route)
        elif outcome is not expected:
            yield trying.TRIAL_OTHERWISE.at(
                row.at("expected"),
                name=row.need("name", str),
                object=item.name,
                found=outcome.value,
                expected=expected.value,
                reasoning=f" {self._reasoning(item, marks, judgement)}",
            )

    def _check_route(self, row: Row, marks: WrittenMarks) -> Iterator[Problem]:
        if marks.access is None:
            if any(method.routes for method in self._known.methods):
                allowed = quoted(str(route.value) for route in AccessRoute)
                name = row.need("name", str)
                yield trying.TRIAL_ROUTE_NEEDED.at(row.at("marks"), name=name, allowed=allowed)
            return
        for code in self._reader.find_misplaced(marks):
            route = str(marks.access.value)
            yield trying.TRIAL_OUT_OF_PLACE.at(row.at("marks"), found=code, route=route)

    def _object(self, row: Row) -> tuple[_Object, TrialOutcome] | Problem:
        """Return what a trial is about and the outcome expected of it, or what is wrong there."""
        asked, text = row.need("object", str), row.need("expected", str)
        named = [item for item in self._objects if fold(item.code) == fold(asked)]
        if not named:
            near = suggestion(asked, tuple(item.code for item in self._objects))
            place = row.at("object")
            return trying.TRIAL_OBJECT_UNKNOWN.at(place, found=asked, suggestion=near)
        for item in named:
            expected = item.expected(text)
            if expected is not None:
                return item, expected
        words = tuple(str(outcome.value) for item in named for outcome in item.outcomes)
        return trying.TRIAL_EXPECTED_UNKNOWN.at(
            row.at("expected"),
            found=text,
            name=named[0].name,
            allowed=quoted(words, last="ou"),
            suggestion=suggestion(text, words),
        )

    def _judge(self, item: _Object, marks: WrittenMarks) -> CandidateJudgement:
        """Return the candidate of a trial, judged: the first juror presides."""
        scope = CandidateScope(
            referential=self._known,
            blocks=self._presented(item, marks),
            access=marks.access,
            exemptions=marks.exempt,
            absences=marks.absences,
        )
        seats = {juror: _seat(juror) for juror in marks.jurors}

        def merged(criterion: Criterion) -> CriterionDecision:
            scale = self._known.scale_of[criterion.code]
            ballots: list[tuple[Seat, Mark | None]] = []
            for juror, seat in seats.items():
                written = marks.mark(juror, criterion.code, scale)
                mark = None
                if written is not None:
                    mark = Mark(
                        juror=seat.juror,
                        criterion=criterion.code,
                        value=written.value,
                        points=written.points,
                    )
                if juror == 1 or mark is not None:
                    ballots.append((seat, mark))
            return self._book.rule_of(criterion).marks.decide(criterion, ballots)

        shown = [
            Evidence(candidate=_NOBODY.id, competency=code, acceptance=acceptance)
            for code, acceptance in marks.shown.items()
        ]
        return CandidateJudgement(self._book, scope, merged, evidence=shown)

    def _reasoning(self, item: _Object, marks: WrittenMarks, judged: CandidateJudgement) -> str:
        """Return how a trial was decided, and what of it did not come out well."""

        def seats_on(criterion: Criterion) -> list[Seat]:
            scale = self._known.scale_of[criterion.code]
            named = (x for x in marks.jurors if x == 1 or marks.mark(x, criterion.code, scale))
            return [_seat(juror) for juror in named]

        *parts, last = Explainer(judged, _NOBODY, seats_on).explain(item.part)
        told = [step.text for step in last.steps[:-1]]
        failed = [x for x in parts if x.outcome not in _GOOD]
        for kinds in _TOLD_FIRST:
            failed = [x for x in failed if x.kind in kinds] or failed
        for part in failed[:_SHOWN]:
            steps = " ".join(step.text for step in part.steps[:-1])
            told.append(f"{part.name} ({part.outcome.lower()}) : {steps}")
        return " ".join(told)

    def _presented(self, item: _Object, marks: WrittenMarks) -> tuple[BlockCode, ...]:
        """Return the obligatory blocs, and the options that a trial is about or names."""
        named = {code for _, code in marks.given} | marks.exempt
        blocks = {self._known.block_of[self._known.criterion[code].competency] for code in named}
        blocks |= {self._known.block_of[code] for code in marks.shown} | marks.options
        if isinstance(item.part, AssessmentMethod):
            blocks |= self._blocks_assessed(item.part)
        return tuple(
            block.code
            for block in self._known.blocks
            if not block.is_optional or block.code in blocks or block.code == item.block
        )

    def _blocks_assessed(self, method: AssessmentMethod) -> set[BlockCode]:
        """Return the blocs that an épreuve has a criterion of."""
        criteria = self._known.criteria_of_assessment[method.code]
        return {self._known.block_of[item.competency] for item in criteria}

    def _find_objects(self) -> Iterator[_Object]:
        known = self._known
        for block in known.blocks:
            yield _Object(
                code=block.code,
                name=f"le bloc {block.code}",
                outcomes=_BLOCK_WORDS,
                block=block.code,
                part=block,
            )
        for competency in known.competencies:
            yield _Object(
                code=competency.code,
                name=f"la compétence {competency.code}",
                outcomes=tuple(CompetencyOutcome),
                block=known.block_of[competency.code],
                part=competency,
            )
        for method in known.assessments:
            blocks = self._blocks_assessed(method)
            yield _Object(
                code=method.code,
                name=f"l'épreuve {method.code}",
                outcomes=_ASSESSMENT_WORDS,
                block=next(iter(blocks)) if len(blocks) == 1 else None,
                part=method,
            )
        yield _Object(
            code=CERTIFICATION,
            name="la certification",
            outcomes=_CERTIFICATION_WORDS,
            block=None,
        )


_BLOCK_WORDS = (
    BlockOutcome.VALIDATED,
    BlockOutcome.NOT_VALIDATED,
    BlockOutcome.TO_DELIBERATE,
    BlockOutcome.INCOMPLETE,
)
_ASSESSMENT_WORDS = tuple(x for x in AssessmentOutcome if x is not AssessmentOutcome.KEPT)
_CERTIFICATION_WORDS = tuple(
    x for x in CertificationOutcome if x is not CertificationOutcome.ABSENT
)


_GOOD = frozenset({"Acquis", "Acquise", "Réussie", "Validé", "Exempté", "Sans objet"})
_TOLD_FIRST = (("block", "competency", "assessment"), ("block",))
_SHOWN = 3
"""Parts of a trial whose steps are told."""


def _seat(juror: int) -> Seat:
    return Seat(juror=JurorCode(f"J{juror}"), president=juror == 1)
