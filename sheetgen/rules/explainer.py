"""One decision told step by step, from each juror's mark to the certification.

Nothing is worked out here: every step is told by the rule that took it, from the very judgement
that the decision is made of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sheetgen.lazy_dataclass import dataclass
from sheetgen.model import (
    CERTIFICATION,
    AssessmentMethod,
    Block,
    BlockOutcome,
    Competency,
    CompetencyOutcome,
    Criterion,
    CriterionState,
    DecidedBy,
    Status,
)
from sheetgen.rules.decide import decide_judged
from sheetgen.rules.telling import phrase, shown_points, step
from sheetgen.rules.unmarked import explain_evidence, explain_kept, explain_left_out
from sheetgen.rules.votes import Vote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sheetgen.model import (
        AnyOutcome,
        BlockCode,
        Candidate,
        CandidateDecision,
        CandidateRulings,
        CriterionDecision,
        JurorCode,
        Mark,
        MethodCode,
    )
    from sheetgen.rules.judging import CandidateJudgement
    from sheetgen.rules.telling import Step
    from sheetgen.rules.votes import Seat

Explained: TypeAlias = Criterion | Competency | AssessmentMethod | Block
"""What may be explained alone; the certification is told with all the rest."""

_KINDS: dict[type[Explained], tuple[str, str]] = {
    Criterion: ("criterion", "Critère"),
    Competency: ("competency", "Compétence"),
    AssessmentMethod: ("assessment", "Épreuve"),
    Block: ("block", "Bloc"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The way to one outcome; the last step says it.

    Attributes:
        kind: in English: criterion, competency, assessment, block or certification.
        code: its code, or « Certification ».
        name: what to call it in French.
        title: as the référentiel has it.
        outcome: in French.
        steps: in the order in which they were taken.
    """

    kind: str
    code: str
    name: str
    title: str
    outcome: str
    steps: tuple[Step, ...]


