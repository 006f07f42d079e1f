"""Have Windows write a shortcut, by PowerShell, which every Windows has.

No path stands in the script: each value is a variable of its environment, so that no apostrophe,
accent or dollar sign of a path is ever read as a part of it. What was written is read back, because
Windows Script Host loses without a word the letters that the system's code page lacks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import list2cmdline
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.shortcuts.shortcut_form import (
    ShortcutRefusedError,
    UnsuitedPathError,
    command_arguments,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePath

    from sheetgen.shortcuts.shortcut_form import Shortcut

_SCRIPT = """
$ErrorActionPreference = 'Stop'
try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }
try {
    $shell = New-Object -ComObject WScript.Shell
    $link = $shell.CreateShortcut($env:SHEETGEN_LINK)
    $link.TargetPath = $env:SHEETGEN_LINK_TARGET
    $link.Arguments = $env:SHEETGEN_LINK_ARGUMENTS
    $link.IconLocation = $env:SHEETGEN_LINK_ICON + ',0'
    $link.Description = $env:SHEETGEN_LINK_DESCRIPTION
    $link.WindowStyle = 7
    $link.Save()
    $read = $shell.CreateShortcut($env:SHEETGEN_LINK)
    if (-not (Test-Path -LiteralPath $read.TargetPath)) { exit 3 }
    if ($read.Arguments -cne $env:SHEETGEN_LINK_ARGUMENTS) { exit 3 }
} catch {
    Write-Output $_.Exception.Message
    exit 4
}
"""
"""Makes a shortcut and reads it again. Refusals are told without a method call, which a policy may
forbid.

WindowStyle 7 is minimized: without pythonw.exe, a console would else lie over the page.
"""

if sys.platform == "win32":
    _WITHOUT_WINDOW = subprocess.CREATE_NO_WINDOW
else:
    _WITHOUT_WINDOW = 0

_MANGLED = 3
_PATIENCE = 60
"""Seconds; PowerShell takes two or three on a small laptop."""


@dataclass(frozen=True, slots=True)
class StartMenu:
    """The shortcuts of a user: `.lnk` files in `menu`, their folder of the Start menu."""

    menu: Path

    def candidate(self, name: str, number: int) -> tuple[str, Path]:
        """Return a name and its file, which people see: each by its own name."""
        shown = name if number == 1 else f"{name} ({number})"
        return shown, self.menu / f"{shown}.lnk"

    def leads_to(self, place: Path, folder: PurePath) -> bool:
        """Return whether a file passes to its target just what this program would for a folder."""
        return _has_text(_read(place), list2cmdline(command_arguments(folder)))

    def write(self, place: Path, shortcut: Shortcut) -> bool:
        """Have PowerShell write a shortcut; one that cannot be trusted is not left behind."""
        picture = str(Path(__file__).parent / "icons" / "sheetgen.ico")
        target, *arguments = shortcut.command
        line, there = list2cmdline(arguments), _read(place)
        # The target is kept in pieces; the picture lies beside it, and moves with it.
        if _has_text(there, line) and _has_text(there, picture):
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        values = {
            "SHEETGEN_LINK": str(place),
            "SHEETGEN_LINK_TARGET": target,
            "SHEETGEN_LINK_ARGUMENTS": line,
            "SHEETGEN_LINK_ICON": picture,
            "SHEETGEN_LINK_DESCRIPTION": f"Ouvre dans le navigateur le bureau de {shortcut.folder}",
        }
        try:
            _run_powershell(values)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
        return True

    def remove(self, place: Path) -> None:
        """Remove a shortcut."""
        place.unlink()


def find_powershell(environment: Mapping[str, str]) -> Path | None:
    """Return PowerShell: Windows' own, else one that is on the path."""
    root = environment.get("SystemRoot", "")
    own = Path(root, "System32", "WindowsPowerShell", "v1.0", "powershell.exe")
    if root and own.is_file():
        return own
    path = environment.get("PATH", "")
    found = shutil.which("powershell", path=path) or shutil.which("pwsh", path=path)
    return None if found is None else Path(found)


def _run_powershell(values: Mapping[str, str]) -> None:
    """Run the script with these variables."""
    powershell = find_powershell(os.environ)
    if powershell is None:
        raise ShortcutRefusedError
    command = [str(powershell), "-NoLogo", "-NoProfile", "-NonInteractive", "-Command", _SCRIPT]
    try:
        done = subprocess.run(  # noqa: S603 - the system's own, with a constant script
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, **values},
            timeout=_PATIENCE,
            creationflags=_WITHOUT_WINDOW,
        )
    except subprocess.TimeoutExpired as error:
        message = f"PowerShell n’a pas répondu en {_PATIENCE} secondes"
        raise ShortcutRefusedError(message) from error
    if done.returncode == _MANGLED:
        message = "Windows n’écrit pas tous ces caractères dans un raccourci"
        raise UnsuitedPathError(message)
    if done.returncode or not Path(values["SHEETGEN_LINK"]).is_file():
        said = " ".join(done.stdout.split()).rstrip(".")
        raise ShortcutRefusedError(said or f"PowerShell a fini avec le code {done.returncode}")


def _has_text(data: bytes, text: str) -> bool:
    """Return whether a .lnk file has this text: in UTF-16, after its length (MS-SHLLINK, 2.4).

    Some programs end it with a zero, and count that.
    """
    forms = (form.encode("utf-16-le", "surrogatepass") for form in (text, f"{text}\0"))
    return any((len(form) // 2).to_bytes(4, "little")[:2] + form in data for form in forms)


def _read(place: Path) -> bytes:
    """Return the bytes of a file; none where it cannot be read."""
    try:
        return place.read_bytes()
    except OSError:
        return b""
