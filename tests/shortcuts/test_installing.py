"""A shortcut on each kind of system: made, known again, brought up to date, removed."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import ROOT

from sheetgen.cli import main
from sheetgen.shortcuts import ShortcutOutcome, install_shortcut, remove_shortcut
from sheetgen.shortcuts.freedesktop import render_entry
from sheetgen.shortcuts.mac_application import render_bundle
from sheetgen.shortcuts.shortcut_form import Shortcut
from sheetgen.shortcuts.start_menu import StartMenu
from sheetgen.shortcuts.user_places import ShortcutSystem, UserPlaces, places_on

if TYPE_CHECKING:
    from collections.abc import Sequence

AWKWARD = 'l’été d\'Anaïs & « 100 % » $HOME `ls` \\ "fin"'
"""A folder's name with all that a shell, a desktop entry or PowerShell reads otherwise."""

FILES = [ShortcutSystem.FREEDESKTOP, ShortcutSystem.MACOS]
"""The systems whose shortcuts this program writes by itself."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a folder whose name has to be quoted everywhere."""
    folder = tmp_path / AWKWARD
    folder.mkdir()
    return folder


def places(home: Path, system: ShortcutSystem) -> UserPlaces:
    """Return the folders of a user whose home that is."""
    return places_on(system, {}, home)


def files_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return every file under a folder: its bytes, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("system", FILES)
def test_a_shortcut_made_twice_is_made_once(
    system: ShortcutSystem, tmp_path: Path, workspace: Path
) -> None:
    """Nothing is written the second time, and removing it leaves no file behind."""
    user = places(tmp_path / "home", system)
    made = install_shortcut(workspace, user)
    first = files_in(tmp_path / "home")
    again = install_shortcut(workspace, user)

    assert (made.outcome, again.outcome) == (ShortcutOutcome.MADE, ShortcutOutcome.UNCHANGED)
    assert made.place == again.place
    assert made.place is not None
    assert made.place.exists()
    assert files_in(tmp_path / "home") == first

    removed = remove_shortcut(workspace, user)
    assert (removed.outcome, removed.place) == (ShortcutOutcome.REMOVED, made.place)
    assert files_in(tmp_path / "home") == {}


@pytest.mark.parametrize("system", FILES)
def test_each_folder_has_its_own(system: ShortcutSystem, tmp_path: Path, workspace: Path) -> None:
    """Two folders of one name too; what somebody else put there stays as it is."""
    user = places(tmp_path / "home", system)
    namesake = tmp_path / "autre" / AWKWARD
    namesake.mkdir(parents=True)
    theirs = user.menu / "sheetgen.desktop"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("[Desktop Entry]\nName=À moi\n", encoding="utf-8")
    one, other = install_shortcut(workspace, user), install_shortcut(namesake, user)

    assert one.place is not None
    assert other.place is not None
    assert one.place != other.place
    assert remove_shortcut(workspace, user).place == one.place
    assert remove_shortcut(workspace, user).problems[0].code == "shortcut-absent"
    assert install_shortcut(namesake, user).outcome is ShortcutOutcome.UNCHANGED
    assert theirs.read_text(encoding="utf-8") == "[Desktop Entry]\nName=À moi\n"


