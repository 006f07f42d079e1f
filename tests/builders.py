"""Small référentiels, sessions and marks for tests, each written in one or two lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sheetgen.model import (
    NOT_OBSERVED,
    Accommodation,
    AccommodationKind,
    Activity,
    ActivityCode,
    AssessmentMethod,
    Assignment,
    Block,
    BlockCode,
    BlockDecision,
    Candidate,
    CandidateDecision,
    CandidateId,
    Certification,
    CertificationOutcome,
    Competency,
    CompetencyCode,
    Criterion,
    CriterionCode,
    Juror,
    JurorCode,
    JurorRole,
    JuryDecision,
    Level,
    Mark,
    MethodCode,
    Referential,
    Return,
    Route,
    Rules,
    Scale,
    ScaleKind,
    Session,
    SessionDecisions,
    Status,
)
from sheetgen.rules import CandidateScope, judge_grid

Number = Fraction | int | str

LEVELS = (
    Level(label="Acquis", points=Fraction(2), acquired=True),
    Level(label="Partiellement acquis", points=Fraction(1), acquired=False),
    Level(label="Non acquis", points=Fraction(0), acquired=False),
)
"""The shipped scale."""


def level_scale(levels: Iterable[Level] = LEVELS) -> Scale:
    """A scale of these levels, whatever their order."""
    ranked = tuple(sorted(levels, key=lambda level: -level.points))
    return Scale(
        kind=ScaleKind.LEVELS,
        levels=ranked,
        minimum=ranked[-1].points,
        maximum=ranked[0].points,
        acquired_from=min(level.points for level in ranked if level.acquired),
    )


def lettered_scale(shortcuts: str = "APX", unobserved: str | None = "O") -> Scale:
    """The usual scale, each level with its shortcut."""
    levels = [
        replace(level, shortcut=typed) for level, typed in zip(LEVELS, shortcuts, strict=True)
    ]
    return replace(level_scale(levels), unobserved=unobserved)


def note_scale(
    *, minimum: Number = 0, maximum: Number = 20, step: Number = "1/2", acquired_from: Number = 10
) -> Scale:
    """A scale of notes, by default from 0 to 20 by halves and acquired from 10."""
    return Scale(
        kind=ScaleKind.NOTE,
        minimum=Fraction(minimum),
        maximum=Fraction(maximum),
        step=Fraction(step),
        acquired_from=Fraction(acquired_from),
    )


def criterion(
    code: str, *, weight: Number = 1, mandatory: bool = False, eliminatory: bool = False
) -> Criterion:
    """A criterion; C1.2.3 belongs to C1.2."""
    return Criterion(
        code=CriterionCode(code),
        competency=CompetencyCode(code.rpartition(".")[0]),
        title=f"Critère {code}",
        weight=Fraction(weight),
        mandatory=mandatory,
        eliminatory=eliminatory,
    )


def competency(code: str, *, weight: Number = 1, mandatory: bool = False) -> Competency:
    """A competency; C1.2 belongs to activity A1.1, assessed by M1.2."""
    return Competency(
        code=CompetencyCode(code),
        activity=ActivityCode(f"A{_bloc_number(code)}.1"),
        title=f"Compétence {code}",
        methods=(MethodCode(f"M{code[1:]}"),),
        weight=Fraction(weight),
        mandatory=mandatory,
    )


def referential(
    criteria: Mapping[str, int] | Iterable[Criterion] = (),
    *,
    competencies: Iterable[Competency] = (),
    rules: Rules | None = None,
    scale: Scale | None = None,
) -> Referential:
    """A référentiel with these criteria; what they need above them is made.

    Args:
        criteria: plain ones, as the number of them in each competency (`{"C1.1": 3}`), or records.
        competencies: those that are not plain; the others follow from the criteria.
        rules: those of the model's defaults unless given.
        scale: the shipped one unless given.
    """
    if isinstance(criteria, Mapping):
        items = tuple(
            criterion(f"{code}.{number}")
            for code, count in criteria.items()
            for number in range(1, count + 1)
        )
    else:
        items = tuple(criteria)
    given = {item.code: item for item in competencies}
    codes = list(dict.fromkeys(item.competency for item in items))
    found = tuple(given.get(code, competency(code)) for code in codes)
    numbers = list(dict.fromkeys(_bloc_number(item.code) for item in found))
    return Referential(
        certification=Certification(title="Certification d’essai", level="6"),
        blocks=tuple(
            Block(code=BlockCode(f"BC0{number}"), activity=f"A{number}", title=f"Bloc {number}")
            for number in numbers
        ),
        activities=tuple(
            Activity(
                code=ActivityCode(f"A{number}.1"),
                block=BlockCode(f"BC0{number}"),
                title=f"Activité {number}.1",
            )
            for number in numbers
        ),
        methods=tuple(
            AssessmentMethod(
                code=method,
                kind="Mise en situation",
                description=f"Modalité de {item.code}",
                block_variant=f"Modalité de {item.code}, pour le bloc seul",
            )
            for item in found
            for method in item.methods
        ),
        competencies=found,
        criteria=items,
        scale=scale or level_scale(),
        rules=rules or Rules(),
    )


def _bloc_number(code: str) -> str:
    return code[1:].partition(".")[0]


def juror(code: str, *, weight: Number = 1, president: bool = False) -> Juror:
    """A juror, external."""
    return Juror(
        code=JurorCode(code),
        last_name=f"Nom {code}",
        first_name=f"Prénom {code}",
        external=True,
        role=JurorRole.PRESIDENT if president else JurorRole.MEMBER,
        weight=Fraction(weight),
    )


JURORS = (juror("J1", president=True), juror("J2"))


def candidate(
    number: str = "1",
    *,
    presented: Iterable[str] = (),
    held: Iterable[str] = (),
    status: Status = Status.PRESENT,
    route: Route = Route.FULL,
) -> Candidate:
    """A candidate who presents the blocs named, none for one who did not come."""
    return Candidate(
        id=CandidateId(number),
        last_name=f"Nom {number}",
        first_name=f"Prénom {number}",
        route=route,
        presented=tuple(map(BlockCode, presented)),
        held=tuple(map(BlockCode, held)),
        status=status,
    )


def exemption(code: str, *, candidate: str = "1") -> Accommodation:
    """A criterion exempted with effect."""
    return Accommodation(
        candidate=CandidateId(candidate),
        kind=AccommodationKind.EXEMPTION,
        criterion=CriterionCode(code),
        opinion_date=date(2026, 5, 4),
        capacity_preserved=True,
        not_applicable_in_practice=True,
        decision=JuryDecision.GRANTED,
    )


def session(
    known: Referential,
    *,
    candidates: Iterable[Candidate] = (),
    jurors: Iterable[Juror] = JURORS,
    assignments: Iterable[tuple[str, str, Iterable[str]]] | None = None,
    accommodations: Iterable[Accommodation] = (),
) -> Session:
    """A session on this référentiel.

    Args:
        known: the référentiel.
        candidates: by default one, « 1 », who presents every bloc.
        jurors: by default J1, who presides, and J2.
        assignments: candidate, juror and blocs; by default every juror marks all that every
            candidate presents.
        accommodations: none by default.
    """
    people = tuple(candidates) or (candidate(presented=[b.code for b in known.blocks]),)
    jury = tuple(jurors)
    if assignments is None:
        assignments = [(c.id, j.code, c.presented) for c in people for j in jury if c.presented]
    return Session(
        code="S1",
        title="Session d’essai",
        date=date(2026, 6, 15),
        candidates=people,
        jurors=jury,
        assignments=tuple(
            Assignment(
                candidate=CandidateId(person),
                juror=JurorCode(code),
                blocks=tuple(map(BlockCode, blocks)),
            )
            for person, code, blocks in assignments
        ),
        accommodations=tuple(accommodations),
    )


def mark(known: Referential, juror_code: str, code: str, points: str | Fraction) -> Mark:
    """A mark worth these points; « - » is not observed."""
    if points == "-":
        value: str | Fraction = NOT_OBSERVED
        worth = None
    else:
        worth = Fraction(points)
        scale = known.scale_of[CriterionCode(code)]
        labels = {level.points: level.label for level in scale.levels}
        value = labels[worth] if scale.kind is ScaleKind.LEVELS else worth
    return Mark(
        juror=JurorCode(juror_code), criterion=CriterionCode(code), value=value, points=worth
    )


def marks(
    known: Referential, **points_by_juror: str
) -> Mapping[JurorCode, Mapping[CriterionCode, Mark]]:
    """Each juror's marks as points in the criteria's order, as in `J1="2 0 - ."`.

    « - » is not observed, « . » is missing; so is whatever a short row leaves out.
    """
    return {
        JurorCode(code): {
            item.code: mark(known, code, item.code, points)
            for item, points in zip(known.criteria, row.split(), strict=False)
            if points != "."
        }
        for code, row in points_by_juror.items()
    }


def own_marks(known: Referential, points: str) -> Mapping[CriterionCode, Mark]:
    """The marks of one juror, written as for `marks`."""
    return marks(known, J1=points)[JurorCode("J1")]


def decide_grid(
    known: Referential,
    exemptions: Collection[CriterionCode],
    blocks: Iterable[BlockCode],
    own: Mapping[CriterionCode, Mark],
) -> tuple[BlockDecision, ...]:
    """The blocs of one juror's grid, by their own marks alone."""
    codes = tuple(blocks)
    scope = CandidateScope(referential=known, blocks=codes, exemptions=exemptions)
    judgement = judge_grid(known, scope, own)
    return tuple(judgement.block(code).decision for code in codes)


def session_decisions(
    known: Referential,
    taking_place: Session,
    decided: Iterable[CandidateDecision],
    returns: Iterable[Return] = (),
    missing: Iterable[tuple[CandidateId, JurorCode]] = (),
) -> SessionDecisions:
    """Return session decisions, provisional where a grid is missing or a candidate incomplete."""
    candidates, waited_for = tuple(decided), tuple(missing)
    incomplete = [item.outcome is CertificationOutcome.INCOMPLETE for item in candidates]
    return SessionDecisions(
        referential=known,
        session=taking_place,
        candidates=candidates,
        returns=tuple(returns),
        missing=waited_for,
        problems=(),
        provisional=bool(waited_for) or any(incomplete),
    )
