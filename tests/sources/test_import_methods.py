"""Methods over several rows, or in several columns: each once, each with its own criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imported_documents import Texts, add_table, word_bytes

from sheetgen.sources.importing import DraftReferential
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document


def draft_of(rows: Sequence[Sequence[Texts | None]], *merges: str) -> DraftReferential:
    """Return the draft of a Word document with one bloc and this table."""

    def write(document: Document) -> None:
        document.add_paragraph("Bloc 1 – Vendre")
        add_table(document, rows, merges)

    draft = DraftReferential()
    TreeBuilder(draft).add("source", read_imported(word_bytes(write)))
    return draft


def test_two_columns_of_methods_over_several_rows() -> None:
    """The first column's text is no end of the second's; criteria stand beside both."""
    draft = draft_of(
        [
            ["Compétences", "Modalités en continu", "Modalités finales", "Critères"],
            ["C1.1 Vendre", ("Contrôle", "Deux fois"), ("Oral", "Vingt minutes."), "Vendu"],
            [None, None, None, "Payé"],
            [None, None, None, "Livré"],
        ],
        *(f"2.{column}-4.{column}" for column in (1, 2, 3)),
    )
    assert [row["Description"] for row in draft.rows["Modalités"]] == [
        "Deux fois",
        "Vingt minutes.",
    ]
    assert [row["Modalité"] for row in draft.rows["Compétences"]] == ["M1.1 ; M1.1-2"]
    assert ["Modalité" in row for row in draft.rows["Critères"]] == [False, False, False]


def test_methods_below_one_another_have_the_criteria_beside_them() -> None:
    """Those of the first, which was alone when they were read, no less than those of the second."""
    draft = draft_of(
        [
            ["Compétences", "Modalités", "Critères"],
            ["C1.1 Vendre", ("Contrôle.", "Deux fois."), "Vendu"],
            [None, None, "Payé"],
            [None, ("Oral", "Vingt minutes."), "Dit"],
            ["C1.2 Livrer", ("Oral", "Vingt minutes."), "Livré"],
        ],
        "2.1-4.1",
        "2.2-3.2",
    )
    assert [row["Modalité"] for row in draft.rows["Compétences"]] == ["M1.1 ; M1.1-2", "M1.1-2"]
    assert {row["Intitulé"]: row.get("Modalité") for row in draft.rows["Critères"]} == {
        "Vendu": "M1.1",
        "Payé": "M1.1",
        "Dit": "M1.1-2",
        "Livré": None,
    }


def test_what_goes_on_with_a_method_does_so_once() -> None:
    """Its cell spans two rows of criteria."""
    draft = draft_of(
        [
            ["Compétences", "Modalités", "Critères"],
            ["C1.1 Vendre", ("Oral", "Vingt minutes"), "Vendu"],
            [None, "puis dix minutes d’échange.", "Payé"],
            [None, None, "Livré"],
        ],
        "2.1-4.1",
        "3.2-4.2",
    )
    (method,) = draft.rows["Modalités"]
    assert method["Description"] == "Vingt minutes puis dix minutes d’échange."
