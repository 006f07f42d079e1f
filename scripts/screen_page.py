"""The page `docs/ecran.md`: what is seen and done on a screen, before and now, with pictures.

The figures of before were measured once, by `screen_measures.py` on the workbooks of then; those of
now each time that the pictures are taken.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_parts import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from screen_measures import Measures

    Figures = dict[str, Any]

BEFORE = Path(__file__).with_name("screen_before.json")
NOTICE = "<!-- Écrit par scripts/make_pictures.py d’après ce qu’il mesure : ne pas y toucher. -->"

_INTRODUCTION = """Une grille se remplit en vingt minutes sur un petit portable, et un jury
regarde un projecteur à trois mètres. Ce qui suit est mesuré par programme
dans LibreOffice en français, sur les fichiers de la session d’exemple (5
blocs, 71 critères, 10 candidats) : il tape et clique pour de bon, compte
touches et clics, relit les appréciations, et demande à LibreOffice quelles
lignes sont entières à l’écran. Sur la hauteur de l’écran, 66 pixels sont
laissés au titre de la fenêtre et à la barre des tâches."""

_WAYS = {
    "mouse": "à la souris : la cellule, sa flèche, le choix",
    "Tab": "par la liste au clavier (Alt + ↓, une lettre, Entrée, Tab, Tab)",
    "letters": "en tapant le début du libellé, que LibreOffice complète, puis Entrée",
    "shortcuts": "en tapant la lettre que le référentiel donne à chaque niveau, puis Entrée",
}

_STEPS = """Les étapes par lesquelles le jury de l’exemple décide, sans filtrer :
[Discuter d’un candidat](guide/administrateur.md#discuter-dun-candidat--la-feuille-fiche)."""

_HOW = """## Refaire ces mesures

`make pictures` prend à nouveau les images et écrit à nouveau cette page ; les chiffres d’avant
sont ceux des classeurs d’alors, mesurés de la même façon, sauf les clics pour discuter d’un
candidat, comptés en les faisant : l’onglet, la flèche du filtre, *Tout*, le candidat, *OK*,
dans quatre feuilles. « Écrans » compte les pages que tourne la touche Page suivante."""


def write_page(path: Path, now: Measures) -> None:
    """Write the page with these figures beside those of before."""
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    after = json.loads(json.dumps(asdict(now)))
    header = ("", "Avant", "Maintenant")
    parts = [
        NOTICE,
        "# Ce que l’on voit et ce que l’on tape",
        _INTRODUCTION,
        "## La grille d’un juré",
        table(header, _grid_rows(before, after)),
        *_beside("grille", "La feuille BC01 d’une grille remplie"),
        "## La consolidation",
        table(header, _jury_rows(before, after)),
        *_beside("deliberation", "La feuille Délibération avant que le jury décide"),
        "La feuille `Fiche`, qui n’existait pas :",
        _picture("fiche", "La feuille Fiche d’un candidat, sur un portable"),
        _picture("fiche-projecteur", "La feuille Fiche d’un candidat, sur un projecteur"),
        _STEPS,
        _HOW,
    ]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _grid_rows(before: Figures, after: Figures) -> Iterator[tuple[str, str, str]]:
    for size in before["seen"]:
        sides = [side["seen"][size] for side in (before, after)]
        yield _row(f"{_size(size)} : critères entiers au premier écran", sides, "criteria")
        yield _row(
            f"{_size(size)} : écrans pour les {after['criteria']} critères", sides, "screens"
        )
    for way, name in _WAYS.items():
        sides = [side["efforts"].get(way, {}) for side in (before, after)]
        for what, key in (("une compétence de 5 critères", "competency"), ("tous", "every")):
            first, second = (_effort(side.get(key, ())) for side in sides)
            yield f"{what.capitalize()}, {name}", first, second
    yield _row("Pages de la grille imprimée", [before, after], "printed")
    yield _row("Pages de la grille à remplir au stylo", [before, after], "paper")


def _jury_rows(before: Figures, after: Figures) -> Iterator[tuple[str, str, str]]:
    for size in before["seen"]:
        sides = [side["seen"][size] for side in (before, after)]
        yield _row(f"{_size(size)} : lignes à décider au premier écran", sides, "lines")
        yield _row(f"{_size(size)} : pixels qui restent en haut", sides, "frozen")
        first, second = ("oui" if "Contrôle" in side["headers"] else "non" for side in sides)
        yield f"{_size(size)} : *Contrôle* à l’écran", first, second
    first, second = (_effort(side["candidate"]) for side in (before, after))
    yield "Tout ce qui concerne un candidat, d’une autre feuille", first, second


def _row(name: str, sides: list[Figures], key: str) -> tuple[str, str, str]:
    first, second = (str(side[key]) for side in sides)
    return name, first, second


def _effort(counted: Sequence[int]) -> str:
    if not counted:
        return "impossible"
    strokes, clicks = counted
    told = []
    if strokes:
        told.append(f"{strokes} touches")
    if clicks:
        told.append(f"{clicks} clic{'s' if clicks > 1 else ''}")
    return ", ".join(told)


def _size(size: str) -> str:
    return size.replace("x", " × ")


def _beside(name: str, alt: str) -> Iterator[str]:
    """Yield the pictures of before and of now side by side, at each size."""
    for ending, where in (("", "sur un portable"), ("-projecteur", "sur un projecteur")):
        pictures = (
            _picture(f"{side}{name}{ending}", f"{alt}, {where}, {when}")
            for side, when in (("avant-", "avant"), ("", "maintenant"))
        )
        yield table((f"Avant, {where}", f"Maintenant, {where}"), [tuple(pictures)])


def _picture(name: str, alt: str) -> str:
    return f"![{alt}](images/{name}.png)"