class Explainer:
    """Tells how one candidate was decided.

    Args:
        judgement: the candidate, judged.
        candidate: who it is.
        seats_on: the jurors who mark a criterion.
        place_of: where a mark was read, in French; None where no file has it.
        rulings: what the jury decided; None while the session is not closed.
    """

    def __init__(
        self,
        judgement: CandidateJudgement,
        candidate: Candidate,
        seats_on: Callable[[Criterion], Sequence[Seat]],
        place_of: Callable[[Mark], str] | None = None,
        rulings: CandidateRulings | None = None,
    ) -> None:
        self._judgement = judgement
        self._known = judgement.book.referential
        self._candidate = candidate
        self._seats_on = seats_on
        self._place_of = place_of
        self._rulings = rulings

    @property
    def decision(self) -> CandidateDecision:
        """Return the decision that is told: the jury's where there is one."""
        decision = decide_judged(self._judgement, self._candidate)
        if self._rulings is None:
            return decision
        blocks = tuple(
            replace(block, outcome=self._rulings.blocks[block.code].outcome)
            for block in decision.blocks
        )
        return replace(decision, blocks=blocks, outcome=self._rulings.certification.outcome)

    def explain(self, item: Explained | None = None) -> tuple[Explanation, ...]:
        """Return what something rests on, then itself; without it, all and the certification."""
        found: dict[tuple[str, str], Explanation] = {}
        for explanation in self._all() if item is None else self._about(item):
            found.setdefault((explanation.kind, explanation.code), explanation)
        return tuple(found.values())

    def only(self, item: Explained | None) -> Explanation:
        """Return how one thing was decided, without what it rests on."""
        return self.explain(item)[-1]

    def _all(self) -> Iterator[Explanation]:
        for block in self._known.blocks:
            yield from self._about(block)
        yield self._certification()

    def _about(self, item: Explained) -> Iterator[Explanation]:
        if isinstance(item, Criterion):
            yield self._criterion(item)
        elif isinstance(item, Competency):
            for criterion in self._known.criteria_of[item.code]:
                if self._known.block_of[item.code] in self._judgement.scope.blocks:
                    yield self._criterion(criterion)
            yield self._competency(item)
        elif isinstance(item, AssessmentMethod):
            yield from self._about_assessment(item.code)
        else:
            if item.code in self._judgement.scope.blocks:
                for competency in self._known.competencies_of[item.code]:
                    yield from self._about(competency)
                for result in self._judgement.block(item.code).parts.assessments:
                    if self._known.uses_assessments:
                        yield from self._about_assessment(result.method.code)
            yield self._block(item)

    def _about_assessment(self, code: MethodCode) -> Iterator[Explanation]:
        result = self._judgement.assessments.get(code)
        for condition in () if result is None else result.conditions:
            yield from self._about_assessment(condition.method.code)
        for criterion in self._judgement.scope.criteria_of_assessment.get(code, ()):
            yield self._criterion(criterion)
        yield self._assessment(code)

    def _criterion(self, criterion: Criterion) -> Explanation:
        if self._known.block_of[criterion.competency] not in self._judgement.scope.blocks:
            return self._not_presented(criterion, self._known.block_of[criterion.competency])
        decision = self._judgement.criterion(criterion)
        seats = {seat.juror: seat for seat in self._seats_on(criterion)}
        votes = [
            Vote(seats[mark.juror], mark.points)
            for mark in decision.marks
            if mark.points is not None and mark.juror in seats
        ]
        steps = list(self._marks(criterion, decision, seats))
        rule = self._judgement.book.rule_of(criterion)
        steps += rule.explain(self._judgement.count(criterion), decision, votes)
        outcome = str(decision.state.value)
        if decision.acquired is not None:
            outcome = "Acquis" if decision.acquired else "Non acquis"
        return self._finish(criterion, steps, outcome)

    def _marks(
        self, criterion: Criterion, decision: CriterionDecision, seats: Mapping[JurorCode, Seat]
    ) -> Iterator[Step]:
        scale = self._known.scale_of[criterion.code]
        for mark in decision.marks:
            place = "" if self._place_of is None else self._place_of(mark)
            worth = (
                ""
                if mark.points is None or not isinstance(mark.value, str)
                else phrase(", soit {points}", points=shown_points(mark.points, scale))
            )
            seat = seats.get(mark.juror)
            yield step(
                "{juror}{in_common} : « {value} »{worth}{place}{comment}",
                juror=mark.juror,
                in_common=", en commun" if seat is not None and seat.in_common else "",
                value=mark.value
                if isinstance(mark.value, str)
                else shown_points(mark.value, scale),
                worth=worth,
                place=f" ({place})" if place else "",
                comment=f" ; observation : « {mark.comment} »" if mark.comment else ".",
            )
        marked = {mark.juror for mark in decision.marks}
        if decision.state is CriterionState.MISSING:
            for juror in seats:
                if juror not in marked:
                    yield step("{juror} : rien n'est encore reçu.", juror=juror)

    def _competency(self, competency: Competency) -> Explanation:
        block = self._known.block_of[competency.code]
        if block not in self._judgement.scope.blocks:
            return self._not_presented(competency, block)
        result = self._judgement.competency(competency)
        if result.outcome is CompetencyOutcome.NOT_APPLICABLE:
            steps = explain_left_out()
        elif competency.code in self._judgement.scope.kept_competencies:
            steps = explain_kept(result, self._known.scale)
        elif competency.by_evidence:
            steps = explain_evidence(result, self._judgement.evidence or (), self._judgement.day)
        else:
            steps = self._judgement.book.condition_of(competency).explain(result)
        return self._finish(competency, steps, str(result.outcome.value))

    def _assessment(self, code: MethodCode) -> Explanation:
        method = self._known.method[code]
        result = self._judgement.assessments.get(code)
        if result is None:
            nothing = step("Rien n'en est évalué pour ce candidat : elle n'est pas comptée.")
            return self._finish(method, [nothing], "Sans objet")
        steps = list(self._judgement.book.assessment(code).explain(result))
        if code not in self._known.deciding_assessments:
            steps.append(step("Ni un bloc ni une autre épreuve ne demandent qu'elle soit réussie."))
        return self._finish(method, steps, str(result.outcome.value))

    def _block(self, block: Block) -> Explanation:
        if block.code not in self._judgement.scope.blocks:
            return self._not_presented(block, block.code)
        judged = self._judgement.block(block.code)
        rule = self._judgement.book.condition_of_block(block.code)
        steps = list(rule.explain(judged.parts, judged.result))
        steps += self._ruling(block.code, judged.result.outcome)
        outcome = judged.result.outcome
        if self._rulings is not None:
            outcome = self._rulings.blocks[block.code].outcome
        return self._finish(block, steps, str(outcome.value), f", {self._word}")

    def _certification(self) -> Explanation:
        decision = self.decision
        rule = self._judgement.book.certification
        word = ""
        if self._candidate.status is Status.PRESENT:
            word = f", {self._word}"
            steps = list(rule.explain(decision.blocks))
            steps += self._ruling(CERTIFICATION, rule.judge(decision.blocks))
        else:
            status = str(self._candidate.status.value).lower()
            steps = [step("Le candidat est {status} : rien n'est décidé.", status=status)]
        outcome = self._candidate.outcome_text(decision.outcome)
        last = step("Certification{word} : {outcome}.", word=word, outcome=outcome)
        return Explanation(
            kind="certification",
            code=CERTIFICATION,
            name=CERTIFICATION,
            title=self._known.certification.title,
            outcome=outcome,
            steps=(*steps, last),
        )

    @property
    def _word(self) -> str:
        return "proposition" if self._rulings is None else "décision du jury"

    def _ruling(self, item: str, proposed: AnyOutcome) -> Iterator[Step]:
        """Yield what the jury made of a proposal, and why."""
        if self._rulings is None:
            return
        ruling = self._rulings.on(item)
        if ruling.decided_by is DecidedBy.PROPOSAL and not ruling.overridden:
            yield step("Proposition : {proposed}. Le jury l'a adoptée.", proposed=proposed.value)
            return
        reason = (ruling.reason or "").strip()
        yield step(
            "Proposition : {proposed}. Le jury a décidé : {outcome}{reason}.",
            proposed=str(proposed.value),
            outcome=str(ruling.outcome.value),
            reason=f", par ce motif : « {reason} »" if reason else "",
        )

    def _not_presented(self, item: Explained, block: BlockCode) -> Explanation:
        """Return that nothing is decided here: the bloc is held, or not presented."""
        held = block in self._candidate.held
        outcome = BlockOutcome.ALREADY_HELD if held else BlockOutcome.NOT_PRESENTED
        why = "est déjà acquis" if held else "n'est pas présenté"
        steps = [step("Le bloc {block} {why} : rien ne s'y évalue.", block=block, why=why)]
        return self._finish(item, steps, str(outcome.value))

    def _finish(
        self, item: Explained, steps: Iterable[Step], outcome: str, word: str = ""
    ) -> Explanation:
        kind, name = _KINDS[type(item)]
        title = item.name if isinstance(item, AssessmentMethod) else item.title
        last = step(
            "{name} {code}{word} : {outcome}.",
            name=name,
            code=item.code,
            word=word,
            outcome=outcome,
        )
        return Explanation(
            kind=kind,
            code=item.code,
            name=f"{name} {item.code}",
            title=title,
            outcome=outcome,
            steps=(*steps, last),
        )
