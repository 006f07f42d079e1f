"""A session closes with every grid in and a jury large enough, whatever the jury writes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest
from deliberations import CLOSED, SETTLED

from sheetgen.model import (
    CandidateId,
    CompetencyCode,
    JurorCode,
    JurorRole,
    MethodCode,
    Proof,
    Rules,
)
from sheetgen.rules import decide_session

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions

FIRST, J1, J2 = "Prénom 1 Nom 1 (1)", "Prénom J1 Nom J1 (J1)", "Prénom J2 Nom J2 (J2)"
"""The first candidate and the jurors, as messages name them."""


def _told(path: Path, decisions: SessionDecisions) -> list[tuple[str, str, str]]:
    _, problems = deliberations.read(path, decisions)
    return [(item.code, item.location.cell, item.message) for item in problems]


def test_marks_still_missing_are_refused_even_where_the_jury_decides(tmp_path: Path) -> None:
    """J2 left C1.1.2 blank: neither adoption nor an own decision with its reason closes it."""
    known = deliberations.small_referential()
    session = builders.session(known)
    decisions = deliberations.decide(known, session, {"1": ("2 2 2", "2 . 2")})
    path = deliberations.write(tmp_path, decisions)
    said = {"D5": "Oui", "F12": "Validé", "G12": "Vu par J1", "F14": "Délivrée", "G14": "Vu"}
    deliberations.fill(path, {**CLOSED, **said})
    assert _told(path, decisions) == [
        (
            "marks-still-missing",
            "E12",
            f"Candidat {FIRST}, BC01 : il manque des appréciations ({J2} : C1.1.2).",
        )
    ]


def test_a_grid_that_never_came_back_is_named(tmp_path: Path) -> None:
    """J2's grid is missing: said of each bloc that waits for it."""
    known = deliberations.small_referential()
    session = builders.session(known)
    complete = deliberations.decide(known, session, {"1": ("2 2 2", ". . .")})
    decisions = replace(
        complete,
        returns=complete.returns[:1],
        missing=((CandidateId("1"), JurorCode("J2")),),
        provisional=True,
    )
    path = deliberations.write(tmp_path, decisions)
    deliberations.fill(path, {**CLOSED, "D5": "Oui"})
    assert _told(path, decisions) == [
        (
            "marks-still-missing",
            "E12",
            f"Candidat {FIRST}, BC01 : il manque des appréciations ({J2} : la grille).",
        ),
        (
            "marks-still-missing",
            "E13",
            f"Candidat {FIRST}, BC02 : il manque des appréciations ({J2} : la grille).",
        ),
    ]


def test_a_missing_grid_counts_even_where_all_it_marks_is_exempted(tmp_path: Path) -> None:
    """The only criterion is exempted, so no bloc waits: the certification is where it is said."""
    known = builders.referential({"C1.1": 1})
    session = builders.session(known, accommodations=[builders.exemption("C1.1.1")])
    complete = deliberations.decide(known, session, {"1": (".", ".")})
    decisions = replace(
        complete,
        returns=complete.returns[:1],
        missing=((CandidateId("1"), JurorCode("J2")),),
        provisional=True,
    )
    path = deliberations.write(tmp_path, decisions)
    said = {"F12": "Validé", "G12": "Capacité établie", "E13": "→Délivrée"}
    deliberations.fill(path, {**CLOSED, "D5": "Oui", **said})
    assert [item[:2] for item in _told(path, decisions)] == [("marks-still-missing", "E13")]


