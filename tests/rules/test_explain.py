"""An explanation says exactly what was computed, and every rule value tells its own reasoning."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest
import shaped
from hypothesis import HealthCheck, given
from tries import tries

from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    BlockRule,
    CandidateId,
    CandidateRulings,
    CertificationOutcome,
    CompetencyCode,
    CompetencyRule,
    DecidedBy,
    JurorCode,
    Merge,
    Rules,
    Ruling,
    TieBreak,
    Unobserved,
)
from sheetgen.rules import Explainer, RuleBook, Seat, decide_candidate, judge_candidate, seats_on
from sheetgen.rules.block_conditions import BLOCK_CONDITIONS
from sheetgen.rules.merge import merge_rule
from sheetgen.rules.ties import TIE_RULES
from sheetgen.rules.unobserved import unobserved_rule
from sheetgen.rules.votes import Vote

if TYPE_CHECKING:
    from strategies import Scenario

    from sheetgen.model import Candidate
    from sheetgen.rules import CandidateJudgement, Explanation


SHARE = CompetencyRule.PERCENTAGE.value


def explainer_of(scenario: Scenario, candidate: Candidate) -> tuple[Explainer, CandidateJudgement]:
    """Whoever tells how a candidate was decided, and the judgement it tells."""
    session, known = scenario.session, scenario.referential
    given_marks = {
        juror: marks for (number, juror), marks in scenario.marks.items() if number == candidate.id
    }
    judgement = judge_candidate(RuleBook(known), session, candidate, given_marks)
    explainer = Explainer(
        judgement,
        candidate,
        lambda item: seats_on(session, judgement.scope, candidate.id, item),
    )
    return explainer, judgement


def figures(explanation: Explanation, name: str) -> list[Fraction]:
    """The numbers of this name that an explanation shows."""
    return [x.value for step in explanation.steps for x in step.figures if x.name == name]


@tries(40, unchecked=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(shaped.scenarios())
def test_the_last_line_is_the_decision_and_each_number_the_one_judged(scenario: Scenario) -> None:
    """Whatever the référentiel, the session and the marks: for the certification and every part."""
    for candidate in scenario.session.candidates:
        explainer, judgement = explainer_of(scenario, candidate)
        told = {(item.kind, item.code): item for item in explainer.explain()}
        marks = {
            juror: found
            for (number, juror), found in scenario.marks.items()
            if number == candidate.id
        }
        decision = decide_candidate(scenario.referential, scenario.session, candidate, marks)
        assert explainer.decision == decision
        for item in told.values():
            assert item.steps[-1].text.endswith(f" : {item.outcome}.")
            for step in item.steps:
                assert all(figure.text in step.text for figure in step.figures)
        last = told["certification", "Certification"]
        assert last.outcome == candidate.outcome_text(decision.outcome)
        for value in figures(last, "mean"):
            assert value == decision.mean
        for block in decision.blocks:
            explained = told["block", block.code]
            assert explained.outcome == block.outcome.value
            assert set(figures(explained, "score")) <= {block.score}
            for competency in block.competencies:
                part = told["competency", competency.code]
                assert part.outcome == competency.outcome.value
                assert set(figures(part, "score")) <= {competency.score}
                check_competency(judgement, part)
                for criterion in competency.criteria:
                    one = told["criterion", criterion.code]
                    words = {True: "Acquis", False: "Non acquis", None: criterion.state.value}
                    assert one.outcome == words[criterion.acquired]
                    counted = judgement.count(judgement.book.referential.criterion[criterion.code])
                    assert set(figures(one, "points_at_worst")) <= {counted.points.worst}
                    assert set(figures(one, "points_at_best")) <= {counted.points.best}
                    given_points = [x.points for x in criterion.marks if x.points is not None]
                    merged = figures(one, "given_points")
                    assert merged in ([], given_points) or sorted(merged) == sorted(given_points)
        for result in decision.assessments:
            part = told["assessment", result.code]
            assert part.outcome == result.outcome.value
            judged = judgement.assessments[result.code]
            assert set(figures(part, "attained")) <= {judged.attained.worst}
            assert set(figures(part, "threshold_at_worst")) <= {judged.threshold.worst}
            assert set(figures(part, "threshold_at_best")) <= {judged.threshold.best}


def check_competency(judgement: CandidateJudgement, told: Explanation) -> None:
    """The threshold told is the one compared; a mean told is the score in each reading."""
    competency = judgement.book.referential.competency[CompetencyCode(told.code)]
    condition = judgement.book.condition_of(competency)
    result = judgement.competency(competency)
    assert set(figures(told, "threshold_at_worst")) <= {condition.threshold.worst}
    assert set(figures(told, "threshold_at_best")) <= {condition.threshold.best}
    rule = competency.rule or judgement.book.referential.rules.competency_rule
    if rule is CompetencyRule.MEAN:
        assert set(figures(told, "attained")) <= {result.attained.worst}
        assert set(figures(told, "attained_at_best")) <= {result.attained.best}


VOTES = [
    Vote(Seat(juror=JurorCode("J1"), president=True), Fraction(2)),
    Vote(Seat(juror=JurorCode("J2")), Fraction(0)),
]


@pytest.mark.parametrize("merge", Merge)
def test_each_merge_tells_itself(merge: Merge) -> None:
    """The sentence has the merge's French name, each juror's mark, and what became of them."""
    rule = merge_rule(builders.level_scale(), Rules(merge=merge, tie_break=TieBreak.LOWER))
    merged = rule.points(VOTES)
    text = rule.explain(VOTES, merged).text
    assert f"« {merge.value} »" in text
    assert "J1 2 points ; J2 0 point" in text
    if merged is not None:
        assert rule.told_points(merged).text in text


def test_each_tie_tells_itself() -> None:
    """One value of « Départage », one sentence of its own."""
    texts = {tie: TIE_RULES[tie]().told for tie in TieBreak}
    assert len(set(texts.values())) == len(TieBreak)
    for tie, told in texts.items():
        rule = merge_rule(builders.level_scale(), Rules(merge=Merge.MAJORITY, tie_break=tie))
        assert told in rule.explain(VOTES, rule.points(VOTES)).text


@pytest.mark.parametrize("unobserved", Unobserved)
def test_each_treatment_of_the_unobserved_tells_itself(unobserved: Unobserved) -> None:
    """By its name."""
    step = unobserved_rule(Rules(unobserved=unobserved)).explain(builders.level_scale())
    assert f"règle « {unobserved.value} »" in step.text


@pytest.mark.parametrize("rule", CompetencyRule)
def test_each_rule_on_competencies_tells_itself(rule: CompetencyRule) -> None:
    """By its name, with its threshold where it has one: 1 for a count, 50 % else."""
    threshold = Fraction(1) if rule is CompetencyRule.COUNT else Fraction(1, 2)
    told = told_of_two(Rules(competency_rule=rule, competency_threshold=threshold))
    (text,) = (step.text for step in told[2].steps if step.text.startswith("Règle"))
    assert text.startswith(f"Règle « {rule.value} »")
    assert {
        CompetencyRule.ALL: "1 sur 2 sont acquis.",
        CompetencyRule.COUNT: "1 acquis sur 2, pour 1 demandés.",
        CompetencyRule.PERCENTAGE: "pèsent 50 %, pour un seuil de 50 %.",
        CompetencyRule.MEAN: "résultat de 50 %, pour un seuil de 50 %.",
    }[rule] in text


@pytest.mark.parametrize("rule", BlockRule)
def test_each_rule_on_blocs_tells_itself(rule: BlockRule) -> None:
    """By its name: one competency, acquired at half; one épreuve, passed at half."""
    told = told_of_two(Rules(block_rule=rule, block_threshold=Fraction(1, 2)))
    block = next(item for item in told if item.kind == "block")
    assert any(f"Règle « {rule.value} »" in step.text for step in block.steps)
    assert block.outcome == "Validé"
    assert BLOCK_CONDITIONS.keys() == set(BlockRule)


def told_of_two(
    rules: Rules, points: str = "2 0", rulings: CandidateRulings | None = None
) -> tuple[Explanation, ...]:
    """Return how a candidate was decided whom one juror marks on two criteria of a competency."""
    known = builders.referential({"C1.1": 2}, rules=rules)
    session = builders.session(known, jurors=[builders.juror("J1")])
    candidate = session.candidates[0]
    judgement = judge_candidate(
        RuleBook(known), session, candidate, builders.marks(known, J1=points)
    )
    return Explainer(
        judgement,
        candidate,
        lambda item: seats_on(session, judgement.scope, candidate.id, item),
        lambda mark: f"grille.xlsx, cellule {mark.criterion}",
        rulings,
    ).explain()


def test_a_decision_is_told_from_each_mark_to_the_certification() -> None:
    """Every line, for one candidate."""
    assert [step.text for item in told_of_two(Rules()) for step in item.steps] == [
        "J1 : « Acquis », soit 2 points (grille.xlsx, cellule C1.1.1).",
        "Fusion des jurés « moyenne » : J1 2 points, soit 2 points.",
        "Il compte pour 2 points ; un critère est acquis à partir de 2 points : acquis.",
        "Critère C1.1.1 : Acquis.",
        "J1 : « Non acquis », soit 0 point (grille.xlsx, cellule C1.1.2).",
        "Fusion des jurés « moyenne » : J1 0 point, soit 0 point.",
        "Il compte pour 0 point ; un critère est acquis à partir de 2 points : non acquis.",
        "Critère C1.1.2 : Non acquis.",
        "Critères comptés : C1.1.1 2 points de 2 ; C1.1.2 0 point de 2.",
        f"Règle « {SHARE} » : ceux qui sont acquis pèsent 50 %, pour un seuil de 50 %.",
        "Son score est de 50 %.",
        "Compétence C1.1 : Acquise.",
        "Règle « toutes les compétences » : 1 sur 1 est acquise (C1.1 acquise).",
        "Son score est de 50 %.",
        "Bloc BC01, proposition : Validé.",
        "Blocs obligatoires : 1 sur 1 est acquis (BC01 validé).",
        "Moyenne générale de 50 % (BC01 50 %).",
        "Certification, proposition : Délivrée.",
    ]


def test_what_the_jury_decided_otherwise_is_told_with_its_reason() -> None:
    """The certification rests on the blocs as decided, and the last line is the jury's word."""
    rulings = CandidateRulings(
        candidate=CandidateId("1"),
        certification=Ruling(
            proposed=CertificationOutcome.NOT_AWARDED, outcome=CertificationOutcome.NOT_AWARDED
        ),
        blocks={
            BlockCode("BC01"): Ruling(
                proposed=BlockOutcome.VALIDATED,
                outcome=BlockOutcome.NOT_VALIDATED,
                decided_by=DecidedBy.JURY,
                reason="Œuvre d'autrui.",
            )
        },
    )
    *_, block, certification = told_of_two(Rules(), rulings=rulings)
    assert [step.text for step in block.steps[-2:]] == [
        "Proposition : Validé. Le jury a décidé : Non validé, par ce motif : « Œuvre d'autrui. ».",
        "Bloc BC01, décision du jury : Non validé.",
    ]
    assert certification.steps[0].text == (
        "Blocs obligatoires : 0 sur 1 est acquis (BC01 non validé)."
    )
    assert [step.text for step in certification.steps[-2:]] == [
        "Proposition : Non délivrée. Le jury l'a adoptée.",
        "Certification, décision du jury : Non délivrée.",
    ]


def test_a_missing_mark_says_who_owes_it() -> None:
    """And nothing is decided."""
    told = told_of_two(Rules(), points="2 .")
    assert [step.text for step in told[1].steps] == [
        "J1 : rien n'est encore reçu.",
        "Une appréciation est encore attendue : rien n'en est décidé.",
        "Critère C1.1.2 : Manquant.",
    ]
    assert told[-1].outcome == "Incomplète"
