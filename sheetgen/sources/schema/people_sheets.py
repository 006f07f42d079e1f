"""The sheets « Candidats » and « Jurés » of the session workbook."""

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

_IDENTITY = (
    ColumnSpec(
        name="Nom de naissance",
        attribute="birth_name",
        width=20,
        maximum_length=LABEL_LENGTH,
        help="S'il diffère du nom : celui de l'état civil. Aucun juré ne le voit.",
    ),
    ColumnSpec(
        name="Autres prénoms",
        attribute="other_first_names",
        width=20,
        maximum_length=LABEL_LENGTH,
        help="Les prénoms après le premier, dans l'ordre de l'état civil.",
    ),
    ColumnSpec(
        name="Civilité",
        attribute="civility",
        width=12,
        maximum_length=LABEL_LENGTH,
        help="Telle que le courrier la dit, par exemple Madame ou Monsieur.",
    ),
    ColumnSpec(
        name="Sexe",
        attribute="sex",
        kind=ValueKind.CHOICE,
        choices=model.Sex,
        width=8,
        help="F ou M, comme à l'état civil.",
    ),
    ColumnSpec(
        name="Lieu de naissance",
        attribute="birth_place",
        width=22,
        maximum_length=LABEL_LENGTH,
        help="Commune de naissance, telle que les papiers l'impriment.",
    ),
    ColumnSpec(
        name="Code INSEE de naissance",
        attribute="birth_insee_code",
        kind=ValueKind.INSEE_CODE,
        width=14,
        help="Code INSEE de la commune de naissance, par exemple 35238 ou 2A004 ; ce n'est pas le "
        "code postal.",
    ),
    ColumnSpec(
        name="Pays de naissance",
        attribute="birth_country",
        width=18,
        maximum_length=LABEL_LENGTH,
        help="Pays de naissance.",
    ),
    ColumnSpec(
        name="Dossier CPF",
        attribute="cpf_file",
        width=18,
        maximum_length=LABEL_LENGTH,
        help="Numéro du dossier de formation sur Mon compte formation.",
    ),
    ColumnSpec(
        name="Identifiant",
        attribute="identifier",
        width=16,
        maximum_length=LABEL_LENGTH,
        help="Celui que l'école donne à la personne et qui reste le sien d'une session à l'autre. "
        "Jamais le numéro de sécurité sociale.",
    ),
)
"""Who a candidate is to the State and to the school: never in a grid."""

_SITTING = (
    ColumnSpec(
        name="Jury",
        attribute="jury",
        lasting=False,
        kind=ValueKind.JURY,
        width=9,
        maximum_length=CODE_LENGTH,
        blank_means="le seul jury de la session",
        help="Nom court du jury devant lequel le candidat passe, par exemple A. Rempli pour tous "
        "les candidats, ou pour aucun.",
    ),
    ColumnSpec(
        name="Passage",
        attribute="passage",
        lasting=False,
        kind=ValueKind.PASSAGE,
        width=18,
        help="Jour et heure du passage, par exemple 15/06/2026 09:30 ; l'heure seule est celle du "
        "jour de la session, le jour seul suffit.",
    ),
    ColumnSpec(
        name="Salle",
        attribute="room",
        lasting=False,
        width=14,
        maximum_length=LABEL_LENGTH,
        help="Salle du passage.",
    ),
)
"""Before whom, when and where a candidate comes."""

CANDIDATES = SheetSpec(
    name="Candidats",
    help="Les candidats inscrits, un par ligne.",
    frozen=3,
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
            width=34,
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
            choices=model.AccessRoute,
            width=22,
            maximum_length=LABEL_LENGTH,
            help="Comment le candidat est venu à la certification ; figure au procès-verbal.",
        ),
        ColumnSpec(
            name="Ancien nom",
            attribute="former_name",
            width=20,
            maximum_length=LABEL_LENGTH,
            help="Nom que portaient les grilles déjà faites, s'il a changé depuis (mariage, "
            "correction) : le nom seul, ou nom et prénom ; plusieurs séparés par un point-virgule.",
        ),
        ColumnSpec(
            name="Options",
            attribute="options",
            kind=ValueKind.REFERENCES,
            references="Blocs",
            width=16,
            blank_means="aucune",
            help="Codes des blocs en option que le candidat présente, séparés par un "
            "point-virgule.",
        ),
        *_IDENTITY,
        *_SITTING,
        ColumnSpec(
            name="Présentations",
            attribute="sat_before",
            lasting=False,
            kind=ValueKind.COUNT,
            width=14,
            blank_means="aucune",
            help="Nombre de fois que le candidat s'est déjà présenté à cette certification, avant "
            "cette session. Les règles de rattrapage en dépendent.",
        ),
        ColumnSpec(
            name="Première session",
            attribute="first_sat",
            lasting=False,
            kind=ValueKind.DATE,
            width=14,
            blank_means="celle-ci",
            help="Date de la première session où le candidat s'est présenté. Le délai de "
            "rattrapage en part.",
        ),
    ),
)
"""« Candidats »."""

JURORS = SheetSpec(
    name="Jurés",
    help="Les membres du jury, un par ligne.",
    frozen=3,
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
            help="Un président, et un seul ; vide : Membre. Évaluateur : évalue ce que les "
            "affectations lui donnent, sans siéger.",
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
            width=34,
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
        ColumnSpec(
            name="Jury",
            attribute="jury",
            lasting=False,
            kind=ValueKind.JURY,
            width=9,
            maximum_length=CODE_LENGTH,
            blank_means="tous les jurys",
            help="Nom du jury où siège ce juré, celui de la feuille Candidats. Vide : il siège "
            "dans tous.",
        ),
        ColumnSpec(
            name="Remplace",
            attribute="replaces",
            lasting=False,
            kind=ValueKind.REFERENCE,
            references="Jurés",
            width=12,
            blank_means="personne",
            help="Code du juré que celui-ci remplace : il reçoit les grilles que l'autre n'a pas "
            "rendues.",
        ),
    ),
)
"""« Jurés »."""