@pytest.mark.parametrize(
    ("rules", "code", "told"),
    [
        (
            Rules(minimum_jurors=3),
            "deliberation-jury-too-small",
            "2 juré(s) affecté(s), Jurés minimum est 3.",
        ),
        (
            Rules(minimum_external=Fraction(2, 3)),
            "deliberation-jury-lacks-externals",
            "1 juré(s) externe(s) sur 2, il en faut au moins",
        ),
    ],
)
def test_a_jury_too_small_or_too_close_is_refused_for_each_bloc(
    tmp_path: Path, rules: Rules, code: str, told: str
) -> None:
    """Two jurors, one external, on both blocs of one candidate."""
    known = replace(deliberations.small_referential(), rules=rules)
    jurors = (builders.JURORS[0], replace(builders.JURORS[1], external=False))
    session = builders.session(known, jurors=jurors)
    decisions = deliberations.decide(known, session, {"1": ("2 2 2", "2 2 2")})
    path = deliberations.write(tmp_path, decisions)
    found = _told(deliberations.fill(path, {**CLOSED, "D5": "Oui"}), decisions)
    assert [item[:2] for item in found] == [(code, "E12"), (code, "E13")]
    assert all(told in item[2] for item in found)


def test_the_shipped_quorum_is_reached_at_equality(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Two jurors where two are asked, one external where half are."""
    jurors = (replace(decisions.session.jurors[0], external=False), decisions.session.jurors[1])
    half = replace(decisions, session=replace(decisions.session, jurors=jurors))
    deliberation, problems = deliberations.read(deliberations.fill(workbook, SETTLED), half)
    assert deliberation is not None
    assert problems == []


def test_only_jurors_who_mark_a_criterion_owe_it(tmp_path: Path) -> None:
    """J2 marks M2.1 alone: C1.1.2, which nobody marked, is J1's."""
    known = deliberations.small_referential()
    session = builders.session(known)
    one, two = session.assignments
    methods = tuple((block, (MethodCode("M2.1"),)) for block in two.blocks)
    session = replace(session, assignments=(one, replace(two, methods=methods)))
    decisions = deliberations.decide(known, session, {"1": ("2 . 2", ". . .")})
    path = deliberations.write(tmp_path, decisions)
    deliberations.fill(path, {**CLOSED, "D5": "Oui"})
    told = [message for code, _, message in _told(path, decisions) if code.startswith("marks")]
    assert told == [
        f"Candidat {FIRST}, BC01 : il manque des appréciations ({J1} : C1.1.2).",
        f"Candidat {FIRST}, BC02 : il manque des appréciations ({J2} : C2.1.1).",
    ]


def test_evidence_still_awaited_keeps_a_session_open(tmp_path: Path) -> None:
    """No mark is missing: what is told is the document that nobody has accepted yet."""
    plain = deliberations.small_referential()
    shown = replace(plain.competencies[1], code=CompetencyCode("C2.2"), proof=Proof.EVIDENCE)
    known = replace(plain, competencies=(*plain.competencies, shown))
    decisions = deliberations.decide(known, builders.session(known), {"1": ("2 2 2", "2 2 2")})
    path = deliberations.write(tmp_path, decisions)
    deliberations.fill(path, {**CLOSED, "D5": "Oui"})
    code, cell, message = _told(path, decisions)[0]
    assert (code, cell) == ("bloc-still-incomplete", "E13")
    assert "C2.2" in message


def test_a_bloc_that_assessors_alone_mark_takes_its_quorum_from_the_jury(tmp_path: Path) -> None:
    """BC01 is the évaluateur J3's, BC02 one member's, who is too few: two are asked."""
    known = deliberations.small_referential()
    three = replace(builders.juror("J3"), role=JurorRole.ASSESSOR)
    session = builders.session(
        known,
        jurors=(*builders.JURORS, three),
        assignments=[("1", "J1", ("BC02",)), ("1", "J3", ("BC01", "BC02"))],
    )
    decided = decide_session(
        known,
        session,
        {
            (CandidateId("1"), juror): marks
            for juror, marks in builders.marks(known, J1=". . 2", J3="2 2 2").items()
        },
    )
    decisions = builders.session_decisions(known, session, decided)
    path = deliberations.write(tmp_path, decisions)
    deliberations.fill(path, {**CLOSED, "D5": "Oui"})
    assert [(code, cell) for code, cell, _ in _told(path, decisions)] == [
        ("deliberation-jury-too-small", "E13")
    ]
