"""An example at the desk in a real browser, from an empty folder to signed papers.

With a folder in `SHEETGEN_PICTURES`, the journey leaves there the pictures that the guide shows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers import SECONDS
from desks import OPENED, WAIT, HeldSteps, RunningDesk, noting_opener, running_desk
from example_session import ExampleSession
from page_checks import page_faults, shows_focus
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route, ViewportSize

EXAMPLE = "titre-developpeur"
_AT_REST = """([place, state]) => {
  const said = document.querySelector(place)?.textContent ?? "";
  return said.includes(state) && document.getElementById("avance") === null;
}"""
SCREEN: ViewportSize = {"width": 1366, "height": 768}


def shown(browser: Browser, desk: RunningDesk) -> Page:
    """Return a new tab of a browser that was closed since, at the desk's address."""
    page = browser.new_context(viewport=SCREEN, locale="fr-FR").new_page()
    page.set_default_timeout(SECONDS)
    page.goto(desk.address)
    expect(page).to_have_url(f"{desk.origin}/")
    return page


def done(page: Page, step: str, state: str = "fait") -> None:
    """Wait until a step says its state, and nothing is at work any more.

    Looked at as often as the page is drawn: `expect` looks but once a second in the end.
    """
    page.wait_for_function(_AT_REST, arg=[f"#etape-{step} .etat", state])


def pictured(page: Page, name: str, place: str = "h1") -> None:
    """Take a picture of the screen, this place in it, where pictures are asked for."""
    asked = os.environ.get("SHEETGEN_PICTURES")
    if asked:
        page.locator(place).evaluate("(element) => element.scrollIntoView({ block: 'nearest' })")
        path = Path(asked) / f"bureau-{name}.png"
        page.screenshot(path=path)
        program = shutil.which("mogrify")
        assert program is not None
        subprocess.run([program, "+dither", "-colors", "64", "-strip", path], check=True)


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
    steps = HeldSteps.put(tmp_path / "steps")
    with running_desk(folder, steps.environment) as desk:
        page = shown(browser, desk)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        assert page_faults(page) == []
        page.locator("#preparer").press("Enter")
        page.locator("h2 a").press("Enter")
        expect(page.locator("main")).to_contain_text("La session est à corriger")
        press(page, "check")
        done(page, "check", "à faire")
        expect(page.locator("#dit-check")).to_contain_text("Erreur")
        assert page_faults(page) == []
        with steps.held("start"):
            page.locator("#faire-check").dblclick()
            expect(page.locator("#avance")).to_have_count(1)
        done(page, "check", "à faire")
        expect(page.locator("#avis")).to_be_hidden()
        page.locator("#dit-check a[href^='/aide']").first.press("Enter")
        expect(page.locator("article:target")).to_contain_text("Que faire")

        page.get_by_role("link", name="Réglages", exact=True).press("Enter")
        expect(page).to_have_title(re.compile("Réglages"))
        assert page_faults(page) == []
        page.get_by_label(re.compile(r"\(jobs\)")).fill("0")
        page.locator("#enregistrer").press("Enter")
        expect(page.locator("#reglage-jobs:invalid")).to_be_focused()  # nothing typed is lost
        page.get_by_label(re.compile(r"\(jobs\)")).fill("1")
        page.locator("#enregistrer").press("Enter")
        expect(page.locator("#avis")).to_have_text("Réglages enregistrés.")
        assert "\njobs = 1\n" in (folder / "sheetgen.toml").read_text(encoding="utf-8")
        page.get_by_role("link", name="Vérifier un document", exact=True).press("Enter")
        page.locator("#adresse").fill("https://ecole.fr/")
        page.locator("#verifier").press("Enter")
        expect(page.locator("#titre-reponse")).to_be_visible(timeout=SECONDS)
        page.get_by_role("link", name="Réglages", exact=True).press("Enter")
        expect(page).to_have_title(re.compile("Réglages"))
        page.go_back()  # to a page, not to a form to be sent again
        expect(page).to_have_title(re.compile("Vérifier"))
        assert complaints == []


