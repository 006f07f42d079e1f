"""The fields of what follows a failure say nothing where no rule does."""

from __future__ import annotations

from deliberations import small_decisions

from sheetgen.documents.contexts.resit_fields import resit_context
from sheetgen.model import CandidateId


def test_without_a_rule_papers_say_what_they_said() -> None:
    """Of who failed: neither put off nor refused, and nothing kept."""
    decisions = small_decisions()
    said = resit_context(decisions, decisions.decided[CandidateId("1")])
    assert said == {"ajourne": False, "refuse": False, "rattrapage": "—", "conserves": []}
