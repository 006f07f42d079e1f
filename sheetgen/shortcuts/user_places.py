"""Find the folders that belong to one user: where shortcuts are looked for, and logs are kept."""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sheetgen.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


class ShortcutSystem(Enum):
    """A kind of system, by where its shortcuts lie."""

    WINDOWS = "Windows"
    MACOS = "macOS"
    FREEDESKTOP = "freedesktop"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPlaces:
    """The folders of one user.

    Attributes:
        menu: of shortcuts, where the system looks for them.
        icons: of the themes; None where a shortcut carries its icon.
        state: of what this program keeps for itself: its log, the desks that are open.
        documents: of the user's own files.
    """

    system: ShortcutSystem
    menu: Path
    icons: Path | None = None
    state: Path
    documents: Path


def find_places() -> UserPlaces:
    """Return the folders of whoever runs this program, on this system."""
    if sys.platform == "win32":
        return _windows_as_told(places_on(ShortcutSystem.WINDOWS, os.environ, Path.home()))
    system = ShortcutSystem.MACOS if sys.platform == "darwin" else ShortcutSystem.FREEDESKTOP
    return places_on(system, os.environ, Path.home())


def places_on(system: ShortcutSystem, environment: Mapping[str, str], home: Path) -> UserPlaces:
    """Return the folders of a user, by the variables and the habits of their system."""
    if system is ShortcutSystem.WINDOWS:
        roaming = _named(environment, "APPDATA") or home / "AppData" / "Roaming"
        local = _named(environment, "LOCALAPPDATA") or home / "AppData" / "Local"
        return UserPlaces(
            system=system,
            menu=roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs",
            state=local / "sheetgen",
            documents=home / "Documents",
        )
    if system is ShortcutSystem.MACOS:
        return UserPlaces(
            system=system,
            menu=home / "Applications",
            state=home / "Library" / "Application Support" / "sheetgen",
            documents=home / "Documents",
        )
    data = _named(environment, "XDG_DATA_HOME") or home / ".local" / "share"
    state = _named(environment, "XDG_STATE_HOME") or home / ".local" / "state"
    return UserPlaces(
        system=system,
        menu=data / "applications",
        icons=data / "icons" / "hicolor",
        state=state / "sheetgen",
        documents=home / "Documents",
    )


def own_workspace(places: UserPlaces | None = None) -> Path:
    """Return the folder of whoever chose none, in their documents; it is made where it is not.

    Raises:
        OSError: it cannot be made.
    """
    folder = (places or find_places()).documents / "sheetgen"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _named(environment: Mapping[str, str], variable: str) -> Path | None:
    """Return the folder that a variable names; a relative one counts as none, as XDG has it."""
    path = Path(environment.get(variable, ""))
    return path if path.is_absolute() else None


if sys.platform == "win32":
    import ctypes
    from uuid import UUID

    _PROGRAMS = UUID("A77F5D77-2E2B-44C3-A6A2-ABA601054A51")
    _DOCUMENTS = UUID("FDD39AD0-238F-46AF-ADB4-6C85480369C7")

    def _windows_as_told(usual: UserPlaces) -> UserPlaces:
        """Return the folders that Windows names: a school's policy may have moved them."""
        return UserPlaces(
            system=usual.system,
            menu=_known_folder(_PROGRAMS) or usual.menu,
            state=usual.state,
            documents=_known_folder(_DOCUMENTS) or usual.documents,
        )

    def _known_folder(identifier: UUID) -> Path | None:
        found = ctypes.c_wchar_p()
        number = (ctypes.c_ubyte * 16).from_buffer_copy(identifier.bytes_le)
        told = ctypes.windll.shell32.SHGetKnownFolderPath
        if told(ctypes.byref(number), 0, None, ctypes.byref(found)) != 0 or not found.value:
            return None
        path = Path(found.value)
        ctypes.windll.ole32.CoTaskMemFree(found)
        return path
