"""A decision on the certification that contradicts the decisions on the blocs is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
from hypothesis import assume, given
from hypothesis import strategies as st

from sheetgen.jury.matters import find_contradiction
from sheetgen.model import (
    BlockDecision,
    BlockOutcome,
    BlockStatus,
    CertificationOutcome,
    OptionGroup,
    Referential,
    Rules,
)
from sheetgen.rules import ACQUIRED, CertificationCondition

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

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
SMALL = builders.referential({f"C{place}.1": 1 for place in range(1, 6)})
CODES = [block.code for block in SMALL.blocks]
outcomes = st.lists(st.sampled_from(DECIDED), min_size=5, max_size=5)
rules = st.sampled_from((Rules(), Rules(general_mean=Fraction(1, 2))))


@st.composite
def referentials(draw: DrawFn) -> Referential:
    """Five blocs, any of them options of two groups that ask none, one or two.

    Something is always needed: `check` refuses a title that could be had without a bloc.
    """
    groups = [draw(st.sampled_from([None, "", "A", "B"])) for _ in CODES]
    blocks = tuple(
        block if group is None else replace(block, status=BlockStatus.OPTION, group=group or None)
        for block, group in zip(SMALL.blocks, groups, strict=True)
    )
    asked = tuple(
        OptionGroup(name=name, required=draw(st.integers(0, groups.count(name))))
        for name in "AB"
        if name in groups
    )
    assume(None in groups or any(group.required for group in asked))
    return replace(SMALL, blocks=blocks, option_groups=asked, rules=draw(rules))


def decided(words: list[BlockOutcome], score: Fraction | None = None) -> list[BlockDecision]:
    """The blocs with these outcomes."""
    pairs = zip(CODES, words, strict=True)
    return [BlockDecision(code=code, outcome=word, score=score) for code, word in pairs]


def contradiction(
    word: CertificationOutcome, blocks: list[BlockDecision], known: Referential
) -> tuple[str, set[str]] | None:
    """The code of the problem, and the blocs that it names."""
    found = find_contradiction(word, blocks, CertificationCondition(known.rules, known))
    return found and (found[0].code, set(re.findall(r"BC\d\d", found[1].get("blocks", ""))))


@given(outcomes, referentials(), st.fractions(0, 1))
def test_a_proposal_never_contradicts_the_blocs_it_follows(
    words: list[BlockOutcome], known: Referential, score: Fraction
) -> None:
    """Whatever the blocs, the options and the mean asked, and the score reached."""
    blocks = decided(words, score)
    proposed = CertificationCondition(known.rules, known).judge(blocks)
    assert contradiction(proposed, blocks, known) is None


@given(outcomes, referentials())
def test_without_a_general_mean_exactly_one_decision_agrees(
    words: list[BlockOutcome], known: Referential
) -> None:
    """The blocs alone say whether the certification is awarded, partial or not.

    But where every bloc is an option that is not needed: none is acquired, and it is awarded.
    """
    known, blocks = replace(known, rules=Rules()), decided(words)
    agreeing = [word for word in FINAL if contradiction(word, blocks, known) is None]
    condition = CertificationCondition(known.rules, known)
    nothing = not condition.lacking(blocks) and not any(word in ACQUIRED for word in words)
    if nothing:
        assert agreeing == [CertificationOutcome.AWARDED, CertificationOutcome.NOT_AWARDED]
    else:
        assert len(agreeing) == 1


@given(outcomes, rules)
def test_the_blocs_named_are_those_in_the_way(words: list[BlockOutcome], chosen: Rules) -> None:
    """Blocs lacking where all are needed, blocs acquired where none may be."""
    known, blocks = replace(SMALL, rules=chosen), decided(words)
    acquired = {str(code) for code, word in zip(CODES, words, strict=True) if word in ACQUIRED}
    awarded = contradiction(CertificationOutcome.AWARDED, blocks, known)
    assert (awarded[1] if awarded else set()) == {*map(str, CODES)} - acquired
    refused = contradiction(CertificationOutcome.NOT_AWARDED, blocks, known)
    assert (refused[1] if refused else set()) == acquired


def test_options_short_of_what_their_group_asks_prevent_an_award() -> None:
    """Two options of three, of which two are asked: one is acquired, the other is not needed."""
    option = {"BC03", "BC04", "BC05"}
    blocks = tuple(
        replace(item, status=BlockStatus.OPTION, group="Langues") if item.code in option else item
        for item in SMALL.blocks
    )
    group = OptionGroup(name="Langues", required=2)
    known = replace(SMALL, blocks=blocks, option_groups=(group,))
    condition = CertificationCondition(known.rules, known)
    valid, lost = BlockOutcome.VALIDATED, BlockOutcome.NOT_VALIDATED
    absent, held = BlockOutcome.NOT_PRESENTED, BlockOutcome.ALREADY_HELD

    short = decided([valid, valid, held, lost, absent])
    found = find_contradiction(CertificationOutcome.AWARDED, short, condition)
    assert found is not None
    assert found[0].code == "awarded-without-options"
    assert found[1] == {"found": "« Langues » : 1 sur 2"}
    assert contradiction(CertificationOutcome.PARTIAL, short, known) is None

    enough = decided([valid, valid, held, valid, lost])
    assert contradiction(CertificationOutcome.AWARDED, enough, known) is None
    assert contradiction(CertificationOutcome.PARTIAL, enough, known) == (
        "partial-with-every-bloc",
        set(),
    )
