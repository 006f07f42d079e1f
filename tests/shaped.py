"""Random référentiels of any shape, and sessions on them, for property tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import strategies
from hypothesis import strategies as st
from strategies import SHARES, Scenario, rarely, weights

from sheetgen.model import (
    NOT_OBSERVED,
    Absence,
    AbsenceRule,
    Acceptance,
    AccessRoute,
    AssessmentMethod,
    BlockRule,
    BlockStatus,
    Competency,
    CompetencyRule,
    Criterion,
    Evidence,
    KeptResult,
    Level,
    Mark,
    Mention,
    MethodCode,
    OptionGroup,
    Proof,
    Referential,
    ScaleKind,
    Session,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn
    from strategies import MarksByPair

    from sheetgen.model import Assignment, BlockCode

ROUTES = (AccessRoute.INITIAL, AccessRoute.APPRENTICESHIP, AccessRoute.EXPERIENCE)
METHODS = tuple(MethodCode(f"E{place}") for place in range(1, 5))
STAGE = replace(
    builders.level_scale(
        Level(label=f"Stage {points}", points=Fraction(points), acquired=points > 1)
        for points in range(1, 5)
    ),
    name="Stage",
)
NOTES = builders.note_scale(minimum=2, maximum=12, step="1/2", acquired_from=8)


def sometimes() -> st.SearchStrategy[bool]:
    """True one time in three."""
    return st.integers(0, 2).map(lambda value: value == 2)


@st.composite
def methods(draw: DrawFn) -> tuple[AssessmentMethod, ...]:
    """Four modalités; a condition names earlier ones, so that none goes round."""
    found: list[AssessmentMethod] = []
    for place, code in enumerate(METHODS):
        before = METHODS[:place]
        found.append(
            AssessmentMethod(
                code=code,
                kind="Oral",
                description="Devant le jury",
                weight=draw(weights()),
                threshold=draw(st.sampled_from([None, *SHARES])),
                floor=draw(st.sampled_from([None, None, *SHARES[:4]])),
                condition=tuple(item for item in before if draw(sometimes())),
                routes=(draw(st.sampled_from(ROUTES)),) if draw(rarely()) else (),
            )
        )
    return tuple(found)


@st.composite
def competencies(draw: DrawFn, plain: Competency) -> Competency:
    """The competency with modalités among the four, and rules of its own or evidence."""
    count = 1 if draw(sometimes()) else 2
    chosen = draw(st.lists(st.sampled_from(METHODS), min_size=count, max_size=count, unique=True))
    rule = draw(st.sampled_from([None, None, *CompetencyRule]))
    threshold = None
    if rule is CompetencyRule.COUNT:
        threshold = Fraction(draw(st.integers(1, 3)))
    elif rule is not None:
        threshold = draw(st.sampled_from(SHARES))
    return replace(
        plain,
        methods=tuple(code for code in METHODS if code in chosen),
        proof=Proof.EVIDENCE if draw(rarely()) else Proof.ASSESSMENT,
        rule=rule,
        threshold=threshold,
    )


@st.composite
def criteria(draw: DrawFn, plain: Criterion, owner: Competency) -> Criterion:
    """The criterion in one of its competency's épreuves or in none, on a scale of its own."""
    form = draw(st.sampled_from(["", "", "Stage", "note", "barème"]))
    return replace(
        plain,
        method=draw(st.sampled_from([None, *owner.methods])),
        scale=form if form in ("Stage", "note") else None,
        out_of=Fraction(draw(st.sampled_from([4, 8, 10]))) if form == "barème" else None,
    )


@st.composite
def referentials(draw: DrawFn) -> Referential:
    """A référentiel in which anything added may be there, alone or with others."""
    plain = draw(strategies.referentials())
    owners = {item.code: draw(competencies(item)) for item in plain.competencies}
    marked = [
        draw(criteria(item, owners[item.competency]))
        for item in plain.criteria
        if owners[item.competency].proof is Proof.ASSESSMENT
    ]
    groups = ["Langue", "Mobilité"]
    blocks = tuple(
        replace(
            block,
            status=BlockStatus.OPTION if draw(sometimes()) else BlockStatus.MANDATORY,
            group=draw(st.sampled_from([None, *groups])),
            weight=draw(weights()),
            rule=draw(st.sampled_from([None, *BlockRule])),
            threshold=draw(st.sampled_from([None, *SHARES])),
        )
        for block in plain.blocks
    )
    marks = draw(st.lists(st.sampled_from(SHARES), max_size=3, unique=True))
    return replace(
        plain,
        blocks=blocks,
        methods=draw(methods()),
        competencies=tuple(owners.values()),
        criteria=tuple(marked),
        scales=(STAGE,),
        note_bounds=NOTES if plain.scale.kind is ScaleKind.LEVELS else None,
        option_groups=tuple(
            OptionGroup(name=group, required=draw(st.integers(1, 2)))
            for group in groups
            if draw(sometimes())
        ),
        mentions=tuple(Mention(label=f"De {share}", threshold=share) for share in marks),
        rules=replace(
            plain.rules,
            block_rule=draw(st.sampled_from(BlockRule)),
            assessment_threshold=draw(st.sampled_from(SHARES)),
            assessment_floor=draw(st.sampled_from(SHARES[:4])),
            absence=draw(st.sampled_from(AbsenceRule)),
        ),
    )


