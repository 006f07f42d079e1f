"""The jury report's pages on each bloc: how it is assessed, and what came of each competency.

In the blank report, boxes to tick and room to write stand where the filled one has the results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from word_parts import (
    Box,
    Cell,
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


RESULT_TITLE = "Résultat{% if not rapport.definitif %} proposé{% endif %}"
"""The title of a column of outcomes: proposals, until the jury has decided."""


def add_block(document: Document) -> None:
    """Append what is said of one bloc; the template repeats it for each bloc presented."""
    add_line(document, line("Heading 1", "{{ bloc.code }} – {{ bloc.intitule }}"))
    _methods(document)
    add_line(document, line("Heading 2", "Compétences"))
    add_line(document, tag("{%p if rapport.rempli %}"))
    _marked_competencies(document)
    add_line(document, tag("{%p if rapport.definitif %}"))
    _block_decision(document)
    add_line(document, tag("{%p else %}"))
    _block_result(document)
    add_line(document, tag("{%p endif %}"))
    add_line(document, tag("{%p else %}"))
    _blank_competencies(document)
    _block_to_decide(document)
    add_line(document, tag("{%p endif %}"))


def _methods(document: Document) -> None:
    add_line(document, line("Heading 2", "Modalités d’évaluation"))
    add_table(
        document,
        (2.4, 14.6),
        (
            header("Compétence", "Modalité d’évaluation"),
            tag_row("{%tr for modalite in bloc.modalites %}", 2),
            row(
                cell("Texte de tableau", Strong("{{ modalite.competences }}")),
                Cell(
                    (
                        line("Texte de tableau", Strong("{{ modalite.type }}")),
                        line("Mention", "{{ modalite.description }}"),
                        tag("{%p if candidat.capitalisation and modalite.variante %}"),
                        line(
                            "Mention",
                            Strong("Capitalisation de bloc : "),
                            "{{ modalite.variante }}",
                        ),
                        tag("{%p endif %}"),
                    )
                ),
            ),
            tag_row("{%tr endfor %}", 2),
        ),
        "Modalités d’évaluation du bloc",
    )


def _mentions(columns: int) -> tuple[Row, ...]:
    """A row for each criterion of a competency of which there is something to say."""
    return (
        tag_row("{%tr for critere in competence.criteres if critere.mentions %}", columns),
        row(
            cell("Libellé", "{{ critere.code }}"),
            Cell(
                (
                    line("Critère", "{{ critere.intitule }}"),
                    tag("{%p for mention in critere.mentions %}"),
                    line(
                        "Mention",
                        Strong("{{ mention.nature }}"),
                        "{% if mention.texte %} : {{ mention.texte }}{% endif %}",
                    ),
                    tag("{%p endfor %}"),
                ),
                columns - 1,
            ),
        ),
        tag_row("{%tr endfor %}", columns),
    )


def _activity_row(columns: int) -> Row:
    return row(
        cell("Activité", "{{ activite.code }} {{ activite.intitule }}", span=columns, shaded=True)
    )


def _marked_competencies(document: Document) -> None:
    add_table(
        document,
        (1.6, 10.6, 2.8, 2),
        (
            header("Code", "Compétence", RESULT_TITLE, "Score", centred_from=2),
            tag_row("{%tr for activite in bloc.activites %}", 4),
            _activity_row(4),
            tag_row("{%tr for competence in activite.competences %}", 4),
            row(
                cell("Texte de tableau", Strong("{{ competence.code }}")),
                cell("Texte de tableau", "{{ competence.intitule }}"),
                cell("Résultat", "{{ competence.resultat }}"),
                cell("Case", "{{ competence.score }}"),
            ),
            *_mentions(4),
            tag_row("{%tr endfor %}", 4),
            tag_row("{%tr endfor %}", 4),
        ),
        "Résultats par compétence",
    )


def _blank_competencies(document: Document) -> None:
    add_table(
        document,
        (1.6, 9.4, 2, 2, 2),
        (
            header("Code", "Compétence", "Acquise", "Non acquise", "À délibérer", centred_from=2),
            tag_row("{%tr for activite in bloc.activites %}", 5),
            _activity_row(5),
            tag_row("{%tr for competence in activite.competences %}", 5),
            row(
                cell("Texte lié", Strong("{{ competence.code }}")),
                cell("Texte lié", "{{ competence.intitule }}"),
                cell("Case", Box("Acquise")),
                cell("Case", Box("Non acquise")),
                cell("Case", Box("À délibérer")),
            ),
            *_mentions(5),
            row(cell("Libellé", "Observations :", span=5), height=1.3),
            tag_row("{%tr endfor %}", 5),
            tag_row("{%tr endfor %}", 5),
        ),
        "Compétences à apprécier, avec des cases à cocher",
    )


def _block_result(document: Document) -> None:
    add_line(document, line("Heading 2", "Résultat proposé pour le bloc {{ bloc.code }}"))
    add_table(
        document,
        (3.4, 2, 11.6),
        (
            header("Résultat proposé", "Score", "Motifs"),
            row(
                cell("Texte de tableau", Strong("{{ bloc.resultat }}")),
                cell("Texte de tableau", "{{ bloc.score }}"),
                Cell(
                    (
                        tag("{%p for motif in bloc.motifs %}"),
                        line("Texte de tableau", "{{ motif.texte }}"),
                        tag("{%p else %}"),
                        line("Texte de tableau", "—"),
                        tag("{%p endfor %}"),
                    )
                ),
            ),
        ),
        "Résultat proposé pour le bloc et motifs",
    )


def _block_decision(document: Document) -> None:
    add_line(document, line("Heading 2", "Décision du jury sur le bloc {{ bloc.code }}"))
    add_table(
        document,
        (2.8, 2.8, 1.8, 9.6),
        (
            header("Décision du jury", "Proposition", "Score", "Motifs"),
            row(
                cell("Texte de tableau", Strong("{{ bloc.resultat }}")),
                cell("Texte de tableau", "{{ bloc.proposition }}"),
                cell("Texte de tableau", "{{ bloc.score }}"),
                Cell(
                    (
                        line(
                            "Texte de tableau", Strong("Motif du jury : "), "{{ bloc.motif_jury }}"
                        ),
                        tag("{%p for motif in bloc.motifs %}"),
                        line("Mention", "Proposition : {{ motif.texte }}"),
                        tag("{%p endfor %}"),
                    )
                ),
            ),
        ),
        "Décision du jury sur le bloc, proposition et motifs",
    )


def _block_to_decide(document: Document) -> None:
    add_line(document, line("Heading 2", "Avis du jury sur le bloc {{ bloc.code }}"))
    add_table(
        document,
        (1, 1, 1),
        (
            row(
                cell("Texte lié", Box("Validé"), " Validé"),
                cell("Texte lié", Box("Non validé"), " Non validé"),
                cell("Texte lié", Box("À délibérer"), " À délibérer"),
            ),
            row(
                cell("Libellé", "Motifs (obligatoires si le bloc n’est pas validé) :", span=3),
                height=2,
            ),
        ),
        "Avis du jury sur le bloc, avec des cases à cocher",
    )
