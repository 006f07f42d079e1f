"""The text of the « Lisez-moi » sheet of a source workbook; `write` lays it out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sheetgen.sources.schema import REFERENTIAL, SESSION, WorkbookSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A workbook explained to who fills it, in French; `steps` are in the order to follow."""

    introduction: str
    steps: tuple[str, ...]


TIPS = (
    (
        "Les noms des feuilles, des colonnes et des lignes ne doivent pas changer ; leur ordre est"
        " libre."
    ),
    (
        "Une liste déroulante propose les valeurs possibles partout où elles sont limitées. Une "
        "explication s'affiche quand la souris passe sur un en-tête."
    ),
    (
        "Les nombres s'écrivent avec une virgule ou un point (0,5), les pourcentages 50 ou 50 %, "
        "les dates 15/06/2026 ou 2026-06-15."
    ),
    "Plusieurs codes dans une cellule se séparent par un point-virgule : BC01 ; BC03.",
    "Pour aller à la ligne dans une cellule : Alt + Entrée (LibreOffice : Ctrl + Entrée).",
    "Une ligne entièrement vide est sans effet. Les cellules ne doivent pas contenir de formule.",
)
"""What holds for both workbooks."""

_REFERENTIAL = Guide(
    introduction="Ce classeur décrit la certification : blocs, activités, compétences, modalités "
    "et critères d'évaluation, échelle d'appréciation et règlement du jury. Le programme sheetgen "
    "le lit pour préparer les grilles des jurés, les rapports et les propositions de décision.",
    steps=(
        (
            "Compléter la feuille Certification. Ce qui n'est pas encore connu reste vide : la "
            "vérification le rappelle."
        ),
        (
            "Relire les feuilles Blocs, Activités, Modalités, Compétences et Critères : une ligne "
            "par élément, chacun avec un code unique."
        ),
        "Choisir les niveaux de la feuille Échelle, puis le règlement dans la feuille Règles.",
        (
            "Enregistrer, fermer le classeur, puis vérifier avec la commande « sheetgen check » : "
            "tout ce qui ne va pas est dit en une fois, avec la feuille, la cellule et quoi faire."
        ),
        (
            "Une fois les grilles envoyées aux jurés, ne plus changer les codes, les textes ni "
            "l'échelle : les grilles déjà parties seraient refusées. Les règles et les poids "
            "peuvent encore changer."
        ),
    ),
)

_SESSION = Guide(
    introduction="Ce classeur décrit une session du jury : où et quand, quels candidats, quels "
    "jurés, qui évalue qui, avec quels aménagements. Le programme sheetgen le lit avec le "
    "référentiel pour préparer une grille par candidat et par juré.",
    steps=(
        "Remplir la feuille Session : le code est obligatoire, il nomme le dossier des résultats.",
        (
            "Inscrire les candidats, un par ligne. Pour une capitalisation de blocs, indiquer les "
            "blocs présentés ; pour les autres, les blocs déjà acquis s'il y en a."
        ),
        (
            "Inscrire les jurés, un par ligne, avec un président et un seul. Indiquer dans « "
            "Incompatible avec » les candidats qu'un juré a formés ou connaît."
        ),
        (
            "Laisser la feuille Affectations vide si chaque juré évalue chaque candidat. Sinon, "
            "une ligne par candidat et par juré."
        ),
        "Noter les aménagements accordés ou demandés : leur effet, jamais le diagnostic.",
        (
            "Enregistrer, fermer le classeur, puis vérifier avec « sheetgen check » et préparer "
            "les grilles avec « sheetgen generate »."
        ),
    ),
)

_GUIDES = {REFERENTIAL.title: _REFERENTIAL, SESSION.title: _SESSION}


def typeset(text: str) -> str:
    """Return the text with French no-break spaces, so that no line begins with « : »."""
    return re.sub(r" (?=[:;!?»%])|(?<=«) ", "\N{NO-BREAK SPACE}", text)


def guide_for(spec: WorkbookSpec) -> Guide:
    """Return the guide of one of the two source workbooks."""
    return _GUIDES[spec.title]
