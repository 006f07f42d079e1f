"""The fields a jury report's template may name, declared once with their meaning.

`context` gives a value to each, the template check compares a template's expressions with them, and
the documentation lists them. Names are French: schools write them in Word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """A text; printed as a visible mark where there is none."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false, for `{% if … %}`."""

    meaning: str


@dataclass(frozen=True, slots=True)
class Group:
    """Fields reached by a dot, as in `candidat.nom`."""

    meaning: str
    fields: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of groups, for `{% for … %}`."""

    meaning: str
    item: Group


Shape: TypeAlias = Text | Flag | Group | Items

_MENTION = Group(
    "une mention sur un critère",
    {
        "nature": Text("Exempté, Non observé, Écart entre jurés, Remarque de J1…"),
        "texte": Text("ce qui est dit ; vide quand la nature suffit"),
    },
)

_MARK = Group(
    "l’appréciation d’un juré",
    {
        "jure": Text("code du juré"),
        "nom": Text("prénom et nom du juré"),
        "valeur": Text("niveau de l’échelle, note, ou « Non observé »"),
        "remarque": Text("observation du juré sur ce critère ; vide s’il n’y en a pas"),
    },
)

_CRITERION = Group(
    "un critère",
    {
        "code": Text("code du critère (C1.1.1)"),
        "intitule": Text("texte du critère"),
        "etat": Text("Évalué, À délibérer, Exempté, Non observé ou Manquant"),
        "exempte": Flag("le critère est exempté"),
        "ecart": Flag("les jurés s’écartent autant que les règles le signalent"),
        "appreciations": Items("appréciations, par juré", _MARK),
        "mentions": Items("ce que le rapport signale sur ce critère", _MENTION),
    },
)

_COMPETENCY = Group(
    "une compétence",
    {
        "code": Text("code de la compétence (C1.1)"),
        "intitule": Text("texte de la compétence"),
        "resultat": Text("Acquise, Non acquise, À délibérer ou Incomplète"),
        "score": Text("score en pourcentage, ou « — »"),
        "criteres": Items("tous les critères de la compétence", _CRITERION),
    },
)

_ACTIVITY = Group(
    "une activité",
    {
        "code": Text("code de l’activité (A1.1)"),
        "intitule": Text("texte de l’activité"),
        "competences": Items("compétences de l’activité", _COMPETENCY),
    },
)

_METHOD = Group(
    "une modalité d’évaluation",
    {
        "code": Text("code de la modalité (M1.1)"),
        "competences": Text("codes des compétences évaluées ainsi"),
        "type": Text("type de la modalité"),
        "description": Text("texte de la modalité"),
        "variante": Text("ce qui change pour qui ne présente que des blocs"),
    },
)

_REASON = Group(
    "un motif",
    {
        "objet": Text("code de la compétence ou du critère en cause"),
        "texte": Text("le motif, en une phrase"),
    },
)

_BLOCK = Group(
    "un bloc de compétences",
    {
        "code": Text("code du bloc (BC01)"),
        "intitule": Text("intitulé du bloc"),
        "activite": Text("code de l’activité du bloc (A1)"),
        "situation": Text("Présenté, Déjà acquis ou Non présenté"),
        "presente": Flag("le candidat présente ce bloc"),
        "acquis": Flag("le candidat détient déjà ce bloc"),
        "resultat": Text("Validé, Non validé, À délibérer, Incomplet, Déjà acquis, Non présenté"),
        "score": Text("score en pourcentage, ou « — »"),
        "motifs": Items("motifs du résultat proposé", _REASON),
        "jures": Text("codes des jurés qui évaluent ce bloc"),
        "modalites": Items("modalités d’évaluation du bloc", _METHOD),
        "activites": Items("activités du bloc, avec leurs compétences", _ACTIVITY),
        "competences": Items("compétences du bloc", _COMPETENCY),
    },
)

_MEMBER = Group(
    "un membre du jury",
    {
        "code": Text("code du juré"),
        "nom": Text("nom"),
        "prenom": Text("prénom"),
        "nom_complet": Text("prénom et nom"),
        "qualite": Text("qualité"),
        "organisme": Text("organisme"),
        "externe": Text("Oui ou Non"),
        "est_externe": Flag("extérieur au certificateur"),
        "role": Text("Président ou Membre"),
        "president": Flag("préside le jury"),
        "blocs": Text("codes des blocs évalués pour ce candidat, ou « — »"),
        "avis": Text("avis général du juré sur le candidat"),
        "remarques": Text("remarques générales du juré"),
    },
)

REPORT = Group(
    "le rapport du jury",
    {
        "rapport": Group(
            "le document",
            {
                "titre": Text("titre du document, avec le candidat et la session"),
                "rempli": Flag("le rapport porte des résultats ; faux pour l’exemplaire vierge"),
                "provisoire": Flag("des appréciations manquent encore dans la session"),
                "grilles_manquantes": Text("jurés dont la grille manque pour ce candidat"),
            },
        ),
        "certification": Group(
            "la certification visée",
            {
                "intitule": Text("intitulé"),
                "niveau": Text("niveau national"),
                "niveau_cec": Text("niveau du cadre européen des certifications"),
                "code_rncp": Text("code RNCP"),
                "code_nsf": Text("code NSF"),
                "certificateur": Text("certificateur"),
                "date_decision": Text("date de la décision de France compétences"),
                "date_echeance": Text("date d’échéance de l’enregistrement"),
                "signataire": Text("signataire des documents officiels"),
                "qualite_signataire": Text("qualité du signataire"),
                "version": Text("version du référentiel"),
                "base_legale": Text("base légale"),
                "handicap": Text("passage général sur les candidats en situation de handicap"),
                "voies_recours": Text("voies de recours"),
            },
        ),
        "session": Group(
            "la session",
            {
                "code": Text("code"),
                "intitule": Text("intitulé"),
                "date": Text("date, en toutes lettres"),
                "heure": Text("heure"),
                "adresse": Text("adresse"),
                "centre": Text("centre"),
                "numero_pv": Text("numéro du procès-verbal"),
                "representant": Text("représentant du certificateur"),
                "anonyme": Flag("les candidats ne sont connus que par leur numéro"),
            },
        ),
        "candidat": Group(
            "le candidat",
            {
                "numero": Text("numéro"),
                "identite": Text("prénom et nom, ou « Candidat n° … » si la session est anonyme"),
                "nom": Text("nom, ou « Anonyme »"),
                "prenom": Text("prénom, ou « Anonyme »"),
                "date_naissance": Text("date de naissance, ou « Anonyme »"),
                "parcours": Text("Certification complète ou Capitalisation de blocs"),
                "capitalisation": Flag("le candidat ne présente que des blocs"),
                "voie_acces": Text("voie d’accès"),
                "statut": Text("Présent, Absent, Excusé ou Abandon"),
                "present": Flag("le candidat s’est présenté"),
                "resultat": Text(
                    "Délivrée, Validation partielle, Non délivrée, À délibérer, Incomplète, Absent"
                ),
            },
        ),
        "blocs": Items("tous les blocs du référentiel", _BLOCK),
        "blocs_presentes": Items("les blocs que le candidat présente", _BLOCK),
        "jury": Group(
            "le jury du candidat",
            {
                "president": Text("prénom et nom de la présidente ou du président"),
                "membres": Items("le jury, présidence comprise", _MEMBER),
                "composition": Text("part des membres extérieurs, en une phrase"),
            },
        ),
    },
)
"""Everything `templates/rapport-jury.docx` may name."""