def test_a_form_sent_before_the_script_came(browser: Browser, tmp_path: Path) -> None:
    """Nothing can be pressed before the script is there; Back then never asks to send it again."""
    with running_desk(tmp_path) as desk:
        page = shown(browser, desk)

        def late(route: Route) -> None:
            page.wait_for_timeout(500)
            route.continue_()

        page.goto(f"{desk.origin}/reglages")
        page.route("**/bureau.js", late)
        page.goto(f"{desk.origin}/verifier", wait_until="commit")
        page.locator("#adresse").fill("https://ecole.fr/")
        page.locator("#verifier").press("Enter")
        expect(page.locator("#titre-reponse")).to_be_visible(timeout=SECONDS)
        page.unroute_all(behavior="ignoreErrors")
        page.get_by_role("link", name="Réglages", exact=True).press("Enter")
        expect(page).to_have_title(re.compile("Réglages"))
        page.go_back()
        expect(page).to_have_title(re.compile("Vérifier"))


def dragged(page: Page, place: str, *files: Path) -> None:
    """Drop files somewhere on the page, as a drag from the system's own window does."""
    content = [[file.name, b64encode(file.read_bytes()).decode()] for file in files]
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [name, content] of files) {
                const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
                transfer.items.add(new File([bytes], name));
            }
            return transfer;
        }""",
        content,
    )
    for event in ("dragover", "drop"):
        page.locator(place).dispatch_event(event, {"dataTransfer": transfer})


def said_to_do(page: Page, words: str) -> None:
    """Look at what the page says to do now, and at the page."""
    expect(page.locator("#suite")).to_contain_text(words)
    assert page_faults(page) == []


def prepared_folder(page: Page) -> None:
    """Choose an example, and open its session."""
    page.get_by_label("Partir de").select_option(EXAMPLE)
    pictured(page, "preparer")
    page.get_by_role("button", name="Préparer ce dossier").click()
    expect(page.locator("#avis")).to_contain_text("Le dossier est prêt")
    expect(page.locator("main")).to_contain_text("À faire maintenant")
    assert page_faults(page) == []
    pictured(page, "sessions")
    page.get_by_role("link", name=re.compile("juin 2026")).click()
    said_to_do(page, "Remplir les classeurs")


def made_grids(page: Page, steps: HeldSteps) -> Page:
    """Check and make grids, with two tabs of which one is closed; return the tab that is left."""
    press(page, "check")
    done(page, "check")
    said_to_do(page, "Faire les grilles")
    other = page.context.new_page()
    other.goto(page.url)
    address = page.url
    with steps.held("start"):
        press(page, "generate")
        expect(other.locator("#avance")).to_have_count(1)
        page.close()  # the step goes on, and the other tab shows it
    done(other, "generate")
    assert other.locator("#dit-retours").count() == 0  # nothing of before the grids were there
    page = other.context.new_page()
    other.close()
    page.set_default_timeout(SECONDS)
    page.goto(address)
    done(page, "generate")
    said_to_do(page, "Attendre les grilles des jurés")
    expect(page.get_by_role("table", name="Par juré")).to_have_count(1)
    pictured(page, "grilles")
    return page


def returned_grids(page: Page, place: ExampleSession, filled: Path) -> None:
    """Bring the grids back, by the button and dragged; other files stay outside."""
    count = place.return_grids(filled)
    first, second, third, *others = sorted(filled.iterdir())
    page.locator("#fichiers").set_input_files(first)
    expect(page.locator("#deposes")).to_contain_text(f"{first.name} : déposé.")
    expect(page.locator("#etape-status")).to_contain_text(f"1 sur {count}")
    dragged(page, "h1", second)  # beside the place: nothing happens
    dragged(page, "#depot", second, third)
    expect(page.locator("#deposes")).to_contain_text(f"{third.name} : déposé.")
    expect(page.locator("#etape-status")).to_contain_text(f"3 sur {count}")
    pictured(page, "retours")
    wrong = filled / "programme.exe"
    wrong.write_bytes(b"MZ")
    dragged(page, "#depot", wrong)
    expect(page.locator("#deposes")).to_contain_text("ce n’est ni un classeur ni une archive")
    page.locator("#fichiers").set_input_files([*others, first])
    expect(page.locator("#deposes")).to_contain_text("déjà déposé")
    done(page, "status")
    expect(page.get_by_role("table", name="Par juré")).to_contain_text("Complètes")
    said_to_do(page, "Proposer les décisions")
    assert len(list((place.outputs / "retours").iterdir())) == count


def proposals(page: Page, place: ExampleSession) -> None:
    """Look at what is proposed, at an explanation, at drafts."""
    press(page, "consolidate")
    done(page, "consolidate")
    expect(page.locator("#titre-decisions")).to_have_text("Propositions")
    said_to_do(page, "Ouvrir le classeur du jury")
    pictured(page, "propositions", "#titre-decisions")
    page.get_by_role("link", name="D02").click()
    expect(page.locator("#titre-explication")).to_contain_text("D02")
    assert page_faults(page) == []
    pictured(page, "explication")
    page.go_back()
    place.deliberate({})
    page.locator("#projet").press("Enter")
    expect(page.locator("#dit-finalize")).to_contain_text("PROJET")
    done(page, "finalize", "à faire")


def papers(page: Page, place: ExampleSession) -> None:
    """Close the session, and look at the papers and the other pages."""
    page.locator("#certain").press("Space")
    with page.expect_response(re.compile("/session/")):  # something changes: the page is refreshed
        (place.folder / "notes.txt").write_text("à imprimer")
    expect(page.locator("#certain")).to_be_checked()
    press(page, "finalize")
    done(page, "finalize")
    done(page, "papers", "prêts")
    expect(page.locator("#titre-decisions")).to_have_text("Décisions du jury")
    expect(page.locator("#etape-papers")).to_contain_text("proces-verbal.docx")
    said_to_do(page, "Session close : plus rien n’est à faire au bureau. Reste à relire")
    expect(page.locator("#suite")).not_to_contain_text("À faire maintenant")
    assert (place.outputs / "final" / "proces-verbal.docx").exists()
    pictured(page, "documents", "#etape-papers")
    for name in ("Vérifier un document", "Réglages", "Aide sur les messages"):
        page.get_by_role("link", name=name, exact=True).press("Enter")
        expect(page).to_have_title(re.compile(name))
        assert page_faults(page) == []
        if name == "Réglages":
            pictured(page, "reglages")
    page.get_by_role("link", name="Sessions", exact=True).press("Enter")
    expect(page.locator(".sessions")).to_contain_text("Session close : plus rien n’est à faire")
    expect(page.locator(".sessions")).to_contain_text("Documents à signer : prêts")
    expect(page.locator("main")).not_to_contain_text("À faire maintenant")
    assert page_faults(page) == []


def test_the_example_from_an_empty_folder_to_papers(browser: Browser, tmp_path: Path) -> None:
    """By mouse and keyboard alone; the jury writes in its workbook, jurors in their grids."""
    folder, filled = tmp_path / "ma session", tmp_path / "filled"
    folder.mkdir()
    filled.mkdir()
    place = ExampleSession(name=EXAMPLE, folder=folder)
    steps = HeldSteps.put(tmp_path / "steps")
    with running_desk(folder, steps.environment | noting_opener(tmp_path / "programs")) as desk:
        page = shown(browser, desk)
        prepared_folder(page)
        with page.expect_response(re.compile("/ouvrir$")):
            page.get_by_role("button", name="Session", exact=True).press("Enter")
        expect(page.get_by_role("button", name="Session", exact=True)).to_be_focused()
        assert (folder / OPENED).read_text() == f"{folder / 'session.xlsx'}\n"
        page = made_grids(page, steps)
        returned_grids(page, place, filled)
        proposals(page, place)
        papers(page, place)
        for _ in range(8):  # a browser has six connections to one server
            tab = page.context.new_page()
            tab.goto(f"{desk.origin}/session/session.xlsx")
            tab.evaluate(
                """() => {
                    Object.defineProperty(document, "hidden", { value: true });
                    document.dispatchEvent(new Event("visibilitychange"));
                }"""
            )
        page.get_by_role("button", name="Quitter").press("Enter")
        expect(page.locator("h1")).to_have_text("Le bureau est fermé")
        assert page_faults(page) == []
        assert desk.process.wait(WAIT) == 0
