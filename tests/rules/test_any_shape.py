"""The rules say what a plain reading of the design says, on référentiels of any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shaped
from hypothesis import HealthCheck, given
from plain_reading import read_plainly
from tries import tries

from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from strategies import Scenario

    from sheetgen.model import CandidateDecision


def told(decision: CandidateDecision) -> dict[str, Any]:
    """A decision as flat facts."""
    found: dict[str, Any] = {
        "outcome": decision.outcome.key,
        "mean": decision.mean,
        "mention": decision.mention,
        "assessments": {x.code: (x.outcome.key, x.score) for x in decision.assessments},
    }
    for block in decision.blocks:
        found[block.code] = (block.outcome.key, block.score)
        for competency in block.competencies:
            found[competency.code] = (competency.outcome.key, competency.score)
            for item in competency.criteria:
                found[item.code] = (item.state.key, item.points, item.divergent)
    return found


def expected(plain: dict[str, Any]) -> dict[str, Any]:
    """Return what was read plainly, as the same facts."""
    found: dict[str, Any] = {
        key: plain[key] for key in ("outcome", "mean", "mention", "assessments")
    }
    for code, block in plain["blocks"].items():
        found[code] = (block["outcome"], block["score"])
        for competency in block["competencies"]:
            found[competency["record"].code] = (competency["outcome"], competency["score"])
            for item in competency["items"]:
                found[item.record.code] = (item.state, item.points, item.divergent)
    return found


@tries(100, unchecked=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(shaped.scenarios())
def test_rules_agree_with_a_plain_reading(scenario: Scenario) -> None:
    """Every outcome, score, state, mention and épreuve, whatever the référentiel and session."""
    decisions = decide_session(scenario.referential, scenario.session, scenario.marks)
    plain = read_plainly(scenario.referential, scenario.session, scenario.marks)
    assert {item.candidate: told(item) for item in decisions} == {
        number: expected(found) for number, found in plain.items()
    }
