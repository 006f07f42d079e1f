"""A jury decides on the returns as they are: what differs from them is refused, naming it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest
from deliberations import SETTLED

from sheetgen.model import (
    Absence,
    CandidateId,
    JurorCode,
    Return,
    ReturnStatus,
    Unobserved,
)
from sheetgen.rules import decide_session, mark_in_common

if TYPE_CHECKING:
    from pathlib import Path

    from sheetgen.model import SessionDecisions


def _found(path: Path, decisions: SessionDecisions) -> list[tuple[str, str, str]]:
    deliberation, problems = deliberations.read(path, decisions)
    assert (deliberation is None) == bool(problems)
    return [(item.code, item.location.sheet, item.location.cell) for item in problems]


def test_a_mark_changed_in_the_workbook_is_refused_at_its_cell(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The jury tried « Acquis » in place of J1's mark on C2.1.1 and left it there."""
    deliberations.fill(workbook, SETTLED)
    deliberations.fill(workbook, {"H8": "Acquis"}, sheet="Critères")
    _, problems = deliberations.read(workbook, decisions)
    assert [(item.code, str(item.location)) for item in problems] == [
        ("consolidated-mark-changed", "consolidation.xlsx, feuille Critères, cellule H8")
    ]
    assert problems[0].message == (
        "Candidat Prénom 1 Nom 1 (1), critère C2.1.1, juré Prénom J1 Nom J1 (J1) : le classeur dit "
        "« Acquis », le retour dit "
        "« Non acquis »."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"H8": None}, [("consolidated-mark-changed", "H8")]),
        ({"H8": " non  ACQUIS "}, []),
        ({"G8": "J9", "H8": None}, [("consolidated-mark-missing", "E5")]),
        (
            {"G8": "J9"},
            [("consolidated-mark-unknown", "H8"), ("consolidated-mark-missing", "E5")],
        ),
        (
            {"E8": "C9.9.9"},
            [("consolidated-mark-unknown", "H8"), ("consolidated-mark-unknown", "J8")]
            + [("consolidated-mark-missing", "E5")] * 2,
        ),
        ({"J5": "Note 2"}, [("deliberation-column-missing", "A5")]),
    ],
)
def test_the_criteria_sheet_must_show_every_mark_that_counts(
    workbook: Path,
    decisions: SessionDecisions,
    changes: dict[str, str | float | None],
    expected: list[tuple[str, str]],
) -> None:
    """A mark emptied, retyped, given to another juror or criterion; a column renamed."""
    deliberations.fill(workbook, SETTLED)
    deliberations.fill(workbook, changes, sheet="Critères")
    assert _found(workbook, decisions) == [(code, "Critères", cell) for code, cell in expected]


def test_the_criteria_may_be_sorted(workbook: Path, decisions: SessionDecisions) -> None:
    """Marks are found by the candidate, criterion and juror in their row."""
    deliberations.fill(workbook, SETTLED)
    raw = deliberations.read_workbook(workbook)
    sheet = raw.sheet("Critères")
    assert sheet is not None
    last = 1 + max(sheet.rows)
    turned = deliberations.rearranged(raw, "Critères", [5, *range(last, 5, -1)])
    assert deliberations.judged(turned, decisions)[1] == []


