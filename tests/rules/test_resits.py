"""The rules of the re-sit, by hand: who may come back, until when and how often."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from deliberations import decide, small_referential, small_session

from sheetgen.consolidation import render_decisions
from sheetgen.model import BlockCode, CandidateId, Rules
from sheetgen.rules import Resit, resit_after, resit_of

JUNE = dt.date(2026, 6, 15)
B1, B2 = BlockCode("BC01"), BlockCode("BC02")
PLAIN = small_referential()


def _after(number: str, *, sat_before: int = 0, **rules: int) -> Resit | None:
    known = replace(PLAIN, rules=replace(PLAIN.rules, **rules))  # type: ignore[arg-type]
    session = small_session(known)
    people = tuple(
        replace(item, sat_before=sat_before, registered=(B1, B2)) for item in session.candidates
    )
    session = replace(session, candidates=people, date=JUNE)
    decisions = decide(known, session)
    return resit_after(known, session, decisions.decided[CandidateId(number)])


def test_without_a_rule_nothing_is_said() -> None:
    """Not on papers, nor in `decisions.json`: today's files stay as they are."""
    assert [_after(str(number)) for number in range(1, 6)] == [None] * 5
    decisions = decide(PLAIN, small_session(PLAIN))
    candidates = render_decisions(decisions)["candidates"]
    assert isinstance(candidates, list)
    assert not any("resit" in item for item in candidates)


def test_a_right_is_left_to_who_failed_or_did_not_come() -> None:
    """Once, within a year: not to who is awarded, nor where the jury has still to decide."""
    rules = {"most_resits": 1, "resit_months": 12}
    partial, awarded, absent, open_, failed = (
        _after(str(number), **rules) for number in range(1, 6)
    )
    end = dt.date(2027, 6, 15)
    assert awarded is None
    assert open_ is None
    assert partial == Resit(until=end, left=1, blocks=(B2,))
    assert failed == Resit(until=end, left=1, blocks=(B1, B2))
    assert absent is not None
    assert (absent.refusal, absent.until, absent.left) == ("", None, 2)


@pytest.mark.parametrize(
    ("sat_before", "rules", "refusal"),
    [
        (1, {"most_resits": 1}, "2 présentations déjà faites"),
        (0, {"most_resits": 1}, ""),
        (0, {"most_resit_blocks": 1}, "2 blocs ne sont pas validés"),
        (0, {"most_resit_blocks": 2}, ""),
    ],
)
def test_a_refusal_says_why(sat_before: int, rules: dict[str, int], refusal: str) -> None:
    """Two blocs failed, for the first or the second time; nothing is kept then."""
    right = _after("5", sat_before=sat_before, competencies_kept_months=12, **rules)
    assert right is not None
    assert right.refusal == refusal


def test_a_term_counts_from_the_first_session_and_its_last_day_is_in_it() -> None:
    """Twelve months from June 15: the next June 15 is in time, and the day after is not."""
    rules = Rules(resit_months=12)
    said = [
        resit_of(rules, sat=1, first=JUNE, failed=1, day=dt.date(2027, 6, day)).refusal
        for day in (15, 16)
    ]
    assert said == ["", "le délai est passé depuis le 15/06/2027"]
