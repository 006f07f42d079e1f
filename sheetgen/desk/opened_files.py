"""Find the files that the page may open, and open them in their own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

_ENDINGS = {".xlsx", ".docx", ".pdf", ".json", ".csv", ".txt", ".eml", ".zip", ".html", ".toml"}
"""Endings of files that sheetgen reads and writes; none of a program, a key or a register."""


def find_file(said: str, roots: tuple[Path, ...]) -> Path | None:
    """Return the file or folder of this name; None where it is none that the page may open.

    Args:
        said: a path, absolute or from the working folder.
        roots: the folders in which everything lies.
    """
    if not said:
        return None
    try:
        path = Path(said).resolve()
        inside = [root for root in (item.resolve() for item in roots) if path.is_relative_to(root)]
        if not inside or not path.exists():
            return None
    except (OSError, ValueError):
        return None
    if any(part.startswith(".") for part in path.relative_to(inside[0]).parts):
        return None
    return path if path.is_dir() or path.suffix.lower() in _ENDINGS else None


def open_file(path: Path) -> bool:
    """Open a file or folder as a double click does; return whether something could."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - one of the endings above
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - one of the endings above
            [opener, str(path)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=10,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
