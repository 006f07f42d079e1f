"""Texts that stand where nobody looks for them: comments, boxes, methods alone, no table at all."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
from imported_documents import word_bytes
from openpyxl.comments import Comment
from rncp_exports import BEGINNING, CODE, END, ENTRY

from sheetgen.sources.importing import DraftReferential, import_documents
from sheetgen.sources.importing.recognise import read_imported
from sheetgen.sources.importing.sheet_notes import texts_beside
from sheetgen.sources.importing.tree import TreeBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody>'
    "<a:p><a:r><a:t>Lire le </a:t></a:r><a:r><a:t>règlement</a:t></a:r></a:p>"
    "</xdr:txBody></xdr:sp></xdr:wsDr>"
)
ANNOTATED = (
    '<d xmlns:office="o" xmlns:text="t" xmlns:draw="d"><office:annotation><text:p>À '
    "<text:span>revoir</text:span></text:p></office:annotation><draw:text-box><text:p>Lire"
    "</text:p></draw:text-box><text:p>dans une cellule</text:p></d>"
)


def draft_of(data: bytes) -> DraftReferential:
    """Return the draft that a file makes."""
    draft = DraftReferential()
    TreeBuilder(draft).add("source", read_imported(data))
    return draft


def with_part(data: bytes, name: str, text: str) -> bytes:
    """Return a package with one more part."""
    package = io.BytesIO(data)
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr(name, text)
    return package.getvalue()


def test_comments_and_boxes_of_a_workbook_are_told() -> None:
    """They are in no cell; each is among what has no place, a comment with its cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Compétences", "Critères"), ("C1 Vendre", "Vendu")):
        sheet.append(row)
    sheet["B2"].comment = Comment("Deux ans de suite", "La directrice")
    saved = io.BytesIO()
    book.save(saved)
    draft = draft_of(with_part(saved.getvalue(), "xl/drawings/drawing1.xml", DRAWING))
    assert draft.left() == ["Deux ans de suite", "Lire le règlement"]
    assert "cellule B2" in draft.lines[-2].place
    assert [row["Intitulé"] for row in draft.rows["Critères"]] == ["Vendu"]


def test_annotations_of_an_open_document_are_told() -> None:
    """An .ods keeps them in the part that has its cells."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("content.xml", ANNOTATED)
    assert [item.text for item in texts_beside(package.getvalue())] == ["À revoir", "Lire"]


def test_a_register_s_methods_without_competencies_are_told(tmp_path: Path) -> None:
    """A bloc may say how it is assessed and list nothing."""
    export = tmp_path / "export.xml"
    listed = "- Négocier une vente - sous contrainte - Conclure un contrat"
    assert listed in ENTRY
    export.write_text(BEGINNING + ENTRY.replace(listed, " ") + END, encoding="utf-8")
    gathered = import_documents([export], rncp=CODE)
    assert "Jeu de rôle" in gathered.draft.left()


def without_tables(document: Document) -> None:
    """Write a référentiel with titles and lists alone."""
    document.add_heading("Bloc 1 – Vendre", 1)
    for code, criteria in (
        ("C1.1 Préparer", ("Complet", "Oral soutenu")),
        ("C1.2 Clore", ("Clos",)),
    ):
        document.add_heading(code, 2)
        document.add_paragraph("Modalités d’évaluation :")
        document.add_paragraph("Étude de cas de deux heures")
        document.add_paragraph("Critères d’évaluation :")
        for text in criteria:
            document.add_paragraph(text, style="List Bullet")


def test_a_word_document_without_tables_is_read_as_a_text_is() -> None:
    """Codes say where competencies begin, titles what follows; places are those of Word."""
    draft = draft_of(word_bytes(without_tables))
    assert [row["Code"] for row in draft.rows["Compétences"]] == ["C1.1", "C1.2"]
    assert [(row["Compétence"], row["Intitulé"]) for row in draft.rows["Critères"]] == [
        ("C1.1", "Complet"),
        ("C1.1", "Oral soutenu"),
        ("C1.2", "Clos"),
    ]
    assert [row["Bloc"] for row in draft.rows["Compétences"]] == ["BC01", "BC01"]
    assert "paragraphe 2" in [line.place for line in draft.lines if line.code == "C1.1"]
