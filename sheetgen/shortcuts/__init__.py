"""The desk without a terminal: a shortcut of the system to it, and what a click on it starts.

`install_shortcut` and `remove_shortcut` write to the folders of one user, where no administrator's
rights are asked for; `windowless` is the program that the shortcut runs, whose errors are shown on
a page. `hold_desk` notes which desk is open, so that a second click opens its page again;
`missing_libraries` says whether there is a desk at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.shortcuts.desk_extra import install_command, missing_libraries
    from sheetgen.shortcuts.installing import (
        ShortcutChange,
        ShortcutOutcome,
        install_shortcut,
        remove_shortcut,
    )
    from sheetgen.shortcuts.open_desks import hold_desk
    from sheetgen.shortcuts.user_places import own_workspace
else:
    __getattr__ = late(
        __name__,
        desk_extra=("install_command", "missing_libraries"),
        installing=("ShortcutChange", "ShortcutOutcome", "install_shortcut", "remove_shortcut"),
        open_desks=("hold_desk",),
        user_places=("own_workspace",),
    )

__all__ = [
    "ShortcutChange",
    "ShortcutOutcome",
    "hold_desk",
    "install_command",
    "install_shortcut",
    "missing_libraries",
    "own_workspace",
    "remove_shortcut",
]
