"""Marks given in common: one juror's for the rules, with the weight and the place of all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import builders
import pytest

from sheetgen.model import (
    CriterionState,
    JurorCode,
    JurorRole,
    Merge,
    Notation,
    Referential,
    Session,
    TieBreak,
)
from sheetgen.rules import decide_candidate, jury_of, mark_in_common

ASSESSOR = replace(builders.juror("E1"), role=JurorRole.ASSESSOR)
JURY = (builders.juror("J1", weight=2, president=True), builders.juror("J2"))


def session(known: Referential) -> Session:
    """The jury marks in common, the évaluateur alone."""
    found = builders.session(known, jurors=(*JURY, ASSESSOR))
    return mark_in_common(known, replace(found, notation=Notation.COMMON))


def points(merge: Merge, tie: TieBreak, together: str, alone: str) -> Fraction | None:
    """Return what the only criterion is worth, from the mark in common and the évaluateur's."""
    known = builders.referential({"C1.1": 1})
    known = replace(known, rules=replace(known.rules, merge=merge, tie_break=tie))
    given = builders.marks(known, **{"J1+J2": together, "E1": alone})
    held = session(known)
    decision = decide_candidate(known, held, held.candidates[0], given)
    return decision.blocks[0].competencies[0].criteria[0].points


@pytest.mark.parametrize(
    ("merge", "tie", "expected"),
    [
        (Merge.MEAN, TieBreak.DELIBERATION, Fraction(3, 2)),  # weights 3 and 1
        (Merge.MEDIAN, TieBreak.DELIBERATION, 1),  # two marks, whatever they weigh
        (Merge.MINIMUM, TieBreak.DELIBERATION, 0),
        (Merge.MAXIMUM, TieBreak.DELIBERATION, 2),
        (Merge.UNANIMITY, TieBreak.DELIBERATION, None),
        (Merge.MAJORITY, TieBreak.DELIBERATION, 2),
    ],
)
def test_a_group_counts_once_with_the_weight_of_all(
    merge: Merge, tie: TieBreak, expected: Fraction | None
) -> None:
    """Beside an évaluateur's mark, that of a group is one, and weighs their sum."""
    assert points(merge, tie, "2", "0") == expected


@pytest.mark.parametrize("merge", list(Merge))
def test_a_group_alone_is_worth_what_it_gave(merge: Merge) -> None:
    """No merge changes the only mark there is, and there is nothing to settle."""
    known = builders.referential({"C1.1": 1})
    known = replace(known, rules=replace(known.rules, merge=merge))
    held = mark_in_common(known, builders.session(known, jurors=JURY))
    decision = decide_candidate(
        known, held, held.candidates[0], builders.marks(known, **{"J1+J2": "1"})
    )
    (item,) = decision.blocks[0].competencies[0].criteria
    assert (item.points, item.state) == (Fraction(1), CriterionState.MARKED)
    assert not item.divergent


def test_a_tie_is_settled_by_the_group_of_the_president() -> None:
    """Where évaluateurs weigh as much, the mark that the president gave with others leads."""
    known = builders.referential({"C1.1": 1})
    rules = replace(known.rules, merge=Merge.MAJORITY, tie_break=TieBreak.PRESIDENT)
    known = replace(known, rules=rules)
    heavy = replace(ASSESSOR, weight=Fraction(3))
    held = mark_in_common(known, builders.session(known, jurors=(*JURY, heavy)))
    given = builders.marks(known, **{"J1+J2": "1", "E1": "2"})
    decision = decide_candidate(known, held, held.candidates[0], given)
    assert decision.blocks[0].competencies[0].criteria[0].points == 1


def test_who_sits_is_counted_person_by_person() -> None:
    """The jury of a bloc is the members of its group, not the group."""
    known = builders.referential({"C1.1": 1})
    held = session(known)
    jury = jury_of(held, held.candidates[0].id, known.blocks[0].code)
    assert [juror.code for juror in jury] == [JurorCode("J1"), JurorCode("J2")]
