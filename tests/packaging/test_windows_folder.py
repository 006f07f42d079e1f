"""The folder for Windows: what is in it, and a start from it with this machine's Python.

Its own wheel is the real one. What only a Windows computer can show is on docs/windows.md.
"""

from __future__ import annotations

import hashlib
import shlex
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import make_windows_folder
import pytest
from conftest import ROOT
from desks import WAIT, running_desk
from windows_folder import (
    FolderError,
    FolderParts,
    lay_out,
    missing_requirements,
    pack_folder,
    read_pins,
    read_wheel,
)

from sheetgen import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PYTHON = make_windows_folder.PYTHON_VERSION
NAME = f"sheetgen-{__version__}-windows"

EMBEDDABLE = {
    "LICENSE.txt": b"PSF LICENSE AGREEMENT\n",
    "python.exe": b"MZ",
    "pythonw.exe": b"MZ",
    "python3.dll": b"MZ",
    "python313.dll": b"MZ python3.dll VCRUNTIME140.dll",
    "python313.zip": b"PK",
    "python313._pth": b"python313.zip\r\n.\r\n\r\n# Uncomment to run site\r\n#import site\r\n",
    "vcruntime140.dll": b"MZ",
    "_asyncio.pyd": b"MZ python313.dll",
}
"""Stands in for the zip of python.org, laid out like it."""


