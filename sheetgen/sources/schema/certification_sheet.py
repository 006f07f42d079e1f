"""The sheet « Certification » of the master workbook: what papers say of the title."""

from __future__ import annotations

from sheetgen.sources.schema.specs import (
    LABEL_LENGTH,
    FieldSpec,
    SheetSpec,
    ValueKind,
    key_columns,
)

CERTIFICATION = SheetSpec(
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
            printed_on="le procès-verbal, les rapports, les notifications, les relevés, les "
            "attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Niveau du cadre européen des certifications, par exemple 6.",
        ),
        FieldSpec(
            name="Code RNCP",
            attribute="rncp_code",
            official=True,
            printed_on="le procès-verbal, les rapports, les notifications, les relevés, les "
            "attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Numéro de la fiche, par exemple RNCP12345.",
        ),
        FieldSpec(
            name="Code NSF",
            attribute="nsf_code",
            official=True,
            printed_on="le procès-verbal, les rapports, les notifications, les attestations "
            "et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Code de la nomenclature des spécialités de formation, par exemple 312.",
        ),
        FieldSpec(
            name="Certificateur",
            attribute="certifier",
            official=True,
            printed_on="les convocations et tous les papiers de la clôture",
            maximum_length=LABEL_LENGTH,
            help="Raison sociale de l'organisme certificateur.",
        ),
        FieldSpec(
            name="Date de décision France compétences",
            attribute="decision_date",
            official=True,
            printed_on="le procès-verbal, les rapports, les notifications, les attestations "
            "et les parchemins",
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
            printed_on="les notifications, les relevés, les attestations et les parchemins",
            maximum_length=LABEL_LENGTH,
            help="Prénom et nom de la personne qui signe pour le certificateur.",
        ),
        FieldSpec(
            name="Qualité du signataire",
            attribute="signatory_title",
            official=True,
            printed_on="les notifications, les relevés, les attestations et les parchemins",
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
            help="Texte légal dont relève la certification.",
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
            printed_on="les notifications et les rapports du jury",
            maximum_length=32767,
            help="Comment contester une décision du jury.",
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
        FieldSpec(
            name="Page de vérification",
            attribute="verification_page",
            maximum_length=LABEL_LENGTH,
            help="Adresse de la page où chacun vérifie une attestation ou un parchemin, par "
            "exemple https://www.ecole.fr/verifier/ ; vide : les documents n'ont pas de code.",
        ),
        FieldSpec(
            name="Identifiant client CDC",
            attribute="cdc_client",
            maximum_length=LABEL_LENGTH,
            help="Identifiant du certificateur à la Caisse des Dépôts, huit signes ; pour déclarer "
            "les certifications (« sheetgen cpf »).",
        ),
        FieldSpec(
            name="Contrat CDC",
            attribute="cdc_contract",
            maximum_length=LABEL_LENGTH,
            help="Numéro du contrat du certificateur à la Caisse des Dépôts, vingt signes au plus.",
        ),
    ),
)
"""« Certification »."""
