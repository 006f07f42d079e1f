"""The « Lisez-moi » sheet of a source workbook: its words, and how they are laid out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink

from sheetgen.excel.text_fit import FONT
from sheetgen.lazy_dataclass import dataclass
from sheetgen.sources.schema import REFERENTIAL, SESSION, WorkbookSpec
from sheetgen.sources.write.source_styles import (
    BORDER,
    DARK,
    INPUT,
    Value,
    fit_row,
    prepare_print,
    put,
    solid,
    style_header,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


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
            "Remplir, ou relire, les feuilles Blocs, Activités, Modalités, Compétences et Critères "
            ": une ligne par élément, chacun avec un code unique."
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
            "Inscrire les jurés, un par ligne, avec un président et un seul (un par jury, s'il y "
            "en a plusieurs). Indiquer dans « Incompatible avec » les candidats qu'un juré a "
            "formés ou connaît."
        ),
        (
            "Laisser la feuille Affectations vide si chaque juré évalue chaque candidat de son jury"
            ". Sinon, une ligne par candidat et par juré."
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
    """Return the guide of a workbook."""
    found = _GUIDES.get(spec.title)
    return found or Guide(introduction=spec.introduction, steps=spec.steps)


SOURCE_HEADING = "Source"
"""The heading in « Lisez-moi » under which the source's remaining texts stand."""


def fill_readme(
    target: Worksheet, spec: WorkbookSpec, source: Sequence[str], colours: Mapping[str, str]
) -> None:
    """Explain the workbook: what it is for, its sheets, its colours, what to do in what order."""
    guide = guide_for(spec)
    target.column_dimensions["A"].width = 24
    target.column_dimensions["B"].width = 108
    target.sheet_view.showGridLines = False
    title = target.cell(1, 1, spec.title)
    title.font = Font(name=FONT, size=20, bold=True, color=DARK)
    target.row_dimensions[1].height = 32
    _add_line(target, "À quoi il sert", typeset(guide.introduction))
    _add_heading(target, "Les feuilles")
    for sheet in spec.sheets:
        _link(_add_line(target, sheet.name, typeset(sheet.help)), sheet.name)
    _add_heading(target, "Les couleurs")
    style_header(_add_line(target, "Colonne", "À remplir obligatoirement."), required=True)
    style_header(_add_line(target, "Colonne", "Facultative."), required=False)
    fill = _add_line(
        target, "Valeur", typeset("À remplir ; le nom d'une ligne obligatoire est en gras.")
    )
    fill.fill = solid(INPUT)
    fill.border = BORDER
    for ground, meaning in colours.items():
        marked = _add_line(target, "Valeur", typeset(meaning))
        marked.fill = solid(ground)
        marked.border = BORDER
    _add_heading(target, "Comment faire")
    for number, step in enumerate(guide.steps, start=1):
        _add_line(target, number, typeset(step))
    _add_heading(target, "Bon à savoir")
    for tip in TIPS:
        _add_line(target, "•", typeset(tip))
    if source:
        _add_heading(target, SOURCE_HEADING)
        for text in source:
            _add_line(target, None, text)
    prepare_print(target)
    if spec.title not in _GUIDES and not source:
        target.page_setup.fitToHeight = 1


def _add_heading(target: Worksheet, text: str) -> None:
    row = target.max_row + 2
    for place in (1, 2):
        target.cell(row, place).border = Border(bottom=Side(style="medium", color=DARK))
    heading = target.cell(row, 1, text)
    heading.font = Font(name=FONT, size=14, bold=True, color=DARK)
    target.row_dimensions[row].height = 24


def _add_line(target: Worksheet, label: Value, text: str) -> Cell:
    """Add a line under the last one; return its first cell."""
    row = target.max_row + 1
    first = target.cell(row, 1, label)
    first.font = Font(name=FONT)
    first.alignment = Alignment(vertical="center", horizontal="left", indent=1)
    second = put(target, row, 2, text)
    second.font = Font(name=FONT)
    second.alignment = Alignment(vertical="center", wrap_text=True)
    fit_row(target, row)
    return first


def _link(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!A1")
    cell.font = Font(name=FONT, color="0563C1", underline="single")
