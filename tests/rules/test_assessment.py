"""Épreuves, evidence, options and mentions, each with numbers worked by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import builders
import pytest

from sheetgen.model import (
    Absence,
    AbsenceRule,
    Acceptance,
    AccessRoute,
    AssessmentMethod,
    AssessmentOutcome,
    BlockOutcome,
    BlockRule,
    BlockStatus,
    CertificationOutcome,
    Competency,
    CompetencyOutcome,
    CompetencyRule,
    CriterionState,
    Evidence,
    KeptResult,
    Mark,
    Mention,
    MethodCode,
    OptionGroup,
    Proof,
    Rules,
    Unobserved,
)
from sheetgen.rules import decide_candidate

if TYPE_CHECKING:
    from sheetgen.model import CandidateDecision, Referential, Session

E1, E2 = MethodCode("E1"), MethodCode("E2")
ASSESSMENTS = Rules(block_rule=BlockRule.EVERY_ASSESSMENT, divergence=None)


def method(code: str, **changes: Any) -> AssessmentMethod:
    """A modalité passed at 12/20 unless told otherwise."""
    plain = AssessmentMethod(
        code=MethodCode(code), kind="Oral", description="Un oral", threshold=Fraction(12, 20)
    )
    return replace(plain, **changes)


def theory_and_practice(rules: Rules = ASSESSMENTS, **changes: Any) -> Referential:
    """One bloc, two competencies marked on 20; theory at 12 opens practice at 14."""
    plain = builders.referential({"C1.1": 2, "C1.2": 1}, rules=rules, scale=builders.note_scale())
    first, second = plain.competencies
    known = replace(
        plain,
        methods=(method("E1"), method("E2", threshold=Fraction(14, 20), condition=(E1,))),
        competencies=(replace(first, methods=(E1,)), replace(second, methods=(E2,))),
    )
    return replace(known, **changes)


def decide(known: Referential, notes: str, **changes: Any) -> CandidateDecision:
    """Candidate 1, marked by one juror with these notes; « . » is missing, « - » not observed."""
    session: Session = builders.session(known, jurors=[builders.juror("J1", president=True)])
    person = session.candidates[0]
    if "access_route" in changes:
        person = replace(person, access_route=changes.pop("access_route"))
    session = replace(session, candidates=(person,), **changes)
    juror = session.jurors[0].code
    marks = {
        item.code: Mark(
            juror=juror,
            criterion=item.code,
            value=note if note == "-" else Fraction(note),
            points=None if note == "-" else Fraction(note),
        )
        for item, note in zip(known.criteria, notes.split(), strict=True)
        if note != "."
    }
    return decide_candidate(known, session, person, {juror: marks})


def assessments(decision: CandidateDecision) -> list[tuple[str, str, Fraction | None]]:
    """Each épreuve with its outcome and score."""
    return [(item.code, item.outcome.key, item.score) for item in decision.assessments]


def states(decision: CandidateDecision) -> list[CriterionState]:
    """The states of the criteria, in order."""
    return [
        item.state
        for block in decision.blocks
        for competency in block.competencies
        for item in competency.criteria
    ]


def test_theory_at_twelve_opens_practice_at_fourteen() -> None:
    """11 and 13 make 12: theory is passed, and practice is passed at 14."""
    decision = decide(theory_and_practice(), "11 13 14")
    assert assessments(decision) == [
        ("E1", "passed", Fraction(3, 5)),
        ("E2", "passed", Fraction(7, 10)),
    ]
    assert decision.blocks[0].outcome is BlockOutcome.VALIDATED


def test_practice_does_not_open_below_twelve() -> None:
    """11,5 of theory is not 12; the 18 of practice is ignored, and a blank is not missing."""
    for practice in ("18", "."):
        decision = decide(theory_and_practice(), f"11 12 {practice}")
        assert assessments(decision) == [
            ("E1", "failed", Fraction(23, 40)),
            ("E2", "not_open", Fraction(0)),
        ]
        assert states(decision)[2] is CriterionState.NOT_OPEN
        block = decision.blocks[0]
        assert block.outcome is BlockOutcome.NOT_VALIDATED
        assert [(reason.code, reason.item) for reason in block.reasons] == [
            ("assessment-failed", "E1"),
            ("assessment-not-open", "E2"),
        ]
        assert block.competencies[1].outcome is CompetencyOutcome.NOT_ACQUIRED
        assert block.competencies[1].score == 0


def test_practice_waits_for_theory_that_is_not_marked() -> None:
    """A mark missing in theory leaves practice incomplete, and its competency too."""
    decision = decide(theory_and_practice(), "11 . 14")
    assert assessments(decision) == [("E1", "incomplete", None), ("E2", "incomplete", None)]
    outcomes = [item.outcome for item in decision.blocks[0].competencies]
    assert outcomes == [CompetencyOutcome.INCOMPLETE, CompetencyOutcome.INCOMPLETE]
    assert decision.blocks[0].outcome is BlockOutcome.INCOMPLETE


def test_a_bloc_that_waits_for_theory_of_another_bloc_says_so() -> None:
    """Nothing is missing in its own criteria, and its own rule looks at no épreuve."""
    rules = replace(ASSESSMENTS, block_rule=BlockRule.ALL)
    plain = builders.referential({"C1.1": 1, "C2.1": 1}, rules=rules, scale=builders.note_scale())
    first, second = plain.competencies
    known = replace(
        plain,
        methods=(method("E1"), method("E2", condition=(E1,))),
        competencies=(replace(first, methods=(E1,)), replace(second, methods=(E2,))),
    )
    theory, practice = decide(known, ". 14").blocks
    assert theory.outcome is practice.outcome is BlockOutcome.INCOMPLETE
    assert [(x.code, x.item) for x in theory.reasons] == [("missing_marks", "C1.1")]
    assert [(x.code, x.item) for x in practice.reasons] == [("assessment-awaited", "E1")]


def test_practice_may_open_where_theory_is_to_be_deliberated() -> None:
    """With a zone of 1/20, 11 of theory is in it: practice counts at best, score unknown."""
    rules = replace(ASSESSMENTS, deliberation_zone=Fraction(1, 20))
    decision = decide(theory_and_practice(rules), "11 11 16")
    assert assessments(decision) == [
        ("E1", "to_deliberate", Fraction(11, 20)),
        ("E2", "to_deliberate", None),
    ]
    assert decision.blocks[0].outcome is BlockOutcome.TO_DELIBERATE
    assert decision.blocks[0].competencies[1].outcome is CompetencyOutcome.TO_DELIBERATE
    assert decision.blocks[0].competencies[1].score is None


def test_a_mean_of_epreuves_is_weighted_and_has_floors() -> None:
    """(3·12 + 1·8) ÷ 4 = 11/20: enough for 10/20, lost by a floor of 9/20 on the second."""
    rules = replace(
        ASSESSMENTS, block_rule=BlockRule.ASSESSMENT_MEAN, block_threshold=Fraction(1, 2)
    )
    for floor, expected in ((Fraction(8, 20), "validated"), (Fraction(9, 20), "not_validated")):
        known = theory_and_practice(
            rules, methods=(method("E1", weight=Fraction(3)), method("E2", floor=floor))
        )
        decision = decide(known, "12 12 8")
        assert decision.blocks[0].score == Fraction(11, 20)
        assert decision.blocks[0].outcome.key == expected
    assert [reason.code for reason in decision.blocks[0].reasons] == ["assessment-below-floor"]


def test_competencies_and_epreuves_are_both_asked() -> None:
    """The épreuve is passed at 12; its competency is not, at a mean of 13/20."""
    rules = replace(
        ASSESSMENTS,
        block_rule=BlockRule.COMPETENCIES_AND_ASSESSMENTS,
        competency_rule=CompetencyRule.MEAN,
        competency_threshold=Fraction(13, 20),
    )
    decision = decide(theory_and_practice(rules), "12 12 14")
    assert [item[1] for item in assessments(decision)] == ["passed", "passed"]
    assert decision.blocks[0].outcome is BlockOutcome.NOT_VALIDATED
    assert [reason.code for reason in decision.blocks[0].reasons] == ["competency_not_acquired"]


def test_an_epreuve_of_two_blocs_has_one_result() -> None:
    """8 in one bloc and 16 in the other make 12, which counts in both."""
    plain = builders.referential(
        {"C1.1": 1, "C2.1": 1}, rules=ASSESSMENTS, scale=builders.note_scale()
    )
    known = replace(
        plain,
        methods=(method("E1"),),
        competencies=tuple(replace(item, methods=(E1,)) for item in plain.competencies),
    )
    decision = decide(known, "8 16")
    assert assessments(decision) == [("E1", "passed", Fraction(3, 5))]
    assert [block.outcome.key for block in decision.blocks] == ["validated", "validated"]


@pytest.mark.parametrize(
    "rule",
    [
        BlockRule.EVERY_ASSESSMENT,
        BlockRule.COMPETENCIES_AND_ASSESSMENTS,
        BlockRule.ASSESSMENT_MEAN,
    ],
)
def test_what_another_bloc_leaves_open_is_told(rule: BlockRule) -> None:
    """16 in this bloc make 8 or 18 with a criterion of the other one that nobody observed."""
    rules = replace(ASSESSMENTS, block_rule=rule, block_threshold=Fraction(3, 5))
    plain = builders.referential({"C1.1": 1, "C2.1": 1}, rules=rules, scale=builders.note_scale())
    known = replace(
        plain,
        methods=(method("E1"),),
        competencies=tuple(replace(item, methods=(E1,)) for item in plain.competencies),
    )
    first, second = decide(known, "16 -").blocks
    assert first.outcome is second.outcome is BlockOutcome.TO_DELIBERATE
    assert [reason.message for reason in first.reasons] == [
        "Épreuve E1 : à délibérer, avec des critères d’autres blocs (C2.1.1)."
    ]
    assert ("undecided_criterion", "C2.1.1") in [(x.code, x.item) for x in second.reasons]
    assert "assessment-undecided" not in [x.code for x in second.reasons]


def test_an_epreuve_of_which_nothing_counts_is_told() -> None:
    """The competency is acquired by the other criterion; who was not observed at E1 is judged."""
    rules = replace(ASSESSMENTS, unobserved=Unobserved.LEFT_OUT)
    plain = builders.referential({"C1.1": 2}, rules=rules, scale=builders.note_scale())
    (competency,) = plain.competencies
    known = replace(
        plain,
        methods=(method("E1"), method("E2")),
        competencies=(replace(competency, methods=(E1, E2)),),
        criteria=tuple(
            replace(item, method=code) for item, code in zip(plain.criteria, (E1, E2), strict=True)
        ),
    )
    decision = decide(known, "- 16")
    assert assessments(decision) == [
        ("E1", "to_deliberate", None),
        ("E2", "passed", Fraction(4, 5)),
    ]
    assert [reason.message for reason in decision.blocks[0].reasons] == [
        "Épreuve E1 : à délibérer, aucun critère n’y compte."
    ]


def test_marks_out_of_eight_and_twelve_make_a_mark_out_of_twenty() -> None:
    """5/8 and 7/12 make 12/20 with their barèmes as weights; 4/8 and 6/12 acquire."""
    known = theory_and_practice()
    first, second, third = known.criteria
    known = replace(
        known,
        criteria=(
            replace(first, out_of=Fraction(8), weight=Fraction(8)),
            replace(second, out_of=Fraction(12), weight=Fraction(12)),
            third,
        ),
    )
    decision = decide(known, "5 7 14")
    assert assessments(decision)[0] == ("E1", "passed", Fraction(12, 20))
    marked = decision.blocks[0].competencies[0].criteria
    assert [item.acquired for item in marked] == [True, True]
    assert [
        item.acquired for item in decide(known, "3.5 6 14").blocks[0].competencies[0].criteria
    ] == [
        False,
        True,
    ]


def test_an_eliminatory_mark_is_the_same_share_of_a_bareme() -> None:
    """Seuil éliminatoire 5/20 is 2/8: 2 loses the bloc, 2,5 does not."""
    known = theory_and_practice(replace(ASSESSMENTS, eliminatory_points=Fraction(5)))
    first, *others = known.criteria
    known = replace(known, criteria=(replace(first, out_of=Fraction(8), eliminatory=True), *others))
    lost, kept = (decide(known, f"{note} 20 20").blocks[0] for note in ("2", "2.5"))
    assert next(reason.code for reason in lost.reasons) == "eliminatory_criterion"
    assert "C1.1.1 : 2/8, au niveau du seuil éliminatoire (2/8)" in lost.reasons[0].message
    assert "eliminatory_criterion" not in [reason.code for reason in kept.reasons]


def test_who_was_absent_fails_the_epreuve() -> None:
    """« échec »: score 0, practice closed; the criteria are absent, not missing."""
    absence = Absence(candidate="1", method=E1)  # type: ignore[arg-type]
    decision = decide(theory_and_practice(), ". . 15", absences=(absence,))
    assert assessments(decision) == [("E1", "absent", Fraction(0)), ("E2", "not_open", Fraction(0))]
    assert states(decision) == [
        CriterionState.ABSENT,
        CriterionState.ABSENT,
        CriterionState.NOT_OPEN,
    ]
    assert decision.blocks[0].outcome is BlockOutcome.NOT_VALIDATED
    assert decision.blocks[0].score == 0


def test_who_is_to_sit_again_has_no_score_and_no_bloc() -> None:
    """« à représenter » loses the bloc whatever its rule, with that reason first."""
    rules = Rules(absence=AbsenceRule.TO_SIT_AGAIN, divergence=None)
    absence = Absence(candidate="1", method=E2)  # type: ignore[arg-type]
    known = theory_and_practice(rules, methods=(method("E1"), method("E2")))
    decision = decide(known, "20 20 20", absences=(absence,))
    assert decision.assessments == ()
    block = decision.blocks[0]
    assert block.outcome is BlockOutcome.NOT_VALIDATED
    assert (block.reasons[0].code, block.reasons[0].item) == ("assessment-to-sit-again", "E2")
    assert block.competencies[1].score is None


def test_a_kept_epreuve_opens_the_next_and_is_not_marked() -> None:
    """13/20 kept passes theory at 12: its criteria count for it, and practice is open."""
    kept = KeptResult(candidate="1", method=E1, score=Fraction(13, 20))  # type: ignore[arg-type]
    decision = decide(theory_and_practice(), ". . 14", kept_results=(kept,))
    assert assessments(decision)[0] == ("E1", "kept", Fraction(13, 20))
    assert states(decision)[:2] == [CriterionState.KEPT, CriterionState.KEPT]
    assert decision.blocks[0].competencies[0].score == Fraction(13, 20)
    assert decision.blocks[0].outcome is BlockOutcome.VALIDATED


def test_a_result_that_was_given_up_is_to_be_marked_again() -> None:
    """13/20 kept would pass; renounced, the 5 of this session counts, and practice is closed."""
    kept = KeptResult(
        candidate="1",  # type: ignore[arg-type]
        method=E1,
        score=Fraction(13, 20),
        renounced=True,
    )
    decision = decide(theory_and_practice(), "5 5 14", kept_results=(kept,))
    assert [item[:2] for item in assessments(decision)] == [("E1", "failed"), ("E2", "not_open")]


def test_a_result_kept_too_long_is_to_be_marked_again() -> None:
    """Valid on the last day, and not on the next."""
    for day, expected in ((15, "kept"), (14, "incomplete")):
        kept = KeptResult(
            candidate="1",  # type: ignore[arg-type]
            method=E1,
            score=Fraction(13, 20),
            valid_until=dt.date(2026, 6, day),
        )
        decision = decide(theory_and_practice(), ". . 14", kept_results=(kept,))
        assert assessments(decision)[0][1] == expected


def evidence(acceptance: Acceptance, day: int | None = None) -> Evidence:
    """Return what candidate 1 showed for C1.2."""
    return Evidence(
        candidate="1",  # type: ignore[arg-type]
        competency="C1.2",  # type: ignore[arg-type]
        acceptance=acceptance,
        valid_until=None if day is None else dt.date(2026, 6, day),
    )


@pytest.mark.parametrize(
    ("shown", "competency", "block"),
    [
        ([], "incomplete", "incomplete"),
        ([evidence(Acceptance.YES)], "acquired", "validated"),
        ([evidence(Acceptance.YES, 15)], "acquired", "validated"),
        ([evidence(Acceptance.YES, 14)], "not_acquired", "not_validated"),
        ([evidence(Acceptance.PENDING)], "incomplete", "incomplete"),
        ([evidence(Acceptance.PENDING, 14)], "not_acquired", "not_validated"),
        ([evidence(Acceptance.NO)], "not_acquired", "not_validated"),
        ([evidence(Acceptance.NO), evidence(Acceptance.YES)], "acquired", "validated"),
        ([evidence(Acceptance.NO), evidence(Acceptance.PENDING)], "incomplete", "incomplete"),
    ],
)
def test_a_competency_rests_on_what_was_shown(
    shown: list[Evidence], competency: str, block: str
) -> None:
    """On the session's day, 15 June; it has no score, and the bloc's is the other's."""
    plain = theory_and_practice(Rules(divergence=None))
    first, second = plain.competencies
    known = replace(
        plain,
        competencies=(first, replace(second, proof=Proof.EVIDENCE, methods=())),
        criteria=plain.criteria[:2],
    )
    decision = decide(known, "12 14", evidence=tuple(shown)).blocks[0]
    assert (decision.competencies[1].outcome.key, decision.outcome.key) == (competency, block)
    assert decision.competencies[1].score is None
    assert decision.score == (None if block == "incomplete" else Fraction(13, 20))


