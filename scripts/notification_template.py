"""The template of the letter that tells a candidate their result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_parts import LEVELS, REGISTERED, REGISTERED_BY, decided_block, replacing
from word_looks import LETTER
from word_margins import add_footer
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
from word_styles import BORDERLESS_STYLE, Page, new_document

if TYPE_CHECKING:
    from docx.document import Document


def notification() -> Document:
    """The result of one candidate, with its reasons and the ways of appeal."""
    document = new_document("Notification de résultat", Page(looks=LETTER))
    add_footer(document, "Notification de résultat — {{ document.reference }}")
    _heading(document)
    _outcome(document)
    _blocks(document)
    _consequences(document)
    add_line(document, line("Heading 1", "Voies de recours"))
    add_line(document, line("Texte courant", "{{ certification.voies_recours }}"))
    _signature(document)
    return document


def _heading(document: Document) -> None:
    add_table(
        document,
        (9.5, 7.5),
        (
            row(
                Cell(
                    (
                        *logo("Expéditeur"),
                        line("Expéditeur", "{{ certification.certificateur }}"),
                        line("Libellé", "{{ session.centre }}"),
                        line("Libellé", "{{ session.adresse }}"),
                    )
                ),
                Cell(
                    (
                        line("Destinataire", Strong("{{ candidat.identite }}")),
                        line("Destinataire", "né(e) le {{ candidat.date_naissance }}"),
                        line("Destinataire", "Candidat n° {{ candidat.numero }}"),
                    )
                ),
            ),
        ),
        "Expéditeur et destinataire",
        BORDERLESS_STYLE,
    )
    add_line(document, line("Lieu et date", "{{ session.lieu }}, le {{ cloture.date }}"))
    add_line(document, line("Title", "Notification de résultat"))
    for content in replacing("Objet"):
        add_line(document, content)
    add_line(
        document,
        line("Objet", "Certification professionnelle « {{ certification.intitule }} »"),
    )


def _outcome(document: Document) -> None:
    add_line(
        document,
        line(
            "Texte courant",
            "Vous étiez inscrit(e) à la session {{ session.code }} du {{ session.date }} de la "
            "certification professionnelle « {{ certification.intitule }} », "
            f"{REGISTERED}, {REGISTERED_BY}. {LEVELS}.",
        ),
    )
    add_line(document, tag("{%p if candidat.present %}"))
    add_line(
        document,
        line(
            "Texte courant",
            "Le jury de certification, présidé par {{ jury.president }}, a délibéré le "
            "{{ cloture.date }} à {{ cloture.heure }} et pris à votre égard la décision suivante.",
        ),
    )
    add_line(document, tag("{%p elif candidat.abandon %}"))
    add_line(
        document,
        line(
            "Texte courant",
            "Vous avez abandonné en cours de session (statut : {{ candidat.statut }}) : aucun bloc "
            "n’a été évalué.",
        ),
    )
    add_line(document, tag("{%p else %}"))
    add_line(
        document,
        line(
            "Texte courant",
            "Vous ne vous êtes pas présenté(e) (statut : {{ candidat.statut }}) : aucun bloc n’a "
            "été évalué.",
        ),
    )
    add_line(document, tag("{%p endif %}"))
    add_line(document, line("Décision", "Résultat pour la certification : {{ candidat.resultat }}"))
    add_line(document, tag("{%p if candidat.motif != '—' %}"))
    add_line(document, line("Texte courant", Strong("Motif : "), "{{ candidat.motif }}"))
    add_line(document, tag("{%p endif %}"))


def _blocks(document: Document) -> None:
    add_line(document, line("Heading 1", "Résultat par bloc de compétences"))
    refused = "bloc.competences if competence.resultat == 'Non acquise'"
    add_table(
        document,
        (1.6, 12.2, 3.2),
        (
            header("Bloc", "Intitulé", "Résultat"),
            *decided_block(
                "blocs",
                tag("{%p if not bloc.valide %}"),
                tag(f"{{%p for competence in {refused} %}}"),
                line(
                    "Mention",
                    Strong("Compétence {{ competence.code }} non acquise : "),
                    "{{ competence.intitule }}",
                ),
                tag("{%p endfor %}"),
                tag("{%p endif %}"),
            ),
            tag_row("{%tr endfor %}", 3),
        ),
        "Résultat par bloc de compétences, avec les motifs",
    )


def _consequences(document: Document) -> None:
    add_line(document, tag("{%p if candidat.delivree %}"))
    add_line(
        document,
        line("Texte courant", "Le parchemin de la certification vous est délivré à ce titre."),
    )
    add_line(document, tag("{%p elif candidat.reste_a_acquerir %}"))
    add_line(
        document,
        line(
            "Texte courant",
            "Les blocs de compétences validés ou déjà acquis le restent sans limite de durée. "
            "Blocs qu’il vous reste à acquérir pour obtenir la certification : "
            "{{ candidat.blocs_restants }}.",
        ),
    )
    add_line(document, tag("{%p else %}"))
    add_line(
        document,
        line(
            "Texte courant",
            "Vous avez acquis tous les blocs de compétences, sans limite de durée ; la "
            "certification ne vous est pas délivrée, pour le motif indiqué plus haut.",
        ),
    )
    add_line(document, tag("{%p endif %}"))


def _signature(document: Document) -> None:
    add_table(
        document,
        (9, 8),
        (
            row(
                cell("Signataire", ""),
                Cell(
                    (
                        line("Signataire", "Pour le certificateur,"),
                        line("Signataire", Strong("{{ certification.signataire }}")),
                        line("Signataire", "{{ certification.qualite_signataire }}"),
                    )
                ),
                height=2.6,
            ),
        ),
        "Signature",
        BORDERLESS_STYLE,
    )
