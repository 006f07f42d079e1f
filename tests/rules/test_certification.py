"""The proposal on the certification, from the blocs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import pytest

from sheetgen.model import (
    BlockCode,
    BlockOutcome,
    BlockRule,
    CandidateId,
    CertificationOutcome,
    Competency,
    CompetencyCode,
    CompetencyRule,
    JurorRole,
    KeptResult,
    Proof,
    Rules,
    Status,
)
from sheetgen.rules import decide_candidate, decide_session, jury_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetgen.model import CandidateDecision

AWARDED = CertificationOutcome.AWARDED
PARTIAL = CertificationOutcome.PARTIAL
NOT_AWARDED = CertificationOutcome.NOT_AWARDED
TO_DELIBERATE = CertificationOutcome.TO_DELIBERATE
INCOMPLETE = CertificationOutcome.INCOMPLETE

CRITERIA = [builders.criterion(f"C{bloc}.1.{place}") for bloc in (1, 2) for place in (1, 2)]
"""Two criteria in the one competency of each of two blocs."""


def decide(
    points: str,
    *,
    rules: Rules | None = None,
    presented: Iterable[str] = ("BC01", "BC02"),
    held: Iterable[str] = (),
) -> CandidateDecision:
    """One candidate, marked by one juror."""
    known = builders.referential(CRITERIA, rules=rules)
    session = builders.session(
        known,
        candidates=[builders.candidate(presented=presented, held=held)],
        jurors=[builders.juror("J1", president=True)],
    )
    marks = builders.marks(known, J1=points)
    return decide_candidate(known, session, session.candidates[0], marks)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("2 2 2 2", AWARDED),
        ("2 2 0 0", PARTIAL),
        ("0 0 0 0", NOT_AWARDED),
        ("2 2 0 -", TO_DELIBERATE),
        ("0 0 0 -", TO_DELIBERATE),
        ("2 2 2 .", INCOMPLETE),
        ("0 - 2 .", INCOMPLETE),
    ],
)
def test_the_blocs_make_the_certification(points: str, expected: CertificationOutcome) -> None:
    """Incomplete comes first, then what the jury must decide; nothing compensates."""
    assert decide(points).outcome is expected


@pytest.mark.parametrize(
    ("points", "expected"), [("2 2", AWARDED), ("0 0", PARTIAL), ("- 0", TO_DELIBERATE)]
)
def test_a_bloc_held_is_held_for_life(points: str, expected: CertificationOutcome) -> None:
    """BC02 was acquired before: it needs no mark and has no score."""
    decision = decide(points, presented=["BC01"], held=["BC02"])
    assert decision.outcome is expected
    assert decision.blocks[1].outcome is BlockOutcome.ALREADY_HELD
    assert decision.blocks[1].score is None
    assert decision.blocks[1].competencies == ()


@pytest.mark.parametrize(("points", "expected"), [("2 2", PARTIAL), ("0 0", NOT_AWARDED)])
def test_a_bloc_not_presented_is_not_acquired(points: str, expected: CertificationOutcome) -> None:
    """A bloc-only candidate gets the blocs that candidate came for."""
    decision = decide(points, presented=["BC01"])
    assert decision.outcome is expected
    assert decision.blocks[1].outcome is BlockOutcome.NOT_PRESENTED


def test_a_candidate_who_holds_every_bloc_is_awarded_the_certification() -> None:
    """With nothing to present, a general mean asks for nothing."""
    rules = Rules(general_mean=Fraction(1))
    decision = decide("", rules=rules, presented=[], held=["BC01", "BC02"])
    assert decision.outcome is AWARDED


HALVES = Rules(
    competency_rule=CompetencyRule.MEAN,
    competency_threshold=Fraction(1, 2),
    block_rule=BlockRule.MEAN,
    block_threshold=Fraction(1, 2),
    general_mean=Fraction("0.625"),
)
"""Half is enough for a bloc, 62.5 % for the certification."""


@pytest.mark.parametrize(
    ("points", "expected"),
    [("2 1 1 1", AWARDED), ("1 1 1 1", PARTIAL), ("2 2 0 0", PARTIAL), ("2 - 2 2", TO_DELIBERATE)],
)
def test_a_general_mean_is_asked_for_on_top(points: str, expected: CertificationOutcome) -> None:
    """(3/4 + 1/2) / 2 = 62.5 %, reached exactly; a bloc validated without a score is open."""
    assert decide(points, rules=HALVES).outcome is expected


@pytest.mark.parametrize(("points", "expected"), [("2 1", AWARDED), ("1 1", PARTIAL)])
def test_the_general_mean_is_over_the_blocs_presented(
    points: str, expected: CertificationOutcome
) -> None:
    """A bloc held has no score to count."""
    decision = decide(points, rules=HALVES, presented=["BC01"], held=["BC02"])
    assert decision.outcome is expected


def test_the_general_mean_waits_for_a_bloc_of_evidence_with_a_kept_score() -> None:
    """One competency keeps its score, so the bloc will have one once the other is shown."""
    known = builders.referential(CRITERIA[:2])
    (first,) = known.blocks
    second = replace(first, code=BlockCode("BC02"))
    shown = [
        Competency(code=CompetencyCode(code), block=second.code, title=code, proof=Proof.EVIDENCE)
        for code in ("C2.1", "C2.2")
    ]
    known = replace(known, blocks=(first, second), competencies=(*known.competencies, *shown))
    kept = KeptResult(
        candidate=CandidateId("1"), competency=CompetencyCode("C2.1"), score=Fraction(0)
    )

    def decided(*results: KeptResult) -> CandidateDecision:
        session = builders.session(
            known,
            candidates=[builders.candidate(presented=["BC01", "BC02"])],
            jurors=[builders.juror("J1", president=True)],
        )
        session = replace(session, kept_results=results)
        marks = builders.marks(known, J1="2 2")
        return decide_candidate(known, session, session.candidates[0], marks)

    assert (decided(kept).outcome, decided(kept).mean) == (INCOMPLETE, None)
    assert (decided().outcome, decided().mean) == (INCOMPLETE, Fraction(1))


@pytest.mark.parametrize("status", [Status.ABSENT, Status.EXCUSED, Status.WITHDRAWN])
def test_a_candidate_who_did_not_come_keeps_what_was_held(status: Status) -> None:
    """The outcome is absent, whatever came back; the blocs held are still held."""
    known = builders.referential(CRITERIA)
    session = builders.session(known, candidates=[builders.candidate(held=["BC02"], status=status)])
    marks = builders.marks(known, J1="2 2 2 2", J2="2 2 2 2")
    decision = decide_candidate(known, session, session.candidates[0], marks)
    assert decision.outcome is CertificationOutcome.ABSENT
    assert [block.outcome for block in decision.blocks] == [
        BlockOutcome.NOT_PRESENTED,
        BlockOutcome.ALREADY_HELD,
    ]


def test_candidates_are_decided_each_on_their_own_marks_in_order_of_number() -> None:
    """Marks belong to a candidate and a juror together."""
    known = builders.referential({"C1.1": 1})
    session = builders.session(
        known,
        candidates=[builders.candidate(number, presented=["BC01"]) for number in ("B", "A")],
        jurors=[builders.juror("J1", president=True)],
    )
    juror = session.jurors[0].code
    marks = {
        (session.candidates[0].id, juror): builders.marks(known, J1="2")[juror],
        (session.candidates[1].id, juror): builders.marks(known, J1="0")[juror],
    }
    decisions = decide_session(known, session, marks)
    assert [(item.candidate, item.outcome) for item in decisions] == [
        ("A", NOT_AWARDED),
        ("B", AWARDED),
    ]


@pytest.mark.parametrize(
    ("points", "mean", "expected"),
    [
        ("2 2 2 0", None, []),
        ("2 2 2 2", Fraction(9, 10), []),
        ("2 2 0 0", Fraction(9, 10), []),
        (
            "2 2 2 0",
            Fraction(9, 10),
            [
                (
                    "below_general_mean",
                    (
                        "Certification : moyenne générale de 75 %, pour 90 % demandés ; tous les "
                        "blocs sont acquis."
                    ),
                )
            ],
        ),
        (
            "2 2 2 -",
            Fraction(9, 10),
            [
                (
                    "general_mean_unknown",
                    (
                        "Certification : moyenne générale inconnue, faute de score pour BC02 ; "
                        "90 % demandés."
                    ),
                )
            ],
        ),
    ],
)
def test_what_no_bloc_explains_has_a_reason_of_its_own(
    points: str, mean: Fraction | None, expected: list[tuple[str, str]]
) -> None:
    """A certification is refused, or left to the jury, although every bloc is validated."""
    decided = decide(points, rules=Rules(general_mean=mean))
    assert [(item.code, item.message) for item in decided.reasons] == expected
    assert {item.item for item in decided.reasons} <= {"Certification"}


def test_a_bloc_that_nobody_marks_is_the_candidates_jurys() -> None:
    """Documents show it, or it was not sat: who sits decides, évaluateurs and others apart."""
    known = builders.referential({"C1.1": 1})
    jurors = (
        replace(builders.juror("J1", president=True), jury="A"),
        replace(builders.juror("J2"), jury="B"),
        builders.juror("J3"),
        replace(builders.juror("J4"), role=JurorRole.ASSESSOR),
    )
    session = builders.session(known, jurors=jurors)
    (one, *others) = session.candidates
    unmarked = replace(session, assignments=(), candidates=(replace(one, jury="A"), *others))
    jury = jury_of(unmarked, one.id, known.blocks[0].code)
    assert [item.code for item in jury] == ["J1", "J3"]
