"""What the two source workbooks contain, declared once.

The reader, the writer that styles a workbook and the documentation all derive from `REFERENTIAL`
and `SESSION`, which put sections 3 and 4 of the design into records.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sheetgen import model

YES = "Oui"
NO = "Non"


class ValueKind(Enum):
    """What may be written in a cell; decides how it is read, checked and offered as a list."""

    TEXT = "texte"
    CODE = "code, unique dans la colonne"
    NUMBER = "nombre"
    POINTS = "nombre de points"
    WEIGHT = "nombre supérieur à 0"
    COUNT = "nombre entier supérieur ou égal à 1"
    PERCENTAGE = "pourcentage de 0 à 100"
    THRESHOLD = "nombre entier, ou pourcentage de 0 à 100"
    YES_NO = "Oui ou Non"
    DATE = "date"
    TIME = "heure"
    COLOUR = "couleur, six chiffres hexadécimaux (1F4E79)"
    CHOICE = "choix dans une liste"
    REFERENCE = "code d'une autre feuille"
    REFERENCES = "codes d'une autre feuille, séparés par « ; »"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSpec:
    """One value a school may write.

    Attributes:
        name: the column's header or the row's name, exactly as the design writes it.
        attribute: the English name under which the value is read; where the model's record has the
            value as it stands, the name of that attribute.
        required: it must exist and be filled.
        choices: the closed set, for `CHOICE`.
        references: the sheet whose first column holds the codes, for `REFERENCE` and `REFERENCES`.
        default: what an absent or blank value stands for, as a school would write it.
        blank_means: what a blank cell says, in French, where it has its own meaning.
        maximum_length: in characters.
        help: one or two sentences in French, for comments, « Aide » columns and the documentation.
    """

    name: str
    attribute: str
    kind: ValueKind = ValueKind.TEXT
    required: bool = False
    choices: type[model.Term] | None = None
    references: str | None = None
    default: str | None = None
    blank_means: str | None = None
    maximum_length: int = 8000
    help: str

    @property
    def allowed(self) -> tuple[str, ...]:
        """The closed values in French, in the order to offer them; empty where any is possible."""
        if self.kind is ValueKind.YES_NO:
            return (YES, NO)
        if self.choices is None:
            return ()
        return tuple(str(term.value) for term in self.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSpec(ValueSpec):
    """A column of a sheet; `width` is in characters."""

    width: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec(ValueSpec):
    """A row of a sheet of names and values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpec:
    """A sheet: a header row of `columns`; where `fields` are declared, one row for each of them.

    Attributes:
        required: the sheet must exist; one that is not may also be without rows.
        help: what the sheet is for, in French.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    fields: tuple[FieldSpec, ...] = ()
    required: bool = True
    help: str

    def column(self, name: str) -> ColumnSpec:
        """The column with exactly this name."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookSpec:
    """A source workbook: its sheets in order, and the `companions` that explain or feed lists."""

    title: str
    sheets: tuple[SheetSpec, ...]
    companions: tuple[str, ...] = ("Lisez-moi", "Listes")

    def sheet(self, name: str) -> SheetSpec:
        """The sheet with exactly this name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


_LABEL = 255
"""Longest text that Excel allows where labels, codes and names end up (prompts, properties)."""

_SHEET_NAME = 31
"""Longest name of a sheet; a bloc's code names one."""


def _key_columns(key: str, *, value_required: bool) -> tuple[ColumnSpec, ...]:
    return (
        ColumnSpec(
            name=key,
            attribute="key",
            required=True,
            width=36,
            help="Le nom de la ligne : ne pas le modifier.",
        ),
        ColumnSpec(
            name="Valeur",
            attribute="value",
            required=value_required,
            width=60,
            help="À remplir par l'école.",
        ),
        ColumnSpec(
            name="Aide",
            attribute="help",
            width=70,
            help="Ce que la ligne veut dire ; le programme ne lit pas cette colonne.",
        ),
    )