def write_zip(path: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write an archive and return its path."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def write_wheel(folder: Path, name: str, version: str, **more: str) -> Path:
    """Write a wheel with no more than its metadata and the text of a licence."""
    facts = {"Name": name, "Version": version, "License-Expression": "MIT"} | {
        key.replace("_", "-"): value for key, value in more.items()
    }
    stem = f"{name.replace('-', '_')}-{version}"
    lines = [f"{key}: {line}" for key, value in facts.items() for line in value.splitlines()]
    return write_zip(
        folder / f"{stem}-py3-none-any.whl",
        {
            f"{stem}.dist-info/METADATA": "\n".join([*lines, "", ""]),
            f"{stem}.dist-info/licenses/LICENSE": f"The licence of {name}",
        },
    )


def digest(path: Path) -> str:
    """Return a file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def parts(embeddable: Path, wheels: Iterable[Path]) -> FolderParts:
    """Return what a folder is made of, the embeddable Python taken as it is."""
    return FolderParts(
        embeddable=embeddable,
        digest=digest(embeddable),
        python=PYTHON,
        wheels=[read_wheel(path) for path in wheels],
        licence=ROOT / "LICENSE",
    )


@pytest.fixture(scope="module")
def folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the real wheel, and empty ones of what it needs, as it is pinned."""
    home = tmp_path_factory.mktemp("windows")
    wheels, pins = [wheel], read_pins(ROOT / "requirements-dev.txt")
    wheels += [
        write_wheel(home, wanted.name, pins[wanted.name.lower()])
        for wanted in missing_requirements([read_wheel(wheel)], PYTHON)
    ]
    embeddable = write_zip(home / "python.zip", EMBEDDABLE)
    lay_out(home / NAME, parts(embeddable, wheels))
    return home / NAME


def test_the_folder_holds_python_the_wheels_and_their_licences(folder: Path) -> None:
    """Python looks into its own library and the wheels alone; each licence is there in full."""
    assert {path.name for path in folder.iterdir()} == {
        "Bureau.cmd",
        "Licences.txt",
        "Lisez-moi.txt",
        "Raccourci.cmd",
        "licences",
        "python",
        "sheetgen.cmd",
        "site-packages",
    }
    path_file = (folder / "python" / "python313._pth").read_bytes()
    assert path_file == b"python313.zip\r\n.\r\n..\\site-packages\r\n"
    site = folder / "site-packages"
    assert (site / "sheetgen" / "shortcuts" / "icons" / "sheetgen.ico").is_file()
    assert (site / f"sheetgen-{__version__}.dist-info" / "METADATA").is_file()
    licences = (folder / "Licences.txt").read_text(encoding="utf-8-sig")
    for name in ("Python ", "starlette", "lxml", "pdfplumber", "pg8000", "sheetgen"):
        assert name in licences
    texts = folder / "licences"
    own = (texts / f"sheetgen-{__version__}" / "LICENSE").read_bytes()
    assert own == (ROOT / "LICENSE").read_bytes()
    assert list(texts.glob("starlette-*/LICENSE"))
    assert (texts / f"Python-{PYTHON}" / "LICENSE.txt").is_file()


def test_windows_reads_the_texts_of_the_folder(folder: Path) -> None:
    """Line ends and encodings are its own, and what the texts call is there."""
    readme = (folder / "Lisez-moi.txt").read_bytes()
    assert readme.startswith(b"\xef\xbb\xbf")
    assert readme.count(b"\n") == readme.count(b"\r\n")
    assert f"sheetgen {__version__} pour Windows".encode() in readme
    for name in ("Bureau.cmd", "Raccourci.cmd", "sheetgen.cmd"):
        text = (folder / name).read_bytes()
        assert text.isascii()
        assert text.count(b"\n") == text.count(b"\r\n")
        assert b'"%~dp0python\\python' in text
        assert name in readme.decode("utf-8-sig")


def test_nothing_tells_where_it_was_made(folder: Path) -> None:
    """No file names this checkout; no path is too long for a folder of Windows."""
    for path in folder.rglob("*"):
        if path.is_file():
            assert str(ROOT).encode() not in path.read_bytes(), path
            assert len(path.relative_to(folder.parent).as_posix()) < 140, path


def test_the_same_folder_gives_the_same_zip(folder: Path, tmp_path: Path) -> None:
    """To the byte, whenever it is packed; everything is under one folder."""
    one, other = tmp_path / "un.zip", tmp_path / "autre.zip"
    pack_folder(folder, one)
    (folder / "Lisez-moi.txt").touch()
    pack_folder(folder, other)

    assert digest(one) == digest(other)
    with zipfile.ZipFile(one) as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == {NAME}
        assert f"{NAME}/Bureau.cmd" in archive.namelist()


BOOT = """\
import runpy, sys
python, *rest = sys.argv[1:]
sys.executable = python
sys.path += {places!r}
while rest[0] not in ("-m", "-c"):
    del rest[0]
if rest[0] == "-m":
    sys.argv = rest[1:]
    runpy.run_module(rest[1], run_name="__main__", alter_sys=True)
else:
    sys.argv = ["-c", *rest[2:]]
    exec(rest[1])
"""
"""Gives a Python the folders of a `._pth` file, and nothing besides, as Windows' does."""


def stand_in_python(folder: Path, places: Iterable[Path | str]) -> str:
    """Return this Python, isolated, with these folders alone to import from."""
    boot, python = folder / "boot.py", folder / "python"
    boot.write_text(BOOT.format(places=[str(place) for place in places]))
    command = shlex.join([sys.executable, "-I", "-S", str(boot), str(python)])
    python.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
    python.chmod(0o755)
    return str(python)


def session_is_read(python: str, folder: Path) -> None:
    """Open the desk of an empty folder, prepare it there, and wait for its session to be read."""
    folder.mkdir()
    with running_desk(folder, python=python) as desk:
        desk.enter()
        assert desk.ask("/preparer", {"example": "titre-developpeur"}).status == 303
        end = time.monotonic() + WAIT
        while "Session de développement, juin 2026" not in (
            page := desk.ask("/session/session.xlsx").text
        ):
            assert time.monotonic() < end, page
            time.sleep(0.1)


@pytest.mark.posix
def test_the_desk_starts_from_the_folder(folder: Path, tmp_path: Path) -> None:
    """With this machine's Python and libraries; sheetgen is the folder's, for each process."""
    libraries = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    python = stand_in_python(tmp_path, [folder / "site-packages", *libraries])
    asked = [python, "-c", "import sheetgen; print(sheetgen.__file__)"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert Path(found.stdout.strip()).is_relative_to(folder)

    session_is_read(python, tmp_path / "travail")


def test_another_python_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    """A download that is not the chosen one makes no folder."""
    embeddable = write_zip(tmp_path / "python.zip", EMBEDDABLE)
    (tmp_path / "wheels").mkdir()
    own = write_wheel(tmp_path, "sheetgen", __version__)
    given = ["--python", str(embeddable), "--wheels", str(tmp_path / "wheels"), "--wheel", str(own)]
    assert make_windows_folder.main([*given, "--output", str(tmp_path / "dist")]) == 1
    assert not (tmp_path / "dist").exists()

    given += ["--sha256", digest(embeddable)]
    assert make_windows_folder.main([*given, "--output", str(tmp_path / "dist")]) == 0
    assert (tmp_path / "dist" / f"{NAME}.zip").is_file()
    assert make_windows_folder.main([*given, "--output", str(tmp_path / "dist")]) == 1


def test_what_windows_needs_is_what_is_asked_for(tmp_path: Path) -> None:
    """Its own requirements, not this system's; extras of extras; each version held to its bound."""
    own = write_wheel(
        tmp_path,
        "sheetgen",
        "1.0",
        Requires_Dist="pour-windows>=2; sys_platform == 'win32'\n"
        "pour-linux; sys_platform == 'linux'\n"
        "page[plus]>=1; extra == 'desk'\n"
        "grappe; extra == 'cluster'\n"
        "ancien; python_version < '3.13'",
    )
    page = write_wheel(tmp_path, "page", "1.5", Requires_Dist="encre; extra == 'plus'")
    wheels = [read_wheel(own), read_wheel(page)]
    assert [str(found) for found in missing_requirements(wheels, PYTHON)] == [
        'encre; extra == "plus"',
        'pour-windows>=2; sys_platform == "win32"',
    ]

    wheels.append(read_wheel(write_wheel(tmp_path, "pour-windows", "1.9")))
    with pytest.raises(FolderError, match=r"pour_windows-1\.9.* where pour-windows>=2"):
        missing_requirements(wheels, PYTHON)


@pytest.mark.parametrize(
    ("more", "said"),
    [({"License_Expression": "GPL-3.0-only"}, "GPL-3.0"), ({"License_Expression": ""}, "not said")],
)
def test_a_licence_that_asks_more_than_ours_is_refused(
    more: Mapping[str, str], said: str, tmp_path: Path
) -> None:
    """So is none at all: somebody has to look."""
    with pytest.raises(FolderError, match=said):
        read_wheel(write_wheel(tmp_path, "paquet", "1", **more))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"paquet/_c.pyd": b"MZ MSVCP140.dll\0"}, "_c.pyd needs msvcp140.dll"),
        ({"../dehors.py": b""}, "leads out of its folder"),
        ({"commun.py": b""}, "in another wheel too"),
    ],
)
def test_a_wheel_that_would_not_work_there_is_refused(
    files: Mapping[str, bytes], said: str, tmp_path: Path
) -> None:
    """A library that no Windows brings, a file out of place, two files of one name."""
    own = write_wheel(tmp_path, "sheetgen", "1.0", Requires_Dist="paquet")
    paquet = write_wheel(tmp_path, "paquet", "1")
    with zipfile.ZipFile(own, "a") as archive:
        archive.writestr("commun.py", "")
    with zipfile.ZipFile(paquet, "a") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    embeddable = write_zip(tmp_path / "python.zip", EMBEDDABLE)
    with pytest.raises(FolderError, match=said):
        lay_out(tmp_path / NAME, parts(embeddable, [own, paquet]))


