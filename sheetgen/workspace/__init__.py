"""A school's folder: what `sheetgen init` makes of it, and its settings file, `sheetgen.toml`.

`settings_file`, open as a whole, declares each setting for the options of the command line. What
makes a folder is imported where it is asked for: it needs what writes workbooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.late import late
from sheetgen.workspace import settings_file

if TYPE_CHECKING:
    from sheetgen.workspace.create import (
        OccupiedError,
        Result,
        Start,
        create_workspace,
    )
    from sheetgen.workspace.environment import read_settings
    from sheetgen.workspace.examples import EXAMPLES
    from sheetgen.workspace.settings_text import changed_configuration, render_configuration
    from sheetgen.workspace.shipped import shipped_template
else:
    __getattr__ = late(
        __name__,
        create=(
            "OccupiedError",
            "Result",
            "Start",
            "create_workspace",
        ),
        environment=("read_settings",),
        examples=("EXAMPLES",),
        settings_text=("changed_configuration", "render_configuration"),
        shipped=("shipped_template",),
    )

__all__ = [
    "EXAMPLES",
    "OccupiedError",
    "Result",
    "Start",
    "changed_configuration",
    "create_workspace",
    "read_settings",
    "render_configuration",
    "settings_file",
    "shipped_template",
]
