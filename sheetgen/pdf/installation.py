"""The LibreOffice of this computer: the one set, else on the PATH, else where it usually lies."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INSIDE = (
    "",
    "program/soffice.com",
    "program/soffice.exe",
    "program/soffice",
    "Contents/MacOS/soffice",
    "MacOS/soffice",
    "soffice.com",
    "soffice.exe",
    "soffice",
)
"""Where the program lies in a folder that somebody took for it."""


def find_libreoffice(chosen: Path | None = None) -> Path | None:
    """Return LibreOffice's program; None where there is none.

    Args:
        chosen: the program, its folder or its application, as set by the user; nothing else is
            looked for then.
    """
    if chosen is not None:
        found = (chosen / name if name else chosen for name in _INSIDE)
        return next((path for path in found if _is_program(path)), None)
    for name in _names(sys.platform):
        if (on_path := shutil.which(name)) is not None:
            return Path(on_path)
    return next(filter(_is_program, usual_places(sys.platform, os.environ)), None)


def _names(platform: str) -> tuple[str, ...]:
    """Return the names of the program; on Windows the one that waits until all is done."""
    return ("soffice.com",) if platform == "win32" else ("soffice", "libreoffice")


def usual_places(platform: str, variables: Mapping[str, str]) -> Iterator[Path]:
    """Yield where the program lies when it is not on the PATH, the likeliest first.

    Args:
        platform: as `sys.platform` says it.
        variables: of the environment.
    """
    home = Path.home()
    if platform == "win32":
        roots = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
        for folder in filter(None, map(variables.get, roots)):
            yield from _all_below(Path(folder), "LibreOffice*/program/soffice.com")
            yield from _all_below(Path(folder), "Programs/LibreOffice*/program/soffice.com")
    elif platform == "darwin":
        for root in (Path("/Applications"), home / "Applications"):
            yield from _all_below(root, "LibreOffice*.app/Contents/MacOS/soffice")
    else:
        for root in map(Path, ("/usr/lib", "/usr/lib64", "/usr/local", "/opt", "/usr/local/lib")):
            yield from _all_below(root, "libreoffice*/program/soffice")
        yield Path("/snap/bin/libreoffice")


def _all_below(root: Path, pattern: str) -> list[Path]:
    """Return what matches in a folder, the highest version first."""
    return sorted(root.glob(pattern), reverse=True) if root.is_dir() else []


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
