"""Random référentiels, sessions and marks, small and full of corners, for property tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sheetgen.model import (
    NOT_OBSERVED,
    Assignment,
    BlockRule,
    CompetencyRule,
    Level,
    Mark,
    Merge,
    Rules,
    Scale,
    ScaleKind,
    Status,
    TieBreak,
    Unobserved,
)
from sheetgen.rules import mark_in_common

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from sheetgen.model import (
        Candidate,
        CandidateId,
        Competency,
        Criterion,
        CriterionCode,
        JurorCode,
        Referential,
        Session,
    )

MarksByPair = Mapping["tuple[CandidateId, JurorCode]", Mapping["CriterionCode", Mark]]

WEIGHTS = [Fraction(text) for text in ("1", "1", "2", "3", "0.5", "1.5", "0.1")]
SHARES = [Fraction(text) for text in ("0", "1/4", "1/3", "1/2", "0.665", "0.7", "0.75", "1")]
ZONES = [Fraction(text) for text in ("0", "0", "0.05", "0.1", "0.335")]
COMPETENCY_RULES = [rule for rule in BlockRule if not rule.names_assessments]
"""The bloc rules over competencies alone."""
LABELS = ("Acquis", "<5", "*", "Non acquis ?", "=1+1")
"""Labels that some spreadsheet functions would take for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole case: the marks of the grids that came back, by candidate and juror."""

    referential: Referential
    session: Session
    marks: MarksByPair


def in_common(scenario: Scenario) -> Scenario:
    """Return the scenario where those who mark the same do it together, as the first of them."""
    session = mark_in_common(scenario.referential, scenario.session)
    marks: dict[tuple[CandidateId, JurorCode], Mapping[CriterionCode, Mark]] = {}
    for item in session.assignments:
        people = session.juror[item.juror].people
        given = scenario.marks.get((item.candidate, people[0].code))
        if given is not None:
            marks[item.candidate, item.juror] = {
                code: replace(mark, juror=item.juror) for code, mark in given.items()
            }
    return replace(scenario, session=session, marks=marks)


def scales() -> SearchStrategy[Scale]:
    """Levels, or notes."""
    return st.one_of(level_scales(), note_scales())


@st.composite
def level_scales(draw: DrawFn) -> Scale:
    """Two to five levels, the points decimal and perhaps negative."""
    tenths = draw(st.lists(st.integers(-10, 40), min_size=2, max_size=5, unique=True))
    ranked = sorted(tenths, reverse=True)
    acquired = draw(st.integers(1, len(ranked) - 1))
    return builders.level_scale(
        Level(label=label, points=Fraction(value, 10), acquired=place < acquired)
        for place, (label, value) in enumerate(zip(LABELS, ranked, strict=False))
    )


@st.composite
def note_scales(draw: DrawFn) -> Scale:
    """Notes by halves or by tenths, from 0 or from 1."""
    minimum = draw(st.sampled_from([0, 1]))
    maximum = minimum + draw(st.sampled_from([3, 5, 20]))
    step = Fraction(draw(st.sampled_from(["1/2", "1/10", "1"])))
    acquired_from = minimum + step * draw(st.integers(1, int((maximum - minimum) / step)))
    return builders.note_scale(
        minimum=minimum, maximum=maximum, step=step, acquired_from=acquired_from
    )


@st.composite
def rules(draw: DrawFn, scale: Scale) -> Rules:
    """Any values, the thresholds among those that are often hit exactly."""
    competency_rule = draw(st.sampled_from(CompetencyRule))
    span = scale.maximum - scale.minimum
    return Rules(
        merge=draw(st.sampled_from(Merge)),
        tie_break=draw(st.sampled_from(TieBreak)),
        divergence=draw(st.sampled_from([None, span, span / 2])),
        competency_rule=competency_rule,
        competency_threshold=(
            Fraction(draw(st.integers(1, 4)))
            if competency_rule is CompetencyRule.COUNT
            else draw(st.sampled_from(SHARES))
        ),
        block_rule=draw(st.sampled_from(COMPETENCY_RULES)),
        block_threshold=draw(st.sampled_from(SHARES)),
        competency_floor=draw(st.sampled_from(SHARES[:4])),
        general_mean=draw(st.sampled_from([None, *SHARES])),
        eliminatory_points=scale.minimum + span * draw(st.sampled_from(SHARES[:3])),
        deliberation_zone=draw(st.sampled_from(ZONES)),
        unobserved=draw(st.sampled_from(Unobserved)),
    )


@st.composite
def referentials(draw: DrawFn) -> Referential:
    """One to three blocs of one to three competencies of one to three criteria."""
    scale = draw(scales())
    competencies: list[Competency] = []
    criteria: list[Criterion] = []
    for bloc in range(1, draw(st.integers(1, 3)) + 1):
        for number in range(1, draw(st.integers(1, 3)) + 1):
            code = f"C{bloc}.{number}"
            competencies.append(
                builders.competency(code, weight=draw(weights()), mandatory=draw(rarely()))
            )
            criteria += [
                builders.criterion(
                    f"{code}.{place}",
                    weight=draw(weights()),
                    mandatory=draw(rarely()),
                    eliminatory=draw(rarely()),
                )
                for place in range(1, draw(st.integers(1, 3)) + 1)
            ]
    return builders.referential(
        criteria, competencies=competencies, rules=draw(rules(scale)), scale=scale
    )


def weights() -> SearchStrategy[Fraction]:
    """Whole and decimal ones."""
    return st.sampled_from(WEIGHTS)


def rarely() -> SearchStrategy[bool]:
    """True one time in five."""
    return st.integers(0, 4).map(lambda value: value == 4)


@st.composite
def sessions(draw: DrawFn, known: Referential) -> Session:
    """One or two candidates and one to four jurors, assigned to all or to some blocs."""
    jurors = [
        builders.juror(f"J{place}", weight=draw(weights()), president=place == 1)
        for place in range(1, draw(st.integers(1, 4)) + 1)
    ]
    numbers = [str(place) for place in range(1, draw(st.integers(1, 2)) + 1)]
    candidates = [draw(candidates_of(known, number)) for number in numbers]
    assignments = []
    for person in candidates:
        for juror in jurors:
            blocks = [code for code in person.presented if not draw(rarely())]
            if blocks:
                assignments.append((person.id, juror.code, blocks))
    exemptions = [
        builders.exemption(item.code, candidate=number)
        for number in numbers
        for item in known.criteria
        if draw(rarely())
    ]
    return builders.session(
        known,
        candidates=candidates,
        jurors=jurors,
        assignments=assignments,
        accommodations=exemptions,
    )


@st.composite
def candidates_of(draw: DrawFn, known: Referential, number: str) -> Candidate:
    """A candidate who came or not, with blocs held, presented, and neither."""
    held = [block.code for block in known.blocks if draw(rarely())]
    status = Status.ABSENT if draw(st.integers(0, 9)) == 9 else Status.PRESENT
    presented = [
        block.code
        for block in known.blocks
        if status is Status.PRESENT and block.code not in held and not draw(rarely())
    ]
    return builders.candidate(number, presented=presented, held=held, status=status)


@st.composite
def marks_of(draw: DrawFn, known: Referential, session: Session) -> MarksByPair:
    """The marks of every grid; in some cases all there, in others some blank or not returned."""
    complete = draw(st.booleans())
    given = {}
    for assignment in session.assignments:
        if not complete and draw(st.integers(0, 9)) == 9:
            continue
        given[assignment.candidate, assignment.juror] = {
            item.code: mark
            for item in criteria_marked(known, assignment)
            if (mark := draw(marks(known, assignment.juror, item, blanks=not complete)))
        }
    return given


def criteria_marked(known: Referential, assignment: Assignment) -> list[Criterion]:
    """The criteria of the grid of an assignment."""
    return [item for block in assignment.blocks for item in known.criteria_of_block[block]]


@st.composite
def marks(
    draw: DrawFn, known: Referential, juror: JurorCode, item: Criterion, *, blanks: bool
) -> Mark | None:
    """A mark, one time in eight not observed; None for a blank."""
    chance = draw(st.integers(0, 15))
    if chance == 0 and blanks:
        return None
    if chance >= 14:
        return Mark(juror=juror, criterion=item.code, value=NOT_OBSERVED, points=None)
    points = draw(st.sampled_from(all_points(known.scale_of[item.code])))
    return builders.mark(known, juror, item.code, points)


def all_points(scale: Scale) -> Sequence[Fraction]:
    """Every number of points that a mark can be worth, lowest first."""
    if scale.kind is ScaleKind.LEVELS or scale.step is None:
        return [level.points for level in reversed(scale.levels)]
    count = int((scale.maximum - scale.minimum) / scale.step)
    return [scale.minimum + place * scale.step for place in range(count + 1)]


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """A whole case."""
    known = draw(referentials())
    session = draw(sessions(known))
    return Scenario(referential=known, session=session, marks=draw(marks_of(known, session)))


def sample_scenarios(count: int, cases: SearchStrategy[Scenario] | None = None) -> list[Scenario]:
    """So many cases, always the same: for programs too slow to be started for each.

    Plain ones unless told otherwise.
    """
    found: list[Scenario] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios() if cases is None else cases)
    def collect(scenario: Scenario) -> None:
        found.append(scenario)

    collect()
    return found
