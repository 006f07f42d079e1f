"""The jury's words go into the workbook that is made again, to the lines that are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import builders
import consolidated
import deliberations
import pytest
from deliberations import SETTLED
from recalculation import recalculate

from sheetgen.consolidation import Carried, CarriedLine, plan_consolidation, write_consolidation
from sheetgen.grid.identity import SigningKey
from sheetgen.jury import NotCarriedError, read_carried, read_deliberation, seal_names
from sheetgen.model import CandidateId, Unobserved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sheetgen.consolidation import WorkbookPlan
    from sheetgen.model import SessionDecisions
    from sheetgen.problems import Problem

ONE, TWO, FOUR, FIVE = (CandidateId(number) for number in "1245")
KEY = SigningKey(bytes(range(32)))
ADOPTION = "Le jury adopte les propositions laissées vides"
WRITTEN = {**SETTLED, "D8": "Néant", "F15": "Validé", "G15": "Très bon dossier", "F16": "Délivrée"}


def _carry(path: Path, decisions: SessionDecisions) -> tuple[Carried, list[Problem]]:
    return read_carried(deliberations.read_workbook(path), path.name, _plan(decisions))


def _plan(decisions: SessionDecisions) -> WorkbookPlan:
    sealed = replace(decisions, seals=seal_names(decisions.session, KEY))
    (plan,) = plan_consolidation(sealed)
    return plan


def _make_again(path: Path, decisions: SessionDecisions, carried: Carried) -> Path:
    """The workbook made anew with what was carried over."""
    write_consolidation(path, replace(_plan(decisions), carried=carried))
    return path


def _stricter(decisions: SessionDecisions) -> SessionDecisions:
    """Return the decisions where candidate 4 lost BC01, which nobody observed: « Non validé »."""
    known = decisions.referential
    rules = replace(known.rules, unobserved=Unobserved.NOT_ACQUIRED)
    return deliberations.decide(replace(known, rules=rules), decisions.session)


def _people(decisions: SessionDecisions, **names: str) -> SessionDecisions:
    """Return decisions on the same marks in a session where candidate 2 has this name."""
    people = tuple(
        replace(item, **names) if item.id == TWO else item  # type: ignore[arg-type]
        for item in decisions.session.candidates
    )
    session = replace(decisions.session, candidates=people)
    return deliberations.decide(decisions.referential, session)


def _found(path: Path, decisions: SessionDecisions) -> list[tuple[str, str]]:
    _, problems = deliberations.read(path, decisions)
    return [(item.code, item.location.cell) for item in problems]


def test_everything_the_jury_wrote_is_carried_where_proposals_are_the_same(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Decisions, reasons, adoption, closing, incidents; a line that was blank stays blank."""
    deliberations.fill(workbook, WRITTEN)
    carried, problems = _carry(workbook, decisions)
    assert carried.answers == {
        ADOPTION: "Oui",
        "Date de clôture": date(2026, 6, 15),
        "Heure de clôture": time(17, 30),
        "Incidents": "Néant",
    }
    assert carried.lines == {
        (ONE, "BC02"): CarriedLine(reason="Maquette non conforme"),
        (TWO, "BC01"): CarriedLine(decision="Validé", reason="Très bon dossier"),
        (TWO, "Certification"): CarriedLine(decision="Délivrée"),
        (FOUR, "BC01"): CarriedLine(decision="Validé", reason="Vu pendant l'entretien"),
        (FIVE, "BC01"): CarriedLine(reason="Brief non analysé"),
        (FIVE, "BC02"): CarriedLine(reason="Maquette absente"),
        (FIVE, "Certification"): CarriedLine(reason="Aucun bloc acquis"),
    }
    assert [(item.code, item.severity.value) for item in problems] == [
        ("deliberation-carried-over", "info")
    ]


