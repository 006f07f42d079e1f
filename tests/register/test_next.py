"""The session to come: who has still to present, what they hold, and what they keep till when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from builders import referential
from registered import PLACES, candidate, closing, identity, key

from sheetgen.model import BlockCode, MethodCode
from sheetgen.model.retention import add_months
from sheetgen.register import NextCandidate, Register, next_candidates, record_closing
from sheetgen.register.facts import ResultFacts
from sheetgen.text import exact_share

if TYPE_CHECKING:
    from sheetgen.model import Rules
    from sheetgen.register import CandidateFacts

ZOE = identity("Zoé Exemple", "1998-03-14")
BASE = referential({"C1.1": 2, "C2.1": 2})
OCTOBER = date(2026, 10, 15)


def _ruled(**rules: object) -> Rules:
    return replace(BASE.rules, **rules)  # type: ignore[arg-type]


def _record(register: Register, session: str, day: str, *people: CandidateFacts) -> None:
    facts = closing(key(session, date=day), *people)
    with register.writing() as connection:
        assert record_closing(connection, facts, PLACES, "essai") == []


def _next(
    register: Register, rules: Rules | None = None, day: date = OCTOBER
) -> list[NextCandidate]:
    known = replace(BASE, rules=rules or BASE.rules)
    with register.reading() as connection:
        return next_candidates(connection, "rncp1", known, day)


def _with(person: CandidateFacts, *results: tuple[str, str, str, str | None]) -> CandidateFacts:
    """Return a candidate with more results: kind, code, outcome, score."""
    more = tuple(
        ResultFacts(kind=kind, code=code, title="", outcome=outcome, score=score)
        for kind, code, outcome, score in results
    )
    return replace(person, results=(*person.results, *more))


def test_whoever_lacks_a_bloc_comes_back(register: Register) -> None:
    """Of two sessions and a reopening: blocs held add up, and a title ends it."""
    lea = identity("Léa Libre", "1991-01-01")
    _record(
        register,
        "JUIN",
        "2026-06-15",
        candidate("C01", ZOE, BC01="validated", BC02="not_validated"),
        candidate("C02", lea, BC01="not_validated", BC02="not_validated"),
        candidate("C03", identity("Max Titré", "1992-01-01"), "awarded", BC01="validated"),
    )
    zoe, other = _next(register)
    assert (zoe.person["last_name"], zoe.held, zoe.missing) == ("Exemple", ("BC01",), ("BC02",))
    assert (other.held, other.missing) == ((), ("BC01", "BC02"))
    _record(register, "SEPT", "2026-09-15", candidate("C09", lea, "awarded", BC01="validated"))
    assert [item.person["last_name"] for item in _next(register)] == ["Exemple"]


def test_a_candidate_for_blocs_comes_back_for_those(register: Register) -> None:
    """Of the blocs route: what was presented and failed, and no other."""
    person = replace(
        candidate("C01", ZOE, BC01="not_validated", BC02="not_presented"), route="blocks"
    )
    _record(register, "JUIN", "2026-06-15", person)
    (zoe,) = _next(register)
    assert zoe.missing == ("BC01",)


def test_whoever_acquired_all_they_presented_is_named_and_left_out(register: Register) -> None:
    """By blocs, what they will present next is not known; another has but the title to get."""
    by_bloc = candidate("C01", ZOE, BC01="validated", BC02="not_presented")
    max_ = identity("Max Moyen", "1992-01-01")
    _record(
        register,
        "JUIN",
        "2026-06-15",
        replace(by_bloc, route="blocks"),
        candidate("C02", max_, BC01="validated", BC02="validated"),
    )
    assert [(item.person["last_name"], item.left_out) for item in _next(register)] == [
        ("Exemple", "inscription par blocs, et les blocs présentés sont acquis (BC01)"),
        ("Moyen", "tous les blocs obligatoires sont acquis, mais non la certification"),
    ]


def test_results_are_kept_as_long_as_the_rules_say(register: Register) -> None:
    """Hand-worked: 12 months from 15/06/2026, from 60 % on, and only in blocs that are missing."""
    person = _with(
        candidate("C01", ZOE, BC01="validated", BC02="not_validated"),
        ("competency", "C1.1", "acquired", "1.0"),
        ("competency", "C2.1", "acquired", str(277 / 300)),
    )
    _record(register, "JUIN", "2026-06-15", person)
    assert _next(register)[0].kept == ()
    rules = _ruled(competencies_kept_months=12)
    (kept,) = _next(register, rules, date(2027, 6, 15))[0].kept
    assert (kept.code, kept.score, kept.until) == ("C2.1", Fraction(277, 300), date(2027, 6, 15))
    assert kept.origin == "JUIN"
    assert _next(register, rules, date(2027, 6, 16))[0].kept == ()


def test_an_assessment_is_kept_from_its_own_score_on(register: Register) -> None:
    """The best of two sessions counts, and one below the score to keep does not."""
    method = MethodCode("M2.1")
    second = BASE.criteria_of_block[BlockCode("BC02")]
    assert {BASE.assessment_of[item.code] for item in second} == {method}
    for session, day, score in (("MAI", "2026-05-15", "0.7"), ("JUIN", "2026-06-15", "0.55")):
        person = _with(
            candidate("C01", ZOE, BC01="validated", BC02="not_validated"),
            ("assessment", method, "passed", score),
        )
        _record(register, session, day, person)
    rules = _ruled(assessments_kept_months=12)
    (kept,) = _next(register, rules)[0].kept
    assert (kept.score, kept.until) == (Fraction(7, 10), date(2027, 5, 15))
    strict = _ruled(assessments_kept_months=12, assessments_kept_from=Fraction(4, 5))
    assert _next(register, strict)[0].kept == ()


def test_what_was_given_up_comes_back_no_more(register: Register) -> None:
    """Passed in May with 70 %, renounced in June and passed with 55 %: that alone is kept."""
    method = MethodCode("M2.1")
    for session, day, said in (
        ("MAI", "2026-05-15", [("assessment", method, "passed", "0.7")]),
        (
            "JUIN",
            "2026-06-15",
            [("renounced", method, "renounced", None), ("assessment", method, "passed", "0.55")],
        ),
    ):
        person = _with(candidate("C01", ZOE, BC01="validated", BC02="not_validated"), *said)
        _record(register, session, day, person)
    (kept,) = _next(register, _ruled(assessments_kept_months=12))[0].kept
    assert (kept.score, kept.until) == (Fraction(11, 20), date(2027, 6, 15))


def test_somebody_absent_for_blocs_is_told_apart(register: Register) -> None:
    """Nothing recorded says for which blocs they were entered: they are named, not forgotten."""
    person = replace(
        candidate("C01", ZOE, BC01="not_presented", BC02="not_presented"),
        route="blocks",
        status="absent",
    )
    _record(register, "JUIN", "2026-06-15", person)
    (zoe,) = _next(register)
    assert zoe.refusal == "son absence ne dit pas à quels blocs il était inscrit"


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"most_resits": 1}, "2 présentations déjà faites"),
        ({"most_resits": 2}, ""),
        ({"resit_months": 4}, "le délai est passé depuis le 15/09/2026"),
        ({"resit_months": 5}, ""),
        ({"most_resit_blocks": 1}, "2 blocs ne sont pas validés"),
        ({"most_resit_blocks": 2}, ""),
    ],
)
def test_the_rules_say_who_may_come_back(
    register: Register, rules: dict[str, object], reason: str
) -> None:
    """How often, how long after the first session, and with how many blocs failed."""
    for session, day in (("MAI", "2026-05-15"), ("JUIN", "2026-06-15")):
        person = replace(
            candidate("C01", ZOE, BC01="not_validated", BC02="not_validated"), status="present"
        )
        _record(register, session, day, person)
    (zoe,) = _next(register, _ruled(**rules))
    assert zoe.refusal == reason


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 6, 15), 12, date(2027, 6, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
    ],
)
def test_months_end_where_the_calendar_does(day: date, months: int, expected: date) -> None:
    """The last day of a shorter month stands for one that it has not."""
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(277, 300), "277/300"),
        (Fraction(37, 40), "92,5 %"),
        (Fraction(1), "100 %"),
        (Fraction(0), "0 %"),
    ],
)
def test_a_score_is_written_so_that_it_is_read_exactly(share: Fraction, text: str) -> None:
    """A percentage where it ends, else a mark over its maximum."""
    assert exact_share(share) == text
