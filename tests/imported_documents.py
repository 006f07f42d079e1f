"""Documents as schools hold them, in five shapes, made with python-docx.

Each has what is expected of it beside it: how many of each, and how many lines to read again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from docx.document import Document
    from docx.table import _Cell

Texts = str | tuple[str, ...]
"""A cell: its paragraphs, those that begin with a star as items of a list, two stars: deeper."""


def fill(cell: _Cell, texts: Texts) -> None:
    """Write a cell's paragraphs."""
    paragraphs = (texts,) if isinstance(texts, str) else texts
    first = cell.paragraphs[0]
    for text in paragraphs:
        if text.startswith("** "):
            cell.add_paragraph(text[3:], style="List Bullet 2")
        elif text.startswith("* "):
            cell.add_paragraph(text[2:], style="List Bullet")
        else:
            cell.add_paragraph(text)
    first._element.getparent().remove(first._element)  # noqa: SLF001 - it has no public removal


def add_table(
    document: Document, rows: Sequence[Sequence[Texts | None]], merges: Sequence[str] = ()
) -> None:
    """Add a table; None stands for a cell that a merge covers.

    `merges` are written « 2.1-4.1 »: row and column of both corners, counted from 1.
    """
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for merge in merges:
        (top, left), (bottom, right) = (
            tuple(int(number) - 1 for number in corner.split(".")) for corner in merge.split("-")
        )
        table.cell(top, left).merge(table.cell(bottom, right))
    for number, row in enumerate(rows):
        for column, texts in enumerate(row):
            if texts is not None:
                fill(table.cell(number, column), texts)


def merged_activities(document: Document) -> None:
    """Blocs in rows of their own, activities merged over their competencies, four columns."""
    add_table(
        document,
        [
            ["Activités", "Compétences", "Modalités d’évaluation", "Critères d’évaluation"],
            ["BLOC 1 – Accueillir le public", None, None, None],
            [
                "A1.1 Recevoir les personnes",
                "C1.1 Identifier la demande d’une personne",
                ("Mise en situation", "Le candidat reçoit un usager pendant vingt minutes."),
                ("La demande est reformulée.", "Le ton est courtois."),
            ],
            [
                None,
                "C1.2 Orienter la personne",
                ("Étude de cas", "Le candidat traite trois demandes écrites."),
                "L’orientation est justifiée.",
            ],
            ["BLOC 2 – Gérer les dossiers", None, None, None],
            [
                "A2.1 Tenir les dossiers",
                "C2.1 Classer les pièces reçues",
                ("Étude de cas", "Le candidat classe un dossier de vingt pièces."),
                ("Les pièces sont toutes classées.", "Le plan de classement est respecté."),
            ],
        ],
        ["2.1-2.4", "3.1-4.1", "5.1-5.4"],
    )


def bullets_in_one_cell(document: Document) -> None:
    """All criteria of a competency as bullets of one cell, under a line that leads to them."""
    document.add_paragraph("Bloc 1 : Conduire un projet")
    add_table(
        document,
        [
            ["Compétences", "Modalités", "Critères"],
            [
                ("C1 Planifier un projet :", "* en fixant ses étapes", "* en estimant ses coûts"),
                "Dossier : le candidat remet un plan de projet.",
                (
                    "Le plan comporte :",
                    "* des étapes datées",
                    "* un budget, qui distingue",
                    "** les charges fixes",
                    "** les charges variables",
                    "* des responsables nommés",
                ),
            ],
            [
                "C2 Suivre un projet",
                ("Soutenance orale", "Trente minutes devant le jury."),
                ("- Les écarts sont mesurés.", "- Les alertes sont données à temps."),
            ],
        ],
    )


def methods_over_rows(document: Document) -> None:
    """A method in the middle column, merged over the competencies that it assesses."""
    document.add_paragraph("Bloc n° 1 - Produire des contenus")
    add_table(
        document,
        [
            ["Compétences évaluées", "Épreuves", "Indicateurs"],
            [
                "Rédiger un article",
                ("Projet professionnel", "Le candidat publie trois contenus."),
                "L’article est exact.",
            ],
            ["Illustrer un article", None, ("L’image est libre de droits.", "Elle est légendée.")],
            [
                "Mesurer l’audience",
                ("Oral", "Le candidat commente ses chiffres."),
                "Les chiffres sont interprétés.",
            ],
        ],
        ["2.2-3.2"],
    )


def two_tables_per_bloc(document: Document) -> None:
    """For each bloc, activities with their competencies, then how each of them is assessed."""
    for number, subject in ((1, "la vente"), (2, "le service")):
        document.add_heading(f"Bloc de compétences n°{number} : Organiser {subject}", level=1)
        code = f"C{number}.1"
        add_table(
            document,
            [
                ["Référentiel d’activités", "Référentiel de compétences"],
                [f"A{number}.1 Préparer {subject}", f"{code} Préparer {subject} avec méthode"],
            ],
        )
        document.add_paragraph("")
        add_table(
            document,
            [
                ["Compétences", "Modalités d’évaluation", "Critères d’évaluation"],
                [
                    code,
                    ("Cas pratique", f"Le candidat prépare {subject} d’une entreprise fictive."),
                    ("La préparation est complète.", f"Elle convient à {subject}."),
                ],
            ],
        )


def landscape_sections(document: Document) -> None:
    """A table that goes on in landscape pages: headings repeated once, then left out."""
    document.add_paragraph("Ce document annule le précédent.")
    headings = ["Activités", "Compétences", "Critères d’évaluation", "Modalités d’évaluation"]
    add_table(
        document,
        [
            headings,
            ["Activité 1 : Cultiver", "C1.1 Semer", "Le semis est régulier.", "Épreuve pratique"],
        ],
    )
    for section_rows in (
        [headings, ["", "C1.2 Arroser", "L’eau est économisée.", "Épreuve pratique"]],
        [["Activité 2 : Récolter", "C2.1 Cueillir", "Le fruit est entier.", "Épreuve pratique"]],
    ):
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        add_table(document, section_rows)
    document.add_paragraph("Contact : le service des examens.")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A document, and what an import is to make of it.

    Attributes:
        sizes: rows of Blocs, Activités, Modalités, Compétences and Critères.
        doubtful: codes of the rows to be read again, in order.
        left: texts that have no place.
    """

    write: Callable[[Document], None]
    sizes: tuple[int, int, int, int, int]
    doubtful: tuple[str, ...]
    left: tuple[str, ...] = ()


SHAPES: Mapping[str, Shape] = {
    "merged activities": Shape(write=merged_activities, sizes=(2, 2, 3, 3, 5), doubtful=()),
    "bullets in one cell": Shape(
        write=bullets_in_one_cell,
        sizes=(1, 0, 2, 2, 5),
        doubtful=("C1.1", "C1.2", "C1.3"),
    ),
    "methods over rows": Shape(write=methods_over_rows, sizes=(1, 0, 2, 3, 4), doubtful=()),
    "two tables per bloc": Shape(write=two_tables_per_bloc, sizes=(2, 2, 2, 2, 4), doubtful=()),
    "landscape sections": Shape(
        write=landscape_sections,
        sizes=(2, 0, 2, 3, 3),
        doubtful=("BC01", "M1.1", "", "BC02", "M2.1"),
        left=("Ce document annule le précédent.", "Contact : le service des examens."),
    ),
}


def word_bytes(write: Callable[[Document], None]) -> bytes:
    """The Word document that a function fills."""
    document = docx.Document()
    write(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