def test_an_epreuve_of_another_way_is_left_out() -> None:
    """Candidates by VAE have a dossier, the others an oral; each is judged on their own alone."""
    plain = theory_and_practice()
    known = replace(
        plain,
        methods=(
            method("E1", routes=(AccessRoute.INITIAL,)),
            method("E2", routes=(AccessRoute.EXPERIENCE,)),
        ),
    )
    decision = decide(known, "2 2 14", access_route="vae")
    assert states(decision)[:2] == [CriterionState.NOT_APPLICABLE, CriterionState.NOT_APPLICABLE]
    assert decision.blocks[0].competencies[0].outcome is CompetencyOutcome.NOT_APPLICABLE
    assert assessments(decision) == [("E2", "passed", Fraction(7, 10))]
    assert decision.blocks[0].outcome is BlockOutcome.VALIDATED


def options(*, asked: int) -> Referential:
    """An obligatory bloc of weight 2, two options of weight 1, mentions at 12 and 15."""
    plain = builders.referential(
        {"C1.1": 1, "C2.1": 1, "C3.1": 1},
        rules=Rules(divergence=None),
        scale=builders.note_scale(),
    )
    first, *others = plain.blocks
    return replace(
        plain,
        blocks=(
            replace(first, weight=Fraction(2)),
            *(replace(item, status=BlockStatus.OPTION, group="Langue") for item in others),
        ),
        option_groups=(OptionGroup(name="Langue", required=asked),),
        mentions=(
            Mention(label="Assez bien", threshold=Fraction(12, 20)),
            Mention(label="Bien", threshold=Fraction(15, 20)),
        ),
    )


