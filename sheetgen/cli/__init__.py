"""The command line: what a person types, and what they see of it.

`main` is the program. `options` declares what may be typed, `screen` prints, `ending` says why a
command stopped. `wrapped` is for the documentation, which shows lines as a terminal does; it loads
rich and is imported where it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetgen.cli.commands import main
from sheetgen.late import late

if TYPE_CHECKING:
    from sheetgen.cli.screen_problems import wrapped
else:
    __getattr__ = late(
        __name__,
        screen_problems=("wrapped",),
    )

__all__ = [
    "main",
    "wrapped",
]