def test_marks_and_returns_in_common_are_those_of_all_who_gave_them(tmp_path: Path) -> None:
    """« jurés A et B », of what changed, of what is gone and of what came after."""
    known = deliberations.small_referential()
    session = mark_in_common(known, deliberations.small_session(known))
    group = JurorCode("J1+J2")
    both = "jurés Prénom J1 Nom J1 et Prénom J2 Nom J2 (J1+J2)"
    marks = {
        (CandidateId(number), group): builders.marks(known, **{group: rows[0]})[group]
        for number, rows in deliberations.MARKS.items()
    }
    returns = [
        Return(file=f"{number}.xlsx", sha256=number, candidate=CandidateId(number), juror=group,
               status=ReturnStatus.ACCEPTED)
        for number in deliberations.MARKS
    ]  # fmt: skip
    decided = decide_session(known, session, marks)
    whole = builders.session_decisions(known, session, decided, returns=returns)
    path = deliberations.write(tmp_path, whole)
    deliberations.fill(path, deliberations.SETTLED)
    deliberations.fill(path, {"H8": "Acquis"}, sheet="Critères")
    changed = (
        replace(returns[1], candidate=CandidateId("3")),
        replace(returns[2], sha256="x"),
        *returns[3:],
        returns[0],
    )
    _, problems = deliberations.read(path, replace(whole, returns=changed))
    said = {item.code: item.message for item in problems}
    assert {
        "consolidated-mark-changed",
        "consolidated-return-changed",
        "consolidated-return-gone",
        "return-not-consolidated",
    } <= said.keys()
    assert all(both in said[code] for code in said if code.startswith(("conso", "return-not")))


def test_a_return_replaced_since_is_refused_by_name(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The file has another hash; that its marks differ as well is not said again."""
    deliberations.fill(workbook, SETTLED)
    other = hashlib.sha256(b"other").hexdigest()
    first, *rest = decisions.returns
    changed = replace(decisions, returns=(replace(first, sha256=other), *rest))
    _, problems = deliberations.read(workbook, changed)
    assert [(item.code, item.location.sheet, item.location.cell) for item in problems] == [
        ("consolidated-return-changed", "_sheetgen", "A8")
    ]
    assert "grille_1_J1.xlsx" in problems[0].message


def test_a_return_that_counts_no_more_and_one_that_came_later_are_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """J1's return on candidate 1 is gone; in its place stands one of a pair not consolidated."""
    deliberations.fill(workbook, SETTLED)
    gone = replace(decisions, returns=decisions.returns[1:])
    assert _found(workbook, gone) == [("consolidated-return-gone", "_sheetgen", "A8")]
    earlier = deliberations.write(workbook.parent, gone)
    deliberations.fill(earlier, SETTLED)
    assert _found(earlier, decisions) == [("return-not-consolidated", "_sheetgen", "A7")]


def test_a_stamp_that_lost_a_return_has_not_seen_it(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Its candidate was emptied: what the row is about is not guessed."""
    deliberations.fill(workbook, SETTLED)
    deliberations.fill(workbook, {"C8": None}, sheet="_sheetgen")
    assert _found(workbook, decisions) == [("return-not-consolidated", "_sheetgen", "A7")]


def test_a_return_renamed_changes_nothing(workbook: Path, decisions: SessionDecisions) -> None:
    """A return is known by its bytes, not by its name."""
    deliberations.fill(workbook, SETTLED)
    first, *rest = decisions.returns
    renamed = replace(decisions, returns=(replace(first, file="a/b.xlsx"), *rest))
    assert _found(workbook, renamed) == []


def test_a_rule_changed_since_is_refused_at_each_proposal_it_changes(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Under « non acquis », what nobody observed is lost: candidate 4 has nothing to deliberate.

    The certification proposed follows the bloc that the jury validated, now as then.
    """
    deliberations.fill(workbook, SETTLED)
    known = decisions.referential
    rules = replace(known.rules, unobserved=Unobserved.NOT_ACQUIRED)
    stricter = replace(known, rules=rules)
    now = deliberations.decide(stricter, decisions.session)
    assert [item for item in _found(workbook, now) if item[0] == "proposal-changed"] == [
        ("proposal-changed", "Délibération", "E17"),
    ]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("B1", "other-consolidation-version"),
        ("B2", "consolidation-of-other-session"),
        ("B4", "consolidation-of-other-referential"),
    ],
)
def test_a_foreign_workbook_is_refused_for_that_alone(
    workbook: Path, decisions: SessionDecisions, cell: str, code: str
) -> None:
    """Nothing else in it is looked at."""
    deliberations.fill(workbook, {cell: "autre"}, sheet="_sheetgen")
    assert _found(workbook, decisions) == [(code, "_sheetgen", cell)]


