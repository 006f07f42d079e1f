"""The jury report's first pages: who, what, which blocs, which jury, under which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_parts import identity_table, pair, replacing
from report_blocks import RESULT_TITLE
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

if TYPE_CHECKING:
    from docx.document import Document


def add_opening(document: Document) -> None:
    """Append the title, the identities, the blocs at a glance, the jury and the regulations."""
    _title(document)
    _certification(document)
    _session(document)
    _candidate(document)
    _blocks_overview(document)
    _jury(document)
    add_line(document, tag("{%p if rapport.rempli and candidat.present %}"))
    _opinions(document)
    add_line(document, tag("{%p endif %}"))
    _regulations(document)


def _title(document: Document) -> None:
    for content in (
        *logo("Certificateur"),
        line("Certificateur", "Certificateur : {{ certification.certificateur }}"),
        line("Title", "Rapport du jury"),
        line(
            "Subtitle",
            "{{ candidat.identite }}{% if not rapport.rempli %} — exemplaire à remplir par le jury"
            "{% elif rapport.definitif %} — décision du jury{% endif %}",
        ),
        *replacing("Normal", "rapport"),
        tag("{%p if rapport.provisoire %}"),
        line(
            "Normal",
            Strong("Document provisoire. "),
            "Des appréciations manquent encore dans cette session : rien de ce qui suit n’est "
            "définitif. Grilles manquantes pour ce candidat : {{ rapport.grilles_manquantes }}.",
        ),
        tag("{%p endif %}"),
    ):
        add_line(document, content)


def _certification(document: Document) -> None:
    add_line(document, line("Heading 1", "Certification visée"))
    identity_table(
        document,
        "Certification visée",
        row(*pair("Intitulé", "{{ certification.intitule }}", span=3)),
        row(
            *pair("Niveau", "{{ certification.niveau }}"),
            *pair("Niveau CEC", "{{ certification.niveau_cec }}"),
        ),
        row(
            *pair("Code RNCP", "{{ certification.code_rncp }}"),
            *pair("Code NSF", "{{ certification.code_nsf }}"),
        ),
        row(
            *pair("Décision de France compétences", "{{ certification.date_decision }}"),
            *pair("Échéance", "{{ certification.date_echeance }}"),
        ),
    )


def _session(document: Document) -> None:
    add_line(document, line("Heading 1", "Session"))
    identity_table(
        document,
        "Session",
        row(
            *pair("Session", "{{ session.code }}"),
            *pair("Intitulé", "{{ session.intitule }}"),
        ),
        row(*pair("Date", "{{ session.date }}"), *pair("Heure", "{{ session.heure }}")),
        row(
            *pair("Centre", "{{ session.centre }}"),
            *pair("Adresse", "{{ session.adresse }}"),
        ),
        row(
            *pair("Procès-verbal n°", "{{ session.numero_pv }}"),
            *pair("Représentant du certificateur", "{{ session.representant }}"),
        ),
    )


def _candidate(document: Document) -> None:
    add_line(document, line("Heading 1", "Candidat"))
    identity_table(
        document,
        "Candidat",
        row(*pair("Numéro", "{{ candidat.numero }}"), *pair("Statut", "{{ candidat.statut }}")),
        tag_row("{%tr if not session.anonyme %}", 4),
        row(*pair("Nom", "{{ candidat.nom }}"), *pair("Prénom", "{{ candidat.prenom }}")),
        row(*pair("Date de naissance", "{{ candidat.date_naissance }}", span=3)),
        tag_row("{%tr endif %}", 4),
        row(
            *pair("Parcours", "{{ candidat.parcours }}"),
            *pair("Voie d’accès", "{{ candidat.voie_acces }}"),
        ),
    )


def _blocks_overview(document: Document) -> None:
    add_line(document, line("Heading 1", "Blocs de compétences"))
    add_line(document, tag("{%p if rapport.rempli %}"))
    add_table(
        document,
        (1.4, 8.8, 2.4, 2.8, 1.6),
        (
            header("Bloc", "Intitulé", "Situation", RESULT_TITLE, "Score", centred_from=2),
            tag_row("{%tr for bloc in blocs %}", 5),
            row(
                cell("Texte de tableau", Strong("{{ bloc.code }}")),
                cell("Texte de tableau", "{{ bloc.intitule }}"),
                cell("Case", "{{ bloc.situation }}"),
                cell("Résultat", "{{ bloc.resultat }}"),
                cell("Case", "{{ bloc.score }}"),
            ),
            tag_row("{%tr endfor %}", 5),
        ),
        "Blocs de compétences, situation et résultat",
    )
    add_line(document, tag("{%p else %}"))
    add_table(
        document,
        (1.6, 9.8, 2.8, 2.8),
        (
            header("Bloc", "Intitulé", "Situation", "Évalué par", centred_from=2),
            tag_row("{%tr for bloc in blocs %}", 4),
            row(
                cell("Texte de tableau", Strong("{{ bloc.code }}")),
                cell("Texte de tableau", "{{ bloc.intitule }}"),
                cell("Case", "{{ bloc.situation }}"),
                cell("Case", "{{ bloc.jures }}"),
            ),
            tag_row("{%tr endfor %}", 4),
        ),
        "Blocs de compétences et situation du candidat",
    )
    add_line(document, tag("{%p endif %}"))


def _jury(document: Document) -> None:
    add_line(document, line("Heading 1", "Composition du jury"))
    add_table(
        document,
        (1.2, 3.8, 3.6, 3.6, 1.5, 3.3),
        (
            header("Juré", "Nom", "Qualité", "Organisme", "Externe", "Blocs évalués"),
            tag_row("{%tr for membre in jury.membres %}", 6),
            row(
                cell("Texte lié", Strong("{{ membre.code }}")),
                Cell(
                    (
                        line("Texte lié", "{{ membre.nom_complet }}"),
                        tag("{%p if membre.president %}"),
                        line("Libellé", "Présidence du jury"),
                        tag("{%p endif %}"),
                    )
                ),
                cell("Texte lié", "{{ membre.qualite }}"),
                cell("Texte lié", "{{ membre.organisme }}"),
                cell("Texte lié", "{{ membre.externe }}"),
                cell("Texte lié", "{{ membre.blocs }}"),
            ),
            tag_row("{%tr endfor %}", 6),
        ),
        "Composition du jury",
    )
    add_line(document, line("Petits caractères", "{{ jury.composition }}."))


def _opinions(document: Document) -> None:
    add_line(document, line("Heading 1", "Avis généraux des jurés"))
    add_table(
        document,
        (4, 6.5, 6.5),
        (
            header("Juré", "Avis", "Remarques"),
            tag_row("{%tr for membre in jury.membres %}", 3),
            row(
                cell("Texte de tableau", Strong("{{ membre.code }}"), " {{ membre.nom_complet }}"),
                cell("Texte de tableau", "{{ membre.avis }}"),
                cell("Texte de tableau", "{{ membre.remarques }}"),
            ),
            tag_row("{%tr endfor %}", 3),
        ),
        "Avis généraux des jurés",
    )


def _regulations(document: Document) -> None:
    add_line(document, line("Heading 1", "Cadre réglementaire"))
    for title, text in (
        ("Base légale", "{{ certification.base_legale }}"),
        ("Voies de recours", "{{ certification.voies_recours }}"),
        ("Aménagements : dispositions communes à tous", "{{ certification.handicap }}"),
    ):
        add_line(document, line("Heading 2", title))
        add_line(document, line("Petits caractères", text))
