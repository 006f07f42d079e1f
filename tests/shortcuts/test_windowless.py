"""The desk as a click starts it: a page, one desk for a folder, and errors that can be seen."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest

from sheetgen.files import HeldElsewhereError
from sheetgen.shortcuts import hold_desk, install_shortcut, windowless
from sheetgen.shortcuts.open_desks import find_address
from sheetgen.shortcuts.user_places import ShortcutSystem, UserPlaces, places_on

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT = 60
"""Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computer:
    """A user with a home of their own, and a browser that notes what it is to open."""

    home: Path
    opened: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return what a desktop gives to the programs that it starts."""
        return {
            **os.environ,
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "HOME": str(self.home),
            "BROWSER": f"{self.home / 'navigateur'} %s",
        }

    def addresses(self, count: int) -> list[str]:
        """Return what the browser was given, once there are so many."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            found = self.opened.read_text(encoding="utf-8").splitlines()
            if len(found) >= count:
                return found
            time.sleep(0.05)
        log = self.home / "state" / "sheetgen" / "bureau.log"
        pytest.fail(log.read_text(encoding="utf-8") if log.is_file() else "no log")

    @property
    def notes(self) -> list[str]:
        """Return the files that tell which desks are open."""
        return sorted(path.name for path in (self.home / "state" / "sheetgen").glob("bureau-*"))


_FETCH = """\
import pathlib, sys, urllib.request
if "jeton" not in sys.argv[2]:
    page = urllib.request.urlopen(sys.argv[2]).read()
    pathlib.Path(sys.argv[1]).write_bytes(page)
"""
"""A browser's part: fetches a page, and keeps what it shows."""


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """Return a computer on which nothing was ever opened."""
    home = tmp_path / "home"
    home.mkdir()
    opened = home / "ouvert"
    opened.touch()
    browser = home / "navigateur"
    fetch = home / "lire.py"
    fetch.write_text(_FETCH)
    command = shlex.join([sys.executable, "-I", "-S", str(fetch), str(home / "page")])
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\nexec {command} "$1"\n')
    browser.chmod(0o755)
    return Computer(home=home, opened=opened)


def ask(address: str, method: str = "GET", cookie: str = "") -> tuple[int, str]:
    """Return the status of an answer and its cookie, as a browser asks that has this one."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=WAIT)
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    if method == "POST":
        headers["Origin"] = f"http://{parts.netloc}"
    connection.request(method, f"{parts.path}?{parts.query}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, (answer.getheader("set-cookie") or "").partition(";")[0]


@pytest.mark.linux
def test_a_click_opens_the_desk_and_a_second_click_its_page(
    computer: Computer, tmp_path: Path
) -> None:
    """From the entry of the menu to a page, and no second server; a module there plays no part."""
    workspace = tmp_path / "été d'Anaïs $HOME"
    workspace.mkdir()
    (workspace / "json.py").write_text("raise SystemExit('a module of the folder')")
    places = places_on(ShortcutSystem.FREEDESKTOP, computer.environment, computer.home)
    entry = install_shortcut(workspace, places).place
    click = ["gio", "launch", str(entry)]
    subprocess.run(click, env=computer.environment, check=True, timeout=WAIT)
    (address,) = computer.addresses(1)
    page = address.partition("?")[0]
    status, cookie = ask(address)
    assert status == 303
    try:
        subprocess.run(click, env=computer.environment, check=True, timeout=WAIT)
        assert computer.addresses(2) == [address, address]
        (note,) = [name for name in computer.notes if name.endswith(".json")]
        kept = places.state / note
        modes = [path.stat().st_mode & 0o777 for path in (kept, kept.parent)]
        assert modes == [0o600, 0o700]
        assert ask(page, cookie=cookie)[0] == 200
    finally:
        assert ask(f"{page}quitter", "POST", cookie)[0] == 303
        assert ask(f"{page}ferme", cookie=cookie)[0] == 200
    end = time.monotonic() + WAIT
    while computer.notes and time.monotonic() < end:
        time.sleep(0.05)
    assert computer.notes == []


@pytest.fixture
def user(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> Iterator[UserPlaces]:
    """Return the folders of that computer's user, for a start in this process."""
    places = places_on(ShortcutSystem.FREEDESKTOP, computer.environment, computer.home)
    monkeypatch.setattr(windowless, "find_places", lambda: places)
    monkeypatch.setenv("BROWSER", computer.environment["BROWSER"])
    monkeypatch.setattr("webbrowser._tryorder", None)  # the browsers are found again
    here = Path.cwd()
    yield places
    os.chdir(here)


def told(computer: Computer) -> str:
    """Return the page that the browser fetched."""
    end = time.monotonic() + WAIT
    page = computer.home / "page"
    while not page.exists() and time.monotonic() < end:
        time.sleep(0.02)
    return page.read_text(encoding="utf-8")


