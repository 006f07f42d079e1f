"""Sections 3, 10 and 11 of the design read plainly: slow, long, and sharing nothing with the rules.

Only the records of the model are used, and of these only what a school wrote: whatever is worked
out from it is worked out here again, in the order of the text. Agreement with this is what shows
that the rules do what the design says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Any

from sheetgen.model import (
    AbsenceRule,
    Acceptance,
    BlockRule,
    BlockStatus,
    CompetencyRule,
    JurorRole,
    Merge,
    Proof,
    ScaleKind,
    Status,
    TieBreak,
    Unobserved,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sheetgen.model import (
        AssessmentMethod,
        Block,
        Candidate,
        Competency,
        Criterion,
        Referential,
        Session,
    )

WORST, BEST = 0, 1
READINGS = (WORST, BEST)
ACCESS_WORDS = {
    "Formation initiale": "INITIAL",
    "Apprentissage": "APPRENTICESHIP",
    "VAE": "EXPERIENCE",
}


@dataclass(kw_only=True)
class PlainCriterion:
    """A criterion of one candidate: its state, and what it counts for at worst and at best."""

    record: Criterion
    low: Fraction
    high: Fraction
    pass_mark: Fraction
    lost_at: Fraction
    state: str = ""
    points: Fraction | None = None
    divergent: bool = False
    counts: bool = True
    value: list[Fraction] = field(default_factory=list)
    sure: bool = True
    never_loses: bool = False
    passes: list[bool] | None = None

    def share(self, reading: int) -> Fraction:
        """Return the mark's points from 0 to 1."""
        return (self.value[reading] - self.low) / (self.high - self.low)

    def acquired(self, reading: int) -> bool:
        """Return whether those points acquire it."""
        if self.passes is not None:
            return self.passes[reading]
        return self.value[reading] >= self.pass_mark

    def known(self) -> bool:
        """Return whether a score may rest on it."""
        return self.value[WORST] == self.value[BEST] and self.sure


@dataclass(kw_only=True)
class PlainAssessment:
    """An épreuve of one candidate."""

    record: AssessmentMethod
    outcome: str = ""
    passed: list[bool] = field(default_factory=list)
    attained: list[Fraction] = field(default_factory=list)
    opened: list[bool] = field(default_factory=lambda: [True, True])
    waits: bool = False
    score: Fraction | None = None