@pytest.mark.parametrize("system", FILES)
def test_another_python_is_told_by_the_same_shortcut(
    system: ShortcutSystem, tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who installs sheetgen anew and asks again gets a shortcut that works."""
    user = places(tmp_path / "home", system)
    made = install_shortcut(workspace, user)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nouveau" / "python"))
    again = install_shortcut(workspace, user)

    assert (again.outcome, again.place) == (ShortcutOutcome.RENEWED, made.place)
    assert any(b"nouveau/python" in data for data, _ in files_in(tmp_path / "home").values())


@pytest.mark.parametrize("system", FILES)
def test_a_menu_that_cannot_be_written_is_a_problem(
    system: ShortcutSystem, tmp_path: Path, workspace: Path
) -> None:
    """Here a file stands where a folder has to be."""
    (tmp_path / "home").write_text("")
    change = install_shortcut(workspace, places(tmp_path / "home", system))

    (problem,) = change.problems
    assert problem.code == "shortcut-unwritable"
    assert os.name != "posix" or "un fichier porte" in problem.message


def test_a_folder_that_is_not_there_gets_none(tmp_path: Path) -> None:
    """The problem names it; one that is gone can still lose its shortcut."""
    user = places(tmp_path / "home", ShortcutSystem.FREEDESKTOP)
    gone = tmp_path / "parti"
    gone.mkdir()
    install_shortcut(gone, user)
    gone.rmdir()

    (problem,) = install_shortcut(gone, user).problems
    assert problem.code == "shortcut-folder-missing"
    assert problem.location.file == str(gone)
    assert remove_shortcut(gone, user).outcome is ShortcutOutcome.REMOVED


def test_a_program_that_is_not_installed_gets_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run from its sources, it would not be found by a click."""
    monkeypatch.setattr("importlib.metadata.distributions", lambda **_: iter(()))
    (problem,) = install_shortcut(
        tmp_path, places(tmp_path / "home", ShortcutSystem.FREEDESKTOP)
    ).problems
    assert (problem.code, problem.location.file) == ("shortcut-not-installed", sys.executable)


@pytest.mark.linux
def test_a_path_that_no_shortcut_can_hold_is_told(tmp_path: Path) -> None:
    """A line end, or bytes that are no text."""
    user = places(tmp_path / "home", ShortcutSystem.FREEDESKTOP)
    for name in (b"deux\nlignes", b"\xe9t\xe9"):
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        folder.mkdir()
        (problem,) = install_shortcut(folder, user).problems
        assert problem.code == "shortcut-path-unsuited"
        assert str(problem).isprintable()
        assert remove_shortcut(folder, user).problems[0].code == "shortcut-absent"


ARGUMENTS = ["-c", "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"]


def recording(target: Path, text: str) -> list[str]:
    """Return a command that writes its last argument into a file."""
    return [sys.executable, *ARGUMENTS, str(target), text]


def program(name: str) -> str:
    """Return the path of a program that the tests need (scripts/install-browser)."""
    found = shutil.which(name)
    assert found, name
    return found


def awaited(target: Path) -> str:
    """Return what a file holds once it is there and filled."""
    for _ in range(1_200):
        if target.exists() and target.read_text(encoding="utf-8"):
            break
        time.sleep(0.05)
    return target.read_text(encoding="utf-8")


@pytest.mark.linux
def test_a_desktop_entry_is_valid_and_starts_just_that_command(tmp_path: Path) -> None:
    """`desktop-file-validate` finds nothing to say, and GLib passes the folder to the letter."""
    target = tmp_path / "reçu"
    shortcut = Shortcut(
        name=f"sheetgen - {AWKWARD}",
        folder=Path("/home") / AWKWARD,
        command=recording(target, f"/home/{AWKWARD}\ttabulation"),
    )
    entry = tmp_path / "sheetgen.desktop"
    entry.write_text(render_entry(shortcut), encoding="utf-8")

    checked = subprocess.run(
        [program("desktop-file-validate"), str(entry)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    subprocess.run([program("gio"), "launch", str(entry)], check=True)
    assert awaited(target) == f"/home/{AWKWARD}\ttabulation"


@pytest.mark.posix
def test_an_application_of_macos_starts_just_that_command(tmp_path: Path) -> None:
    """Its script is run by `sh`, and its list of properties names the script and the picture."""
    target = tmp_path / "reçu"
    shortcut = Shortcut(
        name="sheetgen", folder=tmp_path / AWKWARD, command=recording(target, AWKWARD)
    )
    files = render_bundle(shortcut)
    information = plistlib.loads(files["Contents/Info.plist"])
    script = tmp_path / "bureau"
    script.write_bytes(files[f"Contents/MacOS/{information['CFBundleExecutable']}"])
    subprocess.run([program("sh"), str(script)], check=True, timeout=60)

    assert awaited(target) == AWKWARD
    picture = files[f"Contents/Resources/{information['CFBundleIconFile']}"]
    assert picture[:4] == b"icns"
    assert int.from_bytes(picture[4:8], "big") == len(picture)


STAND_IN = """\
import os, pathlib, sys
calls = pathlib.Path(__file__).with_name("appels")
calls.write_text(calls.read_text() + "x" if calls.exists() else "x")
link, arguments = (os.environ[f"SHEETGEN_LINK{name}"] for name in ("", "_ARGUMENTS"))
texts = [os.environ[f"SHEETGEN_LINK_{name}"] for name in ("ARGUMENTS", "ICON")]
data = b"".join(len(text).to_bytes(2, "little") + text.encode("utf-16-le") for text in texts)
pathlib.Path(link).write_bytes(b"L\\0\\0\\0" + data)
"""
"""Stands in for PowerShell: writes what a .lnk file keeps of its texts (MS-SHLLINK, 2.4)."""


@pytest.fixture
def powershell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for PowerShell on the path, and return the script that it runs."""
    folder = tmp_path / "programmes"
    folder.mkdir()
    program, script = folder / "powershell", folder / "powershell.py"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{script}"\n')
    program.chmod(0o755)
    script.write_text(STAND_IN)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    monkeypatch.delenv("SystemRoot", raising=False)
    return script


@pytest.mark.posix
def test_windows_writes_its_shortcut_once(
    tmp_path: Path, workspace: Path, powershell: Path
) -> None:
    """PowerShell is called for the first, not for the second; the folder's path is one argument."""
    user = places(tmp_path / "home", ShortcutSystem.WINDOWS)
    made, again = install_shortcut(workspace, user), install_shortcut(workspace, user)

    assert (made.outcome, again.outcome) == (ShortcutOutcome.MADE, ShortcutOutcome.UNCHANGED)
    assert made.place is not None
    assert made.place.parent == user.menu
    assert made.place.name == f"sheetgen - {AWKWARD}.lnk"
    line = f'-P -m sheetgen.shortcuts.windowless "{workspace}'.replace('"fin"', '\\"fin\\"') + '"'
    assert line.encode("utf-16-le") in made.place.read_bytes()
    assert powershell.with_name("appels").read_text() == "x"

    inner = workspace / "dedans"
    inner.mkdir()
    assert remove_shortcut(inner, user).problems[0].code == "shortcut-absent"
    assert remove_shortcut(workspace, user).outcome is ShortcutOutcome.REMOVED
    assert list(user.menu.iterdir()) == []


def test_a_shortcut_is_known_again_as_another_program_writes_it(tmp_path: Path) -> None:
    """The file is Wine's own: it ends each text with a zero, and keeps the target in pieces."""
    place = ROOT / "tests" / "data" / "raccourci.lnk"
    folder = "C:\\travail l'été 100 %"
    known = [
        StartMenu(tmp_path).leads_to(place, PureWindowsPath(text))
        for text in (folder, f"{folder}x", folder[:-1], "C:\\")
    ]
    assert known == [True, False, False, False]


@pytest.mark.posix
@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("sys.exit(3)", ("shortcut-path-unsuited", "n’écrit pas tous ces caractères")),
        ("print('Accès\\nrefusé.'); sys.exit(4)", ("shortcut-refused", ": Accès refusé.")),
        ("pathlib.Path(link).unlink()", ("shortcut-refused", "fini avec le code 0")),
    ],
)
def test_a_shortcut_that_windows_did_not_write_well_is_not_left(
    ending: str, expected: tuple[str, str], tmp_path: Path, workspace: Path, powershell: Path
) -> None:
    """Whatever PowerShell ended with, the user is told why, and how to do it by hand."""
    code, said = expected
    powershell.write_text(STAND_IN + ending)
    user = places(tmp_path / "home", ShortcutSystem.WINDOWS)
    (problem,) = install_shortcut(workspace, user).problems

    assert problem.code == code
    assert said in problem.message
    assert code == "shortcut-path-unsuited" or "sheetgen.shortcuts.windowless" in problem.hint
    assert list(user.menu.iterdir()) == []


if sys.platform == "win32":

    def test_windows_itself_writes_a_shortcut(tmp_path: Path, workspace: Path) -> None:
        """By the PowerShell that is there: made once, known again, removed."""
        user = places(tmp_path / "home", ShortcutSystem.WINDOWS)
        made, again = install_shortcut(workspace, user), install_shortcut(workspace, user)
        assert (made.outcome, again.outcome) == (ShortcutOutcome.MADE, ShortcutOutcome.UNCHANGED)
        assert remove_shortcut(workspace, user).outcome is ShortcutOutcome.REMOVED
        assert list(user.menu.iterdir()) == []


def test_windows_without_powershell_is_told(
    tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command to put into a shortcut by hand is there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SystemRoot", raising=False)
    (problem,) = install_shortcut(
        workspace, places(tmp_path / "home", ShortcutSystem.WINDOWS)
    ).problems

    assert problem.code == "shortcut-powershell-missing"
    assert "-m sheetgen.shortcuts.windowless" in problem.hint


@pytest.mark.parametrize(
    ("system", "variables", "menu", "state"),
    [
        (ShortcutSystem.FREEDESKTOP, {}, ".local/share/applications", ".local/state/sheetgen"),
        (
            ShortcutSystem.FREEDESKTOP,
            {"XDG_DATA_HOME": "/donnees", "XDG_STATE_HOME": "relatif"},
            "/donnees/applications",
            ".local/state/sheetgen",
        ),
        (ShortcutSystem.MACOS, {}, "Applications", "Library/Application Support/sheetgen"),
        (
            ShortcutSystem.WINDOWS,
            {"APPDATA": "/itinerant"},
            "/itinerant/Microsoft/Windows/Start Menu/Programs",
            "AppData/Local/sheetgen",
        ),
    ],
)
@pytest.mark.posix
def test_the_folders_are_those_of_the_user(
    system: ShortcutSystem, variables: dict[str, str], menu: str, state: str, tmp_path: Path
) -> None:
    """The system's variables are followed; a relative one is none, as XDG has it."""
    user = places_on(system, variables, tmp_path)

    assert (user.menu, user.state) == (tmp_path / menu, tmp_path / state)


def run(arguments: Sequence[str], home: Path) -> tuple[int, str, str]:
    """Run `sheetgen desk` with a home of its own; return its status and what it said."""
    environment = {"XDG_DATA_HOME": str(home), "COLUMNS": "500"}
    result = CliRunner().invoke(main, ["desk", *arguments], env=environment)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.linux
def test_the_command_says_what_it_did(tmp_path: Path, workspace: Path) -> None:
    """In French, with the file and the name to look for; a failure ends with 1."""
    entry = tmp_path / "home" / "applications" / "sheetgen.desktop"
    given = ["--workspace", str(workspace)]

    assert run([*given, "--install-shortcut"], tmp_path / "home") == (
        0,
        f"Raccourci créé : {entry}\nLe chercher sous le nom « sheetgen - {AWKWARD} ».\n",
        "",
    )
    assert run([*given, "--install-shortcut"], tmp_path / "home")[1].startswith(
        "Raccourci inchangé"
    )
    assert run([*given, "--remove-shortcut"], tmp_path / "home") == (
        0,
        f"Raccourci retiré : {entry}\n",
        "",
    )
    status, said, told = run([*given, "--remove-shortcut"], tmp_path / "home")
    assert (status, said) == (0, "")
    assert "aucun raccourci vers ce dossier : rien à retirer." in told
    status, said, told = run(["--workspace", "absent", "--install-shortcut"], tmp_path / "home")
    assert (status, said) == (1, "")
    assert "ce dossier n’existe pas" in told
