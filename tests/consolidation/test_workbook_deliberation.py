"""The sheet « Délibération »: what the jury fills in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import builders
import deliberations
import pytest
from consolidated import table, write
from openpyxl import load_workbook
from recalculation import recalculate

from sheetgen.model import Rules
from sheetgen.rules import decide_candidate

if TYPE_CHECKING:
    from pathlib import Path

    from office import Office
    from openpyxl.workbook import Workbook

WITHOUT_REASON = ("R.A.S.", "Idem", " NÉANT. ", "----", "12/20", "????", "À compléter", "Décision")
"""Texts of four characters and more that `finalize` takes for no reason."""


def test_the_deliberation_has_the_columns_of_the_design(shown: Workbook) -> None:
    """Blocs presented, then the certification, of each candidate who came; nothing is prefilled."""
    rows = table(shown["Délibération"])
    assert list(rows[0]) == [
        "Candidat",
        "Nom",
        "Prénom",
        "Objet",
        "Proposition",
        "Décision du jury",
        "Motif",
        "Contrôle",
        "Raisons de la proposition",
    ]
    columns = ("Candidat", "Objet", "Proposition", "Décision du jury", "Motif", "Contrôle")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("1", "BC01", "Validé", None, None, "… À décider"),
        ("1", "BC02", "Non validé", None, None, "… À décider"),
        ("1", "Certification", "Validation partielle", None, None, "… À décider"),
        ("2", "BC01", "Incomplet", None, None, "✘ Évaluations manquantes"),
        ("2", "Certification", "Incomplète", None, None, "✘ Évaluations manquantes"),
        ("10", "BC02", "Validé", None, None, "… À décider"),
        ("10", "Certification", "Validation partielle", None, None, "… À décider"),
    ]


def test_a_long_name_stays_readable_on_its_one_line(shown: Workbook) -> None:
    """Rows are one line high: what is longer is smaller, and never cut in two."""
    sheet = shown["Délibération"]
    heads = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
    for name in ("Nom", "Prénom", "Contrôle"):
        head = heads[name]
        below = sheet.cell(head.row + 1, head.column)
        assert below.alignment.shrink_to_fit
        assert not below.alignment.wrap_text


def test_the_jurys_own_fields_stand_above_the_deliberation(shown: Workbook) -> None:
    """Each label has its empty cell in column D."""
    labels = [shown["Délibération"][f"A{row}"].value for row in range(5, 10)]
    assert labels == [
        "Le jury adopte les propositions laissées vides",
        "Date de clôture",
        "Heure de clôture",
        "Incidents",
        "Observations",
    ]
    assert [shown["Délibération"][f"D{row}"].value for row in range(5, 10)] == [None] * 5


def test_a_certifications_proposal_follows_the_blocs_as_decided(path: Path) -> None:
    """The jury validates candidate 1's lost bloc: the certification becomes one to award."""
    book = recalculate(path)
    assert book.value("Délibération", "E14") == "Validation partielle"
    book.write("Délibération", "F13", "Validé")
    assert book.value("Délibération", "E14") == "Délivrée"
    assert book.value("Synthèse", "E6") == "Validation partielle"
    book.write("Délibération", "F12", "Non validé")
    book.write("Délibération", "F13", "Proposition adoptée")
    assert book.value("Délibération", "E14") == "Non délivrée"