def test_the_new_workbook_closes_the_session_as_the_former_would(
    workbook: Path, tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Nothing has to be typed again, and the same is decided."""
    deliberations.fill(workbook, WRITTEN)
    expected, _ = deliberations.read(workbook, decisions)
    carried, _ = _carry(workbook, decisions)
    again = _make_again(tmp_path / "again.xlsx", decisions, carried)
    assert deliberations.read(again, decisions) == (expected, [])


def test_what_was_carried_is_carried_again(
    workbook: Path, tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A workbook in which nobody wrote since holds what came from the one before."""
    deliberations.fill(workbook, WRITTEN)
    carried, _ = _carry(workbook, decisions)
    changed = _stricter(decisions)
    first, _ = _carry(workbook, changed)
    again = _make_again(tmp_path / "again.xlsx", changed, first)
    assert _carry(again, changed)[0] == first
    unchanged = _make_again(tmp_path / "same.xlsx", decisions, carried)
    assert _carry(unchanged, decisions)[0] == carried


def test_a_line_whose_proposal_changed_is_to_be_looked_at_again(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Candidate 4's bloc was to deliberate; the certification that follows it changed too."""
    deliberations.fill(workbook, WRITTEN)
    carried, problems = _carry(workbook, _stricter(decisions))
    assert carried.lines[FOUR, "BC01"] == CarriedLine(
        review="Décidé : « Validé », quand la proposition était « À délibérer ». "
        "Motif : Vu pendant l'entretien"
    )
    assert carried.lines[FOUR, "Certification"] == CarriedLine(
        review="Adoptée sans décision écrite, quand la proposition était « Délivrée »."
    )
    assert carried.to_review == [(FOUR, "BC01"), (FOUR, "Certification")]
    told = next(item for item in problems if item.code == "lines-to-review")
    assert told.severity.value == "warning"
    assert "Prénom 4 Nom 4 (4) : BC01, Certification." in told.message


def test_a_line_to_look_at_again_is_never_adopted_in_silence(
    workbook: Path, tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Though the jury adopts what is left blank; a decision written since settles the line."""
    changed = _stricter(decisions)
    deliberations.fill(workbook, WRITTEN)
    again = _make_again(tmp_path / "again.xlsx", changed, _carry(workbook, changed)[0])
    assert _found(again, changed) == [("line-to-review", "F17"), ("line-to-review", "F19")]
    said = {"F17": "Proposition adoptée", "G17": "Rien ne le démontre"}
    deliberations.fill(again, said)
    assert _found(again, changed) == [("line-to-review", "F19")]
    deliberations.fill(again, {"F19": "Proposition adoptée"})
    assert _found(again, changed) == []


def test_emptying_the_column_does_not_make_a_line_decided(
    workbook: Path, tmp_path: Path, decisions: SessionDecisions
) -> None:
    """The hidden sheet notes that it is to be looked at again."""
    changed = _stricter(decisions)
    deliberations.fill(workbook, WRITTEN)
    again = _make_again(tmp_path / "again.xlsx", changed, _carry(workbook, changed)[0])
    deliberations.fill(again, {"M17": None, "M19": None})
    assert _found(again, changed) == [("line-to-review", "F17"), ("line-to-review", "F19")]


def test_what_is_written_shows_what_the_formulas_come_to(
    workbook: Path, tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Proposals that follow carried decisions, and « Contrôle », before and after calculation."""
    changed = _stricter(decisions)
    deliberations.fill(workbook, {**WRITTEN, "F12": "Non validé", "G12": "Fraude établie"})
    again = _make_again(tmp_path / "again.xlsx", changed, _carry(workbook, changed)[0])
    sheet = deliberations.read_workbook(again).sheet("Délibération")
    assert sheet is not None
    book = recalculate(again)
    for row in range(12, 23):
        for column, letter in ((4, "E"), (7, "H")):
            cell = f"{letter}{row}"
            assert book.value("Délibération", cell) == sheet.value(row - 1, column), cell
    checks = {row: book.value("Délibération", f"H{row}") for row in range(12, 23)}
    assert checks == {
        12: "✔ Complet",
        13: "✔ Complet",
        14: "✘ Motif requis",
        15: "✔ Complet",
        16: "✔ Complet",
        17: "◆ À revoir",
        18: "✔ Complet",
        19: "◆ À revoir",
        20: "✔ Complet",
        21: "✔ Complet",
        22: "✔ Complet",
    }
    assert book.value("Délibération", "E14") == "Non délivrée"
    book.write("Délibération", "F17", "Proposition adoptée")
    assert book.value("Délibération", "H17") == "✘ Motif requis"


@pytest.mark.parametrize(
    "names",
    [{"last_name": "Leroy", "first_name": "Zoé"}, {"last_name": "Leroy"}, {"first_name": "Zoé"}],
)
def test_a_decision_is_never_carried_to_somebody_else(
    tmp_path: Path, decisions: SessionDecisions, names: Mapping[str, str]
) -> None:
    """The number was given to another: what was decided is not even told."""
    path = _make_again(tmp_path / deliberations.FILE, decisions, Carried())
    deliberations.fill(path, WRITTEN)
    carried, _ = _carry(path, _people(decisions, **names))
    review = "Décidé pour une autre personne : à décider de nouveau."
    assert carried.lines[TWO, "BC01"] == CarriedLine(review=review)
    assert carried.lines[TWO, "Certification"] == CarriedLine(review=review)


def test_a_name_spelt_otherwise_is_the_same(workbook: Path, decisions: SessionDecisions) -> None:
    """Case, accents and hyphens do not make another person."""
    deliberations.fill(workbook, WRITTEN)
    person = decisions.session.candidate[TWO]
    now = _people(decisions, last_name=person.last_name.upper().replace(" ", "-"))
    assert _carry(workbook, now)[0].lines[TWO, "BC01"].decision == "Validé"


def test_a_former_name_is_the_same_person(workbook: Path, decisions: SessionDecisions) -> None:
    """« Ancien nom » says who the workbook names."""
    deliberations.fill(workbook, WRITTEN)
    person = decisions.session.candidate[TWO]
    now = _people(decisions, last_name="Leroy", former_name=person.last_name)
    assert _carry(workbook, now)[0].lines[TWO, "BC01"].decision == "Validé"


def test_a_session_by_number_is_known_by_its_seals(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """No name is in the workbook, and none is needed to tell another person."""
    anonymous = replace(decisions, session=replace(decisions.session, anonymous=True))
    path = _make_again(tmp_path / deliberations.FILE, anonymous, Carried())
    deliberations.fill(path, WRITTEN)
    assert _carry(path, anonymous)[0].lines[TWO, "BC01"].decision == "Validé"
    other = _people(anonymous, last_name="Leroy")
    other = replace(other, session=replace(other.session, anonymous=True))
    assert _carry(path, other)[0].lines[TWO, "BC01"] == CarriedLine(
        review="Décidé pour une autre personne : à décider de nouveau."
    )
    _, problems = read_deliberation(deliberations.read_workbook(path), _plan(other), path.name)
    assert ("number-of-another", "E16") in [(item.code, item.location.cell) for item in problems]
    renamed = _people(other, former_name=decisions.session.candidate[TWO].last_name)
    renamed = replace(renamed, session=replace(renamed.session, anonymous=True))
    assert _carry(path, renamed)[0].lines[TWO, "BC01"].decision == "Validé"
    same = read_deliberation(deliberations.read_workbook(path), _plan(renamed), path.name)[1]
    assert "number-of-another" not in [item.code for item in same]
    assert anonymous.session.candidate[TWO].last_name not in consolidated.content(path)


def test_a_session_by_number_whose_seals_are_lost_carries_nothing_over(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Nothing tells whether it is the same person: the jury sees what it had decided."""
    anonymous = replace(decisions, session=replace(decisions.session, anonymous=True))
    path = deliberations.write(tmp_path, anonymous)
    deliberations.fill(path, WRITTEN)
    line = _carry(path, anonymous)[0].lines[TWO, "BC01"]
    assert line.decision is None
    assert line.review is not None
    assert "Rien ne dit si c'était pour la même personne" in line.review


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"F12": "=F13"}, "Décidé : « Validé »"),
        ({"F12": "Accordé"}, "Décidé : « Accordé »"),
        ({"E12": None, "F12": "Non validé"}, "une proposition que l'ancien classeur ne dit pas"),
        ({"E12": "Incomplet", "F12": "Non validé"}, "« Incomplet »"),
        ({"E12": None}, "Rien n'était choisi, sur une proposition que l'ancien classeur"),
    ],
)
def test_a_line_that_does_not_say_for_certain_is_to_be_looked_at_again(
    workbook: Path,
    decisions: SessionDecisions,
    typed: Mapping[str, str | float | None],
    told: str,
) -> None:
    """A formula, a word that is no choice, a proposal that cannot be known."""
    deliberations.fill(workbook, {**WRITTEN, **typed})
    line = _carry(workbook, decisions)[0].lines[ONE, "BC01"]
    assert line.decision is None
    assert line.review is not None
    assert told in line.review


def test_a_row_twice_is_to_be_looked_at_again_with_both(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """Nothing tells which of the two is right."""
    deliberations.fill(workbook, {**WRITTEN, "D13": "BC01", "F12": "Validé"})
    lines = _carry(workbook, decisions)[0].lines
    assert lines[ONE, "BC01"].review == (
        "L'ancien classeur avait 2 lignes : « Validé » ; « Maquette non conforme »."
    )
    assert lines[ONE, "BC02"].review == "Ligne nouvelle : elle n'était pas dans l'ancien classeur."


def test_what_has_no_line_any_more_is_told(workbook: Path, decisions: SessionDecisions) -> None:
    """Candidate 2 left since; what the jury had decided is not dropped in silence."""
    deliberations.fill(workbook, WRITTEN)
    people = tuple(item for item in decisions.session.candidates if item.id != TWO)
    session = builders.session(decisions.referential, candidates=people)
    marks = {key: value for key, value in deliberations.MARKS.items() if key != "2"}
    now = deliberations.decide(decisions.referential, session, marks)
    _, problems = _carry(workbook, now)
    told = next(item for item in problems if item.code == "lines-without-place")
    assert "n° 2 BC01 (Validé), n° 2 Certification (Délivrée)" in told.message


def test_another_text_of_the_referential_makes_every_decision_one_to_look_at(
    workbook: Path, decisions: SessionDecisions
) -> None:
    """The jury decided on what it read."""
    deliberations.fill(workbook, WRITTEN)
    known = decisions.referential
    first, *others = known.criteria
    known = replace(known, criteria=(replace(first, title="Autre texte"), *others))
    carried, _ = _carry(workbook, replace(decisions, referential=known))
    line = carried.lines[TWO, "BC01"]
    assert line.decision is None
    assert line.review is not None
    assert line.review.endswith("Le référentiel a changé depuis.")


@pytest.mark.parametrize(
    ("sheet", "cells", "told"),
    [
        ("_sheetgen", {"B2": "2025-06"}, "il est de la session « 2025-06 »"),
        ("_sheetgen", {"B1": "autre"}, "d'une autre version"),
        ("Délibération", {"F11": "Choix"}, "La colonne « Décision du jury » manque"),
    ],
)
def test_a_workbook_that_hands_nothing_over_says_why(
    workbook: Path,
    decisions: SessionDecisions,
    sheet: str,
    cells: Mapping[str, str | float | None],
    told: str,
) -> None:
    """Another session's, another version's, a column lost."""
    deliberations.fill(deliberations.fill(workbook, WRITTEN), cells, sheet=sheet)
    with pytest.raises(NotCarriedError, match=told):
        _carry(workbook, decisions)


def test_a_blank_workbook_hands_nothing_over(workbook: Path, decisions: SessionDecisions) -> None:
    """And there is nothing to say."""
    carried, problems = _carry(workbook, _stricter(decisions))
    assert not carried
    assert problems == []
