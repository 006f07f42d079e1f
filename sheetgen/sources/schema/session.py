"""The session workbook, `session.xlsx`: section 4 of the design."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.specs import (
    CODE_LENGTH,
    LABEL_LENGTH,
    NO,
    ColumnSpec,
    FieldSpec,
    SheetSpec,
    ValueKind,
    WorkbookSpec,
    key_columns,
)

_SESSION = SheetSpec(
    name="Session",
    help="La session du jury : quand, où, sous quel numéro.",
    columns=key_columns("Champ", value_required=True),
    fields=(
        FieldSpec(
            name="Code",
            attribute="code",
            lasting=False,
            required=True,
            maximum_length=CODE_LENGTH,
            help="Code court de la session, par exemple 2026-06 ; il nomme le dossier des "
            "résultats.",
        ),
        FieldSpec(
            name="Intitulé",
            attribute="title",
            lasting=False,
            maximum_length=LABEL_LENGTH,
            help="Intitulé de la session, par exemple Session de juin 2026.",
        ),
        FieldSpec(
            name="Date",
            attribute="date",
            lasting=False,
            printed_on="le procès-verbal et les attestations",
            kind=ValueKind.DATE,
            help="Date du jury, par exemple 15/06/2026.",
        ),
        FieldSpec(
            name="Heure",
            attribute="time",
            lasting=False,
            printed_on="le procès-verbal",
            kind=ValueKind.TIME,
            help="Heure du jury, par exemple 14:30 ou 14h30.",
        ),
        FieldSpec(
            name="Adresse",
            attribute="address",
            printed_on="le procès-verbal",
            help="Adresse complète du lieu où siège le jury ; elle figure au procès-verbal.",
        ),
        FieldSpec(
            name="Centre",
            attribute="centre",
            maximum_length=LABEL_LENGTH,
            help="Nom du centre d'examen.",
        ),
        FieldSpec(
            name="Numéro de PV",
            attribute="minutes_number",
            lasting=False,
            printed_on="le procès-verbal",
            maximum_length=LABEL_LENGTH,
            help="Numéro unique du procès-verbal.",
        ),
        FieldSpec(
            name="Représentant du certificateur",
            attribute="representative",
            printed_on="le procès-verbal",
            maximum_length=LABEL_LENGTH,
            help="Prénom et nom de la personne qui représente le certificateur.",
        ),
        FieldSpec(
            name="Date limite de retour",
            attribute="return_deadline",
            lasting=False,
            kind=ValueKind.DATE,
            help="Date à laquelle les jurés doivent avoir renvoyé leurs grilles.",
        ),
        FieldSpec(
            name="Anonymat",
            attribute="anonymous",
            kind=ValueKind.YES_NO,
            default=NO,
            help="Oui : les grilles ne portent que le numéro du candidat, jamais son nom.",
        ),
    ),
)

_CANDIDATES = SheetSpec(
    name="Candidats",
    help="Les candidats inscrits, un par ligne.",
    columns=(
        ColumnSpec(
            name="N°",
            attribute="id",
            kind=ValueKind.CODE,
            required=True,
            width=12,
            maximum_length=CODE_LENGTH,
            help="Numéro du candidat, unique ; il figure dans le nom des fichiers. Jamais le "
            "numéro de sécurité sociale.",
        ),
        ColumnSpec(
            name="Nom",
            attribute="last_name",
            required=True,
            width=20,
            maximum_length=LABEL_LENGTH,
            help="Nom de famille.",
        ),
        ColumnSpec(
            name="Prénom",
            attribute="first_name",
            required=True,
            width=18,
            maximum_length=LABEL_LENGTH,
            help="Prénom.",
        ),
        ColumnSpec(
            name="Date de naissance",
            attribute="birth_date",
            kind=ValueKind.DATE,
            width=14,
            help="Pour les attestations, par exemple 28/02/1990.",
        ),
        ColumnSpec(
            name="Email",
            attribute="email",
            width=28,
            maximum_length=LABEL_LENGTH,
            help="Adresse électronique.",
        ),
        ColumnSpec(
            name="Parcours",
            attribute="route",
            kind=ValueKind.CHOICE,
            choices=model.Route,
            required=True,
            width=26,
            help="Certification complète, ou Capitalisation de blocs.",
        ),
        ColumnSpec(
            name="Blocs présentés",
            attribute="presented",
            kind=ValueKind.REFERENCES,
            references="Blocs",
            width=20,
            blank_means="tous ceux qui ne sont pas déjà acquis",
            help="Codes des blocs présentés, par exemple BC01 ; BC03. Vide : tous ceux qui ne "
            "sont pas déjà acquis.",
        ),
        ColumnSpec(
            name="Blocs déjà acquis",
            attribute="held",
            kind=ValueKind.REFERENCES,
            references="Blocs",
            width=20,
            blank_means="aucun",
            help="Codes des blocs que le candidat a déjà, séparés par un point-virgule.",
        ),
        ColumnSpec(
            name="Statut",
            attribute="status",
            lasting=False,
            kind=ValueKind.CHOICE,
            choices=model.Status,
            default="Présent",
            width=12,
            help="Vide : Présent. Aucune grille n'est faite pour un candidat qui n'est pas "
            "présent.",
        ),
        ColumnSpec(
            name="Voie d'accès",
            attribute="access_route",
            width=22,
            maximum_length=LABEL_LENGTH,
            help="Par exemple Formation continue, Apprentissage ou VAE ; figure au procès-verbal.",
        ),
        ColumnSpec(
            name="Ancien nom",
            attribute="former_name",
            width=20,
            maximum_length=LABEL_LENGTH,
            help="Nom que portaient les grilles déjà faites, s'il a changé depuis (mariage, "
            "correction) : le nom seul, ou nom et prénom ; plusieurs séparés par un point-virgule.",
        ),
    ),
)

_JURORS = SheetSpec(
    name="Jurés",
    help="Les membres du jury, un par ligne.",
    columns=(
        ColumnSpec(
            name="Code",
            attribute="code",
            kind=ValueKind.CODE,
            required=True,
            width=10,
            maximum_length=CODE_LENGTH,
            help="Code du juré, unique, par exemple J1 ; il nomme son dossier de grilles.",
        ),
        ColumnSpec(
            name="Nom",
            attribute="last_name",
            required=True,
            width=20,
            maximum_length=LABEL_LENGTH,
            help="Nom de famille.",
        ),
        ColumnSpec(
            name="Prénom",
            attribute="first_name",
            required=True,
            width=18,
            maximum_length=LABEL_LENGTH,
            help="Prénom.",
        ),
        ColumnSpec(
            name="Qualité",
            attribute="title",
            width=26,
            maximum_length=LABEL_LENGTH,
            help="Fonction professionnelle ; figure au procès-verbal.",
        ),
        ColumnSpec(
            name="Organisme",
            attribute="organisation",
            width=26,
            maximum_length=LABEL_LENGTH,
            help="Employeur ; figure au procès-verbal.",
        ),
        ColumnSpec(
            name="Externe",
            attribute="external",
            kind=ValueKind.YES_NO,
            default=NO,
            width=10,
            help="Oui : extérieur au certificateur et à l'organisme de formation.",
        ),
        ColumnSpec(
            name="Rôle",
            attribute="role",
            kind=ValueKind.CHOICE,
            choices=model.JurorRole,
            default="Membre",
            width=12,
            help="Un président, et un seul ; vide : Membre.",
        ),
        ColumnSpec(
            name="Poids",
            attribute="weight",
            kind=ValueKind.WEIGHT,
            default="1",
            width=8,
            help="Poids du juré dans la moyenne et la majorité, supérieur à 0.",
        ),
        ColumnSpec(
            name="Email",
            attribute="email",
            width=28,
            maximum_length=LABEL_LENGTH,
            help="Adresse électronique ; les envois y sont adressés.",
        ),
        ColumnSpec(
            name="Incompatible avec",
            attribute="incompatible_with",
            kind=ValueKind.REFERENCES,
            references="Candidats",
            width=22,
            blank_means="personne",
            help="Numéros des candidats que ce juré a formés ou connaît, séparés par un "
            "point-virgule : il ne peut pas les évaluer.",
        ),
        ColumnSpec(
            name="Ancien nom",
            attribute="former_name",
            width=20,
            maximum_length=LABEL_LENGTH,
            help="Nom que portaient les grilles déjà faites, s'il a changé depuis : le nom seul, "
            "ou nom et prénom ; plusieurs séparés par un point-virgule.",
        ),
    ),
)

_ASSIGNMENTS = SheetSpec(
    name="Affectations",
    required=False,
    help="Qui évalue qui. Sans aucune ligne, chaque juré évalue chaque candidat.",
    columns=(
        ColumnSpec(
            name="Candidat",
            attribute="candidate",
            kind=ValueKind.REFERENCE,
            references="Candidats",
            required=True,
            width=14,
            help="Numéro du candidat.",
        ),
        ColumnSpec(
            name="Juré",
            attribute="juror",
            kind=ValueKind.REFERENCE,
            references="Jurés",
            required=True,
            width=14,
            help="Code du juré.",
        ),
        ColumnSpec(
            name="Blocs",
            attribute="blocks",
            kind=ValueKind.REFERENCES,
            references="Blocs",
            width=30,
            blank_means="tous ceux que le candidat présente",
            help="Codes des blocs que ce juré évalue pour ce candidat. Vide : tous ceux qu'il "
            "présente. Plusieurs lignes s'ajoutent.",
        ),
    ),
)

_ACCOMMODATIONS = SheetSpec(
    name="Aménagements",
    required=False,
    help="Les aménagements pour handicap : leur effet, jamais le diagnostic.",
    columns=(
        ColumnSpec(
            name="Candidat",
            attribute="candidate",
            kind=ValueKind.REFERENCE,
            references="Candidats",
            required=True,
            width=14,
            help="Numéro du candidat.",
        ),
        ColumnSpec(
            name="Nature",
            attribute="kind",
            kind=ValueKind.CHOICE,
            choices=model.AccommodationKind,
            required=True,
            width=26,
            help="Ce qui est aménagé.",
        ),
        ColumnSpec(
            name="Critère",
            attribute="criterion",
            kind=ValueKind.REFERENCE,
            references="Critères",
            width=12,
            help="Code du critère, à remplir pour une exemption ; une ligne par critère.",
        ),
        ColumnSpec(
            name="Consigne au jury",
            attribute="instruction",
            width=50,
            help="Ce que les jurés doivent appliquer, et rien d'autre : jamais le diagnostic.",
        ),
        ColumnSpec(
            name="Avis du référent handicap",
            attribute="opinion_date",
            kind=ValueKind.DATE,
            width=16,
            help="Date de l'avis motivé du référent handicap.",
        ),
        ColumnSpec(
            name="Capacité professionnelle préservée",
            attribute="capacity_preserved",
            kind=ValueKind.YES_NO,
            width=18,
            help="Oui : l'exemption ne remet pas en question la capacité professionnelle globale.",
        ),
        ColumnSpec(
            name="Critère sans objet dans la pratique future",
            attribute="not_applicable_in_practice",
            kind=ValueKind.YES_NO,
            width=20,
            help="Oui : le critère n'a pas vocation à s'appliquer dans la pratique future.",
        ),
        ColumnSpec(
            name="Décision du jury",
            attribute="decision",
            kind=ValueKind.CHOICE,
            choices=model.JuryDecision,
            width=14,
            help="Une exemption n'a d'effet qu'une fois accordée.",
        ),
        ColumnSpec(
            name="Date de décision",
            attribute="decision_date",
            kind=ValueKind.DATE,
            width=16,
            help="Date de la décision du jury.",
        ),
    ),
)

SESSION = WorkbookSpec(
    title="Session",
    sheets=(_SESSION, _CANDIDATES, _JURORS, _ASSIGNMENTS, _ACCOMMODATIONS),
)
"""The session workbook: section 4 of the design."""
