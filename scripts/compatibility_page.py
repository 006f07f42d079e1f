"""The page that tells administrators which programs' files are read, from what was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_parts import plain, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NOTICE = (
    "<!-- Écrit par scripts/compatibility.py, qui fait enregistrer des grilles par chaque "
    "programme : ne pas modifier à la main. -->"
)
_HEADER = ("Programme", "Format", "La grille est…", "Réserve")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of grids that a program saved anew.

    Attributes:
        program: its name.
        form: the format, and which kind of it.
        codes: problems that the original grids do not have.
        rejected: whether any grid does not count.
        texts: which texts of jurors differ, in French.
        changed: whether anything else that was read of them differs.
        lost: places of the identity that are gone, in French.
    """

    program: str
    form: str
    codes: tuple[str, ...]
    rejected: bool
    texts: tuple[str, ...]
    changed: bool
    lost: tuple[str, ...]


def render_page(outcomes: Sequence[Outcome], versions: Mapping[str, str]) -> str:
    """Return the page."""
    tried = "\n".join(f"- {plain(name)} {plain(number)}" for name, number in versions.items())
    return (
        "\n\n".join(
            (
                _NOTICE,
                "# Quels programmes peuvent enregistrer une grille",
                _INTRODUCTION,
                "## En bref",
                _SHORT,
                "## Ce qui a été essayé",
                _TRIED,
                render_table(outcomes),
                _READING,
                "Versions essayées :",
                tried,
                "## Ce qui n’a pas pu l’être",
                _NOT_TRIED,
            )
        )
        + "\n"
    )


def render_table(outcomes: Iterable[Outcome]) -> str:
    """Return the table of programs, formats and what became of their files."""
    return table(
        _HEADER,
        (
            (plain(item.program), plain(item.form), _outcome(item), _reserve(item) or "–")
            for item in outcomes
        ),
    )


def _outcome(item: Outcome) -> str:
    if item.rejected:
        return f"✘ refusée : {_linked(item.codes)}"
    if item.changed:
        return "✘ **lue autrement**"
    return "▲ lue, sauf ce que dit la réserve" if item.texts else "✔ lue exactement"


def _reserve(item: Outcome) -> str:
    said = []
    if item.texts:
        kept = f" ; signalés : {_linked(item.codes)}" if item.codes else ""
        said.append(f"le programme change : {plain(', '.join(item.texts))}{kept}")
    if item.lost:
        said.append(f"l’identité n’est plus dans : {plain(', '.join(item.lost))}")
    return " ; ".join(said)


def _linked(codes: Iterable[str]) -> str:
    return ", ".join(f"[{code}](messages.md#{code})" for code in codes)


_INTRODUCTION = (
    "Un juré remplit sa grille avec le tableur qu’il a. Cette page dit de quels programmes les "
    "fichiers sont lus, et avec quelle réserve. Le format d’un fichier se reconnaît à son contenu, "
    "jamais à son nom."
)

_SHORT = table(
    ("Le juré a…", "Lui demander"),
    (
        ("Excel", "d’enregistrer simplement ; .xlsx, .xlsm, .xlsb et .xls sont lus"),
        ("LibreOffice", "d’enregistrer simplement, en .xlsx ; .ods et .xls sont lus aussi"),
        ("Gnumeric", "d’enregistrer en .xlsx"),
        ("Google Sheets", "Fichier > Télécharger > Microsoft Excel (.xlsx)"),
        ("Numbers", "Fichier > Exporter vers > Excel ; un document Numbers est refusé"),
        ("un autre programme", "d’enregistrer en .xlsx"),
    ),
) + (
    "\n\nL’ancien format .xls est à éviter : il perd les propriétés du document, et certains "
    "programmes y coupent les textes à 255 caractères. Une observation d’un fichier .xls qui a "
    "exactement cette longueur est signalée. Le format .fods (OpenDocument à plat) n’est pas lu : "
    "le message dit comment l’enregistrer autrement."
)

_TRIED = (
    "Des grilles de l’exemple, remplies, ont été ouvertes puis enregistrées par chaque programme "
    "dans chaque format qu’il écrit, et données à `sheetgen consolidate`. Dans l’une, les textes "
    "du juré sont de ceux qu’un programme pourrait abîmer : très longs, sur plusieurs lignes, avec "
    "des émojis, ou qui ressemblent à un nombre, à une date, à une formule. « Lue exactement » : "
    "chaque évaluation, chaque observation, chaque réponse et l’identité sont les mêmes que dans "
    "la grille d’origine, à la même cellule, et la grille est acceptée sans un message de plus."
)

_READING = (
    "L’identité d’une grille est écrite à trois endroits : une feuille cachée, les propriétés du "
    "document et un code imprimé. Deux suffisent, d’accord entre eux. "
    "Les bibliothèques (openpyxl, IronCalc, ExcelJS, SheetJS, xlsx-populate) ne sont pas des "
    "tableurs : elles sont dans bien des outils en ligne, des applications et des scripts."
)

_NOT_TRIED = (
    "- **Microsoft Excel** ne tourne pas là où ces essais sont faits. Les grilles sont jugées "
    "valides par le validateur Open XML de Microsoft, et les fichiers qu’Excel écrit sont lus "
    "d’après les normes publiées ; le format .xlsb a été essayé avec SheetJS.\n"
    "- **Google Sheets** et **Numbers** non plus. Google Sheets garde les feuilles cachées quand "
    "il exporte ; ce qu’il fait des propriétés du document et de la protection n’est pas établi. "
    "Numbers ne connaît pas les listes déroulantes : chaque évaluation est de toute façon vérifiée "
    "à la lecture, comme si la liste n’existait pas.\n"
    "- **Excel sur tablette ou téléphone, ONLYOFFICE, WPS Office** et les autres tableurs n’ont "
    "pas été essayés. Avant une session, faire remplir et renvoyer une grille d’essai, puis lancer "
    "`sheetgen status`, répond en une minute.\n\n"
    "Quoi qu’il arrive, une évaluation est lue telle que le fichier la porte, ou refusée avec sa "
    "raison ; aucune n’est devinée."
)
