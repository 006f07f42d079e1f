"""The template of the attendance sheet: the candidates' page to sign, then the jury's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_parts import DECLARATION, identity_table, pair
from word_looks import RECORD
from word_margins import add_footer, add_header
from word_parts import (
    Cell,
    Strong,
    add_line,
    add_table,
    cell,
    header,
    line,
    logo,
    row,
    tag,
    tag_row,
)
from word_styles import Page, new_document

if TYPE_CHECKING:
    from docx.document import Document


def attendance() -> Document:
    """The attendance sheet of a session."""
    document = new_document("Feuille d’émargement", Page(looks=RECORD))
    add_header(document, line("Header", "Feuille d’émargement – {{ certification.intitule }}"))
    add_footer(document, "Session {{ session.code }} — {{ session.date }}")
    for content in (
        *logo("Certificateur"),
        line("Certificateur", "{{ certification.certificateur }}"),
        line("Title", "Feuille d’émargement"),
        line("Numéro", "Annexe au procès-verbal n° {{ session.numero_pv }}"),
    ):
        add_line(document, content)
    identity_table(
        document,
        "Certification et session",
        row(*pair("Certification", "{{ certification.intitule }}", span=3)),
        row(
            *pair("Code RNCP", "{{ certification.code_rncp }}"),
            *pair("Session", "{{ session.code }}"),
        ),
        row(*pair("Date", "{{ session.date }}"), *pair("Heure", "{{ session.heure }}")),
        row(*pair("Centre", "{{ session.centre }}"), *pair("Adresse", "{{ session.adresse }}")),
    )
    _candidates(document)
    _jury(document)
    return document


def _candidates(document: Document) -> None:
    add_line(document, line("Heading 1", "Candidats"))
    add_table(
        document,
        (1.4, 5, 4.4, 1.9, 4.3),
        (
            header("N°", "Nom et prénom", "Blocs présentés", "Arrivée", "Signature"),
            tag_row("{%tr for candidat in candidats %}", 5),
            row(
                cell("Texte de tableau", Strong("{{ candidat.numero }}")),
                cell("Texte de tableau", Strong("{{ candidat.nom }}"), " {{ candidat.prenom }}"),
                cell("Texte de tableau", "{{ candidat.blocs }}"),
                cell("Texte de tableau", ""),
                cell(
                    "Libellé",
                    "{% if not candidat.present %}{{ candidat.statut }}{% endif %}",
                ),
                height=1.15,
            ),
            tag_row("{%tr endfor %}", 5),
        ),
        "Émargement des candidats",
    )


def _jury(document: Document) -> None:
    add_line(document, line("Titre de page", "Jury"))
    add_line(document, line("Note liée", DECLARATION))
    add_table(
        document,
        (5, 4.6, 2, 5.4),
        (
            header("Nom", "Qualité, organisme", "Extérieur", "Signature"),
            tag_row("{%tr for membre in jury.membres %}", 4),
            row(
                Cell(
                    (
                        line("Texte de tableau", Strong("{{ membre.nom_complet }}")),
                        tag("{%p if membre.president %}"),
                        line("Libellé", "Présidence du jury"),
                        tag("{%p endif %}"),
                    )
                ),
                cell("Texte de tableau", "{{ membre.qualite }}, {{ membre.organisme }}"),
                cell("Texte de tableau", "{{ membre.externe }}"),
                cell("Texte de tableau", ""),
                height=1.6,
            ),
            tag_row("{%tr endfor %}", 4),
            row(
                cell("Texte de tableau", Strong("{{ session.representant }}")),
                cell("Texte de tableau", "Représentant du certificateur", span=2),
                cell("Texte de tableau", ""),
                height=1.6,
            ),
        ),
        "Émargement du jury",
    )
