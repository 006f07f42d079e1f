"""The page of what is seen and typed on a screen, and the weight of its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from make_pictures import IMAGES, LARGEST
from screen_measures import Effort, Measures, Seen
from screen_page import write_page

if TYPE_CHECKING:
    from pathlib import Path

SEEN = Seen(criteria=11, screens=8, lines=17, headers=("Objet", "Contrôle"), frozen=189)
EFFORT = Effort(competency=(10, 0), every=(142, 5))
MEASURED = Measures(
    criteria=71,
    seen={"1366x768": SEEN, "1920x1080": SEEN},
    efforts={"mouse": EFFORT, "Tab": EFFORT, "letters": EFFORT, "shortcuts": EFFORT},
    candidate=(4, 1),
    printed=9,
    paper=3,
)


def test_figures_stand_beside_those_of_before(tmp_path: Path) -> None:
    """Before, five criteria on the first screen, 355 strokes by Tab, a jury that filters."""
    write_page(tmp_path / "ecran.md", MEASURED)
    text = (tmp_path / "ecran.md").read_text(encoding="utf-8")
    assert "| 1366 × 768 : critères entiers au premier écran | 5 | 11 |" in text
    assert "Entrée, Tab, Tab) | 355 touches, 5 clics | 142 touches, 5 clics |" in text
    assert "| 1366 × 768 : *Contrôle* à l’écran | non | oui |" in text
    assert "chaque niveau, puis Entrée | impossible | 142 touches, 5 clics |" in text
    assert "| 20 clics | 4 touches, 1 clic |" in text


@pytest.mark.parametrize("picture", sorted(IMAGES.glob("*.png")), ids=lambda path: path.name)
def test_pictures_are_light(picture: Path) -> None:
    """A page with six of them opens at once; the chart of benchmarks is drawn elsewhere."""
    if picture.name != "benchmarks.png":
        assert picture.stat().st_size <= LARGEST


def test_every_picture_is_shown_on_some_page() -> None:
    """What nothing shows is not kept."""
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    hidden = [path.name for path in IMAGES.glob("*.png") if f"images/{path.name}" not in shown]
    assert hidden == []
