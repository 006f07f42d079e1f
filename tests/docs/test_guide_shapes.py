"""Every worked number of the guide on référentiels of any shape, decided again by the program."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import builders
import pytest
from conftest import ROOT
from guide_tables import Example, read_examples

from sheetgen.model import (
    Absence,
    AbsenceRule,
    Acceptance,
    AccessRoute,
    AssessmentMethod,
    BlockCode,
    BlockDecision,
    BlockOutcome,
    BlockRule,
    BlockStatus,
    CandidateDecision,
    CertificationOutcome,
    CompetencyCode,
    Evidence,
    Level,
    Mark,
    Mention,
    MethodCode,
    OptionGroup,
    Proof,
    Referential,
    Rules,
    ScaleKind,
)
from sheetgen.rules import CertificationCondition, decide_candidate, score_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sheetgen.model import AssessmentDecision, Scale

EXAMPLES = read_examples(ROOT / "docs" / "guide" / "epreuves-et-options.md")
E1, E2 = MethodCode("E1"), MethodCode("E2")
NOTES = builders.note_scale()
STAGE = replace(
    builders.level_scale(
        Level(label=label, points=Fraction(points), acquired=points > 1)
        for label, points in (("Fait", 3), ("Presque", 2), ("Peu", 1), ("Rien", 0))
    ),
    name="stage",
)
CHECKS: dict[str, Callable[[Example], None]] = {}


def shows(mark: str) -> Callable[[Callable[[Example], None]], None]:
    """Registers what checks the tables with this mark."""

    def register(check: Callable[[Example], None]) -> None:
        CHECKS[mark] = check

    return register


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example_of_the_guide_is_true(example: Example) -> None:
    """Each row of each table says what the program decides; a table without a mark fails."""
    CHECKS[example.shows](example)


def test_every_check_has_an_example() -> None:
    """No check is left behind when a table goes."""
    assert {example.shows for example in EXAMPLES} == set(CHECKS)


def number(text: str) -> Fraction:
    """A number with a decimal comma."""
    return Fraction(text.replace(",", "."))


def note(score: Fraction | None) -> str:
    """A score as the guide writes it."""
    return "—" if score is None else score_text(score, NOTES)


def method(code: str, threshold: str = "10", **changes: Any) -> AssessmentMethod:
    """A modalité passed at this note of 20."""
    plain = AssessmentMethod(
        code=MethodCode(code),
        kind="Oral",
        description="Un oral",
        threshold=Fraction(threshold) / 20,
    )
    return replace(plain, **changes)


def two_assessments(
    first: AssessmentMethod, second: AssessmentMethod, rules: Rules, criteria: int = 1
) -> Referential:
    """One bloc: a competency of so many criteria by the first épreuve, one by the second."""
    plain = builders.referential({"C1.1": criteria, "C1.2": 1}, rules=rules, scale=NOTES)
    one, two = plain.competencies
    return replace(
        plain,
        methods=(first, second),
        competencies=(replace(one, methods=(E1,)), replace(two, methods=(E2,))),
    )


def decide(known: Referential, cells: Sequence[str]) -> CandidateDecision:
    """Return what the marks give, in the order of the criteria: notes, levels, `vide`, `absent`."""
    session = builders.session(known, jurors=[builders.juror("J1", president=True)])
    person, juror = session.candidates[0], session.jurors[0].code
    marks = {
        item.code: Mark(
            juror=juror,
            criterion=item.code,
            value=cell,
            points=_points(known.scale_of[item.code], cell),
        )
        for item, cell in zip(known.criteria, cells, strict=True)
        if cell not in ("vide", "absent")
    }
    absent = tuple(
        Absence(candidate=person.id, method=known.assessment_of[item.code] or E1)
        for item, cell in zip(known.criteria, cells, strict=True)
        if cell == "absent"
    )
    session = replace(session, absences=absent)
    return decide_candidate(known, session, person, {juror: marks})


def _points(scale: Scale, cell: str) -> Fraction:
    if scale.kind is ScaleKind.NOTE:
        return number(cell)
    return next(level.points for level in scale.levels if level.label == cell)


def told(item: AssessmentDecision) -> str:
    """An épreuve as the guide writes it."""
    outcome = str(item.outcome.value)
    return outcome if item.score is None else f"{outcome}, {note(item.score)}"


@shows("barème")
def _bareme(example: Example) -> None:
    known = builders.referential({"C1.1": 1}, scale=NOTES)
    criterion = replace(known.criteria[0], out_of=number(example["Barème"]))
    decision = decide(replace(known, criteria=(criterion,)), [example["Note"]])
    found = decision.blocks[0].competencies[0].criteria[0]
    assert example["Acquis"] == ("✔" if found.acquired else "✘")


@shows("épreuve sur barème")
def _assessment_out_of_its_points(example: Example) -> None:
    rules = Rules(block_rule=BlockRule.EVERY_ASSESSMENT)
    known = two_assessments(method("E1", "12"), method("E2"), rules, criteria=2)
    facts, sources, other = known.criteria
    criteria = (
        replace(facts, out_of=Fraction(8), weight=Fraction(8)),
        replace(sources, out_of=Fraction(12), weight=Fraction(12)),
        other,
    )
    marks = [example["Les faits, sur 8"], example["Les sources, sur 12"], "10"]
    decision = decide(replace(known, criteria=criteria), marks)
    assert told(decision.assessments[0]) == example["Épreuve"]


@shows("échelles")
def _scales(example: Example) -> None:
    known = builders.referential({"C1.1": 2}, scale=NOTES)
    first, second = known.criteria
    known = replace(known, criteria=(first, replace(second, scale="stage")), scales=(STAGE,))
    decision = decide(known, [example["Note sur 20"], example["Stage"]])
    score = decision.blocks[0].competencies[0].score
    assert note(score) == example["Score de la compétence"]


def _of_bloc(rule: BlockRule, marks: Sequence[str], **rules: Any) -> BlockDecision:
    """The bloc of « Théorie » (weight 2) and « Pratique » under a rule."""
    chosen = replace(
        Rules(block_rule=rule, block_threshold=Fraction(1, 2)),
        **rules,
    )
    known = two_assessments(method("E1", weight=Fraction(2)), method("E2"), chosen)
    return decide(known, marks).blocks[0]


@shows("épreuves d’un bloc")
def _assessments_of_a_bloc(example: Example) -> None:
    marks = [example["Théorie (poids 2)"], example["Pratique (poids 1)"]]
    floor = Fraction(8, 20)
    for rule in (r for r in BlockRule if r.names_assessments):
        block = _of_bloc(rule, marks, assessment_floor=floor)
        assert block.outcome.value == example[rule.value]
        if rule is BlockRule.ASSESSMENT_MEAN:
            assert note(block.score) == example["Moyenne"]


@shows("condition")
def _condition(example: Example) -> None:
    rules = Rules(block_rule=BlockRule.EVERY_ASSESSMENT)
    practice = method("E2", "14", condition=(E1,))
    known = two_assessments(method("E1", "12"), practice, rules, criteria=2)
    marks = [example["Théorie, 1"], example["Théorie, 2"], example["Pratique"]]
    decision = decide(known, marks)
    theory, second = decision.assessments
    assert told(theory) == example["Théorie"]
    assert told(second) == example["Pratique : résultat"]
    assert decision.blocks[0].outcome.value == example["Bloc, toutes les épreuves"]


@shows("absence")
def _absence(example: Example) -> None:
    marks = [example["Théorie (poids 2)"], example["Pratique (poids 1)"]]
    for rule in AbsenceRule:
        block = _of_bloc(BlockRule.ASSESSMENT_MEAN, marks, absence=rule)
        outcome = block.outcome.value
        said = outcome if block.score is None else f"{outcome}, {note(block.score)}"
        assert said == example[rule.value]


@shows("voies")
def _routes(example: Example) -> None:
    rules = Rules()
    school = (AccessRoute.INITIAL, AccessRoute.APPRENTICESHIP)
    known = two_assessments(
        method("E1", routes=school), method("E2", routes=(AccessRoute.EXPERIENCE,)), rules
    )
    access = AccessRoute(example["Voie d’accès"])
    for criterion, header in zip(
        known.criteria, ("Critère du dossier", "Critère du stage"), strict=True
    ):
        applies = known.applies(criterion, access)
        assert example[header] == ("évalué" if applies else "Sans objet")


@shows("pièces")
def _evidence(example: Example) -> None:
    plain = builders.referential({"C1.1": 1, "C1.2": 1}, scale=NOTES)
    first, second = plain.competencies
    known = replace(
        plain,
        competencies=(first, replace(second, proof=Proof.EVIDENCE, methods=())),
        criteria=plain.criteria[:1],
    )
    session = builders.session(known, jurors=[builders.juror("J1", president=True)])
    person = session.candidates[0]
    until = example["Valable jusqu’au"]
    shown: tuple[Evidence, ...] = ()
    if example["Acceptée"] != "aucune ligne":
        shown = (
            Evidence(
                candidate=person.id,
                competency=CompetencyCode("C1.2"),
                valid_until=dt.date(*map(int, until.split("/")[::-1])) if until else None,
                acceptance=Acceptance(example["Acceptée"]),
            ),
        )
    session = replace(session, evidence=shown, date=dt.date(2026, 6, 15))
    decision = decide_candidate(known, session, person, {})
    assert decision.blocks[0].competencies[1].outcome.value == example["Compétence"]


def _three_blocs(*, optional: bool) -> Referential:
    known = builders.referential({"C1.1": 1, "C2.1": 1, "C3.1": 1}, scale=NOTES)
    first, *others = known.blocks
    options = tuple(replace(x, status=BlockStatus.OPTION, group="Langue") for x in others)
    return replace(
        known,
        blocks=(first, *options) if optional else (replace(first, weight=Fraction(2)), *others),
        option_groups=(OptionGroup(name="Langue", required=1),) if optional else (),
        mentions=(
            Mention(label="Bien", threshold=Fraction(14, 20)),
            Mention(label="Très bien", threshold=Fraction(16, 20)),
        ),
    )


@shows("options")
def _options(example: Example) -> None:
    known = _three_blocs(optional=True)
    blocks = [
        BlockDecision(code=BlockCode(header.partition(" ")[0]), outcome=BlockOutcome(content))
        for header, content in example.cells[:3]
    ]
    outcome = CertificationCondition(known.rules, known).judge(blocks)
    assert outcome.value == example["Certification"]


@shows("mentions")
def _mentions(example: Example) -> None:
    known = _three_blocs(optional=False)
    blocks = [
        BlockDecision(
            code=BlockCode(header.partition(" ")[0]),
            outcome=BlockOutcome.VALIDATED,
            score=number(content) / 20,
        )
        for header, content in example.cells[:2]
    ]
    condition = CertificationCondition(known.rules, known)
    assert note(condition.mean(blocks)) == example["Moyenne générale"]
    mention = condition.mention(CertificationOutcome.AWARDED, blocks)
    assert (mention or "—") == example["Mention"]
