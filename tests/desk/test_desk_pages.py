"""Pages that are shown as they are asked for, without a session."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest
from desks import WAIT, RunningDesk, running_desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def desk(empty_desk: RunningDesk) -> RunningDesk:
    """Give a desk to a browser that opened its address."""
    empty_desk.enter()
    return empty_desk


def test_two_choices_that_exclude_each_other_stay_chosen(desk: RunningDesk) -> None:
    """An example and the empty box together: refused, and both are still there to choose from."""
    reply = desk.ask("/preparer", {"example": "certificat-branche", "empty": "oui"})
    text = desk.ask(reply.headers["location"]).text

    assert "Un exemple est choisi, et « vide » est coché" in text
    assert '<option value="certificat-branche" selected>' in text
    assert 'value="oui" checked>' in text


def test_settings_that_are_broken_come_first(desk: RunningDesk) -> None:
    """No step does anything until they are mended: the page says so, and leads there."""
    written = {"sheetgen.toml": "jobs = 0", "session.xlsx": ""}
    for name, text in written.items():
        (desk.folder / name).write_text(text)
    try:
        text = desk.wait_for("/session/session.xlsx", "Corriger d’abord les réglages")
        home, settings = desk.ask("/").text, desk.ask("/reglages").text
    finally:
        for name in written:
            (desk.folder / name).unlink()

    assert "Remplir les classeurs" not in text
    assert 'corriger les <a href="/reglages">réglages</a>' in home
    for shown in (text, settings):
        assert "Le réglage «\u00a0jobs\u00a0» ne peut pas valoir 0." in unescape(shown)


def test_what_a_step_said_is_not_said_again_beside_it(desk: RunningDesk) -> None:
    """An error of the session is under « Retours » until « Vérifier » has told it."""
    page, book = "/session/session.xlsx", desk.folder / "session.xlsx"
    book.write_bytes(b"")
    try:
        before = desk.wait_for(page, "Messages de la lecture")
        assert desk.ask(f"{page}/faire", {"step": "check"}).status == 303
        after = desk.wait_for(page, "Ce que l’étape a dit")
    finally:
        book.unlink()
    assert "Ce que l’étape a dit" not in before
    assert after.count("Ouvrir session.xlsx") == 1
    assert "Messages de la lecture" not in after
    assert "La session est à corriger." in after


def test_quitting_leads_to_a_page_that_nothing_sends_again(tmp_path: Path) -> None:
    """The desk ends once that page was shown; until somebody quits, there is no such page."""
    with running_desk(tmp_path) as running:
        running.enter()
        assert running.ask("/ferme").headers["location"] == "/"
        reply = running.ask("/quitter", {})
        assert (reply.status, reply.headers["location"]) == (303, "/ferme")
        assert "Le bureau est fermé" in running.ask("/ferme").text
        assert running.ask("/bureau.css").status == 200
        assert running.process.wait(WAIT) == 0
