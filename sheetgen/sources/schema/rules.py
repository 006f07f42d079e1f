"""The sheet « Règles » of the master workbook: a row for each rule, with its default."""

from __future__ import annotations

from sheetgen import model
from sheetgen.sources.schema.specs import FieldSpec, SheetSpec, ValueKind, key_columns

RULES = SheetSpec(
    name="Règles",
    help="Le règlement de l'école : comment les appréciations deviennent des décisions.",
    columns=key_columns("Règle", value_required=False, value_width=40),
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
            help="Un nombre de critères avec « nombre de critères », sinon un pourcentage (50 %) "
            "ou une note sur son maximum (10/20) ; sans effet avec « tous les critères ».",
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
            help="Pourcentage (50 %) ou note sur son maximum (10/20) à atteindre ; sans effet avec "
            "« toutes les compétences ».",
        ),
        FieldSpec(
            name="Plancher compétence",
            attribute="competency_floor",
            kind=ValueKind.PERCENTAGE,
            default="0",
            help="Avec « Bloc validé si : moyenne », le score en dessous duquel une compétence "
            "fait perdre le bloc, par exemple 35 % ou 7/20.",
        ),
        FieldSpec(
            name="Moyenne générale minimale",
            attribute="general_mean",
            kind=ValueKind.PERCENTAGE,
            blank_means="aucune",
            help="Pourcentage (60 %) ou note sur son maximum (12/20) que la moyenne des blocs "
            "présentés doit atteindre, en plus de tous les blocs acquis. Vide : aucune condition.",
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
            help="Points de pourcentage (5 %, ou 1/20) sous Seuil compétence et Seuil bloc où le "
            "résultat est à délibérer.",
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
        FieldSpec(
            name="Seuil épreuve",
            attribute="assessment_threshold",
            kind=ValueKind.PERCENTAGE,
            default="50",
            help="Résultat à partir duquel une épreuve est réussie (50 %, ou 10/20), pour les "
            "modalités sans Seuil.",
        ),
        FieldSpec(
            name="Plancher épreuve",
            attribute="assessment_floor",
            kind=ValueKind.PERCENTAGE,
            default="0",
            help="Avec « Bloc validé si : moyenne des épreuves », le résultat en dessous duquel "
            "une épreuve fait perdre le bloc, pour les modalités sans Plancher.",
        ),
        FieldSpec(
            name="Absence à une épreuve",
            attribute="absence",
            kind=ValueKind.CHOICE,
            choices=model.AbsenceRule,
            default="échec",
            help="Ce que devient une épreuve à laquelle le candidat n'est pas venu : un échec, ou "
            "à représenter, ses blocs n'étant alors pas validés.",
        ),
        FieldSpec(
            name="Conservation des épreuves",
            attribute="assessments_kept_months",
            kind=ValueKind.COUNT,
            blank_means="aucune",
            help="Nombre de mois pendant lesquels une épreuve réussie dans un bloc non validé est "
            "gardée pour une autre session. Vide : aucune n'est gardée.",
        ),
        FieldSpec(
            name="Conservation à partir de",
            attribute="assessments_kept_from",
            kind=ValueKind.PERCENTAGE,
            blank_means="dès qu'elle est réussie",
            help="Résultat à partir duquel une épreuve réussie est gardée (60 %, ou 12/20). Vide : "
            "dès qu'elle est réussie.",
        ),
        FieldSpec(
            name="Conservation des compétences",
            attribute="competencies_kept_months",
            kind=ValueKind.COUNT,
            blank_means="aucune",
            help="Nombre de mois pendant lesquels une compétence acquise dans un bloc non validé "
            "est gardée pour une autre session. Vide : aucune n'est gardée.",
        ),
        FieldSpec(
            name="Rattrapage",
            attribute="most_resits",
            kind=ValueKind.COUNT,
            blank_means="sans limite",
            help="Nombre de fois qu'un candidat peut se représenter. Vide : sans limite.",
        ),
        FieldSpec(
            name="Délai de rattrapage",
            attribute="resit_months",
            kind=ValueKind.COUNT,
            blank_means="sans limite",
            help="Nombre de mois après sa première session pendant lesquels un candidat peut se "
            "représenter. Vide : sans limite.",
        ),
        FieldSpec(
            name="Blocs à rattraper",
            attribute="most_resit_blocks",
            kind=ValueKind.COUNT,
            blank_means="sans limite",
            help="Nombre de blocs non validés au-delà duquel un candidat n'est pas admis à se "
            "représenter. Vide : sans limite.",
        ),
        FieldSpec(
            name="Raccourci Non observé",
            attribute="unobserved_shortcut",
            kind=ValueKind.SHORTCUT,
            blank_means="aucun",
            help="Lettre ou chiffre que le juré peut taper à la place de « Non observé », par "
            "exemple O. Vide : aucun.",
        ),
    ),
)
