"""Only the proposal that the jury saw can be adopted; where it cannot be known, it is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest
from deliberations import CLOSED, SETTLED

from sheetgen.model import BlockCode, BlockRule, CandidateId, CertificationOutcome, Rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.model import SessionDecisions

ONE, TWO, FOUR = (CandidateId(number) for number in "124")
BC01, BC02 = BlockCode("BC01"), BlockCode("BC02")
LINES = tuple(f"E{row}" for row in range(12, 23))
LOST = dict.fromkeys(LINES, "→")
"""The formulas of the proposals, without a value, as programs leave them that calculate nothing."""


def _found(path: Path, decisions: SessionDecisions) -> list[tuple[str, str]]:
    _, problems = deliberations.read(path, decisions)
    return [(item.code, item.location.cell) for item in problems]


def _kinder(decisions: SessionDecisions) -> SessionDecisions:
    """Decide the same marks by a rule changed since: any mean validates a bloc."""
    known = decisions.referential
    rules = replace(known.rules, block_rule=BlockRule.MEAN, block_threshold=Fraction(0))
    return deliberations.decide(replace(known, rules=rules), decisions.session)


def _harsher(decisions: SessionDecisions) -> SessionDecisions:
    """Decide the same marks by a rule changed since: no mean validates a bloc."""
    known = decisions.referential
    rules = replace(known.rules, block_rule=BlockRule.MEAN, block_threshold=Fraction(101))
    return deliberations.decide(replace(known, rules=rules), decisions.session)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({}, id="the cell as it was written"),
        pytest.param({"E13": None}, id="the cell emptied"),
        pytest.param({"E13": "→"}, id="the value of the formula lost"),
        pytest.param({"E13": "Validé"}, id="the new proposal typed over it"),
        pytest.param({"E13": "→Validé"}, id="the formula showing the new proposal"),
        pytest.param({"E13": "=E12"}, id="a formula of somebody's own"),
        pytest.param({"E13": "  validé "}, id="the new proposal in other letters"),
    ],
)
def test_a_proposal_changed_since_the_jury_sat_passes_in_no_way(
    workbook: Path, decisions: SessionDecisions, typed: Mapping[str, str | float | None]
) -> None:
    """Candidate 1's BC02 was « Non validé » and is « Validé » by now, whatever its cell says."""
    deliberations.fill(workbook, {**SETTLED, "G13": "Maquette non conforme", **typed})
    _, problems = deliberations.read(workbook, _kinder(decisions))
    assert ("proposal-changed", "E13") in [(item.code, item.location.cell) for item in problems]
    told = next(item for item in problems if item.location.cell == "E13")
    assert "« Non validé »" in told.message
    assert "« Validé »" in told.message
    assert "consolidate" in told.hint


@pytest.mark.parametrize("decision", [None, "Proposition adoptée"])
def test_a_proposal_that_was_emptied_is_not_adopted(
    workbook: Path, decisions: SessionDecisions, decision: str | None
) -> None:
    """The cell neither shows a proposal nor computes one: what the jury saw is not known."""
    deliberations.fill(workbook, {**SETTLED, "E12": None, "E16": None, "F12": decision})
    assert _found(workbook, decisions) == [("proposal-unknown", "E12"), ("proposal-unknown", "E16")]