@pytest.mark.parametrize(
    ("asked", "notes", "outcome", "mean", "mention"),
    [
        (1, "16 14 10", "awarded", Fraction(14, 20), "Assez bien"),
        (1, "16 14 2", "awarded", Fraction(12, 20), "Assez bien"),
        (2, "16 14 2", "partial", Fraction(12, 20), None),
        (1, "18 14 12", "awarded", Fraction(31, 40), "Bien"),
        (1, "2 14 14", "partial", Fraction(8, 20), None),
        (1, "10 10 10", "awarded", Fraction(10, 20), None),
    ],
)
def test_options_and_mentions(
    asked: int, notes: str, outcome: str, mean: Fraction, mention: str | None
) -> None:
    """(2·16 + 14 + 2) ÷ 4 = 12: an option that was not needed lowers the mean all the same."""
    decision = decide(options(asked=asked), notes)
    assert decision.outcome is CertificationOutcome[outcome.upper()]
    assert (decision.mean, decision.mention) == (mean, mention)


@pytest.mark.parametrize(
    ("notes", "outcome", "reasons"),
    [
        ("14 14 14", "partial", ["14/20, pour 15/20 demandés ; tous les blocs sont acquis."]),
        ("16 14 2", "partial", ["12/20, pour 15/20 demandés ; les blocs demandés sont acquis."]),
        ("16 14 .", "incomplete", []),
    ],
)
def test_a_mean_below_what_is_asked_says_which_blocs_are_acquired(
    notes: str, outcome: str, reasons: list[str]
) -> None:
    """One option of two is asked for; one that is still awaited keeps the award open by itself."""
    plain = options(asked=1)
    known = replace(plain, rules=replace(plain.rules, general_mean=Fraction(15, 20)))
    decision = decide(known, notes)
    assert decision.outcome is CertificationOutcome[outcome.upper()]
    said = [item.message for item in decision.reasons]
    assert said == [f"Certification : moyenne générale de {item}" for item in reasons]


