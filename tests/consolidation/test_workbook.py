"""The sheets of `consolidation.xlsx`, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
from consolidated import TABS, content, edges, table, write
from recalculation import recalculate

from sheetgen.model import (
    Accommodation,
    AccommodationKind,
    CandidateId,
    CriterionCode,
    JurorCode,
    JuryDecision,
    SessionDecisions,
    Status,
)
from sheetgen.rules import Marks, decide_session

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook


def test_the_summary_has_one_line_per_candidate(shown: Workbook) -> None:
    """Outcome, blocs, what is missing, for all four candidates, literally."""
    expected = [
        ("1", "Martin Zoé", "Validation partielle", "Validé", "Non validé", "1 / 2", 0, None, 1),
        (
            "2",
            "=HYPERLINK(1) Éloïse",
            "Incomplète",
            "Incomplet",
            "Déjà acquis",
            "1 / 2",
            3,
            "J2",
            0,
        ),
        ("3", "Petit Ana", "Absent", "Non présenté", "Non présenté", "0 / 2", None, None, None),
        (
            "10",
            "Roux ; fils Li",
            "Validation partielle",
            "Non présenté",
            "Validé",
            "1 / 2",
            0,
            None,
            0,
        ),
    ]
    columns = (
        "Candidat",
        "Nom",
        "Certification",
        "Bloc BC01",
        "Bloc BC02",
        "Blocs acquis",
        "Critères incomplets",
        "Grilles manquantes",
        "Écarts",
    )
    rows = [tuple(row[name] for name in columns) for row in table(shown["Synthèse"])]
    assert rows == expected


def test_who_gave_up_is_counted_apart_from_who_was_absent(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """« Abandon » stands in the line of the candidate, and has a line of its own among figures."""
    session = decisions.session
    candidates = tuple(
        replace(item, status=Status.WITHDRAWN) if item.id == "3" else item
        for item in session.candidates
    )
    changed = replace(decisions, session=replace(session, candidates=candidates))
    book = openpyxl.load_workbook(write(tmp_path / "c.xlsx", changed), data_only=True)
    assert [row["Certification"] for row in table(book["Synthèse"])][2] == "Abandon"
    rows = [[cell.value for cell in row[:3]] for row in book["Synthèse"].iter_rows()]
    assert ["–", "Absent", 0] in rows
    assert ["–", "Abandon", 1] in rows


def test_the_summary_counts_what_the_charts_draw(shown: Workbook) -> None:
    """Outcomes, success by bloc and the spread of scores, literally."""
    rows = [[cell.value for cell in row[:3]] for row in shown["Synthèse"].iter_rows()]
    assert ["✔", "Délivrée", 0] in rows
    assert ["●", "Validation partielle", 2] in rows
    assert ["–", "Absent", 1] in rows
    assert ["BC01", "1 / 2", 0.5] in rows
    assert ["BC02", "1 / 2", 0.5] in rows
    spread = {row[1]: row[2] for row in rows if str(row[1]).endswith(" %")}
    assert spread == {
        "0 à 10 %": 0,
        "10 à 20 %": 0,
        "20 à 30 %": 1,
        "30 à 40 %": 0,
        "40 à 50 %": 0,
        "50 à 60 %": 0,
        "60 à 70 %": 0,
        "70 à 80 %": 0,
        "80 à 90 %": 1,
        "90 à 100 %": 1,
    }


def test_a_criterion_shows_each_jurors_mark_and_what_it_comes_to(shown: Workbook) -> None:
    """One divergent row, literally; the comment that looks like a formula is a text."""
    rows = table(shown["Critères"])
    row = next(row for row in rows if (row["Candidat"], row["Critère"]) == ("1", "C1.9.2"))
    assert row == {
        "Candidat": "1",
        "Nom": "Martin Zoé",
        "Bloc": "BC01",
        "Compétence": "C1.9",
        "Critère": "C1.9.2",
        "Intitulé": "=Les contraintes sont identifiées : coûts & délais",
        "Juré 1": "J1",
        "Appréciation 1": "Acquis",
        "Juré 2": "J2",
        "Appréciation 2": "Non acquis",
        "Points": 1,
        "Acquis": "Non",
        "État": "Évalué",
        "Écart": "≠",
        "Observations des jurés": "J2 : =À revoir, « coûts » oubliés",
    }


def test_a_grid_that_is_missing_leaves_its_marks_blank(shown: Workbook) -> None:
    """Blank is not zero: no mark, no points, and the state says so."""
    row = next(row for row in table(shown["Critères"]) if row["Candidat"] == "2")
    assert (row["Juré 2"], row["Appréciation 2"]) == ("J2", None)
    assert (row["Points"], row["Acquis"], row["État"]) == (None, None, "Manquant")


def test_each_divergence_is_listed_with_every_jurors_mark_and_comment(shown: Workbook) -> None:
    """The only divergence of two points, literally."""
    columns = ("Candidat", "Critère", "Juré", "Appréciation", "Points", "Observation")
    rows = [tuple(row[name] for name in columns) for row in table(shown["Écarts"])]
    assert rows == [
        ("1", "C1.9.2", "J1 · Anne Un", "Acquis", 2, None),
        ("1", "C1.9.2", "J2 · Bob Deux", "Non acquis", 0, "=À revoir, « coûts » oubliés"),
    ]


def test_missing_grids_come_before_the_problems(shown: Workbook) -> None:
    """The missing grid, then each problem once, by place."""
    columns = ("Nature", "Candidat", "Juré", "Fichier", "Feuille", "Constat", "Que faire")
    rows = [tuple(row[name] for name in columns) for row in table(shown["Anomalies"])]
    assert rows == [
        (
            "Grille manquante",
            "2",
            "J2 · Bob Deux",
            None,
            None,
            "La grille n'est pas revenue.",
            "Relancer qui l'a reçue.",
        ),
        (
            "Erreur",
            None,
            None,
            "retours/a.xlsx",
            None,
            "Ce fichier n'est pas un classeur.",
            "Redemander la grille.",
        ),
        (
            "Avertissement",
            None,
            None,
            "retours/b.xlsx",
            "BC02",
            "Une appréciation manque.",
            "Compléter la grille.",
        ),
    ]


def test_provisional_is_written_large_on_every_tab(formulas: Workbook) -> None:
    """In words, with what is missing, at least twice the size of the text; and on each page."""
    for name in TABS:
        banner = formulas[name]["A3"]
        assert banner.value == "⚠ PROVISOIRE : 1 grille manque, 3 critères incomplets", name
        assert banner.font.sz == 20, name
        assert "PROVISOIRE" in str(edges(formulas[name].oddHeader)[2]), name


def test_a_grid_may_be_missing_where_no_mark_is(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """A grid whose criteria are all exempt lacks no mark: the banner counts the grid alone."""
    others = tuple(item for item in decisions.candidates if item.candidate != "2")
    path = write(tmp_path / "g.xlsx", replace(decisions, candidates=others))
    banner = openpyxl.load_workbook(path)["Synthèse"]["A3"]
    assert banner.value == "⚠ PROVISOIRE : 1 grille manque"


def test_nothing_says_provisional_once_all_is_there(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """Without the candidate whose grid is missing, the session's workbook has no such word."""
    complete = replace(
        decisions,
        candidates=tuple(item for item in decisions.candidates if item.candidate != "2"),
        missing=(),
        provisional=False,
    )
    workbook = openpyxl.load_workbook(write(tmp_path / "c.xlsx", complete))
    for name in TABS:
        assert workbook[name]["A3"].value == "✔ Toutes les appréciations attendues sont là.", name
        assert edges(workbook[name].oddHeader) == [None, None, None], name


