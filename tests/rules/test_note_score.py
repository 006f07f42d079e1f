"""Scores read as notes: the number of a cell, and what sentences say of an épreuve."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import builders
import pytest

from sheetgen.model import (
    AssessmentMethod,
    BlockRule,
    MethodCode,
    Referential,
    Rules,
)
from sheetgen.rules import NoteScore, decide_candidate

E1 = MethodCode("E1")


def on_baremes(*parts: tuple[str, str]) -> Referential:
    """An épreuve to be passed at 10/20, of criteria with these barèmes and weights."""
    rules = Rules(block_rule=BlockRule.EVERY_ASSESSMENT, divergence=None)
    plain = builders.referential({"C1.1": len(parts)}, rules=rules, scale=builders.note_scale())
    method = AssessmentMethod(code=E1, kind="Oral", description="", threshold=Fraction(1, 2))
    criteria = tuple(
        replace(item, out_of=Fraction(out_of), weight=Fraction(weight))
        for item, (out_of, weight) in zip(plain.criteria, parts, strict=True)
    )
    competencies = (replace(plain.competencies[0], methods=(E1,)),)
    return replace(plain, methods=(method,), competencies=competencies, criteria=criteria)


@pytest.mark.parametrize(
    ("parts", "maximum"),
    [
        ((("4", "4"), ("8", "8")), "12"),
        ((("5/2", "5"), ("5", "10")), "15/2"),
        ((("10", "1"), ("10", "3")), "10"),
        ((("4", "1"), ("8", "1")), "20"),
    ],
)
def test_an_epreuve_is_read_over_the_sum_of_its_baremes(
    parts: tuple[tuple[str, str], ...], maximum: str
) -> None:
    """Where they weigh as they count; over the one that all have; else on the default scale."""
    known = on_baremes(*parts)
    assert known.scale_of_assessment[E1].maximum == Fraction(maximum)


def test_reasons_tell_an_epreuve_over_its_own_points() -> None:
    """1 of 4 and 3 of 8 are 4 of 12, for 6 asked."""
    known = on_baremes(("4", "4"), ("8", "8"))
    session = builders.session(known, jurors=[builders.juror("J1", president=True)])
    marks = builders.marks(known, J1="1 3")
    decision = decide_candidate(known, session, session.candidates[0], marks)
    (reason,) = decision.blocks[0].reasons
    assert reason.message == "Épreuve E1 : résultat de 4/12, pour un seuil de 6/12."


def test_a_note_is_cut_after_two_decimals() -> None:
    """14 of 18 is 15,555… on 20; a scale from 2 to 12 begins at 2; levels are no notes."""
    twenty = NoteScore(builders.note_scale())
    assert twenty.value(Fraction(14, 18)) == 15.55
    assert twenty.value(None) is None
    other = NoteScore(builders.note_scale(minimum=2, maximum=12, step="1/2", acquired_from=8))
    assert other.value(Fraction(1, 3)) == 5.33
    levels = NoteScore(builders.level_scale())
    assert (levels.is_note, levels.value(Fraction(1)), levels.formula("C5")) == (False, None, "")