@st.composite
def sessions(draw: DrawFn, known: Referential) -> Session:
    """A session with ways, absences, evidence, results kept and modalités assigned."""
    plain = draw(strategies.sessions(known))
    numbers = [item.id for item in plain.candidates]
    days = [None, dt.date(2026, 6, 14), dt.date(2026, 6, 15), dt.date(2027, 1, 1)]
    kept = [
        *(
            KeptResult(
                candidate=number,
                method=method.code,
                score=draw(st.sampled_from(SHARES)),
                valid_until=draw(st.sampled_from(days)),
                renounced=draw(st.integers(0, 3)) == 3,
            )
            for number in numbers
            for method in known.methods
            if draw(st.integers(0, 19)) == 19
        ),
        *(
            KeptResult(
                candidate=number,
                competency=competency.code,
                score=draw(st.sampled_from([None, *SHARES])),
                valid_until=draw(st.sampled_from(days)),
                renounced=draw(st.integers(0, 3)) == 3,
            )
            for number in numbers
            for competency in known.competencies
            if draw(st.integers(0, 19)) == 19
        ),
    ]
    return replace(
        plain,
        candidates=tuple(
            replace(item, access_route=str(draw(st.sampled_from(ROUTES)).value))
            for item in plain.candidates
        ),
        assignments=tuple(
            replace(item, methods=draw(restrictions(item))) for item in plain.assignments
        ),
        absences=tuple(
            Absence(candidate=number, method=method.code)
            for number in numbers
            for method in known.methods
            if draw(rarely())
        ),
        evidence=tuple(
            Evidence(
                candidate=number,
                competency=item.code,
                acceptance=draw(st.sampled_from(Acceptance)),
                valid_until=draw(st.sampled_from(days)),
            )
            for number in numbers
            for item in known.competencies
            if item.by_evidence
            for _ in range(draw(st.integers(0, 2)))
        ),
        kept_results=tuple(kept),
    )


@st.composite
def restrictions(
    draw: DrawFn, assignment: Assignment
) -> tuple[tuple[BlockCode, tuple[MethodCode, ...]], ...]:
    """Some of a juror's blocs, each with the modalités that they mark there."""
    found = []
    for block in assignment.blocks:
        if draw(rarely()):
            chosen = draw(st.lists(st.sampled_from(METHODS), min_size=1, max_size=3, unique=True))
            found.append((block, tuple(code for code in METHODS if code in chosen)))
    return tuple(found)


@st.composite
def marks_of(draw: DrawFn, known: Referential, session: Session) -> MarksByPair:
    """A mark on every criterion of every bloc assigned, at times blank or not observed."""
    complete = draw(st.integers(0, 3)) > 0
    given = {}
    for assignment in session.assignments:
        if not complete and draw(rarely()):
            continue
        found = {}
        for item in strategies.criteria_marked(known, assignment):
            chance = draw(st.integers(0, 19))
            if chance == 0 and not complete:
                continue
            scale = known.scale_of[item.code]
            points = draw(st.sampled_from(strategies.all_points(scale)))
            value: str | Fraction = points
            for level in scale.levels:
                if level.points == points:
                    value = level.label
            unseen = chance == 19
            found[item.code] = Mark(
                juror=assignment.juror,
                criterion=item.code,
                value=NOT_OBSERVED if unseen else value,
                points=None if unseen else points,
            )
        given[assignment.candidate, assignment.juror] = found
    return given


@st.composite
def scenarios(draw: DrawFn) -> Scenario:
    """A whole case of any shape."""
    known = draw(referentials())
    session = draw(sessions(known))
    return Scenario(referential=known, session=session, marks=draw(marks_of(known, session)))