_CERTIFICATION = SheetSpec(
    name="Certification",
    columns=_key_columns("Champ", value_required=False),
    help="La certification et son certificateur, tels qu'ils figurent sur les documents.",
    fields=(
        FieldSpec(
            name="Intitulé",
            attribute="title",
            required=True,
            help="Intitulé exact de la certification, comme au répertoire national (RNCP).",
        ),
        FieldSpec(
            name="Niveau",
            attribute="level",
            required=True,
            maximum_length=_LABEL,
            help="Niveau du cadre national des certifications, par exemple 6.",
        ),
        FieldSpec(
            name="Niveau CEC",
            attribute="eqf_level",
            maximum_length=_LABEL,
            help="Niveau du cadre européen des certifications ; il figure sur les attestations.",
        ),
        FieldSpec(
            name="Code RNCP",
            attribute="rncp_code",
            maximum_length=_LABEL,
            help="Numéro de la fiche, par exemple RNCP12345 ; il figure sur le procès-verbal.",
        ),
        FieldSpec(
            name="Code NSF",
            attribute="nsf_code",
            maximum_length=_LABEL,
            help="Code de la nomenclature des spécialités de formation, par exemple 312.",
        ),
        FieldSpec(
            name="Certificateur",
            attribute="certifier",
            maximum_length=_LABEL,
            help="Raison sociale de l'organisme certificateur.",
        ),
        FieldSpec(
            name="Date de décision France compétences",
            attribute="decision_date",
            kind=ValueKind.DATE,
            help="Date de la décision d'enregistrement au RNCP, par exemple 15/06/2026.",
        ),
        FieldSpec(
            name="Date d'échéance",
            attribute="expiry_date",
            kind=ValueKind.DATE,
            help="Date de fin de l'enregistrement au RNCP.",
        ),
        FieldSpec(
            name="Signataire",
            attribute="signatory",
            maximum_length=_LABEL,
            help="Prénom et nom de la personne qui signe les attestations et les parchemins.",
        ),
        FieldSpec(
            name="Qualité du signataire",
            attribute="signatory_title",
            maximum_length=_LABEL,
            help="Sa fonction, par exemple Directrice générale.",
        ),
        FieldSpec(
            name="Version",
            attribute="version",
            maximum_length=_LABEL,
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
            maximum_length=32767,
            help="Comment contester une décision du jury ; imprimé sur les décisions.",
        ),
        FieldSpec(
            name="Logo",
            attribute="logo",
            maximum_length=_LABEL,
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
            maximum_length=_SHEET_NAME,
            help="Code du bloc, par exemple BC01. Il nomme une feuille des grilles : 31 "
            "caractères au plus, sans [ ] : * ? / \\.",
        ),
        ColumnSpec(
            name="Activité",
            attribute="activity",
            width=10,
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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

_RULES = SheetSpec(
    name="Règles",
    help="Le règlement de l'école : comment les appréciations deviennent des décisions.",
    columns=_key_columns("Règle", value_required=False),
    fields=(
        FieldSpec(
            name="Type d'échelle",
            attribute="scale_kind",
            kind=ValueKind.CHOICE,
            choices=model.ScaleKind,
            default="niveaux",
            help="niveaux : ceux de la feuille Échelle. note : un nombre, selon les quatre lignes "
            "qui suivent.",
        ),
        FieldSpec(
            name="Note minimale",
            attribute="note_minimum",
            kind=ValueKind.POINTS,
            default="0",
            help="Avec « note » : la plus petite note possible.",
        ),
        FieldSpec(
            name="Note maximale",
            attribute="note_maximum",
            kind=ValueKind.POINTS,
            default="20",
            help="Avec « note » : la plus grande note possible.",
        ),
        FieldSpec(
            name="Pas",
            attribute="note_step",
            kind=ValueKind.POINTS,
            default="0,5",
            help="Avec « note » : l'écart entre deux notes possibles, par exemple 0,5.",
        ),
        FieldSpec(
            name="Note d'acquisition",
            attribute="note_acquired",
            kind=ValueKind.POINTS,
            default="10",
            help="Avec « note » : la note à partir de laquelle un critère est acquis.",
        ),
        FieldSpec(
            name="Fusion des jurés",
            attribute="merge",
            kind=ValueKind.CHOICE,
            choices=model.Merge,
            default="moyenne",
            help="Comment les appréciations de plusieurs jurés sur un critère n'en font qu'une. "
            "La moyenne et la majorité tiennent compte du poids des jurés.",
        ),
        FieldSpec(
            name="Départage",
            attribute="tie_break",
            kind=ValueKind.CHOICE,
            choices=model.TieBreak,
            default="délibération",
            help="Avec « majorité », en cas d'égalité : à délibérer, l'appréciation du président, "
            "la plus basse ou la plus haute.",
        ),
        FieldSpec(
            name="Écart à signaler",
            attribute="divergence",
            kind=ValueKind.POINTS,
            default="2",
            blank_means="jamais",
            help="Nombre de points entre deux jurés à partir duquel un critère est signalé. "
            "Ligne laissée vide : jamais.",
        ),
        FieldSpec(
            name="Compétence acquise si",
            attribute="competency_rule",
            kind=ValueKind.CHOICE,
            choices=model.CompetencyRule,
            default="pourcentage de critères",
            help="Ce qui rend une compétence acquise ; un critère obligatoire non acquis l'empêche "
            "toujours.",
        ),
        FieldSpec(
            name="Seuil compétence",
            attribute="competency_threshold",
            kind=ValueKind.THRESHOLD,
            default="50",
            help="Un nombre de critères avec « nombre de critères », sinon un pourcentage ; sans "
            "effet avec « tous les critères ».",
        ),
        FieldSpec(
            name="Bloc validé si",
            attribute="block_rule",
            kind=ValueKind.CHOICE,
            choices=model.BlockRule,
            default="toutes les compétences",
            help="Ce qui rend un bloc validé ; une compétence obligatoire non acquise ou un "
            "critère éliminatoire l'empêche toujours.",
        ),
        FieldSpec(
            name="Seuil bloc",
            attribute="block_threshold",
            kind=ValueKind.PERCENTAGE,
            default="100",
            help="Pourcentage à atteindre ; sans effet avec « toutes les compétences ».",
        ),
        FieldSpec(
            name="Plancher compétence",
            attribute="competency_floor",
            kind=ValueKind.PERCENTAGE,
            default="0",
            help="Avec « Bloc validé si : moyenne », le score en dessous duquel une compétence "
            "fait perdre le bloc.",
        ),
        FieldSpec(
            name="Moyenne générale minimale",
            attribute="general_mean",
            kind=ValueKind.PERCENTAGE,
            blank_means="aucune",
            help="Pourcentage que la moyenne des blocs présentés doit atteindre, en plus de tous "
            "les blocs acquis. Vide : aucune condition.",
        ),
        FieldSpec(
            name="Seuil éliminatoire",
            attribute="eliminatory_points",
            kind=ValueKind.POINTS,
            blank_means="le minimum de l'échelle",
            help="Points auxquels, ou sous lesquels, un critère éliminatoire fait perdre le bloc. "
            "Vide : le minimum de l'échelle.",
        ),
        FieldSpec(
            name="Zone de délibération",
            attribute="deliberation_zone",
            kind=ValueKind.PERCENTAGE,
            default="0",
            help="Points de pourcentage sous Seuil compétence et Seuil bloc où le résultat est à "
            "délibérer.",
        ),
        FieldSpec(
            name="Critère non observé",
            attribute="unobserved",
            kind=ValueKind.CHOICE,
            choices=model.Unobserved,
            default="à délibérer",
            help="Ce que vaut un critère qu'aucun juré n'a pu observer.",
        ),
        FieldSpec(
            name="Commentaire obligatoire",
            attribute="comment",
            kind=ValueKind.CHOICE,
            choices=model.CommentRule,
            default="non acquis",
            help="Quand un juré doit écrire une observation.",
        ),
        FieldSpec(
            name="Jurés minimum",
            attribute="minimum_jurors",
            kind=ValueKind.COUNT,
            default="2",
            help="Nombre minimum de jurés par candidat et par bloc présenté.",
        ),
        FieldSpec(
            name="Part minimale d'externes",
            attribute="minimum_external",
            kind=ValueKind.PERCENTAGE,
            default="50",
            help="Pourcentage minimum de jurés externes par candidat et par bloc présenté.",
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
        _RULES,
    ),
)
"""The master workbook: section 3 of the design."""

_SESSION = SheetSpec(
    name="Session",
    help="La session du jury : quand, où, sous quel numéro.",
    columns=_key_columns("Champ", value_required=True),
    fields=(
        FieldSpec(
            name="Code",
            attribute="code",
            required=True,
            maximum_length=60,
            help="Code court de la session, par exemple 2026-06 ; il nomme le dossier des "
            "résultats.",
        ),
        FieldSpec(
            name="Intitulé",
            attribute="title",
            maximum_length=_LABEL,
            help="Intitulé de la session, par exemple Session de juin 2026.",
        ),
        FieldSpec(
            name="Date",
            attribute="date",
            kind=ValueKind.DATE,
            help="Date du jury, par exemple 15/06/2026.",
        ),
        FieldSpec(
            name="Heure",
            attribute="time",
            kind=ValueKind.TIME,
            help="Heure du jury, par exemple 14:30 ou 14h30.",
        ),
        FieldSpec(
            name="Adresse",
            attribute="address",
            help="Adresse complète du lieu où siège le jury ; elle figure au procès-verbal.",
        ),
        FieldSpec(
            name="Centre",
            attribute="centre",
            maximum_length=_LABEL,
            help="Nom du centre d'examen.",
        ),
        FieldSpec(
            name="Numéro de PV",
            attribute="minutes_number",
            maximum_length=_LABEL,
            help="Numéro unique du procès-verbal.",
        ),
        FieldSpec(
            name="Représentant du certificateur",
            attribute="representative",
            maximum_length=_LABEL,
            help="Prénom et nom de la personne qui représente le certificateur.",
        ),
        FieldSpec(
            name="Date limite de retour",
            attribute="return_deadline",
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
            maximum_length=60,
            help="Numéro du candidat, unique ; il figure dans le nom des fichiers. Jamais le "
            "numéro de sécurité sociale.",
        ),
        ColumnSpec(
            name="Nom",
            attribute="last_name",
            required=True,
            width=20,
            maximum_length=_LABEL,
            help="Nom de famille.",
        ),
        ColumnSpec(
            name="Prénom",
            attribute="first_name",
            required=True,
            width=18,
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
            help="Par exemple Formation continue, Apprentissage ou VAE ; figure au procès-verbal.",
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
            maximum_length=60,
            help="Code du juré, unique, par exemple J1 ; il nomme son dossier de grilles.",
        ),
        ColumnSpec(
            name="Nom",
            attribute="last_name",
            required=True,
            width=20,
            maximum_length=_LABEL,
            help="Nom de famille.",
        ),
        ColumnSpec(
            name="Prénom",
            attribute="first_name",
            required=True,
            width=18,
            maximum_length=_LABEL,
            help="Prénom.",
        ),
        ColumnSpec(
            name="Qualité",
            attribute="title",
            width=26,
            maximum_length=_LABEL,
            help="Fonction professionnelle ; figure au procès-verbal.",
        ),
        ColumnSpec(
            name="Organisme",
            attribute="organisation",
            width=26,
            maximum_length=_LABEL,
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
            maximum_length=_LABEL,
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
