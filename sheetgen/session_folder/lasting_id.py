"""The lasting id of a session's folder, by which the register knows its closings.

A code and a date may be those of two sessions; a folder is one session's for ever.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from sheetgen.files import write_whole

if TYPE_CHECKING:
    from sheetgen.session_folder.paths import SessionFolder

_ID = re.compile(r"[0-9a-f]{32}")


def lasting_id(folder: SessionFolder) -> str:
    """Return the id of a session's folder, given to it when it is first asked for.

    One that was damaged is given anew: the register then knows the session by its people.

    Raises:
        OSError: it cannot be read or written.
    """
    path = folder.private / "session-id"
    try:
        known = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        known = ""
    if _ID.fullmatch(known):
        return known
    new = secrets.token_hex(16)
    write_whole(path, f"{new}\n".encode("ascii"))
    return new