@pytest.mark.posix
def test_a_folder_that_is_gone_is_told_on_a_page(
    computer: Computer, user: UserPlaces, tmp_path: Path
) -> None:
    """With the folder, the cure and the log, since there is no terminal."""
    assert windowless.main([str(tmp_path / "parti <loin>")]) == 1

    page = told(computer)
    assert f"<p>{tmp_path}/parti &lt;loin&gt;</p>" in page
    assert "n’est plus là, ou ne s’ouvre pas : fichier ou dossier introuvable." in page
    assert f"<p>Journal : {user.state / 'bureau.log'}</p>" in page
    assert "parti <loin>" in (user.state / "bureau.log").read_text(encoding="utf-8")


@pytest.mark.posix
def test_a_desk_that_was_taken_away_is_told_on_a_page(
    computer: Computer, user: UserPlaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The missing library is named, and how to install it."""
    del user
    monkeypatch.setattr("sheetgen.shortcuts.desk_extra.LIBRARIES", ("starlette", "absente"))
    assert windowless.main([str(tmp_path)]) == 1

    page = told(computer)
    assert "il manque absente." in page
    assert "pip install &quot;sheetgen[desk]&quot;" in page


@pytest.mark.posix
def test_a_desk_that_does_not_answer_is_told_on_a_page(
    computer: Computer, user: UserPlaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is held by a process that lives, and its address leads nowhere: no second server."""
    monkeypatch.setattr(windowless, "_PATIENCE", 0.3)
    with hold_desk(tmp_path, user) as note:
        note("http://127.0.0.1:9/?jeton=perdu")
        assert windowless.main([str(tmp_path)]) == 1

    assert "mais il ne répond pas." in told(computer)


@pytest.mark.posix
def test_what_nobody_foresaw_is_told_on_a_page(
    computer: Computer, user: UserPlaces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Python's words on the page; they are in the log."""

    def broken() -> None:
        raise ArithmeticError

    monkeypatch.setattr(windowless, "missing_libraries", broken)
    assert windowless.main([str(tmp_path)]) == 1

    page = told(computer)
    assert "Imprévu : la commande s&#x27;est arrêtée" in page
    assert "ArithmeticError" not in page
    assert "ArithmeticError" in (user.state / "bureau.log").read_text(encoding="utf-8")


@pytest.fixture
def box(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return what a box of the desktop showed, on a computer where no browser opens."""
    program = computer.home / "xmessage"
    program.write_text(f'#!/bin/sh\nprintf %s "$2" >> "{computer.opened}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(computer.home))
    monkeypatch.setenv("BROWSER", "/bin/false %s")
    monkeypatch.setattr("webbrowser._tryorder", None)
    return computer.opened


@pytest.mark.posix
def test_without_a_browser_a_box_tells_it(user: UserPlaces, box: Path, tmp_path: Path) -> None:
    """A box of the system, as the desktop has one."""
    del user
    assert windowless.main([str(tmp_path / "parti")]) == 1
    assert "n’est plus là" in box.read_text(encoding="utf-8")


@pytest.mark.posix
def test_a_desk_that_cannot_listen_is_told(
    user: UserPlaces, box: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a box, where no page and no log can be written; that alone does not keep a desk closed."""
    user.state.parent.mkdir(parents=True)
    user.state.write_text("")
    with hold_desk(tmp_path, user) as note:
        note("http://127.0.0.1:1/?jeton=x")
    refusal = OSError(errno.EMFILE, "Too many open files")
    monkeypatch.setattr("sheetgen.desk.serving._listening", Mock(side_effect=refusal))
    assert windowless.main([str(tmp_path)]) == 1

    said = box.read_text(encoding="utf-8")
    assert "Le bureau ne peut pas s’ouvrir : trop de fichiers ouverts à la fois." in said
    assert "Journal" not in said


class _Refusing(BaseHTTPRequestHandler):
    """Answers as a desk does to whoever has no cookie."""

    def do_HEAD(self) -> None:
        """Refuse."""
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.posix
def test_an_open_desk_without_a_browser_gives_its_address(
    user: UserPlaces, box: Path, tmp_path: Path
) -> None:
    """In a box alone: neither the log nor a page keeps the token."""
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server, hold_desk(tmp_path, user) as note:
        Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/?jeton=secret"
        note(address)
        assert windowless.main([str(tmp_path)]) == 0
        kept = [path for path in user.state.iterdir() if path.suffix not in {".json", ".lock"}]
        assert all("secret" not in path.read_text(encoding="utf-8") for path in kept)

    assert f"sans la donner à personne : {address}" in box.read_text(encoding="utf-8")


def test_one_desk_at_a_time_holds_a_folder(tmp_path: Path) -> None:
    """Another folder is held beside; what was noted goes with the desk."""
    places = places_on(ShortcutSystem.FREEDESKTOP, {}, tmp_path)
    with hold_desk(tmp_path, places) as note:
        note("http://127.0.0.1:1/?jeton=x")
        with pytest.raises(HeldElsewhereError), hold_desk(tmp_path, places):
            pass
        with hold_desk(tmp_path / "autre", places):
            pass
        assert find_address(tmp_path, places) is None
    with hold_desk(tmp_path, places):
        assert find_address(tmp_path, places) is None
