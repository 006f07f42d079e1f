"""An example at the desk in a real browser, from an empty folder to signed papers.

With a folder in `SHEETGEN_PICTURES`, the journey leaves there the pictures that the guide shows.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from desks import RunningDesk, running_desk
from example_session import ExampleSession
from page_checks import page_faults, shows_focus
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

EXAMPLE = "titre-developpeur"
SCREEN: ViewportSize = {"width": 1366, "height": 768}
SECONDS = 60_000
"""Milliseconds that a step may take on a busy machine."""


def shown(browser: Browser, desk: RunningDesk) -> Page:
    """Return a new tab of a browser that was closed since, at the desk's address."""
    page = browser.new_context(viewport=SCREEN, locale="fr-FR").new_page()
    page.set_default_timeout(SECONDS)
    page.goto(desk.address)
    expect(page).to_have_url(f"{desk.origin}/")
    return page


def done(page: Page, step: str, state: str = "fait") -> None:
    """Wait until a step says its state, and nothing is at work any more."""
    expect(page.locator(f"#etape-{step} .etat")).to_contain_text(state, timeout=SECONDS)
    expect(page.locator("#avance")).to_have_count(0, timeout=SECONDS)


def pictured(page: Page, name: str, place: str = "h1") -> None:
    """Take a picture of the screen, this place in it, where pictures are asked for."""
    asked = os.environ.get("SHEETGEN_PICTURES")
    if asked:
        page.locator(place).scroll_into_view_if_needed()
        page.screenshot(path=Path(asked) / f"bureau-{name}.png")


def press(page: Page, step: str) -> None:
    """Go to a step's button by the Tab key alone, and press Enter."""
    page.locator("#contenu").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert shows_focus(page)
        if page.evaluate("document.activeElement.id") == f"faire-{step}":
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no way to {step} by the keyboard")


def test_the_desk_by_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """Prepare, check, read a message's help, set something."""
    folder = tmp_path / "session"
    folder.mkdir()
    with running_desk(folder) as desk:
        page = shown(browser, desk)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        assert page_faults(page) == []
        page.locator("#preparer").press("Enter")
        page.locator("h2 a").press("Enter")
        press(page, "check")
        done(page, "check", "à faire")
        expect(page.locator("#dit-check")).to_contain_text("Erreur", timeout=SECONDS)
        assert page_faults(page) == []
        page.locator("#dit-check a[href^='/aide']").first.press("Enter")
        expect(page.locator("article:target")).to_contain_text("Que faire")

        page.get_by_role("link", name="Réglages", exact=True).press("Enter")
        assert page_faults(page) == []
        page.get_by_label(re.compile("^jobs")).fill("0")
        page.locator("#enregistrer").press("Enter")
        expect(page.locator("#avis")).to_contain_text("ne convient pas")
        page.get_by_label(re.compile("^jobs")).fill("1")
        page.locator("#enregistrer").press("Enter")
        expect(page.locator("#avis")).to_have_text("Réglages enregistrés.")
        assert "\njobs = 1\n" in (folder / "sheetgen.toml").read_text(encoding="utf-8")
        assert complaints == []


@pytest.mark.deep
def test_the_example_from_an_empty_folder_to_papers(browser: Browser, tmp_path: Path) -> None:
    """By mouse and keyboard alone; the jury writes in its workbook, jurors in their grids."""
    folder = tmp_path / "ma session"
    folder.mkdir()
    place = ExampleSession(name=EXAMPLE, folder=folder)
    with running_desk(folder) as desk:
        page = shown(browser, desk)
        page.get_by_label("Partir de").select_option(EXAMPLE)
        pictured(page, "preparer")
        page.get_by_role("button", name="Préparer ce dossier").click()
        expect(page.locator("#avis")).to_contain_text("Le dossier est prêt")
        page.get_by_role("link", name=re.compile("juin 2026")).click()

        press(page, "check")
        done(page, "check")
        press(page, "generate")
        done(page, "generate")
        pictured(page, "grilles")

        filled = tmp_path / "filled"
        filled.mkdir()
        count = place.return_grids(filled)
        first, *others = sorted(filled.iterdir())
        page.locator("#fichiers").set_input_files(first)
        expect(page.locator("#deposes")).to_contain_text(f"{first.name} : déposé.")
        expect(page.locator("#etape-status")).to_contain_text(f"1 sur {count}")
        page.locator("#fichiers").set_input_files([*others, first])
        expect(page.locator("#deposes")).to_contain_text("déjà déposé")
        done(page, "status")
        assert len(list((place.outputs / "retours").iterdir())) == count

        page.locator("#faire-consolidate").click()
        done(page, "consolidate")
        expect(page.locator("#titre-decisions")).to_have_text("Propositions")
        pictured(page, "propositions", "#titre-decisions")
        place.deliberate({})
        page.locator("#projet").click()
        expect(page.locator("#dit-finalize")).to_contain_text("PROJET", timeout=SECONDS)
        done(page, "finalize", "à faire")

        page.locator("#certain").check()
        page.locator("#faire-finalize").click()
        done(page, "finalize")
        done(page, "papers")
        expect(page.locator("#titre-decisions")).to_have_text("Décisions du jury")
        expect(page.locator("#etape-papers")).to_contain_text("proces-verbal.docx")
        assert (place.outputs / "final" / "proces-verbal.docx").exists()
        pictured(page, "documents", "#etape-papers")
        assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]

        page.get_by_role("button", name="Quitter").click()
        expect(page.locator("h1")).to_have_text("Le bureau est fermé")
        assert desk.process.wait(30) == 0
