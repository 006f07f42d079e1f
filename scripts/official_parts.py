"""What the session's documents have in common: certification, session, jury, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from word_parts import (
    Cell,
    Line,
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

REGISTERED = (
    "enregistrée au répertoire national des certifications professionnelles sous le code "
    "{{ certification.code_rncp }}"
)
"""How a certification's registration is worded."""

REGISTERED_BY = (
    "par décision du directeur général de France\u00a0compétences en date du "
    "{{ certification.date_decision }}"
)
"""How the decision that registered a certification is worded."""

LEVELS = (
    "Niveau\u00a0{{ certification.niveau }} — niveau\u00a0{{ certification.niveau_cec }} du cadre "
    "européen des certifications (CEC) — code NSF\u00a0{{ certification.code_nsf }}"
)
"""How a certification's levels and speciality are worded."""

DECLARATION = (
    "Les membres du jury déclarent n’avoir formé aucun des candidats qu’ils ont évalués et n’avoir "
    "aucun lien avec eux."
)


def replacing(style: str, group: str = "document") -> tuple[Line, ...]:
    """Return the sentence of a paper made again: which one it annuls and replaces."""
    return (
        tag(f"{{%p if {group}.refait %}}"),
        line(style, Strong(f"{{{{ {group}.remplace }}}}")),
        tag("{%p endif %}"),
    )


_IDENTITY_WIDTHS = (3.2, 5.3, 3.4, 5.1)


def pair(label: str, field: str, span: int = 1) -> tuple[Cell, Cell]:
    """A label and its value, side by side in a table."""
    return cell("Libellé", label, shaded=True), cell("Texte de tableau", field, span=span)


def identity_table(document: Document, description: str, *rows: Row) -> None:
    """Append a table of labels and values, two pairs a row."""
    add_table(document, _IDENTITY_WIDTHS, rows, description)


def certification_rows() -> tuple[Row, ...]:
    """The certification aimed at, as it is registered."""
    return (
        row(*pair("Intitulé", "{{ certification.intitule }}", span=3)),
        row(*pair("Certificateur", "{{ certification.certificateur }}", span=3)),
        row(
            *pair("Code RNCP", "{{ certification.code_rncp }}"),
            *pair("Code NSF", "{{ certification.code_nsf }}"),
        ),
        row(
            *pair("Niveau", "{{ certification.niveau }}"),
            *pair("Niveau CEC", "{{ certification.niveau_cec }}"),
        ),
        row(
            *pair("Décision de France compétences", "{{ certification.date_decision }}"),
            *pair("Échéance", "{{ certification.date_echeance }}"),
        ),
    )


def jury_table(document: Document) -> None:
    """Append the jury: who sits, and how many come from outside."""
    add_table(
        document,
        (1.2, 4.6, 4.4, 4.6, 2.2),
        (
            header("Juré", "Nom", "Qualité", "Organisme", "Extérieur"),
            tag_row("{%tr for membre in jury.membres %}", 5),
            row(
                cell("Texte de tableau", Strong("{{ membre.code }}")),
                Cell(
                    (
                        line("Texte de tableau", "{{ membre.nom_complet }}"),
                        tag("{%p if membre.president %}"),
                        line("Libellé", "Présidence du jury"),
                        tag("{%p endif %}"),
                    )
                ),
                cell("Texte de tableau", "{{ membre.qualite }}"),
                cell("Texte de tableau", "{{ membre.organisme }}"),
                cell("Texte de tableau", "{{ membre.externe }}"),
            ),
            tag_row("{%tr endfor %}", 5),
        ),
        "Composition du jury",
    )
    add_line(document, line("Petits caractères", "{{ jury.composition }}."))


def signature_table(document: Document) -> None:
    """Append a box to sign in for each member of the jury and for the certifier."""
    add_table(
        document,
        (9, 8),
        (
            header("Signataire", "Signature"),
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
                    )
                ),
                cell("Texte lié", ""),
                height=1.45,
            ),
            tag_row("{%tr endfor %}", 2),
            row(
                Cell(
                    (
                        line("Texte lié", Strong("{{ session.representant }}")),
                        line("Texte lié", "Représentant du certificateur"),
                    )
                ),
                cell("Texte lié", ""),
                height=1.45,
            ),
        ),
        "Signatures du jury et du représentant du certificateur",
    )


def decided_block(condition: str, *details: Line) -> tuple[Row, ...]:
    """The rows on a candidate's blocs, in three columns: what was decided, then why.

    Args:
        condition: what follows the loop over `bloc`, such as a list and a test.
        details: what else is said of a bloc that has a reason.
    """
    return (
        tag_row(f"{{%tr for bloc in {condition} %}}", 3),
        row(
            cell("Texte lié", Strong("{{ bloc.code }}")),
            cell("Texte lié", "{{ bloc.intitule }}"),
            cell("Texte lié", Strong("{{ bloc.resultat }}")),
        ),
        tag_row("{%tr if bloc.motif != '—' %}", 3),
        row(
            cell("Libellé", "Motif"),
            Cell((line("Texte de tableau", "{{ bloc.motif }}"), *details), 2),
        ),
        tag_row("{%tr endif %}", 3),
    )
