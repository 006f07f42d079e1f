"""Codes as schools write them: each is taken whole, or stays in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from imported_documents import add_table, word_bytes

from sheetgen.sources.importing import DraftReferential, DraftState
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.source_codes import split_block, split_code
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from docx.document import Document

HEADINGS = ("Compétences", "Modalités d’évaluation", "Critères d’évaluation")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("C1.1- ", "C1.1"),
        ("C1.1–", "C1.1"),
        ("C1.1.: ", "C1.1"),
        ("C1 .1 ", "C1.1"),
        ("C1.a ", "C1.a"),
        ("C1–2 : ", "C1-2"),
        ("C1\u20112 ", "C1-2"),
        ("C\u00ad1.1 ", "C1.1"),
        ("C1.\u200b1 – ", "C1.1"),
        ("\ufeffC1.1 ", "C1.1"),
        ("(C1.1) ", "C1.1"),
        ("[C1.1] – ", "C1.1"),
        ("c1.1 ", "c1.1"),
        ("CP 1 – ", "CP1"),
        ("C\u00a01 : ", "C1"),
        ("C.1.1 ", "C.1.1"),
        ("B1C2 ", "B1C2"),
        ("BC01.C2.1 – ", "BC01.C2.1"),
    ],
)
def test_a_code_is_taken_whole(written: str, code: str) -> None:
    """However it is written: no sign of it stays in the text, none of the text goes with it."""
    coded = split_code(f"{written}Préparer la vente", "C")
    assert (coded.code, coded.text) == (code, "Préparer la vente")
    assert split_block(f"{written}Préparer la vente") is None


@pytest.mark.parametrize("text", ["C1A Préparer", "C1,1 Préparer", "C1-2024 bilan", "(C1.1 Vendre"])
def test_what_is_no_code_is_not_cut(text: str) -> None:
    """A beginning that looks like a code is none where the rest does not part from it."""
    assert split_code(text, "C").text == text


def test_signs_that_nobody_sees_stay_in_the_text() -> None:
    """Only those before or in the code go."""
    assert split_code("C\u00ad1.1 Prépa\u00adrer", "C").text == "Prépa\u00adrer"


def draft_of(*rows: tuple[str | tuple[str, ...], ...]) -> DraftReferential:
    """Return the draft of a Word document with one bloc and this table."""

    def write(document: Document) -> None:
        document.add_paragraph("Bloc 1 – Vendre")
        add_table(document, [HEADINGS, *rows])

    draft = DraftReferential()
    TreeBuilder(draft).add("source", read_imported(word_bytes(write)))
    return draft


def test_a_code_alone_on_its_line_is_that_of_the_text_below() -> None:
    """Of a method as of a criterion; nothing below it is lost."""
    draft = draft_of(
        (
            "C1.1 Préparer la vente",
            ("E1", "Étude de cas", "Deux heures, sans document."),
            ("C1.1.1", "Le plan est complet", "C1.1.2", "Le budget est tenu"),
        )
    )
    assert draft.rows["Modalités"] == [
        {"Code": "E1", "Type": "Étude de cas", "Description": "Deux heures, sans document."}
    ]
    assert [(row["Code"], row["Intitulé"]) for row in draft.rows["Critères"]] == [
        ("C1.1.1", "Le plan est complet"),
        ("C1.1.2", "Le budget est tenu"),
    ]


def test_a_code_of_two_texts_is_told() -> None:
    """The second of two methods, or of two criteria, has another code, and its line says so."""
    draft = draft_of(
        ("C1.1 Préparer", ("E1 Oral", "Dix minutes."), ("C1.1.1 Complet", "C1.1.1 Juste")),
        ("C1.2 Conclure", ("E1 Écrit", "Une heure."), "C1.2.1 Conclu"),
    )
    assert [row["Code"] for row in draft.rows["Modalités"]] == ["E1", "E1-2"]
    told = {line.code: line.remark for line in draft.lines if line.state is DraftState.DOUBTFUL}
    assert told == {
        "E1-2": "le code E1 est déjà celui d'un autre texte : E1-2 à sa place",
        "C1.1.1-2": "le code C1.1.1 est déjà celui d'un autre texte : C1.1.1-2 à sa place",
    }
