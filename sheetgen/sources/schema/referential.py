"""The master workbook, `referential.xlsx`: section 3 of the design."""

from __future__ import annotations

from sheetgen.sources.schema.rules import RULES
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    SHEET_NAME_LENGTH,
    ColumnSpec,
    FieldSpec,
    SheetSpec,
    ValueKind,
    WorkbookSpec,
    key_columns,
)

_CERTIFICATION = SheetSpec(
    name="Certification",
    columns=key_columns("Champ", value_required=False),
    help="La certification et son certificateur, tels qu'ils figurent sur les documents.",
    fields=(
        FieldSpec(
            name="Intitulé",
            attribute="title",
            official=True,
            required=True,
            help="Intitulé exact de la certification, comme au répertoire national (RNCP).",
        ),
        FieldSpec(
            name="Niveau",
            attribute="level",
            official=True,
            required=True,
            maximum_length=LABEL_LENGTH,
            help="Niveau du cadre national des certifications, par exemple 6.",
        ),
        FieldSpec(
            name="Niveau CEC",
            attribute="eqf_level",
            official=True,
            printed_on="les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Niveau du cadre européen des certifications ; il figure sur les attestations.",
        ),
        FieldSpec(
            name="Code RNCP",
            attribute="rncp_code",
            official=True,
            printed_on="le procès-verbal, les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Numéro de la fiche, par exemple RNCP12345 ; il figure sur le procès-verbal.",
        ),
        FieldSpec(
            name="Code NSF",
            attribute="nsf_code",
            official=True,
            printed_on="les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Code de la nomenclature des spécialités de formation, par exemple 312.",
        ),
        FieldSpec(
            name="Certificateur",
            attribute="certifier",
            official=True,
            printed_on="le procès-verbal, les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Raison sociale de l'organisme certificateur.",
        ),
        FieldSpec(
            name="Date de décision France compétences",
            attribute="decision_date",
            official=True,
            printed_on="les attestations et les parchemins",
            kind=ValueKind.DATE,
            help="Date de la décision d'enregistrement au RNCP, par exemple 15/06/2026.",
        ),
        FieldSpec(
            name="Date d'échéance",
            attribute="expiry_date",
            printed_on="le procès-verbal et les rapports du jury",
            kind=ValueKind.DATE,
            help="Date de fin de l'enregistrement au RNCP.",
        ),
        FieldSpec(
            name="Signataire",
            attribute="signatory",
            official=True,
            printed_on="les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Prénom et nom de la personne qui signe les attestations et les parchemins.",
        ),
        FieldSpec(
            name="Qualité du signataire",
            attribute="signatory_title",
            official=True,
            printed_on="les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Sa fonction, par exemple Directrice générale.",
        ),
        FieldSpec(
            name="Version",
            attribute="version",
            maximum_length=LABEL_LENGTH,
            help="Version du référentiel, au choix de l'école ; elle figure dans chaque grille.",
        ),
        FieldSpec(
            name="Base légale",
            attribute="legal_basis",
            maximum_length=32767,
            help="Texte légal cité dans les documents.",
        ),
        FieldSpec(
            name="Handicap",
            attribute="disability",
            maximum_length=32767,
            help="Ce que le référentiel prévoit pour les candidats en situation de handicap.",
        ),
        FieldSpec(
            name="Voies de recours",
            attribute="appeal",
            printed_on="les décisions",
            maximum_length=32767,
            help="Comment contester une décision du jury ; imprimé sur les décisions.",
        ),
        FieldSpec(
            name="Logo",
            attribute="logo",
            maximum_length=LABEL_LENGTH,
            help="Image (PNG ou JPEG) pour l'en-tête des documents ; chemin compté depuis le "
            "dossier de ce classeur.",
        ),
        FieldSpec(
            name="Couleur",
            attribute="colour",
            kind=ValueKind.COLOUR,
            help="Couleur des en-têtes, en hexadécimal, par exemple 1F4E79.",
        ),
    ),
)

_BLOCKS = SheetSpec(
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
    ),
)

_ACTIVITIES = SheetSpec(
    name="Activités",
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

_METHODS = SheetSpec(
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
            width=28,
            help="Type d'épreuve, par exemple Étude de cas.",
        ),
        ColumnSpec(
            name="Description",
            attribute="description",
            required=True,
            width=80,
            help="Description de l'épreuve, montrée aux jurés et imprimée sur les rapports.",
        ),
        ColumnSpec(
            name="Capitalisation de bloc",
            attribute="block_variant",
            width=60,
            blank_means="la même modalité pour tous",
            help="Ce qui change pour un candidat qui ne présente que des blocs.",
        ),
    ),
)

_COMPETENCIES = SheetSpec(
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
            required=True,
            width=10,
            help="Code de l'activité dont la compétence fait partie.",
        ),
        ColumnSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            width=80,
            help="Intitulé exact de la compétence.",
        ),
        ColumnSpec(
            name="Modalité",
            attribute="method",
            kind=ValueKind.REFERENCE,
            references="Modalités",
            required=True,
            width=10,
            help="Code de la modalité qui évalue la compétence.",
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
    ),
)

_CRITERIA = SheetSpec(
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
            width=80,
            help="Intitulé exact du critère.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            default="1",
            width=8,
            help="Poids du critère dans sa compétence, supérieur à 0.",
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
    ),
)

_SCALE = SheetSpec(
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
    ),
)

REFERENTIAL = WorkbookSpec(
    title="Référentiel",
    sheets=(
        _CERTIFICATION,
        _BLOCKS,
        _ACTIVITIES,
        _METHODS,
        _COMPETENCIES,
        _CRITERIA,
        _SCALE,
        RULES,
    ),
)
"""The master workbook: section 3 of the design."""
