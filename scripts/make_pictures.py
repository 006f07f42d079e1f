"""Makes the pictures of `docs/images/`: pages of example files, as LibreOffice prints them.

    python scripts/make_pictures.py

Each picture is a page of a file made from the example session, found by a text that stands on it.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from office import office

from sheetgen.cli import main as program
from sheetgen.grid import plan_grid
from sheetgen.grid.identity import SigningKey, stamp_grid
from sheetgen.grid.write import write_grid
from sheetgen.model import Mark
from sheetgen.sources import read_referential, read_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from office import Office

    from sheetgen.model import Assignment, CriterionCode, Referential

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
IMAGES = ROOT / "docs" / "images"
WIDTH = 1300
"""Of a picture, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page to show: of this file, the first that holds this text.

    `height` is how much of it is shown from its top, in pixels; None for all.
    """

    name: str
    source: Path
    text: str
    height: int | None = None


def main() -> None:
    """Makes every picture again."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, office() as libreoffice:
        place = Path(folder)
        for picture in (
            _grid_picture(place),
            *_document_pictures(place),
            *_consolidation_pictures(place),
        ):
            target = IMAGES / f"{picture.name}.png"
            _draw(libreoffice, picture, target)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")


def _grid_picture(folder: Path) -> Picture:
    """A bloc's sheet in the grid of candidate C02, as juror J2 filled it."""
    referential, _ = read_referential(EXAMPLES / "referential.xlsx")
    if referential is None:
        message = "the example's référentiel cannot be read"
        raise ValueError(message)
    session, _ = read_session(EXAMPLES / "session.xlsx", referential)
    if session is None:
        message = "the example session cannot be read"
        raise ValueError(message)
    assignment = next(a for a in session.assignments if (a.candidate, a.juror) == ("C02", "J2"))
    stamp = stamp_grid(SigningKey(bytes(32)), referential, session, assignment)
    plan = plan_grid(referential, session, assignment)
    source = folder / "grid.xlsx"
    source.write_bytes(write_grid(plan, stamp, _marks(referential, assignment)))
    block = plan.blocks[0].block
    return Picture(name="grille", source=source, text=f"{block.code} — {block.title}")


def _marks(referential: Referential, assignment: Assignment) -> Mapping[CriterionCode, Mark]:
    """The marks of marks.csv for one grid, but for the last two of the first competency."""
    points = {level.label: level.points for level in referential.scale.levels}
    with (EXAMPLES / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            row["critère"]: row
            for row in csv.DictReader(file, delimiter=";")
            if (row["candidat"], row["juré"]) == (assignment.candidate, assignment.juror)
        }
    return {
        item.code: Mark(
            juror=assignment.juror,
            criterion=item.code,
            value=rows[item.code]["évaluation"],
            points=points.get(rows[item.code]["évaluation"]),
            comment=rows[item.code]["observations"],
        )
        for item in referential.criteria
        if item.code in rows
    }


def _document_pictures(folder: Path) -> tuple[Picture, ...]:
    """The example session's last documents: minutes, report, notification, certificates."""
    outputs = folder / "outputs"
    place = outputs / "DEMO-2026"
    (place / ".sheetgen").mkdir(parents=True)
    shutil.copyfile(EXAMPLES / "sheetgen.key", place / ".sheetgen" / "key")
    returned = [EXAMPLES / "retours", EXAMPLES / "retour-tardif"]
    (place / "retours").mkdir()
    for path in (path for source in returned for path in sorted(source.glob("*.xlsx"))):
        shutil.copyfile(path, place / "retours" / path.name)
    options = {
        "--referential": EXAMPLES / "referential.xlsx",
        "--session": EXAMPLES / "session.xlsx",
        "--templates": ROOT / "templates",
        "--output": outputs,
    }
    given = [str(part) for pair in options.items() for part in pair]
    for command in (["consolidate"], ["finalize", str(EXAMPLES / "deliberation.xlsx")]):
        told = CliRunner().invoke(program, [*command, *given])
        if told.exit_code:
            raise ValueError(told.output)
    final = place / "final"
    shown = (
        ("proces-verbal", "proces-verbal.docx", "Après en avoir délibéré"),
        ("rapport", "rapports/rapport_C02_DInvente.docx", "Écart entre jurés"),
        ("notification", "notifications/notification_C02_DInvente.docx", "Théo D’Inventé"),
        ("attestation", "attestations/attestation_C07_BC01_Bidon-Dupont.docx", "Léonie"),
        ("parchemin", "parchemins/parchemin_C01_Exemple.docx", "Zoé Exemple"),
    )
    return tuple(Picture(name=name, source=final / file, text=text) for name, file, text in shown)


def _consolidation_pictures(folder: Path) -> tuple[Picture, ...]:
    """The jury's workbook: its first sheet as consolidated, and the one that the jury filled in.

    The first is of the session that the documents' pictures have closed.
    """
    written = folder / "outputs" / "DEMO-2026" / "consolidation" / "consolidation.xlsx"
    filled = folder / "deliberation.xlsx"
    shutil.copyfile(EXAMPLES / "deliberation.xlsx", filled)
    return (
        Picture(name="consolidation", source=written, text="Synthèse de la session", height=370),
        Picture(name="deliberation", source=filled, text="Délibération du jury"),
    )


def _draw(libreoffice: Office, picture: Picture, target: Path) -> None:
    """Draws the page into a PNG file."""
    (printed,) = libreoffice.convert([picture.source], picture.source.parent, ".pdf")
    pages = _run("pdftotext", "-layout", str(printed), "-").decode("utf-8").split("\f")
    number = next(n for n, page in enumerate(pages, start=1) if picture.text in page)
    page = ["-f", str(number), "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    if picture.height is not None:
        page += ["-W", str(WIDTH), "-H", str(picture.height)]
    _run("pdftoppm", *page, "-png", str(printed), str(target.with_suffix("")))


def _run(program: str, *arguments: str) -> bytes:
    """What a program of poppler-utils writes."""
    found = shutil.which(program)
    if found is None:
        message = f"{program} was not found: apt-get install poppler-utils"
        raise FileNotFoundError(message)
    return subprocess.run([found, *arguments], capture_output=True, check=True).stdout


if __name__ == "__main__":
    main()
