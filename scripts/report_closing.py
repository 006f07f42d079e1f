"""The jury report's last page: what the jury decides, and signs.

Its paragraphs keep with the next, so that decisions and signatures share a page where one can
hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from word_parts import (
    Box,
    Cell,
    Choice,
    Row,
    Strong,
    add_line,
    add_table,
    cell,
    header,
    line,
    row,
    tag,
    tag_row,
)

if TYPE_CHECKING:
    from docx.document import Document


_DOTS = "…" * 14


_BLOCK_CHOICES = ("Proposition adoptée", "Validé", "Non validé")
_CERTIFICATION_CHOICES = ("Proposition adoptée", "Délivrée", "Validation partielle", "Non délivrée")


def add_decision(document: Document) -> None:
    """Append what the jury decides."""
    add_line(document, tag("{%p if candidat.present %}"))
    add_line(document, line("Heading 1", "Décision du jury"))
    add_line(document, tag("{%p if rapport.definitif %}"))
    _decided(document)
    add_line(document, tag("{%p elif rapport.rempli %}"))
    add_line(
        document,
        line("Proposition", "Proposition pour la certification : {{ candidat.resultat }}"),
    )
    _when_reasons_are_due(document)
    add_table(
        document,
        (2.6, 3, 4.4, 7),
        (
            header("Objet", "Proposition", "Décision du jury", "Motif"),
            tag_row("{%tr for bloc in blocs_presentes %}", 4),
            _to_decide("{{ bloc.code }}", "{{ bloc.resultat }}", _BLOCK_CHOICES),
            tag_row("{%tr endfor %}", 4),
            _to_decide("Certification", "{{ candidat.resultat }}", _CERTIFICATION_CHOICES),
        ),
        "Décision du jury par bloc et pour la certification, avec des cases à cocher et une liste",
    )
    add_line(document, tag("{%p else %}"))
    _when_reasons_are_due(document)
    add_table(
        document,
        (2.6, 4.4, 10),
        (
            header("Objet", "Décision du jury", "Motif"),
            tag_row("{%tr for bloc in blocs_presentes %}", 3),
            _to_decide("{{ bloc.code }}", None, _BLOCK_CHOICES[1:]),
            tag_row("{%tr endfor %}", 3),
            _to_decide("Certification", None, _CERTIFICATION_CHOICES[1:]),
        ),
        "Décision du jury par bloc et pour la certification, avec des cases à cocher et une liste",
    )
    add_line(document, tag("{%p endif %}"))
    add_line(document, tag("{%p else %}"))
    add_line(document, line("Heading 1", "Décision du jury"))
    add_line(
        document,
        line(
            "Normal",
            Strong("{% if rapport.rempli %}Résultat : {{ candidat.resultat }}. {% endif %}"),
            "{% if candidat.abandon %}Le candidat a abandonné{% else %}Le candidat ne s’est pas "
            "présenté{% endif %} (statut : {{ candidat.statut }}), aucun bloc n’a été évalué.",
        ),
    )
    add_line(document, tag("{%p endif %}"))


def _decided(document: Document) -> None:
    add_line(
        document, line("Proposition", "Décision pour la certification : {{ candidat.resultat }}")
    )
    add_line(
        document,
        line("Note liée", "Délibération close le {{ cloture.date }} à {{ cloture.heure }}."),
    )
    add_table(
        document,
        (2.6, 3, 3, 8.4),
        (
            header("Objet", "Proposition", "Décision du jury", "Motif du jury"),
            tag_row("{%tr for bloc in blocs_presentes %}", 4),
            row(
                cell("Texte lié", Strong("{{ bloc.code }}")),
                cell("Texte lié", "{{ bloc.proposition }}"),
                cell("Texte lié", Strong("{{ bloc.resultat }}")),
                cell("Texte lié", "{{ bloc.motif_jury }}"),
            ),
            tag_row("{%tr endfor %}", 4),
            row(
                cell("Texte lié", Strong("Certification")),
                cell("Texte lié", "{{ candidat.proposition }}"),
                cell("Texte lié", Strong("{{ candidat.resultat }}")),
                cell("Texte lié", "{{ candidat.motif_jury }}"),
            ),
        ),
        "Décision du jury par bloc et pour la certification",
    )


def _when_reasons_are_due(document: Document) -> None:
    add_line(
        document,
        line(
            "Note liée",
            "Un motif est requis quand la décision s’écarte de la proposition, est défavorable "
            "ou tranche ce qui est à délibérer.",
        ),
    )


def _to_decide(subject: str, proposal: str | None, choices: tuple[str, ...]) -> Row:
    proposed = (cell("Texte lié", proposal),) if proposal else ()
    return row(
        cell("Texte lié", Strong(subject)),
        *proposed,
        Cell(
            (
                *(line("Texte lié", Box(choice), f" {choice}") for choice in choices),
                line("Liste", Choice("Décision du jury", "ou choisir ici", choices)),
            )
        ),
        cell("Texte lié", ""),
    )


def add_signatures(document: Document) -> None:
    """Append the place of each juror's signature."""
    add_line(document, line("Heading 1", "Signatures"))
    add_line(
        document,
        line(
            "Texte lié",
            "Les membres du jury déclarent n’avoir aucun lien avec le candidat et ne pas l’avoir "
            "formé.",
        ),
    )
    add_line(
        document,
        line(
            "Texte lié",
            "{% if rapport.definitif %}Fait à {{ session.lieu }}, le {{ cloture.date }}"
            f"{{% else %}}Fait à {_DOTS}, le {_DOTS}{{% endif %}}",
        ),
    )
    add_table(
        document,
        (9, 8),
        (
            header("Membre du jury", "Signature"),
            tag_row("{%tr for membre in jury.membres %}", 2),
            row(
                Cell(
                    (
                        line(
                            "Texte lié",
                            Strong("{{ membre.nom_complet }}"),
                            "{% if membre.president %} — présidence du jury{% endif %}",
                        ),
                        line("Texte lié", "{{ membre.qualite }}, {{ membre.organisme }}"),
                        line(
                            "Libellé",
                            "{% if membre.est_externe %}Extérieur au certificateur"
                            "{% else %}Interne au certificateur{% endif %}",
                        ),
                    )
                ),
                cell("Texte lié", ""),
                height=1.7,
            ),
            tag_row("{%tr endfor %}", 2),
        ),
        "Signatures des membres du jury",
    )