@pytest.mark.deep
def test_the_whole_folder_can_be_made(wheel: Path, tmp_path: Path) -> None:
    """With every wheel for Windows, twice the same; pip has to reach a package index."""
    embeddable = write_zip(tmp_path / "python.zip", EMBEDDABLE)
    given = ["--python", str(embeddable), "--sha256", digest(embeddable), "--wheel", str(wheel)]
    for place in ("un", "autre"):
        status = make_windows_folder.main([*given, "--output", str(tmp_path / place)])
        assert status == 0, "can pip reach a package index that has wheels for Windows?"

    archives = [tmp_path / place / f"{NAME}.zip" for place in ("un", "autre")]
    assert digest(archives[0]) == digest(archives[1])
    site = tmp_path / "un" / NAME / "site-packages"
    assert len(list(site.rglob("*.pyd"))) > 20
    assert not list(site.rglob("*.so"))


@pytest.mark.deep
@pytest.mark.posix
def test_the_desk_starts_from_the_folder_alone(wheel: Path, tmp_path: Path) -> None:
    """Its wheels those of this system, with no other library: pip has to reach a package index."""
    wheels = tmp_path / "wheels"
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", str(wheels)]
    asked += ["--only-binary=:all:", "-c", str(ROOT / "requirements-dev.txt")]
    done = subprocess.run(
        [*asked, f"{wheel}[desk,pdf,postgresql]"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"can pip reach a package index?\n{done.stderr}"
    embeddable = write_zip(tmp_path / "python.zip", EMBEDDABLE)
    lay_out(tmp_path / NAME, parts(embeddable, sorted(wheels.glob("*.whl"))))

    python = stand_in_python(tmp_path, [tmp_path / NAME / "site-packages"])
    session_is_read(python, tmp_path / "travail")