class PlainCandidate:
    """One candidate, decided step by step."""

    def __init__(self, known: Referential, session: Session, person: Candidate, marks: Any) -> None:
        self.known, self.session, self.person, self.marks = known, session, person, marks
        self.rules = known.rules
        self.present = person.status is Status.PRESENT
        self.competencies: dict[str, Competency] = {x.code: x for x in known.competencies}
        self.methods: dict[str, AssessmentMethod] = {x.code: x for x in known.methods}
        kept = [
            item
            for item in session.kept_results
            if item.candidate == person.id and self.still_valid(item.valid_until)
            if not item.renounced
        ]
        self.kept_methods: dict[str | None, Fraction] = {
            x.method: x.score for x in kept if x.method and x.score is not None
        }
        self.kept_competencies: dict[str, Fraction | None] = {
            x.competency: x.score for x in kept if x.competency
        }
        self.absent_at = {x.method for x in session.absences if x.candidate == person.id}
        self.exempt = {
            item.criterion
            for item in session.accommodations
            if item.candidate == person.id and item.exempts
        }
        self.criteria: dict[str, PlainCriterion] = {}
        self.assessments: dict[str, PlainAssessment] = {}
        for item in known.criteria:
            if self.presents(self.block_of(self.competencies[item.competency])):
                self.criteria[item.code] = self.mark(item)
        self.raw = {code: self.clone(item) for code, item in self.criteria.items()}
        for method in known.methods:
            if self.has_something(method.code):
                self.assess(method.code)
        for marked in self.criteria.values():
            self.settle(marked)

    # What is where.

    def still_valid(self, last: Any) -> bool:
        """On the session's day, that day included."""
        return last is None or self.session.date is None or last >= self.session.date

    def block_of(self, competency: Competency) -> str:
        """By its activity, else by itself."""
        for activity in self.known.activities:
            if activity.code == competency.activity:
                return activity.block
        assert competency.block is not None
        return competency.block

    def presents(self, block: str) -> bool:
        """Return whether the bloc is judged at all."""
        return self.present and block in self.person.presented and block not in self.person.held

    def is_used(self, method: str) -> bool:
        """« Voies »: the ways of candidates for which the modalité is used."""
        routes = [route.name for route in self.methods[method].routes]
        return not routes or ACCESS_WORDS.get(self.person.access_route or "") in routes

    def assessment_of(self, criterion: Criterion) -> str | None:
        """Return the criterion's own épreuve, else the only one of its competency."""
        methods = self.competencies[criterion.competency].methods
        if criterion.method is not None:
            return criterion.method
        return methods[0] if len(methods) == 1 else None

    def applies(self, criterion: Criterion) -> bool:
        """Return whether the way that the candidate came leaves it."""
        own = self.assessment_of(criterion)
        methods = self.competencies[criterion.competency].methods
        return self.is_used(own) if own else any(self.is_used(code) for code in methods)

    def belongs(self, criterion: Criterion, method: str) -> bool:
        """Return whether it counts in that épreuve for this candidate."""
        return (
            self.assessment_of(criterion) == method
            and self.applies(criterion)
            and criterion.competency not in self.kept_competencies
        )

    def has_something(self, method: str) -> bool:
        """Return whether the épreuve asks something of the candidate."""
        return any(self.belongs(item.record, method) for item in self.criteria.values())

    # Marks.

    def scale(self, criterion: Criterion) -> tuple[Fraction, ...]:
        """Low, high, pass mark, eliminatory points and gap, on the criterion's own scale."""
        default = self.known.scale
        notes = default if default.kind is ScaleKind.NOTE else self.known.note_bounds
        base = default
        if criterion.out_of is not None:
            assert notes is not None
            base = notes
            low, high = Fraction(0), criterion.out_of
            share = (notes.acquired_from - notes.minimum) / (notes.maximum - notes.minimum)
            acquired = share * criterion.out_of
        else:
            own = default
            if criterion.scale == "note":
                assert notes is not None
                own = notes
            elif criterion.scale is not None:
                own = next(item for item in self.known.scales if item.name == criterion.scale)
            low, high, acquired = own.minimum, own.maximum, own.acquired_from
        ratio = (high - low) / (base.maximum - base.minimum)
        stated = self.rules.eliminatory_points
        lost = low if stated == default.minimum else low + (stated - base.minimum) * ratio
        gap = self.rules.divergence
        return low, high, acquired, lost, Fraction(-1) if gap is None else gap * ratio

    def voters(self, criterion: Criterion) -> list[Any]:
        """The jurors who mark the criterion, in the session's order."""
        block = self.block_of(self.competencies[criterion.competency])
        found = []
        for juror in self.session.jurors:
            for item in self.session.assignments:
                if (item.candidate, item.juror) != (self.person.id, juror.code):
                    continue
                if block not in item.blocks:
                    continue
                limits = dict(item.methods).get(block)  # type: ignore[call-overload]
                own = self.assessment_of(criterion)
                of_competency = self.competencies[criterion.competency].methods
                asked = [own] if own else [code for code in of_competency if self.is_used(code)]
                if limits is None or any(code in limits for code in asked):
                    found.append(juror)
        return found

    def mark(self, criterion: Criterion) -> PlainCriterion:
        """Exempt, missing, not observed, merged, before any épreuve is looked at."""
        low, high, acquired, lost, gap = self.scale(criterion)
        item = PlainCriterion(
            record=criterion, low=low, high=high, pass_mark=acquired, lost_at=lost
        )
        item.value = [low, high]
        if not self.applies(criterion):
            item.state, item.counts = "not_applicable", False
            return item
        own = self.assessment_of(criterion)
        if criterion.competency in self.kept_competencies or own in self.kept_methods:
            item.state, item.counts = "kept", False
            return item
        if criterion.code in self.exempt:
            item.state, item.counts = "exempt", False
            return item
        voters = self.voters(criterion)
        given = [
            self.marks.get((self.person.id, juror.code), {}).get(criterion.code) for juror in voters
        ]
        if not voters or any(mark is None for mark in given):
            item.state = "missing"
            return item
        votes = [
            (juror, mark.points)
            for juror, mark in zip(voters, given, strict=True)
            if mark.points is not None
        ]
        if not votes:
            item.state = "not_observed"
            if self.rules.unobserved is Unobserved.LEFT_OUT:
                item.counts = False
            if self.rules.unobserved is Unobserved.NOT_ACQUIRED:
                item.value = [low, low]
            return item
        item.points = merged(self.rules.merge, self.rules.tie_break, votes, acquired)
        item.state = "undecided" if item.points is None else "marked"
        if item.points is not None:
            item.value = [item.points, item.points]
        points = [value for _, value in votes]
        item.divergent = gap >= 0 and max(points) - min(points) >= gap
        return item

    @staticmethod
    def clone(item: PlainCriterion) -> PlainCriterion:
        """A copy, so that épreuves are judged on criteria as they were marked."""
        copied = PlainCriterion(
            record=item.record,
            low=item.low,
            high=item.high,
            pass_mark=item.pass_mark,
            lost_at=item.lost_at,
        )
        copied.state, copied.counts, copied.value = item.state, item.counts, list(item.value)
        return copied

    # Épreuves.

    def assess(self, code: str) -> PlainAssessment:  # noqa: PLR0912 - the order of the text
        """One épreuve, after those of its condition."""
        if code in self.assessments:
            return self.assessments[code]
        method, rules = self.methods[code], self.rules
        found = PlainAssessment(record=method)
        goal = rules.assessment_threshold if method.threshold is None else method.threshold
        if code in self.kept_methods:
            score = self.kept_methods[code]
            found.outcome, found.score = "kept", score
            found.attained, found.passed = [score, score], [score >= goal, score >= goal]
            self.assessments[code] = found
            return found
        before = [self.assess(item) for item in method.condition if self.has_something(item)]
        found.waits = any(item.outcome == "incomplete" for item in before)
        found.opened = [all(item.passed[reading] for item in before) for reading in READINGS]
        items = [item for item in self.raw.values() if self.belongs(item.record, code)]
        left = [item for item in items if item.counts]
        absent = code in self.absent_at
        goals = [goal, goal - rules.deliberation_zone]
        for reading in READINGS:
            if not found.opened[reading] or absent:
                found.attained.append(Fraction(0))
                found.passed.append(False)
            elif not left:
                found.attained.append(Fraction(reading))
                found.passed.append(reading == BEST)
            else:
                score = weighted([(x.record.weight, x.share(reading)) for x in left])
                found.attained.append(score)
                found.passed.append(score >= goals[reading])
        if found.waits:
            found.outcome = "incomplete"
        elif not any(found.opened):
            found.outcome, found.score = "not_open", Fraction(0)
        elif absent:
            found.outcome = "absent"
            found.score = Fraction(0) if rules.absence is AbsenceRule.FAILED else None
        elif any(item.state == "missing" for item in items):
            found.outcome = "incomplete"
        else:
            found.outcome = "passed" if found.passed[WORST] else "failed"
            if found.passed[WORST] != found.passed[BEST]:
                found.outcome = "to_deliberate"
            if left and all(found.opened) and all(item.known() for item in left):
                found.score = found.attained[WORST]
        self.assessments[code] = found
        return found

    def settle(self, item: PlainCriterion) -> None:
        """Settle what the criterion is and counts for once its épreuve is judged."""
        own = self.assessment_of(item.record)
        found = self.assessments.get(own) if own and self.belongs(item.record, own) else None
        if item.state == "kept":
            if found is not None:
                item.counts, item.passes = True, list(found.passed)
                item.value = [item.low + x * (item.high - item.low) for x in found.attained]
                item.never_loses = True
            return
        if item.state in ("not_applicable", "exempt"):
            return
        if found is not None and found.outcome == "not_open":
            item.state, item.points, item.divergent = "not_open", None, False
            item.counts, item.value = True, [item.low, item.low]
            item.passes = [False, False]
            return
        used = [
            code for code in self.competencies[item.record.competency].methods if self.is_used(code)
        ]
        absent = own in self.absent_at if own else bool(used) and set(used) <= self.absent_at
        if absent:
            item.state, item.points, item.divergent = "absent", None, False
            item.counts, item.value = True, [item.low, item.low]
            item.passes = [False, False]
            item.sure = self.rules.absence is AbsenceRule.FAILED
            return
        if found is not None and found.opened[WORST] != found.opened[BEST] and item.counts:
            item.passes = [found.opened[x] and item.acquired(x) for x in READINGS]
            item.value = [item.value[x] if found.opened[x] else item.low for x in READINGS]
            item.sure = False

    # Competencies.

    def competency(self, record: Competency) -> dict[str, Any]:
        """Outcome, score, what each reading gives."""
        items = [x for x in self.criteria.values() if x.record.competency == record.code]
        found: dict[str, Any] = {"record": record, "items": items, "score": None, "scored": True}
        if record.proof is Proof.EVIDENCE and record.code not in self.kept_competencies:
            word = self.shown(record)
            return {**found, "outcome": word, "scored": False, "acquired": [word == "acquired"] * 2}
        if items and all(item.state == "not_applicable" for item in items):
            return {**found, "outcome": "not_applicable"}
        if record.code in self.kept_competencies:
            score = self.kept_competencies[record.code]
            found |= {"outcome": "acquired", "acquired": [True, True], "score": score}
            return {**found, "scored": score is not None, "attained": [score, score]}
        left = [item for item in items if item.counts]
        attained, acquired = [], []
        for reading in READINGS:
            if not left:
                attained.append(Fraction(reading))
                acquired.append(reading == BEST)
                continue
            attained.append(weighted([(x.record.weight, x.share(reading)) for x in left]))
            acquired.append(self.reaches(record, left, reading, attained[reading]))
        waits = any(
            self.assessments[own].waits
            for item in items
            if item.state not in ("not_applicable", "kept", "exempt")
            and (own := self.assessment_of(item.record)) in self.assessments
        )
        if waits or any(item.state == "missing" for item in items):
            outcome = "incomplete"
        elif acquired[WORST] != acquired[BEST]:
            outcome = "to_deliberate"
        else:
            outcome = "acquired" if acquired[WORST] else "not_acquired"
        known = left and all(item.known() for item in left) and outcome != "incomplete"
        return {
            **found,
            "outcome": outcome,
            "acquired": acquired,
            "attained": attained,
            "score": attained[WORST] if known else None,
        }

    def reaches(
        self, record: Competency, left: list[PlainCriterion], reading: int, score: Fraction
    ) -> bool:
        """« Acquise si », the competency's own or that of all."""
        if any(item.record.mandatory and not item.acquired(reading) for item in left):
            return False
        rule = record.rule or self.rules.competency_rule
        goal = self.rules.competency_threshold if record.threshold is None else record.threshold
        acquired = [item for item in left if item.acquired(reading)]
        if rule is CompetencyRule.ALL:
            return len(acquired) == len(left)
        if rule is CompetencyRule.COUNT:
            return len(acquired) >= min(goal, Fraction(len(left)))
        if reading == BEST:
            goal -= self.rules.deliberation_zone
        if rule is CompetencyRule.MEAN:
            return score >= goal
        total = sum(item.record.weight for item in left)
        return Fraction(sum(item.record.weight for item in acquired)) / total >= goal

    def shown(self, record: Competency) -> str:
        """Return what the candidate showed for it, on the session's day."""
        rows = [
            item
            for item in self.session.evidence
            if (item.candidate, item.competency) == (self.person.id, record.code)
        ]
        valid = [item.acceptance for item in rows if self.still_valid(item.valid_until)]
        if Acceptance.YES in valid:
            return "acquired"
        return "incomplete" if Acceptance.PENDING in valid or not rows else "not_acquired"

    # Blocs.

    def block(self, record: Block) -> dict[str, Any]:
        """Outcome, score and competencies."""
        if record.code in self.person.held:
            return {"outcome": "already_held", "score": None, "competencies": []}
        if not self.presents(record.code):
            return {"outcome": "not_presented", "score": None, "competencies": []}
        every = [
            self.competency(item)
            for item in self.known.competencies
            if self.block_of(item) == record.code
        ]
        told = [item for item in every if item["outcome"] != "not_applicable"]
        items = [item for one in every for item in one["items"]]
        own = [
            found
            for code, found in self.assessments.items()
            if any(self.belongs(item.record, code) for item in items)
        ]
        rule = record.rule or self.rules.block_rule
        names = rule in (
            BlockRule.EVERY_ASSESSMENT,
            BlockRule.ASSESSMENT_MEAN,
            BlockRule.COMPETENCIES_AND_ASSESSMENTS,
        )
        incomplete = (
            not told
            or any(item["outcome"] == "incomplete" for item in told)
            or (names and any(item.outcome == "incomplete" for item in own))
        )
        if incomplete:
            return {"outcome": "incomplete", "score": None, "competencies": every}
        again = self.rules.absence is AbsenceRule.TO_SIT_AGAIN and (
            any(item.outcome == "absent" for item in own)
            or any(item.state == "absent" for item in items)
        )
        validated = [
            not again and self.validates(record, rule, told, own, reading) for reading in READINGS
        ]
        if validated[WORST] != validated[BEST]:
            outcome = "to_deliberate"
        else:
            outcome = "validated" if validated[WORST] else "not_validated"
        scores = [(item["record"].weight, item["score"]) for item in told if item["scored"]]
        if rule is BlockRule.ASSESSMENT_MEAN and own:
            scores = [(item.record.weight, item.score) for item in own]
        known = scores and all(score is not None for _, score in scores)
        return {
            "outcome": outcome,
            "score": weighted(scores) if known else None,
            "competencies": every,
            "scored": bool(scores),
        }

    def validates(  # noqa: C901, PLR0911 - the order of the text
        self,
        record: Block,
        rule: BlockRule,
        told: list[dict[str, Any]],
        own: list[PlainAssessment],
        reading: int,
    ) -> bool:
        """« Validé si », the bloc's own or that of all, after what always loses it."""
        rules = self.rules
        for one in told:
            if one["record"].mandatory and not one["acquired"][reading]:
                return False
            for item in one["items"]:
                asked = item.record.eliminatory and item.counts and not item.never_loses
                if asked and item.value[reading] <= item.lost_at:
                    return False
        goal = rules.block_threshold if record.threshold is None else record.threshold
        if reading == BEST:
            goal -= rules.deliberation_zone
        everything = all(one["acquired"][reading] for one in told)
        if rule is BlockRule.ALL:
            return everything
        if rule is BlockRule.PERCENTAGE:
            gained = [(one["record"].weight, Fraction(one["acquired"][reading])) for one in told]
            return weighted(gained) >= goal
        if rule is BlockRule.MEAN:
            scored = [one for one in told if one["scored"]]
            if not scored:
                return everything
            mean = weighted([(one["record"].weight, one["attained"][reading]) for one in scored])
            lowest = min(one["attained"][reading] for one in scored)
            return mean >= goal and lowest >= rules.competency_floor
        passed = all(item.passed[reading] for item in own)
        if rule is BlockRule.COMPETENCIES_AND_ASSESSMENTS:
            return everything and passed
        if not own:
            return everything
        if rule is BlockRule.EVERY_ASSESSMENT:
            return passed
        mean = weighted([(item.record.weight, item.attained[reading]) for item in own])
        floors = [
            item.attained[reading]
            >= (rules.assessment_floor if item.record.floor is None else item.record.floor)
            for item in own
        ]
        return mean >= goal and all(floors)

    # The certification.

    def decide(self) -> dict[str, Any]:
        """Everything that is said of the candidate."""
        blocks: dict[str, Any] = {item.code: self.block(item) for item in self.known.blocks}
        words: dict[str, str] = {code: found["outcome"] for code, found in blocks.items()}
        mean = self.general_mean(blocks)
        outcome = self.outcome(words, blocks, mean)
        mention = None
        if outcome == "awarded" and mean is not None:
            reached = [item for item in self.known.mentions if item.threshold <= mean]
            if reached:
                mention = max(reached, key=lambda item: item.threshold).label
        names = (
            BlockRule.EVERY_ASSESSMENT,
            BlockRule.ASSESSMENT_MEAN,
            BlockRule.COMPETENCIES_AND_ASSESSMENTS,
        )
        held = {self.assessment_of(item) for item in self.known.criteria}
        used = any((item.rule or self.rules.block_rule) in names for item in self.known.blocks) or (
            any(item.condition for item in self.known.methods if item.code in held)
        )
        return {
            "outcome": outcome,
            "mean": mean,
            "mention": mention,
            "blocks": blocks,
            "assessments": {
                code: (found.outcome, found.score) for code, found in self.assessments.items()
            }
            if used and self.present
            else {},
        }

    def general_mean(self, blocks: Mapping[str, Any]) -> Fraction | None:
        """Over the blocs presented that have a score by nature."""
        scores = []
        for item in self.known.blocks:
            found = blocks[item.code]
            if found["outcome"] in ("already_held", "not_presented"):
                continue
            if found["outcome"] != "incomplete" and not found["scored"]:
                continue
            if found["outcome"] == "incomplete" and not self.could_score(found):
                continue
            scores.append((item.weight, found["score"]))
        known = scores and all(score is not None for _, score in scores)
        return weighted(scores) if known else None

    @staticmethod
    def could_score(found: Mapping[str, Any]) -> bool:
        """Return whether a bloc that is incomplete would have a score."""
        return any(
            item["outcome"] != "not_applicable" and item["scored"] for item in found["competencies"]
        )

    def outcome(  # noqa: PLR0911 - the order of the text
        self, words: Mapping[str, str], blocks: Mapping[str, Any], mean: Fraction | None
    ) -> str:
        """The certification's."""
        if not self.present:
            return "absent"
        if "incomplete" in words.values():
            return "incomplete"
        if "to_deliberate" in words.values():
            return "to_deliberate"
        has = {code for code, word in words.items() if word in ("validated", "already_held")}
        optional: dict[str, str | None] = {
            x.code: x.group for x in self.known.blocks if x.status is BlockStatus.OPTION
        }
        enough = all(code in has for code in words if code not in optional) and all(
            sum(optional[code] == group.name for code in has if code in optional) >= group.required
            for group in self.known.option_groups
        )
        if not enough:
            return "partial" if has else "not_awarded"
        asked = self.rules.general_mean
        averaged = [
            found
            for found in blocks.values()
            if found["outcome"] not in ("already_held", "not_presented") and found["scored"]
        ]
        if asked is None or not averaged:
            return "awarded"
        if mean is None:
            return "to_deliberate"
        return "awarded" if mean >= asked else "partial"


