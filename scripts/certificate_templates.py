"""The templates of the attestation of a bloc and of the parchment, one page each.

They must never be mistaken for one another: only the parchment has a frame, and the attestation
says in so many words what it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_parts import LEVELS, REGISTERED, REGISTERED_BY, replacing
from word_looks import CERTIFICATE, DIPLOMA
from word_margins import add_footer, add_plain_footer
from word_parts import Cell, Line, Strong, add_line, add_table, cell, line, row, tag
from word_styles import BORDERLESS_STYLE, Page, new_document

if TYPE_CHECKING:
    from docx.document import Document

_ISSUER = (
    tag("{%p if certification.logo %}"),
    line("Émetteur", "{{ certification.logo }}"),
    line("Émetteur", "{{ certification.certificateur }}"),
    tag("{%p else %}"),
    line("Émetteur seul", "{{ certification.certificateur }}"),
    tag("{%p endif %}"),
)
"""The certifier, lower on the page where no logo stands above."""

_HOLDER = line("Titulaire", "{{ candidat.identite }}")

_BORN = "né(e) le {{ candidat.date_naissance }}"

_REGISTRATION = (
    line("Mention officielle", f"{REGISTERED},"),
    line("Mention officielle", REGISTERED_BY),
    line("Mention officielle", LEVELS),
)

_DATED = line("Lieu et date", "Fait à {{ session.lieu }}, le {{ cloture.date }}")

_SIGNATORY = (
    line("Signataire", "Pour {{ certification.certificateur }},"),
    line("Signataire", Strong("{{ certification.signataire }}")),
    line("Signataire", "{{ certification.qualite_signataire }}"),
)


def block_certificate() -> Document:
    """The attestation of one bloc."""
    document = new_document(
        "Attestation de bloc de compétences", Page(landscape=True, looks=CERTIFICATE)
    )
    add_footer(
        document,
        "Attestation de bloc — {{ document.reference }} — procès-verbal n° {{ session.numero_pv }}",
    )
    for content in (
        *_ISSUER,
        line("Titre officiel", "Attestation de bloc de compétences"),
        line(
            "Texte officiel",
            "Vu la délibération du jury du {{ cloture.date }}, le certificateur atteste que",
        ),
        _HOLDER,
        line("Texte officiel", f"{_BORN}, a validé le bloc de compétences"),
        line("Intitulé officiel", "{{ bloc.code }} – {{ bloc.intitule }}"),
        line(
            "Texte officiel",
            "bloc {{ bloc.rang }} sur {{ certification.nombre_blocs }} de la certification "
            "professionnelle",
        ),
        line("Texte officiel", Strong("« {{ certification.intitule }} »")),
        *_REGISTRATION,
        line(
            "Avertissement",
            "Cette attestation porte sur un seul bloc de compétences, acquis sans limite de durée. "
            "Elle n’est pas le parchemin et ne vaut pas délivrance de la certification.",
        ),
        *replacing("Avertissement"),
        _DATED,
    ):
        add_line(document, content)
    _sign(document, ())
    return document


def diploma() -> Document:
    """The parchment of the certification."""
    document = new_document("Parchemin", Page(landscape=True, framed=True, looks=DIPLOMA))
    add_plain_footer(
        document, "Parchemin — {{ document.reference }} — procès-verbal n° {{ session.numero_pv }}"
    )
    for content in (
        *_ISSUER,
        line("Titre officiel", "Parchemin de certification professionnelle"),
        line(
            "Texte officiel",
            "Vu la délibération du jury du {{ cloture.date }}, le certificateur délivre à",
        ),
        _HOLDER,
        line("Texte officiel", _BORN),
        line("Texte officiel", "la certification professionnelle"),
        line("Intitulé officiel", "{{ certification.intitule }}"),
        *_REGISTRATION,
        *replacing("Mention officielle"),
        _DATED,
    ):
        add_line(document, content)
    _sign(document, (line("Signataire", "Signature du titulaire"),))
    return document


def _sign(document: Document, holder: tuple[Line, ...]) -> None:
    left = Cell(holder) if holder else cell("Signataire", "")
    add_table(
        document,
        (1, 1),
        (row(left, Cell(_SIGNATORY), height=2.3),),
        "Signatures",
        BORDERLESS_STYLE,
    )
