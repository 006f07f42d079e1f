"""The sheets « Blocs », « Activités », « Options » and « Mentions » of the master workbook."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    SHEET_NAME_LENGTH,
    ColumnSpec,
    SheetSpec,
    ValueKind,
)

BLOCKS = SheetSpec(
    name="Blocs",
    help="Les blocs de compétences : chacun s'acquiert seul, et pour la vie.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=SHEET_NAME_LENGTH,
            help="Code du bloc, par exemple BC01. Il nomme une feuille des grilles : 31 "
            "caractères au plus, sans [ ] : * ? / \\.",
        ),
        ColumnSpec(
            name="Activité",
            attribute="activity",
            width=10,
            maximum_length=LABEL_LENGTH,
            help="Repère de l'activité du référentiel, par exemple A1.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            width=70,
            help="Intitulé exact du bloc.",
        ),
        ColumnSpec(
            name="Statut",
            attribute="status",
            kind=ValueKind.CHOICE,
            choices=model.BlockStatus,
            default="Obligatoire",
            width=13,
            help="Option : la certification n'a pas besoin de ce bloc-là ; la feuille Options dit "
            "combien il en faut par groupe.",
        ),
        ColumnSpec(
            name="Groupe",
            attribute="group",
            width=16,
            maximum_length=LABEL_LENGTH,
            blank_means="aucun",
            help="Pour une option : le groupe dont elle fait partie, par exemple Langue.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            default="1",
            width=8,
            help="Poids du bloc dans la moyenne générale, supérieur à 0.",
        ),
        ColumnSpec(
            name="Validé si",
            attribute="rule",
            kind=ValueKind.CHOICE,
            choices=model.BlockRule,
            width=22,
            blank_means="la règle Bloc validé si",
            help="Pour ce bloc seulement, à la place de la règle Bloc validé si.",
        ),
        ColumnSpec(
            name="Seuil",
            attribute="threshold",
            kind=ValueKind.PERCENTAGE,
            width=10,
            blank_means="la règle Seuil bloc",
            help="Pour ce bloc seulement, à la place de la règle Seuil bloc : 50 %, ou 10/20.",
        ),
    ),
)
"""« Blocs »."""

ACTIVITIES = SheetSpec(
    name="Activités",
    required=False,
    help="Les activités, qui regroupent les compétences d'un bloc.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=CODE_LENGTH,
            help="Code de l'activité, par exemple A1.1.",
        ),
        ColumnSpec(
            name="Bloc",
            attribute="block",
            kind=ValueKind.REFERENCE,
            references="Blocs",
            required=True,
            width=10,
            help="Code du bloc dont l'activité fait partie.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            width=80,
            help="Intitulé exact de l'activité.",
        ),
    ),
)
"""« Activités »."""

OPTIONS = SheetSpec(
    name="Options",
    required=False,
    help="Combien d'options il faut dans chaque groupe ; sans ligne, aucune n'est nécessaire.",
    columns=(
        ColumnSpec(
            name="Groupe",
            attribute="group",
            required=True,
            width=24,
            maximum_length=LABEL_LENGTH,
            help="Un groupe de la feuille Blocs, par exemple Langue.",
        ),
        ColumnSpec(
            name="Nombre requis",
            attribute="required",
            kind=ValueKind.COUNT,
            default="1",
            width=15,
            help="Nombre de blocs de ce groupe qu'il faut acquérir.",
        ),
    ),
)
"""« Options »."""

MENTIONS = SheetSpec(
    name="Mentions",
    required=False,
    help="Les mentions que donne la moyenne générale ; sans ligne, il n'y en a pas.",
    columns=(
        ColumnSpec(
            name="Libellé",
            attribute="label",
            required=True,
            width=24,
            maximum_length=LABEL_LENGTH,
            help="La mention, par exemple Bien.",
        ),
        ColumnSpec(
            name="Seuil",
            attribute="threshold",
            kind=ValueKind.PERCENTAGE,
            required=True,
            width=10,
            help="Moyenne générale à partir de laquelle elle est donnée : 70 %, ou 14/20.",
        ),
    ),
)
"""« Mentions »."""
