"""The sheets « Modalités » and « Compétences » of the master workbook."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    ColumnSpec,
    SheetSpec,
    ValueKind,
)

METHODS = SheetSpec(
    name="Modalités",
    help="Les modalités d'évaluation, et leur variante pour la capitalisation de bloc.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=CODE_LENGTH,
            help="Code de la modalité, par exemple M1.1.",
        ),
        ColumnSpec(
            name="Type",
            attribute="kind",
            required=True,
            width=22,
            help="Type d'épreuve, par exemple Étude de cas.",
        ),
        ColumnSpec(
            name="Description",
            attribute="description",
            required=True,
            width=72,
            help="Description de l'épreuve, montrée aux jurés et imprimée sur les rapports.",
        ),
        ColumnSpec(
            name="Capitalisation de bloc",
            attribute="block_variant",
            width=56,
            blank_means="la même modalité pour tous",
            help="Ce qui change pour un candidat qui ne présente que des blocs.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            width=24,
            maximum_length=LABEL_LENGTH,
            help="Nom court de l'épreuve, par exemple Oral.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            default="1",
            width=8,
            help="Poids de l'épreuve avec « moyenne des épreuves », supérieur à 0.",
        ),
        ColumnSpec(
            name="Seuil",
            attribute="threshold",
            kind=ValueKind.PERCENTAGE,
            width=10,
            blank_means="la règle Seuil épreuve",
            help="Résultat à partir duquel l'épreuve est réussie : 60 %, ou 12/20.",
        ),
        ColumnSpec(
            name="Plancher",
            attribute="floor",
            kind=ValueKind.PERCENTAGE,
            width=10,
            blank_means="la règle Plancher épreuve",
            help="Avec « moyenne des épreuves », le résultat en dessous duquel l'épreuve fait "
            "perdre le bloc : 30 %, ou 6/20.",
        ),
        ColumnSpec(
            name="Condition",
            attribute="condition",
            kind=ValueKind.REFERENCES,
            references="Modalités",
            width=14,
            blank_means="aucune",
            help="Codes des épreuves à réussir pour que celle-ci soit ouverte, séparés par un "
            "point-virgule.",
        ),
        ColumnSpec(
            name="Voies",
            attribute="routes",
            kind=ValueKind.CHOICES,
            choices=model.AccessRoute,
            width=22,
            blank_means="toutes",
            help="Voies d'accès des candidats que cette modalité évalue, séparées par un "
            "point-virgule. Vide : toutes.",
        ),
        ColumnSpec(
            name="Collective",
            attribute="collective",
            kind=ValueKind.YES_NO,
            width=11,
            blank_means="non précisé",
            help="Oui : les candidats passent l'épreuve ensemble ; c'est seulement imprimé.",
        ),
    ),
)
"""« Modalités »."""

COMPETENCIES = SheetSpec(
    name="Compétences",
    help="Les compétences de chaque activité.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=CODE_LENGTH,
            help="Code de la compétence, par exemple C1.1.",
        ),
        ColumnSpec(
            name="Activité",
            attribute="activity",
            kind=ValueKind.REFERENCE,
            references="Activités",
            width=10,
            help="Code de l'activité dont la compétence fait partie ; sans activité, remplir Bloc.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            width=74,
            help="Intitulé exact de la compétence.",
        ),
        ColumnSpec(
            name="Modalité",
            attribute="methods",
            kind=ValueKind.REFERENCES,
            references="Modalités",
            width=10,
            help="Code de la modalité qui évalue la compétence ; plusieurs se séparent par un "
            "point-virgule.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            default="1",
            width=8,
            help="Poids de la compétence dans son bloc, supérieur à 0.",
        ),
        ColumnSpec(
            name="Obligatoire",
            attribute="mandatory",
            kind=ValueKind.YES_NO,
            default=NO,
            width=12,
            help="Oui : le bloc ne peut pas être validé sans cette compétence.",
        ),
        ColumnSpec(
            name="Bloc",
            attribute="block",
            kind=ValueKind.REFERENCE,
            references="Blocs",
            width=10,
            help="Code du bloc, pour une compétence sans activité ; avec une activité, le même.",
        ),
        ColumnSpec(
            name="Preuve",
            attribute="proof",
            kind=ValueKind.CHOICE,
            choices=model.Proof,
            default="Évaluation",
            width=12,
            help="Pièce : la compétence n'a pas de critère, un document venu d'ailleurs la montre "
            "(feuille Pièces de la session).",
        ),
        ColumnSpec(
            name="Acquise si",
            attribute="rule",
            kind=ValueKind.CHOICE,
            choices=model.CompetencyRule,
            width=22,
            blank_means="la règle Compétence acquise si",
            help="Pour cette compétence seulement, à la place de la règle Compétence acquise si.",
        ),
        ColumnSpec(
            name="Seuil",
            attribute="threshold",
            kind=ValueKind.THRESHOLD,
            width=10,
            blank_means="la règle Seuil compétence",
            help="Pour cette compétence seulement, à la place de la règle Seuil compétence : un "
            "nombre de critères, un pourcentage ou une note sur son maximum.",
        ),
    ),
)
"""« Compétences »."""
