"""When a decision on the certification contradicts the decisions on the blocs."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sheetgen.jury.matters import find_contradiction
from sheetgen.model import BlockCode, BlockDecision, BlockOutcome, CertificationOutcome, Rules
from sheetgen.rules import CertificationCondition

DECIDED = (
    BlockOutcome.VALIDATED,
    BlockOutcome.NOT_VALIDATED,
    BlockOutcome.ALREADY_HELD,
    BlockOutcome.NOT_PRESENTED,
)
FINAL = (
    CertificationOutcome.AWARDED,
    CertificationOutcome.PARTIAL,
    CertificationOutcome.NOT_AWARDED,
)
blocs = st.lists(st.sampled_from(DECIDED), min_size=1, max_size=5).map(
    lambda outcomes: {BlockCode(f"BC0{place}"): item for place, item in enumerate(outcomes, 1)}
)
rules = st.sampled_from((Rules(), Rules(general_mean=Fraction(1, 2))))


@given(blocs, rules, st.fractions(0, 1))
def test_a_proposal_never_contradicts_the_blocs_it_follows(
    blocks: dict[BlockCode, BlockOutcome], chosen: Rules, score: Fraction
) -> None:
    """Whatever the blocs, the mean asked and the score reached."""
    decisions = [
        BlockDecision(code=code, outcome=outcome, score=score) for code, outcome in blocks.items()
    ]
    proposed = CertificationCondition(chosen).judge(decisions)
    assert find_contradiction(proposed, blocks, chosen) is None


@given(blocs)
def test_without_a_general_mean_exactly_one_decision_agrees(
    blocks: dict[BlockCode, BlockOutcome],
) -> None:
    """The blocs alone say whether the certification is awarded, partial or not."""
    agreeing = [word for word in FINAL if find_contradiction(word, blocks, Rules()) is None]
    assert len(agreeing) == 1


@given(blocs, rules)
def test_the_blocs_named_are_those_in_the_way(
    blocks: dict[BlockCode, BlockOutcome], chosen: Rules
) -> None:
    """Blocs lacking where all are needed, blocs acquired where none may be."""
    acquired = {
        code
        for code, outcome in blocks.items()
        if outcome in {BlockOutcome.VALIDATED, BlockOutcome.ALREADY_HELD}
    }
    awarded = find_contradiction(CertificationOutcome.AWARDED, blocks, chosen)
    assert set(awarded[1] if awarded else ()) == blocks.keys() - acquired
    refused = find_contradiction(CertificationOutcome.NOT_AWARDED, blocks, chosen)
    assert set(refused[1] if refused else ()) == acquired