def weighted(parts: Any) -> Fraction:
    """Σ weight·value / Σ weight."""
    total = Fraction(sum(weight * value for weight, value in parts))
    return total / Fraction(sum(weight for weight, _ in parts))


def merged(  # noqa: PLR0911 - a line for each value of the rule
    rule: Merge, tie: TieBreak, votes: list[Any], acquired: Fraction
) -> Fraction | None:
    """One number of several, None where the jury decides."""
    points: list[Fraction] = [value for _, value in votes]
    mean = weighted([(juror.weight, value) for juror, value in votes])
    if rule is Merge.MEAN:
        return mean
    if rule is Merge.MEDIAN:
        return Fraction(median(points))
    if rule is Merge.MINIMUM:
        return min(points)
    if rule is Merge.MAXIMUM:
        return max(points)
    if rule is Merge.UNANIMITY:
        return mean if len({value >= acquired for value in points}) == 1 else None
    weights: dict[Fraction, Fraction] = {
        x: sum(juror.weight for juror, value in votes if value == x) for x in points
    }
    first = [value for value, weight in weights.items() if weight == max(weights.values())]
    if len(first) == 1:
        return first[0]
    if tie is TieBreak.LOWER:
        return min(first)
    if tie is TieBreak.HIGHER:
        return max(first)
    if tie is TieBreak.PRESIDENT:
        for juror, value in votes:
            if juror.role is JurorRole.PRESIDENT and value in first:
                return Fraction(value)
    return None


def read_plainly(known: Referential, session: Session, marks: Any) -> dict[str, dict[str, Any]]:
    """Everything decided on each candidate, by number."""
    return {
        person.id: PlainCandidate(known, session, person, marks).decide()
        for person in session.candidates
    }
