"""Files that came back, on disk: which to pass over, and their bytes or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.files import explain
from sheetgen.problems.returns import FILE_TOO_LARGE, UNREADABLE_FILE
from sheetgen.spreadsheet import UnreadableWorkbookError
from sheetgen.spreadsheet.limits import MEBIBYTE

if TYPE_CHECKING:
    from pathlib import Path

_LEFT_BEHIND = frozenset(
    {
        "thumbs.db", "desktop.ini", "__macosx", "icon\r", "ehthumbs.db", "$recycle.bin", "@eadir",
        "#recycle", "system volume information",
    }
)  # fmt: skip
_IN_ICLOUD = ".icloud"
_SHORTEST = len(_IN_ICLOUD) + 1
_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip")


class UnreadableFileError(UnreadableWorkbookError):
    """A file whose bytes cannot be had, and the problem to say so with."""


def is_left_behind(name: str) -> bool:
    """Return whether a system or an application left this, and no person sent it."""
    folded = name.casefold()
    if folded.startswith(("~$", "._", ".~lock.")) or folded in _LEFT_BEHIND:
        return True
    if folded.startswith("~") and folded.endswith(".tmp"):
        return True
    placeholder = placeholder_of(name)
    if placeholder is not None:
        return is_left_behind(placeholder)
    return folded.startswith(".") and not folded.endswith(_ENDINGS)


def placeholder_of(name: str) -> str | None:
    """Return the name of the file that a name says is still in iCloud: `.a.xlsx.icloud`."""
    if name.startswith(".") and name.casefold().endswith(_IN_ICLOUD) and len(name) > _SHORTEST:
        return name[1 : -len(_IN_ICLOUD)]
    return None


def read_file(path: Path, limit: int) -> bytes:
    """Return the file's bytes.

    Raises:
        UnreadableFileError: it cannot be read, or is larger than the limit.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise UnreadableFileError(
                FILE_TOO_LARGE, found=-(-size // MEBIBYTE), limit=limit // MEBIBYTE
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(UNREADABLE_FILE, reason=explain(error)) from error
