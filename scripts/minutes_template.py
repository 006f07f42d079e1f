"""The template of the procès-verbal: the session's record, signed by the jury."""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_parts import (
    certification_rows,
    decided_block,
    identity_table,
    jury_table,
    pair,
    replacing,
    signature_table,
)
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


def minutes() -> Document:
    """The procès-verbal of a session, with the list of decisions annexed to it."""
    document = new_document("Procès-verbal de délibération", Page(looks=RECORD))
    add_header(document, line("Header", "Procès-verbal – {{ certification.intitule }}"))
    add_footer(document, "Procès-verbal n° {{ session.numero_pv }} — Session {{ session.code }}")
    _opening(document)
    _attendance(document)
    _decisions(document)
    _departures(document)
    _remarks(document)
    _signatures(document)
    _annex(document)
    return document


def _opening(document: Document) -> None:
    for content in (
        *logo("Certificateur"),
        line("Certificateur", "{{ certification.certificateur }}"),
        line("Title", "Procès-verbal de délibération du jury"),
        line("Numéro", "N° {{ session.numero_pv }}"),
        *replacing("Normal"),
        line("Heading 1", "Certification visée"),
    ):
        add_line(document, content)
    identity_table(document, "Certification visée", *certification_rows())
    add_line(document, line("Heading 1", "Session"))
    identity_table(
        document,
        "Session",
        row(
            *pair("Session", "{{ session.code }}"),
            *pair("Intitulé", "{{ session.intitule }}"),
        ),
        row(*pair("Date", "{{ session.date }}"), *pair("Heure", "{{ session.heure }}")),
        row(*pair("Centre", "{{ session.centre }}"), *pair("Adresse", "{{ session.adresse }}")),
        row(
            *pair("Voies d’accès", "{{ voies_acces }}"),
            *pair("Représentant du certificateur", "{{ session.representant }}"),
        ),
        row(
            *pair("Clôture de la délibération", "{{ cloture.date }}"),
            *pair("Heure de clôture", "{{ cloture.heure }}"),
        ),
    )
    add_line(document, line("Heading 1", "Composition du jury"))
    jury_table(document)
    add_line(document, line("Normal", "{{ jury.declaration }}"))
    add_line(document, tag("{%p if jury.non_siegeants != '—' %}"))
    add_line(
        document,
        line(
            "Note liée",
            "Inscrits à la session et n’ayant évalué personne : {{ jury.non_siegeants }}.",
        ),
    )
    add_line(document, tag("{%p endif %}"))


def _attendance(document: Document) -> None:
    add_line(document, line("Heading 1", "Candidats"))
    titles = (
        ("Inscrits", "{{ effectifs.inscrits }}"),
        ("Présents", "{{ effectifs.presents }}"),
        ("Non présents", "{{ effectifs.non_presents }}"),
        ("Certification délivrée", "{{ effectifs.delivrees }}"),
        ("Validation partielle", "{{ effectifs.partielles }}"),
        ("Non délivrée", "{{ effectifs.non_delivrees }}"),
    )
    add_table(
        document,
        (1,) * len(titles),
        (
            header(*(title for title, _ in titles), centred_from=0),
            row(*(cell("Résultat", field) for _, field in titles)),
        ),
        "Effectifs de la session",
    )