@pytest.mark.parametrize("lost", ["_sheetgen", "Critères", "Délibération"])
def test_a_workbook_without_its_sheets_is_no_consolidation(
    workbook: Path, decisions: SessionDecisions, lost: str
) -> None:
    """The message names the sheet that is lost."""
    raw = deliberations.read_workbook(workbook)
    sheets = tuple(sheet for sheet in raw.sheets if sheet.name != lost)
    _, problems = deliberations.judged(replace(raw, sheets=sheets), decisions)
    assert [item.code for item in problems] == ["not-a-consolidation"]
    assert f"« {lost} »" in problems[0].message


def test_a_stamp_that_does_not_say_its_session_is_none(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Whoever emptied the label took the origin away."""
    deliberations.fill(workbook, {"A2": None}, sheet="_sheetgen")
    assert _found(workbook, decisions) == [("not-a-consolidation", "_sheetgen", "")]


def test_a_stamp_that_lost_its_returns_is_refused(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Without hashes nothing tells which returns the jury saw."""
    deliberations.fill(workbook, {"B7": "somme"}, sheet="_sheetgen")
    assert _found(workbook, decisions) == [("deliberation-column-missing", "_sheetgen", "A7")]


def test_notes_are_compared_as_numbers(tmp_path: Path) -> None:
    """12,5 is 12.5, whether a number or typed as a text; 13 is another mark."""
    known = builders.referential({"C1.1": 1}, scale=builders.note_scale())
    session = builders.session(known)
    decisions = deliberations.decide(known, session, {"1": ("25/2", "12")})
    written = {"D5": "Oui", **deliberations.CLOSED}
    path = deliberations.fill(deliberations.write(tmp_path, decisions), written)
    assert _found(path, decisions) == []
    deliberations.fill(path, {"H6": "12,5"}, sheet="Critères")
    assert _found(path, decisions) == []
    deliberations.fill(path, {"H6": 13}, sheet="Critères")
    assert _found(path, decisions) == [("consolidated-mark-changed", "Critères", "H6")]


def test_an_exempted_criterion_shows_the_neutral_word(tmp_path: Path) -> None:
    """A mark typed over « Exempté » is refused; an exemption granted since is one too."""
    known = deliberations.small_referential()
    session = builders.session(known)
    exempted = replace(session, accommodations=(builders.exemption("C1.1.1"),))
    given = {"1": ("2 2 2", "2 2 2")}
    decisions = deliberations.decide(known, exempted, given)
    written = {"D5": "Oui", **deliberations.CLOSED}
    path = deliberations.fill(deliberations.write(tmp_path, decisions), written)
    assert _found(path, decisions) == []
    deliberations.fill(path, {"H6": "Acquis"}, sheet="Critères")
    assert _found(path, decisions) == [("consolidated-mark-changed", "Critères", "H6")]


def test_marks_are_looked_for_with_those_who_give_them(tmp_path: Path) -> None:
    """J1 marks one modalité of the bloc, J2 the other: neither has a mark on the other's criteria.

    C1.1.1 is exempted, C1.2.1 of an épreuve that the candidate did not sit.
    """
    known = builders.referential({"C1.1": 2, "C1.2": 1})
    (block,) = known.blocks
    methods = [item.methods for item in known.competencies]
    plain = builders.session(known)
    session = replace(
        plain,
        assignments=tuple(
            replace(item, methods=((block.code, shared),))
            for item, shared in zip(plain.assignments, methods, strict=True)
        ),
        accommodations=(builders.exemption("C1.1.1"),),
        absences=(Absence(candidate=CandidateId("1"), method=methods[1][0]),),
    )
    decisions = deliberations.decide(known, session, {"1": ("2 2 2", "2 2 2")})
    written = {"D5": "Oui", **deliberations.CLOSED, "G12": "Absence", "G13": "Absence"}
    path = deliberations.fill(deliberations.write(tmp_path, decisions), written)
    assert _found(path, decisions) == []
