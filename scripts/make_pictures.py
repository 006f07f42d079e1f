"""Takes the pictures of `docs/images/`: workbooks on a screen, documents as they are printed.

    python scripts/make_pictures.py [NAME…]

All of them, or those of these names. With all, what is seen and typed is measured as well, and the
page `docs/ecran.md` written; its figures and pictures of before stay. Takes minutes.
"""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from example_files import EXAMPLES, ROOT, make_example_files
from office import office
from screen import LAPTOP, PROJECTOR, screen
from screen_measures import CARD, CARD_CANDIDATE, DELIBERATION, measure
from screen_page import write_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from example_files import ExampleFiles
    from office import Office
    from screen import Screen, Size

IMAGES = ROOT / "docs" / "images"
WIDTH = 1300
"""Of a printed page's picture, in pixels."""
COLOURS = 48
"""Of a printed page's picture."""
LARGEST = 150_000
"""A picture, in bytes: a page with six of them opens at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A sheet on a screen.

    Attributes:
        source: the workbook.
        cell: where one clicks; None for nowhere.
        text: typed then, and confirmed by Enter.
    """

    name: str
    source: Path
    sheet: str
    size: Size = LAPTOP
    cell: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a document: of this file, the first that holds this text."""

    name: str
    source: Path
    text: str


def main(names: Sequence[str]) -> None:
    """Take every picture again, or those of these names."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        files = make_example_files(Path(folder))
        shots = [shot for shot in _shots(files) if not names or shot.name in names]
        pages = [page for page in _pages(files) if not names or page.name in names]
        for size in dict.fromkeys(shot.size for shot in shots):
            with screen(size) as shown:
                for shot in (shot for shot in shots if shot.size == size):
                    _take(shown, shot)
        if pages:
            with office() as libreoffice:
                for page in pages:
                    _draw(libreoffice, page)
        if not names:
            measures = measure(files)
            write_page(IMAGES.parent / "ecran.md", measures)
    for name in [*(shot.name for shot in shots), *(page.name for page in pages)]:
        weight = _target(name).stat().st_size
        print(f"{name}: {weight // 1000} kB")
        if weight > LARGEST:
            message = f"{name} is too large"
            raise ValueError(message)


def _shots(files: ExampleFiles) -> tuple[Shot, ...]:
    """Return what is shown of each kind of workbook."""
    jury = files.consolidation
    grid = Shot(name="grille", source=files.filled, sheet="BC01")
    deliberation = Shot(name="deliberation", source=jury, sheet=DELIBERATION)
    card = Shot(name="fiche", source=jury, sheet=CARD, text=CARD_CANDIDATE)
    return (
        Shot(name="accueil", source=files.blank, sheet="Accueil"),
        grid,
        _larger(grid),
        Shot(name="synthese", source=files.filled, sheet="Synthèse"),
        Shot(name="consolidation", source=jury, sheet="Synthèse"),
        deliberation,
        _larger(deliberation),
        card,
        _larger(card),
        Shot(name="referentiel", source=EXAMPLES / "referential.xlsx", sheet="Critères"),
        Shot(name="session", source=EXAMPLES / "session.xlsx", sheet="Candidats"),
    )


def _larger(shot: Shot) -> Shot:
    """Return it on a projector."""
    return dataclasses.replace(shot, name=f"{shot.name}-projecteur", size=PROJECTOR)


def _pages(files: ExampleFiles) -> tuple[Page, ...]:
    """Return what is shown of each kind of paper."""
    shown = (
        ("proces-verbal", "proces-verbal.docx", "Après en avoir délibéré"),
        ("rapport", "rapports/rapport_C02_DInvente.docx", "Écart entre jurés"),
        ("notification", "notifications/notification_C02_DInvente.docx", "Théo D’Inventé"),
        ("attestation", "attestations/attestation_C07_BC01_Bidon-Dupont.docx", "Léonie"),
        ("parchemin", "parchemins/parchemin_C01_Exemple.docx", "Zoé Exemple"),
    )
    return tuple(
        Page(name=name, source=files.final / file, text=text) for name, file, text in shown
    )


def _take(shown: Screen, shot: Shot) -> None:
    """Take a picture of a sheet."""
    shown.open(shot.source)
    shown.go(shot.sheet)
    if shot.cell:
        shown.click(shot.cell)
    if shot.text:
        shown.write(shot.text)
        shown.press("Return")
    shown.picture(_target(shot.name))


def _draw(libreoffice: Office, page: Page) -> None:
    """Draw a page into a PNG file of few colours."""
    (printed,) = libreoffice.convert([page.source], page.source.parent, ".pdf")
    texts = _run("pdftotext", "-layout", str(printed), "-").decode("utf-8").split("\f")
    number = next(n for n, text in enumerate(texts, start=1) if page.text in text)
    drawn = ["-f", str(number), "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    target = _target(page.name)
    _run("pdftoppm", *drawn, "-png", str(printed), str(target.with_suffix("")))
    _run("mogrify", "+dither", "-colors", str(COLOURS), "-strip", "-format", "png", str(target))


def _target(name: str) -> Path:
    return IMAGES / f"{name}.png"


def _run(program: str, *arguments: str) -> bytes:
    """Return what a program of poppler-utils or ImageMagick writes."""
    found = shutil.which(program)
    if found is None:
        message = f"{program} was not found: sh scripts/install-screen"
        raise FileNotFoundError(message)
    return subprocess.run([found, *arguments], capture_output=True, check=True).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