def _decisions(document: Document) -> None:
    add_line(document, line("Heading 1", "Décisions du jury"))
    add_line(
        document,
        line(
            "Texte lié",
            "Après en avoir délibéré, le jury arrête les décisions suivantes. Le détail par bloc "
            "figure en annexe 1.",
        ),
    )
    add_table(
        document,
        (1.4, 4.6, 4, 4, 3),
        (
            header("N°", "Candidat", "Parcours", "Blocs", "Certification"),
            tag_row("{%tr for candidat in candidats %}", 5),
            row(
                cell("Texte de tableau", Strong("{{ candidat.numero }}")),
                Cell(
                    (
                        line("Texte de tableau", "{{ candidat.nom }} {{ candidat.prenom }}"),
                        line("Libellé", "né(e) le {{ candidat.date_naissance }}"),
                    )
                ),
                Cell(
                    (
                        line("Texte de tableau", "{{ candidat.parcours }}"),
                        line("Libellé", "{{ candidat.voie_acces }}"),
                    )
                ),
                Cell(
                    (
                        tag("{%p if candidat.present %}"),
                        line("Texte de tableau", "Validés : {{ candidat.blocs_valides }}"),
                        line("Texte de tableau", "Non validés : {{ candidat.blocs_non_valides }}"),
                        tag("{%p endif %}"),
                        line("Libellé", "Déjà acquis : {{ candidat.blocs_acquis }}"),
                    )
                ),
                Cell(
                    (
                        line("Texte de tableau", Strong("{{ candidat.resultat }}")),
                        tag("{%p if not candidat.present %}"),
                        line("Libellé", "Statut : {{ candidat.statut }}"),
                        tag("{%p endif %}"),
                    )
                ),
            ),
            tag_row("{%tr endfor %}", 5),
        ),
        "Décisions du jury par candidat",
    )


def _departures(document: Document) -> None:
    add_line(document, line("Heading 1", "Décisions propres au jury"))
    add_line(document, tag("{%p if ecarts %}"))
    add_line(
        document,
        line(
            "Note liée",
            "Décisions qui s’écartent de la proposition calculée, ou tranchent ce qui était à "
            "délibérer, avec leur motif.",
        ),
    )
    add_table(
        document,
        (3.6, 2.1, 2.3, 2.3, 6.7),
        (
            header("Candidat", "Objet", "Proposition", "Décision", "Motif"),
            tag_row("{%tr for ecart in ecarts %}", 5),
            row(
                cell("Texte de tableau", Strong("{{ ecart.numero }}"), " {{ ecart.identite }}"),
                cell("Texte de tableau", "{{ ecart.objet }}"),
                cell("Texte de tableau", "{{ ecart.proposition }}"),
                cell("Texte de tableau", Strong("{{ ecart.decision }}")),
                cell("Texte de tableau", "{{ ecart.motif }}"),
            ),
            tag_row("{%tr endfor %}", 5),
        ),
        "Décisions qui ne sont pas celles proposées",
    )
    add_line(document, tag("{%p else %}"))
    add_line(document, line("Normal", "Néant : le jury adopte toutes les propositions."))
    add_line(document, tag("{%p endif %}"))


def _remarks(document: Document) -> None:
    for title, text in (
        ("Incidents", "{{ cloture.incidents }}"),
        ("Observations", "{{ cloture.observations }}"),
        ("Cadre réglementaire", None),
    ):
        add_line(document, line("Heading 1", title))
        if text:
            add_line(document, line("Normal", text))
    add_line(document, line("Petits caractères", "{{ certification.base_legale }}"))


def _signatures(document: Document) -> None:
    add_line(document, line("Heading 1", "Signatures"))
    add_line(
        document,
        line(
            "Texte lié",
            "Fait à {{ session.lieu }}, le {{ cloture.date }}. Annexes : 1. Liste des décisions "
            "par bloc ; 2. Feuille d’émargement de la session {{ session.code }}.",
        ),
    )
    signature_table(document)


def _annex(document: Document) -> None:
    add_line(document, line("Titre de page", "Annexe 1 – Liste des décisions par bloc"))
    add_table(
        document,
        (1.6, 12.2, 3.2),
        (
            header("Bloc", "Intitulé", "Décision"),
            tag_row("{%tr for candidat in candidats %}", 3),
            row(
                cell(
                    "Activité",
                    "{{ candidat.numero }} – {{ candidat.nom }} {{ candidat.prenom }} – "
                    "certification : {{ candidat.resultat }}"
                    "{% if candidat.motif != '—' %} ({{ candidat.motif }}){% endif %}",
                    span=3,
                    shaded=True,
                ),
            ),
            *decided_block("candidat.blocs if bloc.presente or bloc.acquis"),
            tag_row("{%tr else %}", 3),
            row(cell("Texte de tableau", "Aucun bloc présenté ni déjà acquis.", span=3)),
            tag_row("{%tr endfor %}", 3),
            tag_row("{%tr endfor %}", 3),
        ),
        "Liste des décisions par candidat et par bloc, avec leurs motifs",
    )
