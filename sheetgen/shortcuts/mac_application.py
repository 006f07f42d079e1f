"""Write a shortcut as macOS has it: a small application bundle.

A `.command` file would do with less, but opens a terminal that stays. The bundle's script starts
the desk and ends: macOS starts an application again only once it has ended, and a second click is
to open the page.
"""

from __future__ import annotations

import plistlib
import shlex
import shutil
from contextlib import suppress
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass
from sheetgen.shortcuts.shortcut_form import icon

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path, PurePath

    from sheetgen.shortcuts.shortcut_form import Shortcut

_SCRIPT = """\
#!/bin/sh
# Ouvre le bureau de sheetgen sans terminal.
if [ ! -x {program} ]; then
    osascript -e 'on run argv' -e 'display alert (item 1 of argv) message (item 2 of argv)' \\
        -e 'end run' 'sheetgen n’est plus installé là' {program} >/dev/null 2>&1
    exit 1
fi
nohup {command} </dev/null >/dev/null 2>&1 &
"""

_EXECUTABLE = "bureau"
_ICON = "sheetgen.icns"
_FOLDER_KEY = "SheetgenFolder"
_INFORMATION = "Contents/Info.plist"
_SCRIPT_PLACE = f"Contents/MacOS/{_EXECUTABLE}"


@dataclass(frozen=True, slots=True)
class Applications:
    """The shortcuts of a user: application bundles in `menu`, their folder of applications."""

    menu: Path

    def candidate(self, name: str, number: int) -> tuple[str, Path]:
        """Return a name and its file, which people see: each by its own name."""
        shown = name if number == 1 else f"{name} ({number})"
        return shown, self.menu / f"{shown}.app"

    def leads_to(self, place: Path, folder: PurePath) -> bool:
        """Return whether an application is this program's, to this folder."""
        try:
            information = plistlib.loads((place / _INFORMATION).read_bytes())
        except (OSError, ValueError, plistlib.InvalidFileException):
            return False
        return isinstance(information, dict) and information.get(_FOLDER_KEY) == str(folder)

    def write(self, place: Path, shortcut: Shortcut) -> bool:
        """Write a bundle beside, then put it in its place."""
        files = render_bundle(shortcut)
        if all(_bytes(place / name) == data for name, data in files.items()):
            return False
        draft = place.with_name(f".{place.stem}.{token_hex(8)}.app")
        try:
            for name, data in files.items():
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            (draft / _SCRIPT_PLACE).chmod(0o755)
            if place.exists():
                shutil.rmtree(place)
            draft.rename(place)
        finally:
            with suppress(FileNotFoundError):
                shutil.rmtree(draft)
        return True

    def remove(self, place: Path) -> None:
        """Remove a bundle."""
        shutil.rmtree(place)


def render_bundle(shortcut: Shortcut) -> Mapping[str, bytes]:
    """Return the files of an application bundle, each by its place in it."""
    number = sha256(str(shortcut.folder).encode()).hexdigest()[:12]
    information = {
        "CFBundleDevelopmentRegion": "fr",
        "CFBundleDisplayName": shortcut.name,
        "CFBundleExecutable": _EXECUTABLE,
        "CFBundleIconFile": _ICON,
        "CFBundleIdentifier": f"fr.sheetgen.bureau.{number}",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleName": shortcut.name,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": "1.0",
        "CFBundleVersion": "1",
        # A script has no architecture: without this, macOS asks for Rosetta.
        "LSArchitecturePriority": ["arm64", "x86_64"],
        "LSRequiresNativeExecution": True,
        "LSUIElement": True,
        "NSDesktopFolderUsageDescription": "Le dossier de travail de sheetgen s’y trouve.",
        "NSDocumentsFolderUsageDescription": "Le dossier de travail de sheetgen s’y trouve.",
        _FOLDER_KEY: str(shortcut.folder),
    }
    quoted = [shlex.quote(part) for part in shortcut.command]
    script = _SCRIPT.format(program=quoted[0], command=" ".join(quoted))
    return {
        _INFORMATION: plistlib.dumps(information),
        _SCRIPT_PLACE: script.encode(),
        f"Contents/Resources/{_ICON}": icon(_ICON),
    }


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
