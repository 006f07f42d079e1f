"""Everything that a session needs besides its six buttons, at the desk as in commands."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from desks import RunningDesk, running_desk
from fill_grids import open_grid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from example_session import ExampleSession

pytestmark = pytest.mark.deep

SESSION = "/session/session.xlsx"
CODE = "DEV-2026"


def press(desk: RunningDesk, step: str, words: str, **more: str) -> str:
    """Press a button, and return what its step says once it is over."""
    assert desk.ask(f"{SESSION}/faire", {"step": step, **more}).status == 303
    text = unescape(desk.wait_for(SESSION, words)).replace("\u00a0", " ")
    return text.partition(f'id="etape-{step}"')[2].partition('id="etape-')[0]


def changed_copy(grid: Path, copy: Path) -> None:
    """Write a grid that says something else of its first criterion."""
    book = open_grid(grid)
    cell = next(
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == "Acquis" and not cell.protection.locked
    )
    cell.value = "Non acquis"
    book.save(copy)


def kept(decisions: Path) -> Mapping[str, object]:
    """Return the returns that counted, as the last consolidation notes them."""
    record: Mapping[str, object] = json.loads(decisions.read_text(encoding="utf-8"))
    return record


def test_all_that_messages_ask_for(prepared: ExampleSession, tmp_path: Path) -> None:
    """Choose a return, paper, files that somebody changed, a key; explain, record, verify."""
    folder = tmp_path / "session"
    shutil.copytree(prepared.folder, folder)
    outputs = folder / "outputs" / CODE
    place = type(prepared)(name=prepared.name, folder=folder)
    history = outputs / ".sheetgen" / "returns.json"
    key = outputs / ".sheetgen" / "key"
    grids = sorted((outputs / "retours").glob("*.xlsx"))
    register = {"SHEETGEN_NO_REGISTER": "", "SHEETGEN_REGISTER": "register.sqlite"}
    with running_desk(folder, register) as desk:
        desk.enter()
        desk.wait_for(SESSION)

        changed_copy(grids[0], outputs / "retours" / "corrigee.xlsx")
        told = press(desk, "consolidate", "désigner les bons avec --prefer")
        assert 'href="#choix">Ici : « Choisir entre des retours qui diffèrent »' in told
        desk.wait_for(SESSION, 'value="corrigee.xlsx"')
        press(
            desk,
            "consolidate",
            'id="etape-consolidate" class="done"',
            **{"prefer-1": "corrigee.xlsx"},
        )
        assert kept(history)["preferred"] == ["corrigee.xlsx"]
        text = desk.wait_for(SESSION, 'id="etape-status" class="done"')
        assert re.search(r'value="corrigee.xlsx" checked', text)

        page = unescape(desk.ask(f"{SESSION}/expliquer?candidat=D02").text)
        assert "Proposition : le jury n’a pas encore décidé." in page
        assert "Certification" in page
        page = desk.ask(f"{SESSION}/expliquer", {"candidat": "D02", "objet": "BC01"}).text
        (document,) = outputs.rglob("explication.docx")
        assert document.name in page

        told = press(desk, "generate", "papier", paper="J2")
        assert list((outputs / "papier").rglob("*J2*"))
        grid = min((outputs / "grilles").rglob("*.xlsx"))
        changed_copy(grids[1], grid)
        (folder / "session.xlsx").touch()
        mine = grid.read_bytes()
        press(desk, "generate", "gardé", force="oui")
        assert grid.read_bytes() != mine
        assert mine in [path.read_bytes() for path in grid.parent.iterdir()]

        before = key.read_bytes()
        reply = desk.ask(f"{SESSION}/faire", {"step": "generate", "new_key": "oui"})
        assert "C’est voulu" in desk.ask(reply.headers["location"]).text
        assert key.read_bytes() == before

        place.deliberate({})
        press(desk, "finalize", 'id="etape-finalize" class="done"', sure="oui")
        told = press(desk, "papers", "est au registre", record="oui")
        assert f"La session {CODE} est au registre register.sqlite." in told
        page = unescape(desk.ask(f"{SESSION}/expliquer?candidat=D02").text)
        assert "Décidé par le jury." in page
        page = unescape(desk.ask("/verifier", {"adresse": "https://ecole.fr/#1.a.b"}).text)
        assert "Erreur" in page

        press(desk, "finalize", 'id="etape-finalize" class="done"', reopen="Erreur de saisie")
        assert (outputs / ".sheetgen" / "closing" / "2" / "closing.json").exists()


def test_a_session_whose_file_has_an_odd_name(prepared: ExampleSession, tmp_path: Path) -> None:
    """Spaces, accents, signs of addresses: its page, its steps and its returns all the same."""
    folder = tmp_path / "éc & ole"
    shutil.copytree(prepared.folder, folder)
    name = "session #1 été 100%&+.xlsx"
    (folder / "session.xlsx").rename(folder / name)
    address = f"/session/{quote(name)}"
    with running_desk(folder) as desk:
        desk.enter()
        desk.wait_for(address, "D05 Émeline Éditeur")
        home = desk.ask("/").text
        assert f'href="{address}"' in home
        assert desk.ask(f"{address}/faire", {"step": "check"}).status == 303
        desk.wait_for(address, 'id="etape-check" class="done"')
        reply = desk.ask(f"{address}/retours?nom=a.xlsx", b"grid")
        assert "a.xlsx : déposé." in reply.text
        opened = desk.ask(f"{address}/expliquer?candidat=Z9")
        assert opened.status == 200
        assert "Z9" in opened.text