def test_an_anonymous_session_shows_numbers_only(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """No part of the file holds a candidate's name."""
    session = replace(
        decisions.session,
        anonymous=True,
        candidates=tuple(
            replace(item, last_name="Secretnom", first_name="Secretprenom")
            for item in decisions.session.candidates
        ),
    )
    path = write(tmp_path / "a.xlsx", replace(decisions, session=session))
    assert "Secret" not in content(path)
    rows = table(openpyxl.load_workbook(path, data_only=True)["Délibération"])
    assert {(row["Nom"], row["Prénom"]) for row in rows} == {(None, None)}


def test_an_exemption_shows_as_exempt_and_nothing_more(
    tmp_path: Path,
    decisions: SessionDecisions,
    given: dict[tuple[CandidateId, JurorCode], Marks],
) -> None:
    """The criterion is locked and neutral; no word of the arrangement is in the file."""
    exemption = Accommodation(
        candidate=CandidateId("1"),
        kind=AccommodationKind.EXEMPTION,
        criterion=CriterionCode("C1.9.2"),
        instruction="Ne pas évaluer la prise de parole",
        opinion_date=date(2026, 5, 4),
        capacity_preserved=True,
        not_applicable_in_practice=True,
        decision=JuryDecision.GRANTED,
    )
    session = replace(decisions.session, accommodations=(exemption,))
    exempted = replace(
        decisions,
        session=session,
        candidates=decide_session(decisions.referential, session, given),
    )
    path = write(tmp_path / "e.xlsx", exempted)
    workbook = openpyxl.load_workbook(path, data_only=True)
    row = next(row for row in table(workbook["Critères"]) if row["Critère"] == "C1.9.2")
    assert (row["Appréciation 1"], row["Appréciation 2"], row["État"]) == ("Exempté",) * 3
    assert (row["Points"], row["Écart"]) == (None, None)
    assert workbook["Critères"]["H7"].protection.locked
    written = content(path).lower()
    for word in ("prise de parole", "handicap", "aménagement", "avis du", "2026-05-04"):
        assert word not in written


def test_a_session_without_anyone_still_gives_a_workbook(
    tmp_path: Path, decisions: SessionDecisions
) -> None:
    """No candidate, no return: every tab is there and says nothing false."""
    session = replace(decisions.session, candidates=(), assignments=())
    empty = replace(decisions, session=session, candidates=(), returns=(), missing=(), problems=())
    path = write(tmp_path / "n.xlsx", empty)
    assert recalculate(path).errors() == {}
    workbook = openpyxl.load_workbook(path)
    assert workbook["Écarts"]["A6"].value == "✔ Aucun écart à signaler entre jurés."
    assert workbook["Anomalies"]["A6"].value == "✔ Rien à signaler."


def test_a_try_is_shown_where_it_was_made(path: Path) -> None:
    """A changed mark moves the outcome, is counted on the first sheet, unsettles the reasons."""
    book = recalculate(path)
    assert book.value("Décisions", "H7") == "Compétence C2.1 : non acquise."
    book.write("Critères", "H9", "Acquis")
    book.write("Critères", "J9", "Acquis")
    assert book.value("Décisions", "E7") == "Validé"
    assert book.value("Décisions", "H7") == "Résultat changé par un essai dans la feuille Critères."
    assert str(book.value("Synthèse", "A4")).startswith("✎ 2 appréciation(s) changée(s)")


def test_a_divergence_that_a_try_removes_is_said_to_be_gone(path: Path) -> None:
    """The list of divergences follows the criteria sheet."""
    book = recalculate(path)
    assert book.value("Écarts", "J6") == "≠ Écart"
    book.write("Critères", "J7", "Partiellement acquis")
    assert book.value("Écarts", "G7") == "Partiellement acquis"
    assert book.value("Écarts", "J6") == "✔ Levé"