def test_thresholds_of_their_own() -> None:
    """One competency asks one criterion of two, the other a mean of 15/20."""
    plain = theory_and_practice(Rules(competency_rule=CompetencyRule.ALL, divergence=None))
    first, second = plain.competencies
    own: tuple[Competency, Competency] = (
        replace(first, rule=CompetencyRule.COUNT, threshold=Fraction(1)),
        replace(second, rule=CompetencyRule.MEAN, threshold=Fraction(15, 20)),
    )
    known = replace(plain, competencies=own, methods=(method("E1"), method("E2")))
    found = decide(known, "4 10 14").blocks[0]
    assert [item.outcome.key for item in found.competencies] == ["acquired", "not_acquired"]
    lenient = replace(
        known,
        blocks=(replace(known.blocks[0], rule=BlockRule.PERCENTAGE, threshold=Fraction(1, 2)),),
    )
    assert decide(lenient, "4 10 14").blocks[0].outcome is BlockOutcome.VALIDATED


def test_nothing_is_said_of_epreuves_where_no_rule_looks_at_them() -> None:
    """A référentiel that says nothing of them decides as ever."""
    known = theory_and_practice(Rules(divergence=None), methods=(method("E1"), method("E2")))
    decision = decide(known, "2 2 20")
    assert decision.assessments == ()
    assert AssessmentOutcome.KEPT.key == "kept"