def test_a_jurys_own_decision_does_not_need_the_proposal(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """What it decides itself stands, whatever it saw."""
    deliberations.fill(workbook, {**SETTLED, "E12": None, "F12": "Validé"})
    assert _found(workbook, decisions) == []


def test_values_that_no_application_calculated_are_known_from_what_was_written(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The formulas are there and the hidden sheet says what they came to."""
    deliberations.fill(workbook, {**SETTLED, **LOST})
    deliberation, problems = deliberations.read(workbook, decisions)
    assert problems == []
    assert deliberation is not None
    assert deliberation.rulings[FOUR].certification.outcome is CertificationOutcome.AWARDED


def test_an_older_workbook_is_believed_where_its_cells_compute(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """It notes no proposals: formulas with their values are what the jury saw."""
    older = deliberations.without_proposals(deliberations.fill(workbook, SETTLED))
    assert _found(older, decisions) == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"E12": "→"}, [("proposal-unknown", "E12")]),
        ({"E12": "Validé"}, [("proposal-unknown", "E12")]),
        ({"E12": None}, [("proposal-unknown", "E12")]),
        ({"E19": "→À délibérer"}, [("proposal-changed", "E19")]),
        ({"E16": "→Validation partielle"}, [("proposal-changed", "E16")]),
    ],
)
def test_an_older_workbook_is_refused_where_nothing_tells_what_was_seen(
    workbook: Path,
    decisions: SessionDecisions,
    typed: Mapping[str, str | float | None],
    expected: list[tuple[str, str]],
) -> None:
    """A value lost or typed, and a certification that did not follow its blocs."""
    deliberations.fill(workbook, {**SETTLED, **typed})
    assert _found(deliberations.without_proposals(workbook), decisions) == expected


def test_a_line_that_the_hidden_sheet_has_lost_is_not_adopted(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Candidate 1's bloc is no longer noted: the certification that follows it is not either."""
    deliberations.fill(workbook, SETTLED)
    deliberations.fill(workbook, {"G8": None}, sheet="_sheetgen")
    assert _found(workbook, decisions) == [("proposal-unknown", "E12"), ("proposal-unknown", "E14")]


def test_a_certification_not_calculated_again_is_adopted_with_a_warning(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The jury settled candidate 4's bloc; the cell still says « À délibérer »."""
    deliberations.fill(workbook, {**SETTLED, "E19": "→À délibérer"})
    deliberation, problems = deliberations.read(workbook, decisions)
    assert deliberation is not None
    assert [(item.code, item.severity.value, item.location.cell) for item in problems] == [
        ("certification-followed", "warning", "E19")
    ]
    assert deliberation.rulings[FOUR].certification.outcome is CertificationOutcome.AWARDED


def test_a_certification_typed_over_shows_what_was_typed(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """« À délibérer » as a text computes nothing: the jury saw just that."""
    deliberations.fill(workbook, {**SETTLED, "E19": "À délibérer"})
    assert _found(workbook, decisions) == [("proposal-changed", "E19")]


def test_a_general_mean_asked_for_since_is_not_adopted_unseen(tmp_path: Path) -> None:
    """The jury validates the lost bloc: its workbook then awards, the rules of now do not.

    As written, both propose « Validation partielle »: what the cell would have come to tells.
    """
    known = builders.referential({"C1.1": 2, "C2.1": 1})
    session = builders.session(known)
    before = deliberations.decide(known, session, {"1": ("2 2 0", "2 2 0")})
    path = deliberations.write(tmp_path, before)
    said = {"D5": "Oui", "F13": "Validé", "G13": "Oral convaincant", **CLOSED}
    stricter = replace(known, rules=Rules(general_mean=Fraction(4, 5)))
    after = deliberations.decide(stricter, session, {"1": ("2 2 0", "2 2 0")})
    assert after.decided[ONE].outcome is before.decided[ONE].outcome
    for shown in ("→Validation partielle", "→Délivrée", "→", "Validation partielle"):
        deliberations.fill(path, {**said, "E14": shown})
        assert ("proposal-changed", "E14") in _found(path, after), shown


def test_a_bloc_held_since_is_told_at_the_certification(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Candidate 2 held BC02 as the jury sat; the session says so no more."""
    deliberations.fill(workbook, SETTLED)
    people = tuple(
        replace(item, held=()) if item.id == TWO else item for item in decisions.session.candidates
    )
    now = deliberations.decide(decisions.referential, replace(decisions.session, candidates=people))
    assert _found(workbook, now) == [("proposal-changed", "E16"), ("proposal-changed", "E16")]


def test_a_changed_proposal_is_the_only_thing_said_of_its_line(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Four blocs were proposed as validated; what a refusal owes is not asked of them yet."""
    deliberations.fill(workbook, SETTLED)
    assert _found(workbook, _harsher(decisions)) == [
        ("proposal-changed", "E12"),
        ("proposal-changed", "E15"),
        ("proposal-changed", "E17"),
        ("proposal-changed", "E18"),
    ]


def test_a_word_that_is_no_choice_is_told_of_a_changed_line_too(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """It is another fault, and would come back."""
    deliberations.fill(workbook, {**SETTLED, "F12": "Peut-être"})
    assert {("proposal-changed", "E12"), ("choice-unknown", "F12")} <= set(
        _found(workbook, _harsher(decisions))
    )
