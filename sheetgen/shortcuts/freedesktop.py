"""Write a shortcut as freedesktop.org's Desktop Entry Specification has it.

Its values are escaped twice: an argument of `Exec` is quoted, then all of it is a string.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sheetgen.files import write_whole
from sheetgen.lazy_dataclass import dataclass
from sheetgen.shortcuts.shortcut_form import icon

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from sheetgen.shortcuts.shortcut_form import Shortcut

_ICON = "sheetgen"
"""The icon's name in the theme."""

_ICON_SIZES = {"sheetgen.svg": "scalable", "sheetgen.png": "256x256"}

_FOLDER_KEY = "X-Sheetgen-Folder"

_STRING_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN = re.compile(r"[\w@+:,./-]+", re.ASCII)
_QUOTED = re.compile(r'(["`$\\])')


@dataclass(frozen=True, slots=True)
class DesktopEntries:
    """The shortcuts of a user: `.desktop` files in `menu`, their picture in the theme `icons`."""

    menu: Path
    icons: Path

    def candidate(self, name: str, number: int) -> tuple[str, Path]:
        """Return a name and its file, an identifier that nobody reads."""
        number_shown = "" if number == 1 else f"-{number}"
        return name, self.menu / f"sheetgen{number_shown}.desktop"

    def leads_to(self, place: Path, folder: PurePath) -> bool:
        """Return whether an entry is this program's, to this folder."""
        try:
            text = place.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return False
        return f"{_FOLDER_KEY}={_string(str(folder))}" in text.split("\n")

    def write(self, place: Path, shortcut: Shortcut) -> bool:
        """Write an entry and the picture, each unless it is there already."""
        wanted = {path: icon(name) for path, name in self._pictures().items()}
        wanted[place] = render_entry(shortcut).encode()
        changed = {path: data for path, data in wanted.items() if _bytes(path) != data}
        for path, data in changed.items():
            write_whole(path, data)
        return bool(changed)

    def remove(self, place: Path) -> None:
        """Remove an entry, and the picture with the last one."""
        place.unlink()
        if not any(self.menu.glob("sheetgen*.desktop")):
            for path in self._pictures():
                path.unlink(missing_ok=True)

    def _pictures(self) -> dict[Path, str]:
        return {
            self.icons / size / "apps" / f"{_ICON}{name[-4:]}": name
            for name, size in _ICON_SIZES.items()
        }


def render_entry(shortcut: Shortcut) -> str:
    """Return the text of a desktop entry."""
    values = {
        "Type": "Application",
        "Version": "1.0",
        "Name": shortcut.name,
        "GenericName": "Bureau des jurys de certification",
        "Comment": f"Ouvre dans le navigateur le bureau de {shortcut.folder}",
        "Exec": " ".join(_argument(part) for part in shortcut.command),
        "Icon": _ICON,
        "Terminal": "false",
        "StartupNotify": "false",
        "Categories": "Office;",
        _FOLDER_KEY: str(shortcut.folder),
    }
    lines = [f"{key}={_string(value)}" for key, value in values.items()]
    return "\n".join(["[Desktop Entry]", *lines, ""])


def _argument(text: str) -> str:
    """Return an argument of `Exec`: quoted unless it is plain, a percent sign doubled."""
    shown = text.replace("%", "%%")
    return shown if _PLAIN.fullmatch(text) else '"' + _QUOTED.sub(r"\\\1", shown) + '"'


def _string(text: str) -> str:
    escaped = "".join(_STRING_ESCAPES.get(letter, letter) for letter in text)
    return "\\s" + escaped[1:] if escaped.startswith(" ") else escaped


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
