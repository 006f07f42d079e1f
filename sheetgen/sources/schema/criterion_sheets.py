"""The sheets « Critères » and « Échelle » of the master workbook: what is marked, and how."""

from __future__ import annotations

from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    ColumnSpec,
    SheetSpec,
    ValueKind,
)

CRITERIA = SheetSpec(
    name="Critères",
    help="Les critères d'évaluation : c'est la seule chose que les jurés apprécient.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=CODE_LENGTH,
            help="Code du critère, par exemple C1.1.1.",
        ),
        ColumnSpec(
            name="Compétence",
            attribute="competency",
            kind=ValueKind.REFERENCE,
            references="Compétences",
            required=True,
            width=12,
            help="Code de la compétence que le critère évalue.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            width=78,
            help="Intitulé exact du critère.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            blank_means="1, ou le barème du critère",
            width=8,
            help="Poids du critère dans sa compétence et dans son épreuve, supérieur à 0. Vide : "
            "1, ou le barème.",
        ),
        ColumnSpec(
            name="Obligatoire",
            attribute="mandatory",
            kind=ValueKind.YES_NO,
            default=NO,
            width=12,
            help="Oui : la compétence ne peut pas être acquise sans ce critère.",
        ),
        ColumnSpec(
            name="Éliminatoire",
            attribute="eliminatory",
            kind=ValueKind.YES_NO,
            default=NO,
            width=12,
            help="Oui : au Seuil éliminatoire ou en dessous, ce critère fait perdre le bloc.",
        ),
        ColumnSpec(
            name="Modalité",
            attribute="method",
            kind=ValueKind.REFERENCE,
            references="Modalités",
            width=10,
            blank_means="celle de la compétence si elle n'en a qu'une",
            help="Code de l'épreuve du critère, parmi les modalités de sa compétence.",
        ),
        ColumnSpec(
            name="Groupe",
            attribute="group",
            width=13,
            maximum_length=LABEL_LENGTH,
            blank_means="aucun",
            help="Titre sous lequel des critères qui se suivent sont rangés dans les grilles.",
        ),
        ColumnSpec(
            name="Barème",
            attribute="out_of",
            kind=ValueKind.WEIGHT,
            width=9,
            blank_means="aucun",
            help="Le critère est noté de 0 à ce nombre, par exemple 8. Il pèse autant, sauf Poids "
            "écrit.",
        ),
        ColumnSpec(
            name="Échelle",
            attribute="scale",
            width=14,
            maximum_length=LABEL_LENGTH,
            blank_means="celle de la règle Type d'échelle",
            help="Nom d'une échelle de la feuille Échelle, ou note.",
        ),
    ),
)
"""« Critères »."""

SCALE = SheetSpec(
    name="Échelle",
    required=False,
    help="Les niveaux d'appréciation ; la feuille ne sert pas avec le type d'échelle « note ».",
    columns=(
        ColumnSpec(
            name="Libellé",
            attribute="label",
            required=True,
            width=24,
            maximum_length=LABEL_LENGTH,
            help="Ce que le juré choisit. « Non observé » est toujours proposé : ne pas l'ajouter.",
        ),
        ColumnSpec(
            name="Points",
            attribute="points",
            kind=ValueKind.POINTS,
            required=True,
            width=10,
            help="Points du niveau, tous différents.",
        ),
        ColumnSpec(
            name="Acquis",
            attribute="acquired",
            kind=ValueKind.YES_NO,
            required=True,
            width=10,
            help="Oui : le critère est acquis. Tout Oui vaut plus de points que tout Non.",
        ),
        ColumnSpec(
            name="Couleur",
            attribute="colour",
            kind=ValueKind.COLOUR,
            width=12,
            help="Couleur de fond du niveau dans les grilles, en hexadécimal.",
        ),
        ColumnSpec(
            name="Définition",
            attribute="definition",
            width=60,
            help="Quand choisir ce niveau ; montré au juré au moment du choix.",
        ),
        ColumnSpec(
            name="Échelle",
            attribute="scale",
            width=14,
            maximum_length=LABEL_LENGTH,
            blank_means="l'échelle de tous les critères",
            help="Nom de l'échelle dont le niveau fait partie, quand il y en a plusieurs. Vide : "
            "celle des critères qui n'en nomment aucune.",
        ),
        ColumnSpec(
            name="Raccourci",
            attribute="shortcut",
            kind=ValueKind.SHORTCUT,
            width=12,
            blank_means="aucun",
            help="Lettre ou chiffre que le juré peut taper à la place du libellé, par exemple A.",
        ),
    ),
)
"""« Échelle »."""