@pytest.mark.parametrize(
    ("row", "typed", "said"),
    [
        (12, ("", "", ""), "… À décider"),
        (12, ("Non", "", ""), "… À décider"),
        (12, ("Oui", "", ""), "✔ Complet"),
        (12, ("", "Proposition adoptée", ""), "✔ Complet"),
        (12, ("", "Validé", ""), "✔ Complet"),
        (12, ("", "Non validé", ""), "✘ Motif requis"),
        (12, ("", "Non validé", "Fraude établie"), "✔ Complet"),
        (13, ("Oui", "", ""), "✘ Motif requis"),
        (13, ("Oui", "", "Niveau insuffisant"), "✔ Complet"),
        (13, ("", "Proposition adoptée", ""), "✘ Motif requis"),
        (13, ("", "Non validé", ""), "✘ Motif requis"),
        (13, ("", "Validé", ""), "✘ Motif requis"),
        (13, ("", "Validé", "Oral convaincant"), "✔ Complet"),
        *((13, ("Oui", "", filling), "✘ Motif requis") for filling in WITHOUT_REASON),
        (15, ("Oui", "", ""), "✘ Évaluations manquantes"),
        (15, ("", "Validé", "Vu en situation"), "✘ Évaluations manquantes"),
    ],
)
def test_the_check_column_says_what_is_left_to_do(
    path: Path, row: int, typed: tuple[str, str, str], said: str
) -> None:
    """Rows 12, 13, 15 propose Validé, Non validé, Incomplet; adoption, decision, reason typed."""
    book = recalculate(path)
    for cell, text in zip(("D5", f"F{row}", f"G{row}"), typed, strict=True):
        if text:
            book.write("Délibération", cell, text)
    assert book.value("Délibération", f"H{row}") == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "◆ Décision requise"),
        (("Oui", "", ""), "◆ Décision requise"),
        (("", "Proposition adoptée", ""), "◆ Décision requise"),
        (("", "Validé", ""), "✘ Motif requis"),
        (("", "Validé", "Vu en situation"), "✔ Complet"),
    ],
)
def test_what_is_to_be_deliberated_asks_for_a_decision(
    tmp_path: Path, typed: tuple[str, str, str], said: str
) -> None:
    """Nobody observed the only criterion: adoption settles nothing, a decision owes a reason."""
    known = builders.referential({"C1.1": 1})
    session = builders.session(known)
    given = builders.marks(known, J1="-", J2="-")
    decisions = builders.session_decisions(
        known, session, (decide_candidate(known, session, session.candidates[0], given),)
    )
    book = recalculate(write(tmp_path / "consolidation.xlsx", decisions))
    assert book.value("Délibération", "E12") == "À délibérer"
    for cell, text in zip(("D5", "F12", "G12"), typed, strict=True):
        if text:
            book.write("Délibération", cell, text)
    assert book.value("Délibération", "H12") == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "… À décider"),
        ({"D5": "Oui"}, "✘ Motif requis"),
        ({"D5": "Oui", "G14": "-"}, "✘ Motif requis"),
        ({"D5": "Oui", "G14": "Moyenne insuffisante"}, "✔ Complet"),
        ({"F14": "Validation partielle"}, "✘ Motif requis"),
        ({"F14": "Délivrée", "G14": "Parcours exceptionnel"}, "✔ Complet"),
        ({"D5": "Oui", "F13": "Non validé"}, "✔ Complet"),
    ],
)
def test_a_certification_refused_with_every_bloc_acquired_asks_for_a_reason(
    tmp_path: Path, typed: dict[str, str], said: str
) -> None:
    """Mean of 75 % where 80 are asked; once a bloc is lost, the bloc is what explains it."""
    known = builders.referential({"C1.1": 2, "C2.1": 1}, rules=Rules(general_mean=Fraction(4, 5)))
    session = builders.session(known)
    given = builders.marks(known, J1="2 0 2", J2="2 0 2")
    decisions = builders.session_decisions(
        known, session, (decide_candidate(known, session, session.candidates[0], given),)
    )
    path = write(tmp_path / "consolidation.xlsx", decisions)
    book = recalculate(path)
    assert book.value("Délibération", "E14") == "Validation partielle"
    for cell, text in typed.items():
        book.write("Délibération", cell, text)
    assert book.value("Délibération", "H14") == said
    (prompt,) = (
        rule.prompt
        for rule in load_workbook(path)["Délibération"].data_validations.dataValidation
        if "G14" in rule.cells
    )
    assert prompt == (
        "Certification : moyenne générale de 75 %, pour 80 % demandés ; tous les blocs sont acquis."
    )


def test_libreoffice_takes_the_same_texts_for_no_reason(
    tmp_path: Path, libreoffice: Office
) -> None:
    """Every line is unfavourable, with what may be typed for a reason: only fillings are none."""
    path = deliberations.write(tmp_path, deliberations.small_decisions())
    reasons = (*WITHOUT_REASON, "Fraude établie", "Épreuve manquée", "vu et revu")
    rows = (12, 13, 15, 17, 18, 20, 21, 14, 16, 19, 22)
    typed = dict(zip(rows, reasons, strict=True))
    certifications = {14, 16, 19, 22}
    cells: dict[str, str | float | None] = {"D5": "Oui"}
    for row, reason in typed.items():
        cells[f"F{row}"] = "Non délivrée" if row in certifications else "Non validé"
        cells[f"G{row}"] = reason
    deliberations.fill(path, cells)
    shown = libreoffice.recalculate([path])[path].sheets["Délibération"]
    assert {reason: shown[f"H{row}"] for row, reason in typed.items()} == {
        reason: "✘ Motif requis" if reason in WITHOUT_REASON else "✔ Complet" for reason in reasons
    }
