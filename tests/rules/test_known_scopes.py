"""Scopes are shared by those who are asked exactly the same, and by nobody else."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction

import builders
import pytest

from sheetgen.model import AccessRoute, CompetencyCode, CriterionCode, MethodCode
from sheetgen.rules import CandidateScope, KnownScopes

REFERENTIAL = builders.referential({"C1.1": 2, "C2.1": 1})
SESSION = builders.session(REFERENTIAL)
PLAIN = CandidateScope.of(REFERENTIAL, SESSION, SESSION.candidates[0])
GIVEN = SESSION.assignments[0]
OTHERS: dict[str, object] = {
    "blocks": (),
    "access": next(item for item in AccessRoute if item is not PLAIN.access),
    "exemptions": frozenset({CriterionCode("C1.1.1")}),
    "absences": frozenset({MethodCode("M1")}),
    "kept_assessments": {MethodCode("M1"): Fraction(12)},
    "kept_competencies": {CompetencyCode("C1.1"): None},
    "assignment": GIVEN,
}
"""For each thing that a scope depends on, another value of it."""


def test_every_attribute_is_looked_at() -> None:
    """One that is added later has to tell scopes apart, too; all are of one référentiel."""
    assert {item.name for item in fields(CandidateScope)} == {"referential", *OTHERS}


@pytest.mark.parametrize("name", OTHERS)
def test_who_is_asked_something_else_has_another_scope(name: str) -> None:
    """The same is shared; what differs in one thing is not."""
    known = KnownScopes()
    assert known.shared(PLAIN) is PLAIN
    assert known.shared(replace(PLAIN)) is PLAIN
    other = replace(PLAIN, **{name: OTHERS[name]})  # type: ignore[arg-type] # by its name
    assert known.shared(other) is other
